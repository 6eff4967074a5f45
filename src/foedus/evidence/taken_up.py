"""Bare numbers that take up a quantity given before them: answers, "it was 51", the same preposition, a price."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence.lexicon import CUE
from foedus.evidence.likeness import STOP, as_one_of
from foedus.evidence.records import Quantity
from foedus.evidence.things import unit_table

NEAR = 240
"""Characters after a quantity within which a bare number may take it up."""
LIKE = 20
"""What is taken up differs by no more than this factor."""
MILLION = 1e6
UNSCALED = 1000
"""A smaller number takes its millions from the amount that it takes up."""
_HEDGE = r"(?:about|around|nearly|almost|just|only|under|over|less than|more than|maybe|perhaps|roughly|at least|at most|up to|some|not even|more like|closer to|call it)"
_ANSWERS = re.compile(
    rf"(?:[A-Z][\w.’' -]{{1,40}}: )?[“\"‘'»«]?\s?(?:(?:No|Yes|Well|Oh|So), )?(?:between (?:\S+ and )?)?(?:{_HEDGE} ){{0,2}}$",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"(?:,? (?:sir|ma[’']am|general|admiral|senator|minister|chairman|mr\.? \w+|madam \w+|maybe|perhaps|now|today|tops|at (?:most|least|best)|or so|if that))*[.!?]| and [\w.,-]+[.!?](?:\s|$)",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\b[Hh]ow many\b")
_IT_WAS = re.compile(
    rf"\b[Ii]t(?:[’']s| (?:is|was|used to be|had been|has been|will be|would be|should be))\s+(?:now |then |still |once |{_HEDGE} )?$"
)
_SO_MUCH = re.compile(
    r"[.,;!?)”\"’]|$| (?:(?:in|by|until) (?:19|20)\d\d|in [A-Z][a-z]+|last|this|now|then|today|before|a (?:year|decade|month) ago)\b"
)
_PREPOSITION = re.compile(
    r"(?:^|[,.;!?:”\"] )[“\"]?((?:[Ff]or|[Ii]n|[Ww]ith|[Aa]fter|[Ww]ithin|[Oo]ver|[Aa]t|[Uu]nder)) $"
)
_TAKEN = re.compile(r"[,.;!?”\"]|$| (?:you|we|they|he|she|it|I)\b")
_LAST_WORD = re.compile(r"([A-Za-z]+) (?:(?:about|only|just|nearly|another) )?$")
_OF_THEM = re.compile(r" of (?:them|these|those)\b")
_THEREOF = re.compile(r", [“\"]?(?:and |only |just )?")
_PAID = re.compile(
    r"\b(?:pa(?:y|ys|id|ying)|cost(?:s|ing)?|charg(?:e|es|ed|ing)|earn(?:s|ed|ing)?|fetch(?:es|ed)?|go(?:es)? for|went for|s(?:ell|ells|old) (?:it |them )?for|had for|bought (?:it |them )?for|priced at|ask(?:s|ed|ing)|offer(?:s|ed))"
    r"(?: (?:only|just|about|around|nearly|maybe|perhaps|over|under|up to|closer to|more like|less than|more than))? $"
)
_SUM_ENDS = re.compile(r"[.,;!?”\"’»]|$| (?:an?|per|each|apiece|and|or|now|today|last|this|for|in|back|then)\b")
LEAST_SUM = 20
"""A smaller number is as likely one of things."""
_RATE = re.compile(
    r" (?:against|to|per) the (?:US |U\.S\. )?(?:euro|dollar|pound|yen|franc|greenback|zloty|krona|yuan)\b"
)
_MONEY = re.compile(
    r"\b(?:the |The |[A-Z][a-z]+ )?([a-z]{3,}|[A-Z][a-z]{3,})\b(?= [a-z]+(?:ed|ned|ose|ell|ank|ak|ood)?\b)"
)
_TABLED = re.compile(
    r"^[^:\n]*(?:%|\b[Pp]er ?cent\b)[^:\n]*: (?:[^:\n]*[;,] ?)?[A-Z][\w.’-]*(?: [A-Z][\w’-]*)* $"
)
_ITEM_ENDS = re.compile(r"(?:[;,](?! ?\d)|\.(?:\s|$)|$| and\b)")
_THE = re.compile(r"\b(?:[Oo]f )?[Tt]he $")
_OF_THE = re.compile(r"(?:^|[.!?][”\"]? |[;:] )[“\"«]?(?:Of|of|Out of|Among) the $")
FEW = 10
"""A number above this that comes again behind "the" counts the same things."""
_THEN = re.compile(r",(?: only| just| about| some)? $")
_DID = re.compile(
    r" (?:have|has|had|are|is|were|was|will|would|do|did|can|could|[a-z]+ed|went|came|left|chose|said|say|took|put|made)\b"
)
_MAKES = re.compile(
    r"\b(?:mak(?:e|es|ing)|made|buil(?:d|ds|t)|produc(?:e|es|ed|ing)|deliver|turn out|order|ordered|buy|supply|need|want)(?: up to| about| another| some)? $"
)
_STRENGTH = re.compile(
    r"\b(?:against|than|below|above|of|from|short of|under|to) (?:an? |its |their |the )?(?:[a-z]+ )?(?:strength|establishment|requirement|target|complement) of $"
)
_MEAN = re.compile(r"\b(?:I|we|they|he|she) (?:do |really )?mean(?:t|s)? $")


def taken_up(text: str, quantity: Quantity, past: Sequence[Quantity], begin: int) -> Quantity | None:
    """What a bare number of a sentence begun at `begin` takes up; `past` are the quantities before it, the last one last."""
    last = past[-1]
    before = text[max(begin, quantity.start - 60) : quantity.start]
    return (
        _answer(text, quantity, last, begin)
        or _it_was(text, quantity, last, before)
        or _same_preposition(text, quantity, past, before)
        or _of_them(text, quantity, past, before)
        or _price(text, quantity, past, before)
        or _the_same(text, quantity, past, begin, before)
        or _millions(text, quantity, past, before)
        or _strength(quantity, last, begin, before)
    )


def labelled(text: str, quantity: Quantity, begin: int, start: int) -> Quantity | None:
    """A bare number whose unit stands in a label before it, or in the money that it is a rate of."""
    return _tabled(text, quantity, start) or _rate(text, quantity, begin)


def of_strength(text: str, quantity: Quantity) -> bool:
    """Whether a number is the strength that something should have, of men or of what is counted before it."""
    return _STRENGTH.search(text, max(0, quantity.start - 60), quantity.start) is not None


def _like(quantity: Quantity, last: Quantity) -> bool:
    """Whether two numbers are of like size, the millions of the first taken along."""
    value, size = (quantity.value or 1) * _scale(quantity, last), last.value or last.lower or 1
    return size / LIKE <= value <= size * LIKE


def _scale(quantity: Quantity, last: Quantity) -> float:
    """The millions or billions of an amount, which a smaller number after it leaves out as that one may."""
    size = last.value or 0
    if last.kind != "money" or (quantity.value or 0) >= UNSCALED or size < MILLION:
        return 1.0
    return 1000.0 ** (math.floor(math.log10(size)) // 3)


def _as(text: str, quantity: Quantity, last: Quantity) -> Quantity:
    """A bare number as one of an amount or a measure, in its millions."""
    value = (quantity.value or 0) * _scale(quantity, last)
    return replace(as_one_of(text, replace(quantity, value=None), last), value=value)


def _near(quantity: Quantity, last: Quantity) -> bool:
    return 0 <= quantity.start - last.end < NEAR and last.counts != "age" and _like(quantity, last)


def _answer(text: str, quantity: Quantity, last: Quantity, begin: int) -> Quantity | None:
    """A number that is a sentence of its own ("$4 billion a year?" "3.3, sir.")."""
    if last.kind == "count" or not _near(quantity, last) or not _ANSWERED.match(text, quantity.end):
        return None
    if not _ANSWERS.fullmatch(text, begin, quantity.start):
        return None
    asked = _HOW_MANY.search(text, max(0, begin - NEAR), begin)
    return None if asked is not None else _as(text, quantity, last)


def _it_was(text: str, quantity: Quantity, last: Quantity, before: str) -> Quantity | None:
    """The same measure at another time ("It was 6.5 in 2019", "When it is 5, we will talk")."""
    if not _near(quantity, last) or not _IT_WAS.search(before) or not _SO_MUCH.match(text, quantity.end):
        return None
    asked = _HOW_MANY.search(text, last.end, quantity.start)
    return _as(text, quantity, last) if last.kind in ("money", "percentage") and not asked else None


def _same_preposition(text: str, quantity: Quantity, past: Sequence[Quantity], before: str) -> Quantity | None:
    """A number behind the word that the last clause measured with ("In 11 months he learns to shoot. In 18 he can lead")."""
    word = _PREPOSITION.search(before) if _TAKEN.match(text, quantity.end) else None
    if word is None:
        return None
    for q in reversed(past):
        if not _near(quantity, q) or len(STOP.findall(text, q.end, quantity.start)) > 1:
            return None
        led = _LAST_WORD.search(text, max(0, q.start - 24), q.start)
        if led is not None and led[1].lower() == word[1].lower():
            return _as(text, quantity, q)
    return None


def _of_them(text: str, quantity: Quantity, past: Sequence[Quantity], before: str) -> Quantity | None:
    """Part of a sum, of days on which something was done, or of people who speak."""
    last = past[-1]
    if _MEAN.search(before) and last.value == quantity.value and _near(quantity, last):
        return _as(text, quantity, last)
    them = _OF_THEM.match(text, quantity.end)
    if them is None:
        return None
    if last.kind == "money" and _THEREOF.fullmatch(text, last.end, quantity.start):
        return _as(text, quantity, last)
    days = [q for q in past[-3:] if q.unit == "day" and (q.value or 0) > (quantity.value or 0)]
    if days and before.endswith(" on ") and quantity.start - days[-1].end < NEAR:
        return _as(text, quantity, days[-1])
    if re.compile(rf" (?:[a-z]+ly |also |have |had )?{CUE.pattern}").match(text, them.end()):
        people = [q for q in past if q.unit == "person" and 0 <= quantity.start - q.end < NEAR]
        return _as(text, quantity, people[-1]) if people else None
    return None


def _price(text: str, quantity: Quantity, past: Sequence[Quantity], before: str) -> Quantity | None:
    """What somebody pays or a thing costs, after a price of like size ("let at 1,450 euros. A local would pay 800")."""
    if (quantity.value or 0) < LEAST_SUM or not _PAID.search(before) or not _SUM_ENDS.match(text, quantity.end):
        return None
    sums = [q for q in past if q.kind == "money" and _near(quantity, q)]
    return _as(text, quantity, sums[-1]) if sums else None


def _rate(text: str, quantity: Quantity, begin: int) -> Quantity | None:
    """A rate of exchange ("The zloty firmed to 4.27 against the euro")."""
    if not _RATE.match(text, quantity.end):
        return None
    known = (unit_table().get(m[1], ("", "")) for m in _MONEY.finditer(text, begin, quantity.start))
    money = [unit for kind, unit in known if kind == "money"]
    return replace(quantity, unit=money[0], kind="money", counts=None) if money else None


def _tabled(text: str, quantity: Quantity, start: int) -> Quantity | None:
    """An item of a list whose label says that it gives percentages ("Spending, per cent of GDP: Denmark 3.2; Norway 3.3")."""
    if not _ITEM_ENDS.match(text, quantity.end) or not _TABLED.search(text[start : quantity.start]):
        return None
    return replace(quantity, unit="percent", kind="percentage", counts=None)


def _the_same(
    text: str, quantity: Quantity, past: Sequence[Quantity], begin: int, before: str
) -> Quantity | None:
    """The group that its number names again ("Of the 118, 37 signed"), and the part of it."""
    if (quantity.value or 0) > FEW and _THE.search(before) and not text.startswith(("-", "–"), quantity.end):
        same = [q for q in past if q.kind == "count" and q.value == quantity.value]
        return _as(text, quantity, same[-1]) if same else None
    last = past[-1]
    part = _THEN.fullmatch(text, last.end, quantity.start) and _DID.match(text, quantity.end)
    led = _OF_THE.search(text, max(0, begin - 3), last.start)
    return _as(text, quantity, last) if part and led and last.kind == "count" else None


def _millions(text: str, quantity: Quantity, past: Sequence[Quantity], before: str) -> Quantity | None:
    """Millions that are made or bought of what was last counted in such numbers ("We could make eight million")."""
    if (quantity.value or 0) < MILLION or not _MAKES.search(before):
        return None
    things = [q for q in past if q.kind in ("count", "money") and (q.value or 0) >= MILLION]
    if not things or things[-1].kind == "money" or things[-1].unit == "person":
        return None
    return _as(text, quantity, things[-1])


def _strength(quantity: Quantity, last: Quantity, begin: int, before: str) -> Quantity | None:
    """How many there should be ("29 squadrons against a sanctioned strength of 42")."""
    things = last.kind == "count" and last.unit != "person" and last.start >= begin
    if not things or not _like(quantity, last) or not _STRENGTH.search(before):
        return None
    return replace(quantity, unit=last.unit, counts=last.counts)
