"""Counts of events as forecasts with intervals: the level follows the record, and the spread is what the record needs.

A model of single events gives an expected count. Years depart from it together, and its level drifts. Both are put in by the
exponentially discounted gamma level of Harvey and Fernandes: with the expected count mu,

    count[t] ~ Poisson(level[t] * mu[t]),   level[t] | past ~ Gamma(w a[t-1], w b[t-1]),   a += count,  b += mu

so that h years ahead a count is negative binomial with shape w^h a and mean mu a / b. The discount w is the one under which
the training years were most likely one year ahead.

Coverage of counts: an interval of whole numbers cannot hold 90 per cent exactly. The share of a cell's probability step that lies
inside the central 90 per cent is averaged; it is 0.9 in expectation where the forecast is right, and cannot be passed by width.

Sources: Harvey and Fernandes 1989, Journal of Business and Economic Statistics 7:407-417; Czado, Gneiting and Held 2009, Biometrics
65:1254-1261.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from foedus.calibrate.priors import priors_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Level:
    """Gamma levels (group,) at the origin and the discount that they were filtered with."""

    shape: Floats
    rate: Floats
    discount: float

    def ahead(self, years: int) -> tuple[Floats, Floats]:
        """Shape and rate ``years`` ahead: the same level, less sure."""
        fade = self.discount**years
        return self.shape * fade, self.rate * fade


def _filtered(counts: Floats, expected: Floats, discount: float) -> tuple[Level, float]:
    """Levels after the last year of (year, group), and the log likelihood one year ahead."""
    start = priors_of("counts")["level"].args[0]
    level = Level(np.full(counts.shape[1], start), np.full(counts.shape[1], start), discount)
    total = 0.0
    for y, mu in zip(counts, expected, strict=True):
        shape, rate = level.ahead(1)
        total += float(np.sum(stats.nbinom.logpmf(y, shape, rate / (rate + mu))))
        level = Level(shape + y, rate + mu, discount)
    return level, total


def fit_level(counts: Floats, expected: Floats) -> Level:
    """Levels at the origin from the training years (year, group) of counts and expected counts (positive)."""
    low, high, step = priors_of("counts")["discount"].args
    grid = np.arange(low, high + step / 2, step)
    return max((_filtered(counts, expected, float(w)) for w in grid), key=lambda pair: pair[1])[0]


def steps(
    level: Level, years_ahead: NDArray[np.int64], counts: Floats, expected: Floats
) -> tuple[Floats, Floats]:
    """Distribution function just below and at the observed counts (year, group)."""
    below, at = np.empty(counts.shape), np.empty(counts.shape)
    for k, years in enumerate(years_ahead):
        shape, rate = level.ahead(int(years))
        law = stats.nbinom(shape, rate / (rate + expected[k]))
        below[k], at[k] = law.cdf(counts[k] - 1), law.cdf(counts[k])
    return below, at


def count_coverage(below: Floats, at: Floats, level: float = 0.9) -> Floats:
    """Share of each cell's probability step inside the central interval: 0.9 in expectation for a right forecast."""
    low, high = (1 - level) / 2, (1 + level) / 2
    inside = np.minimum(at, high) - np.maximum(below, low)
    return np.asarray(np.clip(inside, 0, None) / np.maximum(at - below, 1e-300))


NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(21)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def shared_counts(logits: Floats, spreads: Floats) -> Floats:
    """Probabilities (spread, 0 to n) of the number of events among n cases with these log-odds and a shared normal effect."""
    effect = spreads[:, None] * NODES
    law = np.zeros((len(spreads), len(NODES), len(logits) + 1))
    law[..., 0] = 1
    for logit in logits:
        p = special.expit(logit + effect)[..., None]
        happened = law[..., :-1] * p
        law = law * (1 - p)
        law[..., 1:] += happened
    return np.asarray(np.einsum("snk,n->sk", law, WEIGHTS))


def shared_count(logits: Floats, spread: float) -> Floats:
    """Probabilities of 0 to n events for one standard deviation of the shared effect."""
    return np.asarray(shared_counts(logits, np.array([spread]))[0])


def fit_spread(groups: list[tuple[Floats, int]]) -> float:
    """Standard deviation of the shared effect under which the counts of past groups were most likely.

    Each group is the log-odds of its cases and the number that happened.
    """
    low, high, step = priors_of("war_effect")["spread"].args
    grid = np.arange(low, high + step / 2, step)
    totals = np.zeros(len(grid))
    for logits, number in groups:
        totals += np.log(shared_counts(logits, grid)[:, number])
    return float(grid[int(np.argmax(totals))])
