"""Numbers with what they count."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.dates import find_dates
from foedus.evidence.numerals import Number, find_numbers, read_number
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
LOOK_BACK = 500
"""Characters before a paragraph in which a bare number's noun is sought."""
_PHONE = re.compile(r"(?<!\w)(?:\+\d{1,3}|\(0\d{1,4}\)|0\d{2,4})(?:[ -]?\d{2,4}){2,4}\b(?!,\d)")
_FORCE_OF = re.compile(
    r"\b(?:staff|force|army|crew|population|contingent|garrison|team|workforce|crowd|audience|headcount|strength)\s+of\s+(?:[a-z]+\s+){0,2}$"
)
_NAMED_NUMBER = re.compile(
    r"(?:\b(?:Articles?|Sections?|Title|Chapter|No|Nos|Resolution|Page|pp?|Channel|Route|Highway|Flight|Type|Mark|Mk|Class|Group of|World War|Annex|Part|Phase|Room|Level|Tier|Grade|Act|Psalm|Verse|Boeing|Airbus|Leopard|Gepard|Marder|Covid|Law|Bill|Directive|Executive Order|Proposition|Amendment|Unit|Apollo|Su|MiG|Mi|Ka|Tu|Il|An|T|"
    r"Fort|Area|Day|Windows|Formula|Vision|Agenda|Horizon|Rule|Case|Docket|House Resolution|H\.R|S|Public Law|Stat|U\.S\.C|§+|version|Paragraph|Clause|Protocol|paragraph|article|section|clause)\.?\s?|[#§№])$"
)
_CLOCK = re.compile(r"^(?::\d\d|\.\d\d)?\s?(?:a\.?m\b|p\.?m\b|GMT|CET|EST|EDT|UTC|o[’']clock)|^:\d\d\b")
_RANGE = re.compile(r"^(?:\s(?:to|or)\s|\s?[–—-]\s?)$")
_NOUN_TOKEN = re.compile(r"[\s-]*([A-Za-zÀ-ž][\w’'./]*(?:-[A-Za-z0-9][\w’']*)*|\d+(?:\.\d+)?[ -]?mm\b)")
_INITIALS = re.compile(r"(?:[A-Za-z]\.){2,}")
_STOP_WORDS = frozenset(
    """in on at to by for from with of and or but as than that which who whom whose is are was were be been being has have had will would could can may might must should do does did not no
    the a an this these those its their his her our per when while if after before since until because so it he she they we i you about into over under between among against during through across
    said says told say more less fewer other each ever also now then there here already still annually yearly away ago later earlier due plus versus times apart up down out off back instead including
    compared according where what how why both either stationed based deployed killed serving living made left went came sent gave took""".split()
)
_NOT_PLURAL = frozenset(
    "was has is does says its this his us as plus versus times always perhaps towards besides across less unless thus alas yes gas bus basis analysis crisis press mass class loss pass cross address process progress success access business congress series species news politics economics sales-tax james texas kansas overseas sometimes afterwards".split()
)
_MASS = frozenset(
    "people personnel aircraft police staff troops men women children ammunition equipment artillery infantry spacecraft hovercraft ordnance sorties f-16s f-35s dead".split()
)
_SINGULAR_OK = frozenset(
    (
        "personnel",
        "people",
        "dead",
        "wounded",
        "staff",
        "servicemen",
        "servicewomen",
        "airmen",
        "congressmen",
        "policemen",
        "gunmen",
        "deputies",
    )
)
_PEOPLE = frozenset("people personnel staff troops men women children dead police".split())
_ATTRIBUTIVE = frozenset(
    "arms operations forces systems weapons communications sales defence-systems tracks special-forces".split()
)
_PERSON_HINT = re.compile(
    r"\b(?:troops?|soldiers?|personnel|forces|servicem[ae]n|service members|army|people|men and women|contingent|deaths|killed|wounded|br(?:ing|ought)\w*\s(?:\S+\s){0,6}?home)\b",
    re.IGNORECASE,
)
_MONEY_HINT = re.compile(
    r"[$€£]|\b(?:dollars?|euros?|money|paid|pay|pays|spend|spent|spending|funds?|funding|budget|cost|costs|bills?|flow(?:ing|ed)? in|poured in|owe[sd]?|dues|invest\w*|aid)\b",
    re.IGNORECASE,
)
_COUNTED = frozenset(
    """brigade division battalion battlegroup group regiment squadron corps ship warship submarine frigate destroyer carrier aircraft jet plane fighter bomber tanker helicopter drone tank vehicle gun howitzer
    launcher battery missile rocket shell round bomb mine system radar satellite base camp port country nation state member ally government party province region city town village term election war bill vote
    poll attack strike ship convoy cable pipeline plant factory contract deal sale unit summit meeting round exercise warhead interceptor barrage capital neighbour neighbor army headquarters hub depot site""".split()
)
_ABSTRACT = frozenset(
    """things ways times reasons questions words sides parts points sentences kinds types answers lines sorts minds cents others stars hats feet legs hands eyes ideas
    halves thirds quarters cheers steps sets pieces issues problems facts moments occasions ends extremes worlds examples forms scenarios""".split()
)
"""Nouns that a small number in words sets in order rather than counts."""
_COMPOUNDED = frozenset(
    "page member seat ship vessel vehicle aircraft plane brigade division battalion battery gun tank missile jet helicopter submarine frigate carrier launcher base".split()
)
"""Nouns that a hyphen binds to a count ("a four-page notice")."""
_BESIDE = re.compile(
    r",? (?:or|and|to|against|not|compared with|compared to|versus|but|up from|down from|from) (?:just |only |about |nearly |over )?"
)
"""What stands between a quantity and a bare number of the same kind ("30 days, or 15 for an ally")."""
_OF_THE = re.compile(
    r"\s+(?:out )?of (?:the |its |their |these |those |our )(?:\d[\d,]*|[a-z]+(?:-[a-z]+)?)?(?= )"
)
"""A part of a group that is counted too ("11 of the 31 allies")."""
_REFERS = re.compile(r"\b(?:remaining|against|from|to|than)\s+$")
_ORDINAL_USE = re.compile(
    r"\s+(?:said|was|is|had|has|told|term|time|person|party|country|round|year|official|way|war|man|woman|option|reason|senator|diplomat|consecutive|straight|world|[a-z]+ed)\b"
)
_AGE = re.compile(r"^[ -]years?[ -]old\b|^,? years old\b")


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[str, str]]:
    return {
        name: (row["kind"], row["unit"]) for row in tables.rows("units.csv") for name in row["names"].split("|")
    }


