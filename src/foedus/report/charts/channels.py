"""Which channel does it: what each adds to the chance of a challenge, one panel per comparison."""

from __future__ import annotations

from typing import Any

import polars as pl

from foedus.report import palette
from foedus.report.charts.base import dress

ROW = 27


def channels_chart(frame: pl.DataFrame, *, order: list[str], title: str, subtitle: str) -> dict[str, Any]:
    """Bars of means, with 5-95% of draws, in percentage points.

    Inputs:
        frame: title (of the comparison), label (of the channel), mean, p05, p50, p95.
        order: titles of the comparisons, left to right.
    """
    labels = frame["label"].unique(maintain_order=True).to_list()
    row = {
        "field": "label",
        "type": "nominal",
        "sort": labels,
        "title": None,
        "axis": {"labelLimit": 240, "labelColor": palette.INK},
    }
    tips = [
        {"field": "label", "type": "nominal", "title": "Channel"},
        *(
            {"field": field, "type": "quantitative", "title": f"{words} (percentage points)", "format": ".2~f"}
            for field, words in (
                ("mean", "Mean"),
                ("p50", "Median"),
                ("p05", "5% of draws below"),
                ("p95", "95% of draws below"),
            )
        ),
    ]
    along = {"type": "quantitative", "title": "Percentage points", "axis": {"tickCount": 4}}
    bars = {
        "mark": {"type": "bar", "height": {"band": 0.55}, "color": palette.SKY},
        "encoding": {"y": row, "x": {**along, "field": "mean"}, "tooltip": tips},
    }
    lines = {
        "mark": {"type": "rule", "color": palette.INK, "strokeWidth": 1.2},
        "encoding": {"y": row, "x": {**along, "field": "p05"}, "x2": {"field": "p95"}, "tooltip": tips},
    }
    header = {"title": None, "labelAnchor": "start", "labelLimit": 210, "labelExpr": "split(datum.label, ', ')"}
    document: dict[str, Any] = {
        "data": {"name": "parts"},
        "facet": {"field": "title", "type": "nominal", "sort": order, "header": header},
        "columns": min(3, max(len(order), 1)),
        "spacing": 18,
        "spec": {"width": 190, "height": ROW * len(labels), "layer": [bars, lines]},
    }
    fit = {"kind": "facet", "max": 3, "panel": 170, "label": 190}
    return dress(document, title=title, subtitle=subtitle, fit=fit, data={"parts": frame})
