"""``foedus windows``: when the adversary gains by hurrying and when by waiting."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from foedus.cli import strategy_output as output

HELP = """Read a finished run and show the adversary's plan: targets and moments, windows that close or open by date.

Examples:

  foedus windows runs/baseline

  foedus windows runs/four-worlds --scenario treaty-hollow --json
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("windows", help=HELP)(windows)


def windows(
    folder: Annotated[Path, typer.Argument(help="Folder of a finished run.")],
    scenario: Annotated[
        str | None, typer.Option(help="Scenario of the run; the first where not given.")
    ] = None,
    draws: Annotated[int, typer.Option(help="Draws for which the tree is built.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")] = False,
) -> None:
    """Show the adversary's plan."""
    from foedus.ensemble.results import open_run

    run = open_run(folder)
    from foedus.insight.windows import windows as analyse

    with output.progress("Running every history of administrations") as progress:
        found = analyse(run, scenario, draws, progress)
    if as_json:
        output.print_json(found)
        return
    output.show(_plan(found), _windows(found))


def _plan(found: dict[str, Any]) -> Any:
    rows = [
        [
            row["quarter"],
            row["likeliest_target"],
            output.spread(row["value_of_waiting"]),
            output.spread(row["challenges_planned_per_quarter"], ".4f"),
            output.spread(row["challenges_without_waiting_per_quarter"], ".4f"),
        ]
        for row in found["by_quarter"][::2]
    ]
    columns = [
        "quarter",
        "likeliest target",
        "value of waiting",
        "challenges a quarter, planned",
        "if it never waited",
    ]
    return output.table(
        f"The adversary's plan in {found['scenario']} (frontline, median of draws)", columns, rows
    )


def _windows(found: dict[str, Any]) -> Any:
    rows = [
        [
            row["member"],
            row["kind"],
            f"{row['from']} to {row['to']}",
            output.spread(row["change_of_worth"], ".3f"),
        ]
        for row in found["windows"]
    ]
    title = "Windows on which at least 80 percent of the draws agree"
    return output.table(title, ["ally", "window", "quarters", "change of an occasion's worth, sd"], rows)
