"""What ``foedus calibrate credibility|posture|ukraine|levels|all`` does."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from foedus.calibrate.show import show_json, show_rows
from foedus.calibrate.store import default_directory
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.calibrate.fits.release import Result, Run
    from foedus.calibrate.tasks import Options

RANK_CHECKS = {True: 10, False: 200}
LEVEL_RANK_CHECKS = 200


@contextmanager
def running(options: Options) -> Iterator[Run]:
    """How the options ask to run; finished parts are kept, a terminal shows a bar."""
    from foedus.calibrate.fits.release import Run

    folder = default_directory() / "chains"
    if not sys.stderr.isatty():
        yield Run(options.quick, folder)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("fitting", total=None)

        def tell(done: int, whole: int) -> None:
            bar.update(task, completed=done, total=whole)

        yield Run(options.quick, folder, tell)


def explicit(system: str) -> Callable[[Options], None]:
    """Return the command of one explicit likelihood."""

    def command(options: Options) -> None:
        from foedus.calibrate.chains import Settings
        from foedus.calibrate.fits import likelihoods, nuts, release
        from foedus.model.parameters import prior_register

        _refuse_shipped(options)
        if options.check:
            fit = likelihoods.fits()[system]
            settings = Settings(200, 200, 1, release.SEED)
            with running(options) as run:
                kept = run.kept(prior_register())
                found = nuts.simulated_ranks(fit, RANK_CHECKS[options.quick], settings, kept, run.tell)
            sampled = {
                "divergences": int(found.divergences.sum()),
                "records_with_divergences": int((found.divergences > 0).sum()),
                "transitions": len(found.values) * settings.draws,
            }
            _show_ranks(fit.entries, found.values, options, sampled)
            return
        with running(options) as run:
            _show(release.explicit(system, run), options)

    return command


def levels(options: Options) -> None:
    """Weigh draws of the simulator against the soft constraints."""
    from foedus.calibrate.fits import level_model, release, waves
    from foedus.model.parameters import register

    _refuse_shipped(options)
    with running(options) as run:
        base = register(without="levels")
        if options.check:
            made = release.level_waves(run, base)
            ranks = waves.ranks(
                made, level_model.target(), min(LEVEL_RANK_CHECKS, len(made[0].z)), release.SEED
            )
            _show_ranks(level_model.fitted_names(), ranks, options)
            return
        _show(release.levels(run, base), options)
        if not options.as_json:
            rows = release.constraint_rows(release.level_waves(run, base))
            show_rows(
                "Soft constraints: 90 percent range, and the simulator before and after",
                [_constraint(r) for r in rows],
            )


def everything(options: Options) -> None:
    """Run every fit and, with an output folder, write the tables that a release ships."""
    from foedus.calibrate.fits import release

    _refuse_shipped(options)
    if options.check:
        raise InputError("--check takes one system; give its name", field="SYSTEM")
    if options.output is not None and options.output.is_file():
        raise InputError("is a file; give a folder for the two tables", file=options.output)
    with running(options) as run:
        results = release.all_fits(run)
    if options.output is not None:
        options.output.mkdir(parents=True, exist_ok=True)
        for name, text in release.shipped_tables(results).items():
            (options.output / name).write_text(text, encoding="utf-8")
    if options.as_json:
        show_json({r.system: {"diagnostics": r.report, "entries": release.comparison(r)} for r in results})
        return
    for result in results:
        _show_table(result)


def _refuse_shipped(options: Options) -> None:
    if options.shipped:
        raise InputError(
            "draws are shipped for spending alone; foedus parameters shows the posterior of the others",
            field="--shipped",
        )


def _show(result: Result, options: Options) -> None:
    from foedus.calibrate.fits import release

    if options.output is not None:
        options.output.write_text(_draws_csv(result), encoding="utf-8")
    if options.as_json:
        show_json({"diagnostics": result.report, "entries": release.comparison(result)})
    else:
        _show_table(result)


def _show_table(result: Result) -> None:
    from foedus.calibrate.fits import release

    shown = ", ".join(f"{name.replace('_', ' ')} {value:.4g}" for name, value in result.report.items())
    show_rows(f"{result.system}: {shown}", [_side_by_side(row) for row in release.comparison(result)])


def _side_by_side(row: dict[str, Any]) -> dict[str, Any]:
    def interval(which: str) -> str:
        low, middle, high = (row[f"{which}_{q}"] for q in ("q05", "median", "q95"))
        return f"{middle:.3g} ({low:.3g}, {high:.3g})"

    return {
        "parameter": row["parameter"], "unit": row["unit"], "prior": interval("prior"),
        "posterior": interval("posterior"), "width ratio": f"{row['width_ratio']:.2f}",
    }  # fmt: skip


def _constraint(row: dict[str, Any]) -> dict[str, Any]:
    def interval(ends: list[float]) -> str:
        return f"{ends[1]:.3g} ({ends[0]:.3g}, {ends[2]:.3g})"

    return {
        "constraint": row["constraint"], "unit": row["unit"],
        "asked for": interval([row["low"], row["centre"], row["high"]]),
        "before": interval(row["before"]), "after": interval(row["after"]),
    }  # fmt: skip


def _show_ranks(
    names: tuple[str, ...], ranks: Any, options: Options, sampled: dict[str, int] | None = None
) -> None:
    from foedus.calibrate.fits.waves import uniform_p

    rows = [
        {
            "parameter": name,
            "replications": len(ranks),
            "mean_rank": float(ranks[:, k].mean()),
            "p_value": float(p),
            **(sampled or {}),
        }
        for k, (name, p) in enumerate(zip(names, uniform_p(ranks), strict=True))
    ]
    if options.as_json:
        show_json(rows)
    else:
        show_rows("Ranks of the truth among the draws, simulated data (p against a uniform)", rows)


def _draws_csv(result: Result) -> str:
    """The draws with their weights as the text of a CSV file, five significant figures."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*result.names, "weight"])
    for row, weight in zip(result.columns, result.weight, strict=True):
        writer.writerow([f"{value:.5g}" for value in (*row, weight)])
    return out.getvalue()


SYSTEMS: dict[str, Callable[[Options], None]] = {
    "credibility": explicit("credibility"),
    "posture": explicit("posture"),
    "ukraine": explicit("ukraine"),
    "levels": levels,
    "all": everything,
}
