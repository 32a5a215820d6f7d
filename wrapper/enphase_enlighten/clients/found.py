"""What the models of API v2 and API v4 have in common, where they are of the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class FoundSystem(Protocol):
    """A system that is listed."""

    @property
    def system_id(self) -> int:
        """Its id."""

    @property
    def timezone(self) -> str | None:
        """The name of its timezone."""

    @property
    def status(self) -> str:
        """Its status, such as ``normal``."""


class FoundSummary(Protocol):
    """Power and energy of a system."""

    @property
    def system_id(self) -> int:
        """The system's id."""

    @property
    def current_power(self) -> int:
        """The power at last, in W."""

    @property
    def energy_today(self) -> int:
        """The energy of the day, in Wh."""

    @property
    def energy_lifetime(self) -> int:
        """The energy until that day, in Wh."""

    @property
    def size_w(self) -> int:
        """The size of the system, in W."""

    @property
    def modules(self) -> int:
        """The number of its modules."""


class FoundReading(Protocol):
    """The odometer of a meter."""

    @property
    def serial_number(self) -> str:
        """The meter's serial number."""

    @property
    def value(self) -> int | None:
        """The energy so far, in Wh."""

    @property
    def read_at(self) -> int | None:
        """When it was read, in epoch seconds."""


class FoundReadings(Protocol):
    """The odometers of a system's meters."""

    @property
    def meter_readings(self) -> Sequence[FoundReading]:
        """One for each meter."""
