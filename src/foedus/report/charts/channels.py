"""Which channel does it: what each adds to the chance of a challenge, one panel per comparison."""

from __future__ import annotations

import polars as pl

from foedus.report import palette
from foedus.report.charts.base import Document, category, dress, layer, quantity

ROW = 27


def channels_chart(frame: pl.DataFrame, *, order: list[str], title: str, subtitle: str) -> Document:
    """Bars of means, with 5-95% of draws, in percentage points.

    Inputs:
        frame: title (of the comparison), label (of the channel), mean, p05, p50, p95.
        order: titles of the comparisons, left to right.
    """
    labels = frame["label"].unique(maintain_order=True).to_list()
    words = {
        "mean": "Mean",
        "p50": "Median",
        "p05": "5% of draws below",
        "p95": "95% of draws below",
    }
    shared = {
        "y": category("label", sort=labels, title=None, axis={"labelLimit": 240, "labelColor": palette.INK}),
        "tooltip": [
            category("label", title="Channel"),
            *(quantity(q, title=f"{w} (percentage points)", format=".2~f") for q, w in words.items()),
        ],
    }
    along = {"title": "Percentage points", "axis": {"tickCount": 4}}
    bars = layer("bar", {"height": {"band": 0.55}, "color": palette.SKY}, **shared, x=quantity("mean", **along))
    ends = {"x": quantity("p05", **along), "x2": {"field": "p95"}}
    lines = layer("rule", {"color": palette.INK, "strokeWidth": 1.2}, **shared, **ends)
    header = {"title": None, "labelAnchor": "start", "labelLimit": 210, "labelExpr": "split(datum.label, ', ')"}
    document = {
        "data": {"name": "parts"},
        "facet": category("title", sort=order, header=header),
        "columns": min(3, max(len(order), 1)),
        "spacing": 18,
        "spec": {"width": 190, "height": ROW * len(labels), "layer": [bars, lines]},
    }
    fit = {"kind": "facet", "max": 3, "panel": 170, "label": 190}
    return dress(document, title=title, subtitle=subtitle, fit=fit, data={"parts": frame})
