"""The patron's postings by host: what may move them, and what orders do on top."""

import datetime as dt

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.calibrate.posting_record import Changes, changes, fit, known_by, largest_rise, scale
from foedus.calibrate.vantages import register_rows
from foedus.ensemble.draws import make_plan
from foedus.ensemble.news import posting_news
from foedus.errors import InputError
from foedus.model import posture
from foedus.model.parameters import constant, register
from foedus.model.tails import student
from foedus.scenario import load

from .changed_run import run
from .space import EXAMPLES, batch, numbers, spaces

STILL = dict.fromkeys(("posture.all", "posture.few"), 0.0)


@pytest.mark.parametrize("tail", [2.0, 5.0])
def test_postings_are_student_t(tail):
    pairs = posting_news(5, 0, 4000, 9, ("EST", "POL"))[:, [0, 1, 5]]
    assert stats.kstest(np.asarray(student(tail, pairs), float).ravel(), stats.t(tail).cdf).pvalue > 0.01


def test_a_host_draws_once_for_the_first_quarter_and_once_a_year_after():
    pairs = posting_news(1, 0, 10, 10, ("EST", "POL"))
    same = [bool((pairs[:, k] == pairs[:, k - 1]).all()) for k in range(1, 10)]
    assert same == [False, True, True, True, False, True, True, True, False]
    assert np.array_equal(posting_news(1, 5, 5, 10, ("POL",)), pairs[5:, :, 1:])


@given(spaces)
@EXAMPLES
def test_more_persons_change_by_less(space):
    p = batch(space)
    few = numbers(space, 0.0, 5000.0, 64)
    assert bool(jnp.all(posture.scale(p, few + 100.0) <= posture.scale(p, few)))


def planned(name, **more):
    """Return two years of a scenario from 2026."""
    return make_plan(load(name, start="2026-01", horizon="9q", **more)[0], register(), 1)


@pytest.fixture(scope="module")
def baseline():
    return planned("baseline"), run(planned("baseline"))


def test_postings_leave_the_median_and_open_with_the_years(baseline):
    plan, loud = baseline
    still = run(plan, **STILL)
    here = np.asarray(plan.inputs.world.patron_forces) >= 1000
    ratio = np.log(loud.patron_forces / still.patron_forces)[:, :, here]
    assert np.abs(np.median(ratio, axis=0)).mean() < 0.02
    widths = [np.subtract(*np.quantile(ratio[:, k], (0.95, 0.05), axis=0)).mean() for k in (0, 4, 8)]
    assert 0.02 < widths[0] < widths[1] < widths[2] < 1.0
    assert (loud.patron_forces >= 0).all()


def test_a_year_brings_no_more_than_the_largest_rise(baseline):
    plan, loud = baseline
    drawn = run(plan, **STILL).patron_forces
    moved = np.diff(np.log(np.where(drawn > 0, loud.patron_forces / np.maximum(drawn, 1e-9), 1.0)), axis=1)
    assert np.abs(moved).max() <= constant("posture.limit") / 4 * (1 + 1e-4)


def test_a_forced_draw_down_does_what_it_says_on_top(baseline):
    """Germany's forces under an order of one third, against the same history without it."""
    plan, _ = baseline
    other = planned("germany-drawdown")
    host = plan.inputs.members.index("DEU")
    left = np.asarray(other.controls.forces_factor)[:, host] / np.asarray(plan.controls.forces_factor)[:, host]
    assert left[-1] < 0.7
    quiet = {"politics.draw_down_step": 0.0}
    before, after = (run(p, **quiet).patron_forces[:, :, host] for p in (plan, other))
    assert np.allclose(after / before, left, rtol=1e-5)
    assert np.std(before[:, -1]) > 0.02 * np.mean(before[:, -1])


def test_the_register_holds_what_the_record_supports():
    """Scales of today and of the day of the product's hindcast, as the fit gives them to three digits."""
    today, then = known_by(None), known_by(dt.date(2023, 12, 9))
    entries = register()
    for name, value, spread in zip(
        ("posture.all", "posture.few"), (today.all, today.few), today.spread, strict=True
    ):
        assert entries[name].a == pytest.approx(value, rel=0.006)
        assert entries[name].b == pytest.approx(spread, rel=0.006)
    rows = {row["name"]: float(row["a"]) for row in register_rows(dt.date(2023, 12, 9))}
    assert rows["posture.all"] == pytest.approx(then.all, rel=0.006)
    assert rows["posture.few"] == pytest.approx(then.few, rel=0.006)
    assert then.years[1] <= 2022 < today.years[1]
    assert constant("posture.limit") == pytest.approx(largest_rise(None), abs=0.001)


def test_the_fit_finds_the_scales_it_was_drawn_with():
    rng = np.random.default_rng(3)
    persons = np.exp(rng.uniform(np.log(100), np.log(40000), 3000))
    moved = scale(0.05, 0.8, persons) * rng.standard_t(constant("posture.tail"), 3000)
    found = fit(Changes((2000, 2020), moved, persons))
    assert abs(np.log(found.all / 0.05)) < 4 * found.spread[0]
    assert abs(np.log(found.few / 0.8)) < 4 * found.spread[1]
    assert max(found.spread) < 0.15


def test_what_all_hosts_share_in_a_year_is_left_to_orders():
    level = np.outer([1.0, 0.5, 0.4], np.full(6, 1000.0))
    assert np.allclose(changes(level, (2001, 2002, 2003)).change, 0.0)


@given(st.integers(0, 3))
@EXAMPLES
def test_too_short_a_record_is_refused(years):
    level = np.full((years + 1, 5), 1000.0)
    with pytest.raises(InputError, match=r"on record|enough hosts"):
        fit(changes(level, tuple(range(years + 1))))
