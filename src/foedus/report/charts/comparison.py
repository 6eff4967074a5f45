"""Any set of scenarios: level of the chance of a challenge, and paired difference from the reference."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from foedus.report import palette
from foedus.report.charts.base import Layered, finish, interval_tooltips, named, percent_axis


def comparison_chart(
    levels: pl.DataFrame, differences: pl.DataFrame, *, title: str, subtitle: str, horizon: str, reference: str
) -> dict[str, Any]:
    """Dots with 5-95% intervals.

    Inputs:
        levels: title, p05, p50, p95 in percent, one row per scenario.
        differences: the same for scenario minus reference, draw by draw, in percentage points; may be empty.
    """
    order = levels.sort("p50")["title"].to_list()
    panels = [_panel("levels", order, f"Chance within {horizon} (percent)", "%", zero_line=False)]
    if differences.height:
        words = f"Difference from “{reference}” (percentage points)"
        panels.append(_panel("differences", order, words, "points", zero_line=True))
    chart = alt.concat(*panels, columns=2, spacing=40)
    fit = {"kind": "columns", "panel": 480, "widths": [300] * len(panels)}
    return finish(
        chart, title=title, subtitle=subtitle, fit=fit, data={"levels": levels, "differences": differences}
    )


def _panel(name: str, order: list[str], words: str, unit: str, *, zero_line: bool) -> Layered:
    data = named(name)
    axis = alt.Axis(title=words, tickCount=5) if zero_line else percent_axis(words)
    base = alt.Chart(data).encode(
        y=alt.Y("title:N", sort=order, title=None, axis=alt.Axis(labelLimit=210, labelColor=palette.INK)),
        tooltip=[alt.Tooltip("title:N", title="Scenario"), *interval_tooltips(unit, what="Value")],
    )
    lines = base.mark_rule(strokeWidth=2.4, opacity=0.65, color=palette.BLUE).encode(
        x=alt.X("p05:Q", axis=axis, scale=alt.Scale(zero=True)), x2="p95:Q"
    )
    dots = base.mark_point(filled=True, size=80, opacity=1, color=palette.BLUE).encode(x="p50:Q")
    layers = [lines, dots]
    if zero_line:
        zero = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=palette.MUTED, strokeDash=[3, 3])
        layers.insert(0, zero.encode(x=alt.datum(0)))
    return alt.layer(*layers).properties(width=300, height=max(90, 34 * len(order)))
