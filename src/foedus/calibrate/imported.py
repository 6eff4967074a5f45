"""Imported publishers' tables in the place of the shipped record, and what the result says about it.

Rows of a publisher's file carry no day from which they were known. They therefore serve as outcomes and in rolling
origins (the newest figures, cut at the origin), and never in a forecast ``--as-of`` a day, which keeps to the atlas.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from typing import Any

import polars as pl

from foedus import atlas
from foedus.calibrate.importer_checks import aid_months
from foedus.calibrate.store import Store
from foedus.errors import InputError

SEPTEMBER = 9
GROUPS = ("US", "Europe", "other")


@cache
def _codes() -> dict[str, str]:
    """ISO codes by name in lower case: the atlas's names and the spellings that publishers use."""
    rows = atlas.table("members").select("name", "member").iter_rows()
    text = resources.files("foedus.calibrate").joinpath("country_names.csv").read_text(encoding="utf-8")
    other = ((row["name"], row["member"]) for row in csv.DictReader(text.splitlines()))
    return {name.lower(): code for name, code in (*rows, *other)}


def code_of(name: str) -> str | None:
    """The member's code for a publisher's spelling, footnote marks aside; None for sums and other states."""
    plain = re.sub(r"[*\d()]+$", "", name.strip()).strip()
    return _codes().get(plain.lower())


def provenance(store: Store | None, table: str) -> dict[str, Any] | None:
    """What the manifest says of an imported table: file, checksum and years; None where it is not held."""
    if store is None or not store.has(table):
        return None
    entry = store.manifest().get(table, {})
    return {"table": table, **{key: entry.get(key) for key in ("file", "sha256", "years", "rows")}}


def note_of(found: dict[str, Any] | None) -> tuple[str, ...]:
    """The sentence under a result that used an imported table."""
    if found is None:
        return ()
    years = found["years"]
    span = f" ({years[0]} to {years[1]})" if years else ""
    digest = str(found["sha256"] or "")[:12]
    return (
        f"Outcomes come from the imported table {found['table']}{span}, file {found['file']}, sha256 {digest}.",
    )


def shares_with_import(shipped: pl.DataFrame, store: Store | None) -> tuple[pl.DataFrame, str | None]:
    """Shares (member, year, pct_gdp): shipped, with the cells of an imported NATO table in their place; its label.

    Errors: InputError where the imported table names no member.
    """
    frame = shipped.select("member", pl.col("year").cast(pl.Int64), "pct_gdp")
    found = provenance(store, "nato_defexp")
    if store is None or found is None:
        return frame, None
    rows = store.read("nato_defexp")
    codes = [code_of(str(name)) for name in rows["country"]]
    new = rows.select(
        pl.Series("member", codes, dtype=pl.String), pl.col("year").cast(pl.Int64), "pct_gdp"
    ).drop_nulls()
    if new.is_empty():
        raise InputError("no country of the imported table is a member", file=store.path("nato_defexp"))
    kept = frame.join(new, on=["member", "year"], how="anti")
    return pl.concat([kept, new]).sort("member", "year"), f"imported {found['file']}"


def september_with_import(shipped: pl.DataFrame, store: Store | None) -> pl.DataFrame:
    """Active-duty persons at the end of September (host, year, active_duty_persons), imported cells first.

    Parts of a host that a report lists apart are added up.
    """
    frame = shipped.select(
        "host", pl.col("year").cast(pl.Int64), pl.col("active_duty_persons").cast(pl.Float64)
    )
    if store is None or not store.has("troopdata"):
        return frame
    rows = store.read("troopdata").filter((pl.col("month") == SEPTEMBER) & (pl.col("active_duty_persons") > 0))
    allies = atlas.table("members").filter(pl.col("nato_member"))["member"].unique().to_list()
    new = (
        rows.filter(pl.col("host").is_in(allies))
        .group_by("host", pl.col("year").cast(pl.Int64), maintain_order=True)
        .agg(pl.col("active_duty_persons").cast(pl.Float64).sum())
    )
    if new.is_empty():
        raise InputError("no September report on an ally in the imported table", file=store.path("troopdata"))
    kept = frame.join(new, on=["host", "year"], how="anti")
    return pl.concat([kept, new]).sort("host", "year")


def aid_with_import(shipped: pl.DataFrame, store: Store | None) -> pl.DataFrame:
    """Allocations (month, donor_group, aid_type, allocations_eur_billion): an imported release replaces the shipped one.

    Errors: InputError where a donor group or a month is missing.
    """
    columns = ("month", "donor_group", "aid_type", "allocations_eur_billion")
    if store is None or not store.has("kiel_monthly"):
        return shipped.select(columns)
    held = store.read("kiel_monthly")
    aid_months(held, store.path("kiel_monthly"))
    month = (pl.col("month").str.slice(0, 7) + "-01").str.to_date("%Y-%m-%d")
    return held.with_columns(month=month).select(columns)
