"""Event classes of PLOVER for a sentence: words of a lexicon, weighed by a small linear model.

The model's inputs are the words of ``data/event_words.csv`` that the sentence holds, which of them is its first verb, what
turns that verb (will, may, not, refuse, urge), and the words of the sentence, which count for less outside the main clause. Its weights are a table,
``data/event_weights.csv``, made by ``benchmarks/evidence_events.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from foedus.evidence import tables
from foedus.evidence.eventwords import WORD, Hit, meanings, phrases, verbs

CLASSES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
"""Fifteen root classes; retreats and concessions are YIELD, statements of disapproval and inquiries ACCUSE."""
_STOP = frozenset(
    "the a an of and in on at by for from with as its his her their it he she they was were is are be been has have had who which this that these those said says say also".split()
)
_TAIL = re.compile(
    r"(?:,| as|, according to)\s+(?:[^,]{2,90}?\s+(?:said|says|reported|announced|told [^,]{2,40}|stated|confirmed|added|disclosed|quoted [^,]{2,40} as saying)|according to [^,]{2,80})\b[^,]{0,60}\.?\s*$"
)
_SUBORDINATE = re.compile(
    r",? (?:who|which|whose|where|after|while|when|since|because|as|following|amid|despite|in protest)\b"
)
_FIRST_CUT = 25
"""A main clause has at least so many characters."""
_OPERATORS = {
    "refus": "REFUSE", "declin": "REFUSE", "reject": "REFUSE", "threaten": "THREATEN", "warn": "THREATEN", "vow": "VOW", "swor": "VOW",
    "urg": "ASK", "ask": "ASK", "demand": "ASK", "appeal": "ASK", "call": "CALL", "agree": "AGREE", "promis": "AGREE", "pledg": "AGREE",
    "offer": "AGREE", "ready": "AGREE", "willing": "AGREE", "prepared": "AGREE", "plan": "AGREE", "intend": "AGREE", "accus": "BLAME",
    "condemn": "BLAME", "denounc": "BLAME", "blam": "BLAME", "criticiz": "BLAME",
}  # fmt: skip
"""Stems that turn the meaning of the verb after them."""
_AUXILIARIES = {
    "will": "WILL", "shall": "WILL", "would": "WILL", "not": "NOT", "never": "NOT", "cannot": "NOT", "may": "MAY", "might": "MAY",
    "could": "MAY", "if": "IF", "unless": "IF", "must": "MUST", "should": "MUST",
}  # fmt: skip
_MOST_OPERATORS = 3
_KIND = dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "friendly word")
_KIND |= dict.fromkeys(("AID", "COOPERATE", "YIELD"), "friendly deed")
_KIND |= dict.fromkeys(("ACCUSE", "REJECT", "REQUEST", "THREATEN"), "hostile word")
"""Kinds of classes; the rest are hostile deeds."""


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


@lru_cache(maxsize=1)
def _gates() -> dict[str, tuple[EventCue, ...]]:
    """Stems, each with the cues of the alliance's own actions that it may open."""
    found: dict[str, list[EventCue]] = {}
    for cue in cues():
        for stem_ in cue.gate if cue.action else ():
            found.setdefault(stem_, []).append(cue)
    return {stem_: tuple(opened) for stem_, opened in found.items()}


@lru_cache(maxsize=1)
def _gate_sizes() -> tuple[int, ...]:
    return tuple(sorted({len(stem_) for stem_ in _gates()}))


@lru_cache(maxsize=30_000)
def _opened_by(word: str) -> dict[int, EventCue]:
    """Cues of the alliance's own actions that a word may open, by their number."""
    gates = _gates()
    parts = (word, word.removeprefix("un"), *word.split("-")[1:])
    return {
        cue.number: cue
        for part in parts
        for size in _gate_sizes()
        if size <= len(part)
        for cue in gates.get(part[:size], ())
    }


@lru_cache(maxsize=1)
def _open_phrases() -> tuple[tuple[str, dict[int, EventCue]], ...]:
    """Gates of more than one word, with the cues that they open."""
    return tuple(
        (stem_, {cue.number: cue for cue in opened}) for stem_, opened in _gates().items() if " " in stem_
    )


def own_hits(lowered: str, words: Sequence[str]) -> list[tuple[EventCue, int, int]]:
    """First place of each cue of the alliance's own actions in a lower-case sentence of these words."""
    opened: dict[int, EventCue] = {}
    for found_by in filter(None, map(_opened_by, words)):
        opened.update(found_by)
    for phrase, cues_ in _open_phrases():
        if phrase in lowered:
            opened.update(cues_)
    found: list[tuple[EventCue, int, int]] = []
    for _, cue in sorted(opened.items()):
        match = cue.pattern.search(lowered)
        if match:
            found.append((cue, match.start(), match.end()))
    return found


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


@dataclass(slots=True)
class Parts:
    """A sentence taken apart for the model."""

    words: list[str]
    spans: list[tuple[int, int]]
    main: int
    """Words that belong to the main clause."""
    verbs: list[Hit]


