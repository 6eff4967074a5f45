"""Posteriors by NumPyro's NUTS, reported through ArviZ.

The log-likelihood is the exact one of the estimators, with their analytic gradient, handed to the sampler as a function
with its own derivative; for crises `crisis_quick` compiles it into the sampler. Chains start about the maximum of the full
likelihood, in coordinates whitened there. Priors are normal with mean 0 and a spread of 2.5 of the payoff's unit per standard
deviation of the regressor (5 for constants). The sampler is `nuts`; simulation-based calibration is `sbc`.
"""

from __future__ import annotations

import logging
import warnings
from typing import Any, NamedTuple

import numpy as np

from foedus.calibrate.strategic import crisis, crisis_fit, nuts, tree_fit
from foedus.calibrate.strategic.estimate import (
    FitResult,
    Request,
    crisis_counts,
    first_stage,
    outcome_columns,
    tree_outcome,
)
from foedus.calibrate.strategic.formula import Design
from foedus.calibrate.strategic.maximise import Floats, Maximum, Scores, maximise
from foedus.errors import InputError, MissingExtraError

PRIOR_SPREAD = 2.5
PRIOR_CONSTANT = 5.0
DIVERGENT_SHARE = 0.01
"""Share of divergent trajectories above which a posterior is reported as not converged."""


CHAINS = 4
WARMUP = 500
"""Steps of every chain that adapt step size and covariance: more draws need no more of them."""
ACCEPTANCE = 0.95
"""Short steps: a payoff that matters only through another leaves a cross-shaped posterior, whose arms long steps miss."""


INTERVAL = (0.05, 0.95)
NO_MAXIMUM = (
    "no maximum of the likelihood was found: chains start where likelihood and prior together are highest"
)
LIKELY = 3.0
"""Prior standard deviations from 0 beyond which an estimate is no start."""


class Target(NamedTuple):
    """What is sampled: likelihood, a good starting point, a factor of a rough covariance, its JAX twin, and remarks."""

    likelihoods: nuts.Likelihoods
    centre: Floats
    factor: Floats
    twin: Any = None
    notes: tuple[str, ...] = ()


class Sampled(NamedTuple):
    """ArviZ inference data, and how many trajectories left the energy's level."""

    data: Any
    divergent: int


def prior_sd(spec: Design) -> Floats:
    """Return the prior standard deviation of every coefficient."""
    columns = np.concatenate(list(spec.blocks.values()), axis=1)
    deviation = columns.std(0)
    return np.where(deviation > 0, PRIOR_SPREAD / np.where(deviation > 0, deviation, 1.0), PRIOR_CONSTANT)


def one_by_one(scores: Scores) -> nuts.Likelihoods:
    """Return the summed log-likelihood and gradient of several coefficient vectors, each by a call of its own."""

    def likelihoods(theta: Floats, _: nuts.Ints) -> tuple[Floats, Floats]:
        parts = [scores(point) for point in theta]
        return np.array([value.sum() for value, _ in parts]), np.stack([by.sum(0) for _, by in parts])

    return likelihoods


def crises_together(spec: Design, counts: Floats) -> nuts.Likelihoods:
    """Return the same for crises, whose equilibria are searched for all coefficient vectors in one call."""

    def likelihoods(theta: Floats, _: nuts.Ints) -> tuple[Floats, Floats]:
        n = counts.shape[1]
        payoffs = np.concatenate([spec.utilities(point) for point in theta], axis=1)
        part = crisis.full(payoffs, np.tile(counts, len(theta)), None)
        gradient = [spec.gradient(part.by_payoff[:, k * n : (k + 1) * n]).sum(0) for k in range(len(theta))]
        return part.value.reshape(len(theta), n).sum(1), np.stack(gradient)

    return likelihoods


def sample(
    target: Target,
    spread: Floats,
    *,
    draws: int,
    seed: int,
    chains: int = CHAINS,
    warmup: int | None = None,
    progress: nuts.Progress | None = None,
) -> Sampled:
    """Sample a posterior and return ArviZ inference data with the sampler's own report.

    Args:
        target: likelihood, and where its posterior lies.
        spread: prior standard deviations, with prior mean 0.
        draws: posterior draws per chain.
        seed: seed of the sampler.
        chains: number of chains.
        warmup: steps that are thrown away; by default as many as draws, and `WARMUP` at most.
        progress: told of the sampler's steps (done, of).
    """
    zero = np.zeros(target.centre.size)
    one = nuts.Posteriors(
        target.likelihoods, zero, spread, target.centre[None], target.factor[None], target.twin
    )
    found = nuts.sample_all(
        one,
        warmup=min(draws, WARMUP) if warmup is None else warmup,
        draws=draws,
        chains=chains,
        seed=seed,
        dense=True,
        acceptance=ACCEPTANCE,
        progress=progress,
    )
    logging.getLogger("arviz").setLevel(logging.ERROR)
    return Sampled(_inference_data(found.theta[0]), int(found.divergent.sum()))


