"""What every chart has: inline data, a title, a description for those who cannot see it, and a way to fit a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from foedus.report import palette

Document = dict[str, Any]
"""A part of a Vega-Lite document, or the whole of it."""

DIGITS = 5
SCHEMA_URL = "https://vega.github.io/schema/vega-lite/v6.4.1.json"
"""What the documents say that they are; ``foedus.report.svg`` draws them with this version."""


@dataclass(frozen=True)
class Picture:
    """A chart with its words. ``live`` is drawn by script, ``still`` is shown without script and in print."""

    name: str
    title: str
    caption: str
    description: str
    live: Document
    still: Document
    controls: tuple[str, ...] = field(default=())


def dress(
    document: Document,
    *,
    title: str,
    subtitle: str = "",
    fit: dict[str, Any],
    data: Mapping[str, pl.DataFrame | list[Any]],
) -> Document:
    """Return a Vega-Lite document with its data and the shared theme.

    ``fit`` tells the page's script how to adapt the chart to its width: its ``kind`` is ``columns``, ``facet``,
    ``width``, ``map`` or ``none``. ``data`` holds the rows that the document names.
    """
    heading = {"text": title, **({"subtitle": subtitle} if subtitle else {})}
    return {
        **document,
        "$schema": SCHEMA_URL,
        "datasets": {name: _written(values) for name, values in data.items()},
        "config": palette.config(),
        "title": heading,
        "usermeta": {"fit": fit},
    }


def _written(values: pl.DataFrame | list[Any]) -> list[Any]:
    """Rows with five significant digits, missing numbers as null."""
    if not isinstance(values, pl.DataFrame):
        return values
    numbers = pl.selectors.float()
    return values.with_columns(numbers.round_sig_figs(DIGITS).fill_nan(None)).to_dicts()


def quantity(field: str, **more: Any) -> Document:
    """Return a channel, or a line of a tooltip, that shows a number."""
    return {"field": field, "type": "quantitative", **more}


def category(field: str, **more: Any) -> Document:
    """Return a channel, or a line of a tooltip, that shows a name."""
    return {"field": field, "type": "nominal", **more}


def layer(kind: str, look: Document, **encoding: Any) -> Document:
    """Return one layer: the kind of its mark, how the mark looks, and what is shown by which channel."""
    return {"mark": {"type": kind, **look}, "encoding": encoding}


def percent_axis(title: str) -> Document:
    """Axis for a chance or share, in percent."""
    return {"title": title, "labelExpr": "datum.label + '%'", "tickCount": 6}


def interval_tooltips(unit: str, *, what: str) -> list[Document]:
    """Median and ends of the interval on hover."""
    return [
        quantity("p50", title=f"{what}, median ({unit})", format=".3~g"),
        quantity("p05", title="5% of draws below", format=".3~g"),
        quantity("p95", title="95% of draws below", format=".3~g"),
    ]
