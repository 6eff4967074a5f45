"""Bare numbers that a number beside them explains: set against it, in its place, or as the second of a pair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence.bare import NO_PLURAL
from foedus.evidence.clause_nouns import from_clause
from foedus.evidence.likeness import STOP, as_one_of, of_noun, sentence_start
from foedus.evidence.numerals import Number, scale_of
from foedus.evidence.records import Quantity
from foedus.evidence.taken_up import labelled, taken_up
from foedus.evidence.things import unit_table

NEAR = 160
MILLION = 1e6
FEW = 10
"""A number above this that comes again measures the same thing."""
LIKE = 20
"""What is counted again differs by no more than this factor."""
MADE_BACK = 1500
"""Characters before a rate of production within which its story counted what is made."""
_AGAINST = re.compile(
    r"\b(?:against|versus|compared (?:with|to)|up from|down from|from|than)(?: just| only| about| some| nearly| over)? $"
)
_PERIOD = re.compile(r" (?:an?|one|the|last|this|in|before|earlier)\b|[.,;)”\"]")
"""What follows a number that is set against another of the same things."""
_ENDS = re.compile(r"[.,;:!?)”\"’]|$| (?:and|but|when|while|before|after)\b")
_PAIR_ENDS = re.compile(
    r"[.,;:!?)”\"’]|$| (?:and|but|when|while|before|after|in|last|this|a year|the year|earlier|respectively)\b"
)
_PER_CENT = re.compile(r"\bat (?:about |some |only |just )?\d[\d.]* ?(?:%|per ?cent\b)")
_AT = re.compile(
    r"\b(?:is|are|was|were|stands?|stood|remains?|remained) (?:still |only |just |now )?at (?:about |some |only |just )?$"
)
HUNDRED = 100
_OWNER = re.compile(r"\b[A-ZÀ-Ž][\w-]*(?:[’']s|s[’'])(?: own)? $")
_PLEDGED = re.compile(r" ((?!of\b|in\b)[a-z]+(?:ed|en|de|ld|nt|de|ght)),")
"""What was done to things of which so many are counted ("Of 540 pledged, 226 ...")."""
_OF = re.compile(r"\bOf (?:the |those |about |some |all )?$")
_AND = re.compile(r",? and (?:just |only |about |some |roughly )?")
_THERE = re.compile(
    r"\b(?:[Tt]here|[Nn]ow)(?:(?: is| are| were| was|[’']s| have been| had been| will be| would be| remain(?:ed)?)(?:,[^,.;]{0,30},|(?: only| just| now| still| usually| normally| often| always| about| some| around| at least| at most| more than| once| never| barely| hardly)){0,2}) $"
)
_THERE_ENDS = re.compile(
    r"[.,;!?)”\"’]|$| (?:or|and|left|now|today|then|last|this|before|when|every|each|again|already)\b"
)
_MAKES = re.compile(
    r"\b(?:produc(?:e[sd]?|ing)|mak(?:e|es|ing)|made|buil(?:d|ds|t|ding)|turn(?:s|ed|ing)? out|churn(?:s|ed|ing)? out|roll(?:s|ed|ing)? out|assembl(?:e[sd]?|ing)|deliver(?:s|ed|ing)?|manage[sd]?)(?: only| just| about| maybe| perhaps| some| nearly| up to| around| roughly| at most)? $"
)
_RATE = re.compile(r" (?:an?|per|each|every) (?:day|week|month|year|hour|quarter)\b")
_OUTPUT = re.compile(
    r"[“\"‘]?(?:[A-Z][\w ]{2,30}, )?(?:(?:The|Its|Their|Our|But|And|Now|Today) )?(?:[A-Za-z]+ ){0,2}?(?:[Pp]roduction|[Oo]utput|[Cc]apacity|[Dd]eliveries|rate) (?:[a-z]+ ){0,4}?(?:from|to|at|of|by|is|was|reached|reach|reaches) [^.;:!?]{0,40}$"
)
"""A sentence about how many are made, which does not say of what."""
_FROM_RATE = re.compile(
    r"\bfrom (?:[a-z]+ )?[\d,]+ (?:an?|per|each|every) (?:day|week|month|year|quarter) (?:[\w ]{0,20} )?to (?:[a-z]+ )?$"
)
"""What the rate of production was, before what it will be ("from 650 a year to 2,000")."""
_MAKERS = frozenset(
    "person country state nation ally member company firm government line plant factory order contract count vote day".split()
)
"""Who or what makes things, and is not made."""
_RAN = re.compile(
    r"\b([A-Za-z]{3,}s) (?:(?:to|from|in|on|about|for) (?:[\w’'-]+ ){1,4})?(?:ran|run|running|came in|split|divided|were|are|stood|broke) (?:about |roughly |nearly |almost |by )?$"
)
_TO_ONE = re.compile(r" to one\b")
"""The larger side of chances and letters ("letters ran eight to one against")."""
_PERHAPS = re.compile(
    r"(?: [a-z]+)?(?:, (?:perhaps|maybe|possibly|or even|if not|later|soon|then|now)|,? or|,? rising to|,? up from|,? down from|, not) "
)
"""What stands between a number of thousands and another whose thousands are left out ("thirty thousand men, perhaps forty")."""
MOST_LEFT = 1000
"""A number whose scale is left out is smaller."""


def explained(
    text: str,
    quantity: Quantity,
    past: Sequence[Quantity],
    singles: Sequence[Quantity],
    start: int,
    floor: int,
) -> Quantity | None:
    """A bare number by the number or the word beside it that says what it counts."""
    one = singles[-1] if singles and quantity.start - singles[-1].end < NEAR else None
    if one is not None and (_others(text, quantity) or _same_tail(text, quantity, one)):
        return as_one_of(text, quantity, one)
    past = [q for q in past if floor <= q.start and q.end <= quantity.start and q.unit not in ("date", "count")]
    begin = sentence_start(text, start, quantity.start)
    if (counted := from_clause(text, quantity, past, begin, start)) is not None:
        return counted
    pledged = _pledged(text, quantity, past, start)
    if (told := labelled(text, quantity, begin, start)) is not None:
        return told
    if pledged is not None or not past:
        named = _named_there(text, quantity, max(start, floor))
        return pledged or named or _wage(text, quantity, begin) or _ran(text, quantity, begin)
    return (
        taken_up(text, quantity, past, begin)
        or _compared(text, quantity, past, begin)
        or _level(text, quantity, begin)
        or _of_thousands(text, quantity, past[-1])
        or _repeated(text, quantity, past[-1])
        or _second(text, quantity, past, start)
        or _owned(text, quantity, past, begin)
        or _there(text, quantity, past)
        or _named_there(text, quantity, max(start, floor))
        or _more_money(text, quantity, past[-1])
        or _made(text, quantity, past, begin)
        or _wage(text, quantity, begin)
        or _ran(text, quantity, begin)
    )


def _others(text: str, quantity: Quantity) -> bool:
    """Whether a number counts the others ("One brigade is in Rukla; the other two are at home")."""
    before = text[max(0, quantity.start - 14) : quantity.start]
    return _THE_OTHER.search(before) is not None and _VERB.match(text, quantity.end) is not None


_THE_OTHER = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir) (?:other|remaining) $")
_VERB = re.compile(
    r"[.,;]|$| (?:are|were|is|was|have|had|will|would|could|can|did|do|must|may|stay(?:ed)?|went|go|remain(?:ed)?|[a-z]+ed|in|at|on)\b"
)
_TAIL = re.compile(r" (?:[a-z-]+ ){1,2}?(from|to|for|in|at|on|by|against) ")


def _same_tail(text: str, quantity: Quantity, one: Quantity) -> bool:
    """Whether a number goes on with the same word as the one before it ("one call from the base and 400 from voters")."""
    tail = _TAIL.match(text, one.end)
    if tail is None or not text.startswith(f" {tail[1]} ", quantity.end):
        return False
    return (
        _AND.search(text, one.end, quantity.start) is not None
        and STOP.search(text, one.end, quantity.start) is None
    )


def _like(quantity: Quantity, other: Quantity) -> bool:
    """Whether two numbers are of like size."""
    value, size = quantity.value or 1, other.value or other.lower or 1
    return size / LIKE <= value <= size * LIKE


def _compared(text: str, quantity: Quantity, past: Sequence[Quantity], begin: int) -> Quantity | None:
    """Millions set against millions of the sentence ("17 million barrels passed, against 20 million a year earlier")."""
    last = next((q for q in reversed(past) if (q.value or 0) >= MILLION), None)
    if last is None or last.start < begin or (quantity.value or 0) < MILLION or not _like(quantity, last):
        return None
    if not _AGAINST.search(text, last.end, quantity.start) or not _PERIOD.match(text, quantity.end):
        return None
    return as_one_of(text, quantity, last)


def _level(text: str, quantity: Quantity, begin: int) -> Quantity | None:
    """Another level of the same scale ("four brigades are at 60 percent strength; two are at 40")."""
    if (quantity.value or 0) > HUNDRED or not _PER_CENT.search(text, begin, quantity.start):
        return None
    at = _AT.search(text, max(begin, quantity.start - 30), quantity.start)
    if at is None or not _ENDS.match(text, quantity.end):
        return None
    return replace(quantity, unit="percent", kind="percentage", counts=None)


def _of_thousands(text: str, quantity: Quantity, last: Quantity) -> Quantity | None:
    """A number in words whose thousands stand with the number before it."""
    scale = scale_of(last.text.split()[1].lower()) if last.kind == "count" and " " in last.text else 1
    value = quantity.value or 0
    if scale == 1 or last.text[0].isdigit() or text[quantity.start].isdigit() or value >= MOST_LEFT:
        return None
    if not _PERHAPS.fullmatch(text, last.end, quantity.start) or not _ENDS.match(text, quantity.end):
        return None
    return replace(as_one_of(text, quantity, last), value=value * scale)


def _repeated(text: str, quantity: Quantity, last: Quantity) -> Quantity | None:
    """The measure just given, in the same number ("we can go to 128. For 128, we need a new price")."""
    near = quantity.start - last.end < NEAR / 2 and (quantity.value or 0) > FEW
    same = near and last.value == quantity.value and last.kind not in ("money", "percentage", "duration")
    return as_one_of(text, quantity, last) if same and _ENDS.match(text, quantity.end) else None


def _second(text: str, quantity: Quantity, past: Sequence[Quantity], start: int) -> Quantity | None:
    """One of two bare numbers that stand for two counts in their order ("3,400 soldiers and 87 tanks; now 1,100 and 29")."""
    past = [q for q in past if q.kind == "count"]
    if len(past) > 2 and past[-1].unit == past[-3].unit != past[-2].unit:
        joined = _AND.fullmatch(text, past[-1].end, quantity.start)
        if (
            joined
            and past[-1].end - past[-1].start == len(past[-1].text.split()[0])
            and _paired(text, past[-3], past[-2])
        ):
            return as_one_of(text, quantity, past[-2]) if _PAIR_ENDS.match(text, quantity.end) else None
    if len(past) < 2 or not _paired(text, past[-2], past[-1]) or quantity.start - past[-1].end > NEAR:
        return None
    follows = re.match(
        r",? and (?:just |only |about |some |roughly )?(?:\d[\d,]*|[a-z]+)(?=[.,;!?”\"]| (?:in|last|a year|the year|before|earlier|this|respectively)\b)",
        text[quantity.end :],
    )
    if follows is None or len(STOP.findall(text, past[-1].end, quantity.start)) > 1:
        return None
    before = text[max(start, quantity.start - 16) : quantity.start]
    return (
        None
        if before.endswith("between ") or not _number_at(follows.group())
        else as_one_of(text, quantity, past[-2])
    )


_NUMBER_WORD = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty)$|\d[\d,]*$"
)


def _number_at(words: str) -> bool:
    """Whether the last word is a number."""
    return _NUMBER_WORD.search(words) is not None


def _paired(text: str, first: Quantity, other: Quantity) -> bool:
    """Whether two different things are counted side by side."""
    between = text[first.end : other.start]
    return (
        first.kind == other.kind == "count"
        and first.unit != other.unit
        and len(between) < NEAR / 4
        and _AND.search(between) is not None
        and STOP.search(between) is None
    )


def _owned(text: str, quantity: Quantity, past: Sequence[Quantity], begin: int) -> Quantity | None:
    """Somebody's share of what the sentence counts ("my two divisions against the Warsaw Pact's eight")."""
    last = past[-1]
    if last.start < begin or last.kind != "count" or not _ENDS.match(text, quantity.end):
        return None
    owner = _OWNER.search(text, last.end, quantity.start)
    return as_one_of(text, quantity, last) if owner is not None else None


