"""What every chart has: inline data, a title, a description for those who cannot see it, and a way to fit a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import altair as alt
import polars as pl

from foedus.report import palette

DECIMALS = 4


@dataclass(frozen=True)
class Picture:
    """A chart with its words. ``live`` is drawn by script, ``still`` is shown without script and in print."""

    name: str
    title: str
    caption: str
    description: str
    live: dict[str, Any]
    still: dict[str, Any]
    controls: tuple[str, ...] = field(default=())


def inline(frame: pl.DataFrame) -> alt.InlineData:
    """The frame as data inside the chart: comma-separated, four decimals, with its column types."""
    kinds = {c: "number" if t.is_numeric() else "string" for c, t in frame.schema.items()}
    text = frame.write_csv(float_precision=DECIMALS)
    return alt.InlineData(values=text, format=alt.CsvDataFormat(type="csv", parse=kinds))


def finish(
    chart: alt.TopLevelMixin, *, title: str, subtitle: str | list[str] = "", fit: dict[str, Any]
) -> dict[str, Any]:
    """The chart as a Vega-Lite document with the shared theme.

    ``fit`` tells the page's script how to adapt the chart to its width: ``{"kind": "columns" | "width" | "map", ...}``.
    """
    document: dict[str, Any] = chart.to_dict(validate=False)
    document["config"] = palette.config()
    document["title"] = {"text": title, **({"subtitle": subtitle} if subtitle else {})}
    document["usermeta"] = {"fit": fit}
    return document


def percent_axis(title: str) -> alt.Axis:
    """Axis for a chance or share, in percent."""
    return alt.Axis(title=title, labelExpr="datum.label + '%'", tickCount=6)


def interval_tooltips(unit: str, *, what: str) -> list[alt.Tooltip]:
    """Median and ends of the interval on hover."""
    return [
        alt.Tooltip("p50:Q", title=f"{what}, median ({unit})", format=".3~g"),
        alt.Tooltip("p05:Q", title="5% of draws below", format=".3~g"),
        alt.Tooltip("p95:Q", title="95% of draws below", format=".3~g"),
    ]
