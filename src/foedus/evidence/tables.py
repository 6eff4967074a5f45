"""The room's own tables: names of countries, places and given names, units, signals. Read once."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a table shipped in ``foedus/evidence/data``."""
    source = resources.files("foedus.evidence") / "data" / name
    header, *lines = filter(None, csv.reader(source.read_text(encoding="utf-8").splitlines()))
    return [dict(zip(header, line, strict=True)) for line in lines]


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Names and usual short forms of states, lower case, to their ISO 3166 alpha-3 code."""
    return {name: row["code"] for row in rows("countries.csv") for name in _split(row["names"])}


@lru_cache(maxsize=1)
def adjectives() -> dict[str, str]:
    """Adjectives and names of peoples, lower case, to the code of the state."""
    return {name: row["code"] for row in rows("countries.csv") for name in _split(row["adjectives"])}


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """Capitals and seats of government that stand for a state."""
    return {name: row["code"] for row in rows("countries.csv") for name in _split(row["seats"])}


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Code to a state's first listed name."""
    return {row["code"]: row["names"].split("|")[0] for row in rows("countries.csv")}


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Places and bodies, lower case, that a reader must not take for persons."""
    named = {row["name"].lower() for row in rows("places.csv")}
    return frozenset(named | set(capitals()) | set(adjectives()))


@lru_cache(maxsize=1)
def first_names() -> dict[str, str]:
    """Given names, lower case, to m or f."""
    return {name: row["gender"] for row in rows("given_names.csv") for name in _split(row["names"])}


def _split(cell: str) -> list[str]:
    return [part.strip().lower() for part in cell.split("|") if part.strip()]
