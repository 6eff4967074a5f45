"""``foedus data import``: check a publisher's file, compare it with what is held, and store it.

Nothing that is held changes unless every check has passed. What a table must look like stands in ``formats.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import polars as pl

from foedus.calibrate.importer_checks import (
    EVENTS,
    YEARS,
    aid_months,
    column_hint,
    edition_notes,
    event_years,
    span,
)
from foedus.calibrate.importer_made import MADE, rows_of
from foedus.calibrate.importer_sheets import share_table
from foedus.calibrate.readers import read_any
from foedus.calibrate.store import Store, sha256
from foedus.errors import InputError, did_you_mean

KEYS: dict[str, tuple[str, ...]] = {
    "cow_states": ("ccode", "styear"),
    "cow_ddy": ("ccode1", "ccode2", "year"),
    "cow_majors": ("ccode", "styear"),
    "cow_contdir": ("ccode1", "ccode2", "stdate", "conttype"),
    "cow_mid_disps": ("dispnum",),
    "cow_mid_dirdisps": ("dispnum", "ccode1", "ccode2", "year"),
    "cow_mid_participants": ("dispnum", "ccode", "styear", "sidea"),
    "gml_mid_dirdisps": ("dispnum", "ccode1", "ccode2", "year"),
    "cow_nmc": ("ccode", "year"),
    "atop_alliance": ("ccode1", "ccode2", "year"),
    "cow_capitals": ("ccode", "stdate"),
    "dyad_year": ("year", "ccode_a", "ccode_b"),
    "alliance_cases": ("case_id",),
    "troopdata": ("host", "year", "month", "host_name", "location", "report"),
    "kiel_monthly": ("month", "donor_group", "aid_type"),
    "sipri_milex": ("country", "year"),
    "sipri_long": ("iso3", "year"),
    "nato_defexp": ("country", "year"),
}
"""What makes a row of each table one of its kind; two rows with the same key are refused."""

MONTHS = {
    name: float(k + 1)
    for k, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
         "november", "december")
    )
}  # fmt: skip

AID_BY_MONTH = ("kiel_monthly", "tracker by month")

MISSING_WORDS = ("", "NA", "N/A", "NaN", "nan", "null", ".", "..", "...", "xxx", "-")


@dataclass(frozen=True)
class Column:
    """One row of ``formats.csv``."""

    table: str
    layout: str
    column: str
    stored: str
    type: str
    required: str
    meaning: str


@dataclass(frozen=True)
class ImportReport:
    """What was stored, and how it differs from what was held."""

    table: str
    layout: str
    file: str
    sha256: str
    rows: int
    years: tuple[int, int] | None
    held_rows: int
    added: int
    removed: int
    changed: int
    same_file: bool
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**vars(self), "years": list(self.years) if self.years else None, "notes": list(self.notes)}

    def summary(self) -> dict[str, Any]:
        """The row that the terminal shows."""
        return {
            "layout": self.layout, "rows": str(self.rows), "years": "" if self.years is None else "-".join(map(str, self.years)),
            "held before": str(self.held_rows), "added": str(self.added), "removed": str(self.removed),
            "changed": str(self.changed), "same file": "yes" if self.same_file else "no", "sha256": self.sha256[:12],
        }  # fmt: skip


@cache
def layouts() -> dict[str, dict[str, tuple[Column, ...]]]:
    """Columns by table and layout."""
    text = resources.files("foedus.calibrate").joinpath("formats.csv").read_text(encoding="utf-8")
    out: dict[str, dict[str, list[Column]]] = {}
    for row in csv.DictReader(text.splitlines()):
        column = Column(**row)
        out.setdefault(column.table, {}).setdefault(column.layout, []).append(column)
    return {table: {name: tuple(cols) for name, cols in by.items()} for table, by in out.items()}


def _choose(table: str, names: list[str], file: Path) -> tuple[str, tuple[Column, ...], dict[str, str]]:
    """The layout whose columns are all there (letter case aside), and the file's spelling of each."""
    lower = {n.lower(): n for n in names}
    best: tuple[int, str, list[str]] | None = None
    for layout, columns in layouts()[table].items():
        wanted = [c.column for c in columns if c.type not in ("keep", "wide")]
        absent = [w for w in wanted if w.lower() not in lower]
        if not absent:
            return layout, columns, {w: lower[w.lower()] for w in wanted}
        if best is None or len(absent) < best[0]:
            best = (len(absent), layout, absent)
    if best is None:
        raise InputError(f"no layout is known for table {table!r}", file=file)
    name = best[2][0]
    more = f" and {len(best[2]) - 1} more" if len(best[2]) > 1 else ""
    used = {c.column.lower() for c in layouts()[table][best[1]]}
    hint = column_hint(name, names, used)
    raise InputError(
        f"column {name!r} is missing{more} (layout {best[1]!r}){hint}", file=file, line=1, field=name
    )


