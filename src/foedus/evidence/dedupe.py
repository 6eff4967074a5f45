"""Near-duplicates: one wire story in several outlets is one piece of evidence."""

from __future__ import annotations

import hashlib
import re

SHINGLE = 4
"""Words in a shingle."""
SAMPLES = 32
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


def group(prints: list[str]) -> list[int]:
    """Number of the group of each story; stories of one group tell the same."""
    holders: dict[str, list[int]] = {}
    groups: list[int] = []
    for n, sample in enumerate(prints):
        candidates = {m for h in sample.split(",") for m in holders.get(h, ())}
        best = max(candidates, key=lambda m: (resemblance(prints[m], sample), -m), default=None)
        groups.append(groups[best] if best is not None and resemblance(prints[best], sample) >= SAME else n)
        for h in sample.split(","):
            holders.setdefault(h, []).append(n)
    return groups
