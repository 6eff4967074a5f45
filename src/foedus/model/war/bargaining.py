"""Bargaining: war as a costly lottery over a line on the map.

Each side compares settling on a line x with fighting on. The adversary takes ``x >= G_R + rearm``, the partner ``x <=
-G_U - insecurity``, where G is the value of going on (``options``): ground expected on each branch, less the costs of
fighting. A settlement is possible where the first is below the second, within a swap of ground around the front line.
It fails for three reasons: each side is more hopeful of the front than the trend (mutual optimism, fading as fighting
reveals strength), the partner fears a second war against an adversary that rebuilds (``insecurity``), the adversary a
partner that rearms (``rearm``). Chance a quarter: ``pace * sigma(range / scale)``; the line splits the range.
Units: percent of the partner's territory. Source: Fearon (1995) on the costly lottery, private information and
commitment; Powell (2004, 2006) on learning and shifting power; register entries ``war.*``. Invariants: chance in [0,
pace]; the line lies within the swap; costlier war, wider range.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

from foedus.model.war import front, options
from foedus.model.war.aid import by_item, capacity
from foedus.model.war.names import ADVERSARY, AHEAD, AIR_DEFENCE, MONEY, OTHER_ARMS, PARTNER, PATRON, SHELLS
from foedus.model.war.state import Array, Parameters, Start, State


class Outlook(NamedTuple):
    """What is expected a quarter under some support: of the front, and of losses."""

    drift: Array  # () percent a quarter
    losses: Array  # (S,) thousand persons a quarter
    unaided: Array  # () mean share of air defence and money of late that is missing


class Offer(NamedTuple):
    """Where the sides stand."""

    reservation: Array  # (S,) percent: least the adversary takes, most the partner leaves
    width: Array  # () percent; negative where no line suits both
    line: Array  # () percent
    wait: Array  # (S,) percent
    until: Array  # (S,) percent
    election: Array  # (S,) percent
    option: Array  # (S,) percent


def outlook(
    p: Parameters, start: Start, state: State, lost: Array, shift: Array, support: tuple[Array, Array]
) -> Outlook:
    """Return what is expected under a support of the patron (gift, access), all else as it is."""
    access = support[1]
    now, then = (_given(p, start, state, *s) for s in ((state.gift, state.access), support))
    fires = _mixed(start, then[0]) / _mixed(start, now[0])
    air = _mixed(start, then[1]) / _mixed(start, now[1])
    short = jnp.clip(1.0 - (1.0 - state.short_air) * air, 0.0, 1.0)
    worse = (
        -p["war.weight_fires"] * jnp.log(fires)
        + p["war.weight_air"] * (short - state.short_air)
        + p["war.weight_intelligence"] * (state.access - access)
    )
    drift = front.mobility(p, state.prepared) * (state.momentum + shift + worse)
    money = jnp.clip(1.0 - then[2], 0.0, 1.0)
    return Outlook(drift, lost.at[ADVERSARY].multiply(fires ** p["war.fire_elasticity"]), 0.5 * (short + money))


def _given(p: Parameters, start: Start, state: State, gift: Array, access: Array) -> Array:
    """Return fires, air defence and money given a year on under a support, against those of late, shape (3,).

    The others take on what the patron leaves as far as their will and their production reach.
    """
    present = by_item(p, start.level)
    others = present.at[PATRON].set(0.0).sum(axis=0)
    room = capacity(p, start, state.age - start.quarters_at_war + 4.0, access) - present
    room = jnp.maximum(room.at[PATRON].set(0.0), 0.0).sum(axis=0)
    gap = by_item(p, p["war.replacement_will"] * jnp.maximum(start.gift - gift, 0.0) * start.reference)
    items = others + present[PATRON] * gift + jnp.minimum(gap, room)
    of_late = jnp.maximum(others + present[PATRON] * start.gift, 1e-3)
    fires = (items[SHELLS] + items[OTHER_ARMS]) / (of_late[SHELLS] + of_late[OTHER_ARMS])
    return jnp.stack([fires, *(items / of_late)[jnp.array([AIR_DEFENCE, MONEY])]])


def _mixed(start: Start, ratio: Array) -> Array:
    return start.own_share + (1.0 - start.own_share) * ratio


def trees(
    p: Parameters,
    state: State,
    outlooks: tuple[Outlook, Outlook, Outlook],
    to_election: Array,
    guaranteed: Array,
) -> list[options.Tree]:
    """Return both sides' trees. ``outlooks``: now, low and high after the election."""
    return [tree(p, state, outlooks, to_election, guaranteed, side) for side in (ADVERSARY, PARTNER)]


def offer(p: Parameters, state: State, values: options.Values, guaranteed: Array) -> Offer:
    """Return where the sides stand at the end of a quarter. ``values``: of both sides, the adversary first."""
    least = values.go_on[ADVERSARY] + p["war.rearm"]
    most = -values.go_on[PARTNER] - insecurity(p, guaranteed)
    low = jnp.maximum(least, state.territory - p["war.swap"])
    high = jnp.minimum(most, state.territory + p["war.swap"])
    line = jnp.clip(0.5 * (low + high), 0.0, 100.0)
    wait, until, election, option = (x[:2] for x in values[1:])
    return Offer(jnp.stack([least, most]), high - low, line, wait, until, election, option)


def insecurity(p: Parameters, guaranteed: Array) -> Array:
    """Return what the fear of a second war takes from a settlement in the partner's eyes, percent."""
    return p["war.insecurity"] * (1.0 - p["war.guarantee_relief"] * guaranteed)


def tree(
    p: Parameters, state: State, outlooks: tuple[Outlook, ...], reveal: Array, guaranteed: Array, side: int
) -> options.Tree:
    """Return one side's payoffs, quarter by quarter and branch by branch."""
    ahead = jnp.arange(AHEAD + 1)
    before, after = jnp.minimum(ahead, reveal), jnp.maximum(ahead - reveal, 0)
    sign = 1.0 if side == ADVERSARY else -1.0
    hope = sign * p["war.optimism"] * jnp.exp(-state_age(p, state))
    drift = jnp.stack([o.drift for o in (*outlooks, outlooks[0])]) + hope
    ground = state.territory + drift[0] * before + drift[:, None] * after
    ground = jnp.clip(ground, 0.0, 100.0)
    name = "adversary" if side == ADVERSARY else "partner"
    lost = jnp.stack([o.losses[side] for o in (*outlooks, outlooks[0])])
    cost = p[f"war.cost_losses_{name}"] * lost / 100.0 + p[f"war.cost_quarter_{name}"]
    if side == PARTNER:
        cost = cost + p["war.cost_unaided"] * jnp.stack([o.unaided for o in (*outlooks, outlooks[0])])
    apart = p["war.rearm"] if side == ADVERSARY else insecurity(p, guaranteed)
    cost_then = jnp.where(after[:-1] > 0, cost[:, None], cost[0])
    fight = (1.0 - p["war.discount"]) * sign * ground[:, :-1] - cost_then
    return options.Tree(sign * ground - apart, fight, p["war.discount"], 1.0 - p["war.next_committed"], reveal)


def state_age(p: Parameters, state: State) -> Array:
    """Return the time at war in units of the time that it takes to learn."""
    return state.age / p["war.learning_quarters"]


def settlement_chance(p: Parameters, width: Array) -> Array:
    """Return the chance that talks end the war in the quarter."""
    return p["war.talks_pace"] * jax.nn.sigmoid(width / p["war.width_scale"])
