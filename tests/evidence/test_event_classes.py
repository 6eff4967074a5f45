"""Event classes: the lexicon, the training sentences, the weights, and accuracy on the public records."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence import tables
from foedus.evidence.eventclass import (
    CLASSES,
    classify,
    features,
    model_of,
    scaled,
    scores,
    settings,
    weights,
)
from foedus.evidence.eventrecords import (
    cameo_class,
    families,
    folds,
    in_weis,
    likeness,
    own_examples,
    public_records,
    shingles,
    tenseless,
    weis_class,
)
from foedus.evidence.eventtrain import accuracy, cross_validate, fit, wilson
from foedus.evidence.eventwords import meanings, phrases


@pytest.fixture(scope="module")
def public(news_reference):
    return public_records(news_reference)


def test_held_out_accuracy_on_the_public_records(public):
    held = cross_validate(public, own_examples(), seed=0, nested=False)
    for source, bar in (("PLOVER", 0.75), ("PETRARCH", 0.72), (None, 0.75)):
        right, count = accuracy(held, source)
        assert right / count >= bar, f"{source}: {right} of {count}"


def test_held_out_accuracy_where_the_set_of_a_record_is_known(public):
    """PETRARCH's records are coded without regard to tense, and a signed agreement is "agree" in WEIS."""
    held = cross_validate(public, own_examples(), seed=0, nested=False, told=True)
    for source, bar in (("PLOVER", 0.75), ("PETRARCH", 0.75)):
        right, count = accuracy(held, source)
        assert right / count >= bar, f"{source}: {right} of {count}"


def test_terms_of_weis():
    assert tenseless("Gondor would meet the elves.") == "Gondor meet the elves."
    assert in_weis("SUPPORT", "The two signed a treaty.") == "AGREE"
    assert in_weis("SUPPORT", "The two praised a treaty.") == "SUPPORT"
    assert in_weis("REJECT", "The two never signed it.") == "REJECT"


def test_words_outside_the_main_clause_count_for_less():
    found = features("Norway praised the envoy on Monday, after rebels shelled the port.")
    assert found["w:prais"] == 1.0 > found["w:shell"] == settings()["aside"]
    assert found["lex:SUPPORT"] == 1.0 > found["lex:ASSAULT"]
    assert found["q0:friendly word"] == 1.0


def test_no_near_duplicate_of_a_held_out_record_is_in_the_training_part(public):
    fold = folds(public, 8, seed=0)
    sets = [shingles(e.text) for e in public]
    for i, a in enumerate(sets):
        for j in range(i):
            if likeness(a, sets[j]) >= 0.4:
                assert fold[i] == fold[j], (public[i].text, public[j].text)
    assert max(Counter(fold).values()) < 80


def test_training_sentences_are_our_own(public):
    """None is near any public record, nor is any twice in the list."""
    sets = [shingles(e.text) for e in public]
    for own in own_examples():
        mine = shingles(own.text)
        assert max(likeness(mine, s) for s in sets) < 0.3, own.text
    texts = [e.text for e in own_examples()]
    assert len(texts) == len(set(texts))


def test_shipped_weights_are_those_of_the_training_texts(public):
    """Refitted, the model says the same of the training sentences as the shipped, rounded table."""
    own = own_examples()
    table = fit([*public, *own], settings()["ridge"])
    same = 0
    texts = [e.text for e in own]
    for text in texts:
        total = list(table["bias"])
        for name, value in scaled(features(text)).items():
            total = [a + value * w for a, w in zip(total, table[name], strict=True)]
        same += CLASSES[max(range(len(CLASSES)), key=total.__getitem__)] == classify(text)
    assert same >= 0.995 * len(texts)


