"""The simulated systems, each a pure function of the fleet's seed and its system id.

The first systems of a default fleet are chosen so that a small fleet already has one of every condition; from
there on the conditions are drawn, most of them ordinary. A plain fleet has ordinary systems only, all at one
place, each with a production meter and a consumption meter.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from enlighten_mock.world import draws
from enlighten_mock.world.days import day_start
from enlighten_mock.world.places import ORIENTATIONS, PLACES, Place
from enlighten_mock.world.switches import Switches
from enlighten_mock.world.system import STATUSES, Envoy, InverterModel, Meter, System
from enlighten_mock.world.traits import KINDS, equipment_of, traits_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from enlighten_mock.world.system import Connection
    from enlighten_mock.world.traits import Kind, Metering

FIRST_ID = 66
"""The id of the first system; Enphase's documents have examples of systems 66, 67, 72 and 123."""

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

_NOTHING_CHOSEN = Switches()
_CONNECTIONS: tuple[Connection, ...] = ("ethernet", "wifi", "wifi", "cellular")

_FIRST_OPERATION = date(2009, 3, 1).toordinal()
_OPERATION: Mapping[Kind, tuple[int, int]] = {
    "default": (_FIRST_OPERATION, date(2023, 6, 1).toordinal()),
    "plain": (_FIRST_OPERATION, date(2016, 1, 1).toordinal()),
    "mixed": (date(2016, 1, 1).toordinal(), date(2018, 6, 1).toordinal()),
}
"""The days between which the systems of a kind of fleet begin to work."""

_LAST_STOP = date(2024, 5, 1).toordinal()
_PLAIN_FROM = "2016-02-01"  # by then the last system of a plain fleet has reported
_ALL_OPERATE = datetime(2023, 7, 1, tzinfo=UTC).timestamp()
_MAY_BE_SILENT = ("never_reported", "stopped", "flaky")
_ENVOYS_OF_A_SYSTEM = 4
_SERIAL_DIGITS = 12

_INVERTERS = (
    InverterModel("M215", "M215-60-2LL-S22-NA", "800-00107-r01", 215),
    InverterModel("M250", "M250-60-2LL-S22-US", "800-00302-r01", 250),
    InverterModel("S280", "S280-60-LL-2-US", "800-00460-r02", 300),
    InverterModel("IQ6PLUS", "IQ6PLUS-72-2-US", "800-00586-r01", 320),
    InverterModel("IQ7", "IQ7-60-2-INT", "800-00631-r02", 330),
    InverterModel("IQ7X", "IQ7X-96-2-INT", "800-00633-r02", 365),
)


