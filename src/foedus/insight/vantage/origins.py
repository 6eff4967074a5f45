"""Spending as the model runs it from past years: its intervals beside the growth model's, on the same members and years.

The record is the newest edition cut at each origin. Two registers: ``before`` has the priors of spending, set on 1950-2013, and
has seen none of the outcomes; ``today`` has their posterior, which has seen the size of the news but starts each run the same way.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.calibrate import hindcast_spending
from foedus.calibrate.scores import Floats, score_samples
from foedus.calibrate.spending_record import KnownShares, revised_shares
from foedus.ensemble.draws import make_plan
from foedus.insight.vantage.play import play_out
from foedus.model.parameters import Register, prior_register, register
from foedus.scenario import load

HORIZONS = (1, 3)
PLAYED_YEARS = 5
"""Long enough to see the next administration, which histories tell of."""
SHOWN = ("n", "crps", "coverage_50", "coverage_90", "pit_mean")


@dataclass(frozen=True)
class Cells:
    """Members of one origin and horizon: draws (draw, member) by forecaster, percent of GDP, and outcomes."""

    origin: int
    horizon: int
    draws: dict[str, Floats]
    observed: Floats


def registers() -> dict[str, Register]:
    """Return the two registers: today's with the priors of spending in place, and today's."""
    today, priors = register(), prior_register()
    spending = {name: priors[name] for name, entry in today.items() if entry.system == "burden"}
    return {"before": today | spending, "today": today}


def cells_of(origin: int, truth: KnownShares, draws: int, seed: int) -> list[Cells]:
    """Play the years after ``origin`` and return what there is to compare, one set of cells for each horizon."""
    ahead = min(max(HORIZONS), truth.years[-1] - origin)
    members, series = hindcast_spending.forecast(revised_shares(origin), ahead, seed, quick=True)
    scenario = load("baseline", start=f"{origin + 1}-01", horizon=f"{PLAYED_YEARS}y")[0]
    shares: dict[str, Floats] = {}
    codes: tuple[str, ...] = ()
    for name, entries in registers().items():
        plan = make_plan(scenario, entries, seed)
        shares[name], codes = 100 * play_out(plan, draws).share, plan.inputs.members
    out = []
    for h in (h for h in HORIZONS if h <= ahead):
        outcome = dict(zip(truth.members, truth.share[truth.years.index(origin + h)], strict=True))
        chosen = [m for m in members if m in codes and np.isfinite(outcome.get(m, np.nan))]
        year = slice(4 * (h - 1), 4 * h)
        found = {n: s[:, year].mean(axis=1)[:, [codes.index(m) for m in chosen]] for n, s in shares.items()}
        found["growth_model"] = series["model"][:, h - 1, [members.index(m) for m in chosen]]
        out.append(Cells(origin, h, found, np.array([outcome[m] for m in chosen])))
    return out


def origins(first: int = 2019, draws: int = 500, seed: int = 1) -> list[Cells]:
    """Return the cells of every origin up to the last one whose next year is on record."""
    truth = revised_shares(dt.MAXYEAR)
    return [c for origin in range(first, truth.years[-1]) for c in cells_of(origin, truth, draws, seed)]


def width(draws: Floats) -> float:
    """Median over members of the ratio of the 95 to the 5 percent point, in logs."""
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    return float(np.median(np.log(high / low)))


def pooled(cells: list[Cells], horizon: int) -> dict[str, dict[str, Any]]:
    """Return scores over all origins by forecaster, with the median width of its intervals in logs."""
    chosen = [c for c in cells if c.horizon == horizon]
    observed = np.concatenate([c.observed for c in chosen])
    out = {}
    for name in chosen[0].draws:
        size = min(len(c.draws[name]) for c in chosen)
        row = score_samples(np.concatenate([c.draws[name][:size] for c in chosen], axis=1), observed).as_dict()
        out[name] = {key: row[key] for key in SHOWN}
        out[name]["width"] = float(np.mean([width(c.draws[name]) for c in chosen]))
    return out
