"""``foedus trust``: where trust among allies tips."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from foedus.cli import strategy_output as output

HELP = """Show where trust among allies tips: every stable equilibrium, the tipping credibility, whose withdrawal starts a cascade.

Examples:

  foedus trust

  foedus trust --scenario dormant-nato --draws 500 --json
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("trust", help=HELP)(trust)


def trust(
    scenario: Annotated[str, typer.Option(help="Shipped scenario or scenario file.")] = "baseline",
    draws: Annotated[int, typer.Option(help="Draws of every uncertain number.")] = 100,
    seed: Annotated[int, typer.Option(help="Seed of all random streams.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")] = False,
) -> None:
    """Show where trust among allies tips."""
    from foedus.insight.tipping import trust_analysis

    with output.progress("Running draws") as progress:
        found = trust_analysis(scenario, draws, seed, progress)
    if as_json:
        output.print_json(found)
        return
    output.show(_members(found), _falls(found), _pivots(found))


def _members(found: dict[str, Any]) -> Any:
    rows = [
        [
            row["member"],
            output.spread(row["credibility"]),
            output.spread(row["joining"]),
            output.spread(row["half_credibility"]),
            f"{row['share_of_draws_that_can_tip']:.1%}",
            output.spread(row["tipping_credibility"]),
            f"{row['share_with_several_stable_now']:.1%}",
            output.spread(row["amplification"], ".1f"),
        ]
        for row in found["members"][: len(found["pivots"]["frontline"])]
    ]
    columns = [
        "ally",
        "credibility (allies' eyes)",
        "expected joining",
        "credibility at which half join",
        "draws that can tip",
        "tipping credibility",
        "two stable ends now",
        "amplification",
    ]
    return output.table(
        f"Trust in {found['scenario']}, {found['quarter']}: frontline (the others are in --json), median (5 to 95 percent of "
        f"{found['draws']} draws)",
        columns,
        rows,
    )


def _falls(found: dict[str, Any]) -> Any:
    whole = found["alliance"]
    shown = range(0, len(whole["falls"]), 2)
    rows = [[f"{whole['falls'][k]:.1f}", output.spread(whole["joining_if_trust_holds"][k])] for k in shown]
    tips = "no draw can tip"
    if whole["share_of_draws_that_can_tip"] > 0:
        first = output.spread(whole["fall_that_tips_the_first_frontline_ally"])
        tips = f"{whole['share_of_draws_that_can_tip']:.1%} of draws can tip, first at a fall of {first}"
    title = f"Frontline: expected joining if credibility falls for all at once; {tips}"
    return output.table(title, ["fall of credibility", "expected joining"], rows)


def _pivots(found: dict[str, Any]) -> Any:
    rows = [
        [
            row["member"],
            f"{row['mean_direct_loss']:.3f}",
            f"{row['mean_total_loss']:.3f}",
            str(row["defences_that_tip"]),
        ]
        for row in found["pivots"]["ranking"][:8]
    ]
    columns = ["who withdraws", "direct loss", "loss after all answer", "frontline defences that tip"]
    return output.table(
        "Whose withdrawal costs most (loss of expected joining, register medians)", columns, rows
    )
