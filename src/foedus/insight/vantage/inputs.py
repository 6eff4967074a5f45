"""What the product could read on the day of the vantage, as the model's arrays and register.

Three kinds of input: rows known by then; stand-ins, which describe a time before the vantage but are held only in a
later edition (``STAND_INS``); and judgement of the register written later, which nobody can unknow. Entries of the
register that rest on what happened after the vantage are replaced by the rows of ``calibrate/vantages.csv``, and
posteriors fitted to a record that runs past it by their priors.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from foedus import atlas
from foedus.calibrate.spending_record import KnownShares, known_shares
from foedus.calibrate.vantages import register_rows
from foedus.ensemble.draws import Plan
from foedus.model.parameters import SOFT, Register, posterior_fits, prior_register, register
from foedus.scenario.attacks import alarm
from foedus.scenario.compile import compile_controls, first_day
from foedus.scenario.schema import Scenario
from foedus.scenario.spending import news_of
from foedus.scenario.world import WorldInputs, build_world

LIST_EDITION = "2023-07"
FIRST_YEAR, LAST_YEAR = 2014, 2023
"""The two years that the list of July 2023 gives for every member."""

HORIZON = "33m"
"""From the last quarter of 2023 to the middle of 2026, where the record ends."""

STAND_INS = {
    "economy": "gross domestic product to 2022, in the edition of June 2024",
    "spending": "shares of GDP and of equipment to 2022, in the edition of June 2024",
    "personnel": "active personnel to 2022, in the edition of June 2024, and reserves of 2025",
    "trade_balance": "goods trade to 2022, in the release of April 2025",
    "aid_monthly": "allocations to November 2023, in the release of August 2026",
    "aid": "donors' allocations to September 2023, in the release of August 2026",
    "equipment": "enters no forecast that is scored",
    "replacement_ledger": "what the patron provides in Europe: sources of 2025, no earlier list is held",
}
"""Tables that no row of which was known on the day, or not the one needed: what is taken instead."""


@dataclass(frozen=True)
class Known:
    """Everything that the hindcast starts from, and the rows that bear its statements."""

    vantage: dt.date
    plan: Plan
    rows: pl.DataFrame  # table, key, value, unit, as_of: what was read of the record known on the day
    replaced: tuple[dict[str, str], ...]
    kept_later: int  # register entries dated after the vantage that stay as they are


def known_at(vantage: dt.date, seed: int, hindsight: bool = False) -> Known:
    """Compile the product as of a day; ``hindsight`` takes today's register instead of the one of the day.

    Errors: InputError for a day that no register was prepared for.
    """
    rows = register_rows(vantage)
    spending = spending_list(vantage)
    inputs = _world(vantage, spending)
    scenario = Scenario(
        name="vantage", title="The product as of a past day", start=f"{vantage:%Y-%m}", horizon=HORIZON
    )
    entries = _today(rows) if hindsight else _register(rows)
    plan = Plan(scenario, inputs, compile_controls(scenario, inputs), entries, seed)
    later = sum(e.as_of > f"{vantage:%Y-%m}" for e in entries.values())
    return Known(vantage, plan, _rows_read(vantage, spending), rows, later)


def _register(rows: tuple[dict[str, str], ...]) -> Register:
    """The register of the day: no fit to a record that runs on, and the entries of the day in place."""
    entries, priors = register(), prior_register()
    for fit, names in posterior_fits().items():
        if fit != SOFT:
            entries |= {name: priors[name] for name in names}
    for row in rows:
        entries[row["name"]] = replace(
            entries[row["name"]], dist=row["dist"], a=float(row["a"]), b=float(row["b"]),
            source=row["source"], as_of=row["as_of"][:7], status=row["status"],
        )  # fmt: skip
    return entries


def _today(rows: tuple[dict[str, str], ...]) -> Register:
    """Today's register, but with the administration that was in office on the day."""
    entries, then = register(), _register(rows)
    for name in ("politics.present_committed", "politics.next_committed"):
        entries[name] = then[name]
    return entries


def spending_list(vantage: dt.date) -> pl.DataFrame:
    """Shares of GDP by member in the two years of the list published in July 2023: member, first, last."""
    frame = atlas.table("spending_press_lists", as_of=vantage, all_editions=True)
    frame = frame.filter(pl.col("edition") == LIST_EDITION)
    wide = frame.pivot(on="year", index=["member", "as_of"], values="pct_gdp")
    return wide.select(
        "member", "as_of", pl.col(str(FIRST_YEAR)).alias("first"), pl.col(str(LAST_YEAR)).alias("last")
    ).sort("member")


