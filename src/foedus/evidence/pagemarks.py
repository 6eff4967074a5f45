"""Lines that only their neighbours tell apart from a story: mail headers, notes of a sender, mastheads, paid messages."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.blocks import Block
from foedus.evidence.furniture import BlockKind

HEADER = re.compile(
    r"(?:> ?)*\*?(?:From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Attachments?):\*? ?\S", re.IGNORECASE
)
"""A line of a mail's header."""
FORWARDED = re.compile(
    r"(?:> ?)*(?:-{2,} ?(?:Forwarded|Original) (?:message|e-?mail)(?: follows)? ?-*|Begin forwarded message:|(?:Forwarded|Original) message:?)",
    re.IGNORECASE,
)
"""What a mail program puts over a message sent on."""
_GREETING = re.compile(
    r"(?:Good (?:morning|afternoon|evening|day)|Hello|Hi|Happy (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Welcome (?:back|to)|Morning, all|Dear (?:readers?|subscribers?|friends?|all))\b(?! from [A-Z])"
)
"""How a newsletter greets its readers."""
_PAID = re.compile(
    r"(?:a (?:message|word) from (?:our )?.{2,50}|(?:presented|sponsored|brought to you) by\b.{0,50}|(?:paid|partner|sponsored) (?:content|post|message|feature)\b.{0,50}|advertisement feature.{0,30})",
    re.IGNORECASE,
)
"""What stands over an advertisement in the form of a paragraph."""
_TAGLINE = re.compile(
    r"[^.!?]{3,80}\b(?:every|each) (?:(?:week)?day|morning|evening|week|month|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b[^.!?]{0,30}\.?$|[^.!?]{0,50}\b(?:daily|weekly|fortnightly|monthly) (?:letter|newsletter|briefing|bulletin|digest|note|round-?up|look|guide)\b[^.!?]{0,60}\.?$",
    re.IGNORECASE,
)
"""What a letter says of itself under its name."""
NOTE = 120
"""Most words that somebody who sends an article on puts before it."""
GREETING = 60
"""Most words of a newsletter's greeting."""


def settle(blocks: list[Block]) -> list[Block]:
    """Change the kinds of blocks that their neighbours tell."""
    blocks = _mail(blocks)
    blocks = _paid(blocks)
    return _masthead(blocks)


def _as(block: Block, kind: BlockKind) -> Block:
    return replace(block, kind=kind)


def _mail(blocks: list[Block]) -> list[Block]:
    """Headers of mails, marks of sending on, and what the sender wrote before the first of these."""
    header = [HEADER.match(b.text) is not None for b in blocks]
    marks = [i for i, b in enumerate(blocks) if FORWARDED.match(b.text) and b.words <= 6]
    if not marks and sum(header) < 2:
        return blocks
    found = set(marks)
    for i, is_header in enumerate(header):
        if is_header and (header[i - 1 : i] == [True] or header[i + 1 : i + 2] == [True] or i - 1 in marks):
            found.add(i)
    out = [_as(b, "metadata") if i in found else b for i, b in enumerate(blocks)]
    if not marks:
        return out
    note = [i for i in range(marks[0]) if i not in found]
    if sum(blocks[i].words for i in note) > NOTE:
        return out
    return [_as(b, "boilerplate") if i in set(note) else b for i, b in enumerate(out)]


def _paid(blocks: list[Block]) -> list[Block]:
    """An advertiser's paragraph under a line that names him."""
    out = list(blocks)
    for i, block in enumerate(blocks):
        if block.words <= 10 and _PAID.fullmatch(block.text.strip(" -–—:*")):
            out[i] = _as(block, "boilerplate")
            if i + 1 < len(blocks) and blocks[i + 1].kind == "body" and blocks[i + 1].words < 80:
                out[i + 1] = _as(blocks[i + 1], "boilerplate")
    return out


def _masthead(blocks: list[Block]) -> list[Block]:
    """Name, motto and greeting at the head of a letter to its readers."""
    out = list(blocks)
    first = next((i for i, b in enumerate(blocks) if b.kind == "body"), 0)
    motto = next((i for i in range(first) if _TAGLINE.match(blocks[i].text)), None)
    if motto is not None:
        for i in range(motto + 1):
            out[i] = _as(out[i], "metadata") if out[i].kind == "short" else out[i]
    lead = blocks[first] if blocks else None
    if lead is None or not _GREETING.match(lead.text) or lead.words > GREETING or first + 1 >= len(blocks):
        return out
    if blocks[first + 1].kind != "body":
        out[first] = _as(lead, "boilerplate")
    return out