@lru_cache(maxsize=1)
def _unit_pattern() -> re.Pattern[str]:
    names = sorted((n for n, (kind, _) in _units().items() if kind != "count"), key=len, reverse=True)
    words = "|".join(re.escape(n) + ("" if n == "%" else r"\b") for n in names)
    return re.compile(rf"[ -]{{0,1}}({words})(?![’'](?!s|\s+worth))")


def read_quantities(
    text: str, start: int, end: int, story: int, published: str | None, floor: int | None = None
) -> list[Quantity]:
    """Quantities of one paragraph, in order, without overlaps; the story begins at `floor`."""
    found = find_dates(text, start, end, story, published)
    taken = [(q.start, q.end) for q in found] + [m.span() for m in _PHONE.finditer(text, start, end)]
    numbers = []
    for match in find_numbers(text, start, end):
        number = read_number(match)
        if (
            number is None
            or any(a < number.end and number.start < b for a, b in taken)
            or _is_label(text, number, start, end)
        ):
            continue
        numbers.append(number)
    for i, number in enumerate(numbers):
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        quantity = _quantity(text, start, end, number, following, story)
        if quantity is None:
            continue
        quantity = _borrowed(text, quantity, found)
        if quantity.unit == "count" and quantity.kind == "count":
            if number.form == "words" and not number.scaled:
                continue
            quantity = _of_people(text, quantity, start, start if floor is None else floor)
        found.append(quantity)
    return sorted(found, key=lambda q: q.start)


