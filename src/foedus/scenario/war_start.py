"""The war at a vantage: the atlas, as known at the end of a month, turned into draws of the start.

A draw of a quantity lies below the central estimate as often as above it; the low and high estimates stand for 5 and 95 percent,
on a log scale where the quantity cannot be negative.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtri

from foedus import atlas
from foedus.model.parameters import module_register
from foedus.model.war.names import DONORS
from foedus.model.war.state import Start
from foedus.scenario.war_known import INVASION, QUANTITIES, Known
from foedus.scenario.world import aid_reference_years

Floats = NDArray[np.float64]

SIGNED = ("front_speed",)
PAST_QUARTERS = 40
"""Quarters of past aid that a start holds, from before the war on: room for the record to grow."""
_Z95 = 1.6448536269514722  # of the standard normal at 95 percent
_MONTHS = 3.0
_DAYS = 90.0


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
    """Return levels, references and past of aid: the last four quarters, and the patron's mean of 2022-2024.

    Means are per quarter of war: the first quarter of 2022 held five weeks of it.
    """
    fixed = {name: module_register("war")[f"war.{name}"].a for name in
             ("stopped_below", "level_spread_base", "level_spread_quarter")}  # fmt: skip
    level = known.aid[-4:].sum(axis=0) / known.at_war[-4:].sum()
    years = np.array([q.year for q in known.quarters])
    first, last = aid_reference_years()
    inside = (years >= first) & (years <= last)
    reference = known.aid[inside, 0].sum(axis=0) / known.at_war[inside].sum()
    gives = level[0, 0] >= fixed["stopped_below"] * reference[0]
    level[0] = level[0] if gives else reference
    spread = np.hypot(fixed["level_spread_base"], fixed["level_spread_quarter"] / np.sqrt(known.at_war.sum()))
    return {
        "level": level,
        "level_spread": np.full(len(DONORS), spread),
        "reference": reference,
        "gift": np.asarray(float(gives)),
        "past": _padded(known.aid),
        "past_from_stock": _padded(known.from_stock),
        "given_from_stock": (known.from_stock[:, None] * known.aid[:, :, 0]).sum(axis=0),
    }
