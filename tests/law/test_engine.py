"""The engine's invariants over all facts, days and branch probabilities."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from foedus import law
from foedus.errors import InputError
from foedus.law import clocks, engine, leaving, register, sampling
from foedus.law.procedure import procedures
from foedus.law.timeline import distribution

TERNARY = st.sampled_from([None, True, False])
DAYS = st.dates(dt.date(1949, 8, 24), dt.date(2040, 12, 31))
LEAVE = {
    "congress": st.sampled_from([None, "none", "two-thirds", "act"]),
    "ignore_statute": TERNARY,
    "suit": TERNARY,
    **dict.fromkeys(leaving.SUIT_FACTS, TERNARY),
}
PROBABILITIES = st.dictionaries(
    st.sampled_from(
        [n for n, b in register.branches().items() if b.kind == "probability" and n.startswith("leave")]
    ),
    st.floats(0, 1),
    max_size=6,
)


def total(machine):
    return sum(path.probability for path in engine.paths(machine))


@given(st.sampled_from(["USA", "GBR", "ITA"]), DAYS, st.fixed_dictionaries(LEAVE), PROBABILITIES)
@settings(max_examples=150, deadline=None)
def test_probabilities_sum_to_one_and_dates_never_run_back(member, notice, facts, overrides):
    machine = leaving.bind(member, notice, overrides=overrides, **facts)
    assert total(machine) == pytest.approx(1.0, abs=1e-12)
    for path in engine.paths(machine):
        assert 0.0 < path.probability <= 1.0
        assert path.date >= notice
        dates = [date for name, date in path.trail if name not in ("effect", "stopped")]
        assert dates == sorted(dates)


@given(st.fixed_dictionaries(LEAVE), st.lists(DAYS, min_size=2, max_size=2), PROBABILITIES)
@settings(max_examples=150, deadline=None)
def test_a_later_notice_never_leads_to_an_earlier_effect(facts, days, overrides):
    first, second = sorted(days)
    early, late = (
        distribution(leaving.bind("USA", day, overrides=overrides, **facts)) for day in (first, second)
    )
    statute_between = first < dt.date(2023, 12, 22) <= second
    for day in sorted({*early, *late}):
        gained = sum(p for date, p in late.items() if date <= day)
        had = sum(p for date, p in early.items() if date <= day)
        if not statute_between:
            assert gained <= had + 1e-12
    if early and late:
        assert min(late) >= min(early)


@given(st.fixed_dictionaries(LEAVE), DAYS, st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_sampling_finds_the_dates_of_the_enumeration_and_no_others(facts, notice, seed):
    machine = leaving.bind("USA", notice, **facts)
    days = sampling.sample(machine, 400, seed).effect_days()
    sampled = {clocks.from_days(day) for day in days[days != sampling.NEVER]}
    assert sampled <= set(distribution(machine))


@pytest.mark.parametrize("notice", ["2025-03-01", "2019-06-01", "2024-02-29"])
def test_sampling_equals_the_enumeration_in_distribution(notice):
    n = 200_000
    dates, probabilities = law.effect_distribution("USA", notice)
    waited = law.sample_withdrawals(n, 7, notice=notice)
    start = dt.date.fromisoformat(notice)
    counts = [np.sum(waited == (date - start).days) for date in dates]
    expected = [n * p for p in probabilities]
    never = np.isinf(waited).sum()
    if never:
        counts.append(never)
        expected.append(n - sum(expected))
    assert sum(counts) == n
    assert stats.chisquare(counts, np.array(expected) * n / sum(expected)).pvalue > 1e-4


def test_the_same_seed_gives_the_same_days_and_a_generator_is_taken():
    first, second = (law.sample_withdrawals(1000, 3, notice="2025-03-01") for _ in range(2))
    assert np.array_equal(first, second)
    drawn = law.sample_withdrawals(1000, np.random.default_rng(3), notice="2025-03-01")
    assert drawn.shape == (1000,)
    assert not np.array_equal(first, law.sample_withdrawals(1000, 4, notice="2025-03-01"))


def test_two_scenarios_share_their_luck():
    ignored = law.sample_withdrawals(5000, 3, notice="2025-03-01", ignore_statute=True)
    open_choice = law.sample_withdrawals(5000, 3, notice="2025-03-01")
    same = law.sample_withdrawals(5000, 3, notice="2025-03-01", overrides={"leave.act": 1.0})
    went_ahead = np.isfinite(open_choice)
    assert np.array_equal(
        ignored[went_ahead & (open_choice < 545)], open_choice[went_ahead & (open_choice < 545)]
    )
    assert np.array_equal(same[open_choice == 365], open_choice[open_choice == 365])


def test_no_days_for_no_procedures_and_an_error_for_fewer():
    assert law.sample_withdrawals(0, 1, notice="2025-03-01").shape == (0,)
    with pytest.raises(InputError, match="cannot be negative"):
        law.sample_withdrawals(-1, 1, notice="2025-03-01")


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"leave.suit": 1.5}, r"lie in \[0, 1\]"),
        ({"leave.suite": 0.5}, "no branch"),
        ({"leave.suit_days": 0.5}, ""),
    ],
)
def test_overrides_are_checked(overrides, words):
    if not words:
        assert law.leave("USA", "2025-03-01", overrides=overrides)
        return
    with pytest.raises(InputError, match=words):
        law.leave("USA", "2025-03-01", overrides=overrides)


@given(DAYS, st.integers(0, 40), st.sampled_from(clocks.CALENDAR_UNITS))
def test_clocks_run_the_same_one_at_a_time_and_many_at_once(day, amount, unit):
    many = clocks.add_many(np.array([clocks.to_days(day), 0], dtype=np.int32), amount, unit)
    assert clocks.from_days(many[0]) == clocks.add(day, amount, unit)


@given(st.lists(DAYS, min_size=2, max_size=2), st.integers(0, 40), st.sampled_from(clocks.CALENDAR_UNITS))
def test_clocks_keep_the_order_of_days(days, amount, unit):
    first, second = sorted(days)
    assert clocks.add(first, amount, unit) <= clocks.add(second, amount, unit)


def test_every_procedure_is_free_of_circles_and_ends():
    for entry in procedures().values():
        position = {name: i for i, name in enumerate(entry.order)}
        for name, state in entry.states.items():
            assert all(position[arc.go] > position[name] for arc in state.arcs)
            assert state.arcs or state.end


def test_facts_that_fix_every_branch_give_one_exact_path():
    line = law.leave("USA", "2025-03-01", "act", False, False)
    assert line.exact
    assert line.outcomes == {"effect": 1.0}
    assert (line.effective.earliest - dt.date(2025, 3, 1)).days == 545