def _there(text: str, quantity: Quantity, past: Sequence[Quantity]) -> Quantity | None:
    """How many of the things counted before there are ("4,200 ships have passed. Last week there were 71")."""
    if not _THERE.search(text, max(0, quantity.start - 70), quantity.start):
        return None
    last = past[-1]
    close = quantity.start - last.end < 2 * NEAR and last.kind == "count"
    return as_one_of(text, quantity, last) if close and _THERE_ENDS.match(text, quantity.end) else None


_THE_NAMED = re.compile(
    r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ur|[Mm]y|[Tt]hese|[Tt]hose|[Oo]f|many) ([a-z]{3,}(?:s|men|women))\b"
)


def _named_there(text: str, quantity: Quantity, start: int) -> Quantity | None:
    """How many there are of what the sentence before speaks of ("he counts the fishermen. There are usually four")."""
    existing = _THERE.search(text, max(start, quantity.start - 70), quantity.start)
    if existing is None or not _THERE_ENDS.match(text, quantity.end):
        return None
    nouns = _THE_NAMED.findall(text, max(start, existing.start() - NEAR), existing.start())
    if not nouns or nouns[-1] in NO_PLURAL or nouns[-1].endswith(("ss", "us", "is")):
        return None
    counted = unit_table().get(nouns[-1], ("count", ""))[0] == "count"
    return of_noun(quantity, nouns[-1]) if counted else None


