"""What of a methods file and a specification does not fit together, each problem once for all its operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from generation import GenerationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Problem(NamedTuple):
    """What does not fit.

    Attributes:
        operations: The operations that it is about.
        says: What it is, and what to do.
        files: The files to open.
    """

    operations: tuple[str, ...]
    says: str
    files: tuple[str, ...]

    def __str__(self) -> str:
        return f"{', '.join(self.operations)}: {self.says}. Open {', '.join(self.files)}."


class MethodsError(GenerationError):
    """Methods cannot be rendered; the message names operations and files, and what to do."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def made_of_each(items: Iterable[_Item], make: Callable[[_Item], _Made]) -> list[_Made]:
    """Return what is made of each item.

    Raises:
        MethodsError: Some cannot be made, with the problems of all of them.
    """
    made: list[_Made] = []
    problems: list[Problem] = []
    for item in items:
        try:
            made.append(make(item))
        except MethodsError as error:
            problems += error.problems
    merged: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for problem in problems:
        merged.setdefault((problem.says, problem.files), []).extend(problem.operations)
    if merged:
        raise MethodsError(*(Problem(tuple(names), says, files) for (says, files), names in merged.items()))
    return made
