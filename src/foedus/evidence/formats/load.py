"""From a path to the documents in it: what kind of file it is decides its first bytes, then its name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from foedus.errors import InputError
from foedus.evidence.decode import decode
from foedus.evidence.document import Source
from foedus.evidence.formats import containers
from foedus.evidence.formats.html import html_view, is_html
from foedus.evidence.formats.mainbody import with_second_opinion
from foedus.evidence.view import plain_view

MAX_BYTES = 64 * 1024 * 1024
"""Largest file that is read; news articles are a thousandth of it."""
MAX_TEXT = 8 * 1024 * 1024
"""Most characters of one document that are read."""
SUFFIXES = frozenset(".txt .text .md .html .htm .xhtml .pdf .docx .eml .rss .atom .xml .json .warc .gz".split())
"""Names that a folder is searched for; a file given by name is read whatever it is called."""


def sources(path: Path, shown: str | None = None) -> Iterator[Source]:
    """Documents of one file.

    Raises:
        InputError: the file is missing, too large, or of a kind that cannot be read.
    """
    name = shown or str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"the file has {size >> 20} MiB; at most {MAX_BYTES >> 20} MiB are read, so split it", file=name
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror or error})", file=name) from error
    yield from sources_of(data, name)


def sources_of(data: bytes, name: str) -> Iterator[Source]:
    """Documents of a file's bytes."""
    if not data.strip(b"\0 \t\r\n"):
        raise InputError("the file is empty", file=name)
    sha = hashlib.sha256(data).hexdigest()
    parts = _parts(data, name)
    if parts is None:
        text, _ = decode(data, file=name)
        parts_or_text = _text_parts(text, name)
        if parts_or_text is None:
            yield _document(
                name, text, is_html(text) or _named(name, ".html", ".htm", ".xhtml"), {}, sha, "file"
            )
            return
        parts = parts_or_text
    for part, text, html, meta in parts:
        where = f"{name}#{part}" if part else name
        if text.strip():
            yield _document(
                where,
                text,
                html,
                meta,
                hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if part else sha,
                "extracted",
            )


def _named(name: str, *suffixes: str) -> bool:
    return name.lower().endswith(suffixes)


def _parts(data: bytes, name: str) -> Iterator[containers.Part] | None:
    if data.startswith(b"%PDF"):
        return containers.pdf_parts(data, name)
    if data.startswith(b"PK\x03\x04"):
        return containers.docx_parts(data, name)
    if data.startswith(b"WARC/") or (data.startswith(b"\x1f\x8b") and _named(name, ".warc.gz")):
        return containers.warc_parts(data, name)
    if data.startswith(b"\x1f\x8b") or data.startswith(
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!")
    ):
        raise InputError(
            "not a document that can be read: give text, HTML, PDF, DOCX, EML, feed or WARC", file=name
        )
    if _named(name, ".eml") or (
        re.match(rb"(?:[A-Za-z-]{2,40}: [^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){3,}", data[:4000])
        and re.search(
            rb"(?mi)^(?:received|message-id|mime-version|return-path): "
            if _named(name, ".txt", ".text", ".md")
            else rb"(?mi)^(?:from|received|message-id|mime-version): ",
            data[:4000],
        )
    ):
        return containers.mail_parts(data, name)
    return None


def _text_parts(text: str, name: str) -> Iterator[containers.Part] | None:
    head = text[:1500].lstrip("\ufeff \n\r\t")
    if re.match(
        r"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE [^h][^>]*>?\s*)?<(?:rss|feed|rdf:RDF)\b",
        head,
        re.DOTALL,
    ) or (_named(name, ".rss", ".atom", ".xml") and head.startswith("<") and not is_html(text)):
        return containers.feed_parts(text, name)
    if _named(name, ".json") or (head.startswith("{") and '"items"' in head and "jsonfeed" in head):
        return containers.json_feed_parts(text, name)
    return None


def _document(
    path: str, text: str, html: bool, meta: dict[str, Any], sha: str, offsets: Literal["file", "extracted"]
) -> Source:
    if len(text) > MAX_TEXT:
        raise InputError(
            f"the text has {len(text):,} characters; at most {MAX_TEXT:,} are read, so split it", file=path
        )
    if not html:
        return Source(path, text, sha, offsets, plain_view(text), None, meta)
    view, marks, data = html_view(text)
    marks = with_second_opinion(text, view, marks)
    return Source(path, text, sha, offsets, view, marks, {**data, **meta})


def is_ours(path: Path) -> bool:
    """Whether a file found in a folder is one to read."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
