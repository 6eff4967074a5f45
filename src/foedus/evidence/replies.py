"""Who answers: by whom the sentence before the answer says was asked, or asked."""

from __future__ import annotations

import re
from bisect import bisect_left

from foedus.evidence.cues import Found
from foedus.evidence.lexicon import PRONOUNS
from foedus.evidence.people import surname
from foedus.evidence.quotes import Quoted
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import pronoun_source, source_from
from foedus.evidence.subjects import main_subject, subject_after

_ANSWERS = frozenset(("answer", "reply", "respond", "retort", "counter"))
_PRONOUN_NEXT = re.compile(
    r"[\s,]*(?P<who>he|she) (?:[a-z]+ly )?(?:answer|repl|respond|retort|counter|said|says)"
)
_REPORTER = re.compile(
    r"\b(?:(?:[Rr]eport|[Pp]resent|[Ii]nterview|[Bb]roadcast)er|[Hh]ost|[Jj]ournalist|[Mm]oderator|[Aa]nchor|[Cc]orrespondent|[Cc]olumnist)\b"
)
"""Whose questions others answer."""
_ASKS = re.compile(
    r"(?<! was)(?<! were)(?<! been)(?<! is)(?<! are) (?:then |also )?(?:wanted to know|wants to know|asked|asks|inquired|enquired|demanded|demands|wondered|wonders|queried|pressed (?:him|her)|challenged (?:him|her)|wished to know|would like to know|put it to (?:him|her))\b"
)
_CAME = re.compile(
    r"[\s,—–]*(?:came|comes|was|is|ran|runs|went|goes) (?P<whose>the|his|her|their|its) (?:[a-z-]+ ){0,2}?(?:reply|answer|response|retort|comeback)\b(?! (?:of|from|by|given|offered)\b)"
)
_OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}
_WAS_ASKED = re.compile(
    rf"(?:(?:When|As|Once) )?(?P<who>[^.;:{FILL}]{{2,90}}?) (?:was|were|is|are|had been|has been) (?:then |also |all |later )?(?:asked|pressed|questioned)\b"
)
_ASKED_OF = re.compile(
    rf"\b(?:asked|asks|pressed|put (?:it|this|that|the \w+) to) (?P<who>(?!if|whether|about|what|how|why|by|for|him\b|her\b|them\b)[^.,;:?{FILL}]{{2,60}}?)(?= (?:if|whether|what|about|how|why|for|when|who|where|which)\b|[.,?])"
)
_PLURAL_OR_NOT = frozenset(("they", "he", "she", "it"))


def came_reply(scene: Scene, quote: Quoted, cut: list[tuple[int, int]]) -> Found | None:
    """Whoever was asked in the sentence before: "..." came the reply."""
    found = _CAME.match(scene.mask, quote.outer_end, quote.outer_end + 80)
    if found is None:
        return None
    if found["whose"] != "the":
        source = pronoun_source(scene, _OWNERS[found["whose"]], found.start("whose"))
        return Found(source, None, "after") if source is not None else None
    earlier = [s for s in cut if s[1] <= quote.outer_start]
    for number in range(len(earlier) - 1, -1, -1):
        asked = _asked_one(scene, earlier[: number + 1])
        if asked is not None:
            return Found(asked, None, "after")
    return None


def _asked_one(scene: Scene, cut: list[tuple[int, int]]) -> Source | None:
    start, end = cut[-1]
    asked = _WAS_ASKED.match(scene.mask, start, end)
    if asked is None:
        of = _ASKED_OF.search(scene.mask, start, end)
        return subject_after(scene, of.start("who"), end) if of is not None else None
    if asked["who"].lower() in _PLURAL_OR_NOT and len(cut) > 1:
        return main_subject(scene, *cut[-2])
    return main_subject(scene, start, end) or source_from(scene, *asked.span("who"))


def not_the_asker(scene: Scene, quote: Quoted, found: Found, cut: list[list[tuple[int, int]]]) -> Found:
    """The other person of the paragraph, or of the one above, where somebody's question stands before "he answered"."""
    earlier = [s for s in cut[quote.block] if s[1] <= quote.outer_start]
    if not earlier and quote.block > 0:
        earlier = cut[quote.block - 1]
    said = _PRONOUN_NEXT.match(scene.mask, quote.outer_end, quote.outer_end + 30)
    if said is None or found.cue is None or not earlier:
        return found
    asks = _ASKS.search(scene.mask, *earlier[-1])
    asker = main_subject(scene, earlier[-1][0], asks.end()) if asks is not None else None
    if asker is None or asker.name != found.source.name:
        return found
    if found.cue not in _ANSWERS and not _REPORTER.search(scene.mask, earlier[-1][0], asker.end):
        return found
    want, people = PRONOUNS[said["who"]], set(scene.cast.full.values())
    stop = bisect_left(scene.cast.mentions, earlier[-1][0], key=lambda m: m.start)
    for mention in reversed(scene.cast.mentions[:stop]):
        if mention.start < scene.floor or earlier[-1][0] - mention.start > 800:
            break
        fits = scene.cast.gender.get(surname(mention.name), want) == want
        if mention.name in people and mention.name != asker.name and fits:
            role = scene.cast.roles.get(mention.name)
            source = Source(mention.name, role, mention.start, mention.end, "person")
            return Found(source, found.cue, found.how)
    return found
