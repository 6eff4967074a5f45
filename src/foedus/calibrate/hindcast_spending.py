"""Spending: forecast shares of GDP from what was known on a date, and score them on what was published later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np

from foedus.calibrate.baselines import YEARLY
from foedus.calibrate.imported import note_of, provenance
from foedus.calibrate.results import Hindcast
from foedus.calibrate.scores import Floats, coverage_spread, score_samples
from foedus.calibrate.spending_model import fit_growth, forecast_growth
from foedus.calibrate.spending_record import KnownShares, growth_panel, known_shares, revised_shares
from foedus.calibrate.store import Store
from foedus.errors import InputError

HORIZONS = (1, 3)
FIRST_ORIGIN = 2019
"""Origins of the standard test run from here to the last year whose successor is in the newest edition."""

FEWEST_DRAWS = 100


def forecast(
    known: KnownShares, horizon: int, seed: int, quick: bool = False
) -> tuple[tuple[str, ...], dict[str, Floats]]:
    """Draws (draw, step, member) of the share by forecaster, ``model`` first; boosting is left out when quick."""
    panel = growth_panel(known, horizon)
    posterior = fit_growth(panel, seed, draws=300 if quick else 600)
    out = {"model": forecast_growth(panel, posterior, horizon, seed, copies=2)}
    logs = np.log(panel.share)
    for name, forecaster in YEARLY.items():
        if not (quick and name == "gradient_boosting"):
            out[name] = np.exp(forecaster(logs, horizon, seed, 1000))
    return panel.members, out


def _cells(
    known: KnownShares, truth: KnownShares, seed: int, horizons: Iterable[int], quick: bool
) -> dict[int, tuple[list[dict[str, Any]], dict[str, Floats], Floats]]:
    """By horizon: labels, draws by forecaster (draw, cell) and outcomes of the cells that have been published."""
    horizons = tuple(horizons)
    members, draws = forecast(known, max(horizons), seed, quick)
    columns = [truth.members.index(m) for m in members]
    out: dict[int, tuple[list[dict[str, Any]], dict[str, Floats], Floats]] = {}
    for h in horizons:
        year = known.years[-1] + h
        if year not in truth.years:
            continue
        observed = truth.share[truth.years.index(year), columns]
        seen = np.flatnonzero(np.isfinite(observed))
        labels = [{"member": members[i], "year": year, "origin": known.years[-1], "horizon": h} for i in seen]
        out[h] = (labels, {n: _thin(d[:, h - 1, seen]) for n, d in draws.items()}, observed[seen])
    return out


def _merge(parts: list[dict[int, tuple[list[dict[str, Any]], dict[str, Floats], Floats]]]) -> dict[str, Any]:
    """Scores by horizon over all origins, and the model's forecasts."""
    scores: dict[str, dict[str, Any]] = {}
    forecasts: list[dict[str, Any]] = []
    for h in sorted({h for part in parts for h in part}):
        chosen = [part[h] for part in parts if h in part]
        for name in chosen[0][1]:
            draws = np.concatenate([c[1][name] for c in chosen], axis=1)
            observed = np.concatenate([c[2] for c in chosen])
            scores.setdefault(name, {})[f"{h}_year"] = score_samples(draws, observed).as_dict()
        for labels, draws_by, observed in chosen:
            low, middle, high = np.quantile(draws_by["model"], [0.05, 0.5, 0.95], axis=0)
            forecasts += [
                {
                    **label,
                    "unit": "percent of GDP",
                    "q05": low[i],
                    "median": middle[i],
                    "q95": high[i],
                    "observed": observed[i],
                }
                for i, label in enumerate(labels)
            ]
    for by_horizon in scores.values():
        rows = [by_horizon[k] for k in by_horizon]
        by_horizon["crps"] = float(np.mean([r["crps"] for r in rows]))
        by_horizon["coverage_90"] = float(
            np.average([r["coverage_90"] for r in rows], weights=[r["n"] for r in rows])
        )
    return {"scores": scores, "forecasts": forecasts}


def _by_origin(
    parts: list[dict[int, tuple[list[dict[str, Any]], dict[str, Floats], Floats]]],
) -> list[dict[str, Any]]:
    """The model's coverage at each origin and horizon, beside what its own joint draws let expect."""
    return [
        {"origin": labels[0]["origin"], "horizon": h, **coverage_spread(draws["model"], observed)}
        for part in parts
        for h, (labels, draws, observed) in part.items()
    ]


def _thin(draws: Floats, to: int = 600) -> Floats:
    """The same number of draws for everybody, evenly taken."""
    return draws[np.linspace(0, len(draws) - 1, min(to, len(draws))).astype(int)]


def hindcast_spending(
    as_of: dt.date | None = None,
    seed: int = 20260101,
    horizons: tuple[int, ...] = HORIZONS,
    quick: bool = False,
    store: Store | None = None,
) -> Hindcast:
    """One origin (``as_of``), or the rolling origins of the standard test.

    Outcomes, and the figures of rolling origins, come from an imported NATO table where ``store`` holds one.

    Errors: InputError where nothing was published after the origin, or too little before it.
    """
    newest = revised_shares(9999, store)
    if as_of is not None:
        origins = [known_shares(as_of)]
        label = as_of.isoformat()
    else:
        rolling = range(FIRST_ORIGIN, newest.years[-1])
        origins = [revised_shares(year, store) for year in rolling]
        label = f"{rolling[0]}-12-31/{rolling[-1]}-12-31"
    parts = [_cells(known, newest, seed + known.years[-1], horizons, quick) for known in origins]
    if not any(parts):
        raise InputError(
            f"no year after {origins[-1].years[-1]} has been published yet: nothing to score", field="as-of"
        )
    merged = _merge(parts)
    setup: dict[str, Any] = {
        "origins": [known.years[-1] for known in origins],
        "editions_known": [known.edition for known in origins],
        "revised_figures": [known.revised for known in origins],
        "scored_against": newest.edition,
        "seed": seed,
        "unit": "percent of GDP",
        "imported": provenance(store, "nato_defexp"),
        "coverage_by_origin": _by_origin(parts),
    }
    notes = (*_notes(origins), *note_of(setup["imported"]))
    return Hindcast("spending", label, merged["scores"], tuple(merged["forecasts"]), setup, notes)


def _notes(origins: list[KnownShares]) -> tuple[str, ...]:
    if any(known.revised for known in origins):
        return (
            "No edition is as old as some origins: the newest edition, cut at the origin, stands in for it.",
        )
    return ()
