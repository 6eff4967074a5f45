"""Simple forecasters of yearly series, the yardsticks of every hindcast. All give draws, not points.

Every function takes ``series`` (time, unit) on a scale where changes are comparable (logs, as a rule; NaN where
missing, the last row observed or NaN for a unit that is skipped), the horizon and a seed, and returns draws
(draw, step, unit) on that scale. Nothing here sees more than ``series``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from foedus.calibrate.extras import require

Floats = NDArray[np.float64]
Forecaster = Callable[[Floats, int, int, int], Floats]

BOOSTING = {"max_iter": 60, "learning_rate": 0.1, "max_leaf_nodes": 7, "min_samples_leaf": 15}
"""Small trees, because a yearly panel holds a few hundred rows; fixed before any test year was looked at."""

FOLDS = 4
"""Every fourth year is left out in turn to measure the error of boosting."""


def _last_seen(series: Floats) -> Floats:
    filled = series.copy()
    for t in range(1, len(filled)):
        filled[t] = np.where(np.isfinite(filled[t]), filled[t], filled[t - 1])
    return filled[-1]


def _changes(series: Floats, step: int) -> Floats:
    change = series[step:] - series[:-step] if len(series) > step else np.empty((0, series.shape[1]))
    return change[np.isfinite(change)]


def persistence(series: Floats, horizon: int, seed: int, draws: int = 1000) -> Floats:
    """The last value, with the changes over as many years seen so far as its error (drawn with a random sign)."""
    rng = np.random.default_rng(seed)
    last = _last_seen(series)
    out = np.empty((draws, horizon, series.shape[1]))
    for h in range(1, horizon + 1):
        pool, factor = _changes(series, h), 1.0
        if pool.size < 20:
            pool, factor = _changes(series, 1), h**0.5
        size = (draws, series.shape[1])
        out[:, h - 1] = last + factor * rng.choice(pool, size) * rng.choice([-1.0, 1.0], size)
    return out


def linear_trend(series: Floats, horizon: int, seed: int, draws: int = 1000) -> Floats:
    """A straight line through each unit's own years, with the error of its prediction (Student t)."""
    rng = np.random.default_rng(seed)
    out = np.empty((draws, horizon, series.shape[1]))
    now = len(series) - 1
    for i, y in enumerate(series.T):
        t = np.flatnonzero(np.isfinite(y))
        if t.size < 4:
            out[:, :, i] = persistence(series[:, [i]], horizon, seed + i, draws)[:, :, 0]
            continue
        x = np.column_stack([np.ones(t.size), t - now])
        inverse = np.linalg.inv(x.T @ x)
        beta = inverse @ x.T @ y[t]
        df = t.size - 2
        s2 = max(float(np.sum((y[t] - x @ beta) ** 2)) / df, 1e-8)
        for h in range(1, horizon + 1):
            row = np.array([1.0, h])
            sd = np.sqrt(s2 * (1 + row @ inverse @ row))
            out[:, h - 1, i] = row @ beta + sd * rng.standard_t(df, draws)
    return out


def _local_level_fit(y: Floats) -> tuple[float, float, float, float]:
    """Level, its variance, level noise and observation noise by maximum likelihood of a random walk plus noise."""

    def filter_(log_variances: Floats) -> tuple[float, float, float]:
        q, r = np.exp(log_variances)
        m, c, loss = y[0], r, 0.0
        for value in y[1:]:
            c += q
            if not np.isfinite(value):
                continue
            f = c + r
            loss += 0.5 * (np.log(f) + (value - m) ** 2 / f)
            m, c = m + c / f * (value - m), c * r / f
        return float(loss), float(m), float(c)

    start: Any = np.log(max(float(np.nanvar(np.diff(y))), 1e-6) * np.array([0.7, 0.15]))

    def loss(log_variances: Floats) -> float:
        return filter_(log_variances)[0]

    minimize: Any = optimize.minimize
    fit = minimize(loss, start, method="L-BFGS-B", bounds=[(-14.0, 3.0)] * 2)
    _, m, c = filter_(fit.x)
    return m, c, float(np.exp(fit.x[0])), float(np.exp(fit.x[1]))


def local_level(series: Floats, horizon: int, seed: int, draws: int = 1000) -> Floats:
    """A random walk seen with noise, fitted to each unit (simple exponential smoothing)."""
    rng = np.random.default_rng(seed)
    out = np.empty((draws, horizon, series.shape[1]))
    for i, column in enumerate(series.T):
        seen = np.flatnonzero(np.isfinite(column))
        if seen.size < 4:
            out[:, :, i] = persistence(series[:, [i]], horizon, seed + i, draws)[:, :, 0]
            continue
        m, c, q, r = _local_level_fit(column[seen[0] :])
        for h in range(1, horizon + 1):
            out[:, h - 1, i] = m + np.sqrt(c + h * q + r) * rng.standard_normal(draws)
    return out


def _boosting_rows(series: Floats, step: int) -> tuple[Floats, Floats, NDArray[np.int64], Floats]:
    """Features now, change over the next ``step`` years, the year of each row, and the features of the last year."""
    growth = np.vstack([np.full(series.shape[1], np.nan), np.diff(series, axis=0)])
    with np.errstate(invalid="ignore"):
        seen = np.isfinite(growth)
        common = np.where(seen, growth, 0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    before = np.vstack([np.full(series.shape[1], np.nan), growth[:-1]])
    parts = [series, growth, before, np.repeat(common[:, None], series.shape[1], 1)]
    features = np.nan_to_num(np.stack(parts, axis=-1), nan=0.0)
    change = series[step:] - series[:-step]
    rows = np.isfinite(change)
    year = np.repeat(np.arange(len(change))[:, None], series.shape[1], 1)
    return features[: len(change)][rows], change[rows], year[rows], features[-1]


def gradient_boosting(series: Floats, horizon: int, seed: int, draws: int = 1000) -> Floats:
    """Gradient boosting of the change on level, own growth and mean growth; errors from left-out years."""
    ensemble = require("sklearn.ensemble")
    rng = np.random.default_rng(seed)
    last = _last_seen(series)
    out = persistence(series, horizon, seed, draws)
    for h in range(1, horizon + 1):
        if len(series) <= h + FOLDS:
            continue
        x, y, year, now = _boosting_rows(series, h)
        residual = np.empty(0)
        for fold in range(FOLDS):
            train = year % FOLDS != fold
            model = ensemble.HistGradientBoostingRegressor(**BOOSTING, random_state=seed)
            residual = np.append(residual, y[~train] - model.fit(x[train], y[train]).predict(x[~train]))
        model = ensemble.HistGradientBoostingRegressor(**BOOSTING, random_state=seed).fit(x, y)
        error = rng.choice(residual - residual.mean(), (draws, series.shape[1]))
        out[:, h - 1] = last + model.predict(now) + error
    return out


YEARLY: dict[str, Forecaster] = {
    "persistence": persistence,
    "linear_trend": linear_trend,
    "local_level": local_level,
    "gradient_boosting": gradient_boosting,
}
