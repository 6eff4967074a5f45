"""Cheap questions asked before a pattern never rule out what the pattern would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.evidence import (
    complements,
    dates,
    eventclauses,
    eventmood,
    notquotes,
    people,
    phrases,
    quantities,
    subjects,
)
from foedus.evidence.lexicon import ends, folded, may_end, words_in

MAY_END = [
    (eventclauses._CASE, eventclauses._CASE_WORDS),
    (notquotes._NAMED_BEFORE, notquotes._NAMING_WORDS),
    (notquotes._TITLE_BEFORE, notquotes._TITLE_WORDS),
    (quantities._MODIFIER, quantities._MODIFIER_WORDS),
    (quantities._NAMED_NUMBER, quantities._NAMING_WORDS),
]
ENDS = [
    (subjects._JOINT, subjects._JOINTS),
    (subjects._RELATIVE_END, subjects._RELATIVES),
    (subjects._SAID_THEY, subjects._THEY),
    (complements._HEARD, ("to have ",)),
]
SPACES = st.sampled_from([" ", " ", " ", "  ", "\n", ", ", "-", "’s ", ""])


def tails(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    """Passages of a pattern's own words, in lower case, capitals or as titles."""
    words = st.sampled_from(sorted(words_in(pattern.pattern)))
    shaped = st.builds(lambda word, shape: shape(word), words, st.sampled_from([str, str.upper, str.title]))
    return st.lists(st.tuples(shaped, SPACES), max_size=6).map(lambda pairs: "".join(a + b for a, b in pairs))


@pytest.mark.parametrize(("pattern", "words"), MAY_END)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_pattern_is_found_only_behind_its_words(pattern, words, data):
    text = data.draw(tails(pattern))
    assert may_end(text, words) or not pattern.search(text)


@pytest.mark.parametrize(("pattern", "endings"), ENDS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_pattern_is_found_only_behind_its_endings(pattern, endings, data):
    text = data.draw(tails(pattern))
    assert ends(text, endings) or not pattern.search(text)


@settings(max_examples=150, deadline=None)
@given(text=tails(phrases.AUXILIARIES))
def test_auxiliaries_are_cut_off_as_by_the_pattern(text):
    assert phrases.without_auxiliaries(text) == phrases.AUXILIARIES.sub("", text)


@settings(max_examples=300, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(
            [*"0123456789", "2025", " ", " ", "-", "/", ".", ", ", "March", "Sept.", "the First of ", "May", "mid-", "early ", "1990s"]
        ),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_dates_are_tried_wherever_one_begins(text):
    whole = [match.span() for match in dates._DATE.finditer(text)]
    assert [match.span() for match in dates._dates(text, 0, len(text))] == whole


def test_folding_gives_each_letter_that_a_pattern_may_take_for_a_plain_one():
    for letter in map(chr, range(0x3000)):
        taken = re.fullmatch("[a-z]", letter, re.IGNORECASE) is not None
        assert (folded(letter) in "abcdefghijklmnopqrstuvwxyz") == taken
        assert len(folded(letter)) == 1
        assert not taken or re.fullmatch(folded(letter), letter, re.IGNORECASE)


@pytest.mark.parametrize("text", ["Will it go?", "İF ıt fails", "No planſ to leave", "They VOWED", "promıse"])
def test_how_an_act_stands_is_read_in_folded_text_as_with_case_ignored(text):
    for _, pattern, cased in eventmood._MODAL:
        if not cased:
            whole = re.compile(pattern.pattern, re.IGNORECASE)
            assert bool(pattern.search(folded(text))) == bool(whole.search(text))


def test_an_age_between_commas_has_digits_behind_a_comma():
    for text in ("and Iris, 34, left", "for Karl, a 61-year-old baker", "said Ann, 8, and Bo, 17,"):
        assert bool(people._AGED.search(text)) <= bool(people._AN_AGE.search(text))
