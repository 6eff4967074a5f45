"""How the stories of labelled files come out."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.page_files import Labelled

from foedus.evidence.blocks import split_blocks
from foedus.evidence.stories import split_stories


def score(files: Sequence[Labelled]) -> str:
    """Exact stories among those found and those there are, their beginnings, and left-out passages dropped whole."""
    right = found = there = begun = whole = passages = 0
    for file in files:
        text = file.gold.text
        drafts, dropped = split_stories(split_blocks(text))
        mine, theirs = {(d.start, d.end) for d in drafts}, {(a, b) for a, b, *_ in file.gold.stories}
        right, found, there = right + len(mine & theirs), found + len(mine), there + len(theirs)
        begun += len({a for a, _ in mine} & {a for a, _ in theirs})
        cover = {i for block, _ in dropped for i in range(block.start, block.end)}
        passages += len(file.gold.dropped)
        whole += sum(all(i in cover or text[i].isspace() for i in range(a, b)) for a, b, _ in file.gold.dropped)
    both = max(found + there, 1)
    return (
        f"F1 {2 * right / both:.3f} ({right}/{found}/{there}), beginnings {2 * begun / both:.3f}, "
        f"dropped {whole}/{passages}"
    )
