"""Compute each published figure from the tables and say where they differ and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from foedus.atlas.query import table
from foedus.atlas.statement import sql


@dataclass(frozen=True)
class Outcome:
    """One published figure beside the figure that the tables give."""

    fact: str
    topic: str
    statement: str
    unit: str
    expected: float
    computed: float | None
    tolerance: float | None
    match: bool | None
    """True or False; None where the tables cannot compute the figure."""
    reason: str
    source: str
    query: str


def check(topic: str | None = None, *, as_of: dt.date | str | None = None) -> list[Outcome]:
    """Compute every published figure of the table facts, in its order.

    Inputs:
        topic: keep the facts of one subject.
        as_of: compute from what was known then, and only figures published by then.

    Returns:
        One outcome per fact; ``reason`` explains a mismatch or why nothing was computed.
    """
    rows = table("facts", as_of=as_of).iter_rows(named=True)
    return [_outcome(row, as_of) for row in rows if topic is None or row["topic"] == topic]


def _outcome(row: dict[str, Any], as_of: dt.date | str | None) -> Outcome:
    computed = None
    if row["query"]:
        found = sql(row["query"], as_of=as_of)
        value = found.item() if found.height else None
        computed = None if value is None else float(value)
    return Outcome(
        fact=row["fact"],
        topic=row["topic"],
        statement=row["statement"],
        unit=row["unit"],
        expected=row["value"],
        computed=computed,
        tolerance=row["tolerance"],
        match=None if computed is None else _matches(row, computed),
        reason=row["reason"] or "",
        source=row["source"],
        query=row["query"] or "",
    )


def _matches(row: dict[str, Any], computed: float) -> bool:
    if row["comparison"] == "at_least":
        return bool(computed >= row["value"])
    rounding = 1e-9 * max(1.0, abs(row["value"]))
    return bool(abs(computed - row["value"]) <= (row["tolerance"] or 0.0) + rounding)
