"""Published findings beside ours, with the reason for each gap. A figure that cannot be computed here says why."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np

from foedus.calibrate.burden_check import correlations, nato_frame, period_mean, sipri_frame
from foedus.calibrate.burden_posterior import shipped_draws
from foedus.calibrate.pacts import PactEffect, pact_effects
from foedus.calibrate.panel import held_panel
from foedus.calibrate.reliability import rate
from foedus.calibrate.store import Store
from foedus.errors import FoedusError


@dataclass(frozen=True)
class Ours:
    """Our figure with a range, whether it agrees, and the reason where it does not."""

    value: float | None
    low: float | None
    high: float | None
    verdict: str
    reason: str


def _missing(table: str) -> Ours:
    return Ours(None, None, None, "not computed", f"needs the table {table}: foedus data import {table} FILE")


def _pact(effects: list[PactEffect], definition: str, first: int, last: int) -> PactEffect | None:
    return next(
        (
            e
            for e in effects
            if e.definition.startswith(definition) and (e.first_year, e.last_year) == (first, last)
        ),
        None,
    )


PACT_GAP = (
    "the directed pact file does not say whether a pact covers this challenger; newer dispute data; errors clustered "
    "by dyad"
)
PACTS = {
    "pact_any": ("any pact", (1816, 1944)), "pact_all_years": ("any pact", (1816, 2000)),
    "pact_broad": ("pact not limited", (1816, 2000)),
}  # fmt: skip


def _pacts(store: Store) -> dict[str, Ours]:
    try:
        effects = pact_effects(held_panel(store))
    except FoedusError:
        return {f: _missing("dyad_year") for f in (*PACTS, "pact_instability")}
    out = {}
    for finding, (definition, span) in PACTS.items():
        e = _pact(effects, definition, *span)
        if e is None:
            out[finding] = Ours(None, None, None, "not computed", "the panel lacks this definition of a pact")
            continue
        same = "sign reproduced" if e.change_high_pct < 0 else "not reproduced: not distinguishable from zero"
        out[finding] = Ours(e.change_pct, e.change_low_pct, e.change_high_pct, same, PACT_GAP)
    above = sum(e.coefficient > 0 for e in effects)
    verdict = (
        "reproduced: the sign depends on definition and period"
        if 0 < above < len(effects)
        else "not reproduced: one sign throughout"
    )
    spread = [e.change_pct for e in effects]
    out["pact_instability"] = Ours(
        float(np.median(spread)), min(spread), max(spread), verdict,
        f"median and range of {len(effects)} estimates by definition and period, {above} of them above zero",
    )  # fmt: skip
    return out


CASES = {
    "fulfilment_all": ("any", "all"), "fulfilment_early": ("any", "before 1945"),
    "fulfilment_late": ("any", "from 1945"), "fulfilment_defence": ("defence", "all"),
    "fulfilment_offence": ("offence", "all"), "fulfilment_neutrality": ("neutrality", "all"),
    "fulfilment_nonaggression": ("nonaggression", "all"),
}  # fmt: skip
CASE_GAPS = {
    "fulfilment_obligation": (
        "before 1945", "one member's failure breaks the whole case here; they count obligations one by one"
    ),
    "fulfilment_two_thirds": (
        "all", "the record here holds 54 cases from 1945, mostly broken; they count each alliance once"
    ),
}  # fmt: skip


def _fulfilment(store: Store) -> dict[str, Ours]:
    if not store.has("alliance_cases"):
        return {f: _missing("alliance_cases") for f in (*CASES, *CASE_GAPS)}
    cases, out = store.read("alliance_cases"), {}
    for finding, (kind, period) in CASES.items():
        r = rate(cases, kind, period, "all")
        if r is not None:
            reason = f"{r.honoured} of {r.cases}, counted again in the authors' own cases: no second source"
            out[finding] = Ours(r.share_pct, r.low_pct, r.high_pct, "reproduced", reason)
    for finding, (period, reason) in CASE_GAPS.items():
        r = rate(cases, "any", period, "all")
        if r is not None:
            out[finding] = Ours(r.share_pct, r.low_pct, r.high_pct, "lower here", reason)
    return out


RANKS = {
    "rank_1964": (1964, 1964, 1), "rank_early": (1950, 1984, 1), "rank_end": (1968, 1990, 0),
    "rank_2000s": (1999, 2009, 0), "rank_2010s": (2011, 2017, 1),
}  # fmt: skip
"""Years of each finding, and 1 where larger members are said to carry more, 0 where they are not."""


LEVEL = 0.05
"""Level of significance of the rank correlations."""


def _ranks(store: Store) -> dict[str, Ours]:
    if not store.has("sipri_long"):
        mean, significant, years = period_mean(correlations(nato_frame(), "nato_pct_gdp"), 2014, 2017)
        text = f"NATO's own shares 2014-2017: {significant} of {years} years significant"
        late = Ours(mean, None, None, "weaker here", text)
        return {**{f: _missing("sipri_long") for f in (*RANKS, "rank_last_year")}, "rank_2010s": late}
    rows = correlations(sipri_frame(store.read("sipri_long")), "sipri_pct_gdp")
    out = {}
    for name, (first, last, expectation) in RANKS.items():
        mean, significant, years = period_mean(rows, first, last)
        met = significant > years / 2 if expectation else significant == 0
        text = f"{significant} of {years} years significant at 5 percent, SIPRI shares"
        text += "" if met else "; GDP here is spending over share, their measure and members were not seen"
        out[name] = Ours(mean, None, None, "reproduced" if met else "weaker here", text)
    last_year = max(
        (r.year for r in rows if r.scope == "all_members" and 1960 <= r.year <= 1992 and r.spearman_p < LEVEL),
        default=None,
    )
    text = "last year of 1960-1992 with a rank correlation significant at 5 percent, SIPRI shares"
    near = last_year is not None and abs(last_year - 1967) <= 1
    verdict = "reproduced within a year" if near else "another year here"
    out["rank_last_year"] = Ours(last_year, None, None, verdict, text)
    return out


def _elasticities(_: Store) -> dict[str, Ours]:
    draws = shipped_draws()
    out = {}
    for finding, column, sign in (("spillin", "beta_S", -1.0), ("threat", "beta_T", 1.0)):
        low, middle, high = np.quantile(sign * draws[column], [0.05, 0.5, 0.95])
        reason = "posterior 2014-2025; the prior holds the sign, so the record adds size and not sign; no published size seen"
        out[finding] = Ours(float(middle), float(low), float(high), "same sign by assumption", reason)
    return out


SOURCES: tuple[Callable[[Store], dict[str, Ours]], ...] = (_pacts, _fulfilment, _ranks, _elasticities)


def science_table(store: Store) -> list[dict[str, Any]]:
    """One row for each published finding: their figure, ours, and the reason for any gap."""
    ours: dict[str, Ours] = {}
    for source in SOURCES:
        ours.update(source(store))
    text = resources.files("foedus.calibrate").joinpath("science.csv").read_text(encoding="utf-8")
    out = []
    for row in csv.DictReader(text.splitlines()):
        mine = ours[row["finding"]]
        published = (
            row["published_value"]
            or {"+": "positive", "-": "negative", "0": "none", "": ""}[row["published_sign"]]
        )
        out.append(
            {
                "finding": row["finding"], "study": row["study"], "period": row["period"], "unit": row["unit"],
                "published": published, "published_status": row["status"], "source": row["source"], "ours": mine.value, "low": mine.low,
                "high": mine.high, "verdict": mine.verdict, "reason": mine.reason,
            }
        )  # fmt: skip
    return out
