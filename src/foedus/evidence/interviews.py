"""Interviews printed as questions and answers without quotation marks: the answers are words of whoever is interviewed."""

from __future__ import annotations

import re
from collections import Counter

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
_A_QUESTION = re.compile(r"^(?![\"“‘'])[^\n]{8,400}\?$", re.MULTILINE)
"""An interviewer's question in a paragraph of its own."""
_FIRST = re.compile(r"\b(?:I|[Mm]y|me)\b")
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


def _question_above(scene: Scene, at: int) -> int | None:
    """Where a question begins that stands in a line of its own right above words in quotation marks."""
    if scene.mask[at] != FILL:
        return None
    stop = len(scene.mask[max(0, at - LONGEST) : at].rstrip()) + max(0, at - LONGEST)
    begin = scene.mask.rfind("\n", 0, stop) + 1
    asks = scene.mask[stop - 1 : stop] == "?" and stop < at and FILL not in scene.mask[begin:stop]
    return begin if asks else None


def heard_answers(scene: Scene) -> tuple[int, Source] | None:
    """Who gives the answers in quotation marks below questions without any, and the first that does."""
    mask = scene.mask
    asks = [
        (n, begin) for n, (a, _) in enumerate(scene.spans) if (begin := _question_above(scene, a)) is not None
    ]
    if len(asks) < LEAST or len(asks) < len(scene.spans) / 8:
        return None
    begin, people = asks[0][1], set(scene.cast.full.values())
    named = [m for m in scene.cast.mentions if m.start < begin and m.name in people and mask[m.start] != FILL]
    if not named:
        return None
    counts = Counter(m.name for m in named)
    mention = max(named, key=lambda m: (counts[m.name], -m.start))
    role = scene.cast.roles.get(mention.name)
    return asks[0][0], Source(mention.name, role, mention.start, mention.end, "person")


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


def interviewee(scene: Scene, word: str, at: int) -> Source | None:
    """Person interviewed, whom "you" stands for in a question and "I" in an answer."""
    asked = len(_A_QUESTION.findall(scene.text, scene.floor, scene.spans[-1][1]))
    here = next(((a, b) for a, b in scene.spans if a <= at < b), scene.spans[0])
    theirs = _FIRST.search(scene.mask, *here) is None
    if asked < 3 or asked < 0.15 * len(scene.spans) or theirs != (word.lower() == "you"):
        return None
    named = next((m for m in scene.cast.mentions if m.name in scene.cast.full.values()), None)
    if named is None or named.start > scene.spans[min(2, len(scene.spans) - 1)][1]:
        return None
    return Source(named.name, scene.cast.roles.get(named.name), at, at + len(word), "person")
