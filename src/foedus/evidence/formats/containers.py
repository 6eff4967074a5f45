"""PDF, DOCX, mail, feeds and web archives: documents inside containers, within limits."""

from __future__ import annotations

import email
import email.policy
import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

from foedus.errors import InputError, MissingExtraError
from foedus.evidence.decode import decode

MAX_UNPACKED = 128 * 1024 * 1024
"""Most bytes that a compressed container may unfold to."""
MAX_RATIO = 200
"""Largest ratio of unpacked to packed size of a member of a container."""
MAX_PAGES = 3000
MAX_RECORDS = 200_000
Part = tuple[str, str, bool, dict[str, Any]]
"""Name of the part within its file, text, whether the text is HTML, and what the container says of it."""


def pdf_parts(data: bytes, file: str) -> Iterator[Part]:
    """Text of a PDF, its pages separated by blank lines."""
    try:
        import pypdf
    except ImportError:
        raise MissingExtraError("pypdf", "evidence") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if len(reader.pages) > MAX_PAGES:
            raise InputError(f"the PDF has {len(reader.pages)} pages; at most {MAX_PAGES} are read", file=file)
        pages: list[str] = []
        size = 0
        for page in reader.pages:
            text = page.extract_text() or ""
            size += len(text)
            if size > MAX_UNPACKED:
                raise InputError(f"the PDF unfolds to more than {MAX_UNPACKED >> 20} MiB of text", file=file)
            pages.append(text)
        info: Any = reader.metadata or {}
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"the PDF cannot be read ({_brief(error)})", file=file) from error
    meta = {"title": str(info.get("/Title") or "") or None, "author": str(info.get("/Author") or "") or None}
    yield "", "\n\n".join(pages), False, {k: v for k, v in meta.items() if v}


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def docx_parts(data: bytes, file: str) -> Iterator[Part]:
    """Paragraphs of a DOCX."""
    try:
        import docx
    except ImportError:
        raise MissingExtraError("python-docx", "evidence") from None
    try:
        check_zip(data, file)
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(p.text for p in document.paragraphs if p.text.strip())
        core = document.core_properties
        meta = {"title": core.title or None, "author": core.author or None}
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"the DOCX cannot be read ({_brief(error)})", file=file) from error
    yield "", text, False, {k: v for k, v in meta.items() if v}


def check_zip(data: bytes, file: str) -> None:
    """Refuse archives that unfold to too much or declare entities.

    Raises:
        InputError: the archive is damaged, too large when unpacked, or holds an entity declaration.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise InputError(f"not a whole ZIP container ({_brief(error)})", file=file) from error
    total = sum(m.file_size for m in members)
    worst = max((m.file_size / max(m.compress_size, 1) for m in members if m.file_size > 1 << 20), default=0.0)
    if total > MAX_UNPACKED or worst > MAX_RATIO or len(members) > 10_000:
        raise InputError(
            f"refused: the container unfolds to {total >> 20} MiB (limit {MAX_UNPACKED >> 20} MiB, ratio {MAX_RATIO})",
            file=file,
        )
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as handle:
                if b"<!ENTITY" in handle.read(4096):
                    raise InputError("refused: the document declares entities", file=file)


def mail_parts(data: bytes, file: str) -> Iterator[Part]:
    """Body of a mail: its plain text, else its HTML."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if not isinstance(message, EmailMessage):
            raise InputError("not a mail message", file=file)
        body = message.get_body(("plain", "html"))
        if body is None:
            raise InputError("the mail has no text part", file=file)
        payload = body.get_payload(decode=True)
        raw = payload if isinstance(payload, bytes) else b""
        text, _ = decode(raw, file=file, hint=body.get_content_charset())
        meta = {
            "title": _header(message, "subject"),
            "author": _header(message, "from"),
            "published": _mail_date(message),
        }
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"the mail cannot be read ({_brief(error)})", file=file) from error
    yield "", text, body.get_content_type() == "text/html", {k: v for k, v in meta.items() if v}


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return " ".join(str(message.get(name) or "").split()) or None
    except (ValueError, IndexError, AttributeError, TypeError):
        return None


def _mail_date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message.get("date"))).date().isoformat()
    except (ValueError, TypeError, IndexError, AttributeError):
        return None


