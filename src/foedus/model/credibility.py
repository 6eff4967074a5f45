"""Credibility: the chance, in an observer's eyes, that the patron fights if the ally is attacked.

``c[o, i] = sum_type b[o, type] * sigma(g0[type] + loading[type] * (g_force * log(1 + forces_i / 1000)
- g_treaty * (1 - in_force)) + pays[type] * (g_pledge * meets_i + g_account * account_i) + g_interest * interest_i)``

The level g0 is that of a treaty in force, as observed today, so g_treaty is what ending it takes away. For the
committed type force, treaty and interest matter; for the transactional type the pledge and the account do, with a
share of force and treaty; the withdrawing type is low throughout.
Units: probabilities; g in logits. Source: design 4.4; register entries ``credibility.*``.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model import sums
from foedus.model.state import Array, Parameters, sigmoid

STEP_WIDTH = 0.0005


def by_type(
    p: Parameters, forces_persons: Array, treaty: Array, meets: Array, account: Array, interest: Array
) -> Array:
    """Return the chance that each type fights for each ally, shape (K, N).

    ``forces_persons``, ``meets`` (0 to 1), ``account`` and ``interest`` (standard deviations) have shape (N,);
    ``treaty`` is the chance that the treaty is in force.
    """
    force = p["credibility.force"] * jnp.log1p(forces_persons / 1000.0)
    exit_loss = p["credibility.treaty"] * (1.0 - treaty)
    own = p["credibility.interest"] * interest
    pays = p["credibility.pledge"] * meets + p["credibility.account"] * account
    committed = p["credibility.level_committed"] + force - exit_loss + own
    transactional = (
        p["credibility.level_transactional"]
        + p["credibility.transactional_force_loading"] * force
        - p["credibility.transactional_treaty_loading"] * exit_loss
        + pays
    )
    withdrawing = jnp.broadcast_to(p["credibility.level_withdrawing"], committed.shape)
    return jnp.stack([sigmoid(kind) for kind in (committed, transactional, withdrawing)])


def in_the_eyes(belief: Array, fights: Array) -> Array:
    """Return credibility, shape (O, N), from beliefs (O, K) and the types' chances (K, N)."""
    return jnp.stack([sums.weighted(observer, fights) for observer in belief])


def meets_guideline(share: Array, guideline: Array) -> Array:
    """Return how far each ally meets the guideline, shape (N,), from 0 to 1; 0.88 at the guideline itself.

    A smooth step a twentieth of a point of GDP wide, so that the model stays differentiable.
    """
    return sigmoid((share - guideline + STEP_WIDTH) / (STEP_WIDTH / 2.0))
