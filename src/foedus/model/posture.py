"""Posture: how many of the patron's forces stand in each ally, apart from what is ordered.

``forces_i = (present_i * order_i * exp(w_i) + added_i) * (1 - drawn down)``: postings *w* wander, in logs, and orders come on top.
Once a year each host draws its change, ``scale_i * t``, a Student t with ``scale_i^2 = all^2 + few^2 / present_i``, kept within the
largest yearly rise on record, and a quarter takes a quarter of it. The first quarter also makes up for the time since the newest
report. Invariants: the change is symmetric in logs and leaves a host's median where it was. Cuts of all hosts at once are orders, and the change
common to all hosts of a year is therefore not part of the wander.
Units: persons; log points a year. Source: US forces by host in the newest 25 years, net of each year's median; register entries ``posture.*``.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.state import Array, Controls, Luck, Parameters, State, World
from foedus.model.tails import student

QUARTER = 0.25
"""Years."""


def scale(p: Parameters, persons: Array) -> Array:
    """Return the scale of a year's change of the log of ``persons``; it grows as hosts get smaller."""
    return jnp.sqrt(p["posture.all"] ** 2 + p["posture.few"] ** 2 / jnp.maximum(persons, 1.0))


def wander(p: Parameters, world: World, state: State, control: Controls, luck: Luck) -> State:
    """Return the state with the quarter's postings."""
    limit = p["posture.limit"]
    change = scale(p, world.patron_forces) * student(p["posture.tail"], luck.posting)
    since = jnp.where(control.first > 0, jnp.sqrt(world.report_age + QUARTER), QUARTER)
    return state._replace(posting=state.posting + since * jnp.clip(change, -limit, limit))


def forces(world: World, state: State, control: Controls, drawn: Array) -> Array:
    """Return the patron's persons in each ally, shape (N,). ``drawn`` (): share withdrawn by its own orders."""
    present = world.patron_forces * control.forces_factor * jnp.exp(state.posting)
    return (present + control.forces_added) * (1.0 - drawn)
