"""Which assumptions matter: share of the outcome's variance that each register entry carries, by rank regression.

Outcome and entries are turned into normal scores of their ranks; the squared coefficients of the joint linear regression are
the shares (entries are independent by construction, so they add up to the R-squared of the fit, and what is missing
to one is interaction and curvature). With few draws for the number of entries, single rank correlations stand in.
Source: Saltelli et al., Global Sensitivity Analysis (2008), chapter 1.2 (standardised rank regression coefficients).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from foedus.ensemble.results import Run
from foedus.insight.outcomes import frontline_outcome
from foedus.model.parameters import register

Floats = NDArray[np.float64]

TOP = 10
DRAWS_PER_ENTRY = 3


def normal_scores(values: Floats) -> Floats:
    """Return normal scores of ranks along the first axis, mean 0 and variance about 1."""
    ranks = values.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    return np.asarray(special.ndtri((ranks + 0.5) / len(values)))


def variance_shares(inputs: Floats, outcome: Floats) -> tuple[Floats, Floats]:
    """Return the signed coefficients (entry, ...) and the share of variance that the fit explains (...).

    ``inputs`` (draw, entry), ``outcome`` (draw, ...): one or several outcomes, fitted at once. Constant entries get 0.
    """
    x, y = normal_scores(inputs), normal_scores(outcome)
    varies = np.ptp(inputs, axis=0) > 0
    x = np.where(varies, x, 0.0)
    if len(y) < DRAWS_PER_ENTRY * np.count_nonzero(varies):
        return x.T @ y / (len(y) * np.maximum(y.var(axis=0), 1e-12)), np.full(y.shape[1:], np.nan)
    coefficient, *_ = np.linalg.lstsq(x, y, rcond=None)
    residual = y - x @ coefficient
    scale = x.std(axis=0)[(...,) + (None,) * (y.ndim - 1)] / y.std(axis=0)
    return coefficient * scale, np.asarray(1 - residual.var(axis=0) / y.var(axis=0))


def rank_assumptions(run: Run) -> list[dict[str, Any]]:
    """Return the ten entries that carry most of the outcome's variance, averaged over the run's scenarios."""
    data = run.dataset
    names = [str(name) for name in data["parameter"].values]
    inputs = data["parameter_value"].values.astype(np.float64)
    if len(inputs) < 2:
        return []
    outcomes = [frontline_outcome(data, str(s)) for s in data["scenario"].values]
    fits, _ = variance_shares(inputs, np.stack(outcomes, axis=1))
    shares, signed = (fits**2).mean(axis=1), fits.mean(axis=1)
    mean_outcome = np.mean(outcomes, axis=0)
    order = np.argsort(-shares, kind="stable")[:TOP]
    return [_row(names[i], float(shares[i]), float(signed[i]), inputs[:, i], mean_outcome) for i in order]


def _row(name: str, share: float, signed: float, values: Floats, outcome: Floats) -> dict[str, Any]:
    entry = register()[name]
    low, high = np.quantile(values, (0.1, 0.9))
    return {
        "parameter": name,
        "meaning": entry.meaning,
        "unit": entry.unit,
        "status": entry.status,
        "source": entry.source,
        "as_of": entry.as_of,
        "prior": entry.describe_prior(),
        "share_of_variance": share,
        "direction": "raises" if signed > 0 else "lowers",
        "value_p10": float(low),
        "value_p90": float(high),
        "outcome_low": float(np.median(outcome[values <= low])),
        "outcome_high": float(np.median(outcome[values >= high])),
    }
