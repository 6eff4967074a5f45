"""Waves of weighted draws: iterated importance sampling with history matching's implausibility beside it.

The fitted numbers live on a normal scale z, where the prior is a standard normal. Wave 0 draws from the prior. Each later
wave draws from a normal fitted to all draws so far, with a share from the prior as a defence. Every draw of every wave counts
with weight prior(z) * likelihood / mixture of the proposals (Owen and Zhou 2000; Cappé et al. 2004). Where the weights are
too uneven to fit a proposal the likelihood is tempered: raised to the largest power in (0, 1] that keeps a set share of the
draws effective. Each wave has its own random stream, so that a stopped run goes on and ends with the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from foedus.calibrate.chains import keep_arrays, kept_arrays

Floats = NDArray[np.float64]
Simulator = Callable[[Floats, int], Floats]
"""From z (draw, entry) and a seed to the summaries (draw, constraint), each on its constraint's scale."""

DEFENSIVE = 0.2
"""Share of each later wave that is drawn from the prior."""
INFLATION = 1.2
"""Factor on the proposal's covariance: tails of a proposal must not be thinner than the target's."""
TEMPERED_SHARE = 0.25
"""Smallest share of effective draws from which a proposal is fitted."""
IMPLAUSIBLE = 3.0
"""Distance in sd from any constraint beyond which a draw counts as implausible."""


@dataclass(frozen=True)
class Target:
    """Centres and standard deviations of the soft constraints, each on its scale."""

    names: tuple[str, ...]
    centre: Floats
    sd: Floats

    def log_likelihood(self, summaries: Floats) -> Floats:
        """Log likelihood (draw,), up to a constant."""
        return -0.5 * np.sum(((summaries - self.centre) / self.sd) ** 2, axis=1)

    def implausibility(self, summaries: Floats) -> Floats:
        """Largest distance (draw,) from any constraint, in sd."""
        return np.asarray(np.max(np.abs((summaries - self.centre) / self.sd), axis=1))


@dataclass(frozen=True)
class Wave:
    """Draws of one wave with what the simulator made of them, and the proposal they came from."""

    z: Floats
    summaries: Floats
    mean: Floats
    cholesky: Floats
    prior_share: float

    def log_density(self, z: Floats) -> Floats:
        """Log density (draw,) of this wave's proposal at ``z``."""
        prior = standard_normal(z)
        if self.prior_share >= 1.0:
            return prior
        solved = np.asarray(np.linalg.solve(self.cholesky, (z - self.mean).T).T, np.float64)
        own = standard_normal(solved) - float(np.sum(np.log(np.diag(self.cholesky))))
        return np.logaddexp(np.log(self.prior_share) + prior, np.log1p(-self.prior_share) + own)


@dataclass(frozen=True)
class Cloud:
    """All draws with their weights (they sum to one)."""

    z: Floats
    summaries: Floats
    weight: Floats
    tempering: float

    @property
    def effective(self) -> float:
        """Effective number of draws."""
        return float(1.0 / np.sum(self.weight**2))


def standard_normal(z: Floats) -> Floats:
    """Log density of the standard normal (draw,)."""
    return np.asarray(-0.5 * np.sum(z**2, axis=1) - 0.5 * z.shape[1] * np.log(2 * np.pi))


def first_wave(simulate: Simulator, entries: int, draws: int, seed: int) -> Wave:
    """Draw from the prior."""
    z = np.random.default_rng([seed, 0]).standard_normal((draws, entries))
    return Wave(z, simulate(z, seed), np.zeros(entries), np.eye(entries), 1.0)


