"""Burden sharing: textbook special cases, and the model's own uniqueness condition."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.model import burden
from foedus.model.burden_theory import best_reply, contraction_bound, model_contraction_bound, nash, samuelson

incomes = st.lists(st.floats(1, 100), min_size=2, max_size=6).map(np.array)


def test_olson_zeckhauser_the_small_exploit_the_great():
    """With equal tastes and a pure public good, burdens as shares of income rise with income, and the smallest ride free."""
    income = np.array([100.0, 40.0, 20.0, 5.0])
    found = nash(income, np.full(4, 0.3), 1.0)
    burden_share = found.defence / income
    assert (np.diff(burden_share) <= 1e-12).all()
    assert burden_share[0] > burden_share[1]
    assert found.defence[-1] == 0
    assert found.defence.sum() < samuelson(income, np.full(4, 0.3))


def test_two_equal_allies_have_the_closed_form():
    """g = a y / (2 - a) each for a pure public good."""
    found = nash(np.array([10.0, 10.0]), np.array([0.4, 0.4]), 1.0)
    assert found.defence == pytest.approx([4 / 1.6] * 2)


def test_neutrality_a_transfer_between_contributors_changes_no_total():
    """Warr 1983: redistribution that leaves the set of contributors changes neither the total nor anyone's consumption."""
    taste = np.full(3, 0.5)
    before = nash(np.array([10.0, 11.0, 12.0]), taste, 1.0)
    after = nash(np.array([10.5, 11.0, 11.5]), taste, 1.0)
    assert (before.defence > 0).all()
    assert (after.defence > 0).all()
    assert after.defence.sum() == pytest.approx(before.defence.sum(), rel=1e-12)
    assert after.defence - before.defence == pytest.approx([0.5, 0, -0.5], abs=1e-9)


def test_neutrality_fails_with_a_joint_product():
    """Sandler and Hartley: private benefits break neutrality of the distribution of protection."""
    taste = np.array([0.5, 0.3, 0.5])
    before = nash(np.array([10.0, 11.0, 12.0]), taste, 0.5)
    after = nash(np.array([11.0, 10.0, 12.0]), taste, 0.5)
    assert abs(after.defence.sum() - before.defence.sum()) > 1e-3


def test_a_private_good_is_bought_as_if_alone():
    income, taste = np.array([10.0, 3.0]), np.array([0.2, 0.4])
    assert nash(income, taste, 0.0).defence == pytest.approx(taste * income)


@settings(max_examples=25, deadline=None)
@given(incomes, st.floats(0.05, 0.9), st.floats(0, 1))
def test_equilibrium_is_a_best_reply_and_more_publicness_means_more_riding(income, taste, publicness):
    tastes = np.full(len(income), taste)
    found = nash(income, tastes, publicness)
    assert found.residual < 1e-9
    assert found.unique
    assert found.defence.sum() <= nash(income, tastes, 0.5 * publicness).defence.sum() + 1e-9


@settings(max_examples=20, deadline=None)
@given(incomes, st.floats(0.3, 0.95), st.floats(0, 0.4), st.randoms())
def test_below_the_bound_any_start_leads_to_the_same_equilibrium(income, taste, publicness, random):
    tastes = np.full(len(income), taste)
    if contraction_bound(tastes, publicness) >= 0.95:
        return
    defence = income * np.array([random.random() for _ in income])
    for _ in range(800):
        defence = best_reply(income, tastes, publicness, defence)
    assert defence == pytest.approx(nash(income, tastes, publicness).defence, abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(st.floats(0.02, 0.6), st.floats(0.3, 3), st.floats(0.3, 3))
def test_the_models_map_contracts_as_fast_as_its_bound_says(elasticity, first, second):
    """Two starts of one call come together by at least bound ** iterations, in logs."""
    p = {"burden.income_elasticity": 0.1, "burden.threat_elasticity": 0.3, "burden.momentum": 0.2,
         "burden.adjustment_rate": 0.3, "burden.spillin_elasticity": elasticity, "burden.pledge_effect": 0.5}  # fmt: skip
    p = {k: jnp.asarray(v) for k, v in p.items()}
    share, gdp = jnp.array([0.02, 0.03, 0.015]), jnp.array([500.0, 200.0, 900.0])
    joins = 0.5 * (jnp.ones((3, 3)) - jnp.eye(3))
    trust, patron = jnp.full(3, 0.5), jnp.asarray(700.0)
    start = burden.Reference(
        share, gdp, burden.spillin(share, gdp, joins, trust, patron), jnp.asarray(0.8), jnp.zeros(3)
    )

    def solve(factor):
        return burden.desired(
            p,
            start,
            gdp,
            jnp.asarray(0.9),
            jnp.ones(3),
            jnp.asarray(0.035),
            joins,
            trust,
            patron,
            share * factor,
        )

    apart = float(jnp.abs(jnp.log(solve(first) / solve(second))).max())
    bound = model_contraction_bound(elasticity, 0.5) ** burden.ITERATIONS
    assert apart <= bound * abs(np.log(first / second)) + 1e-5
