"""Lines that surely end the story above them."""

from __future__ import annotations

import re

from foedus.evidence.blocks import Block

MOST = 45
"""Words of such a line at most."""
_CLOSED = re.compile(
    r".{0,200}\bcontributed (?:to this (?:report|story|article)|reporting|research)\b.{0,80}$|.{0,120}\bcontributed\.$"
    r"|Reporting (?:and writing )?by [A-Z].{3,200}(?:[Ee]diting|[Ww]riting) by .{3,150}$"
    r"|(?:(?:©|\([Cc]\)|[Cc]opyright(?: ©| \([Cc]\))?) ?(?:[A-Z][\w ]{2,40} )?(?:19|20)\d\d\b).{0,160}$|.{0,60}\b[Aa]ll rights reserved\b.{0,120}$"
)
"""Who helped with a story, whose it is."""
_KEYS = ("ontributed", "Reporting", "©", "opyright", "ights reserved", "(c) ", "(C) ")
"""One of these stands in every such line."""


def closes(block: Block) -> bool:
    """Whether a line under a paragraph surely ends its story."""
    text = block.text
    return (
        block.kind not in ("body", "caption")
        and block.words <= MOST
        and any(key in text for key in _KEYS)
        and _CLOSED.match(text) is not None
    )