def _borrowed(text: str, quantity: Quantity, found: list[Quantity]) -> Quantity:
    """A bare number counts what the count shortly before it counts ("fires 2,000 shells a day against 10,000")."""
    if quantity.unit != "count" or quantity.kind != "count":
        return quantity
    last = max((q for q in found if q.end <= quantity.start), key=lambda q: q.end, default=None)
    if last is not None and last.unit != "date" and _BESIDE.fullmatch(text[last.end : quantity.start]):
        return replace(quantity, unit=last.unit, kind=last.kind, counts=last.counts)
    before = [q for q in found if q.kind == "count" and q.unit != "count" and 0 < quantity.start - q.end < 100]
    return replace(quantity, unit=before[-1].unit, counts=before[-1].counts) if before else quantity


def _of_people(text: str, quantity: Quantity, start: int, floor: int) -> Quantity:
    """A large bare number counts soldiers where the paragraphs before speak of soldiers."""
    if (quantity.value or 0) < 1000 or not _PERSON_HINT.search(text, max(floor, start - LOOK_BACK), start):
        return quantity
    return replace(quantity, unit="person", counts="people")


def _is_label(text: str, number: Number, start: int, end: int) -> bool:
    """Whether the number names something (Article 5, F-16, 10:30) rather than counts."""
    if number.form == "fraction" and re.fullmatch(
        r"a (?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)",
        text[number.start : number.end],
        re.IGNORECASE,
    ):
        return _ORDINAL_USE.match(text[number.end : min(end, number.end + 24)]) is not None
    if number.form == "fraction" and re.search(
        r"\b(?:by|in|only|but|nearly|about|almost|over|than)\s+$",
        text[max(start, number.start - 9) : number.start],
    ):
        return False
    if number.form in ("money", "vague", "fraction"):
        return (
            number.form == "vague"
            and re.search(r"\bno\s+$", text[max(start, number.start - 4) : number.start], re.IGNORECASE)
            is not None
        ) or (
            number.form == "fraction"
            and text[number.start : number.end].lower() == "half"
            and not re.match(
                r"\s+(?:of|the|a|an|its|their|his|her|that|this|as|all|what)\b|[ -](?:million|billion|a)\b",
                text[number.end : number.end + 14],
            )
        )
    before = text[max(start, number.start - 24) : number.start]
    after = text[number.end : min(end, number.end + 16)]
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
    if loud is None or not (loud[1].lower() in _units() or loud[1].endswith("S")):
        return after
    return after[: loud.end()].lower() + after[loud.end() :]


