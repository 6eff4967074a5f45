"""Named random streams: every uncertain thing draws from its own stream, keyed by seed and name.

Number i of a stream depends on the seed, the name and i alone: not on how many draws there are, on chunks or workers, or on which
other streams exist. Two scenarios therefore share their luck, and an added stream changes nothing. Philox 4x64 (numpy).
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_PER_BLOCK = 4
"""Philox makes four numbers for each step of its counter."""


def uniforms(seed: int, name: str, first: int, count: int, width: int = 1) -> Floats:
    """Return numbers in (0, 1) for draws ``first`` to ``first + count - 1``, shape (count, width).

    Example:
        >>> whole = uniforms(1, "crisis.stake", 0, 10)
        >>> part = uniforms(1, "crisis.stake", 6, 4)
        >>> bool((whole[6:] == part).all())
        True
    """
    padded = -(-width // _PER_BLOCK) * _PER_BLOCK
    generator = np.random.Philox(key=_key(seed, name))
    generator.advance(first * padded // _PER_BLOCK)
    raw = generator.random_raw(count * padded).reshape(count, padded)[:, :width]
    return np.asarray(((raw >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53)


def _key(seed: int, name: str) -> int:
    digest = hashlib.sha256(f"{seed}\x00{name}".encode()).digest()
    return int.from_bytes(digest[:16], "little")
