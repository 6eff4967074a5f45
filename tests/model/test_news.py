"""Yearly news of spending: what it may and may not do to a share, and to a whole run."""

import datetime as dt

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.ensemble.draws import make_plan
from foedus.ensemble.engine import Engine
from foedus.ensemble.news import spending_news
from foedus.model import burden
from foedus.model.parameters import register
from foedus.model.run import opening_state
from foedus.model.state import Luck, Priors
from foedus.scenario import load
from foedus.scenario.attacks import alarm, attack_days, raised
from foedus.scenario.world import build_world

from .changed_run import run
from .space import EXAMPLES, batch, middle, numbers, over_draws, spaces, world

N = 31
QUIET = ("burden.news_common", "burden.news_own", "burden.attack")


def opening():
    """Return the state at the start of a run at the register's medians."""
    uniform = jnp.full((2, 3), 1 / 3)
    return opening_state(middle(), world(), Priors(uniform, uniform[0], jnp.eye(3)[:1]))


def heard(p, state, budget, alarm, floor, common, own):
    control = _Control(jnp.asarray(budget), jnp.asarray(alarm), jnp.asarray(floor))
    none = jnp.zeros(())
    return burden.hear(p, state, control, Luck(none, none, none, none, none, common, common, own, own))


class _Control:
    """The fields of the controls that news reads."""

    def __init__(self, budget, alarm, spending_floor):
        self.budget, self.alarm, self.spending_floor = budget, alarm, spending_floor


_heard = over_draws(heard, None, None, None, None, None, None)


def pairs(space):
    """Return numbers as the stream makes them, (N, 2)."""
    u = np.random.default_rng(space[0]).uniform(1e-9, 1, (N, 2))
    return jnp.asarray(np.stack([-np.log(u[:, 0]), np.cos(2 * np.pi * u[:, 1])], axis=1), jnp.float32)


@given(spaces, st.sampled_from([0.0, 1.0]), st.floats(-4, 4))
@EXAMPLES
def test_a_share_stays_above_zero_and_within_the_largest_change(space, alarmed, common):
    p, state = batch(space), opening()
    after = _heard(p, state, 1.0, alarmed, jnp.zeros(N), jnp.float32(common), pairs(space))
    moved = jnp.log(after.share / state.share)
    assert bool(jnp.all(after.share > 0))
    assert bool(jnp.all(jnp.isfinite(after.news)))
    assert bool(jnp.all(jnp.abs(moved) <= p["burden.news_limit"][:, None] * (1 + 1e-5)))


@given(spaces, st.floats(-4, 4))
@EXAMPLES
def test_news_comes_with_budgets_only(space, common):
    p, state = batch(space), opening()
    after = _heard(p, state, 0.0, 1.0, jnp.zeros(N), jnp.float32(common), pairs(space))
    assert bool(jnp.all(after.share == state.share))
    assert bool(jnp.all(after.news == state.news))


@given(spaces)
@EXAMPLES
def test_without_spread_only_what_goes_on_from_the_record_is_left(space):
    p, state = batch(space), opening()
    p |= {name: jnp.zeros_like(p[name]) for name in QUIET}
    after = _heard(p, state, 1.0, 0.0, jnp.zeros(N), jnp.float32(2.0), pairs(space))
    carried = p["burden.news_persistence"] * state.news
    assert np.allclose(after.share, state.share * jnp.exp(carried)[:, None], rtol=1e-5)
    still = _heard(
        p, state._replace(news=jnp.zeros(())), 1.0, 0.0, jnp.zeros(N), jnp.float32(2.0), pairs(space)
    )
    assert np.allclose(still.share, jnp.broadcast_to(state.share, still.share.shape), rtol=1e-6)


@given(spaces, st.floats(-4, 4))
@EXAMPLES
def test_the_same_news_moves_any_level_alike(space, common):
    """Scenarios share their luck, so that what they do to spending shows in the ratio of their shares, news or not."""
    p, state = batch(space), opening()
    other = state._replace(share=state.share * numbers(space, 0.5, 2.0, N))
    one, two = (_heard(p, s, 1.0, 0.0, jnp.zeros(N), jnp.float32(common), pairs(space)) for s in (state, other))
    assert np.allclose(one.share / state.share, two.share / other.share, rtol=1e-5)


@given(spaces, st.floats(-4, 0), st.floats(0.5, 1.5))
@EXAMPLES
def test_bad_news_takes_nobody_below_what_is_ordered(space, common, height):
    p, state = batch(space), opening()
    floor = state.share * height
    after = _heard(p, state, 1.0, 0.0, floor, jnp.float32(common), pairs(space))
    assert bool(jnp.all(after.share >= jnp.minimum(state.share, floor) * (1 - 1e-6)))


@pytest.mark.parametrize("tail", [2.1, 3.0, 30.0])
def test_own_news_is_student_t(tail):
    """Bailey's method against the quantiles of scipy's distribution."""
    _, _, own = spending_news(5, 0, 4000, (True,) * 4, ("EST", "POL"))
    entries = {"burden.news_own": 0.05, "burden.news_tail": tail}
    drawn = burden.own_news(entries, jnp.log(2.0), jnp.asarray(own))
    assert stats.kstest(np.asarray(drawn, float).ravel() / 0.1, stats.t(tail).cdf).pvalue > 0.01


