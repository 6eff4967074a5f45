"""Aid from the vantage: what a run says of its level, times how aid has changed on record up to the day.

A run moves aid by decisions (a stop, what allies replace) and knows neither donors nor packages. What is reported is announced in
packages, so that a forecast of it is the run's draw times an innovation of the record. The quarters known by the day are cut
in half. Of donor groups the log change from half to half gives a scale per root of the years between the halves, and levels drift with time. Of
European donors the change net of their group's gives a scale that does not grow with time: it is packages that come or do not, which a group averages
out. With so few changes the scale itself is uncertain: the innovation is a Student t with as many degrees of freedom as there are changes.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import special

from foedus import atlas
from foedus.calibrate.priors import priors_of
from foedus.ensemble.streams import uniforms
from foedus.errors import InputError
from foedus.scenario.attacks import attack_days

Floats = NDArray[np.float64]
GROUPS = ("US", "Europe", "other")
QUARTERS_A_YEAR = 4
MONTHS = 3
FEWEST_QUARTERS = 4
EPOCH = dt.date(2000, 1, 1)
DAYS_A_YEAR = 365.25


class Quarters(NamedTuple):
    """Allocations by donor and whole quarter known on a day, billion EUR."""

    donors: tuple[str, ...]
    groups: tuple[str, ...]  # of each donor
    values: Floats  # (donor, quarter)
    war: Floats  # (quarter,) share of the quarter after the attack
    middle: Floats  # (quarter,) years since 2000 at the middle of that share


class Innovations(NamedTuple):
    """How much a year's aid strays from what the level before says, log points."""

    group: float  # scale for each root of a year
    group_changes: int
    donor: float  # scale, whatever the time between
    donor_changes: int
    centre: float  # years since 2000 at the middle of the record known


def known_quarters(vantage: dt.date) -> Quarters:
    """Return the whole quarters of the tracker before a day, from the quarter of the attack on.

    Errors: InputError where fewer than four are known.
    """
    attack = attack_days()[-1]
    rows = atlas.table("aid").filter(
        (pl.col("aid_type") == "total")
        & (pl.col("period_type") == "quarter")
        & pl.col("period_end").is_between(attack, vantage, closed="none")
        & (pl.col("period_end").dt.month() % MONTHS == 0)
    )
    ends = sorted(set(rows["period_end"]))
    if len(ends) < FEWEST_QUARTERS:
        raise InputError(
            f"{len(ends)} quarters of aid are known by {vantage}, {FEWEST_QUARTERS} are needed", field="as-of"
        )
    wide = rows.pivot(
        on="period_end", index=["donor", "donor_group"], values="allocations_eur_billion", sort_columns=True
    ).sort("donor")
    values = wide.select(str(end) for end in ends).fill_null(0.0).to_numpy().astype(float)
    starts = [dt.date(end.year, end.month - MONTHS + 1, 1) for end in ends]
    days = np.array([(end - max(start, attack)).days + 1 for start, end in zip(starts, ends, strict=True)])
    whole = np.array([(end - start).days + 1 for start, end in zip(starts, ends, strict=True)])
    middle = np.array([(end - EPOCH).days + 1 for end in ends]) - days / 2
    return Quarters(
        tuple(wide["donor"]), tuple(wide["donor_group"]), values, days / whole, middle / DAYS_A_YEAR
    )


def innovations(known: Quarters) -> Innovations:
    """Return the scales of the changes from the first half of the quarters to the second."""
    half = known.values.shape[1] // 2
    first, second = slice(0, half), slice(half, None)
    before, after = (known.values[:, s].sum(axis=1) / known.war[s].sum() for s in (first, second))
    apart = np.average(known.middle[second], weights=known.war[second]) - np.average(
        known.middle[first], weights=known.war[first]
    )
    of = np.array(known.groups)
    moved = np.array([np.log(after[of == g].sum() / before[of == g].sum()) for g in GROUPS])
    least = priors_of("aid")["donor_offset"].args[0] / QUARTERS_A_YEAR
    europe = (of == "Europe") & (before + after > 0)
    own = np.log((after[europe] + least) / (before[europe] + least)) - moved[GROUPS.index("Europe")]
    return Innovations(
        float(np.sqrt(np.mean(moved**2) / apart)), len(moved), float(np.sqrt(np.mean(own**2))), len(own),
        float(np.average(known.middle, weights=known.war)),
    )  # fmt: skip


def drift(found: Innovations, group: str, years: tuple[int, ...], draws: int, seed: int) -> Floats:
    """Return log changes of a group's level, (draw, year), from the middle of the record to the middle of each year."""
    ahead = np.array([y + 0.5 - EPOCH.year - found.centre for y in years])
    u = uniforms(seed, f"aid.level.{group}", 0, draws, len(years) + 1)
    steps = special.ndtri(u[:, 1:]) * np.sqrt(np.diff(ahead, prepend=0.0))
    scale = found.group * _uncertain(u[:, :1], found.group_changes)
    return _bounded(scale * np.cumsum(steps, axis=1))


def own_change(found: Innovations, donor: str, years: tuple[int, ...], draws: int, seed: int) -> Floats:
    """Return log changes of a European donor's aid net of its group's, (draw, year)."""
    u = uniforms(seed, f"aid.own.{donor}", 0, draws, len(years) + 1)
    scale = found.donor * _uncertain(u[:, :1], found.donor_changes)
    return _bounded(scale * special.ndtri(u[:, 1:]))


def _uncertain(u: Floats, changes: int) -> Floats:
    """Return the factor that turns a normal into a Student t: the scale is known from so many changes only."""
    return np.asarray(np.sqrt(changes / special.chdtri(changes, u)))


def _bounded(change: Floats) -> Floats:
    limit = priors_of("aid")["limit"].args[0]
    return np.clip(change, -limit, limit)


def donor_aid(usual: float, group: Floats, usual_group: float, own: Floats) -> Floats:
    """Return draws of a donor's year: its usual year moved as its group and by its own change, never below nothing."""
    least = priors_of("aid")["donor_offset"].args[0]
    return np.maximum((usual + least) * group / usual_group * np.exp(own) - least, 0.0)
