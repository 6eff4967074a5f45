"""``foedus report`` and ``foedus show``: a finished run as a page and on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.errors import InputError

Folder = Annotated[Path, typer.Argument(help="Folder of a finished run.", metavar="DIR")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("report")(rebuild)
    app.command("show")(show)


def rebuild(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write it (default: report.html in DIR).")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Also write the four-worlds chart, as .svg or .png.")
    ] = None,
) -> None:
    """Rebuild the HTML report of a finished run.

    Examples:
      foedus report runs/four-worlds

      foedus report runs/four-worlds --out brief.html --picture four-worlds.svg
    """
    _check(folder, picture)
    from foedus.ensemble import open_run
    from foedus.report import write_html
    from foedus.report.images import write_picture

    run = open_run(folder)
    typer.echo(write_html(run, out or folder / "report.html"))
    if picture is not None:
        typer.echo(write_picture(run, picture))


def show(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Print the answer of a finished run: three sentences, a table, the files.

    Examples:
      foedus show runs/four-worlds

      foedus show runs/four-worlds --json
    """
    _check(folder)
    from foedus.ensemble import open_run
    from foedus.report.terminal import as_data, terminal

    run = open_run(folder)
    if as_json:
        import json

        typer.echo(json.dumps(as_data(run), indent=1, ensure_ascii=False))
        return
    from rich.console import Console

    Console().print(terminal(run))


def _check(folder: Path, picture: Path | None = None) -> None:
    """Refuse a wrong folder or picture name before the slow imports."""
    if not (folder / "manifest.json").is_file():
        raise InputError(
            f"no finished run here (manifest.json is missing); make one with  foedus run four-worlds --out {folder}",
            file=folder,
        )
    if picture is not None and picture.suffix.lower() not in (".svg", ".png"):
        raise InputError(f"a picture ends in .svg or .png, not {picture.suffix!r}", file=picture)
