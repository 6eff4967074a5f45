"""Quantiles over draws, with missing values kept apart from zeros."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foedus.report.numbers import Interval

LEVELS: tuple[tuple[str, float], ...] = (
    ("p05", 0.05),
    ("p25", 0.25),
    ("p50", 0.5),
    ("p75", 0.75),
    ("p95", 0.95),
)
Floats = npt.NDArray[np.float64]


def bands(values: npt.ArrayLike) -> dict[str, Floats]:
    """Quantiles, mean and share of finite draws along the first axis.

    Inputs:
        values: shape (draw, ...); NaN or infinite where a draw has no value.

    Returns:
        ``p05``, ``p25``, ``p50``, ``p75``, ``p95``, ``mean`` and ``finite_share``, each of shape (...). Quantiles
        are over the finite draws, NaN where there is none.
    """
    array = np.asarray(values, dtype=np.float64)
    flat = array.reshape(array.shape[0], -1)
    flat = np.where(np.isfinite(flat), flat, np.nan)
    count = np.isfinite(flat).sum(axis=0)
    out = np.full((len(LEVELS), flat.shape[1]), np.nan)
    mean = np.full(flat.shape[1], np.nan)
    whole = count == flat.shape[0]
    part = (count > 0) & ~whole
    levels = [q for _, q in LEVELS]
    if whole.any():
        out[:, whole] = np.quantile(flat[:, whole], levels, axis=0)
        mean[whole] = flat[:, whole].mean(axis=0)
    if part.any():
        out[:, part] = np.nanquantile(flat[:, part], levels, axis=0)
        mean[part] = np.nanmean(flat[:, part], axis=0)
    shape = array.shape[1:]
    found = {name: out[i].reshape(shape) for i, (name, _) in enumerate(LEVELS)}
    share = count / max(array.shape[0], 1)
    return {**found, "mean": mean.reshape(shape), "finite_share": share.reshape(shape)}


def interval(values: npt.ArrayLike) -> Interval:
    """Interval of one quantity over its draws.

    Inputs:
        values: shape (draw,).
    """
    found = bands(np.asarray(values, dtype=np.float64).reshape(-1, 1))
    return interval_at(found, (0,))


def interval_at(found: dict[str, Floats], index: tuple[int, ...]) -> Interval:
    """Return the interval at one cell of what ``bands`` returned."""
    return Interval(
        p05=float(found["p05"][index]),
        p50=float(found["p50"][index]),
        p95=float(found["p95"][index]),
        mean=float(found["mean"][index]),
        finite_share=float(found["finite_share"][index]),
    )
