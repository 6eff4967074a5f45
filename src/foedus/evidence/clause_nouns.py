"""Bare numbers whose noun stands elsewhere in their clause, or is what the sentences before speak of as "they"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from foedus.evidence.bare import NO_PLURAL
from foedus.evidence.likeness import of_noun
from foedus.evidence.records import Quantity
from foedus.evidence.things import unit_table

_HEDGE = r"(?:about |some |nearly |almost |roughly |around |only |just |over |up to |at least |more than |fewer than |perhaps )?"
_OF_WHOM = re.compile(
    rf"\b(?P<who>[A-Za-z]{{3,}}),? (?:some |all |most |many )?of whom (?:[a-z]+ ){{0,3}}{_HEDGE}$"
)
_NUMBERS = re.compile(rf"\bnumber(?:s|ed|ing)? {_HEDGE}$")
_SUBJECT = re.compile(
    r"(?:The |These |Those |Its |Their |Our |His |Her )?(?:[A-Z]?[\w-]+ ){0,2}?(?P<noun>[A-Za-z]{3,}s|[Pp]eople|[Aa]ircraft)(?=,| (?:of|in|on|at|from|under|with|who|which|that|are|were|will|would|should|could|may|might|have|had|now|already|currently|still|today|number|numbered|to)\b)"
)
_ITEM = re.compile(r"(?:^|\n|[.;:!?–—-] )(?P<item>[^.;:!?\n–—()]{4,110})\($")
_PLURAL = re.compile(r"\b([a-z]{3,}s|aircraft|personnel|people)\b")
_HEAD = re.compile(
    rf"{_PLURAL.pattern}(?= ?$| (?:for|of|in|from|to|at|on|by|with|under|near|that|which|who|of which)\b)"
)
_COUNTED = re.compile(
    r"\b(?!(?:19|20)\d\d\b)\d[\d,]*(?! ?(?:mm|cm|kg|km|m|th|st|nd|rd)\b)(?![\w-])|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|dozen)\b"
)
_STATE = re.compile(
    r" (?:(?:were |are |already |still |now )?(?:ordered|delivered|received|planned|contracted|built|lost|left|remaining|operational|serviceable|missing|available|outstanding|pending|under construction|on order|in service|in store|in use|in stock|to come|to follow))\b"
)
_LABEL = re.compile(
    r"(?:[•*·–—-] ?)?(?P<label>[A-Z][^–—:;.!?\n]{2,60}?)(?: [–—-]|:) (?:\d[\d,]* [a-z]+(?: [a-z]+)?(?:, |; | and ))*$"
)
_DONE = re.compile(
    rf"\b(?:produce[sd]?|makes?|made|buil(?:t|ds?)|deliver(?:s|ed)?|order(?:s|ed)?|fire[sd]?|fired off|use[sd]?|bought|buys?|sent|sends?|g[oe]ts?|got|ha[sd]|have|lost|needs?|received?|donated|sold|launched|kept|keeps|holds?|held|stores?|stored|bring|brought|supplied|turned out|turns out) {_HEDGE}$"
)
_ENDS = re.compile(
    r"[.,;!?)”\"’]|$| (?:and|but|or|last|this|so|by|before|since|now|already|today|from|in|between|an?|per|each|every)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?])[”\"’']?\s+(?=[A-Z“\"‘])")
_TOPIC = re.compile(
    r"[“\"‘]?(?:(?:But|And|Yet|So) )?(?P<noun>(?:[Tt]he |[Tt]hese |[Tt]hose |[Ii]ts |[Tt]heir |[Oo]ur )?(?:[A-Za-z-]+ ){0,2}?[A-Za-z]{3,}s) (?:are|were|will|would|have|had|cost|come|came|remain|matter|do|can|could)\b"
)
_THEY = re.compile(
    r"[“\"‘]?(?:(?:But|And|Yet|So) )?(?:They|These|Those|Their|Each|Most|Few|All|None|Every one) "
)
_DOERS = frozenset(
    "person country ally state nation company firm plant factory line partner government year".split()
)
"""Who or where it is done, and not what is counted."""
BACK = 500
"""Characters before a number within which the sentences that speak of "they" begin."""


def from_clause(
    text: str, quantity: Quantity, past: Sequence[Quantity], begin: int, start: int
) -> Quantity | None:
    """A bare number of a sentence begun at `begin`, in a paragraph begun at `start`, by the noun of its clause."""
    if (quantity.value or 0) < 2:
        return None
    return (
        _of_whom(text, quantity, begin)
        or _in_number(text, quantity, begin)
        or _bracketed(text, quantity, start)
        or _itemised(text, quantity, start)
        or _topic(text, quantity, past, begin, start)
    )


def _countable(noun: str) -> bool:
    """Whether a plural is of things or people that are counted."""
    plain = noun.lower()
    if plain in NO_PLURAL or plain.endswith(("ss", "us", "is")):
        return False
    return unit_table().get(noun, unit_table().get(plain, ("count", "")))[0] == "count"


def _of_whom(text: str, quantity: Quantity, begin: int) -> Quantity | None:
    """So many of the people just named ("Conscripts, of whom there are 1,600")."""
    found = _OF_WHOM.search(text, begin, quantity.start)
    if found is None:
        return None
    named = found["who"].lower()
    return of_noun(quantity, named if named in unit_table() and _countable(named) else "people")


def _in_number(text: str, quantity: Quantity, begin: int) -> Quantity | None:
    """How many there are of the subject ("Conscripts are to number 4,000")."""
    if _NUMBERS.search(text, begin, quantity.start) is None:
        return None
    subject = _SUBJECT.match(text, begin)
    if subject is None or subject.end() > quantity.start or not _countable(subject["noun"]):
        return None
    return of_noun(quantity, subject["noun"].lower())


def _bracketed(text: str, quantity: Quantity, start: int) -> Quantity | None:
    """How many, in brackets behind what is counted ("artillery shells for Norway (24,000)")."""
    if text[quantity.end : quantity.end + 1] != ")" or text[quantity.start - 1] != "(":
        return None
    item = _ITEM.search(text[start : quantity.start])
    if item is None or _COUNTED.search(item["item"]):
        return None
    nouns = [m[1] for m in _HEAD.finditer(item["item"]) if _countable(m[1])]
    return of_noun(quantity, nouns[0]) if nouns else None


def _itemised(text: str, quantity: Quantity, start: int) -> Quantity | None:
    """How many were ordered or delivered of what a line begins with ("HIMARS launchers – 20 ordered, 20 delivered")."""
    if _STATE.match(text, quantity.end) is None:
        return None
    label = _LABEL.match(text[start : quantity.start])
    if label is None:
        return None
    nouns = [m[1] for m in _PLURAL.finditer(label["label"]) if _countable(m[1])]
    model = label["label"].split()[0]
    return of_noun(quantity, nouns[-1]) if nouns else replace(quantity, unit=model, counts=model)


def _topic(text: str, quantity: Quantity, past: Sequence[Quantity], begin: int, start: int) -> Quantity | None:
    """What the sentences before speak of ("The interceptors are scarce. They are made in America. The firm built 620")."""
    if not _DONE.search(text, begin, quantity.start) or not _ENDS.match(text, quantity.end):
        return None
    floor = max(start, begin - BACK)
    cuts = [floor, *(m.end() for m in _SENTENCE.finditer(text, floor, begin)), begin]
    heads = [(a, b) for a, b in pairwise(cuts) if a < b]
    while heads and _THEY.match(text, *heads[-1]):
        heads.pop()
    topic = _TOPIC.match(text, *heads[-1]) if heads and heads[-1][1] < begin else None
    noun = topic["noun"].split()[-1] if topic is not None else ""
    if (
        topic is None
        or not _countable(noun)
        or any(q.kind == "count" and q.unit not in _DOERS and q.start > topic.end() for q in past)
    ):
        return None
    unit = unit_table().get(noun.lower(), ("count", ""))[1]
    return None if unit == "person" else of_noun(quantity, noun.lower())
