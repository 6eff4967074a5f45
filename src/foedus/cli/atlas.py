"""``foedus atlas``: look up the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import polars as pl
    from rich.table import Table

    from foedus.atlas.show import Layout

WIDTH_OF_A_PIPE = 240
"""Columns of output that goes to a file or another program."""

_HELP = """Look up the record: tables, SQL, checks against published figures.

  foedus atlas                                    list the tables

  foedus atlas spending --member EST --year 2024  rows of one table

  foedus atlas us_forces --as-of 2023-12-09       as it was known on a date

  foedus atlas sql "SELECT member, pct_gdp FROM spending WHERE year = 2024 ORDER BY 2 DESC LIMIT 5"

  foedus atlas check                              published figures beside computed ones

  foedus atlas card spending                      what a table holds and where it comes from
"""


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(help=_HELP)
    def atlas(
        what: str = typer.Argument("tables", metavar="[TABLE|sql|check|card|tables]", help="Table or task."),
        argument: str = typer.Argument("", metavar="[QUERY|TABLE]", help="Query for sql, table for card."),
        *,
        member: str = typer.Option(None, "--member", "-m", help="Rows of one state, as EST."),
        year: int = typer.Option(None, "--year", "-y", help="Rows of one year."),
        as_of: str = typer.Option(None, "--as-of", help="What was known then: 2023-12-09, 2023-12 or 2023."),
        all_editions: bool = typer.Option(False, "--all-editions", help="Older editions too."),
        form: str = typer.Option("table", "--format", "-f", help="table, csv or json."),
    ) -> None:
        from foedus import atlas as room
        from foedus.atlas import names

        names.known_format(form)
        names.only_for_tables(what, argument, member=member, year=year, all_editions=all_editions)
        room.parse_as_of(as_of)
        if what == "sql":
            _print(room.sql(argument, as_of=as_of), form)
        elif what == "card":
            typer.echo(room.card(argument), nl=False)
        elif what == "tables":
            from foedus.atlas.tasks import listing

            _print(listing(as_of), form)
        elif what == "check":
            _check(form, as_of)
        else:
            name = names.known(what)
            from foedus.atlas.tasks import cited, units_of

            frame = room.table(name, as_of=as_of, member=member, year=year, all_editions=all_editions)
            _print(frame, form, units_of(name), cited(frame))


def _check(form: str, as_of: str | None) -> None:
    from foedus import atlas as room
    from foedus.atlas import tasks

    outcomes = room.check(as_of=as_of)
    _print(tasks.as_frame(outcomes if form != "table" else tasks.to_explain(outcomes)), form)
    if form == "table":
        typer.echo(tasks.summary(outcomes))


def _print(
    frame: pl.DataFrame,
    form: str,
    units: dict[str, str] | None = None,
    sources: Sequence[tuple[str, str]] = (),
) -> None:
    from foedus.atlas.show import layout, write_out

    if form != "table":
        typer.echo(write_out(frame, form), nl=False)
        return
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH_OF_A_PIPE)
    if not frame.height:
        console.print("no rows")
        return
    view = layout(frame, width=console.width)
    if view.same:
        console.print("  ".join(f"[bold]{name}[/bold] {escape(value)}" for name, value in view.same))
    console.print(_upright(view, units or {}) if len(view.rows) == 1 else _flat(view, units or {}))
    if view.left_out:
        console.print(f"... and {view.left_out} more rows: narrow down, or use --format csv")
    if view.hidden:
        console.print(f"[dim]too wide for {', '.join(view.hidden)}: see --format csv[/dim]")
    for identifier, citation in sources:
        console.print(f"[dim]{escape(identifier)}: {escape(citation)}[/dim]")


def _upright(view: Layout, units: dict[str, str]) -> Table:
    from rich.markup import escape
    from rich.table import Table

    grid = Table(show_header=False, box=None)
    grid.add_column(style="bold")
    grid.add_column(overflow="fold")
    grid.add_column(style="dim")
    for name, value in zip(view.columns, view.rows[0], strict=True):
        grid.add_row(name, escape(value), units.get(name, ""))
    return grid


def _flat(view: Layout, units: dict[str, str]) -> Table:
    from rich.markup import escape
    from rich.table import Table

    grid = Table(box=None, header_style="bold", pad_edge=False)
    for name, numeric, short in zip(view.columns, view.numeric, view.short, strict=True):
        unit = f"\n[dim]{units[name]}[/dim]" if name in units else ""
        least = max(len(row[view.columns.index(name)]) for row in view.rows) if short else None
        heading = f"{name.replace('_', ' ')}{unit}"
        grid.add_column(heading, justify="right" if numeric else "left", overflow="fold", min_width=least)
    for row in view.rows:
        grid.add_row(*(escape(cell) for cell in row))
    return grid
