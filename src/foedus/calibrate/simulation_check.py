"""Simulation-based calibration: fit data made from the prior, and see where the truth falls among the draws.

If the sampler and the model are right, the rank of the true coefficient is uniform. Source: Talts et al. 2018.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from foedus.calibrate.burden_posterior import COLUMNS, model, sampler
from foedus.calibrate.burden_record import BurdenPanel, Floats, burden_panel
from foedus.calibrate.chains import Settings, Tell, ranks_file, rows_one_by_one
from foedus.calibrate.extras import require

SETTINGS = Settings(warmup=200, draws=200, chains=1, seed=1)
CHAIN_SEEDS = 1000
"""Distance between the seeds of panels and those of their chains."""


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
    replications: int, settings: Settings = SETTINGS, folder: Path | None = None, tell: Tell | None = None
) -> list[RankCheck]:
    """Rank checks of the common coefficients; all panels are fitted by one compiled chain.

    The ranks of each finished panel are kept in ``folder``; those found there are not made again.
    """
    panel = burden_panel()
    chain = sampler(panel, settings)

    def one(k: int) -> list[float]:
        truth, after = simulated(panel, settings.seed + k)
        found = chain.run(after, settings.seed + CHAIN_SEEDS + k)
        return [*(float(np.mean(found.draws[c] < truth[c])) for c in COLUMNS), float(found.divergences)]

    rows = rows_one_by_one(one, replications, ranks_file(folder, "spending", replications, settings), tell)
    return [
        RankCheck(c, rows[:, k], float(stats.kstest(rows[:, k], "uniform").pvalue), int(rows[:, -1].sum()))
        for k, c in enumerate(COLUMNS)
    ]
