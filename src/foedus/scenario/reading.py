"""YAML to plain data with the line of every entry, within limits that no file can stretch.

The parser's events are read one by one, so that a hostile file is refused at the first event that breaks a
rule: no aliases (and so no bombs), no tags (and so no objects), no second document, no duplicate keys, bounded
depth.
"""

from __future__ import annotations

import math
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from foedus.errors import InputError
from foedus.scenario.fields import Location, shown

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_VALUES = 20_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Valued = yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"([-+]?\.inf|\.nan)", re.IGNORECASE)
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


@dataclass(frozen=True)
class Document:
    """A file's data and the line (from 1) of every entry, by its path of keys and positions."""

    file: str
    data: Any
    lines: dict[Location, int]

    def line_of(self, place: Location) -> int:
        """Return the line of the entry at a path, or of the nearest entry around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_text(path: Path) -> str:
    """Read a scenario file as text; refuses what is too large, binary, not UTF-8 or not a file."""
    file = str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError("must be a regular file with YAML in it", file=file)
        if status.st_size > MAX_BYTES:
            raise InputError(_too_large(status.st_size), file=file)
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"cannot be read ({reason}): give the path of a readable file", file=file) from error
    if len(raw) > MAX_BYTES:
        raise InputError(_too_large(len(raw)), file=file)
    return decode(raw, file)


def decode(raw: bytes, file: str) -> str:
    """Return the text of a file's bytes, which must be UTF-8 (a byte order mark is allowed)."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(
            "must be encoded in UTF-8, this is UTF-16 or UTF-32: save it as UTF-8", file=file, line=1
        )
    if b"\x00" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\x00")) + 1
        raise InputError("must be a text file in UTF-8, this is binary", file=file, line=line)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        text = f"must be encoded in UTF-8, the byte {raw[error.start]:#04x} is not: save it as UTF-8"
        raise InputError(text, file=file, line=line) from error


def parse(text: str, file: str) -> Document:
    """Turn YAML text into data with lines; raises InputError for anything but one plain document."""
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        raise InputError(_syntax(error, text, line), file=file, line=line) from error
    except yaml.reader.ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        line = text.count("\n", 0, position) + 1
        raise InputError("must be plain text, without control characters", file=file, line=line) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise InputError("must be YAML: the text cannot be parsed", file=file) from error
    if not builder.has_root or builder.root is None:
        raise InputError(
            "the file is empty: it needs at least name, title, start and horizon", file=file, line=1
        )
    return Document(file, builder.root, builder.lines)


def _too_large(size: int) -> str:
    return f"must be at most {MAX_BYTES // 1_000_000} MB, it has {size / 1_000_000:.1f} MB"


def _syntax(error: yaml.MarkedYAMLError, text: str, line: int | None) -> str:
    problem = " ".join(str(error.problem or error.context or "it cannot be parsed").split())
    lines = text.splitlines()
    there = lines[line - 1] if line is not None and line <= len(lines) else ""
    indent = there[: len(there) - len(there.lstrip())]
    if "\t" in indent or "'\\t'" in problem:
        return "tabs cannot indent YAML: use spaces"
    if "mapping values are not allowed" in problem:
        return "not valid YAML: quote a text that contains a colon, and check the indentation"
    return f"not valid YAML ({problem}): check brackets, quotes and indentation"


@dataclass
class _Open:
    """A collection that is still being read."""

    value: Any
    place: Location
    key: str | None = None
    first_lines: dict[str, int] = field(default_factory=dict)


class _Builder:
    """Builds data from parser events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Location, int] = {}
        self.root: Any = None
        self.has_root = False
        self._open: list[_Open] = []
        self._values = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse("aliases (*name) are not allowed: write the value out", line)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._refuse("must hold one document: put the second one in a file of its own", line)
        if isinstance(event, _Valued):
            self._take_node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()

    def _take_node(self, event: _Valued, line: int) -> None:
        if event.anchor is not None:
            raise self._refuse("anchors (&name) are not allowed: write the value out", line)
        if event.tag is not None:
            raise self._refuse(
                f"tags are not allowed: write a plain value in place of {shown(event.tag)}", line
            )
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._refuse(f"must hold at most {MAX_VALUES} values: split the file", line)
        if len(self._open) >= MAX_DEPTH:
            raise self._refuse(f"must not be nested more than {MAX_DEPTH} levels deep", line)
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._take_key(top, event, line)
            return
        place = self._place(top, line)
        value = self._value(event, place, line)
        if top is None:
            self.root, self.has_root = value, True
        elif isinstance(top.value, dict):
            top.value[top.key] = value
            top.key = None
        else:
            top.value.append(value)
        if isinstance(event, yaml.CollectionStartEvent):
            self._open.append(_Open(value, place))

    def _place(self, top: _Open | None, line: int) -> Location:
        if top is None:
            place: Location = ()
        elif isinstance(top.value, dict):
            return (*top.place, str(top.key))
        else:
            place = (*top.place, len(top.value))
        self.lines[place] = line
        return place

    def _take_key(self, top: _Open, event: _Valued, line: int) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse("a key must be a word, not a list or a mapping", line)
        key = str(event.value)
        if key in top.first_lines:
            text = f"the key appears twice, first on line {top.first_lines[key]}: keep one"
            raise self._refuse(text, line, (*top.place, key))
        top.key = key
        top.first_lines[key] = line
        self.lines[(*top.place, key)] = line

    def _value(self, event: _Valued, place: Location, line: int) -> object:
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        if not isinstance(event, yaml.ScalarEvent):
            return []
        text = str(event.value)
        if event.style not in (None, "") or not event.implicit[0]:
            return text
        try:
            return plain_value(text)
        except ValueError as error:
            raise self._refuse(str(error), line, place) from error

    def _refuse(self, message: str, line: int, place: Location = ()) -> InputError:
        return InputError(message, file=self.file, line=line, field=field_name(place) or None)


def plain_value(text: str) -> object:
    """Return what an unquoted scalar means by YAML's core schema; dates stay text.

    Example:
        >>> plain_value("0.5"), plain_value("2026-01"), plain_value("no"), plain_value("null")
        (0.5, '2026-01', 'no', None)
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and len(text) <= 18:
        return int(text)
    if _NOT_FINITE.fullmatch(text):
        msg = f"must be a finite number, got {text}"
        raise ValueError(msg)
    if len(text) <= 400 and _FLOAT.fullmatch(text):
        number = float(text)
        if not math.isfinite(number):
            msg = f"must be a finite number, got {text[:40]}"
            raise ValueError(msg)
        return number
    return text


def field_name(place: Location) -> str:
    """Return a path as users write it.

    Example:
        >>> field_name(("interventions", 2, "share"))
        'interventions[2].share'
    """
    name = ""
    for step in place:
        if isinstance(step, int):
            name += f"[{step}]"
        else:
            word = step if re.fullmatch(r"[\w<.-]{1,60}", step) else shown(step)
            name += f".{word}" if name else word
    return name
