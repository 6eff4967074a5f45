"""Write the table of docs/explanation/ukraine-war.md that sets the reduced form's ceasefire beside the war module.

    uv run python scripts/fit_ceasefire_to_war.py [DRAWS]

Half a minute of processor time. The table stands between ``<!-- numbers: ceasefire -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from foedus.insight.war_ceasefire import Pair, compare

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "ukraine-war.md"
MONTHS = ("2023-01", "2024-01", "2025-01", "2026-06")
STOPS = (("USA",), ("EU",), ("USA", "EU"))


def row(pair: Pair) -> str:
    """Return one row of the table."""
    middle, low, high = pair.k
    cells = (
        pair.month,
        " and ".join(pair.stopped),
        f"{pair.gap:.2f}",
        f"{pair.chances[0]:.3f} to {pair.chances[1]:.3f}",
        f"{middle:.1f} ({low:.1f} to {high:.1f})",
        f"{pair.raised:.0%}".replace("%", " %"),
    )
    return f"| {' | '.join(cells)} |"


def main(draws: int) -> None:
    """Run every pair and write the table."""
    head = (
        "| from the end of | stopped | share of deliveries missing | chance of a settlement a quarter | k, logit for a full gap "
        "| draws in which the chance rises |\n| --- | --- | --- | --- | --- | --- |"
    )
    rows = [row(compare(month, stopped, draws)) for month in MONTHS for stopped in STOPS]
    text = PAGE.read_text(encoding="utf-8")
    made = "\n".join(["<!-- numbers: ceasefire -->", "", head, *rows, "", "<!-- end -->"])
    new, count = re.subn(r"<!-- numbers: ceasefire -->.*?<!-- end -->", lambda _: made, text, flags=re.DOTALL)
    if count != 1:
        raise SystemExit(f"{PAGE.name} has no place for the table")
    PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
