"""Map of Europe by chance of a challenge."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from foedus.report import palette, places
from foedus.report.charts.base import Layered, finish, interval_tooltips, named

STILL_PANELS = 4
LEGEND = "Chance (percent)"


def map_frame(values: pl.DataFrame) -> pl.DataFrame:
    """Add to ``by_member`` rows where each ally lies and whether it needs a dot to be seen."""
    spots = [{"member": f["iso3"], "x": f["x"], "y": f["y"], "dot": bool(f["small"])} for f in _properties()]
    spots += [{"member": m, "x": x, "y": y, "dot": True} for m, (x, y) in places.OFF_THE_MAP.items()]
    return values.join(pl.DataFrame(spots), on="member", how="inner").with_columns(pl.col("dot").cast(pl.Int8))


def map_live(
    values: pl.DataFrame, *, title: str, subtitle: str, first: str, width: int = 660
) -> dict[str, Any]:
    """One large map; the parameter ``world`` holds the title of the scenario on show."""
    top = _top(values)
    located = map_frame(values)
    layers = [*_ground(), *_coloured(named("values"), top, "datum.title == world"), *_labels()]
    chart = alt.layer(*layers).add_params(alt.param(name="world", value=first))
    document = _placed(chart, width, title, subtitle, located)
    document["title"]["text"] = {"expr": f"[{_quoted(title)}, world]"}
    return document


def map_still(values: pl.DataFrame, *, title: str, subtitle: str, shown: list[str]) -> dict[str, Any]:
    """Small maps of up to four scenarios side by side, for print and for readers without script."""
    top = _top(values)
    width = 340 if len(shown) > 1 else 660
    located = map_frame(values)
    panels = []
    for world in shown:
        keep = f"datum.title == {_quoted(world)}"
        layers = [*_ground(), *_coloured(named("values"), top, keep), *_labels(small=len(shown) > 1)]
        heading = alt.TitleParams(text=world, fontSize=12, anchor="start", color=palette.INK, offset=4)
        panels.append(alt.layer(*layers).properties(title=heading, width=width, height=_height(width)))
    chart = alt.concat(*panels, columns=min(2, len(panels)), spacing=14)
    document = finish(chart, title=title, subtitle=subtitle, fit={"kind": "none"}, data=_data(located))
    for panel in document["concat"]:
        panel["projection"] = projection(width)
    return document


def projection(width: int) -> dict[str, Any]:
    """Plane kilometres to pixels."""
    west, _, east, north = places.europe()["window"]
    scale = width / (east - west)
    return {"type": "identity", "reflectY": True, "scale": scale, "translate": [-west * scale, north * scale]}


def _height(width: int) -> int:
    west, south, east, north = places.europe()["window"]
    return round(width * (north - south) / (east - west))


def _placed(chart: Layered, width: int, title: str, subtitle: str, located: pl.DataFrame) -> dict[str, Any]:
    window = places.europe()["window"]
    fit = {"kind": "map", "max": width, "window": window}
    sized = chart.properties(width=width, height=_height(width))
    document = finish(sized, title=title, subtitle=subtitle, fit=fit, data=_data(located))
    document["projection"] = projection(width)
    return document


def _top(values: pl.DataFrame) -> float:
    found = values["p50"].max() if values.height else None
    return max(float(found), 1e-6) if isinstance(found, (int, float)) else 1.0


def _properties() -> list[dict[str, Any]]:
    return [f["properties"] for f in places.europe()["features"] if f["properties"]["iso3"]]


def _features() -> alt.NamedData:
    return alt.NamedData(name="europe")


def _data(located: pl.DataFrame) -> dict[str, pl.DataFrame | list[Any]]:
    return {"values": located, "europe": places.europe()["features"]}


def _ground() -> list[alt.Chart]:
    """Land without a value: neighbours light, the adversary and its ally darker."""
    bloc = list(places.adversary_bloc())
    fill = alt.condition(
        f"indexof({bloc!r}, datum.properties.iso3) >= 0",
        alt.value(palette.ADVERSARY_LAND),
        alt.value(palette.LAND),
    )
    land = alt.Chart(_features()).mark_geoshape(stroke=palette.PAPER, strokeWidth=0.6, tooltip=False)
    return [land.encode(fill=fill)]


def _coloured(data: alt.NamedData, top: float, keep: str) -> list[alt.Chart]:
    scale = alt.Scale(scheme=palette.SEQUENTIAL, domain=[0, top])
    legend = alt.Legend(
        title=LEGEND, orient="top-left", gradientLength=110, gradientThickness=9, tickCount=4, offset=0
    )
    tips = [alt.Tooltip("ally:N", title="Ally"), *interval_tooltips("%", what="Chance")]
    chosen = alt.Chart(data).transform_filter(keep)
    shapes = (
        chosen.transform_lookup(
            lookup="member", from_=alt.LookupData(data=_features(), key="properties.iso3"), as_="place"
        )
        .transform_filter("isValid(datum.place)")
        .mark_geoshape(stroke=palette.PAPER, strokeWidth=0.6)
        .encode(shape=alt.Shape("place:G"), fill=alt.Fill("p50:Q", scale=scale, legend=legend), tooltip=tips)
    )
    dots = (
        chosen.transform_filter("datum.dot == 1")
        .mark_circle(size=95, stroke=palette.PAPER, strokeWidth=1.2, opacity=1)
        .encode(longitude="x:Q", latitude="y:Q", fill=alt.Fill("p50:Q", scale=scale), tooltip=tips)
    )
    return [shapes, dots]


def _labels(*, small: bool = False) -> list[alt.Chart]:
    """Names of the states that carry no value, and of members off the map."""
    known = {f["iso3"]: f for f in _properties()}
    spots = [
        {"name": places.state_name(c), "x": known[c]["x"], "y": known[c]["y"]}
        for c in (*places.adversary_bloc(), places.partner())
    ]
    spots += [{"name": places.state_name(m), "x": x, "y": y - 150} for m, (x, y) in places.OFF_THE_MAP.items()]
    text = alt.Chart(alt.InlineData(values=spots)).mark_text(
        fontSize=8.5 if small else 11, color=palette.INK, opacity=0.8, tooltip=False
    )
    return [text.encode(longitude="x:Q", latitude="y:Q", text="name:N")]


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
