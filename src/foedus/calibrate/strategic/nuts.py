"""NumPyro's NUTS on one posterior or on many at once: one compiled program steps the chains.

The log-likelihood is a NumPy function with its own gradient. It may come with a JAX twin that is compiled into the sampler;
NumPy is then asked only where the twin says that it is not sure. Every chain moves in coordinates in which its posterior
is about standard normal (the factor of the inverse curvature at the mode), so warming up is short. Chains of many
posteriors move in step, so that each evaluation serves all; the chains of a single posterior run apart, in threads, since
in step all would wait for the longest trajectory. Source: Hoffman and Gelman, Journal of Machine Learning Research 15 (2014).
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.calibrate.strategic.maximise import Floats
from foedus.errors import MissingExtraError
from foedus.model.games.batch import threads

Ints = NDArray[np.int64]
Likelihoods = Callable[[Floats, Ints], tuple[Floats, Floats]]
"""Coefficients (b, p) and the number of each one's data set (b,) to log-likelihoods (b,) and gradients (b, p)."""
Progress = Callable[[int, int], None]

BLOCK = 10
"""Steps between two reports of progress."""
IMPOSSIBLE = -1e300
"""Log-likelihood of coefficients at which it is not finite."""


class Posteriors(NamedTuple):
    """Likelihoods of k data sets, their common prior, and where each posterior lies.

    prior_mean, prior_sd: (p,); mode: (k, p); factor: (k, p, p), so that factor @ factor.T is about the covariance.
    twin: the same likelihoods as a JAX function, with a third result (b,) that says which are sure.
    """

    likelihoods: Likelihoods
    prior_mean: Floats
    prior_sd: Floats
    mode: Floats
    factor: Floats
    twin: Any = None


class Draws(NamedTuple):
    """What the sampler returns.

    theta: (k, chains, draws, p); divergent: trajectories that left the energy's level, (k, chains); steps: leapfrog steps
    per draw, mean over all.
    """

    theta: Floats
    divergent: Ints
    steps: float


class _Plan(NamedTuple):
    warmup: int
    total: int
    depth: int
    dense: bool
    acceptance: float


def factor_of(hessian: Floats) -> Floats:
    """Return a factor of the covariance that belongs to a log posterior's Hessian; directions that rise are taken as falling."""
    values, vectors = np.linalg.eigh(-hessian)
    largest = np.abs(values).max(initial=1e-12)
    return np.asarray(vectors / np.sqrt(np.maximum(np.abs(values), 1e-10 * largest)))


def sample_all(
    posteriors: Posteriors,
    *,
    warmup: int,
    draws: int,
    chains: int = 2,
    depth: int = 10,
    seed: int = 0,
    dense: bool = False,
    acceptance: float = 0.85,
    progress: Progress | None = None,
) -> Draws:
    """Sample every posterior with several chains.

    Args:
        posteriors: k data sets.
        warmup: steps that adapt step size and masses and are thrown away.
        draws: draws kept of each chain.
        chains: chains of each posterior, started at different points about the mode.
        depth: most doublings of a trajectory.
        seed: seed of the sampler.
        dense: adapt covariances too, not variances alone.
        acceptance: rate of acceptance that the step size is adapted to.
        progress: told of steps (done, of).
    """
    k = posteriors.mode.shape[0]
    index = np.repeat(np.arange(k), chains)
    plan = _Plan(warmup, warmup + draws, depth, dense, acceptance)
    with _double_precision(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run = _in_step if k > 1 else _apart
        at, apart, steps = run(posteriors, plan, seed, index, progress)
    kept = slice(warmup, warmup + draws)
    white = at[kept].reshape(draws, k, chains, -1)
    theta = posteriors.mode[:, None, None] + np.einsum("kpq,dkcq->kcdp", posteriors.factor, white)
    divergent = apart[kept].reshape(draws, k, chains).sum(0)
    return Draws(theta, divergent.astype(np.int64), float(steps[kept].mean()))


def _in_step(
    posteriors: Posteriors, plan: _Plan, seed: int, index: Ints, progress: Progress | None
) -> tuple[Any, ...]:
    """Run all chains together: positions (step, chain, p), divergences and leapfrog steps (step, chain)."""
    import jax

    begin, advance = _program(posteriors, plan)
    keys = jax.random.split(jax.random.key(seed), index.size)
    state = jax.jit(jax.vmap(begin))(keys, index)
    forward = jax.jit(jax.vmap(advance, out_axes=(0, 1)))
    parts = []
    for done in range(0, plan.total, BLOCK):
        if progress is not None:
            progress(done, plan.total)
        state, found = forward(state, index)
        parts.append([np.asarray(part) for part in found])
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))


