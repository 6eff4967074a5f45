"""Commands ``foedus calibrate``."""

from __future__ import annotations

from pathlib import Path

import typer

OUTPUT = typer.Option(None, "--output", "-o", help="Write the draws to this CSV file.")
DATA = typer.Option(None, "--data", help="Folder of imported tables (pacts, reliability, burden, science).")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("calibrate")(calibrate)


def calibrate(
    system: str = typer.Argument("spending", help="spending, pacts, reliability, burden or science."),
    quick: bool = typer.Option(False, "--quick", help="A look in under five minutes; the draws are not saved."),
    shipped: bool = typer.Option(False, "--shipped", help="Show the draws that the package came with."),
    output: Path = OUTPUT,
    data: Path = DATA,
    check: bool = typer.Option(
        False, "--check", help="Simulation-based calibration of the sampler (spending only)."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON instead of tables."),
) -> None:
    """Fit a system to the record and show prior and posterior side by side.

    spending     burden-sharing coefficients by NUTS (resumes where a full run was stopped)

    pacts        effect of defence pacts on disputes, by definition and period

    reliability  how often alliances were honoured, by period, kind and war

    burden       rank correlation of income and spending share by year

    science      published findings beside ours, with the reason for each gap

    Example:  foedus calibrate spending --quick
    """
    from foedus.calibrate import tasks

    tasks.run(system, tasks.Options(quick, shipped, output, data, check, as_json))
