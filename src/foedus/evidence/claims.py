"""Stated quantities and trends beside the atlas's figures, with the arithmetic."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial

from foedus.evidence.actors import states
from foedus.evidence.claim_context import Context, make_claim, state_of
from foedus.evidence.claim_dates import dated_by
from foedus.evidence.claim_rules import RULES
from foedus.evidence.claim_trends import worded_claim
from foedus.evidence.records import Claim, Quantity, Quotation, Statement, changed

_PART_OF = re.compile(
    r"(?:\s+\S+){0,2}?\s+of\s+(?:the|its|their)\s+\d|\s+(?:of GDP )?(?:target|guideline|goal|benchmark|threshold)\b"
)
_RATE = re.compile(r"\s*(?:a|per|each|every) (?:day|week|month|year)\b")
_AIM_OF = re.compile(r"\b(?:target|guideline|goal|benchmark|threshold)s? of (?:at least )?$")
MAX_SENTENCE = 1500
"""Characters from which a sentence is no claim; checking takes time that grows with its square."""


def check_claims(
    text: str,
    cut: list[tuple[int, int]],
    quantities: list[Quantity],
    said: list[Quotation],
    stated: list[Statement],
    story: int,
    published: str | None,
) -> list[Claim]:
    """Claims of one story: each stated quantity that the atlas covers, and each comparison in words."""
    found: list[Claim] = []
    places_of = [q.start for q in quantities]
    spoken = Spoken(said, stated)
    for start, end in cut:
        if end - start > MAX_SENTENCE:
            continue
        mine = quantities[bisect_left(places_of, start) : bisect_left(places_of, end)]
        sentence = text[start:end]
        wider = text[max(0, start - 500) : end + 200]
        timed = partial(dated_by, sentence, mine, start, published)
        home = partial(spoken.home_of, start, end)
        trend = worded_claim(sentence, wider, timed, home, partial(spoken.touches, start, end))
        if trend is not None:
            claim = trend.claim(sentence, start, story)
            who = spoken.at(claim.start)
            if claim.verdict != "not covered" or who is not None:
                found.append(changed(claim, speaker=who))
        if not mine:
            continue
        inside = (start + trend.start, start + trend.end) if trend else (0, 0)
        for quantity in mine:
            if inside[0] <= quantity.start < inside[1] or not _counts(quantity, sentence, start):
                continue
            first, last, who, role = spoken.here(quantity.start)
            held = text[max(start, first) : min(end, last)] if who else sentence
            context = Context(quantity, sentence, start, wider, partial(timed, quantity), role, held)
            found.extend(_checked(context, who, story))
    return found


def _counts(quantity: Quantity, sentence: str, start: int) -> bool:
    """Whether a quantity may be a claim: money, a count, a part, or a length of time as a rate."""
    if quantity.kind == "duration":
        return _RATE.match(sentence, quantity.end - start) is not None
    return quantity.kind in ("money", "percentage", "count", "fraction")


def _checked(context: Context, speaker: str | None, story: int) -> list[Claim]:
    """The first rule's verdict on a figure; a figure that somebody states and no rule covers is not covered."""
    claim = next((c for c in (rule(context) for rule in RULES[context.quantity.kind]) if c is not None), None)
    if claim is None and speaker is not None and not _is_part(context):
        claim = make_claim(context, "other", "not covered", None, "the atlas has no figure for this")
    return [changed(claim, speaker=speaker, story=story)] if claim is not None else []


def _is_part(context: Context) -> bool:
    """Whether a quantity is only a part of another's claim ("one third of the 36,000", "the 2 percent target")."""
    end = context.quantity.end - context.offset
    return _PART_OF.match(context.sentence, end) is not None or _AIM_OF.search(context.before) is not None


def comparable(
    text: str, cut: list[tuple[int, int]], quantities: list[Quantity], claims: list[Claim]
) -> list[Quantity]:
    """Quantities with the states of their sentence, nearest first, and the atlas's figure that they can be set beside."""
    recorded = {c.start: f"{c.table}: {c.recorded}" for c in claims if c.table}
    starts = [start for start, _ in cut]
    places: dict[int, list[tuple[int, int, str]]] = {}
    found = []
    for quantity in quantities:
        at = bisect_right(starts, quantity.start) - 1
        if quantity.kind.startswith("date") or at < 0:
            found.append(quantity)
            continue
        if at not in places:
            places[at] = states(text, *cut[at])
        near = sorted(places[at], key=lambda p: abs(p[0] - quantity.start))
        concerns = tuple(dict.fromkeys(code for _, _, code in near))[:3]
        compared = recorded.get(quantity.start)
        found.append(
            changed(quantity, concerns=concerns, compare_with=compared) if near or compared else quantity
        )
    return found


class Spoken:
    """Who speaks at a place of a story: the passages of quotations and statements, by place."""

    def __init__(self, said: Sequence[Quotation], stated: Sequence[Statement]) -> None:
        both: list[Quotation | Statement] = [*said, *stated]
        self._passages = sorted(
            ((p.start, p.end, p.speaker, p.speaker_role) for p in both), key=lambda p: p[:2]
        )
        self._starts = [p[0] for p in self._passages]

    def at(self, place: int) -> str | None:
        """Speaker of the innermost passage that holds a place."""
        return self.here(place)[2]

    def touches(self, start: int, end: int) -> bool:
        """Whether a passage begins in a stretch, or goes on into it."""
        stop = bisect_left(self._starts, end)
        return any(passage[1] > start for passage in self._passages[max(0, stop - 12) : stop])

    def home_of(self, start: int, end: int) -> str | None:
        """State that the speaker of the first passage in a stretch holds an office of."""
        first = bisect_left(self._starts, start)
        at = self._starts[first] if first < len(self._starts) and self._starts[first] < end else start
        return state_of(self.here(at)[3])

    def here(self, place: int) -> tuple[int, int, str | None, str | None]:
        """Innermost passage that holds a place: start, end, speaker and office; all of the text and nobody where none does."""
        stop = bisect_right(self._starts, place)
        for passage in reversed(self._passages[max(0, stop - 12) : stop]):
            if passage[0] <= place < passage[1]:
                return passage
        return _NOBODY


_NOBODY = (0, sys.maxsize, None, None)
