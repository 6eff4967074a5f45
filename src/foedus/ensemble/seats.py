"""Seats: the alliance's arrays filled up with empty seats to a length that the processor works off in whole vectors.

Thirty-one allies are three vectors of eight and seven left over, one by one; thirty-two are four vectors, in about half the time. An
empty seat has no forces, no weapons, next to no income and no vote and lies out of reach, so that it bears on nobody; it is cut away from
what comes out.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.model.run import Closing, Run
from foedus.model.state import Controls, Luck, World
from foedus.model.step import Record

LANES = 8
"""Numbers of single precision in a vector."""
NEXT_TO_NOTHING = 1e-9
"""Income of an empty seat, billion USD: it can be divided by, and is lost in rounding where incomes are added up."""
OUT_OF_REACH = 1e6
"""Distance of an empty seat from the adversary, km: beyond the reach of any force."""

WORLD = {
    "seated": 0.0,
    "gdp": NEXT_TO_NOTHING,
    "spending_share": None,
    "spending_momentum": 0.0,
    "equipment_share": None,
    "personnel": 0.0,
    "reserves": 0.0,
    "population": 0.0,
    "patron_forces": 0.0,
    "report_age": 0.0,
    "forward_persons": 0.0,
    "reach_km": OUT_OF_REACH,
    "european": 0.0,
    "nuclear": 0.0,
    "account": None,
    "interest": None,
}
"""Fields by ally, and what stands in an empty seat; None: what the last ally has."""
BETWEEN = {"distance_km": None, "neighbour": 0.0}
"""Fields of the world by pair of allies."""
CONTROLS = {
    "forces_factor": 1.0,
    "forces_added": 0.0,
    "spending_floor": 0.0,
    "purchases": 0.0,
    "hosting": 0.0,
    "ultimatum_members": 0.0,
}
LUCK = {"own_news": 0.0, "posting": 0.0}
"""Here the allies are the last axis but one, elsewhere the last."""

BY_ALLY = (
    "credibility", "trust", "consensus", "challenge", "success", "success_alone", "success_reference", "success_seen",
    "loss", "share", "gap", "patron_forces",
)  # fmt: skip
FACING_BY_ALLY = ("enablers", "allied", "nuclear")
GUARANTEE_BY_ALLY = ("forces", "meets", "account")


def empty(allies: int) -> int:
    """Return how many empty seats fill up the last vector."""
    return -allies % LANES


def world(whole: World) -> World:
    """Return the world with its empty seats."""
    count = empty(len(whole.gdp))
    alone = {name: _filled(getattr(whole, name), -1, stand_in, count) for name, stand_in in WORLD.items()}
    pairs = {
        name: _filled(_filled(getattr(whole, name), -1, stand_in, count), -2, stand_in, count)
        for name, stand_in in BETWEEN.items()
    }
    return whole._replace(**alone, **pairs)


def controls(whole: Controls) -> Controls:
    """Return the controls with empty seats, to which nothing is done."""
    return _with(whole, CONTROLS, -1)


def luck(whole: Luck) -> Luck:
    """Return the luck with empty seats, which have none."""
    return _with(whole, LUCK, -2)


def taken(run: Run, allies: int) -> Run:
    """Return what comes out without its empty seats."""
    record: Record = run.record
    facing = record.facing
    guarantee = _cut(facing.guarantee, GUARANTEE_BY_ALLY, allies)
    facing = _cut(facing, FACING_BY_ALLY, allies)._replace(guarantee=guarantee)
    closing: Closing = _cut(run.closing, ("reached",), allies)
    return Run(_cut(record, BY_ALLY, allies)._replace(facing=facing), closing)


def _with(whole: Any, fields: dict[str, float], axis: int) -> Any:
    count = empty(np.shape(getattr(whole, next(iter(fields))))[axis])
    return whole._replace(
        **{k: _filled(getattr(whole, k), axis, stand_in, count) for k, stand_in in fields.items()}
    )


def _filled(values: Any, axis: int, stand_in: float | None, count: int) -> Any:
    array = np.asarray(values)
    last = np.take(array, [-1], axis=axis)
    seat = last if stand_in is None else np.full_like(last, stand_in)
    return np.concatenate([array, *[seat] * count], axis=axis)


def _cut(record: Any, fields: tuple[str, ...], allies: int) -> Any:
    return record._replace(**{name: getattr(record, name)[..., :allies] for name in fields})
