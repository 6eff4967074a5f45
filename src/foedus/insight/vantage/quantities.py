"""Numbers that the product gave for the years after the vantage, beside forecasters that see only the series.

A topic is a set of cells (member and year, host and year, donor and year), the draws of each forecaster for them and
what the atlas now holds. The forecasters of series see the record up to the vantage in its present edition, because
no edition of the day is held, with the list of July 2023 as their last year of spending.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from foedus import atlas
from foedus.calibrate import hindcast_posture, hindcast_spending
from foedus.calibrate.baselines import YEARLY
from foedus.calibrate.hindcast_aid import OFFSET
from foedus.insight.vantage.aid import (
    QUARTERS_A_YEAR,
    Innovations,
    donor_aid,
    drift,
    innovations,
    known_quarters,
    own_change,
)
from foedus.insight.vantage.inputs import Known, forces_by_host, shares_at
from foedus.insight.vantage.play import Floats, History

YEARS = (2024, 2025)
GUIDELINE = 2.0
SEPTEMBER = 9
QUARTER_MONTHS = 3
SERIES = ("persistence", "local_level")
"""Baselines for aid: seven quarters are too few for the others."""


@dataclass(frozen=True)
class Topic:
    """Cells of one topic: labels, unit, draws by forecaster (draw, cell) and outcomes."""

    name: str
    unit: str
    labels: tuple[dict[str, Any], ...]
    draws: dict[str, Floats]
    observed: Floats


def in_year(values: Floats, quarters: tuple[str, ...], year: int) -> Floats:
    """Mean over the quarters of a year; the quarters are the second axis."""
    chosen = [k for k, name in enumerate(quarters) if name[:4] == str(year)]
    return np.asarray(values[:, chosen].mean(axis=1), dtype=float)


def spending(known: Known, told: dict[str, History], seed: int, quick: bool) -> Topic:
    """Shares of GDP in percent by member in 2024 and 2025."""
    plan = known.plan
    members, series = hindcast_spending.forecast(shares_at(known.vantage), len(YEARS), seed, quick)
    frame = atlas.table("spending").filter(pl.col("series") == "NATO")
    truth = {(m, y): v for m, y, v in frame.select("member", "year", "pct_gdp").iter_rows()}
    cells = [
        (m, y) for y in YEARS for m in members if m in plan.inputs.members and truth.get((m, y)) is not None
    ]
    draws: dict[str, Floats] = {}
    for name, history in told.items():
        by_year = {y: 100 * in_year(history.share, plan.scenario.quarters, y) for y in YEARS}
        draws[name] = np.stack([by_year[y][:, plan.inputs.members.index(m)] for m, y in cells], axis=1)
    for name, values in series.items():
        label = "growth_model" if name == "model" else name
        draws[label] = np.stack([values[:, YEARS.index(y), members.index(m)] for m, y in cells], axis=1)
    labels = tuple({"member": m, "year": y} for m, y in cells)
    return Topic("spending", "percent of GDP", labels, draws, np.array([truth[c] for c in cells]))


def at_two_percent(topic: Topic) -> tuple[dict[str, Floats], Floats]:
    """Chance by forecaster that each member of the spending topic meets the guideline, and whether it did."""
    met = {
        name: ((d >= GUIDELINE).sum(axis=0) + 0.5) / (len(d) + 1) for name, d in topic.draws.items()
    }  # never quite 0 or 1
    return met, (topic.observed >= GUIDELINE).astype(float)


def counts(topic: Topic) -> Topic:
    """How many of the members meet the guideline in each year."""
    years = [label["year"] for label in topic.labels]
    chosen = [np.array([y == year for y in years]) for year in YEARS]
    draws = {
        name: np.stack([(d[:, on] >= GUIDELINE).sum(axis=1) for on in chosen], axis=1).astype(float)
        for name, d in topic.draws.items()
    }
    observed = np.array([(topic.observed[on] >= GUIDELINE).sum() for on in chosen], dtype=float)
    return Topic("members_at_2_percent", "members", tuple({"year": y} for y in YEARS), draws, observed)


def forces(known: Known, told: dict[str, History], seed: int) -> Topic:
    """The patron's active-duty persons by host at the end of September 2024 and 2025, without boosting (slow)."""
    plan = known.plan
    held = {h: p for h, p, _, _ in forces_by_host(known.vantage).iter_rows()}
    years, hosts, past = hindcast_posture.yearly_forces(known.vantage)
    past = past[-hindcast_posture.WINDOW :]
    seen = (past[-1] >= hindcast_posture.SMALLEST) & np.isfinite(past[-2])
    names = [h for h, on in zip(hosts, seen, strict=True) if on and h in plan.inputs.members]
    columns = [hosts.index(h) for h in names]
    steps = [y - years[-1] for y in YEARS]
    series = hindcast_posture.forecast(past[:, columns], max(steps), seed, quick=True)
    truth = _september(hosts)
    cells = [(h, y) for y in YEARS for h in names if (h, y) in truth]
    opening = np.asarray(plan.inputs.world.patron_forces)
    draws: dict[str, Floats] = {}
    for name, history in told.items():
        at = {y: history.forces[:, plan.scenario.quarters.index(f"{y}Q3")] for y in YEARS}
        place = plan.inputs.members.index
        draws[name] = np.stack([held[h] * at[y][:, place(h)] / opening[place(h)] for h, y in cells], axis=1)
    for name, values in series.items():
        label = "growth_model" if name == "model" else name
        draws[label] = np.stack([values[:, y - years[-1] - 1, names.index(h)] for h, y in cells], axis=1)
    labels = tuple({"host": h, "year": y} for h, y in cells)
    return Topic("forces", "persons", labels, draws, np.array([truth[c] for c in cells], dtype=float))


