"""The replacement ledger: cost and year of each item, with intervals."""

from __future__ import annotations

import polars as pl

from foedus.report import palette
from foedus.report.charts.base import Document, category, dress, layer, quantity


def ledger_chart(frame: pl.DataFrame, *, title: str, subtitle: str) -> Document:
    """Bars of cost beside dots of the year in which the item is replaced.

    Inputs:
        frame: label, cost_p05, cost_p50, cost_p95 (billion USD), year_p05, year_p50, year_p95.
    """
    order = frame["label"].to_list()
    height = max(80, 27 * len(order))
    document = {
        "data": {"name": "items"},
        "concat": [
            {"layer": _costs(order), "width": 330, "height": height},
            {"layer": _years(order), "width": 230, "height": height},
        ],
        "columns": 2,
        "spacing": 24,
    }
    fit = {"kind": "columns", "panel": 400, "widths": [330, 230]}
    return dress(document, title=title, subtitle=subtitle, fit=fit, data={"items": frame})


def _costs(order: list[str]) -> list[Document]:
    shared = {
        "y": category("label", sort=order, title=None, axis={"labelLimit": 230, "labelColor": palette.INK}),
        "tooltip": _tips("cost", "Cost (billion USD)", ".3~s"),
    }
    x = quantity("cost_p50", title="Cost of replacing it (billion USD)", axis={"tickCount": 5})
    bars = layer("bar", {"color": palette.SKY, "height": {"band": 0.6}}, **shared, x=x)
    ends = {"x": quantity("cost_p05"), "x2": {"field": "cost_p95"}}
    return [bars, layer("rule", {"strokeWidth": 1.8, "color": palette.INK}, **shared, **ends)]


def _years(order: list[str]) -> list[Document]:
    shared = {
        "y": category("label", sort=order, title=None, axis={"labels": False}),
        "tooltip": _tips("year", "Year", "d"),
    }
    x = quantity(
        "year_p05",
        title="Year in which it is replaced",
        scale={"zero": False, "nice": True},
        axis={"format": "d", "tickMinStep": 1, "tickCount": 6},
    )
    blue = {"color": palette.BLUE}
    spans = layer(
        "rule", {"strokeWidth": 2.2, "opacity": 0.65, **blue}, **shared, x=x, x2={"field": "year_p95"}
    )
    dots = layer("point", {"filled": True, "size": 75, "opacity": 1, **blue}, **shared, x=quantity("year_p50"))
    known = [{"filter": "isValid(datum.year_p50)"}]
    return [{**spans, "transform": known}, {**dots, "transform": known}]


def _tips(key: str, words: str, digits: str) -> list[Document]:
    return [
        category("label", title="Item"),
        quantity(f"{key}_p50", title=f"{words}, median", format=digits),
        quantity(f"{key}_p05", title="5% of draws below", format=digits),
        quantity(f"{key}_p95", title="95% of draws below", format=digits),
    ]
