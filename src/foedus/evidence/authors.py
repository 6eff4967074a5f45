"""Whose a document is that then speaks: the body that put out a statement, the person who wrote a memo."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.cues import Found
from foedus.evidence.quotes import Quoted
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sources import may_speak, source_from
from foedus.evidence.subjects import main_subject, subject_before

_STATEMENT = re.compile(
    r"(?:press |written |e-?mailed |short |joint )*(?:statement|release|press release|post|message|email|e-mail|letter|note|reply|response|tweet)"
)
_IN_STATEMENT = re.compile(
    r"\b(?:in|by|through|via) (?:an?|its|their) (?:[a-z-]+ ){0,3}(?:statement|release|letter|post)\b"
)
"""What says of a sentence's subject that it put out a paper."""
_IN_PAPER = re.compile(r"(?:[Ii]n|[Bb]y) (?:an?|the|its|their|his|her|another) ")
"""How a sentence opens that says in which paper somebody spoke ("In a letter to the commission, the association said")."""
_POSTED_BY = re.compile(
    r"\b(?:reported|announced|stated|confirmed|published|posted|written|shared|released|said|disclosed|put out) (?:[a-z]+ly )?by (?P<who>[^,;:.]{3,80}?) (?:on|via|through|in) (?:(?:its|his|her|their|a|an|the) )?(?:[a-z]+ )?(?:Telegram|Facebook|X\b|Twitter|Instagram|TikTok|WhatsApp|YouTube|Threads|Bluesky|Mastodon|Weibo|LinkedIn|VKontakte|statement|post|website)"
)
"""Whose post a sentence tells of ("This was reported by the ministry on Telegram")."""
_WRITES = r"(?:sets? out|set out|argue[sd]?|asks?|asked|warn(?:s|ed)|complain(?:s|ed)|says|said|tells|told|writes|wrote|lists?|listed|describe[sd]?|propose[sd]?|explains?|explained|thank(?:s|ed)|offers?|offered|urge[sd]?|recommend(?:s|ed)|lays? out|laid out|calls|called|demand(?:s|ed)|object(?:s|ed)|admit(?:s|ted)|defend(?:s|ed))"
_FINDINGS = frozenset(("report", "audit", "review", "study", "assessment", "analysis"))
"""Papers in which a body tells what it has found."""


def of_author(
    scene: Scene, found: Found, cut: list[list[tuple[int, int]]], quote: Quoted, sentence: tuple[int, int]
) -> Found:
    """The person or body whose paper speaks, where the story says whose it is."""
    if (
        found.source.kind != "document"
        or scene.text[found.source.start : found.source.start + 4].lower() != "the "
    ):
        return found
    author = _writer(scene, found.source) or _finder(scene, found.source)
    if author is not None:
        return replace(found, source=author)
    return _issued(scene, found, cut, quote, sentence) if _STATEMENT.fullmatch(found.source.name) else found


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


def _issued(
    scene: Scene, found: Found, cut: list[list[tuple[int, int]]], quote: Quoted, sentence: tuple[int, int]
) -> Found:
    """Body or person whose statement speaks: the White House denied it. "...," the statement read."""
    posted = _last_posted(scene, quote)
    if posted is not None:
        return replace(found, source=posted)
    earlier = [s for s in cut[quote.block] if s[1] <= sentence[0]]
    noun = re.escape(found.source.name.rsplit(maxsplit=1)[-1])
    told = re.search(
        rf"\b(?:[Aa]ccording to|cit(?:es|ed|ing)|quot(?:es|ed|ing)|from) an? (?:[\w-]+ ){{0,3}}{noun}\b",
        scene.mask[scene.floor : found.source.start],
    )
    if told is not None:
        earlier = [s for s in earlier if _IN_PAPER.match(scene.mask, *s)]
    stated = [s for s in earlier if _IN_STATEMENT.search(scene.mask, *s)]
    earlier = stated or earlier
    if not earlier and quote.block > 0:
        paper = re.compile(rf"\b{noun}\b")
        earlier = [
            s for s in cut[quote.block - 1] if _IN_PAPER.match(scene.mask, *s) and paper.search(scene.mask, *s)
        ]
    source = main_subject(scene, *earlier[-1]) if earlier else None
    if (
        source is None
        or source.kind not in ("person", "office")
        or not (source.kind == "person" or may_speak(source, -9))
    ):
        return found
    return replace(found, source=source)


def _last_posted(scene: Scene, quote: Quoted) -> Source | None:
    """Body or person whose post this paragraph or the one before tells of."""
    begin = scene.spans[max(quote.block - 1, 0)][0]
    posts = list(_POSTED_BY.finditer(scene.mask, begin, quote.outer_start))
    return source_from(scene, *posts[-1].span("who")) if posts else None
