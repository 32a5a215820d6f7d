"""The places at which the simulated systems stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A town with solar systems on its roofs.

    Attributes:
        number: Its position in `PLACES`, which names its weather.
        country: ISO 3166-1 alpha-2 code.
        state: Code of the state, province or region, as ISO 3166-2 has it after the country.
        city: Name of the town.
        postal_code: Its postal code.
        timezone: IANA name.
        latitude: Degrees, north positive.
        longitude: Degrees, east positive.
        sunniness: Mean share of the clear sky's light that gets through, from 0 to 1.
    """

    number: int
    country: str
    state: str
    city: str
    postal_code: str
    timezone: str
    latitude: float
    longitude: float
    sunniness: float


# Half-hour timezones, both hemispheres, places with and without daylight saving time, and Lord Howe Island,
# whose clocks change by half an hour. None so far north that a winter day has no sun: every day has
# intervals.
_ROWS = (
    ("US", "CA", "Sebastopol", "95472", "America/Los_Angeles", 38.40, -122.82, 0.80),
    ("US", "CA", "Placerville", "95667", "America/Los_Angeles", 38.73, -120.80, 0.82),
    ("US", "AZ", "Tucson", "85701", "America/Phoenix", 32.22, -110.97, 0.90),
    ("US", "CO", "Boulder", "80302", "America/Denver", 40.01, -105.27, 0.78),
    ("US", "TX", "Austin", "78701", "America/Chicago", 30.27, -97.74, 0.74),
    ("US", "NY", "Ithaca", "14850", "America/New_York", 42.44, -76.50, 0.60),
    ("US", "HI", "Hilo", "96720", "Pacific/Honolulu", 19.71, -155.08, 0.66),
    ("PR", "SJ", "San Juan", "00901", "America/Puerto_Rico", 18.47, -66.11, 0.75),
    ("CA", "ON", "Ottawa", "K1A 0A1", "America/Toronto", 45.42, -75.70, 0.64),
    ("CA", "NL", "St. John's", "A1B 4J5", "America/St_Johns", 47.56, -52.71, 0.52),
    ("MX", "PUE", "Puebla", "72000", "America/Mexico_City", 19.04, -98.21, 0.78),
    ("BR", "SP", "Campinas", "13010-000", "America/Sao_Paulo", -22.91, -47.06, 0.70),
    ("GB", "DBY", "Derby", "DE1 1AA", "Europe/London", 52.92, -1.48, 0.48),
    ("FR", "69", "Lyon", "69001", "Europe/Paris", 45.76, 4.84, 0.62),
    ("DE", "BW", "Freiburg", "79098", "Europe/Berlin", 48.00, 7.85, 0.58),
    ("NL", "UT", "Utrecht", "3511 AA", "Europe/Amsterdam", 52.09, 5.12, 0.50),
    ("ES", "SE", "Sevilla", "41001", "Europe/Madrid", 37.39, -5.98, 0.82),
    ("IT", "BO", "Bologna", "40121", "Europe/Rome", 44.49, 11.34, 0.64),
    ("ZA", "WC", "Stellenbosch", "7600", "Africa/Johannesburg", -33.93, 18.86, 0.80),
    ("IN", "MH", "Pune", "411001", "Asia/Kolkata", 18.52, 73.86, 0.76),
    ("AU", "QLD", "Toowoomba", "4350", "Australia/Brisbane", -27.56, 151.95, 0.79),
    ("AU", "SA", "Adelaide", "5000", "Australia/Adelaide", -34.93, 138.60, 0.78),
    ("AU", "NSW", "Lord Howe Island", "2898", "Australia/Lord_Howe", -31.55, 159.08, 0.70),
    ("NZ", "NSN", "Nelson", "7010", "Pacific/Auckland", -41.27, 173.28, 0.72),
)

PLACES: tuple[Place, ...] = tuple(Place(number, *row) for number, row in enumerate(_ROWS))
"""All places. A plain fleet stands at the first of them."""

ORIENTATIONS = ((18.0, 0.0), (25.0, 0.0), (35.0, 20.0), (22.0, -45.0), (30.0, 60.0), (8.0, 0.0))
"""Roofs: tilt in degrees, and degrees west of the direction to the equator."""
