"""How the stories of labelled files come out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scripts.page_files import Labelled

from foedus.evidence.blocks import split_blocks
from foedus.evidence.stories import split_stories


class Counts(NamedTuple):
    """Exact stories, stories found, stories there are, right beginnings, left-out passages dropped whole, and all of these."""

    exact: int
    found: int
    there: int
    begun: int
    whole: int
    passages: int


def counts(file: Labelled) -> Counts:
    """How one file comes out."""
    text = file.gold.text
    drafts, dropped = split_stories(split_blocks(text))
    mine, theirs = {(d.start, d.end) for d in drafts}, {(a, b) for a, b, *_ in file.gold.stories}
    cover = {i for block, _ in dropped for i in range(block.start, block.end)}
    return Counts(
        exact=len(mine & theirs),
        found=len(mine),
        there=len(theirs),
        begun=len({a for a, _ in mine} & {a for a, _ in theirs}),
        whole=sum(all(i in cover or text[i].isspace() for i in range(a, b)) for a, b, _ in file.gold.dropped),
        passages=len(file.gold.dropped),
    )


def told(files: Sequence[Counts]) -> str:
    """Exact stories among those found and those there are, their beginnings, and left-out passages dropped whole."""
    exact, found, there, begun, whole, passages = (sum(column) for column in zip(*files, strict=True))
    both = max(found + there, 1)
    return (
        f"F1 {2 * exact / both:.3f} ({exact}/{found}/{there}), beginnings {2 * begun / both:.3f}, "
        f"dropped {whole}/{passages}"
    )


def score(files: Sequence[Labelled]) -> str:
    """How files come out, in words."""
    return told([counts(file) for file in files])
