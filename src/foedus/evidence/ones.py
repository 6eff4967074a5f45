"""The number one: what it counts, and where it stands against another number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence.bare import AMONG, NEAR_ONE, NO_PLURAL, WINDOW
from foedus.evidence.lexicon import CUE
from foedus.evidence.likeness import STOP, of_noun, one_of_such, sentence_start
from foedus.evidence.measures import listed
from foedus.evidence.numerals import Number, parse_words
from foedus.evidence.records import Quantity
from foedus.evidence.things import counted_noun, unit_counted

_EACH = re.compile(
    r"\b(?:[Ee]very|[Ee]ach|[Aa]ny|[Nn]o|the|[Tt]his|[Tt]hat|[Ww]hich|says|said|wrote|as|asked)\s+$"
)
_BY_ONE = re.compile(r" (?:by one|after (?:another|the other)|at a time|on one|upon another)\b")
"""What says that things happen singly ("One by one they left")."""
_DEATH = re.compile(r"\b(?:kill(?:ed|ing|s)|wound(?:ed|ing)|injur(?:ed|ing))\s+(?:at least |only |just )?$")
_KILLED = re.compile(r"\b(?:killed|wounded|injured|hurt|dead|died)\b")
_DIED = re.compile(
    r"\s+(?:[A-Za-z-]+ ){1,3}(?:and \w+ (?:[A-Za-z]+ ){1,2})?(?:was|were|had been) (?:killed|wounded|injured|hurt)\b|\s+(?:was|were) (?:killed|wounded|injured|hurt)\b"
)
_NONE = Quantity(0, 0, "", None, "count", "count", None, False)
_OF_SO_MANY = re.compile(
    r"\s+of (?:(?:(?:the|its|their|our|his|her|those|these)(?: (?:first|last|other))?(?: [\w.]+[’']s| [\w.]+s[’'])?|[A-Z][\w.]*(?:[’']s|s[’'])) )?(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)(?= )"
)
_OF_THE_SAME = re.compile(
    r" of (?:the|those|these) (\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=[.,;:!?)”\"’]| (?:who|was|is|has|had|said|told|came|went|left|died|will|would|could|can|did|in|from|on|at|to)\b)"
)
"""One of a group named by its number alone ("the mother of one of the four")."""
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
_OF_WHICH = re.compile(r"\bof (?:which|whom) (?:only |just )?$")
_DOES = re.compile(
    r"\s+(?:was|is|had|has|would|will|can|could|did|does|exists|remains|stayed|went|came|lies|lay|stood|sank|never|still|only|[a-z]{2,}ed (?=‘|“|\"|on\b|in\b|at\b|to\b|as\b|by\b|from\b|with\b|for\b|of\b))"
)
"""What one of the things counted before does ("of three brigades only one was ready")."""
_FOR_EVERY = re.compile(r"\bfor every\s+$")
_OF_THE_DEAD = re.compile(
    r"\s+of the (?:[a-z]+ )?(?:dead|killed|wounded|injured|victims|casualties|missing|fallen)\b"
)
_TO_EVERY = re.compile(
    r"\s+(?:[a-z-]+ ){1,3}(?:for|per|to) (?:every|each) (?:about |some )?(?:\d|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|hundred)"
)
"""One for so many ("one bed for every 1.4 soldiers")."""
_ONES = re.compile(r" (?!of\b)[a-z]+ one\b")
"""One of the things counted before, of another kind ("four good nights. Or one bad one")."""
_HIT = re.compile(
    r"\b(?:shot down|shoot down|downed|sank|sink|hit|destroyed|lost|intercepted|brought down|captured|seized|boarded|repaired|launched|fired) (?:only |just |at least )?$"
)
_BY = re.compile(r" (?:with|by|over|near|off|in|on|at|before|after)\b")
"""What is done to one of the things counted before ("She shot down one with her gun")."""
_ELIDED = re.compile(r"(?:,? (?:each|apiece)\b|[.,;!?”\"’]|$)")
_WHOSE_ELIDED = re.compile(
    r"(?:\b(?:[Ff]or|with|has|have|had|sen[dt]s?|offer(?:s|ed)?|got|gets?|gave|gives?|lost|loses?|pledge[sd]?|promise[sd]?|kept|keeps?|owns?|operates?|bought|buys?|sold|provide[sd]?|contribute[sd]?|receive[sd]?|order(?:ed|s)?|needs?|needed|wants?|wanted|buil[dt]s?|deliver(?:ed|s)?|use[sd]?|found|take[sn]?|took|lea(?:ves?|ft)|down to|and|by|of|another)|(?:^|[ ,;(])(?!This|That|Which|No|Any|Each|Every|Number|One|The|Day|Phase|Plan|Option)[A-ZÀ-Ž][\w’'-]+)(?: only| just)? $"
)
"""Who has, sends or loses one of what the sentence counts ("France sends three, Italy one")."""
_WHO_DID = re.compile(r"\b(?:who|which|that) (?:ha[sd] |have )?[a-z]+ $")
"""A clause that only tells more of what was counted ("the 98,000 who received one")."""
_OF_PEOPLE = re.compile(
    r"\s+(?:remains?|is|was|were|are)(?: still| now| being| also)?(?: listed| reported| found)?(?: as)? (?:missing|unaccounted|dead|hurt|critical|in (?:hospital|intensive|critical|serious)|believed|feared|wounded|injured|killed)|\s+(?:of them )?(?:critically|seriously|badly|fatally|severely|gravely|lightly|slightly)\b|\s+(?:of them )?in an? (?:critical|serious|grave|stable) "
)
"""What is said of one of several people hurt."""
_WITH = re.compile(
    r"(?: [\w-]+){1,4} (?:and|or|plus|against|versus|with|on|for|to|per|between|among) (?:about |some |another |just |only |nearly )?$"
    r"|(?: [\w-]+){1,2} and (?!the\b|an?\b|that\b|it\b|he\b|she\b|they\b|in\b|on\b|at\b|by\b|for\b)[a-z]{3,} (?:about |another |just )?$"
    r"|(?: [\w-]+){1,2} (?:out of|from|in|at|for|to|near|off) (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)?,(?: and)? $"
)
_OF_ONE = re.compile(r"\b(?:of|with|by|between|from) $")
_HERE = re.compile(r" (?:in|at|from|near|off|outside|over) (?:the )?[A-Z]")
_AND_THERE = re.compile(r" (?:[\w-]+ )?(?:in|at|from|near|off|outside|over) [^.;!?]{3,40}(?:,| and|, and) $")
"""What stands between things in one place and one of them in another ("two bases in Germany and one in Sicily")."""
_DURING = re.compile(r"\b(?:during|in|on|at|within|after|before|over) $")
_SAYS = re.compile(rf"\s+(?:(?!it\b|that\b|which\b|he\b|she\b|they\b|we\b|you\b)[\w-]+ ){{1,3}}?{CUE.pattern}")
"""One who speaks and is not counted ("which has 3,400 members, one mother wrote")."""
_LIST_ENDS = re.compile(r",? and $")
ANON = 250
"""Characters after "one squadron" within which other squadrons are counted."""


_ITEM = re.compile(r" [a-z-]+(?: [a-z-]+)?, (?:about |some )?")
_HOLDS = re.compile(
    r"\b(?:has|have|had|with|got|owns?|needs?|runs?|of|sent|bought|left|lost|brought|carr(?:y|ies|ied)|includes?|included) (?:only |just )?$"
)
"""What stands before a list that begins with one thing ("has one stamp, two assistants and a desk")."""
_LASTS = re.compile(
    r"\b(?:lasts?|lasted|takes?|took|taken|waited|wait|needs?|needed|stayed|stay|served|got|gave (?:him|her|us|them|me)) (?:even |only |just )?$"
)


def one(text: str, number: Number, earlier: Sequence[Quantity], noun: str | None, start: int) -> str | None:
    """Unit of "one" where it counts: one of things counted before, one for every so many, or somebody killed."""
    before = text[max(start, number.start - 40) : number.start]
    if _BY_ONE.match(text, number.end) or before.endswith("ne by "):
        return None
    if noun is not None and (_DEATH.search(before) or _DIED.match(text, number.end)):
        return "person"
    if _OF_THE_DEAD.match(text, number.end):
        return "person"
    if noun is not None and noun != "count" and _TO_EVERY.match(text, number.end):
        return noun
    apart = _ALL_BUT.search(before)
    if apart is not None:
        return of_noun(_NONE, apart[1] if apart[1].endswith("s") else f"{apart[1]}s").unit
    if (such := _of_so_many(text, number, start)) is not None:
        return such
    if _EACH.search(before) and not _OF_WHICH.search(before):
        return None
    if (same := _lasting(text, number, earlier, before) or _of_the_same(text, number, earlier)) is not None:
        return same
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


def _of_so_many(text: str, number: Number, start: int) -> str | None:
    """Unit of one of a group that is counted beside it ("one of the two brigades")."""
    group = _OF_SO_MANY.match(text, number.end)
    if group is None:
        return None
    after = text[group.end() : group.end() + 80]
    named = counted_noun(after, 0)
    if named is not None:
        return unit_counted(named[0], named[2], after)
    such = one_of_such(text, start, number.end + len(" of "))
    return of_noun(_NONE, such).unit if such is not None else None


def _lasting(text: str, number: Number, earlier: Sequence[Quantity], before: str) -> str | None:
    """Unit of one such span as was just told of ("Eight weeks to go. These will not last one")."""
    last = max((q for q in earlier if q.end <= number.start), key=lambda q: q.end, default=_NONE)
    span = last.kind == "duration" and last.counts != "age" and number.start - last.end < NEAR_ONE
    ends = _ENDS.match(text[number.end : number.end + 1])
    again = before.endswith(" for ") and text.endswith(" for ", 0, last.start)
    return last.unit if span and ends and (again or _LASTS.search(before)) else None


def _of_the_same(text: str, number: Number, earlier: Sequence[Quantity]) -> str | None:
    """Unit of one of a group that was counted before and is named by its number."""
    group = _OF_THE_SAME.match(text, number.end)
    if group is None:
        return None
    value = float(group[1]) if group[1].isdigit() else parse_words(group[1])
    same = [q for q in earlier if q.kind == "count" and q.value == value and q.unit != "count"]
    return same[-1].unit if same else None


def _one_more(text: str, number: Number, past: Sequence[Quantity], before: str, start: int) -> str | None:
    """Unit of "one" beside things counted just before."""
    begin = sentence_start(text, start, number.start)
    after = text[number.end : number.end + 60]
    if past[-1].unit == "person" and _KILLED.search(text, begin, number.start) and _ENDS.match(after):
        return "person"
    if past[-1].unit == "person" and (past[-1].value or 2) > 1 and _OF_PEOPLE.match(text, number.end):
        return "person"
    if (text[past[-1].end : number.start] == " to " and past[-1].unit != "ratio") or (
        past[-1].start >= begin - NEAR_ONE and _ONES.match(after)
    ):
        return past[-1].unit
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
    if several and _HIT.search(before) and _BY.match(after) and several[-1].unit != "person":
        return several[-1].unit
    if several and number.start == begin and several[-1].unit != "person" and _DOES.match(after):
        return several[-1].unit if begin - several[-1].end < NEAR_ONE else None
    there = several and several[-1].unit != "person" and _HERE.match(after)
    if there and _AND_THERE.fullmatch(text, several[-1].end, number.start):
        return several[-1].unit
    elided = _ELIDED.match(after) and _WHOSE_ELIDED.search(before) and not _WHO_DID.search(before)
    if several and several[-1].start >= begin and elided:
        return several[-1].unit
    if _ONE_OF.match(after):
        return None if _ONE_SAID.match(after) else past[-1].unit
    return past[-1].unit if _FOR_EVERY.search(before) else None


def against(text: str, single: Quantity, found: list[Quantity], start: int) -> list[Quantity]:
    """Count of one that stands against another in its clause ("seven headquarters, and the Russians have one phone")."""
    begin = sentence_start(text, start, single.start)
    beside = [q for q in found[-WINDOW:] if q.kind == "count" and begin <= q.start and q.end < single.start]
    between = text[beside[-1].end : single.start] if beside else ""
    if _SAYS.match(text, single.end) or _DURING.search(between):
        return []
    opposed = (
        beside
        and not between.endswith("what ")
        and len(between) < (NEAR_ONE if len(beside) > 1 and _LIST_ENDS.search(between) else NEAR_ONE / 2)
        and re.search(
            r"\b(?:and|but|against|to|not|while|versus|only|just|per|shar(?:e|ed|es|ing))\b|(?:^|[a-z]), $",
            between,
        )
    )
    return [replace(single, counts=single.unit)] if opposed and any((q.value or 0) > 1 for q in beside) else []


def opposed(text: str, singles: Sequence[Quantity], found: Sequence[Quantity]) -> list[Quantity]:
    """Those of several counts of one that stand against a number after them ("one carrier and six destroyers")."""
    others = [q for q in (*found, *singles) if q.kind == "count"]
    things = [
        single
        for single in singles
        if single.unit not in ("count", "person", "thing", "hand", "side", "way")
        or (single.unit == "person" and _OF_ONE.search(text, max(0, single.start - 9), single.start))
    ]
    return [
        replace(single, counts=single.unit)
        for single in things
        if any(_follows(text, single, q) for q in others) or any(_follows(text, q, single) for q in things)
    ]


def _follows(text: str, single: Quantity, other: Quantity) -> bool:
    """Whether a count goes on from one thing: joined to it, or of the same things shortly after."""
    between = text[single.end : other.start]
    if not 0 < len(between) < ANON:
        return False
    if (other.value or 0) > 1 and other.unit == single.unit:
        return len(STOP.findall(between)) < 2
    if _ITEM.fullmatch(between) and _HOLDS.search(text, max(0, single.start - 30), single.start):
        return True
    return _WITH.fullmatch(between) is not None and CUE.search(between) is None
