"""What the commands of this room do, apart from parsing their arguments."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.calibrate import fit_tasks
from foedus.calibrate.show import show_facts, show_json, show_rows
from foedus.calibrate.store import Store
from foedus.errors import InputError, did_you_mean

SHIPPED_DRAWS = 400
"""Draws that the package ships: enough for 5 and 95 per cent quantiles, small enough for a wheel."""

RANK_CHECKS = {True: 8, False: 60}
"""Simulated panels of the rank check, quick and full."""


@dataclass(frozen=True)
class Options:
    """Options of ``foedus calibrate``."""

    quick: bool = False
    shipped: bool = False
    output: Path | None = None
    data: Path | None = None
    check: bool = False
    as_json: bool = False

    @property
    def store(self) -> Store:
        """The folder of imported tables."""
        return Store(self.data) if self.data else Store.default()


def run(system: str, options: Options) -> None:
    """Run one system of ``foedus calibrate``.

    Errors: InputError for an unknown system.
    """
    systems: dict[str, Callable[[Options], None]] = {
        "spending": spending, "pacts": pacts, "reliability": reliability, "burden": burden, "science": science,
        **fit_tasks.SYSTEMS,
    }  # fmt: skip
    if system not in systems:
        raise InputError(f"unknown system {system!r}{did_you_mean(system, tuple(systems))}", field="SYSTEM")
    systems[system](options)


def _print(title: str, rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        show_json(rows)
    else:
        show_rows(title, rows)


def spending(options: Options) -> None:
    """Posterior of the burden-sharing coefficients, beside their priors."""
    from foedus.calibrate import burden_posterior as posterior

    if options.check:
        from foedus.calibrate.simulation_check import check_ranks
        from foedus.model.parameters import prior_register

        with fit_tasks.running(options) as run:
            found = check_ranks(RANK_CHECKS[options.quick], folder=run.kept(prior_register()), tell=run.tell)
        rows = [c.as_dict() for c in found]
        _print(
            "Ranks of the truth among the draws, simulated data (p against a uniform)", rows, options.as_json
        )
        return
    if options.shipped:
        draws, title = posterior.shipped_draws(), "Shipped draws"
    else:
        fitted = _fit(options)
        d = fitted.diagnostics
        title = f"R-hat {d.r_hat:.3f}, effective sample size {d.ess:.0f}, {d.divergences} divergent transitions"
        draws = posterior.thinned(fitted, SHIPPED_DRAWS)
    if options.output is not None:
        options.output.write_text(posterior.as_csv(draws), encoding="utf-8")
    rows = posterior.comparison(draws)
    if options.as_json:
        show_json(rows)
    else:
        show_rows(title, [_side_by_side(row) for row in rows])


def _side_by_side(row: dict[str, Any]) -> dict[str, Any]:
    shown = {
        k: f"{row[f'{k}_median']:.2f} ({row[f'{k}_q05']:.2f}, {row[f'{k}_q95']:.2f})"
        for k in ("prior", "posterior")
    }
    return {
        "parameter": row["parameter"],
        "unit": row["unit"],
        **shown,
        "width ratio": f"{row['width_ratio']:.2f}",
    }


def _fit(options: Options) -> Any:
    from foedus.calibrate import burden_posterior as posterior
    from foedus.model.parameters import prior_register

    with fit_tasks.running(options) as run:
        settings = posterior.QUICK if options.quick else posterior.FULL
        return posterior.fit(settings, run.kept(prior_register()), run.tell)


def pacts(options: Options) -> None:
    """Effects of defence pacts by definition and period, with the prior that they support."""
    from foedus.calibrate.pacts import pact_effects
    from foedus.calibrate.panel import held_panel

    effects = pact_effects(held_panel(options.store))
    if options.as_json:
        show_json([e.as_dict() for e in effects])
        return
    rows = [
        {
            "definition": e.definition, "years": f"{e.first_year}-{e.last_year}", "onsets": e.onsets,
            "change %": f"{e.change_pct:+.0f} ({e.change_low_pct:+.0f}, {e.change_high_pct:+.0f})", "p": f"{e.p_value:.2f}",
        }
        for e in effects
    ]  # fmt: skip
    show_rows("Change of P(initiation) with a pact, 90% interval (associations, not causes)", rows)


def reliability(options: Options) -> None:
    """Fulfilment rates."""
    from foedus.calibrate.reliability import rates

    found = rates(options.store.read("alliance_cases"))
    if options.as_json:
        show_json([r.as_dict() for r in found])
        return
    rows = [
        {
            "kind": r.kind, "period": r.period, "members": r.members, "honoured": f"{r.honoured} of {r.cases}",
            "%": f"{r.share_pct:.0f} ({r.low_pct:.0f}, {r.high_pct:.0f})", "% by war": f"{r.per_war_pct:.0f}",
        }
        for r in found
    ]  # fmt: skip
    show_rows("Alliances honoured in war (wars that happened only; NATO has no applicable case)", rows)


def burden(options: Options) -> None:
    """Rank correlation of income and spending share by year."""
    from foedus.calibrate.burden_check import correlations, nato_frame, sipri_frame

    rows = correlations(nato_frame(), "nato_pct_gdp")
    if options.store.has("sipri_long"):
        rows += correlations(sipri_frame(options.store.read("sipri_long")), "sipri_pct_gdp")
    _print("Rank correlation of GDP and spending share", [r.as_dict() for r in rows], options.as_json)


def science(options: Options) -> None:
    """Published findings beside ours."""
    from foedus.calibrate.science import science_table

    rows = science_table(options.store)
    if options.as_json:
        show_json(rows)
        return
    for row in rows:
        ours = "" if row["ours"] is None else f"{row['ours']:.4g}"
        interval = "" if row["low"] is None else f" ({row['low']:.2f}, {row['high']:.2f})"
        facts = {"published": f"{row['published']} ({row['published_status']})", "ours": ours + interval}
        show_facts(
            f"{row['study']}, {row['period']}: {row['unit']}",
            {**facts, "": f"{row['verdict']}: {row['reason']}"},
        )


def import_table(name: str, file: Path, folder: Path | None, *, check_only: bool, as_json: bool) -> None:
    """Check a publisher's file and, unless asked not to, store it."""
    from foedus.calibrate.importer import check_table, import_file

    store = Store(folder) if folder else Store.default()
    report = check_table(name, file, store) if check_only else import_file(name, file, store)
    if as_json:
        show_json(report.as_dict())
    else:
        show_facts(f"{'Checked' if check_only else 'Imported'} {name}", report.summary())
        for note in report.notes:
            sys.stdout.write(f"Note: {note}\n")


def list_tables(folder: Path | None, as_json: bool) -> None:
    """Tables that can be imported, their layouts, and what is held."""
    from foedus.calibrate.importer import layouts

    store = Store(folder) if folder else Store.default()
    held = store.manifest()
    rows = []
    for table, by_layout in layouts().items():
        entry = held.get(table, {})
        rows.append(
            {
                "table": table, "layouts": "; ".join(by_layout), "held": "yes" if store.has(table) else "no",
                "rows": str(entry.get("rows", "")), "sha256": str(entry.get("sha256", ""))[:12],
            }
        )  # fmt: skip
    _print(f"Tables in {store.directory}", rows, as_json)


def write_panel(output: Path, folder: Path | None) -> None:
    """Rebuild the dyad-year panel and write it."""
    from foedus.calibrate.panel import build_panel, load_raw

    panel = build_panel(load_raw(Store(folder) if folder else Store.default()))
    panel.write_parquet(output, compression="zstd")
    sys.stdout.write(f"{output}: {panel.height} rows, {panel.width} columns\n")
