"""``foedus atlas``: look up the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import polars as pl

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
        what: str = typer.Argument("tables", metavar="[TABLE|sql|check|card|tables]", help="A table or a task."),
        argument: str = typer.Argument("", metavar="[QUERY|TABLE]", help="The query for sql, the table for card."),
        member: str = typer.Option(None, "--member", "-m", help="Rows of one state, as EST."),
        year: int = typer.Option(None, "--year", "-y", help="Rows of one year."),
        as_of: str = typer.Option(None, "--as-of", help="What was known then: 2023-12-09, 2023-12 or 2023."),
        all_editions: bool = typer.Option(False, "--all-editions", help="Older editions too."),
        form: str = typer.Option("table", "--format", "-f", help="table, csv or json."),
    ) -> None:
        from foedus import atlas as room
        from foedus.atlas import tasks
        from foedus.errors import InputError

        if argument and what not in ("sql", "card"):
            raise InputError(f"{argument!r} is one word too many; see  foedus atlas --help")
        if what == "sql":
            _print(room.sql(argument, as_of=as_of), form)
        elif what == "card":
            typer.echo(room.card(argument), nl=False)
        elif what == "tables":
            _print(tasks.listing(as_of), form)
        elif what == "check":
            _check(form)
        else:
            _print(
                room.table(tasks.known(what), as_of=as_of, member=member, year=year, all_editions=all_editions), form
            )


def _print(frame: pl.DataFrame, form: str) -> None:
    from foedus.atlas.show import layout, write_out

    if form != "table":
        typer.echo(write_out(frame, form), nl=False)
        return
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not console.is_terminal:
        console = Console(width=240)
    view = layout(frame)
    if not frame.height:
        console.print("no rows")
        return
    if view.same:
        console.print("  ".join(f"[bold]{name}[/bold] {value}" for name, value in view.same), highlight=False)
    if len(view.rows) == 1:
        grid = Table(show_header=False, box=None)
        grid.add_column(style="bold")
        grid.add_column(overflow="fold")
        for name, value in zip(view.columns, view.rows[0], strict=True):
            grid.add_row(name, value)
    else:
        grid = Table(box=None, header_style="bold", pad_edge=False)
        for name, numeric in zip(view.columns, view.numeric, strict=True):
            grid.add_column(name, justify="right" if numeric else "left", overflow="fold")
        for row in view.rows:
            grid.add_row(*row)
    console.print(grid, highlight=False)
    if view.left_out:
        console.print(f"... and {view.left_out} more rows: narrow down, or use --format csv")


def _check(form: str) -> None:
    from foedus import atlas as room
    from foedus.atlas import tasks

    outcomes = room.check()
    _print(tasks.as_frame(outcomes if form != "table" else tasks.to_explain(outcomes)), form)
    if form == "table":
        typer.echo(tasks.summary(outcomes))
