"""Consensus and its price: who blocks, what side payment unblocks, and who can pay it.

If nothing is agreed the council stays at the fallback x0. Member i's gain from option x is
``g_i(x) = value_i * (|x0 - x_i| - |x - x_i|)`` in billion USD, with ``value_i`` what a unit of the line is worth to it. A member
with ``g_i < 0`` blocks; the least payment that unblocks it is ``-g_i``. Under a rule that needs a share of the votes, the cheapest set of
blockers to win over is a knapsack, solved exactly; unanimity needs them all. Those who gain can pay up to their gain:
an agreement with side payments exists when the price is at most the sum of gains.
With noise, member i breaks the silence with chance ``sigma(-(g_i - pressure) / noise)`` and consensus has the product of the chances not to.
Source: unanimity and side payments after Buchanan and Tullock, The Calculus of Consent (1962); silence procedure: practice
of the North Atlantic Council. Invariants: with no payment at the fallback nobody blocks; the price of unanimity is never
below that of a majority.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

from foedus.model.council.members import Floats

VOTE_STEPS = 10_000
"""Votes are counted in ten-thousandths of the whole, so that the knapsack is exact for weights given to that precision."""


class Price(NamedTuple):
    """What it takes to carry one option."""

    option: float
    gains: Floats  # (N,) billion USD, without payments
    blockers: tuple[int, ...]
    paid: tuple[int, ...]  # those whom the cheapest set of payments wins over
    payment: Floats  # (N,) billion USD to each
    price: float  # sum of payments
    means: float  # sum of the gains of those who gain
    carried: bool  # whether the rule is met with these payments and the gainers can pay them


def gains(position: Floats, value: Floats, option: float, fallback: float) -> Floats:
    """Return each member's gain from an option against the fallback, billion USD, shape (N,)."""
    return np.asarray(value * (np.abs(fallback - position) - np.abs(option - position)))


def price(
    position: Floats, value: Floats, votes: Floats, option: float, fallback: float, threshold: float
) -> Price:
    """Return the cheapest side payments that carry an option.

    ``votes`` (N,) any scale; ``threshold`` in (0, 1]: share of the votes that must not object; 1 is unanimity.
    """
    gain = gains(position, value, option, fallback)
    blockers = np.flatnonzero(gain < 0)
    steps = np.round(VOTE_STEPS * votes / votes.sum()).astype(int)
    needed = steps.sum() if threshold >= 1 else int(np.ceil(threshold * steps.sum() - 1e-9))
    missing = needed - int(steps[gain >= 0].sum())
    chosen = blockers if threshold >= 1 else blockers[_cheapest(-gain[blockers], steps[blockers], missing)]
    payment = np.zeros_like(gain)
    payment[chosen] = -gain[chosen]
    total, means = float(payment.sum()), float(np.maximum(gain, 0.0).sum())
    enough = int(steps[gain >= 0].sum() + steps[chosen].sum()) >= needed
    return Price(
        option, gain, tuple(map(int, blockers)), tuple(map(int, chosen)), payment, total, means,
        enough and total <= means + 1e-12,
    )  # fmt: skip


def _cheapest(cost: Floats, votes: np.ndarray, missing: int) -> np.ndarray:
    """Return the places of the cheapest set with at least ``missing`` votes: exact dynamic programme over votes."""
    if missing <= 0 or len(cost) == 0:
        return np.array([], dtype=int)
    best = np.full(missing + 1, np.inf)
    best[0] = 0.0
    taken = np.zeros((len(cost), missing + 1), dtype=bool)
    for k, (one, weight) in enumerate(zip(cost, votes, strict=True)):
        source = np.maximum(np.arange(missing + 1) - weight, 0)
        trial = best[source] + one
        taken[k] = trial < best
        best = np.minimum(best, trial)
    if not np.isfinite(best[missing]):
        return np.arange(len(cost))
    left, chosen = missing, []
    for k in range(len(cost) - 1, -1, -1):
        if left > 0 and taken[k, left]:
            chosen.append(k)
            left = max(left - int(votes[k]), 0)
    return np.array(sorted(chosen), dtype=int)


def agreement_zone(position: Floats, fallback: float) -> tuple[float, float] | None:
    """Return the options that nobody blocks without payment, or ``None`` where only the fallback is left.

    Member i accepts what is no further from it than the fallback: between x0 and its mirror image 2 x_i - x0.
    """
    mirror = 2.0 * position - fallback
    low, high = float(np.minimum(mirror, fallback).max()), float(np.maximum(mirror, fallback).min())
    return (low, high) if high > low else None


def silence(gain: Floats, noise: float, pressure: float = 0.0) -> tuple[Floats, float]:
    """Return each member's chance to break the silence (N,) and the chance that nobody does.

    ``noise`` and ``pressure`` (the cost of standing alone) in billion USD.
    """
    breaks = special.expit(-(gain + pressure) / noise)
    return np.asarray(breaks), float(np.exp(np.log1p(-breaks).sum()))


def best_option(position: Floats, value: Floats, fallback: float, options: Floats) -> float:
    """Return the option with the largest sum of gains: where side payments lead a council that may pay freely."""
    total = [float(gains(position, value, float(x), fallback).sum()) for x in options]
    return float(options[int(np.argmax(total))])
