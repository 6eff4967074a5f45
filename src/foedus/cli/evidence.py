"""``foedus read`` and ``foedus evidence``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("read")(read)


def read(
    paths: Annotated[
        list[Path], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH...")
    ],
    ledger: Annotated[Optional[Path], typer.Option(help="Ledger to append to (one DuckDB file).")] = None,  # noqa: UP045
    json: Annotated[
        Optional[Path], typer.Option(help="File for the readings as JSON; - for standard output.")
    ] = None,  # noqa: UP045
    published: Annotated[Optional[str], typer.Option(help="Date (ISO) of stories that state none.")] = None,  # noqa: UP045
) -> None:
    """Read news documents: stories, quotations, quantities, events, stances and checked claims.

    Examples:
      foedus read article.txt --json reading.json
    """
    from foedus.evidence.batch import read_command

    read_command(paths, ledger=ledger, json_path=json, published=published)
