"""Published figures: what matches, what differs, and that every difference has its reason."""

import collections

import pytest

from foedus import atlas
from foedus.atlas import tasks


@pytest.fixture(scope="module")
def outcomes():
    return atlas.check()


def test_counts_of_the_spending_facts(outcomes):
    """The collection finds 24 matches, 11 differences, 6 untestable; two SIPRI figures are not shipped."""
    members = [o for o in outcomes if o.topic in ("spending", "trade")]
    counts = collections.Counter(o.match for o in members)
    assert counts == {True: 22, False: 11, None: 8}


def test_every_anchor_of_forces_is_reproduced(outcomes):
    anchors = [o for o in outcomes if o.fact.startswith("F")]
    assert len(anchors) == 266
    assert [o.fact for o in anchors if not o.match] == []


def test_every_difference_has_a_reason(outcomes):
    assert [o.fact for o in outcomes if not o.match and len(o.reason) < 10] == []


def test_what_has_a_query_gets_a_figure(outcomes):
    assert [o.fact for o in outcomes if o.query and o.computed is None] == []


def test_a_wrong_figure_would_be_seen(outcomes):
    """Each query looks at the data: no query is a constant."""
    assert [o.fact for o in outcomes if o.query and " FROM " not in o.query] == []
    sample = {o.fact: o for o in outcomes}
    assert sample["count2pct_2024_jun"].computed == 23
    assert sample["level_nec_2025"].computed == pytest.approx(559.6, abs=0.05)
    assert sample["F001"].computed == 67928
    assert sample["U01"].computed == pytest.approx(115.38, abs=0.005)
    assert sample["A10"].computed == 6


def test_checks_as_of_a_date_use_what_was_known():
    early = {o.fact: o for o in atlas.check("spending", as_of="2024-07-01")}
    assert "count2pct_2025" not in early
    assert early["count2pct_2024_jun"].match is True


def test_frame_and_summary_of_outcomes(outcomes):
    frame = tasks.as_frame(outcomes)
    assert frame.height == len(outcomes)
    assert set(frame["match"]) == {"match", "differs", "not computed"}
    assert tasks.summary(outcomes).startswith(f"{len(outcomes)} published figures: ")
    assert {o.fact for o in tasks.to_explain(outcomes)} == {o.fact for o in outcomes if not o.match}
