"""The assumptions that matter most: share of the variance of the outcome that each explains."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from foedus.report import palette
from foedus.report.charts.base import finish, named, percent_axis

STATUSES = ("measured", "estimated", "elicited", "assumed")
COLOURS = (palette.GREEN, palette.BLUE, palette.ORANGE, palette.VERMILLION)


def assumptions_chart(frame: pl.DataFrame, *, title: str, subtitle: str) -> dict[str, Any]:
    """Bars of the share of variance, coloured by status.

    Inputs:
        frame: parameter, label, share (percent), status, direction (words).
    """
    order = frame["label"].to_list()
    base = alt.Chart(named("shares")).encode(
        y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=300, labelColor=palette.INK)),
        tooltip=[
            alt.Tooltip("label:N", title="Assumption"),
            alt.Tooltip("share:Q", title="Share of variance (%)", format=".2~g"),
            alt.Tooltip("status:N", title="Status"),
            alt.Tooltip("direction:N", title="When it rises, the chance of a challenge"),
        ],
    )
    x = alt.X(
        "share:Q",
        axis=percent_axis("Share of the variance of the outcome (percent)"),
        scale=alt.Scale(zero=True),
    )
    legend = alt.Legend(title="Status", orient="top", direction="horizontal")
    bars = base.mark_bar(height={"band": 0.62}, cornerRadiusEnd=2).encode(
        x=x, color=alt.Color("status:N", scale=alt.Scale(domain=STATUSES, range=COLOURS), legend=legend)
    )
    arrows = base.mark_text(align="left", dx=6, color=palette.MUTED, fontSize=11).encode(
        x="share:Q", text="direction:N"
    )
    chart = (bars + arrows).properties(width=420, height=max(80, 27 * len(order)))
    return finish(
        chart,
        title=title,
        subtitle=subtitle,
        fit={"kind": "width", "max": 480, "label": 260},
        data={"shares": frame},
    )
