"""Map of Europe by chance of a challenge."""

from __future__ import annotations

from typing import Any

import polars as pl

from foedus.report import palette, places
from foedus.report.charts.base import Document, category, dress, interval_tooltips, layer, quantity

STILL_PANELS = 4
LEGEND = "Chance (percent)"


def map_frame(values: pl.DataFrame) -> pl.DataFrame:
    """Add to ``by_member`` rows where each ally lies and whether it needs a dot to be seen."""
    spots = [{"member": f["iso3"], "x": f["x"], "y": f["y"], "dot": bool(f["small"])} for f in _properties()]
    spots += [{"member": m, "x": x, "y": y, "dot": True} for m, (x, y) in places.OFF_THE_MAP.items()]
    return values.join(pl.DataFrame(spots), on="member", how="inner").with_columns(pl.col("dot").cast(pl.Int8))


def map_live(values: pl.DataFrame, *, title: str, subtitle: str, first: str, width: int = 660) -> Document:
    """One large map; the parameter ``world`` holds the title of the scenario on show."""
    fit = {"kind": "map", "max": width, "window": places.europe()["window"]}
    document = {"params": [{"name": "world", "value": first}], **_map(width, _top(values), "world")}
    document = dress(document, title=title, subtitle=subtitle, fit=fit, data=_data(values))
    document["title"]["text"] = {"expr": f"[{_quoted(title)}, world]"}
    return document


def map_still(values: pl.DataFrame, *, title: str, subtitle: str, shown: list[str]) -> Document:
    """Small maps of up to four scenarios side by side, for print and for readers without script."""
    width = 340 if len(shown) > 1 else 660
    heading = {"fontSize": 12, "anchor": "start", "color": palette.INK, "offset": 4}
    panels = [
        {"title": {"text": world, **heading}, **_map(width, _top(values), _quoted(world))} for world in shown
    ]
    document = {"concat": panels, "columns": min(2, len(panels)), "spacing": 14}
    return dress(document, title=title, subtitle=subtitle, fit={"kind": "none"}, data=_data(values))


def _map(width: int, top: float, world: str) -> Document:
    """Land, allies coloured by their chance, and names; ``world`` is an expression for the title of the scenario."""
    return {
        "layer": [_ground(), *_coloured(top, f"datum.title == {world}"), _labels(8.5 if width < 500 else 11)],
        "projection": projection(width),
        "width": width,
        "height": _height(width),
    }


def projection(width: int) -> dict[str, Any]:
    """Plane kilometres to pixels."""
    west, _, east, north = places.europe()["window"]
    scale = width / (east - west)
    return {"type": "identity", "reflectY": True, "scale": scale, "translate": [-west * scale, north * scale]}


def _height(width: int) -> int:
    west, south, east, north = places.europe()["window"]
    return round(width * (north - south) / (east - west))


def _top(values: pl.DataFrame) -> float:
    found = values["p50"].max() if values.height else None
    return max(float(found), 1e-6) if isinstance(found, (int, float)) else 1.0


def _properties() -> list[dict[str, Any]]:
    return [f["properties"] for f in places.europe()["features"] if f["properties"]["iso3"]]


def _data(values: pl.DataFrame) -> dict[str, pl.DataFrame | list[Any]]:
    return {"values": map_frame(values), "europe": places.europe()["features"], "names": _names()}


def _names() -> list[dict[str, Any]]:
    """Names of the states that carry no value, and of members off the map."""
    known = {f["iso3"]: f for f in _properties()}
    spots = [
        {"name": places.state_name(c), "x": known[c]["x"], "y": known[c]["y"]}
        for c in (*places.adversary_bloc(), places.partner())
    ]
    return spots + [
        {"name": places.state_name(m), "x": x, "y": y - 150} for m, (x, y) in places.OFF_THE_MAP.items()
    ]


def _ground() -> Document:
    """Land without a value: neighbours light, the adversary and its ally darker."""
    bloc = f"indexof({list(places.adversary_bloc())!r}, datum.properties.iso3) >= 0"
    fill = {"condition": {"test": bloc, "value": palette.ADVERSARY_LAND}, "value": palette.LAND}
    look = {"stroke": palette.PAPER, "strokeWidth": 0.6, "tooltip": False}
    return {"data": {"name": "europe"}, **layer("geoshape", look, fill=fill)}


def _coloured(top: float, keep: str) -> list[Document]:
    """Allies as shapes, and as dots where a shape would be too small to see."""
    scale = {"scheme": palette.SEQUENTIAL, "domain": [0, top]}
    legend = {
        "title": LEGEND,
        "orient": "top-left",
        "gradientLength": 110,
        "gradientThickness": 9,
        "tickCount": 4,
        "offset": 0,
    }
    tips = [category("ally", title="Ally"), *interval_tooltips("%", what="Chance")]
    place = {
        "lookup": "member",
        "from": {"data": {"name": "europe"}, "key": "properties.iso3"},
        "as": "place",
    }
    shapes = layer(
        "geoshape",
        {"stroke": palette.PAPER, "strokeWidth": 0.6},
        shape={"field": "place", "type": "geojson"},
        fill=quantity("p50", scale=scale, legend=legend),
        tooltip=tips,
    )
    dots = layer(
        "circle",
        {"size": 95, "stroke": palette.PAPER, "strokeWidth": 1.2, "opacity": 1},
        longitude=quantity("x"),
        latitude=quantity("y"),
        fill=quantity("p50", scale=scale),
        tooltip=tips,
    )
    chosen, located = {"filter": keep}, {"filter": "isValid(datum.place)"}
    return [
        {"data": {"name": "values"}, "transform": [chosen, place, located], **shapes},
        {"data": {"name": "values"}, "transform": [chosen, {"filter": "datum.dot == 1"}], **dots},
    ]


def _labels(size: float) -> Document:
    look = {"fontSize": size, "color": palette.INK, "opacity": 0.8, "tooltip": False}
    where = {"longitude": quantity("x"), "latitude": quantity("y")}
    return {"data": {"name": "names"}, **layer("text", look, **where, text=category("name"))}


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
