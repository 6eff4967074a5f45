"""Readings as the JSON that ``foedus read --json`` writes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from foedus.evidence.records import Reading
from foedus.evidence.version import reader_version

_LISTS = ("stories", "dropped", "quotations", "statements", "quantities", "events", "stances", "claims")


def document(reading: Reading) -> dict[str, Any]:
    """One document in the shape of the contract; spans count code points of the decoded document."""
    content: dict[str, Any] = {
        "path": reading.path,
        "sha256": reading.sha256,
        "characters": len(reading.text),
        "offsets": reading.offsets,
    }
    for name in _LISTS:
        content[name] = [_clean(vars(item)) for item in getattr(reading, name)]
    if reading.meta:
        content["meta"] = reading.meta
    return content


def _clean(item: dict[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in item.items() if k != "group"}


def write_json(readings: Iterable[Reading], handle: IO[str]) -> int:
    """Write readings one after the other, so that memory does not grow with their number; returns how many."""
    handle.write('{"reader_version": ' + json.dumps(reader_version()) + ', "documents": [')
    count = 0
    for reading in readings:
        handle.write((",\n" if count else "\n") + json.dumps(document(reading), ensure_ascii=False))
        count += 1
    handle.write("\n]}\n")
    return count
