"""Many documents: find them, read each, say in one line which could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from foedus.errors import InputError
from foedus.evidence.decode import decode
from foedus.evidence.reader import Source, read_source
from foedus.evidence.records import Reading

MAX_BYTES = 64 * 1024 * 1024


def load(path: Path) -> Iterator[Source]:
    data = path.read_bytes()
    text, _ = decode(data, file=str(path))
    yield Source(str(path), text, hashlib.sha256(data).hexdigest())


def read_command(paths: list[Path], ledger: Path | None, json_path: Path | None, published: str | None) -> None:
    from foedus.evidence.export_json import write_json

    readings = (read_source(s, published) for p in paths for s in load(p))
    if json_path is not None:
        with json_path.open("w", encoding="utf-8") as handle:
            write_json(readings, handle)
