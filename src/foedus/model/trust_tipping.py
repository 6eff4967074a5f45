"""Tipping of trust: every equilibrium of joining, the folds where one vanishes, and the cascade after a withdrawal.

For the defence of one ally the willingness of joiner k is ``q_k = sigma(e_k + b * c + m * Q)`` with ``Q = sum_k w_k q_k``.
Write ``u = b * c + m * Q`` and ``S(u) = sum_k w_k sigma(e_k + u)``. Then the equilibria at credibility c are the roots of
``u - m * S(u) = b * c``; the whole set of equilibria over c is one curve, ``Q = S(u), c = (u - m * S(u)) / b``, and its
folds are the roots of ``m * S'(u) = 1``. An equilibrium is stable where ``m * S'(u) < 1``.

Roots are certified: an interval is dropped only when bounds on the function exclude zero, and kept as one root only when bounds on the
slope exclude a second. What is still undecided at width `TANGENT` is reported as a tangent root.
Units: probabilities; u, e in logits. float64. Source: design 4.5; Moore, Interval Analysis (1966); Granovetter, Threshold
Models of Collective Behavior (1978).
Invariants: every root is a fixed point and none is missed; more credibility never lowers either end; crossing a fold
changes their number by two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

Floats = NDArray[np.float64]
Bounds = Callable[[float, float], tuple[float, float]]

TANGENT = 1e-9
LEAST_MUTUAL = 4.0
"""The slope of the logistic function is at most 1/4, so below this mutual effect nothing can fold."""
WIDEST = 60.0
"""Beyond this logit from every joiner's own threshold, joining is 0 or 1 to double precision."""
_STEEPEST = float(np.log(2.0 + np.sqrt(3.0)))
"""Where the slope of the logistic density is largest: ln(2 + sqrt 3)."""


class Defence(NamedTuple):
    """The joiners of one ally's defence."""

    level: Floats  # (K,) e_k: logit of joining at no credibility and no expected joining
    weight: Floats  # (K,) sums to one
    patron: float  # b: logit per unit of credibility
    mutual: float  # m: logit per unit of expected joining


class Equilibrium(NamedTuple):
    """One fixed point of expected joining."""

    joining: float
    stable: bool
    tangent: bool
    amplification: (
        float  # 1 / (1 - m S'): how far the whole moves for a unit of first-round change; inf at a fold
    )


class Fold(NamedTuple):
    """A credibility at which two equilibria merge and vanish."""

    credibility: float
    joining: float
    kind: str  # "unravels": below it the upper one is gone; "restores": above it the lower one is gone


def joining(defence: Defence, u: float | Floats) -> Floats:
    """Return S(u), same shape as ``u``."""
    return np.asarray(special.expit(np.asarray(u)[..., None] + defence.level) @ defence.weight)


def slope(defence: Defence, u: float | Floats) -> Floats:
    """Return S'(u), same shape as ``u``."""
    q = special.expit(np.asarray(u)[..., None] + defence.level)
    return np.asarray((q * (1.0 - q)) @ defence.weight)


def slope_bounds(defence: Defence, low: float, high: float) -> tuple[float, float]:
    """Return bounds of S' over [low, high], exact for each joiner."""
    left, right = defence.level + low, defence.level + high
    ends = [_density(left), _density(right)]
    peak = np.where((left <= 0) & (right >= 0), 0.25, np.maximum(*ends))
    return float(defence.weight @ np.minimum(*ends)), float(defence.weight @ peak)


def curvature_bounds(defence: Defence, low: float, high: float) -> tuple[float, float]:
    """Return bounds of S'' over [low, high], exact for each joiner."""
    left, right = defence.level + low, defence.level + high
    values = [_density_slope(left), _density_slope(right)]
    least, most = np.minimum(*values), np.maximum(*values)
    extreme = float(_density_slope(np.array(_STEEPEST)))
    least = np.where((left <= _STEEPEST) & (right >= _STEEPEST), extreme, least)
    most = np.where((left <= -_STEEPEST) & (right >= -_STEEPEST), -extreme, most)
    return float(defence.weight @ least), float(defence.weight @ most)


