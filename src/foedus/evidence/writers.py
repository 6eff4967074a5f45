"""Whose words stand without a verb of saying: the writer of a diary, or who tells of the "he" or "she" that they open with."""

from __future__ import annotations

import re

from foedus.evidence.cue_words import cue_at
from foedus.evidence.cues import Found
from foedus.evidence.lexicon import CUE, PRONOUNS
from foedus.evidence.people import gender_of
from foedus.evidence.quotes import Quoted
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL
from foedus.evidence.subjects import subject_before
from foedus.evidence.turns import present

_A_BOOK = re.compile(
    r"\b(?:memoirs?|diar(?:y|ies)|notebooks?|exercise books?|journals|logbooks?|autobiography)\b"
)
_WRITES = re.compile(r"\b(?:wrote|writes|kept|keeps|written|recorded|filled|recounts|recalls)\b")
_HE = re.compile(r"[“\"‘'«]?(?P<who>He|She)(?:[’']s|[’']d)?\s")
_DESCRIBED_AS = re.compile(
    r"\b(?:is|are|was|were) (?:\w+ly )?(?:described|portrayed|dismissed|remembered|mocked|praised|sketched|introduced|summed up) as(?: an?| the| having| being)?\s*$"
)
_HONOURABLE = re.compile(
    r"[“\"‘'«]?(?:[^.?!]{0,30}\b)?[Tt]he (?:right )?(?:honou?rable|hon\.|noble|learned) (?P<who>lady|gentleman|baroness|lord)\b"
)
_LADY = {"lady": "f", "baroness": "f", "gentleman": "m", "lord": "m"}
_OWNED = re.compile(r"\W{0,3}(?:[Hh]is|[Hh]er|[Tt]heir) ")
_DETERMINER = 5
_SHORT = 80
"""Characters of the words in which they tell of somebody."""


def writer_of(scene: Scene, cut: list[list[tuple[int, int]]]) -> tuple[int, str] | None:
    """Person whose diary or memoir a story tells of, and where a sentence of its own says so."""
    if _A_BOOK.search(scene.mask, scene.spans[0][0], scene.spans[-1][1]) is None:
        return None
    for sentence in (s for block in cut for s in block):
        wrote = _WRITES.search(scene.mask, *sentence)
        if wrote is None or _A_BOOK.search(scene.mask, *sentence) is None:
            continue
        source = subject_before(scene, sentence[0], wrote.start())
        if source is not None and source.kind == "person":
            return sentence[0], source.name
    return None


def teller(
    scene: Scene,
    quote: Quoted,
    found: Found | None,
    cut: list[list[tuple[int, int]]],
    before: list[tuple[Quoted, Found | None]],
    writes: tuple[int, str] | None,
) -> Found | None:
    """The right speaker of words that were given to whoever the sentence before tells of."""
    writer = writes[1] if writes is not None and writes[0] < quote.start else None
    if found is None and writer is not None and _portrayed(scene, quote):
        return Found(_known(scene, writer, quote), None, "before")
    if found is None or found.how != "carried" or found.cue is not None:
        return found
    if (member := _member_spoken_to(scene, quote, found)) is not None:
        return member
    stranger = all(earlier is None or earlier.source.name != found.source.name for _, earlier in before)
    if writer is not None and stranger and found.source.kind != "person":
        return Found(_known(scene, writer, quote), None, "carried")
    opens = _HE.match(scene.text, quote.start, quote.start + _SHORT)
    if opens is None or not stranger or found.source.kind == "person":
        return found
    want = PRONOUNS[opens["who"].lower()]
    if gender_of(scene.cast, found.source.name) not in (None, want) or _another_he(
        scene, found, want, quote, before
    ):
        return found
    name = _other(scene, quote, cut, found.source) or writer
    return Found(_known(scene, name, quote), None, "carried") if name is not None else found


def _portrayed(scene: Scene, quote: Quoted) -> bool:
    """Whether a book's words are what somebody is described as."""
    begin = max(scene.spans[quote.block][0], quote.outer_start - _SHORT)
    return _DESCRIBED_AS.search(scene.mask, begin, quote.outer_start) is not None


def _member_spoken_to(scene: Scene, quote: Quoted, found: Found) -> Found | None:
    """The other of two members of a house, where the words speak of the one who spoke last as honourable."""
    member = _HONOURABLE.match(scene.text, quote.start, quote.end)
    want = _LADY.get(member["who"]) if member is not None else None
    if want is None or gender_of(scene.cast, found.source.name) not in (None, want):
        return None
    other = present(scene, found.source.name, quote.start)
    return Found(_known(scene, other, quote), None, "carried") if other is not None else None


def _another_he(
    scene: Scene, found: Found, want: str, quote: Quoted, before: list[tuple[Quoted, Found | None]]
) -> bool:
    """Whether the "he" of the words may be whoever spoke shortly before, or whose friend or officer the speaker is."""
    if _OWNED.match(scene.text, max(scene.floor, found.source.start - _DETERMINER)):
        return True
    last, earlier = before[-1] if before else (quote, None)
    return (
        earlier is not None
        and last.block >= quote.block - 1
        and gender_of(scene.cast, earlier.source.name) == want
    )


def _known(scene: Scene, name: str, quote: Quoted) -> Source:
    """Somebody as the story named him last before the words."""
    places = [(m.start, m.end) for m in scene.cast.mentions if m.name == name]
    before = [place for place in places if place[0] < quote.start]
    start, end = before[-1] if before else (places or [(quote.start, quote.end)])[0]
    return Source(name, scene.cast.roles.get(name), start, end, "person")


def _other(scene: Scene, quote: Quoted, cut: list[list[tuple[int, int]]], but: Source) -> str | None:
    """Person who tells of another: named beside him, or the last whose verb of saying stands in the paragraphs before."""
    people = set(scene.cast.full.values())
    before = [
        s
        for block in cut[max(0, quote.block - 1) : quote.block + 1]
        for s in block
        if s[1] <= quote.outer_start
    ]
    if not before:
        return None
    for mention in scene.cast.mentions:
        inside = before[-1][0] <= mention.start < before[-1][1] and scene.mask[mention.start] != FILL
        if inside and mention.name in people and mention.name != but.name:
            return mention.name
    for start, end in reversed(before):
        for cue in CUE.finditer(scene.mask, start, end):
            source = subject_before(scene, start, cue.start()) if cue_at(scene, cue) is not None else None
            if source is not None and source.name in people and source.name != but.name:
                return source.name
    return next((n for _, n in reversed(scene.before(quote.start)) if n in people and n != but.name), None)
