"""Whether an act is done, announced, pledged, threatened, denied, conditional or only thought of, and when."""

from __future__ import annotations

import datetime
import re

from foedus.evidence.blocks import DAYS
from foedus.evidence.dates import first_date, weekday_date
from foedus.evidence.records import Modality

_MODAL: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    ("denied", re.compile(r"\b(?:den(?:y|ies|ied)|no plans? to|did not|does not|do not|has not|have not|had not|never|no intention of|ruled? out|refus\w+ to|declin\w+ to|will not|would not|won['’]t|wouldn['’]t|cannot|not going to|no longer)\b", re.IGNORECASE)),
    ("conditional", re.compile(r"\b(?:if|unless|only when|provided that|in case|should (?:they|it|he|she|the|Russia|an ally) \w+|depend(?:s|ing)? on|on condition that|as long as)\b|^\W*Should\s+\w+", re.IGNORECASE)),
    ("threatened", re.compile(r"\b(?:threat\w*|warn\w*|ultimat\w+)\b", re.IGNORECASE)),
    ("pledged", re.compile(r"\b(?:vow\w*|promis\w+|pledg\w+) (?:that )?(?:\w+ ){1,3}would\s*(?:\w+ )?$", re.IGNORECASE)),
    ("announced", re.compile(r"\b(?:said|says|announced|announces|confirmed|told \w+|added|declared)\W+(?:that\s+)?(?:it|they|he|she|we|(?:[A-Z]\w+|the \w+)) would\s+(?:\w+ )?$")),
    ("hypothetical", re.compile(r"\b(?:could|might|may|would|consider\w*|weigh(?:s|ed|ing)?|mull\w*|possib\w+|fear(?:s|ed)?|speculat\w+|discuss(?:es|ed|ing)?|option|scenario|what if|propos(?:al|ed|es)|suggest\w*|want(?:s|ed)?|hope[sd]?|prospect|ask(?:s|ed|ing)?|urg(?:e[sd]?|ing)|call(?:s|ed|ing)? on|demand(?:s|ed|ing)?)\b", re.IGNORECASE)),
    ("pledged", re.compile(r"\b(?:pledg\w+|promis\w+|vow\w*|commit(?:s|ted)? (?:\w+sel(?:f|ves) )?to|agreed to|offer(?:s|ed)? to|ready to|prepared to)\b", re.IGNORECASE)),
    ("announced", re.compile(r"\b(?:will|shall|to be|plans? to|planned to|going to|announc\w+|intends? to|decided to|is to|are to|order(?:s|ed)?|set to|due to|by (?:the end|20\d\d|next))\b", re.IGNORECASE)),
)  # fmt: skip
_NEAR_ONLY = frozenset(("denied", "hypothetical", "announced", "pledged"))
_REACH = 70
_REACH_AFTER = 60
_FIXED: dict[str, Modality] = {
    "threaten_withdrawal": "threatened",
    "ultimatum": "conditional",
    "threaten_non_defence": "threatened",
}
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied)|no plans?|never|did not|ruled? out)\b", re.IGNORECASE)
_UNSURE = re.compile(r"\b(?:could|might|may|whether|if|doubt\w*)\b", re.IGNORECASE)
_AHEAD = frozenset(("announced", "pledged", "threatened", "hypothetical", "conditional"))


def modality(before: str, trigger: str, after: str, action: str) -> Modality:
    """How an act stands, from the words around its trigger.

    Vouching for a commitment is the act itself, however it is put: it is done unless denied or in doubt.
    """
    if action in _FIXED and not _DENIAL.search(before):
        return _FIXED[action]
    near = re.split(r"[:;]\s", before[-_REACH:])[-1]
    for name, pattern in _MODAL:
        scope = (
            before + " " + after[:_REACH_AFTER]
            if name == "conditional"
            else near
            if name in _NEAR_ONLY
            else near + trigger
        )
        if pattern.search(scope):
            return _vouched(name, near) if action == "affirm_commitment" else name
    return "pledged" if action == "pledge_aid" else "done"


def _vouched(name: Modality, near: str) -> Modality:
    return name if name in ("denied", "conditional") or _UNSURE.search(near) else "done"


def event_date(sentence: str, published: str | None, mood: Modality) -> str | None:
    """Date that a sentence gives an act; a weekday is the last one, or the next one for what is yet to come."""
    date = first_date(sentence)
    if date is not None:
        return date
    day = re.search(rf"\b(?:{DAYS})\b", sentence)
    if day and published:
        past = weekday_date(day.group(), published)
        if (
            past
            and mood in _AHEAD
            and re.search(r"\bwill\b|\bwould\b|\bnext\b|\bto be\b", sentence)
            and past < published[:10]
        ):
            return (datetime.date.fromisoformat(past) + datetime.timedelta(days=7)).isoformat()
        return past
    if published and re.search(r"\b(?:today|tonight)\b", sentence):
        return published
    return None
