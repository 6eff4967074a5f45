"""What the war module says about the reduced form's effect of an aid gap on the chance of a ceasefire.

The reduced form has ``logit h = logit(h0) + k * gap`` (`foedus.model.ukraine`). Here pairs of runs of the module with the same
luck, one of them with donors stopped, give ``k = (logit c' - logit c) / gap``: c the mean chance of a settlement a quarter
while both wars go on, gap the share of deliveries that is missing. Units: logit for a full gap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.insight.war import Floats, run_war
from foedus.scenario.war_question import Question

QUARTERS = 12
"""Quarters compared: as far as the module's sides look ahead."""
RESAMPLES = 2_000
"""Resamples of draws for the interval of k."""


@dataclass(frozen=True)
class Pair:
    """One stop of aid from one vantage.

    gap: mean missing share; chances: of a settlement a quarter, with aid and without; k: coefficient with its 5 and 95
    percent points over resampled draws; raised: share of draws in which the stop raises the chance.
    """

    month: str
    stopped: tuple[str, ...]
    draws: int
    gap: float
    chances: tuple[float, float]
    k: tuple[float, float, float]
    raised: float


def compare(month: str, stopped: tuple[str, ...], draws: int, seed: int = 1) -> Pair:
    """Run the war with and without the donors' aid and return the coefficient that the pair implies."""
    free, cut = (
        run_war(month, Question("4y", dict.fromkeys(donors)), draws, seed).record for donors in ((), stopped)
    )
    both = ((free.war == 1) & (cut.war == 1))[:, :QUARTERS]
    kept = both.any(axis=1)
    arrived, left = (np.asarray(r.delivered[:, :QUARTERS].sum((2, 3)), float) for r in (free, cut))
    gap = _mean(1.0 - left / np.maximum(arrived, 1e-6), both)[kept]
    chances = np.stack([_mean(np.asarray(r.chance[:, :QUARTERS], float), both)[kept] for r in (free, cut)])
    picks = np.random.default_rng(seed).integers(0, kept.sum(), (RESAMPLES, int(kept.sum())))
    spread = _coefficient(chances[:, picks].mean(-1), gap[picks].mean(-1))
    low, high = np.quantile(spread, (0.05, 0.95))
    middle = float(_coefficient(chances.mean(-1), gap.mean()))
    raised = float((chances[1] > chances[0]).mean())
    averages = (float(chances[0].mean()), float(chances[1].mean()))
    return Pair(
        month,
        stopped,
        int(kept.sum()),
        float(gap.mean()),
        averages,
        (middle, float(low), float(high)),
        raised,
    )


def _mean(values: Floats, where: Floats) -> Floats:
    return np.asarray((values * where).sum(1) / np.maximum(where.sum(1), 1))


def _coefficient(chances: Floats, gap: Floats) -> Floats:
    free, cut = np.log(chances) - np.log1p(-chances)
    return np.asarray((cut - free) / gap)