def _made(text: str, quantity: Quantity, past: Sequence[Quantity], begin: int) -> Quantity | None:
    """How many are made in a time of what was counted last ("1,500 interceptors ... the line can produce 650 a year")."""
    makes = _MAKES.search(text, max(0, quantity.start - 40), quantity.start)
    puts_out = makes is None and _OUTPUT.match(text[begin : quantity.start])
    if not (makes or puts_out) or not (
        _RATE.match(text, quantity.end) or (puts_out and _FROM_RATE.search(text, begin, quantity.start))
    ):
        return None
    things = [
        q for q in past if q.kind == "count" and q.unit not in _MAKERS and quantity.start - q.end < MADE_BACK
    ]
    if puts_out:
        like = [q for q in things if _like(quantity, q)]
        things = [q for q in like if _RATE.match(text, q.end)] or like
    return as_one_of(text, quantity, things[-1]) if things and _like(quantity, things[-1]) else None


def _pledged(text: str, quantity: Quantity, past: Sequence[Quantity], start: int) -> Quantity | None:
    """Of so many pledged, how many came: what the sentence before says was pledged."""
    done = _PLEDGED.match(text, quantity.end)
    if done is not None and _OF.search(text, max(start, quantity.start - 16), quantity.start):
        named = re.compile(
            rf"\b([a-z]{{3,}}s|aircraft) (?:(?:was|were|have been|had been|it|they|that|which) )*{done[1]}\b"
        )
        things = named.findall(text[max(start, quantity.start - 2 * NEAR) : quantity.start])
        known = unit_table().get(things[-1], ("count", ""))[0] == "count" if things else False
        return of_noun(quantity, things[-1]) if known else None
    last = past[-1] if past else None
    if last is None or not _OF.search(text, max(start, last.start - 16), last.start):
        return None
    done = _PLEDGED.match(text, last.end)
    return as_one_of(text, quantity, last) if done is not None and done.end() + 1 == quantity.start else None


