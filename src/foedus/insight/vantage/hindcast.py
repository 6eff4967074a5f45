"""``foedus hindcast product``: every statement and number of the product as of the vantage, with its scores."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from foedus.calibrate.results import Hindcast
from foedus.calibrate.scores import brier, log_loss, score_samples
from foedus.insight.vantage import quantities
from foedus.insight.vantage.aid import innovations, known_quarters
from foedus.insight.vantage.inputs import STAND_INS, Known, known_at
from foedus.insight.vantage.other_dates import aid_elsewhere, forces_elsewhere
from foedus.insight.vantage.play import Floats, History, play_out
from foedus.insight.vantage.statements import Statement, base_rate, chance, outcome, statements

DRAWS, QUICK_DRAWS = 1000, 250
EVENTS = "statements"
MEETS = "meets_2_percent"
MODEL, HINDSIGHT = "model", "model_with_hindsight"
NAMES = {MODEL: "product", HINDSIGHT: "product, today's register"}


def hindcast_product(vantage: dt.date, draws: int = DRAWS, seed: int = 1, quick: bool = False) -> Hindcast:
    """Run the product as of ``vantage`` and score it on 2024, 2025 and the first half of 2026.

    Errors: InputError for a day that no register was prepared for.
    """
    known = known_at(vantage, seed)
    late = known_at(vantage, seed, hindsight=True)
    told = {MODEL: play_out(known.plan, draws), HINDSIGHT: play_out(late.plan, draws)}
    said = _say(known, told)
    spending = quantities.spending(known, told, seed, quick)
    groups, donors = quantities.aid(known, told, seed)
    topics = [
        spending,
        quantities.counts(spending),
        quantities.forces(known, told, seed),
        groups,
        donors,
    ]
    scores: dict[str, dict[str, Any]] = {}
    for name, p in _columns(said).items():
        scores.setdefault(name, {})[EVENTS] = _binary(p, np.array([s["outcome"] for s in said]))
    met, did = quantities.at_two_percent(spending)
    for name, p in met.items():
        scores.setdefault(name, {})[MEETS] = _binary(p, did)
    for topic in topics:
        for name, d in topic.draws.items():
            row = score_samples(d, topic.observed)
            kept = ("n", "crps", "mae", "coverage_50", "coverage_90", "width_90", "pit_mean")
            scores.setdefault(name, {})[topic.name] = {k: v for k, v in row.as_dict().items() if k in kept}
    cells = [row for topic in topics for row in _cells(topic)]
    setup = _setup(known, draws, seed) | {"other_dates": [*forces_elsewhere(), *aid_elsewhere()]}
    return Hindcast("product", vantage.isoformat(), scores, (*said, *cells), setup, NOTES)


NOTES = (
    "Statements about the same event at several dates depend on each other: sixteen statements are some seven tests.",
    "The product says nothing of what it has no mechanism for: who joins the alliance, what pledge is agreed, "
    "what is said about territory.",
)


def _say(known: Known, told: dict[str, History]) -> list[dict[str, Any]]:
    quarters = known.plan.scenario.quarters
    return [
        _told(s, known.vantage, {name: chance(s, h, quarters) for name, h in told.items()})
        for s in statements()
    ]


def _told(s: Statement, vantage: dt.date, chances: dict[str, float]) -> dict[str, Any]:
    return {
        "topic": EVENTS, "statement": s.statement, "text": s.text, "by": s.by, **chances,
        "base_rate": base_rate(s, vantage), "even": 0.5, "outcome": outcome(s), "outcome_note": s.outcome_note,
        "base_source": s.base_source, "why": s.why,
    }  # fmt: skip


def _columns(said: list[dict[str, Any]]) -> dict[str, Floats]:
    return {name: np.array([row[name] for row in said]) for name in (MODEL, HINDSIGHT, "base_rate", "even")}


def _binary(p: Floats, happened: Floats) -> dict[str, Any]:
    return {
        "n": len(p),
        "events": int(happened.sum()),
        "brier": brier(p, happened),
        "log_loss": log_loss(p, happened),
    }


def _cells(topic: quantities.Topic) -> list[dict[str, Any]]:
    out = []
    for i, label in enumerate(topic.labels):
        low, middle, high = np.quantile(topic.draws[MODEL][:, i], [0.05, 0.5, 0.95])
        out.append(
            {
                "topic": topic.name, **label, "unit": topic.unit, "q05": low, "median": middle, "q95": high,
                "observed": topic.observed[i],
                **{f"{name}_median": float(np.median(d[:, i])) for name, d in topic.draws.items() if name != MODEL},
            }
        )  # fmt: skip
    return out


def _setup(known: Known, draws: int, seed: int) -> dict[str, Any]:
    tables = known.rows["table"].unique(maintain_order=True).to_list()
    read = {}
    for table in tables:
        rows = known.rows.filter(known.rows["table"] == table)
        read[table] = {"rows": rows.height, "newest_as_of": str(rows["as_of"].max())}
    return {
        "draws": draws, "seed": seed, "quarters": list(known.plan.scenario.quarters), "rows_known": read,
        "stand_ins": dict(STAND_INS), "register_replaced": [dict(r) for r in known.replaced],
        "register_entries": len(known.plan.register), "register_dated_later": known.kept_later,
        "aid_changes": innovations(known_quarters(known.vantage))._asdict(),
    }  # fmt: skip
