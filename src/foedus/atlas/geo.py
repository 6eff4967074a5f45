"""Where states lie: great-circle distances between capitals."""

from __future__ import annotations

import math

import polars as pl

from foedus.atlas.query import table
from foedus.errors import InputError, did_you_mean

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


def haversine_km(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    """Return the great-circle distance in km between two points given in degrees.

    Example:
        >>> round(haversine_km(59.437, 24.7535, 60.1695, 24.9354))
        82
    """
    phi_1, phi_2 = math.radians(lat_1), math.radians(lat_2)
    half_phi = (phi_2 - phi_1) / 2
    half_lambda = math.radians(lon_2 - lon_1) / 2
    chord = math.sin(half_phi) ** 2 + math.cos(phi_1) * math.cos(phi_2) * math.sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def capital_distance_km(member_1: str, member_2: str) -> float:
    """Return the distance in km between the capitals of two states.

    Raises:
        InputError: a code is unknown.
    """
    points = _capitals()
    for code in (member_1, member_2):
        if code not in points:
            raise InputError(
                f"{code!r} is no state of the atlas{did_you_mean(code, list(points))}", field="member"
            )
    return haversine_km(*points[member_1], *points[member_2])


def capital_distances() -> pl.DataFrame:
    """Return the distances between all capitals: member, other, distance_km; one row per ordered pair."""
    points = _capitals()
    pairs = [(one, two) for one in points for two in points if one != two]
    return pl.DataFrame(
        {
            "member": [one for one, _ in pairs],
            "other": [two for _, two in pairs],
            "distance_km": [haversine_km(*points[one], *points[two]) for one, two in pairs],
        }
    )


def _capitals() -> dict[str, tuple[float, float]]:
    frame = table("members")
    points = zip(frame["capital_lat"].to_list(), frame["capital_lon"].to_list(), strict=True)
    return dict(zip(frame["member"].to_list(), points, strict=True))
