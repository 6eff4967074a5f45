"""Draw the pictures of the page on the war: ``uv run python scripts/war_pictures.py``. Writes docs/images/war-*.svg."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from foedus import atlas
from foedus.insight.war import WarRun, run_war
from foedus.insight.war_hindcast import LAST, VANTAGES
from foedus.report import palette
from foedus.report.svg import picture_file
from foedus.scenario import dates
from foedus.scenario.war_question import Question

IMAGES = Path(__file__).parent.parent / "docs" / "images"
DAYS = 365.25


def year_of(day: dt.date) -> float:
    """Return a day as a year with its part."""
    return day.year + (day - dt.date(day.year, 1, 1)).days / DAYS


def band(run: WarRun, values: Any, label: str, facet: str, known: float) -> list[dict[str, Any]]:
    """Return quantiles at the start and at the end of each quarter."""
    first = dates.quarter_index(run.known.first) / 4
    path = np.concatenate([np.full((len(values), 1), known), np.asarray(values, float)], axis=1)
    low, middle, high = np.quantile(path, (0.05, 0.5, 0.95), axis=0)
    return [
        {
            "year": first + k / 4,
            "low": low[k],
            "middle": middle[k],
            "high": high[k],
            "case": label,
            "facet": facet,
        }
        for k in range(path.shape[1])
    ]


def layers(
    rows: list[dict[str, Any]], points: list[dict[str, Any]], y: str, domain: list[float]
) -> dict[str, Any]:
    """Return bands by case with reported points, one panel a facet."""
    x = {
        "field": "year",
        "type": "quantitative",
        "title": "year",
        "axis": {"format": "d", "values": list(range(2022, 2036))},
    }
    x["scale"] = {"nice": False, "zero": False}
    scale = {"domain": domain, "clamp": True}
    several = len({row["case"] for row in rows}) > 1
    legend = {"orient": "bottom", "labelLimit": 400} if several else None
    colour = {"field": "case", "type": "nominal", "title": None, "sort": None, "legend": legend}
    dash = {**colour, "legend": None}
    shown = [
        {"transform": [{"filter": "isValid(datum.low)"}], "mark": {"type": "area", "opacity": 0.22, "clip": True},
         "encoding": {"x": x, "y": {"field": "low", "type": "quantitative", "title": y, "scale": scale},
                      "y2": {"field": "high"}, "color": colour}},
        {"transform": [{"filter": "isValid(datum.low)"}], "mark": {"type": "line", "strokeWidth": 2, "clip": True},
         "encoding": {"x": x, "y": {"field": "middle", "type": "quantitative", "title": y, "scale": scale},
                      "color": colour, "strokeDash": dash}},
        {"transform": [{"filter": "isValid(datum.seen)"}], "mark": {"type": "rule", "strokeWidth": 1.5},
         "encoding": {"x": x, "y": {"field": "least", "type": "quantitative"}, "y2": {"field": "most"}}},
        {"transform": [{"filter": "isValid(datum.seen)"}], "mark": {"type": "point", "filled": True, "size": 40, "color": "black"},
         "encoding": {"x": x, "y": {"field": "seen", "type": "quantitative"}}},
    ]  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": palette.config(),
        "data": {"values": rows + points},
        "facet": {"field": "facet", "type": "nominal", "title": None, "sort": None},
        "columns": 3,
        "resolve": {"scale": {"x": "independent"}},
        "spec": {"width": 230, "height": 220, "layer": shown},
    }


def write(name: str, document: dict[str, Any], words: str) -> None:
    """Write one picture."""
    (IMAGES / f"{name}.svg").write_text(picture_file(document, words), encoding="utf-8")


def reported(quantity: str, after: dt.date, facet: str) -> list[dict[str, Any]]:
    """Return what was reported later, as points with ranges."""
    rows = atlas.table("war_record").filter(
        (pl.col("quantity") == quantity) & (pl.col("basis") == "record") & (pl.col("observed") > after)
        & (pl.col("observed") <= LAST)
    )  # fmt: skip
    return [
        {
            "year": year_of(r["observed"]),
            "seen": r["central"],
            "least": r["low"],
            "most": r["high"],
            "facet": facet,
        }
        for r in rows.iter_rows(named=True)
    ]


def past() -> None:
    """Territory forecast from three vantages, and what was reported."""
    rows, points = [], []
    for month in VANTAGES:
        quarters = 4 * (LAST.year + 1) - (4 * int(month[:4]) + -(-(int(month[5:]) - 1) // 3))
        run = run_war(month, Question(f"{quarters}q"))
        facet = f"as known at the end of {month}"
        known = run.known.rows["territory_held"]["central"]
        rows += band(run, run.record.territory, "forecast: median and 5 to 95 percent", facet, known)
        points += reported("territory_held", run.known.day, facet)
    document = layers(rows, points, "held by Russia (percent of Ukraine)", [0, 40])
    document["title"] = (
        "Territory from three vantages (median, 5 to 95 percent), and what was reported (points)"
    )
    write(
        "war-hindcast",
        document,
        "Bands of forecast territory from 2022, 2023 and 2024 with reported values; all lie inside",
    )


def aid() -> None:
    """Territory with and without the patron's aid, from the end of January 2024 and from the newest vantage."""
    rows = []
    for month in ("2024-01", None):
        for label, stop in (("aid goes on", {}), ("US aid, intelligence and sales stop", {"USA": None})):
            run = run_war(month, Question("3y", stop))
            facet = f"from {run.known.month}"
            known = run.known.rows["territory_held"]["central"]
            rows += band(run, run.record.territory, label, facet, known)
    document = layers(rows, [], "held by Russia (percent of Ukraine)", [10, 40])
    document["title"] = "What a stop of US aid does to the front"
    write("war-aid", document, "Territory rises faster when US aid stops, more so from 2024 than from 2026")


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    past()
    aid()
