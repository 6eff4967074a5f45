"""Councils: textbook cases and invariants."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.model.council import Council, weighted_mean, weighted_median
from foedus.model.council.challenge import bargain, success_chance
from foedus.model.council.condorcet import RULES, VOTING, coalition, condorcet_winner, election, pairwise
from foedus.model.council.consensus import agreement_zone, gains, price, silence
from foedus.model.council.members import single_peaked
from foedus.scenario.council_decision import decide
from foedus.scenario.council_file import EXAMPLE, parse_council

EMISSIONS = Council(
    position=np.array([4.0, 7, 4, 4, 10, 10, 10, 7, 4, 7]),
    salience=np.array([0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7]),
    power=np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08]),
)
"""Ten members, years to emission standards for medium cars: ExampleActors.csv of an open replication of Scholz, Calbert and
Smith (2011), jmckib's bdm-scholz-expected-utility-model. Only the members are used: that program prints no result to compare with."""

councils = st.integers(2, 7).flatmap(
    lambda n: st.builds(
        lambda x, s, w: Council(np.array(x), np.array(s), np.array(w)),
        st.lists(st.floats(0, 10).map(lambda v: round(v, 3)), min_size=n, max_size=n),
        st.lists(st.floats(0.1, 1), min_size=n, max_size=n),
        st.lists(st.floats(0.1, 5), min_size=n, max_size=n),
    )
)


def test_median_and_compromise_of_ten_members_by_hand():
    """Pulls in thousandths: 248 at 4, 93 at 7, 336 at 10; half of 677 is 338.5, reached at 7 with 341."""
    assert weighted_median(EMISSIONS) == 7.0
    assert weighted_mean(EMISSIONS) == pytest.approx((248 * 4 + 93 * 7 + 336 * 10) / 677)
    done = bargain(EMISSIONS)
    assert done.rounds[0].median == 7.0
    assert done.settled


def test_first_round_of_two_members_by_hand():
    """At 0 and 1, all salient, power 3 to 1, Q = 1.

    The stronger wins with chance 3/4. At neutral risk a challenge is worth 3/4 * 2 - 1/4 * 2 = 1 to it and -1 to the other,
    so the weaker is the most threatened (exponent 1/2) and the stronger the least (2). As the weaker sees it, winning is worth 2,
    losing -2 and standing still 2 - 4 sqrt(1/2): the stronger gains 2 sqrt(2) - 1, the weaker loses 3 - 2 sqrt(2), and it
    gives way by the ratio. As the stronger sees it the weaker has nothing to impose.
    """
    council = Council(np.array([0.0, 1.0]), np.ones(2), np.array([3.0, 1.0]))
    first, second = bargain(council, q=1.0, most_rounds=2).rounds
    root = np.sqrt(2.0)
    assert first.risk == pytest.approx([2.0, 0.5])
    assert first.offers == ((0, 1, "compromise"),)
    assert second.position == pytest.approx([0.0, 1.0 - (3.0 - 2.0 * root) / (2.0 * root - 1.0)])


def test_black_median_voter():
    """One member, one vote, single peaks: the median beats every other option (Black 1948)."""
    council = Council(np.array([0.0, 2, 3, 7, 9]), np.ones(5), np.ones(5))
    options = np.array([0.0, 2, 3, 7, 9])
    strength = coalition(council, single_peaked(council, options), "binary")
    assert weighted_median(council) == 3
    assert options[condorcet_winner(strength)] == 3


def test_condorcet_cycle_has_no_winner_and_an_even_lottery():
    utility = np.array([[2.0, 1, 0], [0, 2, 1], [1, 0, 2]])
    council = Council(np.zeros(3), np.ones(3), np.ones(3))
    strength = coalition(council, utility, "binary")
    assert condorcet_winner(strength) is None
    for rule in RULES:
        assert election(pairwise(strength), rule) == pytest.approx([1 / 3] * 3)


def test_two_options_are_won_in_the_ratio_of_coalitions():
    council = Council(np.array([0.0, 1, 1]), np.ones(3), np.array([3.0, 1, 1]))
    chance = pairwise(coalition(council, single_peaked(council, np.array([0.0, 1])), "binary"))
    assert chance[0, 1] == pytest.approx(0.6)
    assert election(chance, "conditional") == pytest.approx([0.6, 0.4])
    assert election(chance, "markov") == pytest.approx([0.6, 0.4])


def test_conditional_election_is_the_chance_of_winning_all_given_that_one_does():
    chance = np.array([[0.5, 0.7, 0.6], [0.3, 0.5, 0.8], [0.4, 0.2, 0.5]])
    weight = np.zeros(3)
    for wins in itertools.product((0, 1), repeat=3):
        pairs = [(0, 1), (0, 2), (1, 2)]
        p, score = 1.0, np.zeros(3)
        for won, (a, b) in zip(wins, pairs, strict=True):
            p *= chance[a, b] if won else chance[b, a]
            score[a if won else b] += 1
        if score.max() == 2:
            weight[score.argmax()] += p
    assert election(chance) == pytest.approx(weight / weight.sum())


