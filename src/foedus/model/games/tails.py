"""The crisis game's best response in few operations: one text for NumPy and for compiled JAX, float32 and float64.

The same equations as `exact`, without logarithms: everything is taken relative to phi(s) at s = c - min(W, a), so that
nothing underflows while the two payoffs differ by less than `WIDEST` standard deviations and c lies below `LARGEST`.
With s = c - low, t = s + d, d = low - high <= 0, and whole = Phi(d / sqrt 2):

    K = h / phi(s) = integral outward from s (upwards), or whole / phi(s) less the integral downwards
    g / phi(s) = Q(t) / phi(s) + Phi(t) Q(s) / phi(s),   b / h = g / h - 1

Once K is known at one cut-off, a cut-off close by needs the integral between the two only (`nudge`).
Invariants and external check: agreement with `exact` (tests), which is checked against the reference collection.
Source and units: as `equilibria`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

Array = Any

WIDEST = 12.0
LARGEST = 1e3
_CENTRE = 4.0
_INV = 1.0 / math.sqrt(2.0 * math.pi)
_ROOT_HALF = math.sqrt(0.5)
NUDGE_POINTS = 5
_FEW = 1_500
"""Games below which NumPy takes all nodes of a quadrature at once."""
NEARLY = 1e-5
"""How well a root must solve its equation after the first Newton step for the second to count as the last."""


class Grade(NamedTuple):
    """How finely to compute: Gauss-Legendre points, degree of the Mills ratio, drop of the integrand, bounds."""

    kind: Any
    points: int
    degree: int
    drop: float
    floor: float
    furthest: float
    steepest: float


COARSE = Grade(np.float32, 9, 10, 13.0, 6.0, 1e9, 80.0)
"""Best responses to about 1e-5 of their size."""
FINE = Grade(np.float64, 24, 26, 36.0, 12.0, 1e9, 600.0)
"""Best responses to about 1e-12 of their size."""


class Fixed(NamedTuple):
    """What stays the same while x moves, arrays of one length.

    spread = S_A - V_A, lead = V_A - min(W_A, a), base = W_B - C_B, gain = V_B - C_B, d = -|W_A - a|,
    whole = Phi(d / sqrt 2), swap: W_A > a. Differences are taken in float64, before any rounding to float32.
    """

    spread: Array
    lead: Array
    base: Array
    gain: Array
    d: Array
    whole: Array
    swap: Array


class Tail(NamedTuple):
    """Mills ratio at |v|, density, and distribution function at v with its complement."""

    mills: Array
    density: Array
    below: Array
    above: Array


class Place(NamedTuple):
    """Where a best response was computed: s, t and K."""

    s: Array
    t: Array
    inverse: Array


def _mills_exact(v: float) -> float:
    """Return Q(v) / phi(v) for v >= 0, by the error function near 0 and by its continued fraction further out."""
    if v < 4.0:
        return math.sqrt(0.5 * math.pi) * math.exp(0.5 * v * v) * math.erfc(v * _ROOT_HALF)
    value = v
    for k in range(120, 0, -1):
        value = v + k / value
    return 1.0 / value


@lru_cache(maxsize=4)
def mills_coefficients(degree: int) -> tuple[float, ...]:
    """Polynomial coefficients of (1 + v) Q(v) / phi(v) in y = (v - 4) / (v + 4), fitted at Chebyshev nodes."""

    def scaled(y: Any) -> Any:
        v = _CENTRE * (1.0 + y) / (1.0 - y)
        return np.array([(1.0 + value) * _mills_exact(float(value)) for value in v])

    interpolate: Any = np.polynomial.chebyshev.chebinterpolate
    fit = interpolate(scaled, degree)
    return tuple(float(value) for value in np.polynomial.chebyshev.cheb2poly(fit))


@lru_cache(maxsize=8)
def gauss_rule(points: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Gauss-Legendre nodes and weights on [0, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(points)
    return tuple(float(v) for v in 0.5 * (nodes + 1.0)), tuple(float(v) for v in 0.5 * weights)


def mills(v: Array, degree: int) -> Array:
    """Return Q(v) / phi(v) for v >= 0."""
    coefficients = mills_coefficients(degree)
    y = (v - _CENTRE) / (v + _CENTRE)
    total = y * coefficients[-1] + coefficients[-2]
    for value in coefficients[-3::-1]:
        total = total * y + value
    return total / (1.0 + v)


def tail(xp: Any, v: Array, degree: int) -> Tail:
    """Return the tail functions of the standard normal at v."""
    ratio = mills(xp.abs(v), degree)
    density = xp.exp(-0.5 * v * v) * _INV
    small = density * ratio
    negative = v < 0
    large = 1.0 - small
    return Tail(ratio, density, xp.where(negative, small, large), xp.where(negative, large, small))


def prepare(games: Array, grade: Grade, xp: Any = np) -> Fixed:
    """Return what the best response of games (7, n) needs, in the grade's precision."""
    low, high = xp.minimum(games[3], games[5]), xp.maximum(games[3], games[5])
    d = low - high
    whole = tail(xp, d * _ROOT_HALF, FINE.degree).below
    differences = (games[0] - games[1], games[1] - low, games[4] - games[2], games[6] - games[2], d, whole)
    parts: list[Array] = [xp.asarray(part, grade.kind) for part in differences]
    return Fixed._make([*parts, games[3] > games[5]])


