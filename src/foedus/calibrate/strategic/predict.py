"""Predicted probabilities with intervals, and average marginal effects, from a stored fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from foedus.calibrate.strategic import crisis
from foedus.calibrate.strategic.estimate import FitResult, Request, model_payoffs
from foedus.calibrate.strategic.formula import Design, design
from foedus.calibrate.strategic.maximise import Floats
from foedus.errors import InputError
from foedus.model.games import exact
from foedus.model.games.batch import solve_all
from foedus.model.games.select import select
from foedus.model.games.trees import SHAPES, ULTIMATUM_ENDS, ultimatum_outcomes

CORNER_X = -37.0


def save(result: FitResult, path: Path) -> None:
    """Store a fit as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result.as_dict(), indent=1), encoding="utf-8")


def load(path: Path) -> FitResult:
    """Read a fit stored by `save`."""
    if not path.is_file():
        raise InputError("no such file", file=path)
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        asked = raw["request"]
        for key in ("outcome", "first_stage", "ends"):
            asked[key] = tuple(asked[key])
        asked["fixed"] = tuple((str(name), float(value)) for name, value in asked["fixed"])
        rows = raw["coefficients"]
        return FitResult(
            request=Request(**asked),
            payoffs=[row["payoff"] for row in rows],
            terms=[row["term"] for row in rows],
            estimate=[float(row["estimate"]) for row in rows],
            covariance=raw["covariance"],
            covariance_kind=raw["covariance_kind"],
            loglik=float(raw["loglik"]),
            n=int(raw["n"]),
            converged=bool(raw["converged"]),
            advice=str(raw["advice"]),
            rounds=int(raw["rounds"]),
            largest_gradient=float(raw["largest_gradient"]),
            intervals=[[float(row["low"]), float(row["high"])] for row in rows if "low" in row],
            notes=list(raw.get("notes", [])),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("not a fit written by  foedus game fit --out", file=path) from error


def _new_design(frame: Any, result: FitResult) -> Design:
    spec = design(frame, result.request.formula, model_payoffs(result.request.model), [])
    if [term for _, term in spec.names] != result.terms:
        raise InputError(
            "the table has other levels of a text column than the one fitted; give rows for all of them"
        )
    return spec


def end_names(model: str) -> tuple[str, ...]:
    """Return the ends whose probabilities are predicted; for the ultimatum game, the mean offer and three chances."""
    if model == "ultimatum":
        return ULTIMATUM_ENDS
    return crisis.ENDS if model == "crisis" else SHAPES[model].ends


def probabilities(spec: Design, result: FitResult, thetas: Floats) -> Floats:
    """Return probabilities of ends (draws, ends, n) at coefficients (draws, p); see `end_names`."""
    request = result.request
    held = dict(request.fixed)
    offset = np.array([held.get(name, 0.0) for name in spec.blocks])[:, None]
    if request.model == "ultimatum":
        return np.stack([ultimatum_outcomes(spec.utilities(t) + offset, request.pie) for t in thetas])
    if request.model != "crisis":
        shape = SHAPES[request.model]
        return np.stack(
            [np.exp(shape.log_ends(spec.utilities(t) + offset, request.link, request.error)) for t in thetas]
        )
    n = spec.rows.size
    games = np.concatenate([spec.utilities(t) for t in thetas], axis=1)
    table = solve_all(games)
    rows = select(table, request.select)  # type: ignore[arg-type]
    ends = exact.outcomes(games, np.maximum(table.x[rows], CORNER_X))[:4]
    return np.asarray(ends.reshape(4, len(thetas), n).transpose(1, 0, 2))


def draws(result: FitResult, count: int, seed: int) -> Floats:
    """Draw coefficients from the normal approximation to their sampling distribution."""
    cov = np.array(result.covariance)
    if count < 1 or not np.isfinite(cov).all():
        raise InputError("draws must be at least 1 and the fit must have finite standard errors", field="draws")
    return np.random.default_rng(seed).multivariate_normal(
        np.array(result.estimate), cov, size=count, method="eigh"
    )


def _keys(model: str) -> tuple[str, str]:
    """Return what to call the thing predicted, and its value."""
    return ("quantity", "value") if model == "ultimatum" else ("end", "probability")


def predict(
    frame: Any, result: FitResult, *, count: int = 200, seed: int = 0, level: float = 0.9
) -> list[dict[str, Any]]:
    """Return one record per row and end: probability and interval."""
    spec = _new_design(frame, result)
    names = end_names(result.request.model)
    key, value = _keys(result.request.model)
    middle = probabilities(spec, result, np.array(result.estimate)[None])[0]
    spread = probabilities(spec, result, draws(result, count, seed))
    low, high = np.quantile(spread, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return [
        {
            "row": int(row) + 1,
            key: name,
            value: float(middle[e, k]),
            "low": float(low[e, k]),
            "high": float(high[e, k]),
        }
        for k, row in enumerate(spec.rows)
        for e, name in enumerate(names)
    ]


def marginal_effects(
    frame: Any, result: FitResult, *, count: int = 100, seed: int = 0, level: float = 0.9
) -> list[dict[str, Any]]:
    """Return average marginal effects of every numeric column on every end, per unit of the column.

    The equilibrium moves with the column: nothing is held fixed but the other columns.
    """
    base = _new_design(frame, result)
    used = [c for c in frame.columns if str(c) in result.request.formula and frame[c].dtype.kind in "if"]
    thetas = np.concatenate([np.array(result.estimate)[None], draws(result, count, seed)])
    records = []
    for column in used:
        step = 1e-4 * float(frame[column].std() or 1.0)
        shifted = frame.assign(**{column: frame[column] + step})
        spec = _new_design(shifted, result)
        if spec.rows.size != base.rows.size:
            raise InputError("a small step leaves the domain of a transform in the formula", field=str(column))
        change = (probabilities(spec, result, thetas) - probabilities(base, result, thetas)).mean(2) / step
        low, high = np.quantile(change[1:], [(1 - level) / 2, (1 + level) / 2], axis=0)
        records += [
            {
                "column": str(column),
                _keys(result.request.model)[0]: name,
                "effect": float(change[0, e]),
                "low": float(low[e]),
                "high": float(high[e]),
            }
            for e, name in enumerate(end_names(result.request.model))
        ]
    return records
