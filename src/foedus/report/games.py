"""Pictures of equilibria."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from foedus.errors import InputError

FORMATS = (".svg", ".png", ".html")
COLOURS = {"stable": "#0072B2", "unstable": "#D55E00"}
"""Okabe and Ito's blue and vermilion."""


def draw_equilibria(rows: list[dict[str, Any]], vary: str, out: Path) -> None:
    """Draw the chance of resistance and of a challenge at every equilibrium against one payoff."""
    import altair as alt

    check_picture(out)
    base = (
        alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]
        .mark_point(filled=True, size=14)
        .encode(
            x=alt.X(
                "value:Q",
                title=f"{vary} (standard deviations of private information)",
                scale=alt.Scale(zero=False),
            ),
            color=alt.Color(
                "stability:N",
                title="Best responses",
                scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
            ),
            shape=alt.Shape("kind:N", title="Kind"),
        )
    )
    panels = [
        base.encode(y=alt.Y(f"{name}:Q", title=title, scale=alt.Scale(domain=[0, 1]))).properties(
            width=360, height=260
        )
        for name, title in (("pr", "Chance that the challenge is resisted"), ("pc", "Chance of a challenge"))
    ]
    chart = alt.hconcat(*panels).properties(
        title=f"All equilibria as {vary} varies",
        description=f"Equilibrium chances of resistance and challenge against {vary}",
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    chart.save(str(out))


def check_picture(out: Path) -> None:
    """Refuse a kind of picture that cannot be written."""
    if out.suffix not in FORMATS:
        raise InputError(f"a picture ends in {', '.join(FORMATS)}; got {out.name}", field="out")


def draw_ranks(names: Sequence[str], counts: list[list[int]], out: Path) -> None:
    """Draw how the ranks of true coefficients fall into bins, with the range in which a bin lies 19 times in 20."""
    import altair as alt
    from scipy import stats

    check_picture(out)
    bins, rounds = len(counts[0]), sum(counts[0])
    low, high = (float(stats.binom.ppf(q, rounds, 1 / bins)) for q in (0.025, 0.975))
    rows = [
        {"coefficient": name, "rank": (k + 0.5) / bins, "sets": count, "low": low, "high": high}
        for name, row in zip(names, counts, strict=True)
        for k, count in enumerate(row)
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(  # type: ignore[no-untyped-call]
        x=alt.X("rank:Q", title="rank (share of draws below)", scale=alt.Scale(domain=[0, 1]))
    )
    band = base.mark_area(color="#999999", opacity=0.35).encode(
        y=alt.Y("low:Q", title="data sets"), y2=alt.Y2("high:Q")
    )
    bars = base.mark_bar(color=COLOURS["stable"], size=11).encode(y=alt.Y("sets:Q", title="data sets"))
    layered = alt.layer(band, bars).properties(width=150, height=120)
    chart = layered.facet(facet=alt.Facet("coefficient:N", title=None, sort=list(names)), columns=3).properties(
        title=f"Ranks of true coefficients in {rounds} data sets; grey: where a bin lies 19 times in 20",
        description="Histograms of ranks by coefficient; flat if the posterior is calibrated",
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    chart.save(str(out))
