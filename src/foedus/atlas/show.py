"""Lay a frame out for reading: what is the same in all rows goes on top, empty columns go."""

from __future__ import annotations

import json
from dataclasses import dataclass

import polars as pl

from foedus.errors import InputError, did_you_mean

FORMATS = ("table", "csv", "json")
_ASIDE = ("note", "source_status", "query")


@dataclass(frozen=True)
class Layout:
    """A frame cut down to what a reader needs."""

    same: tuple[tuple[str, str], ...]
    """Columns that hold one value in all rows, with that value."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    left_out: int
    """Rows beyond the limit."""


def layout(frame: pl.DataFrame, limit: int = 200) -> Layout:
    """Lay a frame out as text cells.

    Inputs:
        frame: any frame.
        limit: most rows to show.
    """
    frame = frame.select(c for c in frame.columns if frame[c].null_count() < frame.height)
    same: list[str] = []
    if frame.height > 1:
        frame = frame.drop([c for c in _ASIDE if c in frame.columns])
        same = [c for c in frame.columns if frame[c].n_unique() == 1]
        same = same if len(same) < frame.width else []
    shown = frame.drop(same).head(limit)
    return Layout(
        same=tuple((c, text(frame[c][0])) for c in same),
        columns=tuple(shown.columns),
        rows=tuple(tuple(text(v) for v in row) for row in shown.iter_rows()),
        numeric=tuple(dtype.is_numeric() for dtype in shown.dtypes),
        left_out=frame.height - shown.height,
    )


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
    if form == "csv":
        return frame.write_csv()
    if form == "json":
        return json.dumps(frame.to_dicts(), default=str, ensure_ascii=False, indent=1) + "\n"
    raise InputError(f"there is no format {form!r}{did_you_mean(form, FORMATS)}", field="--format")
