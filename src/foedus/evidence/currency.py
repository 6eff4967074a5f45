"""Amounts whose currency stands elsewhere: in the amounts before them, or in the other end of their range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence.counted import in_range
from foedus.evidence.likeness import plain
from foedus.evidence.numerals import Number, scale_of
from foedus.evidence.records import Quantity

MILLION = 1e6
AHEAD = 1000
"""Characters after an amount within which the currency of its story may be named for the first time."""
NEAR = 300
_AMERICAN = re.compile(
    r"\b(?:US|U\.S|United States|Americans?|Washington|Pentagon|Congress|president|Trump|Biden)\b"
)
"""Who means dollars without saying so."""
_AHEAD = re.compile(
    r"(?P<EUR>€|\beuros?\b)|(?P<GBP>£|\bpounds sterling\b)|(?P<USD>\$|\bdollars?\b)|(?P<PLN>\bzloty\b)"
)
PAID_BACK = 400
"""Characters before a bare number of millions within which money of like size says that it is money too."""


def paid(quantity: Quantity, earlier: Sequence[Quantity]) -> Quantity | None:
    """A bare number of millions as money, where the last millions were money ("First it was nine million")."""
    large = [q for q in earlier if q.kind == "money" or (q.value or q.lower or 0) >= MILLION]
    if (quantity.value or 0) < MILLION or not large or large[-1].kind != "money":
        return None
    if quantity.start - large[-1].end > PAID_BACK:
        return None
    return replace(quantity, kind="money", unit=large[-1].unit, counts=None)


def currency(text: str, quantity: Quantity, earlier: Sequence[Quantity]) -> Quantity:
    """Money without a sign is in the currency of the same amount, or in that named last, conversions in brackets aside."""
    known = [q for q in earlier if q.kind == "money" and q.end <= quantity.start]
    same = [q for q in known if q.value == quantity.value]
    first = [q for q in known if text[q.start - 1 : q.start] != "("]
    last = (same or first or known)[-1:]
    if last:
        return replace(quantity, unit=last[0].unit)
    ahead = _AHEAD.search(text, quantity.end, quantity.end + AHEAD)
    if ahead is None or _AMERICAN.search(text, max(0, quantity.start - NEAR), quantity.end + NEAR):
        return quantity
    return replace(quantity, unit=ahead.lastgroup or quantity.unit)


def same_currency(text: str, before: Number, number: Number, quantity: Quantity, found: list[Quantity]) -> None:
    """Read the first amount of a range as money of the second ("from six to 60 billion")."""
    if before is number or before.form == "money" or not in_range(text, before, number):
        return
    if found and found[-1].end == before.end and found[-1].kind == "money":
        found[-1] = replace(found[-1], unit=quantity.unit)
    elif not found or found[-1].end < before.start:
        value = (before.value or 0) * (1 if before.scaled else scale_of(text[number.start : number.end]))
        first = plain(text, before, quantity.unit, quantity.story)
        found.append(replace(first, value=value, kind="money", counts=None))
