"""Channels: Shapley values of known games, and parts that add up to the run's own difference."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.insight.channels import CHANNELS, OUTCOMES, pairs_of, shapley, split
from foedus.model.danger import Facing, Guarantee

PLAYERS = ("a", "b", "c")


def coalitions(players):
    return [frozenset(m) for size in range(len(players) + 1) for m in combinations(players, size)]


def game(worth):
    return {mix: np.array([float(worth(mix))]) for mix in coalitions(PLAYERS)}


def test_the_glove_game():
    """One left glove (a), two right ones (b, c): 2/3, 1/6, 1/6 (Shapley's textbook case)."""
    found = shapley(game(lambda mix: "a" in mix and len(mix) > 1), PLAYERS)
    assert [float(found[p][0]) for p in PLAYERS] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


@given(st.lists(st.floats(-1, 1), min_size=8, max_size=8))
@settings(max_examples=50, deadline=None)
def test_parts_add_up_and_a_dummy_has_none(worths):
    values = {mix: np.array([worth]) for mix, worth in zip(coalitions(PLAYERS), worths, strict=True)}
    found = shapley(values, PLAYERS)
    whole = values[frozenset(PLAYERS)] - values[frozenset()]
    assert sum(found.values()) == pytest.approx(whole, abs=1e-12)
    with_dummy = {mix: values[mix - {"d"}] for mix in coalitions((*PLAYERS, "d"))}  # d changes nothing
    again = shapley(with_dummy, (*PLAYERS, "d"))
    assert abs(again["d"][0]) < 1e-12
    assert all(abs(again[p][0] - found[p][0]) < 1e-12 for p in PLAYERS)


@pytest.fixture(scope="module")
def parts(small_run):
    return split(small_run, pairs_of(small_run))[0]


def test_the_whole_is_the_difference_of_the_run(small_run, parts):
    """Everything that moves a scenario's danger belongs to a channel: with all switched, the run itself comes back."""
    data = small_run.dataset
    front = data["frontline"].values.astype(bool)
    for name in OUTCOMES:
        ends = data[name].values[:, : parts["draws"], -1][:, :, front].mean(axis=2, dtype=np.float64)
        names = [str(n) for n in data["scenario"].values]
        differences = ends[names.index(parts["scenario"])] - ends[names.index(parts["baseline"])]
        found = parts["outcomes"][name]
        assert found["total"]["mean"] == pytest.approx(differences.mean(), abs=2e-5)
        assert sum(row["mean"] for row in found["channels"]) == pytest.approx(found["total"]["mean"], abs=1e-9)


def test_suspending_the_treaty_works_through_the_treaty_and_the_promise(parts):
    """dormant-nato suspends participation by order: the channels that this acts on come first."""
    rows = {row["channel"]: row for row in parts["outcomes"][OUTCOMES[0]]["channels"]}
    assert set(rows) == set(CHANNELS)
    assert rows["treaty"]["moved"]
    assert rows["treaty"]["mean"] > 0
    assert max(rows.values(), key=lambda row: row["mean"])["channel"] in ("treaty", "promise", "enablers")


def test_every_field_of_what_is_faced_belongs_to_one_channel():
    """Mixing with every channel from the one leaves nothing of the other."""
    from foedus.insight.channels import mixed

    ones = Facing(Guarantee(*[np.ones(1)] * len(Guarantee._fields)), *[np.ones(1)] * (len(Facing._fields) - 1))
    zeros = Facing(
        Guarantee(*[np.zeros(1)] * len(Guarantee._fields)), *[np.zeros(1)] * (len(Facing._fields) - 1)
    )
    counted = 0
    for channel in CHANNELS:
        taken = mixed(ones, zeros, dict.fromkeys(CHANNELS, 0) | {channel: 1})
        counted += sum(float(leaf[0]) for leaf in (*taken.guarantee, *taken[1:]))
    assert counted == len(Guarantee._fields) + len(Facing._fields) - 1


def test_bad_requests(small_run):
    with pytest.raises(InputError, match="did you mean 'baseline'"):
        pairs_of(small_run, against="baselin")
    with pytest.raises(InputError, match="nothing to compare"):
        pairs_of(small_run, "baseline", "baseline")
    with pytest.raises(InputError, match="at least 1"):
        split(small_run, pairs_of(small_run), draws=0)
    with pytest.raises(InputError, match="no ally"):
        split(small_run, pairs_of(small_run), member="ESTT")