@given(st.floats(0.01, 0.3), st.floats(2.1, 30.0), st.floats(0.02, 0.2))
@EXAMPLES
def test_a_run_starts_with_the_scatter_of_the_newest_year(distance, tail, own):
    """Half of the Student t so scaled lies within the median distance of the record."""
    p = {"burden.attack": 0.1, "burden.news_tail": jnp.float32(tail), "burden.news_own": jnp.float32(own)}
    common, unrest = burden.opening_news(p, 0.12, 1.0, jnp.float32(distance))
    assert abs(float(common) - 0.02) < 1e-6
    assert abs(stats.t(tail, scale=own * np.exp(float(unrest))).ppf(0.75) - distance) < 0.01 * distance


@pytest.fixture(scope="module")
def plan():
    """Two years of the baseline from 2026."""
    return make_plan(load("baseline", start="2026-01", horizon="8q")[0], register(), 1)


def test_a_run_without_news_is_the_path_of_the_equation(plan):
    """No spread and no persistence: every draw's share moves by the adjustment of the quarter alone, within its limit."""
    still = run(plan, **dict.fromkeys(QUIET, 0.0), **{"burden.news_persistence": 0.0})
    limit = 0.01 / 4 * np.asarray(Engine().arguments(plan, 0)[0]["burden.fiscal_limit"]).max()
    assert np.abs(np.diff(still.share, axis=1)).max() <= limit * 1.001
    assert np.allclose(still.share[:, 0], np.asarray(plan.inputs.world.spending_share), rtol=1e-5)


def test_fresh_news_moves_single_draws_and_not_the_median(plan):
    """What is carried on from the record aside, the median of a share stays; its spread opens with the years."""
    calm = {"burden.news_persistence": 0.0}
    still, loud = (
        run(plan, **calm, **dict.fromkeys(QUIET, 0.0)),
        run(plan, **calm, **{"burden.attack": 0.0}),
    )
    ratio = np.log(loud.share / still.share)
    assert np.abs(np.median(ratio, axis=0)).mean() < 0.02
    first, second = (np.subtract(*np.quantile(ratio[:, k], (0.95, 0.05), axis=0)).mean() for k in (0, 4))
    assert 0.15 < first < second < 2 * first


def test_the_gap_and_the_ledger_feel_the_news(plan):
    """Money missing to the guideline is that of the share recorded, and more spending buys more of the ledger."""
    loud = run(plan)
    guideline = np.asarray(plan.controls.guideline)[None, :, None]
    gdp = loud.gap / np.maximum(guideline - loud.share, 1e-9)
    below = guideline - loud.share > 1e-4
    spread = np.where(below, gdp, np.nan)[:, 0]
    assert np.nanmax(np.nanstd(spread, axis=0) / np.nanmean(spread, axis=0)) < 1e-3  # GDP knows no news
    weight = np.asarray(plan.inputs.world.gdp) * np.asarray(plan.inputs.world.european)
    spent = (loud.share[:, 0] * weight).sum(axis=1)
    calm = run(plan, **dict.fromkeys(QUIET, 0.0), **{"burden.news_persistence": 0.0})
    before = (calm.share[:, 0] * weight).sum(axis=1)
    more = np.log(loud.replacement_budget[:, 0] / calm.replacement_budget[:, 0])
    assert np.corrcoef(np.log(spent / before), more)[0, 1] > 0.95


def test_scenarios_hear_the_same_news():
    first, second = (
        make_plan(load(name, start="2026-01", horizon="8q")[0], register(), 3)
        for name in ("baseline", "dormant-nato")
    )
    one, two = (Engine().arguments(p, 50)[4] for p in (first, second))
    assert np.array_equal(one.news, two.news)
    assert np.array_equal(one.own_news, two.own_news)


def test_news_of_a_member_depends_on_nothing_but_its_code_and_draw():
    budget = (False, True, False, False, False, True)
    common, unrest, own = spending_news(1, 0, 60, budget, ("EST", "LVA", "POL"))
    part, _, own_part = spending_news(1, 50, 10, budget, ("POL", "EST"))
    assert np.array_equal(common[50:], part)
    assert np.array_equal(own[50:, :, [2, 0]], own_part)
    assert np.array_equal(common[:, 1], common[:, 4])
    assert abs(np.corrcoef(common[:, 1], unrest[:, 1])[0, 1]) < 0.3
    assert not np.array_equal(common[:, 4], common[:, 5])


@pytest.mark.parametrize(
    ("start", "budgets"),
    [("2026-01", [1, 0, 0, 0, 1, 0]), ("2026-04", [1, 0, 0, 1, 0, 0]), ("2020-07", [0, 0, 1, 0, 0, 0])],
)
def test_budgets_come_each_year_and_at_once_where_the_record_ends_earlier(start, budgets):
    plan = make_plan(load("baseline", start=start, horizon="6q")[0], register(), 1)
    assert np.asarray(plan.controls.budget).tolist() == budgets


def test_an_attack_raises_the_three_budgets_after_its_year():
    assert dt.date(2022, 2, 24) in attack_days()
    known = dt.date(2026, 1, 1)
    assert alarm((2022, 2023, 2024, 2025, 2026), known).tolist() == [0, 1, 1, 1, 0]
    assert alarm((2023,), dt.date(2022, 2, 23)).tolist() == [0]
    assert raised((2015,), dt.date(1950, 1, 1)).shape == (0, 1)


def test_common_growth_is_the_record_of_the_newest_year():
    """Most allies raised their share in 2025, and that year's budgets stood under the attack of 2022."""
    now, before = (build_world(dt.date(year, 1, 1)) for year in (2026, 2022))
    assert 0.05 < float(now.world.spending_news) < 0.25
    assert (now.spending_year, before.spending_year) == (2025, 2021)
    assert float(now.world.spending_alarm) == 1.0
    assert float(before.world.spending_alarm) == 0.0
