"""A request that has passed all checks, as an operation gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, overload

from enlighten_mock.days import day_at, iso_moment
from enlighten_mock.refusals import not_found, unauthorized
from enlighten_mock.reporting import Report, report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock.fleet import Fleet
    from enlighten_mock.specification import Value
    from enlighten_mock.system import System

Json = Any
"""What `json.dumps` takes; None stands for an answer without content."""

T = TypeVar("T")


@dataclass(frozen=True)
class Call:
    """A request to one operation.

    Attributes:
        fleet: The systems there are.
        now: The service's time, in epoch seconds.
        values: The parameters, in the types of their schemas.
    """

    fleet: Fleet
    now: float
    values: Mapping[str, Value]

    @cached_property
    def system(self) -> System:
        """The system of the request's path.

        Raises:
            RefusedError: There is none with this id: 404, or 401 in a plain fleet, since the published
                specification knows no 404 here.
        """
        system = self.fleet.system(self.required("system_id", int))
        if system is None:
            raise unauthorized() if self.plain else not_found()
        return system

    @cached_property
    def report(self) -> Report:
        """What the service knows of the system."""
        return report(self.system, self.now)

    @cached_property
    def today(self) -> int:
        """The system's local day."""
        return day_at(self.system.place.timezone, self.now)

    @property
    def plain(self) -> bool:
        """Whether the fleet keeps to the published specification to the letter."""
        return self.fleet.kind == "plain"

    @property
    def meta(self) -> dict[str, Json]:
        """The `meta` of the system's answers."""
        return meta(self.report)

    def required(self, name: str, kind: type[T]) -> T:
        """Return the value of a parameter that the specification requires."""
        value = self.values[name]
        if not isinstance(value, kind):
            raise TypeError(f"the specification declares {name} as something else than {kind.__name__}")
        return value

    @overload
    def optional(self, name: str, kind: type[T], default: T) -> T: ...
    @overload
    def optional(self, name: str, kind: type[T]) -> T | None: ...
    def optional(self, name: str, kind: type[T], default: T | None = None) -> T | None:
        """Return the value of a parameter, or `default` if it was not sent."""
        return self.required(name, kind) if name in self.values else default

    def day(self, name: str) -> int | None:
        """Return the ordinal of a parameter that is a date, or None if it was not sent."""
        value = self.optional(name, date)
        return value.toordinal() if value else None


def meta(known: Report) -> dict[str, Json]:
    """Return the `meta` that tells what is known of a system."""
    return {
        "status": known.status,
        "last_report_at": known.last_report_at,
        "last_energy_at": known.last_interval_at,
        "operational_at": known.operational_at,
    }


def localise(body: Json, timezone: str) -> Json:
    """Return `body` with its times in ISO 8601, at the offset of `timezone` or of the system they are in."""
    if isinstance(body, list):
        return [localise(item, timezone) for item in body]
    if not isinstance(body, dict):
        return body
    timezone = body.get("timezone", timezone)
    return {
        name: _moment(timezone, value) if _is_time(name, value) else localise(value, timezone)
        for name, value in body.items()
    }


def _is_time(name: str, value: Json) -> bool:
    return isinstance(value, int) and (
        name.endswith("_at") or name in ("first_interval", "last_interval", "last_report_date")
    )


def _moment(timezone: str, value: int) -> str | int:
    try:
        return iso_moment(timezone, value)
    except (OverflowError, ValueError, OSError):
        return value  # an echo of a request for a year that the calendar does not have
