"""The crisis game's best response in plain float64 NumPy: the reference path, with nothing to compile.

The same equations as `signalling` and `gaussian`, with SciPy's scaled error function for the tails. Estimators use it
for hundreds of games, where compiling would take longer than solving; `foedus game solve` uses it below a few thousand.
First derivatives are analytic. Units, source, invariants: see `signalling`. External check: the 30-digit roots and the
function probes of the reference collection.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]

SCALE = math.pi / math.sqrt(3.0)
"""Logistic units per standard deviation."""

FLAT = 25.0
"""Beyond this distance from both payoffs the logistic b / h has its limit to within rounding."""

LOG_SQRT_2PI = 0.5 * math.log(2.0 * math.pi)
ROOT_HALF = math.sqrt(0.5)
_DROP = 38.0
_POINTS = 28
CUTOFF_LIMIT = 1e100
"""Far enough out for b / h to reach its limit even where W_A and a differ by rounding alone."""
FAR = 1e3
"""Beyond this distance from both payoffs the two hazards are taken from their expansion: their difference loses all digits."""
RATIO_LIMIT = 600.0


class Split(NamedTuple):
    """How a challenge at a cut-off splits: logs of b / h, of the two hazards, and of their common cross term."""

    log_ratio: Floats
    log_hazard_h: Floats
    log_hazard_b: Floats
    log_cross_h: Floats
    log_cross_b: Floats
    log_challenge: Floats
    log_no_challenge: Floats


@lru_cache(maxsize=1)
def _rule() -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.legendre.leggauss(_POINTS)
    return 0.5 * (nodes + 1.0), 0.5 * weights


def log_mills(v: Floats) -> Floats:
    """Return log(Q(v) / phi(v))."""
    with np.errstate(over="ignore"):
        ratio = np.log(special.erfcx(v * ROOT_HALF)) + 0.5 * math.log(0.5 * math.pi)
    return np.where(v > -20.0, ratio, special.log_ndtr(-v) + 0.5 * v * v + LOG_SQRT_2PI)


def reverse_hazard(v: Floats) -> Floats:
    """Return phi(v) / Phi(v)."""
    return np.exp(-log_mills(-v))


def _part(s: Floats, t: Floats, d: Floats, upper: NDArray[np.bool_]) -> Floats:
    """Return h / (phi(s) Phi(t)) integrated outward from s; t = s + d, d <= 0."""
    sign = np.where(upper, 1.0, -1.0)
    slope = np.maximum(sign * (s - reverse_hazard(t)), 0.0)
    length = 2.0 * _DROP / (slope + np.sqrt(slope * slope + 2.0 * _DROP))
    nodes, weights = _rule()
    step = nodes[:, None] * length
    v = t + sign * step
    log_scale = special.log_ndtr(t)
    body = np.exp(-sign * s * step - 0.5 * step * step + special.log_ndtr(v) - log_scale)
    return np.asarray((weights @ body) * length)


def _split_ordered(c: Floats, w: Floats, a: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """For w <= a: log b/h, both log hazards, log g, log(1 - g)."""
    d = w - a
    s = c - w
    t = s + d
    upper = s > 0.25 * (np.sqrt(d * d + 4.0) - d)
    part = _part(s, t, d, upper)
    whole, log_t, log_s = special.log_ndtr(d * ROOT_HALF), special.log_ndtr(t), special.log_ndtr(s)
    upper_t, upper_s = special.log_ndtr(-t), special.log_ndtr(-s)
    log_whole = whole + 0.5 * s * s + LOG_SQRT_2PI - log_t
    rest = np.log1p(-np.where(upper, 0.0, part * np.exp(-log_whole)))
    hazard_h = np.where(upper, -np.log(part), -log_whole - rest)
    gap = -0.5 * d * (s + t)
    log_g = np.logaddexp(upper_t, log_t + upper_s)
    near = hazard_h + np.logaddexp(gap + log_mills(t) - log_t, log_mills(s))
    excess = np.maximum(np.where(upper, near, log_g - whole - rest), math.log(2.0))
    ratio = excess + np.log1p(-np.exp(-excess))
    hazard_b = hazard_h - ratio + gap + log_s - log_t
    return ratio, hazard_h, hazard_b, log_g, log_s + log_t


def _normal_split(c: Floats, w: Floats, a: Floats) -> Split:
    low, high = np.minimum(w, a), np.maximum(w, a)
    settled = np.maximum(c, low - 12.0)
    ratio, first, second, log_g, _ = _split_ordered(settled, low, high)
    swap = w > a
    hazard_h, hazard_b = np.where(swap, second, first), np.where(swap, first, second)
    s, t = settled - w, settled - a
    common = log_mills((s + t) * ROOT_HALF) - 0.5 * math.log(2.0)
    return Split(
        np.where(swap, -ratio, ratio),
        hazard_h,
        hazard_b,
        np.minimum(hazard_h + common - log_mills(-t), 80.0),
        np.minimum(hazard_b + common - log_mills(-s), 80.0),
        log_g,
        special.log_ndtr(c - w) + special.log_ndtr(c - a),
    )


def _logistic_pair(y: Floats) -> tuple[Floats, Floats]:
    """Integrals over tau in [0, 1] of 1 / (1 + y tau) and tau / (1 + y tau)."""
    small = np.abs(y) < 0.05
    safe = np.where(small, 1.0, y)
    first = np.log1p(safe) / safe
    one, two = np.zeros_like(y), np.zeros_like(y)
    for k in range(14, -1, -1):
        one, two = 1.0 / (k + 1) - y * one, 1.0 / (k + 2) - y * two
    return np.where(small, one, first), np.where(small, two, (1.0 - first) / safe)


def _logistic_split(c: Floats, w: Floats, a: Floats) -> Split:
    def log_cdf(v: Floats) -> Floats:
        return -np.logaddexp(0.0, -SCALE * v)

    low, high = np.minimum(w, a), np.maximum(w, a)
    true_c, c = c, np.clip(c, low - FLAT, high + FLAT)
    more = np.expm1(np.minimum(SCALE * (high - low), RATIO_LIMIT))
    log_q = log_cdf(low - c)
    q = np.exp(log_q)
    one, two = _logistic_pair(more * q)
    log_h = log_q + np.log(one - q * two)
    log_g = np.logaddexp(log_cdf(high - c), log_cdf(c - high) + log_cdf(low - c))
    excess = np.maximum(log_g - log_h, math.log(2.0))
    ratio = excess + np.log1p(-np.exp(-excess))
    log_density_low = math.log(SCALE) + log_cdf(c - low) + log_q
    log_density_high = math.log(SCALE) + log_cdf(c - high) + log_cdf(high - c)
    hazard_low = log_density_low + log_cdf(c - high) - log_h
    hazard_high = log_density_high + log_cdf(c - low) - log_h - ratio
    swap = w > a
    missing = np.full_like(c, np.nan)
    return Split(
        np.where(swap, -ratio, ratio),
        np.where(swap, hazard_high, hazard_low),
        np.where(swap, hazard_low, hazard_high),
        missing,
        missing,
        np.logaddexp(log_cdf(high - true_c), log_cdf(true_c - high) + log_cdf(low - true_c)),
        log_cdf(true_c - w) + log_cdf(true_c - a),
    )


def split(c: Floats, w: Floats, a: Floats, family: str = "normal") -> Split:
    """Split a challenge at cut-off c into fighting and backing down (cross terms for the normal family only)."""
    return _normal_split(c, w, a) if family == "normal" else _logistic_split(c, w, a)


def log_cdf(x: Floats, family: str = "normal") -> Floats:
    """Return the log distribution function of the private information."""
    return np.asarray(special.log_ndtr(x) if family == "normal" else -np.logaddexp(0.0, -SCALE * x))


def hazard(x: Floats, family: str = "normal") -> Floats:
    """Return density over distribution function of the private information."""
    return reverse_hazard(x) if family == "normal" else SCALE * special.expit(-SCALE * x)


def cutoff(games: Floats, x: Floats, family: str = "normal") -> Floats:
    """Return A's cut-off when B resists with probability F(x). ``games``: (7, n) in the order of `Payoffs`."""
    with np.errstate(over="ignore"):
        spread = np.exp(-log_cdf(np.maximum(x, -37.0), family))
    return np.clip(games[1] + (games[0] - games[1]) * spread, -CUTOFF_LIMIT, CUTOFF_LIMIT)


