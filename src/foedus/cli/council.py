"""``foedus council``: collective decisions among members."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from foedus.cli import strategy_output as output

HELP = """Say what a council decides: compromise, bargaining, probabilistic election, who blocks, and the price of consensus.

Examples:

  foedus council --example > pledge.yaml

  foedus council pledge.yaml

  foedus council article-5:EST --json
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("council", help=HELP)(council)


def council(
    source: Annotated[str | None, typer.Argument(help="Council file, or pledge, or article-5:CODE.")] = None,
    example: Annotated[bool, typer.Option("--example", help="Print a council file to start from.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")] = False,
) -> None:
    """Say what a council decides."""
    if example:
        from foedus.scenario.council_file import EXAMPLE

        typer.echo(EXAMPLE, nl=False)
        return
    if source is None:
        raise typer.BadParameter(
            "name a council file, pledge or article-5:CODE; --example prints a file to start from"
        )
    from foedus.scenario.council_decision import decide

    found = decide(_case(source))
    if as_json:
        output.print_json(found)
        return
    parts = [_outcomes(found), _consensus(found)]
    output.show(*parts, *([_silence(found["silence"])] if "silence" in found else []))


def _case(source: str) -> Any:
    from pathlib import Path

    if Path(source).exists() or source.endswith((".yaml", ".yml")):
        from foedus.scenario.council_file import read_council

        return read_council(source)
    from foedus.insight.councils import council_case

    return council_case(source)


def _outcomes(found: dict[str, Any]) -> Any:
    election, bargaining = found["election"], found["bargaining"]
    top = sorted(zip(election["conditional"], election["options"], strict=True), reverse=True)[:3]
    winner = election["condorcet_winner"]
    rows = [
        ["compromise (pull-weighted mean)", f"{found['compromise']:.3g}"],
        ["weighted median", f"{found['median']:.3g}"],
        [f"bargaining, {len(bargaining['rounds'])} rounds", f"{bargaining['outcome']:.3g}"],
        ["probabilistic election, mean", f"{election['mean']:.3g}"],
        ["  most likely options", ", ".join(f"{x:.3g} ({p:.0%})" for p, x in top)],
        ["beats every other option", "none" if winner is None else f"{winner:.3g}"],
    ]
    return output.table(f"{found['title']}: {found['line']}", ["reading", "outcome"], rows)


def _consensus(found: dict[str, Any]) -> Any:
    consensus = found["consensus"]
    rows = [
        [
            name,
            f"{cell['option']:.3g}",
            _names(cell["blockers"]),
            f"{cell['price_usd_billion']:.3g}",
            "yes" if cell["carried"] else "no",
        ]
        for name, cell in (
            ("weighted median", consensus["at_median"]),
            ("compromise", consensus["at_compromise"]),
            ("largest sum of gains", consensus["at_largest_sum_of_gains"]),
        )
    ]
    zone = consensus["zone_without_payment"]
    free = "none but the fallback" if zone is None else f"{zone[0]:.3g} to {zone[1]:.3g}"
    title = f"Price of consensus (fallback {found['fallback']:.3g}; nobody blocks: {free})"
    return output.table(title, ["option", "at", "who blocks", "price, billion USD", "gainers can pay"], rows)


def _silence(found: dict[str, Any]) -> Any:
    rows = [["nobody breaks it", f"{found['chance_of_consensus']:.1%}"]]
    rows += [[name, f"{chance:.2%}"] for name, chance in list(found["chance_to_break_silence"].items())[:5]]
    return output.table("Silence procedure", ["the five likeliest to break it", "chance"], rows)


def _names(codes: list[str]) -> str:
    if len(codes) > 6:
        return f"{len(codes)} members"
    return ", ".join(codes) or "nobody"
