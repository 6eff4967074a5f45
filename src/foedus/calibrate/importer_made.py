"""Tables that are made from a publisher's rows: aid by month from the tracker's activities, dispute dyads from participants."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path

import polars as pl

from foedus import atlas
from foedus.calibrate.readers import Sheet
from foedus.errors import InputError, did_you_mean

Made = tuple[pl.DataFrame, list[str]]

TYPES = ("military", "financial", "humanitarian")
MEASURES = ("allocation", "commitment")
EVERYBODY = "all"
BEFORE_FIRST = dt.date(2021, 12, 1)
"""The tracker numbers months from January 2022 on; 0 stands for an activity without a month."""

LAST_MONTH = 600
EURO = 1e9
SECOND = ["fatality", "hostlev", "orig"]


@cache
def donor_groups() -> dict[str, str]:
    """Group by donor's name in lower case: the atlas's names and the spellings that the tracker uses."""
    text = resources.files("foedus.calibrate").joinpath("aid_donors.csv").read_text(encoding="utf-8")
    known = atlas.table("aid").select("donor_name", "donor_group").unique().iter_rows()
    other = ((row["name"], row["group"]) for row in csv.DictReader(text.splitlines()))
    return {name.lower(): group for name, group in (*known, *other)}


def _word(frame: pl.DataFrame, name: str, allowed: tuple[str, ...], file: Path) -> pl.Series:
    """A column of words in lower case without blanks around them; another word is refused with its row."""
    words = frame[name].str.strip_chars().str.to_lowercase()
    bad = (~words.is_in(allowed)).fill_null(value=True).arg_true()
    if bad.len():
        row = int(bad[0])
        need = " or ".join(word.capitalize() for word in allowed)
        raise InputError(f"need {need}, got {frame[name][row]!r}", file=file, line=row + 2, field=name)
    return words


def aid_by_month(frame: pl.DataFrame, file: Path) -> Made:
    """Allocations by month, donor group and kind in billion euro, from the tracker's sheet of activities.

    Activities without a month are left out and named in a note; cancellations are negative and count.
    Errors: InputError with row and column for a donor, kind, measure or month that is not known.
    """
    kinds, measure = _word(frame, "aid_type_general", TYPES, file), _word(frame, "measure", MEASURES, file)
    names = frame["donor"].str.strip_chars().str.to_lowercase()
    groups = names.replace_strict(donor_groups(), default=None, return_dtype=pl.String)
    if groups.null_count():
        row = int(groups.is_null().arg_true()[0])
        hint = did_you_mean(str(names[row]), tuple(donor_groups()))
        raise InputError(f"unknown donor {frame['donor'][row]!r}{hint}", file=file, line=row + 2, field="donor")
    month = frame["month"].fill_null(0)
    bad = ((month < 0) | (month > LAST_MONTH) | (month % 1 != 0)).arg_true()
    if bad.len():
        row = int(bad[0])
        text = f"need months counted from January 2022 as 1, or 0, got {month[row]:g}"
        raise InputError(text, file=file, line=row + 2, field="month")
    rows = pl.DataFrame(
        {
            "donor_group": groups,
            "aid_type": kinds,
            "month": month,
            "value": frame["value_eur"].fill_null(0) / EURO,
        }
    ).filter(measure == MEASURES[0])
    undated = rows.filter(pl.col("month") == 0)
    dated = rows.filter(pl.col("month") > 0)
    if dated.is_empty():
        raise InputError("no allocation with a month", file=file, field="month")
    notes = [
        f"{undated.height} allocations without a month left out, {undated['value'].sum():.2f} billion euro"
    ]
    return _every_month(dated), notes if undated.height else []


def _every_month(rows: pl.DataFrame) -> pl.DataFrame:
    """Sums for every month, group and kind, with zeros, and with the sums over groups and kinds."""
    everybody = rows.with_columns(donor_group=pl.lit(EVERYBODY))
    rows = pl.concat([rows, everybody])
    rows = pl.concat([rows, rows.with_columns(aid_type=pl.lit("total"))])
    last = int(rows["month"].to_numpy().max())
    months = [dt.date(2022 + k // 12, k % 12 + 1, 1) for k in range(last)]
    grid = (
        pl.DataFrame({"month": [float(k + 1) for k in range(last)], "name": [f"{m:%Y-%m}" for m in months]})
        .join(pl.DataFrame({"donor_group": ["US", "Europe", "other", EVERYBODY]}), how="cross")
        .join(pl.DataFrame({"aid_type": ["total", *TYPES]}), how="cross")
    )
    keys = ["month", "donor_group", "aid_type"]
    sums = rows.group_by(keys).agg(pl.col("value").sum())
    made = grid.join(sums, on=keys, how="left", maintain_order="left")
    return made.select(
        pl.col("name").alias("month"), "donor_group", "aid_type",
        pl.col("value").fill_null(0.0).alias("allocations_eur_billion"),
    )  # fmt: skip


def dyads_from_participants(frame: pl.DataFrame, file: Path) -> Made:
    """Directed dispute dyad-years from rows of participants: states on opposite sides on one day of the year at least.

    A missing day counts as the first (entry) or the last (exit) of its month. ``disponset`` is 1 in the first year and in
    a year after a gap.
    """
    spells = frame.with_columns(
        first=pl.col("styear") * 10000 + pl.col("stmon") * 100 + pl.col("stday").replace(-9, 1),
        last=pl.col("endyear") * 10000 + pl.col("endmon") * 100 + pl.col("endday").replace(-9, 31),
    )
    if spells.filter(pl.col("last") < pl.col("first")).height:
        row = int((spells["last"] < spells["first"]).arg_true()[0])
        raise InputError("ends before it begins", file=file, line=row + 2, field="endyear")
    pairs = spells.join(spells, on="dispnum", suffix="_2").filter(
        (pl.col("ccode") != pl.col("ccode_2"))
        & (pl.col("sidea") != pl.col("sidea_2"))
        & (pl.max_horizontal("first", "first_2") <= pl.min_horizontal("last", "last_2"))
    )
    begin, end = pl.max_horizontal("styear", "styear_2"), pl.min_horizontal("endyear", "endyear_2")
    yearly = pairs.with_columns(
        year=pl.int_ranges(begin.cast(pl.Int64), end.cast(pl.Int64) + 1, dtype=pl.Int64)
    ).explode("year", empty_as_null=True)
    keys = ["dispnum", "ccode", "ccode_2", "year"]
    yearly = yearly.sort(*keys, "first").unique(keys, keep="first", maintain_order=True)
    gap = (pl.col("year") - pl.col("year").shift(1)).over(keys[:3]).fill_null(2) > 1
    both = [pl.col(f"{n}{old}").alias(f"{n}{k}") for n in ("sidea", *SECOND) for k, old in ((1, ""), (2, "_2"))]
    made = yearly.select(
        "dispnum", pl.col("ccode").alias("ccode1"), pl.col("ccode_2").alias("ccode2"), pl.col("year").cast(pl.Float64),
        gap.cast(pl.Float64).alias("disponset"), *both,
    )  # fmt: skip
    return made, ["made from participants: states that leave and come back within a year have one onset"]


def both_ways(frame: pl.DataFrame, file: Path) -> Made:
    """Rows of a dyadic file in both directions; those whose other direction stands in the file are left as they are."""
    del file
    swap = {c: (c[:-1] + {"1": "2", "2": "1"}[c[-1]] if c[-1] in "12" else c) for c in frame.columns}
    mirrored = frame.rename(swap).select(frame.columns)
    keys = ["dispnum", "ccode1", "ccode2", "year"]
    fresh = mirrored.join(frame, on=keys, how="anti")
    note = [f"{fresh.height} rows added for the other direction of a dyad"] if fresh.height else []
    return pl.concat([frame, fresh]), note


MADE: dict[tuple[str, str], Callable[[pl.DataFrame, Path], Made]] = {
    ("kiel_monthly", "tracker workbook, redistributed values"): aid_by_month,
    ("kiel_monthly", "tracker workbook, older release"): aid_by_month,
    ("cow_mid_dirdisps", "COW MIDB 5.0.csv"): dyads_from_participants,
    ("cow_mid_dirdisps", "COW dyadic_mid_4.03.csv"): both_ways,
}
"""What is done with the rows of a layout once its columns have been read."""

SHEETS = {"kiel_monthly": "bilateral assistance, main data"}
"""Sheets of a workbook from which a table is read; the first sheet where nothing stands here."""


def rows_of(sheets: dict[str, list[list[str]]], table: str, file: Path) -> Sheet:
    """The sheet of a workbook that holds a table, with its first row as the header.

    Errors: InputError that lists the sheets where the right one is missing.
    """
    wanted = SHEETS.get(table)
    named = [rows for name, rows in sheets.items() if wanted is not None and name.strip().lower() == wanted]
    if wanted is not None and not named and len(sheets) > 1:
        raise InputError(f"no sheet named {wanted!r}; sheets: {', '.join(sheets)}", file=file)
    first, *rows = (named or [r for r in sheets.values() if r] or [[[]]])[0] or [[]]
    names = [name.strip() or f"(column {k + 1})" for k, name in enumerate(first)]
    twice = next((n for n in names if names.count(n) > 1), None)
    if twice is not None:
        raise InputError(f"column {twice!r} stands twice in the header", file=file, line=1)
    full = [(at, [*r, *[""] * (len(names) - len(r))][: len(names)]) for at, r in enumerate(rows, 2) if any(r)]
    frame = pl.DataFrame([r for _, r in full], schema=dict.fromkeys(names, pl.String), orient="row")
    return Sheet(frame, [], [at for at, _ in full])
