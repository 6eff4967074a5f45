"""Timing: what the adversary gains by waiting for a weaker guarantee.

``wait_i = patience * delta ^ quarters_to_next * max(0, P_next_i - P_i) * gain * stake_i``, where P_next is the chance of success
under the beliefs about the next administration. It raises the status-quo payoff of the crisis game: an adversary that
expects a better moment holds back until then. A first simple form: one step ahead, not the full backward induction.
Units: standard deviations of private information. Source: design 4.12; register entries ``timing.*``.
Invariants: waiting is worth nothing unless the guarantee weakens; one step of the induction is the one worked by hand.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.state import Array, Parameters


def value_of_waiting(
    p: Parameters, quarters_to_next: Array, success_now: Array, success_next: Array, prize: Array
) -> Array:
    """Return the value of waiting, shape (N,). ``prize`` (N,): what a won war is worth, in standard deviations."""
    discount = p["timing.discount"] ** quarters_to_next
    return p["timing.patience"] * discount * jnp.maximum(success_next - success_now, 0.0) * prize
