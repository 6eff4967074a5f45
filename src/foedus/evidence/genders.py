"""He or she, for people whose given names do not tell: by the pronoun with which the next sentence goes on."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from foedus.evidence.people import Cast, surname
from foedus.evidence.sentences import FILL

_HEAD_WORDS = 4
"""Words before a name that is still at the head of its sentence."""
_GOES_ON = re.compile(
    rf"(?:(?:But|And|Then|Yet|Later|Once|Twice|Today|Now),? )?(?:(?P<head>He|She|His|Her)\b|{FILL}+[\s,]*(?P<said>he|she)\b)"
)
_NOT_AT_HEAD = re.compile(
    r"\b(?:[Tt]o|[Oo]f|[Ww]ith|[Ff]or|[Bb]y|[Ff]rom|[Aa]bout|[Aa]gainst|than|[Hh]e|[Ss]he|[Hh]is|[Hh]er|their|its|and|or)\b|[’']s?\b"
)
_GENDER = {"he": "m", "his": "m", "she": "f", "her": "f"}


def learn_genders(cast: Cast, mask: str, by_paragraph: list[list[tuple[int, int]]]) -> None:
    """Note for everybody of unknown gender which of the two pronouns follows the sentences about them alone."""
    people = {name for name in cast.full.values() if surname(name) not in cast.gender}
    if not people:
        return
    votes: dict[str, set[str]] = {}
    for cut in by_paragraph:
        for sentence, following in pairwise(cut):
            pronoun = _GOES_ON.match(mask, *following)
            name = _only_one(cast, mask, *sentence) if pronoun is not None else None
            if pronoun is not None and name in people:
                word = (pronoun["head"] or pronoun["said"]).lower()
                votes.setdefault(name, set()).add(_GENDER[word])
    for name, told in votes.items():
        if len(told) == 1:
            cast.gender.setdefault(surname(name), *told)


def _only_one(cast: Cast, mask: str, start: int, end: int) -> str | None:
    """The only person whom a sentence names, at its head or right behind the words that it quotes."""
    first = bisect_left(cast.mentions, start, key=lambda m: m.start)
    stop = bisect_left(cast.mentions, end, key=lambda m: m.start)
    named = [m for m in cast.mentions[first:stop] if mask[m.start] != FILL]
    if len({m.name for m in named}) != 1:
        return None
    before = mask[start : named[0].start].replace(FILL, "")
    if len(before.split()) > _HEAD_WORDS or _NOT_AT_HEAD.search(before):
        return None
    return named[0].name
