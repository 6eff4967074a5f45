"""The value of waiting, against a tree worked out by hand and against brute force."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.model.war import options
from foedus.model.war.options import Tree

from .space import EXAMPLES, seeds

STEPS = 5
evaluate = jax.jit(options.evaluate)


def tree(seed, reveal, low=0.4, discount=0.95):
    rng = np.random.default_rng(seed)
    settle, fight = rng.normal(0, 3, (4, STEPS + 1)), rng.normal(-0.3, 1, (4, STEPS))
    settle[1:3, :reveal], fight[1:3, :reveal] = settle[0, :reveal], fight[0, :reveal]
    return settle, fight, discount, low, reveal


def as_tree(parts):
    settle, fight, discount, low, reveal = parts
    return Tree(*(jnp.asarray(x, jnp.float32) for x in (settle, fight, discount, low)), jnp.asarray(reveal))


def by_hand(parts):
    """All policies: a date before the election, or one date for each outcome."""
    settle, fight, d, low, reveal = parts

    def stop(branch, at):
        paid = sum(d**t * (fight[0, t] if t < reveal else fight[branch, t]) for t in range(at))
        return paid + d**at * (settle[0, at] if at < reveal else settle[branch, at])

    early = [stop(1, at) for at in range(min(reveal, STEPS + 1))]
    late = range(reveal, STEPS + 1)
    contingent = [low * stop(1, a) + (1 - low) * stop(2, b) for a, b in itertools.product(late, late)]
    fixed = early + [low * stop(1, a) + (1 - low) * stop(2, a) for a in late]
    return max(early + contingent), max(fixed)


@given(seeds, st.integers(1, 8), st.floats(0, 1))
@EXAMPLES
def test_induction_is_the_best_of_all_policies(seed, reveal, low):
    parts = tree(seed, reveal, low)
    best, fixed = by_hand(parts)
    found = evaluate(as_tree(parts))
    assert float(found.wait) == pytest.approx(best - parts[0][0, 0], abs=2e-4)
    assert float(found.option) == pytest.approx(best - fixed, abs=2e-4)
    assert float(found.wait) >= 0
    assert float(found.option) >= 0
    assert float(found.until) <= float(found.wait) + 1e-4


@given(seeds, st.integers(1, 8), st.sampled_from([0.0, 1.0]))
@EXAMPLES
def test_nothing_is_worth_waiting_for_when_the_outcome_is_certain(seed, reveal, low):
    assert float(evaluate(as_tree(tree(seed, reveal, low))).option) == pytest.approx(0, abs=2e-4)


def test_an_option_by_hand():
    """Settle for 0 now; fight a quarter at a cost of 1; then 10 or -10 with even odds, or walk away with 0."""
    settle = np.array([[0, 0, 0], [0, 10, 10], [0, -10, -10], [0, 0, 0]], float)
    settle[2, 2] = 0.0  # after the bad outcome a second quarter, free, leads back to nothing
    fight = np.array([[-1, 0], [-1, 0], [-1, 0], [-1, 0]], float)
    found = evaluate(as_tree((settle, fight, 1.0, 0.5, 1)))
    assert float(found.wait) == pytest.approx(-1 + 0.5 * 10 + 0.5 * 0)
    assert float(found.until) == pytest.approx(4)
    assert float(found.option) == pytest.approx(4 - max(0, -1 + 0.5 * 10 - 0.5 * 10, -1 + 0.5 * 10 + 0))
    assert float(found.election) == pytest.approx(4 - (-1))


def test_a_real_option_where_dates_must_differ():
    """Good news is worth taking at once, bad news is worth sitting out: no fixed date does both."""
    settle = np.array([[0, 0, 0], [0, 10, 0], [0, -10, 2], [0, 0, 0]], float)
    fight = np.array([[-1, 0], [-1, -1], [-1, -1], [-1, 0]], float)
    found = evaluate(as_tree((settle, fight, 1.0, 0.5, 1)))
    assert float(found.wait) == pytest.approx(-1 + 5 + 0.5 * 1)
    assert float(found.option) == pytest.approx(4.5)


@given(seeds, st.floats(0.1, 3))
@EXAMPLES
def test_costlier_fighting_is_worth_less(seed, more):
    settle, fight, *rest = tree(seed, 3)
    cheap, dear = (float(evaluate(as_tree((settle, fight - c, *rest))).wait) for c in (0.0, more))
    assert dear <= cheap + 1e-4
