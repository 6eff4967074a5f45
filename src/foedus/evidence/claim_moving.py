"""Claims that something rises or falls, without saying how far."""

from __future__ import annotations

import itertools
import re

from foedus.evidence.claim_changes import Change, between, plain_of, years_named
from foedus.evidence.claim_context import NO_YEAR, Found
from foedus.evidence.record import Figure, rules

_UP = r"rising|growing|increasing|climbing|going up|expanding|swelling|risen|grown|increased|climbed|gone up|expanded|swollen|rose|grew|went up"
_DOWN = r"falling|shrinking|declining|dropping|going down|dwindling|decreasing|fallen|shrunk|declined|dropped|gone down|dwindled|decreased|fell|shrank|went down"
_MOVING = re.compile(
    rf"\b(?<!who )(?<!which )(?<!that )(?:is|are|has|have|had|been|keeps?|kept|still|steadily|only|even|again) (?:(?:been|now|also|again|steadily|still|since|in fact|actually|only|even|just|not|never) ){{0,3}}(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b"
)
_SIZED = re.compile(
    r"[^;:.]{0,40}?\b(?:by|to|from|some|nearly|almost|about|than|over)\s+(?:\w+ )?(?:\d|half|one|two|three|an?\b)|\s+(?:(?!since|in|from|for|over|during|between)\w+ )?(?:\d|tenfold|twofold|threefold)"
)
_NOT_OURS = re.compile(r"\b(?:debt|deficit|growth|unemployment|support for|trust)\b")
_YEARLY = re.compile(
    r"\b(?:(?:with |in )?(?:every|each)(?: single)? year(?: of the war)?|year (?:after|by|on) year|(?:each|every) year since)\b"
)
_OF_WAR = re.compile(r"\byear of the war\b")
_NOT = re.compile(r"\b(?:not|never)\b|n[’']t\b")
_FIRST_OF_WAR = 2022
MOVING = (_MOVING,)
"""What a sentence about a movement holds."""


def moving(sentence: str, wider: str, year: int, home: str | None) -> Found | None:
    """Whether something moves the way that a sentence says."""
    word = _MOVING.search(sentence)
    if word is None or _NOT_OURS.search(sentence) or year == NO_YEAR or _SIZED.match(sentence, word.end()):
        return None
    up = (word["up"] is not None) != (_NOT.search(word.group()) is not None)
    yearly = _YEARLY.search(sentence, word.end()) or _YEARLY.search(sentence[: word.start()])
    years = years_named(sentence, year)
    options = [years] if years else [(year - 1, year, False), (year - 2, year - 1, False)]
    span = word.start(), yearly.end() if yearly and yearly.start() >= word.end() else word.end()
    changes = [c for named in options if (c := between(sentence, wider, word.span(), named, home)) is not None]
    if yearly is not None and changes:
        first = (
            _FIRST_OF_WAR
            if _OF_WAR.search(sentence)
            else years[0]
            if years
            else year - int(rules()["moving_years"])
        )
        return _each_year(changes[0], span, first, year, up)
    pairs = [p for change in changes for p in change.ends()]
    if not pairs:
        return None
    held = any((b.value > a.value) == up and a.value != b.value for a, b in pairs)
    shown = "; ".join(f"{plain_of(a)} ({a.label}), {plain_of(b)} ({b.label})" for a, b in pairs)
    return _found(changes[0], span, held, up, pairs[0][1], shown)


def _each_year(change: Change, span: tuple[int, int], first: int, last: int, up: bool) -> Found | None:
    """Whether something moved one way in every year."""
    ways: list[tuple[bool, list[Figure]]] = []
    for series in change.series():
        whole = [y for y in series if first <= y <= last and (change.measure.name != "aid" or y < last)]
        run = [series[y] for y in sorted(whole)]
        if len(run) > 1:
            steps = list(itertools.pairwise(run))
            ways.append((all((b.value > a.value) == up and a.value != b.value for a, b in steps), run))
    if not ways:
        return None
    held, run = next((w for w in ways if w[0]), ways[0])
    shown = ", ".join(f"{plain_of(f)} ({f.label})" for f in run)
    return _found(change, span, held, up, run[-1], shown)


def _found(change: Change, span: tuple[int, int], held: bool, up: bool, figure: Figure, shown: str) -> Found:
    return Found(
        *span, f"{change.measure.name}_moving", "supported" if held else "contradicted", "up" if up else "down",
        figure, f"{change.measure.words}: {shown}",
    )  # fmt: skip
