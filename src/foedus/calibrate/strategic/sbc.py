"""Simulation-based calibration of the crisis game's posterior: true coefficients among posterior draws have uniform ranks.

Coefficients are drawn from a normal prior, games with these coefficients are played (highest resistance), and the posterior
is sampled with the same prior and likelihood. Source: Talts and others (2018), arXiv 1804.06788. Ranks of a biased or
over-confident posterior are not uniform, which a chi-square test of ten bins and a test of the distribution function show.
All data sets are sampled together by one compiled program, two chains each; divergences, R-hat and effective draws are
kept for every data set.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from foedus.calibrate.strategic import crisis, nuts
from foedus.calibrate.strategic.bayes import convergence
from foedus.calibrate.strategic.formula import Design, design
from foedus.calibrate.strategic.maximise import Floats, Scores, maximise
from foedus.errors import InputError, MissingExtraError

FORMULA = "V_A ~ 1; W_A ~ 0 + x; W_B ~ 1 + z; a ~ 1"
NAMES = ("V_A", "W_A: x", "W_B", "W_B: z", "a")
"""Coefficients in the order of `FORMULA`."""
CENTRE = (1.0, 0.5, -0.5, 0.5, -1.0)
"""Prior means in the order of `FORMULA`: a game with all four ends."""
PRIOR_SD = 0.3
BINS = 10
CHAINS = 2
THIN = 4
"""Draws of the sampler for each draw that is ranked."""
WARMUP = 150
DEPTH = 4
"""Doublings of a trajectory at most: 15 steps, enough in coordinates in which the posterior is about standard normal."""
R_HAT = 1.05
"""A data set whose chains differ by more is named."""
LUCK = 4_000
"""Sets of uniform ranks against which the largest distance of the distribution function is judged."""


class World(NamedTuple):
    """A data set drawn from the prior: design, true coefficients (p,), counts (4, games)."""

    spec: Design
    truth: Floats
    counts: Floats


def simulated(generator: np.random.Generator, games: int, trials: int) -> World:
    """Draw coefficients from the prior, and counts of the four ends from the games."""
    import pandas as pd

    frame = pd.DataFrame({name: generator.normal(size=games) for name in ("x", "z")})
    spec = design(frame, FORMULA, crisis.PAYOFFS, [])
    truth = np.array(CENTRE) + PRIOR_SD * generator.normal(size=spec.size)
    payoffs = spec.utilities(truth)
    x, _ = crisis.pick(payoffs, np.ones((4, games)), "highest")
    chances = np.exp(crisis.log_ends(payoffs, x))
    counts = np.stack([generator.multinomial(trials, p / p.sum()) for p in chances.T], axis=1).astype(float)
    return World(spec, truth, counts)


def scores_of(spec: Design, counts: Floats) -> Scores:
    """Return the log-likelihood and gradient per game at the equilibrium of highest resistance."""

    def scores(theta: Floats) -> tuple[Floats, Floats]:
        part = crisis.full(spec.utilities(theta), counts, "highest")
        return part.value, spec.gradient(part.by_payoff)

    return scores


def likelihoods_of(worlds: list[World]) -> nuts.Likelihoods:
    """Return the same log-likelihoods for many data sets of equal size in one evaluation."""
    regressors, counts = stacked(worlds)
    counts = counts.transpose(1, 0, 2)

    def likelihoods(theta: Floats, index: nuts.Ints) -> tuple[Floats, Floats]:
        here = regressors[index]
        payoffs = np.einsum("bjnp,bp->jbn", here, theta, optimize=True)
        shape = payoffs.shape
        part = crisis.full(payoffs.reshape(7, -1), counts[:, index].reshape(4, -1), "highest")
        gradient = np.einsum("jbn,bjnp->bp", part.by_payoff.reshape(shape), here, optimize=True)
        return part.value.reshape(shape[1:]).sum(1), gradient

    return likelihoods


def stacked(worlds: list[World]) -> tuple[Floats, Floats]:
    """Return regressors (k, 7, n, p) and counts (k, 4, n)."""
    return np.stack([world.spec.regressors for world in worlds]), np.stack([world.counts for world in worlds])


def _mode(world: World) -> tuple[Floats, Floats]:
    """Return where a posterior is highest and a factor of its covariance there."""
    plain = scores_of(world.spec, world.counts)

    def with_prior(theta: Floats) -> tuple[Floats, Floats]:
        value, gradient = plain(theta)
        value, gradient = value.copy(), gradient.copy()
        apart = (theta - CENTRE) / PRIOR_SD
        value[0] -= 0.5 * float(apart @ apart)
        gradient[0] -= apart / PRIOR_SD
        return value, gradient

    best = maximise(with_prior, np.array(CENTRE))
    return best.theta, nuts.factor_of(best.hessian)


def calibrate(
    rounds: int,
    draws: int,
    *,
    games: int = 60,
    trials: int = 5,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Return the ranks of the true coefficients, tests of their uniformity, and how well each posterior was sampled.

    Args:
        rounds: simulated data sets, at least ten.
        draws: posterior draws kept for each, evenly thinned from `THIN` times as many.
        games: crisis games in a data set.
        trials: how often each game is observed.
        seed: seed of everything.
        progress: told of the sampler's steps (done, of).
    """
    _check(rounds, draws, games, trials)
    try:
        from foedus.calibrate.strategic import crisis_quick
    except ImportError as error:
        raise MissingExtraError(str(error.name), "calibrate") from error
    generator = np.random.default_rng(seed)
    worlds = [simulated(generator, games, trials) for _ in range(rounds)]
    modes, factors = (np.stack(part) for part in zip(*map(_mode, worlds), strict=True))
    spread = np.full(len(CENTRE), PRIOR_SD)
    twin = crisis_quick.program(*stacked(worlds))
    posteriors = nuts.Posteriors(likelihoods_of(worlds), np.array(CENTRE), spread, modes, factors, twin)
    found = nuts.sample_all(
        posteriors,
        warmup=WARMUP,
        draws=-(-draws * THIN // CHAINS),
        chains=CHAINS,
        depth=DEPTH,
        seed=seed,
        progress=progress,
    )
    r_hat, effective = convergence(found.theta)
    flat = found.theta.reshape(rounds, -1, len(CENTRE))
    kept = flat[:, np.linspace(0, flat.shape[1] - 1, draws).round().astype(int)]
    below = (kept < np.stack([world.truth for world in worlds])[:, None]).sum(1)
    counts = np.stack([np.bincount(column, minlength=BINS) for column in (below * BINS // (draws + 1)).T])
    return {
        "ranks": below / draws,
        "counts": counts,
        "mean_rank": (below / draws).mean(0),
        "p_values": [float(stats.chisquare(row).pvalue) for row in counts],
        "p_values_distribution": distribution_test(below, draws, seed),
        "r_hat": r_hat,
        "effective": effective,
        "divergent": found.divergent.sum(1),
        "steps": found.steps,
    }


def _check(rounds: int, draws: int, games: int, trials: int) -> None:
    for name, count in (("games", games), ("trials", trials)):
        if count < 1:
            raise InputError(f"must be at least 1, got {count}", field=name)
    if rounds < BINS:
        raise InputError(f"at least {BINS} rounds are needed for a test of {BINS} bins", field="rounds")
    if (draws + 1) % BINS:
        raise InputError(
            f"draws must be one less than a multiple of {BINS}, so that bins are equal", field="draws"
        )


def distribution_test(below: nuts.Ints, draws: int, seed: int) -> list[float]:
    """Return for each coefficient the p value of the largest distance between its ranks' distribution function and the uniform one.

    The distance is judged against `LUCK` sets of as many uniform ranks.

    Args:
        below: draws below the truth (rounds, p), integers from 0 to ``draws``.
        draws: posterior draws ranked.
        seed: seed of the uniform ranks.
    """

    def distance(ranks: nuts.Ints) -> float:
        share = np.cumsum(np.bincount(ranks, minlength=draws + 1)) / ranks.size
        return float(np.abs(share - np.arange(1, draws + 2) / (draws + 1)).max())

    luck = np.random.default_rng([seed, LUCK]).integers(0, draws + 1, (LUCK, below.shape[0]))
    by_luck = np.sort([distance(row) for row in luck])
    return [
        float((1 + LUCK - np.searchsorted(by_luck, distance(column) - 1e-12)) / (1 + LUCK))
        for column in below.T
    ]


def as_plain(found: dict[str, Any]) -> dict[str, Any]:
    """Return what `calibrate` found as plain lists and numbers, for JSON; ranks are left to the counts."""
    return {
        name: value.tolist() if isinstance(value, np.ndarray) else value
        for name, value in found.items()
        if name != "ranks"
    }


def sampling_report(found: dict[str, Any]) -> str:
    """Return one sentence on how well the posteriors were sampled."""
    r_hat, effective = found["r_hat"], found["effective"]
    return (
        f"sampler: {int(found['divergent'].sum())} divergent trajectories; R-hat {np.median(r_hat):.3f} in the median data set, "
        f"{r_hat.max():.3f} at most, above {R_HAT} in {int((r_hat > R_HAT).sum())} of {r_hat.size}; fewest effective draws "
        f"{effective.min():.0f}, median {np.median(effective):.0f}"
    )
