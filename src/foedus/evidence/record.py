"""The atlas's figures that claims are set beside, looked up once and kept as plain numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from foedus import atlas
from foedus.evidence import tables

WHOLE_EDITION = 25
"""Members that an edition must cover to be counted over."""


@dataclass(frozen=True)
class Figure:
    """One recorded figure with where it comes from."""

    value: float
    unit: str
    table: str
    edition: str | None
    as_of: str
    source: str
    label: str

    @property
    def citation(self) -> tuple[str, str | None, str, str]:
        """Table, edition, as-of date and source."""
        return self.table, self.edition, self.as_of, self.source


@lru_cache(maxsize=1)
def rules() -> dict[str, float]:
    """Tolerances, bounds and windows of claim checking, by name."""
    return {row["name"]: float(row["value"]) for row in tables.rows("claim_rules.csv")}


def _figure(row: dict[str, object], value: object, unit: str, table: str, label: str) -> Figure:
    edition = row.get("edition")
    return Figure(
        float(str(value)),
        unit,
        table,
        str(edition) if edition else None,
        str(row.get("as_of")),
        str(row.get("source")),
        label,
    )


@lru_cache(maxsize=32)
def newest_table(name: str) -> pl.DataFrame:
    """A table of the atlas in its newest edition, asked for once."""
    return atlas.table(name)


@lru_cache(maxsize=1)
def _forces() -> pl.DataFrame:
    return atlas.table("us_forces").filter(pl.col("active_duty_persons").is_not_null()).sort("observed")


@lru_cache(maxsize=256)
def us_forces(host: str, date: str | None) -> Figure | None:
    """Active-duty persons of the patron in a host (or XEU, all European allies) at the last count before a date."""
    rows = _forces().filter(pl.col("host") == host)
    if date:
        rows = rows.filter(pl.col("observed") <= dt.date.fromisoformat(date[:10]))
    if rows.is_empty():
        return None
    row = rows.tail(1).to_dicts()[0]
    return _figure(
        row,
        row["active_duty_persons"],
        "person",
        "us_forces",
        f"active-duty persons in {row['host_name']}, {row['observed']}",
    )


@lru_cache(maxsize=256)
def us_posture(host: str, date: str | None) -> tuple[Figure, ...]:
    """Levels of the patron's forces with rotating units, low and high, reported in the years before a date."""
    area = "Europe" if host == "XEU" else host
    rows = newest_table("us_posture").filter(
        (pl.col("area") == area) & (pl.col("event_type") == "level") & (pl.col("unit") == "persons")
    )
    return _posture_figures(rows, date)


def _posture_figures(rows: pl.DataFrame, date: str | None) -> tuple[Figure, ...]:
    """Low, central and high figures of rows of the posture table in the years before a date."""
    if date:
        day = dt.date.fromisoformat(date[:10])
        window = dt.timedelta(days=int(rules()["posture_days"]))
        rows = rows.filter(pl.col("date").is_between(day - window, day))
    return tuple(
        _figure(row, row[end], "person", "us_posture", f"{row['description']} ({row['date']})")
        for row in rows.sort("date").to_dicts()
        for end in ("low", "central", "high")
        if row[end] is not None
    )


@lru_cache(maxsize=64)
def rotates(host: str, year: int) -> bool:
    """Whether units that the count leaves out may rotate through a host: since the build-up began, and where the record names some, the host borders the war, or is no ally's."""
    posture = atlas.table("us_posture")
    began = posture.filter(pl.col("event_type") == "level")["date"].min()
    if isinstance(began, dt.date) and year < began.year:
        return False
    named = set(atlas.table("rotational_forces")["host"]) | set(posture["area"].str.split("+").explode())
    near = atlas.table("neighbours").filter(pl.col("neighbour").is_in(("RUS", "BLR", "UKR")))["member"]
    allied = _forces().filter((pl.col("host") == host) & pl.col("host_in_nato"))
    return host in named or host in set(near) or allied.is_empty()


_MOVES = {
    "": ("plan", "cut", "increase", "surge"),
    "in": ("plan", "increase", "surge"),
    "out": ("plan", "cut"),
}
"""Kinds of events of the posture table by the way in which forces move."""


@lru_cache(maxsize=256)
def posture_moves(host: str, date: str | None, way: str = "") -> tuple[Figure, ...]:
    """Persons whom decisions on record move into or out of a host, in the years before a date; only in, or only out of it, by `way`."""
    area = "Europe" if host == "XEU" else host
    rows = newest_table("us_posture").filter(
        pl.col("area").str.split("+").list.contains(area)
        & pl.col("event_type").is_in(_MOVES[way])
        & (pl.col("unit") == "persons")
        & (pl.col("event_status") != "speculated")
    )
    return _posture_figures(rows, date)


