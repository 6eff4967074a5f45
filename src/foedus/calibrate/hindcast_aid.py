"""Aid to the partner: the next quarter's allocations by donor group, forecast from the months known so far.

The record is 52 lumpy months, with one donor that stops. The model draws the three months of the next quarter from
the group's own past months, recent ones more often (a half-life), in runs of neighbouring months so that packages
and silences keep together. With n effective quarters behind it, it gives the rule of succession's 1/(n+1) to a quarter
below all that were seen and as much to one above. Baselines see the same quarters on a log scale.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

from foedus import atlas
from foedus.calibrate.baselines import YEARLY
from foedus.calibrate.imported import aid_with_import, note_of, provenance
from foedus.calibrate.priors import priors_of
from foedus.calibrate.results import Hindcast
from foedus.calibrate.scores import Floats, score_samples
from foedus.calibrate.store import Store
from foedus.errors import InputError

GROUPS = ("US", "Europe", "other")
QUARTER = 3
FEWEST_QUARTERS = 6
OFFSET = 0.1
"""Billion EUR added before the logarithm in the baselines, so that a quarter without aid has one."""


def monthly(aid_type: str, store: Store | None = None) -> tuple[list[dt.date], Floats]:
    """Months and allocations (month, group), billion EUR, first whole quarter to last; an imported release comes first."""
    rows = aid_with_import(atlas.table("aid_monthly"), store).filter(
        (pl.col("aid_type") == aid_type) & pl.col("donor_group").is_in(GROUPS)
    )
    wide = rows.pivot(on="donor_group", index="month", values="allocations_eur_billion").sort("month")
    months = list(wide["month"])
    first = next(i for i, m in enumerate(months) if m.month % QUARTER == 1)
    whole = (len(months) - first) // QUARTER * QUARTER
    return months[first : first + whole], wide.select(GROUPS).to_numpy().astype(float)[first : first + whole]


def recent_months(past: Floats, seed: int, draws: int = 2000) -> Floats:
    """Draws (draw, group) of the next quarter: starts of three-month runs, weighted towards the present."""
    rng = np.random.default_rng(seed)
    prior = priors_of("aid")
    half_life, spread = prior["half_life"].args[0], prior["spread"].args[0]
    starts = np.arange(len(past) - QUARTER + 1)
    weight = 0.5 ** ((starts[-1] - starts) / half_life)
    sums = np.stack([past[s : s + QUARTER].sum(axis=0) for s in starts])
    weight = weight / weight.sum()
    beyond = 1 / (1 + 1 / np.sum(weight**2) / QUARTER)
    out = np.empty((draws, past.shape[1]))
    for g in range(past.shape[1]):
        chosen = sums[rng.choice(starts, draws, p=weight), g] * np.exp(spread * rng.standard_normal(draws))
        low, high = np.min(sums[:, g]), np.max(sums[:, g])
        place, how_far = rng.random(draws), rng.random(draws)
        chosen = np.where(place < beyond, low * how_far, chosen)
        out[:, g] = np.where(place > 1 - beyond, high * (1 - np.log(how_far) * spread), chosen)
    return out


def hindcast_aid(
    as_of: dt.date | None = None, aid_type: str = "total", seed: int = 20260101, store: Store | None = None
) -> Hindcast:
    """Every quarter with enough past, or the quarter after ``as_of``. CRPS is in billion EUR.

    Errors: InputError where fewer than six whole quarters lie before the date or none after it.
    """
    months, values = monthly(aid_type, store)
    quarters = values.reshape(-1, QUARTER, len(GROUPS)).sum(axis=1)
    starts = months[::QUARTER]
    chosen = list(range(FEWEST_QUARTERS, len(starts)))
    if as_of is not None:
        chosen = [q for q in chosen if starts[q] >= as_of][:1]
        if not chosen or sum(s < as_of for s in starts) < FEWEST_QUARTERS:
            span = f"{starts[FEWEST_QUARTERS]} to {starts[-1]}"
            raise InputError(f"a quarter can be forecast from {span} on the record held", field="as-of")
    cells: dict[str, list[Floats]] = {}
    truth: list[Floats] = []
    forecasts: list[dict[str, Any]] = []
    for q in chosen:
        model = recent_months(values[: q * QUARTER], seed + q)
        cells.setdefault("model", []).append(model)
        for name, forecaster in YEARLY.items():
            draws = forecaster(np.log(quarters[:q] + OFFSET), 1, seed + q, 2000)[:, 0]
            cells.setdefault(name, []).append(np.maximum(np.exp(np.minimum(draws, 10)) - OFFSET, 0.0))
        truth.append(quarters[q])
        low, middle, high = np.quantile(model, [0.05, 0.5, 0.95], axis=0)
        forecasts += [
            {
                "donor_group": group, "quarter_from": starts[q].isoformat(), "unit": "billion EUR",
                "q05": low[g], "median": middle[g], "q95": high[g], "observed": quarters[q][g],
            }
            for g, group in enumerate(GROUPS)
        ]  # fmt: skip
    observed = np.concatenate(truth)
    scores = {
        name: score_samples(np.concatenate(parts, axis=1), observed).as_dict() for name, parts in cells.items()
    }
    label = as_of.isoformat() if as_of else f"{starts[chosen[0]]}/{starts[chosen[-1]]}"
    setup = {
        "aid_type": aid_type, "unit": "billion EUR a quarter", "quarters": len(chosen), "seed": seed,
        "imported": provenance(store, "kiel_monthly"),
    }  # fmt: skip
    notes = (*NOTES, *note_of(provenance(store, "kiel_monthly")))
    return Hindcast("aid", label, scores, tuple(forecasts), setup, notes)


NOTES = (
    "The tracker's newest release, cut at each origin, stands in for what was published then: past months were revised. "
    "A few dozen cells cannot separate forecasters that are close.",
)
