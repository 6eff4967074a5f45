"""Ad hoc SQL over the tables: an in-memory DuckDB without files, network or settings."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING

import polars as pl

from foedus.atlas.dates import parse_as_of
from foedus.atlas.query import TABLE_DIR
from foedus.atlas.schemas import Schema, schema, tables
from foedus.errors import InputError

if TYPE_CHECKING:
    import duckdb

_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}


def sql(query: str, as_of: dt.date | str | None = None) -> pl.DataFrame:
    """Run one SQL query over the tables as they were known on a date.

    Every table is there under its name (newest edition of each quantity) and, where it has editions, as
    ``NAME_all`` (every edition known by then). Files, network and settings are out of reach.

    Example:
        >>> sql("SELECT count(*) AS n FROM members WHERE nato_member")["n"].item()
        32

    Raises:
        InputError: the query does not parse, names something unknown, or does more than read.
    """
    query = query.strip().rstrip(";").strip()
    if not query:
        raise InputError("the query is empty; give one SELECT", field="sql")
    import duckdb

    cursor = _connection(parse_as_of(as_of)).cursor()
    try:
        statements = duckdb.extract_statements(query)
        if len(statements) != 1:
            raise InputError("give one statement, not several", field="sql")
        if statements[0].type != duckdb.StatementType.SELECT:
            raise InputError(
                "only reading is possible; start with SELECT, WITH, FROM, DESCRIBE or SHOW", field="sql"
            )
        cursor.execute(query)
        names = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchall()
    except duckdb.Error as error:
        raise InputError(_first_line(str(error)), field="sql") from None
    finally:
        cursor.close()
    return pl.DataFrame(rows, schema=_unique(names), orient="row", infer_schema_length=None)


def _unique(names: list[str]) -> list[str]:
    return [name if names.index(name) == i else f"{name}_{i + 1}" for i, name in enumerate(names)]


@functools.lru_cache(maxsize=8)
def _connection(as_of: dt.date | None) -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(":memory:")
    for name in tables():
        _load(connection, schema(name), as_of)
    connection.execute("SET enable_external_access = false")
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _load(connection: duckdb.DuckDBPyConnection, definition: Schema, as_of: dt.date | None) -> None:
    name = definition.name
    every = f"{name}_all" if definition.has_editions else name
    types = ", ".join(f"'{a.name}': '{_TYPES.get(a.type, 'VARCHAR')}'" for a in definition.attributes)
    path = str(TABLE_DIR / f"{name}.csv").replace("'", "''")
    known = f" WHERE as_of <= DATE '{as_of}'" if as_of and definition.has_editions else ""
    connection.execute(
        f"""CREATE TABLE "{every}" AS SELECT * FROM read_csv('{path}', header = true, auto_detect = false,
        delim = ',', quote = '"', escape = '"', columns = {{{types}}}){known}"""
    )
    if definition.has_editions:
        newest = ", ".join(f'"{k}"' for k in definition.key)
        connection.execute(
            f"""CREATE TABLE "{name}" AS SELECT * FROM "{every}"
            QUALIFY as_of = max(as_of) OVER (PARTITION BY {newest})"""
        )


def _first_line(message: str) -> str:
    parts = [line.strip() for line in message.splitlines() if line.strip()]
    hint = next((p for p in parts[1:] if p.startswith(("Candidate", "Did you mean"))), "")
    return f"{parts[0]} ({hint})" if hint else parts[0]
