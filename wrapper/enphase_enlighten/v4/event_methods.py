# Generated from async_event_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's methods for events and alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clients.base import BaseClient
from .event_series import Alarms, Events
from .operation_table import ALARMS, EVENTS

if TYPE_CHECKING:
    from datetime import tzinfo

    from enlighten_v4.models import SearchedSystem, System

    from ..timing.instants import Instant


class EventMethods(BaseClient):
    """A method for each operation that gives what happened at a system."""

    def events(
        self,
        system_id: int | System | SearchedSystem,
        start_time: Instant,
        *,
        end_time: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> Events:
        """List what happened at a system in a range of time, each event once.

        Fetched lazily: spends one request for each 7 days when the iteration gets there, and one before the first
        where the system's timezone is not known yet. The service keeps events for nine months, or for six: where it
        refuses the older ones, the events of the last six months come. Operation ``Events``. For the plans Watt,
        Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_time: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much.
            end_time: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of `Event` models; times in them are epoch seconds. Its `responses()` gives the model of each
            window instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 9 months ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins before what the service keeps, which is 9 months at most.

        Example:
            >>> for event in client.events(system_id, "2024-05-01", end_time="2024-06-01"):
            ...     kind, begun = event.event_type_id, event.event_start_time
        """
        events: Events = self._events(
            EVENTS,
            ("event_type_id", "event_start_time", "serial_number"),
            Events,
            system_id,
            start_time=start_time,
            end_time=end_time,
            timezone=timezone,
        )
        return events

    def alarms(
        self,
        system_id: int | System | SearchedSystem,
        start_time: Instant,
        *,
        end_time: Instant | None = None,
        cleared: bool | None = None,
        timezone: str | tzinfo | None = None,
    ) -> Alarms:
        """List the alarms of a system in a range of time, each alarm once.

        Fetched lazily: spends one request for each 7 days when the iteration gets there, and one before the first
        where the system's timezone is not known yet. The service keeps alarms for nine months, or for six: where it
        refuses the older ones, the alarms of the last six months come. Operation ``Alarms``. For the plans Watt,
        Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_time: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much.
            end_time: The end, in the same forms; by default, or in the future, now.
            cleared: Whether alarms that are over are listed instead of those that are not.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of `Alarm` models; times in them are epoch seconds, `severity` is from 1, fatal, to 6. Its
            `responses()` gives the model of each window instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 9 months ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins before what the service keeps, which is 9 months at most.

        Example:
            >>> for alarm in client.alarms(system_id, "2024-05-01", end_time="2024-06-01", cleared=True):
            ...     begun, severity = alarm.alarm_start_time, alarm.severity
        """
        events: Alarms = self._events(
            ALARMS,
            ("id",),
            Alarms,
            system_id,
            start_time=start_time,
            end_time=end_time,
            cleared=cleared,
            timezone=timezone,
        )
        return events
