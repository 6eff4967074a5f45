"""How large the treaty's own weight would have to be for the order of the worlds to turn."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from foedus.report import palette
from foedus.report.charts.base import finish, named

ROWS = ("In the model", "Needed")


def flip_chart(flip: dict[str, Any]) -> dict[str, Any]:
    """Return a number line with the weight in the model and the weight needed, with its interval."""
    rows = [
        {"which": ROWS[0], "p05": flip["prior_p50"], "p50": flip["prior_p50"], "p95": flip["prior_p50"]},
        {"which": ROWS[1], "p05": flip["p05"], "p50": flip["p50"], "p95": flip["p95"]},
    ]
    frame = pl.DataFrame(rows, strict=False)
    unit = str(flip.get("unit") or "log odds").split()[0]
    colour = alt.Color(
        "which:N", scale=alt.Scale(domain=ROWS, range=[palette.MUTED, palette.VERMILLION]), legend=None
    )
    base = alt.Chart(named("weights")).encode(
        y=alt.Y("which:N", sort=ROWS, title=None, axis=alt.Axis(labelColor=palette.INK, grid=False)),
        color=colour,
        tooltip=[
            alt.Tooltip("which:N", title="Weight of the treaty"),
            alt.Tooltip("p50:Q", title=f"Median ({unit})", format=".3~g"),
            alt.Tooltip("p05:Q", title="5% of draws below", format=".3~g"),
            alt.Tooltip("p95:Q", title="95% of draws below", format=".3~g"),
        ],
    )
    axis = alt.Axis(title=f"Treaty's own weight ({unit})", tickCount=5)
    lines = base.mark_rule(strokeWidth=2.4, opacity=0.65).encode(
        x=alt.X("p05:Q", axis=axis, scale=alt.Scale(zero=True)), x2="p95:Q"
    )
    dots = base.mark_point(filled=True, size=85, opacity=1).encode(x="p50:Q")
    chart = (lines + dots).properties(width=250, height=70)
    return finish(
        chart, title="What would turn the order", fit={"kind": "width", "max": 300}, data={"weights": frame}
    )
