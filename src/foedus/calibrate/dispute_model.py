"""A deterrence game as a likelihood: who challenges, who resists, who fights.

The challenger A moves first; the target B concedes or resists; A then fights or backs down. Each value is linear in
covariates and each mover errs with logistic noise (agent error), so that

    fight    p_F = logistic(z . phi)                A's choice once B has resisted
    resist   p_R = logistic(r . rho + kappa p_F)    B's choice: it resists less if it expects to be fought
    U        = (1 - p_R) (v . nu) + p_R p_F (w . omega) + p_R (1 - p_F) audience
    onset    p_C = logistic(U - q . theta)          A compares the lottery with the status quo

Observed are the onset, whether the dispute was reciprocated, and whether A used force in a reciprocated one: three
likelihoods in one, so that resistance is pinned down by what targets did and not only by what challengers feared.
The status-quo value carries peace years and regime, the prize carries space and power, the war value carries
alliances and power. Coefficients have a weak normal prior on standardised covariates.

Source of the game: Signorino 1999, American Political Science Review 93:279-297; Lewis and Schultz 2003, Political
Analysis 11:345-367.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit, log_expit

from foedus.calibrate.dispute_features import ALLIANCE, DECAY_YEARS, matrix, present
from foedus.calibrate.priors import priors_of

Floats = NDArray[np.float64]

STATUS_QUO = (
    *(f"calm_dyad_{t:g}" for t in DECAY_YEARS), *(f"calm_directed_{t:g}" for t in DECAY_YEARS),
    "jdem", "jdem_missing", "open_a", "open_b", "a_defends_b", "a_b_nonaggression_pact", "a_b_neutrality_pact",
    "s_score_atop",
)  # fmt: skip
PRIZE = (
    "ln_distance",
    "land_contig",
    "contiguous",
    "ln_cinc_a",
    "ln_cinc_b",
    "capprop",
    "major_a",
    "major_b",
    "both_weak",
)
WAR = (*ALLIANCE, "capprop", "balance", "land_contig", "ln_distance")
RESIST = (
    "b_has_defence_pact",
    "b_us_defence_ally",
    "ln_ally_cinc_b",
    "capprop",
    "land_contig",
    "major_a",
    "major_b",
)
FIGHT = ("capprop", "land_contig", "ln_distance", "major_a", "b_has_defence_pact", "a_has_offence_pact")
BLOCKS = {"status_quo": STATUS_QUO, "prize": PRIZE, "war": WAR, "resist": RESIST, "fight": FIGHT}
THINNING = 5
NEAR = 1e-2
"""Gain of log posterior a step below which Fisher scoring hands over."""
SETTLED = 1e-4
"""Length of a step, in posterior standard deviations, at which the top is reached."""
MOST_DAMPING, SHORTEST = 1e8, 1e-6
"""Where a search gives up: damping, and the shortest part of a step."""
CONSTANTS = ("kappa", "audience", "status_quo_0", "resist_0", "fight_0", "war_0")


Blocks = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class DisputeModel:
    """A fitted game: covariate names, means and scales of the training years, coefficients and their covariance."""

    names: tuple[str, ...]
    blocks: Blocks
    mean: Floats
    scale: Floats
    beta: Floats
    covariance: Floats
    log_posterior: float
    converged: bool

    def predict(self, frame: pl.DataFrame) -> dict[str, Floats]:
        """Probabilities for each row: ``challenge``, ``resist`` and ``fight``."""
        x = (np.nan_to_num(matrix(frame, self.names)) - self.mean) / self.scale
        play = _play(self.beta, x, self.blocks)
        return {name: expit(play[name]) for name in ("challenge", "resist", "fight")}


def _spans(blocks: Blocks) -> dict[str, slice]:
    """Where each block's coefficients stand in the parameter vector, after the constants."""
    spans, at = {}, len(CONSTANTS)
    for name, columns in blocks:
        spans[name] = slice(at, at + len(columns))
        at += len(columns)
    return spans


