"""Whose statement, release or book speaks, where the words name only the paper."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.cue_words import cue_at
from foedus.evidence.cues import Found
from foedus.evidence.lexicon import CUE
from foedus.evidence.quotes import Quoted
from foedus.evidence.sources import Scene, Source, may_speak, source_from
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
_PUT_OUT = re.compile(
    r"\b(?:put out|issued|released|published|made|posted) (?:an?|the|its|their|his|her) (?:[a-z-]+ ){0,3}(?:statement|release|communiqu[ée])\b"
)
_MADE_KNOWN = frozenset("said says announced announces confirmed confirms declared reported stated".split())
"""What a body does before its statement is quoted."""
PARAGRAPHS = 3
"""Paragraphs before words of a statement within which a body made known what it is about."""
_BOOK = re.compile(
    r"(?:new |latest |forthcoming )?(?:book|memoirs?|autobiography|diary|diaries|account|essay|manuscript)"
)
_AUTHOR = re.compile(
    r"\b(?:book|memoirs?|autobiography|diary|diaries|account|essay|manuscript) (?:of|by) (?P<by>[^,;:.\x01]{3,70})"
    r"|(?P<who>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,4})(?:, [^.;:\x01]{2,90},)? (?:also |now |later )?(?:writes|recalls|recounts|(?:has |had )?(?:published|written|finished|brought out|is publishing) (?:his|her) (?:[a-z]+ )?(?:book|memoirs?|autobiography|diary|diaries|account))\b"
    r"|(?P<whose>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,4})[’']s? (?:[a-z]+ ){0,2}(?:book|memoirs?|autobiography|diary|diaries)\b"
)
"""Who wrote the book of which a story tells."""


def issued(
    scene: Scene, found: Found, cut: list[list[tuple[int, int]]], quote: Quoted, sentence: tuple[int, int]
) -> Found:
    """Body or person whose statement speaks: the White House denied it. "...," the statement read."""
    if found.source.kind != "document":
        return found
    if _BOOK.fullmatch(found.source.name):
        author = _author(scene, found.source.start)
        return replace(found, source=author) if author is not None else found
    if not _STATEMENT.fullmatch(found.source.name):
        return found
    if scene.text[found.source.start : found.source.start + 4].lower() != "the ":
        return found
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
    source = main_subject(scene, *earlier[-1]) if earlier else _announcer(scene, cut, quote.block)
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


def _announcer(scene: Scene, cut: list[list[tuple[int, int]]], block: int) -> Source | None:
    """Body that made known, shortly before, what its statement is about; nobody where a person did so since."""
    for above in range(block - 1, max(block - PARAGRAPHS, 0) - 1, -1):
        for sentence in reversed(cut[above]):
            if _PUT_OUT.search(scene.mask, *sentence):
                issuer = main_subject(scene, *sentence)
                return issuer if issuer is not None and issuer.name != issuer.name.lower() else None
            for cue in CUE.finditer(scene.mask, *sentence):
                if cue.group() not in _MADE_KNOWN or cue_at(scene, cue) is None:
                    continue
                source = subject_before(scene, sentence[0], cue.start())
                return source if source is not None and source.kind == "office" else None
    return None


def _author(scene: Scene, at: int) -> Source | None:
    """Person whose book the story told of last before a place."""
    for found in reversed(list(_AUTHOR.finditer(scene.mask, scene.floor, at))):
        source = source_from(scene, *found.span(found.lastgroup or 0))
        if source is not None and source.kind == "person":
            return source
    return None
