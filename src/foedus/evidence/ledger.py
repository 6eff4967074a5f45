"""The ledger: one DuckDB file, append-only, one transaction a document.

Corrections are new rows. An analyst's decision names the item by its place in the document, so that it holds when the
document is read again, also by a newer reader whose spans differ a little.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from foedus.errors import InputError, did_you_mean

KINDS = ("quotation", "statement", "quantity", "event", "stance", "claim")
DECISIONS = ("accept", "reject", "edit", "note")
SAME_PLACE = 0.5
"""Share of characters in common from which a decision still speaks of an item whose span has moved."""
_SCHEMA = """
CREATE SEQUENCE IF NOT EXISTS seq;
CREATE TABLE IF NOT EXISTS documents (
    seq BIGINT DEFAULT nextval('seq'), sha256 VARCHAR, path VARCHAR, characters BIGINT, offsets VARCHAR, text VARCHAR, meta VARCHAR, reader_version VARCHAR);
CREATE TABLE IF NOT EXISTS stories (
    seq BIGINT DEFAULT nextval('seq'), sha256 VARCHAR, reader_version VARCHAR, number INTEGER, start_at BIGINT, end_at BIGINT, title VARCHAR, published VARCHAR,
    sketch VARCHAR, story_group VARCHAR);
CREATE TABLE IF NOT EXISTS items (
    seq BIGINT DEFAULT nextval('seq'), item VARCHAR, sha256 VARCHAR, reader_version VARCHAR, kind VARCHAR, story INTEGER, start_at BIGINT, end_at BIGINT, text VARCHAR,
    speaker VARCHAR, content VARCHAR);
CREATE TABLE IF NOT EXISTS decisions (
    seq BIGINT DEFAULT nextval('seq'), item VARCHAR, sha256 VARCHAR, kind VARCHAR, start_at BIGINT, end_at BIGINT, decision VARCHAR, changes VARCHAR, note VARCHAR, analyst VARCHAR);
"""


@dataclass(frozen=True)
class Item:
    """One item of the ledger as it stands: as read, with the analyst's decisions applied."""

    id: str
    kind: str
    sha256: str
    path: str
    start: int
    end: int
    text: str
    speaker: str | None
    content: dict[str, Any]
    story: int
    title: str | None
    published: str | None
    group: str
    decision: str | None = None
    note: str | None = None


@contextmanager
def open_ledger(path: Path, *, write: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a ledger, making it where it is to be written.

    Raises:
        InputError: the file is missing, is no ledger, or another program is writing to it.
    """
    if not write and not path.exists():
        raise InputError("there is no such ledger; make one with  foedus read PATH --ledger FILE", file=path)
    try:
        connection = duckdb.connect(str(path), read_only=not write)
    except duckdb.IOException as error:
        text = str(error)
        reason = (
            "another program is using it" if "lock" in text.lower() else "it is not a ledger (a DuckDB file)"
        )
        raise InputError(f"the ledger cannot be opened: {reason}", file=path) from error
    except duckdb.Error as error:
        raise InputError(
            "the ledger cannot be opened: it is not a ledger (a DuckDB file)", file=path
        ) from error
    try:
        if write:
            connection.execute(_SCHEMA)
        elif not connection.execute(
            "SELECT 1 FROM information_schema.tables WHERE table_name = 'decisions'"
        ).fetchone():
            raise InputError("the file is a database but not a ledger", file=path)
        yield connection
    finally:
        connection.close()


def decide(
    connection: duckdb.DuckDBPyConnection,
    item: Item,
    decision: str,
    *,
    changes: dict[str, Any] | None = None,
    note: str | None = None,
    analyst: str | None = None,
) -> None:
    """Record an analyst's decision as a new row."""
    if decision not in DECISIONS:
        raise InputError(f"unknown decision {decision!r}{did_you_mean(decision, DECISIONS)}")
    connection.execute("BEGIN")
    try:
        connection.execute(
            "INSERT INTO decisions (item, sha256, kind, start_at, end_at, decision, changes, note, analyst) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                item.id,
                item.sha256,
                item.kind,
                item.start,
                item.end,
                decision,
                json.dumps(changes or {}, ensure_ascii=False),
                note,
                analyst,
            ],
        )
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def items(
    connection: duckdb.DuckDBPyConnection, *, kind: str | None = None, prefix: str | None = None
) -> list[Item]:
    """Items as they stand: of the newest reading of each document, decisions applied, in the order of reading."""
    if kind is not None and kind not in KINDS:
        raise InputError(f"unknown kind {kind!r}{did_you_mean(kind, KINDS)}", field="kind")
    rows = connection.execute(
        """WITH newest AS (SELECT sha256, arg_max(reader_version, seq) AS reader_version, arg_max(path, seq) AS path FROM documents GROUP BY sha256)
        SELECT i.item, i.kind, i.sha256, n.path, i.start_at, i.end_at, i.text, i.speaker, i.content, i.story, s.title, s.published, s.story_group
        FROM items i JOIN newest n ON i.sha256 = n.sha256 AND i.reader_version = n.reader_version
        LEFT JOIN stories s ON s.sha256 = i.sha256 AND s.reader_version = i.reader_version AND s.number = i.story
        WHERE (? IS NULL OR i.kind = ?) AND (? IS NULL OR starts_with(i.item, ?)) ORDER BY i.seq""",
        [kind, kind, prefix, prefix],
    ).fetchall()
    decided = _decisions(connection)
    return [_decided(_item(row), decided) for row in rows]


