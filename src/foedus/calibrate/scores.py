"""Proper scores and calibration checks for probabilities and for samples.

Inputs are plain arrays. Lower is better for CRPS, Brier and log loss. Every function refuses shapes that do
not match and probabilities outside [0, 1], because a silently broadcast score is a wrong score.

Source: Gneiting and Raftery 2007, Journal of the American Statistical Association 102:359-378.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from foedus.errors import InputError

Floats = NDArray[np.float64]

LOG_LOSS_FLOOR = 1e-15
"""Probabilities are moved this far from 0 and 1 before the logarithm, as scikit-learn does in double precision."""


def _outcomes(probability: ArrayLike, outcome: ArrayLike) -> tuple[Floats, Floats]:
    p = np.asarray(probability, dtype=float)
    y = np.asarray(outcome, dtype=float)
    if p.shape != y.shape or p.ndim != 1 or p.size == 0:
        raise InputError(f"need two vectors of one length, got shapes {p.shape} and {y.shape}")
    if not (np.all(p >= 0) and np.all(p <= 1)):
        raise InputError("probabilities must lie in [0, 1] and must not be missing")
    if not np.all((y == 0) | (y == 1)):
        raise InputError("outcomes must be 0 or 1")
    return p, y


def brier(probability: ArrayLike, outcome: ArrayLike) -> float:
    """Mean squared distance between probability and outcome, in [0, 1].

    Example:
        >>> brier([0.9, 0.2], [1, 0])
        0.025
    """
    p, y = _outcomes(probability, outcome)
    return float(round(float(np.mean((p - y) ** 2)), 15))


def log_loss(probability: ArrayLike, outcome: ArrayLike) -> float:
    """Mean negative log probability of what happened, in nats.

    Example:
        >>> round(log_loss([0.5, 0.5], [1, 0]), 6)
        0.693147
    """
    p, y = _outcomes(probability, outcome)
    p = np.clip(p, LOG_LOSS_FLOOR, 1 - LOG_LOSS_FLOOR)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log1p(-p)))


def auc(probability: ArrayLike, outcome: ArrayLike) -> float:
    """Chance that a random event ranks above a random non-event; ties count half. NaN with one class only.

    Example:
        >>> auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])
        0.75
    """
    p, y = _outcomes(probability, outcome)
    n_event = float(y.sum())
    n_other = float(y.size - n_event)
    if n_event == 0 or n_other == 0:
        return float("nan")
    ranks = stats.rankdata(p)
    return float((ranks[y == 1].sum() - n_event * (n_event + 1) / 2) / (n_event * n_other))


def calibration_line(probability: ArrayLike, outcome: ArrayLike) -> tuple[float, float]:
    """Intercept and slope of the outcome on the log-odds of the forecast; (0, 1) is perfect calibration."""
    p, y = _outcomes(probability, outcome)
    x = special.logit(np.clip(p, LOG_LOSS_FLOOR, 1 - LOG_LOSS_FLOOR))
    design = np.column_stack([np.ones_like(x), x])
    beta = np.array([0.0, 1.0])
    for _ in range(50):
        fitted = special.expit(design @ beta)
        weight = np.maximum(fitted * (1 - fitted), 1e-12)
        step = np.linalg.lstsq((design.T * weight) @ design, design.T @ (y - fitted), rcond=None)[0]
        beta = beta + step
        if np.max(np.abs(step)) < 1e-10:
            break
    return float(beta[0]), float(beta[1])


def reliability(probability: ArrayLike, outcome: ArrayLike, bins: int = 10) -> list[dict[str, float]]:
    """Mean forecast against observed rate in ``bins`` groups of equal size, lowest forecasts first."""
    p, y = _outcomes(probability, outcome)
    groups = np.array_split(np.argsort(p, kind="stable"), min(bins, p.size))
    return [
        {"n": int(g.size), "mean_predicted": float(p[g].mean()), "observed": float(y[g].mean())} for g in groups
    ]


def expected_calibration_error(probability: ArrayLike, outcome: ArrayLike, bins: int = 10) -> float:
    """Mean absolute gap between forecast and observed rate over groups of equal size."""
    rows = reliability(probability, outcome, bins)
    total = sum(row["n"] for row in rows)
    return float(sum(row["n"] * abs(row["mean_predicted"] - row["observed"]) for row in rows) / total)


def _samples(samples: ArrayLike, observed: ArrayLike) -> tuple[Floats, Floats]:
    x = np.asarray(samples, dtype=float)
    y = np.asarray(observed, dtype=float)
    if x.ndim != 2 or y.ndim != 1 or x.shape[1] != y.size or x.size == 0:
        raise InputError(f"need samples (draw, cell) and observed (cell,), got shapes {x.shape} and {y.shape}")
    if not (np.all(np.isfinite(x)) and np.all(np.isfinite(y))):
        raise InputError("samples and observations must be finite")
    return x, y


def crps_samples(samples: ArrayLike, observed: ArrayLike) -> Floats:
    """CRPS of each cell from its draws, in the unit of the observations.

    Inputs: samples (draw, cell), observed (cell,). It is the CRPS of the empirical distribution,
    ``mean|x - y| - mean|x - x'| / 2``, found by sorting.

    Example:
        >>> crps_samples([[0.0], [1.0]], [0.0]).tolist()
        [0.25]
    """
    x, y = _samples(samples, observed)
    n = x.shape[0]
    ordered = np.sort(x, axis=0)
    weight = (2 * np.arange(1, n + 1) - n - 1)[:, None]
    spread = (weight * ordered).sum(axis=0) / n**2
    return np.asarray(np.abs(x - y).mean(axis=0) - spread, dtype=float)


def crps_normal(mean: ArrayLike, sd: ArrayLike, observed: ArrayLike) -> Floats:
    """CRPS of a normal forecast, closed form; ``sd`` must be positive."""
    m, s, y = (np.asarray(a, dtype=float) for a in (mean, sd, observed))
    if np.any(s <= 0):
        raise InputError("sd must be positive")
    z = (y - m) / s
    return np.asarray(
        s * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / np.sqrt(np.pi)), dtype=float
    )


def coverage(samples: ArrayLike, observed: ArrayLike, level: float = 0.9) -> float:
    """Share of cells inside the central interval of their draws."""
    x, y = _samples(samples, observed)
    if not 0 < level < 1:
        raise InputError(f"level must lie in (0, 1), got {level}")
    low, high = np.quantile(x, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return float(np.mean((y >= low) & (y <= high)))


def coverage_spread(samples: ArrayLike, observed: ArrayLike, level: float = 0.9) -> dict[str, float]:
    """Coverage of one forecast, and where it would lie if the forecast were right.

    Cells of one origin share what moves all of them, so that even a perfect forecaster misses many at once in some
    years. Each draw in turn is taken for the truth: ``expected_q05`` and ``expected_q95`` are the 5 and 95 per cent
    quantiles of the share of its cells inside the central intervals, ``chance_of_less`` the share of draws with a
    coverage no higher than the one observed. Needs joint draws (draw, cell).
    """
    x, y = _samples(samples, observed)
    low, high = np.quantile(x, [(1 - level) / 2, (1 + level) / 2], axis=0)
    found = float(np.mean((y >= low) & (y <= high)))
    each = np.mean((x >= low) & (x <= high), axis=1)
    q05, q95 = np.quantile(each, [0.05, 0.95])
    return {
        "n": float(y.size), "coverage": found, "expected_q05": float(q05), "expected_q95": float(q95),
        "chance_of_less": float(np.mean(each <= found + 1e-12)),
    }  # fmt: skip


def pit(samples: ArrayLike, observed: ArrayLike) -> Floats:
    """Probability integral transform of each cell: share of draws below it, ties counted half."""
    x, y = _samples(samples, observed)
    return np.asarray(((x < y).sum(axis=0) + 0.5 * (x == y).sum(axis=0)) / x.shape[0], dtype=float)


@dataclass(frozen=True)
class BinaryScores:
    """Scores of probabilities of an event."""

    n: int
    events: int
    log_loss: float
    brier: float
    auc: float
    calibration_intercept: float
    calibration_slope: float
    expected_calibration_error: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class SampleScores:
    """Scores of sampled forecasts of a quantity."""

    n: int
    crps: float
    mae: float
    coverage_50: float
    coverage_90: float
    width_90: float
    log_score: float
    pit_mean: float
    pit_ks: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def score_binary(probability: ArrayLike, outcome: ArrayLike) -> BinaryScores:
    """All scores of one set of event probabilities."""
    p, y = _outcomes(probability, outcome)
    intercept, slope = calibration_line(p, y) if 0 < y.sum() < y.size else (float("nan"), float("nan"))
    return BinaryScores(
        n=int(y.size),
        events=int(y.sum()),
        log_loss=log_loss(p, y),
        brier=brier(p, y),
        auc=auc(p, y),
        calibration_intercept=intercept,
        calibration_slope=slope,
        expected_calibration_error=expected_calibration_error(p, y),
    )


def log_score_samples(samples: ArrayLike, observed: ArrayLike) -> float:
    """Mean log density of the observations under a normal-kernel density of the draws, in nats.

    The bandwidth is Silverman's rule of thumb, so that heavy-tailed draws do not give infinite scores.
    """
    x, y = _samples(samples, observed)
    sd = x.std(axis=0)
    iqr = np.subtract(*np.quantile(x, [0.75, 0.25], axis=0)) / 1.349
    width = 0.9 * np.where(iqr > 0, np.minimum(sd, iqr), sd) * x.shape[0] ** -0.2
    width = np.maximum(width, 1e-9)
    terms = stats.norm.logpdf((y - x) / width) - np.log(width)
    return float(np.mean(special.logsumexp(terms, axis=0) - np.log(x.shape[0])))


def score_samples(samples: ArrayLike, observed: ArrayLike) -> SampleScores:
    """All scores of one set of sampled forecasts (draw, cell) against observed (cell,)."""
    x, y = _samples(samples, observed)
    ranks = pit(x, y)
    low, high = np.quantile(x, [0.05, 0.95], axis=0)
    return SampleScores(
        n=int(y.size),
        crps=float(crps_samples(x, y).mean()),
        mae=float(np.abs(np.median(x, axis=0) - y).mean()),
        coverage_50=coverage(x, y, 0.5),
        coverage_90=coverage(x, y, 0.9),
        width_90=float(np.mean(high - low)),
        log_score=log_score_samples(x, y),
        pit_mean=float(ranks.mean()),
        pit_ks=float(stats.kstest(ranks, "uniform").statistic),
    )
