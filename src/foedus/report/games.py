"""Pictures of equilibria."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import vl_convert
from scipy import stats

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
    check_picture(out)
    _write(equilibria_chart(rows, vary), out)


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


def check_picture(out: Path) -> None:
    """Refuse a kind of picture that cannot be written."""
    if out.suffix not in FORMATS:
        raise InputError(f"a picture ends in {', '.join(FORMATS)}; got {out.name}", field="out")


def draw_ranks(names: Sequence[str], counts: list[list[int]], out: Path) -> None:
    """Draw how the ranks of true coefficients fall into bins, with the range in which a bin lies 19 times in 20."""
    check_picture(out)
    _write(ranks_chart(names, counts), out)


def ranks_chart(names: Sequence[str], counts: list[list[int]]) -> Document:
    """Return a panel of ranks for each coefficient as a Vega-Lite document. ``counts``: data sets by coefficient and bin."""
    bins, rounds = len(counts[0]), sum(counts[0])
    low, high = (float(stats.binom.ppf(q, rounds, 1 / bins)) for q in (0.025, 0.975))
    rows = [
        {"coefficient": name, "rank": (k + 0.5) / bins, "sets": count, "low": low, "high": high}
        for name, row in zip(names, counts, strict=True)
        for k, count in enumerate(row)
    ]
    rank = quantity("rank", title="rank (share of draws below)", scale={"domain": [0, 1]})
    sets = quantity("sets", title="data sets")
    band = layer(
        "area", {"color": "#999999", "opacity": 0.35}, x=rank, y=sets | {"field": "low"}, y2={"field": "high"}
    )
    bars = layer("bar", {"color": COLOURS["stable"], "size": 11}, x=rank, y=sets)
    return {
        "$schema": SCHEMA_URL,
        "title": f"Ranks of true coefficients in {rounds} data sets; grey: where a bin lies 19 times in 20",
        "description": "Histograms of ranks by coefficient; flat if the posterior is calibrated",
        "data": {"values": rows},
        "facet": category("coefficient", title=None, sort=list(names)),
        "columns": 3,
        "spec": {"layer": [band, bars], "width": 150, "height": 120},
    }


def _write(chart: Document, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".svg":
        out.write_text(still(chart), encoding="utf-8")
    elif out.suffix == ".png":
        out.write_bytes(vl_convert.vegalite_to_png(chart, vl_version=VEGALITE_VERSION))
    else:
        page = vl_convert.vegalite_to_html(chart, vl_version=VEGALITE_VERSION, bundle=True)
        out.write_text(page, encoding="utf-8")
