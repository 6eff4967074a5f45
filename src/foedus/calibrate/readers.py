"""Publishers' files as frames of text: CSV in any usual encoding, parquet, and sheets of Excel workbooks.

Workbooks are read with the standard library alone, with limits on size, so that a hostile archive cannot fill memory.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

import polars as pl

from foedus.errors import InputError

LARGEST_FILE = 600_000_000
LARGEST_PART = 200_000_000
"""Bytes of a file, and of one unpacked part of a workbook."""

MOST_COLUMNS = 5000
MOST_ROWS = 2**20
"""Rows of a sheet; blank ones are left out of the file and put back, so that row numbers are the reader's own."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def decode(raw: bytes, file: Path) -> tuple[str, str]:
    """Text and the name of its encoding: UTF-8, or Windows-1252 where no byte speaks for UTF-8.

    Errors: InputError with the first line that does not fit, where both encodings are mixed in one file.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16"), "utf-16"
    if b"\x00" in raw:
        raise InputError(
            "holds binary data, not text", file=file, line=raw[: raw.index(b"\x00")].count(b"\n") + 1
        )
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
    if re.search(rb"[\xc2-\xc5][\x80-\xbf]|[\xe2][\x80-\xbf]{2}", raw):
        raise InputError(
            "mixes UTF-8 and Windows-1252 text: save the whole file as UTF-8", file=file, line=line
        )
    try:
        return raw.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError as error:
        bad = raw[: error.start].count(b"\n") + 1
        raise InputError("neither UTF-8 nor Windows-1252 text", file=file, line=bad) from error


@dataclass(frozen=True)
class Sheet:
    """A file's rows as text columns, what was noticed, and the line on which each row stands (empty: not known)."""

    frame: pl.DataFrame
    notes: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def read_csv(raw: bytes, file: Path) -> Sheet:
    """A CSV file as text columns. Ragged rows are refused with their line, empty ones passed over."""
    text, encoding = decode(raw, file)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    table: list[list[str]] = []
    lines: list[int] = []
    try:
        names = [name.strip().strip('"') for name in next(rows, [])]
        before = rows.line_num
        for row in rows:
            line, before = before + 1, rows.line_num
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(names):
                raise InputError(_ragged(len(row), len(names)), file=file, line=line)
            table.append(row)
            lines.append(line)
    except csv.Error as error:
        raise InputError(f"not CSV: {error}", file=file, line=rows.line_num) from error
    if not names or not any(names) or len(names) > MOST_COLUMNS:
        raise InputError("no header row with column names", file=file, line=1)
    if len(set(names)) != len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise InputError(f"column {twice!r} stands twice in the header", file=file, line=1)
    notes = [] if encoding == "utf-8" else [f"read as {encoding}"]
    frame = pl.DataFrame(table, schema=dict.fromkeys(names, pl.String), orient="row")
    return Sheet(frame.with_columns(pl.all().str.strip_chars()), notes, lines)


def _ragged(found: int, expected: int) -> str:
    hint = ": the first line must hold the column names, and nothing above them" if expected == 1 else ""
    return f"{found} values where the header has {expected}{hint}"


