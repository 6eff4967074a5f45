"""Timing: the value of waiting for a weaker guarantee."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given

from foedus.model import timing

from .space import BATCH, EXAMPLES, batch, numbers, over_draws, spaces

N = 5
wait = over_draws(timing.value_of_waiting, None, 0, 0, None)


@given(spaces)
@EXAMPLES
def test_waiting_is_worth_nothing_unless_the_guarantee_weakens(space):
    p, now = batch(space), numbers(space, 0, 0.9, BATCH, N)
    prize = jnp.linspace(0.5, 3, N)
    later = now + numbers((space[0] + 3, 0), 0, 0.1, BATCH, N)
    assert bool(jnp.all(wait(p, jnp.array(4.0), later, now, prize) == 0))
    value = wait(p, jnp.array(4.0), now, later, prize)
    assert bool(jnp.all((value >= 0) & (value <= prize)))
    assert bool(jnp.all(wait(p, jnp.array(9.0), now, later, prize) <= value + 1e-7))


def test_one_step_of_backward_induction_by_hand():
    """Two dates, no chance of a challenge in between: the value is the discounted gain."""
    p = {"timing.patience": jnp.array(1.0), "timing.discount": jnp.array(0.9)}
    value = timing.value_of_waiting(p, jnp.array(3.0), jnp.array([0.2]), jnp.array([0.6]), jnp.array([2.0]))
    assert float(value[0]) == pytest.approx(0.9**3 * 0.4 * 2.0, rel=1e-5)


def test_its_slope_is_finite_where_it_starts():
    def value(later):
        p = {"timing.patience": jnp.array(0.5), "timing.discount": jnp.array(0.95)}
        return timing.value_of_waiting(p, jnp.array(2.0), jnp.array(0.3), later, jnp.array(1.0))

    assert np.isfinite(float(jax.grad(value)(jnp.array(0.3))))
    assert float(jax.grad(value)(jnp.array(0.5))) > 0
