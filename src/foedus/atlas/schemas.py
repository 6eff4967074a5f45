"""Schema tables: one CSV per table says what each column is. They drive loading, checks, cards and SQL."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import InputError, did_you_mean

SCHEMA_DIR = Path(__file__).parent / "schemas"
TYPES = ("text", "integer", "number", "boolean", "date", "member", "country", "places", "source")
"""``member`` is a state of the atlas, ``country`` any code of three capitals, ``places`` a text that names an
area or one or more codes (joined by ; or +), ``source`` a row of sources."""


@dataclass(frozen=True)
class Attribute:
    """One column: its type, unit, limits and meaning."""

    name: str
    type: str
    unit: str
    required: bool
    key: bool
    minimum: float | None
    maximum: float | None
    allowed: tuple[str, ...]
    default: str | None
    description: str


@dataclass(frozen=True)
class Schema:
    """The columns of one table, in order, with its title and licence line."""

    name: str
    title: str
    attributes: tuple[Attribute, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(a.name for a in self.attributes)

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that say which quantity a row is about. Rows that share a key are editions of one another."""
        return tuple(a.name for a in self.attributes if a.key)

    @property
    def has_editions(self) -> bool:
        """Whether rows carry the date from which they were known."""
        return "as_of" in self.columns

    def attribute(self, name: str) -> Attribute:
        """Return one column's definition.

        Raises:
            InputError: there is no such column.
        """
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute
        raise InputError(f"table {self.name!r} has no column {name!r}{did_you_mean(name, self.columns)}")


@functools.cache
def tables() -> tuple[str, ...]:
    """Names of all tables, in alphabetical order.

    Example:
        >>> "spending" in tables()
        True
    """
    return tuple(sorted(p.stem for p in SCHEMA_DIR.glob("*.csv") if p.stem != "_titles"))


@functools.cache
def schema(name: str) -> Schema:
    """Return the schema of a table.

    Example:
        >>> schema("spending").key
        ('series', 'member', 'year')

    Raises:
        InputError: there is no such table.
    """
    if name not in tables():
        raise InputError(f"there is no table {name!r}{did_you_mean(name, tables())}")
    with (SCHEMA_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        attributes = tuple(_attribute(row) for row in csv.DictReader(handle))
    return Schema(name=name, title=_titles()[name], attributes=attributes)


@functools.cache
def _titles() -> dict[str, str]:
    with (SCHEMA_DIR / "_titles.csv").open(encoding="utf-8", newline="") as handle:
        return {row["table"]: row["title"] for row in csv.DictReader(handle)}


def _attribute(row: dict[str, str]) -> Attribute:
    if row["type"] not in TYPES:
        raise ValueError(f"schema type {row['type']!r} of {row['attribute']!r} is none of {TYPES}")
    return Attribute(
        name=row["attribute"],
        type=row["type"],
        unit=row["unit"],
        required=row["required"] == "yes",
        key=row["key"] == "yes",
        minimum=float(row["minimum"]) if row["minimum"] else None,
        maximum=float(row["maximum"]) if row["maximum"] else None,
        allowed=tuple(row["allowed"].split("|")) if row["allowed"] else (),
        default=row["default"] or None,
        description=row["description"],
    )
