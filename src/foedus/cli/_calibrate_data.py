"""Commands under ``foedus data``."""

from __future__ import annotations

from pathlib import Path

import typer

DATA = typer.Option(None, "--data", help="Folder to import into; default: $FOEDUS_DATA or your data directory.")
FILE = typer.Argument(..., help="The publisher's file: CSV, Excel workbook or parquet.")
OUTPUT = typer.Argument(..., help="Parquet file to write.")


def import_(
    name: str = typer.Argument(..., help="Table, as listed by  foedus data list."),
    file: Path = FILE,
    data: Path = DATA,
    check: bool = typer.Option(False, "--check", help="Only check the file; store nothing."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON instead of tables."),
) -> None:
    """Check a publisher's file, show how it differs from what is held, and store it.

    Example:  foedus data import cow_nmc NMC-60-abridged.csv
    """
    from foedus.calibrate import tasks

    tasks.import_table(name, file, data, check_only=check, as_json=as_json)


def list_(data: Path = DATA, as_json: bool = typer.Option(False, "--json", help="Print JSON.")) -> None:
    """List the tables that can be imported, and what is held.

    Example:  foedus data list
    """
    from foedus.calibrate import tasks

    tasks.list_tables(data, as_json)


def panel(
    output: Path = OUTPUT,
    data: Path = DATA,
) -> None:
    """Rebuild the panel of politically relevant directed dyad-years from the imported tables.

    Example:  foedus data panel dyad_year.parquet
    """
    from foedus.calibrate import tasks

    tasks.write_panel(output, data)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import")(import_)
    app.command("list")(list_)
    app.command("panel")(panel)