def _item(row: tuple[Any, ...]) -> Item:
    return Item(
        id=row[0], kind=row[1], sha256=row[2], path=row[3], start=row[4], end=row[5], text=row[6], speaker=row[7], content=json.loads(row[8]), story=row[9],
        title=row[10], published=row[11], group=row[12] or "",
    )  # fmt: skip


def _decisions(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
    found: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row in connection.execute(
        "SELECT sha256, kind, item, start_at, end_at, decision, changes, note FROM decisions ORDER BY seq"
    ).fetchall():
        found.setdefault((row[0], row[1]), []).append(row[2:])
    return found


def _decided(item: Item, decided: dict[tuple[str, str], list[tuple[Any, ...]]]) -> Item:
    """Apply the decisions on an item, oldest first: the last acceptance or rejection holds, edits add up."""
    from dataclasses import replace

    exact = [d for d in decided.get((item.sha256, item.kind), []) if d[0] == item.id]
    near = exact or [d for d in decided.get((item.sha256, item.kind), []) if _same_place(item, d[1], d[2])]
    for _, _, _, decision, changes, note in near:
        content = {**item.content, **json.loads(changes or "{}")}
        verdict = (
            decision
            if decision in ("accept", "reject")
            else ("accept" if decision == "edit" else item.decision)
        )
        item = replace(
            item,
            content=content,
            speaker=content.get("speaker", item.speaker),
            decision=verdict,
            note=note or item.note,
        )
    return item


def _same_place(item: Item, start: int, end: int) -> bool:
    shared = min(item.end, end) - max(item.start, start)
    return shared > 0 and shared >= SAME_PLACE * (max(item.end, end) - min(item.start, start))


def one(connection: duckdb.DuckDBPyConnection, prefix: str) -> Item:
    """Item whose identifier begins with `prefix`.

    Raises:
        InputError: there is none, or more than one.
    """
    found = items(connection, prefix=prefix) if prefix else []
    if len({i.id for i in found}) != 1:
        raise InputError(
            f"{'no item' if not found else str(len(found)) + ' items'} with an identifier that begins with {prefix!r}; see  foedus evidence list",
            field="ITEM",
        )
    return found[0]


def text_of(connection: duckdb.DuckDBPyConnection, sha256: str) -> str:
    """Decoded text of a document."""
    row = connection.execute(
        "SELECT text FROM documents WHERE sha256 = ? ORDER BY seq DESC LIMIT 1", [sha256]
    ).fetchone()
    return str(row[0]) if row else ""


def summary(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Number of documents, stories, groups of stories, items and decisions."""
    one_row = connection.execute(
        "SELECT (SELECT count(DISTINCT sha256) FROM documents), (SELECT count(*) FROM stories), (SELECT count(DISTINCT story_group) FROM stories), (SELECT count(*) FROM items), (SELECT count(*) FROM decisions)"
    ).fetchone()
    return dict(
        zip(("documents", "stories", "groups", "items", "decisions"), one_row or (0, 0, 0, 0, 0), strict=True)
    )
