"""YAML in, plain values out, with the line of every field, so that an error can say where it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from foedus.errors import InputError, did_you_mean

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
OWN = Path(__file__).parent
QUICK: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The package's own files are right, so they are read by the quick reader; the slow one explains faults better."""

PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
)

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """One YAML file: its value and the line on which each part begins."""

    file: str
    value: Any
    lines: dict[Place, int]

    def error(self, message: str, *place: str | int) -> InputError:
        """Return an error that names the file, the line and the field of a place in the document."""
        known = tuple(place)
        while known and known not in self.lines:
            known = known[:-1]
        field = ".".join(str(part) for part in place) or None
        return InputError(message, file=self.file, line=self.lines.get(known), field=field)

    def keys(self, required: tuple[str, ...], optional: tuple[str, ...], *place: str | int) -> dict[str, Any]:
        """Return the mapping at a place after checking that it has the keys it must have and no others."""
        value = self.at(*place)
        if not isinstance(value, dict):
            raise self.error(f"expected a mapping with {', '.join(required)}, got {_kind(value)}", *place)
        for key in value:
            if key not in required + optional:
                raise self.error(
                    f"unknown field {key!r}{did_you_mean(str(key), required + optional)}", *place, key
                )
        for key in required:
            if key not in value:
                raise self.error(f"field {key!r} is missing", *place)
        return value

    def at(self, *place: str | int) -> Any:
        """Return the value at a place."""
        value = self.value
        for part in place:
            value = value[part]
        return value

    def date(self, *place: str | int) -> dt.date:
        """Return the date at a place."""
        value = self.at(*place)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        raise self.error(f"{value!r} is no date; write YYYY-MM-DD", *place)

    def text(self, *place: str | int) -> str:
        """Return the text at a place."""
        value = self.at(*place)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        raise self.error(f"expected text, got {_kind(value)}", *place)


def read(path: Path, *, name: str | None = None) -> Document:
    """Read one YAML file.

    Inputs:
        path: the file.
        name: how errors call it; the file's own path when not given.

    Raises:
        InputError: missing, too large, not UTF-8, not YAML, aliases, repeated keys or nesting too deep.
    """
    label = name or str(path)
    if not path.is_file():
        raise InputError("there is no such file", file=label)
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES // 1_000_000} MB; a rule or case file is small", file=label)
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("not a text file in UTF-8", file=label) from None
    return parse(text, name=label, reader=QUICK if path.is_relative_to(OWN) else yaml.SafeLoader)


def parse(text: str, *, name: str, reader: Any = yaml.SafeLoader) -> Document:
    """Parse YAML text; see `read`. ``reader``: the loader's class."""
    loader = reader(text)
    try:
        _refuse_aliases(text, name, reader)
        node = loader.get_single_node()
        if node is None:
            raise InputError("the file is empty", file=name)
        lines: dict[Place, int] = {}
        value = _build(loader, node, (), lines, name)
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else error.problem_mark.line + 1
        raise InputError(f"not valid YAML: {error.problem}", file=name, line=line) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(f"not valid YAML: {' '.join(str(error).split())[:120]}", file=name) from None
    finally:
        loader.dispose()
    return Document(name, value, lines)


def _refuse_aliases(text: str, name: str, reader: Any) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=reader):
        if isinstance(event, yaml.AliasEvent):
            raise InputError("aliases (*name) are not allowed", file=name, line=_line(event))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise InputError(f"nested deeper than {MAX_DEPTH}", file=name, line=_line(event))


def _line(event: yaml.Event) -> int | None:
    return None if event.start_mark is None else event.start_mark.line + 1


def _build(loader: yaml.SafeLoader, node: yaml.Node, place: Place, lines: dict[Place, int], name: str) -> Any:
    lines[place] = node.start_mark.line + 1
    if node.tag not in PLAIN_TAGS:
        raise InputError("tags (!name) are not allowed", file=name, line=lines[place])
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in result:
                raise InputError(f"field {key!r} appears twice", file=name, line=line, field=key)
            result[key] = _build(loader, value_node, (*place, key), lines, name)
            lines[(*place, key)] = line
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, child, (*place, i), lines, name) for i, child in enumerate(node.value)]
    try:
        return loader.construct_object(node)
    except ValueError:
        line = node.start_mark.line + 1
        field = ".".join(str(part) for part in place)
        raise InputError(f"{node.value!r} is not in the calendar", file=name, line=line, field=field) from None


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    return {dict: "a mapping", list: "a list", str: "text", bool: "true or false"}.get(type(value), repr(value))
