"""The panel that the burden-sharing equation is fitted to: shares, income, threat, spill-in and the pledge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus import atlas
from foedus.calibrate.spending_record import KnownShares, revised_shares, shocks
from foedus.errors import InputError
from foedus.model.parameters import register
from foedus.scenario.geography import reach_km

Floats = NDArray[np.float64]
ADVERSARY = "RUS"


@dataclass(frozen=True)
class BurdenPanel:
    """Transitions of a share from one year to the next, one row each.

    before, after: percent of GDP. income, spillin: log change since the member's first year. threat: exposure times
    the log change of the adversary's spending. path: pledged percent of GDP. Income is that of the year of ``after``;
    threat and spill-in are those of the year before, which a budget can know.
    """

    members: tuple[str, ...]
    member: NDArray[np.int64]
    years: tuple[int, ...]
    year: NDArray[np.int64]
    before: Floats
    after: Floats
    income: Floats
    threat: Floats
    spillin: Floats
    path: Floats
    attack: Floats  # (attack, year): 1 in the years whose budgets an attack raises, the newest last


def exposure(members: tuple[str, ...]) -> Floats:
    """How exposed each member is to the adversary, 0 to 1, as in the model: falls with the distance to its staging points.

    The length is the register's own (its median), so that the elasticity means the same there and here.
    """
    rows = {r["member"]: r for r in atlas.table("members").to_dicts()}
    capitals = np.array([[rows[m]["capital_lat"], rows[m]["capital_lon"]] for m in members])
    border = np.array([(rows[m]["border_rus_km"] or 0) + (rows[m]["border_blr_km"] or 0) > 0 for m in members])
    return np.asarray(np.exp(-reach_km(capitals, border) / register()["theatre.reach_km"].a), dtype=float)


def _adversary(years: tuple[int, ...]) -> Floats:
    """Log of the adversary's spending (constant USD) against its first year, by year; the last known value is kept."""
    rows = atlas.table("spending", member=ADVERSARY).filter(pl.col("usd_million_constant").is_not_null())
    known = dict(zip(rows["year"], rows["usd_million_constant"], strict=True))
    if years[0] not in known:
        raise InputError(f"the atlas holds no spending of {ADVERSARY} for {years[0]}")
    last = max(known)
    return np.log(np.array([known[min(y, last)] for y in years]) / known[years[0]])


def burden_panel(pledge_pct: float = 2.0, known: KnownShares | None = None) -> BurdenPanel:
    """Shares, the newest edition of the atlas if none are given, as transitions; members without GDP or a share are left out."""
    known = known or revised_shares(9999)
    economy = atlas.table("economy").filter(pl.col("gdp_usd_million_constant").is_not_null())
    gdp = {(r["member"], r["year"]): r["gdp_usd_million_constant"] for r in economy.to_dicts()}
    shape = known.share.shape
    income = np.array([[gdp.get((m, y), np.nan) for m in known.members] for y in known.years]).reshape(shape)
    spending = np.where(np.isfinite(known.share * income), known.share * income / 100, 0.0)
    others = spending.sum(axis=1, keepdims=True) - spending
    log_income, log_others = np.log(income / income[0]), np.log(others / others[0])
    threat = _adversary(known.years)[:, None] * exposure(known.members)[None, :]
    steps = []
    for t in range(1, len(known.years)):
        for i in range(len(known.members)):
            row = (
                known.share[t - 1, i],
                known.share[t, i],
                log_income[t, i],
                threat[t - 1, i],
                log_others[t - 1, i],
            )
            if np.isfinite(row).all():
                steps.append((i, t, *row))
    table = np.array(steps)
    used = np.unique(table[:, 0].astype(int))
    members = tuple(known.members[i] for i in used)
    year = table[:, 1].astype(np.int64) - 1
    return BurdenPanel(
        members, np.searchsorted(used, table[:, 0].astype(int)), known.years[1:], year,
        table[:, 2], table[:, 3], table[:, 4], table[:, 5], table[:, 6], np.full(len(table), pledge_pct),
        shocks(known.as_of, range(known.years[1], known.years[-1] + 1)),
    )  # fmt: skip
