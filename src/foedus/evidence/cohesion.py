"""Which paragraphs belong together, and where they fall apart.

Two paragraphs of one story share words that are rare elsewhere, and introduce a person whom the other then calls by surname.
Each pair up to twelve paragraphs apart has a logit of standing in one story (`link_weights.csv`: a logistic regression on pairs
of annotated stories and of stories joined at random). A division of the file into stories is worth the sum of the logits of the
pairs that it leaves together. For each place between two paragraphs, `margins` gives how much more the best division with a
beginning there is worth than the best one without. How rare a word is says `stem_stories.csv`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from foedus.evidence import tables
from foedus.evidence.blocks import Block
from foedus.evidence.boundaries import BACKWARD, first_sentence, names, stems
from foedus.evidence.lexicon import ROLE_NOUN
from foedus.evidence.rejoin import HOUSEHOLD, people

REACH = 12
"""Paragraphs between which a link is looked for."""
READ = 1500
"""Characters of a paragraph that are looked at."""
RARE = 3.0
"""Weight of a word from which it is rare."""
NONE = -1e18
WINDOWS = (
    (1, 1), (2, 2), (3, 3), (5, 5), (8, 8), (3, 1), (6, 2), (2, 5), (8, 1), (4, 1), (1, 4),
)  # fmt: skip
"""Paragraphs before and after a place whose links across it are averaged."""
_PRONOUN = re.compile(r"\b(?:he|she|him|his|her)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Held:
    """What a paragraph holds that another may take up."""

    stems: frozenset[str]
    weights: dict[str, float]
    """How rare each stem is."""
    names: frozenset[str]
    full: frozenset[str]
    """Surnames of people named in full."""
    bare: frozenset[str]
    """Surnames that stand alone."""
    size: float
    words: int
    backward: bool
    quoted: bool
    pronoun: bool
    """Somebody is "he" or "she" in the first sentence before anybody has been named."""


@lru_cache(maxsize=1)
def rarity() -> tuple[dict[str, float], float]:
    """Weight of each stem that is in two stories or more, and of all others: the log of how few stories hold it."""
    rows = tables.rows("stem_stories.csv")
    count = max(int(row["stories"]) for row in rows) if rows else 1
    return {row["stem"]: math.log((count + 1) / int(row["stories"])) for row in rows}, math.log(count + 1)


@lru_cache(maxsize=1)
def link_weights() -> dict[str, float]:
    """Weight of each feature of a pair, in logits."""
    return {row["feature"]: float(row["weight"]) for row in tables.rows("link_weights.csv")}


def held(block: Block) -> Held:
    """Look a paragraph over."""
    text = block.text[:READ]
    known, unknown = rarity()
    found = stems(text)
    weights = {stem: known.get(stem, unknown) for stem in found}
    full, bare = people(text)
    return Held(
        stems=found,
        weights=weights,
        names=frozenset(name.lower()[:6] for name in names(text)),
        full=frozenset(full) - HOUSEHOLD,
        bare=frozenset(bare) - HOUSEHOLD - frozenset(full),
        size=math.sqrt(sum(w * w for w in weights.values())) or 1.0,
        words=block.words,
        backward=bool(BACKWARD.match(text)),
        quoted=text[0] in "\"“‘'",
        pronoun=_begins_with_pronoun(text),
    )


def _begins_with_pronoun(text: str) -> bool:
    sentence = first_sentence(_QUOTED.sub(" ", text))
    found = _PRONOUN.search(sentence)
    if found is None:
        return False
    before = sentence[: found.start()]
    return not any(people(before)) and ROLE_NOUN.search(before) is None


def pair(a: Held, b: Held, apart: int) -> dict[str, float]:
    """Features of two paragraphs, ``b`` standing ``apart`` paragraphs after ``a``."""
    shared = [a.weights[stem] for stem in a.stems & b.stems]
    both = a.names & b.names
    distance = apart if apart < 3 else 4 if apart < 5 else 8 if apart < 9 else 12
    found = {
        "any": 1.0,
        f"apart_{distance}": 1.0,
        "short": min(a.words, b.words, 40) / 40,
    }
    if shared:
        found["cosine"] = sum(w * w for w in shared) / (a.size * b.size)
        found["shared"] = min(sum(shared) / 20, 1.5)
        found["rare"] = min(sum([w > RARE for w in shared]), 4) / 4
        found["rarest"] = max(shared) / 6
    if both:
        found["names"] = min(len(both), 3) / 3
        found["rare_names"] = min(sum(a.weights.get(n, b.weights.get(n, RARE)) for n in both) / 8, 1.5)
    if a.full and b.bare:
        found["surname_after"] = min(len(a.full & b.bare), 2)
    if a.full and b.full:
        found["named_again"] = min(len(a.full & b.full), 2)
    if a.bare and b.bare:
        found["surname_again"] = min(len(a.bare & b.bare), 2)
    if apart == 1:
        found["looks_back"] = float(b.backward)
        found["quoted_next"] = float(b.quoted)
    return found


class Links:
    """Logits of a file's pairs of paragraphs, and what follows from them for each place between two."""

    def __init__(self, bodies: Sequence[Block]) -> None:
        self.count = len(bodies)
        self.held = [held(b) for b in bodies]
        table = link_weights()
        self.back = np.zeros((self.count, REACH + 1))
        """`back[j, d]` is the logit of paragraph `j` and the one `d` before it."""
        for j, after in enumerate(self.held):
            for d in range(1, min(REACH, j) + 1):
                features = pair(self.held[j - d], after, d)
                self.back[j, d] = sum([table.get(name, 0.0) * value for name, value in features.items()])
        self.sums: Floats = np.cumsum(self.back, axis=1)
        """`sums[j, d]` is the sum of the logits of paragraph `j` and the up to `d` before it."""
        self.across = {window: self._across(*window) for window in WINDOWS}
        """For each window and paragraph, the mean logit of the links across the place before it; nought for the first."""
        self.margins: list[float] = self._margins().tolist()
        """For each paragraph, what a beginning there adds to the worth of the best division; the first has none."""

    def leans(self, at: int) -> bool:
        """Whether a paragraph cannot be the first of a story: it takes up by surname alone, or as "he", whom others have named."""
        this = self.held[at]
        before = self.held[max(0, at - REACH) : at]
        return bool(before) and (this.pronoun or any(this.bare & h.full for h in before))

    def _across(self, before: int, after: int) -> list[float]:
        """For each paragraph, the mean logit of the links of up to ``before`` paragraphs before it with ``after`` from it on."""
        found = np.zeros(self.count)
        for k in range(min(after, self.count)):
            links = self.sums[k:, min(k + before, REACH)] - self.sums[k:, min(k, REACH)]
            found[: self.count - k] += links
        at = np.arange(self.count)
        pairs = np.minimum(before, at) * np.minimum(after, self.count - at)
        means: list[float] = (found / np.maximum(pairs, 1)).tolist()
        return means

    def _margins(self) -> Floats:
        """Best division with a beginning less best without, by a pass each way over how long the story so far is.

        Only pairs within reach count, so that lengths from `REACH` on are one state.
        """
        n = self.count
        found = np.zeros(n)
        gains = self.sums
        forward = np.full((n, REACH + 1), NONE)
        behind = np.zeros((n, REACH + 1))
        forward[:1, 1] = 0.0
        for j in range(1, n):
            stay = forward[j - 1] + gains[j]
            forward[j, 1] = forward[j - 1].max()
            forward[j, 2:] = stay[1:-1]
            forward[j, REACH] = max(stay[REACH - 1], stay[REACH])
        for j in range(n - 2, -1, -1):
            behind[j] = np.maximum(gains[j + 1] + _grown(behind[j + 1]), behind[j + 1, 1])
        for j in range(1, n):
            begun = forward[j, 1] + behind[j, 1]
            found[j] = begun - (forward[j - 1] + gains[j] + _grown(behind[j])).max()
        return found


def _grown(worth: Floats) -> Floats:
    """Worth of each length once a paragraph more has joined the story."""
    grown = np.empty_like(worth)
    grown[:-1] = worth[1:]
    grown[-1] = worth[-1]
    return grown
