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

READ = 400
"""Characters of a paragraph that are looked at."""
MOST = 45
"""Words of a paragraph that are looked at."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[“”\"$€£%,;:.?!—–-]")
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)


def tokens(text: str) -> dict[str, None]:
    """Words and signs, numbers and names each as one sign, pairs of neighbours, and the first one and pair marked as such."""
    words = [_sign(word, n) for n, word in enumerate(_TOKEN.findall(text[:READ])[:MOST])]
    pairs = [" ".join(pair) for pair in itertools.pairwise(words)]
    found = dict.fromkeys((*words, *pairs))
    if words:
        found[f"^{words[0]}"] = None
    if pairs:
        found[f"^{pairs[0]}"] = None
    return found


def _sign(word: str, place: int) -> str:
    if word.isdigit():
        return "#"
    if word[0].isupper() and place and not _CALENDAR.match(word):
        return "Aa"
    return word.lower().replace("’", "'")


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Weight of each token for a first paragraph and against a later one, in logits."""
    return {row["token"]: float(row["weight"]) for row in tables.rows("lead_words.csv")}


def score(text: str) -> float:
    """Logit of the chance that a paragraph with these words is a story's first, were there as many of both."""
    table = weights()
    found = [weight for token in tokens(text) if (weight := table.get(token)) is not None]
    return table["(intercept)"] + sum(found) / math.sqrt(len(found) + 1)
