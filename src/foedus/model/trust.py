"""Trust among allies and Article 5.

Ally j joins the defence of i with ``q[j, i] = sigma(a + a_near * proximity_ji + a_cap * capability_j + a_us * c[allies, i]
+ a_trust * Q_i)`` where ``Q_i = sum_k w_k q[k, i]``. For given i the coupling runs through the one number Q_i, so the
equilibria are the roots of a scalar increasing map: iteration from 0 climbs to the lowest, from 1 falls to the highest.
Consensus: ``prod_j (1 - v * (1 - q[j, i]))`` with v the chance that an unwilling member blocks; without it a coalition
of the willing joins at a discount. Units: probabilities. Source: design 4.5; Kleene iteration of a monotone map;
register entries ``trust.*``.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

from foedus.model.state import Array, Parameters, sigmoid

ITERATIONS = 8
CONTINUATION_ITERATIONS = 3
"""The selected equilibrium starts from last quarter's, so it needs fewer."""


class Trust(NamedTuple):
    """Joining in the defence of each ally: both ends, the selected equilibrium and what Article 5 makes of it."""

    lower: Array  # (N,) expected joining where trust unravels
    upper: Array  # (N,) expected joining where trust holds
    selected: Array  # (N,) continued from the previous quarter
    joins: Array  # (N, N) chance that row joins the defence of column, after Article 5
    consensus: Array  # (N,) chance that no member blocks


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


def response(fixed: Array, weight: Array, mutual: Array, expected: Array) -> Array:
    """Return the joining (N,) that follows if each ally's defenders expect ``expected`` (N,)."""
    return jnp.sum(weight * sigmoid(fixed + mutual * expected[None, :]), axis=0)


def solve(p: Parameters, proximity: Array, capability: Array, credibility: Array, start: Array) -> Trust:
    """Return both ends, and the equilibrium reached from ``start`` (N,), the last quarter's."""
    fixed = drive(p, proximity, capability, credibility)
    weight = weights(capability)
    mutual = p["trust.mutual"]

    def climb(_: int, expected: Array) -> Array:
        return response(fixed, weight, mutual, expected)

    low = jax.lax.fori_loop(0, ITERATIONS, climb, jnp.zeros_like(start))
    high = jax.lax.fori_loop(0, ITERATIONS, climb, jnp.ones_like(start))
    kept = jax.lax.fori_loop(0, CONTINUATION_ITERATIONS, climb, start)
    willing = sigmoid(fixed + mutual * kept[None, :])
    joins, consensus = article_5(p, willing)
    return Trust(low, high, kept, joins, consensus)


def article_5(p: Parameters, willing: Array) -> tuple[Array, Array]:
    """Return (joins (N, N), consensus (N,)) from willingness (N, N), row for column."""
    others = 1.0 - jnp.eye(willing.shape[0], dtype=willing.dtype)
    consensus = jnp.exp(jnp.sum(others * jnp.log1p(-p["trust.veto"] * (1.0 - willing)), axis=0))
    carried = consensus + (1.0 - consensus) * p["trust.coalition_discount"]
    return others * willing * carried[None, :], consensus


def proximity(distance_km: Array, neighbour: Array, scale_km: Array) -> Array:
    """Return proximity (N, N) in [0, 1]: 1 for neighbours, else falling with the distance between capitals."""
    return jnp.maximum(neighbour, jnp.exp(-distance_km / scale_km))
