"""Commands about scenario files: foedus scenarios, new, check, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CHECK_HELP = """Check scenario files: what is wrong, on which line, and what would be right.

Examples:

  foedus check my.yaml

  foedus check scenarios/*.yaml --json
"""
NEW_HELP = """Write a scenario file to start from.

Examples:

  foedus new my-scenario

  foedus new my-dormant --from dormant-nato --out my-dormant.yaml
"""
LIST_HELP = """List the shipped scenarios, or show one.

Examples:

  foedus scenarios

  foedus scenarios ultimatum

  foedus scenarios ultimatum --yaml > mine.yaml
"""
SCHEMA_HELP = """Print the JSON schema of a scenario file, for editors.

Example:

  foedus schema > scenario.schema.json
"""

_Json = Annotated[bool, typer.Option("--json", help="Print JSON in place of a table.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("scenarios", help=LIST_HELP)(scenarios)
    app.command("new", help=NEW_HELP)(new)
    app.command("check", help=CHECK_HELP)(check)
    app.command("schema", help=SCHEMA_HELP)(schema)


def scenarios(
    name: Annotated[str | None, typer.Argument(help="A shipped scenario or family to show.")] = None,
    as_yaml: Annotated[bool, typer.Option("--yaml", help="Print the scenario's file.")] = False,
    json: _Json = False,
) -> None:
    """List the shipped scenarios, or show one."""
    from foedus.scenario import listing

    typer.echo(listing.show(name, "yaml" if as_yaml else "json" if json else "table"), nl=False)


def new(
    name: Annotated[str, typer.Argument(help="Name of the new scenario: lower-case letters, digits, hyphens.")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="SCENARIO", help="Copy this scenario, shipped or a file.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File to write; NAME.yaml by default.")] = None,
) -> None:
    """Write a scenario file to start from."""
    from foedus.scenario import template

    path = template.write(name, source, out)
    typer.echo(f"wrote {path}; check it with  foedus check {path}  and run it with  foedus run {path}")


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario files, or shipped names.")],
    json: _Json = False,
) -> None:
    """Check scenario files."""
    from foedus.scenario import checking

    reports = checking.check(files)
    if json:
        typer.echo(checking.as_json(reports))
    for report in reports:
        if not json and report.ok:
            typer.echo(report.text)
        elif not report.ok:
            typer.echo(f"foedus: {report.text}", err=True)
    if not all(report.ok for report in reports):
        raise typer.Exit(2)


def schema() -> None:
    """Print the JSON schema of a scenario file."""
    from foedus.scenario.jsonschema import json_schema_text

    typer.echo(json_schema_text(), nl=False)