def _september(hosts: tuple[str, ...]) -> dict[tuple[str, int], float]:
    frame = atlas.table("us_forces").filter(
        (pl.col("record_type") == "host")
        & (pl.col("basis") == "report")
        & (pl.col("observed").dt.month() == SEPTEMBER)
        & pl.col("host").is_in(hosts)
        & pl.col("active_duty_persons").is_not_null()
    )
    return {
        (h, o.year): float(p) for h, o, p in frame.select("host", "observed", "active_duty_persons").iter_rows()
    }


def aid(known: Known, told: dict[str, History], seed: int) -> tuple[Topic, Topic]:
    """Allocations in billion EUR by donor group and year, and by European donor and year."""
    quarterly = _quarters_of_aid(known.vantage)
    usual = {g: QUARTERS_A_YEAR * float(quarterly[g].mean()) for g in ("US", "Europe")}
    found = innovations(known_quarters(known.vantage))
    by_group: dict[str, dict[tuple[str, int], Floats]] = {}
    for name, history in told.items():
        by_group[name] = _played(history, known.plan.scenario.quarters, usual, found, known.plan.seed)
    logs = np.log(np.stack([quarterly["US"], quarterly["Europe"]], axis=1) + OFFSET)
    ahead = _quarters_ahead(len(YEARS))
    for name in SERIES:
        path = np.maximum(np.exp(np.minimum(YEARLY[name](logs, ahead, seed, 2000), 10)) - OFFSET, 0.0)
        by_group[name] = {
            (g, year): path[:, 1 + QUARTERS_A_YEAR * i : 1 + QUARTERS_A_YEAR * (i + 1), k].sum(axis=1)
            for k, g in enumerate(("US", "Europe"))
            for i, year in enumerate(YEARS)
        }
    return _groups(by_group), _donors(known, by_group, found, usual["Europe"])