def test_every_class_has_sentences_words_and_weights():
    counts = Counter(next(iter(e.classes)) for e in own_examples())
    assert set(counts) == set(CLASSES)
    assert min(counts.values()) >= 40
    assert {row["plover"] for row in tables.rows("event_words.csv")} == set(CLASSES)
    scales = {n for n in settings() if n not in ("ridge", "aside") and not n.startswith(("emit_", "history_"))}
    assert scales == {name.partition(":")[0] for name in weights()} - {"bias"}


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Belgium handed the mission forty trucks and a field hospital on Tuesday.", "AID"),
        ("The Dutch foreign minister telephoned his Kenyan colleague.", "CONSULT"),
        ("Portugal refused to sign the declaration.", "REJECT"),
        ("Morocco will send two hundred engineers next month.", "AGREE"),
        ("Malaysia urged Thailand to release the fishermen.", "REQUEST"),
        ("Romania expelled the Russian consul.", "SANCTION"),
        ("Police arrested the editor of the opposition paper.", "COERCE"),
        ("Insurgents shelled the airfield at dawn.", "ASSAULT"),
        ("Pensioners marched through Sofia against the cuts.", "PROTEST"),
        ("Iceland accused the trawler's owners of poaching.", "ACCUSE"),
    ],
)
def test_plain_sentences(sentence, label):
    assert classify(sentence) == label


def test_what_turns_a_verb_turns_the_class():
    assert classify("Norway sent a hospital ship to Beirut.") == "AID"
    assert classify("Norway refused to send a hospital ship to Beirut.") == "REJECT"
    assert classify("Norway promised to send a hospital ship to Beirut.") == "AGREE"
    assert classify("Lebanon asked Norway to send a hospital ship to Beirut.") == "REQUEST"


def test_codes_of_the_validation_records():
    assert [weis_class(c) for c in ("041", "064", "062", "066", "182", "181", "212", "223")] == [
        "SUPPORT", "SUPPORT", "CONSULT", "YIELD", "MOBILIZE", "PROTEST", "COERCE", "ASSAULT",
    ]  # fmt: skip
    assert [weis_class(c) for c in ("023", "140", "345", "901", "1717", "174K")] == [None] * 6
    assert cameo_class("041") == "CONSULT"


def test_lexicon_words_and_phrases():
    assert meanings("withdrew", "verb") == ("YIELD",)
    assert meanings("xyzzy", "verb") == ()
    assert ("verb", "YIELD") in phrases(["rebels", "laid", "down", "their", "arms"])
    assert ("verb", "REJECT") in phrases(["the", "cabinet", "turned", "it", "down"])
    assert phrases([]) == set()


def test_families_join_variants_of_a_template():
    texts = [
        "Arnor is about to restore full ties with Gondor.",
        "Arnor is about to restore full ties with Rohan.",
        "Miners walked out.",
    ]
    one, two, other = families(
        [e.__class__("x", t, e.classes) for e, t in zip(own_examples(), texts, strict=False)]
    )
    assert one == two != other


@given(st.text(max_size=200))
def test_any_text_has_a_class_and_inputs_of_unit_length(text):
    assert classify(text) in CLASSES
    values = scaled(features(text))
    assert not values or abs(sum(v * v for v in values.values()) - 1) < 1e-9


def test_wilson_holds_the_share():
    low, high = wilson(8, 10)
    assert low < 0.8 < high


def test_the_weights_table_is_small():
    from importlib import resources

    path = resources.files("foedus.evidence") / "data" / "event_weights.csv"
    text = path.read_text(encoding="utf-8")
    assert len(text) < 5_000_000
    assert all(len(row) == 16 for row in csv.reader(text.splitlines()))


def test_leaving_out_equals_fitting_without():
    """One solution of everything says of a held-out fold what a fit without that fold says."""
    own = own_examples()[::20]
    records, rest = own[:60], own[60:]
    held = cross_validate(records, rest, seed=0, nested=False)
    fold = folds(records, 8, seed=0)
    model = model_of(fit([*[r for r, f in zip(records, fold, strict=True) if f], *rest], settings()["ridge"]))
    for h, f in zip(held, fold, strict=True):
        if f == 0:
            found = scores(h.example.text, None, model)
            assert found[h.said] >= max(found.values()) - 1e-9
