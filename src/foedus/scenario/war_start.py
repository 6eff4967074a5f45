"""The war at a vantage: the atlas, as known at the end of a month, turned into draws of the start.

Each quantity of the table ``war_record`` is taken from the newest row known by then. A draw lies below the central value as
often as above it; the low and high estimates stand for 5 and 95 percent, on a log scale where the quantity cannot be negative.
Aid is the tracker's newest release cut at the vantage, as it has no earlier edition in the atlas: past months were revised since.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtri

from foedus import atlas
from foedus.atlas.dates import parse_as_of
from foedus.errors import InputError
from foedus.model.parameters import module_register
from foedus.model.war.state import DONORS, Start
from foedus.scenario import dates
from foedus.scenario.world import aid_reference_years

Floats = NDArray[np.float64]

INVASION = dt.date(2022, 2, 24)
OUTSIDE_THE_UNION = ("GBR", "NOR", "CHE", "ISL")
"""Donors that the tracker counts as Europe and that are no members of the European Union."""
KINDS = ("military", "money")
SIGNED = ("front_speed",)
QUANTITIES = (
    "territory_held", "front_speed", "prepared", "adversary_force", "partner_force", "adversary_casualties_total",
    "partner_casualties_total", "adversary_losses", "partner_losses", "adversary_recruits", "partner_recruits",
    "adversary_fires", "partner_fires", "adversary_shell_output", "adversary_shell_stock", "adversary_tanks",
    "adversary_tanks_lost_total", "adversary_tank_losses", "adversary_tank_output", "partner_tanks", "own_share",
)  # fmt: skip
PAST_QUARTERS = 40
"""Quarters of past aid that a start holds, from before the war on: room for the record to grow."""
_Z95 = 1.6448536269514722  # of the standard normal at 95 percent
_MONTHS = 3.0
_DAYS = 90.0


@dataclass(frozen=True)
class Known:
    """What was known at a vantage."""

    month: str  # the vantage
    day: dt.date  # its last day: nothing later is used
    first: str  # first month of the first quarter that is run
    rows: dict[str, dict[str, Any]]  # quantity to its row of war_record
    quarters: list[dt.date]  # first days of the quarters with known aid
    aid: Floats  # (P, D, K) billion euro
    from_stock: Floats  # (P,) share of arms


def newest_vantage() -> str:
    """Return the month in which the newest row of the war's record became known."""
    day = atlas.table("war_record")["as_of"].max()
    assert isinstance(day, dt.date)
    return f"{day:%Y-%m}"


