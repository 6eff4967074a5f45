"""Blocks into stories: where one ends and the next begins, and what belongs to none."""

from __future__ import annotations

from dataclasses import replace

from foedus.evidence.blocks import Block
from foedus.evidence.drafts import REASONS, Draft, Dropped, trim_tails
from foedus.evidence.outline import outline
from foedus.evidence.page_stories import stories_of_page
from foedus.evidence.pagemarks import settle, writers
from foedus.evidence.sure_lines import sure_lines

SURE = ("metadata", "boilerplate")
"""Kinds that the lines around a block have shown it to be of."""
_TOLD = ("lead", "opening", "body")


def split_stories(blocks: list[Block], marked: bool = False) -> tuple[list[Draft], Dropped]:
    """Group blocks into stories; the rest comes back with the reason for leaving it out.

    A page with `marked` headlines is told apart by these, a plain text by its outline.
    """
    before, blocks = blocks, settle(blocks)
    sure = {
        i for i, (a, b) in enumerate(zip(before, blocks, strict=True)) if b.kind != a.kind and b.kind in SURE
    }
    if not any(b.kind == "body" for b in blocks):
        blocks = [replace(b, kind="body") if b.kind == "caption" and b.text[-1] in ".!?" else b for b in blocks]
    if marked:
        return stories_of_page(blocks)
    drafts, dropped = _stories_of_outline(blocks, sure | writers(blocks) | sure_lines(blocks))
    trim_tails(drafts, dropped)
    dropped.sort(key=lambda pair: pair[0].start)
    return drafts, dropped


def _stories_of_outline(blocks: list[Block], sure: set[int]) -> tuple[list[Draft], Dropped]:
    drafts: list[Draft] = []
    dropped: Dropped = []
    for block, label in zip(blocks, outline(blocks, sure), strict=True):
        if label in ("headline", "opening"):
            drafts.append(Draft(block if label == "headline" else None))
        if label in _TOLD:
            drafts[-1].body.append(block)
        elif label == "aside":
            drafts[-1].asides.append(block)
        elif label == "standfirst":
            drafts[-1].header.append(block)
        elif label != "headline":
            dropped.append((block, _reason(block, label)))
    return drafts, dropped


def _reason(block: Block, label: str) -> str:
    """Why a block is left out."""
    if block.kind == "short":
        return "metadata" if label == "header" else "site_navigation"
    return REASONS.get(block.kind, "boilerplate")
