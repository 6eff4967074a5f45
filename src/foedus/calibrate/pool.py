"""Pooling experts' probabilities: linear, log-odds, extremised, and Cooke's classical model with seed questions.

Disagreement stays visible: every pooled question carries the experts' lowest, highest and spread, and a flag where
they are on different sides (one expert's event is another's non-event).

Sources: Cooke 1991, *Experts in Uncertainty*; Satopää et al. 2014, International Journal of Forecasting 30:344-356;
Ranjan and Gneiting 2010, Journal of the Royal Statistical Society B 72:71-91.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from foedus.calibrate.priors import priors_of
from foedus.errors import InputError

Floats = NDArray[np.float64]
FLOOR = 1e-6
"""Probabilities of exactly 0 or 1 are moved this far in before log-odds are taken."""

OVERSHOOT = 0.1
"""Cooke's ten per cent: how far the background of a seed question runs past the widest answer."""

SPLIT_SD = 0.25
"""Spread of the experts' probabilities (standard deviation) from which a question is called contested."""


def _weights(weights: Sequence[float] | None, n: int) -> Floats:
    w = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
    if w.shape != (n,) or np.any(w < 0) or not np.isfinite(w).all() or w.sum() <= 0:
        raise InputError(f"need {n} weights, none below zero and not all zero")
    return w / w.sum()


def _probabilities(p: Any) -> Floats:
    """Experts' probabilities (expert, outcome) that each sum to one."""
    x = np.asarray(p, dtype=float)
    if x.ndim != 2 or x.size == 0 or not np.isfinite(x).all() or np.any(x < 0):
        raise InputError("need one row of probabilities for each expert, none missing or below zero")
    if np.any(np.abs(x.sum(axis=1) - 1) > 1e-6):
        bad = int(np.argmax(np.abs(x.sum(axis=1) - 1))) + 1
        raise InputError(f"probabilities of expert {bad} sum to {x.sum(axis=1)[bad - 1]:.4g}, must sum to 1")
    return x


def linear_pool(p: Any, weights: Sequence[float] | None = None) -> Floats:
    """Weighted mean of the experts' probabilities (expert, outcome).

    Example:
        >>> linear_pool([[0.8, 0.2], [0.4, 0.6]]).round(3).tolist()
        [0.6, 0.4]
    """
    x = _probabilities(p)
    return np.asarray(_weights(weights, len(x)) @ x, dtype=float)


def log_odds_pool(p: Any, weights: Sequence[float] | None = None, extremise: float = 1.0) -> Floats:
    """Weighted geometric mean of the odds, sharpened by ``extremise`` (1 leaves it as it is).

    For two outcomes this is the mean of the log-odds; for more, the normalised geometric mean of the probabilities.

    Example:
        >>> log_odds_pool([[0.8, 0.2], [0.8, 0.2]], extremise=2.0).round(3).tolist()
        [0.941, 0.059]
    """
    if not extremise > 0:
        raise InputError(f"extremising factor must be positive, got {extremise}")
    x = np.clip(_probabilities(p), FLOOR, 1 - FLOOR)
    score = extremise * (_weights(weights, len(x)) @ np.log(x))
    return np.asarray(special.softmax(score), dtype=float)


@dataclass(frozen=True)
class CookeWeights:
    """Weights of Cooke's classical model, with what they are made of, one value for each expert."""

    weight: Floats
    calibration: Floats
    information: Floats
    cutoff: float


def cooke_calibration(quantiles: Floats, truth: Floats, levels: Sequence[float]) -> Floats:
    """Chance that a well-calibrated expert misses by as much as each did: chi-square of 2 n relative information.

    quantiles: (expert, question, level); truth: (question,). A truth on a quantile counts below it.
    """
    expected = np.diff(np.concatenate([[0.0], np.asarray(levels, dtype=float), [1.0]]))
    n = truth.size
    out = np.empty(len(quantiles))
    for e, q in enumerate(quantiles):
        slot = (truth[:, None] > q).sum(axis=1)
        share = np.bincount(slot, minlength=expected.size) / n
        information = float(np.sum(special.rel_entr(share, expected)))
        out[e] = stats.chi2.sf(2 * n * information, expected.size - 1)
    return out


