"""Runs of the model with entries of the register changed."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np

from foedus.ensemble import seats
from foedus.ensemble.engine import Engine


def run(plan, **changes):
    """Return the record of 100 draws, with entries of the register changed."""
    engine = Engine()
    engine.prepare(plan)
    parts = []
    for first in (0, 50):
        p, *rest = engine.arguments(plan, first)
        p = p | {name: jnp.full_like(p[name], value) for name, value in changes.items()}
        parts.append(seats.taken(engine.call((p, *rest)), len(plan.inputs.members)).record)
    return jax.tree.map(lambda *x: np.concatenate(x), *parts)
