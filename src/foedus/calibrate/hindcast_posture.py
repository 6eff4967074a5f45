"""Posture: US forces by host, forecast from a past date and scored on the reports that followed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

from foedus import atlas
from foedus.calibrate.baselines import YEARLY
from foedus.calibrate.imported import note_of, provenance, september_with_import
from foedus.calibrate.results import Hindcast
from foedus.calibrate.scores import Floats, coverage_spread, score_samples
from foedus.calibrate.spending_model import GrowthPanel, fit_growth, forecast_growth
from foedus.calibrate.store import Store
from foedus.errors import InputError

HORIZONS = (1, 3)
FIRST_ORIGIN, STEP = 2004, 2
"""Origins of the standard test: every second year since the enlargement of 2004."""

SMALLEST = 100
"""Hosts with fewer persons at the origin are left out: embassies and liaison staffs."""

WINDOW = 25
"""Years before the origin that forecasters see."""

THIRD_QUARTER = 3


def yearly_forces(
    as_of: dt.date | None, store: Store | None = None
) -> tuple[tuple[int, ...], tuple[str, ...], Floats]:
    """Active-duty persons at the end of September by year and host, as reported by ``as_of``; NaN where not reported.

    With no date, cells of an imported table in ``store`` take the place of the shipped ones.
    """
    frame = atlas.table("us_forces", as_of=as_of)
    rows = frame.filter(
        (pl.col("record_type") == "host")
        & (pl.col("quarter") == THIRD_QUARTER)
        & pl.col("host_in_nato")
        & (pl.col("active_duty_persons") > 0)
        & (pl.col("basis") == "report")
    )
    if rows.is_empty():
        raise InputError(f"no report on US forces was out by {as_of}", field="as-of")
    rows = september_with_import(rows, store if as_of is None else None)
    wide = rows.pivot(on="host", index="year", values="active_duty_persons", aggregate_function="first")
    wide = wide.sort("year")
    hosts = tuple(sorted(c for c in wide.columns if c != "year"))
    years = tuple(range(int(wide["year"][0]), int(wide["year"][-1]) + 1))
    values = np.full((len(years), len(hosts)), np.nan)
    for row in wide.to_dicts():
        values[int(row["year"]) - years[0]] = [np.nan if row[h] is None else float(row[h]) for h in hosts]
    return years, hosts, values


def forecast(series: Floats, horizon: int, seed: int, quick: bool) -> dict[str, Floats]:
    """Draws (draw, step, host) of persons by forecaster; ``series`` (year, host) ends at the origin."""
    steps = len(series) + horizon
    panel = GrowthPanel(
        tuple(range(len(series))), tuple(map(str, range(series.shape[1]))), series,
        np.full(steps, np.nan), np.ones(steps), np.zeros((0, steps)),
    )  # fmt: skip
    posterior = fit_growth(panel, seed, draws=250, burn=150, model="posture_growth")
    out = {"model": forecast_growth(panel, posterior, horizon, seed, copies=4, model="posture_growth")}
    for name, forecaster in YEARLY.items():
        if not (quick and name == "gradient_boosting"):
            out[name] = np.exp(forecaster(np.log(series), horizon, seed, 1000))
    return out


def hindcast_posture(
    as_of: dt.date | None = None, seed: int = 20260101, quick: bool = False, store: Store | None = None
) -> Hindcast:
    """One origin (``as_of``), or the rolling origins of the standard test. CRPS is in persons.

    Errors: InputError where nothing was reported after the origin.
    """
    years, hosts, values = yearly_forces(None, store)
    if as_of is not None:
        origins = [max(y for y in yearly_forces(as_of)[0])]
        label = as_of.isoformat()
    else:
        origins = list(range(FIRST_ORIGIN, years[-1], STEP))
        label = f"{origins[0]}-12-31/{origins[-1]}-12-31"
    if origins[-1] + 1 > years[-1]:
        raise InputError(
            f"no September report after {origins[-1]} has come out: nothing to score", field="as-of"
        )
    cells: dict[int, dict[str, list[Floats]]] = {h: {} for h in HORIZONS}
    seen: dict[int, list[Floats]] = {h: [] for h in HORIZONS}
    forecasts: list[dict[str, Any]] = []
    spread: list[dict[str, Any]] = []
    for origin in origins:
        now = years.index(origin)
        past = values[max(0, now - WINDOW + 1) : now + 1]
        keep = (past[-1] >= SMALLEST) & (np.isfinite(past).sum(axis=0) >= 8) & np.isfinite(past[-2])
        draws = forecast(past[:, keep], max(HORIZONS), seed + origin, quick)
        names = [h for h, k in zip(hosts, keep, strict=True) if k]
        for h in HORIZONS:
            if now + h >= len(years):
                continue
            truth = values[now + h, keep]
            known = np.flatnonzero(np.isfinite(truth))
            seen[h].append(truth[known])
            joint = coverage_spread(draws["model"][:, h - 1][:, known], truth[known])
            spread.append({"origin": origin, "horizon": h, **joint})
            for name, d in draws.items():
                cells[h].setdefault(name, []).append(
                    d[np.linspace(0, len(d) - 1, 1000).astype(int), h - 1][:, known]
                )
            forecasts += _rows(names, known, draws["model"][:, h - 1], truth, origin, h)
    found = provenance(store, "troopdata")
    setup = {**_setup(origins, seed), "imported": found, "coverage_by_origin": spread}
    return Hindcast("posture", label, _scores(cells, seen), tuple(forecasts), setup, (*NOTES, *note_of(found)))


NOTES = (
    "Reports count persons assigned to a host: rotational brigades are mostly absent. Dates of publication are taken "
    "to be one quarter after the day described.",
)


def _setup(origins: list[int], seed: int) -> dict[str, Any]:
    return {
        "origins": origins,
        "unit": "active-duty persons, end of September",
        "seed": seed,
        "smallest_host": SMALLEST,
    }


def _rows(
    names: list[str], known: Any, draws: Floats, truth: Floats, origin: int, h: int
) -> list[dict[str, Any]]:
    low, middle, high = np.quantile(draws, [0.05, 0.5, 0.95], axis=0)
    return [
        {
            "host": names[i], "origin": origin, "year": origin + h, "horizon": h, "unit": "persons",
            "q05": low[i], "median": middle[i], "q95": high[i], "observed": truth[i],
        }
        for i in known
    ]  # fmt: skip


def _scores(
    cells: dict[int, dict[str, list[Floats]]], seen: dict[int, list[Floats]]
) -> dict[str, dict[str, Any]]:
    """Scores in persons and, because one host outweighs the rest there, in logs as well."""
    out: dict[str, dict[str, Any]] = {}
    for h, by_name in cells.items():
        if not seen[h]:
            continue
        truth = np.concatenate(seen[h])
        for name, parts in by_name.items():
            draws = np.concatenate(parts, axis=1)
            row = score_samples(draws, truth).as_dict()
            row["crps_log"] = score_samples(np.log(draws), np.log(truth)).crps
            out.setdefault(name, {})[f"{h}_year"] = row
    for rows in out.values():
        some = [r for r in rows.values() if isinstance(r, dict)]
        rows["crps"] = float(np.mean([r["crps"] for r in some]))
        rows["crps_log"] = float(np.mean([r["crps_log"] for r in some]))
        rows["coverage_90"] = float(
            np.average([r["coverage_90"] for r in some], weights=[r["n"] for r in some])
        )
    return out