@settings(max_examples=25, deadline=None)
@given(councils, st.sampled_from(VOTING), st.sampled_from(RULES), st.randoms())
def test_elections_are_distributions_and_ignore_the_order_of_members(council, voting, rule, random):
    options = np.unique(np.round(council.position, 3))
    found = election(pairwise(coalition(council, single_peaked(council, options), voting)), rule)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    order = list(range(len(council.position)))
    random.shuffle(order)
    mixed = Council(*(part[order] for part in council))
    again = election(pairwise(coalition(mixed, single_peaked(mixed, options), voting)), rule)
    assert again == pytest.approx(found, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(councils)
def test_a_dictator_gets_its_way(council):
    power = np.zeros_like(council.power)
    power[0] = 1.0
    ruled = council._replace(power=power)
    options = np.unique(council.position)
    found = election(pairwise(coalition(ruled, single_peaked(ruled, options), "binary")))
    assert found[np.searchsorted(options, council.position[0])] == pytest.approx(1.0)
    assert weighted_median(ruled) == council.position[0]


@settings(max_examples=25, deadline=None)
@given(councils, st.floats(-5, 5), st.floats(0.5, 4))
def test_bargaining_stays_in_the_span_and_moves_with_the_line(council, shift, stretch):
    done = bargain(council)
    low, high = council.position.min(), council.position.max()
    assert (done.position >= low - 1e-9).all()
    assert (done.position <= high + 1e-9).all()
    assert low - 1e-9 <= weighted_mean(council) <= high + 1e-9
    first, moved = (
        done.rounds[0],
        bargain(council._replace(position=shift + stretch * council.position)).rounds[0],
    )
    assert moved.median == pytest.approx(shift + stretch * first.median, abs=1e-7)
    assert moved.risk == pytest.approx(first.risk, abs=1e-5)


@settings(max_examples=20, deadline=None)
@given(councils)
def test_chances_of_a_challenge_and_its_reply_add_up(council):
    chance = success_chance(council, council.position, council.span)
    assert chance + chance.T == pytest.approx(np.ones_like(chance))


def test_nobody_moves_when_all_agree():
    council = Council(np.full(4, 3.0), np.ones(4), np.ones(4))
    done = bargain(council)
    assert done.outcome == 3
    assert done.rounds[0].offers == ()


@settings(max_examples=25, deadline=None)
@given(councils, st.floats(0, 10), st.floats(0, 10), st.floats(0.3, 0.95))
def test_unanimity_costs_at_least_what_a_majority_costs(council, option, fallback, threshold):
    votes = np.ones_like(council.position)
    all_of_them = price(council.position, council.power, votes, option, fallback, 1.0)
    some = price(council.position, council.power, votes, option, fallback, threshold)
    assert some.price <= all_of_them.price + 1e-9
    assert all_of_them.price == pytest.approx(-np.minimum(all_of_them.gains, 0).sum())


@settings(max_examples=20, deadline=None)
@given(councils, st.floats(0, 10), st.floats(0, 10), st.floats(0.3, 0.95))
def test_the_cheapest_majority_is_the_cheapest(council, option, fallback, threshold):
    votes = np.round(council.power * 10) + 1
    found = price(council.position, council.salience, votes, option, fallback, threshold)
    gain = gains(council.position, council.salience, option, fallback)
    steps = np.round(10_000 * votes / votes.sum()).astype(int)
    needed = int(np.ceil(threshold * steps.sum() - 1e-9))
    blockers = np.flatnonzero(gain < 0)
    best = np.inf
    for size in range(len(blockers) + 1):
        for group in itertools.combinations(blockers, size):
            if steps[gain >= 0].sum() + steps[list(group)].sum() >= needed:
                best = min(best, -gain[list(group)].sum())
    if np.isfinite(best):
        assert found.price == pytest.approx(best)


@settings(max_examples=25, deadline=None)
@given(councils, st.floats(0, 10))
def test_inside_the_agreement_zone_nobody_blocks(council, fallback):
    zone = agreement_zone(council.position, fallback)
    value = np.ones_like(council.position)
    if zone is not None:
        inside = 0.5 * (zone[0] + zone[1])
        assert (gains(council.position, value, inside, fallback) >= -1e-9).all()
    assert (gains(council.position, value, fallback, fallback) == 0).all()


def test_silence_holds_more_often_the_more_everyone_gains():
    low, high = (silence(np.array([g, g]), 1.0)[1] for g in (0.0, 3.0))
    assert low == pytest.approx(0.25)
    assert high > low


def test_example_file_reads_and_decides():
    found = decide(parse_council(EXAMPLE))
    assert found["consensus"]["at_median"]["blockers"] == ["South"]
    assert found["consensus"]["at_median"]["payments_usd_billion"] == {"South": 8.0}
    assert found["consensus"]["zone_without_payment"] is None
    assert sum(found["election"]["conditional"]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("salience: 1.0, power: 20", "salience: 1.4, power: 20", "members.0.salience"),
        ("position: 3.5", "position: .nan", "members.0.position"),
        ("name: East", "name: North", "members.1.name"),
        ("voting: proportional", "voting: proportinal", "voting"),
        ("threshold: 1 ", "threshold: 0 ", "threshold"),
        ("power: 20", "powr: 20", "members.0.powr"),
        ("line: percent of GDP\n", "", "line"),
    ],
)
def test_bad_files_say_where(old, new, where):
    with pytest.raises(InputError) as caught:
        parse_council(EXAMPLE.replace(old, new))
    assert caught.value.field == where or f"'{where}' is missing" in caught.value.message
