"""The place where a larger language pipeline plugs in.

An annotator adds people to the cast of a story before quotations are attributed. Without one, rules alone read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from foedus.evidence.people import Cast


class Annotator(Protocol):
    """Anything that finds people in paragraphs."""

    name: str

    def enrich(self, text: str, spans: Sequence[tuple[int, int]], cast: Cast) -> None:
        """Add the people named in the paragraphs of one story to its cast."""
