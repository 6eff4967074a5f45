"""What a bare number counts that its sentence does not say: what its story counted or named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence.bare import (
    NEAR_ONE,
    NO_PLURAL,
    PERCENT_OF,
    PLURAL,
    POINTS_AT,
    VERB,
    cost_of,
    names_something,
)
from foedus.evidence.lexicon import CUE
from foedus.evidence.likeness import BARE, as_one_of, hyphened, of_noun, sentence_start
from foedus.evidence.nouns import singular
from foedus.evidence.records import Quantity
from foedus.evidence.things import unit_table

COST = 0.9
"""A thing counted before that is further off than this, in distance and size, is not what a bare number counts."""
POINTING_COST = 2.2
"""The same where the words point back: "the remaining three", "140 more", "two of them"."""
NEXT_BY = 40
"""Characters after a measure within which the next sentence may go on with it ("He asked for 60 days. He got 30")."""
ASKED = 320
"""Characters after a question how many within which it is answered."""
FEW = 10
"""A number above this that comes again counts the same things."""
_OF_US = re.compile(r"\s+of (?:them|us|you)\b")
_THE = re.compile(r"\b[Tt]he\s+$")
_OF_THEM = re.compile(r"\s+of (?:them|these|those|which|whom|ours|theirs|those present)\b")


def recalled(
    text: str, quantity: Quantity, earlier: Sequence[Quantity], start: int, floor: int
) -> Quantity | None:
    """A bare number read as one of what its story counted last ("100 missiles ... The contract allows for 140 more")."""
    if quantity.value is None:
        return _vague(text, quantity, earlier, floor)
    value = quantity.value
    before = text[max(start, quantity.start - 40) : quantity.start]
    again = _again(quantity, earlier)
    if again is not None:
        return as_one_of(text, quantity, again)
    if value < 2 or names_something(text, quantity, start):
        return None
    if _OF_US.match(text, quantity.end) and _THE.search(text, max(start, quantity.start - 5), quantity.start):
        return replace(quantity, unit="person", counts="people")
    begin = sentence_start(text, start, quantity.start)
    spoken_of = _spoken_of(text, quantity, earlier, begin, floor)
    if spoken_of is not None:
        return spoken_of
    past = [
        q for q in earlier if q.end <= quantity.start and _recallable(text, q, begin, before, quantity.start)
    ]
    if _MOST_OF.search(before):
        return None
    same = [q for q in past if q.value == value and value > 2 and q.kind in ("count", "percentage")]
    if same:
        return replace(quantity, unit=same[-1].unit, kind=same[-1].kind, counts=same[-1].counts)
    if re.search(r"\bthe\s+$", before) and not _PART_OF.search(before):
        return None
    of_them = bool(_OF_THEM.match(text, quantity.end) or _PART_OF.search(before))
    if of_them or _DID_SO.match(text, quantity.end):
        nouns = _nearest_plural(
            text,
            quantity,
            floor,
            [q for q in past if q.kind == "count"],
            of_them and not _PART_OF.search(before),
        )
        if nouns is not None:
            return nouns
    return _nearest(text, quantity, past, before, of_them)


def _nearest(
    text: str, quantity: Quantity, past: Sequence[Quantity], before: str, of_them: bool
) -> Quantity | None:
    """A number as one of what was counted nearest to it in place and size."""
    best = min(((cost_of(q, quantity, before), -q.start, q) for q in past), key=lambda c: c[:2], default=None)
    pointing = of_them or _OTHERS.search(before) or _MORE.match(text, quantity.end)
    if best is not None and best[0] < (POINTING_COST if pointing else COST):
        return replace(quantity, unit=best[2].unit, kind=best[2].kind, counts=best[2].counts)
    return None


def _vague(text: str, quantity: Quantity, earlier: Sequence[Quantity], floor: int) -> Quantity | None:
    """Dozens more, or hundreds of them, of what was named last."""
    if not _OF_THEM.match(text, quantity.end) and not _MORE.match(text, quantity.end):
        return None
    counts = [q for q in earlier if q.kind == "count" and q.unit != "count" and q.end <= quantity.start]
    return _nearest_plural(text, quantity, floor, counts, True)


def _opens(text: str, quantity: Quantity, begin: int) -> bool:
    """Whether a small number is the subject of its sentence ("What is on the notes?" "Two were about an engine")."""
    opening = text[begin : quantity.start].strip("“\"‘' ") == ""
    return opening and (quantity.value or 0) < BARE and _HEADS.match(text, quantity.end) is not None


def _again(quantity: Quantity, earlier: Sequence[Quantity]) -> Quantity | None:
    """The same things in the same number, counted just before ("270 sleeps. I told mine not to start at 270")."""
    same = [
        q
        for q in earlier
        if q.kind == "count"
        and q.unit != "count"
        and q.value == quantity.value
        and (q.value or 0) > FEW
        and 0 <= quantity.start - q.end < NEAR_ONE
    ]
    return same[-1] if same else None


def _spoken_of(
    text: str, quantity: Quantity, earlier: Sequence[Quantity], begin: int, floor: int
) -> Quantity | None:
    """A rate or a share that opens a sentence, of what the sentence before speaks of ("Seekers are scarce. We get 14 a month")."""
    counted = any(q.kind == "count" and q.start > begin - NEAR_ONE for q in earlier)
    rate = _RATE.match(text, quantity.end) and not counted
    share = (quantity.start == begin and _SHARE_OF.match(text, quantity.end)) or (
        _THE_SHARED.search(text, begin, quantity.start) and quantity.start - begin < NEXT_BY
    )
    heads = not counted and _opens(text, quantity, begin)
    if not rate and not share and not heads:
        asked = _HOW_MANY.findall(text, max(floor, quantity.start - ASKED), quantity.start)
        return of_noun(quantity, asked[-1]) if asked and _BARE_ANSWER.match(text, quantity.end) else None
    for found in reversed(list(_PLURAL.finditer(text, max(floor, begin - 160), quantity.start))):
        noun = found.group() if found.group() in unit_table() else found.group().lower()
        if rate and unit_table().get(noun, ("", ""))[1] == "person":
            continue
        known = _OWNED.search(text, max(floor, found.start() - 8), found.start()) is not None
        if noun in NO_PLURAL or noun.endswith(("ss", "us", "is")) or (CUE.fullmatch(noun) and not known):
            continue
        if unit_table().get(noun, ("count", ""))[0] == "count":
            return of_noun(quantity, noun)
    return None


def _recallable(text: str, past: Quantity, begin: int, before: str, at: int) -> bool:
    """Whether a quantity says what a later bare number may count; measures do so within their sentence only."""
    if past.kind == "count":
        return past.unit not in ("count", "other", "time") and not hyphened(text, past)
    if past.kind == "percentage":
        return PERCENT_OF.search(before) is not None
    return (
        past.kind in ("duration", "length")
        and past.counts != "age"
        and (past.start >= begin or at - past.end < NEXT_BY)
    )


_PART_OF = re.compile(
    r"\b(?:all but|(?:one|two|three|four|five|some|most|many|few|any|none|each) of the)\s+$", re.IGNORECASE
)
_MOST_OF = re.compile(r"\b(?:most \w+|\w+est) of (?:the|these|those|all) $")
"""A superlative, after which the group's number tells nothing new."""
_OTHERS = re.compile(r"\b(?:first|last|next|remaining|other)\s+$")
_MORE = re.compile(r"\s+(?:more|fewer|others?|extra)\b")
_DID_SO = re.compile(
    r"\s(?:of (?:the )?\d+ )?(?:d(?:id|o|oes)|(?:have|had|has)(?: so far| already| since| now| also)? done|are doing|were doing|will do|would do) so\b"
)


