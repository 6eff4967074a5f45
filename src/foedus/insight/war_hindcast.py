"""The war's past as a test: forecasts from a vantage against what was reported later, item by item.

An item is covered where the central estimate of what happened lies within the forecast's 5 to 95 percent. Only rows that
describe a day after the vantage are used, and only estimates of what was. What is forecast is what will be reported: a
report errs as much as the newest one known at the vantage says of itself, and aid is announced in lumps as large as those
of the months known then. An item whose whole reported range lies outside is marked as clearly missed.
Persistence, the last known value with no change, is scored beside it by relative error, where something was observed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import gammaincinv

from foedus import atlas
from foedus.ensemble.streams import uniforms
from foedus.errors import InputError
from foedus.insight.war import DRAWS, SEED, WarRun, run_war
from foedus.model.war.names import DONORS
from foedus.model.war.state import Record
from foedus.scenario.war_known import KINDS, aid_by_quarter
from foedus.scenario.war_question import Question
from foedus.scenario.war_start import draw

Floats = NDArray[np.float64]

VANTAGES = ("2022-03", "2023-01", "2024-01")
LAST = dt.date(2025, 12, 31)
"""The hindcasts run to the end of 2025."""
SERIES: dict[str, tuple[str, Callable[[Record], Any]]] = {
    "territory_held": ("territory", lambda r: r.territory),
    "adversary_force": ("forces", lambda r: r.men[:, :, 0]),
    "partner_force": ("forces", lambda r: r.men[:, :, 1]),
    "adversary_casualties_total": ("losses", lambda r: r.casualties[:, :, 0]),
    "partner_casualties_total": ("losses", lambda r: r.casualties[:, :, 1]),
    "adversary_tanks": ("forces", lambda r: r.tanks[:, :, 0]),
    "adversary_tanks_lost_total": ("losses", lambda r: r.tanks_lost),
}
_DAYS = 365.25 / 4


@dataclass(frozen=True)
class Item:
    """One thing that happened, and what was forecast."""

    vantage: str
    group: str
    item: str
    observed_on: str
    unit: str
    low: float
    central: float
    high: float
    p05: float
    p50: float
    p95: float
    last_known: float

    @property
    def covered(self) -> bool:
        """Whether the central estimate lies within the interval."""
        return self.p05 <= self.central <= self.p95

    @property
    def clearly_missed(self) -> bool:
        """Whether the whole reported range lies outside it."""
        return self.high < self.p05 or self.low > self.p95

    def as_dict(self) -> dict[str, Any]:
        """Return plain values with the verdict in words."""
        verdict = "covered" if self.covered else "clearly missed" if self.clearly_missed else "missed"
        side = "" if self.covered else " (above)" if self.central > self.p95 else " (below)"
        return {**asdict(self), "covered": self.covered, "verdict": verdict + side}


def hindcast(vantage: str | None = None, draws: int = DRAWS, seed: int = SEED) -> dict[str, Any]:
    """Return items and coverage of one vantage, or of all three.

    Raises:
        InputError: the vantage leaves nothing to score.
    """
    items = [item for month in ([vantage] if vantage else VANTAGES) for item in items_of(month, draws, seed)]
    return {
        "draws": draws,
        "seed": seed,
        "interval": "5 to 95 percent",
        "coverage": coverage(items),
        "items": [item.as_dict() for item in items],
    }


def coverage(items: list[Item]) -> list[dict[str, Any]]:
    """Return coverage and errors by vantage and group, and over all."""
    out = []
    keys = [(v, g) for v in dict.fromkeys(i.vantage for i in items) for g in (*dict.fromkeys(
        i.group for i in items if i.vantage == v), "all")]  # fmt: skip
    if len({i.vantage for i in items}) > 1:
        keys += [("all", g) for g in (*dict.fromkeys(i.group for i in items), "all")]
    for vantage, group in keys:
        chosen = [i for i in items if vantage in (i.vantage, "all") and group in (i.group, "all")]
        some = [i for i in chosen if i.central > 0]
        error = np.array([abs(i.p50 - i.central) / i.central for i in some])
        still = np.array([abs(i.last_known - i.central) / i.central for i in some])
        out.append(
            {
                "vantage": vantage,
                "group": group,
                "items": len(chosen),
                "covered": sum(i.covered for i in chosen),
                "clearly_missed": sum(i.clearly_missed for i in chosen),
                "median_error_of_median": float(np.median(error)),
                "median_error_of_no_change": float(np.median(still)),
            }
        )
    return out


def items_of(vantage: str, draws: int = DRAWS, seed: int = SEED) -> list[Item]:
    """Run a vantage to the end of 2025 and pair it with what was reported."""
    quarters = _quarters_to_last(vantage)
    run = run_war(vantage, Question(horizon=f"{quarters}q"), draws, seed)
    return [*_reported(run), *_aid(run)]


def _quarters_to_last(vantage: str) -> int:
    try:
        year, month = (int(part) for part in vantage.split("-"))
    except ValueError:
        raise InputError(f"must be a month written as YYYY-MM, got {vantage[:40]!r}", field="--as-of") from None
    quarters = 4 * (LAST.year + 1) - (4 * year + -(-(month - 1) // 3))
    if quarters < 1:
        raise InputError(f"{vantage} leaves nothing to score; give 2025-10 or earlier", field="--as-of")
    return quarters


def _at(run: WarRun, values: Floats, start: Floats, day: dt.date) -> Floats:
    """Return draws of a quarterly series on a day; ``start`` is its value before the first quarter."""
    first = dt.date(int(run.known.first[:4]), int(run.known.first[5:]), 1)
    place = (day - first).days / _DAYS
    path = np.concatenate([start[:, None], values], axis=1)
    below = int(np.clip(np.floor(place), 0, path.shape[1] - 2))
    part = float(np.clip(place - below, 0.0, 1.0))
    return np.asarray((1.0 - part) * path[:, below] + part * path[:, below + 1])


def _reported(run: WarRun) -> list[Item]:
    table = atlas.table("war_record").filter(
        (pl.col("basis") == "record") & (pl.col("observed") > run.known.day) & (pl.col("observed") <= LAST)
    )
    out = []
    for row in table.sort("quantity", "observed").iter_rows(named=True):
        if row["quantity"] not in SERIES:
            continue
        group, of = SERIES[row["quantity"]]
        values = np.asarray(of(run.record), np.float64)
        known = float(run.known.rows[row["quantity"]]["central"])
        forecast = _at(run, values, np.full(len(values), known), row["observed"])
        forecast = forecast * report_error(run, row["quantity"], row["observed"])
        out.append(_item(run, group, row["quantity"], row["observed"], row["unit"], row, forecast, known))
    return out


def report_error(run: WarRun, quantity: str, day: dt.date) -> Floats:
    """Return factors (draw,) by which a report of ``quantity`` on ``day`` errs: the range of the newest row known at the vantage.

    The row's range says where the truth lies about a report; a report lies about the truth the other way round, hence the
    inverse. Each day has its own stream.
    """
    known = run.known.rows[quantity]
    factor = {name: float(known[name]) / float(known["central"]) for name in ("low", "central", "high")}
    u = uniforms(run.seed, f"war.report.{quantity}.{day.isoformat()}", 0, len(run.record.territory))
    return 1.0 / draw(factor, u[:, 0])


def lump_factors(run: WarRun) -> Floats:
    """Return gamma factors (draw, quarter, donor, kind), mean one, with the lumpiness of the months known at the vantage."""
    shape = run.record.allocated.shape[:3]
    out = np.ones((*shape, len(KINDS)))
    for q, quarter in enumerate(run.quarters):
        u = uniforms(run.seed, f"war.lumps.{quarter}", 0, shape[0], len(DONORS) * len(KINDS))
        for place, squared in np.ndenumerate(run.known.lumps):
            if squared > 0:
                drawn = u[:, np.ravel_multi_index(place, run.known.lumps.shape)]
                out[:, q, place[0], place[1]] = squared * gammaincinv(1.0 / squared, drawn)
    return out


def _item(
    run: WarRun,
    group: str,
    name: str,
    day: dt.date,
    unit: str,
    row: dict[str, Any],
    forecast: Floats,
    known: float,
) -> Item:
    low, middle, high = (float(x) for x in np.quantile(forecast, (0.05, 0.5, 0.95)))
    return Item(
        run.known.month, group, name, day.isoformat(), unit, float(row["low"]), float(row["central"]),
        float(row["high"]), low, middle, high, known,
    )  # fmt: skip


def _aid(run: WarRun) -> list[Item]:
    """Allocations by donor and kind, summed over each calendar year after the vantage."""
    starts, _, values = aid_by_quarter()
    allocated = np.stack(
        [run.record.allocated[..., :-1].sum(axis=3), run.record.allocated[..., -1]], axis=3
    ).astype(float) * lump_factors(run)
    out = []
    years = np.array([int(name[:4]) for name in run.quarters])
    for year in dict.fromkeys(years.tolist()):
        names = [q for q in run.quarters if q.startswith(str(year))]
        seen = [k for k, s in enumerate(starts) if f"{s.year}Q{(s.month - 1) // 3 + 1}" in names]
        for d, donor in enumerate(DONORS):
            for k, kind in enumerate(KINDS):
                observed = float(values[seen, d, k].sum())
                row = dict.fromkeys(("low", "central", "high"), observed)
                forecast = allocated[:, years == year, d, k].sum(axis=1)
                known = float(run.known.aid[-4:, d, k].mean()) * len(names)
                name = f"{kind} aid of {donor}, {names[0]} to {names[-1]}"
                day = dt.date(year, 12, 31)
                out.append(_item(run, "aid", name, day, "billion euro", row, forecast, known))
    return out
