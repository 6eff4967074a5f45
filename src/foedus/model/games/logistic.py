"""The split of a challenge when private information is logistic instead of normal, with unit variance.

All three draws have the distribution function F(x) = 1 / (1 + exp(-pi x / sqrt 3)): mean 0, variance 1, so payoffs keep
their unit (standard deviations of the private information) and may be compared with the normal game.

With k = exp(-(W - a)) in logistic units and q the upper tail at c - W, the integral of the normal game has the closed form

    h(c) = integral from 0 to q of (1 - y) / (1 + (k - 1) y) dy

Invariants: as in the normal game (h + b = g, exchange inverts, b / h monotone in c), but b / h stays bounded as c grows,
so that this game never has a no-challenge corner. External check: numerical integration in the tests.
Source: Lewis and Schultz (2003) for the game; integrals worked out here.
"""

from __future__ import annotations

import math

import jax
import jax.numpy as jnp

from foedus.model.games.exact import FLAT, SCALE
from foedus.model.games.gaussian import is_double

Array = jax.Array


def log_cdf(x: Array) -> Array:
    """Logarithm of the unit-variance logistic distribution function."""
    return -jax.nn.softplus(-SCALE * x)


def cdf(x: Array) -> Array:
    """Unit-variance logistic distribution function."""
    return jax.nn.sigmoid(SCALE * x)


def reverse_hazard(x: Array) -> Array:
    """Density over distribution function."""
    return SCALE * jax.nn.sigmoid(-SCALE * x)


def log_challenge(c: Array, w: Array, a: Array) -> Array:
    """Log g(c): the log probability that the better of the two outcomes of a challenge is worth c."""
    return jnp.logaddexp(log_cdf(w - c), log_cdf(c - w) + log_cdf(a - c))


def log_no_challenge(c: Array, w: Array, a: Array) -> Array:
    """log(1 - g(c))."""
    return log_cdf(c - w) + log_cdf(c - a)


def _mean_pair(y: Array) -> tuple[Array, Array]:
    """Integrals over tau in [0, 1] of 1 / (1 + y tau) and of tau / (1 + y tau), for y > -1."""
    small = jnp.abs(y) < 0.05
    safe = jnp.where(small, 1.0, y)
    first = jnp.log1p(safe) / safe
    second = (1.0 - first) / safe
    terms = 14 if is_double(y) else 6
    series_one, series_two = jnp.zeros_like(y), jnp.zeros_like(y)
    for k in range(terms, -1, -1):
        series_one = 1.0 / (k + 1) - y * series_one
        series_two = 1.0 / (k + 2) - y * series_two
    return jnp.where(small, series_one, first), jnp.where(small, series_two, second)


def _log_hazards(c: Array, w: Array, a: Array) -> tuple[Array, Array]:
    """(log h, log hazard of h) for w <= a."""
    k_less_one = jnp.expm1(jnp.minimum(SCALE * (a - w), 80.0))
    log_q = log_cdf(w - c)
    q = jnp.exp(log_q)
    one, two = _mean_pair(k_less_one * q)
    log_h = log_q + jnp.log(one - q * two)
    log_density = math.log(SCALE) + log_cdf(c - w) + log_q
    return log_h, log_density + log_cdf(c - a) - log_h


def split(c: Array, w: Array, a: Array) -> tuple[Array, Array, Array]:
    """As the split of the normal game: log(b / h), log(-dh/dc / h), log(-db/dc / b)."""
    c, w, a = jnp.broadcast_arrays(c, w, a)
    swap = w > a
    low, high = jnp.minimum(w, a), jnp.maximum(w, a)
    c = jnp.clip(c, low - FLAT, high + FLAT)
    log_h, hazard_h = _log_hazards(c, low, high)
    excess = jnp.maximum(log_challenge(c, low, high) - log_h, math.log(2.0))
    ratio = excess + jnp.log1p(-jnp.exp(-excess))
    log_density = math.log(SCALE) + log_cdf(c - high) + log_cdf(high - c)
    hazard_b = log_density + log_cdf(c - low) - log_h - ratio
    return (
        jnp.where(swap, -ratio, ratio),
        jnp.where(swap, hazard_b, hazard_h),
        jnp.where(swap, hazard_h, hazard_b),
    )
