"""One finding for each thing of a specification that the wrapper does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.fit.shapes import is_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.fit.subject import Subject


class Finding(NamedTuple):
    """What does not fit.

    Attributes:
        operations: The operations that it is about.
        places: The places of the specification that it tells of.
        says: What does not fit, and what to do.
        files: The files to open.
    """

    operations: tuple[str, ...]
    places: tuple[str, ...]
    says: str
    files: str

    def __str__(self) -> str:
        return f"{', '.join(self.operations)}: {self.says} Open {self.files}."

    def tells_of(self, place: str) -> bool:
        """Whether it tells of a place, or of what that lies in."""
        return any(place == own or is_within(place, own) for own in self.places)


def collected(
    subject: Subject, checks: Mapping[str, Callable[[Subject, Sequence[Finding]], Iterable[Finding]]]
) -> dict[str, list[Finding]]:
    """Return what each check finds, each thing once, in one finding for all operations that share it.

    Args:
        subject: What is held together.
        checks: Each is called with it, and with what the ones before have found.
    """
    found: dict[str, list[Finding]] = {}
    told: list[Finding] = []
    for name, check in checks.items():
        merged: dict[str, Finding] = {}
        for new in check(subject, tuple(told)):
            if any(other.tells_of(place) for other in told for place in new.places):
                continue
            same = merged.get(new.says, new)
            merged[new.says] = Finding(
                tuple(dict.fromkeys((*same.operations, *new.operations))),
                tuple(dict.fromkeys((*same.places, *new.places))),
                new.says,
                ", ".join(dict.fromkeys((*same.files.split(", "), *new.files.split(", ")))),
            )
        found[name] = list(merged.values())
        told += found[name]
    return found