def known_by(month: str) -> Known:
    """Return what was known at the end of a month.

    Raises:
        InputError: the month is none, or lies before or after the record.
    """
    try:
        first = 3 * -(-dates.month_index(month) // 3)
    except ValueError as error:
        raise InputError(str(error), field="start") from None
    if month > newest_vantage():
        raise InputError(
            f"the record of the war ends in {newest_vantage()}; give that month or an earlier one",
            field="start",
        )
    day = parse_as_of(month)
    assert day is not None
    rows = {name: _row(name, day) for name in QUANTITIES}
    quarters, aid = _aid(day)
    return Known(month, day, dates.month_text(first), rows, quarters, aid, _from_stock(quarters))


def _row(quantity: str, day: dt.date) -> dict[str, Any]:
    table = atlas.table("war_record", as_of=day).filter(pl.col("quantity") == quantity).sort("observed")
    if table.is_empty():
        raise InputError(
            f"nothing in the atlas says what {quantity.replace('_', ' ')} was by {day}; start in 2022-03 or later",
            field="start",
        )
    return table.row(-1, named=True)


def donor_of(code: str, group: str) -> str:
    """Return the donor group of this module for a donor of the tracker."""
    if code == DONORS[0]:
        return code
    return "EU" if group == "Europe" and code not in OUTSIDE_THE_UNION else "other"


def aid_by_quarter() -> tuple[list[dt.date], list[dt.date], Floats]:
    """Return first and last days of the quarters of the record, and allocations (quarter, donor, kind)."""
    table = atlas.table("aid").filter((pl.col("period_type") == "quarter") & (pl.col("aid_type") != "total"))
    spans = sorted(set(zip(table["period_start"], table["period_end"], strict=True)))
    place = {start: index for index, (start, _) in enumerate(spans)}
    out = np.zeros((len(spans), len(DONORS), len(KINDS)))
    for row in table.iter_rows(named=True):
        donor = DONORS.index(donor_of(row["donor"], row["donor_group"]))
        out[place[row["period_start"]], donor, int(row["aid_type"] != "military")] += row[
            "allocations_eur_billion"
        ]
    return [s for s, _ in spans], [e for _, e in spans], out


def _aid(day: dt.date) -> tuple[list[dt.date], Floats]:
    starts, ends, values = aid_by_quarter()
    whole = [end <= day and (end.month % 3 == 0) for end in ends]
    return [s for s, keep in zip(starts, whole, strict=True) if keep], values[np.array(whole)]


def _from_stock(quarters: list[dt.date]) -> Floats:
    table = atlas.table("aid_channels")
    columns = [c for c in table.columns if c.endswith("_eur_billion")]
    out = []
    for start in quarters:
        index = (start.year * 12 + start.month - 1) // 3
        rows = table.filter((pl.col("month").dt.year() * 12 + pl.col("month").dt.month() - 1) // 3 == index)
        whole = float(rows.select(columns).to_numpy().sum())
        out.append(float(rows["from_stockpile_eur_billion"].sum()) / whole if whole > 0 else 0.0)
    return np.array(out)


def draw(row: dict[str, Any], u: Floats, signed: bool = False) -> Floats:
    """Return draws of a row: median the central value, 5 and 95 percent the low and the high estimate."""
    z: Floats = np.asarray(ndtri(u), np.float64)
    low, central, high = (float(row[k]) for k in ("low", "central", "high"))
    if signed:
        return np.asarray(central + np.where(z < 0, central - low, high - central) * z / _Z95)
    width = np.where(z < 0, math.log(central / low), math.log(high / central))
    return np.asarray(central * np.exp(width * z / _Z95))


def start_draws(known: Known, uniforms: dict[str, Floats]) -> Start:
    """Return the start, leaves with a leading axis of draws, float32. ``uniforms``: quantity to (draw,)."""
    v = {name: draw(known.rows[name], uniforms[name], name in SIGNED) for name in QUANTITIES}
    first = dt.date(int(known.first[:4]), int(known.first[5:]), 1)
    late = {name: max((first - known.rows[name]["observed"]).days, 0) / _DAYS for name in QUANTITIES}
    count = len(uniforms["territory_held"])

    def pair(adversary: Floats, partner: Floats) -> Floats:
        return np.stack([adversary, partner], axis=1)

    losses = _MONTHS * pair(v["adversary_losses"], v["partner_losses"])
    totals = ("adversary_casualties_total", "partner_casualties_total")
    behind = np.array([late[name] for name in totals])
    tank_losses = _MONTHS * v["adversary_tank_losses"]
    fields: dict[str, Floats] = {
        "territory": v["territory_held"] + v["front_speed"] * late["territory_held"],
        "before": np.full(count, _before()),
        "front_speed": v["front_speed"],
        "prepared": np.minimum(v["prepared"], 1.0),
        "men": pair(v["adversary_force"], v["partner_force"]),
        "casualties": pair(*(v[name] for name in totals)) + behind * losses,
        "losses": losses,
        "recruits": _MONTHS * pair(v["adversary_recruits"], v["partner_recruits"]),
        "fires": _DAYS * pair(v["adversary_fires"], v["partner_fires"]),
        "shell_output": v["adversary_shell_output"] * 1000.0 / 4.0,
        "shell_stock": v["adversary_shell_stock"] * 1000.0,
        "tanks": pair(v["adversary_tanks"], v["partner_tanks"]),
        "tanks_lost": v["adversary_tanks_lost_total"] + late["adversary_tanks_lost_total"] * tank_losses,
        "tank_losses": tank_losses,
        "tank_output": _MONTHS * v["adversary_tank_output"],
        "own_share": np.minimum(v["own_share"], 1.0),
        "quarters_at_war": np.full(count, (first - INVASION).days / _DAYS),
        **{name: np.broadcast_to(x, (count, *np.shape(x))) for name, x in _giving(known).items()},
    }
    return Start(**{name: np.asarray(x, np.float32) for name, x in fields.items()})  # type: ignore[arg-type]


def _before() -> float:
    rows = atlas.table("war_record").filter(pl.col("quantity") == "territory_held").sort("observed")
    return float(rows["central"][0])


def _padded(past: Floats) -> Floats:
    """Put quarters without aid before the record, so that all vantages have the same shape."""
    return np.concatenate([np.zeros((PAST_QUARTERS - len(past), *past.shape[1:])), past])


def _giving(known: Known) -> dict[str, Floats]:
    """Return levels, references and past of aid: the last four quarters, and the patron's mean of 2022-2024."""
    fixed = {name: module_register("war")[f"war.{name}"].a for name in
             ("stopped_below", "level_spread_base", "level_spread_quarter")}  # fmt: skip
    level = known.aid[-4:].mean(axis=0)
    years = np.array([q.year for q in known.quarters])
    first, last = aid_reference_years()
    inside = (years >= first) & (years <= last)
    reference = known.aid[inside, 0].mean(axis=0)
    gives = level[0, 0] >= fixed["stopped_below"] * reference[0]
    level[0] = level[0] if gives else reference
    spread = np.hypot(fixed["level_spread_base"], fixed["level_spread_quarter"] / np.sqrt(len(known.quarters)))
    return {
        "level": level,
        "level_spread": np.full(len(DONORS), spread),
        "reference": reference,
        "gift": np.asarray(float(gives)),
        "past": _padded(known.aid),
        "past_from_stock": _padded(known.from_stock),
        "given_from_stock": (known.from_stock[:, None] * known.aid[:, :, 0]).sum(axis=0),
    }
