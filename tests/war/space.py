"""Shared runs and batches: one shape for all, so that the program is compiled once."""

from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from foedus.insight.war import entries, inputs, run_war
from foedus.model.parameters import sample
from foedus.model.war.step import run_draws
from foedus.scenario.war_known import known_by
from foedus.scenario.war_plan import compile_plan
from foedus.scenario.war_question import Question

DRAWS = 200
QUARTERS = 16
BATCH = 64
EXAMPLES = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 2**31 - 1)


@cache
def ran(month="2024-01", seed=1, stop=(), impose=None, cede=0.0, guarantee=False, election=None):
    """Return the record of a run of four years with 200 draws."""
    question = Question("4y", dict.fromkeys(stop), election, impose, cede, guarantee)
    return run_war(month, question, DRAWS, seed)


@cache
def drawn(month="2024-01", seed=1):
    """Return register sample, start and luck."""
    return inputs(known_by(month), QUARTERS, DRAWS, seed)


def carried(p, start, luck, month="2024-01", question=None):
    """Run changed inputs through the shared program."""
    known = known_by(month)
    plan = compile_plan(question or Question("4y"), known, QUARTERS)
    return jax.tree.map(np.asarray, run_draws(p, start, plan, luck))


def tails(seed, spread=1.0, size=BATCH):
    """Return register entries (size,), pushed into their tails by ``spread``."""
    register = entries()
    u = np.random.default_rng(seed).uniform(1e-6, 1 - 1e-6, (len(register), size))
    u = np.clip(1 / (1 + ((1 - u) / u) ** spread), 1e-7, 1 - 1e-7)
    values = sample(register, dict(zip(register, u, strict=True)))
    return {name: jnp.asarray(v) for name, v in values.items()}


def numbers(seed, low, high, *shape):
    """Return float32 numbers between two bounds."""
    return jnp.asarray(np.random.default_rng(seed).uniform(low, high, shape), jnp.float32)
