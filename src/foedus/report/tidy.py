"""From the results folder to small tidy frames: one row per scenario, member and date, with quantiles over draws."""

from __future__ import annotations

import math
from functools import reduce

import numpy as np
import numpy.typing as npt
import polars as pl

from foedus.report.kept import kept
from foedus.report.measures import ALLY_TABLE, CHALLENGE, Measure
from foedus.report.numbers import Interval
from foedus.report.quantiles import Floats, bands, interval, interval_at
from foedus.report.view import OUTCOME, RunView, names, scenario_order, titles

QUANTILES = ("p05", "p25", "p50", "p75", "p95")


def has(run: RunView, name: str) -> bool:
    """Whether the results hold a variable."""
    return name in run.dataset.data_vars


def members(run: RunView) -> list[str]:
    """ISO3 codes of the allies of the run."""
    return list(kept(run, "members", lambda: [str(m) for m in run.dataset["member"].values]))


def member_names(run: RunView) -> dict[str, str]:
    """Short English names by code; the code itself where the results carry no names."""
    codes = members(run)
    if "member_name" not in run.dataset.coords:
        return {c: c for c in codes}
    return dict(zip(codes, (str(n) for n in run.dataset["member_name"].values), strict=True))


def frontline(run: RunView) -> list[str]:
    """Frontline allies with a chance of a challenge in at least one draw, the most exposed first.

    Without any, all members with a value are returned, so that an average over the frontline always exists.
    """
    return list(kept(run, "frontline", lambda: _frontline(run)))


def _frontline(run: RunView) -> list[str]:
    last = np.asarray(run.dataset[OUTCOME].isel(year=-1).transpose("member", ...).values, dtype=np.float64)
    last = last.reshape(last.shape[0], -1)
    known = np.isfinite(last).any(axis=1)
    marked = run.dataset["frontline"].values.astype(bool) if has(run, "frontline") else known
    chosen = known & marked if (known & marked).any() else known
    exposure = np.where(np.isfinite(last), last, 0.0).mean(axis=1)
    codes = members(run)
    order = sorted(np.flatnonzero(chosen), key=lambda at: (-exposure[at], codes[at]))
    return [codes[at] for at in order]


def last_values(run: RunView, measure: Measure, scenario: str) -> npt.NDArray[np.float64]:
    """Values at the end of the run, shape (draw, member), in the stored unit."""
    return np.asarray(_at_the_end(run, measure, scenario), dtype=np.float64)


def _at_the_end(run: RunView, measure: Measure, scenario: str) -> npt.NDArray[np.floating]:
    """Values at the end of the run, shape (draw, member), as precise as they are stored."""
    found = run.dataset[measure.name].sel(scenario=scenario)
    if measure.axis in found.dims:
        found = found.isel({measure.axis: -1})
    values: npt.NDArray[np.floating] = found.transpose("draw", "member").values
    return values


def end_bands(run: RunView, measure: Measure, scenario: str) -> dict[str, Floats]:
    """Quantiles over draws at the end of the run, each of shape (member,), in the stored unit."""
    key = ("end", measure.name, scenario)
    return kept(run, key, lambda: bands(_at_the_end(run, measure, scenario)))


def frontline_mean(run: RunView, scenario: str, name: str = OUTCOME) -> npt.NDArray[np.float64]:
    """Mean over the frontline allies at the end of the run, shape (draw,)."""
    return kept(run, ("frontline mean", scenario, name), lambda: _frontline_mean(run, scenario, name))


def _frontline_mean(run: RunView, scenario: str, name: str) -> npt.NDArray[np.float64]:
    measure = next((m for m in ALLY_TABLE if m.name == name), CHALLENGE)
    codes = members(run)
    columns = [codes.index(m) for m in frontline(run)]
    picked = last_values(run, measure, scenario)[:, columns]
    total = np.where(np.isfinite(picked), picked, 0.0).sum(axis=1)
    count = np.isfinite(picked).sum(axis=1)
    return np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)


def by_member(run: RunView, measure: Measure, codes: list[str]) -> pl.DataFrame:
    """End-of-run quantiles of one measure: columns scenario, scenario_title, member, ally, p05..p95 (shown unit)."""
    named, allies, places = titles(run), member_names(run), {m: at for at, m in enumerate(members(run))}
    rows: list[dict[str, object]] = []
    for scenario in scenario_order(run):
        found = end_bands(run, measure, scenario)
        for code in codes:
            at = places[code]
            values = {q: float(found[q][at]) * measure.scale for q in QUANTILES}
            if math.isfinite(values["p50"]):
                ally = allies[code]
                rows.append(
                    {"scenario": scenario, "title": named[scenario], "member": code, "ally": ally, **values}
                )
    return frame(rows, ("scenario", "title", "member", "ally", *QUANTILES))


