"""The world at a start: the atlas, as known on a date, turned into the model's arrays.

Money is billion US dollars at constant 2021 prices and exchange rates. Where the record has no figure, the rule that
stands in for it is listed in ``WorldInputs.notes`` and goes into the manifest.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus import atlas
from foedus.errors import InputError
from foedus.model.parameters import constant
from foedus.model.state import World
from foedus.scenario.geography import distances_km, neighbours, reach_km
from foedus.scenario.spending import Spending

Floats = NDArray[np.float64]

DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Roles:
    """Who plays which part in the alliance."""

    patron: str
    adversary: str
    co_belligerent: str
    partner: str
    term_years: int
    first_term: dt.date


@dataclass(frozen=True)
class WorldInputs:
    """The arrays with their labels, and what the reader should know about them."""

    world: World
    roles: Roles
    members: tuple[str, ...]
    names: tuple[str, ...]
    frontline: tuple[str, ...]
    population: Floats  # (N,) million persons
    items: tuple[str, ...]
    item_labels: tuple[str, ...]
    item_units: tuple[str, ...]
    notes: tuple[str, ...]
    spending_year: int  # newest year of the allies' shares
    as_of: dt.date | None = None


def roles(alliance: str = "nato") -> Roles:
    """Return the roles of an alliance.

    Raises:
        InputError: the atlas has no such alliance.
    """
    rows = atlas.table("alliances").filter(pl.col("alliance") == alliance)
    if rows.is_empty():
        known = ", ".join(atlas.table("alliances")["alliance"].to_list())
        raise InputError(f"no alliance {alliance!r}; known: {known}", field="alliance")
    row = rows.row(0, named=True)
    return Roles(
        *(row[k] for k in ("patron", "adversary", "co_belligerent", "partner", "term_years", "first_term"))
    )


def build_world(start: dt.date, as_of: dt.date | None = None, alliance: str = "nato") -> WorldInputs:
    """Compile the world at ``start`` from what was known on ``as_of`` (all that is known where None).

    Raises:
        InputError: the record does not reach back to the start or the as-of date.
    """
    who = roles(alliance)
    notes: list[str] = []
    members = _members(start, who.patron)
    codes = members["member"].to_list()
    spending = Spending.read(start, as_of, notes)
    ledger = atlas.table("replacement_ledger").sort("item")
    border = (members["border_rus_km"].fill_null(0) + members["border_blr_km"].fill_null(0)).to_numpy() > 0
    arrays: dict[str, Any] = {
        "gdp": spending.gdp(codes),
        "spending_share": spending.share(codes),
        **spending.news(codes, min(as_of or start, start)),
        "equipment_share": spending.equipment(codes),
        "personnel": _personnel(codes, start, as_of, notes),
        "reserves": _reserves(codes, start, as_of, notes),
        "population": _population(codes),
        **_patron_forces(codes, start, as_of, notes),
        "forward_persons": _battlegroups(codes, as_of),
        **_places(members, border),
        "account": _account(codes, start, as_of, spending.gdp(codes), notes),
        "interest": _interest(codes, start, as_of),
        "patron_spending": np.asarray(spending.level(who.patron)),
        **_replacement(ledger),
        "patron_enabler_share": np.asarray(_patron_enabler_share(as_of, notes)),
        "patron_aid": np.asarray(_patron_aid(start, as_of, notes)),
    }
    world = World(**arrays)
    return WorldInputs(
        world=world,
        roles=who,
        members=tuple(codes),
        names=tuple(members["name"].to_list()),
        frontline=tuple(code for code, on in zip(codes, border, strict=True) if on),
        population=np.asarray(world.population),
        items=tuple(ledger["item"].to_list()),
        item_labels=tuple(ledger["label"].to_list()),
        item_units=tuple(ledger["unit"].to_list()),
        notes=tuple(notes),
        spending_year=spending.newest(codes),
        as_of=as_of,
    )


def _members(start: dt.date, patron: str) -> pl.DataFrame:
    frame = atlas.table("members", as_of=start)
    return frame.filter(pl.col("nato_member") & (pl.col("member") != patron)).sort("member")


def _places(members: pl.DataFrame, border: NDArray[np.bool_]) -> dict[str, Any]:
    """Where the allies lie, and what they are from the start. ``border`` (N,): land border with the adversary."""
    capitals = np.array(members.select("capital_lat", "capital_lon").rows())
    return {
        "seated": np.ones(len(members)),
        "reach_km": reach_km(capitals, border),
        "distance_km": distances_km(capitals),
        "neighbour": neighbours(members["member"].to_list()),
        "european": np.array([region != "north_america" for region in members["region_group"]], dtype=float),
        "nuclear": members["nuclear_weapons"].to_numpy().astype(float),
    }


def _replacement(ledger: pl.DataFrame) -> dict[str, Any]:
    return {
        "ledger_units": ledger["units"].to_numpy(),
        "ledger_cost": _pair(ledger, "unit_cost_low_usd_million", "unit_cost_high_usd_million"),
        "ledger_rate": _pair(ledger, "rate_low_per_year", "rate_high_per_year"),
        "ledger_lead": _pair(ledger, "lead_low_years", "lead_high_years"),
        "ledger_weight": _enabler_weights(ledger),
    }


def _pair(frame: pl.DataFrame, low: str, high: str) -> Floats:
    return np.stack([frame[low].to_numpy(), frame[high].to_numpy()], axis=1)


def _latest_by_member(frame: pl.DataFrame, column: str, codes: list[str]) -> dict[str, float]:
    rows = (
        frame.filter(pl.col(column).is_not_null()).sort("year").group_by("member", maintain_order=True).last()
    )
    found = dict(zip(rows["member"].to_list(), rows[column].to_list(), strict=True))
    return {code: float(found[code]) for code in codes if code in found}


def _personnel(codes: list[str], start: dt.date, as_of: dt.date | None, notes: list[str]) -> Floats:
    frame = atlas.table("personnel", as_of=as_of)
    if frame.filter(pl.col("series") == "NATO").is_empty():
        held = atlas.table("personnel", all_editions=True).filter(pl.col("series") == "NATO")
        frame = held.filter((pl.col("as_of") == held["as_of"].min()) & (pl.col("year") < _year_known(as_of)))
        notes.append("personnel: the first NATO edition, cut at the as-of date, stands in")
    frame = frame.filter((pl.col("series") == "NATO") & (pl.col("year") <= start.year))
    found = _latest_by_member(frame, "personnel_thousand", codes)
    token = constant("record.token_personnel")
    return np.array([max(found.get(code, 0.0), token) for code in codes])


def _reserves(codes: list[str], start: dt.date, as_of: dt.date | None, notes: list[str]) -> Floats:
    frame = atlas.table("personnel", as_of=as_of).filter(pl.col("reserve_thousand").is_not_null())
    if frame.is_empty():
        notes.append("reserves: none known on the as-of date; the first figures stand in")
        frame = atlas.table("personnel").filter(pl.col("reserve_thousand").is_not_null())
    found = _latest_by_member(frame, "reserve_thousand", codes)
    active = _personnel(codes, start, as_of, [])
    cap = constant("record.reserve_cap")
    return np.minimum(np.array([found.get(code, 0.0) for code in codes]), cap * active)


def _population(codes: list[str]) -> Floats:
    found = _latest_by_member(atlas.table("economy"), "population_persons", codes)
    return np.array([found.get(code, 0.0) / 1e6 for code in codes])


def _patron_forces(
    codes: list[str], start: dt.date, as_of: dt.date | None, notes: list[str]
) -> dict[str, Floats]:
    """Return persons by host, and how old the newest report on each is at the start, in years."""
    frame = atlas.table("us_forces", as_of=as_of).filter(
        (pl.col("record_type") == "host")
        & (pl.col("observed") <= start)
        & pl.col("active_duty_persons").is_not_null()
    )
    rows = frame.sort("observed").group_by("host", maintain_order=True).last()
    assigned = dict(zip(rows["host"].to_list(), rows["active_duty_persons"].to_list(), strict=True))
    reported = dict(zip(rows["host"].to_list(), rows["observed"].to_list(), strict=True))
    extra = atlas.table("rotational_forces", as_of=start)
    rotational = dict(zip(extra["host"].to_list(), extra["persons"].to_list(), strict=True))
    notes.append(
        "patron forces: assigned personnel plus rotational forces from the table rotational_forces (assumed)"
    )
    persons = [float(assigned.get(code) or 0.0) + rotational.get(code, 0.0) for code in codes]
    age = [(start - reported.get(code, start)).days / DAYS_A_YEAR for code in codes]
    return {"patron_forces": np.array(persons), "report_age": np.array(age)}


def _battlegroups(codes: list[str], as_of: dt.date | None) -> Floats:
    rows = (
        atlas.table("theatre", as_of=as_of)
        .filter(pl.col("parameter") == "battlegroup personnel")
        .sort("observed")
    )
    found = dict(zip(rows["location"].to_list(), rows["central"].to_list(), strict=True))
    return np.array([float(found.get(code) or 0.0) for code in codes])


def _standardised(values: Floats) -> Floats:
    spread = float(np.std(values))
    return (values - float(np.mean(values))) / spread if spread > 0 else np.zeros_like(values)


def _trade(codes: list[str], start: dt.date, as_of: dt.date | None) -> tuple[Floats, Floats]:
    frame = atlas.table("trade_balance", as_of=as_of)
    frame = atlas.table("trade_balance") if frame.is_empty() else frame
    frame = frame.filter((pl.col("year") <= max(start.year - 1, 2015)) & (pl.col("months_covered") == 12))
    exports = _latest_by_member(frame, "exports_usd_million", codes)
    imports = _latest_by_member(frame, "imports_usd_million", codes)
    return (
        np.array([exports.get(code, 0.0) for code in codes]),
        np.array([imports.get(code, 0.0) for code in codes]),
    )


def _interest(codes: list[str], start: dt.date, as_of: dt.date | None) -> Floats:
    exports, imports = _trade(codes, start, as_of)
    return _standardised(np.log1p(exports + imports))


def _account(codes: list[str], start: dt.date, as_of: dt.date | None, gdp: Floats, notes: list[str]) -> Floats:
    """Standardised mean of notified purchases and the patron's trade surplus, both as shares of GDP (in logs)."""
    sales = atlas.table("arms_sales", as_of=as_of).filter(
        pl.col("record_type").is_in(["notice", "news"])
        & pl.col("value_usd").is_not_null()
        & (pl.col("date_notified") <= start)
    )
    rows = sales.group_by("buyer").agg(pl.col("value_usd").sum())
    bought = dict(zip(rows["buyer"].to_list(), rows["value_usd"].to_list(), strict=True))
    per_gdp = np.array([bought.get(code, 0.0) / 1e9 for code in codes]) / np.maximum(gdp, 1e-9)
    exports, imports = _trade(codes, start, as_of)
    surplus = (exports - imports) / 1000 / np.maximum(gdp, 1e-9)
    notes.append(
        "account: notified sales with a value since 2018 (incomplete before December 2024) and goods trade"
    )
    return _standardised(_standardised(np.log1p(100 * per_gdp)) + _standardised(surplus))


