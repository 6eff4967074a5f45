"""The record: tables, schemas and as-of queries. Knows no model.

    >>> from foedus import atlas
    >>> atlas.table("spending", member="POL", year=2025)["pct_gdp"].round(2).to_list()
    [4.48]

Names are loaded on first use, so that a mistyped name is refused before the libraries for frames load.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.atlas.cards import card as card
    from foedus.atlas.checks import Outcome as Outcome
    from foedus.atlas.checks import check as check
    from foedus.atlas.dates import parse_as_of as parse_as_of
    from foedus.atlas.geo import capital_distance_km as capital_distance_km
    from foedus.atlas.geo import capital_distances as capital_distances
    from foedus.atlas.geo import haversine_km as haversine_km
    from foedus.atlas.query import citation as citation
    from foedus.atlas.query import data_hashes as data_hashes
    from foedus.atlas.query import members as members
    from foedus.atlas.query import newest_date as newest_date
    from foedus.atlas.query import oldest_date as oldest_date
    from foedus.atlas.query import table as table
    from foedus.atlas.schemas import Attribute as Attribute
    from foedus.atlas.schemas import Schema as Schema
    from foedus.atlas.schemas import schema as schema
    from foedus.atlas.schemas import tables as tables
    from foedus.atlas.statement import sql as sql
    from foedus.atlas.user import load_user_table as load_user_table

_HOME = {
    "Attribute": "schemas",
    "Outcome": "checks",
    "Schema": "schemas",
    "capital_distance_km": "geo",
    "capital_distances": "geo",
    "card": "cards",
    "check": "checks",
    "citation": "query",
    "data_hashes": "query",
    "haversine_km": "geo",
    "load_user_table": "user",
    "members": "query",
    "newest_date": "query",
    "oldest_date": "query",
    "parse_as_of": "dates",
    "schema": "schemas",
    "sql": "statement",
    "table": "query",
    "tables": "schemas",
}

__all__ = [
    "Attribute",
    "Outcome",
    "Schema",
    "capital_distance_km",
    "capital_distances",
    "card",
    "check",
    "citation",
    "data_hashes",
    "haversine_km",
    "load_user_table",
    "members",
    "newest_date",
    "oldest_date",
    "parse_as_of",
    "schema",
    "sql",
    "table",
    "tables",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(f"foedus.atlas.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
