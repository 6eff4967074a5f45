"""Intervals of the hindcasts of events: onsets by region and year, and alliances honoured by war."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibrate.counts import Floats, count_coverage, fit_level, fit_spread, shared_count, steps
from foedus.calibrate.priors import priors_of

REGIONS = (
    (200, "Americas"),
    (400, "Europe"),
    (600, "Africa"),
    (700, "Middle East"),
    (1000, "Asia and Oceania"),
)
"""Regions of the target by the first code of the Correlates of War that lies above them."""

ROWS = ["year", "ccode_b", "mid_onset"]


def by_region(rows: pl.DataFrame, chance: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Years, and onsets and expected onsets (year, region), from directed dyad-years and their probabilities."""
    region = np.searchsorted([code for code, _ in REGIONS], rows["ccode_b"].to_numpy(), side="right")
    years, place = np.unique(rows["year"].to_numpy(), return_inverse=True)
    counts, expected = (np.zeros((len(years), len(REGIONS))) for _ in range(2))
    np.add.at(counts, (place, region), rows["mid_onset"].to_numpy().astype(float))
    np.add.at(expected, (place, region), chance)
    return years.astype(np.int64), counts, expected


def onset_coverage(
    train: tuple[pl.DataFrame, Floats], test: tuple[pl.DataFrame, Floats], origin: int
) -> dict[str, Any]:
    """Coverage of 90 percent intervals of onsets by region and year in the years after the origin.

    ``train`` and ``test`` are directed dyad-years with the model's probabilities. Level and discount are learnt from the
    training years alone.
    """
    limits = priors_of("counts")
    first = origin - int(limits["training_years"].args[0])
    last = origin + int(limits["years_ahead"].args[0])
    _, counts, expected = by_region(*_between(train, first, origin))
    level = fit_level(counts, np.maximum(expected, 1e-6))
    years, held, mu = by_region(*_between(test, origin + 1, last))
    inside = count_coverage(*steps(level, years - origin, held, np.maximum(mu, 1e-6)))
    plain = count_coverage(*steps(_certain(level), years - origin, held, np.maximum(mu, 1e-6)))
    return {
        "cells": "onsets by region of the target and year", "n": int(inside.size), "years": [origin + 1, int(years[-1])],
        "coverage_90": float(inside.mean()), "coverage_90_without_level": float(plain.mean()),
        "discount": level.discount, "by_year": [float(v) for v in inside.mean(axis=1)],
    }  # fmt: skip


def _between(part: tuple[pl.DataFrame, Floats], first: int, last: int) -> tuple[pl.DataFrame, Floats]:
    rows, chance = part
    years = rows["year"].to_numpy()
    chosen = (years >= first) & (years <= last)
    return rows.select(ROWS).filter(pl.Series(chosen)), chance[chosen]


def _certain(level: Any) -> Any:
    """The level of one without doubt: counts are Poisson with the model's expectation."""
    sure = np.full(level.shape.shape, 1e9)
    return type(level)(sure, sure, 1.0)


def war_groups(logits: Floats, honoured: Floats, war: NDArray[np.int64]) -> list[tuple[Floats, int]]:
    """Log-odds and the number honoured of the cases of each war."""
    return [(logits[war == w], int(honoured[war == w].sum())) for w in np.unique(war)]


def war_coverage(past: list[tuple[Floats, int]], now: list[tuple[Floats, int]]) -> Floats:
    """Coverage of each war of ``now``: the number honoured, with what the cases of one past war were found to share."""
    spread = fit_spread(past)
    out = []
    for logits, honoured in now:
        cdf = np.concatenate([[0.0], np.cumsum(shared_count(logits, spread))])
        out.append(count_coverage(cdf[honoured : honoured + 1], cdf[honoured + 1 : honoured + 2])[0])
    return np.array(out)
