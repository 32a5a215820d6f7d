"""The sun over a place, and what it yields under a clear sky. All of it is pvlib's.

pvlib takes more than half a second to import, so it is imported when the first yield is asked for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from enlighten_mock.places import PLACES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEP = 300
"""Length of the intervals that production is split into, in seconds."""

ORIENTATIONS = ((18.0, 0.0), (25.0, 0.0), (35.0, 20.0), (22.0, -45.0), (30.0, 60.0), (8.0, 0.0))
"""Roofs: tilt in degrees, and degrees west of the direction to the equator."""

_DAY = 86_400
_YEAR = 365.25 * _DAY
_NEW_YEAR_2024 = 1_704_067_200
_LOWEST_SUN = 1.0  # degrees; the disc and the interval's two and a half minutes on either side are then above the horizon
_TEMPERATURE_COEFFICIENT = -0.0035
_SYSTEM_EFFICIENCY = 0.95
_INVERTER_LIMIT = 0.88  # microinverters are rated a little below their modules


class Sky(NamedTuple):
    """Where the sun stands at some times.

    Attributes:
        elevation: Degrees above the horizon.
        azimuth: Degrees clockwise from north.
    """

    elevation: NDArray[np.float64]
    azimuth: NDArray[np.float64]


def position(place: int, moments: NDArray[np.int64]) -> Sky:
    """Return where the sun stands over place number `place` at `moments` (epoch seconds)."""
    import numpy as np
    from pvlib import solarposition

    latitude, longitude = np.radians(PLACES[place].latitude), PLACES[place].longitude
    day_of_year = ((moments - _NEW_YEAR_2024) % _YEAR) / _DAY + 1
    declination = solarposition.declination_spencer71(day_of_year)
    solar_hours = (
        (moments % _DAY) / 3600 + longitude / 15 + solarposition.equation_of_time_spencer71(day_of_year) / 60
    )
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
    import numpy as np
    from pvlib import clearsky, irradiance, pvsystem

    sky = position(place, moments)
    tilt, west = ORIENTATIONS[orientation]
    facing = (180 + west) if PLACES[place].latitude > 0 else (360 - west) % 360
    light = clearsky.simplified_solis(sky.elevation)
    plane = irradiance.get_total_irradiance(
        tilt, facing, 90 - sky.elevation, sky.azimuth, light["dni"], light["ghi"], light["dhi"]
    )["poa_global"]
    cells = 18 + 0.03 * plane
    power = pvsystem.pvwatts_dc(plane, cells, 1.0, _TEMPERATURE_COEFFICIENT) * _SYSTEM_EFFICIENCY
    return np.where(sky.elevation > _LOWEST_SUN, np.clip(power, 1e-4, _INVERTER_LIMIT), 0.0)


@lru_cache(maxsize=2048)
def day_yield(place: int, orientation: int, start: int, end: int) -> NDArray[np.float64]:
    """Return the clear-sky yield in the middle of each 5-minute interval of a day from `start` to `end`."""
    import numpy as np

    result = clear_sky_yield(place, orientation, np.arange(start + STEP // 2, end, STEP))
    result.flags.writeable = False
    return result


@lru_cache(maxsize=len(PLACES) * len(ORIENTATIONS))
def year_of_days(place: int, orientation: int) -> NDArray[np.float64]:
    """Return the clear-sky energy of each day of a year, in Wh for each W; entry 0 is January 1st, 59 February 29th.

    Half-hours are close enough for a total, which the weather then changes by far more.
    """
    import numpy as np

    midnight = _NEW_YEAR_2024 - int(PLACES[place].longitude * 240)
    moments = midnight + np.arange(366 * 48) * 1800 + 900
    result = clear_sky_yield(place, orientation, moments).reshape(366, 48).sum(axis=1) / 2
    result.flags.writeable = False
    return result
