"""What the lines of a file may be, and what may follow what."""

from __future__ import annotations

from typing import Final

LABELS: Final = {
    "headline": "heads a story",
    "standfirst": "stands under a headline and belongs to the story",
    "header": "stands under a headline and is left out: byline, date, picture",
    "lead": "first paragraph under a headline",
    "opening": "first paragraph of a story without a headline",
    "body": "a later paragraph",
    "aside": "a line between paragraphs that belongs to the story",
    "inside": "stands inside a story and is left out",
    "outside": "stands outside all stories",
}
_UNDER = ("standfirst", "header", "lead")
_TOLD = ("body", "aside", "inside", "outside", "headline", "opening")
FOLLOWS: Final[dict[str, tuple[str, ...]]] = {
    "headline": _UNDER,
    "standfirst": _UNDER,
    "header": _UNDER,
    "lead": _TOLD,
    "opening": _TOLD,
    "body": _TOLD,
    "aside": _TOLD,
    "inside": ("body", "aside", "inside"),
    "outside": ("outside", "headline", "opening"),
}
"""What may follow what."""
NEVER: Final = -1e9
"""Logits of what may not be."""
