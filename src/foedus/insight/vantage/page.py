"""The page of the product's hindcast, made from the result alone: what was said, what came, what was wrong and why."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from foedus.calibrate.results import COVERAGE_BAND
from foedus.insight.vantage.hindcast import EVENTS, HINDSIGHT, MODEL
from foedus.insight.vantage.show import best, by_topic, measure_of

Row = Mapping[str, Any]

FORECASTERS = {
    MODEL: "product", HINDSIGHT: "product with today's register", "base_rate": "base rate", "even": "even chance",
    "growth_model": "growth model", "persistence": "persistence", "linear_trend": "linear trend",
    "local_level": "local level", "gradient_boosting": "gradient boosting",
}  # fmt: skip
TOPICS = {
    EVENTS: "Statements", "meets_2_percent": "Who meets 2 percent, 2024 and 2025",
    "spending": "Spending by member, 2024 and 2025", "members_at_2_percent": "How many members meet 2 percent",
    "forces": "US forces by host, September 2024 and 2025", "aid_by_group": "Aid by donor group, 2024 and 2025",
    "aid_by_european_donor": "Aid by European donor, 2024 and 2025",
}  # fmt: skip
NEAR = 1.05
"""Scores within five percent count as level: a few dozen cells cannot tell them apart."""

SURPRISE = math.log(2)
"""A statement counts as missed where a coin would have scored better."""


@cache
def lessons() -> dict[str, str]:
    """Why a topic went as it did, by topic."""
    text = resources.files("foedus.insight.vantage").joinpath("lessons.csv").read_text(encoding="utf-8")
    return {row["topic"]: row["why"] for row in csv.DictReader(text.splitlines())}


def page(result: Mapping[str, Any]) -> str:
    """The page as Markdown, from what ``foedus hindcast product --json`` prints."""
    said = [row for row in result["forecasts"] if row["topic"] == EVENTS]
    cells = [row for row in result["forecasts"] if row["topic"] != EVENTS]
    topics = by_topic(result["scores"])
    parts = [
        *_opening(result), *_verdict(topics, said), *_statements(said), *_topics(topics),
        *_wrong(topics, said), *_added(result["setup"]), *_cells(cells), *_known(result["setup"]), *_limits(result),
    ]  # fmt: skip
    return "\n".join(parts).rstrip() + "\n"


def _opening(result: Mapping[str, Any]) -> list[str]:
    setup = result["setup"]
    return [
        f"# The whole product as of {result['as_of']}", "",
        "<!-- Made by scripts/write_product_hindcast.py from  foedus hindcast product --json;  change those, not this page. -->", "",
        f"On {result['as_of']}, eleven months before the election in the United States, what would Foedus have said about",
        "2024, 2025 and the first half of 2026? The shipped model is played out from that day, "
        f"{setup['draws']:,} histories (seed {setup['seed']}),", "with the record and a register as of the day, "
        "and its statements are scored against what the atlas now holds.", "",
        f"    foedus hindcast product --as-of {result['as_of']}", "",
    ]  # fmt: skip


def _verdict(topics: Mapping[str, Mapping[str, Row]], said: list[Row]) -> list[str]:
    won = [t for t, rows in topics.items() if best(rows) == MODEL]
    lost = [t for t in topics if t not in won]
    names = ", ".join(_name(t) + _level(topics[t]) for t in won)
    bound = [t for t, rows in topics.items() if "coverage_90" in rows[MODEL]]
    low, high = COVERAGE_BAND
    shares = {t: topics[t][MODEL]["n"] for t in bound}
    judged = [t for t in bound if any(low <= k / shares[t] <= high for k in range(shares[t]))]
    honest = [t for t in judged if low <= topics[t][MODEL]["coverage_90"] <= high]
    few = [f"{_name(t)} ({shares[t]} cells)" for t in bound if t not in judged]
    missed = sum(_loss(row) > SURPRISE for row in said)
    widths = ", ".join(f"{_name(t)} {topics[t][MODEL]['coverage_90']:.0%}" for t in bound)
    return [
        "## In short", "",
        f"- Of {len(topics)} topics the product scores best on {len(won)}"
        + (f" ({names})" if won else "")
        + f" and is beaten by a simple rival on {len(lost)}.",
        f"- Its 90 percent intervals are honest ({low:.0%} to {high:.0%}) on {len(honest)} of {len(judged)} topics that have cells enough to tell. "
        f"They held: {widths}." + (f" Too few cells for any share in that band: {', '.join(few)}." if few else ""),
        f"- On {missed} of {len(said)} statements a coin would have scored better.", "",
    ]  # fmt: skip


def _name(topic: str) -> str:
    """The topic's title before the comma, in running text."""
    title = TOPICS[topic].split(",")[0]
    return title if title.startswith("US") else title[0].lower() + title[1:]