def next_wave(waves: list[Wave], target: Target, simulate: Simulator, draws: int, seed: int) -> Wave:
    """Draw from a proposal fitted to all draws so far."""
    number = len(waves)
    cloud = weigh(waves, target, temper=True)
    mean = cloud.weight @ cloud.z
    spread = (cloud.z - mean).T @ ((cloud.z - mean) * cloud.weight[:, None])
    keep = cloud.effective / (cloud.effective + cloud.z.shape[1])
    covariance = INFLATION * (keep * spread + (1 - keep) * np.eye(len(mean)))
    cholesky = np.linalg.cholesky(covariance)
    rng = np.random.default_rng([seed, number])
    raw = rng.standard_normal((draws, len(mean)))
    from_prior = rng.random(draws) < DEFENSIVE
    z = np.where(from_prior[:, None], raw, mean + raw @ cholesky.T)
    return Wave(z, simulate(z, seed + number), mean, cholesky, DEFENSIVE)


def weigh(waves: list[Wave], target: Target, temper: bool = False) -> Cloud:
    """Weigh all draws of all waves against the mixture of their proposals."""
    z = np.concatenate([w.z for w in waves])
    summaries = np.concatenate([w.summaries for w in waves])
    sizes = np.log([len(w.z) / len(z) for w in waves])
    proposed = special.logsumexp(
        [size + w.log_density(z) for size, w in zip(sizes, waves, strict=True)], axis=0
    )
    base = standard_normal(z) - proposed
    fit = target.log_likelihood(summaries)
    power = _power(base, fit, TEMPERED_SHARE * len(z)) if temper else 1.0
    return Cloud(z, summaries, special.softmax(base + power * fit), power)


def _power(base: Floats, fit: Floats, wanted: float) -> float:
    def effective(power: float) -> float:
        weight = special.softmax(base + power * fit)
        return float(1.0 / np.sum(weight**2))

    if effective(1.0) >= wanted:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if effective(middle) >= wanted else (low, middle)
    return max(low, 0.02)


def run_waves(
    simulate: Simulator,
    target: Target,
    entries: int,
    size: tuple[int, int],
    seed: int,
    folder: Path | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> list[Wave]:
    """Run ``size`` (waves, draws a wave), keeping each finished wave in ``folder``; what is there already is not run again."""
    count, draws = size
    waves: list[Wave] = []
    for number in range(count):
        file = folder / f"wave-{number}.npz" if folder else None
        made = _read(file) if file else None
        if made is None:
            made = (
                first_wave(simulate, entries, draws, seed)
                if number == 0
                else next_wave(waves, target, simulate, draws, seed)
            )
            if file is not None:
                keep_arrays(file, {**vars(made), "prior_share": np.array(made.prior_share)})
        waves.append(made)
        if tell:
            tell(number + 1, count)
    return waves


def _read(file: Path) -> Wave | None:
    """The wave kept there; None where there is none or where the file is damaged."""
    kept = kept_arrays(file, ("z", "summaries", "mean", "cholesky", "prior_share"))
    if kept is None:
        return None
    return Wave(kept["z"], kept["summaries"], kept["mean"], kept["cholesky"], float(kept["prior_share"]))


def ranks(waves: list[Wave], target: Target, replications: int, seed: int) -> Floats:
    """Simulation-based calibration: ranks (replication, entry) in [0, 1] of known truths among the weighted draws.

    Each truth is a draw of wave 0, its data the summaries of that draw with the constraints' noise; the cloud is weighed
    anew without that draw. Where weights are right the ranks are uniform (Talts et al. 2018).
    """
    rng = np.random.default_rng([seed, 7])
    chosen = rng.choice(len(waves[0].z), replications, replace=False)
    out = []
    for row in chosen:
        seen = waves[0].summaries[row] + target.sd * rng.standard_normal(len(target.sd))
        weight = weigh(waves, Target(target.names, seen, target.sd)).weight.copy()
        weight[row] = 0.0
        cloud = np.concatenate([w.z for w in waves])
        out.append((weight / weight.sum()) @ (cloud < waves[0].z[row]))
    return np.asarray(out)


def uniform_p(values: Floats) -> Floats:
    """p-values (entry,) of Kolmogorov and Smirnov's test of each column against a uniform."""
    return np.array([stats.kstest(column, "uniform").pvalue for column in values.T])
