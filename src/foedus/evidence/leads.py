"""How much a paragraph's first words sound like the first paragraph of a story.

Words and pairs of neighbouring words, numbers and names each as one sign, of the first paragraphs of stories against the later
ones are weighed by a logistic regression (`lead_words.csv`, from `scripts/fit_outline.py`).
"""

from __future__ import annotations

import itertools
import math
import re
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.furniture import DAYS, MONTHS

READ = 260
"""Characters of a paragraph that are looked at."""
MOST = 30
"""Words of a paragraph that are looked at."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[“”\"$€£%,;:.?!—–-]")
_CALENDAR = frozenset((*DAYS.split("|"), *MONTHS.split("|")))


def tokens(text: str) -> dict[str, None]:
    """Words and signs, numbers and names each as one sign, pairs of neighbours, and the first one and pair marked as such."""
    words = _TOKEN.findall(text[:READ].replace("’", "'"))[:MOST]
    if not words:
        return {}
    signs = [
        "#" if w.isdigit() else "Aa" if w[0].isupper() and w not in _CALENDAR else w.lower() for w in words
    ]
    if not words[0].isdigit():
        signs[0] = words[0].lower()
    pairs = [f"{one} {other}" for one, other in itertools.pairwise(signs)]
    return dict.fromkeys((*signs, *pairs, *(f"^{first}" for first in (signs[0], *pairs[:1]))))


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Weight of each token for a first paragraph and against a later one, in logits."""
    return {row["token"]: float(row["weight"]) for row in tables.rows("lead_words.csv")}


def score(text: str) -> float:
    """Logit of the chance that a paragraph with these words is a story's first, were there as many of both."""
    table = weights()
    found = [table[token] for token in filter(table.__contains__, tokens(text))]
    return table["(intercept)"] + sum(found) / math.sqrt(len(found) + 1)
