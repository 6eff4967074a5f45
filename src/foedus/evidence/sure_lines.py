"""Lines that by their form alone belong to no story: rows of sections, topics under their label, sources in brackets, appeals to readers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.evidence.blocks import Block

_SECTION = r"[A-ZÀ-Ž](?:[\w&.’'-]| (?=[\w&.’'-])){2,25}+"
_ROW = re.compile(rf"{_SECTION}(?: ?[·|•›»>] ?{_SECTION})+")
"""Names of sections beside each other ("POLITICS · PENTAGON")."""
_TOPICS = re.compile(
    r"(?:related |more )?(?:topics|tags|subjects|keywords)(?: in this (?:article|story))?:?", re.IGNORECASE
)
_SOURCES = re.compile(r"[(\[](?!\$)(?=[^()\[\]]*[a-z])[^()\[\]]{1,40}[,/;][^()\[\]]{1,60}[)\]]")
"""Papers and agencies, and often a date ("(BNS, LRT, 8 March)")."""
_BYLINE = re.compile(
    r"(?:[A-ZÀ-Ž][\w.’'-]+ ){2,4}\((?:[^()]|\([^()]*\)){0,60}\b(?:correspondent|editor|reporter|columnist|bureau chief)\)"
)
_BY = re.compile(
    r"(?:(?:Reviewed|Written|Words|Reporting|Analysis|Report|Story|Text|Interview|Edited|Compiled|Translated) )?[Bb]y (?:[A-ZÀ-Ž][a-zà-ž’'-]+|[A-Z]\.)(?: (?:[A-ZÀ-Ž][a-zà-ž’'-]+|[A-Z]\.|de|van|von|al|Mc[A-Z]\w+|O[’'][A-Z]\w+))* [A-ZÀ-Ž][\wà-ž’'-]+,? [^.!?,]{2,60}\b(?:analyst|correspondent|reporter|editor|columnist|writer|bureau chief|staff|fellow|professor)"
    r"|(?:Reviewed|Compiled|Edited|Translated) by(?: [A-ZÀ-Ž][\wà-ž’'-]+){2,4}"
)
"""Who wrote, and as what."""
_SENT = re.compile(
    r"(?:[A-Z]{2,6}|[A-Z][a-z]+)(?: ?[,·|/–-])? ?\d{1,2}[.:]\d\d(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,4}\)?)?"
)
"""An agency and when it sent something ("CNW, 16:20 CET")."""
_APPEAL = re.compile(
    r"\breaders like you\b|\b(?:paying|\d[\d,]*) (?:members|subscribers|supporters) and no paywall\b|\bwe don[’']t have (?:an? )?(?:wealthy|billionaire|rich) owner"
    r"|\b(?:we|we[’']ve|we have|i[’']ve) (?:got |have )?an? (?:\w+ )?favou?r to ask\b|\bread to the end, thank you\b|\b(?:just )?hit reply\b"
    r"|^(?:(?:did|have|if|do|should) you )?(?:notice|noticed|spot|spotted|found|find) an? (?:error|mistake|typo)\b.{0,80}\b(?:feedback|editors?|tell us|let us know|e-?mail|write)\b"
    r"|\bprohibited to (?:quote|copy|reproduce|republish|reprint)\b.{0,80}\b(?:without|permission|consent)\b"
    r"|^the next (?:digest|edition|issue|newsletter|briefing|bulletin) (?:will )?(?:appears?|be (?:sent|out)|goes out)\b",
    re.IGNORECASE,
)
"""What a site asks of its readers, or tells them of itself."""
_QUOTED = '“”"'
MOST = 400
"""Characters up to which a line's form is looked at."""


def sure_lines(blocks: Sequence[Block]) -> set[int]:
    """Numbers of the blocks that are surely no story's text."""
    return {i for i, block in enumerate(blocks) if _is_sure(block, blocks[i - 1].text if i else "")}


def _is_sure(block: Block, above: str) -> bool:
    text = block.text.strip()
    if _APPEAL.search(text[:400]) and not any(mark in text for mark in _QUOTED):
        return True
    if block.kind == "body" or len(text) > MOST:
        return False
    if "," in text and _TOPICS.fullmatch(above.strip()):
        return True
    return any(form.fullmatch(text) for form in (_ROW, _SOURCES, _BYLINE, _BY, _SENT))
