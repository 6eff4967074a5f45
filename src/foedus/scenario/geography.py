"""Distances and borders between allies, and from the adversary's staging points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus import atlas

Floats = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0


def great_circle_km(a: Floats, b: Floats) -> Floats:
    """Return distances between points ``a`` (N, 2) and ``b`` (M, 2), degrees latitude and longitude, shape (N, M)."""
    one, two = np.radians(a)[:, None, :], np.radians(b)[None, :, :]
    half = np.sin((two - one) / 2) ** 2
    inner = half[..., 0] + np.cos(one[..., 0]) * np.cos(two[..., 0]) * half[..., 1]
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(inner, 0, 1))))


def distances_km(capitals: Floats) -> Floats:
    """Return great-circle distances between capitals, shape (N, N)."""
    return great_circle_km(capitals, capitals)


def reach_km(capitals: Floats, border: NDArray[np.bool_]) -> Floats:
    """Return the distance to the nearest staging point, shape (N,); 0 for allies with a land border."""
    points = np.array(atlas.table("staging_points").select("lat", "lon").rows())
    return np.where(border, 0.0, great_circle_km(capitals, points).min(axis=1))


def neighbours(codes: list[str]) -> Floats:
    """Return 1 where two allies share a land border, shape (N, N)."""
    frame = atlas.table("neighbours")
    pairs = set(zip(frame["member"].to_list(), frame["neighbour"].to_list(), strict=True))
    pairs |= {(b, a) for a, b in pairs}
    return np.array([[float((a, b) in pairs) for b in codes] for a in codes])


__all__ = ["distances_km", "great_circle_km", "neighbours", "reach_km"]
