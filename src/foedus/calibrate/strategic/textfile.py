"""Text files of sensible size; imports nothing heavy."""

from __future__ import annotations

from pathlib import Path

from foedus.errors import InputError

_MAX_BYTES = 50_000_000


def read_text(path: Path) -> str:
    """Read a text file of sensible size."""
    if not path.is_file():
        raise InputError("no such file", file=path)
    if path.stat().st_size > _MAX_BYTES:
        raise InputError(f"larger than {_MAX_BYTES // 1_000_000} MB; that is no game file", file=path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", file=path) from error
