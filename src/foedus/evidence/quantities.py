"""Numbers with what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence import ages, bare, measures, ones, parallel, recall
from foedus.evidence.counted import in_range, unit_of
from foedus.evidence.currency import currency, paid, same_currency
from foedus.evidence.dates import find_dates
from foedus.evidence.labels import numbered
from foedus.evidence.lexicon import may_end, words_in
from foedus.evidence.likeness import BARE, plain
from foedus.evidence.national_money import at_home
from foedus.evidence.numerals import Number, find_numbers, read_number, restated, scale_of
from foedus.evidence.records import Quantity
from foedus.evidence.taken_up import of_strength
from foedus.evidence.things import unit_table
from foedus.evidence.understood import understood

_MODIFIER = re.compile(
    r"\b(?P<word>nearly|almost|about|around|roughly|approximately|approx\.?|some|more than|over|at least|up to|as many as|as much as|as few as|less than|fewer than|under|below|above|close to|an estimated|estimated|only|just|no more than|no fewer than|at most|"
    r"upwards of|well over|just over|just under|exactly|another|a further|an additional|additional|a total of|circa|c\.|in excess of|barely|perhaps|maybe|possibly)\s+(?:the |a |an |its |their |his )?$",
    re.IGNORECASE,
)
_MODIFIER_WORDS = words_in(_MODIFIER.pattern)
_SOFT_AFTER = re.compile(r"^(?:\s+or (?:so|more|fewer|less)\b|-plus\b|-odd\b|\s+plus\b|-some\b)")
_EXACT = frozenset(
    ("only", "just", "exactly", "another", "a further", "an additional", "additional", "a total of")
)
_PHONE = re.compile(
    r"[+(0](?<!\w.)(?:(?<=\+)\d{1,3}|(?<=\()0\d{1,4}\)|(?<=0)\d{2,4})(?:[ -]?\d{2,4}){2,4}\b(?!,\d)"
)
_NAMED_NUMBER = re.compile(
    r"(?:\b(?:Articles?|Sections?|Title|Chapter|No|Nos|Resolution|Page|pp?|Channel|Route|Highway|Flight|Type|Mark|Mk|Class|Group of|World War|Annex|Part|Phase|Room|Level|Tier|Grade|Act|Psalm|Verse|Boeing|Airbus|Leopard|Gepard|Marder|Covid|Syndicate|Squadron|Hut|Pier|Berth|Dock|Hangar|Checkpoint|Ward|Sector|Camp|Law|Bill|Directive|Executive Order|Proposition|Amendment|Unit|Apollo|Su|MiG|Mi|Ka|Tu|Il|An|T|"
    r"Fort|Area|Day|Windows|Formula|Vision|Agenda|Horizon|Rule|Case|Docket|House Resolution|H\.R|S|Public Law|Stat|U\.S\.C|§+|Local|Lot|Post|Suite|Bldg|Building|version|Paragraph|Clause|Protocol|paragraph|article|section|clause)\.?\s?|[#§№])$"
)
_NAMING_WORDS = words_in(_NAMED_NUMBER.pattern)
_OF_THEM = re.compile(r" of (?:them|these|those|us)\b")
_UNIT_OF_ARMY = re.compile(
    r" (?:[A-Z][a-z]+ ){0,1}(?:Brigade|Division|Corps|Regiment|Battalion|Squadron|Wing|Fleet|Army|Para|Commando|Rifles|Panzer)\b(?!s)"
)
"""What a number before it names: 3 Commando Brigade."""
_HALF_OF = re.compile(
    r"[\s-]+strength\b|\s+(?:of|the|a|an|its|their|his|her|that|this|as|all|what|our|my|your|these|those|empty|full|gone|is(?! that)|are|was|were|has|have|had|will|would|could|can|might|may|went|go|goes|came|said|say|remains?|remained|lives?|lived)\b|[ -](?:million|billion|a)\b"
)
_BY_HALF = re.compile(
    r".*\b(?:cost|costs|pa(?:y|ys|id)|by|nearly|almost|only|than|over|least|lo(?:st|se|ses)|keeps?|kept|spen[dt]s?|charge[sd]?|sold|earn(?:s|ed)?|just|under|another) half(?:[.,;:!?”\"’)]|$)"
)
"""An amount or a share that is halved ("it would have cost half")."""
_AIR = re.compile(
    r"\b(?:(?:sale|sell\w*|sold|purchase\w*|buy\w*|bought|order\w*|deliver\w*|donat\w+) (?:of )?(?:[\w-]+ ){0,3}fighters\b|[Aa]ir [Ff]orce|[Jj]ets?|squadrons?|[Aa]ircraft|[Aa]ir [Cc]hief|Eurofighters?|Gripens?|Rafales?|F-\d\d)\b|fighters (?:it|they|he|she|we|you|which|that|[A-Z]\w+) (?:\w+ ){0,3}(?:buy|bought|order(?:ed)?|want(?:s|ed)?|sell|sold|land(?:ed)?|fly|flew|flown|(?:take|took) off)\b|\btankers? (?:for|to|per) (?:every )?(?:\w+ )?fighters\b|\b(?:tankers|bombers|drones) and (?:\w+ )?fighters\b|\bfighters and (?:\w+ )?(?:tankers|bombers)\b"
)
_MARKS = re.compile(
    r"(?<=the )scores\b(?! of)|(?:(?<=settle )|(?<=settles )|(?<=settled )|(?<=settling ))scores\b"
)
"""Marks given, which are no twenties."""
_OTHER_SIDE = re.compile(r"[-–](\d{1,3})\b(?![-–%\d]|\.\d)")
NEAR = 160
_SIDES = re.compile(
    r"\baged? (?:between )?$|(?:%|\bper ?cent\b)[^.!?]*\b(?:with|from|by|at|to|of|was|were|is|are|split|ran) $"
)
"""What stands before two ages, or before two shares of a poll, with a dash between them."""
_BALLOT = re.compile(
    r"\b(?:split|votes?|voted|passed|approved|rejected|ballot|Senate|House|committee|parliament|amendment|motion|resolution|failed|fails|fell|falls|passes|defeated|carried|adopted|lost|won)\b"
)
_HALF_SO = re.compile(
    r"(?<=half)-(?!strength|dozen|million|billion|trillion|century|year|hour|day|time|mile|minute|second|tonne|ton|inch|metre|meter|kilomet|week|month)[a-z]"
)
"""Half as part of an adjective ("a half-empty room")."""
_METRES = re.compile(
    r"(?:(?<=\dm)|(?<=\d m))[ -](?:long|tall|high|deep|wide|vessel|ship|boat|yacht|ferry|freighter|tanker|trawler|fence|wall|bridge|runway|tower|mast|crane)\b"
)
"""What a short m after a number measures in metres ("the 140m vessel")."""
_A_PART = re.compile(r"a (?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)", re.IGNORECASE)
_FORM = re.compile(
    r"-(?:form|former|grade|grader|rate|class|party|generation|floor|hand|world|person|degree|place|division)\b"
)
"""What an ordinal is bound to ("a sixth-form college")."""
_PAST_HOUR = re.compile(
    r"\s(?:to|past) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight|noon)\b(?=[.,;]| (?:on|in|at|when|the|a|he|she|last|this)\b)"
)
_TO_HOUR = re.compile(r"\b(?:quarter (?:to|past)|half past) $")
HOURS = 12
"""An hour told in words ("a quarter to nine")."""
_CLOCK = re.compile(
    r"^(?::\d\d|\.\d\d)?\s?(?:a\.?m\b|p\.?m\b|GMT|BST|CES?T|EES?T|[ECMP][SD]T|ET\b|MSK|IST|AES?T|UTC|o[’']clock)|^:\d\d\b"
)
_SHARE = re.compile(
    r"\b(?:by|to|in|nearly|almost|about|only|over|than|under|up|down|least|most|cut|lost|paid|another|roughly|around|sometimes|perhaps|even|maybe)\s+[“\"‘]?$"
)
_HEDGED = re.compile(r"\b(?:nearly|almost|roughly|over|than|least)\s+$")
_ORDINAL_USE = re.compile(
    r"\s+(?:said|was|is|had|has|told|term|time|person|party|country|round|year|official|way|war|man|woman|option|reason|senator|diplomat|consecutive|straight|world|[a-z]+ed)\b"
)


def read_quantities(
    text: str,
    start: int,
    end: int,
    story: int,
    published: str | None,
    floor: int | None = None,
    earlier: Sequence[Quantity] = (),
) -> list[Quantity]:
    """Quantities of one paragraph, in order, without overlaps; the story begins at `floor` and has counted `earlier`."""
    floor = start if floor is None else floor
    dates = find_dates(text, start, end, story, published)
    found: list[Quantity] = []
    numbers = _numbers(text, start, end, dates)
    singles: list[Quantity] = []
    for i, number in enumerate(numbers):
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        if measures.settled(text, number, found, start, story):
            continue
        quantity = _quantity(text, start, end, number, following, story)
        past = [*earlier, *found[-bare.WINDOW :]]
        if number.form == "words" and number.value == 1 and (quantity is None or quantity.kind == "count"):
            _one(text, number, quantity, found, singles, earlier, start, story)
            continue
        counted = quantity or plain(text, number, "count", story)
        if _unexplained(text, number, quantity) and (
            told := parallel.explained(text, counted, past, singles, start, floor)
        ):
            found.append(told)
            continue
        if quantity is None or bare.is_bare(text, quantity):
            told = _told(text, counted, number, past, start, floor, quantity is None)
            if told is not None or quantity is None:
                if told is not None and told.kind == "money":
                    same_currency(text, numbers[max(i - 1, 0)], number, told, found)
                found.extend([told] if told else [])
                continue
        quantity = bare.borrowed(text, quantity, found, singles, start)
        if quantity.unit == "count" and quantity.kind == "count":
            told = _context(text, quantity, number, past, start, floor)
            if told is None:
                continue
            quantity = told
        if quantity.kind == "money" and number.form != "money" and quantity.end == number.end:
            quantity = currency(text, quantity, found[-bare.WINDOW :] if number.form == "vague" else past)
            same_currency(text, numbers[max(i - 1, 0)], number, quantity, found)
        found.append(quantity)
    found = at_home(text, floor, end, [*found, *ones.opposed(text, singles, found)])
    found.extend(ages.groups(text, start, end, story))
    return sorted([*dates, *_flown(text, floor, end, found)], key=lambda q: q.start)


def _unexplained(text: str, number: Number, quantity: Quantity | None) -> bool:
    """Whether no noun and no currency beside a number says what it counts."""
    if number.form not in ("digits", "words"):
        return False
    if quantity is None or bare.is_bare(text, quantity) or of_strength(text, quantity):
        return True
    return quantity.kind == "money" and quantity.end == number.end


def _one(
    text: str,
    number: Number,
    quantity: Quantity | None,
    found: list[Quantity],
    singles: list[Quantity],
    earlier: Sequence[Quantity],
    start: int,
    story: int,
) -> None:
    """Take in a number of one: as a count, against another count, or among the `singles` that may yet stand against one."""
    past = [*earlier, *found[-bare.WINDOW :]]
    unit = ones.one(text, number, past, quantity.unit if quantity else None, start)
    if unit is not None:
        kind = unit_table().get(unit, ("count", unit))[0]
        found.append(replace(plain(text, number, unit, story), kind=kind))
    elif quantity is not None:
        opposed = ones.against(text, quantity, found, start)
        found.extend(opposed)
        singles.extend([] if opposed else [quantity])


def _told(
    text: str, quantity: Quantity, number: Number, past: Sequence[Quantity], start: int, floor: int, alone: bool
) -> Quantity | None:
    """A number without a noun, by the words that leave it out, or `alone` by what the story counted before."""
    if number.form not in ("digits", "words"):
        return None
    told = understood(text, quantity, past, start, floor)
    return told or (recall.recalled(text, quantity, past, start, floor) if alone else None)


def _flown(text: str, floor: int, end: int, found: list[Quantity]) -> list[Quantity]:
    """Fighters as what flies, where their story speaks of the air or they are bought and sold."""
    if any(q.counts == "fighters" for q in found) and _AIR.search(text, floor, end):
        return [replace(q, unit="fighter") if q.counts == "fighters" else q for q in found]
    return found


def _context(
    text: str, quantity: Quantity, number: Number, earlier: Sequence[Quantity], start: int, floor: int
) -> Quantity | None:
    """A number with nothing beside it, by what the story speaks of; small ones are dropped where that tells nothing."""
    money = paid(quantity, earlier)
    if money is not None and not _OF_THEM.match(text, quantity.end):
        return money
    quantity = bare.of_people(text, quantity, start, floor)
    if quantity.unit != "count":
        return quantity
    told = recall.recalled(text, quantity, earlier, start, floor)
    if told is not None:
        return told
    small = (number.form == "words" and not number.scaled) or (quantity.value or BARE) < BARE
    return None if small else quantity


def _numbers(text: str, start: int, end: int, dates: Sequence[Quantity]) -> list[Number]:
    """Numbers of one paragraph that are neither dates, telephone numbers nor labels."""
    taken = [(q.start, q.end) for q in dates] + [m.span() for m in _PHONE.finditer(text, start, end)]
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
        other = _OTHER_SIDE.match(text, number.end) if number.form == "digits" and not number.scaled else None
        if other is not None and (
            _BALLOT.search(text, max(start, number.start - 80), min(end, other.end() + 16))
            or _SIDES.search(text, max(start, number.start - NEAR), number.start)
        ):
            numbers.append(Number(other.start(1), other.end(1), float(other[1]), "digits"))
    return numbers


_DIVIDED_BY = re.compile(r"\bby\s+[“\"‘]?$")
_DIVIDES = re.compile(r"\b(?:in|only|but|nearly|about|almost|over|than)\s+$")


_OF_SO_MANY = re.compile(r" of \d[\d,]*(?=[.,;)]| (?:in|by|is|was|will|from)\b)")
_SECOND = re.compile(r"\b(?:first|second) (?:[a-z]+ ){0,3}of \d")
"""One of several in order, each of a size ("a second batch of 40 and a third of 25")."""


def _is_named(before: str) -> bool:
    """Whether what stands before a number is named by it: Article 5."""
    return may_end(before, _NAMING_WORDS) and _NAMED_NUMBER.search(before) is not None


def _is_ordinal(text: str, number: Number, start: int, end: int) -> bool | None:
    """Whether "a third" orders rather than divides; nothing where the words around do not tell."""
    before = text[max(start, number.start - 12) : number.start]
    if _DIVIDED_BY.search(before):
        return False
    if parallel.goes_on(text, number, start):
        return True
    if _OF_SO_MANY.match(text, number.end) and _SECOND.search(text, start, number.start):
        return True
    if _A_PART.fullmatch(text, number.start, number.end):
        if _FORM.match(text, number.end):
            return True
        if _HEDGED.search(before) or text[number.start : number.end].lower() == "a quarter":
            return False
        if re.match(
            r" (?!of\b|more\b|less\b|fewer\b|higher\b|lower\b|larger\b|smaller\b|the\b|to\b|in\b|by\b|from\b|on\b|as\b|a\b|and\b|or\b|below\b|above\b|are\b|were\b|have\b|beyond\b|without\b|at\b|under\b|with\b)[a-z]",
            text[number.end : number.end + 8],
        ):
            return True
        if re.match(r"[.,;:!?”\"’]", text[number.end : number.end + 1]):
            return not _SHARE.search(before)
        return _ORDINAL_USE.match(text[number.end : min(end, number.end + 24)]) is not None
    return False if _DIVIDES.search(before) else None


def _is_hour(text: str, number: Number, start: int) -> bool:
    """Whether a part or a number tells the hour."""
    if number.form == "fraction":
        part = text[number.start : number.end].lower()
        return part in ("a quarter", "half") and _PAST_HOUR.match(text, number.end) is not None
    return (number.value or 0) <= HOURS and _TO_HOUR.search(
        text, max(start, number.start - 16), number.start
    ) is not None


def _is_idle(text: str, number: Number, start: int) -> bool:
    """Whether a vague number or a half counts nothing ("no billions", "half a mind")."""
    half = number.form == "fraction" and text[number.start : number.end].lower() == "half"
    if half and measures.part_of_unit(text, number) is not None:
        return False
    if half:
        return not _HALF_OF.match(text, number.end) and not _BY_HALF.match(
            text[max(start, number.start - 16) : number.end + 1]
        )
    if number.form != "vague":
        return False
    no = re.search(r"\bno\s+$", text[max(start, number.start - 4) : number.start], re.IGNORECASE)
    return no is not None or _MARKS.match(text, number.start) is not None


_CAPITAL_BEFORE = re.compile(
    r"(?!(?:Because|Although|Though|Unless|Until|Once|Whether|Where|Yet|So|Nor|Still|Now|There|Before|Without|Within|Per|Through|Throughout|During|Despite|Beyond|Above|Below|Across|Including|Every|Each|Any|No|Not|We|They|He|She|You|It|Who|What|How|Why|Which|Roughly|Perhaps|Maybe|Later|Earlier|Have|Has|Had|Are|Were|Was|Is|Up|Take|Add|Send|Give|Make|Buy|Sell|Call|Count|Imagine|Suppose|Least|Into|Onto|Off|Out|Here|Also|Plus|Minus|Than|Already|Exactly|Barely|Hardly|Possibly|Additional|Further|Combined|Sent|The|These|Those|Its|Their|His|Her|Our|My|All|Some|In|Of|And|But|With|For|From|At|By|To|On|As|Only|About|Nearly|Around|Over|Between|Among|Under|Both|Or|Then|When|While|After|Since|That|Another|Almost|Roughly|Just|Even|If|Today|Last|First|Against|Like) )[A-Z]\w+ $"
)
_CAPITAL_AFTER = re.compile(r" [A-Z][a-z]")
_BRACKETED = re.compile(r"\([A-Z][\w. ]+ $")
_LABEL_AFTER = re.compile(r"(?:st|nd|rd|th)\b|/\d|[A-Z]\d?\b|\.\d|(?:-\d+)+-\d|’s\b|s\b")
_LABEL_BEFORE = re.compile(r"[A-Za-z]-$|\d:$|[A-Za-z]$|/$")


def _is_label(text: str, number: Number, start: int, end: int) -> bool:
    """Whether the number names something (Article 5, F-16, 10:30) rather than counts."""
    if number.form in ("fraction", "words", "digits") and _is_hour(text, number, start):
        return True
    if number.form == "fraction" and (ordinal := _is_ordinal(text, number, start, end)) is not None:
        return ordinal
    if number.form == "fraction" and _HALF_SO.match(text, number.end):
        return True
    if number.form in ("money", "vague", "fraction"):
        return _is_idle(text, number, start)
    before = text[max(start, number.start - 24) : number.start]
    after = text[number.end : min(end, number.end + 16)]
    if (
        number.form == "words"
        and _CAPITAL_BEFORE.match(before[-12:].rpartition(" ")[0].rpartition(" ")[2] + " ")
        and _CAPITAL_AFTER.match(after)
    ):
        return True
    if numbered(text, number, start, before, after):
        return True
    if number.form == "digits":
        if (
            _is_named(before)
            or _UNIT_OF_ARMY.match(after)
            or ("(" in before and _BRACKETED.search(before))
            or _CLOCK.match(after)
            or _LABEL_AFTER.match(after)
        ):
            return True
        return bool(_LABEL_BEFORE.search(before))
    return _is_named(before)


_LOUD = re.compile(
    r"[\s-]*([A-Z]{4,}|(?:Dollars|Euros|Pounds|Percent|Per Cent|Crowns)(?= |[.,;:!?”\"’)]|$))(?!\w)"
)


def _hushed(after: str) -> str:
    """Lower-case a counted noun in capitals ("10 DAYS")."""
    loud = _LOUD.match(after)
    if loud is None or not (
        loud[1].lower() in unit_table()
        or (loud[1].endswith("S") and not re.match(r"\s+[a-z]", after[loud.end() :]))
    ):
        return after
    return after[: loud.end()].lower() + after[loud.end() :]


def _quantity(
    text: str, start: int, end: int, number: Number, following: Number | None, story: int
) -> Quantity | None:
    before = text[max(start, number.start - 24) : number.start]
    modifier = _MODIFIER.search(before) if may_end(before, _MODIFIER_WORDS) else None
    word = modifier["word"].lower() if modifier else None
    after = _hushed(text[number.end : min(end, number.end + 160)])
    soft = _SOFT_AFTER.match(after)
    if number.form == "digits" and (_METRES.match(text, number.end) or measures.in_metres(text, number, start)):
        number = replace(number, value=(number.value or 0) / 1e6)
        return Quantity(
            number.start, number.end, text[number.start : number.end], number.value, "metre", "length", None,
            word is not None and word not in _EXACT, word, story=story,
        )  # fmt: skip
    loose = soft.end() if soft and soft.group().strip().startswith("or ") else 0
    kind, unit, counts, stop = unit_of(text, number, after[loose:], start, end, following)
    stop += loose if stop > number.end else 0
    if unit is None:
        return None
    value = number.value
    if (
        (number.form == "money" or kind == "money")
        and not number.scaled
        and following is not None
        and following.scaled
        and in_range(text, number, following)
        and following.form in ("money", "digits", "words")
    ):
        value = (value or 0) * scale_of(text[following.start : following.end])
    approximate = bool(number.form == "vague" or soft or (word is not None and word not in _EXACT))
    value = round(value, 4) if kind == "fraction" and value is not None else value
    return Quantity(
        number.start, stop, text[number.start : stop], value, unit, kind, counts, approximate, word or (soft.group().strip(" -") if soft else None),
        lower=number.lower, story=story,
    )  # fmt: skip
