"""summary.json: medians, means and 5-95 percent intervals by member and year, and paired comparisons."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from foedus.ensemble.measures import DRAW, ITEM, MEASURES, QUARTERLY, YEAR, YEARLY
from foedus.scenario.schema import Scenario

SCHEMA = 1
LEVELS = (0.05, 0.5, 0.95)
WEIGHTED_BY_GDP = ("spending_pct_gdp",)
SUMS = ("guideline_gap_usd_billion", "population_at_risk_million")

Floats = NDArray[np.floating]


def quantiles(values: Floats, axis: int = 0) -> dict[str, Floats]:
    """Return p05, p50, p95 and mean along an axis. Censored draws (not a number) count as beyond every bound."""
    # Sorting rows of single precision is many times faster than any other way; what is not a number sorts last.
    rows = np.sort(np.ascontiguousarray(np.moveaxis(values, axis, -1)), axis=-1)
    count = rows.shape[-1]
    found = [rows[..., math.floor(level * (count - 1))] for level in LEVELS]
    low, middle, high = (np.where(np.isnan(one), np.inf, one) for one in found)
    censored = ~np.isfinite(rows[..., -1])
    with np.errstate(invalid="ignore"):
        mean = np.where(censored, np.nan, values.mean(axis=axis, dtype=np.float64))
    return {"p05": low, "p50": middle, "p95": high, "mean": mean}


def _cell(stats: dict[str, Floats], place: tuple[int, ...]) -> dict[str, float | None]:
    return {key: _number(float(value[place])) for key, value in stats.items()}


def _number(value: float) -> float | None:
    return float(f"{value:.6g}") if math.isfinite(value) else None


def by_year(dataset: xr.Dataset, scenario: str, name: str) -> xr.DataArray:
    """Return a measure of one scenario by (draw, year, member): quarterly ones as the mean of the year."""
    values = dataset[name].sel(scenario=scenario)
    if "quarter" not in values.dims:
        return values
    years = np.array([int(str(q)[:4]) for q in dataset["quarter"].values])
    starts = np.flatnonzero(np.diff(years, prepend=years[0] - 1))
    quarters = np.diff(starts, append=len(years)).astype(np.float32)
    means = np.add.reduceat(values.values, starts, axis=1) / quarters[None, :, None]
    return xr.DataArray(
        means,
        dims=("draw", "year", "member"),
        coords={k: dataset[k] for k in ("draw", "year", "member")},
    )


def alliance_values(dataset: xr.Dataset, name: str, values: Floats) -> NDArray[np.float64]:
    """Return the alliance's own figure (draw, year) for a measure by member (draw, year, member).

    Chances: that of a challenge to, or loss of, at least one ally, taking allies' fates within a draw as independent.
    Money and people: sums. Shares of GDP: weighted by GDP. The rest: the mean over the frontline.
    """
    values = values.astype(np.float64)
    if name in SUMS:
        return np.asarray(values.sum(axis=2))
    if name in WEIGHTED_BY_GDP:
        weight = dataset["gdp_usd_billion"].values
        return np.asarray((values * weight).sum(axis=2) / weight.sum())
    if "challenge_probability" in name or "loss_probability" in name:
        return np.asarray(-np.expm1(np.log1p(-np.minimum(values, 1 - 1e-9)).sum(axis=2)))
    front = dataset["frontline"].values.astype(bool)
    return np.asarray(values[:, :, front].mean(axis=2))


def measure_summary(dataset: xr.Dataset, scenario: str, name: str) -> dict[str, Any]:
    """Return one measure of one scenario in the form of summary.json."""
    measure = MEASURES[name]
    out: dict[str, Any] = {"unit": measure.units, "long_name": measure.long_name}
    if measure.kind in (QUARTERLY, YEARLY):
        values = by_year(dataset, scenario, name).values
        years = [str(y) for y in dataset["year"].values]
        stats, whole = quantiles(values), quantiles(alliance_values(dataset, name, values))
        members = [str(m) for m in dataset["member"].values]
        out["by_member"] = {
            member: {year: _cell(stats, (t, i)) for t, year in enumerate(years)}
            for i, member in enumerate(members)
        }
        out["alliance"] = {year: _cell(whole, (t,)) for t, year in enumerate(years)}
    elif measure.kind == YEAR:
        stats = quantiles(dataset[name].sel(scenario=scenario).values)
        out["alliance"] = {str(year): _cell(stats, (t,)) for t, year in enumerate(dataset["year"].values)}
    elif measure.kind == ITEM:
        stats = quantiles(dataset[name].sel(scenario=scenario).values)
        out["by_item"] = {str(item): _cell(stats, (i,)) for i, item in enumerate(dataset["item"].values)}
    elif measure.kind == DRAW:
        values = dataset[name].sel(scenario=scenario).values
        whole = {key: np.asarray(value) for key, value in quantiles(values).items()}
        out["alliance"] = {
            "horizon": _cell(whole, ()) | {"share_beyond_horizon": _number(float(np.isnan(values).mean()))}
        }
    return out


COMPARED = (
    "challenge_probability_cumulative",
    "loss_probability_cumulative",
    "credibility",
    "spending_pct_gdp",
)


def comparison(dataset: xr.Dataset, scenario: str, base: str) -> dict[str, Any]:
    """Return the paired differences, scenario less base, draw by draw, in the last year."""
    year = int(dataset["year"].values[-1])
    out: dict[str, Any] = {"scenario": scenario, "baseline": base, "year": year, "measures": {}}
    for name in COMPARED:
        one, other = (by_year(dataset, which, name).values[:, -1] for which in (scenario, base))
        difference = one - other
        stats = quantiles(difference)
        out["measures"][name] = {
            "unit": MEASURES[name].units,
            "by_member": {
                str(member): _cell(stats, (i,))
                | {"share_of_draws_higher": _number(float((difference[:, i] > 0).mean()))}
                for i, member in enumerate(dataset["member"].values)
            },
        }
    return out


def summarise(dataset: xr.Dataset, scenarios: list[Scenario]) -> dict[str, Any]:
    """Return the content of summary.json."""
    names = [s.name for s in scenarios]
    pairs = [
        (s.name, s.compare_with) for s in scenarios if s.compare_with in names and s.compare_with != s.name
    ]
    pairs = pairs or [(name, names[0]) for name in names[1:]]
    cells = [(s.name, name) for s in scenarios for name in MEASURES]
    with ThreadPoolExecutor() as pool:
        made = dict(zip(cells, pool.map(lambda cell: measure_summary(dataset, *cell), cells), strict=True))
    return {
        "schema": SCHEMA,
        "scenarios": {
            s.name: {"title": s.title, "measures": {name: made[s.name, name] for name in MEASURES}}
            for s in scenarios
        },
        "comparisons": [comparison(dataset, one, str(other)) for one, other in pairs],
    }
