"""The terms that were added after the hindcast had been seen, at other dates: their size should not be tuned to one.

At each date the sizes are fitted to the record before it. No run is played: what is tested is the wander of postings by host without
orders, and aid without stops and without what allies replace.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

from foedus import atlas
from foedus.calibrate.hindcast_posture import FIRST_ORIGIN, SMALLEST, WINDOW, yearly_forces
from foedus.calibrate.posting_record import changes, fit, scale
from foedus.insight.vantage import aid
from foedus.insight.vantage.aid import Floats
from foedus.model.parameters import constant

HORIZONS = (1, 2, 3, 5, 10)
DRAWS = 2000
YEAR_NAMES = ("the next calendar year", "the one after", "the third")
DRIFTING = ("Europe", "other")
"""Groups whose levels no stop has ended; the patron's stop is a decision of a run."""


def inside(draws: Floats, observed: Floats) -> Floats:
    """Return for each cell whether the outcome lies in the 90 percent interval; ``draws`` (draw, cell)."""
    low, high = np.quantile(draws, (0.05, 0.95), axis=0)
    return (low <= observed) & (observed <= high)


def forces_elsewhere(seed: int = 1) -> list[dict[str, Any]]:
    """Return coverage of persons by host for each horizon, over every origin since the enlargement of 2004."""
    years, _, values = yearly_forces(None)
    rng = np.random.default_rng(seed)
    held: dict[int, list[Floats]] = {h: [] for h in HORIZONS}
    for now in range(years.index(FIRST_ORIGIN), len(years) - 1):
        past = slice(max(0, now - WINDOW + 1), now + 1)
        found = fit(changes(values[past], years[past]))
        for h in (h for h in HORIZONS if now + h < len(years)):
            known = (values[now] >= SMALLEST) & np.isfinite(values[now + h])
            size = scale(found.all, found.few, values[now, known])
            fresh = size * rng.standard_t(constant("posture.tail"), (DRAWS, h, len(size)))
            limit = constant("posture.limit")
            draws = values[now, known] * np.exp(np.clip(fresh, -limit, limit).sum(axis=1))
            held[h].append(inside(draws, values[now + h, known]))
    return [
        {
            "what": "US forces by host", "ahead": f"{h} year{'s' * (h > 1)}",
            "from": f"{FIRST_ORIGIN} to {years[-1] - h}", **_share(held[h]),
        }
        for h in HORIZONS
    ]  # fmt: skip


def aid_elsewhere(seed: int = 1) -> list[dict[str, Any]]:
    """Return coverage of a whole year's aid by European donor and by group, from every quarter's end with four quarters behind it."""
    of_donor: dict[int, list[Floats]] = {}
    of_group: dict[int, list[Floats]] = {}
    ends = _ends()
    years = _totals()
    for end in ends[aid.FEWEST_QUARTERS - 1 :]:
        known = aid.known_quarters(end + dt.timedelta(days=1))
        for year in sorted({y for _, y in years}):
            if dt.date(year, 1, 1) > end:
                donors, groups = _cells(known, year, years, seed)
                of_donor.setdefault(year - end.year, []).append(donors)
                of_group.setdefault(year - end.year, []).append(groups)
    rows = []
    for what, held in (("Aid by European donor", of_donor), ("Aid of Europe and of others", of_group)):
        for ahead, parts in sorted(held.items()):
            rows.append(
                {
                    "what": what,
                    "ahead": YEAR_NAMES[ahead - 1],
                    "from": f"{len(parts)} quarters",
                    **_share(parts),
                }
            )
    return rows


def _cells(
    known: aid.Quarters, year: int, totals: dict[tuple[str, int], float], seed: int
) -> tuple[Floats, Floats]:
    found = aid.innovations(known)
    usual = aid.QUARTERS_A_YEAR * known.values.mean(axis=1)
    of = np.array(known.groups)
    level = {g: float(usual[of == g].sum()) for g in DRIFTING}
    path = {g: level[g] * np.exp(aid.drift(found, g, (year,), DRAWS, seed)[:, 0]) for g in DRIFTING}
    group = np.stack([path[g] for g in DRIFTING], axis=1)
    truth = [
        sum(totals.get((d, year), 0.0) for d, o in zip(known.donors, of, strict=True) if o == g)
        for g in DRIFTING
    ]
    chosen = [i for i in range(len(of)) if of[i] == "Europe" and usual[i] > 0]
    own = [
        aid.donor_aid(
            float(usual[i]), path["Europe"], level["Europe"],
            aid.own_change(found, known.donors[i], (year,), DRAWS, seed)[:, 0],
        )
        for i in chosen
    ]  # fmt: skip
    came = np.array([totals.get((known.donors[i], year), 0.0) for i in chosen])
    return inside(np.stack(own, axis=1), came), inside(group, np.array(truth))


def _ends() -> list[dt.date]:
    rows = atlas.table("aid").filter((pl.col("aid_type") == "total") & (pl.col("period_type") == "quarter"))
    last = max(y for _, y in _totals())
    days = sorted({d for d in rows["period_end"] if d < dt.date(last, 1, 1)})
    return [d for d in days if d > dt.date(2022, 2, 24)]


def _totals() -> dict[tuple[str, int], float]:
    """Return allocations by donor and whole year, billion EUR."""
    rows = atlas.table("aid").filter((pl.col("aid_type") == "total") & (pl.col("period_type") == "year"))
    whole = rows.filter((pl.col("period_end").dt.month() == 12) & (pl.col("year") > 2022))
    return {
        (d, y): float(v or 0.0)
        for d, y, v in whole.select("donor", "year", "allocations_eur_billion").iter_rows()
    }


def _share(parts: list[Floats]) -> dict[str, Any]:
    whole = np.concatenate(parts)
    return {"cells": len(whole), "coverage_90": float(whole.mean())}
