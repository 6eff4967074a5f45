"""Whom "the man" or "the woman" stands for: the unnamed person whom the text brought in last."""

from __future__ import annotations

import re

from foedus.evidence.lexicon import ANONYMOUS, ROLE_NOUN
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL, sentences
from foedus.evidence.strangers import ANYBODY

_THE_MAN = re.compile(r"[Tt]he (?:man|woman|visitor|stranger)")
_THE_OTHER = re.compile(r"[Tt]he (?:older|elder|younger|other|first) (?:man|woman)")
_BROUGHT_IN = re.compile(
    rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) (?P<who>(?:(?!of |to |in |on |at |from |for |and |with |who )[\w’'-]+ ){{0,4}}?{ANYBODY.pattern})(?![\w’'-])(?! [A-Z])"
)
_TOLD_AS = re.compile(
    r"(?:[A-ZÀ-Ž][\w’'-]+(?:, \d\d)?, |\b(?:is|was|are|were|be|been|being|as|like|became|become|remains?|not|than|such|no|once) )$"
)
"""What stands before what somebody is, and brings in nobody ("Ann Cole, a nurse", "she was a nurse")."""
_THE_SEVERAL = re.compile(
    r"(?:But |And |Yet )?(?P<who>(?:The|Its|Their|Some|Many|Most|Other) (?:[A-Za-z-]+ ){0,2}?(?P<last>[a-z]+s)) (?:also |now |then |all |[a-z]+ly )?(?:were|are|had|have|did|do|could|would|will|found|saw|went|met|[a-z]{2,}ed)\b"
)
_PEOPLE = re.compile(
    rf"(?:{ROLE_NOUN.pattern}|{ANONYMOUS.pattern}|\b(?:auditors|inspectors|regulators|investigators|prosecutors|judges|villagers|crews|troops|families|parents|neighbours|neighbors|drivers|farmers|relatives|survivors|owners|builders|producers|unions|trainers|instructors)\b)"
)


def brought_in(scene: Scene, phrase: str, at: int) -> Source | None:
    """Unnamed person whom the paragraph or the one before brought in, with nobody named since."""
    if not _THE_MAN.fullmatch(phrase):
        return None
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    above = max((a for a, _ in scene.spans if a < floor), default=floor)
    people = set(scene.cast.full.values())
    told = [
        m
        for m in _BROUGHT_IN.finditer(scene.mask, above, at)
        if not _TOLD_AS.search(scene.mask, max(above, m.start() - 30), m.start())
    ]
    if not told:
        return None
    found = told[-1]
    if any(
        found.end() < m.start < at and m.name in people and scene.mask[m.start] != FILL
        for m in scene.cast.mentions
    ):
        return None
    return Source(found["who"], None, *found.span("who"), "anonymous")


def the_other(scene: Scene, phrase: str, at: int) -> Source | None:
    """The one of two people heard who did not speak last ("the older man")."""
    if not _THE_OTHER.fullmatch(phrase):
        return None
    people = set(scene.cast.full.values())
    heard = [name for _, name in scene.before(at) if name in people]
    other = next((name for name in reversed(heard) if name != heard[-1]), None)
    if other is None:
        return None
    return Source(other, scene.cast.roles.get(other), at, at + len(phrase), "person")


def several_before(scene: Scene, at: int) -> tuple[int, int] | None:
    """Where the sentence before names people in the plural as its subject, for "they" ("The inspectors were blunt")."""
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    earlier = [s for s in sentences(scene.text, scene.mask, floor, at) if s[1] <= at]
    if earlier and scene.mask[slice(*earlier[-1])].rstrip()[-1:] not in ".!?":
        earlier = earlier[:-1]
    found = _THE_SEVERAL.match(scene.mask, *earlier[-1]) if earlier else None
    if found is None or not _PEOPLE.search(found["last"]):
        return None
    return found.span("who")