def _read_archive(file: Path) -> Sheet | dict[str, list[list[str]]]:
    """A workbook, or a publisher's archive with one CSV file in it.

    Errors: InputError that lists what the archive holds where it is neither.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            names = [n for n in archive.namelist() if not n.endswith("/") and not n.startswith("__MACOSX/")]
            tables = [n for n in names if n.lower().endswith(".csv")]
            if any(n.startswith("xl/") for n in names):
                return read_workbook(file)
            if len(tables) != 1:
                held = ", ".join(names[:6]) + (" ..." if len(names) > 6 else "")
                need = "an archive with one CSV file in it, or a workbook; unpack it and give the right file"
                raise InputError(f"need {need}; it holds {held or 'nothing'}", file=file)
            sheet = read_csv(_part(archive, tables[0], file), file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise InputError(f"not a readable archive ({error.__class__.__name__})", file=file) from error
    return Sheet(sheet.frame, [f"{tables[0]} in the archive", *sheet.notes], sheet.lines)


def _part(archive: zipfile.ZipFile, name: str, file: Path) -> bytes:
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise InputError(f"not an Excel workbook: part {name} is missing", file=file) from None
    if info.file_size > LARGEST_PART:
        raise InputError(f"part {name} unpacks to more than {LARGEST_PART // 10**6} MB", file=file)
    data = archive.read(info)
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data[:2000]:
        raise InputError(f"part {name} declares entities, which no workbook does", file=file)
    return data


def _elements(data: bytes, tag: str) -> Iterator[Element]:
    for _, element in iterparse(io.BytesIO(data)):  # noqa: S314 - size is limited and entities are refused above
        if element.tag == f"{_MAIN}{tag}":
            yield element
            element.clear()


def _column(reference: str) -> int:
    number = 0
    for letter in re.match(r"[A-Z]+", reference).group():  # type: ignore[union-attr]
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cell(cell: Element, strings: list[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{_MAIN}t"))
    value = cell.find(f"{_MAIN}v")
    if value is None or value.text is None:
        return ""
    return strings[int(value.text)] if kind == "s" else value.text


def read_workbook(file: Path) -> dict[str, list[list[str]]]:
    """Every sheet of a workbook as rows of text, by its name."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            strings = [""]
            if "xl/sharedStrings.xml" in names:
                parts = _elements(_part(archive, "xl/sharedStrings.xml", file), "si")
                strings = ["".join(t.text or "" for t in si.iter(f"{_MAIN}t")) for si in parts]
            links = dict(
                re.findall(r'Id="([^"]+)"[^>]*?Target="([^"]+)"', _relations(archive, file))
                + [
                    (b, a)
                    for a, b in re.findall(r'Target="([^"]+)"[^>]*?Id="([^"]+)"', _relations(archive, file))
                ]
            )
            sheets = [
                (str(s.get("name")), links[str(s.get(_RELATION))])
                for s in _elements(_part(archive, "xl/workbook.xml", file), "sheet")
            ]
            return {name: _sheet(archive, target, strings, file) for name, target in sheets}
    except (zipfile.BadZipFile, ParseError, KeyError, IndexError, ValueError, AttributeError) as error:
        raise InputError(f"not a readable Excel workbook ({error.__class__.__name__})", file=file) from error


def _relations(archive: zipfile.ZipFile, file: Path) -> str:
    return _part(archive, "xl/_rels/workbook.xml.rels", file).decode("utf-8")


def _sheet(archive: zipfile.ZipFile, target: str, strings: list[str], file: Path) -> list[list[str]]:
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    rows: list[list[str]] = []
    for row in _elements(_part(archive, path, file), "row"):
        number = row.get("r", "")
        if number.isdigit() and int(number) <= MOST_ROWS:
            rows += [[] for _ in range(int(number) - 1 - len(rows))]
        values: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            at = _column(cell.get("r", "")) if cell.get("r") else len(values)
            if at >= MOST_COLUMNS:
                break
            values += [""] * (at - len(values)) + [_cell(cell, strings)]
        rows.append(values)
    return rows


def read_any(file: Path) -> Sheet | dict[str, list[list[str]]]:
    """A CSV or parquet file, or the sheets of a workbook.

    Errors: InputError that names the file and what would be right.
    """
    if file.is_dir():
        raise InputError("is a folder; give one file", file=file)
    if not file.is_file():
        raise InputError("no such file", file=file)
    size = file.stat().st_size
    if size == 0:
        raise InputError("the file is empty", file=file)
    if size > LARGEST_FILE:
        raise InputError(f"larger than {LARGEST_FILE // 10**6} MB", file=file)
    with file.open("rb") as handle:
        start = handle.read(4)
    if start == b"PAR1":
        try:
            return Sheet(pl.read_parquet(file))
        except (pl.exceptions.PolarsError, OSError) as error:
            raise InputError(f"not a readable parquet file ({error.__class__.__name__})", file=file) from error
    if start[:2] == b"PK":
        return _read_archive(file)
    if start == b"\xd0\xcf\x11\xe0":
        raise InputError("an old Excel file (.xls): save it as .xlsx or .csv", file=file)
    return read_csv(file.read_bytes(), file)
