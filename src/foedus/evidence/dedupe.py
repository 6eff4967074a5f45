"""Near-duplicates: one wire story in several outlets is one piece of evidence."""

from __future__ import annotations

import hashlib
import re
from array import array
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.evidence.records import Reading

SHINGLE = 4
"""Words in a shingle."""
SAMPLES = 16
"""Smallest shingle hashes kept of a story."""
KEYS = 5
"""Smallest hashes by which stories that may be the same are found."""
SAME = 0.5
"""Share of common samples from which two stories count as one."""


_WORD = re.compile(r"[a-z0-9]+")
_HASH = hashlib.blake2b(digest_size=6)


def fingerprint(text: str) -> str:
    """Sample of a story's shingles: the smallest hashes, comma separated, so that two stories can be compared.

    The same words give the same sample whatever the punctuation, quotation marks or line breaks.
    """
    words = _WORD.findall(text.lower().replace("’", "").replace("'", ""))
    joined = " ".join(words).encode()
    starts = [0, *accumulate(len(word) + 1 for word in words)]
    runs = [joined[a : b - 1] for a, b in zip(starts, starts[SHINGLE:], strict=False)] or [joined]
    hashes = set(map(_digest, runs))
    return ",".join(h.hex() for h in sorted(hashes)[:SAMPLES])


def _digest(run: bytes) -> bytes:
    """Six bytes that stand for a run of words."""
    hashed = _HASH.copy()
    hashed.update(run)
    return hashed.digest()


def _hashes(sample: str) -> array[int]:
    return array("Q", (int(h, 16) for h in sample.split(","))) if sample else array("Q")


def _resemblance(a: array[int], b: array[int]) -> float:
    """Estimated share of common shingles of two stories (Broder's bottom sketch)."""
    first, second = set(a), set(b)
    union = sorted(first | second)[:SAMPLES]
    return sum(1 for h in union if h in first and h in second) / len(union) if union else 0.0


class Groups:
    """Groups stories as they come, keeping the samples of those that repeat none: under a kilobyte each."""

    def __init__(self) -> None:
        self._samples: list[array[int]] = []
        self._holders: dict[int, int | list[int]] = {}

    def note(self, reading: Reading) -> int:
        """Take in a document's stories; returns how many repeat one that came before."""
        return sum(not self.add(story.group)[1] for story in reading.stories)

    def add(self, sample: str) -> tuple[int, bool]:
        """Take in one sample; returns the number of its group and whether that is new."""
        hashes = _hashes(sample)
        found = self._find(hashes)
        if found is not None:
            return found, False
        number = len(self._samples)
        self._samples.append(hashes)
        for h in hashes[:KEYS]:
            held = self._holders.get(h)
            if held is None:
                self._holders[h] = number
            elif isinstance(held, list):
                held.append(number)
            else:
                self._holders[h] = [held, number]
        return number, True

    def _find(self, hashes: array[int]) -> int | None:
        """First group, in the order of coming, that tells the same."""
        held = (self._holders.get(h) for h in hashes[:KEYS])
        candidates = {n for h in held if h is not None for n in (h if isinstance(h, list) else [h])}
        return next((n for n in sorted(candidates) if _resemblance(self._samples[n], hashes) >= SAME), None)
