"""Sentences of two clauses, each with words of somebody else: "while Cole said it was "safe", Hale called it "dead""."""

from __future__ import annotations

import re

from foedus.evidence.cues import Found, cue_before
from foedus.evidence.lexicon import COLLECTIVE, CUE, ROLE_NOUN
from foedus.evidence.quotes import Quoted
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import Scene, Source, may_speak, source_from

_OPENS = re.compile(
    r"(?:(?:But|And|Yet) )?(?:(?:(?:Just|Only|Barely|Long|Shortly|Soon|Even|Not long|Less than) )?(?:(?:[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Tt]en|\d+|[Ss]everal|[Aa] few|[Mm]any|the) )?(?:[a-z]* ?)(?:[Hh]ours?|[Dd]ays?|[Ww]eeks?|[Mm]onths?|[Yy]ears?|[Mm]inutes?|[Mm]oments?|[Ss]hortly|[Ss]oon) (?:after|before)|After|Before|When|While|Where|Whereas|Although|Though|Even though|Once|As|Since|Because) "
)
"""What opens a clause that goes before the main one."""
_NEXT_CLAUSE = re.compile(
    rf"(?P<subject>[^.;:{FILL}]{{2,90}}?) (?:[a-z]+ly |also |then |later )?(?P<cue>{CUE.pattern})(?P<on> ?[,.;]|$)?"
)
_ASKS = frozenset(("ask", "inquire", "wonder"))
_GAP = re.compile(
    r"[,;]?(?: and| but| while| or)? (?P<who>(?:[Tt]he |[Aa]n? |[Oo]ne |[Aa]nother |[Ss]ome )?(?:[\w.’'-]+ ){0,5}?[\w.’'-]+)(?:, [^,;\x01]{3,70},)?(?P<tail>(?: (?:of|as|to|with|for|about|merely|simply|only|rather|an?|the|it|him|her|them))*) ?$"
)
_NOT_ONE = re.compile(
    r"(?:[Tt]heir|[Hh]is|[Hh]er|[Ii]ts|[Oo]ur|[Mm]y|[Ii]t|[Tt]hat|[Tt]hen|[Aa]lso)\b|.*(?:\d|\b[a-z]+(?:ed|ing)\b)"
)
_LIKE_ONES = re.compile(
    r"(?:an|one|the) ?other|another|others|some|the (?:second|third|first|former|latter)", re.IGNORECASE
)
_CAMP = re.compile(
    r"[Tt]he (?:[a-z-]+ )?(?:opposition|government|left|right|far right|far left|liberals|conservatives|socialists|communists|nationalists|centrists|populists|radicals|unions|court|ministry|army|navy|embassy|regulator|union|president|presidency|press|papers)"
)
_CAPITAL = re.compile(r"\b[A-Z][a-z]")


def in_clause_before(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Attribute a few words in a clause that goes before the main one to the one who says them there."""
    if scene.text[quote.start].isupper():
        return None
    opens = _OPENS.match(scene.mask, sentence[0], quote.outer_start)
    if opens is None or "," in scene.mask[opens.end() : quote.outer_start]:
        return None
    after = _NEXT_CLAUSE.match(scene.mask, quote.outer_end, sentence[1])
    if after is None or after["on"] is not None:
        return None
    found = cue_before(scene, quote, (opens.end(), sentence[1]))
    if found is None or found.cue in _ASKS or found.source.kind == "document":
        return None
    return found


def gapped(
    scene: Scene, quote: Quoted, sentence: tuple[int, int], before: list[tuple[Quoted, Found | None]]
) -> Found | None:
    """Attribute words whose verb stands with the words before them ("Cole called it "brave", Hale "foolish"")."""
    if not before or before[-1][0].block != quote.block or before[-1][0].outer_start < sentence[0]:
        return None
    last, told = before[-1]
    if told is None or told.cue is None or told.how != "before":
        return None
    gap = _GAP.fullmatch(scene.mask, last.outer_end, quote.outer_start)
    if gap is None or not gap["who"].strip() or _NOT_ONE.match(gap["who"].strip()):
        return None
    source = source_from(scene, gap.start("who"), gap.end("who"))
    if source is None or source.name == told.source.name or not _speaks(source, gap["who"].strip()):
        return None
    object_of = scene.mask[told.source.end : last.outer_start]
    if _CAPITAL.search(object_of) and not gap["tail"].strip():
        return None
    return Found(source, told.cue, "before")


def _speaks(source: Source, words: str) -> bool:
    """Whether a noun phrase without a verb names somebody, and no thing."""
    if _LIKE_ONES.match(words):
        return True
    if CUE.search(words):
        return False
    if _CAMP.fullmatch(words) or ROLE_NOUN.search(words) or COLLECTIVE.search(words):
        return True
    return source.kind == "person" or (
        source.kind == "office" and _CAPITAL.search(words) is not None and may_speak(source, -9)
    )
