"""Data cards: what a table holds, in which units, from which sources, under which terms. Made from the data."""

from __future__ import annotations

import functools
from importlib.resources import files

import polars as pl

from foedus.atlas.query import table
from foedus.atlas.schemas import Attribute, Schema, schema, tables


def card(name: str) -> str:
    """Return the data card of a table as Markdown.

    Raises:
        InputError: there is no such table.
    """
    definition = schema(name)
    frame = table(name, all_editions=True)
    parts = [f"# {name}", definition.title + ".", _about(definition, frame)]
    if text := _remarks().get(name):
        parts.append(text)
    parts += ["## Columns", _columns(definition, frame)]
    if definition.has_editions:
        parts += ["## Status of the rows", _statuses(frame), "## Sources", _sources(frame)]
    return "\n\n".join(parts) + "\n"


def index() -> str:
    """Return the list of all tables as Markdown."""
    lines = [f"| [{n}]({n}.md) | {schema(n).title} | {table(n, all_editions=True).height} |" for n in tables()]
    head = [
        "# Tables of the atlas",
        "Every row keeps its source, the day from which it was known (`as_of`) and its status. "
        "[Ask the atlas](../../how-to/ask-the-atlas.md) shows how to query them.",
        "| table | holds | rows |\n| --- | --- | ---: |\n" + "\n".join(lines),
    ]
    return "\n\n".join(head) + "\n"


def _about(definition: Schema, frame: pl.DataFrame) -> str:
    key = ", ".join(f"`{k}`" for k in definition.key)
    text = f"{frame.height} rows. One quantity is one {key}."
    if not definition.has_editions:
        return text
    newest = frame.group_by(definition.key).len().height
    text += f" Known from {frame['as_of'].min()!s} to {frame['as_of'].max()!s}."
    if newest < frame.height:
        text += (
            f" {newest} quantities, some in several editions; a query returns the newest edition known by then."
        )
    return text


def _columns(definition: Schema, frame: pl.DataFrame) -> str:
    head = "| column | type | unit | filled | meaning |\n| --- | --- | --- | ---: | --- |"
    return "\n".join([head, *(_column(a, frame) for a in definition.attributes)])


def _column(attribute: Attribute, frame: pl.DataFrame) -> str:
    filled = 1 - frame[attribute.name].null_count() / max(frame.height, 1)
    name = f"**{attribute.name}**" if attribute.key else attribute.name
    meaning = attribute.description
    if attribute.allowed and attribute.name != "status":
        meaning += f" ({', '.join(attribute.allowed)})"
    return f"| {name} | {attribute.type} | {attribute.unit} | {filled:.0%} | {_cell(meaning)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _statuses(frame: pl.DataFrame) -> str:
    counts = frame["status"].value_counts().sort("status")
    return ", ".join(f"{row['status']}: {row['count']}" for row in counts.iter_rows(named=True)) + "."


def _sources(frame: pl.DataFrame) -> str:
    counts = frame["source"].value_counts().rename({"source": "id"})
    rows = counts.join(table("sources"), on="id").sort(["count", "id"], descending=[True, False])
    lines = [
        f"| `{r['id']}` | {_cell(r['citation'])} | {_cell(r['terms'])} | {r['count']} |"
        for r in rows.iter_rows(named=True)
    ]
    return "\n".join(["| id | citation | terms | rows |\n| --- | --- | --- | ---: |", *lines])


@functools.cache
def _remarks() -> dict[str, str]:
    """Read the remarks by table: how to read it, known gaps, traps."""
    text = files("foedus.atlas").joinpath("remarks.md").read_text(encoding="utf-8")
    sections = text.split("\n## ")[1:]
    return {part.split("\n", 1)[0].strip(): part.split("\n", 1)[1].strip() for part in sections}