def cooke_information(
    quantiles: Floats,
    truth: Floats,
    levels: Sequence[float],
    log_scale: bool = False,
    overshoot: float = OVERSHOOT,
) -> Floats:
    """Mean relative information of each expert's quantiles against a uniform (or log-uniform) background.

    The background of a question runs from the lowest to the highest quantile or truth, ``overshoot`` of that width
    further at each end.
    """
    q, t = (np.log(quantiles), np.log(truth)) if log_scale else (quantiles, truth)
    low, high = np.minimum(q.min(axis=(0, 2)), t), np.maximum(q.max(axis=(0, 2)), t)
    width = high - low
    low, high = low - overshoot * width, high + overshoot * width
    expected = np.diff(np.concatenate([[0.0], np.asarray(levels, dtype=float), [1.0]]))
    ends = [np.broadcast_to(end[None, :, None], (*q.shape[:2], 1)) for end in (low, high)]
    gap = np.diff(np.concatenate([ends[0], q, ends[1]], axis=2), axis=2)
    per_question = np.log(high - low) + np.sum(expected * np.log(expected / gap), axis=2)
    return np.asarray(per_question.mean(axis=1), dtype=float)


def cooke_weights(
    quantiles: Any,
    truth: Any,
    levels: Sequence[float],
    cutoff: float | None = None,
    log_scale: bool = False,
) -> CookeWeights:
    """Cooke's global weights: calibration times information, zero for experts below the cutoff.

    Inputs: quantiles (expert, seed question, level), truth (seed question,), levels such as (0.05, 0.5, 0.95).
    Errors: InputError for crossed quantiles, too few seeds, or a cutoff that leaves nobody.
    """
    q, t = np.asarray(quantiles, dtype=float), np.asarray(truth, dtype=float)
    if (
        q.ndim != 3
        or q.shape[1:] != (t.size, len(levels))
        or not (np.isfinite(q).all() and np.isfinite(t).all())
    ):
        raise InputError(
            "need quantiles for every expert, seed question and level, and a truth for every question"
        )
    if np.any(np.diff(q, axis=2) <= 0):
        expert, question, _ = (int(i[0]) + 1 for i in np.nonzero(np.diff(q, axis=2) <= 0))
        raise InputError(
            f"quantiles of expert {expert} on seed question {question} must increase with the level"
        )
    if log_scale and (np.any(q <= 0) or np.any(t <= 0)):
        raise InputError("a log scale needs positive quantiles and truths")
    limit = priors_of("pool")["cooke_cutoff"].args[0] if cutoff is None else cutoff
    calibration = cooke_calibration(q, t, levels)
    information = cooke_information(q, t, levels, log_scale)
    raw = np.where(calibration >= limit, calibration * information, 0.0)
    if raw.sum() <= 0:
        raise InputError(f"no expert reaches the calibration cutoff {limit:g}: lower it or add seed questions")
    return CookeWeights(raw / raw.sum(), calibration, information, limit)


def brier_weights(records: Sequence[Mapping[str, Any]]) -> Floats:
    """Weights from seed probabilities of events that have been settled: one over the mean Brier score, shrunk.

    Each record has ``probability`` and ``outcome`` sequences. Shrinkage adds one question scored at chance (0.25), so
    that one lucky forecast does not take all the weight.
    """
    scores = []
    for record in records:
        p, y = np.asarray(record["probability"], dtype=float), np.asarray(record["outcome"], dtype=float)
        scores.append((np.sum((p - y) ** 2) + 0.25) / (p.size + 1))
    inverse = 1 / np.asarray(scores)
    return np.asarray(inverse / inverse.sum(), dtype=float)


@dataclass(frozen=True)
class Disagreement:
    """How far the experts are apart on one outcome."""

    lowest: float
    highest: float
    sd: float
    contested: bool


def disagreement(p: Any) -> list[Disagreement]:
    """Range and spread of each outcome's probability; contested where experts stand on both sides and far apart."""
    x = _probabilities(p)
    out = []
    for column in x.T:
        sides = bool(column.min() < 0.5 < column.max())
        sd = float(column.std())
        out.append(Disagreement(float(column.min()), float(column.max()), sd, sides and sd >= SPLIT_SD))
    return out
