"""The simulated systems, each a pure function of the fleet's seed and its system id.

The first systems of a default fleet are chosen so that a small fleet already has one of every condition; from there on
the conditions are drawn, most of them ordinary. A plain fleet has ordinary systems only, all at one place, each with a
production meter and a consumption meter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from enlighten_mock import draws
from enlighten_mock.days import day_at, day_start
from enlighten_mock.places import PLACES, Place

Condition = Literal[
    "normal",
    "never_reported",
    "never_produced",
    "stopped",
    "flaky",
    "gappy",
    "power",
    "micro",
    "meter",
    "meter_issue",
    "battery",
    "storage_idle",
]
Refusal = Literal["no_content", "unauthorized", "not_found"]
Kind = Literal["default", "plain"]
Connection = Literal["ethernet", "cellular", "wifi"]

FIRST_ID = 66
"""The id of the first system; the specification's own examples ask for systems 66, 67, 72 and 123."""

MOST_SYSTEMS = 250_000
"""More would not have serial numbers of twelve digits."""

MOST_PLAIN_SYSTEMS = 100

INSTALLERS = (
    "Sonnendach GmbH",
    "Bright Ridge Solar",
    "Toit Bleu",
    "Harbour Electrical",
    "Sol y Sombra",
    "Meridian PV",
)

_FIRST_OPERATION = date(2009, 3, 1).toordinal()
_LAST_OPERATION = date(2023, 6, 1).toordinal()
_LAST_STOP = date(2024, 5, 1).toordinal()
_DAY = 86_400


class Showcase(NamedTuple):
    """What the first systems of a default fleet are."""

    condition: Condition
    production_meters: int
    consumption: bool | Refusal


_SHOWCASE = (
    Showcase("normal", 1, consumption=True),
    Showcase("normal", 0, consumption=True),
    Showcase("normal", 0, consumption="no_content"),
    Showcase("never_reported", 0, consumption="no_content"),
    Showcase("stopped", 0, consumption="unauthorized"),
    Showcase("flaky", 1, consumption=True),
    Showcase("gappy", 0, consumption=True),
    Showcase("normal", 2, consumption=True),
    Showcase("micro", 0, consumption="no_content"),
    Showcase("never_produced", 0, consumption="no_content"),
    Showcase("power", 0, consumption=True),
    Showcase("normal", 0, consumption="not_found"),
    Showcase("meter", 1, consumption=True),
    Showcase("normal", 3, consumption=True),
    Showcase("battery", 1, consumption=True),
    Showcase("storage_idle", 1, consumption=True),
    Showcase("meter_issue", 2, consumption=True),
)
_CONDITIONS: tuple[Condition, ...] = (
    *("normal",) * 65,
    *("never_reported",) * 3,
    *("never_produced",) * 1,
    *("stopped",) * 4,
    *("flaky",) * 7,
    *("gappy",) * 6,
    *("power",) * 4,
    *("micro",) * 4,
    *("meter",) * 2,
    *("meter_issue",) * 1,
    *("battery",) * 1,
    *("storage_idle",) * 2,
)
_REFUSALS: tuple[Refusal, ...] = ("no_content", "unauthorized", "not_found")


class InverterModel(NamedTuple):
    """A microinverter with the module below it."""

    model: str
    sku: str
    part_number: str
    watts: int


_INVERTERS = (
    InverterModel("M215", "M215-60-2LL-S22-NA", "800-00107-r01", 215),
    InverterModel("M250", "M250-60-2LL-S22-US", "800-00302-r01", 250),
    InverterModel("S280", "S280-60-LL-2-US", "800-00460-r02", 300),
    InverterModel("IQ6PLUS", "IQ6PLUS-72-2-US", "800-00586-r01", 320),
    InverterModel("IQ7", "IQ7-60-2-INT", "800-00631-r02", 330),
    InverterModel("IQ7X", "IQ7X-96-2-INT", "800-00633-r02", 365),
)


@dataclass(frozen=True, slots=True)
class Envoy:
    """A gateway that reports to Enlighten."""

    envoy_id: int
    serial_number: str
    part_number: str = "800-00555-r03"
    model: str = "Envoy-S-Metered"
    sku: str = "ENV-S-AM1-120"


