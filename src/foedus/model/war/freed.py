"""Forces freed by a settlement and reconstituted: adversary brigades for elsewhere.

``brigades = (1 - garrison - guarantee) * men / persons per brigade * ready``, none while the war goes on; ``ready' =
ready + 3 / years / 4 * (1 - ready)`` in peace, from what wartime leaves. The years, the tie of a guarantee and
persons per brigade are those of the reduced form and of the capability model, so that both speak of the same
brigades.
Units: brigades; thousand persons; share. Source: services' estimates of 3 to 10 years (atlas theatre); register
``war.*``, ``ukraine.*``, ``capability.*``.
Invariants: free brigades rise with time since a settlement and fall with a guarantee; none are free while the war
goes on.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.war.names import ADVERSARY
from foedus.model.war.state import Array, Parameters

YEARS = 5
"""Years after a settlement that are reported."""


def freed(p: Parameters, men: Array, guaranteed: Array) -> Array:
    """Return brigades that a settlement lets go, ready or not."""
    kept = jnp.minimum(p["war.garrison"] + p["ukraine.guarantee_ties"] * guaranteed, 1.0)
    return (1.0 - kept) * men[ADVERSARY] / p["capability.persons_per_brigade"]


def ready_after(p: Parameters, ready: Array, war: Array) -> Array:
    """Return the share of units ready, a quarter later."""
    rate = jnp.minimum(3.0 / p["ukraine.reconstitution_years"] / 4.0, 1.0)
    return ready + (1.0 - war) * rate * (1.0 - ready)


def after_settlement(p: Parameters, men: Array, ready: Array, guaranteed: Array) -> Array:
    """Return brigades ready for elsewhere 1 to 5 years after a settlement now, shape (5,)."""
    rate = jnp.minimum(3.0 / p["ukraine.reconstitution_years"] / 4.0, 1.0)
    quarters = 4.0 * jnp.arange(1, YEARS + 1)
    return freed(p, men, guaranteed) * (1.0 - (1.0 - ready) * (1.0 - rate) ** quarters)
