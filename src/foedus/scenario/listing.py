"""The shipped scenarios as a table, as JSON or as text to read."""

from __future__ import annotations

import io
import json
from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from foedus.errors import InputError, did_you_mean
from foedus.scenario import library
from foedus.scenario.loading import load, names, read_document
from foedus.scenario.schema import Family, Scenario

Form = Literal["table", "json", "yaml"]


def show(name: str | None, form: Form) -> str:
    """Return the list of shipped scenarios, or one of them, as text that ends with a newline."""
    if name is None:
        if form == "yaml":
            raise InputError("--yaml needs the name of one scenario: foedus scenarios NAME --yaml")
        return _list(form)
    if name not in names():
        raise InputError(f"no shipped scenario {name[:60]!r}{did_you_mean(name[:60], list(names()))}")
    if form == "yaml":
        return library.text_of(name)
    document = read_document(name)
    if form == "json":
        return _json({**_row(document), "rationale": document.rationale, "sources": list(document.sources)})
    return _page(document)


def _row(document: Scenario | Family) -> dict[str, object]:
    scenarios = load(document.name)
    first = scenarios[0]
    return {
        "name": document.name,
        "title": document.title,
        "start": first.start,
        "horizon": first.horizon,
        "scenarios": [one.name for one in scenarios],
        "interventions": sum(len(one.interventions) for one in scenarios),
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _list(form: Form) -> str:
    rows = [_row(read_document(name)) for name in names()]
    if form == "json":
        return _json(rows)
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "title", "start", "horizon"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("name", "start", "horizon"))
    for row in rows:
        table.add_row(*(Text(str(row[key])) for key in ("name", "title", "start", "horizon")))
    return (
        _rendered(table) + "\nfoedus scenarios NAME tells more; foedus new NAME --from SCENARIO copies one.\n"
    )


def _page(document: Scenario | Family) -> str:
    lines = [document.title, "", document.rationale, ""]
    for one in load(document.name):
        heading = f"{one.name}: " if isinstance(document, Family) else ""
        lines.append(
            f"{heading}{one.quarters[0]} to {one.quarters[-1]}, {len(one.interventions)} interventions"
        )
        lines += [
            f"  {act.at}  {act.verb}{_details(act.model_dump(by_alias=True))}" for act in one.interventions
        ]
    lines += ["", "Sources", *(f"  {source}" for source in document.sources)]
    return _rendered(Text("\n".join(lines)))


def _details(act: dict[str, object]) -> str:
    hidden = ("at", "do", "note", "source")
    parts = [f"{key}: {_value(value)}" for key, value in act.items() if key not in hidden and value is not None]
    return f" ({', '.join(parts)})" if parts else ""


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {inner:g}" for key, inner in value.items())
    if isinstance(value, tuple):
        return " ".join(str(one) for one in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _rendered(content: Table | Text) -> str:
    stream = io.StringIO()
    width = Console().width
    Console(file=stream, width=max(width, 60)).print(content)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"
