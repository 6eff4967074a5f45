"""Sums that leave out their money and their order of size, which the sum before them names ("$350 billion. Europe gave maybe 60")."""

from __future__ import annotations

import re

from foedus.evidence.claim_parties import WE, parties
from foedus.evidence.records import Quantity, changed

_LEAST = 1e9
"""Sums are counted in billions and upwards in such short words."""
_NEAR = 14
"""Characters between who gives and the word of giving."""
_BARE = re.compile(
    r"\b(?P<lead>gave|given|gives?|spen[dt]s?|sent|sends?|put(?:s)?(?: in| up)?|pa(?:id|ys?)|provided|contributed|allocated|donated|[A-Z][\w.]*)"
    r",? (?P<hedge>(?:(?:maybe|perhaps|about|around|some|roughly|nearly|almost|only|just|barely|a mere|less than|more than|over|under|another) )*)"
    r"(?P<value>\d{1,3}(?:\.\d{1,2})?)(?=[.,;:!?]?[”\"’]|[,;:!?](?!\d)|\.(?!\d)|$|\)|—| (?:and|but|while|so far|in all|to date|in total)\b)"
)
_NOT_ALL = re.compile(r"\b(?:less than|more than|over|under)\b")
_ABOUT = re.compile(r"\b(?:maybe|perhaps|about|around|some|roughly|nearly|almost)\b")


def with_implied(
    text: str, span: tuple[int, int], mine: list[Quantity], earlier: list[Quantity]
) -> list[Quantity]:
    """Quantities of a sentence, and its bare numbers taken for money where a sum in billions stands before them."""
    mine = [_part_of_before(text, span, q, [*earlier, *mine]) for q in mine]
    sums = [q for q in (*earlier, *mine) if q.kind == "money" and (q.value or 0) >= _LEAST]
    if not sums:
        return mine
    found = list(mine)
    for match in _BARE.finditer(text, *span):
        model = next((q for q in reversed(sums) if q.end <= match.start()), None)
        if model is None or not _given(text, span[0], match):
            continue
        start, end = match.span("value")
        taken = [q for q in found if q.start < end and q.end > start]
        if any(q.kind != "count" or q.counts not in (None, "count") for q in taken):
            continue
        found = [q for q in found if q not in taken] + [_like(model, match, text)]
    return sorted(found, key=lambda q: q.start)


_OF_THAT = re.compile(
    r" of (?:that|those|that (?:number|figure|level|total|strength|size))\b(?! (?:was|were|is|are)\b)"
)
_STANDS_AT = re.compile(
    r"\b(?:stands? at|stood at|is|are|was|were|down to|f[ae]ll(?:en)? to|shr[au]nk to|shrunk to|cut to|reduced to|dwindled to|has|have)(?: now| today| currently)? (?:about |some |roughly |nearly |almost |only |just |barely |less than |more than )*$"
)
_LEAST_PERSONS = 1000


def _part_of_before(text: str, span: tuple[int, int], one: Quantity, named: list[Quantity]) -> Quantity:
    """A part of the number of persons named before it as the number that it comes to ("stands at an eighth of that")."""
    if one.kind != "fraction" or not one.value or not _OF_THAT.match(text, one.end):
        return one
    if not _STANDS_AT.search(text, span[0], one.start):
        return one
    whole = [q for q in named if q.unit == "person" and q.end <= one.start and (q.value or 0) >= _LEAST_PERSONS]
    if not whole:
        return one
    value = (whole[-1].value or 0) * one.value
    return changed(one, kind="count", unit="person", value=value, counts=whole[-1].counts, approximate=True)


def _given(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a bare number follows a word of giving, or at once the party that gives."""
    before = text[start : match.end("lead")]
    named = parties(before)
    if match["lead"][0].islower():
        lead = len(before) - len(match["lead"])
        return (
            any(0 <= lead - p.end <= _NEAR for p in named)
            or WE.search(before, max(0, lead - _NEAR)) is not None
        )
    return any(p.end == len(before) for p in named)


def _like(model: Quantity, match: re.Match[str], text: str) -> Quantity:
    order = 1e12 if (model.value or 0) >= 1e12 else _LEAST
    start, end = match.span("value")
    bound = _NOT_ALL.search(match["hedge"])
    return changed(
        model, start=start, end=end, text=text[start:end], value=float(match["value"]) * order, counts=None,
        modifier=bound.group() if bound else None, approximate=_ABOUT.search(match["hedge"]) is not None, lower=None, upper=None,
    )  # fmt: skip
