"""Read a CSV against its schema: typed columns, limits, unique keys; missing stays missing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from foedus.atlas.schemas import Attribute, Schema
from foedus.errors import InputError, did_you_mean

MAX_BYTES = 50_000_000
"""A table larger than this is refused before it is read."""

_DTYPES: dict[str, type[pl.DataType]] = {"integer": pl.Int64, "number": pl.Float64, "date": pl.Date}
_KNOWN = {
    "member": "a state of the atlas (see: foedus atlas members)",
    "source": "an id of the table sources",
}
_RIGHT = {
    "integer": "a whole number",
    "number": "a number",
    "date": "a date as YYYY-MM-DD",
    "boolean": "true or false",
    "country": "a code of three capital letters",
    "member": "a code of three capital letters",
}
RAW = "as written: "
"""Stands before the name of a column that holds the text as it was read."""


def read_table(
    path: Path, schema: Schema, *, members: frozenset[str] | None = None, sources: frozenset[str] | None = None
) -> pl.DataFrame:
    """Read and check one CSV.

    Inputs:
        path: the file; UTF-8, comma-separated, with a header line.
        schema: what its columns must be.
        members: codes allowed in columns of type ``member`` (any code where None).
        sources: identifiers allowed in columns of type ``source`` (any text where None).

    Returns:
        One row per line, one typed column per attribute of the schema.

    Raises:
        InputError: names the file, the line, the field and what would be right.
    """
    text = _read_text(path)
    raw = _parse(text, path)
    raw = _match_columns(raw, schema, path)
    lines = _Lines(text)
    known = {"member": members, "source": sources}
    raw = raw.select(_stripped(a) for a in schema.attributes)
    frame = raw.select(_cast(pl.col(a.name), a).alias(a.name) for a in schema.attributes)
    _check_values(raw, frame, schema, known, _Place(path, lines))
    _check_key(frame, schema, path, lines)
    return frame


@dataclass(frozen=True)
class _Place:
    path: Path
    lines: _Lines


class _Lines:
    """Turn row numbers into line numbers; counted only when an error needs it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def of(self, row: int) -> int:
        reader = csv.reader(io.StringIO(self._text))
        seen = -1
        try:
            for record in reader:
                if record:
                    seen += 1
                if seen == row + 1:
                    return reader.line_num
        except csv.Error:
            pass
        return row + 2


