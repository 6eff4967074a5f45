"""Recorded figures year by year, for claims that compare parties or years.

A party is a state's code or a group: ``EUR`` Europe, ``XEC`` Europe and Canada (the allies without the patron), ``NATO`` all
allies. A measure may be recorded in several ways (current and constant dollars, two editions); each is a series of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import polars as pl

from foedus import atlas
from foedus.evidence.record import Figure, allies, newest_table

Series = dict[int, Figure]
_AGGREGATES = {"EUR": "nato_europe_canada", "XEC": "nato_europe_canada", "NATO": "nato_total"}
_NAMES = {"EUR": "Europe and Canada", "XEC": "Europe and Canada", "NATO": "all allies"}


def _figure(row: dict[str, object], value: float, unit: str, table: str, label: str) -> Figure:
    edition = row.get("edition")
    return Figure(
        value,
        unit,
        table,
        str(edition) if edition else None,
        str(row.get("as_of")),
        str(row.get("source")),
        label,
    )


@lru_cache(maxsize=2)
def _spending(members: bool) -> dict[str, list[dict[str, object]]]:
    """Rows of all editions, by member or by group."""
    table, key = ("spending", "member") if members else ("spending_aggregates", "entity")
    found: dict[str, list[dict[str, object]]] = {}
    for row in atlas.table(table, all_editions=True).to_dicts():
        found.setdefault(str(row[key]), []).append(row)
    return found


def _rows(party: str) -> tuple[str, list[dict[str, object]]]:
    group = _AGGREGATES.get(party)
    table = "spending_aggregates" if group else "spending"
    return table, _spending(group is None).get(group or party, [])


_NO_YEAR = 9999


@lru_cache(maxsize=1)
def largest_step() -> float:
    """Percentage points by which an ally's share of GDP for defence moved most in the last year on record."""
    series = [s for member in allies(_NO_YEAR) for s in shares(member)[:1]]
    last = max((y for s in series for y in s), default=0)
    steps = [abs(s[last].value - s[last - 1].value) for s in series if last in s and last - 1 in s]
    return max(steps, default=0.0)


@lru_cache(maxsize=512)
def dollars(party: str) -> tuple[Series, ...]:
    """Defence spending in constant dollars and in current ones, each of the newest edition that has it."""
    table, rows = _rows(party)
    found: list[Series] = []
    for prices in ("constant", "current"):
        column = f"usd_million_{prices}"
        editions = sorted({str(r["edition"]) for r in rows if r[column] is not None})
        series = {
            int(str(r["year"])): _figure(
                r,
                float(str(r[column])) * 1e6,
                "USD",
                table,
                f"{_NAMES.get(party, party)} {r['year']}, {prices} USD",
            )
            for r in rows
            if editions and r["edition"] == editions[-1] and r[column] is not None
        }
        if series:
            found.append(series)
    return tuple(found)


@lru_cache(maxsize=512)
def shares(party: str, column: str = "pct_gdp") -> tuple[Series, ...]:
    """A percentage of the spending tables (of GDP, or of the budget), one series for each edition."""
    table, rows = _rows(party)
    editions = sorted({str(r["edition"]) for r in rows if r.get(column) is not None}, reverse=True)
    return tuple(
        {
            int(str(r["year"])): _figure(
                r,
                float(str(r[column])),
                "percent",
                table,
                f"{_NAMES.get(party, party)} {r['year']}, edition {edition}",
            )
            for r in rows
            if r["edition"] == edition and r.get(column) is not None
        }
        for edition in editions
    )


@lru_cache(maxsize=128)
def forces(party: str) -> tuple[Series, ...]:
    """Active-duty persons of the patron in a host, or in Europe, at the last count of each year."""
    host = "XEU" if party in ("EUR", "EU", "XEC") else party
    rows = newest_table("us_forces").filter(
        (pl.col("host") == host) & pl.col("active_duty_persons").is_not_null()
    )
    series = {
        int(row["year"]): _figure(
            row,
            float(row["active_duty_persons"]),
            "person",
            "us_forces",
            f"active-duty persons in {row['host_name']}, {row['observed']}",
        )
        for row in rows.sort("observed").to_dicts()
    }
    return (series,) if series else ()


@lru_cache(maxsize=256)
def personnel(party: str) -> tuple[Series, ...]:
    """Military personnel of an ally, one series for each source: they count differently."""
    rows = newest_table("personnel").filter(
        (pl.col("member") == party) & pl.col("personnel_thousand").is_not_null()
    )
    found: dict[str, Series] = {}
    for row in rows.sort("year").to_dicts():
        found.setdefault(str(row["source"]), {})[int(row["year"])] = _figure(
            row,
            float(row["personnel_thousand"]) * 1e3,
            "person",
            "personnel",
            f"military personnel of {party} {row['year']}",
        )
    return tuple(found.values())


@lru_cache(maxsize=64)
def population(state: str) -> float | None:
    """Inhabitants of a state at the last count."""
    rows = atlas.table("economy").filter(
        (pl.col("member") == state) & pl.col("population_persons").is_not_null()
    )
    return None if rows.is_empty() else float(rows.sort("year")["population_persons"][-1])


def by_head(state: str, every: Iterable[Series]) -> tuple[Series, ...]:
    """Series of a state divided by its inhabitants."""
    people = population(state)
    if not people:
        return ()
    return tuple(
        {
            year: replace(
                f,
                value=f.value / people,
                unit=f"{f.unit} per head",
                label=f"{f.label}, {people:,.0f} inhabitants",
            )
            for year, f in series.items()
        }
        for series in every
    )