def _number(frame: pl.DataFrame, name: str, file: Path) -> pl.Series:
    column = frame[name]
    if column.dtype.is_numeric() or column.dtype == pl.Boolean:
        given, number = column, column.cast(pl.Float64).fill_nan(None)
        bad = number.is_infinite().fill_null(value=False).arg_true()
    else:
        text = column.cast(pl.String).str.strip_chars()
        given = text.set(text.is_in(MISSING_WORDS).fill_null(value=False), None)
        number = given.cast(pl.Float64, strict=False)
        bad = (given.is_not_null() & ~number.is_finite().fill_null(value=False)).arg_true()
    if bad.len():
        row = int(bad[0])
        raise InputError(f"need a number, got {given[row]!r}", file=file, line=row + 2, field=name)
    return number


def _month(frame: pl.DataFrame, name: str, file: Path) -> pl.Series:
    number = _number(frame, name, file).cast(pl.Int64)
    month = number % 100
    bad = ((month < 1) | (month > 12)).fill_null(value=True).arg_true()
    if bad.len():
        row = int(bad[0])
        text = f"need a month as yyyymm, got {frame[name][row] or ''!r}"
        raise InputError(text, file=file, line=row + 2, field=name)
    return pl.select(pl.date(pl.lit(number // 100), pl.lit(month), 1)).to_series()


def _month_name(frame: pl.DataFrame, name: str, file: Path) -> pl.Series:
    """Months as numbers, from English names or numbers."""
    text = frame[name].cast(pl.String).str.strip_chars().str.to_lowercase()
    number = text.replace_strict(MONTHS, default=None, return_dtype=pl.Float64).fill_null(
        text.cast(pl.Float64, strict=False)
    )
    bad = (~number.is_between(1, 12)).fill_null(value=True).arg_true()
    if bad.len():
        row = int(bad[0])
        raise InputError(f"need a month, got {frame[name][row]!r}", file=file, line=row + 2, field=name)
    return number


def _date(frame: pl.DataFrame, name: str, file: Path) -> pl.Series:
    if frame[name].dtype == pl.Date:
        return frame[name]
    text = frame[name].cast(pl.String).str.slice(0, 10)
    date = text.str.to_date("%Y-%m-%d", strict=False)
    bad = date.is_null().arg_true()
    if bad.len():
        row = int(bad[0])
        raise InputError(f"need a date as yyyy-mm-dd, got {text[row]!r}", file=file, line=row + 2, field=name)
    return date


def _convert(
    frame: pl.DataFrame, columns: tuple[Column, ...], spelling: dict[str, str], file: Path
) -> pl.DataFrame:
    out: list[pl.Series] = []
    for c in columns:
        if c.type == "keep":
            out += [frame[n] for n in frame.columns if n not in spelling.values()]
            continue
        name = spelling[c.column]
        if c.type == "text":
            values = frame[name].cast(pl.String)
        elif c.type in ("number", "missing9"):
            values = _number(frame, name, file)
            values = values.set(values == -9, None) if c.type == "missing9" else values
        else:
            values = {"month": _month, "monthname": _month_name, "date": _date}[c.type](frame, name, file)
        out.append(values.rename(c.stored))
    return pl.DataFrame(out)


def _check(table: str, frame: pl.DataFrame, file: Path) -> tuple[int, int] | None:
    """Keys present and unique, and no year missing inside the span; the span is returned."""
    if frame.is_empty():
        raise InputError("the file holds no rows of this table", file=file)
    keys = list(KEYS[table])
    for key in keys:
        empty = frame[key].is_null().arg_true()
        if empty.len():
            raise InputError("the key is empty", file=file, line=int(empty[0]) + 2, field=key)
    double = frame.select(keys).is_duplicated().arg_true()
    if double.len():
        row = frame.select(keys).row(int(double[0]), named=True)
        text = ", ".join(f"{k} {v:g}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items())
        raise InputError(f"two rows for {text}", file=file, line=int(double[0]) + 2, field=keys[0])
    if "year" not in frame.columns:
        return span(table, frame, file)
    odd = ((frame["year"] % 1 != 0) | ~frame["year"].is_between(*YEARS)).arg_true()
    if odd.len():
        at = int(odd[0])
        need = f"need a whole year from {YEARS[0]} to {YEARS[1]}, got {frame['year'][at]:g}"
        raise InputError(need, file=file, line=at + 2, field="year")
    if table in EVENTS:
        return int(frame["year"].to_numpy().min()), int(frame["year"].to_numpy().max())
    years = frame["year"].cast(pl.Int64).unique().sort().to_list()
    absent = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    if absent:
        shown = ", ".join(map(str, absent[:5])) + (" ..." if len(absent) > 5 else "")
        raise InputError(f"years missing between {years[0]} and {years[-1]}: {shown}", file=file, field="year")
    return years[0], years[-1]


def _difference(table: str, new: pl.DataFrame, held: pl.DataFrame) -> tuple[int, int, int]:
    """Rows added, removed and changed, by key."""
    keys = list(KEYS[table])
    if any(k not in held.columns or held[k].dtype != new[k].dtype for k in keys):
        return new.height, held.height, 0
    added = new.join(held, on=keys, how="anti").height
    removed = held.join(new, on=keys, how="anti").height
    shared = [c for c in new.columns if c in held.columns and c not in keys]
    both = new.join(held, on=keys, how="inner", suffix="_held")
    same = [pl.col(c).cast(pl.String).eq_missing(pl.col(f"{c}_held").cast(pl.String)) for c in shared]
    changed = both.filter(~pl.all_horizontal(same)).height if same else 0
    return added, removed, changed


def check_file(table: str, file: Path) -> tuple[pl.DataFrame, str, list[str]]:
    """The file's rows in our layout, the layout found, and notes; nothing is stored.

    Errors: InputError with file, line and field.
    """
    found = _read(table, file)
    return found.frame, found.layout, found.notes


@dataclass(frozen=True)
class _Found:
    """A file's rows in our layout; ``lines`` says where each stands, or is empty for rows that were made from others."""

    frame: pl.DataFrame
    layout: str
    notes: list[str]
    lines: list[int]


def _read(table: str, file: Path) -> _Found:
    if table not in layouts():
        raise InputError(f"unknown table {table!r}{did_you_mean(table, tuple(layouts()))}", field="NAME")
    raw = read_any(file)
    lines = [] if isinstance(raw, dict) else raw.lines
    if any(c.type == "wide" for cols in layouts()[table].values() for c in cols):
        with _true_lines(lines):
            frame, more = share_table(raw if isinstance(raw, dict) else raw.frame, table, file)
        notes = [] if isinstance(raw, dict) else raw.notes
        return _Found(frame, next(iter(layouts()[table])), [*notes, *more], [])
    sheet = rows_of(raw, table, file) if isinstance(raw, dict) else raw
    layout, columns, spelling = _choose(table, sheet.frame.columns, file)
    notes = [*sheet.notes, *_unused(sheet.frame.columns, columns, spelling)]
    with _true_lines(sheet.lines):
        frame = _convert(sheet.frame, columns, spelling, file)
        if (table, layout) == AID_BY_MONTH:
            aid_months(frame, file)
        if (table, layout) not in MADE:
            return _Found(frame, layout, notes, sheet.lines)
        frame, more = MADE[table, layout](frame, file)
    return _Found(frame, layout, [*notes, *more], [])


def _unused(names: list[str], columns: tuple[Column, ...], spelling: dict[str, str]) -> list[str]:
    extra = [n for n in names if n and n not in spelling.values()]
    if not extra or any(c.type == "keep" for c in columns):
        return []
    return [f"columns not used: {', '.join(extra[:8])}{' ...' if len(extra) > 8 else ''}"]


@contextmanager
def _true_lines(lines: list[int]) -> Iterator[None]:
    """Name the line of the file in place of the row's number: empty lines and cells of several lines move rows."""
    try:
        yield
    except InputError as error:
        if error.line is None or not 0 <= error.line - 2 < len(lines):
            raise
        line = lines[error.line - 2]
        raise InputError(error.message, file=error.file, line=line, field=error.field) from error


def _examine(table: str, file: Path, store: Store) -> tuple[pl.DataFrame, ImportReport]:
    found = _read(table, file)
    frame, layout, notes = found.frame, found.layout, found.notes
    held = store.read(table) if store.has(table) else frame.clear()
    with _true_lines(found.lines):
        years = _check(table, frame, file)
        notes += event_years(table, frame, held, file)
    digest = sha256(file)
    added, removed, changed = _difference(table, frame, held)
    notes += edition_notes(years, _held_years(table, held, store))
    same = store.manifest().get(table, {}).get("sha256") == digest
    return frame, ImportReport(
        table,
        layout,
        str(file),
        digest,
        frame.height,
        years,
        held.height,
        added,
        removed,
        changed,
        same,
        tuple(notes),
    )


def _held_years(table: str, held: pl.DataFrame, store: Store) -> tuple[int, int] | None:
    """First and last year of what is held."""
    if held.is_empty():
        return None
    if "year" in held.columns:
        return int(held["year"].to_numpy().min()), int(held["year"].to_numpy().max())
    return span(table, held, store.path(table))


def check_table(table: str, file: Path, store: Store) -> ImportReport:
    """What an import would do; nothing is stored."""
    return _examine(table, file, store)[1]


def import_file(table: str, file: Path, store: Store) -> ImportReport:
    """Check, compare and store. What is held stays as it is on any error."""
    frame, report = _examine(table, file, store)
    years = list(report.years) if report.years else None
    entry = {
        "file": file.name,
        "sha256": report.sha256,
        "layout": report.layout,
        "rows": frame.height,
        "years": years,
    }
    store.write(table, frame, entry)
    return report