@lru_cache(maxsize=1)
def _spending() -> pl.DataFrame:
    return atlas.table("spending")


def _nearest(rows: pl.DataFrame, year: int, column: str) -> dict[str, object] | None:
    rows = rows.filter((pl.col("year") <= year) & pl.col(column).is_not_null()).sort("year")
    return rows.tail(1).to_dicts()[0] if not rows.is_empty() else None


@lru_cache(maxsize=512)
def spending_usd(member: str, year: int) -> Figure | None:
    """Defence spending in current dollars."""
    row = _nearest(_spending().filter(pl.col("member") == member), year, "usd_million_current")
    return (
        _figure(
            row,
            float(str(row["usd_million_current"])) * 1e6,
            "USD",
            "spending",
            f"{member} {row['year']}, current USD",
        )
        if row
        else None
    )


@lru_cache(maxsize=64)
def patron_share(year: int) -> tuple[Figure, Figure] | None:
    """Spending of the patron and of the whole alliance in the last year with both."""
    total = _nearest(
        newest_table("spending_aggregates").filter(pl.col("entity") == "nato_total"),
        year,
        "usd_million_current",
    )
    if total is None:
        return None
    at = int(str(total["year"]))
    patron = spending_usd("USA", at)
    whole = _figure(
        total,
        float(str(total["usd_million_current"])) * 1e6,
        "USD",
        "spending_aggregates",
        f"all allies {at}, current USD",
    )
    return (patron, whole) if patron else None


@lru_cache(maxsize=64)
def extra_spending(
    year: int, since: int | None = None, column: str = "usd_million_current"
) -> tuple[float, int, int, Figure] | None:
    """Dollars that Europe and Canada spent above their level of a base year, summed to a year; current or constant."""
    base = since or int(rules()["pledge_year"])
    rows = newest_table("spending_aggregates").filter(
        (pl.col("entity") == "nato_europe_canada") & pl.col(column).is_not_null()
    )
    by_year = {int(r["year"]): r for r in rows.to_dicts()}
    last = max((y for y in by_year if base < y <= year), default=None)
    if base not in by_year or last is None:
        return None
    level = float(by_year[base][column])
    extra = sum(float(by_year[y][column]) - level for y in range(base + 1, last + 1) if y in by_year) * 1e6
    return (
        extra,
        base,
        last,
        _figure(
            by_year[last],
            extra,
            "USD",
            "spending_aggregates",
            f"Europe and Canada, above {base}, to {last}, {'constant' if 'constant' in column else 'current'} USD",
        ),
    )


@lru_cache(maxsize=64)
def shares_of_gdp(year: int) -> tuple[tuple[Figure, str], ...]:
    """Shares of GDP of all members in the last year recorded by then for most of them, the highest first."""
    allies = newest_table("members").filter(pl.col("accession_date") <= dt.date(min(year, 2100), 12, 31))[
        "member"
    ]
    rows = _spending().filter(
        (pl.col("year") <= year) & pl.col("pct_gdp").is_not_null() & pl.col("member").is_in(allies.to_list())
    )
    counts = rows.group_by("year").len().filter(pl.col("len") >= WHOLE_EDITION)
    if counts.is_empty():
        return ()
    last = int(str(counts["year"].max()))
    found = [
        (_figure(r, r["pct_gdp"], "percent", "spending", f"{r['member']} {last}"), str(r["member"]))
        for r in rows.filter(pl.col("year") == last).to_dicts()
    ]
    return tuple(sorted(found, key=lambda f: -f[0].value))


@lru_cache(maxsize=64)
def allies(year: int) -> tuple[str, ...]:
    """Codes of the allies at the end of a year."""
    rows = newest_table("members").filter(pl.col("accession_date") <= dt.date(min(year, 2100), 12, 31))
    return tuple(rows["member"].to_list())


@lru_cache(maxsize=64)
def accession(member: str) -> tuple[Figure, int, tuple[int, int]] | None:
    """Year in which an ally joined, and its places in the order of joining: those who joined on one day share theirs."""
    rows = newest_table("members").filter(pl.col("accession_date").is_not_null())
    mine = rows.filter(pl.col("member") == member).to_dicts()
    if not mine:
        return None
    day = mine[0]["accession_date"]
    early = rows.filter(pl.col("accession_date") < day).height + 1
    late = rows.filter(pl.col("accession_date") <= day).height
    return _figure(mine[0], day.year, "year", "members", f"{member} joined {day}"), day.year, (early, late)


