"""Trust among allies and Article 5.

Ally j joins the defence of i with ``q[j, i] = sigma(a + a_near * proximity_ji + a_cap * capability_j + a_us * c[allies, i]
+ a_trust * Q_i)`` where ``Q_i = sum_k w_k q[k, i]``. For given i the coupling runs through the one number Q_i, so the
equilibria are the roots of a scalar increasing map: iteration from 0 climbs to the lowest, from 1 falls to the highest (Newton steps with a bound speed it up).
Consensus: the council on Article 5 (`foedus.model.council.invocation`), the patron's seat included; without it a coalition of
the willing joins at a discount. Units: probabilities. Source: design 4.5; Kleene iteration of a monotone map;
register entries ``trust.*``.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

from foedus.model.council import invocation
from foedus.model.state import Array, Parameters

FRESH_STEPS = 16
CONTINUED_STEPS = 1
"""Both ends are sought from 0 and 1 once a year and stand for the year; the selected one is continued every quarter."""
LEAST_ROOM = 0.1
END_ROOM = 0.05
"""Bounds on the acceleration. From 0 the map is convex up to its lowest root, from 1 concave down to its highest, so Newton
steps there pass no root; the continued one keeps closer to plain iteration."""


class Trust(NamedTuple):
    """Joining in the defence of each ally: both ends, the selected equilibrium and what Article 5 makes of it."""

    lower: Array  # (N,) expected joining where trust unravels
    upper: Array  # (N,) expected joining where trust holds
    selected: Array  # (N,) continued from the previous quarter
    joins: Array  # (N, N) chance that row joins the defence of column, after Article 5
    consensus: Array  # (N,) chance that no member blocks


class Ties(NamedTuple):
    """What a draw works out once: the ties among allies without the patron."""

    against: Array  # (N, N) odds against row joining column where nobody else is expected to, apart from the patron's part
    weight: Array  # (N, N) `weights`


def ties(p: Parameters, proximity: Array, capability: Array, seated: Array | float = 1.0) -> Ties:
    """Return the ties from proximity (N, N) and capability (N,), both in [0, 1]. ``seated`` (N,): 0 where the seat is empty, so
    that nobody sits there to object.
    """
    alone = drive(p, proximity, capability, jnp.zeros_like(capability))
    return Ties(odds_against(alone) * jnp.broadcast_to(seated, capability.shape)[:, None], weights(capability))


def drive(p: Parameters, proximity: Array, capability: Array, credibility: Array) -> Array:
    """Return the fixed part of the logit, shape (N, N): row joins the defence of column."""
    return (
        p["trust.base"]
        + p["trust.proximity"] * proximity
        + p["trust.capability"] * capability[:, None]
        + p["trust.patron"] * credibility[None, :]
    )


def weights(capability: Array) -> Array:
    """Return w (N, N): weight of row in the expected joining for column; a column sums to one, without the ally itself."""
    others = capability[:, None] * (1.0 - jnp.eye(capability.shape[0], dtype=capability.dtype))
    return others / jnp.sum(others, axis=0, keepdims=True)


def odds_against(fixed: Array) -> Array:
    """Return the odds against joining where nobody else is expected to join, shape (N, N), from the fixed part of the logit."""
    return jnp.exp(-fixed)


def response(against: Array, weight: Array, mutual: Array, expected: Array) -> tuple[Array, Array]:
    """Return the joining (..., N) that follows if each ally's defenders expect ``expected`` (..., N), and its slope.

    ``against`` (N, N): `odds_against`. The sum is written out, so that it compiles to one vectorised pass.
    """
    doubt = jnp.exp(-mutual * expected)

    joining = slope = jnp.zeros_like(expected)
    for defender in range(len(weight)):
        willing = 1.0 / (1.0 + against[defender] * doubt)
        part = weight[defender] * willing
        joining, slope = joining + part, slope + part * (1.0 - willing)
    return joining, mutual * slope


def settle(
    against: Array, weight: Array, mutual: Array, start: Array, steps: int, room: float = LEAST_ROOM
) -> Array:
    """Return the fixed point reached from ``start`` (..., N) by accelerated iteration, with ``room`` the least 1 - slope.

    The last step is Newton's and carries the derivative of the fixed point (implicit function theorem).
    """
    still = [jax.lax.stop_gradient(x) for x in (against, weight, mutual, start)]

    def climb(_: int, expected: Array) -> Array:
        joining, slope = response(still[0], still[1], still[2], expected)
        return jnp.clip(expected + (joining - expected) / jnp.maximum(1.0 - slope, room), 0.0, 1.0)

    near = jax.lax.fori_loop(0, steps, climb, still[3])
    joining, slope = response(against, weight, mutual, near)
    return jnp.clip(near + (joining - near) / jnp.maximum(1.0 - jax.lax.stop_gradient(slope), room), 0.0, 1.0)


def solve(
    p: Parameters,
    tied: Ties,
    credibility: Array,
    last: Array,
    afresh: Array | float = 1.0,
    seat: Array | float = 1.0,
) -> Trust:
    """Return both ends and the selected equilibrium.

    ``last`` (3, N): lower end, upper end and selected of the last quarter; ``afresh``: 1 to seek the ends anew; ``seat``: chance that
    the patron still sits in the council.
    """
    against = _against(p, tied, credibility)
    kept = settle(against, tied.weight, p["trust.mutual"], last[2], CONTINUED_STEPS)
    low, high = jax.lax.cond(
        jnp.asarray(afresh) > 0,
        lambda: _ends(p, tied, against),
        lambda: (jnp.minimum(last[0], kept), jnp.maximum(last[1], kept)),
    )
    kept = jnp.where(jnp.asarray(afresh) > 0, jnp.clip(kept, low, high), kept)
    return Trust(low, high, kept, *_carried(p, against, kept, credibility, seat))


def at_the_start(p: Parameters, tied: Ties, credibility: Array) -> Trust:
    """Return both ends with the upper one selected: trust holds."""
    against = _against(p, tied, credibility)
    low, high = _ends(p, tied, against)
    return Trust(low, high, high, *_carried(p, against, high, credibility, 1.0))


def _against(p: Parameters, tied: Ties, credibility: Array) -> Array:
    return tied.against * jnp.exp(-p["trust.patron"] * credibility)[None, :]


def _ends(p: Parameters, tied: Ties, against: Array) -> tuple[Array, Array]:
    nobody = jnp.zeros_like(against[0])
    start = jnp.stack([nobody, jnp.ones_like(nobody)])
    low, high = settle(against, tied.weight, p["trust.mutual"], start, FRESH_STEPS, END_ROOM)
    return low, jnp.maximum(low, high)


def _carried(
    p: Parameters, against: Array, expected: Array, patron: Array, seat: Array | float
) -> tuple[Array, Array]:
    willing = 1.0 / (1.0 + against * jnp.exp(-p["trust.mutual"] * expected)[None, :])
    return article_5(p, willing, patron, seat)


def article_5(p: Parameters, willing: Array, patron: Array, seat: Array | float = 1.0) -> tuple[Array, Array]:
    """Return (joins (N, N), consensus (N,)) from willingness (N, N), row for column, and the patron's (N,)."""
    others = 1.0 - jnp.eye(willing.shape[0], dtype=willing.dtype)
    consensus = invocation.consensus(p["trust.veto"], others * (1.0 - willing), 1.0 - patron, seat)
    carried = invocation.carried(consensus, p["trust.coalition_discount"])
    return others * willing * carried[None, :], consensus


def proximity(distance_km: Array, neighbour: Array, scale_km: Array) -> Array:
    """Return proximity (N, N) in [0, 1]: 1 for neighbours, else falling with the distance between capitals."""
    return jnp.maximum(neighbour, jnp.exp(-distance_km / scale_km))
