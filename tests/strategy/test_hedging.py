"""Hedging in equilibrium: derivatives, equilibrium, competition for favour, and ultimatums."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.model.hedging_equilibrium import (
    BUY,
    ENABLE,
    HOST,
    OWN,
    Alliance,
    Terms,
    marginals,
    participation,
    security,
    solve,
)
from foedus.model.hedging_ultimatum import after_demand, ultimatum

TERMS = Terms(0.4, 1.2, 1.5, 0.06, 0.5, 0.75, 0.5, 0.8, 0.4, 300.0, 10.0, 1.8, 1.5)


def alliance(count=4, belief=(0.2, 0.6, 0.2), seed=0):
    rng = np.random.default_rng(seed)
    gdp = rng.uniform(50, 900, count)
    return Alliance(
        gdp=gdp, spending=0.025 * gdp, budget=0.005 * gdp, home=rng.uniform(2, 15, count), patron=np.full(count, 8.0),
        attack=rng.uniform(5, 20, count), committed=np.full(count, 0.9), withdrawing=np.full(count, 0.05),
        transactional_level=rng.normal(-0.5, 0.5, count), belief=np.array(belief), european=np.ones(count),
    )  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.floats(0.05, 1), min_size=16, max_size=16))
def test_marginals_are_the_derivatives_of_security(seed, raw):
    one = alliance(seed=seed)
    shares = np.array(raw).reshape(4, 4)
    money = shares / shares.sum(axis=1, keepdims=True) * one.budget[:, None]
    found = marginals(one, TERMS, money)
    for i in range(4):
        for line in range(4):
            step = np.zeros_like(money)
            step[i, line] = 1e-5
            slope = (security(one, TERMS, money + step)[i] - security(one, TERMS, money - step)[i]) / 2e-5
            assert found[i, line] == pytest.approx(slope, rel=1e-4, abs=1e-8)


def test_nobody_gains_by_another_split():
    one = alliance()
    found = solve(one, TERMS)
    assert found.gap < 1e-5
    assert found.money.sum(axis=1) == pytest.approx(one.budget)
    rng = np.random.default_rng(3)
    for i in range(4):
        for _ in range(30):
            trial = found.money.copy()
            trial[i] = rng.dirichlet(np.ones(4)) * one.budget[i]
            assert security(one, TERMS, trial)[i] <= found.security[i] + 1e-5


def test_without_a_transactional_patron_nobody_pays_tribute():
    found = solve(alliance(belief=(1.0, 0.0, 0.0)), TERMS)
    assert found.money[:, HOST].max() < 1e-4
    assert found.money[:, BUY].max() < 1e-2 * found.money[:, OWN].max() + 1e-3


def test_tributes_compete():
    """What others pay lowers one's own standing; with rivalry at 1 equal tributes per GDP buy nobody anything."""
    one = alliance()
    money = np.zeros((4, 4))
    alone = participation(one, TERMS, money)
    money[1:, HOST] = 0.005 * one.gdp[1:]
    assert participation(one, TERMS, money)[0] < alone[0]
    money[:, HOST] = 0.005 * one.gdp
    assert participation(one, TERMS._replace(rivalry=1.0), money) == pytest.approx(alone)


def test_enablers_are_a_public_good():
    one = alliance()
    money = np.zeros((4, 4))
    before = security(one, TERMS, money)
    money[0, ENABLE] = 5.0
    assert (security(one, TERMS, money) > before).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 2))
def test_both_ends_of_an_ultimatum_are_ordered(seed, demand):
    one = alliance(seed=seed)
    belief = after_demand(one.belief, np.array([0.03, 0.15, 0.2]), 0.25)
    found = ultimatum(one, TERMS, demand, belief)
    assert (found.upper.pays >= found.lower.pays).all()
    assert 0 <= found.upper.leaves <= found.lower.leaves <= 1
    assert found.upper.extracted == pytest.approx((0.01 * demand * one.gdp * found.upper.pays).sum())


def test_a_demand_lowers_the_belief_in_a_committed_patron():
    before = np.array([0.5, 0.3, 0.2])
    after = after_demand(before, np.array([0.03, 0.15, 0.2]), 0.25)
    assert after.sum() == pytest.approx(1)
    assert after[0] < before[0]
    assert after_demand(before, np.array([0.03, 0.15, 0.2]), 0.0) == pytest.approx(before)


def test_an_ultimatum_by_a_patron_that_would_not_come_anyway_extracts_nothing():
    one = alliance(belief=(0.0, 0.0, 1.0))
    found = ultimatum(one, TERMS._replace(purchase_worth=0.5), 1.0, one.belief)
    assert found.upper.extracted == 0
