"""``foedus theatre``: who can be where in time, and how the odds depend on the contest's form."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from foedus.cli import strategy_output as output
from foedus.errors import InputError, did_you_mean

HELP = """Show an ally's theatre: forces in 10, 30 and 180 days, and the attacker's odds under three forms of the contest.

Examples:

  foedus theatre --member EST

  foedus theatre --member POL --form lanchester --json
"""
FORMS = ("ratio", "lanchester", "salvo")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("theatre", help=HELP)(theatre)


def theatre(
    member: Annotated[str, typer.Option(help="The ally under attack.")],
    form: Annotated[
        str | None, typer.Option(help="ratio, lanchester or salvo; all three where not given.")
    ] = None,
    scenario: Annotated[str, typer.Option(help="Shipped scenario or scenario file.")] = "baseline",
    draws: Annotated[int, typer.Option(help="Draws of every uncertain number.")] = 200,
    seed: Annotated[int, typer.Option(help="Seed of all random streams.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")] = False,
) -> None:
    """Show an ally's theatre."""
    if form is not None and form not in FORMS:
        raise InputError(f"unknown form {form!r}{did_you_mean(form, FORMS)}", field="form")
    if draws < 1:
        raise InputError(f"must be at least 1, got {draws}", field="draws")
    from foedus.insight.theatre_forms import theatre_analysis

    found = theatre_analysis(member, scenario, draws, seed, form)
    if as_json:
        output.print_json(found)
        return
    output.show(_forces(found), _odds(found))


def _forces(found: dict[str, Any]) -> Any:
    columns = ["days", "attackers", "home_and_battlegroups", "other_allies", "patron_if_it_takes_part"]
    rows = [
        [str(row["days"]), *(output.spread(row[c], ".1f") for c in columns[1:])]
        for row in found["forces_brigades"]
    ]
    title = f"{found['member']}, {found['quarter']}, {found['scenario']}: brigades there by day, median (5 to 95 percent)"
    return output.table(title, [c.replace("_", " ") for c in columns], rows)


def _odds(found: dict[str, Any]) -> Any:
    rows = [
        [
            form,
            str(row["days"]),
            *(output.spread(row[k]) for k in ("as_believed", "patron_certain", "patron_absent")),
        ]
        for form, cells in found["odds"].items()
        for row in cells
    ]
    title = f"Attacker's chance in the fight (the patron takes part with {output.spread(found['patron_takes_part'])})"
    return output.table(title, ["form", "days", "patron as believed", "patron certain", "patron absent"], rows)
