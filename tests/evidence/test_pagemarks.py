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