@lru_cache(maxsize=64)
def donors(group: str) -> tuple[str, ...]:
    """Donor states of a group: ``EUR`` the European ones, ``all`` every one; no institutions."""
    rows = newest_table("aid").filter(pl.col("donor") != "EUU")
    if group == "EUR":
        rows = rows.filter(pl.col("donor_group") == "Europe")
    return tuple(sorted(rows["donor"].unique().to_list()))


@lru_cache(maxsize=1)
def _aid() -> dict[tuple[str, str, int], dict[str, object]]:
    rows = newest_table("aid").filter(
        (pl.col("period_type") == "year") & pl.col("allocations_eur_billion").is_not_null()
    )
    return {(str(r["donor"]), str(r["aid_type"]), int(r["year"])): r for r in rows.to_dicts()}


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[str, ...]]:
    rows = newest_table("aid").select("donor", "donor_group").unique().rows()
    europe = tuple(sorted(donor for donor, group in rows if group == "Europe"))
    every = tuple(sorted(donor for donor, _ in rows))
    others = tuple(donor for donor in every if donor != "USA")
    return {"EUR": europe, "EU": europe, "ALL": every, "NATO": others, "XEC": others, "OTHERS": others}


@lru_cache(maxsize=512)
def aid(party: str, kind: str = "total", summed: bool = True) -> tuple[Series, ...]:
    """Aid to the partner in euros: allocations up to the end of each year, or within each."""
    members = _groups().get(party, (party,))
    years = sorted({year for _, _, year in _aid()})
    total = 0.0
    series: Series = {}
    for year in years:
        rows = [r for m in members if (r := _aid().get((m, kind, year))) is not None]
        within = sum(float(str(r["allocations_eur_billion"])) for r in rows) * 1e9
        total += within
        last = max(rows, key=lambda r: str(r["period_end"]), default=None)
        row = last or next(r for key, r in _aid().items() if key[2] == year)
        span = f"to {row['period_end']}" if summed else f"within {year}"
        series[year] = _figure(
            row, total if summed else within, "EUR", "aid", f"{party} {kind} allocations {span}"
        )
    known = any(f.value for f in series.values())
    return (series,) if known else ()


@lru_cache(maxsize=2)
def _quarters(kind: str) -> tuple[dict[str, object], ...]:
    rows = newest_table("aid").filter(
        (pl.col("period_type") == "quarter")
        & (pl.col("aid_type") == kind)
        & pl.col("allocations_eur_billion").is_not_null()
    )
    return tuple(rows.sort("period_end").to_dicts())


@lru_cache(maxsize=256)
def aid_until(party: str, kind: str, day: str) -> Figure | None:
    """Aid of a party to the end of the last quarter by a day."""
    members = _groups().get(party, (party,))
    rows = [r for r in _quarters(kind) if r["donor"] in members and str(r["period_end"]) <= day[:10]]
    if not rows:
        return None
    total = sum(float(str(r["allocations_eur_billion"])) for r in rows) * 1e9
    last = max(str(r["period_end"]) for r in _quarters(kind) if str(r["period_end"]) <= day[:10])
    return _figure(rows[-1], total, "EUR", "aid", f"{party} {kind} allocations to {last}")


@lru_cache(maxsize=64)
def committed(donor: str) -> Figure | None:
    """Aid that a donor has committed itself to over the whole record, allocated or not."""
    rows = atlas.table("aid").filter(
        (pl.col("donor") == donor)
        & (pl.col("aid_type") == "total")
        & (pl.col("period_type") == "total")
        & pl.col("commitments_eur_billion").is_not_null()
    )
    if rows.is_empty():
        return None
    row = rows.to_dicts()[0]
    total = float(row["commitments_eur_billion"]) * 1e9
    return _figure(row, total, "EUR", "aid", f"{donor} commitments to {row['period_end']}")


@lru_cache(maxsize=64)
def aid_of_gdp(donor: str, day: str | None = None) -> Figure | None:
    """Aid of a donor, to the last quarter by a day or over the whole record, as a share of its yearly output before the war."""
    rows = newest_table("aid").filter(
        (pl.col("donor") == donor)
        & (pl.col("aid_type") == "total")
        & (pl.col("period_type") == "total")
        & pl.col("pct_gdp_2021").is_not_null()
    )
    if rows.is_empty():
        return None
    row = rows.to_dicts()[0]
    share, last = float(row["pct_gdp_2021"]), str(row["period_end"])
    newest = aid_until(donor, "total", day) if day and day < last else None
    whole = float(row["allocations_eur_billion"]) * 1e9
    if newest is not None and whole:
        share, last = share * newest.value / whole, newest.label.rsplit(" ", 1)[1]
    return _figure(row, share, "percent", "aid", f"{donor} allocations to {last} in percent of its GDP of 2021")


@lru_cache(maxsize=256)
def trade(member: str, year: int) -> Figure | None:
    """The patron's balance of trade in goods with an ally, in the last whole year by then."""
    rows = newest_table("trade_balance").filter(
        (pl.col("member") == member)
        & (pl.col("year") <= year)
        & (pl.col("months_covered") == 12)
        & pl.col("balance_usd_million").is_not_null()
    )
    if rows.is_empty():
        return None
    row = rows.sort("year").tail(1).to_dicts()[0]
    return _figure(
        row,
        float(row["balance_usd_million"]) * 1e6,
        "USD",
        "trade_balance",
        f"goods trade with {member} {row['year']}",
    )


def at_year(every: Iterable[Series], year: int, exact: bool = False) -> list[Figure]:
    """Figure of each series in a year, or the last before it."""
    found = []
    for series in every:
        last = year if year in series else None if exact else max((y for y in series if y < year), default=None)
        if last is not None:
            found.append(series[last])
    return found
