"""Sums over types and members in a form that compiles well.

A compiled reduction over an axis of three or thirty places costs far more than its additions. Written out term by term, it becomes
part of one vectorised pass with what goes in and out; but a long sum that several results use would then be worked out again for
each of them, so that one runs as a loop, whose result is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax

from foedus.model.state import Array

TOGETHER = 8
"""Terms in one pass of a loop."""


def over(count: int, term: Callable[[int], Array]) -> Array:
    """Return the sum of ``term(0)`` to ``term(count - 1)``, arrays of one shape, written out."""
    total = term(0)
    for place in range(1, count):
        total = total + term(place)
    return total


def weighted(weights: Array, values: Array) -> Array:
    """Return the sum of ``weights`` (K,) times ``values`` (K, ...), written out."""
    return over(len(weights), lambda place: weights[place] * values[place])


def folded(count: int, step: Callable[[Any, Any], Any], start: Any) -> Any:
    """Return what a loop of ``step(place, so_far)`` makes of ``start``, for ``place`` from 0 to ``count - 1``.

    What does not fill a pass comes first: after the loop it would be worked out again wherever the result is used.
    """
    first = count % TOGETHER
    for place in range(first):
        start = step(place, start)
    return jax.lax.fori_loop(first, count, step, start, unroll=TOGETHER)
