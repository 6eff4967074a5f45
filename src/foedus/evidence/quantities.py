"""Numbers with what they count."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.counted import GROUP_FROM, PERSON_HINT, RANGE, counted_noun, unit_of, unit_table
from foedus.evidence.dates import find_dates
from foedus.evidence.nouns import singular
from foedus.evidence.numerals import Number, find_numbers, read_number, restated
from foedus.evidence.records import Quantity

_MODIFIER = re.compile(
    r"\b(?P<word>nearly|almost|about|around|roughly|approximately|approx\.?|some|more than|over|at least|up to|as many as|as much as|as few as|less than|fewer than|under|below|above|close to|an estimated|estimated|only|just|no more than|no fewer than|at most|"
    r"upwards of|well over|just over|just under|exactly|another|a further|an additional|additional|a total of|circa|c\.|in excess of|barely|perhaps|maybe|possibly)\s+(?:the |a |an |its |their |his )?$",
    re.IGNORECASE,
)
_SOFT_AFTER = re.compile(r"^(?:\s+or (?:so|more|fewer|less)\b|-plus\b|-odd\b|\s+plus\b|-some\b)")
_EXACT = frozenset(
    ("only", "just", "exactly", "another", "a further", "an additional", "additional", "a total of")
)
_STOP = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"‘])")
_NUMBER_OF = re.compile(
    r"\b(?:number of|how many) (?:[A-Za-z\-]+ ){0,2}?([a-z]+s)\b[^.;]{0,80}?\b(?:from|to|at|is|was|by|reach|reached|into)\s+(?:\d[\d,]* to )?$"
)
"""What a rising or falling number counts."""
_TALLY = re.compile(r"\b(?:votes?|voted|passed|approved|rejected|ballot)\b")
_ALSO = re.compile(
    r"(?:\b(?:or|and)|\bfor|\bthan|\bfrom|\bto|\bin|[Ii]t was|[Ii]t is|\bat|\bagainst|\babout|\bof)\s+$"
)
_FORCED = re.compile(r"\b(?:of|lost|killed|wounded|injured|employs?|employed|employing)\s+(?:[a-z]+ ){0,2}$")
NEAR_ONE = 120
"""Characters within which "one" stands against another number."""
MOST_VOTES = 1000
"""A tally of votes is smaller."""
BARE = 1000
"""Smaller numbers without a noun are numbers of things, not counts."""
LOOK_BACK = 500
"""Characters before a paragraph in which a bare number's noun is sought."""
_PHONE = re.compile(r"(?<!\w)(?:\+\d{1,3}|\(0\d{1,4}\)|0\d{2,4})(?:[ -]?\d{2,4}){2,4}\b(?!,\d)")
_NAMED_NUMBER = re.compile(
    r"(?:\b(?:Articles?|Sections?|Title|Chapter|No|Nos|Resolution|Page|pp?|Channel|Route|Highway|Flight|Type|Mark|Mk|Class|Group of|World War|Annex|Part|Phase|Room|Level|Tier|Grade|Act|Psalm|Verse|Boeing|Airbus|Leopard|Gepard|Marder|Covid|Law|Bill|Directive|Executive Order|Proposition|Amendment|Unit|Apollo|Su|MiG|Mi|Ka|Tu|Il|An|T|"
    r"Fort|Area|Day|Windows|Formula|Vision|Agenda|Horizon|Rule|Case|Docket|House Resolution|H\.R|S|Public Law|Stat|U\.S\.C|§+|version|Paragraph|Clause|Protocol|paragraph|article|section|clause)\.?\s?|[#§№])$"
)
_HALF_SO = re.compile(r"(?<=half)-(?!dozen|million|billion|trillion|century|year|hour|day|time)[a-z]")
"""Half as part of an adjective ("a half-empty room")."""
_METRES = re.compile(
    r"(?<=\dm)[ -](?:long|tall|high|deep|wide|vessel|ship|boat|yacht|ferry|freighter|tanker|trawler|fence|wall|bridge|runway|tower|mast|crane)\b"
)
"""What a short m after a number measures in metres ("the 140m vessel")."""
_A_PART = re.compile(r"a (?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)", re.IGNORECASE)
_CLOCK = re.compile(r"^(?::\d\d|\.\d\d)?\s?(?:a\.?m\b|p\.?m\b|GMT|CET|EST|EDT|UTC|o[’']clock)|^:\d\d\b")
_BESIDE = re.compile(
    r",? (?:or|and|to|against|not|compared with|compared to|versus|but|up from|down from|from) (?:just |only |about |nearly |over )?"
)
"""What stands between a quantity and a bare number of the same kind ("30 days, or 15 for an ally")."""
_SHARE = re.compile(
    r"\b(?:by|to|in|nearly|almost|about|only|over|than|under|up|down|least|most|cut|lost|paid|another|roughly|around)\s+$"
)
_ORDINAL_USE = re.compile(
    r"\s+(?:said|was|is|had|has|told|term|time|person|party|country|round|year|official|way|war|man|woman|option|reason|senator|diplomat|consecutive|straight|world|[a-z]+ed)\b"
)


