"""The types of events that devices tell of: Enphase's numbers and names where they are known, texts of our own."""

from __future__ import annotations

from typing import NamedTuple


class EventType(NamedTuple):
    """A type of event.

    Attributes:
        number: Its id.
        key: Its name for programs.
        stateful: Whether it lasts, rather than being told once.
        severity: Of its alarms, from 1, fatal, to 5; 6 for an event without alarm.
        name: Its name for readers.
        description: What it means.
        action: What to do about it.
    """

    number: int
    key: str
    stateful: bool
    severity: int
    name: str
    description: str
    action: str


GATEWAY_SILENT = EventType(
    28,
    "envoy_no_report",
    stateful=True,
    severity=4,
    name="Gateway not reporting",
    description="Nothing was received from the gateway.",
    action="Check the gateway's power and its internet connection.",
)
MICRO_SILENT = EventType(
    31,
    "pcu_no_report",
    stateful=True,
    severity=4,
    name="Microinverter not reporting",
    description="The gateway does not hear the microinverter by day.",
    action="Wait for a sunny day; then look at the wiring of the module.",
)
MICRO_POWER = EventType(
    62,
    "pcu_low_power",
    stateful=True,
    severity=3,
    name="Power production issue",
    description="The microinverter produces much less than its neighbours.",
    action="Look for shade or dirt; then have the module checked.",
)
METER_ISSUE = EventType(
    512,
    "meter_issue",
    stateful=True,
    severity=3,
    name="Meter issue",
    description="The meter's measurements are missing or not plausible.",
    action="Check the direction and the seat of the current transformers.",
)
BATTERY_SILENT = EventType(
    4720,
    "encharge_no_report",
    stateful=True,
    severity=2,
    name="Battery not reporting",
    description="The gateway does not hear the battery.",
    action="Switch the battery off and on; then call the installer.",
)
BATTERY_SLEEPS = EventType(
    4781,
    "acb_sleeping",
    stateful=False,
    severity=6,
    name="AC Battery Sleeping",
    description="The battery sleeps until there is something to store.",
    action="Nothing needs to be done.",
)
GRID_LOST = EventType(
    4802,
    "grid_outage",
    stateful=True,
    severity=5,
    name="Grid outage",
    description="The grid has no voltage; where there is a system controller, the batteries supply the house.",
    action="Nothing needs to be done; save energy.",
)
CHARGER_FAULT = EventType(
    4910,
    "evse_fault",
    stateful=True,
    severity=1,
    name="EV charger fault",
    description="The charger has stopped because of a ground fault.",
    action="Plug the car out, and have the charger checked.",
)
TYPES = (
    GATEWAY_SILENT,
    MICRO_SILENT,
    MICRO_POWER,
    METER_ISSUE,
    BATTERY_SILENT,
    BATTERY_SLEEPS,
    GRID_LOST,
    CHARGER_FAULT,
)
"""All types of events, by number."""

NO_ALARM = 6
"""The severity of events without alarm."""
