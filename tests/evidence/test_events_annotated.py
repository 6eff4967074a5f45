"""Events of the alliance in six annotated articles, and the rules for who, whom, when and how."""

from __future__ import annotations

from functools import cache

import pytest

from foedus.evidence import read_text
from foedus.evidence.eventclass import cues
from foedus.evidence.eventmood import event_date, modality

from .event_gold import FOLDER, load, score


@cache
def scored():
    return score({cue.action for cue in cues() if cue.action})


@pytest.mark.parametrize(
    ("measure", "bound"),
    [
        ("recall", 0.90),
        ("precision", 0.95),
        ("modality", 0.90),
        ("actor", 0.85),
        ("target", 0.75),
        ("date", 0.95),
    ],
)
def test_alliance_events(measure, bound):
    counts, log = scored()
    right, asked = counts[measure]
    assert asked >= 30
    assert right / asked >= bound, log


def test_annotations_are_slices():
    for path in FOLDER.glob("*.txt"):
        _, text, events = load(path)
        assert len(events) >= 5
        assert not [e for e in events if not text[e.start : e.end].strip() or "{" in text[e.start : e.end]]


@pytest.mark.parametrize(
    ("before", "after", "action", "mood"),
    [
        ("Britain said it would ", " to Tapa", "deploy", "announced"),
        ("Britain could ", " to Tapa", "deploy", "hypothetical"),
        ("Oslo commits itself to ", "", "raise_defence_spending", "pledged"),
        ("Spain refused to ", "", "raise_defence_spending", "denied"),
        ("Should Turkey ", ", its notice would run a year", "withdraw_from_treaty", "conditional"),
        ("Moscow warned that it would ", "", "deploy", "threatened"),
        ("What many feared: the United States will ", "", "withdraw_forces", "announced"),
        ("The premier vowed that Britain would ", "", "affirm_commitment", "done"),
        ("He doubted whether Britain would ", "", "affirm_commitment", "hypothetical"),
        ("Ukraine asked Germany to ", "", "provide_aid", "hypothetical"),
        ("On Monday the United States ", " from Italy", "withdraw_forces", "done"),
    ],
)
def test_modality(before, after, action, mood):
    assert modality(before, "act", after, action) == mood


def test_a_weekday_of_something_to_come_lies_ahead():
    assert event_date("Envoys will meet on Friday.", "2031-03-06", "announced") == "2031-03-07"
    assert event_date("Envoys met on Friday.", "2031-03-06", "done") == "2031-02-28"
    assert event_date("Envoys met on 3 May 2029.", "2031-03-06", "done") == "2029-05-03"
    assert event_date("Envoys met.", "2031-03-06", "done") is None


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("Poland was sent 40 tanks by Norway.", "NOR", "POL"),
        ("France has proposed that Italy send soldiers to Latvia.", "ITA", "LVA"),
        ("Canada deployed a brigade to Latvia. It also sent jets to Poland.", "CAN", "LVA"),
        ("The United States approved the sale of 24 jets to Poland.", "USA", "POL"),
    ],
)
def test_who_acts_on_whom(text, actor, target):
    event = read_text(text).events[0]
    assert (event.actor_code, event.target_code) == (actor, target)


def test_a_state_is_carried_into_the_next_sentence():
    first, second = read_text("Canada deployed a brigade to Latvia. It will also send jets to Poland.").events
    assert (second.actor_code, second.target_code, second.modality) == ("CAN", "POL", "announced")
    assert first.actor_code == "CAN"


def test_a_state_is_not_carried_past_another_subject():
    events = read_text("Canada deployed a brigade to Latvia. Protesters want to send jets to Poland.").events
    assert [e.actor_code for e in events] == ["CAN", None]
