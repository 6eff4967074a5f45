"""Attributed content without quotation marks."""

from __future__ import annotations

import re

from foedus.evidence.cues import cue_at
from foedus.evidence.lexicon import CUE, STRONG_CUES
from foedus.evidence.records import Statement
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import Scene, Source
from foedus.evidence.subjects import ANY_VERB, subject_after, subject_before

_CONTENT = re.compile(
    r"(?:\s+(?:in|to|on|at|during)\s+(?:[^,.;]{1,60}?))?\s*,?\s*(?:that\s+|:\s+|how\s+|whether\s+)?(?=\S)"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+")
_BELIEF = frozenset(
    "think thinks thought believe believes believed fear feared fears hope hopes hoped worry worried doubt doubts doubted expect expects expected".split()
)
_TAKES_OBJECT = frozenset(
    "tell welcome hail praise ask urge accuse call describe brand dub reject dismiss condemn denounce threaten mock applaud".split()
)
"""Verbs that do not stand after what was said with their subject behind them, but before somebody or something."""
_NOUN_HERE = re.compile(r"\b(?:[Tt]he|an?|for)\s+$")
_TERMS = re.compile(r"\s+(?:for anonymity|not to be (?:named|identified)|on condition|to a request)\b")
"""On what terms somebody spoke, which is no statement."""
MIN_WORDS = 3


def read_statements(scene: Scene, cut: list[tuple[int, int]], story: int) -> list[Statement]:
    """Indirect statements, one for each sentence and cue whose content stands outside quotation marks."""
    found: list[Statement] = []
    for start, end in cut:
        statement = _according(scene, start, end, story) or _reported(scene, start, end, story)
        if statement is not None:
            found.append(statement)
            if statement.speaker:
                scene.heard(statement.start, statement.speaker)
    return found


def _make(scene: Scene, source: Source, cue: str, start: int, end: int, story: int) -> Statement | None:
    while end > start and scene.text[end - 1] in " .,;:—–\n":
        end -= 1
    while start < end and scene.text[start] in " ,;:—–\n":
        start += 1
    plain = scene.mask[start:end]
    if len([w for w in plain.split() if FILL not in w]) < MIN_WORDS or plain.count(FILL) > 0.6 * len(plain):
        return None
    if not ANY_VERB.search(plain) and not re.search(r"\bto [a-z]+", plain):
        return None
    return Statement(
        start,
        end,
        scene.text[start:end],
        source.name,
        source.role,
        (source.start, source.end),
        source.kind,
        cue,
        story,
    )


def _according(scene: Scene, start: int, end: int, story: int) -> Statement | None:
    match = _ACCORDING.search(scene.mask, start, end)
    if match is None:
        return None
    source = subject_after(scene, match.end(), end)
    if source is None:
        return None
    if match.start() - start > 12:
        return _make(scene, source, "according to", start, match.start(), story)
    comma = scene.mask.find(",", source.end, end)
    return _make(scene, source, "according to", comma + 1, end, story) if comma > 0 else None


def _reported(scene: Scene, start: int, end: int, story: int) -> Statement | None:
    for cue in CUE.finditer(scene.mask, start, end):
        lemma = _reporting(scene, cue, start, end)
        if lemma is None:
            continue
        after = scene.mask[cue.end() : end]
        before = scene.mask[start : cue.start()]
        inverted = _inverted(scene, lemma, before, start, cue.end(), end, story)
        if inverted is not None:
            return inverted
        if FILL in before and not re.match(r"(?:\s+\w+){0,4}?\s+(?:that|how|whether)\b", after):
            continue
        source = subject_before(scene, start, cue.start())
        if _TRAILING.fullmatch(after) and "," in before:
            parts = _tail_clause(before)
            if source is not None and parts:
                return _make(scene, source, lemma, start, start + parts, story)
            if before.rfind(",", 0, len(before.rstrip(" ,"))) < 0:
                continue
        content = _CONTENT.match(after)
        if source is None or content is None or FILL in after[: content.end() + 1]:
            continue
        told = _TOLD.match(after)
        begin = cue.end() + (told.end() if told else 0)
        statement = _make(scene, source, lemma, begin, end, story)
        if statement is not None:
            return statement
    return None


_TRAILING = re.compile(r"[\s.]*|\s+(?:on|in|at|to|this|last|late|early|during|via)\b[^,;]{0,80}[.]?")
_TOLD = re.compile(
    r"\s+(?:(?:reporters|journalists|lawmakers|him|her|them|me|us|(?:the |a |an )?[\w ’']{2,30}?)\s+(?:on \w+day |in \w+ )?)?that\s+"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be|to)\s+$")


def _reporting(scene: Scene, cue: re.Match[str], start: int, end: int) -> str | None:
    """Return the lemma of a cue that reports what somebody said in words of the story; None for other cues."""
    lemma = cue_at(scene, cue)
    if lemma is None or (cue.group() not in STRONG_CUES and cue.group() not in _BELIEF):
        return None
    if _PASSIVE.search(scene.mask[max(start, cue.start() - 8) : cue.start()]):
        return None
    if _NOUN_HERE.search(scene.mask, max(start, cue.start() - 6), cue.start()):
        return None
    if _TERMS.match(scene.mask, cue.end(), end):
        return None
    if lemma == "call" and not re.match(r"\s+(?:for|on)\b", scene.mask[cue.end() : end]):
        return None
    return lemma


def _inverted(
    scene: Scene, lemma: str, before: str, start: int, at: int, end: int, story: int
) -> Statement | None:
    """Read "content, said NAME"."""
    if lemma in _TAKES_OBJECT or not re.search(r"\w,\s+$", before) or len(before.split()) < MIN_WORDS:
        return None
    source = subject_after(scene, at, end)
    if (
        source is None
        or source.start > at + 12
        or not re.match(r"\s+(?:[A-Z]|the |a |an |one |two )", scene.text[at:end])
    ):
        return None
    return _make(scene, source, lemma, start, start + len(before), story)


def _tail_clause(before: str) -> int | None:
    """Where the content ends in "content, NAME said"."""
    stripped = before.rstrip(" ,")
    commas = [m.start() for m in re.finditer(r",", stripped)]
    for at in commas:
        if re.match(
            r",\s+(?:[A-Z][\w.’'\-]*|the|a|an|he|she|they|officials|his|her|its|one|two|several)\b", before[at:]
        ) and not re.search(r"\b(?:is|are|was|were|has|had|will|would|said)\b(?=.*,)", before[at:]):
            return at if at > 15 else None
    return None