def _play(beta: Floats, x: Floats, blocks: Blocks) -> dict[str, Floats]:
    """Log-odds of fighting, resisting and challenging, and the values they were made from."""
    constant = dict(zip(CONSTANTS, beta, strict=False))
    spans = _spans(blocks)
    value = {name: x[:, list(columns)] @ beta[spans[name]] for name, columns in blocks}
    fight = constant["fight_0"] + value["fight"]
    f = expit(fight)
    resist = constant["resist_0"] + value["resist"] + constant["kappa"] * f
    r = expit(resist)
    war, audience = constant["war_0"] + value["war"], constant["audience"]
    lottery = (1 - r) * value["prize"] + r * (f * war + (1 - f) * audience)
    challenge = lottery - constant["status_quo_0"] - value["status_quo"]
    return {
        "fight": fight,
        "resist": resist,
        "challenge": challenge,
        "f": f,
        "r": r,
        "war": war,
        "prize": value["prize"],
    }


def _jacobian(beta: Floats, x: Floats, blocks: Blocks, play: dict[str, Floats], mover: str) -> Floats:
    """Derivatives (row, coefficient) of the log-odds of one mover."""
    f, r = play["f"], play["r"]
    kappa, audience = beta[CONSTANTS.index("kappa")], beta[CONSTANTS.index("audience")]
    df, dr = f * (1 - f), r * (1 - r)
    by_r = (-play["prize"] + f * play["war"] + (1 - f) * audience) * dr
    zero, one = np.zeros_like(f), np.ones_like(f)
    factors = {
        "challenge": {
            "kappa": by_r * f, "audience": r * (1 - f), "status_quo": -one, "prize": 1 - r, "war": r * f,
            "resist": by_r, "fight": df * (r * (play["war"] - audience) + by_r * kappa),
        },
        "resist": {"kappa": f, "resist": one, "fight": kappa * df},
        "fight": {"fight": one},
    }  # fmt: skip
    spans, factor = _spans(blocks), factors[mover]
    j = np.zeros((len(f), len(beta)))
    for k, name in enumerate(CONSTANTS):
        j[:, k] = factor.get(name.removesuffix("_0"), zero)
    for name, columns in blocks:
        if name in factor:
            j[:, spans[name]] = factor[name][:, None] * x[:, list(columns)]
    return j


@dataclass(frozen=True)
class _Data:
    x: Floats
    blocks: Blocks
    onset: Floats
    resisted: Floats
    fought: Floats
    penalty: Floats
    weight: Floats

    def thinned(self) -> _Data:
        """Every onset and every fifth other row, five times as heavy: enough to come close to the optimum."""
        others = np.flatnonzero(self.onset == 0)[::THINNING]
        rows = np.concatenate([np.flatnonzero(self.onset == 1), others])
        weight = np.where(self.onset[rows] == 1, 1.0, float(THINNING))
        return _Data(
            self.x[rows], self.blocks, self.onset[rows], self.resisted[rows], self.fought[rows], self.penalty, weight
        )  # fmt: skip

    def parts(self) -> dict[str, tuple[NDArray[np.bool_], Floats]]:
        """For each mover the rows in which it moved, and what it chose there."""
        challenged = self.onset == 1
        stood = challenged & (self.resisted == 1)
        return {
            "challenge": (np.ones(len(self.onset), dtype=bool), self.onset),
            "resist": (challenged, self.resisted[challenged]),
            "fight": (stood, self.fought[stood]),
        }

    def log_posterior(self, beta: Floats) -> float:
        play = _play(beta, self.x, self.blocks)
        total = -0.5 * float(np.sum(self.penalty * beta**2))
        for mover, (rows, chosen) in self.parts().items():
            logit = play[mover][rows]
            total += float(self.weight[rows] @ np.where(chosen == 1, log_expit(logit), log_expit(-logit)))
        return total

    def score(self, beta: Floats) -> Floats:
        """Derivatives of the log posterior."""
        score = -self.penalty * beta
        for _, slope in self._slopes(beta):
            score = score + slope[0]
        return score

    def score_and_information(self, beta: Floats) -> tuple[Floats, Floats]:
        """Derivatives of the log posterior, and the expected information with the prior's."""
        score, information = -self.penalty * beta, np.diag(self.penalty)
        for j, (own, weight) in self._slopes(beta):
            score = score + own
            information = information + (j.T * weight) @ j
        return score, information

    def _slopes(self, beta: Floats) -> Iterator[tuple[Floats, tuple[Floats, Floats]]]:
        """For each mover the Jacobian of its log-odds, its part of the score, and the weights of its information."""
        for mover, (rows, chosen) in self.parts().items():
            x, weight = self.x[rows], self.weight[rows]
            play = _play(beta, x, self.blocks)
            j, p = _jacobian(beta, x, self.blocks, play, mover), expit(play[mover])
            yield j, (j.T @ (weight * (chosen - p)), weight * p * (1 - p))


