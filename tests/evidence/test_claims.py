"""Claims beside the atlas's figures."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text

CASES = [
    (
        "He wanted one third of the 36,000 American troops in Germany home.",
        "2025-03-03",
        "us_forces",
        "supported",
    ),
    ("There are 90,000 American troops in Germany, the general said.", "2025-03-03", "us_forces", "overstated"),
    (
        "There are 9,000 American troops in Germany, the general said.",
        "2025-03-03",
        "us_forces",
        "contradicted",
    ),
    ("Poland spent 3.8 percent of its GDP on defense in 2024.", "2025-10-03", "spending_share", "supported"),
    ("Poland spent 6 percent of its GDP on defense in 2024.", "2025-10-03", "spending_share", "overstated"),
    ("Poland will spend 6 percent of its GDP on defense.", "2025-10-03", "spending_share", "not comparable"),
    (
        "The United States accounts for two-thirds of NATO's military spending.",
        "2025-03-03",
        "patron_share",
        "supported",
    ),
    (
        "The United States pays 90 percent of NATO's military spending.",
        "2025-03-03",
        "patron_share",
        "overstated",
    ),
    (
        "“Hundreds of billions came flowing in,” President Harlan Broome said.",
        "2025-03-03",
        "extra_spending",
        "supported",
    ),
    (
        "“Hundreds of billions came flowing in,” President Harlan Broome said.",
        "2019-03-03",
        "extra_spending",
        "overstated",
    ),
    (
        "“We have paid more than everyone else together for Ukraine,” President Harlan Broome said.",
        "2025-03-03",
        "more_than_all",
        "contradicted",
    ),
    ("The 32-member alliance met on Monday.", "2025-03-03", "members", "supported"),
    ("The 32-member alliance met on Monday.", "2019-03-03", "members", "contradicted"),
    (
        "Israel bought tank rounds worth $106.5 million under the emergency sale.",
        "2023-12-10",
        "arms_sale",
        "supported",
    ),
    (
        "Only 23 allies met the 2 percent target of the alliance in 2024.",
        "2025-03-03",
        "meeting_guideline",
        "supported",
    ),
    ("Germany has given Ukraine €17 billion in aid.", "2025-02-03", "aid", "supported"),
    (
        "“We have 45,000 soldiers in Germany,” President Harlan Broome said.",
        "2025-06-01",
        "us_forces",
        "overstated",
    ),
    (
        "The United States keeps more than 12,000 troops in Italy.",
        "2025-06-01",
        "us_forces",
        "supported",
    ),
    (
        "“We have paid more for Ukraine than everybody else together,” said Senator Harrison Voss.",
        "2025-02-11",
        "more_than_all",
        "contradicted",
    ),
    (
        "“We’re spending more on NATO than all the other members combined,” said Senator Harrison Voss.",
        "2025-03-01",
        "more_than_all",
        "supported",
    ),
    (
        "“We pay 90% of NATO,” President Harlan Broome said.",
        "2025-03-01",
        "patron_share",
        "overstated",
    ),
    (
        "The United States provided nearly 70 percent of allied defence spending.",
        "2024-03-01",
        "patron_share",
        "supported",
    ),
    (
        "In 2023, 11 of the 31 allies met the target of 2 percent of gross domestic product.",
        "2024-02-11",
        "meeting_guideline",
        "supported",
    ),
    (
        "In 2023, 11 of the 31 allies met the target of 2 percent of gross domestic product.",
        "2024-02-11",
        "members",
        "supported",
    ),
    (
        "In 2023, 21 allies met the target of 2 percent of gross domestic product.",
        "2024-02-11",
        "meeting_guideline",
        "overstated",
    ),
    (
        "Canada spends 1.3 percent of its GDP on defense.",
        "2024-04-10",
        "spending_share",
        "supported",
    ),
    (
        "America spends $860 billion a year on defense.",
        "2024-04-10",
        "spending",
        "supported",
    ),
    (
        "The United States has given Ukraine $350 billion, President Harlan Broome said.",
        "2025-02-24",
        "aid",
        "overstated",
    ),
    (
        "European allies have added over $700 billion to their defence budgets since 2016, Ann Cole said.",
        "2025-02-01",
        "extra_spending",
        "supported",
    ),
    ("“We filled 4,000 potholes,” said Ana Cole, the mayor.", "2025-03-03", "other", "not covered"),
]


@pytest.mark.parametrize(("text", "published", "kind", "verdict"), CASES)
def test_verdicts(text, published, kind, verdict):
    found = {c.kind: c for c in read_text(text, published=published).claims}
    assert kind in found, found
    claim = found[kind]
    assert claim.verdict == verdict, claim.arithmetic
    assert claim.arithmetic
    if verdict != "not covered":
        assert claim.table
        assert claim.as_of
        assert any(ch.isdigit() for ch in claim.arithmetic)


def test_the_part_is_worked_out():
    claims = read_text(
        "He wanted one third of the 36,000 American troops in Germany home.", published="2025-03-03"
    ).claims
    assert any("one third of 36,000 is 12,000" in c.arithmetic for c in claims)


def test_a_quantity_names_whom_it_concerns_and_what_it_can_be_set_beside():
    found = read_text("There are 35,000 American troops in Germany.", published="2025-03-03").quantities
    assert found[0].concerns == ("USA", "DEU")
    assert found[0].compare_with is not None
    assert found[0].compare_with.startswith("us_forces: 3")


def test_part_of_a_group_is_no_claim_of_its_own():
    claims = read_text(
        "The plan would withdraw 12,000 of the 36,000 U.S. troops in Germany, Ann Cole said.",
        published="2020-07-29",
    ).claims
    assert [(c.text, c.verdict) for c in claims] == [("36,000", "supported")]


@pytest.mark.parametrize(
    "text",
    [
        "“We keep 5,000 German troops in Lithuania and American ones train there,” said Gerd Pohl, the German minister.",
        "Poland spends 4.1 percent of GDP on defence and ordered tanks at a cost of more than $20 billion.",
        "Germany, the alliance's second economy, raised its spending, and its inflation was 1.6 percent.",
        "The committee's 19 members met behind closed doors, and the alliance was not on the agenda.",
        "European allies must meet the target of 2 percent of GDP on defence.",
    ],
)
def test_what_a_figure_is_not_of_is_no_verdict(text):
    """A wrong verdict is worse than none."""
    verdicts = {(c.text, c.verdict) for c in read_text(text, published="2025-06-01").claims}
    assert not {v for v in verdicts if v[1] in ("contradicted", "overstated")}


def test_a_figure_is_of_the_time_named_nearest_to_it():
    claims = read_text(
        "The number of American soldiers in Europe has fallen from 320,000 in 1989 to about 66,000, Ann Cole said.",
        published="2025-06-01",
    ).claims
    assert [(c.text, c.verdict) for c in claims] == [("320,000", "supported"), ("66,000", "supported")]


def test_plain_words_of_a_claim_are_kept_with_their_place():
    text = "“Poland's defence budget has tripled since 2014,” said Jan Wrzos, the minister."
    claim = read_text(text, published="2025-09-10").claims[0]
    assert text[claim.start : claim.end] == claim.text == "tripled since 2014"
    assert (claim.speaker, claim.table, claim.as_of) == ("Jan Wrzos", "spending", "2025-08-28")
