"""Tipping of trust: known cases, certificates and invariants."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from foedus.model import trust
from foedus.model.trust_tipping import Defence, critical_mutual, equilibria, folds, joining, slope, withdraw


def alike(level, mutual, patron=1.0, count=3):
    return Defence(np.full(count, level), np.full(count, 1 / count), patron, mutual)


defences = st.builds(
    lambda levels, raw, patron, mutual: Defence(
        np.array(levels), np.array(raw[: len(levels)]) / sum(raw[: len(levels)]), patron, mutual
    ),
    st.lists(st.floats(-6, 4), min_size=2, max_size=8),
    st.lists(st.floats(0.05, 1), min_size=8, max_size=8),
    st.floats(0.3, 4),
    st.floats(0.1, 16),
)


def test_alike_joiners_recover_the_symmetric_pitchfork():
    """With e = -m / 2 the map is symmetric about one half: one root up to m = 4, three beyond (mean-field result)."""
    assert [e.joining for e in equilibria(alike(-1.9, 3.8), 0.0)] == pytest.approx([0.5])
    found = equilibria(alike(-4.0, 8.0), 0.0)
    assert [e.stable for e in found] == [True, False, True]
    assert found[1].joining == pytest.approx(0.5)
    assert found[0].joining + found[2].joining == pytest.approx(1.0)
    assert found[0].joining == pytest.approx(special.expit(-4 + 8 * found[0].joining), abs=1e-12)


def test_folds_of_alike_joiners_have_a_closed_form():
    """Q (1 - Q) = 1 / m at a fold, and e + c + m Q = logit Q."""
    mutual, level = 6.0, -5.0
    share = 0.5 * (1 - np.sqrt(1 - 4 / mutual))
    low, high = folds(alike(level, mutual))
    assert low.kind == "restores"
    assert high.kind == "unravels"
    assert low.joining == pytest.approx(share)
    assert high.joining == pytest.approx(1 - share)
    assert high.credibility == pytest.approx(special.logit(1 - share) - level - mutual * (1 - share))


def test_at_the_critical_mutual_effect_of_alike_joiners_folds_begin():
    assert critical_mutual(alike(-2.0, 1.0)) == pytest.approx(4.0, rel=1e-6)
    assert folds(alike(-2.0, 3.999)) == []
    assert len(folds(alike(-2.0, 4.1))) == 2


def test_crossing_a_fold_changes_the_number_of_equilibria_by_two():
    defence = alike(-5.0, 6.0)
    for fold in folds(defence):
        beside = [len(equilibria(defence, fold.credibility + step)) for step in (-1e-4, 1e-4)]
        assert sorted(beside) == [1, 3]


def test_two_camps_have_five_equilibria():
    """Thresholds in two groups tip one after the other: the finder must not stop at three."""
    defence = Defence(np.array([-6.0, -6.0, -18.0, -18.0]), np.full(4, 0.25), 1.0, 24.0)
    found = equilibria(defence, 0.0)
    assert [e.stable for e in found] == [True, False, True, False, True]


@settings(max_examples=25, deadline=None)
@given(defences, st.floats(0, 1))
def test_every_root_is_a_fixed_point_and_none_is_missed(defence, credibility):
    found = equilibria(defence, credibility)
    for one in found:
        u = defence.patron * credibility + defence.mutual * one.joining
        assert float(joining(defence, u)) == pytest.approx(one.joining, abs=1e-8)
    grid = np.linspace(0, 1, 4001)
    excess = joining(defence, defence.patron * credibility + defence.mutual * grid) - grid
    assert len(found) >= np.count_nonzero(np.diff(np.sign(excess)) != 0)
    regular = [one for one in found if not one.tangent]
    if len(regular) == len(found):
        assert len(found) % 2 == 1
        assert [one.stable for one in found] == [k % 2 == 0 for k in range(len(found))]


@settings(max_examples=20, deadline=None)
@given(defences, st.floats(0, 0.9), st.floats(0.01, 0.1))
def test_more_credibility_never_lowers_either_end(defence, credibility, more):
    before, after = equilibria(defence, credibility), equilibria(defence, credibility + more)
    assert after[0].joining >= before[0].joining - 1e-9
    assert after[-1].joining >= before[-1].joining - 1e-9


@settings(max_examples=20, deadline=None)
@given(defences, st.floats(0, 1), st.integers(0, 1))
def test_a_withdrawal_costs_at_least_what_it_takes_itself(defence, credibility, who):
    start = equilibria(defence, credibility)[-1].joining
    cascade = withdraw(defence, credibility, start, who)
    assert cascade.after <= start - cascade.direct + 1e-8
    assert cascade.round_lost[who] == 1


@settings(max_examples=30, deadline=None)
@given(defences)
def test_folds_are_where_the_map_is_as_steep_as_the_diagonal(defence):
    for fold in folds(defence):
        u = defence.patron * fold.credibility + defence.mutual * fold.joining
        assert defence.mutual * float(slope(defence, u)) == pytest.approx(1.0, abs=1e-6)
    if defence.mutual < critical_mutual(defence) * (1 - 1e-6):
        assert folds(defence) == []


def test_the_step_agrees_with_the_certified_ends():
    """The model's own solver, in float32, finds the same two ends."""
    count, mutual = 5, 6.0
    level = np.array([-3.2, -3.0, -2.9, -3.1, -2.8])
    able = np.array([1.0, 0.5, 0.4, 0.8, 0.3])
    p = {"trust.base": 0.0, "trust.proximity": 1.0, "trust.capability": 0.0, "trust.patron": 1.5, "trust.mutual": mutual,
         "trust.veto": 0.0, "trust.coalition_discount": 1.0}  # fmt: skip
    fixed = {k: jnp.asarray(v, jnp.float32) for k, v in p.items()}
    near = np.tile(level[:, None], (1, count)).astype(np.float32)
    seen = np.full(count, 0.1, np.float32)
    start = np.stack([np.zeros(count), np.ones(count), np.ones(count)]).astype(np.float32)
    tied = trust.ties(fixed, jnp.asarray(near), jnp.asarray(able, jnp.float32))
    found = trust.solve(fixed, tied, jnp.asarray(seen), jnp.asarray(start))
    for member in range(count):
        others = np.arange(count) != member
        weight = able[others] / able[others].sum()
        ends = equilibria(Defence(level[others], weight, 1.5, mutual), 0.1)
        assert float(found.lower[member]) == pytest.approx(ends[0].joining, abs=2e-3)
        assert float(found.upper[member]) == pytest.approx(ends[-1].joining, abs=2e-3)
