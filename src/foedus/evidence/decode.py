"""Bytes to text: which encoding, and what to refuse.

Offsets everywhere in this room count code points of the text that `decode` returns.
"""

from __future__ import annotations

import codecs
import re

from foedus.errors import InputError

MAX_BAD_SHARE = 0.02
"""Largest share of undecodable characters with which a file still counts as text in its encoding."""
MAX_NUL_SHARE = 0.001
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_SAMPLE = 1 << 16


def decode(data: bytes, *, file: str, hint: str | None = None) -> tuple[str, str]:
    """Decode ``data``; returns the text and the encoding's name.

    Tries, in this order, the byte-order mark, UTF-8, the hint (a declared charset), UTF-16 by its pattern of zero
    bytes, and Windows-1252. A file cut in the middle of a character is decoded up to there, with U+FFFD for the rest.

    Raises:
        InputError: the bytes are not text.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, errors="replace"), name
    wide = _looks_wide(data)
    if wide is not None:
        return data.decode(wide, errors="replace"), wide
    if data[:_SAMPLE].count(0) > MAX_NUL_SHARE * min(len(data), _SAMPLE):
        raise InputError(
            "not a text file: it holds binary zeros; give text, HTML, PDF, DOCX, EML, feed or WARC", file=file
        )
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    return _decode_damaged(data, hint or _declared(data))


def _declared(data: bytes) -> str | None:
    found = _META_CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def _decode_damaged(data: bytes, hint: str | None) -> tuple[str, str]:
    if hint is not None:
        try:
            if codecs.lookup(hint).name != "utf-8":
                return data.decode(hint, errors="replace"), codecs.lookup(hint).name
        except (LookupError, UnicodeError):
            pass
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    high = sum(1 for ch in text[:_SAMPLE] if ord(ch) > 127)
    if bad <= 1 or (bad <= MAX_BAD_SHARE * len(text) and bad < 0.5 * max(high, 1)):
        return text, "utf-8"
    return data.decode("cp1252", errors="replace"), "cp1252"


def _looks_wide(data: bytes) -> str | None:
    head = data[:2048]
    if len(head) < 16:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None
