"""Yes-or-no statements of the product about the years after the vantage, and whether the atlas says they came true."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from foedus import atlas
from foedus.insight.vantage.play import Floats, History

HALF = 0.5
DAYS_PER_YEAR = 365.25
QUARTER_MONTHS = 3


@dataclass(frozen=True)
class Statement:
    """One row of ``statements.csv``: what is said, of when, how the atlas answers, and the record before."""

    statement: str
    text: str
    by: str
    measure: str
    outcome_sql: str
    outcome_note: str
    base_events: float
    base_years: float
    base_unit: str
    base_source: str
    why: str

    @property
    def quarter(self) -> str:
        """Last quarter that the statement is about, such as 2025Q4."""
        return f"{self.by[:4]}Q{-(-int(self.by[5:]) // QUARTER_MONTHS)}"


@cache
def statements() -> tuple[Statement, ...]:
    """All statements."""
    text = resources.files("foedus.insight.vantage").joinpath("statements.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        Statement(**{**r, "base_events": float(r["base_events"]), "base_years": float(r["base_years"])})  # type: ignore[arg-type]
        for r in rows
    )


def outcome(statement: Statement) -> int:
    """Whether the atlas, as it stands, holds that it came true: 0 or 1."""
    return int(bool(atlas.sql(statement.outcome_sql).item()))


def base_rate(statement: Statement, vantage: dt.date) -> float:
    """Chance from the count of such events before the vantage, with Jeffreys' prior, over the statement's span.

    ``base_unit`` once: the count is of chances like this one; year: of years, compounded to the statement's date.
    """
    rate = (statement.base_events + HALF) / (statement.base_years + 1)
    if statement.base_unit == "once":
        return rate
    year, month = int(statement.by[:4]), int(statement.by[5:])
    end = dt.date(year + month // 12, month % 12 + 1, 1)
    return float(1 - (1 - rate) ** ((end - vantage).days / DAYS_PER_YEAR))


def chance(statement: Statement, history: History, quarters: tuple[str, ...]) -> float:
    """The product's chance: the share of histories in which it is true, never quite 0 or 1."""
    true = MEASURES[statement.measure](history, quarters, statement.quarter)
    return float((true.sum() + HALF) / (len(true) + 1))


def _next_not_committed(history: History, _quarters: tuple[str, ...], _by: str) -> Floats:
    return 1 - history.next_committed


def _reached(values: Floats, quarters: tuple[str, ...], by: str) -> Floats:
    """1 where an event variable (draw, T) is above zero at some time up to the quarter."""
    return np.asarray(values[:, : quarters.index(by) + 1].max(axis=1) > 0, dtype=float)


def _drawn_down(history: History, quarters: tuple[str, ...], by: str) -> Floats:
    return _reached(history.drawn_down, quarters, by)


def _noticed(history: History, quarters: tuple[str, ...], by: str) -> Floats:
    return _reached(history.noticed, quarters, by)


def _dormant(history: History, quarters: tuple[str, ...], by: str) -> Floats:
    return _reached(history.dormant, quarters, by)


def _challenge(history: History, quarters: tuple[str, ...], by: str) -> Floats:
    return _reached(history.challenge.max(axis=2), quarters, by)


def _article5(history: History, quarters: tuple[str, ...], by: str) -> Floats:
    """Chance, in each history, that a challenge by then found no member who blocks."""
    span = quarters.index(by) + 1
    none = 1 - history.challenge[:, :span] * history.consensus[:, :span]
    return np.asarray(1 - none.prod(axis=(1, 2)), dtype=float)


def _war_over(history: History, quarters: tuple[str, ...], by: str) -> Floats:
    return np.asarray(1 - history.war[:, quarters.index(by)], dtype=float)


def _us_aid_half(history: History, quarters: tuple[str, ...], by: str) -> Floats:
    year = [k for k, name in enumerate(quarters) if name[:4] == by[:4]]
    return np.asarray(history.patron_aid[:, year].mean(axis=1) < HALF, dtype=float)


MEASURES = {
    "next_not_committed": _next_not_committed, "drawn_down": _drawn_down, "noticed": _noticed, "dormant": _dormant,
    "challenge": _challenge, "article5": _article5, "war_over": _war_over, "us_aid_half": _us_aid_half,
}  # fmt: skip