def parse_xml(text: str, file: str) -> ElementTree.Element:
    """Parse XML that declares no entities.

    Raises:
        InputError: the XML declares entities or is not well formed.
    """
    if "<!ENTITY" in text or ("<!DOCTYPE" in text[:2000] and "[" in text[:2000].split("<!DOCTYPE", 1)[1][:400]):
        raise InputError("refused: the XML declares entities or an internal document type", file=file)
    try:
        return ElementTree.fromstring(text.lstrip("\ufeff \n\r\t"))  # noqa: S314
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise InputError(f"the XML is not well formed ({_brief(error)})", file=file) from error


def feed_parts(text: str, file: str) -> Iterator[Part]:
    """Items of an RSS or Atom feed."""
    root = parse_xml(re.sub(r"^<\?xml[^>]*\?>", "", text.lstrip("\ufeff \n\r\t")), file)
    outlet = next((e.text for e in root.iter() if _local(e) == "title" and e.text), None)
    items = [e for e in root.iter() if _local(e) in ("item", "entry")]
    for n, item in enumerate(items, 1):
        fields: dict[str, str] = {}
        for child in item:
            value = "".join(child.itertext()).strip() or child.get("href", "")
            fields.setdefault(_local(child), value)
        body = max((fields.get(k, "") for k in ("encoded", "content", "description", "summary")), key=len)
        yield _item(
            n,
            fields.get("title"),
            body,
            fields.get("pubDate") or fields.get("published") or fields.get("updated") or fields.get("date"),
            fields.get("link"),
            outlet,
            fields.get("creator") or fields.get("author"),
        )


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def json_feed_parts(text: str, file: str) -> Iterator[Part]:
    """Items of a JSON feed."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"the JSON cannot be read ({_brief(error)})", file=file) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise InputError('not a JSON feed: it has no list "items"', file=file)
    for n, item in enumerate(items, 1):
        if isinstance(item, dict):
            body = item.get("content_html") or item.get("content_text") or item.get("summary") or ""
            yield _item(
                n,
                _string(item.get("title")),
                str(body),
                _string(item.get("date_published")),
                _string(item.get("url")),
                _string(feed.get("title")),
                None,
            )


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _item(
    n: int,
    title: str | None,
    body: str,
    date: str | None,
    url: str | None,
    outlet: str | None,
    author: str | None,
) -> Part:
    is_html = bool(re.search(r"<(?:p|br|div|a|em|strong|h\d|ul|blockquote|img)\b", body))
    meta = {"title": title, "published": _feed_date(date), "url": url, "outlet": outlet, "author": author}
    return f"item-{n}", body, is_html, {k: v for k, v in meta.items() if v}


def _feed_date(text: str | None) -> str | None:
    if not text:
        return None
    if re.match(r"\d{4}-\d\d-\d\d", text):
        return text[:10]
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def warc_parts(data: bytes, file: str) -> Iterator[Part]:
    """HTML and text responses of a web archive."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise MissingExtraError("warcio", "evidence") from None
    size = 0
    try:
        for n, record in enumerate(ArchiveIterator(io.BytesIO(data))):
            kind = (
                record.http_headers.get_header("Content-Type")
                if record.http_headers
                else record.rec_headers.get_header("Content-Type")
            ) or ""
            if record.rec_type not in ("response", "resource", "conversion") or not re.search(
                r"html|text/plain", kind
            ):
                continue
            raw = record.content_stream().read(MAX_UNPACKED - size + 1)
            size += len(raw)
            if size > MAX_UNPACKED or n > MAX_RECORDS:
                raise InputError(
                    f"refused: the archive unfolds to more than {MAX_UNPACKED >> 20} MiB", file=file
                )
            charset = re.search(r"charset=([\w-]+)", kind)
            text, _ = decode(raw, file=file, hint=charset.group(1) if charset else None)
            meta = {
                "url": record.rec_headers.get_header("WARC-Target-URI"),
                "published": (record.rec_headers.get_header("WARC-Date") or "")[:10],
            }
            yield f"record-{n + 1}", text, "html" in kind, {k: v for k, v in meta.items() if v}
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"the web archive cannot be read ({_brief(error)})", file=file) from error
