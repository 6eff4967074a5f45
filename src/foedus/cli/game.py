"""``foedus game``: solve, fit, predict and plot games of crisis."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from foedus.errors import InputError


def _numbers(text: str, name: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(f"must be numbers separated by commas, got {text!r}", field=name) from error


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _fixed(pairs: list[str]) -> tuple[tuple[str, float], ...]:
    out = []
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise InputError(f"write PAYOFF=NUMBER, got {pair!r}", field="fix")
        out.append((name.strip(), _numbers(value, "fix")[0]))
    return tuple(out)


def _print(data: Any) -> None:
    typer.echo(json.dumps(data, indent=1))


def _table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(
            column, justify="left" if column in ("payoff", "term", "end", "kind", "set", "action") else "right"
        )
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _show_crisis(found: dict[str, Any]) -> None:
    names = ["pr", "pc", "pf", "prob_sq", "prob_cd", "prob_sf", "prob_bd"]
    rows = [
        [
            str(k + 1),
            *(f"{e[name]:.4f}" for name in names),
            "yes" if e["stable"] else "no",
            e["kind"].replace("_", " "),
        ]
        for k, e in enumerate(found["equilibria"])
    ]
    _table(
        f"{found['title']}: {len(rows)} equilibria ({found['information']} information)",
        ["", *(name.removeprefix("prob_") for name in names), "stable", "kind"],
        rows,
    )
    if found["selected"] is not None:
        typer.echo(f"selected ({found['select']}): equilibrium {found['selected'] + 1}")
    if found["advice"]:
        typer.echo(f"not certified: {found['advice']}")


def _show_efg(found: dict[str, Any]) -> None:
    points = found["equilibria"]
    rows = [
        [place, action, *(f"{point['profile'][place][action]:.6f}" for point in points)]
        for place, actions in (points[0]["profile"] if points else {}).items()
        for action in actions
    ]
    columns = ["set", "action", *(f"lambda {point['lambda']:g}" for point in points)]
    _table(f"{found['title']}: logit equilibria, principal branch", columns, rows)
    for name, what in (
        ("folds", "the branch folds back at lambda"),
        ("splits", "another branch crosses at lambda"),
    ):
        if found[name]:
            typer.echo(f"{what} {', '.join(f'{value:.4f}' for value in found[name])}")
    if found["advice"]:
        typer.echo(f"not reached: lambda {found['not_reached']}: {found['advice']}")


def solve(
    file: Annotated[
        Path | None, typer.Argument(help="A crisis game (.yaml) or a game in Gambit's format (.efg).")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option(help="CSV of payoff vectors: vector_id,SA,VA,CB,WA,WB,a,VB.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where a batch writes one row per equilibrium.")] = None,
    select: Annotated[str, typer.Option(help="lowest, highest, risk_dominant or continued.")] = "",
    information: Annotated[str, typer.Option(help="normal or logistic private information.")] = "",
    lambdas: Annotated[
        str, typer.Option("--lambda", help="For .efg: values of lambda, separated by commas.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find all equilibria of a game, or of every row of a table.

    Examples:  foedus game solve crisis.yaml  |  foedus game solve game.efg --lambda 1,2,4
    |  foedus game solve --batch params.csv --out roots.csv
    """
    if (file is None) == (batch is None):
        raise InputError("give either a game file or --batch PARAMS.csv", field="FILE")
    if file is None:
        _solve_batch(batch, out, information or "normal", as_json)
    elif file.suffix == ".efg":
        from foedus.calibrate.strategic import efgfile

        found = efgfile.solve_efg(file, _numbers(lambdas, "lambda") if lambdas else efgfile.LAMBDAS)
        _print(found) if as_json else _show_efg(found)
    else:
        from foedus.calibrate.strategic.gamefile import solve_crisis

        found = solve_crisis(file, select or None, information or None)
        _print(found) if as_json else _show_crisis(found)


def _solve_batch(batch: Path | None, out: Path | None, information: str, as_json: bool) -> None:
    from foedus.calibrate.strategic.gamefile import solve_batch

    if batch is None or out is None:
        raise InputError("a batch needs --out ROOTS.csv", field="out")
    done = solve_batch(batch, out, information)
    if as_json:
        _print(done)
        return
    typer.echo(
        f"{done['vectors']} games, {done['equilibria']} equilibria, {done['corners']} corners, to {done['out']}"
    )
    if done["advice"]:
        typer.echo(f"not certified: {', '.join(done['not_certified'][:10])}: {done['advice']}")


