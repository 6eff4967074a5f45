"""Paragraphs that are somebody's words without quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from foedus.evidence.interviews import answers
from foedus.evidence.lexicon import CUE, STRONG_CUES
from foedus.evidence.quotes import Quoted
from foedus.evidence.records import Quotation
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL, sentences
from foedus.evidence.sources import source_from
from foedus.evidence.subjects import subject_before
from foedus.evidence.transcripts import turns_of

_DASH = re.compile(r"^(?:—|–|--|―)\s*(?P<who>(?:[A-Z]|an? |the ).{2,120})$")
_LISTED = re.compile(
    r"\b(?:following|these|those|things|questions|reasons|points|steps|ways|facts|numbers|as follows|below|here)\b",
    re.IGNORECASE,
)
"""What announces a list rather than words."""
_MARKED = re.compile(r"[\"“”„«»]|^\s*(?:[-–—•*]|\d+[.)])")
_OWN = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me)\b")
_AS_PUT = re.compile(
    rf"As (?P<who>[^,.;:{FILL}]{{3,80}}?)(?:, [^.;:{FILL}]{{2,80}}?,)? (?:once |later )?(?:puts?|said|says|told \w+|wrote|noted|explained)(?: it| this| the \w+)?(?: to \w+)?:\s*"
)
"""Who is then heard: "As one aide put it:"."""
_SIGNATURE = re.compile(r"\s*[—–]\s*[^—–.]{3,90}$")
"""Who wrote a paragraph, at its end behind a dash."""
MOST = 6
"""Paragraphs that a speaker announced by a colon goes on for at most."""
AFTER_CUE = 60
"""Characters between a verb of saying and its colon."""


def unmarked(scene: Scene, kept: list[Quotation], story: int, *, labelled: bool) -> list[Quotation]:
    """Quotations without marks: before a dash and the speaker, or after "Ann Cole said:" at a paragraph's end."""
    found = [*_signed_blocks(scene, kept, story), *_announced_blocks(scene, kept, story)]
    begun = {q.start for q in found}
    answered = [
        _whole(scene, a, b, story, who, None)
        for a, b, who in (() if labelled else answers(scene))
        if a not in begun and not any(a <= q.start < b for q in kept)
    ]
    return [*found, *answered]


def spoken_turns(scene: Scene, quoted: Sequence[Quoted], story: int) -> list[Quotation]:
    """Turns of a transcript; words in quotation marks within one are part of it."""
    said: list[Quotation] = []
    for a, b, who in turns_of(scene):
        within = tuple((q.start, q.end) for q in quoted if a <= q.start < b)
        said.append(replace(_whole(scene, a, b, story, who, None), nested=within))
    return said


def _announced_blocks(scene: Scene, kept: list[Quotation], story: int) -> list[Quotation]:
    """Paragraphs after one that ends in a verb of saying and a colon."""
    extra: list[Quotation] = []
    starts = [a for a, _ in scene.spans]
    quoted = {bisect_right(starts, q.start) - 1 for q in kept}
    for number, (start, end) in enumerate(scene.spans[:-1]):
        source, cue = _announcer(scene, start, end)
        if source is None:
            continue
        for count, (a, b) in enumerate(scene.spans[number + 1 : number + 1 + MOST]):
            plain = (
                not _MARKED.search(scene.text, a, b) and scene.text[a].isupper() and scene.text[b - 1] != ":"
            )
            if number + 1 + count in quoted or not plain or (count and not _OWN.search(scene.text, a, b)):
                break
            signed = _SIGNATURE.search(scene.text, max(a, b - 100), b)
            extra.append(_whole(scene, a, signed.start() if signed else b, story, source, cue))
    return extra


def _announcer(scene: Scene, start: int, end: int) -> tuple[Source | None, str | None]:
    """Who is said to speak by a paragraph that ends in a colon, and the verb."""
    if not scene.text[start:end].rstrip().endswith(":"):
        return None, None
    begin = sentences(scene.text, scene.mask, start, end)[-1][0]
    if FILL in scene.mask[begin:end] or _LISTED.search(scene.text, begin, end):
        return None, None
    put = _AS_PUT.fullmatch(scene.mask, begin, end)
    if put is not None:
        return source_from(scene, *put.span("who")), None
    cues = [c for c in CUE.finditer(scene.mask, begin, end) if c.group() in STRONG_CUES]
    if not cues or end - cues[-1].end() > AFTER_CUE:
        return None, None
    source = subject_before(scene, begin, cues[-1].start())
    return (
        (source, cues[-1].group())
        if source is not None and source.kind in ("person", "anonymous")
        else (None, None)
    )


def _whole(scene: Scene, a: int, b: int, story: int, source: Source, cue: str | None) -> Quotation:
    """A paragraph as one quotation."""
    while b > a and scene.text[b - 1] in ".,;: ":
        b -= 1
    plain = Quotation(a, b, scene.text[a:b], None, None, None, cue, story=story)
    return replace(plain, **_speaker_fields(source))


def _signed_blocks(scene: Scene, kept: list[Quotation], story: int) -> list[Quotation]:
    """Paragraphs without marks, each followed by a dash and its speaker."""
    extra: list[Quotation] = []
    for number, (start, end) in enumerate(scene.spans[1:], 1):
        match = _DASH.match(scene.text[start:end])
        source = _signature(scene, start, match) if match else None
        if source is None:
            continue
        a, b = scene.spans[number - 1]
        mine = [i for i, q in enumerate(kept) if a <= q.start < b]
        for i in mine:
            if kept[i].cue is None:
                kept[i] = replace(kept[i], **_speaker_fields(source))
        if not mine:
            extra.append(_whole(scene, a, b, story, source, None))
    return extra


def _signature(scene: Scene, start: int, match: re.Match[str]) -> Source | None:
    """Speaker of a line that begins with a dash: the name, and the role after a comma."""
    who = match.group("who")
    name, _, role = who.partition(",")
    source = source_from(scene, start + match.start("who"), start + match.start("who") + len(name))
    return replace(source, role=role.strip(" .") or source.role) if source else None


def _speaker_fields(source: Source) -> dict[str, Any]:
    return {
        "speaker": source.name,
        "speaker_role": source.role,
        "speaker_span": (source.start, source.end),
        "speaker_kind": source.kind,
    }
