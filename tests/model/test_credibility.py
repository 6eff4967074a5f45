"""Credibility: what the patron's promise is worth, by type and in observers' eyes."""

import jax.numpy as jnp
import numpy as np
import polars as pl
from hypothesis import given

from foedus import atlas
from foedus.model import credibility
from foedus.model.state import OBSERVERS, TYPES

from .space import BATCH, EXAMPLES, batch, numbers, over_draws, simplex, spaces

N, K, O = 8, len(TYPES), len(OBSERVERS)
COMMITTED, TRANSACTIONAL, WITHDRAWING = range(K)
by_type = over_draws(credibility.by_type, 0, 0, 0, 0, 0)
in_the_eyes = over_draws(lambda _p, belief, fights: credibility.in_the_eyes(belief, fights), 0, 0)


def cases(space):
    return {
        "forces": numbers(space, 0, 40_000, BATCH, N),
        "treaty": numbers(space, 0, 1, BATCH),
        "meets": numbers(space, 0, 1, BATCH, N),
        "account": numbers((space[0] + 7, 0), -3, 3, BATCH, N),
        "interest": numbers((space[0] + 8, 0), -3, 3, BATCH, N),
    }


def fights(p, case):
    return by_type(p, *(case[k] for k in ("forces", "treaty", "meets", "account", "interest")))


@given(spaces)
@EXAMPLES
def test_credibility_is_a_probability_between_the_types(space):
    chance = fights(batch(space), cases(space))
    seen = in_the_eyes(batch(space), simplex(space, BATCH, O, K), chance)
    assert bool(jnp.all((chance >= 0) & (chance <= 1)))
    assert bool(jnp.all(seen <= chance.max(axis=1, keepdims=True) + 1e-6))
    assert bool(jnp.all(seen >= chance.min(axis=1, keepdims=True) - 1e-6))


@given(spaces)
@EXAMPLES
def test_more_of_anything_good_never_lowers_it(space):
    p, case = batch(space), cases(space)
    now = fights(p, case)
    for key, more in (
        ("forces", case["forces"] * 1.5 + 100),
        ("treaty", jnp.ones(BATCH)),
        ("meets", jnp.ones((BATCH, N))),
        ("account", case["account"] + 1),
        ("interest", case["interest"] + 1),
    ):
        assert bool(jnp.all(fights(p, case | {key: more}) >= now - 1e-6)), key


@given(spaces)
@EXAMPLES
def test_each_type_listens_to_its_own_terms(space):
    """The committed type ignores pledge and account, the withdrawing one everything."""
    p, case = batch(space), cases(space)
    now = fights(p, case)
    paid = fights(p, case | {"meets": jnp.ones((BATCH, N)), "account": case["account"] + 2})
    assert np.array_equal(paid[:, COMMITTED], now[:, COMMITTED])
    moved = fights(p, case | {"treaty": 1 - case["treaty"], "forces": case["forces"] * 3})
    assert np.array_equal(moved[:, WITHDRAWING], now[:, WITHDRAWING])


@given(spaces)
@EXAMPLES
def test_a_treaty_with_no_believer_is_worth_no_more_than_none(space):
    """Where all believe the patron to be withdrawing, credibility is the same with and without the treaty."""
    p, case = batch(space), cases(space)
    nobody = jnp.zeros((BATCH, O, K)).at[..., WITHDRAWING].set(1.0)
    with_treaty = in_the_eyes(p, nobody, fights(p, case | {"treaty": jnp.ones(BATCH)}))
    without = in_the_eyes(p, nobody, fights(p, case | {"treaty": jnp.zeros(BATCH)}))
    assert np.array_equal(with_treaty, without)


@given(spaces)
@EXAMPLES
def test_a_believed_promise_loses_the_treatys_own_weight_at_most(space):
    p, case = batch(space), cases(space)
    sure = jnp.zeros((BATCH, O, K)).at[..., COMMITTED].set(1.0)
    kept = in_the_eyes(p, sure, fights(p, case | {"treaty": jnp.ones(BATCH)}))
    ended = in_the_eyes(p, sure, fights(p, case | {"treaty": jnp.zeros(BATCH)}))
    # the logistic function's slope is a quarter at most
    assert bool(jnp.all(kept - ended <= p["credibility.treaty"][:, None, None] / 4 + 1e-5))
    assert bool(jnp.all(kept >= ended - 1e-6))


def test_the_guideline_is_a_step():
    guideline = 0.02
    meets = credibility.meets_guideline(jnp.array([0.017, 0.02, 0.0215]), guideline)
    assert meets[0] < 0.01
    assert 0.85 < meets[1] < 0.9
    assert meets[2] > 0.99


def test_levels_span_the_record_of_alliances():
    """Fulfilment of defence pacts (Berkemeier and Fuhrmann: 22 to 66 percent by period, 41 overall).

    A transactional patron of average terms lies within that range, a committed one above, a withdrawing one below.
    """
    rows = atlas.table("alliance_reliability")
    rates = {r["rate"]: r["value_pct"] / 100 for r in rows.iter_rows(named=True)}
    low, high = rates["R13"], rates["R12"]
    p = batch((5, 1.0), 2000)
    ones = jnp.ones((2000, 1))
    chance = over_draws(credibility.by_type, 0, 0, 0, 0, 0)(
        p, 0 * ones, jnp.ones(2000), 0.5 * ones, 0 * ones, 0 * ones
    )
    committed, transactional, withdrawing = np.median(np.asarray(chance[:, :, 0]), axis=0)
    assert low < transactional < high
    assert abs(transactional - rates["R08"]) < 0.1
    assert committed > high
    assert withdrawing < low
    assert rows.filter(pl.col("rate") == "R08")["alliance_type"].item() is not None
