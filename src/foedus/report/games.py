"""Pictures of equilibria."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import vl_convert

from foedus.errors import InputError
from foedus.report.charts.base import SCHEMA_URL, Document, category, layer, quantity
from foedus.report.svg import VEGALITE_VERSION, still

FORMATS = (".svg", ".png", ".html")
COLOURS = {"stable": "#0072B2", "unstable": "#D55E00"}
"""Okabe and Ito's blue and vermilion."""
PANELS = {"pr": "Chance that the challenge is resisted", "pc": "Chance of a challenge"}


def draw_equilibria(rows: list[dict[str, Any]], vary: str, out: Path) -> None:
    """Draw the chance of resistance and of a challenge at every equilibrium against one payoff.

    A page (.html) carries its own script and loads nothing.
    """
    if out.suffix not in FORMATS:
        raise InputError(f"a picture ends in {', '.join(FORMATS)}; got {out.name}", field="out")
    chart = equilibria_chart(rows, vary)
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".svg":
        out.write_text(still(chart), encoding="utf-8")
    elif out.suffix == ".png":
        out.write_bytes(vl_convert.vegalite_to_png(chart, vl_version=VEGALITE_VERSION))
    else:
        page = vl_convert.vegalite_to_html(chart, vl_version=VEGALITE_VERSION, bundle=True)
        out.write_text(page, encoding="utf-8")


def equilibria_chart(rows: list[dict[str, Any]], vary: str) -> Document:
    """Return the two panels as a Vega-Lite document.

    Inputs:
        rows: value (of the payoff), pr, pc (chances), stability, kind.
    """
    x = quantity("value", title=f"{vary} (standard deviations of private information)", scale={"zero": False})
    scale = {"domain": list(COLOURS), "range": list(COLOURS.values())}
    shared = {
        "x": x,
        "color": category("stability", title="Best responses", scale=scale),
        "shape": category("kind", title="Kind"),
    }
    dots = {"filled": True, "size": 14}
    return {
        "$schema": SCHEMA_URL,
        "title": f"All equilibria as {vary} varies",
        "description": f"Equilibrium chances of resistance and challenge against {vary}",
        "data": {"values": rows},
        "hconcat": [
            {
                **layer("point", dots, **shared, y=quantity(name, title=title, scale={"domain": [0, 1]})),
                "width": 360,
                "height": 260,
            }
            for name, title in PANELS.items()
        ],
    }
