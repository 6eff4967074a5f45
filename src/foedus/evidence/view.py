"""A readable view of a decoded text, tied character by character to the original.

Extraction runs on the view: mojibake mended, invisible marks and markup taken out, odd spaces made plain. Every
position in the view knows its position in the original, so that reported spans are slices of the original.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_PLAIN = {
    ord(ch): " "
    for ch in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\0\x0b\x0c"
}
_PLAIN |= {
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
    ord("\u201f"): "\u201c",
    ord("\u201b"): "\u2018",
    ord("\u2033"): '"',
    ord("\uff02"): '"',
}
_PLAIN |= {ord("\u2011"): "-", ord("\u2010"): "-", ord("\u02bc"): "\u2019", ord("\u2212"): "-"}
_OTHER = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")
_DOUBLED = {"``": '"', "''": '"', "\u2018\u2018": "\u201c", "\u2019\u2019": "\u201d"}
"""Single marks doubled for double ones."""
_ODD = re.compile(
    f"[{_INVISIBLE}]+"
    # UTF-8 read as Windows-1252 or Latin-1: a lead byte and its continuation bytes
    "|[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
    "|``|''|\u2018\u2018|\u2019\u2019"
)


@dataclass(frozen=True)
class View:
    """The text to read and, where it differs in length, the map of its positions to the original's."""

    original: str
    text: str
    positions: array[int] | None = None
    """`positions[i]` is where character i of `text` begins in `original`; the last entry is the original's end."""
    ends: array[int] | None = None
    """`ends[i]` is where character i of `text` ends in `original`."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the view to the original, end exclusive."""
        if self.positions is None or self.ends is None:
            return start, end
        if end <= start:
            at = self.positions[start]
            return at, at
        return self.positions[start], self.ends[end - 1]


def _mend(found: str) -> str:
    """Return what a stretch of mojibake stood for, the empty string for invisible marks, or itself."""
    if found in _DOUBLED:
        return _DOUBLED[found]
    if found[0] in _INVISIBLE:
        return ""
    for size in range(len(found), 1, -1):
        raw = bytearray()
        try:
            for ch in found[:size]:
                raw += ch.encode("latin-1") if ord(ch) < 256 else ch.encode("cp1252")
            return bytes(raw).decode("utf-8") + found[size:]
        except UnicodeError:
            continue
    return found


def plain_view(original: str) -> View:
    """View of a plain text."""
    return compose(original, [(original, 0)])


def compose(original: str, pieces: Iterable[tuple[str, int]]) -> View:
    """View made of pieces, each with the position in the original at which it begins.

    A piece is a slice of the original, or a replacement (an entity's character, a line break for a tag), marked by a
    negative position ``-(position + 1)``: all its characters then map to that one place.
    """
    texts: list[str] = []
    edits: list[tuple[int, int, int, int]] = []  # view start, view end, original start, original end
    length = 0
    for piece, where in pieces:
        if where < 0:
            texts.append(piece)
            edits.append((length, length + len(piece), -where - 1, -where - 1))
            length += len(piece)
            continue
        last = 0
        for found in _ODD.finditer(piece):
            new = _mend(found.group())
            if new == found.group():
                continue
            keep = piece[last : found.start()]
            texts.append(keep)
            edits.append((length, length + len(keep), where + last, where + found.start()))
            length += len(keep)
            texts.append(new)
            edits.append((length, length + len(new), where + found.start(), where + found.end()))
            length += len(new)
            last = found.end()
        keep = piece[last:]
        texts.append(keep)
        edits.append((length, length + len(keep), where + last, where + len(piece)))
        length += len(keep)
    text = "".join(texts)
    if _OTHER.search(text):
        text = text.translate(_PLAIN)
    if len(edits) == 1 and edits[0] == (0, len(original), 0, len(original)):
        return View(original, text)
    return View(original, text, *_positions(edits, length))


def _positions(edits: list[tuple[int, int, int, int]], length: int) -> tuple[array[int], array[int]]:
    starts, ends = array("q"), array("q")
    for view_start, view_end, start, end in edits:
        size = view_end - view_start
        if size == end - start:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * size)
            ends.extend([end] * size)
    starts.append(ends[-1] if ends else 0)
    if len(starts) != length + 1:
        raise AssertionError("a view's map has one entry for each character")
    return starts, ends
