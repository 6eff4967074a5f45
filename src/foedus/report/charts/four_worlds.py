"""Treaty and promise: the two-by-two table of chances beside dots and intervals by frontline ally."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import polars as pl

from foedus.report import palette
from foedus.report.charts.base import Layered, finish, interval_tooltips, named, percent_axis

PROMISES = ("Promise believed", "Promise not believed")
TREATIES = ("Treaty in force", "Treaty ended")
WORLD_OF = {
    "treaty-believed": (TREATIES[0], PROMISES[0]),
    "treaty-hollow": (TREATIES[0], PROMISES[1]),
    "exit-believed": (TREATIES[1], PROMISES[0]),
    "exit-hollow": (TREATIES[1], PROMISES[1]),
}
ROW_HEIGHT = 52


def with_worlds(frame: pl.DataFrame) -> pl.DataFrame:
    """Add columns ``treaty`` and ``promise``; rows of other scenarios are dropped."""
    kept = frame.filter(pl.col("scenario").is_in(list(WORLD_OF)))
    treaty = [WORLD_OF[s][0] for s in kept["scenario"]]
    promise = [WORLD_OF[s][1] for s in kept["scenario"]]
    return kept.with_columns(pl.Series("treaty", treaty, pl.String), pl.Series("promise", promise, pl.String))


def four_worlds_chart(
    cells: pl.DataFrame, allies: pl.DataFrame, *, title: str, subtitle: str, horizon: str
) -> dict[str, Any]:
    """Return the chart.

    Inputs:
        cells: one row per world: scenario, label, interval, p05, p50, p95 (percent, mean over the frontline).
        allies: one row per world and frontline ally: scenario, ally, p05, p50, p95 (percent).
    """
    cells, allies = with_worlds(cells), with_worlds(allies)
    order = list(dict.fromkeys(allies["ally"]))
    height = max(220, ROW_HEIGHT * max(len(order), 1))
    matrix, dots = _matrix(cells, height), _dots(allies, order, horizon, height)
    chart = alt.concat(matrix, dots, columns=2, spacing=40).resolve_scale(
        color="independent", shape="independent"
    )
    fit = {"kind": "columns", "panel": 360, "widths": [250, 390]}
    return finish(chart, title=title, subtitle=subtitle, fit=fit, data={"cells": cells, "allies": allies})


def _matrix(cells: pl.DataFrame, height: int) -> Layered:
    top = max([*cells["p50"], 1e-9])
    base = alt.Chart(named("cells")).encode(
        x=alt.X("promise:N", sort=PROMISES, title=None, axis=_header_axis("top")),
        y=alt.Y("treaty:N", sort=TREATIES, title=None, axis=_header_axis("left")),
        tooltip=[alt.Tooltip("treaty:N"), alt.Tooltip("promise:N"), *interval_tooltips("%", what="Chance")],
    )
    bright = alt.condition(f"datum.p50 > {0.55 * top}", alt.value("#10151b"), alt.value("#ffffff"))
    tiles = base.mark_rect(cornerRadius=6, stroke=palette.PAPER, strokeWidth=4).encode(
        color=alt.Color("p50:Q", scale=alt.Scale(scheme=palette.SEQUENTIAL, domain=[0, top]), legend=None)
    )
    number = base.mark_text(fontSize=25, fontWeight=700, dy=-9).encode(text="label:N", color=bright)
    below = base.mark_text(fontSize=12, dy=15).encode(text="interval:N", color=bright)
    heading = alt.TitleParams(
        text=["Average frontline ally", "median and 5–95% of draws"],
        fontSize=11.5,
        anchor="start",
        color=palette.MUTED,
        fontWeight="normal",
        offset=10,
        frame="group",
    )
    return (tiles + number + below).properties(width=250, height=height, title=heading)


def _header_axis(side: Literal["top", "left"]) -> alt.Axis:
    """Column and row heads of the two-by-two table."""
    heads = {"Treaty in force": ["Treaty", "in force"], "Treaty ended": ["Treaty", "ended"]}
    heads |= {p: ["Promise", p.removeprefix("Promise ")] for p in PROMISES}
    split = "".join(f"datum.label == '{k}' ? ['{a}', '{b}'] : " for k, (a, b) in heads.items()) + "datum.label"
    return alt.Axis(
        orient=side,
        labelAngle=0,
        labelFontSize=12.5,
        labelFontWeight=600,
        labelColor=palette.INK,
        domain=False,
        ticks=False,
        labelExpr=split,
        labelBaseline="line-bottom" if side == "top" else "middle",
        labelPadding=20 if side == "top" else 8,
        labelLineHeight=15,
    )


def _dots(allies: pl.DataFrame, order: list[str], horizon: str, height: int) -> Layered:
    base = alt.Chart(named("allies")).encode(
        y=alt.Y("ally:N", sort=order, title=None, axis=alt.Axis(labelFontSize=12.5, labelColor=palette.INK)),
        yOffset=alt.YOffset("scenario:N", sort=list(WORLD_OF), scale=alt.Scale(paddingOuter=1.0)),
        color=alt.Color(
            "promise:N",
            sort=PROMISES,
            scale=alt.Scale(domain=PROMISES, range=[palette.BLUE, palette.VERMILLION]),
            legend=alt.Legend(title=None, orient="top", direction="horizontal", offset=4, symbolOpacity=1),
        ),
        tooltip=[
            alt.Tooltip("ally:N", title="Ally"),
            alt.Tooltip("treaty:N"),
            alt.Tooltip("promise:N"),
            *interval_tooltips("%", what="Chance"),
        ],
    )
    axis = percent_axis(f"Chance of at least one challenge within {horizon} (percent)")
    lines = base.mark_rule(strokeWidth=2.2, opacity=0.65).encode(
        x=alt.X("p05:Q", axis=axis, scale=alt.Scale(zero=True)), x2="p95:Q"
    )
    dots = base.mark_point(filled=True, size=78, opacity=1).encode(
        x="p50:Q",
        shape=alt.Shape(
            "treaty:N",
            sort=TREATIES,
            scale=alt.Scale(domain=TREATIES, range=["circle", "diamond"]),
            legend=alt.Legend(
                title=None, orient="top", direction="horizontal", symbolFillColor=palette.MUTED, offset=4
            ),
        ),
    )
    return (lines + dots).properties(width=390, height=height)
