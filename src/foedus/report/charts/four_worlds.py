"""Treaty and promise: the two-by-two table of chances beside dots and intervals by frontline ally."""

from __future__ import annotations

from typing import Literal

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
) -> Document:
    """Return the chart.

    Inputs:
        cells: one row per world: scenario, label, interval, p05, p50, p95 (percent, mean over the frontline).
        allies: one row per world and frontline ally: scenario, ally, p05, p50, p95 (percent).
    """
    cells, allies = with_worlds(cells), with_worlds(allies)
    order = list(dict.fromkeys(allies["ally"]))
    height = max(220, ROW_HEIGHT * max(len(order), 1))
    top = max([*cells["p50"], 1e-9])
    document = {
        "concat": [
            {
                "data": {"name": "cells"},
                "layer": _matrix(top),
                "title": _heading(),
                "width": 250,
                "height": height,
            },
            {"data": {"name": "allies"}, "layer": _dots(order, horizon), "width": 390, "height": height},
        ],
        "columns": 2,
        "spacing": 40,
        "resolve": {"scale": {"color": "independent", "shape": "independent"}},
    }
    fit = {"kind": "columns", "panel": 360, "widths": [250, 390]}
    return dress(document, title=title, subtitle=subtitle, fit=fit, data={"cells": cells, "allies": allies})


def _matrix(top: float) -> list[Document]:
    """Coloured tiles with the median and, below it, the interval; ``top`` is the highest median."""
    shared = {
        "x": category("promise", sort=list(PROMISES), title=None, axis=_header_axis("top")),
        "y": category("treaty", sort=list(TREATIES), title=None, axis=_header_axis("left")),
        "tooltip": [category("treaty"), category("promise"), *interval_tooltips("%", what="Chance")],
    }
    shade = quantity("p50", scale={"scheme": palette.SEQUENTIAL, "domain": [0, top]}, legend=None)
    bright = {"condition": {"test": f"datum.p50 > {0.55 * top}", "value": "#10151b"}, "value": "#ffffff"}
    tile = {"cornerRadius": 6, "stroke": palette.PAPER, "strokeWidth": 4}
    number = {"fontSize": 25, "fontWeight": 700, "dy": -9}
    return [
        layer("rect", tile, **shared, color=shade),
        layer("text", number, **shared, text=category("label"), color=bright),
        layer("text", {"fontSize": 12, "dy": 15}, **shared, text=category("interval"), color=bright),
    ]


def _heading() -> Document:
    return {
        "text": ["Average frontline ally", "median and 5–95% of draws"],
        "fontSize": 11.5,
        "anchor": "start",
        "color": palette.MUTED,
        "fontWeight": "normal",
        "offset": 10,
        "frame": "group",
    }


def _header_axis(side: Literal["top", "left"]) -> Document:
    """Column and row heads of the two-by-two table."""
    heads = {"Treaty in force": ["Treaty", "in force"], "Treaty ended": ["Treaty", "ended"]}
    heads |= {p: ["Promise", p.removeprefix("Promise ")] for p in PROMISES}
    split = "".join(f"datum.label == '{k}' ? ['{a}', '{b}'] : " for k, (a, b) in heads.items()) + "datum.label"
    return {
        "orient": side,
        "labelAngle": 0,
        "labelFontSize": 12.5,
        "labelFontWeight": 600,
        "labelColor": palette.INK,
        "domain": False,
        "ticks": False,
        "labelExpr": split,
        "labelBaseline": "line-bottom" if side == "top" else "middle",
        "labelPadding": 20 if side == "top" else 8,
        "labelLineHeight": 15,
    }


def _dots(order: list[str], horizon: str) -> list[Document]:
    """One row per ally, in it one line with a dot per world."""
    along_the_top = {"title": None, "orient": "top", "direction": "horizontal", "offset": 4}
    shared = {
        "y": category("ally", sort=order, title=None, axis={"labelFontSize": 12.5, "labelColor": palette.INK}),
        "yOffset": category("scenario", sort=list(WORLD_OF), scale={"paddingOuter": 1.0}),
        "color": category(
            "promise",
            sort=list(PROMISES),
            scale={"domain": list(PROMISES), "range": [palette.BLUE, palette.VERMILLION]},
            legend={**along_the_top, "symbolOpacity": 1},
        ),
        "tooltip": [
            category("ally", title="Ally"),
            category("treaty"),
            category("promise"),
            *interval_tooltips("%", what="Chance"),
        ],
    }
    shape = category(
        "treaty",
        sort=list(TREATIES),
        scale={"domain": list(TREATIES), "range": ["circle", "diamond"]},
        legend={**along_the_top, "symbolFillColor": palette.MUTED},
    )
    axis = percent_axis(f"Chance of at least one challenge within {horizon} (percent)")
    x = quantity("p05", axis=axis, scale={"zero": True})
    return [
        layer("rule", {"strokeWidth": 2.2, "opacity": 0.65}, **shared, x=x, x2={"field": "p95"}),
        layer("point", {"filled": True, "size": 78, "opacity": 1}, **shared, x=quantity("p50"), shape=shape),
    ]
