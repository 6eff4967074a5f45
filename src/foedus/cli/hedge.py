"""``foedus hedge``: what allies do about a transactional patron."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from foedus.cli import strategy_output as output
from foedus.errors import InputError

HELP = """Show the allies' best mix against a transactional patron, what an ultimatum extracts, and what a billion buys.

Examples:

  foedus hedge

  foedus hedge --member POL

  foedus hedge --member EST --draws 100 --json
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("hedge", help=HELP)(hedge)


def hedge(
    member: Annotated[
        str | None, typer.Option(help="One ally, with its marginal security through the whole model.")
    ] = None,
    scenario: Annotated[str, typer.Option(help="Shipped scenario or scenario file.")] = "baseline",
    draws: Annotated[int, typer.Option(help="Draws of every uncertain number.")] = 50,
    seed: Annotated[int, typer.Option(help="Seed of all random streams.")] = 1,
    budget: Annotated[float, typer.Option(help="Budget to split, percent of GDP a year.")] = 0.5,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")] = False,
) -> None:
    """Show the allies' best mix against a transactional patron."""
    if not 0 < budget <= 20:
        raise InputError(f"must be above 0 and at most 20 percent of GDP, got {budget:g}", field="budget")
    if draws < 1:
        raise InputError(f"must be at least 1, got {draws}", field="draws")
    from foedus.insight.hedge import hedge_analysis

    with output.progress("Running the model with a billion more on each line") as progress:
        found = hedge_analysis(member, scenario, draws, seed, budget / 100.0, progress)
    if as_json:
        output.print_json(found)
        return
    output.show(_mix(found), _ultimatum(found))
    if "marginal_security" in found:
        output.show(_marginal(found))


def _mix(found: dict[str, Any]) -> Any:
    rows = [
        [row["member"], *(f"{cell['p50']:.0%}" for cell in row["share_of_budget"].values()),
         output.spread(row["participation"])]
        for row in found["mix"]
    ]  # fmt: skip
    title = f"Best split of {100 * found['budget_share_of_gdp']:g} percent of GDP a year, in equilibrium (median of draws)"
    return output.table(title, ["ally", *found["lines"], "patron takes part"], rows)


def _ultimatum(found: dict[str, Any]) -> Any:
    rows = [
        [
            f"{row['demand_pct_gdp']:g}",
            output.spread(row["extracted_usd_billion_a_year"], ".0f"),
            f"{row['share_of_allies_paying']['p50']:.0%}",
            output.spread(row["change_of_security_log_odds"]),
            f"{row['share_of_draws_it_backfires']:.0%}",
        ]
        for row in found["ultimatum"]
    ]
    columns = [
        "demand, percent of GDP",
        "extracted, billion USD a year",
        "allies paying",
        "security, log odds",
        "backfires",
    ]
    return output.table("An ultimatum to all: pay the patron so much a year, or it leaves", columns, rows)


def _marginal(found: dict[str, Any]) -> Any:
    rows = [
        [line, output.spread(cell["own"], ".2g"), output.spread(cell["frontline"], ".2g")]
        for cells in found["marginal_security"].values()
        for line, cell in cells.items()
    ]
    title = f"What one more billion USD a year of {found['mix'][0]['member']} buys (percentage points of safety by the horizon)"
    return output.table(title, ["line", "for itself", "for the frontline"], rows)
