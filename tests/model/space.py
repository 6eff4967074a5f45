"""The whole parameter space: batches of draws of the register, from its middle or from its tails."""

import datetime as dt
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from foedus.model import parameters
from foedus.scenario.world import build_world

BATCH = 64
EXAMPLES = settings(max_examples=25, deadline=None)

spaces = st.tuples(st.integers(0, 2**32 - 1), st.sampled_from([0.5, 1.0, 3.0]))
"""Seed, and how far draws are pushed into the tails: 1 is the prior itself, 3 puts most entries near their ends."""


def unit(seed, spread, size):
    """Return numbers in (0, 1); for a spread of 1 they are uniform."""
    u = np.random.default_rng(seed).uniform(1e-6, 1 - 1e-6, size)
    return np.clip(1 / (1 + ((1 - u) / u) ** spread), 1e-7, 1 - 1e-7)


def batch(space, size=BATCH):
    """Return register name to values (size,)."""
    seed, spread = space
    register = parameters.register()
    u = unit(seed, spread, (len(register), size))
    drawn = parameters.sample(register, dict(zip(register, u, strict=True)))
    return {name: jnp.asarray(values) for name, values in drawn.items()}


def middle():
    """Return the register at its medians, scalars."""
    register = parameters.register()
    drawn = parameters.sample(register, {name: np.array([0.5]) for name in register})
    return {name: jnp.asarray(values[0]) for name, values in drawn.items()}


@cache
def over_draws(function, *axes):
    """Return the function of one draw compiled once for a batch; ``axes`` as for vmap, the register first."""
    return jax.jit(jax.vmap(function, in_axes=(0, *axes)))


def numbers(space, low, high, *shape):
    """Return float32 numbers between two bounds, repeatable from the space."""
    return jnp.asarray(np.random.default_rng(space[0] + 1).uniform(low, high, shape), jnp.float32)


def simplex(space, *shape):
    """Return rows that sum to one, many of them near a corner."""
    rows = np.random.default_rng(space[0] + 2).dirichlet(np.full(shape[-1], 0.4), shape[:-1])
    return jnp.asarray(rows, jnp.float32)


@cache
def world_inputs(start="2026-01-01"):
    """Return the record at a start."""
    return build_world(dt.date.fromisoformat(start))


@cache
def world(start="2026-01-01"):
    """Return the record at a start as float32 arrays."""
    return jax.tree.map(lambda leaf: jnp.asarray(np.asarray(leaf, np.float32)), world_inputs(start).world)


def members(*codes, start="2026-01-01"):
    """Return the positions of allies."""
    return [world_inputs(start).members.index(code) for code in codes]
