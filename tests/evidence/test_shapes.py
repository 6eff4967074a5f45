"""Shapes of sentences and lines that earlier readers missed, each in a text of its own."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text, tables
from foedus.evidence.blocks import split_blocks

SPEAKERS = [
    (
        "But a senior administration official, speaking to reporters on a call, insisted: “Our commitment is ironclad.”",
        ["senior administration official"],
    ),
    (
        "A day later, pressed by reporters in Warsaw, Mr. Hale softened the line, saying the presence was “not going anywhere right now.”",
        ["Hale"],
    ),
    ("It was Mr. Morel who, in 2019, called the alliance “brain dead.”", ["Morel"]),
    (
        "“This is reckless,” said Carl Vos, president of the council, adding that such remarks “serve only one man’s interest.”",
        ["Carl Vos", "Carl Vos"],
    ),
    (
        "Several former officials said they believed him. “He will leave,” one said flatly.",
        ["one former official"],
    ),
    ("“We wait,” said Ana Kowal, a nurse. Her husband, Ron, nodded. “We vote,” he said.", ["Ana Kowal", "Ron"]),
    (
        "According to the minutes, seen by this paper, the chancellery’s chief of staff warned of “a moment of danger”.",
        ["chief of staff"],
    ),
    ("“Sir, that is not it,” shot back Rep. Adam Moss, the panel’s senior Democrat.", ["Adam Moss"]),
    ("Moss: “No country gets a blank check.” Nobody spoke after that.", ["Moss"]),
    (
        "The Defence Secretary has told MPs that talks are “a long way from finished”.\n\nAlastair Penn was answering a question. “Yes,” the Defence Secretary answered.",
        ["Alastair Penn", "Alastair Penn"],
    ),
    (
        "Ian Brandt, who served in the George W. Dole administration, agreed. “The words are right,” he said.",
        ["Ian Brandt"],
    ),
    ("“Look,” she said, “we know how this ends.”\n\nMs. Kalda is a former minister.", ["Kalda", "Kalda"]),
    ("“I have ordered both cakes.” — Hubert Poel, baker, of Brogel.", ["Hubert Poel"]),
    ("It has 38 backers and, says Luz Ech, “a pulse and a plan.”", ["Luz Ech"]),
]

QUANTITIES = [
    ("The 88-page report is late.", [(88.0, "page")]),
    ("Only 14 of the navy’s 25 warships sail.", [(14.0, "warship"), (25.0, "warship")]),
    ("The vote was 51 to 46.", [(51.0, "vote"), (46.0, "vote")]),
    (
        "The number of brigades held ready will rise from 24 to 49 by then.",
        [(24.0, "brigade"), (49.0, "brigade")],
    ),
    ("It is a town of 38,000 known for pottery.", [(38000.0, "person")]),
    ("He told us that his son is 19.", [(19.0, "year")]),
    ("They approved the sale of 20 HIMARS rocket launchers.", [(20.0, "launcher")]),
    ("Nine out of 32 allies pay.", [(9.0, "ally"), (32.0, "ally")]),
    ("Congress gets 30 days to object, or 15 if the buyer is an ally.", [(30.0, "day"), (15.0, "day")]),
    ("The budget is Hr 2.79 trillion.", [(2.79e12, "UAH")]),
    ("We have seven headquarters, and the Russians have one phone.", [(7.0, "headquarters"), (1.0, "phone")]),
    ("There will not be a fifth, he said.", []),
    ("The plan costs 35 to 50 billion euros.", [(35e9, "EUR"), (50e9, "EUR")]),
    ("We counted 14 buses at the gate.", [(14.0, "bus")]),
]

LINES = [
    (
        "HMS Defiance in dry dock at Port. Six ships have been there for a year. Photograph: Colin Tran/PA",
        "caption",
    ),
    ("(Reporting by Noor van Aal; Editing by Hugh Peel)", "boilerplate"),
    ("EXCLUSIVE By DAZ PENHAL, Political Editor", "metadata"),
    ("October 21, 2025 10:17 pm (Updated: October 21, 2025 11:40 pm)", "metadata"),
    ("Lyle Kess reported from Washington, and Ana Port from Warsaw.", "boilerplate"),
    ("Press release", "metadata"),
    ("BRUSSELS SHIELD, your twice-weekly guide to European defense", "boilerplate"),
    ("Signed in Copenhagen, 3 March 2025", "body"),
    ("NOELLE PARR, HOST:", "body"),
]

BRIEFS = """In brief

Germany's cabinet approved a record defence budget of 86 billion euros on Wednesday. The finance minister, Lars Klug, said borrowing would triple.

Romania closed part of its airspace for two hours on Tuesday after debris fell near Plauru. The foreign ministry summoned the Russian ambassador.

Canada will meet the alliance's target five years early, its prime minister, Mark Carne, told reporters in Ottawa. He gave no figure for the new money.
"""


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS)
def test_speakers(text, speakers):
    found = [q.speaker for q in read_text(text).quotations]
    assert len(found) == len(speakers)
    assert all(want in (got or "") for got, want in zip(found, speakers, strict=True)), found


@pytest.mark.parametrize(("text", "wanted"), QUANTITIES)
def test_quantities(text, wanted):
    assert [(q.value, q.unit) for q in read_text(text).quantities] == wanted


@pytest.mark.parametrize(("line", "kind"), LINES)
def test_lines(line, kind):
    assert split_blocks(line)[0].kind == kind


def test_each_of_several_briefs_is_a_story():
    starts = [BRIEFS[s.start :][:7] for s in read_text(BRIEFS).stories]
    assert starts == ["Germany", "Romania", "Canada "]


def test_an_interview_names_the_person_interviewed_for_you():
    text = (
        "Ruth Halv spent 26 years in the service and left in February.\n\n"
        "You wrote that the guarantee had become “a door with one handle”. What happened?\n\n"
        "Nothing happened, and that is the point of it all, I think.\n\nHow did he take it?\n\nHe laughed at me.\n\n"
        "Will they come back?\n\nI do not know, and my friends there do not know either.\n\nWhat would you say to him?\n\nGood luck.\n"
    )
    assert [q.speaker for q in read_text(text).quotations] == ["Ruth Halv"]


def test_every_member_of_the_united_nations_is_listed():
    codes = {row["code"] for row in tables.rows("countries.csv")} - {"NATO", "EU", "UN", "GRL"}
    assert len(codes) == 193 + len({"VAT", "PSE", "XKX", "TWN"})
    assert tables.countries()["chad"] == "TCD"
    assert tables.adjectives()["kyrgyz"] == "KGZ"


def test_a_bracket_in_a_source_does_not_stop_the_reader():
    text = "The trade office said it would wait.\n\nThen of(fice said that nothing had changed at all since then.\n"
    assert read_text(text).stories