def _density(x: Floats) -> Floats:
    q = special.expit(x)
    return np.asarray(q * (1.0 - q))


def _density_slope(x: Floats) -> Floats:
    q = special.expit(x)
    return np.asarray(q * (1.0 - q) * (1.0 - 2.0 * q))


def certified_roots(
    value: Callable[[float], float], bounds: Bounds, slopes: Bounds, low: float, high: float
) -> list[tuple[float, bool]]:
    """Return every root of ``value`` in [low, high] in order, each with whether it is a tangent.

    ``bounds`` and ``slopes`` bound the function and its derivative over an interval. An interval in which the slope keeps its sign
    holds at most one root, found by Brent's method; one that stays undecided to `TANGENT` counts as a tangent root.
    """
    found: list[tuple[float, bool]] = []
    stack = [(low, high)]
    while stack:
        a, b = stack.pop()
        least, most = bounds(a, b)
        if least > 0 or most < 0:
            continue
        down, up = slopes(a, b)
        if down > 0 or up < 0:
            found += _single(value, a, b)
        elif b - a < TANGENT:
            found.append((0.5 * (a + b), True))
        else:
            middle = 0.5 * (a + b)
            stack += [(middle, b), (a, middle)]
    return _distinct(sorted(found))


def _single(value: Callable[[float], float], a: float, b: float) -> list[tuple[float, bool]]:
    left, right = value(a), value(b)
    if left * right > 0:
        return []
    if left == 0 or right == 0:
        return [(a if left == 0 else b, False)]
    return [(float(optimize.brentq(value, a, b, xtol=1e-15, rtol=1e-15)), False)]


def _distinct(roots: list[tuple[float, bool]]) -> list[tuple[float, bool]]:
    kept: list[tuple[float, bool]] = []
    for root, tangent in roots:
        if kept and abs(root - kept[-1][0]) < 4 * TANGENT:
            kept[-1] = (kept[-1][0], kept[-1][1] or tangent)
        else:
            kept.append((root, tangent))
    return kept


def equilibria(defence: Defence, credibility: float) -> list[Equilibrium]:
    """Return every equilibrium of expected joining at a credibility, from the least joining to the most."""
    drive, mutual = defence.patron * credibility, defence.mutual

    def value(u: float) -> float:
        return float(u - mutual * joining(defence, u) - drive)

    def bounds(a: float, b: float) -> tuple[float, float]:
        return float(a - mutual * joining(defence, b) - drive), float(b - mutual * joining(defence, a) - drive)

    def slopes(a: float, b: float) -> tuple[float, float]:
        down, up = slope_bounds(defence, a, b)
        return 1.0 - mutual * up, 1.0 - mutual * down

    margin = 1e-12 * (1.0 + abs(drive))
    roots = certified_roots(value, bounds, slopes, drive - margin, drive + mutual + margin)
    return [_equilibrium(defence, u, tangent) for u, tangent in roots]


def _equilibrium(defence: Defence, u: float, tangent: bool) -> Equilibrium:
    room = 1.0 - defence.mutual * float(slope(defence, u))
    flat = tangent or room == 0.0
    return Equilibrium(
        float(joining(defence, u)), room > 0 and not tangent, tangent, np.inf if flat else 1.0 / room
    )


def folds(defence: Defence) -> list[Fold]:
    """Return every fold of the curve of equilibria, from the least joining to the most; none where trust slides.

    The credibility of a fold may lie outside [0, 1]: then no credibility reaches it.
    """
    if defence.mutual <= LEAST_MUTUAL or defence.patron <= 0:
        return []
    level = 1.0 / defence.mutual

    def bounds(a: float, b: float) -> tuple[float, float]:
        down, up = slope_bounds(defence, a, b)
        return down - level, up - level

    def curve(a: float, b: float) -> tuple[float, float]:
        return curvature_bounds(defence, a, b)

    low, high = -float(defence.level.max()) - WIDEST, -float(defence.level.min()) + WIDEST
    roots = certified_roots(lambda u: float(slope(defence, u)) - level, bounds, curve, low, high)
    return [_fold(defence, u, rising) for (u, tangent), rising in _alternating(roots) if not tangent]


