"""Beliefs: Bayes' rule with weights and forgetting."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given

from foedus.model import beliefs, politics
from foedus.model.state import ACTS, OBSERVERS, TYPES

from .space import BATCH, EXAMPLES, batch, middle, numbers, over_draws, simplex, spaces

A, K, O = len(ACTS), len(TYPES), len(OBSERVERS)
likelihood = over_draws(beliefs.signal_log_likelihood, 0, 0, None, None)
update = over_draws(lambda p, b, prior, ll: beliefs.update(b, prior, ll, p["beliefs.forgetting"]), 0, 0, 0)
hazards = over_draws(politics.hazards, 0, 0)
FREE, CHEAP = jnp.zeros(A), jnp.zeros(A)


@given(spaces)
@EXAMPLES
def test_beliefs_stay_on_the_simplex(space):
    p = batch(space)
    hazard = hazards(p, numbers(space, 0, 3, BATCH), numbers(space, -3, 3, BATCH))
    log_l = likelihood(p, hazard, numbers(space, 0, 1, BATCH, A), FREE, CHEAP)
    after = update(p, simplex(space, BATCH, O, K), simplex(space, BATCH, O, K), log_l)
    assert bool(jnp.all((after >= 0) & (after <= 1)))
    assert np.allclose(after.sum(axis=-1), 1, atol=1e-6)


@given(spaces)
@EXAMPLES
def test_an_act_speaks_for_the_types_that_do_it_most(space):
    """Against the same quarter without the act, odds move towards the type with the higher chance of it."""
    p = batch(space)
    hazard = hazards(p, jnp.zeros(BATCH), jnp.zeros(BATCH))
    for act in range(A):
        done = jnp.zeros((BATCH, A)).at[:, act].set(1.0)
        moved = likelihood(p, hazard, done, FREE, CHEAP) - likelihood(p, hazard, 0 * done, FREE, CHEAP)
        for one in range(K):
            for other in range(K):
                more = hazard[:, act, one] > hazard[:, act, other] * 1.01
                assert bool(jnp.all(jnp.where(more, moved[:, one] > moved[:, other], True)))


def test_costly_acts_move_beliefs_more_than_talk():
    p = middle()
    hazard = politics.hazards(p, jnp.array(0.5), jnp.array(0.0))
    said = jnp.zeros(A).at[ACTS.index("reaffirm")].set(1.0)
    talk = beliefs.signal_log_likelihood(p, hazard, said, FREE, CHEAP)
    deed = beliefs.signal_log_likelihood(p, hazard, said, FREE, said)
    assert float(deed[0] - deed[2]) > float(talk[0] - talk[2]) > 0


def test_a_forbidden_act_tells_nothing():
    p = middle()
    hazard = politics.hazards(p, jnp.array(0.5), jnp.array(0.0))
    nothing = beliefs.signal_log_likelihood(p, hazard, jnp.zeros(A), -jnp.ones(A), CHEAP)
    assert np.allclose(nothing, 0)


def test_full_weight_and_no_forgetting_is_bayes_rule():
    """Two coins, hand-worked: P(type | act) = prior * likelihood / sum."""
    p = middle() | {"beliefs.act_weight": jnp.array(1.0), "beliefs.talk_weight": jnp.array(1.0)}
    hazard = jnp.full((A, K), 0.5).at[ACTS.index("draw_down")].set(jnp.array([0.1, 0.2, 0.4]))
    done = jnp.full(A, 0.0).at[ACTS.index("draw_down")].set(1.0)
    prior = jnp.array([[0.5, 0.3, 0.2]] * O)
    after = beliefs.update(
        prior, prior, beliefs.signal_log_likelihood(p, hazard, done, FREE, CHEAP), jnp.array(0.0)
    )
    assert np.allclose(after[0], [0.05 / 0.19, 0.06 / 0.19, 0.08 / 0.19], atol=1e-5)


def test_silence_returns_beliefs_to_the_prior_with_the_stated_half_life():
    """The register's source names a half-life of about six years."""
    p = middle()
    belief, prior = jnp.array([[0.9, 0.08, 0.02]] * O), jnp.array([[0.4, 0.4, 0.2]] * O)
    start = float(jnp.log(belief[0, 0] / belief[0, 2]))
    rest = float(jnp.log(prior[0, 0] / prior[0, 2]))
    quarters = 0
    while (float(jnp.log(belief[0, 0] / belief[0, 2])) - rest) / (start - rest) > 0.5:
        belief = beliefs.update(belief, prior, jnp.zeros(K), p["beliefs.forgetting"])
        quarters += 1
    assert quarters / 4 == pytest.approx(6, abs=1.5)


def test_held_beliefs_hold_for_the_flagged_observer_only():
    belief, held = jnp.array([[0.2, 0.3, 0.5]] * O), jnp.array([[1.0, 0.0, 0.0]] * O)
    after = beliefs.hold(belief, held, jnp.array([1.0, 0.0]))
    assert np.array_equal(after[0], held[0])
    assert np.array_equal(after[1], belief[1])