def _world(vantage: dt.date, spending: pl.DataFrame) -> WorldInputs:
    inputs = build_world(first_day(f"{vantage:%Y-%m}"), vantage)
    listed = {m: (first, last) for m, _, first, last in spending.iter_rows()}
    share = np.array(inputs.world.spending_share, dtype=float)
    growth = np.zeros_like(share)
    for i, code in enumerate(inputs.members):
        if code in listed:
            first, last = listed[code]
            share[i] = last / 100
            growth[i] = np.log(last / first) / (LAST_YEAR - FIRST_YEAR) if first else 0.0
    patron_share = listed[inputs.roles.patron][1] / 100
    before = _patron_share_before(vantage, inputs.roles.patron)
    world = inputs.world._replace(
        spending_share=share,  # type: ignore[arg-type]
        spending_momentum=growth,  # type: ignore[arg-type]
        spending_alarm=alarm((LAST_YEAR,), vantage)[0],
        **_news(vantage, inputs.members),  # type: ignore[arg-type]
        patron_spending=np.asarray(inputs.world.patron_spending) * patron_share / before,
        population=_population(inputs.members, vantage),  # type: ignore[arg-type]
    )
    return replace(inputs, world=world, spending_year=LAST_YEAR)


def shares_at(vantage: dt.date) -> KnownShares:
    """Revised shares to the year before the list's, and the list of July 2023 as the year 2023."""
    before = known_shares(vantage)
    listed = dict(spending_list(vantage).select("member", "last").iter_rows())
    newest = np.array([[listed.get(m, np.nan) for m in before.members]])
    years = (*before.years, LAST_YEAR)
    return KnownShares(vantage, before.edition, True, years, before.members, np.vstack([before.share, newest]))


def _news(vantage: dt.date, codes: tuple[str, ...]) -> dict[str, np.ndarray]:
    """What the newest year brought to the allies, of those with both years."""
    known = shares_at(vantage)
    allies = [known.members.index(code) for code in codes if code in known.members]
    growth = np.diff(np.log(known.share[-2:, allies]), axis=0)[0]
    return news_of(growth[np.isfinite(growth)])


def _patron_share_before(vantage: dt.date, patron: str) -> float:
    """The share behind the patron's spending in the stand-in edition, so that only its GDP is taken from there."""
    rows = atlas.table("spending", all_editions=True).filter(
        (pl.col("series") == "NATO") & (pl.col("member") == patron) & (pl.col("year") < vantage.year)
    )
    rows = rows.filter(pl.col("as_of") == pl.col("as_of").min()).sort("year")
    return float(rows["pct_gdp"][-1]) / 100


def _population(codes: tuple[str, ...], vantage: dt.date) -> np.ndarray:
    rows = atlas.table("economy").filter(
        (pl.col("year") < vantage.year) & pl.col("population_persons").is_not_null()
    )
    newest = rows.sort("year").group_by("member", maintain_order=True).last()
    found = dict(zip(newest["member"].to_list(), newest["population_persons"].to_list(), strict=True))
    return np.array([found.get(code, 0.0) / 1e6 for code in codes])


def forces_by_host(vantage: dt.date) -> pl.DataFrame:
    """The newest report on each host that was out: host, persons, observed, as_of."""
    frame = atlas.table("us_forces", as_of=vantage).filter(
        (pl.col("record_type") == "host")
        & (pl.col("basis") == "report")
        & pl.col("active_duty_persons").is_not_null()
    )
    newest = frame.sort("observed").group_by("host", maintain_order=True).last()
    return newest.select("host", pl.col("active_duty_persons").alias("persons"), "observed", "as_of").sort(
        "host"
    )


def _rows_read(vantage: dt.date, spending: pl.DataFrame) -> pl.DataFrame:
    """Rows of the record that the statements start from, each with the day from which it was known."""
    forces = forces_by_host(vantage)
    pledges = atlas.table("guidelines", as_of=vantage).filter(
        (pl.col("target_unit") == "pct_gdp") & pl.col("target_value").is_not_null()
    )
    sales = atlas.table("arms_sales", as_of=vantage).filter(pl.col("value_usd").is_not_null())
    enablers = atlas.table("enablers", as_of=vantage).filter(pl.col("us_share_pct").is_not_null())
    groups = atlas.table("theatre", as_of=vantage).filter(pl.col("parameter") == "battlegroup personnel")
    parts = [
        _rows(
            "spending_press_lists", spending["member"], spending["last"], "percent of GDP", spending["as_of"]
        ),
        _rows("us_forces", forces["host"], forces["persons"], "persons", forces["as_of"]),
        _rows("guidelines", pledges["guideline"], pledges["target_value"], "percent of GDP", pledges["as_of"]),
        _rows("arms_sales", sales["sale"], sales["value_usd"], "USD", sales["as_of"]),
        _rows("enablers", enablers["enabler"], enablers["us_share_pct"], "percent", enablers["as_of"]),
        _rows("theatre", groups["location"], groups["central"], "persons", groups["as_of"]),
    ]
    return pl.concat(parts)


def _rows(table: str, key: pl.Series, value: pl.Series, unit: str, as_of: pl.Series) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "table": [table] * len(key), "key": key.cast(pl.String), "value": value.cast(pl.Float64),
            "unit": [unit] * len(key), "as_of": as_of,
        }
    )  # fmt: skip