def _target(frame: Any, spec: Design, request: Request) -> Target:
    """Return the likelihood, a centre and a factor of a rough covariance."""
    if request.model == "crisis":
        return crisis_target(frame, spec, request)
    if request.model == "ultimatum":
        raise InputError("bayes covers the games crisis, 12, 122 and 123", field="estimator")
    tree = tree_fit.TreeData(
        request.model, tree_outcome(frame, request), spec, request.link, request.error, request.fixed
    )
    best = tree_fit.fit_tree(tree)
    return Target(one_by_one(tree_fit.tree_scores(tree)), best.theta, nuts.factor_of(best.hessian))


def crisis_target(frame: Any, spec: Design, request: Request) -> Target:
    """Return the posterior of crises about the maximum of the full likelihood; where none is found, about the nested one."""
    try:
        from foedus.calibrate.strategic import crisis_quick
    except ImportError as error:
        raise MissingExtraError(str(error.name), "calibrate") from error
    counts = crisis_counts(frame, outcome_columns(frame, request))
    data = crisis.Crises(counts, spec)
    nested = crisis_fit.npl(data, *first_stage(frame, spec, counts, request))
    twin = crisis_quick.program(spec.regressors[None], counts[None])
    try:
        best = crisis_fit.equilibrium_likelihood(data, [nested.maximum.theta]).maximum
        converged = best.converged
    except (InputError, np.linalg.LinAlgError):
        converged = False
    if converged:
        return Target(crises_together(spec, counts), best.theta, nuts.factor_of(best.hessian), twin)
    best = _posterior_mode(data, nested.maximum.theta, prior_sd(spec))
    return Target(crises_together(spec, counts), best.theta, nuts.factor_of(best.hessian), twin, (NO_MAXIMUM,))


def _posterior_mode(data: crisis.Crises, start: Floats, spread: Floats) -> Maximum:
    """Return where likelihood and prior together are highest, from a start that the prior allows."""

    def scores(theta: Floats) -> tuple[Floats, Floats]:
        part = crisis.full(data.design.utilities(theta), data.counts, None)
        value, by = part.value.copy(), data.design.gradient(part.by_payoff)
        value[0] -= 0.5 * float(((theta / spread) ** 2).sum())
        by[0] -= theta / spread**2
        return value, by

    likely = np.isfinite(start).all() and np.abs(start / spread).max() < LIKELY
    return maximise(scores, start if likely else np.zeros(start.size))


def fit_bayes(frame: Any, spec: Design, request: Request, progress: nuts.Progress | None = None) -> FitResult:
    """Return posterior means, covariance and diagnostics as a fit."""
    target = _target(frame, spec, request)
    found = sample(target, prior_sd(spec), draws=request.draws, seed=request.seed, progress=progress)
    theta = np.asarray(found.data.posterior["theta"])
    flat = theta.reshape(-1, theta.shape[-1])
    worst, fewest = diagnostics(theta)
    mean = flat.mean(0)
    value, gradient = target.likelihoods(mean[None], np.zeros(1, np.int64))
    advice = _advice(worst, fewest, found.divergent / flat.shape[0])
    names = spec.names
    return FitResult(
        request=request,
        payoffs=[payoff for payoff, _ in names],
        terms=[term for _, term in names],
        estimate=[float(v) for v in mean],
        covariance=[[float(v) for v in row] for row in np.cov(flat.T).reshape(mean.size, mean.size)],
        covariance_kind="posterior",
        loglik=float(value[0]),
        n=int(spec.rows.size),
        converged=not advice,
        advice=advice,
        rounds=int(flat.shape[0]),
        largest_gradient=float(np.abs(gradient[0]).max()),
        notes=[
            f"largest R-hat {worst:.4f}",
            f"fewest effective draws {fewest:.0f}",
            f"divergent trajectories {found.divergent} of {flat.shape[0]}",
            *target.notes,
        ],
        intervals=[[float(v) for v in row] for row in np.quantile(flat, INTERVAL, axis=0).T],
    )


def _advice(worst: float, fewest: float, divergent: float) -> str:
    if not (worst < 1.02 and fewest > 100):
        return f"chains have not mixed (R-hat {worst:.3f}, {fewest:.0f} effective draws): raise --draws"
    if divergent > DIVERGENT_SHARE:
        return (
            f"{divergent:.1%} of trajectories diverged: the posterior has an edge (a fold of equilibria) that draws cross badly; "
            "use --estimator cmle beside it"
        )
    return ""


def _inference_data(theta: Floats) -> Any:
    """Wrap draws (chain, draw, coefficient) as inference data, whichever ArviZ is installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import arviz
    try:
        return arviz.from_dict(posterior={"theta": theta})
    except TypeError:
        return arviz.from_dict({"posterior": {"theta": theta}})


def diagnostics(theta: Floats) -> tuple[float, float]:
    """Return the largest split R-hat and the smallest effective sample size over coefficients, by ArviZ; theta (chain, draw, p)."""
    worst, fewest = convergence(theta[None])
    return float(worst[0]), float(fewest[0])


def convergence(theta: Floats) -> tuple[Floats, Floats]:
    """Return for k posteriors the largest split R-hat and the fewest effective draws over coefficients; theta (k, chain, draw, p)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import arviz
    data = _inference_data(theta.transpose(1, 2, 0, 3))
    rhat, ess = (np.asarray(getattr(arviz, name)(data)["theta"]) for name in ("rhat", "ess"))
    return rhat.max(-1), ess.min(-1)
