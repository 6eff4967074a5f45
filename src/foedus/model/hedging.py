"""Hedging: what allies do about a transactional patron.

The account rises with purchases and host support and decays: ``account' = account0 + (1 - d) * (account - account0)
+ (k_p * purchases_i + k_h * hosting_i) / y_i * 100 / 4``. Allies shift procurement to the patron as they come to believe it
transactional: ``share bought from the patron = base + extra * b[allies, transactional]``; purchases above what the base would
have bought are tribute. Units: account in standard deviations; money in billion USD of 2021 a year.
Source: design 4.7; register entries ``hedging.*``.
Invariants: the account rises with what is paid; without a transactional patron nobody pays tribute.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.state import Array, Parameters

QUARTERS = 4.0


def tribute(p: Parameters, equipment_spending: Array, transactional_belief: Array) -> Array:
    """Return purchases from the patron beyond the ordinary, billion USD a year, shape (N,); never more than the budget."""
    left = 1.0 - p["hedging.purchase_share_base"]
    shifted = jnp.minimum(p["hedging.purchase_share_transactional"], left)
    return shifted * transactional_belief * equipment_spending


def purchases(p: Parameters, equipment_spending: Array, transactional_belief: Array) -> Array:
    """Return all purchases from the patron, billion USD a year, shape (N,)."""
    ordinary = p["hedging.purchase_share_base"] * equipment_spending
    return ordinary + tribute(p, equipment_spending, transactional_belief)


def account(p: Parameters, now: Array, start: Array, bought: Array, hosted: Array, gdp: Array) -> Array:
    """Return the account a quarter later, shape (N,). ``bought`` and ``hosted``: billion USD a year of tribute."""
    gained = p["hedging.account_per_purchase"] * bought + p["hedging.account_per_hosting"] * hosted
    kept = (1.0 - p["hedging.account_decay"]) * (now - start)
    return start + kept + 100.0 * gained / gdp / QUARTERS