def _apart(
    posteriors: Posteriors, plan: _Plan, seed: int, index: Ints, progress: Progress | None
) -> tuple[Any, ...]:
    """As `_in_step`, chain by chain in threads; what a chain finds does not depend on the others."""
    import jax

    begin, advance = _program(posteriors, plan)
    keys = jax.random.split(jax.random.key(seed), index.size)
    number = np.int64(0)
    first = jax.jit(begin).lower(keys[0], number).compile()
    forward = jax.jit(advance).lower(first(keys[0], number), number).compile()
    done = [0]

    def chain(key: Any) -> list[Any]:
        state, parts = first(key, number), []
        for _ in range(0, plan.total, BLOCK):
            state, found = forward(state, number)
            parts.append([np.asarray(part) for part in found])
            done[0] += BLOCK
            if progress is not None:
                progress(min(done[0], index.size * plan.total), index.size * plan.total)
        return [np.concatenate(column) for column in zip(*parts, strict=True)]

    with ThreadPoolExecutor(min(index.size, threads())) as pool:
        chains = list(pool.map(chain, keys))
    return tuple(np.stack(column, axis=1) for column in zip(*chains, strict=True))


def _program(posteriors: Posteriors, plan: _Plan) -> tuple[Any, Any]:
    """Return the start and `BLOCK` steps of one chain, to be compiled."""
    try:
        import jax
        from numpyro.infer.hmc import hmc
    except ImportError as error:
        raise MissingExtraError(str(error.name), "calibrate") from error
    size = posteriors.mode.shape[1]
    first, following = hmc(potential_fn_gen=_potentials(posteriors), algo="NUTS")

    def begin(key: Any, index: Any) -> Any:
        place, luck = jax.random.split(key)
        start = 0.5 * jax.random.normal(place, (size,))
        return first(
            start,
            plan.warmup,
            target_accept_prob=plan.acceptance,
            max_tree_depth=plan.depth,
            dense_mass=plan.dense,
            model_args=(index,),
            rng_key=luck,
        )

    def advance(state: Any, index: Any) -> Any:
        def step(now: Any, _: Any) -> Any:
            after = following(now, (index,))
            return after, (after.z, after.diverging, after.num_steps)

        return jax.lax.scan(step, state, None, length=BLOCK)

    return begin, advance


def _potentials(posteriors: Posteriors) -> Any:
    """Return the function from a data set's number to its potential energy in whitened coordinates."""
    import jax.numpy as jnp

    loglik = _loglik(posteriors)
    mean, sd, mode, factor = (jnp.asarray(part) for part in posteriors[1:5])

    def potential_of(index: Any) -> Any:
        def potential(white: Any) -> Any:
            theta = mode[index] + factor[index] @ white
            return -loglik(theta, index) + 0.5 * jnp.sum(((theta - mean) / sd) ** 2)

        return potential

    return potential_of


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


def _loglik(posteriors: Posteriors) -> Any:
    """Return the log-likelihood of one chain as a JAX function with its own gradient, which serves all chains in one call."""
    import jax

    size = posteriors.mode.shape[1]
    plain = _asked(posteriors.likelihoods, size)

    def together(theta: Any, index: Any) -> Any:
        if posteriors.twin is None:
            return plain(theta, index, *_unknown(theta))
        found = posteriors.twin(theta, index)
        return jax.lax.cond(found[2].all(), lambda: found[:2], lambda: plain(theta, index, *found))

    @jax.custom_batching.custom_vmap
    def alone(theta: Any, index: Any) -> tuple[Any, Any]:
        value, gradient = together(theta[None], index[None])
        return value[0], gradient[0]

    @alone.def_vmap
    def many(count: int, mapped: list[bool], theta: Any, index: Any) -> Any:
        shaped = [
            part if by else jax.numpy.broadcast_to(part, (count, *part.shape))
            for part, by in zip((theta, index), mapped, strict=True)
        ]
        return together(*shaped), (True, True)

    @jax.custom_vjp
    def loglik(theta: Any, index: Any) -> Any:
        return alone(theta, index)[0]

    loglik.defvjp(alone, lambda gradient, upstream: (upstream * gradient, None))
    return loglik


def _unknown(theta: Any) -> tuple[Any, Any, Any]:
    import jax.numpy as jnp

    return jnp.zeros(theta.shape[0]), jnp.zeros(theta.shape), jnp.zeros(theta.shape[0], bool)


def _asked(likelihoods: Likelihoods, size: int) -> Any:
    """Wrap NumPy log-likelihoods as a JAX function that fills in those which are not sure."""
    import jax
    import jax.numpy as jnp

    def fill(theta: Any, index: Any, value: Any, gradient: Any, sure: Any) -> tuple[Any, Any]:
        value, gradient, rest = np.array(value), np.array(gradient), ~np.asarray(sure)
        some, slope = likelihoods(np.asarray(theta, float)[rest], np.asarray(index, np.int64)[rest])
        usable = np.isfinite(some) & np.isfinite(slope).all(-1)
        value[rest] = np.where(usable, some, IMPOSSIBLE)
        gradient[rest] = np.where(usable[:, None], slope, 0.0)
        return value, gradient

    def call(*arguments: Any) -> Any:
        shape: Any = jax.ShapeDtypeStruct
        count = arguments[0].shape[0]
        shapes = shape((count,), jnp.float64), shape((count, size), jnp.float64)
        return jax.pure_callback(fill, shapes, *arguments)

    return call
