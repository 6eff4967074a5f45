"""How a line's words tell the site's voice from a story's.

The words and pairs of neighbouring words of paragraphs and of the lines around them, on real pages, are weighed by a logistic
regression (`site_words.csv`); a line's score is the sum of its weights over the root of their number.
"""

from __future__ import annotations

import itertools
import math
import re
from functools import lru_cache

from foedus.evidence import tables

LEAST = 4
"""Words below which a line has no score."""
READ = 600
"""Characters of a line that are looked at."""
MOST = 60
"""Words of a line that are looked at."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[©@|/:→•*()?!—–-]")


def tokens(line: str) -> dict[str, None]:
    """Words and signs, digits as one sign, pairs of neighbours, and the first and last marked as such."""
    words = _TOKEN.findall(line[:READ].replace("’", "'"))[:MOST]
    words = ["#" if w.isdigit() else w.lower() for w in words]
    found = dict.fromkeys(words)
    found.update(dict.fromkeys(map(" ".join, itertools.pairwise(words))))
    if words:
        found[f"^{words[0]}"] = found[f"${words[-1]}"] = None
    return found


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Weight of each token for a story and against the site, in logits."""
    return {row["token"]: float(row["weight"]) for row in tables.rows("site_words.csv")}


def score(line: str) -> float:
    """Logit of the chance that a line with these words is a story's, as far as words tell."""
    table = weights()
    found = [table[token] for token in filter(table.__contains__, tokens(line))]
    return table["(intercept)"] + sum(found) / math.sqrt(len(found) + 1)
