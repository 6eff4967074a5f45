"""Any set of scenarios: level of the chance of a challenge, and paired difference from the reference."""

from __future__ import annotations

import polars as pl

from foedus.report import palette
from foedus.report.charts.base import (
    Document,
    category,
    dress,
    interval_tooltips,
    layer,
    percent_axis,
    quantity,
)


def comparison_chart(
    levels: pl.DataFrame, differences: pl.DataFrame, *, title: str, subtitle: str, horizon: str, reference: str
) -> Document:
    """Dots with 5-95% intervals.

    Inputs:
        levels: title, p05, p50, p95 in percent, one row per scenario.
        differences: the same for scenario minus reference, draw by draw, in percentage points; may be empty.
    """
    order = levels.sort("p50")["title"].to_list()
    panels = [_panel("levels", order, "%", percent_axis(f"Chance within {horizon} (percent)"))]
    if differences.height:
        words = f"Difference from “{reference}” (percentage points)"
        panels.append(_panel("differences", order, "points", {"title": words, "tickCount": 5}))
        panels[-1]["layer"].insert(0, _zero_line())
    document = {"concat": panels, "columns": 2, "spacing": 40}
    fit = {"kind": "columns", "panel": 480, "widths": [300] * len(panels)}
    data = {"levels": levels, "differences": differences}
    return dress(document, title=title, subtitle=subtitle, fit=fit, data=data)


def _panel(name: str, order: list[str], unit: str, axis: Document) -> Document:
    shared = {
        "y": category("title", sort=order, title=None, axis={"labelLimit": 210, "labelColor": palette.INK}),
        "tooltip": [category("title", title="Scenario"), *interval_tooltips(unit, what="Value")],
    }
    blue = {"color": palette.BLUE}
    x = quantity("p05", axis=axis, scale={"zero": True})
    lines = layer("rule", {"strokeWidth": 2.4, "opacity": 0.65, **blue}, **shared, x=x, x2={"field": "p95"})
    dots = layer("point", {"filled": True, "size": 80, "opacity": 1, **blue}, **shared, x=quantity("p50"))
    return {
        "data": {"name": name},
        "layer": [lines, dots],
        "width": 300,
        "height": max(90, 34 * len(order)),
    }


def _zero_line() -> Document:
    return {
        "data": {"values": [{}]},
        **layer("rule", {"color": palette.MUTED, "strokeDash": [3, 3]}, x={"datum": 0}),
    }
