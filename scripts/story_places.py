"""Places before paragraphs, with their features and whether a story begins there: what boundary weights are fitted on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from foedus.evidence.blocks import Block
from foedus.evidence.boundaries import Told, features, page_of
from foedus.evidence.headlines import rule_headline
from foedus.evidence.page_stories import FAR


def places(blocks: list[Block], stories: Sequence[tuple[Any, ...]]) -> Iterator[tuple[dict[str, float], bool]]:
    """Features and label of every place before a paragraph but the first; ``stories`` begin with their first character."""
    starts = sorted(a for a, *_ in stories)
    bodies = [i for i, b in enumerate(blocks) if b.kind == "body"]
    told, last, begun = Told(), 0, -1
    page = page_of([blocks[i] for i in bodies])
    title: str | None = None
    for n, at in enumerate(bodies):
        run, block = blocks[last:at], blocks[at]
        ahead = [blocks[j] for j in bodies[n : n + 3] if j - at < 6]
        story = sum(a <= block.start for a in starts)
        new = story != begun
        head = rule_headline(run, n == 0, False, ahead)
        if n:
            far = [blocks[j] for j in bodies[n : n + FAR]]
            yield features(told, title, run, head, ahead, page, far), new
        if new:
            title = head.text if head else None
            told, begun = Told.opened(run, head, told if n else None), story
        elif any(b.kind == "short" for b in run):
            told.subheads += 1
        told.take(block)
        last = at + 1