def _nearest_plural(
    text: str, quantity: Quantity, floor: int, past: Sequence[Quantity], any_noun: bool
) -> Quantity | None:
    """What "214 of them" counts: the plural named last, or what was counted since."""
    last = max(past, key=lambda q: q.end, default=None)
    for found in reversed(list(PLURAL.finditer(text, max(floor, quantity.start - 300), quantity.start))):
        noun = found[1]
        if len(_LINES.findall(text, found.start(), quantity.start)) > 1:
            return None
        if last is not None and found.start() <= last.end + len(noun) + 2:
            return replace(quantity, unit=last.unit, counts=last.counts)
        of_each = text.startswith((" each", " apiece"), found.end())
        if of_each or noun in NO_PLURAL or noun.endswith(("ss", "us", "is")) or CUE.fullmatch(noun):
            continue
        known = noun in unit_table()
        if not known and POINTS_AT.search(text, max(floor, found.start() - 8), found.start()):
            continue
        kind, unit = unit_table().get(noun.lower(), ("count", singular(noun)))
        if kind == "count" and (any_noun or unit == "person" or noun in _STATES):
            return replace(quantity, unit=unit, counts=noun)
    return None


_LINES = re.compile(r"\n+")
_STATES = frozenset("allies countries nations states governments members capitals companies parties".split())


_HOW_MANY = re.compile(r"\b[Hh]ow many (?:[\w-]+ ){0,2}?([a-z]{3,}s)\b")
_BARE_ANSWER = re.compile(r"[.,;!?”\"’]")
_HEADS = re.compile(
    r"\s+(?:were|are|have|had|will|would|could|remain(?:ed)?|need(?:ed)?|work(?:ed)?|arrived|failed)\b"
)
_OWNED = re.compile(r"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y|[Yy]our) $")
_RATE = re.compile(r"\s+(?:a|an|per|each|every) (?:day|week|month|year|hour|minute|quarter|night)\b")
_PLURAL = re.compile(rf"\b(?:[A-Z](?=[a-z]+s\b))?[a-z]{{2,}}s\b{VERB}")
_SHARE_OF = re.compile(r"\s+of (?:the|its|their) [\d,]+ (?:\w+ed|have|had|are|were|has|on)\b")
_THE_SHARED = re.compile(r"\b\d[\d,]* of (?:the|its|their) $")
