"""Readings into a ledger: several documents a transaction, rows as columns.

What one kill can cost is the documents of the transaction under way; none is ever there in part.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb

from foedus.evidence.dedupe import Groups
from foedus.evidence.records import Reading
from foedus.evidence.version import reader_version

BATCH = 64
"""Documents of one transaction."""
_DOCUMENTS = ("sha256", "path", "characters", "offsets", "text", "meta", "reader_version")
_STORIES = (
    "sha256", "reader_version", "number", "start_at", "end_at", "title", "published", "sketch", "story_group",
)  # fmt: skip
_ITEMS = (
    "item", "sha256", "reader_version", "kind", "story", "start_at", "end_at", "text", "speaker", "content",
)  # fmt: skip
_NUMBERS = frozenset(("characters", "number", "start_at", "end_at", "story"))


class Appender:
    """Adds readings to an open ledger, and knows which stories it holds already."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._groups = Groups()
        self._names: list[str] = []
        for sketch, name in connection.execute(
            "SELECT sketch, story_group FROM stories ORDER BY seq"
        ).fetchall():
            self._group(sketch, name)

    def on(self, connection: duckdb.DuckDBPyConnection) -> Appender:
        """Go on with the same ledger, opened again."""
        self._connection = connection
        return self

    def _group(self, sketch: str, name: str) -> str:
        number, new = self._groups.add(sketch)
        if new:
            self._names.append(name)
        return self._names[number]

    def add(self, readings: Sequence[Reading]) -> int:
        """Add readings in one transaction; returns how many were new.

        A document read before by the same reader version is left alone.
        """
        fresh = self._fresh(readings)
        if not fresh:
            return 0
        self._connection.execute("BEGIN")
        try:
            self._insert("documents", _DOCUMENTS, [_document(r) for r in fresh])
            self._insert("stories", _STORIES, [row for r in fresh for row in self._stories(r)])
            self._insert("items", _ITEMS, [row for r in fresh for row in _rows(r)])
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        return len(fresh)

    def _fresh(self, readings: Sequence[Reading]) -> list[Reading]:
        """Readings that the ledger does not hold, each document once."""
        by_hash = {r.sha256: r for r in reversed(readings)}
        known = self._connection.execute(
            "SELECT sha256 FROM documents WHERE reader_version = ? AND sha256 IN (SELECT unnest(?::VARCHAR[]))",
            [reader_version(), list(by_hash)],
        ).fetchall()
        held = {row[0] for row in known}
        return [r for r in readings if by_hash[r.sha256] is r and r.sha256 not in held]

    def _stories(self, reading: Reading) -> Iterator[tuple[Any, ...]]:
        for number, story in enumerate(reading.stories):
            group = self._group(story.group, f"{reading.sha256[:12]}-{number}")
            yield (
                reading.sha256, reader_version(), number, story.start, story.end, story.title, story.published, story.group, group,
            )  # fmt: skip

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        lists = [list(column) for column in zip(*rows, strict=True)]
        cells = ", ".join(f"unnest(?::{'BIGINT' if c in _NUMBERS else 'VARCHAR'}[])" for c in columns)
        self._connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {cells}", lists)


def append(connection: duckdb.DuckDBPyConnection, reading: Reading) -> bool:
    """Add one reading in one transaction; returns whether it was new."""
    return Appender(connection).add([reading]) == 1


def item_id(sha256: str, kind: str, start: int, end: int, extra: str) -> str:
    """Identifier of an item: the same whenever the same words of the same document are read the same way."""
    return hashlib.sha256(f"{sha256}|{kind}|{start}|{end}|{extra}".encode()).hexdigest()[:12]


def _document(reading: Reading) -> tuple[Any, ...]:
    return (
        reading.sha256, reading.path, len(reading.text), reading.offsets, _storable(reading.text),
        json.dumps(reading.meta, ensure_ascii=False), reader_version(),
    )  # fmt: skip


def _storable(text: str) -> str:
    """Text without the characters that a database cannot hold, replaced one for one."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _rows(reading: Reading) -> Iterator[tuple[Any, ...]]:
    lists: Mapping[str, Sequence[Any]] = {
        "quotation": reading.quotations,
        "statement": reading.statements,
        "quantity": reading.quantities,
        "event": reading.events,
        "stance": reading.stances,
        "claim": reading.claims,
    }
    for kind, found in lists.items():
        for item in found:
            content = dict(vars(item))
            extra = str(content.get("proposition") or content.get("action") or content.get("kind") or "")
            identity = item_id(reading.sha256, kind, item.start, item.end, extra)
            speaker = content.get("speaker")
            yield (
                identity, reading.sha256, reader_version(), kind, item.story, item.start, item.end, _storable(item.text),
                _storable(speaker) if speaker else None, _storable(json.dumps(content, ensure_ascii=False)),
            )  # fmt: skip
