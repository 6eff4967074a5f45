"""Short passages annotated before the reader saw them: no fewer are right than were when it was last mended.

`docs/reference/evidence.md` gives the figures of the first runs, which alone are held out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from foedus.evidence import read_text, statements
from tests.evidence.event_sentences_score import score as event_score
from tests.evidence.passages_score import passages, score

LEAST = {
    ("statements", "dev"): 25,
    ("statements", "test"): 23,
    ("statements", "dev-2"): 47,
    ("statements", "third"): 22,
    ("statements", "fourth"): 46,
    ("statements", "fifth"): 33,
    ("statements", "sixth"): 39,
    ("stances", "dev"): 19,
    ("stances", "test"): 18,
    ("stances", "dev-2"): 24,
    ("stances", "dev-3"): 46,
    ("stances", "third"): 20,
    ("stances", "fourth"): 51,
    ("stances", "fifth"): 27,
    ("stances", "sixth"): 34,
    ("claims", "dev"): 15,
    ("claims", "test"): 15,
    ("claims", "dev-2"): 49,
    ("claims", "dev-3"): 34,
    ("claims", "third"): 26,
    ("claims", "dev-4"): 96,
    ("claims", "dev-5"): 77,
    ("claims", "fourth"): 18,
    ("claims", "fifth"): 49,
    ("claims", "sixth"): 29,
    ("claims", "seventh"): 66,
}
BESIDES = {("statements", "fifth"): 5, ("stances", "fifth"): 6}
"""Items read besides, where they are more than two: the batch for testing only."""
UNREAD = (("claims", "fourth"), ("claims", "sixth"), ("statements", "fifth"), ("stances", "fifth"))
"""Batches for testing only: their faults are not printed."""


@pytest.mark.parametrize(("kind", "part"), sorted(LEAST))
def test_passages_stay_right(kind: str, part: str) -> None:
    counts, faults = score(kind, part)
    shown = "" if (kind, part) in UNREAD else "\n".join(faults)
    assert counts["right"][0] >= LEAST[kind, part], shown
    assert counts["extra"][0] <= BESIDES.get((kind, part), 2), shown


@pytest.mark.parametrize(("batch", "least"), [("third", 20), ("fourth", 15)])
def test_event_sentences_stay_right(batch: str, least: int) -> None:
    counts, faults = event_score(batch)
    assert counts["all parts"][0] >= least, "\n".join(faults)


def test_spans_of_statements_are_slices() -> None:
    for part in ("dev", "test"):
        for passage in passages("statements", part):
            for item in read_text(passage.text).statements:
                assert item.text == passage.text[item.start : item.end]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry would not say whether the order had been signed.",
        "Officials declined to comment on the number of shells.",
        "The stock added more than 2 percent on Monday.",
        "Analysts might argue that the treaty is dead.",
        "He continued to drive towards the border.",
        "Asked whether she believed that the allies would come, Ann Cole paused.",
    ],
)
def test_what_is_no_statement(sentence: str) -> None:
    assert read_text(sentence).statements == ()


def test_two_sources_of_one_sentence() -> None:
    read = read_text(
        "The minister warned that stocks were low, but officials in Paris insist that shells will last."
    )
    assert [(s.speaker, s.text) for s in read.statements] == [
        ("minister", "stocks were low"),
        ("officials in Paris", "shells will last"),
    ]


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("We will defend every ally", "affirmed"),
        ("We will not defend anyone", "denied"),
        ("I don't think America would defend Estonia", "denied"),
        ("We will defend those allies who pay their share", "conditional"),
        ("If an ally is attacked, America will defend it", "affirmed"),
    ],
)
def test_negation_and_condition_of_a_position(words: str, stance: str) -> None:
    found = read_text(f"“{words},” said Ana Cole, the senator.").stances
    assert [s.stance for s in found if s.proposition == "patron_would_defend"] == [stance]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "The daily quoted Ann Cole, a senator, as saying the bridge was shut.",
            "Ann Cole",
            "the bridge was shut",
        ),
        ("The mayor was told by the army that the road would open.", "army", "the road would open"),
        ("The road will open in May, budget minister Ann Cole said.", "Ann Cole", "The road will open in May"),
        (
            "The road will open in May, Defence Chief Ann Cole told cadets in Brno.",
            "Ann Cole",
            "The road will open in May",
        ),
        ("Pilots do not believe that the runway is safe.", "Pilots", "believe that the runway is safe"),
        ("Sources in the port claim the ship had left.", "Sources in the port", "the ship had left"),
        (
            "Envoy Ann Cole was blunt: the brigade will leave in May.",
            "Ann Cole",
            "the brigade will leave in May",
        ),
    ],
)
def test_who_says_what_in_further_frames(text: str, speaker: str, content: str) -> None:
    assert [(s.speaker, s.text) for s in read_text(text).statements] == [(speaker, content)]


@pytest.mark.parametrize(
    ("text", "proposition", "stance"),
    [
        ("The US plans to give up its seat in NATO, a diplomat said.", "patron_will_leave", "affirmed"),
        ("Washington will not be in the alliance in 2030, Ann Cole said.", "patron_will_leave", "affirmed"),
        ("Rumours that America will quit NATO are unfounded, Ann Cole said.", "patron_will_leave", "denied"),
        ("The report says America will remain “a full member of NATO”.", "patron_will_leave", "denied"),
        (
            "If a NATO ally is hit, US forces will not stand idly by, Ann Cole said.",
            "patron_would_defend",
            "affirmed",
        ),
        ("Analysts no longer believe that Washington would honour Article 5.", "patron_would_defend", "denied"),
        (
            "In a Russian attack Washington would find an excuse to stay out, Ann Cole said.",
            "patron_would_defend",
            "denied",
        ),
        (
            "The ultimatum to NATO is an attempt to squeeze money out of the allies, Ann Cole said.",
            "threat_is_bluff",
            "affirmed",
        ),
        (
            "Those who read the threat to leave NATO as a ploy are making a mistake, Ann Cole said.",
            "threat_is_bluff",
            "denied",
        ),
        ("The threat to quit NATO is more than a bargaining chip, Ann Cole said.", "threat_is_bluff", "denied"),
        (
            "There is no majority for higher defence spending in Madrid, Ann Cole said.",
            "allies_will_pay",
            "denied",
        ),
        ("Oslo has found the money for the NATO target, Ann Cole said.", "allies_will_pay", "affirmed"),
    ],
)
def test_positions_in_other_words(text: str, proposition: str, stance: str) -> None:
    assert [(s.proposition, s.stance) for s in read_text(text).stances] == [(proposition, stance)]


@pytest.mark.parametrize(
    "text",
    [
        "The Kremlin’s nuclear threats are a bluff, Ann Cole said.",
        "The coalition would keep its promise to cut taxes, Ann Cole said.",
        "Patients will pay more for medicine, Ann Cole said.",
        "Half of Germans expect the United States to leave NATO, a poll found.",
        "The Union will miss its climate target by 3 percent, Ann Cole said.",
        "“Is it a bluff? I don’t know,” Ann Cole said of the threat to leave NATO.",
    ],
)
def test_what_only_sounds_like_a_position(text: str) -> None:
    assert read_text(text).stances == ()


@pytest.mark.parametrize(
    ("text", "words", "verdict"),
    [
        ("Latvia spent 3.4 percent of its GDP on defence in 2024. Spain's share was 1.4 percent.", "1.4 percent", "supported"),
        ("Latvia spent 3.4 percent of its GDP on defence in 2024. Spain's economy grew by 1.4 percent.", "1.4 percent", None),
        ("The United States keeps 36,000 troops in Germany. In Italy there are 30,000.", "30,000", "overstated"),
        ("The United States keeps 36,000 troops in Germany. In Kuwait there are 13,500.", "13,500", "not covered"),
        ("Britain's army is smaller than that of France. It has a reserve of 30,000.", "30,000", "not comparable"),
    ],
)  # fmt: skip
def test_a_figure_is_read_with_the_topic_before_it(text: str, words: str, verdict: str | None) -> None:
    found = [c for c in read_text(text, published="2025-06-01").claims if c.text == words]
    assert [c.verdict for c in found if c.table or c.verdict == verdict] == ([verdict] if verdict else [])


FILLERS = ["a, ", "the minister, ", "Ann Cole, ", "he, said, ", "said the aide, ", "the aide said, "]


@pytest.mark.parametrize("filler", FILLERS)
def test_reading_a_sentence_full_of_commas_takes_work_in_proportion(
    filler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search over all commas for each comma would make it grow with the square."""
    handed: list[int] = []

    def count(name: str, size: Callable[..., int]) -> None:
        inner = getattr(statements, name)

        def counted(*words: Any) -> Any:
            handed.append(size(*words))
            return inner(*words)

        monkeypatch.setattr(statements, name, counted)

    count("_verb", len)
    count("_thing", len)
    count("subject_before", lambda _, lo, hi: hi - lo)
    count("subject_after", lambda _, at, end: 1)
    work = []
    for commas in (150, 300):
        handed.clear()
        read_text("The plan is late, " + filler * commas + "the minister, Ann Cole, said on Monday.")
        work.append(sum(handed))
    assert work[0] > 0
    assert work[1] < 2.5 * work[0]
