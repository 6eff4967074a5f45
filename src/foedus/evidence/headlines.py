"""Which line of those between two paragraphs heads what follows, by rule; and lines that belong to no story's text."""

from __future__ import annotations

import re

from foedus.evidence.blocks import Block
from foedus.evidence.boundaries import CLOCK, COUNTRY, LABEL, POINT, SALUTE, overlap

BIO = re.compile(
    r"^[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]*){1,3} (?:covers|reports (?:on|from)|writes (?:about|on|for)|teaches) .{0,300}$|^[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]*){1,3} (?:is|covers|reports|writes|teaches|has covered|was)\b.{0,240}\b(?:correspondent|reporter|columnist|fellow|professor|editor|author|journalist|bureau|newsroom|covers|for The|contributor|writer)\b"
)
ABOUT_AUTHOR = re.compile(
    r"^([A-ZÀ-Ž][\w’'.\-]*(?: [A-ZÀ-Ž][\w’'.\-]*){1,4})(?: \([\w. ]{2,20}\))?,? (?:is|was|has been|served|writes|covers|reported|teaches|lectures|who)\b"
)
"""What a paper adds about the writer whom its byline names."""
WRITER_NOTE = re.compile(
    r"(?:the|our) author (?:is|teaches|lectures|writes|works)\b.{0,250}$"
    r"|(?:the|our) (?:writer|columnist|reviewer)s?,? (?:.{0,60}, )?(?:is|was|are|were|has|have|served|represented|teaches|lectures|writes|lives|works)\b.{0,250}$"
    r"|(?:the|this) (?:interview|conversation|discussion) (?:was|has been) (?:\w+ )?(?:conducted|edited|condensed|translated|recorded|shortened)\b.{0,120}$"
    r"|.{0,260}\b(?:views|opinions) (?:expressed )?(?:(?:here|above|in this (?:article|column|piece|essay|paper)) )?(?:are|do not) (?:personal|solely|strictly|(?:his|her|their|the authors?[’']s?|the writers?[’']s?) own|those of the|(?:necessarily )?reflect|(?:necessarily )?represent)\b.{0,160}$",
    re.IGNORECASE,
)
"""What stands under a story about who wrote it, made it or answers for it, whether or not a name is given."""
NAMES_LINE = re.compile(
    r"^(?:By )?(?=\S+ \S)[A-ZÀ-Ž][\w.’'\-]+(?: (?:[A-ZÀ-Ž][\w.’'\-]*|de|van|von|der|ter|al|and|in)){1,9}(?:,? (?:[A-Z]?[a-z]+ )?(?:editor|correspondent|reporter|columnist))?$"
)
"""Names in a line of their own under a headline."""
END_MARK = re.compile(
    r"^(?:[-–—*]+ ?ends? ?[-–—*]+|[\[(]?ends[\])]?|-30-|[-–—*] ?30 ?[-–—*]|#(?: ?#)+|notes? (?:to|for) (?:the )?editors?)\W*$",
    re.IGNORECASE,
)
NOTES = re.compile(
    r"^(?:notes?(?: (?:to|for) (?:the )?editors?)?|about .{2,60}|(?:press|media) (?:contacts?|enquiries|inquiries|office)|contacts?|background)\W*$",
    re.IGNORECASE,
)
"""Headings of what a sender adds below the end of a release."""
CONTINUED = re.compile(
    r"^(?:page [2-9]\d? of \d+|(?:story|article) continues (?:below|after)\b.{0,40}|continued from .{1,40})$",
    re.IGNORECASE,
)
"""What stands between the parts of a story that a site has cut up."""
ABOUT = re.compile(r"^About (?:the |us\b)?(?:[A-Z][\w&’'.-]*(?: |$)|(?:of|for|and|in|on|the) )*$")
"""What closes a press release: all that follows is about the sender."""


def teasers(run: list[Block], going_on: bool = False) -> list[Block]:
    """Headlines of other stories under "Related" or "See also", where no byline says that the last one is no teaser."""
    at = next((i for i, b in enumerate(run) if b.kind == "related" and b.words <= 3), None)
    if at is None or any(b.kind == "metadata" for b in run[at:]):
        return []
    most = 3 if going_on or len(run) - at > 3 else 1
    return [b for b in run[at + 1 : at + 4] if b.kind == "short"][:most]


def shorts_of(run: list[Block], lead: str) -> list[Block]:
    """Lines of a run that may be headlines: no teasers, no times of day, no names of a part of the paper."""
    related = teasers(run)
    return [
        b
        for b in run
        if b.kind == "short" and b not in related and not CLOCK.fullmatch(b.text) and not _is_section(b, lead)
    ]


def rule_headline(run: list[Block], first: bool, headed: bool, ahead: list[Block]) -> Block | None:
    """Choose the block of a run that would head the story that follows, if any."""
    lead = ahead[0].text
    shorts = shorts_of(run, lead)
    marked = [b for b in shorts if b.heading]
    if headed:
        shorts = marked
    candidates = [
        b
        for b in marked or shorts
        if b.words >= 3
        or (b.heading and first)
        or LABEL.fullmatch(b.text)
        or (b is run[-1] and SALUTE.match(lead))
        or (len(shorts) == 1 and not first and b.text.isupper())
    ]
    if not candidates:
        return None
    if SALUTE.match(lead) and run[-1] in candidates:
        return run[-1]
    over = next((b for b in candidates if _over_standfirst(run, b)), None)
    if over is not None and not marked:
        return over
    scored = [(b, overlap(b.text, ahead)) for b in candidates]
    best, share = max(scored, key=lambda p: (p[1], p[0].words))
    if not first:
        return next((b for b, o in scored if b.words >= 5 and o >= 0.25), best)
    good = [b for b, o in scored if b.words >= 4 and o >= 0.2]
    if len(good) == 2 and good[0].text.isupper() and not good[1].text.isupper():
        return good[1]
    if good and len(good) <= 2:
        return good[0]
    label = next((b for b in candidates if LABEL.fullmatch(b.text)), None)
    if label is not None and label is candidates[-1]:
        return label
    if len(candidates) > 1 and all(b.text.isupper() for b in candidates):
        return candidates[-1]
    if share > 0:
        return best
    longest = max(candidates, key=lambda b: b.words)
    return longest if longest.words >= 4 else None


def _is_section(block: Block, lead: str) -> bool:
    """Whether a label names a part of the paper rather than the item below it."""
    return LABEL.fullmatch(block.text) is not None and (
        block.text.isupper() or POINT.match(lead) is not None or COUNTRY.match(lead) is not None
    )


def _over_standfirst(run: list[Block], block: Block) -> bool:
    """Whether a longer line and then a byline follow a line, which makes it the headline and that the standfirst."""
    at = run.index(block)
    if block.words < 4 or block.text.isupper() or len(run) < at + 3:
        return False
    below, byline = run[at + 1 : at + 3]
    return below.kind == "short" and below.words > max(7, block.words) and byline.kind == "metadata"