def read_quantities(
    text: str, start: int, end: int, story: int, published: str | None, floor: int | None = None
) -> list[Quantity]:
    """Quantities of one paragraph, in order, without overlaps; the story begins at `floor`."""
    found = find_dates(text, start, end, story, published)
    taken = [(q.start, q.end) for q in found] + [m.span() for m in _PHONE.finditer(text, start, end)]
    numbers: list[Number] = []
    for match in find_numbers(text, start, end):
        number = read_number(match)
        if (
            number is None
            or any(a < number.end and number.start < b for a, b in taken)
            or (numbers and number.start < numbers[-1].end)
            or _is_label(text, number, start, end)
        ):
            continue
        numbers.append(restated(text, number))
    ones: list[Quantity] = []
    for i, number in enumerate(numbers):
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        quantity = _quantity(text, start, end, number, following, story)
        if quantity is None:
            continue
        if number.form == "words" and number.value == 1 and quantity.kind == "count":
            ones.append(quantity)
            found.extend(_against(text, quantity, found, start))
            continue
        quantity = _borrowed(text, quantity, found, ones, start)
        if quantity.unit == "count" and quantity.kind == "count":
            if (number.form == "words" and not number.scaled) or (quantity.value or BARE) < BARE:
                continue
            quantity = _of_people(text, quantity, start, start if floor is None else floor)
        found.append(quantity)
    return sorted(found, key=lambda q: q.start)


def _borrowed(
    text: str, quantity: Quantity, found: list[Quantity], ones: list[Quantity], start: int
) -> Quantity:
    """A bare number counts what the count shortly before it counts ("fires 2,000 shells a day against 10,000")."""
    if not _is_bare(text, quantity):
        return quantity
    earlier = [q for q in found if q.end <= quantity.start and q.unit not in ("date", "count")]
    last = max(earlier, key=lambda q: q.end, default=None)
    if last is not None and _BESIDE.fullmatch(text[last.end : quantity.start]):
        return replace(quantity, unit=last.unit, kind=last.kind, counts=last.counts)
    begin = start
    for stop in _STOP.finditer(text, start, quantity.start):
        begin = stop.end()
    here = [q for q in earlier if q.start >= begin and q.kind == "count"]
    single = next((q for q in reversed(ones) if 0 < quantity.start - q.end < NEAR_ONE), None)
    if here and (quantity.value or 0) >= 100 * max(here[-1].value or 0, 1) and here[-1].unit != "person":
        here = []
    if single is not None and (quantity.value or 0) < BARE and (not here or here[-1].end < single.end):
        ones.remove(single)
        found.append(replace(single, counts=single.unit))
        here = [found[-1]]
    if here:
        return replace(quantity, unit=here[-1].unit, kind="count", counts=here[-1].counts)
    named = _NUMBER_OF.search(text, begin, quantity.start)
    if named is not None:
        unit = unit_table().get(named[1], ("count", singular(named[1])))[1]
        return replace(quantity, unit=unit, counts=named[1])
    if _TALLY.search(text, begin, quantity.start) and (quantity.value or 0) < MOST_VOTES:
        return replace(quantity, unit="vote", counts="votes")
    if (
        last is not None
        and quantity.start - last.end < NEAR_ONE
        and last.kind in ("duration", "percentage")
        and (_ALSO.search(text, last.end, quantity.start) or _same_word(text, last, quantity))
    ):
        return replace(quantity, unit=last.unit, kind=last.kind, counts=last.counts)
    near = [q for q in earlier if q.kind == "count" and quantity.start - q.end < 100]
    return replace(quantity, unit=near[-1].unit, counts=near[-1].counts) if near else quantity


