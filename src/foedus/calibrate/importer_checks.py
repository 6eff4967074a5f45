"""What a file to import must hold beyond its columns: years and months that are there, words that are known, no year lost."""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path

import polars as pl

from foedus.errors import InputError

YEARS = (1500, 2200)
"""Years that a table may speak of: all others are slips."""

EVENTS = {
    "cow_mid_dirdisps": "year",
    "gml_mid_dirdisps": "year",
    "cow_mid_disps": "styear",
    "troopdata": "year",
}
"""Tables in which a year may have no row, and their column of years. A year that is held must not vanish all the same."""

SPANS = {
    "cow_states": ("styear", "endyear"), "cow_majors": ("styear", "endyear"), "cow_mid_disps": ("styear", "styear"),
    "cow_mid_participants": ("styear", "endyear"), "alliance_cases": ("war_start_year", "war_start_year"),
    "cow_contdir": ("stdate", "enddate"), "cow_capitals": ("stdate", "enddate"), "kiel_monthly": ("month", "month"),
}  # fmt: skip
"""First and last year of each row of the tables without a column ``year``."""

UNKNOWN = -9
GROUPS = ("US", "Europe", "other")
EVERYBODY = "all"
AID_TYPES = ("total", "military", "financial", "humanitarian")


def column_hint(name: str, names: list[str], used: set[str]) -> str:
    """What a missing column may be called now: the nearest of the columns that the layout has no use for, or all of them."""
    spare = [n for n in names if n and n.lower() not in used]
    close = difflib.get_close_matches(name.lower(), [n.lower() for n in spare], n=1, cutoff=0.6)
    if close:
        return f"; did you mean {next(n for n in spare if n.lower() == close[0])!r}?"
    shown = ", ".join(spare[:8]) + (" ..." if len(spare) > 8 else "")
    return f"; columns not used: {shown}" if spare else ""


def _as_year(column: pl.Series) -> pl.Series:
    if column.dtype == pl.Date:
        return column.dt.year().cast(pl.Float64)
    if column.dtype == pl.String:
        return column.str.slice(0, 4).cast(pl.Float64, strict=False)
    return column


def span(table: str, frame: pl.DataFrame, file: Path) -> tuple[int, int] | None:
    """First and last year that a table without a column ``year`` speaks of.

    Errors: InputError for a year that is none or is not there, and for a row that ends before it begins.
    """
    if table not in SPANS:
        return None
    first, last = SPANS[table]
    begin, end = _as_year(frame[first]), _as_year(frame[last])
    end = end.set((end == UNKNOWN).fill_null(value=False), None)
    for name, years, needed in ((first, begin, True), (last, end, False)):
        wrong = ((years % 1 != 0) | ~years.is_between(*YEARS)).fill_null(value=needed)
        if wrong.any():
            at = int(wrong.arg_true()[0])
            got = "nothing" if years[at] is None else f"{years[at]:g}"
            text = f"need a whole year from {YEARS[0]} to {YEARS[1]}, got {got}"
            raise InputError(text, file=file, line=at + 2, field=name)
    early = (end < begin).fill_null(value=False).arg_true()
    if early.len():
        raise InputError("ends before it begins", file=file, line=int(early[0]) + 2, field=last)
    return int(begin.to_numpy().min()), int(pl.concat([begin, end.drop_nulls()]).to_numpy().max())


def _listed(years: list[int]) -> str:
    return ", ".join(map(str, years[:5])) + (" ..." if len(years) > 5 else "")


def event_years(table: str, frame: pl.DataFrame, held: pl.DataFrame, file: Path) -> list[str]:
    """What to note of years without a row in a table of events.

    Errors: InputError where such a year has rows in what is held: the file lacks them.
    """
    name = EVENTS.get(table)
    if name is None:
        return []
    seen = {int(y) for y in frame[name].unique()}
    absent = sorted(set(range(min(seen), max(seen) + 1)) - seen)
    lost = sorted(set(absent) & {int(y) for y in held[name].drop_nulls().unique()})
    if lost:
        rows = held.filter(pl.col(name).is_in([float(y) for y in lost])).height
        text = f"no rows in the years {_listed(lost)}, for which {rows} rows are held"
        raise InputError(
            f"{text}: the file lacks a part, or remove the held table first", file=file, field=name
        )
    return [f"no rows in the years {_listed(absent)}"] if absent else []


def edition_notes(years: tuple[int, int] | None, held: tuple[int, int] | None) -> list[str]:
    """How a file's years compare with those that are held."""
    if years is None or held is None:
        return []
    notes = []
    if years[1] != held[1]:
        notes.append(f"{'newer' if years[1] > held[1] else 'older'} edition: to {years[1]}, held to {held[1]}")
    if years[0] > held[0]:
        notes.append(f"begins later: from {years[0]}, held from {held[0]}")
    return notes


def aid_months(frame: pl.DataFrame, file: Path) -> None:
    """Refuse a table of aid by month with an unknown word, a month that is none, or a month or donor group that is missing.

    Errors: InputError with row and column.
    """
    for name, allowed in (("donor_group", (*GROUPS, EVERYBODY)), ("aid_type", AID_TYPES)):
        bad = (~frame[name].is_in(allowed)).fill_null(value=True).arg_true()
        if bad.len():
            at = int(bad[0])
            text = f"need {', '.join(allowed[:-1])} or {allowed[-1]}, got {frame[name][at] or ''!r}"
            raise InputError(text, file=file, line=at + 2, field=name)
    month = (frame["month"].str.slice(0, 7) + "-01").str.to_date("%Y-%m-%d", strict=False)
    none = month.is_null().arg_true()
    if none.len():
        at = int(none[0])
        text = f"need a month as yyyy-mm, got {frame['month'][at] or ''!r}"
        raise InputError(text, file=file, line=at + 2, field="month")
    rows = frame.with_columns(month=month)
    for group in GROUPS:
        if rows.filter((pl.col("donor_group") == group) & (pl.col("aid_type") == "total")).is_empty():
            raise InputError(
                f"no rows for donor group {group!r} and aid type 'total'", file=file, field="donor_group"
            )
    for (group, kind), part in rows.group_by("donor_group", "aid_type", maintain_order=True):
        absent = _missing_month(part["month"].unique().sort().to_list())
        if absent is not None:
            text = f"month {absent:%Y-%m} of {group}, {kind} is missing"
            raise InputError(text, file=file, field="month")


def _missing_month(months: list[dt.date]) -> dt.date | None:
    """The first month between the first and the last that is not there."""
    at = months[0]
    for month in months:
        if month != at:
            return at
        at = dt.date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return None
