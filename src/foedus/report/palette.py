"""Colours and the chart theme: safe for colour-blind readers, in light, dark and print.

Categories use the palette of Okabe and Ito (2008), ordered quantities use cividis. The three sentinel colours
``INK``, ``MUTED`` and ``GRID`` stand for the page's own text and line colours: the page swaps them for the
reader's theme, a picture on its own keeps them.
"""

from __future__ import annotations

from typing import Any, Final

BLUE = "#0072b2"
VERMILLION = "#d55e00"
GREEN = "#009e73"
PURPLE = "#cc79a7"
ORANGE = "#e69f00"
SKY = "#56b4e9"
CATEGORIES: tuple[str, ...] = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
SEQUENTIAL: Final = "cividis"

INK = "#1f2429"
MUTED = "#5b6672"
GRID = "#dde2e7"
PAPER = "#fefefe"
LAND = "#eceff2"
ADVERSARY_LAND = "#b9c0c8"
SENTINELS: dict[str, str] = {
    INK: "--ink",
    MUTED: "--muted",
    GRID: "--grid",
    PAPER: "--paper",
    LAND: "--land",
    ADVERSARY_LAND: "--adversary-land",
}
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


def config() -> dict[str, Any]:
    """Vega-Lite configuration shared by every chart."""
    axis = {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "labelFontSize": 11,
        "titleFontSize": 11.5,
        "gridColor": GRID,
        "domainColor": GRID,
        "tickColor": GRID,
        "labelPadding": 5,
        "titlePadding": 8,
    }
    label = {"labelColor": MUTED, "titleColor": MUTED, "titleFontWeight": "normal", "labelFontSize": 11.5}
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"domain": False},
        "axisY": {"domain": False, "ticks": False},
        "legend": {**label, "titleFontSize": 11.5, "symbolStrokeWidth": 2},
        "header": {**label, "labelColor": INK, "labelFontSize": 12, "labelFontWeight": "bold", "title": None},
        "title": {
            "color": INK,
            "fontSize": 14,
            "fontWeight": 600,
            "anchor": "start",
            "frame": "bounds",
            "subtitleColor": MUTED,
            "subtitleFontSize": 12,
            "offset": 12,
        },
        "range": {"category": list(CATEGORIES), "heatmap": {"scheme": SEQUENTIAL}},
    }
