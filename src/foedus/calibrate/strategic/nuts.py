"""NumPyro's NUTS on many posteriors at once: one compiled program steps every chain of every data set.

The log-likelihood is a NumPy function with its own gradient; each step of the sampler hands it the positions of all chains
together. Every chain moves in coordinates in which its posterior is about standard normal (the factor of the inverse
curvature at the mode), so warming up is short. Source: Hoffman and Gelman, Journal of Machine Learning Research 15 (2014).
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.calibrate.strategic.maximise import Floats
from foedus.errors import MissingExtraError

Ints = NDArray[np.int64]
Likelihoods = Callable[[Floats, Ints], tuple[Floats, Floats]]
"""Coefficients (b, p) and the number of each one's data set (b,) to log-likelihoods (b,) and gradients (b, p)."""

ACCEPTANCE = 0.85
"""Rate of acceptance that the step size is adapted to."""
BLOCK = 10
"""Steps between two reports of progress."""
IMPOSSIBLE = -1e300
"""Log-likelihood of coefficients at which it is not finite."""


class Posteriors(NamedTuple):
    """Likelihoods of k data sets, their common prior, and where each posterior lies.

    prior_mean, prior_sd: (p,); mode: (k, p); factor: (k, p, p), so that factor @ factor.T is about the covariance.
    """

    likelihoods: Likelihoods
    prior_mean: Floats
    prior_sd: Floats
    mode: Floats
    factor: Floats


class Draws(NamedTuple):
    """What the sampler returns.

    theta: (k, chains, draws, p); divergent: trajectories that left the energy's level, (k, chains); steps: leapfrog steps
    per draw, mean over all.
    """

    theta: Floats
    divergent: Ints
    steps: float


def factor_of(hessian: Floats) -> Floats:
    """Return a factor of the covariance that belongs to a log posterior's Hessian; directions that rise are taken as falling."""
    values, vectors = np.linalg.eigh(-hessian)
    largest = np.abs(values).max(initial=1e-12)
    return np.asarray(vectors / np.sqrt(np.maximum(np.abs(values), 1e-10 * largest)))


def root_of(covariance: Floats) -> Floats:
    """Return a factor of a covariance."""
    values, vectors = np.linalg.eigh(0.5 * (covariance + covariance.T))
    return np.asarray(vectors * np.sqrt(np.maximum(np.abs(values), 1e-10 * np.abs(values).max())))


def sample_all(
    posteriors: Posteriors,
    *,
    warmup: int,
    draws: int,
    chains: int = 2,
    depth: int = 10,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Draws:
    """Sample every posterior with several chains, all in step.

    Args:
        posteriors: k data sets.
        warmup: steps that adapt the step size and are thrown away.
        draws: draws kept of each chain.
        chains: chains of each posterior, started at different points about the mode.
        depth: most doublings of a trajectory; all chains wait for the longest.
        seed: seed of the sampler.
        progress: told of steps (done, of).
    """
    k, p = posteriors.mode.shape
    index = np.repeat(np.arange(k), chains)
    with _double_precision(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        begin, advance = _program(posteriors, warmup, depth)
        state = begin(seed, index)
        white, divergent, steps = [], [], []
        total = warmup + draws
        for done in range(0, total, BLOCK):
            if progress is not None:
                progress(done, total)
            state, (at, apart, count) = advance(state, index)
            white.append(np.asarray(at))
            divergent.append(np.asarray(apart))
            steps.append(np.asarray(count))
    kept = slice(warmup, total)
    at = np.concatenate(white)[kept].reshape(draws, k, chains, p)
    theta = posteriors.mode[:, None, None] + np.einsum("kpq,dkcq->kcdp", posteriors.factor, at)
    apart = np.concatenate(divergent)[kept].reshape(draws, k, chains).sum(0)
    return Draws(theta, apart.astype(np.int64), float(np.concatenate(steps)[kept].mean()))


def _program(posteriors: Posteriors, warmup: int, depth: int) -> tuple[Any, Any]:
    """Return the compiled start and `BLOCK` steps of all chains."""
    try:
        import jax
        import jax.numpy as jnp
        from numpyro.infer.hmc import hmc
    except ImportError as error:
        raise MissingExtraError(str(error.name), "calibrate") from error
    size = posteriors.mode.shape[1]
    loglik = _callback(posteriors.likelihoods, size)
    mean, sd, mode, factor = (jnp.asarray(part) for part in posteriors[1:])

    def potential_of(index: Any) -> Any:
        def potential(white: Any) -> Any:
            theta = mode[index] + factor[index] @ white
            return -loglik(theta, index) + 0.5 * jnp.sum(((theta - mean) / sd) ** 2)

        return potential

    first, following = hmc(potential_fn_gen=potential_of, algo="NUTS")

    def begin(key: Any, index: Any) -> Any:
        place, luck = jax.random.split(key)
        start = 0.5 * jax.random.normal(place, (size,))
        return first(
            start,
            warmup,
            target_accept_prob=ACCEPTANCE,
            max_tree_depth=depth,
            model_args=(index,),
            rng_key=luck,
        )

    def advance(state: Any, index: Any) -> Any:
        def step(now: Any, _: Any) -> Any:
            after = following(now, (index,))
            return after, (after.z, after.diverging, after.num_steps)

        return jax.lax.scan(step, state, None, length=BLOCK)

    def begin_all(seed: int, index: Any) -> Any:
        return jax.jit(jax.vmap(begin))(jax.random.split(jax.random.key(seed), index.size), index)

    return begin_all, jax.jit(jax.vmap(advance, out_axes=(0, 1)))


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


def _callback(likelihoods: Likelihoods, size: int) -> Any:
    """Wrap NumPy log-likelihoods with gradients as a JAX function of one chain that is called for all chains at once."""
    import jax
    import jax.numpy as jnp

    def evaluate(theta: Any, index: Any) -> tuple[Any, Any]:
        points = np.asarray(theta, float)
        flat = points.reshape(-1, size)
        value, gradient = likelihoods(flat, np.asarray(index, np.int64).reshape(-1))
        usable = np.isfinite(value) & np.isfinite(gradient).all(-1)
        value = np.where(usable, value, IMPOSSIBLE)
        gradient = np.where(usable[:, None], gradient, 0.0)
        return value.reshape(points.shape[:-1]), gradient.reshape(points.shape)

    def call(theta: Any, index: Any) -> Any:
        shape: Any = jax.ShapeDtypeStruct
        shapes = (shape((), jnp.float64), shape((size,), jnp.float64))
        return jax.pure_callback(evaluate, shapes, theta, index, vmap_method="broadcast_all")

    @jax.custom_vjp
    def loglik(theta: Any, index: Any) -> Any:
        return call(theta, index)[0]

    loglik.defvjp(call, lambda gradient, upstream: (upstream * gradient, None))
    return loglik
