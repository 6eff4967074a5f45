"""Posteriors by NumPyro's NUTS, reported through ArviZ.

The log-likelihood is the exact one of the estimators, with their analytic gradient, handed to the sampler as a function
with its own derivative. Priors are normal with mean 0 and a spread of 2.5 of the payoff's unit per standard deviation of
the regressor (5 for constants). Simulation-based calibration is `calibration_ranks`.
"""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from foedus.calibrate.strategic import crisis, crisis_fit, tree_fit
from foedus.calibrate.strategic.estimate import (
    FitResult,
    Request,
    crisis_counts,
    first_stage,
    outcome_columns,
    tree_outcome,
)
from foedus.calibrate.strategic.formula import Design
from foedus.calibrate.strategic.maximise import Floats, Scores
from foedus.errors import InputError, MissingExtraError

PRIOR_SPREAD = 2.5
PRIOR_CONSTANT = 5.0


def prior_sd(spec: Design) -> Floats:
    """Return the prior standard deviation of every coefficient."""
    columns = np.concatenate(list(spec.blocks.values()), axis=1)
    deviation = columns.std(0)
    return np.where(deviation > 0, PRIOR_SPREAD / np.where(deviation > 0, deviation, 1.0), PRIOR_CONSTANT)


def sample(
    scores: Scores, centre: Floats, spread: Floats, scale: Floats, *, draws: int, seed: int, chains: int = 2
) -> Any:
    """Sample a posterior and return ArviZ inference data.

    Args:
        scores: log-likelihood and gradient per unit.
        centre: a good starting point, for instance a maximum.
        spread: prior standard deviations, with prior mean 0.
        scale: rough posterior standard deviations, used to whiten the space.
        draws: posterior draws per chain (as many again warm up).
        seed: seed of the sampler.
        chains: number of chains.
    """
    try:
        import jax
        import jax.numpy as jnp
        from numpyro.infer import MCMC, NUTS
    except ImportError as error:
        raise MissingExtraError(str(error.name), "calibrate") from error

    def evaluate(theta: Any) -> tuple[Any, Any]:
        value, gradient = scores(np.asarray(theta, float))
        total = float(value.sum())
        usable = np.isfinite(total)
        return np.float64(total if usable else -1e300), np.where(usable, gradient.sum(0), 0.0).astype(
            np.float64
        )

    with _double_precision(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loglik = _callback(evaluate, centre.size)
        origin, width = jnp.asarray(centre), jnp.asarray(scale)

        def potential(white: Any) -> Any:
            theta = origin + width * white
            return -loglik(theta) + 0.5 * jnp.sum((theta / spread) ** 2)

        kernel = NUTS(potential_fn=potential, target_accept_prob=0.85)
        sampler = MCMC(
            kernel,
            num_warmup=draws,
            num_samples=draws,
            num_chains=chains,
            chain_method="sequential",
            progress_bar=False,
        )
        start = 0.1 * jax.random.normal(jax.random.key(seed + 1), (chains, centre.size))
        sampler.run(jax.random.key(seed), init_params=start if chains > 1 else start[0])
        white = np.asarray(sampler.get_samples(group_by_chain=True))
    logging.getLogger("arviz").setLevel(logging.ERROR)
    return _inference_data(centre + scale * white)


@contextlib.contextmanager
def _double_precision() -> Iterator[None]:
    """Switch to 64 bits in every thread, for callbacks run in threads of their own, and back again."""
    import jax

    config: Any = jax.config
    before = bool(config.jax_enable_x64)
    config.update("jax_enable_x64", True)
    try:
        yield
    finally:
        config.update("jax_enable_x64", before)


def _callback(evaluate: Callable[[Any], tuple[Any, Any]], size: int) -> Any:
    """Wrap a NumPy log-likelihood with gradient as a differentiable JAX function."""
    import jax
    import jax.numpy as jnp

    shape: Any = jax.ShapeDtypeStruct
    shapes = (shape((), jnp.float64), shape((size,), jnp.float64))

    def call(theta: Any) -> Any:
        return jax.pure_callback(evaluate, shapes, theta, vmap_method="sequential")

    @jax.custom_vjp
    def loglik(theta: Any) -> Any:
        return call(theta)[0]

    loglik.defvjp(call, lambda gradient, upstream: (upstream * gradient,))
    return loglik


def _target(frame: Any, spec: Design, request: Request) -> tuple[Scores, Floats, Floats]:
    """Return the likelihood, a centre and rough standard deviations."""
    if request.model == "crisis":
        counts = crisis_counts(frame, outcome_columns(frame, request))
        data = crisis.Crises(counts, spec)
        nested = crisis_fit.npl(data, *first_stage(frame, spec, counts, request))

        def scores(theta: Floats) -> tuple[Floats, Floats]:
            part = crisis.full(spec.utilities(theta), counts, None)
            return part.value, spec.gradient(part.by_payoff)

        return scores, nested.maximum.theta, np.sqrt(np.abs(np.diag(nested.covariance)))
    if request.model == "ultimatum":
        raise InputError("bayes covers the games crisis, 12, 122 and 123", field="estimator")
    tree = tree_fit.TreeData(
        request.model, tree_outcome(frame, request), spec, request.link, request.error, request.fixed
    )
    best = tree_fit.fit_tree(tree)
    return tree_fit.tree_scores(tree), best.theta, np.sqrt(np.abs(np.diag(np.linalg.inv(-best.hessian))))


def fit_bayes(frame: Any, spec: Design, request: Request) -> FitResult:
    """Return posterior means, covariance and diagnostics as a fit."""
    scores, centre, scale = _target(frame, spec, request)
    data = sample(scores, centre, prior_sd(spec), scale, draws=request.draws, seed=request.seed)
    theta = np.asarray(data.posterior["theta"])
    flat = theta.reshape(-1, theta.shape[-1])
    worst, fewest = diagnostics(theta)
    mean = flat.mean(0)
    value, gradient = scores(mean)
    good = worst < 1.02 and fewest > 100
    names = spec.names
    return FitResult(
        request=request,
        payoffs=[payoff for payoff, _ in names],
        terms=[term for _, term in names],
        estimate=[float(v) for v in mean],
        covariance=[[float(v) for v in row] for row in np.cov(flat.T).reshape(mean.size, mean.size)],
        covariance_kind="posterior",
        loglik=float(value.sum()),
        n=int(spec.rows.size),
        converged=bool(good),
        advice=""
        if good
        else f"chains have not mixed (R-hat {worst:.3f}, {fewest:.0f} effective draws): raise --draws",
        rounds=int(flat.shape[0]),
        largest_gradient=float(np.abs(gradient.sum(0)).max()),
        notes=[f"largest R-hat {worst:.4f}", f"fewest effective draws {fewest:.0f}"],
    )


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
    """Return the largest split R-hat and the smallest effective sample size over coefficients, by ArviZ."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import arviz
    data = _inference_data(theta)
    rhat, ess = (np.asarray(getattr(arviz, name)(data)["theta"]) for name in ("rhat", "ess"))
    return float(rhat.max()), float(ess.min())


def calibration_ranks(
    simulate: Callable[[np.random.Generator], tuple[Floats, Scores, Floats, Floats]],
    spread: Floats,
    *,
    rounds: int,
    draws: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Floats:
    """Simulation-based calibration: ranks of true coefficients among posterior draws, uniform if all is right.

    Args:
        simulate: draws coefficients from the prior and data from them; returns the truth, the likelihood of the data, a
            starting point and rough posterior standard deviations.
        spread: prior standard deviations.
        rounds: number of simulated data sets.
        draws: posterior draws kept for each, thinned from four times as many.
        seed: seed of everything.
        progress: told of each round (done, of).

    Returns:
        Ranks divided by the number of draws, (rounds, p).
    """
    generator = np.random.default_rng(seed)
    ranks = []
    for k in range(rounds):
        if progress is not None:
            progress(k, rounds)
        truth, scores, start, scale = simulate(generator)
        data = sample(scores, start, spread, scale, draws=4 * draws, seed=seed + 17 * k, chains=1)
        theta = np.asarray(data.posterior["theta"])[0, ::4]
        ranks.append((theta < truth).mean(0))
    return np.array(ranks)
