"""The tables of the report as plain values, ready to be written as HTML."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from foedus.report import tidy
from foedus.report.measures import ALLY_TABLE, CHALLENGE, LOSS, Measure
from foedus.report.numbers import NOT_AVAILABLE, of_draws, significant
from foedus.report.pictures import channel_pairs, direction_words
from foedus.report.quantiles import interval_at
from foedus.report.view import RunView, scenario_order, titles


@dataclass(frozen=True)
class Cell:
    """A value with its interval, as text; ``sort`` is what the table is sorted by."""

    text: str
    span: str
    sort: str


@dataclass(frozen=True)
class AllyTable:
    """One scenario's table: heads are (title, unit, meaning), rows are (ally, frontline, cells)."""

    scenario: str
    title: str
    heads: list[tuple[str, str, str]]
    rows: list[tuple[str, bool, list[Cell]]]


def ally_tables(run: RunView) -> list[AllyTable]:
    """Return a table by ally for each scenario."""
    measures = [m for m in ALLY_TABLE if tidy.has(run, m.name)]
    named, allies, front = titles(run), tidy.member_names(run), set(tidy.frontline(run))
    heads = [(m.title, m.unit, m.meaning) for m in measures]
    made = []
    for scenario in scenario_order(run):
        columns = [_column(run, m, scenario) for m in measures]
        rows = [
            (allies[code], code in front, [column[at] for column in columns])
            for at, code in enumerate(tidy.members(run))
        ]
        made.append(AllyTable(scenario, named[scenario], heads, sorted(rows, key=lambda r: (not r[1], r[0]))))
    return made


def _column(run: RunView, measure: Measure, scenario: str) -> list[Cell]:
    found = tidy.end_bands(run, measure, scenario)
    return [_cell(measure, found, at) for at in range(len(tidy.members(run)))]


def _cell(measure: Measure, found: dict[str, Any], at: int) -> Cell:
    cell = interval_at(found, (at,))
    if not cell.known:
        return Cell(NOT_AVAILABLE, "", "")
    span = f"{measure.text(cell.p05)} to {measure.text(cell.p95)}"
    return Cell(measure.text(cell.p50), span.replace("% to", " to"), f"{cell.p50:.6g}")


def channel_tables(run: RunView) -> list[dict[str, Any]]:
    """Return, for each comparison, what every channel adds to the chances of a challenge and of a loss."""
    named = titles(run)
    made = []
    for pair in channel_pairs(run):
        columns = [pair["outcomes"][m.name] for m in (CHALLENGE, LOSS)]
        rows = [
            (str(cells[0]["meaning"]), [_points(cell) for cell in cells])
            for cells in zip(*(column["channels"] for column in columns), strict=True)
        ]
        whole = ("All together", [_points(column["total"]) for column in columns])
        base, scenario = named.get(pair["baseline"], pair["baseline"]), named[pair["scenario"]]
        made.append({"scenario": scenario, "baseline": base, "draws": pair["draws"], "rows": [*rows, whole]})
    return made


def _points(cell: dict[str, float]) -> Cell:
    """Mean and interval in percentage points."""
    middle, low, high = (100 * float(cell[q]) for q in ("mean", "p05", "p95"))
    text = [significant(v) if abs(v) >= 0.005 else "0" for v in (middle, low, high)]
    return Cell(text[0], f"{text[1]} to {text[2]}", f"{middle:.6g}")


def ledger_rows(run: RunView, scenario: str) -> list[dict[str, str]]:
    """Rows of the replacement ledger as text."""
    rows = []
    for r in tidy.ledger(run, scenario).iter_rows(named=True):
        never = 1 - float(r.get("year_share") or 0.0)
        late = f"; not within the horizon in {of_draws(never)}" if never > 0 else ""
        rows.append(
            {
                "item": r["label"],
                "unit": r["unit"],
                "gap": _quantity(r, "gap"),
                "cost": _quantity(r, "cost"),
                "year": f"{_year(r)}{late}",
            }
        )
    return rows


def _quantity(row: dict[str, Any], key: str) -> str:
    middle, low, high = (row.get(f"{key}_{q}") for q in ("p50", "p05", "p95"))
    if middle is None or low is None or high is None:
        return NOT_AVAILABLE
    return (
        significant(middle)
        if low == high
        else f"{significant(middle)} ({significant(low)} to {significant(high)})"
    )


def _year(row: dict[str, Any]) -> str:
    middle, low, high = (row.get(f"year_{q}") for q in ("p50", "p05", "p95"))
    if middle is None or low is None or high is None:
        return "none"
    return f"{middle:.0f} ({low:.0f} to {high:.0f})"


def assumption_rows(run: RunView) -> list[dict[str, str]]:
    """Return the ten assumptions that matter most, as text."""
    rows = []
    for a in ((run.insight or {}).get("assumptions") or [])[:10]:
        source = str(a.get("source") or "")
        rows.append(
            {
                "parameter": str(a["parameter"]),
                "meaning": str(a.get("meaning") or ""),
                "unit": str(a.get("unit") or ""),
                "status": str(a.get("status") or ""),
                "source": source,
                "link": source if urlsplit(source).scheme in ("http", "https") else "",
                "prior": prior_words(a.get("prior")),
                "share": f"{significant(100 * float(a.get('share_of_variance') or 0.0))}%",
                "direction": direction_words(a.get("direction")),
                "outcome": _outcome(a),
            }
        )
    return rows


def prior_words(prior: object) -> str:
    """Return a prior as text: "normal, mean 0.3, sd 0.1"; text is left as it is."""
    if isinstance(prior, dict):
        kind = str(prior.get("dist", ""))
        rest = (
            f"{k} {significant(v, 3) if isinstance(v, (int, float)) else v}"
            for k, v in prior.items()
            if k != "dist"
        )
        return ", ".join([kind, *rest])
    if isinstance(prior, (int, float)):
        return f"fixed at {significant(float(prior), 3)}"
    return str(prior or "")


def _outcome(a: dict[str, Any]) -> str:
    low, high = a.get("outcome_low"), a.get("outcome_high")
    if not all(isinstance(v, (int, float)) and math.isfinite(v) for v in (low, high)):
        return NOT_AVAILABLE
    return f"{significant(100 * float(low or 0.0))}% to {significant(100 * float(high or 0.0))}%"
