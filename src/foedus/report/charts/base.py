"""What every chart has: inline data, a title, a description for those who cannot see it, and a way to fit a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import polars as pl

from foedus.report import palette

DIGITS = 5
Layered = alt.LayerChart | alt.FacetChart


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


def named(name: str) -> alt.NamedData:
    """Return a reference to the frame that ``finish`` puts into the document under this name."""
    return alt.NamedData(name=name)


def finish(
    chart: alt.TopLevelMixin,
    *,
    title: str,
    subtitle: str = "",
    fit: dict[str, Any],
    data: Mapping[str, pl.DataFrame | list[Any]],
) -> dict[str, Any]:
    """Return the chart as a Vega-Lite document; `dress` says what the arguments are."""
    return dress(chart.to_dict(validate=False), title=title, subtitle=subtitle, fit=fit, data=data)


def dress(
    document: dict[str, Any],
    *,
    title: str,
    subtitle: str = "",
    fit: dict[str, Any],
    data: Mapping[str, pl.DataFrame | list[Any]],
) -> dict[str, Any]:
    """Return a Vega-Lite document with its data and the shared theme.

    ``fit`` tells the page's script how to adapt the chart to its width: its ``kind`` is ``columns``, ``facet``,
    ``width``, ``map`` or ``none``. ``data`` is added last: Altair copies inline data at every step, which is slow.
    """
    document["$schema"] = alt.SCHEMA_URL
    document["datasets"] = document.get("datasets", {}) | {
        name: _written(values) for name, values in data.items()
    }
    document["config"] = palette.config()
    document["title"] = {"text": title, **({"subtitle": subtitle} if subtitle else {})}
    document["usermeta"] = {"fit": fit}
    return document


def _written(values: pl.DataFrame | list[Any]) -> list[Any]:
    """Rows with five significant digits, missing numbers as null."""
    if not isinstance(values, pl.DataFrame):
        return values
    numbers = pl.selectors.float()
    return values.with_columns(numbers.round_sig_figs(DIGITS).fill_nan(None)).to_dicts()


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
