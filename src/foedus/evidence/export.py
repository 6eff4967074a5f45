"""The ledger as tables and as sources: CSV, JSON, BibTeX and CSL."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import duckdb

from foedus.errors import InputError, did_you_mean
from foedus.evidence.ledger import Item, items

FORMATS = ("csv", "json", "bibtex", "csl")
COLUMNS = (
    "id",
    "kind",
    "decision",
    "note",
    "path",
    "sha256",
    "title",
    "published",
    "start",
    "end",
    "speaker",
    "text",
    "content",
)


def export(connection: duckdb.DuckDBPyConnection, form: str) -> str:
    """Items (csv, json) or sources (bibtex, csl) of a ledger.

    Raises:
        InputError: unknown format.
    """
    if form not in FORMATS:
        raise InputError(f"unknown format {form!r}{did_you_mean(form, FORMATS)}", field="--format")
    if form in ("csv", "json"):
        found = items(connection)
        return (
            to_csv(found)
            if form == "csv"
            else json.dumps([asdict(i) for i in found], ensure_ascii=False, indent=1) + "\n"
        )
    sources = _sources(connection)
    return (
        to_bibtex(sources)
        if form == "bibtex"
        else json.dumps([_csl(s) for s in sources], ensure_ascii=False, indent=1) + "\n"
    )


def to_csv(found: Sequence[Item]) -> str:
    """Items as CSV. A cell that a spreadsheet would run as a formula is led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in found:
        row = {**asdict(item), "content": json.dumps(item.content, ensure_ascii=False)}
        writer.writerow([_inert(row[c]) for c in COLUMNS])
    return out.getvalue()


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _sources(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = connection.execute(
        """SELECT d.sha256, d.path, d.meta, s.title, s.published, s.number FROM documents d JOIN stories s USING (sha256, reader_version)
        QUALIFY row_number() OVER (PARTITION BY d.sha256, s.number ORDER BY d.seq DESC) = 1 ORDER BY d.seq, s.number"""
    ).fetchall()
    found = []
    for sha, path, meta, title, published, number in rows:
        data = json.loads(meta or "{}")
        found.append(
            {
                **data,
                "sha256": sha,
                "path": path,
                "title": title or data.get("title"),
                "published": published or data.get("published"),
                "key": f"{sha[:8]}-{number}",
            }
        )
    return found


def to_bibtex(sources: Sequence[dict[str, Any]]) -> str:
    """Sources as BibTeX; what is not known is left out."""
    entries = []
    for source in sources:
        fields = {
            "title": source.get("title"), "author": source.get("author"), "journal": source.get("outlet"), "date": source.get("published"), "url": source.get("url"),
            "note": f"file {source['path'].rsplit('/', 1)[-1]}, sha256 {source['sha256'][:16]}",
        }  # fmt: skip
        body = ",\n".join(f"  {k} = {{{_escape(str(v))}}}" for k, v in fields.items() if v)
        entries.append(f"@article{{foedus-{source['key']},\n{body}\n}}\n")
    return "\n".join(entries)


def _escape(text: str) -> str:
    plain = text.replace("\\", "/").replace("{", "(").replace("}", ")")
    return re.sub(r"([&%$#_])", r"\\\1", " ".join(plain.split()))


def _csl(source: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": f"foedus-{source['key']}",
        "type": "article-newspaper",
        "title": source.get("title"),
    }
    if source.get("published"):
        entry["issued"] = {
            "date-parts": [[int(p) for p in str(source["published"]).split("-")[:3] if p.isdigit()]]
        }
    for ours, theirs in (("outlet", "container-title"), ("url", "URL")):
        if source.get(ours):
            entry[theirs] = source[ours]
    if source.get("author"):
        entry["author"] = [{"literal": source["author"]}]
    return {k: v for k, v in entry.items() if v}
