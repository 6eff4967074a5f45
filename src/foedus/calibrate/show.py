"""Tables for the terminal, and JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from foedus.calibrate.results import COVERAGE_BAND, Hindcast

if TYPE_CHECKING:
    from foedus.calibrate.pool_file import PooledQuestion

FEW_CELLS = 100
"""Below this many cells, chance alone often takes a right model's coverage out of the band."""
COLUMNS = {
    "crps": "CRPS", "mae": "MAE", "log_loss": "log loss", "brier": "Brier", "auc": "AUC", "coverage_90": "90% coverage",
    "coverage_50": "50% coverage", "log_score": "log score", "calibration_slope": "slope", "n": "cells",
}  # fmt: skip


def show_json(value: Mapping[str, Any] | Sequence[Any]) -> None:
    """Print plain JSON."""
    sys.stdout.write(json.dumps(value, indent=1) + "\n")


def _number(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}" if abs(value) < 10 else f"{value:.1f}"
    return str(value)


def table(title: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """A rich table of mappings with the same keys."""
    out = Table(title=title, title_justify="left")
    if rows:
        for key in rows[0]:
            numeric = isinstance(rows[0][key], int | float) and not isinstance(rows[0][key], bool)
            out.add_column(
                str(key).replace("_", " "), justify="right" if numeric else "left", no_wrap=key == "forecaster"
            )
        for row in rows:
            out.add_row(*(_number(v) for v in row.values()))
    return out


def show_rows(title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Print one table."""
    Console().print(table(title, rows))


def show_facts(title: str, facts: Mapping[str, Any]) -> None:
    """Print one row downwards."""
    console = Console()
    console.print(title)
    width = max(map(len, facts))
    for key, value in facts.items():
        console.print(f"  {key:<{width}}  {_number(value)}", highlight=False)


def _score_rows(scores: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the same columns for every forecaster: a score that one of them lacks is left empty."""
    shown = [key for key in COLUMNS if any(key in s for s in scores.values())]
    return [
        {"forecaster": name.replace("_", " "), **{COLUMNS[key]: s.get(key, "") for key in shown}}
        for name, s in scores.items()
    ]


def show_hindcast(result: Hindcast) -> None:
    """Print the scores, best forecaster marked, and the notes."""
    console = Console()
    first = next(iter(result.scores.values()))
    unit = f" (CRPS and MAE in {result.setup['unit']})" if "unit" in result.setup else ""
    horizons = [key for key, value in first.items() if isinstance(value, Mapping)]
    for horizon in horizons or [""]:
        chosen = {n: (s[horizon] if horizon else s) for n, s in result.scores.items()}
        label = horizon.replace("_", " ")
        title = f"{result.target}, as of {result.as_of}" + (f", {label} ahead" if label else "") + unit
        console.print(table(title, _score_rows(chosen)))
        console.print(_verdict(chosen))
    rows = result.setup.get("coverage_by_origin")
    if rows:
        console.print(_spread_table(rows))
    for note in result.notes:
        console.print(f"Note: {note}", soft_wrap=True)


def _spread_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Coverage at each origin beside the range that the model's own joint draws let expect."""
    shown = [
        {
            "origin": str(r["origin"]), "years ahead": str(r["horizon"]), "cells": str(int(r["n"])),
            "coverage": f"{r['coverage']:.0%}", "expected": f"{r['expected_q05']:.0%} to {r['expected_q95']:.0%}",
        }
        for r in rows
    ]  # fmt: skip
    return table("Model's 90% coverage by origin, and where it would lie if the model were right", shown)


def _verdict(scores: Mapping[str, Mapping[str, Any]]) -> str:
    first = scores["model"]
    key = "crps" if "crps" in first else "log_loss"
    best = min(scores, key=lambda name: scores[name][key])
    lines = [f"Lowest {COLUMNS[key]}: {best.replace('_', ' ')}."]
    if "coverage_90" in first:
        low, high = COVERAGE_BAND
        share = first["coverage_90"]
        place = "inside" if low <= share <= high else "outside"
        cells = first.get("coverage_cells", first.get("n"))
        of = f"{int(cells)} outcomes" if cells else "outcomes"
        lines.append(f"The model's 90% intervals held {share:.1%} of {of}, {place} {low:.0%} to {high:.0%}.")
        if cells and cells < FEW_CELLS:
            from scipy.stats import binom

            lowest, highest = binom.ppf([0.05, 0.95], cells, 0.9) / cells
            lines.append(
                f"So few cells say little: of {int(cells)} independent ones a right model would hold {lowest:.0%} to {highest:.0%}."
            )
    return " ".join(lines)


def show_pool(question: PooledQuestion) -> None:
    """Print experts, pools and disagreement."""
    console = Console()
    experts = []
    for i, name in enumerate(question.experts):
        weight = None if question.weights is None else float(question.weights[i])
        values = dict(zip(question.outcomes, map(float, question.probabilities[i]), strict=True))
        experts.append({"expert": name, **values, **({} if weight is None else {"weight": weight})})
    console.print(table(question.question or "Experts", experts))
    rows = [
        {
            "pool": name + (" *" if name == question.use else ""),
            **dict(zip(question.outcomes, map(float, p), strict=True)),
        }
        for name, p in question.pools.items()
    ]
    console.print(table(f"Pools (weights: {question.weight_basis}; * is used)", rows))
    apart = [
        {
            "outcome": name,
            "lowest": d.lowest,
            "highest": d.highest,
            "spread": d.sd,
            "contested": "yes" if d.contested else "no",
        }
        for name, d in zip(question.outcomes, question.disagreement, strict=True)
    ]
    console.print(table("Disagreement", apart))