def _enabler_weights(ledger: pl.DataFrame) -> Floats:
    """Each domain of enablers counts the same; its items share the weight."""
    domains = ledger.filter(pl.col("enabler"))["domain"]
    sizes = {domain: int((domains == domain).sum()) for domain in domains.unique().to_list()}
    rows = zip(ledger["enabler"].to_list(), ledger["domain"].to_list(), strict=True)
    return np.array([1 / (len(sizes) * sizes[domain]) if on else 0.0 for on, domain in rows])


def _year_known(as_of: dt.date | None) -> int:
    """Return the first year that was not over on the date."""
    return 9999 if as_of is None else as_of.year


def _patron_enabler_share(as_of: dt.date | None, notes: list[str]) -> float:
    """Mean over the enabling domains of the mean published share of the patron."""
    domains = ("air_refuelling", "isr_air", "isr_space", "c2_air", "sead_ew", "missile_defence")
    wanted = pl.col("domain").is_in(domains) & pl.col("us_share_pct").is_not_null()
    rows = atlas.table("enablers", as_of=as_of).filter(wanted)
    if rows.is_empty():
        notes.append("enablers: no share known on the as-of date; the present ones stand in")
        rows = atlas.table("enablers").filter(wanted)
    by_domain = rows.group_by("domain", maintain_order=True).agg(pl.col("us_share_pct").mean())
    return float(np.mean(by_domain["us_share_pct"].to_numpy())) / 100