def _approach(data: _Data, beta: Floats, steps: int = 100) -> Floats:
    """Fisher scoring with Levenberg damping, until a step gains less than ``NEAR``."""
    value, damping = data.log_posterior(beta), 1e-2
    for _ in range(steps):
        score, information = data.score_and_information(beta)
        while damping < MOST_DAMPING:
            tried = beta + np.linalg.solve(information + damping * np.diag(np.diag(information)), score)
            gain = data.log_posterior(tried) - value
            if gain >= 0:
                break
            damping *= 10
        else:
            return beta
        beta, value, damping = tried, value + gain, max(damping / 10, 1e-9)
        if gain < NEAR:
            break
    return beta


def _settle(data: _Data, beta: Floats, steps: int = 200) -> tuple[Floats, bool]:
    """Climb to the top from nearby: quasi-Newton steps (BFGS), whose curvature starts as the expected information.

    Where covariates of several values move the same choice the expected information leaves out most of the curvature, and
    Fisher scoring steps over the top from side to side for hundreds of steps; the curvature learnt on the way does not.
    Reached is the top where the next step is ``SETTLED`` posterior standard deviations or shorter.
    """
    value = data.log_posterior(beta)
    score, curvature = data.score_and_information(beta)
    for _ in range(steps):
        step = np.linalg.solve(curvature, score)
        slope = float(score @ step)
        if slope <= SETTLED**2:
            return beta, True
        length, gain = 1.0, data.log_posterior(beta + step) - value
        while gain < 1e-4 * length * slope and length > SHORTEST:
            length /= 2
            gain = data.log_posterior(beta + length * step) - value
        if length <= SHORTEST:
            return beta, False
        step, before = length * step, score
        beta, value = beta + step, value + gain
        score = data.score(beta)
        bent, pulled = before - score, curvature @ step
        if bent @ step > 0:
            curvature = curvature + np.outer(bent, bent) / (bent @ step)
            curvature = curvature - np.outer(pulled, pulled) / (step @ pulled)
    return beta, False


def _climb(data: _Data, beta: Floats) -> tuple[Floats, Floats, float, bool]:
    """Coefficients of the highest log posterior, their covariance, the height, and whether it is the top."""
    beta, converged = _settle(data, _approach(data, beta))
    covariance = np.asarray(np.linalg.inv(data.score_and_information(beta)[1]), dtype=float)
    return beta, covariance, data.log_posterior(beta), converged


def fit_disputes(frame: pl.DataFrame) -> DisputeModel:
    """Penalised maximum likelihood of the game on the rows of ``frame`` (with features added)."""
    chosen = {block: present(frame, names) for block, names in BLOCKS.items()}
    names = tuple(dict.fromkeys(n for block in chosen.values() for n in block))
    blocks = tuple((b, tuple(names.index(n) for n in chosen[b])) for b in BLOCKS)
    raw = np.nan_to_num(matrix(frame, names))
    mean, scale = raw.mean(axis=0), raw.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    onset, resisted, fought = matrix(frame, ("mid_onset", "mid_recip", "mid_force_onset")).T
    size = len(CONSTANTS) + sum(len(columns) for _, columns in blocks)
    prior = priors_of("disputes")
    penalty = np.full(size, prior["coefficient"].args[1] ** -2)
    penalty[: len(CONSTANTS)] = prior["constant"].args[1] ** -2
    data = _Data((raw - mean) / scale, blocks, onset, resisted, fought, penalty, np.ones(len(onset)))
    start = np.zeros(size)
    start[CONSTANTS.index("status_quo_0")] = -np.log(max(onset.mean(), 1e-6))
    close = _approach(data.thinned(), start)
    beta, covariance, value, converged = _climb(data, close)
    return DisputeModel(names, blocks, mean, scale, beta, covariance, value, converged)
