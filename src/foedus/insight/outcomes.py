"""The outcome that insight explains: the frontline's mean chance of a challenge by the horizon, draw by draw."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

Floats = NDArray[np.float64]

OUTCOME = "challenge_probability_cumulative"


def frontline_outcome(dataset: xr.Dataset, scenario: str, name: str = OUTCOME) -> Floats:
    """Return the mean over frontline allies of a yearly measure in the last year, shape (draw,)."""
    front = dataset["frontline"].values.astype(bool)
    values = dataset[name].sel(scenario=scenario).values[:, -1]
    return np.asarray(values[:, front].mean(axis=1), dtype=np.float64)


def interval(values: Floats) -> dict[str, float]:
    """Return p05, p50, p95 and mean."""
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return {"p05": float(low), "p50": float(middle), "p95": float(high), "mean": float(np.mean(values))}
