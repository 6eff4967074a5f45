"""A measure over time for one ally: median, 50% and 90% bands, one panel per scenario.

Written as Vega-Lite directly: the same few layers are wanted for every measure, live and still, and Altair copies a chart's
parts at every step.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from foedus.report import palette
from foedus.report.charts.base import dress

PANEL_HEIGHT = 150
QUANTILE_WORDS = (
    ("p50", "Median"),
    ("p05", "5% of draws below"),
    ("p25", "25% of draws below"),
    ("p75", "75% of draws below"),
    ("p95", "95% of draws below"),
)

Document = dict[str, Any]


def fan_chart(
    frame: pl.DataFrame, *, title: str, axis: str, order: list[str], first: str, digits: str
) -> Document:
    """Return the chart; its parameter ``ally`` holds the name of the ally on show.

    Inputs:
        frame: title (of the scenario), ally, date (year), when (label), p05, p25, p50, p75, p95.
        order: titles of the scenarios, left to right.
        digits: number format of the tooltip.
    """
    header = {"title": None, "labelAnchor": "start", "labelLimit": 210, "labelExpr": "split(datum.label, ', ')"}
    document: Document = {
        "data": {"name": "bands"},
        "params": [{"name": "ally", "value": first}],
        "transform": [{"filter": "datum.ally == ally"}],
        "facet": {"field": "title", "type": "nominal", "sort": order, "header": header},
        "columns": min(4, max(len(order), 1)),
        "spacing": 18,
        "spec": {"width": 200, "height": PANEL_HEIGHT, "layer": _layers(axis, digits)},
    }
    fit = {"kind": "facet", "max": 4, "panel": 190}
    subtitle = "Median, 50% and 90% of draws"
    document = dress(document, title=title, subtitle=subtitle, fit=fit, data={"bands": frame})
    document["title"]["text"] = {"expr": f"'{title}: ' + ally"}
    return document


def _layers(axis: str, digits: str) -> list[Document]:
    """Two bands, the median, and points that catch the pointer."""
    outer = _quantity("p05", title=axis, scale={"zero": True}, axis={"tickCount": 5})
    tips = [
        {"field": "when", "type": "nominal", "title": "Date"},
        *(_quantity(q, title=words, format=digits) for q, words in QUANTILE_WORDS),
    ]
    return [
        _layer({"type": "area", "color": palette.BLUE, "opacity": 0.22}, outer, y2={"field": "p95"}),
        _layer({"type": "area", "color": palette.BLUE, "opacity": 0.38}, _quantity("p25"), y2={"field": "p75"}),
        _layer({"type": "line", "color": palette.BLUE, "strokeWidth": 2}, _quantity("p50")),
        _layer({"type": "point", "opacity": 0, "size": 120}, _quantity("p50"), tooltip=tips),
    ]


def _layer(mark: Document, y: Document, **more: Any) -> Document:
    years = {"format": "d", "tickMinStep": 1, "tickCount": 4, "grid": False}
    x = _quantity("date", title="Year", axis=years, scale={"zero": False})
    return {"mark": mark, "encoding": {"x": x, "y": y, **more}}


def _quantity(field: str, **more: Any) -> Document:
    return {"field": field, "type": "quantitative", **more}