def _alternating(roots: list[tuple[float, bool]]) -> list[tuple[tuple[float, bool], bool]]:
    """S' crosses 1 / m upwards and downwards in turn, starting from below; tangents do not cross."""
    out, rising = [], True
    for root in roots:
        out.append((root, rising))
        rising = rising if root[1] else not rising
    return out


def _fold(defence: Defence, u: float, rising: bool) -> Fold:
    share = float(joining(defence, u))
    credibility = (u - defence.mutual * share) / defence.patron
    return Fold(credibility, share, "restores" if rising else "unravels")


def critical_mutual(defence: Defence) -> float:
    """Return the mutual effect above which trust can tip at some credibility: 1 / max S'.

    The maximum is found on a grid of 0.05 logits, whose error is below one part in 1,000 (the density's curvature is at
    most 1/8 for each joiner), and polished by golden-section steps.
    """
    grid = np.arange(-float(defence.level.max()) - 1.0, -float(defence.level.min()) + 1.0, 0.05)
    best = float(grid[int(np.argmax(slope(defence, grid)))])
    a, b = best - 0.05, best + 0.05
    ratio = 0.5 * (np.sqrt(5.0) - 1.0)
    for _ in range(40):
        left, right = b - ratio * (b - a), a + ratio * (b - a)
        a, b = (a, right) if slope(defence, left) > slope(defence, right) else (left, b)
    return 1.0 / float(slope(defence, 0.5 * (a + b)))


class Cascade(NamedTuple):
    """What follows when one joiner withdraws from a defence."""

    before: float  # expected joining
    direct: float  # loss of expected joining by the withdrawal itself
    after: float  # expected joining when all the others have answered
    tipped: bool  # whether the equilibrium jumped to another branch
    round_lost: tuple[int, ...]  # round in which each joiner fell below half of its first willingness; 0 never


def withdraw(defence: Defence, credibility: float, start: float, who: int, rounds: int = 400) -> Cascade:
    """Return the cascade after joiner ``who`` stops joining, by rounds of answers from the equilibrium ``start``.

    The weights stay: what the joiner brought is missing. The rounds fall monotonically to the highest equilibrium of the
    reduced defence below the start; the last step is to that certified root. ``tipped``: the fall passes a stretch of the
    curve on which no equilibrium is stable.
    """
    drive = defence.level + defence.patron * credibility
    remaining = defence.weight.copy()
    direct = float(remaining[who] * special.expit(drive[who] + defence.mutual * start))
    remaining[who] = 0.0
    first = special.expit(drive + defence.mutual * start)
    lost = np.zeros(len(drive), dtype=int)
    lost[who] = 1
    q = start
    for turn in range(1, rounds + 1):
        willing = special.expit(drive + defence.mutual * q)
        lost = np.where((lost == 0) & (willing < 0.5 * first), turn, lost)
        following = float(willing @ remaining)
        if abs(following - q) < 1e-14:
            break
        q = following
    rest = Defence(defence.level, remaining, defence.patron, defence.mutual)
    below = [root for root in equilibria(rest, credibility) if root.joining <= start + 1e-12]
    after = below[-1].joining if below else q
    return Cascade(start, direct, after, _jumped(rest, credibility, start, after), tuple(int(x) for x in lost))


def _jumped(rest: Defence, credibility: float, start: float, after: float) -> bool:
    """Whether the fall from ``start`` to ``after`` passes the steep middle of the curve: m S' above 1 on the way."""
    low = rest.patron * credibility + rest.mutual * after
    high = rest.patron * credibility + rest.mutual * start
    path = np.linspace(low, high, 201)
    return bool(np.any(rest.mutual * slope(rest, path) > 1.0))
