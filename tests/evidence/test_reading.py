"""Single rules: quotation marks, speakers, titles, stories, statements, events, stances."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.evidence import read_text


def quotes(text):
    return [(q.text, q.speaker) for q in read_text(text).quotations]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ('"We will stay," said Ana Cole, the foreign minister.', [("We will stay", "Ana Cole")]),
        ("“We go,” Mr. Jan Reed said. “Soon.”", [("We go", "Jan Reed"), ("Soon", "Jan Reed")]),
        ('“We go," Ana Cole told reporters, "and soon."', [("We go", "Ana Cole"), ("and soon", "Ana Cole")]),
        ("According to Ana Cole, the plan is “dead on arrival.”", [("dead on arrival", "Ana Cole")]),
        ("‘They’re robbing us,’ Ana Cole said.", [("They’re robbing us", "Ana Cole")]),
        ("Ana Cole, who led the study, called it “a mess”.", [("a mess", "Ana Cole")]),
    ],
)
def test_speakers(text, want):
    assert quotes(text) == want


def test_a_quotation_over_paragraphs_goes_on():
    found = read_text(
        "Ana Cole spoke first. “We were told one thing.\n\n“Then we were told another,” she said.\n"
    ).quotations
    assert [q.speaker for q in found] == ["Ana Cole", "Ana Cole"]
    assert found[1].continues == 0


@pytest.mark.parametrize(
    "text",
    [
        "Her book, “The Long Peace,” sold well in Europe last year.",
        "He praised the film “A Bridge Too Far” in passing at dinner.",
        "The so-called “coalition of the willing” met in the spring.",
    ],
)
def test_titles_and_scare_quotes_are_no_quotations(text):
    assert quotes(text) == []


def test_mojibake_is_read_and_spans_stay_in_the_original():
    text = "â€œWe pay,â€\x9d said Ana Cole on Monday in the capital."
    reading = read_text(text)
    (quote,) = reading.quotations
    assert quote.speaker == "Ana Cole"
    assert text[quote.start : quote.end] == quote.text == "We pay"


def test_direction_marks_do_not_hide_words():
    text = "\u202e“We\u200b pay,” said Ana\u200d Cole.\u202c"
    (quote,) = read_text(text).quotations
    assert quote.speaker == "Ana Cole"
    assert text[quote.start : quote.end] == quote.text


def test_indirect_statements_keep_anonymous_sources():
    reading = read_text(
        "Two officials familiar with the plan said on Monday that the brigade would leave by the summer."
    )
    (statement,) = reading.statements
    assert statement.speaker_kind == "anonymous"
    assert statement.text == "the brigade would leave by the summer"


@pytest.mark.parametrize(
    ("text", "action", "modality"),
    [
        ("The United States withdrew 4,000 troops from Germany on Monday.", "withdraw_forces", "done"),
        ("The United States may withdraw troops from Germany next year.", "withdraw_forces", "hypothetical"),
        ("The United States will deploy a brigade to Poland in May.", "deploy", "announced"),
        ("The United States has no plans to withdraw troops from Germany.", "withdraw_forces", "denied"),
        ("Washington threatened to leave NATO over spending.", "threaten_withdrawal", "threatened"),
        ("The United States approved the sale of 24 jets to Poland.", "approve_sale", "done"),
        ("Poland invoked Article 4 on Tuesday.", "invoke", "done"),
    ],
)
def test_events(text, action, modality):
    found = {(e.action, e.modality) for e in read_text(text).events}
    assert (action, modality) in found


def test_event_dates_come_from_the_publication():
    event = read_text(
        "Washington withdrew 4,000 troops from Germany on Monday.", published="2025-03-05"
    ).events[0]
    assert (event.date, event.actor_code, event.target_code) == ("2025-03-03", "USA", "DEU")


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("We will not defend those who do not pay", "conditional"),
        ("It is theatre", "bluff"),
        ("There is no doubt that he would withdraw from the alliance", "real"),
        ("Our commitment is ironclad", "bluff"),
    ],
)
def test_stances(words, label):
    found = read_text(f"“{words},” said Ana Cole, the foreign minister.").stances
    assert label in {s.label for s in found}


def test_the_same_text_reads_the_same_twice():
    text = "“We go,” Ana Cole said. She added that 400 soldiers would leave.\n" * 3
    assert read_text(text) == read_text(text)


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(list("abcABC .,!?\n\"'“”‘’—$€%0123456789\u202e\u00a0éß-")), max_size=400)
)
def test_any_text_is_read_and_spans_are_slices(text):
    reading = read_text(text)
    for item in [
        *reading.quotations,
        *reading.statements,
        *reading.quantities,
        *reading.events,
        *reading.claims,
    ]:
        assert text[item.start : item.end] == item.text
    for span in [*reading.stories, *reading.dropped]:
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“It is late,” as Graziella Montefusco, a former commander, put it to us.", ["Graziella Montefusco"]),
        ("“Can it hold?” Lise Moran, the premier’s adviser on defence, said at a summit.", ["Lise Moran"]),
        ("Minister of Defence Wendelien ter Haar said: “We pay.”", ["Wendelien ter Haar"]),
        (
            "A former head of the army has called it “a gamble”.\n\nGeneral Hamish Colquhoun said so.",
            ["Hamish Colquhoun"],
        ),
        ("“We pay our way,” reads a line on the website of Leopold Strand.", ["Leopold Strand"]),
        (
            "There is a rift, according to two diplomats. “He left early,” one of them said.",
            ["one of two diplomats"],
        ),
        (
            "John Mallory — a general, and no fool — later said it was “like talking to a brick”.",
            ["John Mallory"],
        ),
        ("“No, never.” That was Senator Harrison Voss, on Tuesday.", ["Harrison Voss"]),
    ],
)
def test_speakers_of_less_usual_attributions(text, speakers):
    assert [q.speaker for q in read_text(text).quotations] == speakers


@pytest.mark.parametrize(
    "text",
    [
        "The bar now sells a cocktail called “Article Four.”",
        "Its nickname in the ministry is “the coma plan.”",
        "Ana Cole rejected talk of a “paper alliance”.",
    ],
)
def test_names_and_notions_are_no_quotations(text):
    assert not read_text(text).quotations


def test_the_turns_of_a_transcript_stay_one_story():
    text = "Hearing on posture\n\nThe committee met on Thursday.\n\nSEN. COLE: Would it help?\n\nGEN. MARSH: No, sir. It would not."
    assert len(read_text(text).stories) == 1


def test_a_text_cut_off_in_its_last_sentence_is_still_read():
    assert read_text("“We will stay,” said Ann Cole on Monday. There are 35,000 troops in Germ").quotations
