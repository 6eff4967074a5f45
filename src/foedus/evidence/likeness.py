"""What reads a bare number as one of other things: of a noun, of a count before it; and where its sentence begins."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.nouns import singular
from foedus.evidence.numerals import Number, scale_of
from foedus.evidence.records import Quantity
from foedus.evidence.things import unit_table

STOP = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"‘])")
BARE = 1000
"""Smaller numbers without a noun are numbers of things, not counts."""
LOOK_BACK = 500
"""Characters before a paragraph in which a bare number's noun is sought."""
_IS_ONE_OF = re.compile(
    r"(?:^|[.!?;,] |[“\"‘\n]|\band |\bbut )(?:[Tt]he|[Tt]his|[Tt]hat|[Hh]is|[Hh]er|[Ii]ts|[Oo]ur|[Tt]heir|[Mm]y) (?:[a-z-]+ ){0,2}?([a-z]{3,}) (?:is|was|will be|would be|remains|became|had been|has been) (?:only |just |also |now |thus )?one of (?:about |some |only |just |nearly |more than |at least )?$"
)
_HYPHENED = re.compile(r"\d-[a-z]")


def of_noun(quantity: Quantity, noun: str) -> Quantity:
    """A number that counts what a plural noun names."""
    return replace(quantity, unit=unit_table().get(noun, ("count", singular(noun)))[1], counts=noun)


def as_one_of(text: str, quantity: Quantity, like: Quantity) -> Quantity:
    """A bare number read as one of what another quantity counts; millions stay millions."""
    value = quantity.value
    if like.kind == "money" and value is not None and value < BARE and (like.value or 0) >= 1e6:
        value *= scale_of(text[like.start : like.end])
    return replace(quantity, unit=like.unit, kind=like.kind, counts=like.counts, value=value)


def alike(last: Quantity, quantity: Quantity) -> bool:
    """Whether a number can be one of what a measure before it measures: no hundred thousand years, no 5,000 percent."""
    return last.kind in {"count", "money"} or (quantity.value or 0) < BARE


def sentence_start(text: str, start: int, at: int) -> int:
    """Where the sentence begins that holds a place."""
    begin = start
    for stop in STOP.finditer(text, max(start, at - LOOK_BACK), at + 1):
        begin = stop.end()
    return begin


def one_of_such(text: str, start: int, at: int) -> str | None:
    """Plural of the thing that a sentence says is one of so many ("The letter is one of 340")."""
    found = _IS_ONE_OF.search(text[max(start, at - 80) : at])
    if found is None:
        return None
    noun = found[1]
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeou" else f"{noun}s"


def hyphened(text: str, quantity: Quantity) -> bool:
    """Whether a hyphen binds a count to its noun, so that it says how another thing is ("an 18-page opinion", "books, 32 pages each")."""
    if " " in quantity.text and text.startswith((" each", " apiece"), quantity.end):
        return True
    return text[quantity.end : quantity.end + 1] == "-" or _HYPHENED.search(quantity.text) is not None


def plain(text: str, number: Number, unit: str, story: int) -> Quantity:
    """A number as a count of some unit."""
    return Quantity(
        number.start, number.end, text[number.start : number.end], number.value, unit, "count",
        None if unit == "count" else unit, False, story=story,
    )  # fmt: skip
