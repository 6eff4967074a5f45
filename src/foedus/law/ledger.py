"""The ledger of notified arms sales: by buyer, year, kind of notice; what was pending; the emergency share.

`notice` and `news` rows have values; `index` rows are case numbers only. A news row may be the same case as an
index row, so the two are never added up, and the counts stand apart.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Any

import polars as pl

from foedus import atlas
from foedus.errors import InputError
from foedus.law import parties, rules
from foedus.law.clocks import parse_date

SYSTEMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("combat aircraft", ("f-35", "f-16", "f-15", "f/a-18", "aircraft upgrade")),
    ("helicopters", ("ah-64", "apache", "helicopter", "uh-60", "ch-47", "mh-60", "black hawk", "chinook")),
    (
        "air and missile defence",
        ("patriot", "ibcs", "nasams", "hawk", "standard missile", "thaad", "pac-3", "ciws"),
    ),
    ("rocket and tube artillery", ("himars", "gmlrs", "mlrs", "howitzer", "155mm", "mortar", "artillery")),
    (
        "air-launched weapons",
        ("amraam", "sidewinder", "jdam", "gbu", "bomb", "jassm", "small diameter", "aargm", "apkws"),
    ),
    (
        "armour and vehicles",
        ("abrams", "m1a", "tank", "bradley", "stryker", "vehicle", "bulldozer", "jltv", "namer"),
    ),
    ("anti-armour and shoulder-fired", ("javelin", "tow", "stinger", "hellfire")),
    ("naval", ("destroyer", "frigate", "torpedo", "harpoon", "ship", "naval", "mk 54", "aegis")),
    (
        "surveillance and command",
        ("radar", "c4", "e-7", "p-8", "mq-9", "link", "awacs", "surveillance", "radio"),
    ),
    ("support and training", ("sustainment", "support", "training", "maintenance", "spare", "logistics")),
)
"""Words by which a summary is put under a system; the first that fits counts."""


@dataclass(frozen=True)
class Ledger:
    """A selection of the ledger with its totals. Money is in US dollars of the day, notified ceilings."""

    buyer: str | None
    year: int | None
    valued: pl.DataFrame
    index_cases: int
    emergency_usd: float
    emergency_share: float | None
    total_usd: float

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        rows = self.valued.with_columns(pl.col("date_notified").cast(pl.String)).to_dicts()
        return {
            "buyer": self.buyer,
            "year": self.year,
            "unit": "USD, notified ceilings in current dollars",
            "valued_rows": rows,
            "notice_rows": _count(self.valued, "notice"),
            "news_rows": _count(self.valued, "news"),
            "index_rows": self.index_cases,
            "total_usd": self.total_usd,
            "emergency_usd": self.emergency_usd,
            "emergency_share": self.emergency_share,
            "by_year": by(self.valued, "year").to_dicts(),
            "by_buyer": by(self.valued, "buyer").to_dicts(),
            "by_system": by(self.valued, "system").to_dicts(),
            "note": "notice and news rows carry values; index rows are case numbers that may repeat a news row",
        }


def ledger(
    buyer: str | None = None, year: int | None = None, *, as_of: dt.date | str | None = None, nato: bool = False
) -> Ledger:
    """Return the ledger, or the part of one buyer or year.

    Inputs:
        buyer: ISO code or name.
        year: of the notice; for index rows the year of the case number.
        as_of: only what was publicly known by then.
        nato: only buyers that were members on the day of the notice (without a day, all through its year).

    Raises:
        InputError: unknown buyer, or a year without any row.
    """
    code = None if buyer is None else parties.resolve(buyer, "buyer")
    frame = _prepared(None if as_of is None else str(as_of))
    _check_year(frame, year)
    if code is not None:
        frame = frame.filter(pl.col("buyer") == code)
    if year is not None:
        frame = frame.filter(pl.col("year") == year)
    if nato:
        frame = frame.filter(pl.col("member_then"))
    valued = frame.filter(pl.col("record_type") != "index").sort("date_notified", "sale", nulls_last=True)
    total = float(valued["value_usd"].sum())
    emergency = float(valued.filter(pl.col("emergency") == "true")["value_usd"].sum())
    return Ledger(
        buyer=code,
        year=year,
        valued=valued.select(
            "date_notified",
            "buyer",
            "name",
            "system",
            "item_summary",
            "value_usd",
            "emergency",
            "record_type",
            "year",
        ),
        index_cases=frame.filter(pl.col("record_type") == "index").height,
        emergency_usd=emergency,
        emergency_share=emergency / total if total else None,
        total_usd=total,
    )


def by(valued: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return count and value of valued rows by a column, in descending order of value."""
    return (
        valued.group_by(column)
        .agg(
            pl.len().alias("rows"),
            pl.col("value_usd").sum(),
            (pl.col("emergency") == "true").sum().alias("emergencies"),
        )
        .sort(["value_usd", column], descending=[True, False])
    )