@dataclass(frozen=True, slots=True)
class Meter:
    """A revenue-grade production meter, or a consumption meter.

    Attributes:
        serial_number: As the API names it.
        envoy_serial_number: The Envoy that reads it.
        slot: Which part of the system's production it measures.
        installed_at: The first moment it measures, in epoch seconds.
        retired_at: The moment it was taken out of service, in epoch seconds, or None.
        initial_wh: What its odometer showed when it was installed, in Wh.
    """

    serial_number: str
    envoy_serial_number: str
    slot: int
    installed_at: int
    retired_at: int | None = None
    initial_wh: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """All that does not change about a system. Two systems are equal when fleet, seed and id are.

    Attributes:
        key: What its random draws start from.
        system_id: Enlighten's id.
        condition: What is peculiar about it.
        modules: Number of microinverters, one below each module.
        orientation: Which of the orientations in `sun.ORIENTATIONS` its roof has.
        performance: Share of its rated power that it reaches under a clear sky.
        operational_at: Start of its first interval, in epoch seconds.
        stopped_at: When it reported for the last time, in epoch seconds, or None.
        slots: Number of parts of the system that have a production meter of their own.
        meters: Production meters, the retired ones too.
        consumption_meter: None where there is none.
        consumption_refusal: How requests for consumption are answered without a meter.
        outages: Periods without reports beside those that its condition brings, as (start, end) in epoch seconds.
    """

    key: int
    weather_key: int
    system_id: int
    system_name: str
    reference: str | None
    other_references: tuple[str, ...]
    installer: str
    place: Place
    connection_type: Connection
    condition: Condition
    modules: int
    inverter: InverterModel
    orientation: int
    performance: float
    operational_at: int
    operational_day: int
    stopped_at: int | None
    envoys: tuple[Envoy, ...]
    slots: int
    meters: tuple[Meter, ...]
    consumption_meter: Meter | None
    consumption_refusal: Refusal
    outages: tuple[tuple[float, float], ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, System) and self.key == other.key

    def __hash__(self) -> int:
        return self.key

    @property
    def size_w(self) -> int:
        """Rated power of all modules, in W."""
        return self.modules * self.inverter.watts

    @property
    def meter_start_day(self) -> int | None:
        """The first whole day that the production meters measured, or None without a meter."""
        if not self.meters:
            return None
        return day_at(self.place.timezone, min(meter.installed_at for meter in self.meters)) + 1


