"""A measure over time for one ally: median, 50% and 90% bands, one panel per scenario."""

from __future__ import annotations

import polars as pl

from foedus.report import palette
from foedus.report.charts.base import Document, category, dress, layer, quantity

PANEL_HEIGHT = 150
QUANTILE_WORDS = (
    ("p50", "Median"),
    ("p05", "5% of draws below"),
    ("p25", "25% of draws below"),
    ("p75", "75% of draws below"),
    ("p95", "95% of draws below"),
)


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
        "facet": category("title", sort=order, header=header),
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
    outer = quantity("p05", title=axis, scale={"zero": True}, axis={"tickCount": 5})
    tips = [
        category("when", title="Date"),
        *(quantity(q, title=words, format=digits) for q, words in QUANTILE_WORDS),
    ]
    years = {"format": "d", "tickMinStep": 1, "tickCount": 4, "grid": False}
    x = quantity("date", title="Year", axis=years, scale={"zero": False})
    blue = {"color": palette.BLUE}
    return [
        layer("area", {**blue, "opacity": 0.22}, x=x, y=outer, y2={"field": "p95"}),
        layer("area", {**blue, "opacity": 0.38}, x=x, y=quantity("p25"), y2={"field": "p75"}),
        layer("line", {**blue, "strokeWidth": 2}, x=x, y=quantity("p50")),
        layer("point", {"opacity": 0, "size": 120}, x=x, y=quantity("p50"), tooltip=tips),
    ]