_PAY = re.compile(
    r"\b(?:wages?|pay|pays|paid|paying|salar(?:y|ies)|rents?|prices?|fees?|costs?|earn(?:s|ed|ing)?|worth|tolls?|pensions?|bonus(?:es)?|grants?|sold for|sells for)\b[^.;:!?]{0,40}$"
)
_THEN_MONEY = re.compile(
    r"(?: (?:an?|per|each|every) [a-z]+)?,? (?:against|compared with|compared to|versus|up from|down from|from|or|not|instead of|rather than|to)(?: just| only| about| some)? (?:(?P<EUR>€)|(?P<USD>\$)|(?P<GBP>£)|\d[\d,.]*(?: (?:million|billion))? (?:(?P<eur>euros?\b)|(?P<usd>dollars?\b)|(?P<pln>zlotys?\b)|(?P<uah>hryvnias?\b)))"
)


def _wage(text: str, quantity: Quantity, begin: int) -> Quantity | None:
    """Pay or a price whose currency stands with the amount after it ("The wage is 1,400, against €1,900 in Germany")."""
    money = _THEN_MONEY.match(text, quantity.end)
    if money is None or not _PAY.search(text, begin, quantity.start):
        return None
    return replace(quantity, unit=(money.lastgroup or "USD").upper(), kind="money", counts=None)