class Fleet:
    """The systems of the simulated user.

    Args:
        systems: How many.
        seed: What distinguishes this fleet from others of its kind.
        kind: `default`, with every condition, `plain`, ordinary systems only, or `mixed`, with every kind of device.
        outages: Periods without reports each (system id, start, end) in epoch seconds.
        switches: What is chosen about systems by their id, instead of being drawn.

    Raises:
        ValueError: The kind, the number of systems, an outage or a switch is invalid.
    """

    def __init__(
        self,
        systems: int = 20,
        *,
        seed: int = 0,
        kind: Kind = "default",
        outages: Iterable[tuple[int, float, float]] = (),
        switches: Mapping[int, Switches] = {},
    ) -> None:
        most = MOST_PLAIN_SYSTEMS if kind == "plain" else MOST_SYSTEMS
        if kind not in KINDS:
            raise ValueError(f"a fleet is {' or '.join(KINDS)}, not {kind!r}")
        if not 0 <= systems <= most:
            raise ValueError(f"a {kind} fleet has 0 to {most} systems, not {systems}")
        self.size = systems
        self.seed = seed
        self.kind = kind
        self._outages: dict[int, tuple[tuple[float, float], ...]] = {}
        for system_id, start, end in outages:
            if system_id not in self.ids:
                raise ValueError(f"an outage is of system {system_id}; this fleet has {self._extent()}")
            if not start < end:
                raise ValueError(f"an outage of system {system_id} must end after its start")
            self._outages[system_id] = (*self._outages.get(system_id, ()), (start, end))

        self._switches = dict(switches)
        self._made: dict[int, System] = {}
        for system_id in self._switches:
            if system_id not in self.ids:
                raise ValueError(f"a switch is of system {system_id}; this fleet has {self._extent()}")

    @property
    def ids(self) -> range:
        """The ids of all systems, in ascending order."""
        return range(FIRST_ID, FIRST_ID + self.size)

    def check_time(self, now: float) -> None:
        """Make sure that the fleet can exist at `now` (epoch seconds).

        Raises:
            ValueError: It is too early for a plain fleet, whose systems have all begun.
        """
        if self.kind == "plain" and now < datetime.fromisoformat(_PLAIN_FROM).replace(tzinfo=UTC).timestamp():
            raise ValueError(f"a plain fleet is complete only from {_PLAIN_FROM} on; choose a later time")

    def _extent(self) -> str:
        return f"systems {self.ids.start} to {self.ids.stop - 1}" if self.size else "no systems"

    def system(self, system_id: int) -> System | None:
        """Return the system with this id, or None if the fleet has no such system."""
        if system_id not in self.ids:
            return None
        switches = self._switches.get(system_id)
        system = _system(self.seed, self.kind, system_id) if switches is None else self._chosen(system_id, switches)
        outages = self._outages.get(system_id)
        return replace(system, outages=outages) if outages else system

    def _chosen(self, system_id: int, switches: Switches) -> System:
        """Return a system with these switches, the same object each time."""
        if system_id not in self._made:
            self._made[system_id] = _make(self.seed, self.kind, system_id, switches)
        return self._made[system_id]

    def may_have(self, system_id: int, statuses: Container[str], now: float) -> bool:
        """Return False for a system that certainly has none of `statuses` at `now`, without making the system.

        Args:
            system_id: A system of this fleet.
            statuses: Statuses as in `reports.Report`.
            now: Epoch seconds.
        """
        if now < _ALL_OPERATE or system_id in self._outages or system_id in self._switches:
            return True
        of = draws.key(self.seed, self.kind, system_id)
        condition = traits_of(of, system_id - FIRST_ID, self.kind).condition
        own = condition if condition in STATUSES else "normal"
        return own in statuses or ("comm" in statuses and condition in _MAY_BE_SILENT)

    def by_serial(self, serial_number: str) -> System | None:
        """Return the system that has the Envoy with this serial number, or None."""
        if len(serial_number) != _SERIAL_DIGITS or not (serial_number.isascii() and serial_number.isdigit()):
            return None
        system = self.system(FIRST_ID + int(serial_number[6:]) // _ENVOYS_OF_A_SYSTEM)
        if system is None or all(envoy.serial_number != serial_number for envoy in system.envoys):
            return None
        return system


@lru_cache(maxsize=8192)
def _system(seed: int, kind: Kind, system_id: int) -> System:
    return _make(seed, kind, system_id, _NOTHING_CHOSEN)


def _make(seed: int, kind: Kind, system_id: int, switches: Switches) -> System:
    of = draws.key(seed, kind, system_id)
    index = system_id - FIRST_ID
    plain = kind == "plain"
    traits = traits_of(of, index, kind)._replace(**switches.traits)
    place = PLACES[0] if plain else draws.choose(of, 1, PLACES)
    operational_day = int(draws.between(of, 2, *_OPERATION[kind]))
    several = traits.gateways > 1 if traits.gateways else not plain and draws.chance(of, 15, 0.1)
    connection: Connection = "ethernet" if plain else draws.choose(of, 7, _CONNECTIONS)
    envoys = _envoys(index, operational_day, several=several)
    serial = envoys[0].serial_number
    meters = _production_meters(of, place, serial, operational_day, traits.metering)
    referenced = not plain and draws.chance(of, 3, 0.4)
    return System(
        key=of,
        weather_key=draws.key(seed, "weather", place.number),
        system_id=system_id,
        system_name=f"{place.city} Residence {system_id}",
        reference=f"REF-{system_id:06d}" if referenced else None,
        other_references=(f"X{draws.bits(of, 4) % 10**6:06d}",) if referenced and draws.chance(of, 5, 0.3) else (),
        installer=draws.choose(of, 6, INSTALLERS),
        place=place,
        connection_type=traits.connection or connection,
        condition=traits.condition,
        modules=_modules(of, small=plain),
        inverter=_INVERTERS[min(len(_INVERTERS) - 1, (operational_day - _FIRST_OPERATION) // 900)],
        orientation=draws.bits(of, 8) % len(ORIENTATIONS),
        performance=draws.between(of, 9, 0.84, 0.98),
        operational_day=operational_day,
        operational_at=day_start(place.timezone, operational_day) + 300 * int(draws.between(of, 10, 130, 156)),
        stopped_at=_stop(of, place, operational_day) if traits.condition == "stopped" else None,
        envoys=envoys,
        slots=2 if traits.metering == "two" else 1,
        meters=meters,
        consumption_meter=_consumption_meter(place, serial, operational_day + (0 if plain else _delay(of, 24, 500)))
        if traits.consumption_metered
        else None,
        equipment=equipment_of(of, index, kind, traits)._replace(**switches.equipment),
        variant=switches.variant,
    )


def _stop(of: int, place: Place, operational_day: int) -> int:
    day = int(draws.between(of, 11, operational_day + 200, max(_LAST_STOP, operational_day + 300)))
    return day_start(place.timezone, day) + int(draws.between(of, 12, 0, 86_400))


def _modules(of: int, *, small: bool) -> int:
    if not small and draws.chance(of, 13, 0.03):
        return int(draws.between(of, 14, 60, 400))
    return int(draws.between(of, 14, 8, 40))


def _envoys(index: int, operational_day: int, *, several: bool) -> tuple[Envoy, ...]:
    made = date.fromordinal(operational_day - 60).isocalendar()
    first = index * _ENVOYS_OF_A_SYSTEM
    return tuple(
        Envoy(
            envoy_id=100_000 + number,
            # The last six digits lead back to the system.
            serial_number=f"12{made.year % 100:02d}{made.week:02d}{number:06d}",
        )
        for number in range(first, first + (2 if several else 1))
    )


def _production_meters(
    of: int, place: Place, envoy: str, operational_day: int, metering: Metering
) -> tuple[Meter, ...]:
    day = operational_day + _delay(of, 16, 700)
    installed_at = day_start(place.timezone, day) + 900 * int(draws.between(of, 18, 44, 52))

    def meter(number: int, slot: int, start: int, end: int | None = None) -> Meter:
        return Meter(f"{envoy}EIM{number}", envoy, slot, start, end, draws.bits(of, 30 + number) % 5000)

    if metering == "none":
        return ()
    if metering == "one":
        return (meter(1, 0, installed_at),)
    if metering == "two":
        return (meter(1, 0, installed_at), meter(3, 1, installed_at))
    replaced_at = day_start(place.timezone, day + int(draws.between(of, 19, 90, 900)))
    return (meter(1, 0, installed_at, replaced_at), meter(3, 0, replaced_at))


def _consumption_meter(place: Place, envoy: str, day: int) -> Meter:
    return Meter(f"{envoy}EIM2", envoy, 0, day_start(place.timezone, day))


def _delay(of: int, index: int, longest: int) -> int:
    """Return after how many days a meter follows the system: none for half of the systems."""
    return int(draws.between(of, index + 1, 30, longest)) if draws.chance(of, index, 0.5) else 0
