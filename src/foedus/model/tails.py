"""Heavy-tailed numbers from a draw's luck."""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.state import Array


def student(tail: Array, luck: Array) -> Array:
    """Return Student t numbers with ``tail`` degrees of freedom, made from ``luck`` (..., 2) by Bailey's polar method (1994).

    ``luck`` holds a size (standard exponential) and a direction (cosine of a uniform angle).
    """
    size, direction = luck[..., 0], luck[..., 1]
    return direction * jnp.sqrt(tail * jnp.expm1(2.0 * size / tail))
