"""Numbers whose noun is left out, speakers without a name, and interviews: one of each kind, in other words than any article's."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text
from foedus.evidence.dates import find_dates
from foedus.evidence.nouns import singular
from foedus.evidence.quantities import read_quantities

from .scoring import same_speaker

LEAD = "Allied ministers met in Riga on Monday to talk about the American plan for its bases, and they agreed on little.\n\n"


def read(text):
    return [(q.value, q.unit) for q in read_quantities(text, 0, len(text), 0, None)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "They hold 900 rockets. Four allies fired about 300.",
            [(900, "rocket"), (4, "ally"), (300, "rocket")],
        ),
        ("It would run for 30 months. It lasted 11.", [(30, "month"), (11, "month")]),
        ("He served for 20 years, six of them in Kabul.", [(20, "year"), (6, "year")]),
        (
            "They sent 400 letters in six days, nine of them rude.",
            [(400, "letter"), (6, "day"), (9, "letter")],
        ),
        ("The first had signed a contract; the other had signed 19.", [(19, "contract")]),
        ("She wrote polite memos. I sent five.", [(5, "memo")]),
        ("The number of service members there rose from about 150 to 700.", [(150, "person"), (700, "person")]),
        ("Output of buoys runs at around 20,000 a year.", [(20000, "buoy")]),
        ("A patrol plane has left already, and two more are ready.", [(2, "plane")]),
        (
            "They ordered 146 guns. At five men a gun, these 146 need more.",
            [(146, "gun"), (5, "person"), (146, "gun")],
        ),
        ("It has cost 7 billion euros. Is it 7 billion? Yes.", [(7e9, "EUR"), (7e9, "EUR")]),
        ("Growth would be 12, perhaps 14 per cent.", [(12, "percent"), (14, "percent")]),
        ("He put it at 80 percent. On a bad day, 60.", [(80, "percent"), (60, "percent")]),
        ("They were lost on 90 of the last 120 days.", [(90, "day"), (120, "day")]),
        ("It sank to a depth of 300m (984ft).", [(300, "metre"), (984, "foot")]),
        ("Sweden will pay 3 billion crowns.", [(3e9, "SEK")]),
        ("Prague will pay 3 billion crowns to the Czech fund.", [(3e9, "CZK")]),
        ("It set aside C$4 billion, or four billion dollars.", [(4e9, "CAD"), (4e9, "CAD")]),
        ("It owes 3 Trillion Dollars!", [(3e12, "USD")]),
        ("Two point five percent is much.", [(2.5, "percent")]),
        ("He came at a quarter to nine on Monday.", []),
        ("By day 9 they had none.", []),
        ("The “four pillars” of the plan stand.", []),
        ("I’m 63. I am 93, she said.", [(63, "year"), (93, "year")]),
        ("Those aged 18 to 29, in short.", [(18, "year"), (29, "year")]),
        ("A table for two becomes a burden.", [(2, "person")]),
        ("It buys 31 fuel resupply vehicles and 60 Mk 54 light torpedoes.", [(31, "vehicle"), (60, "torpedo")]),
        ("They have 31 ammunition resupply vehicles.", [(31, "vehicle")]),
        ("Two Independents and 700 military recruiters voted.", [(2, "person"), (700, "person")]),
    ],
)
def test_what_a_number_counts(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    ("plural", "want"),
    [("torpedoes", "torpedo"), ("canoes", "canoe"), ("corps", "corps"), ("heroes", "hero"), ("shoes", "shoe")],
)
def test_singulars(plural, want):
    assert singular(plural) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("It was held on June 20 and 21, 44 percent said.", ["2026-06-20/2026-06-21"]),
        ("It runs from May 3 to 21. Many came.", ["2026-05-03/2026-05-21"]),
        ("In the old time (1603-1867) it was so.", ["1603/1867"]),
        ("On June 20 and 21 soldiers came.", ["2026-06-20"]),
    ],
)
def test_spans_of_days(text, want):
    assert [q.normalised for q in find_dates(text, 0, len(text), 0, "2026-06-25")] == want


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            "The Ministry of Works denied it. “We build,” a spokesperson said.",
            ["Ministry of Works spokesman"],
        ),
        (
            "The European Commission met. “It is a door,” said a spokesperson for the commission.",
            ["European Commission spokesman"],
        ),
        ("Ruth Pell left. “She is tired,” said a spokesman for Pell.", ["Ruth Pell spokesman"]),
        ("The Defense Department met. “No,” the department said.", ["Defense Department"]),
        (
            "A corporal buying rolls read it on his phone.\n\n“No comment,” he said.",
            ["corporal"],
        ),
        (
            "A chief executive of the yard was asked. “It floats,” the executive said. Tom Hale, the executive of a bank, left.",
            ["executive"],
        ),
        (
            "Minister Tom Hale left. A warrant officer serving at Tapa described it. “It rolls,” the soldier said.",
            ["warrant officer"],
        ),
        ("A union spokesperson declined to say more. “All is sent,” they said.", ["union spokesperson"]),
        (
            "Tom Hale spoke. His Latvian counterpart, who stood by, was asked. “It leaks,” she said.",
            ["counterpart"],
        ),
        ("Tom Hale voted no. He said it “should not be done by statute”.", ["Tom Hale"]),
        ("Ruth Pell said that the ships Norway had offered would come “before the thaw”.", ["Ruth Pell"]),
        ("Spain has refused, with its premier calling the goal “a bad joke”.", ["its premier"]),
        (
            "Half would be dark, said grid company Norra Kraft, adding that it had been struck “at least twice”.",
            ["Norra Kraft"],
        ),
        (
            "Ruth Pell left. “We pay our share,” she said.\n\nWould the town pay more? “Ask me in May.”",
            ["Ruth Pell"] * 2,
        ),
        (
            "It is in an inspector general’s report. “Roofs leak,” the 54-page document notes.",
            ["inspector general’s report"],
        ),
        ("The fleet had sent word that its chief was “resting”.", ["The fleet"]),
        ("Overheard in the lift, by a clerk to another: “It works when it works.”", ["clerk"]),
    ],
)
def test_who_speaks(body, want):
    found = read_text(LEAD + body).quotations
    assert len(found) == len(want), [(q.text, q.speaker) for q in found]
    for quote, speaker in zip(found, want, strict=True):
        assert same_speaker(quote.speaker, speaker), (quote.text, quote.speaker)


@pytest.mark.parametrize(
    "body",
    [
        "It sorted buyers into columns headed “Good,” “Better” and “Guests.” Spain was in the last.",
        "It was billed as a “listening hour.” It lasted a while.",
        "The item called “Handover” is on the agenda.",
        "We should stop saying “burden sharing.” It is worn out.",
    ],
)
def test_what_is_no_quotation(body):
    assert read_text(LEAD + body).quotations == ()


INTERVIEW = (
    "After the talks in Riga the envoy Ruth Pell explains in an interview why the plan is both too much and too little.\n\n"
    "Courier: Ms. Pell, eight countries have paid. Is that enough?\n\n"
    "Ruth Pell: It is enough for the roof. The walls come later.\n\n"
    "Who has not paid?\n\n"
    "Some pay late, and some pay in words.\n\n"
    "Is that fair between friends?\n\n"
    "It is what friends do. Nobody likes the bill.\n\n"
    "I would pay it all the same, and I have told them so.\n\n"
    "Ruth Pell is an envoy and lives in Riga."
)


@pytest.mark.usefixtures("one_story")
def test_answers_of_an_interview_are_words_of_whoever_is_interviewed():
    found = read_text(INTERVIEW).quotations
    assert [q.speaker for q in found] == ["Ruth Pell"] * 4
    assert found[0].text.startswith("It is enough") and found[-1].text.endswith("told them so")


@pytest.mark.usefixtures("one_story")
def test_questions_that_nobody_is_asked_make_no_interview():
    text = INTERVIEW.replace("Ruth Pell: ", "").replace("in an interview ", "")
    assert read_text(text).quotations == ()


@pytest.mark.usefixtures("one_story")
def test_words_announced_without_marks_end_before_their_signature():
    text = (
        LEAD
        + "As one aide of the minister put it:\n\nYou can keep them all and have each of them packing. — aide, May 2026"
    )
    (quote,) = read_text(text).quotations
    assert quote.text == "You can keep them all and have each of them packing"
    assert "aide" in (quote.speaker or "")
