"""A measure over time for one ally: median, 50% and 90% bands, one panel per scenario."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from foedus.report import palette
from foedus.report.charts.base import finish, named

PANEL_HEIGHT = 150


def fan_chart(
    frame: pl.DataFrame, *, title: str, axis: str, order: list[str], first: str, digits: str
) -> dict[str, Any]:
    """Return the chart; its parameter ``ally`` holds the name of the ally on show.

    Inputs:
        frame: title (of the scenario), ally, date (year), when (label), p05, p25, p50, p75, p95.
        order: titles of the scenarios, left to right.
        digits: number format of the tooltip.
    """
    x = alt.X(
        "date:Q",
        title="Year",
        axis=alt.Axis(format="d", tickMinStep=1, tickCount=4, grid=False),
        scale=alt.Scale(zero=False),
    )
    base = alt.Chart().encode(x=x)
    y = alt.Y("p05:Q", title=axis, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5))
    outer = base.mark_area(opacity=0.22, color=palette.BLUE).encode(y=y, y2="p95:Q")
    inner = base.mark_area(opacity=0.38, color=palette.BLUE).encode(y=alt.Y("p25:Q"), y2="p75:Q")
    middle = base.mark_line(color=palette.BLUE, strokeWidth=2).encode(y="p50:Q")
    tips = [
        alt.Tooltip("when:N", title="Date"),
        *(alt.Tooltip(f"{q}:Q", title=t, format=digits) for q, t in QUANTILE_WORDS),
    ]
    catch = base.mark_point(opacity=0, size=120).encode(y="p50:Q", tooltip=tips)
    header = alt.Header(title=None, labelAnchor="start", labelLimit=210, labelExpr="split(datum.label, ', ')")
    chart = (
        alt.layer(outer, inner, middle, catch, data=named("bands"))
        .properties(width=200, height=PANEL_HEIGHT)
        .facet(
            facet=alt.Facet("title:N", sort=order, header=header),
            columns=min(4, max(len(order), 1)),
            spacing=18,
        )
        .add_params(alt.param(name="ally", value=first))
        .transform_filter("datum.ally == ally")
    )
    fit = {"kind": "facet", "max": 4, "panel": 190}
    document = finish(
        chart, title=title, subtitle="Median, 50% and 90% of draws", fit=fit, data={"bands": frame}
    )
    document["title"]["text"] = {"expr": f"'{title}: ' + ally"}
    return document


QUANTILE_WORDS = (
    ("p50", "Median"),
    ("p05", "5% of draws below"),
    ("p25", "25% of draws below"),
    ("p75", "75% of draws below"),
    ("p95", "95% of draws below"),
)
