"""A request to API v2 that has passed all checks, as an operation gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar, overload

from enlighten_mock.v2.error_bodies import not_found, unauthorized, unknown_site
from enlighten_mock.world.days import day_at
from enlighten_mock.world.reports import Report, report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock.service.exchange import Json
    from enlighten_mock.service.values import Value
    from enlighten_mock.world.fleet import Fleet
    from enlighten_mock.world.system import System

T = TypeVar("T")


@dataclass(frozen=True)
class Call:
    """A request to one operation.

    Attributes:
        fleet: The systems.
        now: The service's time, in epoch seconds.
        values: The parameters, in the types of their schemas.
        unknown_systems: The status for a system that the fleet does not have, 404 or 422; None for that of the fleet.
    """

    fleet: Fleet
    now: float
    values: Mapping[str, Value]
    unknown_systems: int | None = None

    @cached_property
    def system(self) -> System:
        """The system of the request's path.

        Raises:
            ServiceError: The fleet has no such system: the status that was chosen, by default 404, or 401 in a plain
                fleet, since the published specification has no 404 here.
        """
        number = self.required("system_id", int)
        system = self.fleet.system(number)
        if system is None:
            if self.unknown_systems == HTTPStatus.UNPROCESSABLE_ENTITY:
                raise unknown_site(number)
            raise unauthorized() if self.plain and self.unknown_systems is None else not_found()
        return system

    @cached_property
    def report(self) -> Report:
        """What is known of the system."""
        return report(self.system, self.now)

    @cached_property
    def today(self) -> int:
        """The system's local day."""
        return day_at(self.system.place.timezone, self.now)

    @property
    def plain(self) -> bool:
        """Whether the responses keep to the published specification to the letter, as those of a plain fleet do."""
        return self.fleet.kind == "plain"

    @property
    def meta(self) -> dict[str, Json]:
        """The `meta` of responses about the system."""
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
    """Return the `meta` of a system of which this much is known."""
    return {
        "status": known.status,
        "last_report_at": known.last_report_at,
        "last_energy_at": known.last_interval_at,
        "operational_at": known.operational_at,
    }
