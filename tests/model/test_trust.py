"""Trust among allies: both ends, the selected equilibrium and Article 5."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from scipy import optimize

from foedus import atlas
from foedus.model import trust

from .space import BATCH, EXAMPLES, batch, middle, numbers, over_draws, spaces

N = 12
START = jnp.stack([jnp.zeros(N), jnp.ones(N), jnp.ones(N)])


def one(p, near, capable, c, last):
    return trust.solve(p, trust.ties(p, near, capable), c, last)


solve = over_draws(one, None, None, 0, 0)


def gap(p, near, capable, c, level):
    fixed, weight = trust.drive(p, near, capable, c), trust.weights(capable)
    return trust.response(trust.odds_against(fixed), weight, p["trust.mutual"], level)[0] - level


residual = over_draws(gap, None, None, 0, 0)


def geography(space):
    rng = np.random.default_rng(space[0] + 3)
    place = rng.uniform(0, 2000, (N, 2))
    distance = np.linalg.norm(place[:, None] - place[None], axis=-1)
    near = trust.proximity(jnp.asarray(distance, jnp.float32), jnp.asarray(distance < 300, jnp.float32), 800.0)
    return near, jnp.asarray(rng.uniform(0.01, 1, N), jnp.float32)


def solved(space, p=None, c=None, last=None):
    near, capable = geography(space)
    p = batch(space) if p is None else p
    c = numbers(space, 0, 1, BATCH, N) if c is None else c
    last = jnp.broadcast_to(START, (BATCH, 3, N)) if last is None else last
    return near, capable, c, p, solve(p, near, capable, c, last)


@given(spaces)
@EXAMPLES
def test_chances_and_order(space):
    *_, out = solved(space)
    for field in out:
        assert bool(jnp.all((field >= 0) & (field <= 1)))
    assert bool(jnp.all(out.lower <= out.upper + 1e-5))
    assert bool(jnp.all(jnp.diagonal(out.joins, axis1=1, axis2=2) == 0))


@given(spaces)
@EXAMPLES
def test_both_ends_are_fixed_points(space):
    near, capable, c, p, out = solved(space)
    for end in (out.lower, out.upper):
        assert float(jnp.abs(residual(p, near, capable, c, end)).max()) < 1e-3


@given(spaces)
@EXAMPLES
def test_the_selected_one_lies_between_the_ends_once_settled(space):
    """Continued over quarters in which nothing changes, the selected equilibrium is a fixed point between the ends."""
    *_, out = solved(space)
    for _ in range(12):
        last = jnp.stack([out.lower, out.upper, out.selected], axis=1)
        near, capable, c, p, out = solved(space, last=last)
    assert bool(jnp.all(out.selected >= out.lower - 2e-3))
    assert bool(jnp.all(out.selected <= out.upper + 2e-3))
    assert float(jnp.abs(residual(p, near, capable, c, out.selected)).max()) < 1e-3


@given(spaces)
@EXAMPLES
def test_more_credibility_never_lowers_either_end(space):
    *_, c, p, out = solved(space)
    *_, more = solved(space, p, jnp.minimum(c + 0.2, 1.0))
    assert bool(jnp.all(more.lower >= out.lower - 1e-3))
    assert bool(jnp.all(more.upper >= out.upper - 1e-3))


@given(spaces)
@EXAMPLES
def test_order_of_members_is_no_matter(space):
    p, c = batch(space), numbers(space, 0, 1, BATCH, N)
    near, capable, *_, out = solved(space, p, c)
    order = np.random.default_rng(space[0]).permutation(N)
    last = jnp.broadcast_to(START, (BATCH, 3, N))
    again = solve(p, near[order][:, order], capable[order], c[:, order], last)
    assert np.allclose(out.upper[:, order], again.upper, atol=2e-4)
    assert np.allclose(out.consensus[:, order], again.consensus, atol=2e-4)
    assert np.allclose(out.joins[:, order][:, :, order], again.joins, atol=2e-4)


def test_two_ends_apart_where_the_map_folds():
    """Against brentq: a symmetric alliance with a strong coupling has a low, a middle and a high root."""
    p = {k: jnp.array(v) for k, v in {"trust.base": -3.5, "trust.proximity": 0.0, "trust.capability": 0.0,
         "trust.patron": 0.0, "trust.mutual": 7.0, "trust.veto": 0.0, "trust.coalition_discount": 1.0}.items()}  # fmt: skip

    def excess(q):
        return 1 / (1 + np.exp(3.5 - 7 * q)) - q

    low, high = optimize.brentq(excess, 0, 0.3), optimize.brentq(excess, 0.7, 1)
    out = one(p, jnp.zeros((N, N)), jnp.ones(N), jnp.zeros(N), START)
    assert np.allclose(out.lower, low, atol=1e-3)
    assert np.allclose(out.upper, high, atol=1e-3)


def test_derivative_of_the_fixed_point_matches_finite_differences():
    """The implicit function theorem against central differences of a fully converged solution."""
    near, capable = geography((11, 1.0))
    p, c = middle(), jnp.full(N, 0.6)

    def mean(us):
        out = one(p | {"trust.patron": us}, near, capable, c, START)
        return jnp.mean(out.upper)

    def converged(us):
        fixed = np.asarray(trust.drive(p | {"trust.patron": us}, near, capable, c), float)
        weight, q = np.asarray(trust.weights(capable), float), np.ones(N)
        for _ in range(2000):
            q = (weight / (1 + np.exp(-fixed - float(p["trust.mutual"]) * q))).sum(axis=0)
        return q.mean()

    at, step = float(p["trust.patron"]), 1e-3
    assert float(mean(p["trust.patron"])) == pytest.approx(converged(at), abs=1e-4)
    numeric = (converged(at + step) - converged(at - step)) / (2 * step)
    assert float(jax.grad(mean)(p["trust.patron"])) == pytest.approx(numeric, rel=0.02)


def test_consensus_is_the_chance_that_nobody_blocks():
    p = middle() | {"trust.veto": jnp.array(0.1), "trust.coalition_discount": jnp.array(0.5)}
    willing = jnp.array([[1.0, 0.5, 0.2], [0.8, 1.0, 0.4], [1.0, 1.0, 1.0]])
    patron = jnp.array([1.0, 1.0, 1.0])
    joins, consensus = trust.article_5(p, willing, patron)
    assert float(consensus[0]) == pytest.approx((1 - 0.1 * 0.2) * 1.0)
    assert float(consensus[2]) == pytest.approx((1 - 0.1 * 0.8) * (1 - 0.1 * 0.6), abs=1e-6)
    assert float(joins[1, 0]) == pytest.approx(0.8 * (0.98 + 0.02 * 0.5), abs=1e-6)
    doubtful = trust.article_5(p, willing, jnp.array([0.3, 1.0, 1.0]))[1]
    assert float(doubtful[0]) == pytest.approx(0.98 * (1 - 0.1 * 0.7), abs=1e-6)
    assert float(trust.article_5(p, willing, 0.0 * patron, 0.0)[1][0]) == pytest.approx(0.98)


def test_joining_spans_the_record_of_alliances():
    """Without the patron joining lies about the fulfilment of 22 to 66 percent; with a sure patron it lies higher."""
    rates = {r["rate"]: r["value_pct"] / 100 for r in atlas.table("alliance_reliability").iter_rows(named=True)}
    near, capable = geography((4, 1.0))
    p = batch((4, 1.0), 400)
    last = jnp.broadcast_to(START, (400, 3, N))
    alone = solve(p, near, capable, jnp.zeros((400, N)), last)
    sure = solve(p, near, capable, jnp.ones((400, N)), last)
    assert rates["R13"] < float(jnp.median(alone.selected)) < rates["R12"]
    assert float(jnp.median(sure.selected)) > float(jnp.median(alone.selected)) + 0.1
