"""Simulation-based calibration: fit data made from the prior, and see where the truth falls among the draws.

If the sampler and the model are right, the rank of the true coefficient is uniform. Source: Talts et al. 2018.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from foedus.calibrate.burden_posterior import COLUMNS, model, sampler
from foedus.calibrate.burden_record import BurdenPanel, Floats, burden_panel
from foedus.calibrate.chains import Settings, Tell
from foedus.calibrate.extras import require

SETTINGS = Settings(warmup=200, draws=200, chains=1)


@dataclass(frozen=True)
class RankCheck:
    """Ranks of the truth in [0, 1], one for each simulated data set, the p-value against a uniform, and divergent transitions."""

    column: str
    ranks: Floats
    p_value: float
    divergences: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "column": self.column,
            "replications": len(self.ranks),
            "mean_rank": float(self.ranks.mean()),
            "p_value": self.p_value,
            "divergences": self.divergences,
            "transitions": len(self.ranks) * SETTINGS.draws,
        }


def simulated(panel: BurdenPanel, seed: int) -> tuple[dict[str, float], Floats]:
    """One truth from the prior and the transitions that it makes (shares after, percent of GDP).

    Shares before are the record's own: each transition is simulated one step ahead.
    """
    infer, random = require("numpyro.infer"), require("jax.random")
    with require("jax").enable_x64(True):
        predictive = infer.Predictive(model, num_samples=1)(random.PRNGKey(seed), panel, None)
        truth = {c: float(np.asarray(predictive[c])[0]) for c in COLUMNS}
        return truth, np.exp(np.clip(np.asarray(predictive["log_after"], dtype=float)[0], -5, 5))


def check_ranks(
    replications: int, seed: int = 1, settings: Settings = SETTINGS, tell: Tell | None = None
) -> list[RankCheck]:
    """Rank checks of the common coefficients; all panels are fitted by one compiled chain."""
    panel = burden_panel()
    chain = sampler(panel, settings)
    ranks: dict[str, list[float]] = {c: [] for c in COLUMNS}
    divergences = 0
    for k in range(replications):
        truth, after = simulated(panel, seed + k)
        found = chain.run(after, seed + 1000 + k)
        divergences += found.divergences
        for c in COLUMNS:
            ranks[c].append(float(np.mean(found.draws[c] < truth[c])))
        if tell:
            tell(k + 1, replications)
    out = []
    for c in COLUMNS:
        values = np.asarray(ranks[c])
        out.append(RankCheck(c, values, float(stats.kstest(values, "uniform").pvalue), divergences))
    return out
