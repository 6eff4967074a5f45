"""Event classes of PLOVER for a sentence: cues of the lexicon, weighed by a small linear model.

The model's inputs are which cue of ``data/event_cues.csv`` matches, which matches first, and the words and word pairs of
the sentence. Its weights are a table, ``data/event_weights.csv``, made by ``benchmarks/evidence_events.py``.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from foedus.evidence import tables

CLASSES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
"""Fifteen root classes; retreats and concessions are YIELD, statements of disapproval and inquiries ACCUSE."""
_WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")
_STOP = frozenset(
    "the a an of and in on at by for from with as its his her their it he she they was were is are be been has have had who which".split()
)
_TAIL = re.compile(
    r"(?:,| as|, according to)\s+(?:[^,]{2,90}?\s+(?:said|says|reported|announced|told [^,]{2,40}|stated|confirmed|added|disclosed|quoted [^,]{2,40} as saying)|according to [^,]{2,80})\b[^,]{0,60}\.?\s*$"
)
_MOODS = (
    (
        "will",
        re.compile(
            r"\b(?:will|shall|would|going to|plans? to|planned to|about to|due to|expected to|to be|ready to|prepared to|willing to|intends? to|agreed to|promised to|pledged to|vowed to|sworn to|decided to)\b(?! not)"
        ),
    ),
    ("not", re.compile(r"\b(?:not|never|no longer|n['’]t|cannot|refus\w+|out of the question)\b")),
    ("may", re.compile(r"\b(?:may|might|could|if|unless|consider\w*)\b")),
    ("must", re.compile(r"\b(?:must|should|ought to|need to|needs to|have to|has to)\b")),
    ("said", re.compile(r"^(?:\S+\s+){0,14}(?:said|says)\b")),
)
_FINAL = {"RETREAT": "YIELD"}


@dataclass(frozen=True)
class EventCue:
    """One row of the lexicon."""

    number: int
    action: str
    plover: str | None
    cameo: str
    priority: int
    pattern: re.Pattern[str]
    gate: tuple[str, ...] = ()
    """Stems of which a sentence must hold one; testing them is cheaper than the pattern."""

    def search(self, lowered: str) -> re.Match[str] | None:
        """First match in a lower-case sentence."""
        if self.gate and not any(stem in lowered for stem in self.gate):
            return None
        return self.pattern.search(lowered)


@lru_cache(maxsize=1)
def cues() -> tuple[EventCue, ...]:
    """Lexicon of event cues."""
    return tuple(
        EventCue(
            n,
            row["action"],
            row["plover"] or None,
            row["cameo"],
            int(row["priority"]),
            re.compile(lower_pattern(row["pattern"])),
            tuple(row["gate"].split("|")) if row["gate"] else (),
        )
        for n, row in enumerate(tables.rows("event_cues.csv"))
    )


def lower(sentence: str) -> str:
    """Lower case without changing the length."""
    lowered = sentence.lower()
    return (
        lowered
        if len(lowered) == len(sentence)
        else "".join(ch.lower() if len(ch.lower()) == 1 else ch for ch in sentence)
    )


def lower_pattern(pattern: str) -> str:
    """Pattern for lower-case text: its letters lowered, its character classes kept."""
    return re.sub(
        r"\\.|[A-Z]", lambda m: m.group() if m.group().startswith("\\") else m.group().lower(), pattern
    )


def features(sentence: str) -> dict[str, float]:
    """Inputs of the linear model for one sentence."""
    found: dict[str, float] = {}
    sentence = main_clause(sentence)
    lowered = lower(sentence)
    firsts: list[tuple[int, str]] = []
    for cue in cues():
        match = cue.search(lowered)
        if match and cue.plover:
            name = _FINAL.get(cue.plover, cue.plover)
            found[f"cue:{name}"] = 1.0
            firsts.append((match.start(), name))
    firsts.sort()
    for rank, (_, name) in enumerate(firsts[:2]):
        found[f"rank{rank}:{name}"] = 1.0
    moods = [name for name, pattern in _MOODS if pattern.search(sentence)]
    for mood in moods:
        found[f"mood:{mood}"] = 1.0
        if firsts:
            found[f"mood:{mood}:{firsts[0][1]}"] = 1.0
    words = [stem(w) for w in _WORD.findall(sentence.lower().replace("’", "'")) if w not in _STOP]
    for word in words:
        found[f"w:{word}"] = 1.0
    for a, b in itertools.pairwise(words):
        found[f"b:{a} {b}"] = 1.0
    return found


def main_clause(sentence: str) -> str:
    """Sentence without the closing "..., an official said on Monday".

    Example:
        >>> main_clause("The council lifted the ban, a spokesman said on Monday.")
        'The council lifted the ban'
    """
    cut = _TAIL.search(sentence)
    return sentence[: cut.start()] if cut and cut.start() > 25 else sentence


def stem(word: str) -> str:
    """Cut the commonest endings so that forms of a verb meet."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """Weights by feature and class."""
    table: dict[str, dict[str, float]] = {}
    for row in tables.rows("event_weights.csv"):
        table[row["feature"]] = {name: float(row[name]) for name in CLASSES if row[name]}
    return table


def classify(sentence: str) -> str:
    """Most likely event class of a sentence."""
    scores = dict.fromkeys(CLASSES, 0.0)
    table = weights()
    for name, value in {"bias": 1.0, **features(sentence)}.items():
        for label, weight in table.get(name, {}).items():
            scores[label] += weight * value
    return max(CLASSES, key=lambda label: (scores[label], label))