def aid_reference_years() -> tuple[int, int]:
    """Return the first and the last year of the patron's usual aid."""
    first, last = (int(constant(f"record.aid_reference_{end}")) for end in ("first", "last"))
    return first, last


def _patron_aid(start: dt.date, as_of: dt.date | None, notes: list[str]) -> float:
    """Return the patron's aid over the last four quarters before the start against its mean of the years of reference."""
    frame = atlas.table("aid_monthly", as_of=as_of)
    if frame.is_empty():
        notes.append(
            "aid: no release known on the as-of date; the present release, cut at the start, stands in"
        )
        frame = atlas.table("aid_monthly")
    rows = frame.filter((pl.col("donor_group") == "US") & (pl.col("aid_type") == "total"))
    month = pl.col("month").cast(pl.Utf8).str.slice(0, 7)
    before = rows.filter(month < f"{start:%Y-%m}")
    if before.is_empty():
        return 1.0
    first, last = aid_reference_years()
    usual = before.filter(month.str.slice(0, 4).cast(pl.Int32).is_between(first, last))
    recent = before.filter(month >= f"{start.year - 1}-{start.month:02d}")
    mean = float(usual["allocations_eur_billion"].mean() or 0.0)  # type: ignore[arg-type]
    now = float(recent["allocations_eur_billion"].mean() or 0.0)  # type: ignore[arg-type]
    return min(now / mean, 1.0) if mean > 0 else 1.0
