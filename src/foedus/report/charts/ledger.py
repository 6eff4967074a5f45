"""The replacement ledger: cost and year of each item, with intervals."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from foedus.report import palette
from foedus.report.charts.base import finish, named


def ledger_chart(frame: pl.DataFrame, *, title: str, subtitle: str) -> dict[str, Any]:
    """Bars of cost beside dots of the year in which the item is replaced.

    Inputs:
        frame: label, cost_p05, cost_p50, cost_p95 (billion USD), year_p05, year_p50, year_p95.
    """
    order = frame["label"].to_list()
    data = named("items")
    height = max(80, 27 * len(order))
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=230, labelColor=palette.INK))
    cost = alt.Chart(data).encode(y=y, tooltip=_tips("cost", "Cost (billion USD)", ".3~s"))
    bars = cost.mark_bar(color=palette.SKY, height={"band": 0.6}).encode(
        x=alt.X("cost_p50:Q", title="Cost of replacing it (billion USD)", axis=alt.Axis(tickCount=5))
    )
    errors = cost.mark_rule(strokeWidth=1.8, color=palette.INK).encode(x="cost_p05:Q", x2="cost_p95:Q")
    left = (bars + errors).properties(width=330, height=height)
    bare = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labels=False))
    year = (
        alt.Chart(data)
        .transform_filter("isValid(datum.year_p50)")
        .encode(y=bare, tooltip=_tips("year", "Year", "d"))
    )
    x = alt.X(
        "year_p05:Q",
        title="Year in which it is replaced",
        scale=alt.Scale(zero=False, nice=True),
        axis=alt.Axis(format="d", tickMinStep=1, tickCount=6),
    )
    spans = year.mark_rule(strokeWidth=2.2, color=palette.BLUE, opacity=0.65).encode(x=x, x2="year_p95:Q")
    dots = year.mark_point(filled=True, size=75, opacity=1, color=palette.BLUE).encode(x="year_p50:Q")
    right = (spans + dots).properties(width=230, height=height)
    chart = alt.concat(left, right, columns=2, spacing=24)
    return finish(
        chart,
        title=title,
        subtitle=subtitle,
        fit={"kind": "columns", "panel": 400, "widths": [330, 230]},
        data={"items": frame},
    )


def _tips(key: str, words: str, digits: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title="Item"),
        alt.Tooltip(f"{key}_p50:Q", title=f"{words}, median", format=digits),
        alt.Tooltip(f"{key}_p05:Q", title="5% of draws below", format=digits),
        alt.Tooltip(f"{key}_p95:Q", title="95% of draws below", format=digits),
    ]
