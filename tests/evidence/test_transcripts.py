"""Turns of transcripts and of interviews whose labels say who speaks, in invented texts."""

from __future__ import annotations

import pytest

from foedus.evidence import read_text
from foedus.evidence.export_json import document


def said(text: str) -> list[tuple[str, str]]:
    return [(q["speaker"], q["text"]) for q in document(read_text(text))["quotations"]]


def test_a_hearing_names_those_present_in_its_header():
    text = """Defence committee, evidence session

Thursday 3 June 2027. Members present: Ana Pryce (Chair); Tom Dell; Lucy McKay.
Witness: Lieutenant General Owen Marsh, Chief of Joint Operations.

The Chair: Good morning, General. How many ships can you send?

Lieutenant General Marsh: Two, Chair, and a third if nothing breaks.

Q12 Tom Dell: And if something breaks?

Lieutenant General Marsh: Then it is one. The note says "one at best".

[Interruption.]

Ms McKay: (reading) I am still puzzled. We were told that there were six. [Laughter]

Lieutenant General Marsh: There are six. Four are in pieces.

The session was suspended at noon."""
    assert said(text) == [
        ("Ana Pryce", "Good morning, General. How many ships can you send?"),
        ("Owen Marsh", "Two, Chair, and a third if nothing breaks"),
        ("Tom Dell", "And if something breaks?"),
        ("Owen Marsh", 'Then it is one. The note says "one at best"'),
        ("Lucy McKay", "I am still puzzled. We were told that there were six"),
        ("Owen Marsh", "There are six. Four are in pieces"),
    ]


def test_a_questioner_who_gives_a_name_keeps_it_for_what_follows_on():
    text = """Pentagon Press Secretary Joan Ferris Holds an Off-Camera Briefing
April 4, 2027

PRESS SECRETARY JOAN FERRIS: Good afternoon. I have one announcement.

The exercise begins on Monday, and all of our allies are in it.

Q: Joan, is the brigade coming home?

MS. FERRIS: I don't have anything on that today.

Q: Hi, Tom Reed with Reuters. Can you say when?

MS. FERRIS: When we have decided, Tom, you will know.

Q: So it's not decided?

MS. FERRIS: I did not say that."""
    assert [who for who, _ in said(text)] == [
        *("Joan Ferris", "Joan Ferris", "Q", "Joan Ferris"),
        *("Tom Reed", "Joan Ferris", "Tom Reed", "Joan Ferris"),
    ]


def test_an_office_takes_the_name_in_its_brackets():
    text = """Debate in the Senate

The Minister for Defence (Paddy Reilly): I thank the Senators. We will send 400 troops.

Senator Una Doyle: Will the Minister tell us when?

The Minister for Defence: In May. I have signed the order.

SENATOR DOYLE: Has he the ships for it?

The Minister for Defence: I have one ship and half a crew (laughter)."""
    assert [who for who, _ in said(text)] == [
        *("Paddy Reilly", "Una Doyle", "Paddy Reilly", "Una Doyle", "Paddy Reilly"),
    ]


def test_an_interview_of_questions_and_answers_is_with_whom_its_lead_names():
    text = """The minister on the brigade: a conversation

Defence Minister Karl Voss spoke to our programme about the brigade. Here is what he said.

Question. Minister, are the Americans leaving?

Answer. I have no letter that says so. My colleague wants to keep 5,000 soldiers there.

A telephone rings. He lets it.

Q. And if he does not?

A. Then we have to fill the gap. I have asked for money.

Q. How much?

A. Eight billion euros."""
    assert [who for who, _ in said(text)] == ["Question", "Karl Voss"] * 3


def test_a_paper_asks_under_its_own_name():
    text = """“We are not a museum”: the head of the shipyard speaks

Rita Olsen has run the yard at Horten since 2021. The daughter of a welder, she builds corvettes.

THE HERALD: You have 40 orders and no steel. How is that?

RITA OLSEN: We ordered it in March. I am told that it is on a train.

THE HERALD: On which train?

OLSEN: That is what I ask every morning.

She laughs and pours coffee.

THE HERALD: Do the Americans still come?

OLSEN: They come, they count my cranes and they go home."""
    assert [who for who, _ in said(text)] == ["THE HERALD", "Rita Olsen"] * 3


