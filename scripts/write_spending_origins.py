"""Write the table of docs/explanation/burden-sharing.md that sets spending in a run beside the growth model's forecasts.

uv run python scripts/write_spending_origins.py
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from foedus.insight.vantage.origins import HORIZONS, origins, pooled, width

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "burden-sharing.md"
NAMES = {
    "today": "a run, today's register",
    "before": "a run, priors of 1950-2013",
    "growth_model": "growth model",
}


def row(*cells: object) -> str:
    """Return one row of a markdown table."""
    return f"| {' | '.join(str(c) for c in cells)} |"


def main() -> None:
    """Run every origin and write the two tables."""
    cells = origins()
    lines = [
        row("years ahead", "forecaster", "cells", "CRPS", "50% interval", "90% interval", "width in logs"),
        row(*["---"] * 7),
    ]
    for horizon in HORIZONS:
        for name, found in pooled(cells, horizon).items():
            shares = (f"{found[key]:.0%}" for key in ("coverage_50", "coverage_90"))
            lines.append(
                row(horizon, NAMES[name], found["n"], f"{found['crps']:.3f}", *shares, f"{found['width']:.2f}")
            )
    lines += [
        "",
        row("origin", "years ahead", *(f"{NAMES[n]}: 90%, width" for n in NAMES)),
        row(*["---"] * 5),
    ]
    for c in cells:
        held = []
        for name in NAMES:
            low, high = (np.quantile(c.draws[name], level, axis=0) for level in (0.05, 0.95))
            inside = float(((c.observed >= low) & (c.observed <= high)).mean())
            held.append(f"{inside:.0%}, {width(c.draws[name]):.2f}")
        lines.append(row(c.origin, c.horizon, *held))
    text = PAGE.read_text(encoding="utf-8")
    table = "\n".join(lines)
    pattern = r"(<!-- numbers: origins -->\n).*?(\n<!-- end -->)"
    PAGE.write_text(
        re.sub(pattern, lambda m: m[1] + "\n" + table + "\n" + m[2], text, count=1, flags=re.S),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
