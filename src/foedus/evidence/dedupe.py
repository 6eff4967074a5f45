"""Near-duplicates: one wire story in several outlets is one piece of evidence."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.evidence.records import Reading

SHINGLE = 4
"""Words in a shingle."""
SAMPLES = 16
"""Smallest shingle hashes kept of a story."""
SAME = 0.5
"""Share of common samples from which two stories count as one."""


def fingerprint(text: str) -> str:
    """Sample of a story's shingles: the smallest hashes, comma separated, so that two stories can be compared.

    The same words give the same sample whatever the punctuation, quotation marks or line breaks.
    """
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    hashes = sorted(hashlib.blake2b(s.encode(), digest_size=6).hexdigest() for s in shingles)
    return ",".join(hashes[:SAMPLES])


def resemblance(a: str, b: str) -> float:
    """Estimated share of common shingles of two stories (Broder's bottom sketch)."""
    first, second = set(a.split(",")), set(b.split(","))
    union = sorted(first | second)[:SAMPLES]
    return sum(1 for h in union if h in first and h in second) / len(union) if union else 0.0


class Groups:
    """Groups stories as they come, keeping only their samples."""

    def __init__(self) -> None:
        self._samples: list[str] = []
        self._holders: dict[str, list[int]] = {}

    def note(self, reading: Reading) -> int:
        """Take in a document's stories; returns how many repeat one that came before."""
        return sum(self.add(story.group) for story in reading.stories)

    def add(self, sample: str) -> bool:
        """Take in one sample; returns whether a story before it tells the same."""
        hashes = sample.split(",")
        candidates = {n for h in hashes for n in self._holders.get(h, ())}
        if any(resemblance(self._samples[n], sample) >= SAME for n in candidates):
            return True
        for h in hashes:
            self._holders.setdefault(h, []).append(len(self._samples))
        self._samples.append(sample)
        return False
