"""Simulation-based calibration of the crisis game's posterior: true coefficients among posterior draws have uniform ranks.

Coefficients are drawn from a normal prior, games with these coefficients are played (highest resistance), and the posterior
is sampled with the same prior and likelihood. Source: Talts and others (2018), arXiv 1804.06788. Ranks of a biased or
over-confident posterior are not uniform, which a chi-square test of ten bins shows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats

from foedus.calibrate.strategic import crisis
from foedus.calibrate.strategic.bayes import calibration_ranks
from foedus.calibrate.strategic.formula import Design, design
from foedus.calibrate.strategic.maximise import Floats, Scores, maximise
from foedus.errors import InputError

FORMULA = "V_A ~ 1; W_A ~ 0 + x; W_B ~ 1 + z; a ~ 1"
NAMES = ("V_A", "W_A: x", "W_B", "W_B: z", "a")
"""Coefficients in the order of `FORMULA`."""
CENTRE = (1.0, 0.5, -0.5, 0.5, -1.0)
"""Prior means in the order of `FORMULA`: a game with all four ends."""
PRIOR_SD = 0.3
BINS = 10


def simulated(generator: np.random.Generator, games: int, trials: int) -> tuple[Design, Floats, Floats]:
    """Return (design, true coefficients, counts (4, games)) of a data set drawn from the prior."""
    import pandas as pd

    frame = pd.DataFrame({name: generator.normal(size=games) for name in ("x", "z")})
    spec = design(frame, FORMULA, crisis.PAYOFFS, [])
    truth = np.array(CENTRE) + PRIOR_SD * generator.normal(size=spec.size)
    payoffs = spec.utilities(truth)
    x, _ = crisis.pick(payoffs, np.ones((4, games)), "highest")
    chances = np.exp(crisis.log_ends(payoffs, x))
    counts = np.stack([generator.multinomial(trials, p / p.sum()) for p in chances.T], axis=1).astype(float)
    return spec, truth, counts


def scores_of(spec: Design, counts: Floats) -> Scores:
    """Return the log-likelihood and gradient per game at the equilibrium of highest resistance."""

    def scores(theta: Floats) -> tuple[Floats, Floats]:
        part = crisis.full(spec.utilities(theta), counts, "highest")
        return part.value, spec.gradient(part.by_payoff)

    return scores


def calibrate(
    rounds: int,
    draws: int,
    *,
    games: int = 60,
    trials: int = 5,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Return the ranks (rounds, p) and for each coefficient the chi-square p value of their uniformity.

    Args:
        rounds: simulated data sets, at least ten.
        draws: posterior draws kept for each.
        games: crisis games in a data set.
        trials: how often each game is observed.
        seed: seed of everything.
        progress: told of each round (done, of).
    """
    for name, count in (("games", games), ("trials", trials)):
        if count < 1:
            raise InputError(f"must be at least 1, got {count}", field=name)
    if rounds < BINS:
        raise InputError(f"at least {BINS} rounds are needed for a test of {BINS} bins", field="rounds")

    if (draws + 1) % BINS:
        raise InputError(
            f"draws must be one less than a multiple of {BINS}, so that bins are equal", field="draws"
        )

    def simulate(generator: np.random.Generator) -> tuple[Floats, Scores, Floats, Floats]:
        spec, truth, counts = simulated(generator, games, trials)
        plain = scores_of(spec, counts)
        shift = np.array(CENTRE)

        def around(theta: Floats) -> tuple[Floats, Floats]:
            return plain(theta + shift)

        def with_prior(theta: Floats) -> tuple[Floats, Floats]:
            value, gradient = around(theta)
            value, gradient = value.copy(), gradient.copy()
            value[0] -= 0.5 * float(theta @ theta) / PRIOR_SD**2
            gradient[0] -= theta / PRIOR_SD**2
            return value, gradient

        best = maximise(with_prior, np.zeros(spec.size))
        return truth - shift, around, best.theta, np.sqrt(np.diag(np.linalg.inv(-best.hessian)))

    spread = np.full(len(CENTRE), PRIOR_SD)
    ranks = calibration_ranks(simulate, spread, rounds=rounds, draws=draws, seed=seed, progress=progress)
    bins = np.minimum((ranks * BINS).astype(int), BINS - 1)
    counts = np.stack([np.bincount(column, minlength=BINS) for column in bins.T])
    tests = [float(stats.chisquare(row).pvalue) for row in counts]
    return {"ranks": ranks, "p_values": tests, "mean_rank": ranks.mean(0), "counts": counts}