def fans(run: RunView, measure: Measure) -> pl.DataFrame:
    """Quantiles over time: columns title, ally, date (year with fraction), when, p05..p95."""
    values = run.dataset[measure.name].transpose("draw", "scenario", measure.axis, "member").values
    found = bands(values)
    labels = [str(v) for v in run.dataset[measure.axis].values]
    dates = [year_fraction(v) for v in labels]
    stacked = [found[q] * measure.scale for q in QUANTILES]
    shape = stacked[0].shape
    index = np.indices(shape).reshape(3, -1)
    named, allies = titles(run), member_names(run)
    columns: dict[str, object] = {
        "title": pl.Series([named[s] for s in names(run)], dtype=pl.String).gather(index[0]),
        "ally": pl.Series([allies[m] for m in members(run)], dtype=pl.String).gather(index[2]),
        "date": np.array(dates)[index[1]],
        "when": pl.Series(labels, dtype=pl.String).gather(index[1]),
        **{q: stacked[i].reshape(-1) for i, q in enumerate(QUANTILES)},
    }
    return pl.DataFrame(columns).filter(pl.col("p50").is_finite())


def year_fraction(label: str) -> float:
    """``2025Q3`` as 2025.5, ``2025`` as 2025."""
    year, _, quarter = label.partition("Q")
    return int(year) + ((int(quarter) - 1) / 4 if quarter else 0.0)


def ledger(run: RunView, scenario: str) -> pl.DataFrame:
    """Return replacement ledger of one scenario: item, units, cost and year, each with p05, p50, p95 and finite share."""
    rows: list[dict[str, object]] = []
    labels, units = _item_words(run)
    wanted = ("ledger_gap_units", "ledger_cost_usd_billion", "ledger_year")
    found = {
        name: bands(run.dataset[name].sel(scenario=scenario).transpose("draw", "item").values)
        for name in wanted
        if has(run, name)
    }
    for at, item in enumerate(str(i) for i in run.dataset["item"].values):
        cells = {name: interval_at(found[name], (at,)) for name in found}
        row: dict[str, object] = {"item": item, "label": labels[at], "unit": units[at]}
        for name, cell in cells.items():
            key = name.removeprefix("ledger_").removesuffix("_usd_billion").removesuffix("_units")
            row |= {f"{key}_p05": cell.p05, f"{key}_p50": cell.p50, f"{key}_p95": cell.p95}
            row[f"{key}_share"] = cell.finite_share
        rows.append(row)
    made = frame(rows, ("item", "label", "unit", "cost_p50"))
    return made.with_columns(pl.selectors.float().fill_nan(None)).sort(
        "cost_p50", descending=True, nulls_last=True
    )


def _item_words(run: RunView) -> tuple[list[str], list[str]]:
    """Label and unit of each item of the ledger."""
    items = [str(i) for i in run.dataset["item"].values]
    coords = run.dataset.coords
    labels = (
        [str(v) for v in coords["item_label"].values]
        if "item_label" in coords
        else [humanise(i) for i in items]
    )
    units = [str(v) for v in coords["item_unit"].values] if "item_unit" in coords else ["units"] * len(items)
    return [humanise(label) for label in labels], units


def humanise(slug: str) -> str:
    """``strategic_airlift`` as "Strategic airlift"; text with spaces stays as it is."""
    words = slug.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def run_interval(run: RunView, name: str, scenario: str) -> Interval:
    """Interval of a measure with one value per scenario and draw; unknown where the results lack it."""
    if not has(run, name):
        return Interval(math.nan, math.nan, math.nan, finite_share=0.0)
    return interval(run.dataset[name].sel(scenario=scenario).values)


def worst(run: RunView) -> str:
    """Return the scenario with the highest median chance of a challenge on the frontline."""
    medians = {s: interval(frontline_mean(run, s)).p50 for s in names(run)}
    return max(medians, key=lambda s: medians[s] if math.isfinite(medians[s]) else -1.0)


def paired(run: RunView, first: str, second: str, code: str | None = None) -> Floats:
    """Chance of a challenge under ``first`` minus that under ``second``, draw by draw, shape (draw,).

    ``code`` picks one ally; without it the mean over the frontline is compared.
    """
    if code is None:
        return frontline_mean(run, first) - frontline_mean(run, second)
    at = members(run).index(code)
    difference: Floats = last_values(run, CHALLENGE, first)[:, at] - last_values(run, CHALLENGE, second)[:, at]
    return difference


def mean_of(parts: list[Floats]) -> Floats:
    """Mean of several arrays of equal shape."""
    return reduce(np.add, parts) / len(parts)


def frame(rows: list[dict[str, object]], columns: tuple[str, ...]) -> pl.DataFrame:
    """Return a frame that keeps its columns when there are no rows."""
    return pl.DataFrame(rows) if rows else pl.DataFrame({c: [] for c in columns})
