"""``foedus run``, ``compare``, ``explain``, ``parameters`` and ``verify``."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.ensemble.execute import Progress

RUNS = Path("runs")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("run")(run)
    app.command("compare")(compare)
    app.command("explain")(explain)
    app.command("parameters")(parameters)
    app.command("verify")(verify)


def run(
    scenario: Annotated[list[str], typer.Argument(help="Shipped scenarios, families or scenario files.")],
    draws: Annotated[int, typer.Option(help="Draws of every uncertain number.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of all random streams.")] = 1,
    start: Annotated[
        str | None, typer.Option(help="First month, YYYY-MM; moves every date of the scenario.")
    ] = None,
    horizon: Annotated[str | None, typer.Option(help="Length, such as 10y, 8q or 18m.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Use only what was known on this day.")] = None,
    out: Annotated[Path | None, typer.Option(help="Run folder; default runs/NAME.")] = None,
    resume: Annotated[bool, typer.Option(help="Go on with what an interrupted run left.")] = False,
    played: Annotated[bool, typer.Option(help="Play events out instead of carrying probabilities.")] = False,
    evidence: Annotated[
        Path | None, typer.Option(help="Ledger of evidence that sets the prior beliefs.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Threads; default one per core. Changes no number.")
    ] = None,
    chunk: Annotated[int, typer.Option(help="Draws handed to a thread at a time. Changes no number.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print summary.json to standard output.")] = False,
) -> None:
    """Run scenarios and write results, summary and report.

    Examples:
      foedus run four-worlds

      foedus run baseline dormant-nato --draws 2000 --out runs/dormant

      foedus run my.yaml --start 2026-01 --horizon 5y --json
    """
    from foedus.model.parameters import register as entries
    from foedus.scenario import load_many

    # What can be wrong is looked at before the model is loaded, which takes seconds.
    chosen = load_many(scenario, known_parameters=set(entries()), start=start, horizon=horizon)
    known_then = _date(as_of)
    from foedus.ensemble import Options, run_ensemble

    if evidence is not None:
        from foedus.ensemble.evidence import with_evidence

        chosen = with_evidence(chosen, evidence)
    folder = out or RUNS / Path(scenario[0]).stem
    options = Options(
        draws=draws,
        seed=seed,
        as_of=known_then,
        played=played,
        chunk=chunk,
        resume=resume,
        **({} if workers is None else {"workers": workers}),
    )
    with _progress() as progress:
        done = run_ensemble(chosen, folder, options, progress, meanwhile=_load_report)
    from foedus.insight import analyse
    from foedus.report import begin, terminal, write_html

    begun = begin(done)
    analyse(done)
    write_html(done, folder / "report.html", begun)
    if as_json:
        typer.echo((folder / "summary.json").read_text(encoding="utf-8"))
        return
    _print(terminal(done))


def _load_report() -> None:
    """Import what reads the results and start what draws them: slow to load, so it is done while the model runs."""
    from foedus import insight, report  # noqa: F401
    from foedus.report.svg import warm_up

    warm_up()


def _date(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"must be a day written as YYYY-MM-DD, got {text!r}", field="--as-of") from None


@contextmanager
def _progress() -> Iterator[Progress | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Compiling the model", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, description="Running blocks of draws", completed=done, total=total)

        yield show


def _print(content: Any) -> None:
    from rich.console import Console

    Console().print(content)


def compare(
    first: Annotated[Path, typer.Argument(help="Run folder.")],
    second: Annotated[Path, typer.Argument(help="Run folder to set beside it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Set two run folders side by side: what differs in the inputs, and by how much in the headline measures.

    Example:  foedus compare runs/baseline runs/dormant
    """
    from foedus.ensemble import open_run

    runs = open_run(first), open_run(second)
    from foedus.insight.compare import compare_runs, comparison_table

    result = compare_runs(*runs)
    if as_json:
        typer.echo(json.dumps(result, indent=1))
        return
    _print(comparison_table(result))


def explain(
    folder: Annotated[Path, typer.Argument(help="Run folder.")],
    measure: Annotated[str, typer.Argument(help="Measure, such as credibility.")],
    member: Annotated[str, typer.Argument(help="Ally, such as EST.")],
    year: Annotated[int, typer.Argument(help="Year.")],
    scenario: Annotated[str | None, typer.Option(help="Scenario; default the first of the run.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Trace a headline number, by computation, to the inputs that move it and their sources.

    Example:  foedus explain runs/four-worlds challenge_probability_cumulative EST 2030 --scenario treaty-hollow
    """
    from foedus.ensemble import open_run

    run = open_run(folder)
    from foedus.insight.explain import explain_number, trace_tree

    trace = explain_number(run, measure, member.upper(), year, scenario)
    if as_json:
        typer.echo(json.dumps(trace, indent=1))
        return
    _print(trace_tree(trace))


def parameters(
    name: Annotated[str | None, typer.Argument(help="Part of a name or a system, such as credibility.")] = None,
    status: Annotated[
        str | None, typer.Option(help="Only entries of this status: measured, estimated, elicited or assumed.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the parameter register: every uncertain number with prior, unit, source and status.

    Examples:
      foedus parameters --status assumed

      foedus parameters crisis
    """
    from foedus.insight.listing import parameter_rows, parameter_table

    rows = parameter_rows(name, status)
    if as_json:
        typer.echo(json.dumps(rows, indent=1))
        return
    _print(parameter_table(rows))


def verify(
    folder: Annotated[Path, typer.Argument(help="Run folder.")],
    rerun: Annotated[bool, typer.Option(help="Also run it again and compare every bit.")] = False,
) -> None:
    """Check offline that a run folder is what its manifest says: results, inputs, data and code.

    Exit 0 when all of it holds, 2 when anything differs.

    Example:  foedus verify runs/four-worlds
    """
    from foedus.ensemble import open_run

    open_run(folder)
    from foedus.insight.verify import verify_run

    outcomes = verify_run(folder, rerun)
    for outcome in outcomes:
        typer.echo(f"{'ok      ' if outcome.holds else 'DIFFERS '} {outcome.what}: {outcome.detail}")
    if not all(outcome.holds for outcome in outcomes):
        raise typer.Exit(2)
