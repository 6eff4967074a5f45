"""Commands ``foedus calibrate``."""

from __future__ import annotations

from pathlib import Path

import typer

OUTPUT = typer.Option(
    None, "--output", "-o", help="Write the draws to this CSV file (all: the two tables to this folder)."
)
DATA = typer.Option(None, "--data", help="Folder of imported tables (pacts, reliability, burden, science).")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("calibrate")(calibrate)


def calibrate(
    system: str = typer.Argument(
        "spending",
        help="spending, credibility, posture, ukraine, levels, all; pacts, reliability, burden, science.",
    ),
    quick: bool = typer.Option(
        False, "--quick", help="Shorter chains and fewer draws: a look in under five minutes."
    ),
    shipped: bool = typer.Option(False, "--shipped", help="Show the draws that the package came with."),
    output: Path = OUTPUT,
    data: Path = DATA,
    check: bool = typer.Option(
        False, "--check", help="Simulation-based calibration of the fit instead of the fit."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON instead of tables."),
) -> None:
    """Fit a system to the record and show prior and posterior side by side; a stopped run goes on where it was.

    spending     burden-sharing coefficients by NUTS

    credibility  what types of patron are worth, by the fulfilment of alliances in war

    posture      chance and size of cuts of US forces in Europe, by forces 1957-2025 and orders

    ukraine      aid, its replacement, ceasefire and advance, by aid 2022-2026 and the front

    levels       crisis, trust and theatre, by draws of the whole simulator against soft constraints

    all          every fit in its order; -o FOLDER writes the tables that a release ships

    pacts        effect of defence pacts on disputes, by definition and period

    reliability  how often alliances were honoured, by period, kind and war

    burden       rank correlation of income and spending share by year

    science      published findings beside ours, with the reason for each gap

    Example:  foedus calibrate levels --quick
    """
    from foedus.calibrate import tasks

    tasks.run(system, tasks.Options(quick, shipped, output, data, check, as_json))
