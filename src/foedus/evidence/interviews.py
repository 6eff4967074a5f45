"""Interviews printed as questions and answers without quotation marks: the answers are words of whoever is interviewed."""

from __future__ import annotations

import re

from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL

LEAST = 3
"""Questions in paragraphs of their own from which a text is an interview."""
LONGEST = 500
"""Characters of a question."""
_LABEL = re.compile(r"(?P<who>[A-ZÀ-Ž][\w.’'\-]*(?: [\w.’'\-]+){0,3}): (?=[^\s“\"‘])")
_YOU = re.compile(r"\b[Yy]our?\b")
_INTERVIEW = re.compile(r"\b[Ii]nterview")
_OWN = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me)\b")
_ENDS = (".", "!", "?", "…", "”", '"', ")")


def answers(scene: Scene) -> list[tuple[int, int, Source]]:
    """Answers of an interview: where each begins and ends, and whose it is."""
    text, spans = scene.text, scene.spans
    asks = [
        n
        for n, (a, b) in enumerate(spans)
        if text[b - 1] == "?" and b - a <= LONGEST and FILL not in scene.mask[a:b]
    ]
    if len(asks) < LEAST:
        return []
    who = _asked(scene, asks)
    if who is None:
        return []
    found: list[tuple[int, int, Source]] = []
    for place, ask in enumerate(asks):
        last = place + 1 == len(asks)
        stop = len(spans) if last else asks[place + 1]
        for number in range(ask + 1, stop):
            a, b = spans[number]
            label = _LABEL.match(text, a, b)
            own = _OWN.search(text, a, b) is not None
            named = label is None and text.startswith(who.name, a)
            if named or not text[a:b].endswith(_ENDS) or (last and number > ask + 1 and not own):
                break
            if FILL not in scene.mask[a:b]:
                found.append((label.end() if label else a, b, who))
    return found


def _asked(scene: Scene, asks: list[int]) -> Source | None:
    """Person interviewed: whose name stands before an answer, or whom the lead names and the questions call you."""
    text, spans = scene.text, scene.spans
    people = set(scene.cast.full.values())
    for number in range(asks[0] + 1, len(spans)):
        label = _LABEL.match(text, *spans[number]) if number not in asks else None
        name = scene.cast.canonical(label["who"]) if label else ""
        if label is not None and name in people:
            return Source(name, scene.cast.roles.get(name), *label.span("who"), "person")
    begin = spans[asks[0]][0]
    if sum(_YOU.search(text, *spans[n]) is not None for n in asks) < LEAST - 1 or not _INTERVIEW.search(
        text, scene.floor, begin
    ):
        return None
    named = {m.name: m for m in scene.cast.mentions if m.start < begin and m.name in people}
    if len(named) != 1:
        return None
    mention = next(iter(named.values()))
    return Source(mention.name, scene.cast.roles.get(mention.name), mention.start, mention.end, "person")