def take_apart(sentence: str) -> Parts:
    """Words of a sentence without its closing attribution, and the verbs of the lexicon among them."""
    lowered = lower(main_clause(sentence)).replace("’", "'")
    found = list(WORD.finditer(lowered))
    words, spans = [m.group() for m in found], [m.span() for m in found]
    cut = _SUBORDINATE.search(lowered, _FIRST_CUT)
    main = sum(1 for a, _ in spans if cut is None or a < cut.start())
    return Parts(words, spans, main, verbs(words, spans))


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[str, ...]:
    """Inputs of a word."""
    found = [f"lex:{label}" for label in meanings(word, "verb")]
    found += [f"nx:{label}" for label in meanings(word, "noun")]
    return tuple(found if word in _STOP else [*found, f"w:{stem(word)}"])


def features(sentence: str, parts: Parts | None = None) -> dict[str, float]:
    """Inputs of the linear model for one sentence, unscaled. `parts` may be given where they are known."""
    parts = parts or take_apart(sentence)
    found: dict[str, float] = {}
    for kind, label in phrases(parts.words):
        found[f"lex:{label}"] = 1.0
        if kind == "verb":
            found[f"pv:{label}"] = 1.0
    for word in parts.words[: parts.main]:
        found.update(dict.fromkeys(_of_word(word), 1.0))
    aside = settings()["aside"]
    for word in parts.words[parts.main :]:
        for name in _of_word(word):
            found.setdefault(name, aside)
    for rank, hit in enumerate(parts.verbs[:2]):
        found[f"v{rank}:{stem(parts.words[hit.index])}"] = 1.0
        if rank == 0:
            found.update((f"vc0:{label}", 1.0 / math.sqrt(len(hit.classes))) for label in hit.classes)
            found.update(_kinds("q0", hit.classes))
    for at, name in _operators(parts.words)[:_MOST_OPERATORS]:
        found[f"op:{name}"] = 1.0
        after = next((hit for hit in parts.verbs if hit.index > at), None)
        if after:
            found.update((f"opc:{name}:{label}", 1.0 / len(after.classes)) for label in after.classes)
            found.update(_kinds(f"oq:{name}", after.classes))
    return found


@lru_cache(maxsize=5_000)
def _kinds(what: str, classes: tuple[str, ...]) -> dict[str, float]:
    """Inputs that tell only whether classes are friendly or hostile, and words or deeds."""
    kinds = dict.fromkeys(_KIND.get(label, "hostile deed") for label in classes)
    return {f"{what}:{kind}": 1.0 / len(kinds) for kind in kinds}


def _operators(words: list[str]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for i, word in enumerate(words):
        name = _operator(word)
        if name == "WILL" and words[i + 1 : i + 2] == ["not"]:
            name = "NOT"
        if name:
            found.append((i, name))
    return found


@lru_cache(maxsize=20_000)
def _operator(word: str) -> str | None:
    if word in _AUXILIARIES:
        return _AUXILIARIES[word]
    if word.endswith("n't"):
        return "NOT"
    return next((name for start, name in _OPERATORS.items() if word.startswith(start)), None)


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
def settings() -> dict[str, float]:
    """Scale of each kind of input, and the ridge penalty."""
    return {row["setting"]: float(row["value"]) for row in tables.rows("event_settings.csv")}


@lru_cache(maxsize=60_000)
def _scale(name: str) -> float:
    """Scale of an input by its kind."""
    return settings()[name[: name.index(":")]]


def scaled(found: dict[str, float]) -> dict[str, float]:
    """Inputs scaled by kind and divided by their length, so that long sentences do not weigh more."""
    values = {name: value * _scale(name) for name, value in found.items()}
    length = math.sqrt(sum([value * value for value in values.values()]))
    return {name: value / length for name, value in values.items()} if length else {}


@lru_cache(maxsize=1)
def weights() -> dict[str, tuple[float, ...]]:
    """Weights by feature, in the order of `CLASSES`."""
    return {
        row["feature"]: tuple(float(row[name] or 0.0) for name in CLASSES)
        for row in tables.rows("event_weights.csv")
    }


@dataclass(frozen=True)
class Model:
    """The linear model, ready to be applied."""

    place: dict[str, int]
    """Row of each input."""
    table: NDArray[np.float64]
    """Weights, inputs by classes."""
    bias: NDArray[np.float64]


def model_of(table: Mapping[str, Sequence[float]]) -> Model:
    """Put weights by feature into one array."""
    names = [name for name in table if name != "bias"]
    return Model(
        {name: i for i, name in enumerate(names)},
        np.array([table[name] for name in names], dtype=np.float64).reshape(len(names), len(CLASSES)),
        np.array(table["bias"], dtype=np.float64),
    )


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model of ``event_weights.csv``."""
    return model_of(weights())


def scores(sentence: str, parts: Parts | None = None, model: Model | None = None) -> dict[str, float]:
    """Score of each class for a sentence; the highest is the class."""
    model = model or shipped()
    rows: list[int] = []
    values: list[float] = []
    for name, value in scaled(features(sentence, parts)).items():
        row = model.place.get(name)
        if row is not None:
            rows.append(row)
            values.append(value)
    total = model.bias + np.array(values) @ model.table[rows] if rows else model.bias
    return dict(zip(CLASSES, total.tolist(), strict=True))


def classify(sentence: str) -> str:
    """Most likely event class of a sentence.

    Example:
        >>> classify("The two presidents met in Geneva on Monday.")
        'CONSULT'
    """
    found = scores(sentence)
    return max(CLASSES, key=lambda label: (found[label], label))
