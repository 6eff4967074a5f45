"""A second opinion on which paragraphs of a page are the article: trafilatura's, where it is installed.

Its text has no positions, so it only votes on ours: a paragraph whose words it did not keep is the site's, not the
article's. Offsets stay our own.
"""

from __future__ import annotations

import importlib.util
import logging
import re
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache

from foedus.evidence.view import View

SHINGLE = 3
"""Words in a shingle by which two texts are compared."""
KEPT = 0.6
"""Share of a paragraph's shingles that the other text must hold."""
ENOUGH = 60
"""Words of a text from which it is held to be an article."""
LARGEST = 1_500_000
"""Characters of a page from which no second opinion is asked."""
PROSE = 60
"""Characters from which a paragraph that the other text holds is prose, whatever its markup says."""
TOLD = "told"
"""The mark of what the other text holds."""
FEW = 4
"""Words below which a line may stand in the other text by chance, so that its neighbours must stand there too."""
SAYING = 8
"""Words from which a line that is said again is a link to the page itself or a pulled quotation."""
COPY = 40
"""Words from which a paragraph said before is a copy and no refrain."""
_WORD = re.compile(r"\w+")
Mark = Callable[[int], str | None]


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether trafilatura is installed."""
    return importlib.util.find_spec("trafilatura") is not None


def with_second_opinion(source: str, view: View, mark: Mark) -> Mark:
    """Marks of a page, with what trafilatura leaves out taken for navigation and the prose that it keeps for text."""
    words = _words(_extracted(source)) if available() else []
    if len(words) < ENOUGH:
        return mark
    theirs = _shingles(words)
    spans = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", view.text)]
    starts = [a for a, _ in spans]
    held = _keep([_words(view.text[a:b]) for a, b in spans], theirs)

    def second(at: int) -> str | None:
        said = mark(at)
        number = bisect_right(starts, at) - 1
        if number < 0 or said in ("heading", "caption"):
            return said
        if not held[number]:
            return said or "navigation"
        long = spans[number][1] - spans[number][0] >= PROSE
        return TOLD if said is None or (said == "navigation" and long) else said

    return second


def _keep(paragraphs: list[list[str]], theirs: set[tuple[str, ...]]) -> list[bool]:
    """Which paragraphs the other text holds; one that only repeats what came before is a copy."""
    seen: set[tuple[str, ...]] = set()
    lines: set[tuple[str, ...]] = set()
    kept = []
    for words in paragraphs:
        copy = tuple(words) in lines or (len(words) >= COPY and _held(words, seen))
        kept.append(not copy and _held(words, theirs))
        if kept[-1]:
            seen |= _shingles(words)
            lines.update([tuple(words)] if len(words) >= SAYING else [])
    sides = [False, *kept, False]
    return [
        held and (len(words) >= FEW or (sides[n] and sides[n + 2]))
        for n, (words, held) in enumerate(zip(paragraphs, kept, strict=True))
    ]


def _extracted(source: str) -> str:
    """Text that trafilatura takes for the article; none where it fails or the page is too large for it."""
    if len(source) > LARGEST:
        return ""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(source, include_comments=False, favor_precision=True) or ""
    except Exception:  # its parsers raise what they like on broken markup, and ours has read the page already
        return ""


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + n]) for n in range(1, SHINGLE + 1) for i in range(len(words) - n + 1)}


def _held(words: list[str], theirs: set[tuple[str, ...]]) -> bool:
    if not words:
        return False
    n = min(SHINGLE, len(words))
    mine = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
    return sum(s in theirs for s in mine) >= KEPT * len(mine)
