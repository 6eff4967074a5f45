"""What whole articles say in passing: figures and words of other things near those of a topic.

A wrong verdict, or a position that its speaker does not take, is worse than none.
"""

from __future__ import annotations

import pytest

from foedus.evidence import read_text

HARD = ("supported", "overstated", "contradicted")
DAY = "2026-05-20"


def verdicts(text: str, published: str | None = DAY) -> dict[str, str]:
    return {c.text: c.verdict for c in read_text(text, published=published).claims}


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Congress barred cutting U.S. troops in Europe below 76,000 in a bill last year.", "76,000"),
        ("Germany hosts 36,000 U.S. troops. About 30,500 would remain after the cut.", "30,500"),
        ("There are about 700 U.S. soldiers in Estonia.", "700"),
        ("In 2003 Turkey refused to let 62,000 American soldiers cross its territory.", "62,000"),
        (
            "Some 81,000 U.S. troops are in Europe with tens of thousands of their relatives.",
            "tens of thousands",
        ),
        ("The Pentagon has half of the 18,000 American troops between the Baltic and the Black Sea.", "18,000"),
        ("The airport handles 90% of the military aid sent to Ukraine, American officials say.", "90%"),
        ("The president said allies who spend less than 3.5% of GDP on defense get no help.", "3.5%"),
        ("Britain's Army has shrunk to fewer than 70,000 soldiers.", "70,000"),
        ("Poland spends 4.8% of its GDP on defense.", "4.8%"),
    ],
)
def test_figures_of_other_things_get_no_verdict(text: str, figure: str) -> None:
    assert verdicts(text).get(figure) not in HARD


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The chancellor played down the withdrawal of 5,000 US soldiers from Germany.", "5,000"),
        ("The 32-member alliance, which was founded in 1949, met on Monday.", "32-member"),
        ("Germany hosts some 36,000 American troops, more than any other country in Europe.", "36,000"),
        ("Around 80,000 US soldiers are stationed on the continent, half of them in Germany.", "80,000"),
        ("The State Department will consult with its 31 NATO allies.", "31"),
        ("The US has 80,000 troops in Europe and accounts for 60% of the alliance's defence spending.", "60%"),
        (
            "Since Russia's full-scale invasion in February 2022, the US has provided Ukraine with $66bn in military assistance.",
            "$66bn",
        ),
    ],
)
def test_figures_find_their_own_record(text: str, figure: str) -> None:
    found = verdicts(text)
    assert next((v for k, v in found.items() if k.startswith(figure)), None) == "supported", found


def test_a_market_is_no_budget() -> None:
    text = "European allies spent $574 billion on defence in 2025. The euro fell 0.6% against the dollar."
    assert verdicts(text).get("0.6%") not in HARD


def test_arithmetic_says_whether_the_figure_keeps_the_tolerance() -> None:
    far = read_text("There are 90,000 American troops in Germany.", published="2025-03-03").claims[0]
    near = read_text("There are 36,000 American troops in Germany.", published="2025-03-03").claims[0]
    assert "misses the 10% allowed" in far.arithmetic
    assert "agrees within 10%" in near.arithmetic


@pytest.mark.parametrize(
    "text",
    [
        "Article 13 of the treaty says a member can leave one year after giving notice.",
        "“We have been paying for their welfare states,” the vice president said.",
        "“The secretary says America is leaving NATO,” said Ann Cole, a senator.",
        "Senator Ann Cole said she would block funding for any withdrawal.",
        "“You don't defend a country by emptying its pockets,” said Helir Kask, a lawmaker.",
        "“I hear all the time that it's a bluff,” said Royce Till, the president.",
        "Sweden announced that it would deliver 16 Gripen jets.",
        "The chancellor has played down the planned withdrawal of 5,000 US soldiers.",
    ],
)
def test_what_only_sounds_like_a_position(text: str) -> None:
    assert read_text(text).stances == ()


