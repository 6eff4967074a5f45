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