def fit(
    model: Annotated[str, typer.Argument(help="crisis, 12, 122, 123 or ultimatum.")],
    data: Annotated[Path, typer.Option(help="CSV table.")],
    formula: Annotated[
        list[str], typer.Option(help="PAYOFF ~ TERMS; several separated by semicolons, or the option repeated.")
    ],
    estimator: Annotated[
        str, typer.Option(help="pl, npl, cmle, ml or bayes (the first three: crisis only).")
    ] = "ml",
    outcome: str = typer.Option(
        "", help="Outcome columns: counts SQ,CD,SF,BD; or moves; or one column of labels."
    ),
    first_stage: Annotated[str, typer.Option(help="Two columns with first-stage p_R and p_F (crisis).")] = "",
    ends: Annotated[str, typer.Option(help="Labels of a label column, in the model's order of ends.")] = "",
    link: Annotated[str, typer.Option(help="probit or logit (12, 122, 123).")] = "probit",
    error: Annotated[str, typer.Option(help="agent or private (12, 122, 123).")] = "agent",
    covariance: Annotated[str, typer.Option(help="hessian, opg, sandwich or cluster.")] = "hessian",
    cluster: Annotated[str, typer.Option(help="Column of groups for clustered standard errors.")] = "",
    select: str = typer.Option(
        "highest", help="Equilibrium that crisis ml assumes: lowest, highest, risk_dominant."
    ),
    pie: Annotated[float, typer.Option(help="Largest offer of the ultimatum game.")] = 0.0,
    fix: Annotated[list[str], typer.Option(help="Hold a payoff at a number: PAYOFF=NUMBER.")] = (),  # type: ignore[assignment]
    seed: Annotated[int, typer.Option(help="Seed of bayes.")] = 0,
    draws: Annotated[int, typer.Option(help="Draws of each of the four chains of bayes.")] = 1000,
    out: Annotated[Path | None, typer.Option(help="Store the fit as JSON, for predict.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Estimate a game from data.

    Example:  foedus game fit crisis --data sanctions.csv --estimator npl --formula "S_A ~ 0 + trade; V_A ~ cost; C_B ~ 1;
    W_A ~ 1; W_B ~ 1; a ~ 1"
    """
    from foedus.calibrate.strategic.estimate import Request, check_request
    from foedus.calibrate.strategic.estimate import fit as run
    from foedus.calibrate.strategic.formula import read_table
    from foedus.calibrate.strategic.predict import save
    from foedus.cli.strategy_output import progress

    request = Request(
        model=model,
        formula="; ".join(formula),
        estimator=estimator,
        outcome=_words(outcome),
        first_stage=_words(first_stage),
        ends=_words(ends),
        link=link,
        error=error,
        covariance="cluster" if cluster else covariance,
        cluster=cluster,
        pie=pie,
        select=select,
        fixed=_fixed(list(fix)),
        seed=seed,
        draws=draws,
    )
    check_request(request)
    with progress("steps of the sampler" if estimator == "bayes" else "fitting") as tell:
        result = run(read_table(data), request, tell)
    if out is not None:
        save(result, out)
    shown = result.as_dict()
    if as_json:
        _print(shown)
        return
    _show_fit(f"{model}, {estimator}: n {result.n}", shown["coefficients"], result)


def _show_fit(title: str, coefficients: list[dict[str, Any]], result: Any) -> None:
    sampled = bool(result.intervals)
    last = ("low", "high") if sampled else ("z", "p")
    rows = [
        [
            c["payoff"],
            c["term"],
            f"{c['estimate']:.5f}",
            f"{c['se']:.5f}",
            *("" if c[k] is None else f"{c[k]:.3f}" for k in last),
        ]
        for c in coefficients
    ]
    columns = ["mean", "st. dev.", "5 %", "95 %"] if sampled else ["estimate", "std. error", "z", "p"]
    _table(title, ["payoff", "term", *columns], rows)
    typer.echo(
        f"log-likelihood {result.loglik:.4f}, AIC {result.aic:.4f}, standard errors: {result.covariance_kind}"
    )
    for note in result.notes:
        typer.echo(note)
    typer.echo("converged" if result.converged else f"NOT CONVERGED: {result.advice}")


def predict(
    fitted: Annotated[Path, typer.Argument(help="A fit stored with  foedus game fit --out.")],
    data: Annotated[Path, typer.Option(help="CSV table with the columns of the formulas.")],
    out: Annotated[Path | None, typer.Option(help="Write a CSV table.")] = None,
    effects: Annotated[
        bool, typer.Option("--effects", help="Average marginal effects instead of probabilities.")
    ] = False,
    draws: Annotated[int, typer.Option(help="Draws of the coefficients for the intervals.")] = 200,
    seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Predict the chance of every end with 90 percent intervals, or marginal effects.

    Example:  foedus game predict fit.json --data sanctions.csv --out predicted.csv
    """
    import polars as pl

    from foedus.calibrate.strategic import predict as room
    from foedus.calibrate.strategic.formula import read_table

    result, frame = room.load(fitted), read_table(data)
    run = room.marginal_effects if effects else room.predict
    records = run(frame, result, count=draws, seed=seed)
    if out is not None:
        pl.DataFrame(records).write_csv(out)
    if as_json:
        _print(records)
    elif out is None:
        keys = list(records[0])
        _table("", keys, [[v if isinstance(v, str) else f"{v:.5g}" for v in r.values()] for r in records[:40]])
        if len(records) > 40:
            typer.echo(f"{len(records) - 40} more rows: use --out or --json")
    else:
        typer.echo(f"{len(records)} rows to {out}")


def plot(
    file: Annotated[Path, typer.Argument(help="A crisis game (.yaml).")],
    vary: Annotated[str, typer.Option(help="The payoff on the horizontal axis, for instance W_B.")],
    low: Annotated[float, typer.Option("--from", help="Lowest value.")],
    high: Annotated[float, typer.Option("--to", help="Highest value.")],
    out: Annotated[Path, typer.Option(help="Picture to write: .svg, .png or .html.")] = Path("equilibria.svg"),
) -> None:
    """Draw all equilibria of a crisis game as one payoff varies.

    Example:  foedus game plot crisis.yaml --vary W_B --from -3.2 --to -2.4 --out equilibria.svg
    """
    from foedus.calibrate.strategic.gamefile import sweep
    from foedus.report.games import draw_equilibria

    draw_equilibria(list(sweep(file, vary, low, high)), vary, out)
    typer.echo(f"wrote {out}")


def sbc(
    rounds: Annotated[int, typer.Option(help="Simulated data sets, at least 10.")] = 100,
    draws: Annotated[int, typer.Option(help="Posterior draws for each: 9, 19, 29, ...")] = 49,
    games: Annotated[int, typer.Option(help="Crisis games in a data set.")] = 60,
    trials: Annotated[int, typer.Option(help="How often each game is observed.")] = 5,
    seed: Annotated[int, typer.Option(help="Seed of everything.")] = 0,
    out: Annotated[Path | None, typer.Option(help="Picture of the ranks: .svg, .png or .html.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check the posteriors of  game fit --estimator bayes  by simulation: ranks of true coefficients are uniform if all is right.

    All data sets are sampled together; 100 of them take two to three minutes of processor time.

    Example:  foedus game sbc --rounds 100 --draws 49 --out ranks.svg
    """
    from foedus.calibrate.strategic import sbc as room
    from foedus.cli.strategy_output import progress
    from foedus.report.games import check_picture, draw_ranks

    if out is not None:
        check_picture(out)
    with progress("steps of the sampler") as tell:
        found = room.calibrate(rounds, draws, games=games, trials=trials, seed=seed, progress=tell)
    counts = found["counts"].tolist()
    if out is not None:
        draw_ranks(room.NAMES, counts, out)
    if as_json:
        _print({"coefficients": list(room.NAMES), "rounds": rounds, **room.as_plain(found)})
        return
    rows = [
        [name, f"{mean:.3f}", f"{p:.3f}", f"{q:.3f}", " ".join(map(str, row))]
        for name, mean, p, q, row in zip(
            room.NAMES,
            found["mean_rank"],
            found["p_values"],
            found["p_values_distribution"],
            counts,
            strict=True,
        )
    ]
    title = f"Ranks of true coefficients among {draws} posterior draws, {rounds} data sets"
    columns = [
        "term",
        "mean rank",
        "p, chi-square",
        "p, distribution",
        f"data sets in each of {room.BINS} bins",
    ]
    _table(title, columns, rows)
    typer.echo(room.sampling_report(found))
    if out is not None:
        typer.echo(f"wrote {out}")


def register(app: typer.Typer) -> None:
    """Add ``foedus game``."""
    game = typer.Typer(no_args_is_help=True, help="Games of crisis: solve, fit, predict, plot.")
    game.command("solve", no_args_is_help=True)(solve)
    game.command("fit", no_args_is_help=True)(fit)
    game.command("predict", no_args_is_help=True)(predict)
    game.command("plot", no_args_is_help=True)(plot)
    game.command("sbc")(sbc)
    app.add_typer(game, name="game")
