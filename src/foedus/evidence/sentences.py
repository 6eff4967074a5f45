"""Sentences, and a text in which quotations are blanked without moving anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.evidence.lexicon import ABBREVIATIONS, CUE
from foedus.evidence.quotes import Quoted

FILL = "\x01"
"""Stands for each character of a quotation in a masked text."""
_STOP = re.compile(
    r"[.!?…\x01](?:(?<!\x01)[.!?…]*[)\]’”\"]*(?:\[\d{1,3}\])*(?=\s|(?<=[a-z]{2}[.!?])\x01)|(?<=\x01)(?:\[\d{1,3}\])*(?=\s+[A-Z(‘“]))"
)
_REPORTED = re.compile(
    rf"[A-Z][\w.’'\-]*(?: [A-Z][\w.’'\-]*){{0,5}}(?: \([^)]{{1,20}}\))?, [^.!?;{FILL}]{{2,140}}?, (?:also |later |then |once )?{CUE.pattern}"
)
"""A speaker with her role between commas before the verb of saying."""
_LAST_WORD = re.compile(r"([\w.]+)$")


def mask_quotes(text: str, quoted: Sequence[Quoted]) -> str:
    """Return the text with every quotation, marks included, replaced by fillers: same length, same positions."""
    parts: list[str] = []
    last = 0
    for quote in quoted:
        if quote.outer_start < last:
            continue
        parts.append(text[last : quote.outer_start])
        parts.append(FILL * (quote.outer_end - quote.outer_start))
        last = quote.outer_end
    parts.append(text[last:])
    return "".join(parts)


def sentences(text: str, mask: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentence spans of one paragraph; the mask keeps a quotation in the sentence that reports it."""
    found: list[tuple[int, int]] = []
    begin = start
    for stop in _STOP.finditer(mask, start, end):
        at = stop.end()
        if at - begin < 2 or not _ends(text, mask, stop.start(), at, end):
            continue
        found.append((begin, at))
        begin = at
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        found.append((begin, end))
    return found


_SENTENCE_HEAD = re.compile(r"(?:The|But|He|She|In|It|Mr|They|And|A) ")


def _ends(text: str, mask: str, stop: int, at: int, end: int) -> bool:
    rest = mask[at : at + 220].lstrip()
    if not rest:
        return True
    if mask[stop] == FILL:
        last = text[at - 2 : at].strip("”\"’'»“‘«")[-1:]
        if last not in ".!?…":
            return False
        if last == "." or rest[0] == FILL:
            return True
        reporting = re.match(r"(?:[\w.’'\-]+ ){1,6}", rest)
        return not ((reporting and CUE.search(rest[: reporting.end() + 12])) or _REPORTED.match(rest))
    if text[stop] == ".":
        word = _LAST_WORD.search(text[max(0, stop - 12) : stop])
        tail = word.group(1).lower() if word else ""
        if tail == "x" and text.endswith((" on X", " to X", " via X"), max(0, stop - 6), stop):
            return not rest[0].islower()
        if (tail in ABBREVIATIONS and not (tail == "no" and not rest[0].isdigit())) or (
            len(tail) == 1 and tail.isalpha() and text[stop - 1].isupper()
        ):
            return tail in ("u.s", "u.k", "p.m", "a.m") and bool(_SENTENCE_HEAD.match(rest))
    return not rest[0].islower()


def sentence_at(found: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Sentence that holds a position."""
    return next((s for s in found if s[0] <= at < s[1]), None)