def _read_text(path: Path) -> str:
    if not path.exists():
        raise InputError("there is no such file", file=path)
    if path.is_dir():
        raise InputError("this is a folder; give a CSV file", file=path)
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise InputError(
            f"{size / 1e6:.0f} MB is too large; a table has at most {MAX_BYTES / 1e6:.0f} MB", file=path
        )
    data = path.read_bytes()
    if b"\0" in data[:65536]:
        raise InputError("this is a binary file; give comma-separated text in UTF-8", file=path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError("the text is not UTF-8; save the file as UTF-8", file=path, line=line) from None
    if not text.strip():
        raise InputError("the file is empty; the first line must name the columns", file=path)
    return text


def _parse(text: str, path: Path) -> pl.DataFrame:
    try:
        header = next(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        raise InputError(f"the header does not parse ({error})", file=path, line=1) from None
    if len(set(header)) != len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise InputError(
            "the column stands twice in the header; keep one", file=path, line=1, field=twice or "(empty)"
        )
    _check_last_line(text, len(header), path)
    try:
        return pl.read_csv(io.BytesIO(text.encode()), infer_schema=False)
    except pl.exceptions.PolarsError:
        line, found = _ragged(text, len(header))
        raise InputError(
            f"the line has {found} fields; the header has {len(header)}", file=path, line=line
        ) from None


def _check_last_line(text: str, width: int, path: Path) -> None:
    """Refuse a file that was cut off: its short last line would read as missing values."""
    last = text.rstrip("\r\n").rsplit("\n", 1)[-1]
    if '"' in last:
        return
    found = last.count(",") + 1
    if found < width:
        line = text.rstrip("\r\n").count("\n") + 1
        raise InputError(
            f"the last line has {found} fields; the header has {width} (is the file cut off?)",
            file=path,
            line=line,
        )


def _ragged(text: str, width: int) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(text))
    try:
        for record in reader:
            if record and len(record) != width:
                return reader.line_num, len(record)
    except csv.Error:
        pass
    return reader.line_num, 0


def _match_columns(raw: pl.DataFrame, schema: Schema, path: Path) -> pl.DataFrame:
    for name in raw.columns:
        if name not in schema.columns:
            raise InputError(
                f"table {schema.name!r} has no such column{did_you_mean(name, schema.columns)}",
                file=path,
                line=1,
                field=name or "(empty)",
            )
    for attribute in schema.attributes:
        if attribute.name not in raw.columns:
            if attribute.required and attribute.default is None:
                raise InputError("the column is missing and required", file=path, line=1, field=attribute.name)
            raw = raw.with_columns(pl.lit(None, dtype=pl.String).alias(attribute.name))
    return raw


def _stripped(attribute: Attribute) -> pl.Expr:
    text = pl.col(attribute.name).str.strip_chars()
    given = pl.when(text != "").then(text)
    return (given if attribute.default is None else given.fill_null(attribute.default)).alias(attribute.name)


def _check_values(
    raw: pl.DataFrame,
    typed: pl.DataFrame,
    schema: Schema,
    known: dict[str, frozenset[str] | None],
    place: _Place,
) -> None:
    """Hold every value against its column's rules, all in one pass; ``raw`` and ``typed`` have the same columns."""
    rules = [(a, *rule) for a in schema.attributes for rule in _rules(a, known.get(a.type))]
    both = typed.hstack([column.alias(f"{RAW}{column.name}") for column in raw])
    first = both.select(
        bad.fill_null(False).arg_true().first().alias(str(k)) for k, (_, bad, _) in enumerate(rules)
    )
    for (attribute, _, right), row in zip(rules, first.row(0), strict=True):
        if row is not None:
            value = raw[attribute.name][row]
            got = "the field is empty" if value is None else f"got {_short(value)!r}"
            raise InputError(
                f"{got}; give {right}", file=place.path, line=place.lines.of(row), field=attribute.name
            )


def _rules(attribute: Attribute, known: frozenset[str] | None) -> Iterator[tuple[pl.Expr, str]]:
    """Yield, for each rule of the column, which rows break it and what would be right."""
    typed, raw = pl.col(attribute.name), pl.col(f"{RAW}{attribute.name}")
    yield typed.is_null() & raw.is_not_null(), _RIGHT.get(attribute.type, "text")
    if attribute.required:
        yield typed.is_null(), _RIGHT.get(attribute.type, "a value")
    if attribute.type == "number":
        yield ~typed.is_finite(), "a finite number"
    unit = "" if not attribute.unit or attribute.unit.startswith("see ") else f" {attribute.unit}"
    if attribute.minimum is not None:
        yield typed < attribute.minimum, f"{attribute.minimum:g}{unit} or more"
    if attribute.maximum is not None:
        yield typed > attribute.maximum, f"{attribute.maximum:g}{unit} or less"
    if attribute.allowed:
        yield ~typed.is_in(list(attribute.allowed)), f"one of {', '.join(attribute.allowed)}"
    if known is not None:
        yield ~typed.is_in(sorted(known)), _KNOWN[attribute.type]


def _cast(raw: pl.Expr, attribute: Attribute) -> pl.Expr:
    if attribute.type == "boolean":
        known = {"true": True, "false": False}
        return raw.str.to_lowercase().replace_strict(known, default=None, return_dtype=pl.Boolean)
    if attribute.type == "date":
        return pl.when(raw.str.len_chars() == 10).then(raw.str.to_date("%Y-%m-%d", strict=False))
    if attribute.type in ("member", "country"):
        return pl.when(raw.str.contains(r"^[A-Z]{3}$")).then(raw)
    if attribute.type in _DTYPES:
        return raw.cast(_DTYPES[attribute.type], strict=False)
    return raw


def _check_key(frame: pl.DataFrame, schema: Schema, path: Path, lines: _Lines) -> None:
    key = [*schema.key, *(["as_of"] if schema.has_editions else [])]
    if not schema.key or frame.height == 0:
        return
    twice = frame.select(~pl.struct(key).is_first_distinct()).to_series()
    if twice.any():
        row = int(twice.arg_true()[0])
        values = ", ".join(f"{name}={frame[name][row]}" for name in key)
        raise InputError(
            f"the key {values} stands in the table twice; keep one row",
            file=path,
            line=lines.of(row),
            field=key[0],
        )


def _short(value: str, limit: int = 40) -> str:
    return value if len(value) <= limit else value[:limit] + "..."
