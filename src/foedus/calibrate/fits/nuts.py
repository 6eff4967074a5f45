"""NUTS for the small likelihoods of this folder: chains kept on disk, diagnostics that gate, ranks of simulated truths."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.calibrate.burden_posterior import CalibrationError, Diagnostics, Settings
from foedus.calibrate.extras import require
from foedus.calibrate.priors import priors_of
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


def _sampler(fit: Fit, settings: Settings, progress: bool = False) -> Any:
    """All chains at once in one compiled program, which other data of the same shapes reuse."""
    infer = require("numpyro.infer")
    kernel = infer.NUTS(fit.model, target_accept_prob=priors_of("gate")["target_accept"].args[0])
    return infer.MCMC(
        kernel, num_warmup=settings.warmup, num_samples=settings.draws, num_chains=settings.chains,
        chain_method="vectorized", jit_model_args=True, progress_bar=progress,
    )  # fmt: skip


def _run(sampler: Any, fit: Fit, data: dict[str, Any], seed: int) -> tuple[dict[str, Floats], int]:
    """Draws (chain, draw) by entry and the number of divergent transitions."""
    sampler.run(require("jax.random").PRNGKey(seed), data, extra_fields=("diverging",))
    drawn = sampler.get_samples(group_by_chain=True)
    diverging = int(np.asarray(sampler.get_extra_fields()["diverging"]).sum())
    return {name: np.asarray(drawn[name], float) for name in fit.entries}, diverging


def run_fit(fit: Fit, settings: Settings, folder: Path | None = None, progress: bool = False) -> Fitted:
    """Run a fit, keeping its draws in ``folder``; draws found there are not made again.

    Errors: CalibrationError where a diagnostic forbids the use of the draws.
    """
    stem = f"{fit.name}-{settings.seed}-{settings.warmup}-{settings.draws}-{settings.chains}.json"
    file = folder / stem if folder else None
    if file is not None and file.is_file():
        kept = json.loads(file.read_text(encoding="utf-8"))
        grouped = {name: np.array(values) for name, values in kept["draws"].items()}
        divergences = int(kept["divergences"])
    else:
        with require("jax").enable_x64(True):
            grouped, divergences = _run(_sampler(fit, settings, progress), fit, fit.data, settings.seed)
        if file is not None:
            _keep(file, grouped, divergences)
    diagnostics = diagnose(grouped, divergences)
    if diagnostics.problems:
        problems = "; ".join(diagnostics.problems)
        raise CalibrationError(f"{fit.name}: the draws are not fit for use: {problems}")
    return Fitted({name: values.ravel() for name, values in grouped.items()}, diagnostics)


def _keep(file: Path, grouped: dict[str, Floats], divergences: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draws = {name: values.tolist() for name, values in grouped.items()}
    partial = file.with_suffix(".tmp")
    partial.write_text(json.dumps({"draws": draws, "divergences": divergences}), encoding="utf-8")
    partial.replace(file)


def diagnose(grouped: dict[str, Floats], divergences: int) -> Diagnostics:
    """Worst R-hat and effective size over the entries, (chain, draw) each, against the gates of ``priors.csv``."""
    stats, gate = require("numpyro.diagnostics"), priors_of("gate")
    r_hat = max(float(stats.split_gelman_rubin(values)) for values in grouped.values())
    ess = min(float(stats.effective_sample_size(values)) for values in grouped.values())
    size = next(iter(grouped.values())).size
    checks = (
        (not r_hat <= gate["r_hat"].args[0], f"R-hat {r_hat:.3f}"),
        (not ess >= gate["ess"].args[0], f"effective sample size {ess:.0f}"),
        (divergences > gate["divergences"].args[0] * size, f"{divergences} divergent transitions of {size}"),
    )
    return Diagnostics(r_hat, ess, divergences, tuple(text for wrong, text in checks if wrong))


def simulated_ranks(fit: Fit, replications: int, settings: Settings) -> Floats:
    """Simulation-based calibration: ranks (replication, entry) of truths drawn from the prior among their draws."""
    infer, random = require("numpyro.infer"), require("jax.random")
    out = []
    with require("jax").enable_x64(True):
        made = infer.Predictive(fit.model, num_samples=replications)(random.PRNGKey(settings.seed), None)
        sampler = _sampler(fit, settings)
        for k in range(replications):
            data = {key: np.asarray(made[key])[k] for key in fit.data}
            draws, _ = _run(sampler, fit, data, settings.seed + k)
            truth = {name: float(np.asarray(made[name])[k]) for name in fit.entries}
            out.append([float(np.mean(draws[name] < truth[name])) for name in fit.entries])
    return np.array(out)
