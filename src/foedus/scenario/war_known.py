"""What was known of the war at a vantage, from the atlas. Loads no model, so that a question is checked at once.

Each quantity of the table ``war_record`` is its newest row known by the end of the month. Aid is the tracker's newest release
cut at the vantage, as it has no earlier edition in the atlas: past months were revised since. A quarter of aid counts for the
share of its days that were days of war, so that the five weeks of March 2022 are not taken for a quarter.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus import atlas
from foedus.atlas.dates import parse_as_of
from foedus.errors import InputError
from foedus.model.war.names import DONORS
from foedus.scenario import dates

Floats = NDArray[np.float64]

OUTSIDE_THE_UNION = ("GBR", "NOR", "CHE", "ISL")
"""Donors that the tracker counts as Europe and that are no members of the European Union."""
KINDS = ("military", "money")
INVASION = dt.date(2022, 2, 24)
_GROUPS = ("US", "Europe", "other")
"""Donors of this module as the tracker's months know them; the Union with its European neighbours."""
_MONTHS_IN_QUARTER = 3
QUANTITIES = (
    "territory_held", "front_speed", "prepared", "adversary_force", "partner_force", "adversary_casualties_total",
    "partner_casualties_total", "adversary_losses", "partner_losses", "adversary_recruits", "partner_recruits",
    "adversary_fires", "partner_fires", "adversary_shell_output", "adversary_shell_stock", "adversary_tanks",
    "adversary_tanks_lost_total", "adversary_tank_losses", "adversary_tank_output", "partner_tanks", "own_share",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What was known at a vantage."""

    month: str  # the vantage
    day: dt.date  # its last day: nothing later is used
    first: str  # first month of the first quarter that is run
    rows: dict[str, dict[str, Any]]  # quantity to its row of war_record
    quarters: list[dt.date]  # first days of the quarters with known aid
    aid: Floats  # (P, D, K) billion euro
    at_war: Floats  # (P,) share of the quarter's days that were days of war
    lumps: Floats  # (D, K) squared coefficient of variation of a quarter's aid, from the months known
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
        raise InputError(str(error), field="--start") from None
    if month > newest_vantage():
        raise InputError(
            f"the record of the war ends in {newest_vantage()}; give that month or an earlier one",
            field="--start",
        )
    day = parse_as_of(month)
    assert day is not None
    rows = {name: _row(name, day) for name in QUANTITIES}
    quarters, aid = _aid(day)
    at_war = np.array([_at_war(start) for start in quarters])
    return Known(
        month, day, dates.month_text(first), rows, quarters, aid, at_war, lumps_by(day), _from_stock(quarters)
    )


def _row(quantity: str, day: dt.date) -> dict[str, Any]:
    table = atlas.table("war_record", as_of=day).filter(pl.col("quantity") == quantity).sort("observed")
    if table.is_empty():
        raise InputError(
            f"nothing in the atlas says what {quantity.replace('_', ' ')} was by {day}; start in 2022-03 or later",
            field="--start",
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


def _at_war(start: dt.date) -> float:
    """Return the share of the days of the quarter that begins at ``start``, or in its month, at or after the invasion."""
    index = (start.year * 12 + start.month - 1) // _MONTHS_IN_QUARTER * _MONTHS_IN_QUARTER
    first, after = (dt.date(k // 12, k % 12 + 1, 1) for k in (index, index + _MONTHS_IN_QUARTER))
    return (after - max(min(INVASION, after), first)).days / (after - first).days


def lumps_by(day: dt.date) -> Floats:
    """Return how lumpy aid was in the months known by ``day``: the squared coefficient of variation of a quarter, (D, K).

    Half the mean squared change from month to month over the squared mean: a trend hardly enters it. Three independent
    months make a quarter.
    """
    table = atlas.table("aid_monthly").filter(
        (pl.col("month") >= INVASION.replace(day=1))
        & (pl.col("month").dt.month_end() <= day)
        & (pl.col("aid_type") != "total")
    )
    kind = pl.when(pl.col("aid_type") == KINDS[0]).then(pl.lit(KINDS[0])).otherwise(pl.lit(KINDS[1]))
    sums = (
        table.group_by("donor_group", kind.alias("kind"), "month")
        .agg(pl.col("allocations_eur_billion").sum().alias("given"))
        .sort("month")
    )
    out = np.zeros((len(DONORS), len(KINDS)))
    for d, group in enumerate(_GROUPS):
        for k, name in enumerate(KINDS):
            given = sums.filter((pl.col("donor_group") == group) & (pl.col("kind") == name))["given"].to_numpy()
            if len(given) > 1 and given.mean() > 0:
                out[d, k] = np.mean(np.diff(given) ** 2) / 2 / given.mean() ** 2 / _MONTHS_IN_QUARTER
    return out


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
