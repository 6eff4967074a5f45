"""What the strategic commands share: JSON, tables and a progress bar."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table


def print_json(value: Any) -> None:
    """Print plain values as JSON; what is infinite or no number becomes null."""
    typer.echo(json.dumps(_finite(value), indent=1, ensure_ascii=False))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    return value


def table(title: str, columns: list[str], rows: list[list[str]]) -> Table:
    """Return a table: the first column to the left, figures to the right."""
    from rich.table import Table

    made = Table(title=title, title_justify="left")
    for place, name in enumerate(columns):
        made.add_column(name, justify="left" if place == 0 else "right")
    for row in rows:
        made.add_row(*row)
    return made


def show(*parts: Any) -> None:
    """Print tables and text for a reader."""
    from rich.console import Console

    console = Console()
    for part in parts:
        console.print(part, highlight=False)


def spread(cell: dict[str, float] | None, form: str = ".2f") -> str:
    """Return a median with its 5-95 percent interval; a dash where there is none."""
    if cell is None:
        return "-"
    return f"{cell['p50']:{form}} ({cell['p05']:{form}} to {cell['p95']:{form}})"


@contextmanager
def progress(text: str) -> Iterator[Callable[[int, int], None] | None]:
    """Yield a function for blocks done and blocks in all; shown on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
