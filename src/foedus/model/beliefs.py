"""Beliefs: what the adversary and the allies think of the type in office.

``b'(type) ∝ prior(type)^phi * b(type)^(1 - phi) * prod_k L(act_k | type)^w_k``: Bayes' rule with a weight for each kind of
signal and forgetting towards the prior at rate phi. An act's likelihood is its chance in the quarter; that an act did
not come is evidence too, except where the scenario forbade it. In hazard mode the expected log likelihood enters.
Units: probabilities. Source: design 4.3; register entries ``beliefs.*``.
Invariants: beliefs stay on the simplex; a forbidden act tells nothing; silence returns them to the prior.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from foedus.model.state import ACTS, Array, Parameters

CHEAP_TALK = jnp.array([1.0 if act in ("reaffirm", "demand", "offer_settlement") else 0.0 for act in ACTS])
_FLOOR = 1e-12


def signal_log_likelihood(p: Parameters, hazard: Array, chance: Array, order: Array, costly: Array) -> Array:
    """Return the weighted log likelihood of the quarter's signals, shape (K,).

    ``hazard`` (A, K) by type; ``chance`` (A,) that each act occurs (0 or 1 when played out); ``order`` (A,);
    ``costly`` (A,) lifts a statement to the weight of an act.
    """
    talk = CHEAP_TALK * (1.0 - costly)
    weight = talk * p["beliefs.talk_weight"] + (1.0 - talk) * p["beliefs.act_weight"]
    occurred = chance[:, None] * jnp.log(jnp.maximum(hazard, _FLOOR))
    absent = (1.0 - chance[:, None]) * jnp.log(jnp.maximum(1.0 - hazard, _FLOOR))
    informative = jnp.where(order < 0, 0.0, 1.0)
    return jnp.sum((weight * informative)[:, None] * (occurred + absent), axis=0)


def update(belief: Array, prior: Array, log_likelihood: Array, forgetting: Array) -> Array:
    """Return beliefs (O, K) after the quarter; each row sums to one."""
    log_b = (1.0 - forgetting) * jnp.log(jnp.maximum(belief, _FLOOR))
    log_b = log_b + forgetting * jnp.log(jnp.maximum(prior, _FLOOR)) + log_likelihood[None, :]
    return jax.nn.softmax(log_b, axis=-1)


def hold(belief: Array, held: Array, flag: Array) -> Array:
    """Return beliefs with those of flagged observers replaced by the held ones. ``flag`` (O,)."""
    return jnp.where(flag[:, None] > 0, held, belief)
