"""Which pictures a report shows, built from a run."""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from foedus.report import sentences, tidy
from foedus.report.charts.assumptions import assumptions_chart
from foedus.report.charts.base import Picture
from foedus.report.charts.channels import channels_chart
from foedus.report.charts.comparison import comparison_chart
from foedus.report.charts.europe import STILL_PANELS, map_live, map_still
from foedus.report.charts.fan import fan_chart
from foedus.report.charts.flip import flip_chart
from foedus.report.charts.four_worlds import four_worlds_chart
from foedus.report.charts.ledger import ledger_chart
from foedus.report.measures import CHALLENGE, FANS, Measure
from foedus.report.numbers import Interval, chance, percent, significant
from foedus.report.quantiles import interval
from foedus.report.view import (
    FOUR_WORLDS,
    RunView,
    horizon,
    is_four_worlds,
    reference,
    scenario_order,
    start_words,
    titles,
)

DIRECTIONS = {1: "raises it", -1: "lowers it", 0: "either way"}


def main_picture(run: RunView) -> Picture:
    """Four worlds where the run holds them, else the comparison of scenarios."""
    return _four_worlds(run) if is_four_worlds(run) else _comparison(run)


def flip_of(run: RunView) -> dict[str, Any] | None:
    """Return what the insight file says of the treaty's weight, where it says anything."""
    found = ((run.insight or {}).get("four_worlds") or {}).get("treaty_weight_to_flip")
    return found if found and _number(found.get("prior_p50")) is not None else None


def flip_picture(run: RunView) -> Picture | None:
    """Return number line of the treaty's weight; None where it was not computed or no draw turns."""
    flip = flip_of(run)
    if (
        flip is None
        or not is_four_worlds(run)
        or any(_number(flip.get(q)) is None for q in ("p05", "p50", "p95"))
    ):
        return None
    document = flip_chart(flip)
    text = (
        f"Number line: the treaty's weight is {significant(flip['prior_p50'])} in the model; "
        f"{significant(flip['p50'])} ({significant(flip['p05'])} to {significant(flip['p95'])}) would turn the order."
    )
    return Picture("flip", "What would turn the order", "", text, document, document)


def _four_worlds(run: RunView) -> Picture:
    front = tidy.frontline(run)
    cells = []
    for world in FOUR_WORLDS:
        found = interval(tidy.frontline_mean(run, world))
        cells.append(
            {"scenario": world, "label": percent(found.p50), "interval": _span(found), **_scaled(found)}
        )
    title = sentences.headline(run)
    subtitle = f"Chance of at least one challenge within {horizon(run)} from {start_words(run)}; median and 5–95% of draws"
    allies = tidy.by_member(run, CHALLENGE, front)
    document = four_worlds_chart(
        pl.DataFrame(cells), allies, title=title, subtitle=subtitle, horizon=horizon(run)
    )
    levels = (f"{titles(run)[w]}: {chance(interval(tidy.frontline_mean(run, w)))}" for w in FOUR_WORLDS)
    caption = (
        "Left: average over the frontline allies, the members with a land border with the adversary or its "
        "co-belligerent. Right: each of them. Circles: treaty in force; diamonds: treaty ended. Lines span 5–95% of draws."
    )
    return Picture("four-worlds", title, caption, f"{subtitle}. {'. '.join(levels)}.", document, document)


def _comparison(run: RunView) -> Picture:
    named = titles(run)
    order = scenario_order(run)
    levels = [{"title": named[s], **_scaled(interval(tidy.frontline_mean(run, s)))} for s in order]
    base = reference(run)
    differences = [
        {"title": named[s], **_scaled(interval(tidy.paired(run, s, base)))} for s in order if base and s != base
    ]
    subtitle = f"Average frontline ally, from {start_words(run)}; median and 5–95% of draws"
    document = comparison_chart(
        pl.DataFrame(levels),
        pl.DataFrame(differences),
        title=sentences.headline(run) if base else "Chance of a challenge",
        subtitle=subtitle,
        horizon=horizon(run),
        reference=named[base] if base else "",
    )
    words = "; ".join(f"{named[s]}: {chance(interval(tidy.frontline_mean(run, s)))}" for s in order)
    caption = "Dots: medians. Lines: 5–95% of draws. Differences are taken draw by draw, on shared luck."
    title = f"Chance of at least one challenge within {horizon(run)}"
    return Picture(
        "comparison", title, caption, f"{title}, average frontline ally. {words}.", document, document
    )


def map_picture(run: RunView) -> Picture:
    """Map of Europe by chance of a challenge over the whole run."""
    values = tidy.by_member(run, CHALLENGE, tidy.members(run))
    named = titles(run)
    order = scenario_order(run)
    worst = tidy.worst(run)
    shown = [named[s] for s in order] if len(order) <= STILL_PANELS else _ends(run, worst)
    title = f"Chance of a challenge within {horizon(run)}"
    subtitle = "Median over draws. Dots mark small states and members off the map."
    live = map_live(values, title=title, subtitle=subtitle, first=named[worst])
    still = map_still(values, title=title, subtitle=subtitle, shown=shown)
    top = values.filter(pl.col("title") == named[worst]).sort("p50", descending=True).head(5)
    words = ", ".join(f"{r['ally']} {significant(r['p50'])}%" for r in top.iter_rows(named=True))
    caption = (
        "Grey: Russia and Belarus. Light: states outside the alliance. Each value stands in the table by ally."
    )
    description = f"Map of Europe. Under “{named[worst]}” the highest medians are: {words}."
    return Picture("map", title, caption, description, live, still, controls=("world",))


