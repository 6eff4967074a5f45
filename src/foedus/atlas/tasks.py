"""What the command line asks of the atlas: a list of tables, units, citations, outcomes as a frame."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

import polars as pl

from foedus.atlas.checks import Outcome
from foedus.atlas.query import citation, table
from foedus.atlas.schemas import schema, tables


def units_of(name: str) -> dict[str, str]:
    """Return the units of a table's columns, where they have one."""
    return {a.name: a.unit for a in schema(name).attributes if a.unit and not a.unit.startswith("see ")}


def cited(frame: pl.DataFrame, limit: int = 5) -> list[tuple[str, str]]:
    """Return identifier and citation of the sources that a frame's rows rest on most, at most ``limit``."""
    if "source" not in frame.columns:
        return []
    counts = frame["source"].drop_nulls().value_counts().sort(["count", "source"], descending=[True, False])
    return [(source, citation(source)) for source in counts["source"].head(limit).to_list()]


def listing(as_of: dt.date | str | None = None) -> pl.DataFrame:
    """Return one row per table: name, rows, newest row, title."""
    rows = []
    for name in tables():
        frame = table(name, as_of=as_of)
        newest = frame["as_of"].max() if schema(name).has_editions else None
        rows.append({"table": name, "rows": frame.height, "newest": newest, "title": schema(name).title})
    return pl.DataFrame(rows, schema_overrides={"newest": pl.Date})


def to_explain(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes that do not match or could not be computed."""
    return [o for o in outcomes if not o.match]


def as_frame(outcomes: Sequence[Outcome]) -> pl.DataFrame:
    """Return outcomes as a frame, one row each."""
    names = ("fact", "match", "expected", "computed", "unit", "statement", "reason")
    rows = [{k: v for k, v in dataclasses.asdict(o).items() if k in names} for o in outcomes]
    schema_of = {"fact": pl.String, "match": pl.String, "expected": pl.Float64, "computed": pl.Float64}
    words = {True: "match", False: "differs", None: "not computed"}
    frame = pl.DataFrame(
        [{**row, "match": words[row["match"]]} for row in rows],
        schema={**schema_of, "unit": pl.String, "statement": pl.String, "reason": pl.String},
    )
    return frame.select(names)


def summary(outcomes: Sequence[Outcome]) -> str:
    """Count outcomes in one line."""
    match = sum(o.match is True for o in outcomes)
    differ = sum(o.match is False for o in outcomes)
    rest = len(outcomes) - match - differ
    return f"{len(outcomes)} published figures: {match} match, {differ} differ, {rest} not computed"
