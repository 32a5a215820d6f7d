"""A request to API v4 that has passed the checks of its sender, as an operation gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, overload

from enlighten_mock.v4.error_bodies import forbidden, no_system
from enlighten_mock.world.days import day_at
from enlighten_mock.world.reports import Report, report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock.accounts.tokens import Grant
    from enlighten_mock.service.exchange import Json
    from enlighten_mock.service.values import Value
    from enlighten_mock.v4.behaviour import Behaviour
    from enlighten_mock.v4.settings import Settings
    from enlighten_mock.world.fleet import Fleet
    from enlighten_mock.world.system import System

T = TypeVar("T")


@dataclass(frozen=True)
class Call:
    """A request to one operation.

    Attributes:
        fleet: The systems.
        now: The service's time, in epoch seconds.
        grant: The application and the owner that the request is from.
        behaviour: Which of several ways the service has.
        settings: What requests have changed.
        system_text: The id of the system in the path as sent; empty if there is none.
        values: The parameters, in the types of their schemas.
        body: The JSON of the request.
    """

    fleet: Fleet
    now: float
    grant: Grant
    behaviour: Behaviour
    settings: Settings
    system_text: str
    values: Mapping[str, Value]
    body: Mapping[str, Any]

    @cached_property
    def system(self) -> System:
        """The system of the request's path.

        Raises:
            ServiceError: There is none (404), or it is somebody else's (403).
        """
        return self.find(self.system_text)

    def find(self, text: str) -> System:
        """Return the system whose id is written as `text`.

        Raises:
            ServiceError: There is none (404), or it is somebody else's (403).
        """
        system = self.fleet.system(int(text)) if _is_id(text) else None
        if system is None:
            raise no_system(text)
        if not self.grant.owner.sees(system.system_id):
            raise forbidden()
        return system

    @cached_property
    def report(self) -> Report:
        """What is known of the system."""
        return report(self.system, self.now)

    @cached_property
    def timezone(self) -> str:
        """The system's timezone."""
        return self.system.place.timezone

    @cached_property
    def today(self) -> int:
        """The system's local day."""
        return day_at(self.timezone, self.now)

    @property
    def meta(self) -> dict[str, Json]:
        """The `meta` of responses about the system."""
        known = self.report
        return {
            "status": known.status,
            "last_report_at": known.last_report_at,
            "last_energy_at": known.last_interval_at,
            "operational_at": known.operational_at,
        }

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


_LONGEST_ID = 19


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < _LONGEST_ID