def _ends(run: RunView, worst: str) -> list[str]:
    named = titles(run)
    base = reference(run)
    return [named[s] for s in dict.fromkeys(s for s in (base, worst) if s)]


def fan_pictures(run: RunView) -> list[Picture]:
    """Fan charts over time."""
    axes = {
        "credibility": "Credibility (percent)",
        "challenge_probability_annual": "Chance in a year (percent)",
        "spending_pct_gdp": "Spending (% of GDP)",
    }
    return [_fan(run, m, axes[m.name]) for m in FANS if tidy.has(run, m.name)]


def _fan(run: RunView, measure: Measure, axis: str) -> Picture:
    frame = tidy.fans(run, measure)
    order = [titles(run)[s] for s in scenario_order(run)]
    first = tidy.member_names(run)[tidy.frontline(run)[0]]
    document = fan_chart(frame, title=measure.title, axis=axis, order=order, first=first, digits=".3~g")
    still_frame = frame.filter(pl.col("ally") == first)
    still = fan_chart(still_frame, title=measure.title, axis=axis, order=order, first=first, digits=".3~g")
    ends = still_frame.sort("date").group_by("title", maintain_order=True).last()
    words = "; ".join(
        f"{r['title']}: {significant(r['p50'])} ({significant(r['p05'])} to {significant(r['p95'])}) {measure.unit}"
        for r in ends.iter_rows(named=True)
    )
    description = f"{measure.title} over time for {first}, median with 50% and 90% bands. At the end: {words}."
    return Picture(f"fan-{measure.name}", measure.title, "", description, document, still, controls=("ally",))


def ledger_picture(run: RunView, scenario: str) -> Picture | None:
    """Cost and year of each item of the replacement ledger."""
    if not tidy.has(run, "ledger_cost_usd_billion"):
        return None
    frame = tidy.ledger(run, scenario)
    keep = [c for c in frame.columns if c == "label" or c.startswith(("cost_p", "year_p"))]
    title, subtitle = "What it takes to replace the patron", "Median and 5–95% of draws"
    document = ledger_chart(frame.select(keep), title=title, subtitle=subtitle)
    words = "; ".join(
        f"{r['label']}: {significant(r['cost_p50'])} billion USD"
        for r in frame.head(5).iter_rows(named=True)
        if r["cost_p50"] is not None
    )
    caption = "Bars and dots: medians. Lines: 5–95% of draws. An item without a dot is replaced in no draw within the horizon."
    return Picture("ledger", title, caption, f"{title}. The dearest items: {words}.", document, document)


def assumptions_picture(run: RunView) -> Picture | None:
    """Share of variance by assumption."""
    listed = (run.insight or {}).get("assumptions") or []
    if not listed:
        return None
    rows = [
        {
            "label": str(a.get("meaning") or a["parameter"]),
            "share": 100 * max(float(a.get("share_of_variance") or 0.0), 0.0),
            "status": str(a.get("status", "")),
            "direction": direction_words(a.get("direction")),
        }
        for a in listed[:10]
    ]
    title, subtitle = (
        "The assumptions that matter most",
        "Text at the bar: what a higher value does to the chance",
    )
    document = assumptions_chart(pl.DataFrame(rows), title=title, subtitle=subtitle)
    words = "; ".join(f"{r['label']}: {significant(float(str(r['share'])))}%" for r in rows[:5])
    return Picture("assumptions", title, "", f"Share of variance explained. {words}.", document, document)


def channel_pairs(run: RunView) -> list[dict[str, Any]]:
    """Return the comparisons that the insight file splits up by channel."""
    return (run.insight or {}).get("channels") or []


def channels_picture(run: RunView) -> Picture | None:
    """What each channel adds to the chance of a challenge, for each comparison; None where it was not computed."""
    pairs, named = channel_pairs(run), titles(run)
    if not pairs:
        return None
    rows: list[dict[str, Any]] = [
        {
            "title": named[pair["scenario"]],
            "label": str(row["meaning"]),
            **{q: 100 * float(row[q]) for q in ("mean", "p05", "p50", "p95")},
        }
        for pair in pairs
        for row in pair["outcomes"][CHALLENGE.name]["channels"]
    ]
    order = [named[pair["scenario"]] for pair in pairs]
    title = "Which channel does it"
    subtitle = (
        f"Rise of the chance of a challenge within {horizon(run)}, mean over draws; lines span 5–95% of draws"
    )
    document = channels_chart(pl.DataFrame(rows), order=order, title=title, subtitle=subtitle)
    caption = (
        "Shapley values: what a channel adds on average over all orders of switching channels from "
        f"“{named[pairs[0]['baseline']]}” to the scenario. The means add up to the whole rise."
    )
    words = "; ".join(
        f"{r['title']}, {r['label']}: {significant(r['mean'])} points" for r in rows if abs(r["mean"]) >= 0.05
    )
    return Picture("channels", title, caption, f"{title}. {words}.", document, document)


def direction_words(direction: object) -> str:
    """Return what a higher value does to the chance of a challenge, from a sign or from words."""
    if isinstance(direction, (int, float)):
        return DIRECTIONS[int(direction > 0) - int(direction < 0)]
    return str(direction or "")


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def _scaled(found: Interval) -> dict[str, float]:
    return {"p05": 100 * found.p05, "p50": 100 * found.p50, "p95": 100 * found.p95}


def _span(found: Interval) -> str:
    return f"{significant(100 * found.p05)}–{significant(100 * found.p95)}%"
