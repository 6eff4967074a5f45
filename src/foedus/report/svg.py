"""Static pictures of the charts."""

from __future__ import annotations

import html
import re
from typing import Any

import vl_convert

from foedus.report import palette

VEGALITE_VERSION = "6.4"
"""The version of Vega-Lite that the documents are written in (``foedus.report.charts.base``)."""


def warm_up() -> None:
    """Start the renderer, which takes about a second once per process and goes on outside Python."""
    vl_convert.vegalite_to_vega({"mark": "point", "data": {"values": []}}, vl_version=VEGALITE_VERSION)


def still(document: dict[str, Any]) -> str:
    """Return the chart as an SVG element on its own."""
    text: str = vl_convert.vegalite_to_svg(document, vl_version=VEGALITE_VERSION)
    return text


def picture_file(document: dict[str, Any], description: str) -> str:
    """Return an SVG file with a white ground, its own title and description."""
    text = still({**document, "background": "#ffffff", "padding": 16})
    label = html.escape(description, quote=True)
    return text.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def png(document: dict[str, Any], scale: float = 2.0) -> bytes:
    """Return a PNG with a white ground."""
    made: bytes = vl_convert.vegalite_to_png(
        {**document, "background": "#ffffff", "padding": 16}, vl_version=VEGALITE_VERSION, scale=scale
    )
    return made


def for_page(document: dict[str, Any], name: str, description: str) -> str:
    """Return an SVG element to stand inside the page: own identifiers, the page's colours, described for screen readers."""
    text = still(document)
    text = re.sub(r"^<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", "", text).strip()
    prefix = re.sub(r"[^a-z0-9-]", "-", name)
    for at, old in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', text))):
        new = f"{prefix}-{at}"
        text = text.replace(f'id="{old}"', f'id="{new}"').replace(f"url(#{old})", f"url(#{new})")
    for colour, variable in palette.SENTINELS.items():
        text = text.replace(f'"{colour}"', f'"var({variable})"')
    text = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", text)
    label = html.escape(description, quote=True)
    return text.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