def _lower(xp: Any, fixed: Fixed, at_x: Tail, grade: Grade) -> Array:
    """Return s, A's cut-off less the lower of his two payoffs of a challenge that is resisted."""
    return xp.clip(fixed.lead + fixed.spread / at_x.below, -grade.floor, grade.furthest)


def _body(xp: Any, start: Array, shift: Array, base: Array, degree: int) -> Array:
    """Return phi(s + shift) / phi(s) times Phi(t + shift), with start = s and base = t."""
    v = base + shift
    small = xp.exp(-0.5 * v * v) * mills(xp.abs(v), degree) * _INV
    return xp.exp(-shift * (start + 0.5 * shift)) * xp.where(v < 0, small, 1.0 - small)


def _sum(xp: Any, points: int, term: Callable[[Any], Array], like: Array, group: int = 3) -> Array:
    """Return the Gauss-Legendre sum of a term on [0, 1]; compiled as a loop over groups of nodes, to compile in little time."""
    nodes, weights = gauss_rule(points)
    total = xp.zeros_like(like)
    if xp is np and like.size < _FEW:
        return np.asarray(weights, like.dtype) @ term(np.asarray(nodes, like.dtype)[:, None])
    if xp is np:
        for node, weight in zip(nodes, weights, strict=True):
            total = total + weight * term(node)
        return total
    import jax

    table = xp.asarray([nodes, weights], like.dtype).reshape(2, points // group, group)

    def add(k: Array, so_far: Array) -> Array:
        for j in range(group):
            so_far = so_far + table[1, k, j] * term(table[0, k, j])
        return so_far

    return jax.lax.fori_loop(0, points // group, add, total)


def _inverse(xp: Any, fixed: Fixed, s: Array, at_s: Tail, t: Array, at_t: Tail, grade: Grade) -> Array:
    """Return K = h / phi(s) by quadrature away from the mode of the integrand."""
    d = fixed.d
    upper = s > 0.25 * (xp.sqrt(d * d + 4.0) - d)
    sign = xp.where(upper, 1.0, -1.0).astype(grade.kind)
    hazard = xp.where(t < 0, 1.0 / at_t.mills, at_t.density / at_t.below)
    slope = xp.maximum(sign * (s - hazard), 0.0)
    length = sign * (2.0 * grade.drop / (slope + xp.sqrt(slope * slope + 2.0 * grade.drop)))
    total = _sum(xp, grade.points, lambda node: _body(xp, s, length * node, t, grade.degree), s)
    total = total * xp.abs(length)
    return xp.where(upper, total, fixed.whole / at_s.density - total)


def _response(
    xp: Any, fixed: Fixed, at_x: Tail, place: Place, at_s: Tail, at_t: Tail, grade: Grade
) -> tuple[Array, Array, Array]:
    """Return z, dz/dx and z - base from K."""
    s, t, inverse = place
    lift = xp.exp(xp.minimum(-0.5 * fixed.d * (s + t), grade.steepest))
    first = xp.where(t < 0, at_t.above / at_s.density, lift * at_t.mills)
    second = xp.where(s < 0, at_s.above / at_s.density, at_s.mills)
    ratio = xp.maximum((first + at_t.below * second) / inverse - 1.0, 1.0)
    hazard_low, hazard_high = at_t.below / inverse, lift * at_s.below / (inverse * ratio)
    gain = fixed.gain * xp.where(fixed.swap, 1.0 / ratio, ratio)
    steep = xp.where(fixed.swap, hazard_high - hazard_low, hazard_low - hazard_high)
    slope = gain * steep * -fixed.spread / at_x.below * (at_x.density / at_x.below)
    return fixed.base + gain, slope, gain


def respond(xp: Any, fixed: Fixed, x: Array, grade: Grade) -> tuple[Array, Array, Array, Place]:
    """Return B's best response z to A's best response to x, its slope dz/dx, z - base, and where it was computed."""
    at_x = tail(xp, x, grade.degree)
    s = _lower(xp, fixed, at_x, grade)
    t = s + fixed.d
    at_s, at_t = tail(xp, s, grade.degree), tail(xp, t, grade.degree)
    place = Place(s, t, _inverse(xp, fixed, s, at_s, t, at_t, grade))
    return *_response(xp, fixed, at_x, place, at_s, at_t, grade), place


def nudge(xp: Any, fixed: Fixed, x: Array, near: Place, grade: Grade) -> tuple[Array, Array, Array, Place]:
    """As `respond` at an x whose cut-off lies close to ``near``: (z, slope, how far in units of the integrand's decay, place)."""
    at_x = tail(xp, x, grade.degree)
    s = _lower(xp, fixed, at_x, grade)
    t = s + fixed.d
    shift = s - near.s
    total = _sum(
        xp, NUDGE_POINTS, lambda node: _body(xp, near.s, shift * node, near.t, grade.degree), s, group=1
    )
    at_s, at_t = tail(xp, s, grade.degree), tail(xp, t, grade.degree)
    inverse = (near.inverse - shift * total) * xp.exp(shift * (near.s + 0.5 * shift))
    place = Place(s, t, inverse)
    z, slope, _ = _response(xp, fixed, at_x, place, at_s, at_t, grade)
    return z, slope, xp.abs(shift) * (1.0 + xp.abs(s) + xp.abs(t)), place


class Refined(NamedTuple):
    """A root after two Newton steps: where the second began, how long it was, and what was found there."""

    middle: Array
    last: Array
    slope: Array
    error: Array
    first: Array
    place: Place


def refine(xp: Any, fixed: Fixed, x: Array) -> tuple[Array, Array, Array, Array]:
    """Two Newton steps in float64 from a root known to a few digits: (root, slope there, error, response to x).

    The second step moves the cut-off by so little that the integral between the two cut-offs will do. The error is the
    last step times the share by which it was shorter than the one before; infinity where that cannot be said, with the
    first step's result for a root.
    """
    middle, last, slope, error, first, _ = refined(xp, fixed, x)
    return xp.where(xp.isinf(error), middle, middle + last), slope, error, first


def refined(xp: Any, fixed: Fixed, x: Array) -> Refined:
    """As `refine`, with where the second step began."""
    first, slope, _, place = respond(xp, fixed, x, FINE)
    step = (first - x) / (1.0 - slope)
    middle = x + step
    z, slope, far, near = nudge(xp, fixed, middle, place, FINE)
    last = (z - middle) / (1.0 - slope)
    rounding = 4e-16 * (1.0 + xp.abs(middle))
    gained = xp.minimum(xp.abs(last) / xp.maximum(xp.abs(step), rounding), 1.0)
    sure = (far < 0.5) & (xp.abs(z - middle) < NEARLY * (1.0 + xp.abs(middle)))
    error = xp.where(sure, xp.abs(last) * gained + rounding, xp.inf)
    return Refined(middle, last, slope, error, first, near)
