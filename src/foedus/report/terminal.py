"""The summary of a run for the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from foedus.report import tidy
from foedus.report.measures import CHALLENGE, CREDIBILITY, LOSS, SPENDING, Measure
from foedus.report.numbers import Interval, significant
from foedus.report.quantiles import interval
from foedus.report.sentences import three_sentences
from foedus.report.view import RunView, horizon, run_title, scenario_order, start_words, titles

FRONTLINE_MEASURES: tuple[Measure, ...] = (CREDIBILITY, CHALLENGE, LOSS, SPENDING)
FILES = (
    ("report.html", "the report"),
    ("summary.json", "medians and intervals"),
    ("insight.json", "what matters most"),
    ("results.zarr", "all draws"),
    ("manifest.json", "fingerprint, versions"),
)


def terminal(run: RunView) -> RenderableType:
    """Three sentences, a table of scenarios by measures, and where the files are."""
    sentences = Text("\n\n").join(Text(s) for s in three_sentences(run))
    head = Text(
        f"{horizon(run)} from {start_words(run)}, {int(run.dataset.sizes['draw']):,} draws", style="dim"
    )
    return Group(
        Panel(
            sentences, title=Text(run_title(run), style="bold"), subtitle=head, padding=(1, 2), box=box.ROUNDED
        ),
        _table(run),
        Padding(_files(run), (1, 0, 0, 0)),
    )


def _table(run: RunView) -> Table:
    title = "Average over the frontline at the end of the run: median and 5–95% of draws"
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="dim")
    table.add_column("Scenario", overflow="fold")
    measures = [m for m in FRONTLINE_MEASURES if tidy.has(run, m.name)]
    for measure in measures:
        table.add_column(f"{measure.title}\n[dim]{measure.unit}[/dim]", justify="right")
    table.add_column("Replacement cost\n[dim]billion USD[/dim]", justify="right")
    for scenario, title_text in ((s, titles(run)[s]) for s in scenario_order(run)):
        cells = [_cell(interval(tidy.frontline_mean(run, scenario, m.name)), m.text) for m in measures]
        cost = _cell(tidy.run_interval(run, "replacement_cost_usd_billion", scenario))
        table.add_row(Text(title_text), *cells, cost)
    return table


def _cell(found: Interval, write: Callable[[float], str] = significant) -> Text:
    if not found.known:
        return Text("n/a", style="dim")
    low, middle, high = (write(v) for v in (found.p05, found.p50, found.p95))
    return Text.assemble((middle, "bold"), (f" {low} to {high}", "dim"))


def _files(run: RunView) -> Text:
    there = [(n, w) for n, w in FILES if (run.path / n).exists()]
    lines = [Text(f"Files in {run.path}", style="bold")] + [Text(f"  {n:<15} {w}") for n, w in there]
    mark = str(run.manifest.get("fingerprint") or "")
    if mark:
        lines.append(Text(f"  fingerprint     {mark[:16]}", style="dim"))
    return Text("\n").join(lines)


def as_data(run: RunView) -> dict[str, Any]:
    """Return the same summary as plain data."""
    measures = [m for m in FRONTLINE_MEASURES if tidy.has(run, m.name)]
    scenarios = {}
    for scenario in scenario_order(run):
        found = {m.name: interval(tidy.frontline_mean(run, scenario, m.name)) for m in measures}
        found["replacement_cost_usd_billion"] = tidy.run_interval(run, "replacement_cost_usd_billion", scenario)
        scenarios[scenario] = {name: _plain(cell) for name, cell in found.items()}
    return {
        "title": run_title(run),
        "sentences": three_sentences(run),
        "frontline": tidy.frontline(run),
        "scenarios": scenarios,
        "folder": str(run.path),
        "fingerprint": run.manifest.get("fingerprint"),
    }


def _plain(found: Interval) -> dict[str, float] | None:
    return {"p05": found.p05, "p50": found.p50, "p95": found.p95} if found.known else None
