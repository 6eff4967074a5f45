"""Burden sharing: what each ally spends.

``log s*_i = log o_i + beta_pledge * max(0, log(path / o_i))`` with the ally's own wish ``log o_i = alpha_i + beta_y * log(y_i / y_i0)
+ beta_T * exposure_i * log(T / T0) - beta_S * log(Z_i / Z_i0)`` and spill-in ``Z_i = sum_j q_ji * s_j * y_j + c[allies, i] * K_P``. The alpha_i hold the
start's own level and part of its recent growth. All allies choose at once: the Nash equilibrium is the fixed point of
the map from everyone's s to everyone's s*, a contraction in logs while beta_S < 1. Then partial adjustment
``s += lambda * (s* - s)`` within a fiscal limit per year.

Once a year, with its budgets, comes news that no equation explains: ``s_i *= exp(f_t + delta * a_t + u_it)``, ``f_t = rho * f_(t-1) + sd * z_t``
common to all and carried on from the record's newest year, ``a_t`` 1 in the three years after an attack by a great power, ``u_it`` the
ally's own, ``own * exp(v_t)`` times a Student t, ``v_t`` the year's unrest, which persists; their sum stays within the largest yearly change on record. What is
fresh in a year is symmetric in logs: it leaves the median of a share where it was.
Units: s share of GDP; y, Z, K billion USD of 2021; T relative to the start; f, u log points a year. Source: design 4.6;
Sandler and Hartley's joint-product reading of Olson and Zeckhauser; the news is what the same equation leaves of NATO's tables of
2014-2025; register entries ``burden.*``.
Invariants: nobody gains by deviating; a quarter's move keeps to the fiscal limit; more threat or pledge, or less of the
patron, never lowers spending; the order of members is no matter.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax.scipy.special import ndtri

from foedus.model import sums
from foedus.model.state import Array, Controls, Luck, Parameters, State
from foedus.model.tails import student

ITERATIONS = 8
QUARTERS = 4.0
TINY = 1e-6
"""Keeps logarithms of scales finite where there is no news at all."""


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


def opening_news(p: Parameters, growth: Array, alarm: Array, distance: Array) -> tuple[Array, Array]:
    """Return the record's newest year as (common news, unrest): what goes on from there.

    ``growth`` (): common growth of the log share; ``alarm`` (): 1 under an attack; ``distance`` (): median distance from it.
    The distance is an upper quartile of the Student t, here by the first terms of its expansion around the normal's.
    """
    z, tail = ndtri(0.75), p["burden.news_tail"]
    quartile = z + (z**3 + z) / (4.0 * tail) + (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / (96.0 * tail**2)
    scale, usual = (jnp.maximum(x, TINY) for x in (distance / quartile, p["burden.news_own"]))
    return growth - p["burden.attack"] * alarm, jnp.log(scale / usual)


def own_news(p: Parameters, unrest: Array, luck: Array) -> Array:
    """Return each ally's own news of a year, log points: Student t, made from ``luck`` (..., 2)."""
    return p["burden.news_own"] * jnp.exp(unrest) * student(p["burden.news_tail"], luck)


def hear(p: Parameters, state: State, control: Controls, luck: Luck) -> State:
    """Return the state once the quarter's budgets are known: the year's news is in. It takes no share below a floor ordered."""
    common = p["burden.news_persistence"] * state.news + p["burden.news_common"] * luck.news
    keep = p["burden.unrest_persistence"]
    unrest = keep * state.unrest + p["burden.unrest"] * jnp.sqrt(1.0 - keep**2) * luck.unrest
    limit = p["burden.news_limit"]
    change = common + p["burden.attack"] * control.alarm + own_news(p, unrest, luck.own_news)
    share = state.share * jnp.exp(control.budget * jnp.clip(change, -limit, limit))
    floor = jnp.minimum(state.share, control.spending_floor)
    return state._replace(
        share=jnp.maximum(share, floor),
        news=jnp.where(control.budget > 0, common, state.news),
        unrest=jnp.where(control.budget > 0, unrest, state.unrest),
    )


def guideline_gap(share: Array, gdp: Array, guideline: Array) -> Array:
    """Return the money missing to the guideline, billion USD of 2021 a year, shape (N,)."""
    return jnp.maximum(guideline - share, 0.0) * gdp
