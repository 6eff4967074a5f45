"""The front: how far it moves in a quarter, given the balance of force and fires and how well it is dug in.

``dT = mobility * (momentum + l - l0 - overreach * (T - T0) + noise) - given up``, ``mobility = open * slow ^
prepared``, ``l = w_m log(men ratio) + w_f log(fire ratio) + w_t log(tank ratio) + w_a * air defence missing + w_i *
(1 - access)``. Momentum is the speed of late over the mobility of late, and fades. Ground that too few men hold is
given up: ``rate * (1 - density / needed) * (T - T_before)`` where density is persons per kilometre of front, and the
front is ``420 km * exp(c * (T - T_before))``. Prepared defences grow while the front stands and are left behind when
it moves; behind the line of before 2022 all is prepared.
Units: percent of the partner's territory a quarter; kilometres. Source: rates of advance of 15 to 135 metres a day
against prepared defences and of 590 to 7,400 in 2022 (CSIS 2025, 2026), hence ``slow``; register entries ``war.*``.
Invariants: territory stays in 0 to 100; the same balance moves a prepared front less; a weaker partner never gains by
it.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.war.names import ADVERSARY, PARTNER
from foedus.model.war.state import Array, Parameters, Start, State

_FEW = 1e-3


def balance(p: Parameters, men: Array, fires: Array, tanks: Array, short_air: Array, access: Array) -> Array:
    """Return the log balance in the adversary's favour."""

    def log_ratio(pair: Array) -> Array:
        return jnp.log(jnp.maximum(pair[ADVERSARY], _FEW) / jnp.maximum(pair[PARTNER], _FEW))

    mass = p["war.weight_men"] * log_ratio(men) + p["war.weight_fires"] * log_ratio(fires)
    armour = p["war.weight_tanks"] * log_ratio(tanks)
    return mass + armour + p["war.weight_air"] * short_air + p["war.weight_intelligence"] * (1.0 - access)


def mobility(p: Parameters, prepared: Array) -> Array:
    """Return percent of territory a quarter for one log unit of balance."""
    return p["war.mobility_open"] * jnp.exp(-jnp.log(p["war.slowing"]) * prepared)


def momentum_at_start(p: Parameters, start: Start) -> Array:
    """Return the log units that explain the speed of late."""
    return start.front_speed / mobility(p, start.prepared)


def front_km(p: Parameters, territory: Array, before: Array) -> Array:
    """Return the length of the front, km: 420 before 2022, about 1,100 at 17.5 percent, 2,450 at 26 percent."""
    grown = p["war.front_growth"] * jnp.maximum(territory - before, 0.0)
    return p["war.front_before"] * jnp.exp(jnp.minimum(grown, 2.5))


def density(p: Parameters, start: Start, territory: Array, men: Array) -> Array:
    """Return the adversary's men per kilometre of front."""
    return 1000.0 * men[ADVERSARY] / front_km(p, territory, start.before)


def given_up(p: Parameters, start: Start, territory: Array, men: Array) -> Array:
    """Return ground that the adversary cannot hold with its men, percent in the quarter."""
    lacking = jnp.maximum(1.0 - density(p, start, territory, men) / p["war.hold_density"], 0.0)
    return p["war.give_up_rate"] * lacking * jnp.maximum(territory - start.before, 0.0)


def move(p: Parameters, start: Start, state: State, shift: Array, noise: Array) -> Array:
    """Return the change of territory held, percent in the quarter. ``shift``: balance against that of the start.

    The pull of overreach counts at the end of the quarter, so that a fast front does not swing past its resting point.
    """
    push = state.momentum + shift + p["war.front_noise"] * noise
    moves = mobility(p, state.prepared)
    moved = moves * push / (1.0 + moves * p["war.overreach"]) - given_up(p, start, state.territory, state.men)
    return _over_the_old_line(p, start, state, moved)


def _over_the_old_line(p: Parameters, start: Start, state: State, moved: Array) -> Array:
    """Slow what would cross the line of before 2022, fortified on both sides since 2014."""
    slow = mobility(p, jnp.ones_like(state.prepared)) / mobility(p, state.prepared)
    room = jnp.maximum(state.territory - start.before, 0.0)
    beyond = jnp.minimum(moved + room, 0.0)
    return moved - (1.0 - slow) * beyond


def shifted(p: Parameters, start: Start, now: Array, then: Array, territory: Array) -> Array:
    """Return the balance against that of the start, less what supply lines cost where the front has moved."""
    return now - then - p["war.overreach"] * (territory - start.territory)


def prepared_after(p: Parameters, prepared: Array, moved: Array) -> Array:
    """Return the share of the front with prepared defences, a quarter later."""
    left_behind = jnp.minimum(jnp.abs(moved) / p["war.overrun"], 1.0)
    dug = prepared + p["war.digging"] * (1.0 - prepared)
    return jnp.clip(dug * (1.0 - left_behind), 0.0, 1.0)