def test_who_is_no_longer_certain_doubts() -> None:
    found = read_text(
        "America’s closest partners are no longer certain that Washington would trade Boston for Bonn. The allies fear Russia."
    ).stances
    assert [s.stance for s in found] == ["denied"]


def test_coming_to_aid_is_no_payment() -> None:
    text = "Half of those asked said allies would come to Latvia's aid, compared with 63 percent last year."
    assert {s.proposition for s in read_text(text).stances} == {"patron_would_defend"}


def test_going_that_hangs_on_payment_is_conditional() -> None:
    found = read_text(
        "“They pay, we stay. They don't pay, maybe we go,” said Dale Whit, the president."
    ).stances
    assert [s.stance for s in found if s.proposition == "patron_will_leave"] == ["conditional"]


@pytest.mark.parametrize(
    ("text", "speaker", "proposition", "stance"),
    [
        (
            "If Russia came over the border, I do not think Washington would go to war for Riga, Ann Cole said.",
            "Ann Cole",
            "patron_would_defend",
            "denied",
        ),
        (
            "“Would America risk a war with Russia for Vilnius? I don't believe they would,” said Ann Cole, a senator.",
            "Ann Cole",
            "patron_would_defend",
            "denied",
        ),
        (
            "Ann Cole has assured NATO allies that America is committed to their defence.",
            "Ann Cole",
            "patron_would_defend",
            "affirmed",
        ),
        (
            "Ann Cole told a closed meeting of officials that it would be rash to count on the Americans in a war, according to two people present.",
            "Ann Cole",
            "patron_would_defend",
            "denied",
        ),
        (
            "Ann Cole gave Europe a year, warning that allies that fail to pay can no longer count on America to defend them.",
            "Ann Cole",
            "patron_would_defend",
            "conditional",
        ),
        (
            "Ann Cole voiced doubts that America would come to the aid of an ally.",
            "Ann Cole",
            "patron_would_defend",
            "denied",
        ),
        (
            "“Nobody over there should think America is leaving NATO,” said Ann Cole, a senator.",
            "Ann Cole",
            "patron_will_leave",
            "denied",
        ),
        (
            "“They won't leave NATO, because it pays,” Ann Cole said of the Americans.",
            "Ann Cole",
            "patron_will_leave",
            "denied",
        ),
        (
            "The threat to quit NATO was dismissed as a pressure tactic by Ann Cole.",
            "Ann Cole",
            "threat_is_bluff",
            "affirmed",
        ),
        (
            "“I lose no sleep over the threat to leave NATO. It's a sales pitch,” said Ann Cole.",
            "Ann Cole",
            "threat_is_bluff",
            "affirmed",
        ),
        (
            "Ann Cole said her country would spend 2 percent of output on defence, no more and no less.",
            "Ann Cole",
            "allies_will_pay",
            "denied",
        ),
        (
            "Ottawa has no realistic way to the NATO target, Ann Cole said.",
            "Ann Cole",
            "allies_will_pay",
            "denied",
        ),
    ],
)
def test_whose_position_it_is_and_how_it_is_turned(
    text: str, speaker: str, proposition: str, stance: str
) -> None:
    found = {(s.speaker, s.proposition, s.stance) for s in read_text(text).stances}
    assert found == {(speaker, proposition, stance)}


@pytest.mark.parametrize(
    "text",
    [
        "The minister refused to be drawn on whether she believed Washington would come to Norway's aid.",
        "“The question I am asked most is whether America will come,” said Ann Cole, an officer.",
        "Some 58 percent of Poles trust the United States to defend them, a poll found.",
        "The envoy received a promise of NATO that the troops would remain, Ann Cole said.",
        "The treaty is a reason for them to stay, Ann Cole said of the Americans in NATO.",
        "A third of US forces in Germany will be gone by May, Ann Cole said.",
        "Senator Boyd Larrabee, who said his constituents ask him why they are paying to defend countries with better trains, voted no.",
    ],
)
def test_promises_polls_and_questions_are_no_positions(text: str) -> None:
    assert read_text(text).stances == ()
