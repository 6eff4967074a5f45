"""The public records on which the event classes are measured, in the reader's own classes, and their near-duplicates.

PLOVER gold-standard records carry classes of the 2016 draft. The PETRARCH validation records carry codes of WEIS, not of
CAMEO: the dictionary they were made with says so in its head, having grown out of a KEDS dictionary. ``weis_to_plover.csv``
restates the categories of WEIS (McClelland) with the class that PLOVER gives the same act; the longest code that fits
counts. Comments and denials have no class, nor have codes outside WEIS, which test the software.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.evidence import tables

MERGED = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "RETREAT": "YIELD",
    "CONCEDE": "YIELD",
}
"""Classes of the draft that later PLOVER folds into others."""
ALIKE = 0.4
"""Two sentences that share this part of their words and word pairs go into one fold."""
_WORD = re.compile(r"[a-z0-9']+")
_FUTURE = re.compile(r"\b(?:will be|will|would|shall|(?:is|are) about to|(?:is|are) to) ")
_SIGNED = re.compile(r"\bsign(?:s|ed|ing)?\b")
_CAMEO_ROOTS = {
    "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "YIELD", "09": "ACCUSE",
    "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION",
    "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A sentence, where it comes from, and the classes that count as right."""

    source: str
    text: str
    classes: frozenset[str]


def weis_class(code: str) -> str | None:
    """Class of a three-digit WEIS code; None where it has none.

    Example:
        >>> weis_class("122"), weis_class("066"), weis_class("023"), weis_class("904")
        ('ACCUSE', 'YIELD', None, None)
    """
    table = {row["code"]: row["plover"] for row in tables.rows("weis_to_plover.csv")}
    if len(code) != 3 or not code.isdigit():
        return None
    return table.get(code) or table.get(code[:2])


def cameo_class(code: str) -> str | None:
    """Class of a code read as CAMEO by its first two digits: the literal reading of the records' field name."""
    return _CAMEO_ROOTS.get(code[:2])


def tenseless(text: str) -> str:
    """Sentence without what puts its act into the future: the PETRARCH dictionary codes a verb alike in every tense.

    Example:
        >>> tenseless("Arnor will not sell the ships it is about to build.")
        'Arnor not sell the ships it build.'
    """
    return _FUTURE.sub("", text)


def in_weis(label: str, text: str) -> str:
    """Class in the terms of WEIS, where a signed agreement is "agree" (08); for PLOVER it is SUPPORT (CAMEO 057)."""
    return "AGREE" if label == "SUPPORT" and _SIGNED.search(text) else label


def public_records(folder: Path, literal: bool = False) -> list[Example]:
    """Records of both sets that have a class. `literal` reads the PETRARCH codes as CAMEO.

    A sentence that a set codes more than once accepts each of its classes.

    Args:
        folder: the news reference, holding ``plover_gsr`` and ``petrarch2_validation``.
        literal: take the field name ``cameo`` at its word.
    """
    found: list[Example] = []
    for row in _lines(folder / "plover_gsr" / "plover_gsr_public.jsonl"):
        found.append(Example("PLOVER", row["text"], frozenset((MERGED.get(row["event"], row["event"]),))))
    read = cameo_class if literal else weis_class
    for row in _lines(folder / "petrarch2_validation" / "records_public.jsonl"):
        codes = (read(event["cameo"]) for event in row["events"] if event.get("cameo"))
        classes = frozenset(code for code in codes if code)
        if classes:
            found.append(Example("PETRARCH", row["text"], classes))
    same: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for example in found:
        same[example.source, example.text.strip()] |= example.classes
    return [Example(e.source, e.text, frozenset(same[e.source, e.text.strip()])) for e in found]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def own_examples() -> list[Example]:
    """Sentences written for training: none is taken from a public record."""
    return [
        Example("own", row["sentence"], frozenset((row["plover"],)))
        for row in tables.rows("event_examples.csv")
    ]


def shingles(text: str) -> frozenset[object]:
    """Words and word pairs of a sentence."""
    words = _WORD.findall(text.lower())
    return frozenset(words) | frozenset(itertools.pairwise(words))


def likeness(a: frozenset[object], b: frozenset[object]) -> float:
    """Shared part of two sets of shingles, 0 to 1."""
    return len(a & b) / max(len(a | b), 1)


def families(examples: list[Example]) -> list[int]:
    """A family number for each example; near-duplicates, and what they are near-duplicates of, share one."""
    sets = [shingles(example.text) for example in examples]
    parent = list(range(len(sets)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, a in enumerate(sets):
        for j in range(i):
            if likeness(a, sets[j]) >= ALIKE:
                parent[root(i)] = root(j)
    return [root(i) for i in range(len(sets))]


def folds(examples: list[Example], count: int, seed: int) -> list[int]:
    """A fold for each example: families stay whole, the largest are dealt first, folds stay near one size."""
    family = families(examples)
    sizes = Counter(family)
    order = sorted(sizes)
    random.Random(seed).shuffle(order)  # noqa: S311
    filled = [0] * count
    where: dict[int, int] = {}
    for member in sorted(order, key=lambda f: -sizes[f]):
        where[member] = min(range(count), key=lambda k: filled[k])
        filled[where[member]] += sizes[member]
    return [where[f] for f in family]
