"""``foedus war``: the war in the partner's country, from a vantage; and its past as a test."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from foedus.cli import strategy_output as output

HELP = """Run the war in Ukraine from what was known at the end of a month: front, forces, aid, bargaining, settlement, forces freed.

Medians with 5 to 95 percent of draws. This module stands alone: scenarios use a simpler form of it.

Examples:

  foedus war

  foedus war --stop-aid USA --from 2026-10

  foedus war --impose-settlement 2027-01 --cede 1 --guarantee

  foedus war --start 2024-01 --horizon 2y --election 2025-01 --json

  foedus war hindcast
"""
HINDCAST_HELP = """Score forecasts of the war from past vantages against what was reported later, item by item.

Says plainly where the 5 to 95 percent interval does not cover.

Examples:

  foedus war hindcast

  foedus war hindcast --as-of 2022-03 --json
"""
Draws = Annotated[int, typer.Option(help="Draws of every uncertain number.")]
Seed = Annotated[int, typer.Option(help="Seed of all random streams.")]
Start = Annotated[
    str | None,
    typer.Option(help="Vantage, YYYY-MM: only what was known by its end is used. The newest where not given."),
]
Horizon = Annotated[str, typer.Option(help="Length of the run: 3y, 8q or 18m; at most 15y.")]
StopAid = Annotated[
    list[str] | None, typer.Option(help="Donor that gives nothing more: USA, EU or other. Repeat for several.")
]
From = Annotated[
    str | None, typer.Option("--from", help="Month from which --stop-aid counts, YYYY-MM; the start else.")
]
Election = Annotated[
    str | None,
    typer.Option(help="Month in which the patron's next administration takes office; by the calendar else."),
]
Impose = Annotated[
    str | None, typer.Option(help="Month from which the patron imposes a settlement, with aid as leverage.")
]
Cede = Annotated[float, typer.Option(help="Percent of territory behind the front that it hands over.")]
Guarantee = Annotated[bool, typer.Option(help="A guarantee of Ukraine stands after the war.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=HELP, invoke_without_command=True, rich_markup_mode="rich")
    group.callback()(war)
    group.command("hindcast", help=HINDCAST_HELP)(hindcast)
    app.add_typer(group, name="war")


def war(
    ctx: typer.Context,
    start: Start = None,
    horizon: Horizon = "3y",
    stop_aid: StopAid = None,
    from_: From = None,
    election: Election = None,
    impose_settlement: Impose = None,
    cede: Cede = 0.0,
    guarantee: Guarantee = False,
    draws: Draws = 1000,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Run the war from a vantage."""
    if ctx.invoked_subcommand:
        return
    from foedus.errors import InputError
    from foedus.scenario.war_known import known_by, newest_vantage
    from foedus.scenario.war_question import Question, check

    if from_ and not stop_aid:
        raise InputError("a month from which aid stops needs a donor: add --stop-aid USA", field="--from")
    question = Question(
        horizon, dict.fromkeys(stop_aid or [], from_), election, impose_settlement, cede, guarantee
    )
    check(question, known_by(start or newest_vantage()), draws)
    from foedus.insight.war import run_war, summarise

    with output.progress("Running the war"):
        found = summarise(run_war(start, question, draws, seed))
    if as_json:
        output.print_json(found)
        return
    output.show(_course(found), _aid(found), _bargaining(found), _end(found), _freed(found))


