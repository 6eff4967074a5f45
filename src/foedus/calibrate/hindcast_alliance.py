"""Fulfilment: each war's alliances forecast from the wars before it.

The model is a logit on the kind and size of the pact whose intercept and slopes are shrunk (normal priors), with older
wars counting less (a half-life), so that it can follow the fall of the rate after 1945 without being told of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import special

from foedus.calibrate.extras import require
from foedus.calibrate.hindcast_counts import war_coverage, war_groups
from foedus.calibrate.priors import priors_of
from foedus.calibrate.results import Hindcast
from foedus.calibrate.scores import score_binary
from foedus.errors import InputError

Floats = NDArray[np.float64]
FEATURES = ("multilateral", "has_defence", "has_offence", "has_neutrality", "has_nonaggression")
FIRST_TEST = 1900
FEWEST_CASES = 25


def shrunk_logit(x: Floats, y: Floats, weight: Floats, sd_constant: float, sd_slope: float) -> Floats:
    """Coefficients (constant first) of a weighted logit with normal priors centred on zero."""
    design = np.column_stack([np.ones(len(x)), x])
    penalty = np.full(design.shape[1], sd_slope**-2)
    penalty[0] = sd_constant**-2
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        p = special.expit(design @ beta)
        information = (design.T * (weight * p * (1 - p))) @ design + np.diag(penalty)
        step = np.linalg.solve(information, design.T @ (weight * (y - p)) - penalty * beta)
        beta = beta + step
        if np.max(np.abs(step)) < 1e-9:
            break
    return beta


def _shrunk(x: Floats, y: Floats, age: Floats) -> Floats:
    """The model's coefficients from past cases of the given ages (years)."""
    prior = priors_of("fulfilment")
    weight = 0.5 ** (age / prior["half_life"].args[0])
    return shrunk_logit(x, y, weight, prior["constant"].args[1], prior["slope"].args[1])


def _forecasts(x: Floats, y: Floats, age: Floats, now: Floats) -> dict[str, Floats]:
    """Probabilities for the cases ``now`` from past cases of the given ages (years)."""
    design = np.column_stack([np.ones(len(now)), now])
    trees = require("sklearn.ensemble").HistGradientBoostingClassifier(
        max_iter=40, max_leaf_nodes=4, min_samples_leaf=8, learning_rate=0.1, random_state=0
    )
    both = 0 < y.sum() < len(y)
    return {
        "model": special.expit(design @ _shrunk(x, y, age)),
        "base_rate": np.full(len(now), (y.sum() + 0.5) / (len(y) + 1)),
        "logit": special.expit(design @ shrunk_logit(x, y, np.ones(len(y)), 10.0, 10.0)),
        "gradient_boosting": trees.fit(x, y).predict_proba(now)[:, 1] if both else np.full(len(now), y.mean()),
    }


def hindcast_alliance(cases: pl.DataFrame, as_of: int | None = None) -> Hindcast:
    """Wars from 1900 on, each forecast from earlier ones; or all wars after ``as_of`` from those up to it.

    Errors: InputError where too few cases lie before, or none after.
    """
    rows = cases.sort("war_start_year", "case_id")
    years = rows["war_start_year"].cast(pl.Int64).to_numpy()
    x = rows.select(pl.col(f).cast(pl.Float64) for f in FEATURES).to_numpy()
    y = rows["honoured"].cast(pl.Float64).to_numpy()
    origins = [as_of + 1] if as_of is not None else sorted({int(v) for v in years if v >= FIRST_TEST})
    wars = rows.select(pl.struct("war", "war_start_year").rank("dense")).to_series().to_numpy().astype(int)
    parts: dict[str, list[Floats]] = {}
    covered: list[Floats] = []
    tested: list[NDArray[np.int64]] = []
    for year in origins:
        past = np.flatnonzero(years < year)
        now = np.flatnonzero(years >= year if as_of is not None else years == year)
        if len(past) < FEWEST_CASES or not len(now):
            raise InputError(
                f"{len(past)} cases before {year} and {len(now)} from it on; need {FEWEST_CASES} and one",
                field="as-of",
            )
        beta = _shrunk(x[past], y[past], (year - years[past]).astype(float))
        logits = np.column_stack([np.ones(len(x)), x]) @ beta
        groups = [war_groups(logits[part], y[part], wars[part]) for part in (past, now)]
        covered.append(war_coverage(*groups))
        for name, p in _forecasts(x[past], y[past], (year - years[past]).astype(float), x[now]).items():
            parts.setdefault(name, []).append(p)
        tested.append(now)
    order = np.concatenate(tested)
    probabilities = {name: np.concatenate(p) for name, p in parts.items()}
    scores = {name: score_binary(p, y[order]).as_dict() for name, p in probabilities.items()}
    intervals = {"cells": "alliances honoured by war", "n": sum(map(len, covered))}
    intervals["coverage_90"] = scores["model"]["coverage_90"] = float(np.concatenate(covered).mean())
    scores["model"]["coverage_cells"] = intervals["n"]
    label = str(as_of) if as_of is not None else f"{origins[0]}/{origins[-1]}"
    setup = {
        "cases": len(order),
        "honoured": int(y[order].sum()),
        "wars": len({rows["war"][int(i)] for i in order}),
        "intervals": intervals,
    }
    return Hindcast("alliance", label, scores, _rows(rows, order, probabilities["model"]), setup, NOTES)


NOTES = (
    "Only wars that happened are in the record (selection), and a pact counts as broken if any obliged member failed. "
    "NATO has no applicable case: its base rate is zero of zero.",
)


def _rows(rows: pl.DataFrame, order: NDArray[np.int64], p: Floats) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "case": rows["case_id"][int(i)], "war": rows["war"][int(i)], "year": int(rows["war_start_year"][int(i)]),
            "probability": float(p[k]), "honoured": int(rows["honoured"][int(i)]),
        }
        for k, i in enumerate(order)
    )  # fmt: skip
