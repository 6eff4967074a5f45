"""Pictures of a timeline: a track of characters for the terminal, a chart as SVG for everything else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from foedus.errors import InputError
from foedus.law.timeline import Step, Timeline

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999")
"""Okabe and Ito's colours, which colour-blind readers tell apart."""

LABEL_WIDTH = 70
SIZE: dict[str, Any] = {
    "field": "probability",
    "type": "quantitative",
    "title": "Probability",
    "scale": {"domain": [0, 1], "range": [20, 180]},
    "legend": {"values": [0.1, 0.5, 1.0], "format": ".0%"},
}
"""Size of a step's dot: its probability."""


def track(timeline: Timeline, width: int = 40) -> list[str]:
    """Return one line for each step: a dot at its date, a bar over the days on which it can fall."""
    first, last = _span(timeline)
    return [_line(step, first, last, width) for step in timeline.steps]


def axis(timeline: Timeline, width: int = 40) -> str:
    """Return the line of dates that goes over the track."""
    first, last = _span(timeline)
    left, right = first.isoformat(), last.isoformat()
    if first == last:
        return left.ljust(width)
    return left + right.rjust(width - len(left))


def write_svg(timeline: Timeline, path: Path) -> None:
    """Write the chart as SVG.

    Raises:
        InputError: the file's name does not end in .svg, or its folder does not exist.
    """
    if path.suffix.lower() != ".svg":
        raise InputError(f"{path.name!r} must end in .svg", field="svg")
    if not path.parent.is_dir():
        raise InputError(f"there is no folder {str(path.parent)!r}", field="svg")
    path.write_text(svg(timeline), encoding="utf-8")


def svg(timeline: Timeline) -> str:
    """Return the chart as SVG text."""
    import vl_convert as vlc

    return str(vlc.vegalite_to_svg(chart(timeline)))


def chart(timeline: Timeline) -> dict[str, Any]:
    """Return the chart as a Vega-Lite specification with title, axis labels and text for screen readers."""
    first, last = _span(timeline)
    pad = dt.timedelta(days=max(1, (last - first).days // 20))
    rows = _rows(timeline)
    days = {"domain": [_local(first - pad), _local(last + pad)]}
    shared = {"y": _row_of([row["step"] for row in rows]), "color": _colour(timeline)}
    axis_of_days = {"format": "%d %b %Y", "labelAngle": -30, "labelOverlap": True, "tickCount": 6}
    bars = {"x": {"field": "earliest", "type": "temporal", "scale": days}, "x2": {"field": "latest"}}
    dots = {
        "x": {"field": "date", "type": "temporal", "title": "Date", "scale": days, "axis": axis_of_days},
        "size": SIZE,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": _title(timeline),
        "description": describe(timeline),
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.45}, "encoding": {**shared, **bars}},
            {"mark": {"type": "circle", "opacity": 1}, "encoding": {**shared, **dots}},
        ],
        "width": 420,
        "height": {"step": 24},
    }


def _row_of(steps: list[str]) -> dict[str, Any]:
    return {"field": "step", "type": "nominal", "sort": steps, "title": None, "axis": {"labelLimit": 460}}


def _colour(timeline: Timeline) -> dict[str, Any]:
    actors = list(dict.fromkeys(step.actor for step in timeline.steps))
    colours = [PALETTE[i % len(PALETTE)] for i in range(len(actors))]
    return {
        "field": "actor",
        "type": "nominal",
        "title": "Actor",
        "scale": {"domain": actors, "range": colours},
        "legend": {"labelLimit": 320},
    }


def _rows(timeline: Timeline) -> list[dict[str, Any]]:
    return [
        {
            "step": f"{number}. {_short(step.step)}",
            "date": _local(step.date),
            "earliest": _local(step.earliest),
            "latest": _local(step.latest),
            "actor": step.actor,
            "probability": step.probability,
        }
        for number, step in enumerate(timeline.steps, start=1)
    ]


def percent(share: float) -> str:
    """Return a share in percent; a share that is not quite none or all never looks as if it were."""
    if 0.0 < share < 0.0005:
        return "<0.1%"
    if 0.9995 <= share < 1.0:
        return ">99.9%"
    return f"{share:.1%}"


def describe(timeline: Timeline) -> str:
    """Return the picture in words, for readers who do not see it."""
    steps = "; ".join(f"{step.date}: {step.actor}, {step.step}" for step in timeline.steps)
    return f"{timeline.title}, law of {timeline.as_of}. {steps}."


def _title(timeline: Timeline) -> dict[str, Any]:
    effect = timeline.effective
    if effect.earliest is None:
        said = f"{timeline.effect}: never on this path"
    elif effect.probability_ever > 0.9999995 and effect.earliest == effect.p95:
        said = f"{timeline.effect}: {effect.earliest}"
    else:
        chance = percent(effect.probability_ever)
        said = f"{timeline.effect}: {effect.earliest} at the earliest, probability {chance}"
    return {
        "text": timeline.title,
        "subtitle": [said, "Dot: median date, its size the probability; bar: earliest to latest."],
        "anchor": "start",
    }


def _local(day: dt.date) -> str:
    """Return the day as local midnight: a bare date would be read as UTC and slip a day west of Greenwich."""
    return f"{day.isoformat()}T00:00:00"


def _short(text: str) -> str:
    return text if len(text) <= LABEL_WIDTH else text[: LABEL_WIDTH - 1].rstrip() + "…"


def _span(timeline: Timeline) -> tuple[dt.date, dt.date]:
    dates = [day for step in timeline.steps for day in (step.earliest, step.latest)]
    return min(dates), max(dates)


def _line(step: Step, first: dt.date, last: dt.date, width: int) -> str:
    def column(day: dt.date) -> int:
        days = max(1, (last - first).days)
        return round((day - first).days / days * (width - 1))

    cells = [" "] * width
    for i in range(column(step.earliest), column(step.latest) + 1):
        cells[i] = "─"
    cells[column(step.date)] = "●" if step.probability >= 0.5 else "○"
    return "".join(cells).rstrip()
