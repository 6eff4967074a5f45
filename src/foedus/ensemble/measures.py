"""From the model's record to the measures that users read, block by block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.draws import Plan
from foedus.model.run import Run
from foedus.model.state import OBSERVERS

Block = dict[str, NDArray[np.float32]]

QUARTERLY, YEARLY, ITEM, DRAW, YEAR = "quarterly", "yearly", "item", "draw", "year"
DIMENSIONS = {
    QUARTERLY: ("scenario", "draw", "quarter", "member"),
    YEARLY: ("scenario", "draw", "year", "member"),
    YEAR: ("scenario", "draw", "year"),
    ITEM: ("scenario", "draw", "item"),
    DRAW: ("scenario", "draw"),
}


@dataclass(frozen=True)
class Measure:
    """A variable of the results: shape, meaning and unit."""

    kind: str
    long_name: str
    units: str


MEASURES: dict[str, Measure] = {
    "credibility": Measure(QUARTERLY, "Credibility of the guarantee in the adversary's eyes", "probability"),
    "credibility_allies": Measure(QUARTERLY, "Credibility of the guarantee in the allies' eyes", "probability"),
    "trust": Measure(QUARTERLY, "Expected share of allied capability that joins the ally's defence", "share"),
    "trust_upper": Measure(QUARTERLY, "The same where trust holds", "share"),
    "trust_lower": Measure(QUARTERLY, "The same where trust unravels", "share"),
    "challenge_probability_quarterly": Measure(
        QUARTERLY, "Chance of a challenge in the quarter", "probability"
    ),
    "success_probability": Measure(QUARTERLY, "Chance that a challenge ends in loss", "probability"),
    "challenge_probability_annual": Measure(
        YEARLY, "Chance of a challenge in the year", "probability per year"
    ),
    "challenge_probability_cumulative": Measure(
        YEARLY, "Chance of a challenge by the year's end", "probability"
    ),
    "loss_probability_cumulative": Measure(YEARLY, "Chance of a loss by the year's end", "probability"),
    "spending_pct_gdp": Measure(YEARLY, "Defence spending", "percent of GDP"),
    "guideline_gap_usd_billion": Measure(
        YEARLY, "Spending missing to the guideline", "billion USD of 2021 a year"
    ),
    "population_at_risk_million": Measure(YEARLY, "Expected population under occupation", "million persons"),
    "replacement_cost_usd_billion": Measure(
        DRAW, "Price of what the patron provides in Europe", "billion USD of 2021"
    ),
    "replacement_year": Measure(DRAW, "Year in which Europe has all of it", "year"),
    "years_to_self_reliance": Measure(
        DRAW, "Years until Europe alone defends the frontline as well as the alliance of the start", "years"
    ),
    "ledger_gap_units": Measure(ITEM, "Units missing at the start", "units of the item"),
    "ledger_cost_usd_billion": Measure(ITEM, "Price of those units", "billion USD of 2021"),
    "ledger_year": Measure(ITEM, "Year in which Europe has them", "year"),
    "adversary_ground_strength_index": Measure(
        YEAR, "Adversary's ground strength free for elsewhere", "1 = before 2022"
    ),
    "partner_territory_lost_pct": Measure(YEAR, "Territory the partner has lost since the start", "percent"),
    "probability_treaty_in_force": Measure(
        YEAR, "Chance that the treaty is in force for the patron", "probability"
    ),
}


def quarter_years(plan: Plan) -> NDArray[np.int64]:
    """Return the calendar year of each quarter, shape (T,)."""
    return np.array([int(name[:4]) for name in plan.scenario.quarters])


def block_measures(plan: Plan, out: Run) -> Block:
    """Return every measure of a block of draws, leading axis of draws, float32."""
    record: Any = out.record
    closing: Any = out.closing
    years = quarter_years(plan)
    seen, allies = (record.credibility[:, :, OBSERVERS.index(o)] for o in ("adversary", "allies"))
    lost_by = _cumulative(record.loss, years)
    at_risk = np.asarray(plan.inputs.population) * closing.reached
    start_year = years[0] + (int(plan.scenario.start_quarter[-1]) - 1) / 4
    values = {
        "credibility": seen,
        "credibility_allies": allies,
        "trust_lower": record.trust[:, :, 0],
        "trust_upper": record.trust[:, :, 1],
        "trust": record.trust[:, :, 2],
        "challenge_probability_quarterly": record.challenge,
        "success_probability": record.success,
        "challenge_probability_annual": _annual(record.challenge, years),
        "challenge_probability_cumulative": _cumulative(record.challenge, years),
        "loss_probability_cumulative": lost_by,
        "spending_pct_gdp": 100 * _mean(record.share, years),
        "guideline_gap_usd_billion": _mean(record.gap, years),
        "population_at_risk_million": lost_by * at_risk[:, None, :],
        "replacement_cost_usd_billion": closing.cost.sum(axis=1),
        "replacement_year": start_year + closing.years.max(axis=1),
        "years_to_self_reliance": _self_reliance(plan, out),
        "ledger_gap_units": closing.units,
        "ledger_cost_usd_billion": closing.cost,
        "ledger_year": start_year + closing.years,
        "adversary_ground_strength_index": _mean(record.strength, years),
        "partner_territory_lost_pct": _last(record.territory_lost, years),
        "probability_treaty_in_force": _last(record.treaty, years),
    }
    return {name: np.asarray(values[name], np.float32) for name in MEASURES}


def _groups(years: NDArray[np.int64]) -> list[NDArray[np.bool_]]:
    return [years == year for year in np.unique(years)]


def _annual(chance: NDArray[np.float32], years: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chance in each calendar year; a part of a year at either end is brought to a full year."""
    with np.errstate(
        divide="ignore"
    ):  # played out, a chance may be one: its log is minus infinity, and that is right
        quiet = np.log1p(-chance.astype(np.float64))
    totals = [quiet[:, on].sum(axis=1) * (4 / on.sum()) for on in _groups(years)]
    return np.stack([-np.expm1(total) for total in totals], axis=1)


def _cumulative(chance: NDArray[np.float32], years: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chance from the start to each year's end."""
    quiet = np.cumsum(np.log1p(-np.minimum(chance.astype(np.float64), 1 - 1e-12)), axis=1)
    return np.stack([-np.expm1(quiet[:, np.flatnonzero(on)[-1]]) for on in _groups(years)], axis=1)


def _mean(values: NDArray[np.float32], years: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.stack([values[:, on].mean(axis=1, dtype=np.float64) for on in _groups(years)], axis=1)


def _last(values: NDArray[np.float32], years: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.stack([values[:, np.flatnonzero(on)[-1]] for on in _groups(years)], axis=1)


def _self_reliance(plan: Plan, out: Run) -> NDArray[np.float64]:
    """Years until the frontline's mean chance of a successful challenge, without the patron, is down to that against
    the alliance as it stood and was believed at the start; not a number where that is beyond the horizon.
    """
    front = [plan.inputs.members.index(code) for code in plan.inputs.frontline]
    alone = out.record.success_alone[:, :, front].mean(axis=2, dtype=np.float64)
    reference = out.record.success_reference[:, :, front].mean(axis=2, dtype=np.float64)
    reached = alone <= reference
    return np.where(reached.any(axis=1), reached.argmax(axis=1) / 4, np.nan)
