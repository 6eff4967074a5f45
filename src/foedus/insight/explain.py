"""Trace a headline number, by computation, to the steps that make it and to the inputs that move it, with their sources.

The tree holds: the number, recomputed from the stored draws; the chain behind it in the draw nearest to the median (run again);
the register entries that move it most across draws; the record's rows about the ally; the scenario's own orders.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rich.tree import Tree

from foedus import atlas
from foedus.ensemble.draws import make_plan
from foedus.ensemble.engine import BLOCK, Engine
from foedus.ensemble.measures import MEASURES, QUARTERLY, YEARLY, quarter_years
from foedus.ensemble.results import Run
from foedus.ensemble.summary import by_year, quantiles
from foedus.errors import InputError, did_you_mean
from foedus.insight.assumptions import variance_shares
from foedus.model.parameters import register
from foedus.scenario.compile import first_day
from foedus.scenario.schema import Scenario

Floats = NDArray[np.float64]

TOP = 8
RECORD_TABLES = ("spending", "economy", "personnel", "us_forces")
CHAIN = (
    ("patron_forces", "Patron's forces in the ally", "persons"),
    ("credibility", "Credibility in the adversary's eyes", "probability"),
    ("trust", "Expected joining of the other allies", "share of capability"),
    ("success_seen", "Chance that a fought-over challenge succeeds, as the adversary sees it", "probability"),
    ("success_alone", "The same without the patron", "probability"),
    ("challenge", "Chance of a challenge in the quarter", "probability"),
    ("success", "Chance that a challenge ends in loss", "probability"),
    ("share", "Defence spending", "share of GDP"),
)


def explain_number(
    run: Run, measure: str, member: str, year: int, scenario: str | None = None
) -> dict[str, Any]:
    """Return the trace of one number as a tree of plain values.

    Raises:
        InputError: the run has no such measure, ally, year or scenario.
    """
    data = run.dataset
    by_ally = [name for name, m in MEASURES.items() if m.kind in (QUARTERLY, YEARLY)]
    _check("measure", measure, by_ally)
    _check("member", member, [str(m) for m in data["member"].values])
    _check("year", str(year), [str(y) for y in data["year"].values])
    names = [str(s) for s in data["scenario"].values]
    chosen = names[0] if scenario is None else scenario
    _check("scenario", chosen, names)
    values = by_year(data, chosen, measure).sel(year=year, member=member).values.astype(np.float64)
    typical = int(np.argmin(np.abs(values - np.median(values))))
    stored = run.summary["scenarios"][chosen]["measures"][measure]["by_member"][member][str(year)]
    return {
        "scenario": chosen,
        "measure": measure,
        "long_name": MEASURES[measure].long_name,
        "unit": MEASURES[measure].units,
        "member": member,
        "year": year,
        "value": stored,
        "recomputed": {key: float(value) for key, value in quantiles(values).items()},
        "typical_draw": typical,
        "chain": _chain(run, chosen, member, year, typical),
        "moved_most_by": _movers(data["parameter_value"].values, data["parameter"].values, values, typical),
        "record": _record(run, member),
        "orders": _orders(run, chosen),
    }


def _check(field: str, value: str, known: list[str]) -> None:
    if value not in known:
        raise InputError(f"the run has no {field} {value!r}{did_you_mean(value, known)}", field=field)


def _chain(run: Run, scenario: str, member: str, year: int, draw: int) -> list[dict[str, Any]]:
    """Run the draw's block again and return the ally's intermediate quantities in the year's last quarter."""
    definition = Scenario.model_validate(next(s for s in run.scenarios if s["name"] == scenario))
    as_of = run.manifest["as_of"]
    when = None if as_of is None else first_day(as_of[:7]).replace(day=int(as_of[8:10]))
    plan = make_plan(definition, register(), int(run.manifest["seed"]), as_of=when)
    engine = Engine(run.manifest["mode"] == "played out")
    engine.prepare(plan)
    record = engine.block(plan, draw // BLOCK * BLOCK).record
    place = plan.inputs.members.index(member)
    quarter = int(np.flatnonzero(quarter_years(plan) == year)[-1])
    row = draw % BLOCK
    out = []
    for name, meaning, unit in CHAIN:
        values = np.asarray(getattr(record, name))[row, quarter]
        value = (
            values[0, place]
            if name == "credibility"
            else values[2, place]
            if name == "trust"
            else values[place]
        )
        out.append({"quantity": name, "meaning": meaning, "unit": unit, "value": float(value)})
    belief = np.asarray(record.belief)[row, quarter, 0]
    out.insert(1, {
        "quantity": "belief", "meaning": "Adversary's belief: committed, transactional, withdrawing",
        "unit": "probabilities", "value": [float(x) for x in belief],
    })  # fmt: skip
    return out


def _movers(values: Any, names: Any, outcome: Floats, draw: int) -> list[dict[str, Any]]:
    table = np.asarray(values, dtype=np.float64)
    signed, explained = variance_shares(table, outcome)
    entries = register()
    rows = []
    for i in np.argsort(-(signed**2), kind="stable")[:TOP]:
        entry = entries[str(names[i])]
        rows.append(
            {
                "parameter": entry.name,
                "meaning": entry.meaning,
                "unit": entry.unit,
                "prior": entry.describe_prior(),
                "value_in_typical_draw": float(table[draw, i]),
                "share_of_variance": float(signed[i] ** 2),
                "direction": "raises" if signed[i] > 0 else "lowers",
                "status": entry.status,
                "source": entry.source,
                "as_of": entry.as_of,
            }
        )
    return [{"explained_by_all_entries": None if np.isnan(explained) else explained}, *rows]


def _record(run: Run, member: str) -> list[dict[str, Any]]:
    as_of = run.manifest["as_of"]
    limit = int(str(run.manifest["start"])[:4])
    out = []
    for name in RECORD_TABLES:
        frame = atlas.table(name, as_of=as_of, member=member).filter(pl.col("year") <= limit)
        if frame.is_empty():
            continue
        row = frame.sort("year").row(-1, named=True)
        figures = {k: v for k, v in row.items() if isinstance(v, float) and v is not None}
        out.append(
            {
                "table": name,
                "year": row["year"],
                "figures": figures,
                "source": atlas.citation(row["source"]),
                "as_of": str(row["as_of"]),
                "status": row["status"],
            }
        )
    return out


def _orders(run: Run, scenario: str) -> list[dict[str, Any]]:
    found = next(s for s in run.scenarios if s["name"] == scenario)
    return list(found.get("interventions", []))


def trace_tree(trace: dict[str, Any]) -> Tree:
    """Return the trace as a tree for the terminal."""
    value = trace["value"]
    tree = Tree(
        f"[bold]{trace['long_name']}[/bold], {trace['member']} {trace['year']}, {trace['scenario']}: "
        f"{value['p50']:.4g} ({value['p05']:.4g} to {value['p95']:.4g}) {trace['unit']}"
    )
    again = trace["recomputed"]
    tree.add(f"recomputed from the stored draws: {again['p50']:.4g} ({again['p05']:.4g} to {again['p95']:.4g})")
    chain = tree.add(f"the chain in draw {trace['typical_draw']}, nearest to the median (run again)")
    for step in trace["chain"]:
        shown = step["value"]
        text = f"{shown:.4g}" if isinstance(shown, float) else ", ".join(f"{x:.3g}" for x in shown)
        chain.add(f"{step['meaning']}: {text} {step['unit']}")
    movers = tree.add("assumptions that move it most (share of variance)")
    for row in trace["moved_most_by"][1:]:
        branch = movers.add(
            f"{row['share_of_variance']:.0%} {row['parameter']} {row['direction']} it: {row['meaning']}"
        )
        branch.add(f"{row['prior']} {row['unit']}; {row['status']}, {row['as_of']}; {row['source']}")
    record = tree.add("the record about the ally")
    for row in trace["record"]:
        figures = ", ".join(f"{k} {v:g}" for k, v in list(row["figures"].items())[:4])
        record.add(
            f"{row['table']} {row['year']}: {figures} ({row['status']}, known {row['as_of']}; {row['source']})"
        )
    orders = tree.add("orders of the scenario")
    for act in trace["orders"]:
        orders.add(", ".join(f"{k}: {v}" for k, v in act.items() if v not in (None, "")))
    return tree
