"""Amounts that are not a number and a unit side by side: parts of a unit, pence, metres, items of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence import tables
from foedus.evidence.numerals import Number
from foedus.evidence.records import Quantity
from foedus.evidence.things import unit_table

_TIME_OR_WAY = r"second|minute|hour|day|week|fortnight|month|year|decade|century|mile|kilomet(?:re|er)|met(?:re|er)|inch|foot|ton|tonne|acre|hectare|lit(?:re|er)|gallon|degree|percentage point|percent|per cent"
_OF_A_UNIT = re.compile(
    rf"(?:(?: of)? an? |-(?!second\b))({_TIME_OR_WAY})\b(?! (?:group|class|cohort|intake)\b)"
)
_OUT_OF = re.compile(r" (?:in|of) ")
"""A share of a number, which is no part of a unit ("one in six")."""
_UNIT_AND = re.compile(rf"\b(?:(?P<one>an?|one) )?(?P<unit>{_TIME_OR_WAY})s? and $", re.IGNORECASE)
_CENTS = re.compile(r" (?:US )?cents?\b(?! (?:of|in|on) the (?:dollar|euro)\b)")
_WITH_CENTS = re.compile(r"(?P<EUR>€|\beuros?\b|\bEUR\b)|(?P<USD>\$|\bdollars?\b|\bUSD\b)")
_PENCE = re.compile(r" ?(?:p|pence)\b(?!\w|\.\w|\.[),])")
_M = re.compile(
    r"(?:(?<=\d m)|(?<=\dm))(?=[,;)]|\.(?:\s|$)| (?:from|to the|above|below|away|x|by|up|down|deep|wide|long|high|tall|off|and \d|across|in (?:length|width|height|diameter|depth))\b)"
)
"""A short m after a number that measures metres."""
_IN_FEET = re.compile(r"(?<=\dm) \(\d[\d.,]* ?(?:ft|feet|foot|miles)\b")
"""The same in feet, which shows that it was metres."""
_MONEY_BEFORE = re.compile(
    r"(?:[$€£¥]|\b(?:cost|costs|worth|paid|pay|spent|spend|budget|bill|fund|funding|price|revenue|sales|profits?|loss(?:es)?|aid))\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r":\s|(?:\s[A-Z][\w-]+)?(?:\s[a-z]+s?)?(?:,|;)?\s(?:and\s)?")
_NATIONAL = re.compile(r"\s([A-Z][a-z]+)(?=[,.;]|\sand\b|\s[a-z]+\b)")
_SOMEDAY = re.compile(
    r"(?! (?:of|before|after|later|earlier|ago|a|per|out|only|in|more|too|each|for|short|off|or)\b|[’']s|-)"
)
_IN_ONE = re.compile(
    r"\b(?:in|for|within|after|than|just|only|about|under|over|by|per|least|most|every|until|of|and|or|last|lasts?|lasted|took|takes?|spent|with|on|any|this|that|exactly|nearly)\s+$|^$|[“\"‘(]$"
)


def part_of_unit(text: str, number: Number) -> tuple[str, str, None, int] | None:
    """Kind, unit and end of "half a minute" and "a quarter of an hour"."""
    found = _OF_A_UNIT.match(text, number.end)
    if found is None or _OUT_OF.search(text, number.start, number.end):
        return None
    kind, unit = unit_table().get(found[1], ("", ""))
    return (kind, unit, None, found.end()) if kind else None


def and_a_half(text: str, number: Number, found: list[Quantity], start: int, story: int) -> Quantity | None:
    """An hour and a half, two years and a half: the part goes to the measure that stands before it."""
    if number.form != "fraction" or text[number.start : number.end].lower() not in ("a half", "a quarter"):
        return None
    measure = _UNIT_AND.search(text, max(start, number.start - 32), number.start)
    if measure is None:
        return None
    kind, unit = unit_table().get(measure["unit"].lower(), ("", ""))
    begin, whole = measure.start(), 1.0
    if found and found[-1].end == number.start - 5:
        last = found.pop()
        begin, whole = last.start, last.value or 0.0
    elif measure["one"] is None:
        return None
    if not kind:
        return None
    return Quantity(
        begin,
        number.end,
        text[begin : number.end],
        whole + (number.value or 0),
        unit,
        kind,
        None,
        False,
        story=story,
    )


def small_money(
    text: str, number: Number, found: Sequence[Quantity], start: int, story: int
) -> Quantity | None:
    """Pence as parts of a pound, cents as parts of the dollar or the euro that is spoken of."""
    if number.form not in ("digits", "words") or number.scaled:
        return None
    part, unit = _PENCE.match(text, number.end), "GBP"
    if part is not None and number.form == "words" and part.group().strip() == "p":
        return None
    if part is None:
        part, unit = _CENTS.match(text, number.end), _of_cents(text, number, found, start)
    if part is None or not unit:
        return None
    value = round((number.value or 0) / 100, 4)
    return Quantity(
        number.start, part.end(), text[number.start : part.end()], value, unit, "money", None, False, story=story
    )  # fmt: skip


def _of_cents(text: str, number: Number, found: Sequence[Quantity], start: int) -> str:
    """What cents are parts of: the money spoken of before them, or shortly after; nothing where none is."""
    paid = [q.unit for q in found if q.kind == "money" and q.unit != "GBP"]
    signs = list(_WITH_CENTS.finditer(text, start, number.start))[-1:] or list(
        _WITH_CENTS.finditer(text, number.end, number.end + CENTS_BY)
    )
    return paid[-1] if paid else (signs[0].lastgroup or "") if signs else ""


CENTS_BY = 60
"""Characters after cents within which their euro or dollar may be named."""


def in_metres(text: str, number: Number, start: int) -> bool:
    """Whether a short m after digits measures metres and counts no millions."""
    if number.form == "digits" and number.scaled and _IN_FEET.match(text, number.end):
        return True
    if number.form != "digits" or not number.scaled or not _M.match(text, number.end):
        return False
    spaced = text[number.end - 2] == " "
    return spaced and _MONEY_BEFORE.search(text, max(start, number.start - 60), number.start) is None


def listed(text: str, quantity: Quantity, found: Sequence[Quantity]) -> Quantity | None:
    """An item of a list of what was counted before, named by its country ("four howitzers: two American, one Polish")."""
    last = found[-1] if found else None
    if last is None or last.kind != "count" or last.unit == "person":
        return None
    named = _NATIONAL.match(text, quantity.end)
    if named is None or named[1].lower() not in tables.adjectives():
        return None
    between = text[last.end : quantity.start]
    own = _NATIONAL.match(text, last.start + len(last.text.split()[0]))
    if own is not None and own[1].lower() in tables.adjectives() and _SHORT.fullmatch(between):
        return replace(quantity, unit=last.unit, counts=last.counts)
    if not _BETWEEN.fullmatch(between) or ":" not in text[max(0, quantity.start - 120) : quantity.start]:
        return None
    return replace(quantity, unit=last.unit, counts=last.counts)


_SHORT = re.compile(r"[^.;:!?]{3,70}(?:,| and| but)(?: only| just| another)? ")
"""What stands between things of one country and those of another ("three Greek frigates in the water and three French")."""
_SHARES = re.compile(r"[-–/](\d{1,2})\b(?![-–%\d]|\.\d)")
_COUNTED_OUT = re.compile(
    r"\b(?:votes?|voted|Senate|House|committee|[Pp]arliament|pass(?:ed|es)|approved|rejected|won|lost|beat|amendment|motion|resolution|fail(?:ed|s)|defeated|carried|adopted)\b"
)


def shares(text: str, number: Number, start: int, story: int) -> list[Quantity]:
    """Two shares that make a hundred ("opinions ran 60-40"), unless votes were counted or the chances are even."""
    found = _SHARES.match(text, number.end) if number.form == "digits" and not number.scaled else None
    if found is None or (number.value or 0) + float(found[1]) != HUNDRED or float(found[1]) == number.value:
        return []
    if _COUNTED_OUT.search(text, max(start, number.start - 80), found.end() + 16):
        return []
    spans = ((number.start, number.end), found.span(1))
    return [
        Quantity(a, b, text[a:b], float(text[a:b]), "percent", "percentage", None, False, story=story)
        for a, b in spans
    ]


HUNDRED = 100


def settled(text: str, number: Number, found: list[Quantity], start: int, story: int) -> bool:
    """Whether a number is read here: as part of a measure, as pence, as a share of a hundred, or as the "one day" on which something may happen."""
    if found and number.start < found[-1].end:
        return True
    whole = and_a_half(text, number, found, start, story) or small_money(text, number, found, start, story)
    if whole is not None:
        found.append(whole)
        return True
    if parts := shares(text, number, start, story):
        found.extend(parts)
        return True
    return number.value == 1 and number.form == "words" and _someday(text, number, start)


def _someday(text: str, number: Number, start: int) -> bool:
    """Whether "one day" says that something happens at some time or other."""
    if text[number.start : number.end + 4].lower() != "one day" or not _SOMEDAY.match(text, number.end + 4):
        return False
    return _IN_ONE.search(text[max(start, number.start - 12) : number.start]) is None


_COMPARED = re.compile(r",? (?:up|down) from |,? (?:compared|compares) (?:with|to) |, (?:against|versus) ")
_TIME_OF = re.compile(
    r"\b(?:in|over|within|for|during|after|every) (?:(?:the|its|their) )?(?:(?:first|last|past|next) )?$"
)


def compared(
    text: str, last: Quantity, earlier: Sequence[Quantity], quantity: Quantity, begin: int
) -> Quantity:
    """What a number is compared with: the share or the sum of its sentence, not the time within which ("up from 37")."""
    if last.kind != "duration" or not _COMPARED.fullmatch(text, last.end, quantity.start):
        return last
    if not _TIME_OF.search(text, max(begin, last.start - 24), last.start):
        return last
    measured = [q for q in earlier if q.start >= begin and q.kind in ("percentage", "money", "count")]
    return measured[-1] if measured else last