def _same_word(text: str, last: Quantity, quantity: Quantity) -> bool:
    """Whether the same word stands before two quantities ("one that spends 2 percent ... one that spends 5")."""
    words = [text[max(0, q.start - 20) : q.start].split()[-1:] for q in (last, quantity)]
    return words[0] == words[1] and bool(words[0]) and len(words[0][0]) > 3


def _against(text: str, one: Quantity, found: list[Quantity], start: int) -> list[Quantity]:
    """Count of one that stands against another in its clause ("seven headquarters, and the Russians have one phone")."""
    begin = start
    for stop in _STOP.finditer(text, start, one.start):
        begin = stop.end()
    beside = [q for q in found if q.kind == "count" and begin <= q.start and q.end < one.start]
    between = text[beside[-1].end : one.start] if beside else ""
    opposed = (
        beside
        and len(between) < NEAR_ONE / 2
        and re.search(r"\b(?:and|but|against|to|not|while|versus|only|just)\b", between)
    )
    return [replace(one, counts=one.unit)] if opposed and (beside[-1].value or 0) > 1 else []


def _is_bare(text: str, quantity: Quantity) -> bool:
    """Whether nothing beside a count says what it counts."""
    if quantity.kind != "count":
        return False
    if quantity.unit == "count":
        return True
    return (
        quantity.unit == "person"
        and quantity.counts in ("people", "troops")
        and not _FORCED.search(text, max(0, quantity.start - 40), quantity.start)
        and not GROUP_FROM.search(text[max(0, quantity.start - 40) : quantity.start])
        and counted_noun(text[quantity.end : quantity.end + 80], 0) is None
    )


def _of_people(text: str, quantity: Quantity, start: int, floor: int) -> Quantity:
    """A large bare number counts soldiers where the paragraphs before speak of soldiers."""
    if (quantity.value or 0) < 1000 or not PERSON_HINT.search(text, max(floor, start - LOOK_BACK), start):
        return quantity
    return replace(quantity, unit="person", counts="people")


def _is_ordinal(text: str, number: Number, start: int, end: int) -> bool | None:
    """Whether "a third" orders rather than divides; nothing where the words around do not tell."""
    before = text[max(start, number.start - 12) : number.start]
    if re.search(r"\bby\s+$", before):
        return False
    if _A_PART.fullmatch(text, number.start, number.end):
        if re.match(
            r" (?!of\b|more\b|less\b|fewer\b|higher\b|lower\b|larger\b|smaller\b|the\b|to\b|in\b|by\b|from\b|on\b|as\b|a\b|and\b|or\b|below\b|above\b)[a-z]",
            text[number.end : number.end + 8],
        ):
            return True
        if re.match(r"[.,;:!?”\"’]", text[number.end : number.end + 1]):
            return not _SHARE.search(before)
        return _ORDINAL_USE.match(text[number.end : min(end, number.end + 24)]) is not None
    return False if re.search(r"\b(?:in|only|but|nearly|about|almost|over|than)\s+$", before) else None