def _level(rows: Mapping[str, Row]) -> str:
    """Who is within five percent of the product's score, where it is best."""
    key = measure_of(rows)
    near = [
        FORECASTERS[name]
        for name, row in rows.items()
        if name not in (MODEL, HINDSIGHT) and row[key] <= NEAR * rows[MODEL][key]
    ]
    return f", level with {' and '.join(near)}" if near else ""


def _loss(row: Row) -> float:
    p = row[MODEL] if row["outcome"] else 1 - row[MODEL]
    return -math.log(p)


def _line(*cells: object) -> str:
    return f"| {' | '.join(str(c) for c in cells)} |"


def _table(*head: str) -> list[str]:
    return [_line(*head), _line(*["---"] * len(head))]


def _statements(said: list[Row]) -> list[str]:
    out = ["## Statements", "", *_table("statement", "product", "today's register", "base rate", "came true")]
    for row in said:
        came = "**yes**" if row["outcome"] else "no"
        out.append(
            _line(row["text"], f"{row[MODEL]:.2f}", f"{row[HINDSIGHT]:.2f}", f"{row['base_rate']:.2f}", came)
        )
    sources = sorted({(row["base_source"]) for row in said})
    return [
        *out, "", "Base rates, with Jeffreys' prior, compounded over the years to the date: " + "; ".join(sources) + ".", "",
        "An outcome is a query on the atlas; it stands in `insight/vantage/statements.csv` beside each statement. "
        "\"Challenge\" is read in the product's own wide sense, from an incursion up, and once more in the narrow one.", "",
    ]  # fmt: skip


def _topics(topics: Mapping[str, Mapping[str, Row]]) -> list[str]:
    out = ["## Scores", "", "Lower is better; the best of a topic is bold. The register of today has seen the outcome and does not compete.", ""]  # fmt: skip
    for topic, rows in topics.items():
        key = measure_of(rows)
        columns = ("brier", "log_loss") if key == "brier" else ("crps", "mae", "coverage_90")
        heads = {
            "brier": "Brier", "log_loss": "log loss", "crps": "CRPS", "mae": "mean absolute error",
            "coverage_90": "in the 90% interval",
        }  # fmt: skip
        cells = next(iter(rows.values()))["n"]
        out += [
            f"### {TOPICS[topic]}",
            "",
            f"{cells} cells.",
            "",
            *_table("forecaster", *(heads[c] for c in columns)),
        ]
        winner = best(rows)
        for name, row in sorted(rows.items(), key=lambda item: item[1][key]):
            values = [f"{row[c]:.0%}" if c == "coverage_90" else _number(row[c]) for c in columns]
            label = FORECASTERS[name]
            out.append(_line(f"**{label}**" if name == winner else label, *values))
        out.append("")
    return out


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def _wrong(topics: Mapping[str, Mapping[str, Row]], said: list[Row]) -> list[str]:
    out = ["## What it got wrong, and why", ""]
    missed = sorted((row for row in said if _loss(row) > SURPRISE), key=_loss, reverse=True)
    for row in missed:
        came = "came true" if row["outcome"] else "did not come true"
        note = f" ({row['outcome_note']})" if row["outcome_note"] else ""
        out.append(f"- **{row['text']}**: {row[MODEL]:.2f}, and it {came}{note}. {row['why']}")
    for topic, rows in topics.items():
        winner = best(rows)
        key = measure_of(rows)
        low, high = COVERAGE_BAND
        narrow = "coverage_90" in rows[MODEL] and not low <= rows[MODEL]["coverage_90"] <= high
        if topic == EVENTS or (winner == MODEL and not narrow):
            continue
        score = f"{'Brier' if key == 'brier' else 'CRPS'} {_number(rows[MODEL][key])}"
        rival = "" if winner == MODEL else f" against {_number(rows[winner][key])} for {FORECASTERS[winner]}"
        held = f", {rows[MODEL]['coverage_90']:.0%} in the 90% intervals" if narrow else ""
        out.append(f"- **{TOPICS[topic]}**: {score}{rival}{held}. {lessons()[topic]}")
    return [*out, ""]


