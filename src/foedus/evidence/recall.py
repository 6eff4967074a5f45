"""What a bare number counts that its sentence does not say: what its story counted or named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence.bare import (
    AMONG,
    NEAR_ONE,
    NO_PLURAL,
    PERCENT_OF,
    PLURAL,
    POINTS_AT,
    cost_of,
    names_something,
    of_noun,
    sentence_start,
)
from foedus.evidence.lexicon import CUE
from foedus.evidence.measures import listed
from foedus.evidence.nouns import singular
from foedus.evidence.numerals import Number
from foedus.evidence.records import Quantity
from foedus.evidence.things import counted_noun, unit_table

COST = 0.9
"""A thing counted before that is further off than this, in distance and size, is not what a bare number counts."""
POINTING_COST = 2.2
"""The same where the words point back: "the remaining three", "140 more", "two of them"."""
NEXT_BY = 40
"""Characters after a measure within which the next sentence may go on with it ("He asked for 60 days. He got 30")."""
_OF_US = re.compile(r"\s+of (?:them|us|you)\b")
_THE = re.compile(r"\b[Tt]he\s+$")
_OF_THEM = re.compile(r"\s+of (?:them|these|those|which|whom|ours|theirs|those present)\b")
_EACH = re.compile(
    r"\b(?:[Ee]very|[Ee]ach|[Aa]ny|[Nn]o|the|[Tt]his|[Tt]hat|[Ww]hich|says|said|wrote|as|asked)\s+$"
)
_DEATH = re.compile(r"\b(?:kill(?:ed|ing|s)|wound(?:ed|ing)|injur(?:ed|ing))\s+(?:at least |only |just )?$")
_KILLED = re.compile(r"\b(?:killed|wounded|injured|hurt|dead|died)\b")
_DIED = re.compile(
    r"\s+(?:[A-Za-z-]+ ){1,3}(?:and \w+ (?:[A-Za-z]+ ){1,2})?(?:was|were|had been) (?:killed|wounded|injured|hurt)\b|\s+(?:was|were) (?:killed|wounded|injured|hurt)\b"
)


def recalled(
    text: str, quantity: Quantity, earlier: Sequence[Quantity], start: int, floor: int
) -> Quantity | None:
    """A bare number read as one of what its story counted last ("100 missiles ... The contract allows for 140 more")."""
    value = quantity.value or 0.0
    before = text[max(start, quantity.start - 40) : quantity.start]
    if value < 2 or names_something(text, quantity, start):
        return None
    if _OF_US.match(text, quantity.end) and _THE.search(text, max(start, quantity.start - 5), quantity.start):
        return replace(quantity, unit="person", counts="people")
    begin = sentence_start(text, start, quantity.start)
    spoken_of = _spoken_of(text, quantity, earlier, begin, floor, start)
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
    best = min(((cost_of(q, quantity, before), -q.start, q) for q in past), key=lambda c: c[:2], default=None)
    pointing = of_them or _OTHERS.search(before) or _MORE.match(text, quantity.end)
    if best is not None and best[0] < (POINTING_COST if pointing else COST):
        return replace(quantity, unit=best[2].unit, kind=best[2].kind, counts=best[2].counts)
    return None


def _spoken_of(
    text: str, quantity: Quantity, earlier: Sequence[Quantity], begin: int, floor: int, start: int
) -> Quantity | None:
    """A rate or a share that opens a sentence, of what the sentence before speaks of ("Seekers are scarce. We get 14 a month")."""
    rate = _RATE.match(text, quantity.end) and not any(
        q.kind == "count" and q.start > begin - NEAR_ONE for q in earlier
    )
    share = (quantity.start == begin and _SHARE_OF.match(text, quantity.end)) or (
        _THE_SHARED.search(text, begin, quantity.start) and quantity.start - begin < NEXT_BY
    )
    if not rate and not share:
        asked = _HOW_MANY.findall(text, max(start, quantity.start - 240), quantity.start)
        return of_noun(quantity, asked[-1]) if asked and _BARE_ANSWER.match(text, quantity.end) else None
    for found in reversed(list(_PLURAL.finditer(text, max(floor, begin - 160), quantity.start))):
        noun = found.group().lower()
        if rate and unit_table().get(noun, ("", ""))[1] == "person":
            continue
        if noun in NO_PLURAL or noun.endswith(("ss", "us", "is")) or CUE.fullmatch(noun):
            continue
        if unit_table().get(noun, ("count", ""))[0] == "count":
            return of_noun(quantity, noun)
    return None


def _recallable(text: str, past: Quantity, begin: int, before: str, at: int) -> bool:
    """Whether a quantity says what a later bare number may count; measures do so within their sentence only."""
    if past.kind == "count":
        return past.unit not in ("count", "other", "time") and text[past.end : past.end + 1] != "-"
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
_DID_SO = re.compile(r"\s(?:of (?:the )?\d+ )?d(?:id|o|oes) so\b")


def _nearest_plural(
    text: str, quantity: Quantity, floor: int, past: Sequence[Quantity], any_noun: bool
) -> Quantity | None:
    """What "214 of them" counts: the plural named last, or what was counted since."""
    last = max(past, key=lambda q: q.end, default=None)
    for found in reversed(list(PLURAL.finditer(text, max(floor, quantity.start - 300), quantity.start))):
        noun = found[1]
        if last is not None and found.start() <= last.end + len(noun) + 2:
            return replace(quantity, unit=last.unit, counts=last.counts)
        if noun in NO_PLURAL or noun.endswith(("ss", "us", "is")) or CUE.fullmatch(noun):
            continue
        if POINTS_AT.search(text, max(floor, found.start() - 8), found.start()):
            continue
        kind, unit = unit_table().get(noun, ("count", singular(noun)))
        if kind == "count" and (any_noun or unit == "person" or noun in _STATES):
            return replace(quantity, unit=unit, counts=noun)
    return None


_STATES = frozenset("allies countries nations states governments members capitals companies parties".split())


_NONE = Quantity(0, 0, "", None, "count", "count", None, False)
_OF_SO_MANY = re.compile(
    r"\s+of (?:the|its|their|our|his|her|those|these)(?: (?:first|last|other))? (?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)(?= )"
)


_ENDS = re.compile(r"[.,;]|$")
_ONE_OF = re.compile(r"\s+of (?:them|these|those|which|whom|ours|theirs)\b(?! *,)")
_ONE_SAID = re.compile(rf"\s+of \w+\s+(?:\w+ ){{0,2}}{CUE.pattern}")
_ALL_BUT = re.compile(
    r"\b(?:[Ee]very|[Aa]ll)(?: of)?(?: the| its| their| our)? (?:[\w-]+ ){0,2}?([A-Za-z]+) but $"
)
"""What "one" counts that is left out ("every Democrat but one")."""
_OF_THE_ALLIES = re.compile(r" of the (?:30|31|32|thirty|thirty-one|thirty-two)\b(?! [a-z]+s\b)")
ALLIED = re.compile(r"\b(?:NATO|Nato|[Aa]lliance|all(?:y|ies))\b")
ALLIES_BACK = 1000
"""Characters before a paragraph within which a story about the alliance names it."""
_HOW_MANY = re.compile(r"\b[Hh]ow many (?:[a-z-]+ ){0,2}?([a-z]{3,}s)\b")
_BARE_ANSWER = re.compile(r"[.,;!?”\"’]")
_OF_WHICH = re.compile(r"\bof (?:which|whom) (?:only |just )?$")
_DOES = re.compile(
    r"\s+(?:was|is|had|has|would|will|can|could|did|does|exists|remains|stayed|went|came|lies|lay|stood|sank|never|still|only|[a-z]{2,}ed (?=‘|“|\"|on\b|in\b|at\b|to\b|as\b|by\b|from\b|with\b|for\b|of\b))"
)
"""What one of the things counted before does ("of three brigades only one was ready")."""
_RATE = re.compile(r"\s+(?:a|an|per|each|every) (?:day|week|month|year|hour|minute|quarter|night)\b")
_PLURAL = re.compile(r"\b(?:[A-Z](?=[a-z]+s\b))?[a-z]{2,}s\b")
_SHARE_OF = re.compile(r"\s+of (?:the|its|their) [\d,]+ (?:\w+ed|have|had|are|were|has|on)\b")
_THE_SHARED = re.compile(r"\b\d[\d,]* of (?:the|its|their) $")
_FOR_EVERY = re.compile(r"\bfor every\s+$")


def one(text: str, number: Number, earlier: Sequence[Quantity], noun: str | None, start: int) -> str | None:
    """Unit of "one" where it counts: one of things counted before, one for every so many, or somebody killed."""
    before = text[max(start, number.start - 40) : number.start]
    if noun is not None and (_DEATH.search(before) or _DIED.match(text, number.end)):
        return "person"
    apart = _ALL_BUT.search(before)
    if apart is not None:
        return of_noun(_NONE, apart[1] if apart[1].endswith("s") else f"{apart[1]}s").unit
    if _EACH.search(before) and not _OF_WHICH.search(before):
        return None
    group = _OF_SO_MANY.match(text, number.end)
    if group is not None:
        named = counted_noun(text[group.end() : group.end() + 80], 0)
        if named is not None:
            return of_noun(_NONE, named[0]).unit
    if _OF_THE_ALLIES.match(text, number.end) and ALLIED.search(text, max(0, start - ALLIES_BACK), number.end):
        return "ally"
    among = AMONG.search(text, max(start, number.start - 60), number.start)
    if among is not None and among[1] not in NO_PLURAL:
        return of_noun(_NONE, among[1]).unit
    item = listed(text, replace(_NONE, start=number.start, end=number.end), earlier)
    if item is not None:
        return item.unit
    past = [
        q
        for q in earlier
        if q.end <= number.start
        and q.kind == "count"
        and q.unit != "count"
        and number.start - q.end < 2 * NEAR_ONE
    ]
    return _one_more(text, number, past, before, start) if past else None


def _one_more(text: str, number: Number, past: Sequence[Quantity], before: str, start: int) -> str | None:
    """Unit of "one" beside things counted just before."""
    begin = sentence_start(text, start, number.start)
    after = text[number.end : number.end + 60]
    if past[-1].unit == "person" and _KILLED.search(text, begin, number.start) and _ENDS.match(after):
        return "person"
    words = [w.lower() for w in re.findall(r"[A-Za-z-]+", after[:40])[:3]]
    same = [
        q.unit
        for q in past
        if q.unit in words and q.unit != "person" and q.start >= begin - 2 * NEAR_ONE and (q.value or 2) > 1
    ]
    if same and words[0] != "such":
        return same[-1]
    several = [q for q in past if (q.value or 0) > 1]
    if several and _OF_WHICH.search(before):
        return several[-1].unit
    if several and several[-1].start >= begin and several[-1].unit != "person" and _DOES.match(after):
        return several[-1].unit
    if _ONE_OF.match(after):
        return None if _ONE_SAID.match(after) else past[-1].unit
    return past[-1].unit if _FOR_EVERY.search(before) else None