@lru_cache(maxsize=64)
def members_at(date: str) -> Figure:
    """Number of allies on a date."""
    rows = newest_table("members").filter(pl.col("accession_date") <= dt.date.fromisoformat(date[:10]))
    row = rows.sort("accession_date").tail(1).to_dicts()[0]
    return _figure(row, rows.height, "member", "members", f"allies on {date[:10]}")


@lru_cache(maxsize=64)
def meeting_share(year: int, target: float) -> tuple[Figure, ...]:
    """Number of allies at or above a share of GDP in a year, by edition of the record, newest first."""
    rows = atlas.table("spending", all_editions=True).filter(
        (pl.col("year") == year) & pl.col("pct_gdp").is_not_null() & pl.col("is_member")
    )
    found = []
    for (edition,), part in rows.group_by(["edition"]):
        if part["member"].n_unique() >= WHOLE_EDITION:
            count = part.filter(pl.col("pct_gdp").round(2) >= target)["member"].n_unique()
            found.append(
                _figure(
                    part.head(1).to_dicts()[0],
                    count,
                    "member",
                    "spending",
                    f"allies at {target:g}% or more in {year}, edition {edition}",
                )
            )
    return tuple(sorted(found, key=lambda f: f.edition or "", reverse=True))


def short_of(figure: Figure) -> Figure:
    """Number of allies with a figure that do not reach the level, for a number that do."""
    everyone = members_with_share(int(figure.label.split(" in ")[1][:4]), figure.edition or "")
    label = figure.label.replace(" or more", "").replace("allies at", "allies below")
    return replace(figure, value=everyone - figure.value, label=label)


@lru_cache(maxsize=64)
def members_with_share(year: int, edition: str) -> int:
    """Number of members of a year whose share of GDP an edition gives."""
    rows = atlas.table("spending", all_editions=True).filter(
        (pl.col("year") == year)
        & (pl.col("edition") == edition)
        & pl.col("pct_gdp").is_not_null()
        & (pl.col("series") == "NATO")
        & pl.col("is_member")
    )
    return int(rows["member"].n_unique())


@lru_cache(maxsize=8)
def _aid() -> pl.DataFrame:
    return atlas.table("aid")


@lru_cache(maxsize=64)
def aid(donor: str, kind: str, year: int | None) -> tuple[float, Figure] | None:
    """Allocations to the partner in euros, from the start to the end of a year (or of the record), by donor or group."""
    rows = _aid().filter(pl.col("aid_type") == kind)
    if donor == "others":
        rows = rows.filter(pl.col("donor") != "USA")
    elif donor == "EU":
        rows = rows.filter(pl.col("donor_group") == "Europe")
    else:
        rows = rows.filter(pl.col("donor") == donor)
    if year is None:
        rows = rows.filter(pl.col("period_type") == "total")
    else:
        rows = rows.filter((pl.col("period_type") == "year") & (pl.col("period_end") <= dt.date(year, 12, 31)))
    rows = rows.filter(pl.col("allocations_eur_billion").is_not_null())
    if rows.is_empty():
        return None
    total = float(rows["allocations_eur_billion"].sum()) * 1e9
    last = rows.sort("period_end").tail(1).to_dicts()[0]
    return total, _figure(last, total, "EUR", "aid", f"{donor} {kind} allocations to {last['period_end']}")


@lru_cache(maxsize=256)
def sales(buyer: str, date: str) -> tuple[Figure, ...]:
    """Notified sales to a buyer, and emergency determinations, around a date."""
    day = dt.date.fromisoformat(date[:10])
    window = dt.timedelta(days=int(rules()["sale_days"]))
    found: list[Figure] = []
    rows = newest_table("arms_sales").filter(
        (pl.col("buyer") == buyer)
        & pl.col("date_notified").is_between(day - window, day + window)
        & pl.col("value_usd").is_not_null()
    )
    found.extend(
        _figure(
            r, r["value_usd"], "USD", "arms_sales", f"{r['item_summary'] or r['sale']}, {r['date_notified']}"
        )
        for r in rows.to_dicts()
    )
    rows = newest_table("emergency_determinations").filter(
        pl.col("buyers").str.contains(buyer)
        & pl.col("date").is_between(day - window, day + window)
        & pl.col("value_usd").is_not_null()
    )
    found.extend(
        _figure(r, r["value_usd"], "USD", "emergency_determinations", f"{r['summary']}, {r['date']}")
        for r in rows.to_dicts()
    )
    return tuple(found)
