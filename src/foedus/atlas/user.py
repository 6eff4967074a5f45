"""Tables that a user brings: same schemas, same checks."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from foedus.atlas.load import read_table
from foedus.atlas.query import members
from foedus.atlas.schemas import schema


def load_user_table(path: str | Path, schema_name: str) -> pl.DataFrame:
    """Read a user's CSV and check it against one of the atlas's schemas.

    Inputs:
        path: UTF-8, comma-separated, with a header line that names the columns of the schema.
        schema_name: one of ``tables()``. ``source`` may hold any text; ``member`` must be a state of the atlas.

    Returns:
        One typed column per attribute of the schema; what the file leaves out is null or its default.

    Raises:
        InputError: names file, line and field, and what would be right.
    """
    return read_table(Path(path), schema(schema_name), members=frozenset(members()))
