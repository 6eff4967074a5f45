"""Lines that only their neighbours tell apart from a story."""

from __future__ import annotations

from foedus.evidence.reader import read_source, source_from_text

LETTERS = """Paying for peace
Sir, Your leading article says that the army needs new barracks, and that the treasury will not pay for them this year.
Ann Marlow
Leeds
Sir, The army has sold three barracks in my town since the spring, and nobody has bought any of them for use.
Tom Ashby
York
"""
NOTE = "Morning all,\n\nThis one is worth reading before Monday.\n\n---------- Forwarded message ---------\nFrom: A <a@example.org>\nSubject: Ships\n\nThe navy has ordered three ships, the ministry said on Tuesday, after years of delay.\n"


def test_names_and_places_under_letters_are_left_out():
    reading = read_source(source_from_text(LETTERS))
    left = " ".join(LETTERS[d.start : d.end] for d in reading.dropped)
    assert all(name in left for name in ("Ann Marlow", "Leeds", "Tom Ashby", "York"))
    assert "barracks" not in left


def test_a_note_before_a_forwarded_message_is_left_out():
    reading = read_source(source_from_text(NOTE))
    assert [NOTE[s.start : s.end] for s in reading.stories] == [NOTE.strip().rsplit("\n", 1)[1]]


STORY = """Allies to share the cost of a new fleet of tankers
By Ann Marlow

BRUSSELS (Wire) - The allies agreed on Tuesday to buy eight tankers together, the secretary general said, after talks that lasted for two years.

The first of the aircraft will fly from Eindhoven in the spring, and the last in four years, according to the plan that ministers have signed.

Five more countries are said to want a share of the fleet, which has been busy since the war began, officials said on Tuesday evening.

The ministry in The Hague said that the hangars at the base would be ready in time, though builders have been hard to find this year.
"""
NEXT = "The parliament in Oslo voted on Thursday to lend the navy four more frigates, a step that the opposition called long overdue.\n"


def left_out(text: str) -> str:
    reading = read_source(source_from_text(text))
    return "\n".join(text[d.start : d.end] for d in reading.dropped)


def test_a_story_ends_where_it_is_signed_off():
    for line in (
        "Wire writer Tom Ashby in Leeds contributed to this report.",
        "Copyright 2031 The Wire. All rights reserved.",
    ):
        text = f"{STORY}\n{line}\n{NEXT}"
        reading = read_source(source_from_text(text))
        assert [text[s.start :][:8] for s in reading.stories] == ["Allies t", "The parl"]
        assert line in left_out(text)


def test_lists_and_notes_under_a_story_are_left_out():
    under = [
        "Ann Marlow is a defence correspondent for the Wire. She lives in Leeds with two dogs.",
        "Most read\n1. The bridge that nobody wanted to cross\n2. How to keep a tank dry",
    ]
    for lines in under:
        assert lines in left_out(f"{STORY}\n{lines}\n").replace("\n\n", "\n")


def test_an_announced_list_between_paragraphs_is_left_out():
    first, last = STORY.rsplit("\n\n", 1)
    listed = (
        "list of 2 items\nlist 1 of 2\nWhat is a tanker?\nlist 2 of 2\nWhere do the tankers fly?\nend of list"
    )
    text = f"{first}\n\n{listed}\n\n{last}"
    reading = read_source(source_from_text(text))
    assert len(reading.stories) == 1
    assert listed in left_out(text)
