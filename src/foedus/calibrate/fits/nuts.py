"""NUTS for the small likelihoods of this folder: chains kept on disk, diagnostics that gate, ranks of simulated truths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.calibrate.chains import (
    CalibrationError,
    Diagnostics,
    Sampler,
    Settings,
    Tell,
    diagnose,
    ranks_file,
    rows_one_by_one,
    run_chains,
)
from foedus.calibrate.extras import require
from foedus.model.parameters import Entry

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """A likelihood: the entries it informs, its data, and the numpyro model that joins them.

    ``model(data)`` samples each entry under its register name; ``data`` None leaves outcomes to be sampled too.
    """

    name: str
    entries: tuple[str, ...]
    model: Callable[[dict[str, Any] | None], None]
    data: dict[str, Any]


@dataclass(frozen=True)
class Fitted:
    """Draws (draw,) by register name, chain after chain, with diagnostics."""

    draws: dict[str, Floats]
    diagnostics: Diagnostics


def distribution(entry: Entry) -> Any:
    """Return a register prior as a numpyro distribution."""
    dist = require("numpyro.distributions")
    a, b = entry.a, entry.b or 0.0
    if entry.dist == "normal":
        bounded = dist.TruncatedNormal(a, b, low=entry.lower, high=entry.upper)
        return bounded if entry.bounded else dist.Normal(a, b)
    if entry.dist == "lognormal":
        return dist.LogNormal(np.log(a), b)
    if entry.dist == "logitnormal":
        base = dist.Normal(np.log(a) - np.log1p(-a), b)
        return dist.TransformedDistribution(base, dist.transforms.SigmoidTransform())
    return dist.Beta(a * b, (1 - a) * b)


def run_fit(fit: Fit, settings: Settings, folder: Path | None = None, tell: Tell | None = None) -> Fitted:
    """Run a fit, keeping each finished chain in ``folder``; chains found there are not made again.

    Errors: CalibrationError where a diagnostic forbids the use of the draws.
    """
    sampler = Sampler(fit.model, fit.entries, settings)
    grouped, divergences = run_chains(sampler, fit.data, folder, fit.name, tell)
    diagnostics = diagnose(grouped, divergences)
    if diagnostics.problems:
        problems = "; ".join(diagnostics.problems)
        raise CalibrationError(f"{fit.name}: the draws are not fit for use: {problems}")
    return Fitted({name: values.ravel() for name, values in grouped.items()}, diagnostics)


@dataclass(frozen=True)
class Ranks:
    """Ranks (replication, entry) in [0, 1] of known truths, and how many transitions diverged in each replication."""

    values: Floats
    divergences: NDArray[np.int64]


def simulated_ranks(
    fit: Fit, replications: int, settings: Settings, folder: Path | None = None, tell: Tell | None = None
) -> Ranks:
    """Simulation-based calibration: ranks of truths drawn from the prior among their draws, all by one compiled chain.

    The ranks of each finished record are kept in ``folder``; those found there are not made again.
    """
    infer, random = require("numpyro.infer"), require("jax.random")
    with require("jax").enable_x64(True):
        made = infer.Predictive(fit.model, num_samples=replications)(random.PRNGKey(settings.seed), None)
    sampler = Sampler(fit.model, fit.entries, settings)

    def record(k: int) -> list[float]:
        chain = sampler.run({key: np.asarray(made[key])[k] for key in fit.data}, settings.seed + k)
        truth = {name: float(np.asarray(made[name])[k]) for name in fit.entries}
        ranks = [float(np.mean(chain.draws[name] < truth[name])) for name in fit.entries]
        return [*ranks, float(chain.divergences)]

    rows = rows_one_by_one(record, replications, ranks_file(folder, fit.name, replications, settings), tell)
    return Ranks(rows[:, :-1], rows[:, -1].astype(np.int64))
