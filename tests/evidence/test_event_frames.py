"""Acts told in any order and voice: passives, nouns, fronted words, who speaks and who acts, and what tells no act."""

from __future__ import annotations

import csv
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence import read_text, tables
from foedus.evidence.eventmood import is_history, modality
from foedus.evidence.eventroles import points, roles_of, towns

from .event_sentences_score import FOLDER, score


@cache
def scored(batch):
    return score(batch)


@pytest.mark.parametrize(
    ("batch", "whole", "extra"),
    [("third", 20, 0), ("fourth", 20, 0), ("fifth", 37, 0), ("seventh", 71, 0), ("eighth", 46, 1), ("ninth", 59, 1),
     ("tenth", 86, 1)],
)  # fmt: skip
def test_later_batches(batch, whole, extra):
    counts, faults = scored(batch)
    assert counts["all parts"][0] >= whole, faults
    assert counts["extra"][0] <= extra, faults


def test_a_batch_for_testing_only():
    """Totals only: whoever changes the rules should not read its sentences."""
    counts, _ = scored("eleventh")
    assert counts["all parts"] >= (49, 70)
    assert counts["found"] >= (55, 70)
    assert counts["extra"][0] <= 12


@pytest.mark.parametrize(("batch", "most"), [("nothing", 0), ("nothing-2", 0), ("nothing-3", 6)])
def test_what_tells_no_act_gives_no_event(batch, most):
    with (FOLDER / f"{batch}.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    wrong = sum(bool(read_text(row["sentence"]).events) for row in rows)
    assert len(rows) >= 25
    assert wrong <= most


@pytest.mark.parametrize(
    "text",
    [
        "Norway withdrew a brigade from Latvia.",
        "A brigade was withdrawn from Latvia by Norway.",
        "Norway completed the withdrawal of a brigade from Latvia.",
        "From Latvia, after two winters, a brigade of Norwegian troops was brought home.",
        "The Polish premier said that Norway had withdrawn a brigade from Latvia.",
    ],
)
def test_one_act_in_many_shapes(text):
    (event,) = read_text(text).events
    assert (event.action, event.modality) == ("withdraw_forces", "done")
    assert (event.actor_code, event.target_code) == ("NOR", "LVA")


def test_who_urges_acts_and_what_he_urges_does_not():
    (event,) = read_text("Poland urged Germany to send tanks to Ukraine.").events
    assert (event.action, event.actor_code, event.target_code) == ("request", "POL", "DEU")


@pytest.mark.parametrize(
    ("trigger", "after", "noun", "mood"),
    [
        ("withdrawal of troops", " will begin in May", True, "announced"),
        ("withdrawal of troops", " is under review", True, "hypothetical"),
        ("withdrawal of troops", " is off the table", True, "denied"),
        ("withdrawal of troops", " ended on Friday", True, "done"),
    ],
)
def test_what_follows_a_noun_tells_how_it_stands(trigger, after, noun, mood):
    assert modality("The ", trigger, after, "withdraw_forces", "", noun) == mood


def test_every_pattern_is_read_whole():
    """A pattern with a comma outside quotation marks would be cut in two."""
    assert not [row for row in tables.rows("event_cues.csv") if None in row]
    assert all(None not in row for name in ("event_frames.csv", "event_kinds.csv") for row in tables.rows(name))


def test_tables_of_pairings_fit_together():
    kinds = {row["kind"] for row in tables.rows("event_kinds.csv")}
    frames = tables.rows("event_frames.csv")
    assert {row["object"] for row in frames} <= kinds
    assert {row["order"] for row in frames} <= {"any", "pred-first", "obj-first"}
    assert {row["need"] for row in frames} <= {
        "",
        "actor",
        "goal",
        "either",
        "both",
        "mutual",
        "turn",
        "nato",
        "whither",
    }
    listed = {row["action"] for row in tables.rows("event_roles.csv")}
    assert {row["action"] for row in frames} <= listed
    assert {row["code"] for row in tables.rows("countries.csv")} >= set(towns().values())
    assert points()["agent"] > points()["subject"] > points()["speaker"] > 0 > points()["governed"]
    assert roles_of("deploy").goals[0] == "to"


def test_history_by_the_date_of_publication():
    assert is_history("France left the command in 1966.", "2031-05-01")
    assert not is_history("France will leave the command in 2032.", "2031-05-01")
    assert not is_history("France left the command on Monday.", None)


@given(st.text(max_size=160))
def test_any_text_is_read(text):
    for event in read_text(f"Poland {text}").events:
        assert event.actor_code or event.target_code or event.actor or event.target
