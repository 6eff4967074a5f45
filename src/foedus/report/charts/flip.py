"""How large the treaty's own weight would have to be for the order of the worlds to turn."""

from __future__ import annotations

from typing import Any

import polars as pl

from foedus.report import palette
from foedus.report.charts.base import Document, category, dress, layer, quantity

ROWS = ("In the model", "Needed")


def flip_chart(flip: dict[str, Any]) -> Document:
    """Return a number line with the weight in the model and the weight needed, with its interval."""
    rows = [
        {"which": ROWS[0], "p05": flip["prior_p50"], "p50": flip["prior_p50"], "p95": flip["prior_p50"]},
        {"which": ROWS[1], "p05": flip["p05"], "p50": flip["p50"], "p95": flip["p95"]},
    ]
    unit = str(flip.get("unit") or "log odds").split()[0]
    colours = {"domain": list(ROWS), "range": [palette.MUTED, palette.VERMILLION]}
    shared = {
        "y": category("which", sort=list(ROWS), title=None, axis={"labelColor": palette.INK, "grid": False}),
        "color": category("which", scale=colours, legend=None),
        "tooltip": [
            category("which", title="Weight of the treaty"),
            quantity("p50", title=f"Median ({unit})", format=".3~g"),
            quantity("p05", title="5% of draws below", format=".3~g"),
            quantity("p95", title="95% of draws below", format=".3~g"),
        ],
    }
    x = quantity("p05", axis={"title": f"Treaty's own weight ({unit})", "tickCount": 5}, scale={"zero": True})
    lines = layer("rule", {"strokeWidth": 2.4, "opacity": 0.65}, **shared, x=x, x2={"field": "p95"})
    dots = layer("point", {"filled": True, "size": 85, "opacity": 1}, **shared, x=quantity("p50"))
    document = {"data": {"name": "weights"}, "layer": [lines, dots], "width": 250, "height": 70}
    fit = {"kind": "width", "max": 300}
    frame = pl.DataFrame(rows, strict=False)
    return dress(document, title="What would turn the order", fit=fit, data={"weights": frame})