def _is_label(text: str, number: Number, start: int, end: int) -> bool:
    """Whether the number names something (Article 5, F-16, 10:30) rather than counts."""
    if number.form == "fraction" and (ordinal := _is_ordinal(text, number, start, end)) is not None:
        return ordinal
    if number.form == "fraction" and _HALF_SO.match(text, number.end):
        return True
    if number.form in ("money", "vague", "fraction"):
        return (
            number.form == "vague"
            and re.search(r"\bno\s+$", text[max(start, number.start - 4) : number.start], re.IGNORECASE)
            is not None
        ) or (
            number.form == "fraction"
            and text[number.start : number.end].lower() == "half"
            and not re.match(
                r"\s+(?:of|the|a|an|its|their|his|her|that|this|as|all|what|our|my|your|empty|full|gone)\b|[ -](?:million|billion|a)\b",
                text[number.end : number.end + 14],
            )
        )
    before = text[max(start, number.start - 24) : number.start]
    after = text[number.end : min(end, number.end + 16)]
    if (
        number.form == "words"
        and re.match(r"[A-Z]\w+ $", before[-12:].rpartition(" ")[0].rpartition(" ")[2] + " ")
        and re.match(r" [A-Z][a-z]", after)
    ):
        return True
    if number.form == "digits":
        if number.start == start and re.fullmatch(r"[012]?\d\.[0-5]\d", text[start : number.end]):
            return True
        if (
            _NAMED_NUMBER.search(before)
            or _CLOCK.match(after)
            or re.match(r"(?:st|nd|rd|th)\b|/\d|[A-Z]\d?\b|\.\d|(?:-\d+)+-\d|’s\b|s\b", after)
        ):
            return True
        return bool(re.search(r"[A-Za-z]-$|\d:$|[A-Za-z]$|/$", before))
    return _NAMED_NUMBER.search(before) is not None


def _hushed(after: str) -> str:
    """Lower-case a counted noun in capitals ("10 DAYS")."""
    loud = re.match(r"[\s-]*([A-Z]{4,})\b", after)
    if loud is None or not (
        loud[1].lower() in unit_table()
        or (loud[1].endswith("S") and not re.match(r"\s+[a-z]", after[loud.end() :]))
    ):
        return after
    return after[: loud.end()].lower() + after[loud.end() :]


def _quantity(
    text: str, start: int, end: int, number: Number, following: Number | None, story: int
) -> Quantity | None:
    modifier = _MODIFIER.search(text[max(start, number.start - 24) : number.start])
    word = modifier["word"].lower() if modifier else None
    after = _hushed(text[number.end : min(end, number.end + 160)])
    soft = _SOFT_AFTER.match(after)
    if number.form == "digits" and _METRES.match(text, number.end):
        number = replace(number, value=(number.value or 0) / 1e6)
        return Quantity(
            number.start, number.end, text[number.start : number.end], number.value, "metre", "length", None,
            word is not None and word not in _EXACT, word, story=story,
        )  # fmt: skip
    kind, unit, counts, stop = unit_of(text, number, after, start, end, following)
    if unit is None:
        return None
    value = number.value
    if (
        (number.form == "money" or (number.form == "digits" and kind == "money"))
        and not number.scaled
        and following is not None
        and following.scaled
        and RANGE.match(text[number.end : following.start])
        and following.form in ("money", "digits")
    ):
        value = (value or 0) * _scale_of(text, following)
    approximate = bool(number.form == "vague" or soft or (word is not None and word not in _EXACT))
    value = round(value, 4) if kind == "fraction" and value is not None else value
    return Quantity(
        number.start, stop, text[number.start : stop], value, unit, kind, counts, approximate, word or (soft.group().strip(" -") if soft else None),
        lower=number.lower, story=story,
    )  # fmt: skip


def _scale_of(text: str, number: Number) -> float:
    found = re.search(
        r"(thousand|million|billion|trillion|bn|mn|tn|m|b|k)$", text[number.start : number.end], re.IGNORECASE
    )
    return (
        {"t": 1e12, "b": 1e9, "m": 1e6, "k": 1e3}.get(
            found.group(1)[0].lower() if found.group(1).lower() != "thousand" else "k", 1.0
        )
        if found
        else 1.0
    )