def hindcast(
    as_of: Annotated[
        str | None, typer.Option(help="Vantage, YYYY-MM; 2022-03, 2023-01 and 2024-01 where not given.")
    ] = None,
    draws: Draws = 1000,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Score past forecasts."""
    from foedus.scenario.war_known import known_by

    if as_of:
        known_by(as_of)
    from foedus.insight.war_hindcast import hindcast as score

    with output.progress("Running past vantages"):
        found = score(as_of, draws, seed)
    if as_json:
        output.print_json(found)
        return
    output.show(_items(found), _coverage(found))


def _course(found: dict[str, Any]) -> Any:
    rows = [
        [
            row["quarter"],
            output.spread(row["territory_held_percent"], ".1f"),
            output.spread(row["adversary_force_thousand"], ".0f"),
            output.spread(row["partner_force_thousand"], ".0f"),
            output.spread(row["adversary_losses_thousand"], ".0f"),
            output.spread(row["partner_losses_thousand"], ".0f"),
            f"{row['war_goes_on']:.0%}",
        ]
        for row in found["by_quarter"]
    ]
    columns = ["quarter", "territory held, % of Ukraine", "Russian force, 1,000", "Ukrainian force, 1,000",
               "Russian losses, 1,000", "Ukrainian losses, 1,000", "war goes on"]  # fmt: skip
    title = f"The war as known by {found['known_until']}: median (5 to 95 percent of {found['draws']} draws)"
    return output.table(title, columns, rows)


def _aid(found: dict[str, Any]) -> Any:
    rows = [
        [
            f"{row['donor']}: {row['item'].replace('_', ' ')}",
            output.spread(row["allocated_eur_billion"], ".1f"),
            output.spread(row["delivered_eur_billion"], ".1f"),
            output.spread(row["beyond_stock_and_production_eur_billion"], ".1f"),
        ]
        for row in found["aid"]
    ]
    columns = ["donor: item", "allocated", "delivered", "wished for beyond stock and production"]
    span = f"{found['first_quarter']} to {found['last_quarter']}"
    return output.table(f"Aid, billion euro, {span}", columns, rows)


def _bargaining(found: dict[str, Any]) -> Any:
    now = found["bargaining_now"]
    rows = [
        [
            {"adversary": "Russia", "partner": "Ukraine"}[side["side"]],
            output.spread(now[key], ".1f"),
            output.spread(side["value_of_waiting_percent"], ".1f"),
            output.spread(side["value_of_fighting_until_the_election_percent"], ".1f"),
            output.spread(side["value_of_the_election_percent"]),
            output.spread(side["option_value_of_the_election_percent"]),
        ]
        for side, key in zip(
            now["sides"], ("adversary_takes_at_least_percent", "partner_leaves_at_most_percent"), strict=True
        )
    ]
    columns = ["side", "line it would settle on", "best plan less settling now", "fighting until the election",
               "what the election adds", "option to decide after it"]  # fmt: skip
    title = f"Bargaining in {found['first_quarter']}, % of Ukraine: a line suits both in {now['a_line_suits_both']:.0%}"
    return output.table(title, columns, rows)


def _end(found: dict[str, Any]) -> Any:
    end = found["settlement"]
    rows = [
        ["ended by the horizon", f"{end['ended_by_horizon']:.0%}"],
        ["by agreement", f"{end['agreed']:.0%}"],
        ["imposed by the patron", f"{end['imposed_by_patron']:.0%}"],
        ["decided on the field", f"{end['decided_on_the_field']:.0%}"],
        ["quarters to the end, where it ends", output.spread(end["quarters_to_end_where_it_ends"], ".0f")],
        ["territory held then, % of Ukraine", output.spread(end["territory_where_it_ends_percent"], ".1f")],
    ]
    return output.table(f"How the war ends by {found['last_quarter']}", ["outcome", "draws"], rows)


def _freed(found: dict[str, Any]) -> Any:
    freed = found["forces_freed"]
    rows = [
        [
            f"{cell['years']} {'year' if cell['years'] == 1 else 'years'} after a settlement in {found['first_quarter']}",
            output.spread(cell, ".0f"),
        ]
        for cell in freed["brigades_ready_after_a_settlement_in_the_first_quarter"]
    ]
    rows.append(
        [f"in {found['last_quarter']}, over all draws", output.spread(freed["brigades_free_at_horizon"], ".0f")]
    )
    return output.table("Russian brigades ready for elsewhere", ["when", "brigades"], rows)


def _items(found: dict[str, Any]) -> Any:
    rows = [
        [
            f"{row['vantage']}: {row['item'].replace('_', ' ')}",
            row["observed_on"],
            f"{row['central']:.4g} ({row['low']:.4g} to {row['high']:.4g})",
            f"{row['p50']:.4g} ({row['p05']:.4g} to {row['p95']:.4g})",
            row["verdict"],
        ]
        for row in found["items"]
    ]
    title = f"What was forecast ({found['interval']} of {found['draws']} draws) and what was reported"
    return output.table(title, ["vantage: item", "day", "reported", "forecast", "verdict"], rows)


def _coverage(found: dict[str, Any]) -> Any:
    rows = [
        [
            f"{row['vantage']}: {row['group']}",
            str(row["items"]),
            f"{row['covered']} ({row['covered'] / row['items']:.0%})",
            str(row["clearly_missed"]),
            f"{row['median_error_of_median']:.0%}",
            f"{row['median_error_of_no_change']:.0%}",
        ]
        for row in found["coverage"]
    ]
    columns = [
        "vantage: group",
        "items",
        "covered",
        "clearly missed",
        "error of the median",
        "error of no change",
    ]
    return output.table("Coverage of intervals that should cover 90 percent", columns, rows)
