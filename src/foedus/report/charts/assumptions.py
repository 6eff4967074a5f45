"""The assumptions that matter most: share of the variance of the outcome that each explains."""

from __future__ import annotations

import polars as pl

from foedus.report import palette
from foedus.report.charts.base import Document, category, dress, layer, percent_axis, quantity

STATUS_COLOURS = {
    "measured": palette.GREEN,
    "estimated": palette.BLUE,
    "elicited": palette.ORANGE,
    "assumed": palette.VERMILLION,
}


def assumptions_chart(frame: pl.DataFrame, *, title: str, subtitle: str) -> Document:
    """Bars of the share of variance, coloured by status.

    Inputs:
        frame: parameter, label, share (percent), status, direction (words).
    """
    order = frame["label"].to_list()
    shared = {
        "y": category("label", sort=order, title=None, axis={"labelLimit": 300, "labelColor": palette.INK}),
        "tooltip": [
            category("label", title="Assumption"),
            quantity("share", title="Share of variance (%)", format=".2~g"),
            category("status", title="Status"),
            category("direction", title="When it rises, the chance of a challenge"),
        ],
    }
    axis = percent_axis("Share of the variance of the outcome (percent)")
    colour = category(
        "status",
        scale={"domain": list(STATUS_COLOURS), "range": list(STATUS_COLOURS.values())},
        legend={"title": "Status", "orient": "top", "direction": "horizontal"},
    )
    bars = layer(
        "bar",
        {"height": {"band": 0.62}, "cornerRadiusEnd": 2},
        **shared,
        x=quantity("share", axis=axis, scale={"zero": True}),
        color=colour,
    )
    words = layer(
        "text",
        {"align": "left", "dx": 6, "color": palette.MUTED, "fontSize": 11},
        **shared,
        x=quantity("share"),
        text=category("direction"),
    )
    document = {
        "data": {"name": "shares"},
        "layer": [bars, words],
        "width": 420,
        "height": max(80, 27 * len(order)),
    }
    fit = {"kind": "width", "max": 480, "label": 260}
    return dress(document, title=title, subtitle=subtitle, fit=fit, data={"shares": frame})
