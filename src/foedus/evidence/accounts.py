"""Whose account a relative clause gives: "statements of former commanders, according to which ..."."""

from __future__ import annotations

import re

from foedus.evidence.lexicon import CUE
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import source_from

_RELATIVE = re.compile(rf",? according to (?P<which>which|whom)\b(?P<clause>[^.;:{FILL}]{{0,90}})$")
_NOUN = r"(?i:statements?|remarks?|comments?|claims?|words|reports?|reporting|assertions?|allegations?|story|stories|accounts?|letters?|articles?|posts?|interviews?|testimony|estimates?|assessments?|analys[ie]s|study|studies|memos?|memorand(?:um|a)|minutes|papers?|documents?|drafts?|notes?|messages?|rumou?rs?|information|leaks?|figures?|polls?|surveys?)"
_OF_WHOM = re.compile(
    rf"\b{_NOUN} (?:(?:[a-z]+ed |made |put about )?by|of|from|in|attributed to|ascribed to) (?P<who>[^,]{{3,80}}?)(?= (?:published|made|given|carried|circulat\w+|quoted|reported|spread|released|issued|in (?:recent|the past|some|several|the media)|on \w+day|last|this|to the|about)\b|,|$)"
)
_WHOSE = re.compile(rf"(?P<who>[A-Z][^,;:]{{1,60}}?)[’']s? (?:[a-z]+ ){{0,2}}{_NOUN}$")
_ITSELF = re.compile(rf"(?P<who>(?:[\w-]+ ){{0,3}}{_NOUN})$")
_PERSON = re.compile(
    r".*\b(?:to|of|by|from|with|for|cites|cited|citing|quotes|quoted|quoting|heard|asked|met) (?P<who>[^,]{3,80})$"
)

_AS_JUDGED = re.compile(
    r"\b(?:was|were|been|being|is|are)\b[^.;:!?]*?\b(?:welcomed|hailed|greeted|praised|lauded|celebrated|condemned|denounced|dismissed|rejected|derided|mocked|criticised|criticized|attacked|slammed|decried|described|seen|regarded|viewed|perceived|portrayed|presented|characteri[sz]ed|interpreted|understood|read|treated|rated) (?:[a-z]+ly )?(?:(?P<by>by)|in|across|throughout) (?P<who>[^,;:.!?\x01]{3,60}?) (?:as|for)(?: being)?(?: an?| the)?(?: [a-z]+ly)? ?$"
)
"""By whom, or where, something is judged in the words that follow ("was welcomed in Riga as ...")."""
_PLACE = re.compile(r"(?:the )?[A-Z][\w’'-]+(?: (?:and |of )?[A-Z][\w’'-]+){0,3}$")


def judged_by(scene: Scene, start: int, end: int) -> Source | None:
    """Who judges, or in which capital, what a sentence tells of in the passive."""
    every = list(_AS_JUDGED.finditer(scene.mask, start, end))
    if not every or (every[-1]["by"] is None and _PLACE.match(every[-1]["who"]) is None):
        return None
    return source_from(scene, *every[-1].span("who"))


def by_relative(scene: Scene, start: int, end: int) -> Source | None:
    """Source of words at `end` in a clause that says according to which paper, or according to whom, they are so."""
    found = _RELATIVE.search(scene.mask, start, end)
    if found is None or CUE.search(found["clause"]):
        return None
    if found["which"] == "whom":
        person = _PERSON.match(scene.mask[start : found.start()])
        return _read(scene, person, start)
    what = scene.mask[start : found.start()]
    of_whom = max(_OF_WHOM.finditer(what), key=lambda m: m.start(), default=None)
    return _read(scene, of_whom or _WHOSE.search(what) or _ITSELF.search(what), start)


def _read(scene: Scene, found: re.Match[str] | None, start: int) -> Source | None:
    if found is None:
        return None
    return source_from(scene, start + found.start("who"), start + found.end("who"))
