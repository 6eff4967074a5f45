"""Single sentences with one event each, and the rules for talk, readiness, parties and plain events."""

from __future__ import annotations

import itertools
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence import read_text
from foedus.evidence.actors import states
from foedus.evidence.eventmood import modality
from foedus.evidence.eventparties import actor_words, parties
from foedus.evidence.eventplain import is_weak

from .event_sentences_score import rows, score


@cache
def scored(batch):
    return score(batch)


@pytest.mark.parametrize("batch", ["first", "second"])
@pytest.mark.parametrize(
    ("measure", "bound"),
    [("found", 0.95), ("modality", 0.95), ("actor", 0.93), ("target", 0.93), ("all parts", 0.88)],
)
def test_single_sentences(batch, measure, bound):
    counts, faults = scored(batch)
    right, asked = counts[measure]
    assert asked >= 55
    assert right / asked >= bound, faults


def test_every_action_and_modality_is_annotated():
    found = [row for batch in ("first", "second") for row in rows(batch)]
    assert len(found) == len({row["sentence"] for row in found}) == 120
    assert {row["modality"] for row in found} == {
        "done", "announced", "threatened", "pledged", "denied", "conditional", "hypothetical",
    }  # fmt: skip
    assert len({row["action"] for row in found}) >= 13


@pytest.mark.parametrize(
    ("before", "after", "action", "mood"),
    [
        ("Any suggestion that allies ", " each other", "threaten_non_defence", "hypothetical"),
        ("Talk of ", " is idle", "threaten_withdrawal", "hypothetical"),
        ("The minister dismissed the idea that Poland would ", "", "deploy", "denied"),
        ("Reports that Britain would ", " were denied by the ministry", "deploy", "denied"),
        ("America ", " its allies, its president said", "threaten_non_defence", "threatened"),
        ("Poland is ready to ", "", "deploy", "pledged"),
        ("Spain is willing to ", "", "deploy", "pledged"),
        ("Poland is not ready to ", "", "deploy", "denied"),
        ("Poland decided not to ", "", "invoke", "denied"),
        ("France may be nervous, but Germany ", "", "deploy", "done"),
        ("Estonia asked for ", "", "consult", "done"),
        ("Estonia may ask for ", "", "provide_aid", "hypothetical"),
    ],
)
def test_talk_and_readiness(before, after, action, mood):
    assert modality(before, "act", after, action) == mood


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Poland is ready to pay for a permanent American camp.", "pledged"),
        ("Japan plans to extend its accord with India.", "announced"),
        ("Kenya agreed with Uganda on a common timetable.", "done"),
    ],
)
def test_an_expressed_intent_is_no_deed(text, mood):
    (event,) = read_text(text).events
    assert (event.action, event.modality) == ("agree", mood)


def test_a_pending_bill_is_not_law():
    pending = "A Senate bill to bar the president from withdrawing troops from Korea is on the table."
    passed = "The Senate passed a law that bars the president from withdrawing troops from Korea."
    for text, mood in ((pending, "hypothetical"), (passed, "done")):
        event = next(e for e in read_text(text).events if e.action == "legislate_withdrawal_limit")
        assert event.modality == mood


@pytest.mark.parametrize(
    ("text", "action", "actor", "code", "target"),
    [
        ("Turkish police arrested forty students in the old town.", "coerce", "Turkish police", "TUR", "students"),
        ("Rebels ambushed a convoy near the lake.", "assault", "Rebels", None, None),
        ("Protesters marched through the rain for a second day.", "protest", "Protesters", None, None),
        ("The president of Poland condemned the opposition.", "accuse", "president of Poland", "POL", "opposition"),
        ("Opposition leader Ilse Varga accused the government of fraud.", "accuse", "Ilse Varga", None, "government"),
    ],
)  # fmt: skip
def test_plain_events_of_groups_and_offices(text, action, actor, code, target):
    (event,) = read_text(text).events
    assert (event.action, event.actor, event.actor_code, event.target) == (action, actor, code, target)


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for the ministry declined to comment.",
        "The official, who asked not to be named, said nothing of note.",
        "“They attacked us and we condemned it,” said the minister.",
        "Soldiers in the village like bread.",
        "Our team beat the visitors in overtime.",
    ],
)
def test_no_event_where_nothing_happens(text):
    assert not read_text(text).events


def test_an_act_not_done_takes_the_class_of_its_sentence():
    done, refused = (
        read_text(t).events[0]
        for t in ("Norway sent soldiers to Latvia.", "Norway refused to send soldiers to Latvia.")
    )
    assert (done.action, done.plover) == ("deploy", "MOBILIZE")
    assert (refused.action, refused.modality, refused.plover) == ("deploy", "denied", "REJECT")


def test_a_scene_does_not_act():
    event = read_text("In Vilnius the secretary said America's commitment to Lithuania was rock-solid.").events[
        0
    ]
    assert event.actor_code == "USA"


def test_weak_words_mark_no_event():
    assert is_weak("torturers")
    assert is_weak("protests")
    assert not is_weak("protested")
    assert not is_weak("offers")


@given(
    st.lists(
        st.sampled_from(["Turkish", "police", "in", "Paris", "the", "rebels", "Varga", "said", "of", ","]),
        max_size=14,
    )
)
def test_parties_are_slices_in_order_that_do_not_overlap(words):
    text = " ".join(words)
    found = parties(text, 0, len(text), states(text))
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_words_for_actors_are_lower_case_and_single():
    assert all(word == word.lower() and " " not in word for word in actor_words())
