"""Lay a frame out for reading: what is the same in all rows goes on top, empty columns go."""

from __future__ import annotations

import json
from dataclasses import dataclass

import polars as pl

from foedus.atlas.names import known_format

_ASIDE = ("note", "source_status", "query")
_LAST = (
    "source",
    "status",
    "as_of",
    "quality_flag",
    "date_basis",
    "usd_current_estimate",
    "usd_current_edition",
)
SHORT, LONG = 14, 24
"""Characters: what is shorter is not broken over lines; what is longer gets at least this much room."""


@dataclass(frozen=True)
class Layout:
    """A frame cut down to what a reader needs."""

    same: tuple[tuple[str, str], ...]
    """Columns that hold one value in all rows, with that value."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    short: tuple[bool, ...]
    """Columns that must not be broken over lines: numbers, days, codes."""
    hidden: tuple[str, ...]
    """Columns left out because the lines would be too wide."""
    left_out: int
    """Rows beyond the limit."""


def layout(frame: pl.DataFrame, limit: int = 200, width: int = 240) -> Layout:
    """Lay a frame out as text cells.

    Inputs:
        frame: any frame.
        limit: most rows to show.
        width: characters of a line; what matters least is left out until the lines fit.
    """
    frame = frame.select(c for c in frame.columns if frame[c].null_count() < frame.height)
    same: list[str] = []
    if frame.height > 1:
        frame = frame.drop([c for c in _ASIDE if c in frame.columns])
        same = [c for c in frame.columns if frame[c].n_unique() == 1]
        same = same if len(same) < frame.width else []
    shown = frame.drop(same).head(limit)
    hidden = [] if shown.height == 1 else _too_wide(shown, width)
    shown = shown.drop(hidden)
    return Layout(
        same=tuple((c, text(frame[c][0])) for c in same),
        columns=tuple(shown.columns),
        rows=tuple(tuple(text(v) for v in row) for row in shown.iter_rows()),
        numeric=tuple(dtype.is_numeric() for dtype in shown.dtypes),
        short=tuple(_widest(shown[c]) <= SHORT for c in shown.columns),
        hidden=tuple(hidden),
        left_out=frame.height - shown.height,
    )


def _too_wide(frame: pl.DataFrame, width: int) -> list[str]:
    needs = {name: _need(frame[name]) for name in frame.columns}
    hidden: list[str] = []
    for name in (n for n in _LAST if n in needs):
        if sum(needs.values()) + 2 * len(needs) <= width:
            break
        hidden.append(name)
        del needs[name]
    return hidden


def _need(column: pl.Series) -> int:
    """Return the least width of a column: its longest word, or all of it where it must not be broken."""
    heading = max(len(word) for word in column.name.split("_"))
    cells = _widest(column)
    return max(heading, cells if cells <= SHORT else LONG)


def _widest(column: pl.Series) -> int:
    return max((len(text(value)) for value in column.to_list()), default=0)


def text(value: object) -> str:
    """Write one cell: nothing for a missing value, thousands apart, no more digits than needed.

    Example:
        >>> text(12662.0), text(3.36851), text(None), text(True)
        ('12,662', '3.369', '', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() or abs(value) >= 1000 else f"{value:.4g}"
    return str(value)


def write_out(frame: pl.DataFrame, form: str) -> str:
    """Write a frame as CSV or JSON text.

    Raises:
        InputError: the format is unknown.
    """
    known_format(form)
    if form == "csv":
        return frame.write_csv()
    return json.dumps(frame.to_dicts(), default=str, ensure_ascii=False, indent=1) + "\n"
