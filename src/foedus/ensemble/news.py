"""News of spending and of postings: random numbers by draw, year and member, from two streams for what is common and one for each member."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from scipy import special

from foedus.ensemble.streams import uniforms

YEAR = 4
"""Quarters."""


@lru_cache(maxsize=8)
def spending_news(
    seed: int, first: int, count: int, budget: tuple[bool, ...], members: tuple[str, ...]
) -> tuple[Any, Any, Any]:
    """Return the fields ``news`` and ``unrest`` (count, T) and ``own_news`` (count, T, N, 2) of the model's luck, float32.

    ``budget`` says in which quarters a budget year begins; its numbers stand in all of its quarters. The numbers of a member
    depend on the seed, its code and the draw, so that scenarios share them and other members change nothing.
    """
    years = max(sum(budget), 1)
    place = np.maximum(np.cumsum(budget) - 1, 0)
    news, unrest = (
        special.ndtri(uniforms(seed, name, first, count, years))[:, place].astype(np.float32)
        for name in ("burden.news", "burden.unrest")
    )
    return news, unrest, _pairs(seed, "burden.news", first, count, years, members)[:, place]


@lru_cache(maxsize=8)
def posting_news(seed: int, first: int, count: int, quarters: int, members: tuple[str, ...]) -> Any:
    """Return the field ``posting`` (count, T, N, 2) of the model's luck, float32: one pair for the first quarter, then one a year."""
    place = (np.arange(quarters) + YEAR - 1) // YEAR
    return _pairs(seed, "posture", first, count, int(place[-1]) + 1, members)[:, place]


def _pairs(seed: int, stream: str, first: int, count: int, years: int, members: tuple[str, ...]) -> Any:
    """Return sizes and directions for the Student t, (count, years, N, 2)."""
    u = np.stack([uniforms(seed, f"{stream}.{code}", first, count, 2 * years) for code in members], axis=1)
    size, angle = -np.log(u[..., :years]), 2.0 * np.pi * u[..., years:]
    return np.moveaxis(np.stack([size, np.cos(angle)], axis=-1).astype(np.float32), 1, 2)
