"""``foedus channels``: which channel does it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from foedus.cli import strategy_output as output

HELP = """Split the rise of danger between two scenarios of a run by channel: treaty, promise, forces, enablers, aid, allies' answer.

Shapley values over all orders of switching channels from the one scenario to the other; their means add up to the whole rise.

Examples:

  foedus channels runs/four-worlds

  foedus channels runs/dormant --scenario dormant-nato --against baseline --member EST --json
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("channels", help=HELP)(channels)


def channels(
    folder: Annotated[Path, typer.Argument(help="Folder of a finished run.")],
    scenario: Annotated[
        str | None, typer.Option(help="Scenario to explain; all compared ones where not given.")
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="Scenario to compare with; the one it names, or the run's first.")
    ] = None,
    member: Annotated[
        str | None, typer.Option(help="One ally, such as EST; else the frontline's mean.")
    ] = None,
    draws: Annotated[int, typer.Option(help="Draws to use, at most 50.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")] = False,
) -> None:
    """Split danger by channel."""
    from foedus.ensemble.results import open_run

    run = open_run(folder)
    from foedus.insight.channels import pairs_of, split

    pairs = pairs_of(run, scenario, against)
    with output.progress("Mixing channels") as progress:
        found = split(run, pairs, draws, member, progress)
    if as_json:
        output.print_json(found)
        return
    output.show(*(_table(pair) for pair in found))


def _table(pair: dict[str, Any]) -> Any:
    challenge, loss = pair["outcomes"].values()
    rows = [
        [one["meaning"], _points(one), _points(other)]
        for one, other in zip(challenge["channels"], loss["channels"], strict=True)
    ]
    rows.append(["All together", _points(challenge["total"]), _points(loss["total"])])
    title = (
        f"{pair['scenario']} less {pair['baseline']}, {pair['where']}, {pair['draws']} draws: "
        "percentage points, mean (5% to 95% of draws)"
    )
    return output.table(title, ["channel", "chance of a challenge", "chance of a loss"], rows)


def _points(cell: dict[str, float]) -> str:
    return f"{100 * cell['mean']:.2f} ({100 * cell['p05']:.2f} to {100 * cell['p95']:.2f})"
