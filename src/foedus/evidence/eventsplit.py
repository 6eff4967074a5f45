"""Sentences that tell several acts side by side, cut where another state begins a clause of its own: "Denmark sent jets, and France a frigate"."""

from __future__ import annotations

import re
from collections.abc import Sequence

Place = tuple[int, int, str]
_LINK = re.compile(
    r"(?P<link>; (?:and |but |while )?|, (?:and |but |while |whereas |though )?|(?<=[\w%)]) (?:and|while|whereas|as|but) )(?:the )?$"
)
"""What stands before the subject of a clause that is set beside another."""
_REACH = 12
_VERB = re.compile(
    r"(?:[’']s(?: \w+){1,3})?(?: (?:government|president|prime minister|parliament|cabinet|army|navy))?(?: (?:on [A-Z][a-z]+\.? \d+|also|already|then|now|this month|this week|last week|last month))?"
    r" (?:has|have|had|will|is|are|was|were|could|would|may|might|does|did|sent|gave|plans?|said|told|took|cut|put|led|held|made|built|drew|began|went|came|left|met|paid|got|won|lost|set|let|threatens|renews|sends|says|withdraws|pulls|vows|warns|offers|(?!need|speed|hundred|united|armed|allied)[a-z]{3,}(?<!e)ed)\b"
)
"""How a clause goes on after its subject."""
_SAYS = re.compile(
    r"(?:[’']s(?: \w+){1,3})? (?:has |had )?(?:said|told|added|says|announced|confirmed|reported|warned)\b"
)
_BOUND = re.compile(
    r"\W*(?:(?:Only|Even|But|And|Yet) )?(?:If|Unless|Should|When|After|While|Although|Though|Since|As|Until|Once|Because|Before|Asked|Despite)\b"
)
"""How a clause begins that bears on the one after it."""
_COND = re.compile(r"\b(?:if|unless|until|whether|once|or)\b")
_BARE = frozenset((",", ";"))


def clauses_of(text: str, mask: str, start: int, stop: int, places: Sequence[Place]) -> list[tuple[int, int]]:
    """Spans of the clauses that are set side by side in a sentence; the whole sentence where there are none.

    Args:
        text: the story.
        mask: the same with quotations blanked.
        start: where the sentence begins.
        stop: where it ends.
        places: states and their people named in it.
    """
    cuts = [start]
    acting = False
    for a, b, _ in places:
        link = _LINK.search(mask, max(cuts[-1], a - _REACH), a) if acting else None
        goes_on = bool(_VERB.match(mask, b, min(b + 60, stop)))
        if link and goes_on and not _is_bound(text, mask, cuts[-1], a, b, link["link"].strip()):
            cuts.append(link.end("link"))
        acting = goes_on or acting
    return list(zip(cuts, [*cuts[1:], stop], strict=True))


def _is_bound(text: str, mask: str, opening: int, a: int, b: int, link: str) -> bool:
    """Whether a clause leans on the one before it, or only says who is speaking."""
    if _COND.search(mask, opening, a):
        return True
    return link in _BARE and bool(_BOUND.match(text, opening) or _SAYS.match(mask, b))
