"""The time that a stated figure speaks of."""

from __future__ import annotations

import re

from foedus.evidence.claim_context import NO_YEAR, When
from foedus.evidence.records import Quantity

_BASE = re.compile(
    r"\b(?:since|from|than in|than it (?:was|did) in|compared (?:to|with)|(?:up|down) on|as in|agreed in|set in|pledged in|against|before|after)\s+(?:the (?:summit|pledge|level|invasion|start|beginning|end)(?: of| in)?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)?\s*$",
    re.IGNORECASE,
)
"""What stands before the year from which something is counted, which is not the year of the figure."""
_WITHIN = re.compile(r"\b(?:in|during|for|throughout|of)\s+$", re.IGNORECASE)
_LAST_YEAR = re.compile(r"\b(?P<last>last year|the previous year)\b|\b(?P<this>this year|so far this year)\b")


def dated_by(
    sentence: str,
    quantities: list[Quantity],
    offset: int,
    published: str | None,
    quantity: Quantity | None = None,
) -> When:
    """Year and day that a figure speaks of: the date of its sentence that is nearest and no base of comparison."""
    story = int(published[:4]) if published else NO_YEAR
    at = quantity.end if quantity is not None else offset
    dates = [
        q
        for q in quantities
        if q.kind == "date"
        and q.normalised
        and q.normalised[:4].isdigit()
        and not _BASE.search(sentence[max(0, q.start - offset - 50) : q.start - offset])
    ]
    if dates:
        near = min(dates, key=lambda q: abs(q.start - at))
        iso = near.normalised or ""
        before = sentence[max(0, near.start - offset - 20) : near.start - offset]
        within = len(iso) == 4 and _WITHIN.search(before) is not None
        return When(int(iso[:4]), iso if len(iso) == 10 else f"{iso[:4]}-12-31", True, within, story)
    if published:
        named = _LAST_YEAR.search(sentence)
        if named is not None and named["last"]:
            return When(story - 1, f"{story - 1}-12-31", True, True, story)
        return When(story, published, False, named is not None, story)
    return When(NO_YEAR, "9999-12-31")
