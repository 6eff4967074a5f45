"""Burden sharing: what each ally spends.

``log s*_i = log o_i + beta_pledge * max(0, log(path / o_i))`` with the ally's own wish ``log o_i = alpha_i + beta_y * log(y_i / y_i0)
+ beta_T * exposure_i * log(T / T0) - beta_S * log(Z_i / Z_i0)`` and spill-in ``Z_i = sum_j q_ji * s_j * y_j + c[allies, i] * K_P``. The alpha_i hold the
start's own level and part of its recent growth. All allies choose at once: the Nash equilibrium is the fixed point of
the map from everyone's s to everyone's s*, a contraction in logs while beta_S < 1. Then partial adjustment
``s += lambda * (s* - s)`` within a fiscal limit per year.
Units: s share of GDP; y, Z, K billion USD of 2021; T relative to the start. Source: design 4.6; Sandler and Hartley's
joint-product reading of Olson and Zeckhauser; register entries ``burden.*``.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

from foedus.model import sums
from foedus.model.state import Array, Parameters

ITERATIONS = 8
QUARTERS = 4.0


class Reference(NamedTuple):
    """The start, against which changes count."""

    share: Array  # (N,)
    gdp: Array  # (N,)
    spillin: Array  # (N,) billion USD
    strength: Array  # () adversary's strength at the start
    momentum: Array  # (N,) growth of the log share per year


def spillin(share: Array, gdp: Array, joins: Array, credibility: Array, patron_spending: Array) -> Array:
    """Return what each ally expects others to provide, billion USD a year, shape (N,).

    ``joins`` (N, N): chance that row joins the defence of column; ``credibility`` (N,) in the allies' eyes.
    """
    spent = share * gdp
    return sums.over(joins.shape[0], lambda j: joins[j] * spent[j]) + credibility * patron_spending


def desired(
    p: Parameters,
    start: Reference,
    gdp: Array,
    strength: Array,
    exposure: Array,
    path: Array,
    joins: Array,
    credibility: Array,
    patron_spending: Array,
    share: Array,
) -> Array:
    """Return the Nash equilibrium of desired shares, shape (N,), share of GDP.

    ``exposure`` (N,) in [0, 1]; ``path`` () the pledged share; ``share`` (N,) the present one.
    """
    income = p["burden.income_elasticity"] * jnp.log(gdp / start.gdp)
    threat = p["burden.threat_elasticity"] * exposure * jnp.log(strength / start.strength)
    trend = p["burden.momentum"] * start.momentum
    fixed = jnp.log(start.share) + income + threat + trend

    def best_response(_: int, wanted: Array) -> Array:
        received = spillin(wanted, gdp, joins, credibility, patron_spending)
        own = fixed - p["burden.spillin_elasticity"] * jnp.log(received / start.spillin)
        return jnp.exp(own + p["burden.pledge_effect"] * jnp.maximum(jnp.log(path) - own, 0.0))

    return jax.lax.fori_loop(0, ITERATIONS, best_response, share)


def adjust(p: Parameters, share: Array, wanted: Array, floor: Array) -> Array:
    """Return the share a quarter later: partial adjustment within the fiscal limit, never below the floor set."""
    limit = p["burden.fiscal_limit"] / 100.0 / QUARTERS
    move = p["burden.adjustment_rate"] / QUARTERS * (wanted - share)
    lifted = jnp.minimum(jnp.maximum(floor - share, 0.0), p["burden.ordered_rise"] * limit)
    return share + jnp.maximum(jnp.clip(move, -limit, limit), lifted)


def guideline_gap(share: Array, gdp: Array, guideline: Array) -> Array:
    """Return the money missing to the guideline, billion USD of 2021 a year, shape (N,)."""
    return jnp.maximum(guideline - share, 0.0) * gdp
