"""Months, quarters, horizons and durations as scenario files write them.

A month is the text ``2026-01``; a quarter ``2026Q1``; a horizon ``10y``, ``8q`` or ``18m``; a duration
``4 quarters``.
"""

from __future__ import annotations

import re

MONTHS_PER_UNIT = {"y": 12, "q": 3, "m": 1}
QUARTERS_PER_WORD = {"quarter": 1, "quarters": 1, "year": 4, "years": 4}
LONGEST_QUARTERS = 200
"""Longest horizon and duration, in quarters (fifty years): a bound on the size of a run, not a judgement."""

MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
HORIZON_PATTERN = r"^[1-9][0-9]{0,2}[yqm]$"
DURATION_PATTERN = r"^[1-9][0-9]{0,2} (quarters?|years?)$"


def month_index(month: str) -> int:
    """Return the number of months since year 0; raises ValueError unless written as YYYY-MM.

    Example:
        >>> month_index("2026-01") - month_index("2025-11")
        2
    """
    if not re.fullmatch(MONTH_PATTERN, month):
        msg = f"must be a month written as YYYY-MM, such as 2026-01, got {month[:40]!r}"
        raise ValueError(msg)
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_text(index: int) -> str:
    """Return the month for a count of months since year 0 (inverse of ``month_index``)."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def add_months(month: str, months: int) -> str:
    """Return the month that lies ``months`` later.

    Example:
        >>> add_months("2025-11", 3)
        '2026-02'
    """
    return month_text(month_index(month) + months)


def quarter_index(month: str) -> int:
    """Return the number of calendar quarters since year 0 of the quarter that contains the month."""
    return month_index(month) // 3


def quarter_text(index: int) -> str:
    """Return the name of a calendar quarter.

    Example:
        >>> quarter_text(quarter_index("2026-05"))
        '2026Q2'
    """
    return f"{index // 4}Q{index % 4 + 1}"


def horizon_quarters(horizon: str) -> int:
    """Return a horizon in quarters; raises ValueError unless it is whole quarters within bounds.

    Example:
        >>> horizon_quarters("10y"), horizon_quarters("8q"), horizon_quarters("18m")
        (40, 8, 6)
    """
    if not re.fullmatch(HORIZON_PATTERN, horizon):
        msg = f"must be a length such as 10y, 8q or 18m, got {horizon[:40]!r}"
        raise ValueError(msg)
    months = int(horizon[:-1]) * MONTHS_PER_UNIT[horizon[-1]]
    if months % 3:
        below = months // 3 * 3
        nearest = f"{below}m or {below + 3}m" if below else "3m"
        msg = f"must be whole quarters: write {nearest}, got {horizon!r}"
        raise ValueError(msg)
    return _bounded(months // 3, horizon)


def duration_quarters(duration: str) -> int:
    """Return a duration in quarters; raises ValueError unless written as ``N quarters`` or ``N years``.

    Example:
        >>> duration_quarters("4 quarters"), duration_quarters("2 years")
        (4, 8)
    """
    if not re.fullmatch(DURATION_PATTERN, duration):
        msg = f"must be a duration such as '4 quarters', got {duration[:40]!r}"
        raise ValueError(msg)
    number, word = duration.split()
    return _bounded(int(number) * QUARTERS_PER_WORD[word], duration)


def _bounded(quarters: int, text: str) -> int:
    if quarters > LONGEST_QUARTERS:
        msg = f"must be at most {LONGEST_QUARTERS} quarters, got {text!r}"
        raise ValueError(msg)
    return quarters
