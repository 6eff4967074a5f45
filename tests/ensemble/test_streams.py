"""Named random streams."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.ensemble import draws
from foedus.ensemble.streams import uniforms
from foedus.model.parameters import Entry, register
from foedus.scenario import load


@given(st.integers(0, 2**31), st.text(max_size=20), st.integers(0, 500), st.integers(1, 60), st.integers(1, 9))
def test_a_part_is_a_slice_of_the_whole(seed, name, first, count, width):
    whole = uniforms(seed, name, 0, first + count, width)
    assert np.array_equal(uniforms(seed, name, first, count, width), whole[first:])


@given(st.integers(0, 2**31), st.text(max_size=20), st.integers(1, 200))
def test_numbers_lie_strictly_between_zero_and_one(seed, name, count):
    values = uniforms(seed, name, 0, count)
    assert values.shape == (count, 1)
    assert ((values > 0) & (values < 1)).all()


def test_seeds_and_names_make_other_numbers():
    one = uniforms(1, "crisis.stake", 0, 100)
    assert not np.array_equal(one, uniforms(2, "crisis.stake", 0, 100))
    assert not np.array_equal(one, uniforms(1, "crisis.stakes", 0, 100))
    # seed and name are kept apart: 1 with "1x" is not 11 with "x"
    assert not np.array_equal(uniforms(1, "1x", 0, 100), uniforms(11, "x", 0, 100))


def test_streams_are_uniform_and_unrelated():
    names = list(register())[:20]
    table = np.concatenate([uniforms(7, name, 0, 4000) for name in names], axis=1)
    assert min(stats.kstest(column, "uniform").pvalue for column in table.T) > 1e-4
    apart = np.corrcoef(table.T) - np.eye(len(names))
    assert np.abs(apart).max() < 0.08


def test_an_unused_entry_or_stream_changes_nothing():
    scenario = load("baseline", start="2025-05", horizon="8q")[0]
    plan = draws.make_plan(scenario, register(), seed=3)
    extra = Entry("unused.entry", "unused", "m", "u", "normal", 0.0, 1.0, None, None, "s", "2025", "assumed")
    wider = draws.make_plan(scenario, {"unused.entry": extra, **register()}, seed=3, inputs=plan.inputs)
    before, after = (draws.sample_parameters(p.register, p.seed, 10, 30) for p in (plan, wider))
    assert set(after) - set(before) == {"unused.entry"}
    assert all(np.array_equal(before[name], after[name]) for name in before)
    for one, other in zip(draws.priors(plan, before, 10), draws.priors(wider, after, 10), strict=True):
        assert np.array_equal(one, other)


def test_scenarios_share_their_luck():
    one, other = (
        draws.make_plan(load(name, start="2025-05", horizon="8q")[0], register(), seed=3)
        for name in ("baseline", "dormant-nato")
    )
    for a, b in zip(draws.luck(one, 0, 20, True), draws.luck(other, 0, 20, True), strict=True):
        assert np.array_equal(a, b)
    carried, played = (draws.luck(one, 0, 20, mode)._asdict() for mode in (False, True))
    for name in carried:
        news = name in ("news", "unrest", "own_news", "posting")
        assert np.array_equal(carried[name], played[name]) if news else not np.any(carried[name])


def test_the_sampled_type_follows_the_beliefs():
    scenario = load("baseline", start="2025-05", horizon="8q")[0]
    plan = draws.make_plan(scenario, register(), seed=3)
    values = draws.sample_parameters(plan.register, plan.seed, 0, 4000)
    priors = draws.priors(plan, values, 0)
    truth = np.asarray(priors.truth)
    assert np.array_equal(truth.sum(axis=2), np.ones(truth.shape[:2]))
    assert np.allclose(truth[:, 0].mean(axis=0), np.asarray(priors.present)[:, 0].mean(axis=0), atol=0.03)
    assert np.allclose(np.asarray(priors.present).sum(axis=2), 1, atol=1e-6)