def _played(
    history: History, quarters: tuple[str, ...], usual: dict[str, float], found: Innovations, seed: int
) -> dict[tuple[str, int], Floats]:
    """What a run gives each group in each year, times the drift of its level."""
    out: dict[tuple[str, int], Floats] = {}
    draws = len(history.patron_aid)
    moved = {g: np.exp(drift(found, g, YEARS, draws, seed)) for g in usual}
    for i, year in enumerate(YEARS):
        given, filled = (in_year(x, quarters, year) for x in (history.patron_aid, history.ally_aid))
        out["US", year] = usual["US"] * given * moved["US"][:, i]
        out["Europe", year] = (usual["Europe"] + usual["US"] * filled) * moved["Europe"][:, i]
    return out


def _quarters_ahead(years: int) -> int:
    """From the last whole quarter known (the third of 2023) to the end of the last year."""
    return 1 + QUARTERS_A_YEAR * years


def _quarters_of_aid(vantage: dt.date) -> dict[str, Floats]:
    """Whole quarters of allocations before the vantage, billion EUR, by donor group."""
    first = dt.date(vantage.year, QUARTER_MONTHS * ((vantage.month - 1) // QUARTER_MONTHS) + 1, 1)
    frame = atlas.table("aid_monthly").filter((pl.col("aid_type") == "total") & (pl.col("month") < first))
    out = {}
    for group in ("US", "Europe"):
        rows = frame.filter(pl.col("donor_group") == group).sort("month")
        out[group] = rows["allocations_eur_billion"].to_numpy().reshape(-1, QUARTER_MONTHS).sum(axis=1)
    return out


def _groups(by_group: dict[str, dict[tuple[str, int], Floats]]) -> Topic:
    frame = atlas.table("aid_monthly").filter(pl.col("aid_type") == "total")
    sums = frame.group_by("donor_group", "year").agg(pl.col("allocations_eur_billion").sum())
    truth = {(g, y): v for g, y, v in sums.iter_rows()}
    cells = [(g, y) for y in YEARS for g in ("US", "Europe")]
    draws = {name: np.stack([found[c] for c in cells], axis=1) for name, found in by_group.items()}
    labels = tuple({"donor_group": g, "year": y} for g, y in cells)
    return Topic("aid_by_group", "billion EUR", labels, draws, np.array([truth[c] for c in cells]))


def _donors(
    known: Known, by_group: dict[str, dict[tuple[str, int], Floats]], found: Innovations, usual: float
) -> Topic:
    """Europe's donors, each with its share of the quarters before the vantage; a run's draws carry the donor's own change as well."""
    frame = atlas.table("aid").filter((pl.col("aid_type") == "total") & (pl.col("donor_group") == "Europe"))
    before = frame.filter((pl.col("period_type") == "quarter") & (pl.col("period_end") < known.vantage))
    sums = before.group_by("donor").agg(pl.col("allocations_eur_billion").sum()).sort("donor")
    total = float(sums["allocations_eur_billion"].sum())
    share = {d: v / total for d, v in sums.iter_rows() if v > 0}
    later = frame.filter((pl.col("period_type") == "year") & pl.col("year").is_in(YEARS))
    truth = {(d, y): v for d, y, v in later.select("donor", "year", "allocations_eur_billion").iter_rows()}
    cells = [(d, y) for y in YEARS for d in share]
    draws: dict[str, Floats] = {}
    for name, given in by_group.items():
        if name in SERIES:
            draws[name] = np.stack([share[d] * given["Europe", y] for d, y in cells], axis=1)
            continue
        size = len(given["Europe", YEARS[0]])
        own = {d: own_change(found, d, YEARS, size, known.plan.seed) for d in share}
        draws[name] = np.stack(
            [
                donor_aid(share[d] * usual, given["Europe", y], usual, own[d][:, YEARS.index(y)])
                for d, y in cells
            ],
            axis=1,
        )
    labels = tuple({"donor": d, "year": y} for d, y in cells)
    observed = np.array([float(truth.get(c) or 0.0) for c in cells])
    return Topic("aid_by_european_donor", "billion EUR", labels, draws, observed)