def pending(date: dt.date | str) -> pl.DataFrame:
    """Return the notified sales whose review was running on a day (emergencies and undated rows left out)."""
    day = parse_date(date)
    frame = _prepared(None).filter((pl.col("record_type") != "index") & pl.col("date_notified").is_not_null())
    frame = frame.filter((pl.col("emergency") != "true") & (pl.col("date_notified") <= day))
    rows = []
    for row in frame.to_dicts():
        group = parties.buyer_class(row["buyer"], row["date_notified"])
        length = int(rules.on(f"aeca.review.{group}", row["date_notified"]).number)
        ends = row["date_notified"] + dt.timedelta(length)
        if ends > day:
            picked = {key: row[key] for key in ("date_notified", "buyer", "item_summary", "value_usd")}
            rows.append({**picked, "review_ends": ends})
    schema = {"date_notified": pl.Date, "buyer": pl.String, "item_summary": pl.String, "value_usd": pl.Float64}
    return pl.DataFrame(rows, schema={**schema, "review_ends": pl.Date})


def account() -> pl.DataFrame:
    """Return notified purchases of NATO buyers by buyer and year: the account that hedging uses.

    Columns: buyer, year, value_usd (notice and news rows), rows. A buyer counts from its accession on.
    """
    frame = ledger(nato=True).valued
    return (
        frame.group_by("buyer", "year")
        .agg(pl.col("value_usd").sum(), pl.len().alias("rows"))
        .sort("buyer", "year")
    )


def _check_year(frame: pl.DataFrame, year: int | None) -> None:
    known = sorted(frame["year"].drop_nulls().unique().to_list())
    if year is not None and year not in known:
        raise InputError(f"no notice of {year}; the ledger holds {known[0]} to {known[-1]}", field="year")


@functools.lru_cache(maxsize=8)
def _prepared(as_of: str | None) -> pl.DataFrame:
    frame = atlas.table("arms_sales", as_of=as_of)
    month_only = pl.col("date_basis").str.extract(r"(\d{4})-\d{2}").cast(pl.Int64, strict=False)
    year = pl.coalesce(pl.col("date_notified").dt.year().cast(pl.Int64), month_only, pl.col("transmittal_year"))
    frame = frame.with_columns(year.alias("year"))
    member = [_member_then(*row) for row in frame.select("buyer", "date_notified", "year").iter_rows()]
    names = [parties.name(code) for code in frame["buyer"].to_list()]
    systems = [_system(text) for text in frame["item_summary"].to_list()]
    return frame.with_columns(
        pl.Series("member_then", member),
        pl.Series("name", names),
        pl.Series("system", systems),
    )


def _member_then(buyer: str, date: dt.date | None, year: int | None) -> bool:
    """Whether the buyer was a member on the day of the notice; without a day, all through its year."""
    if date is None and year is None:
        return False
    return parties.is_member(buyer, date or dt.date(int(year or 1), 1, 1))


def _system(summary: str | None) -> str:
    text = (summary or "").lower()
    for system, words in SYSTEMS:
        if any(word in text for word in words):
            return system
    return "other"


def _count(frame: pl.DataFrame, kind: str) -> int:
    return frame.filter(pl.col("record_type") == kind).height