def _steep(parts: Split, c: Floats, w: Floats, a: Floats, family: str) -> Floats:
    """Return d log(b / h) / dc at a cut-off."""
    steep = np.exp(parts.log_hazard_h) - np.exp(parts.log_hazard_b)
    if family != "normal":
        return np.asarray(steep)
    far = np.minimum(c - w, c - a) > FAR
    s, t = np.where(far, c - w, 1.0), np.where(far, c - a, 1.0)
    return np.where(far, (a - w) * (1.0 - 1.0 / s / t), steep)


def response(games: Floats, x: Floats, family: str = "normal") -> tuple[Floats, Floats]:
    """Return B's best response z to A's best response to x, and dz/dx. ``games``: (7, n)."""
    c = cutoff(games, x, family)
    parts = split(c, games[3], games[5], family)
    gain = (games[6] - games[2]) * np.exp(np.clip(parts.log_ratio, -RATIO_LIMIT, RATIO_LIMIT))
    steep = _steep(parts, c, games[3], games[5], family)
    with np.errstate(over="ignore", invalid="ignore"):
        slope = gain * steep * (games[1] - c) * hazard(x, family)
    return games[4] - games[2] + gain, np.nan_to_num(slope, nan=0.0)


def outcomes(games: Floats, x: Floats, family: str = "normal") -> Floats:
    """Return (7, n): probabilities of SQ, CD, SF, BD, then p_C, p_R, p_F."""
    c = cutoff(games, x, family)
    parts = split(c, games[3], games[5], family)
    p_c, p_f = np.exp(parts.log_challenge), special.expit(-parts.log_ratio)
    p_r, concede = np.exp(log_cdf(x, family)), np.exp(log_cdf(-x, family))
    back = special.expit(parts.log_ratio)
    return np.stack(
        [np.exp(parts.log_no_challenge), p_c * concede, p_c * p_r * p_f, p_c * p_r * back, p_c, p_r, p_f]
    )
