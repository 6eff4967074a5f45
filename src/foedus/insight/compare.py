"""Two run folders side by side: what differs in the inputs and by how much in the headline measures."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from foedus.ensemble.results import Run
from foedus.ensemble.summary import alliance_values, by_year
from foedus.insight.outcomes import interval

HEADLINES = (
    "credibility",
    "challenge_probability_cumulative",
    "loss_probability_cumulative",
    "spending_pct_gdp",
)
INPUTS = ("version", "seed", "draws", "as_of", "start", "quarters", "mode", "data_sha256", "code_sha256")


def compare_runs(first: Run, second: Run) -> dict[str, Any]:
    """Return differing inputs, and each headline measure of each scenario in the last year common to both."""
    inputs = {
        key: [first.manifest.get(key), second.manifest.get(key)]
        for key in INPUTS
        if first.manifest.get(key) != second.manifest.get(key)
    }
    years = set(first.dataset["year"].values.tolist()) & set(second.dataset["year"].values.tolist())
    year = max(years) if years else None
    levels = [_levels(run, year) for run in (first, second)] if year is not None else [{}, {}]
    return {
        "folders": [str(first.path), str(second.path)],
        "differing_inputs": inputs,
        "year": year,
        "levels": levels,
    }


def _levels(run: Run, year: int) -> dict[str, Any]:
    data = run.dataset
    place = data["year"].values.tolist().index(year)
    out: dict[str, Any] = {}
    for scenario in [str(s) for s in data["scenario"].values]:
        out[scenario] = {}
        for name in HEADLINES:
            values = by_year(data, scenario, name).values.astype(float)
            out[scenario][name] = interval(alliance_values(data, name, values)[:, place])
    return out


def comparison_table(result: dict[str, Any]) -> Table:
    """Return the comparison as a table for the terminal: alliance figures, median and 5-95 percent."""
    differing = ", ".join(result["differing_inputs"]) or "nothing but the scenarios"
    table = Table(
        title=f"Alliance figures in {result['year']}; inputs differ in: {differing}", title_justify="left"
    )
    for column in ("run", "scenario", *HEADLINES):
        table.add_column(column)
    for folder, levels in zip(result["folders"], result["levels"], strict=True):
        for scenario, measures in levels.items():
            cells = [f"{m['p50']:.3g} ({m['p05']:.3g} to {m['p95']:.3g})" for m in measures.values()]
            table.add_row(folder, scenario, *cells)
    return table
