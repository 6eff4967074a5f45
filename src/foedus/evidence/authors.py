"""Whose a document is that then speaks: the person who wrote a memo, the body that found something in a report."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.cues import Found
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sources import may_speak
from foedus.evidence.subjects import subject_before

_WRITES = r"(?:sets? out|set out|argue[sd]?|asks?|asked|warn(?:s|ed)|complain(?:s|ed)|says|said|tells|told|writes|wrote|lists?|listed|describe[sd]?|propose[sd]?|explains?|explained|thank(?:s|ed)|offers?|offered|urge[sd]?|recommend(?:s|ed)|lays? out|laid out|calls|called|demand(?:s|ed)|object(?:s|ed)|admit(?:s|ted)|defend(?:s|ed))"
_FINDINGS = frozenset(("report", "audit", "review", "study", "assessment", "analysis"))
"""Papers in which a body tells what it has found."""


def of_author(scene: Scene, found: Found) -> Found:
    """The person or body whose paper speaks, where the story says whose it is."""
    if (
        found.source.kind != "document"
        or scene.text[found.source.start : found.source.start + 4].lower() != "the "
    ):
        return found
    author = _writer(scene, found.source) or _finder(scene, found.source)
    if author is not None:
        return replace(found, source=author)
    return found


def _writer(scene: Scene, paper: Source) -> Source | None:
    """Person who says something in a paper that the story has told of ("a memo in which the deputy commander, Ann Cole, sets out")."""
    noun = re.escape(paper.name.rsplit(maxsplit=1)[-1])
    told = re.compile(
        rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w-]+ ){{0,3}}?{noun}\b[^.;:]{{0,60}}?,? in which (?P<who>[^.;:]{{3,140}}?) (?P<verb>{_WRITES})\b"
    )
    every = list(told.finditer(scene.mask, scene.floor, paper.start))
    writer = subject_before(scene, every[-1].start("who"), every[-1].start("verb")) if every else None
    return writer if writer is not None and writer.kind == "person" else None


def _finder(scene: Scene, paper: Source) -> Source | None:
    """Body that the story says told its findings in a report, where it then speaks of "the report"."""
    noun = paper.name.rsplit(maxsplit=1)[-1]
    if noun not in _FINDINGS or " " in paper.name:
        return None
    told = re.compile(
        rf"\b(?P<verb>said|says|found|finds|warned|warns|concluded|concludes|wrote|writes|noted|notes)\b[^.;:]{{0,40}}? in an? (?:[\w-]+ ){{0,2}}{noun}\b"
    )
    every = list(told.finditer(scene.mask, scene.floor, paper.start))
    if len(every) != 1:
        return None
    begin = max(scene.mask.rfind(mark, scene.floor, every[0].start()) for mark in (". ", "\n"))
    source = subject_before(scene, max(begin + 1, scene.floor), every[0].start("verb"))
    return source if source is not None and source.kind == "office" and may_speak(source, -9) else None