_EACH = re.compile(r"(?: each| apiece| an? [a-z]+)?,? (?:or |and )?(?:about |some |just |only )?")
_MORE_THAN = re.compile(r" (?:more|less|fewer) than\b")


def _more_money(text: str, quantity: Quantity, last: Quantity) -> Quantity | None:
    """How much more an amount is than another ("200 pounds each, 50 more than last year")."""
    if last.kind != "money" or not _EACH.fullmatch(text, last.end, quantity.start):
        return None
    return as_one_of(text, quantity, last) if _MORE_THAN.match(text, quantity.end) else None


def _ran(text: str, quantity: Quantity, begin: int) -> Quantity | None:
    """What was for and against in so many to one."""
    ran = _RAN.search(text, begin, quantity.start) if _TO_ONE.match(text, quantity.end) else None
    return of_noun(quantity, ran[1].lower()) if ran is not None else None


def goes_on(text: str, number: Number, start: int) -> bool:
    """Whether "a sixth" goes on with five things counted before it ("five destroyers and a sixth on the way")."""
    part = _ORDINAL.fullmatch(text, number.start, number.end)
    if part is None or text.startswith(" of ", number.end):
        return False
    less = _ONE_LESS[part[1].lower()]
    begin = sentence_start(text, start, number.start)
    if not _GOES_ON.search(text, begin, number.start):
        return False
    return (
        re.search(rf"\b(?:{less})\b(?! ?%| per ?cent)", text[begin : number.start], re.IGNORECASE) is not None
    )


_ONE_LESS = {
    "third": "two|2", "fourth": "three|3", "fifth": "four|4", "sixth": "five|5", "seventh": "six|6",
    "eighth": "seven|7", "ninth": "eight|8", "tenth": "nine|9",
}  # fmt: skip
_GOES_ON = re.compile(r"(?:,|\b(?:and|with|but|while|plus|before|until|as|then))(?: now| soon| perhaps)? $")
_ORDINAL = re.compile(r"a (third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)", re.IGNORECASE)
