"""Shares by country and year from publishers' sheets whose header holds years: SIPRI's and NATO's workbooks, or such a CSV.

SIPRI puts title, unit and marks above the header, names of regions between countries and notes below them. NATO's table 3
holds two blocks under each other, shares and their yearly change: the first counts.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from foedus.errors import InputError

Sheets = dict[str, list[list[str]]]

SHEETS = {"sipri_milex": "share of gdp", "nato_defexp": "table 3"}
MARKS = ("", ".", "..", ". .", "...", ". . .", "xxx", "xx", "-", "–", "n.a.", "n/a", "na", "*")
"""What publishers write for missing: SIPRI ``...`` and ``. .`` (not known), ``xxx`` (no such state); NATO ``..`` and ``-``."""

FEWEST_YEARS = 5
LARGEST_SHARE = 150.0
"""Percent of GDP. Kuwait spent more than its GDP in 1991; sums of money are far above."""

AS_FRACTIONS = 1.5
"""SIPRI's workbook holds shares as fractions: all values below this say so."""


def share_table(raw: pl.DataFrame | Sheets, table: str, file: Path) -> tuple[pl.DataFrame, list[str]]:
    """Country, year and percent of GDP, and what was noticed.

    Errors: InputError that names sheet, row and column.
    """
    sheets = raw if isinstance(raw, dict) else {file.name: [raw.columns, *map(list, raw.fill_null("").rows())]}
    name = _sheet_of(sheets, table, file)
    rows = sheets[name]
    start, years = _header(rows, file)
    _only_years(rows, start, years, file)
    found = _values(rows, start, years, file)
    if not found:
        raise InputError("no number under the years of the header", file=file, line=start + 1)
    top = max(found, key=lambda k: found[k])
    notes = [] if len(sheets) == 1 else [f"sheet {name!r}"]
    if table == "sipri_milex" and found[top] < AS_FRACTIONS:
        found = {k: 100 * v for k, v in found.items()}
    elif found[top] > LARGEST_SHARE:
        text = f"{found[top]:g} for {top[0]} cannot be a share of GDP in percent: this is another table"
        raise InputError(text, file=file, field=str(top[1]))
    keys = list(found)
    frame = pl.DataFrame(
        {
            "country": [k[0] for k in keys],
            "year": [float(k[1]) for k in keys],
            "pct_gdp": list(found.values()),
        },
        schema={"country": pl.String, "year": pl.Float64, "pct_gdp": pl.Float64},
    )
    return frame, notes


def _sheet_of(sheets: Sheets, table: str, file: Path) -> str:
    wanted = SHEETS[table]
    for name in sheets:
        words = name.lower().replace("_", " ").replace("table3", "table 3")
        if words.startswith(wanted) and not words[len(wanted) : len(wanted) + 1].isdigit():
            return name
    if len(sheets) == 1:
        return next(iter(sheets))
    raise InputError(f"no sheet named {wanted!r}; sheets: {', '.join(sheets)}", file=file)


def _year(cell: str) -> int | None:
    """The year that a cell of the header holds: ``2014``, ``2024e``, ``2014.0``."""
    text = cell.strip().removesuffix(".0").rstrip("eE* ")
    return int(text) if len(text) == 4 and text.isdigit() and 1900 < int(text) < 2100 else None


def _header(rows: list[list[str]], file: Path) -> tuple[int, dict[int, int]]:
    """Place of the header and the year of each of its cells."""
    for at, row in enumerate(rows):
        years = {k: year for k, cell in enumerate(row) if (year := _year(cell)) is not None}
        if len(years) < FEWEST_YEARS:
            continue
        twice = [y for y in years.values() if list(years.values()).count(y) > 1]
        if twice:
            raise InputError(f"the year {twice[0]} stands twice in the header", file=file, line=at + 1)
        return at, years
    raise InputError(f"no header row with at least {FEWEST_YEARS} years", file=file)


def _only_years(rows: list[list[str]], start: int, years: dict[int, int], file: Path) -> None:
    """Refuse a column of shares among, after or before the years whose head is no year: a year was renamed.

    Before the years stand names, marks and numbers of notes: only a column of decimal fractions is one of shares there.
    """
    for k, head in enumerate(rows[start]):
        if k in years or not head.strip():
            continue
        cells = [row[k].strip() for row in rows[start + 1 :] if k < len(row) and row[k].strip()]
        numbers = [
            cell for cell in cells if _is_number(cell) and (k > min(years) or "." in cell or "," in cell)
        ]
        if 2 * len(numbers) > len(cells):
            span = f"{min(years.values())} to {max(years.values())}"
            text = f"the column {head.strip()[:30]!r} holds numbers beside the years {span}: need a year at its head"
            raise InputError(text, file=file, line=start + 1, field=head.strip()[:30])


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().rstrip("%").replace(",", "."))
    except ValueError:
        return False
    return True


def _values(
    rows: list[list[str]], start: int, years: dict[int, int], file: Path
) -> dict[tuple[str, int], float]:
    """Values by country and year; the first block counts where a country stands twice."""
    out: dict[tuple[str, int], float] = {}
    seen: set[str] = set()
    for at, row in enumerate(rows[start + 1 :], start + 2):
        country = next((cell.strip() for cell in row[: min(years)] if cell.strip()), "")
        cells = {year: row[k].strip() for k, year in years.items() if k < len(row) and row[k].strip()}
        heading = sum(_year(cell) == year for year, cell in cells.items()) >= FEWEST_YEARS
        if not country or not cells or heading or country in seen:
            continue
        seen.add(country)
        for year, cell in cells.items():
            if cell.lower() in MARKS:
                continue
            try:
                out[country, year] = float(cell.rstrip("%").replace(",", "."))
            except ValueError:
                text = f"need a number, or a mark for missing like '...', for {country}, got {cell[:30]!r}"
                raise InputError(text, file=file, line=at, field=str(year)) from None
    return out
