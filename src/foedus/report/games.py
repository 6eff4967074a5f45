"""Pictures of equilibria."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from foedus.errors import InputError

FORMATS = (".svg", ".png", ".html")
COLOURS = {"stable": "#0072B2", "unstable": "#D55E00"}
"""Okabe and Ito's blue and vermilion."""


def draw_equilibria(rows: list[dict[str, Any]], vary: str, out: Path) -> None:
    """Draw the chance of resistance and of a challenge at every equilibrium against one payoff."""
    import altair as alt

    if out.suffix not in FORMATS:
        raise InputError(f"a picture ends in {', '.join(FORMATS)}; got {out.name}", field="out")
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
