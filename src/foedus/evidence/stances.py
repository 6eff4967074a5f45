"""Speakers' positions on the propositions that matter to the guarantee."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.eventclass import lower, lower_pattern
from foedus.evidence.records import Quotation, Stance, Statement

_LABELS = {
    ("patron_will_leave", "affirmed"): "real", ("patron_will_leave", "denied"): "bluff", ("patron_will_leave", "conditional"): "conditional",
    ("patron_would_defend", "affirmed"): "bluff", ("patron_would_defend", "denied"): "real", ("patron_would_defend", "conditional"): "conditional",
    ("threat_is_bluff", "affirmed"): "bluff", ("threat_is_bluff", "denied"): "real",
}  # fmt: skip
_IF = re.compile(
    r"\b(?:if|unless|only|as long as|depends?|depending|provided|until they|in exchange)\b", re.IGNORECASE
)
_SURE = re.compile(
    r"\b(?:no doubt|certain(?:ly)?|never|always|absolutely|definitely|will|100 percent|clearly|obviously|without question)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:may|might|could|perhaps|maybe|possibly|think|fear|worry|suggest|seems?|likely|probably)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class StanceCue:
    """One row of ``data/stances.csv``."""

    proposition: str
    stance: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def cues() -> tuple[StanceCue, ...]:
    """Wordings that take a position."""
    return tuple(
        StanceCue(r["proposition"], r["stance"], re.compile(lower_pattern(r["pattern"])))
        for r in tables.rows("stances.csv")
    )


def read_stances(quotations: list[Quotation], statements: list[Statement]) -> list[Stance]:
    """Stances of the speakers of quotations and statements, one for each passage and proposition."""
    found: list[Stance] = []
    spoken: list[Quotation | Statement] = [*quotations, *statements]
    for item in spoken:
        if item.speaker is None:
            continue
        seen: set[str] = set()
        lowered = lower(item.text[:2000])
        for cue in cues():
            if cue.proposition in seen or not cue.pattern.search(lowered):
                continue
            seen.add(cue.proposition)
            conditional = cue.stance == "conditional" or bool(_IF.search(item.text[:2000]))
            found.append(
                Stance(
                    item.speaker,
                    cue.proposition,
                    cue.stance,
                    item.start,
                    item.end,
                    item.text,
                    strength(item.text),
                    conditional,
                    item.story,
                    _LABELS.get((cue.proposition, cue.stance), "none"),
                )
            )
    return sorted(found, key=lambda s: (s.start, s.proposition))


def strength(text: str) -> float:
    """How firmly a passage is put: 1 plain or firm, 0.5 hedged."""
    return 0.5 if _UNSURE.search(text) and not _SURE.search(text) else 1.0
