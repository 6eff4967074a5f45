"""Politics: what the patron's administration does in a quarter.

``logit h[act, type, t] = logit(eta[act, type]) + pressure * shortfall - relief * account`` for hostile acts;
``reaffirm`` has no such terms. Forced acts have h = 1, forbidden ones h = 0.
Units: probability per quarter; shortfall in percentage points of GDP; account in standard deviations.
Source: design 4.1; register entries ``politics.*`` with the record behind each.
Invariants: chances lie in [0, 1]; orders of a scenario are obeyed; a larger shortfall never calms the patron and a fuller
account never provokes it.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.state import ACTS, TYPES, Array, Parameters, logit, sigmoid

HOSTILE = jnp.array([0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0])


def base_rates(p: Parameters) -> Array:
    """Return eta, shape (A, K), probability per quarter."""
    return jnp.stack([jnp.stack([p[f"politics.{act}.{kind}"] for kind in TYPES]) for act in ACTS])


def hazards(p: Parameters, shortfall_points: Array, mean_account: Array) -> Array:
    """Return h, shape (A, K): the chance of each act in the quarter for each type, before orders."""
    push = p["politics.gap_pressure"] * shortfall_points - p["politics.account_relief"] * mean_account
    return sigmoid(logit(base_rates(p)) + HOSTILE[:, None] * push)


def act_chances(hazard: Array, truth: Array, order: Array) -> Array:
    """Return the chance of each act, shape (A,), given the true type and the scenario's orders.

    ``hazard`` (A, K), ``truth`` (K,) sums to one, ``order`` (A,) in {-1, 0, 1}.
    """
    free = hazard @ truth
    return jnp.where(order > 0, 1.0, jnp.where(order < 0, 0.0, free))


def shortfall_points(share: Array, gdp: Array, guideline: Array) -> Array:
    """Return the GDP-weighted shortfall from the guideline, in percentage points of GDP."""
    return 100.0 * jnp.sum(jnp.maximum(guideline - share, 0.0) * gdp) / jnp.sum(gdp)


def type_priors(committed: Array, withdrawing_given_not: Array) -> Array:
    """Return (K,) from the chance of committed and of withdrawing given not committed."""
    rest = 1.0 - committed
    return jnp.stack([committed, rest * (1.0 - withdrawing_given_not), rest * withdrawing_given_not], axis=-1)
