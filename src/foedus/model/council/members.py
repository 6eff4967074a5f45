"""A council: who sits in it, where they stand, how much they care and what they weigh.

Position is on one line (any unit); salience in [0, 1] is the share of its power that a member spends on the question; power is relative.
Pull of member i is ``power_i * salience_i``. Source: Black (1948) for the median; van den Bos's compromise model for the
pull-weighted mean, as compared in Thomson et al., The European Union Decides (2006).
Invariants: the median and the mean lie within the span of positions; the order of members is no matter.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Council(NamedTuple):
    """The members; every field has shape (N,)."""

    position: Floats
    salience: Floats
    power: Floats

    @property
    def pull(self) -> Floats:
        """Power spent on the question, shape (N,)."""
        return self.power * self.salience

    @property
    def span(self) -> float:
        """Width of the range of positions; 1 where all agree."""
        width = float(np.ptp(self.position))
        return width if width > 0 else 1.0


def weighted_mean(council: Council) -> float:
    """Return the pull-weighted mean position: the compromise model."""
    pull = council.pull
    return float(pull @ council.position / pull.sum())


def weighted_median(council: Council, position: Floats | None = None) -> float:
    """Return the pull-weighted median: the least position with at least half of the pull at or below it."""
    where = council.position if position is None else position
    order = np.argsort(where, kind="stable")
    reached = np.cumsum(council.pull[order])
    half = 0.5 * reached[-1] * (1.0 - 1e-12)
    return float(where[order][int(np.argmax(reached >= half))])


def distance(council: Council, options: Floats) -> Floats:
    """Return |x_i - option| over the span, shape (N, O)."""
    return np.abs(council.position[:, None] - np.asarray(options)[None, :]) / council.span


def single_peaked(council: Council, options: Floats) -> Floats:
    """Return each member's utility of each option, 1 - distance over the span, shape (N, O)."""
    return 1.0 - distance(council, options)