class Fleet:
    """The systems that the simulated user may see.

    Args:
        systems: How many.
        seed: What distinguishes this fleet from others of its kind.
        kind: `default`, with every condition, or `plain`, ordinary systems only.
        outages: Periods without reports by system id, each (start, end) in epoch seconds.

    Raises:
        ValueError: There can be no fleet of so many systems.
    """

    def __init__(
        self,
        systems: int = 20,
        *,
        seed: int = 0,
        kind: Kind = "default",
        outages: Iterable[tuple[int, float, float]] = (),
    ) -> None:
        most = MOST_PLAIN_SYSTEMS if kind == "plain" else MOST_SYSTEMS
        if not 0 <= systems <= most:
            raise ValueError(f"a {kind} fleet has 0 to {most} systems, not {systems}")
        self.size = systems
        self.seed = seed
        self.kind = kind
        self._outages: dict[int, tuple[tuple[float, float], ...]] = {}
        for system_id, start, end in outages:
            self._outages[system_id] = (*self._outages.get(system_id, ()), (start, end))

    @property
    def ids(self) -> range:
        """The ids of all systems, in ascending order."""
        return range(FIRST_ID, FIRST_ID + self.size)

    def system(self, system_id: int) -> System | None:
        """Return the system with this id, or None if the user has no such system."""
        if system_id not in self.ids:
            return None
        system = _system(self.seed, self.kind, system_id)
        outages = self._outages.get(system_id)
        return replace(system, outages=outages) if outages else system

    def by_serial(self, serial_number: str) -> System | None:
        """Return the system that has the Envoy with this serial number, or None."""
        if len(serial_number) != 12 or not (serial_number.isascii() and serial_number.isdigit()):
            return None
        system = self.system(FIRST_ID + int(serial_number[6:]) // 4)
        if system is None or all(envoy.serial_number != serial_number for envoy in system.envoys):
            return None
        return system


@lru_cache(maxsize=4096)
def _system(seed: int, kind: Kind, system_id: int) -> System:
    of = draws.key(seed, kind, system_id)
    index = system_id - FIRST_ID
    plain = kind == "plain"
    show = _traits(of, index, plain=plain)
    place = PLACES[0] if plain else draws.choose(of, 1, PLACES)
    last_operation = date(2016, 1, 1).toordinal() if plain else _LAST_OPERATION
    operational_day = int(draws.between(of, 2, _FIRST_OPERATION, last_operation))
    operational_at = day_start(place.timezone, operational_day) + 300 * int(draws.between(of, 3, 130, 156))
    envoys = _envoys(of, index, operational_day, several=not plain)
    meters = _meters(of, place, envoys, operational_day, show.production_meters)
    stopped_at = None
    if show.condition == "stopped":
        stop_day = int(draws.between(of, 4, operational_day + 200, max(_LAST_STOP, operational_day + 300)))
        stopped_at = day_start(place.timezone, stop_day) + int(draws.between(of, 5, 0, _DAY))
    referenced = not plain and draws.unit(of, 6) < 0.4
    return System(
        key=of,
        weather_key=draws.key(seed, "weather", place.number),
        system_id=system_id,
        system_name=f"{place.city} Residence {system_id}",
        reference=f"REF-{system_id:06d}" if referenced else None,
        other_references=(f"X{draws.bits(of, 7) % 10**6:06d}",)
        if referenced and draws.unit(of, 8) < 0.3
        else (),
        installer=draws.choose(of, 9, INSTALLERS),
        place=place,
        connection_type="ethernet"
        if plain
        else draws.choose(of, 10, ("ethernet", "wifi", "wifi", "cellular")),
        condition=show.condition,
        modules=_modules(of, small=plain),
        inverter=_INVERTERS[min(len(_INVERTERS) - 1, (operational_day - _FIRST_OPERATION) // 900)],
        orientation=int(draws.unit(of, 12) * 6),
        performance=draws.between(of, 13, 0.84, 0.98),
        operational_at=operational_at,
        operational_day=operational_day,
        stopped_at=stopped_at,
        envoys=envoys,
        slots=max((meter.slot for meter in meters), default=0) + 1,
        meters=meters,
        consumption_meter=_consumption_meter(of, place, envoys, operational_day, plain=plain)
        if show.consumption is True
        else None,
        consumption_refusal="no_content" if isinstance(show.consumption, bool) else show.consumption,
    )


def _traits(of: int, index: int, *, plain: bool) -> Showcase:
    if plain:
        return _SHOWCASE[0]
    if index < len(_SHOWCASE):
        return _SHOWCASE[index]
    condition = draws.choose(of, 20, _CONDITIONS)
    silent = condition in ("never_reported", "never_produced", "gappy")
    needs_meter = condition in ("meter", "meter_issue")
    meters = 0 if silent else draws.choose(of, 21, (1, 1, 2, 3) if needs_meter else (0, 0, 0, 1, 1, 2, 3))
    metered = draws.unit(of, 22) < 0.5 and condition not in ("never_reported", "never_produced")
    return Showcase(condition, meters, consumption=metered or draws.choose(of, 23, _REFUSALS))


def _modules(of: int, *, small: bool) -> int:
    size = draws.unit(of, 11)
    if size > 0.97 and not small:
        return int(draws.between(of, 14, 60, 400))
    return int(8 + 32 * size)


def _envoys(of: int, index: int, operational_day: int, *, several: bool) -> tuple[Envoy, ...]:
    made = date.fromordinal(operational_day - 60).isocalendar()
    count = 2 if several and draws.unit(of, 15) < 0.1 else 1
    return tuple(
        Envoy(
            envoy_id=100_000 + index * 4 + number,
            serial_number=f"12{made.year % 100:02d}{made.week:02d}{index * 4 + number:06d}",
        )
        for number in range(count)
    )


def _meters(
    of: int, place: Place, envoys: tuple[Envoy, ...], operational_day: int, wanted: int
) -> tuple[Meter, ...]:
    """Return no meter, one, two (each for a part of the system), or for 3 one that has replaced a retired one."""
    if not wanted:
        return ()
    late = draws.unit(of, 16) < 0.5
    day = operational_day + (int(draws.between(of, 17, 30, 700)) if late else 0)
    installed_at = day_start(place.timezone, day) + 900 * int(draws.between(of, 18, 44, 52))
    envoy = envoys[0].serial_number

    def meter(number: int, slot: int, start: int, end: int | None = None) -> Meter:
        return Meter(f"{envoy}EIM{number}", envoy, slot, start, end, draws.bits(of, 30 + number) % 5000)

    if wanted == 2:
        return (meter(1, 0, installed_at), meter(3, 1, installed_at))
    if wanted == 3:
        swapped = day_start(place.timezone, day + int(draws.between(of, 19, 90, 900)))
        return (meter(1, 0, installed_at, swapped), meter(3, 0, swapped))
    return (meter(1, 0, installed_at),)


def _consumption_meter(
    of: int, place: Place, envoys: tuple[Envoy, ...], operational_day: int, *, plain: bool
) -> Meter:
    late = not plain and draws.unit(of, 24) < 0.3
    day = operational_day + (int(draws.between(of, 25, 30, 500)) if late else 0)
    serial = envoys[0].serial_number
    return Meter(f"{serial}EIM2", serial, 0, day_start(place.timezone, day))
