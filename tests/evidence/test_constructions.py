"""Constructions of news that articles written without sight of the reader have shown: one of each kind, in other words."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text
from foedus.evidence.quantities import read_quantities
from foedus.evidence.quotes import find_quoted

from .scoring import same_speaker

LEAD = "Allied ministers met in Riga on Monday to talk about the American plan for its bases, and they agreed on little.\n\n"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("«She said: “No ships.” I laughed», said Cole.", ["She said: “No ships.” I laughed"]),
        (
            "„Er rief: ‚Halt‘, and we stopped“, says Braun. „We waited.“",
            ["Er rief: ‚Halt‘, and we stopped", "We waited"],
        ),
        ('"They told us, “Wait,” and we waited," said Cole.', ["They told us, “Wait,” and we waited"]),
        ("“He said, “Go,” so I went,” said Cole.", ["He said, “Go,” so I went"]),
        ("“We will not go, said Cole, “and nobody will.”", ["We will not go", "and nobody will"]),
        (
            "He spoke of \"delay\". Cole said: 'Nobody here has any boots left.'",
            ["delay", "Nobody here has any boots left"],
        ),
        ('»We have enough, and we said "no"«, said Cole.', ['We have enough, and we said "no"']),
    ],
)
def test_quotations_in_marks_of_several_kinds(text, want):
    assert [text[q.start : q.end] for q in find_quoted(text, [(0, len(text))])] == want


def test_a_plural_owner_does_not_close_a_quotation_that_goes_on():
    first = "‘We have two ships, a crew at six hours’ notice and a port that is open."
    second = "‘We need no more than that.’"
    text = f"{first}\n{second}"
    found = find_quoted(text, [(0, len(first)), (len(first) + 1, len(text))])
    assert [(text[q.start : q.end], q.continues) for q in found] == [
        (first[1:-1], False),
        ("We need no more than that", True),
    ]


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (
            "Senator Ruth Pell, who asked for the hearing, put on her glasses.\n\n“They were late,” said General Tom Hale.\n\n“And who was told?”\n\n“Nobody was, senator.”",
            ["Tom Hale", "Ruth Pell", "Tom Hale"],
        ),
        (
            "The head of the committee, Ilse Brandt, is less polite:\n\n“We pay for the roof and they choose the tiles.”",
            ["Ilse Brandt"],
        ),
        (
            "Minister Tom Hale spoke first. He was interrupted by a docker from the back row, who said: “Prove it.”",
            ["a docker"],
        ),
        ("The Admiralty would not give a date. “We do not discuss sailings,” it wrote.", ["The Admiralty"]),
        ("The commission was blunt. It described the office as “a shop without a till”.", ["commission"]),
        ("The foreign ministry talks only of “routine rotations”.", ["foreign ministry"]),
        (
            "It carries an appeal signed by 40 former envoys against what they call “the sale of the strait”. Its last paragraph reads: “We will not be silent.”",
            ["40 former envoys", "40 former envoys"],
        ),
        (
            "The captain with the call sign “Teacher” posts a list at dawn. “It gets shorter,” he said.",
            ["Teacher"],
        ),
        (
            "Tom Hale, the shipyard’s director, shrugged. A bishop standing behind him did not. “God help us,” he said.",
            ["bishop"],
        ),
        ("There is a tale about a colonel who was asked for his plan. “Which one?” he said.", ["colonel"]),
        (
            "It is what a farmer near Cesis told me in the one minute he gave me: “Nobody asked the cows.”",
            ["farmer near Cesis"],
        ),
        ("The embassy’s circle is hopeful. “All will be well,” one hears there.", ["The embassy’s circle"]),
        (
            "The bill sets no limit at all on missions “of a humanitarian nature”, Ruth Pell said.",
            ["The bill"],
        ),
        (
            "The Defence Plan, late by 1.5 years, assumes that it will grow “when times allow”.",
            ["Defence Plan"],
        ),
        (
            "Green Alliance organiser Ruth Pell voted for it but told friends that she did so “with a peg on my nose”.",
            ["Ruth Pell"],
        ),
        (
            "Soldiers were told by the minister, Tom Hale, that they would be home “by the harvest”.",
            ["Tom Hale"],
        ),
        ("Ruth Pell runs the shop. What then? The owner shrugs. “Then we close.”", ["Ruth Pell"]),
        ("Of the sum Ruth Pell said: “I have seen better on a napkin.”", ["Ruth Pell"]),
        ("A ruling-party deputy, Han Ji-won, was sharper: “He talks as if we were waiters.”", ["Han Ji-won"]),
        (
            "Ilse Brandt was annoyed. Her neighbour, a retired forester, was not. “I sleep well,” he says.",
            ["Her neighbour"],
        ),
        ("Her doubts are in a memo from May, which warns of “a gap in the fence”.", ["memo"]),
        (
            "The pilot, Captain Radu Ilie, was asked again. “I was flying,” replied the captain.",
            ["Radu Ilie"],
        ),
        (
            "Ruth Pell said that, according to the transcript, a voice said: “Turn back!”",
            ["voice"],
        ),
        ("The minister told reporters. “There is none,” one of them pointed out.", ["one of reporters"]),
        ("Ilse Brandt was asked. Her verdict? “A tent would do.”", ["Ilse Brandt"]),
        ("“They would say so,” was Ilse Brandt’s reply.", ["Ilse Brandt"]),
        ("Ilse Brandt, a baker in Narva — “Bread is cheap. Flour is not.”", ["Ilse Brandt"]),
        ("For Ilse Brandt, a baker in Narva, it is “a door left open”.", ["Ilse Brandt"]),
        (
            "“They are like rain,” the general said. He is 78. His name is Tom Hale, and he sleeps well.",
            ["Tom Hale"],
        ),
        (
            "“It was good,” a Greek delegate said. A Turkish one was less pleased. “It was long,” he said.",
            ["Greek delegate", "Turkish delegate"],
        ),
        (
            "Bill Karsten has run the plant for years. “One shell every 98 seconds,” he says. His son Tyler left.",
            ["Bill Karsten"],
        ),
        (
            "The Finnish minister, Tom Hale, met Ruth Pell. “We replace nobody,” said the Finn.",
            ["Tom Hale"],
        ),
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
        "The shares of those who are “quite certain” of it fell.",
        "In the town they speak of “the ghosts” of the base.",
        "A banner hung from the bridge since May reads, in English, “Come Back”.",
        "It is a card on which is written “In case of need”.",
        "The paper sets out the cost of a “credible” navy.",
        "The “special guests”, a clerk said, “had gone home.”",
    ],
)
def test_what_is_no_quotation(body):
    found = [q.text for q in read_text(LEAD + body).quotations]
    assert found in ([], ["had gone home"])


def test_the_standfirst_is_read_and_its_words_are_those_of_who_says_them_below():
    text = (
        "Army cannot man half of its new tanks, members told\n\n"
        "Former head of stores says the plan of 2022 was ‘tied with string’ and short of 300 crew\n\n"
        "By Ann Writer\n3 March 2027\n\n"
        "The army will not be able to man half of its new tanks until 2031, the woman who ran its stores has told members of the house committee.\n\n"
        "Dame Ruth Pell said that the plan had been ‘tied with string’ from the start, and that nobody in the ministry had wished to know about it.\n\n"
        "‘I told them so,’ she said. ‘They wrote it down, and then they put what they had written into a drawer.’"
    )
    reading = read_text(text)
    assert [q.speaker for q in reading.quotations] == ["Ruth Pell"] * 4
    assert [(q.value, q.unit) for q in reading.quantities if q.start < text.index("By Ann")] == [
        (None, "date"),
        (300, "person"),
    ]


def test_words_of_which_the_lead_accuses_somebody_are_those_of_who_repeats_them():
    text = (
        "The Defence Secretary has been accused of “selling the roof” after it emerged that half of the ships in his plan had been due to sail anyway.\n\n"
        "Ruth Pell, who speaks for the opposition, told members that she had seen many plans and believed none of them.\n\n"
        "“He is selling the roof to mend the door,” Pell said. “The rain has noticed, and so have our friends in the north.”"
    )
    assert [q.speaker for q in read_text(text).quotations] == ["Ruth Pell"] * 3


def read(text):
    return [(q.value, q.unit) for q in read_quantities(text, 0, len(text), 0, None)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("They sent 12 Challenger 2 tanks and 9 Type 26 frigates.", [(12, "tank"), (9, "frigate")]),
        ("It is 7ft high, holds 40 sq m and does 31 kt.", [(7, "foot"), (40, "square metre"), (31, "knot")]),
        ("A hall of 20,000-square-foot size covers 3 km².", [(20000, "square foot"), (3, "square km")]),
        ("Yields rose 4bp, or 30 basis points in all.", [(4, "basis point"), (30, "basis point")]),
        ("The hull, 120 m, lay 600 m from the quay.", [(120, "metre"), (600, "metre")]),
        ("It cost 45p.", [(0.45, "GBP")]),
        (
            "The bill was zł12bn, TL 3 billion, SFr40m and Kč 9m.",
            [(12e9, "PLN"), (3e9, "TRY"), (40e6, "CHF"), (9e6, "CZK")],
        ),
        ("It lasted a day and a half, then half a minute.", [(1.5, "day"), (0.5, "minute")]),
        ("It took three years and a half.", [(3.5, "year")]),
        ("A quarter of an hour went by.", [(0.25, "hour")]),
        ("Some 200-300 lorries came.", [(200, "lorry"), (300, "lorry")]),
        ("They would send a company or two abroad.", [(2, "company")]),
        ("The gran-of-four drives a six-lane road.", [(4, "person"), (6, "lane")]),
        ("Six lads and about 40 crew slept.", [(6, "person"), (40, "person")]),
        ("Four Democrats joined every Republican but one.", [(4, "person"), (1, "person")]),
        (
            "Of the three ships only one was ready, one burned in port and the other two leaked.",
            [(3, "ship"), (1, "ship"), (1, "ship"), (2, "ship")],
        ),
        ("It has six guns: four German, one Dutch.", [(6, "gun"), (4, "gun"), (1, "gun")]),
        ("They own five boats, of which one is at sea.", [(5, "boat"), (1, "boat")]),
        ("They need sensors. They get 14 a month.", [(14, "sensor")]),
        ("It took fifty days, nine of which were lost.", [(50, "day"), (9, "day")]),
        ("It cut its order of Sky Missiles from 90 to 70.", [(90, "missile"), (70, "missile")]),
        ("How many ships are left? Twelve.", [(12, "ship")]),
        ("A dinner for nine was held.", [(9, "person")]),
        ("Mr Tom Hale (79) came.", [(79, "year")]),
        ("They have boys aged two, five and nine.", [(2, "year"), (5, "year"), (9, "year")]),
        ("Two women, 30 and 34, fled.", [(2, "person"), (30, "year"), (34, "year")]),
        ("Nato spoke. If one of the 32 asked, it would act.", [(1, "ally"), (32, "ally")]),
        ("The sale of twelve fighters was stopped.", [(12, "fighter")]),
        ("Ottawa will spend $3-million over two years.", [(3e6, "CAD"), (2, "year")]),
        ("The panel split 7-6.", [(7, "vote"), (6, "vote")]),
        ("The raid killed 17, wounding 63.", [(17, "person"), (63, "person")]),
        ("A million and a half people left.", [(1.5e6, "person")]),
        ("A choir of sixty schoolchildren sang.", [(60, "person")]),
        ("It was a ratio of five to one.", [(5, "ratio")]),
        ("Crews of 120 rotate.", [(120, "person")]),
        ("It hit a nine-storey block. A further 15 were missing.", [(9, "storey")]),
        ("The youngest was two.", [(2, "year")]),
    ],
)
def test_amounts(text, want):
    assert read(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "It was a category two system.",
        "The “Bison 28” group met, and Exercise Winter Shield 26 began.",
        "He lived at 1600 Harbour Avenue and left from gate 12.",
        "They landed at 0600 hours and met at 9.30.",
        "What if they leave one day?",
        "If that is zero, it is too much.",
        "The Seven Years’ War was long.",
        "Prices rose 2.5-fold.",
    ],
)
def test_numbers_that_count_nothing(text):
    assert read(text) == []
