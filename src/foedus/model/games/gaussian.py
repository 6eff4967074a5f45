"""Normal tails and the two-sided split of a challenge, accurate in relative terms however far out.

Equations (standard normal phi, Phi; E4 and E5 of the crisis game):

    h(c) = integral over u > c - W of phi(u) Phi(u + W - a) du     A challenges and would fight
    b(c) = the same with W and a exchanged                         A challenges and would back down
    g(c) = 1 - Phi(c - W) Phi(c - a) = h + b                       A challenges

Everything is computed relative to the integrand at the end of the interval, so that nothing underflows where the
ratio b / h still matters. Units: payoffs and cut-offs in standard deviations of the private information.
Invariants: h + b = g; exchanging W and a inverts b / h; b / h is monotone in c (the reverse hazard phi / Phi is
log-concave). External check: function_probes of the reference collection, and mpmath in the tests.
Source: Lewis and Schultz, Political Analysis 11 (2003) 345-367, for the game; the quadrature is our own.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from scipy import special

Array = jax.Array

LOG_SQRT_2PI = 0.5 * math.log(2.0 * math.pi)
INV_SQRT_2PI = 1.0 / math.sqrt(2.0 * math.pi)
_MILLS_CENTRE = 4.0


@lru_cache(maxsize=2)
def _mills_coefficients(degree: int) -> tuple[float, ...]:
    """Polynomial coefficients of (1 + v) Q(v) / phi(v) in y = (v - k) / (v + k), fitted at Chebyshev nodes.

    The Chebyshev coefficients fall by a factor above three, so the change to powers of y loses no digits.
    """

    def scaled(y: np.ndarray) -> np.ndarray:
        v = _MILLS_CENTRE * (1.0 + y) / (1.0 - y)
        return np.asarray((1.0 + v) * math.sqrt(math.pi / 2.0) * special.erfcx(v / math.sqrt(2.0)))

    interpolate: Any = np.polynomial.chebyshev.chebinterpolate
    fit = interpolate(scaled, degree)
    return tuple(float(value) for value in np.polynomial.chebyshev.cheb2poly(fit))


@lru_cache(maxsize=4)
def _half_rule(points: int) -> tuple[np.ndarray, np.ndarray]:
    """Gauss-Legendre nodes and weights on [0, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(points)
    return 0.5 * (nodes + 1.0), 0.5 * weights


def is_double(x: Array) -> bool:
    """Whether an array carries 64-bit floats."""
    return bool(x.dtype == jnp.float64)


def mills(v: Array) -> Array:
    """Mills ratio Q(v) / phi(v) for v >= 0, to about 1e-14 (float64) or 1e-7 (float32)."""
    coefficients = _mills_coefficients(26 if is_double(v) else 10)
    y = (v - _MILLS_CENTRE) / (v + _MILLS_CENTRE)
    total = jnp.full_like(v, coefficients[-1])
    for value in coefficients[-2::-1]:
        total = total * y + value
    return total / (1.0 + v)


def _phi(v: Array) -> Array:
    return INV_SQRT_2PI * jnp.exp(-0.5 * v * v)


@jax.custom_jvp
def log_cdf(x: Array) -> Array:
    """Logarithm of the standard normal distribution function, accurate in both tails."""
    away = jnp.abs(x)
    ratio = mills(away)
    body = jnp.log1p(-jnp.where(x >= 0, _phi(away) * ratio, 0.0))
    return jnp.where(x >= 0, body, -0.5 * x * x - LOG_SQRT_2PI + jnp.log(ratio))


@log_cdf.defjvp
def _log_cdf_jvp(primals: tuple[Array], tangents: tuple[Array]) -> tuple[Array, Array]:
    (x,), (dx,) = primals, tangents
    value = log_cdf(x)
    return value, reverse_hazard(x) * dx


@jax.custom_jvp
def reverse_hazard(x: Array) -> Array:
    """phi(x) / Phi(x): the mean of a standard normal truncated from above, with its sign changed."""
    away = jnp.abs(x)
    ratio = mills(away)
    density = _phi(away)
    return jnp.where(x >= 0, density / (1.0 - jnp.where(x >= 0, density * ratio, 0.0)), 1.0 / ratio)


@reverse_hazard.defjvp
def _reverse_hazard_jvp(primals: tuple[Array], tangents: tuple[Array]) -> tuple[Array, Array]:
    (x,), (dx,) = primals, tangents
    value = reverse_hazard(x)
    return value, -value * (x + value) * dx


def cdf(x: Array) -> Array:
    """Standard normal distribution function."""
    return jnp.exp(log_cdf(x))


def log_mills(v: Array) -> Array:
    """log(Q(v) / phi(v)) for any sign of v."""
    inside = jnp.where(v >= 0, v, 0.0)
    outside = jnp.where(v < 0, v, 0.0)
    return jnp.where(v >= 0, jnp.log(mills(inside)), log_cdf(-outside) + 0.5 * outside * outside + LOG_SQRT_2PI)


def log_challenge(c: Array, w: Array, a: Array) -> Array:
    """Log g(c): the log probability that the better of the two outcomes of a challenge is worth c."""
    low, high = c - jnp.maximum(w, a), c - jnp.minimum(w, a)
    return jnp.logaddexp(log_cdf(-low), log_cdf(low) + log_cdf(-high))


def log_no_challenge(c: Array, w: Array, a: Array) -> Array:
    """log(1 - g(c))."""
    return log_cdf(c - w) + log_cdf(c - a)


class _Tail(NamedTuple):
    """Everything about one point of the normal distribution that shares a single Mills ratio."""

    mills: Array
    log_cdf: Array
    log_upper: Array
    log_mills: Array


def _tail(v: Array) -> _Tail:
    ratio = mills(jnp.abs(v))
    log_small = -0.5 * v * v - LOG_SQRT_2PI + jnp.log(ratio)
    log_large = jnp.log1p(-jnp.exp(log_small))
    negative = v < 0
    return _Tail(
        mills=ratio,
        log_cdf=jnp.where(negative, log_small, log_large),
        log_upper=jnp.where(negative, log_large, log_small),
        log_mills=jnp.where(negative, log_large + 0.5 * v * v + LOG_SQRT_2PI, jnp.log(ratio)),
    )


def _inverse_hazard(s: Array, t: Array, d: Array, at_t: _Tail) -> tuple[Array, Array]:
    """H / (phi(s) Phi(t)) for t = s + d, d <= 0, from s outward: (part, whether upwards).

    The integral runs upwards beyond the mode of the integrand, else downwards and is then to be taken from the
    closed form of the whole line, so that no digits cancel.
    """
    double = is_double(s)
    drop = 34.0 if double else 12.0
    upper = s > 0.25 * (jnp.sqrt(d * d + 4.0) - d)
    sign = jnp.where(upper, 1.0, -1.0).astype(s.dtype)
    hazard = jnp.where(t < 0, 1.0 / at_t.mills, jnp.exp(-0.5 * t * t - LOG_SQRT_2PI - at_t.log_cdf))
    slope = jnp.maximum(sign * (s - hazard), 0.0)
    length = 2.0 * drop / (slope + jnp.sqrt(slope * slope + 2.0 * drop))
    below = jnp.minimum(t, 0.0)
    shift = 0.5 * below * below
    nodes, weights = (jnp.asarray(rule, s.dtype) for rule in _half_rule(20 if double else 8))

    def add_node(k: int, total: Array) -> Array:
        step = nodes[k] * length
        v = t + sign * step
        first = -sign * s * step - 0.5 * step * step + shift
        second = jnp.exp(first - 0.5 * v * v) * mills(jnp.abs(v)) * INV_SQRT_2PI
        return total + weights[k] * jnp.where(v < 0, second, jnp.exp(jnp.minimum(first, 80.0)) - second)

    # Written out where speed is wanted: the nodes then compile to one vectorised pass.
    total = jax.lax.fori_loop(0, len(nodes), add_node, jnp.zeros_like(s), unroll=not double)
    scale = jnp.where(t < 0, INV_SQRT_2PI * at_t.mills, jnp.exp(at_t.log_cdf))
    return total * length / scale, upper


def _split_ordered(c: Array, w: Array, a: Array) -> tuple[Array, Array, Array]:
    """(log b/h, log hazard of h, log hazard of b) for w <= a."""
    d = w - a
    s = c - w
    t = s + d
    at_s, at_t = _tail(s), _tail(t)
    part, upper = _inverse_hazard(s, t, d, at_t)
    whole = _tail(d * math.sqrt(0.5)).log_cdf
    log_whole = whole + 0.5 * s * s + LOG_SQRT_2PI - at_t.log_cdf
    rest = jnp.log1p(-jnp.where(upper, 0.0, part * jnp.exp(-log_whole)))
    log_hazard_h = jnp.where(upper, -jnp.log(part), -log_whole - rest)
    gap = -0.5 * d * (s + t)
    near = log_hazard_h + jnp.logaddexp(gap + at_t.log_mills - at_t.log_cdf, at_s.log_mills)
    far = jnp.logaddexp(at_t.log_upper, at_t.log_cdf + at_s.log_upper) - whole - rest
    excess = jnp.maximum(jnp.where(upper, near, far), math.log(2.0))
    log_ratio = excess + jnp.log1p(-jnp.exp(-excess))
    log_hazard_b = log_hazard_h - log_ratio + gap + at_s.log_cdf - at_t.log_cdf
    return log_ratio, log_hazard_h, log_hazard_b


def _settled(c: Array, w: Array, a: Array) -> tuple[Array, Array, Array]:
    """The arguments broadcast, with c no lower than where every type of A challenges."""
    c, w, a = jnp.broadcast_arrays(c, w, a)
    return jnp.maximum(c, jnp.minimum(w, a) - (12.0 if is_double(c) else 6.0)), w, a


@jax.custom_jvp
def split(c: Array, w: Array, a: Array) -> tuple[Array, Array, Array]:
    """How a challenge at cut-off c splits into fighting and backing down.

    Returns:
        log(b / h), log(-dh/dc / h) and log(-db/dc / b), each of the broadcast shape of the arguments.
    """
    c, w, a = _settled(c, w, a)
    swap = w > a
    ratio, hazard_h, hazard_b = _split_ordered(c, jnp.minimum(w, a), jnp.maximum(w, a))
    return (
        jnp.where(swap, -ratio, ratio),
        jnp.where(swap, hazard_b, hazard_h),
        jnp.where(swap, hazard_h, hazard_b),
    )


@split.defjvp
def _split_jvp(
    primals: tuple[Array, Array, Array], tangents: tuple[Array, Array, Array]
) -> tuple[tuple[Array, Array, Array], tuple[Array, Array, Array]]:
    (c, w, a), (dc, dw, da) = _settled(*primals), tangents
    log_ratio, log_hazard_h, log_hazard_b = split(c, w, a)
    s, t = c - w, c - a
    ds, dt = dc - dw, dc - da
    hazard_h, hazard_b = jnp.exp(log_hazard_h), jnp.exp(log_hazard_b)
    over_s, over_t = reverse_hazard(s), reverse_hazard(t)
    common = log_mills((s + t) * math.sqrt(0.5)) - 0.5 * math.log(2.0)
    cross_h = jnp.exp(jnp.minimum(log_hazard_h + common + jnp.log(over_t), 80.0))
    cross_b = jnp.exp(jnp.minimum(log_hazard_b + common + jnp.log(over_s), 80.0))
    d_log_h = -hazard_h * ds + cross_h * (dw - da)
    d_log_b = -hazard_b * dt + cross_b * (da - dw)
    d_hazard_h = -s * ds + over_t * dt - d_log_h
    d_hazard_b = -t * dt + over_s * ds - d_log_b
    return (log_ratio, log_hazard_h, log_hazard_b), (d_log_b - d_log_h, d_hazard_h, d_hazard_b)