def _quantity(
    text: str, start: int, end: int, number: Number, following: Number | None, story: int
) -> Quantity | None:
    modifier = _MODIFIER.search(text[max(start, number.start - 24) : number.start])
    word = modifier["word"].lower() if modifier else None
    after = _hushed(text[number.end : min(end, number.end + 160)])
    soft = _SOFT_AFTER.match(after)
    kind, unit, counts, stop = _unit(text, number, after, start, end, following)
    if unit is None:
        return None
    value = number.value
    if (
        number.form == "money"
        and not number.scaled
        and following is not None
        and following.scaled
        and _RANGE.match(text[number.end : following.start])
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


def _unit(
    text: str, number: Number, after: str, start: int, end: int, following: Number | None
) -> tuple[str, str | None, str | None, int]:
    """Kind, unit, what is counted, and where the quantity's span ends."""
    if number.form == "money":
        return "money", number.currency, _of_what(after), number.end
    if number.form == "fraction":
        return "fraction", "fraction", _of_what(after), number.end
    of = re.match(r"\s+of\s+(?:the\s+|its\s+|their\s+)?", after) if number.form in {"vague", "words"} else None
    offset = of.end() if of and (number.form == "vague") else 0
    measured = (
        _unit_pattern().match(after, offset) if not offset else _unit_pattern().match(" " + after[offset:])
    )
    if measured:
        name = measured.group(1)
        kind, unit = _units()[name]
        if not (
            kind == "money"
            and name in ("pound", "pounds")
            and re.match(
                r"\s+of\s+(?!aid|military|support|funding|taxpayers|investment|new)", after[measured.end() :]
            )
        ):
            stop = number.end + measured.end() + (offset - 1 if offset else 0)
            ratio = _AGE.match(after)
            if kind in {"percentage", "money"}:
                return kind, unit, _of_what(text[stop : min(end, stop + 80)]), stop
            return kind, unit, "age" if ratio else None, stop
    shared = _shared_unit(text, number, following, end)
    if shared is not None:
        return shared
    return _counted(text, number, after, offset, start, end)


def _shared_unit(
    text: str, number: Number, following: Number | None, end: int
) -> tuple[str, str, str | None, int] | None:
    """First number of a range ("10 to 15 percent") takes the unit of the second."""
    if following is None or not (
        _RANGE.match(text[number.end : following.start])
        or (
            re.fullmatch(r"\sand\s", text[number.end : following.start])
            and re.search(r"\bbetween\s+$", text[max(0, number.start - 9) : number.start])
        )
    ):
        return None
    if following.form == "money":
        return None
    kind, unit, counts, _ = _unit(
        text, following, text[following.end : min(end, following.end + 160)], number.start, end, None
    )
    return (kind, unit, counts, number.end) if unit is not None else None


def _counted(
    text: str, number: Number, after: str, offset: int, start: int, end: int
) -> tuple[str, str | None, str | None, int]:
    lone = number.form == "words" and not number.scaled
    determined = lone and re.search(
        r"\b(?:the|these|those|other|last|first|past|next|no|any|every|all|our|my|us)\s+$",
        text[max(start, number.start - 10) : number.start],
        re.IGNORECASE,
    )
    noun = _noun(after, offset)
    if lone and (number.value == 1 or (determined and (noun is None or singular(noun[0]) not in _COMPOUNDED))):
        return "count", None, None, number.end
    group = _OF_THE.match(after) if noun is None and number.form in ("digits", "words") else None
    if group is not None:
        noun = _noun(after, group.end())
        noun = (noun[0], 99, noun[2]) if noun is not None else None
    if noun is None:
        if lone:
            refers = _REFERS.search(text[max(start, number.start - 12) : number.start])
            return "count", "count" if refers else None, None, number.end
        return _from_context(text, number, after, start, end)
    name, stop, phrase = noun
    if lone and (
        ((number.value or 0) < 13 and name not in _units() and name in _ABSTRACT)
        or (after.startswith("-") and singular(name) not in _COMPOUNDED)
    ):
        return "count", None, None, number.end
    kind, unit = _units().get(phrase.split("|")[-1], _units().get(name, ("count", singular(name))))
    if kind != "count":
        kind, unit = "count", singular(name)
    near = stop <= 24 and unit != "person" and " ".join(after[:stop].split()) == name
    return kind, unit, phrase.split("|")[0], number.end + stop if near else number.end


def _from_context(
    text: str, number: Number, after: str, start: int, end: int
) -> tuple[str, str | None, str | None, int]:
    around = text[start:end]
    close = text[max(start, number.start - 160) : min(end, number.end + 80)]
    large = (number.form == "vague" or number.scaled) and (number.lower or number.value or 0) >= 1e6
    if large and _MONEY_HINT.search(close):
        return "money", "USD", None, number.end
    if _FORCE_OF.search(text[max(start, number.start - 40) : number.start]):
        return "count", "person", "people", number.end
    if number.value is not None and number.value < 100 and not number.scaled:
        if (
            number.form == "digits"
            and number.value == int(number.value)
            and re.search(r"\baged?\s+$|,\s$", text[max(start, number.start - 6) : number.start])
            and re.match(r"\s*[,)]", after)
        ):
            return "duration", "year", "age", number.end
        return "count", "count" if number.form == "digits" else None, None, number.end
    if _PERSON_HINT.search(close) or (number.value and number.value >= 1000 and _PERSON_HINT.search(around)):
        return (
            "count",
            "person",
            "troops" if re.search(r"troop|soldier|forces", close) else "people",
            number.end,
        )
    return "count", "count", None, number.end


def _noun(after: str, offset: int) -> tuple[str, int, str] | None:
    """The counted noun after a number: its form, where it ends, and the phrase it heads."""
    at = offset
    words: list[str] = []
    best: tuple[str, int, str] | None = None
    for _ in range(11):
        token = _NOUN_TOKEN.match(after, at)
        if token is None or re.search(r"[,;:.!?()\"“”]", after[at : token.start(1)]):
            break
        word = token.group(1) if _INITIALS.fullmatch(token.group(1)) else token.group(1).rstrip(".")
        low = word.lower()
        if (low in ("more", "fewer", "extra", "additional", "further", "other") and not words) or (
            low == "and" and words and best is None
        ):
            at = token.end()
            continue
        owns = low.endswith(("s’", "s'"))
        if low in _STOP_WORDS or (re.search(r"[’']s?$", word) and not owns):
            break
        word, low = (word[:-1], low[:-1]) if owns else (word, low)
        words.append(word)
        at = token.end() - (len(token.group(1)) - len(word))
        plural = (
            (
                low.endswith("s")
                and not low.endswith(("ss", "us", "is"))
                and low not in _NOT_PLURAL
                and len(low) > 2
            )
            or low in _MASS
            or (_units().get(low, ("", ""))[0] == "count" and not words and low in _SINGULAR_OK)
        )
        if plural and (word[0].islower() or word in _units() or re.match(r"[A-Z][\w]*-\d+[A-Z]?s$", word)):
            best = (
                low if word[0].islower() else word,
                at,
                " ".join(words) + "|" + " ".join(w.lower() for w in words[-2:]),
            )
            follows = _NOUN_TOKEN.match(after, at)
            joins = low in _ATTRIBUTIVE or low in _MASS - _PEOPLE
            if (
                follows is None
                or not joins
                or not re.fullmatch(r"[a-z]+|[a-z]+s", follows.group(1))
                or follows.group(1) in _STOP_WORDS
                or follows.group(1) in _NOT_PLURAL
            ):
                break
        elif best is not None and not (best[0] in _MASS and word.islower() and word.endswith("ing")):
            break
        if after[at : at + 1] in ",;:.!?()":
            break
    if best is None and offset == 0 and after.startswith("-") and words:
        return words[0].split("-")[0].lower(), len(words[0]) + 1, words[0] + "|" + words[0].lower()
    return best


def singular(noun: str) -> str:
    """Singular of a counted noun.

    Example:
        >>> singular("batteries"), singular("shells"), singular("aircraft")
        ('battery', 'shell', 'aircraft')
    """
    if noun in _MASS or noun.endswith("series"):
        return noun
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes", "zes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us")):
        return noun[:-1]
    return noun


def _of_what(after: str) -> str | None:
    found = re.match(
        r"\s*(?:of|in|for|worth of)\s+(?:the\s+|its\s+|their\s+|his\s+|her\s+)?((?:[\w’'\-.]+\s?){1,6})", after
    )
    if found is None:
        return None
    words: list[str] = []
    for word in found.group(1).split():
        if words and word.lower().strip(".,") in _STOP_WORDS - {"of"}:
            break
        words.append(word.strip(".,"))
        if word.endswith((".", ",")):
            break
    return " ".join(words) or None
