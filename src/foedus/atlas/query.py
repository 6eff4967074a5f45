"""The tables as frames, as they were known on a date."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
from pathlib import Path

import polars as pl

from foedus.atlas.dates import parse_as_of
from foedus.atlas.load import read_table
from foedus.atlas.schemas import SCHEMA_DIR, Schema, schema, tables
from foedus.errors import InputError, did_you_mean

TABLE_DIR = Path(__file__).parent / "tables"
FIRST_DAY = dt.date(1949, 4, 4)
"""Signing of the North Atlantic Treaty; nothing in the atlas is older (a test holds ``oldest_date`` to it)."""


def table(
    name: str,
    *,
    as_of: dt.date | str | None = None,
    member: str | None = None,
    year: int | None = None,
    all_editions: bool = False,
) -> pl.DataFrame:
    """Return a table as it was known on a date.

    Inputs:
        name: one of ``tables()``.
        as_of: a day, month or year; rows that became known later are left out. None means all that is known.
        member: ISO 3166-1 alpha-3 code; keeps the rows of one state.
        year: keeps the rows of one year of observation.
        all_editions: keep every edition known by then, not only the newest one of each quantity.

    Returns:
        One row per key of the schema (per key and edition with ``all_editions``). Empty cells are null.

    Example:
        >>> table("spending", member="EST", year=2024)["pct_gdp"].round(2).to_list()
        [3.37]

    Raises:
        InputError: unknown table, member or date; a table without members or years was asked for one.
    """
    definition = schema(name)
    frame = _frame(name)
    if definition.has_editions:
        frame = _known(frame, definition, parse_as_of(as_of), all_editions)
    if member is not None:
        frame = frame.filter(_is_about(member, definition))
    if year is not None:
        frame = frame.filter(_year_of(definition) == year)
    return frame


def citation(source: str) -> str:
    """Return the full citation of a source identifier.

    Raises:
        InputError: there is no such source.
    """
    known = _citations()
    if source not in known:
        raise InputError(f"there is no source {source!r}{did_you_mean(source, list(known))}")
    return known[source]


def members() -> tuple[str, ...]:
    """Codes of all states of the atlas: the 32 allies, the adversary, the partner and Belarus."""
    return tuple(sorted(_member_names()))


def oldest_date() -> dt.date:
    """Return the first day on which anything in the atlas was known."""
    return _date_range()[0]


def newest_date() -> dt.date:
    """Return the day on which the newest row of the atlas became known."""
    return _date_range()[1]


@functools.cache
def data_hashes() -> dict[str, str]:
    """Return the SHA-256 of each table together with its schema, by table name."""
    return {
        name: hashlib.sha256(
            (SCHEMA_DIR / f"{name}.csv").read_bytes() + (TABLE_DIR / f"{name}.csv").read_bytes()
        ).hexdigest()
        for name in tables()
    }


@functools.cache
def _frame(name: str) -> pl.DataFrame:
    definition = schema(name)
    needs_members = name != "members" and any(a.type == "member" for a in definition.attributes)
    needs_sources = any(a.type == "source" for a in definition.attributes)
    return read_table(
        TABLE_DIR / f"{name}.csv",
        definition,
        members=frozenset(_member_names()) if needs_members else None,
        sources=frozenset(_citations()) if needs_sources else None,
    )


def _known(frame: pl.DataFrame, definition: Schema, date: dt.date | None, all_editions: bool) -> pl.DataFrame:
    if date is not None:
        if date < FIRST_DAY:
            raise InputError(f"the atlas begins on {FIRST_DAY}; {date} lies before it", field="as_of")
        frame = frame.filter(pl.col("as_of") <= date)
    if all_editions or not definition.key:
        return frame
    return frame.filter(pl.col("as_of") == pl.col("as_of").max().over(list(definition.key)))


def _is_about(member: str, definition: Schema) -> pl.Expr:
    """Keep the rows about one state; an empty cell, where it is allowed, means all states."""
    for attribute in definition.attributes:
        if attribute.type in ("member", "country", "places"):
            break
    else:
        raise InputError(f"table {definition.name!r} has no column of states", field="member")
    code = _code_of(member, _frame(definition.name)[attribute.name])
    column = pl.col(attribute.name)
    if attribute.type == "places":
        return column.str.contains(rf"(^|[^A-Z]){code}([^A-Z]|$)")
    return column == code if attribute.required else (column == code) | column.is_null()


def _code_of(member: str, column: pl.Series) -> str:
    """Return the code for a code or a name of a state.

    Raises:
        InputError: neither the atlas nor the column knows it.
    """
    code = member.strip().upper()
    names = _member_names()
    by_name = {name.upper(): key for key, name in names.items()}
    if code in names or code in by_name:
        return by_name.get(code, code)
    if re.fullmatch(r"[A-Z]{3}", code) and column.str.contains(rf"(^|[^A-Z]){code}([^A-Z]|$)").any():
        return code
    raise InputError(
        f"{code!r} is no state of the atlas{did_you_mean(code, [*names, *by_name])}", field="member"
    )


def _year_of(definition: Schema) -> pl.Expr:
    if "year" in definition.columns:
        return pl.col("year")
    for attribute in definition.attributes:
        if attribute.type == "date" and attribute.name != "as_of":
            return pl.col(attribute.name).dt.year()
    raise InputError(f"table {definition.name!r} has no column of years", field="year")


@functools.cache
def _member_names() -> dict[str, str]:
    frame = read_table(TABLE_DIR / "members.csv", schema("members"))
    return dict(zip(frame["member"].to_list(), frame["name"].to_list(), strict=True))


@functools.cache
def _citations() -> dict[str, str]:
    frame = read_table(TABLE_DIR / "sources.csv", schema("sources"))
    return dict(zip(frame["id"].to_list(), frame["citation"].to_list(), strict=True))


@functools.cache
def _date_range() -> tuple[dt.date, dt.date]:
    ends = [_frame(name)["as_of"] for name in tables() if schema(name).has_editions]
    return min(s.min() for s in ends), max(s.max() for s in ends)  # type: ignore[type-var, return-value]
