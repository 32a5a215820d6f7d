"""The sun over a place, and what it yields under a clear sky, both computed by pvlib.

pvlib's analytical formulas are used rather than its almanacs: within half a degree of those, and so fast that nothing
needs to be stored. pvlib takes most of a second to import, so that is left for the first use.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from enlighten_mock.world.places import ORIENTATIONS, PLACES

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP = 300
"""Length of the intervals that production is split into, in seconds."""

LEAP_DAY = 59
"""Which day of a leap year February 29th is, counted from 0."""

_DAY = 86_400
_BLOCK = 8 * _DAY
_YEAR = 365.25 * _DAY
_NEW_YEAR_2024 = 1_704_067_200
_LOWEST_SUN = 1.0  # degrees in the middle of an interval; the sun is then up from its start to its end
_TEMPERATURE_COEFFICIENT = -0.0035
_SYSTEM_EFFICIENCY = 0.95
_INVERTER_LIMIT = 0.88  # microinverters are rated a little below their modules


def pvlib() -> Any:
    """Return pvlib, imported on the first call."""
    import pvlib as package  # type: ignore[import-untyped]  # it has no types

    return package


class Sky(NamedTuple):
    """The position of the sun at some times.

    Attributes:
        elevation: Degrees above the horizon.
        azimuth: Degrees clockwise from north.
    """

    elevation: NDArray[np.float64]
    azimuth: NDArray[np.float64]


def position(place: int, moments: NDArray[np.int64]) -> Sky:
    """Return where the sun stands over place number `place` at `moments` (epoch seconds)."""
    solarposition = pvlib().solarposition
    latitude, longitude = np.radians(PLACES[place].latitude), PLACES[place].longitude
    day_of_year = ((moments - _NEW_YEAR_2024) % _YEAR) / _DAY + 1
    declination = solarposition.declination_spencer71(day_of_year)
    solar_hours = (moments % _DAY) / 3600 + longitude / 15 + solarposition.equation_of_time_spencer71(day_of_year) / 60
    hour_angle = np.radians(((solar_hours - 12) * 15 + 180) % 360 - 180)
    zenith = solarposition.solar_zenith_analytical(latitude, hour_angle, declination)
    azimuth = solarposition.solar_azimuth_analytical(latitude, hour_angle, declination, zenith)
    return Sky(elevation=90 - np.degrees(zenith), azimuth=np.degrees(azimuth))


def clear_sky_yield(place: int, orientation: int, moments: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what a system yields under a clear sky, in W for each W of its modules; 0 without sun.

    Args:
        place: Number of the place.
        orientation: Number of the roof's orientation.
        moments: Epoch seconds.
    """
    sky = position(place, moments)
    tilt, west = ORIENTATIONS[orientation]
    facing = (180 + west) if PLACES[place].latitude > 0 else (360 - west) % 360
    light = pvlib().clearsky.simplified_solis(sky.elevation)
    plane = pvlib().irradiance.get_total_irradiance(
        tilt, facing, 90 - sky.elevation, sky.azimuth, light["dni"], light["ghi"], light["dhi"]
    )["poa_global"]
    cells = 18 + 0.03 * plane
    power = pvlib().pvsystem.pvwatts_dc(plane, cells, 1.0, _TEMPERATURE_COEFFICIENT) * _SYSTEM_EFFICIENCY
    return np.where(sky.elevation > _LOWEST_SUN, np.clip(power, 1e-4, _INVERTER_LIMIT), 0.0)


@lru_cache(maxsize=2048)
def day_yield(place: int, orientation: int, start: int, end: int) -> NDArray[np.float64]:
    """Return the clear-sky yield in the middle of each 5-minute interval of a day from `start` to `end`."""
    first, last = start // _BLOCK, (end - 1) // _BLOCK
    blocks = np.concatenate([_block_yield(place, orientation, block) for block in range(first, last + 1)])
    skipped = (start - first * _BLOCK) // STEP
    result: NDArray[np.float64] = blocks[skipped : skipped + (end - start) // STEP].copy()
    result.flags.writeable = False
    return result


@lru_cache(maxsize=512)
def _block_yield(place: int, orientation: int, block: int) -> NDArray[np.float64]:
    """Return the yield of some days at once, which takes hardly longer than that of one."""
    return clear_sky_yield(place, orientation, np.arange(block * _BLOCK + STEP // 2, (block + 1) * _BLOCK, STEP))


@lru_cache(maxsize=8192)
def daylight(place: int, start: int, end: int) -> tuple[int, int]:
    """Return the ends of the first and of the last interval with sun in a day from `start` to `end`."""
    lit = np.flatnonzero(day_yield(place, 0, start, end))
    return start + STEP * (int(lit[0]) + 1), start + STEP * (int(lit[-1]) + 1)


@lru_cache(maxsize=len(PLACES) * len(ORIENTATIONS))
def year_of_days(place: int, orientation: int) -> NDArray[np.float64]:
    """Return the clear-sky energy of each day of a leap year, in Wh for each W.

    Half-hours are close enough for a total, which the weather then changes by far more.
    """
    midnight = _NEW_YEAR_2024 - int(PLACES[place].longitude * 240)
    moments = midnight + np.arange(366 * 48) * 1800 + 900
    halves = clear_sky_yield(place, orientation, moments).reshape(366, 48)
    result: NDArray[np.float64] = halves.sum(axis=1) / 2
    result.flags.writeable = False
    return result
