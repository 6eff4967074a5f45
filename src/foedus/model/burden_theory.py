"""Burden sharing in theory: the Nash equilibrium of an alliance with a joint product, and when it is the only one.

Ally i with income y_i buys defence g_i and keeps the rest: ``U_i = (1 - a_i) log(y_i - g_i) + a_i log(g_i + rho * G_-i)`` with
G_-i the sum of the others' defence and rho the share of it that protects i. rho = 1 is the pure public good of Olson and Zeckhauser;
rho = 0 a private good; between them the joint product of Sandler and Hartley. Best reply:
``g_i = max(0, a_i y_i - (1 - a_i) rho G_-i)``.

Uniqueness: the best replies are a contraction in the weighted sum norm when its bound, reported as a value, is below one; for rho = 1 and normal goods
the equilibrium is unique without it (Bergstrom, Blume and Varian 1986). The model's own map (`foedus.model.burden`) is a contraction in logs with
the bound ``beta_S``: each reply moves by at most beta_S times the largest move of the others, as spill-in shares sum to at most one.
Units: any one unit of money. Source: Olson and Zeckhauser (1966); Warr (1983) and Bergstrom, Blume and Varian (1986) for
neutrality; Sandler and Hartley (2001).
Invariants: every ally plays its best reply; below the bound any start leads to the same equilibrium; a transfer between
contributors to a pure public good changes no total.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_SWEEPS = 20_000
CLOSE = 1e-13


class Equilibrium(NamedTuple):
    """Defence of each ally at the Nash equilibrium."""

    defence: Floats  # (N,)
    residual: float  # largest distance from a best reply, relative to the largest income
    contraction_bound: (
        float  # below 1: best replies contract, so this is the only equilibrium and any start leads to it
    )
    unique: bool  # by the bound, or by the theorem on pure public goods


def best_reply(income: Floats, taste: Floats, publicness: float, defence: Floats) -> Floats:
    """Return every ally's best reply to the others' defence, shape (N,)."""
    others = defence.sum() - defence
    return np.maximum(0.0, taste * income - (1.0 - taste) * publicness * others)


def contraction_bound(taste: Floats, publicness: float) -> float:
    """Return the largest column sum of the reply matrix: how far replies can move, in all, for a unit's move of one ally."""
    weight = (1.0 - taste) * publicness
    return float((weight.sum() - weight).max())


def nash(income: Floats, taste: Floats, publicness: float) -> Equilibrium:
    """Return the Nash equilibrium. ``taste`` (N,) in (0, 1); ``publicness`` in [0, 1].

    For given total G the reply is ``g_i = max(0, (a_i y_i - (1 - a_i) rho G) / (1 - (1 - a_i) rho))``, which falls in G: the total is the one root
    of a falling function, found by bisection. So there is exactly one equilibrium while ``(1 - a_i) rho < 1``, that is, always for
    tastes above zero; the contraction bound says in addition whether plain best replies find it.
    """
    weight = (1.0 - taste) * publicness

    def given(total: float) -> Floats:
        return np.maximum(0.0, (taste * income - weight * total) / (1.0 - weight))

    low, high = 0.0, float(income.sum())
    for _ in range(200):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if given(middle).sum() > middle else (low, middle)
    defence = given(0.5 * (low + high))
    gap = np.abs(best_reply(income, taste, publicness, defence) - defence).max() / income.max()
    bound = contraction_bound(taste, publicness)
    return Equilibrium(defence, float(gap), bound, bool((weight < 1.0).all()))


def model_contraction_bound(spillin_elasticity: float, pledge_effect: float = 0.0) -> float:
    """Return the bound for the model's own map in logs: spill-in elasticity, times what the pledge leaves of it at least.

    Where the pledge binds, a reply keeps ``1 - pledge_effect`` of it; the bound over all regimes is the elasticity itself.
    """
    return spillin_elasticity * max(1.0, 1.0 - pledge_effect)


def samuelson(income: Floats, taste: Floats) -> float:
    """Return the efficient total of a pure public good for equal tastes: ``G* = a * sum(y)`` (sum of marginal values = cost)."""
    return float(np.mean(taste) * income.sum())