def _added(setup: Row) -> list[str]:
    """What was added after the first result had been seen, and how its size fares at other dates."""
    changes = setup["aid_changes"]
    out = [
        "## Added after the misses were seen", "",
        *(f"- {row['why']}" for row in _added_terms()), "",
        f"Of aid, the {changes['group_changes']} groups changed by {changes['group']:.2f} log points for each root of a year, and "
        f"{changes['donor_changes']} European donors by {changes['donor']:.2f} net of their group.", "",
        "Is the size tuned to this date? At other dates it is fitted to the record before each, with no run played: postings "
        "wander without orders, aid goes without stops and without what allies replace. Share of outcomes in 90 percent intervals:", "",
        *_table("what", "ahead", "from", "cells", "in the 90% interval"),
    ]  # fmt: skip
    out += [
        _line(r["what"], r["ahead"], r["from"], r["cells"], f"{r['coverage_90']:.0%}")
        for r in setup["other_dates"]
    ]
    return [*out, ""]


@cache
def _added_terms() -> tuple[dict[str, str], ...]:
    text = resources.files("foedus.insight.vantage").joinpath("added.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _cells(cells: list[Row]) -> list[str]:
    """Small topics in full; of spending the five worst misses."""
    out = ["## Some numbers", "", *_table("what", "year", "5%", "median", "95%", "came", "unit")]
    shown = [r for r in cells if r["topic"] in ("members_at_2_percent", "aid_by_group")]
    spending = [r for r in cells if r["topic"] == "spending"]
    worst = sorted(spending, key=lambda r: -abs(r["median"] - r["observed"]))[:5]
    large = [r for r in cells if r["topic"] == "forces" and r["observed"] >= 10_000]
    for row in [*shown, *worst, *large]:
        what = next(
            (str(row[k]) for k in ("member", "host", "donor_group") if k in row), "members at 2 percent"
        )
        label = (
            f"{what} {'aid' if row['topic'] == 'aid_by_group' else row['topic']}"
            if what != "members at 2 percent"
            else what
        )
        out.append(
            _line(
                label,
                row["year"],
                *(_number(row[k]) for k in ("q05", "median", "q95", "observed")),
                row["unit"],
            )
        )
    return [*out, "", "Of spending, the five worst misses.", ""]


def _known(setup: Row) -> list[str]:
    out = [
        "## What it was allowed to know",
        "",
        "Rows of the record, all known on the day:",
        "",
        *_table("table", "rows", "newest"),
    ]
    for name, read in setup["rows_known"].items():
        out.append(_line(f"`{name}`", read["rows"], read["newest_as_of"]))
    out += ["", "Stand-ins: no row known on the day is held, so a later edition is cut to the time before it. "
            "Figures may have been revised in between:", "", *_table("table", "what is taken")]  # fmt: skip
    out += [_line(f"`{name}`", what) for name, what in setup["stand_ins"].items()]
    replaced = setup["register_replaced"]
    out += ["", f"Register: {len(replaced)} of {setup['register_entries']} entries are replaced by what the record to the day supports, "
            "chosen by reading each entry's source: those that rest on 2024 to 2026 and move a statement here. "
            "Posteriors fitted to a record that runs past the day give way to their priors; the fit of levels to "
            "published anchors stays.", "",
            *_table("entry", "prior of the day", "source", "known")]  # fmt: skip
    out += [
        _line(f"`{r['name']}`", f"{r['dist']}({r['a']}, {r['b']})", r["source"], r["as_of"]) for r in replaced
    ]
    return [*out, "", f"{setup['register_dated_later']} other entries are dated after the day and stay: judgement about costs, stakes, "
            "weights and distances, and the ledger. Nobody can unknow what happened when writing them, so the test is "
            "easier for the product than it would have been then.", ""]  # fmt: skip


def _limits(result: Mapping[str, Any]) -> list[str]:
    last = "Only forecasts made from now on are free of that choice."
    return ["## Limits", "", *(f"- {note}" for note in result["notes"]),
            f"- The hindcast was written after the event, and its list of statements with it. {last}", ""]  # fmt: skip