@pytest.mark.parametrize(
    "text",
    [
        """NATO explained: your questions answered

Leaders of the alliance meet in The Hague next month. President Donald Trump wants more money.

Q: What is Article 5?

A: It says that an attack on one is an attack on all.

Q: Has it been used?

A: Once, after the attacks of September 11, 2001.

Q: Who pays?

A: Each ally pays for its own forces.""",
        """Myths about the alliance

CLAIM: We pay for everybody.

FACT: Each ally pays for its own forces.

CLAIM: You can be thrown out.

FACT: There is no such rule.""",
        """World in brief

GERMANY: The chancellor would not say whether he will send us two more batteries.

FRANCE: Paris is to build a carrier.

GERMANY: Berlin also ordered our drones.

POLAND: Warsaw wants 4 more.""",
        """The week in defence

RADAR: We reported in May that the masts are late. They still are.

SHELLS: The plant in Vilna makes 400 a day, we hear.

RADAR: The masts come from Turku, and so does our correspondent.

BOOTS: You may buy them at the gate.""",
        """The general and the minister

The minister said this: We have 40 tanks.

The general said that: You have four.

The minister said more: We will see. Our tanks are in the shop.""",
    ],
)
def test_labels_of_lists_and_explainers_are_no_turns(text):
    assert not said(text)


@pytest.mark.parametrize("kind", ["Transcript", "Full transcript", "Hearing", "Remarks", "Testimony"])
def test_what_a_page_calls_itself_states_nothing(kind):
    text = f"""{kind}: Minister Dahl before the defence committee

OSLO, March 12, 2027

MR. RUNE: Minister, will the frigates sail this year?

MINISTER DAHL: They will, if the committee lets me pay for the fuel.

MR. RUNE: Then they will sail."""
    reading = document(read_text(text))
    assert reading["statements"] == []
    assert len(reading["quotations"]) == 3


@pytest.mark.parametrize("name", ["real-9/11-live-and-interview", "fresh/06-interview-qa"])
def test_no_words_of_anybody_are_left_out(name):
    from .gold import ARTICLES, load

    path = next((ARTICLES / name.split("/")[0]).glob(f"{name.split('/')[1][:3]}*"))
    reading = document(read_text(load(path).text))
    left = [(d["start"], d["end"]) for d in reading["dropped"]]
    assert reading["quotations"]
    assert not any(a <= q["start"] < b for q in reading["quotations"] for a, b in left)


def test_a_questioner_is_known_by_those_who_answer():
    text = """The colonel who counts ferries

Retired colonel Arvo Lind, 61, keeps bees. His book came out last week.

Horizon: You write that we have too few ships. Is that so?

Lind: It is so on paper. I would not boast with the ships, I would boast with the crews.

Horizon: How many are there?

Lind: Enough for nine. My son is one of them.

I have told him to sleep while he can.

Horizon: And what does he say?

Lind: "Nothing." """
    assert [who for who, _ in said(text)] == [
        *("Horizon", "Arvo Lind", "Horizon", "Arvo Lind", "Arvo Lind", "Horizon", "Arvo Lind")
    ]
    assert said(text)[-1][1] == '"Nothing."'


def test_what_the_record_says_between_turns_is_nobodys():
    text = """Joint committee on the coast

Llywydd: I welcome the commodore and ask her to be brief. Is that agreed?

Commodore Una Daly: I have nine ships and I can crew four of them.

Deputy Sean Roche: Why only four?

Commodore Una Daly: We are short of engineers.

Sitting suspended at 11.10 a.m. and resumed at 11.30 a.m.

Deputy Sean Roche: I am told that they went to build wind farms.

The committee adjourned at noon.

Llywydd: I thank our guests. I propose that we write to the minister about the engineers. Is that agreed?"""
    spoken = said(text)
    assert [who for who, _ in spoken] == [
        *("Llywydd", "Una Daly", "Sean Roche", "Una Daly", "Sean Roche", "Llywydd")
    ]
    assert not any("suspended" in words or "adjourned" in words for _, words in spoken)


def test_marked_words_after_a_label_are_no_turn_before_the_first_turn():
    text = """General Lind: "We sold the wrong ships"

General Arvo Lind has opinions on the fleet.

The Herald: Which ships did you sell?

Lind: The good ones. I signed for them.

The Herald: Are you sorry?

Lind: I am."""
    assert [who for who, _ in said(text)] == ["The Herald", "Arvo Lind"] * 2
