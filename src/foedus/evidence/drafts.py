"""Stories being put together from blocks, and why the other blocks are left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.evidence.blocks import Block
from foedus.evidence.boundaries import Told
from foedus.evidence.headlines import ABOUT_AUTHOR, BIO, WRITER_NOTE

Dropped = list[tuple[Block, str]]
"""Blocks left out, each with its reason."""
REASONS = {
    "navigation": "site_navigation",
    "short": "site_navigation",
    "caption": "photo_caption",
    "metadata": "metadata",
    "cookie": "cookie_notice",
    "related": "related_stories",
    "boilerplate": "boilerplate",
    "oversized": "oversized_paragraph",
}


@dataclass
class Draft:
    """A story being put together."""

    headline: Block | None
    body: list[Block] = field(default_factory=list)
    headed: bool = False
    """Its headline is one by the markup, so that only another such headline begins the next story."""
    asides: list[Block] = field(default_factory=list)
    """Short lines between the paragraphs, such as subheadings."""
    header: list[Block] = field(default_factory=list)
    """Byline, date and standfirst between headline and body."""
    told: Told = field(default_factory=Told)
    """What headline and paragraphs have told so far."""
    closed: bool = False
    """A mark has said that it ends."""
    noted: bool = False
    """Notes of the sender follow it, so that only a byline, a date or a dateline announces another story."""

    def take(self, block: Block) -> None:
        """Add a paragraph."""
        self.body.append(block)
        self.told.take(block)

    @property
    def start(self) -> int:
        """First character."""
        return self.headline.start if self.headline else self.body[0].start

    @property
    def end(self) -> int:
        """End of the last block that belongs to it."""
        return max(self.body[-1].end, *(b.end for b in self.asides)) if self.asides else self.body[-1].end


def trim_tails(drafts: list[Draft], dropped: list[tuple[Block, str]]) -> None:
    """Leave out what papers add about the writer under a story."""
    for draft in drafts:
        bylines = " ".join(
            b.text for b, why in dropped if why == "metadata" and draft.start <= b.start < draft.body[0].start
        )
        while len(draft.body) > 1 and draft.body[-1].words < 60:
            name = ABOUT_AUTHOR.match(draft.body[-1].text)
            last = draft.body[-1].text
            if not (
                BIO.match(last) or WRITER_NOTE.match(last) or (name and name[1].lower() in bylines.lower())
            ):
                break
            dropped.append((draft.body.pop(), "metadata"))
