"""How often alliances were honoured when war called on them, by period, kind and war.

Only wars that happened are counted: pacts that deterred, or were never tested, are absent. A commitment counts as
broken if any one obliged member failed, so large alliances fail more easily by construction.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

EARLY = "1816-1944"
"""The record's own name for the wars before 1945; wars that straddle the year are placed by its authors."""
KINDS = {
    "any": None, "defence": "has_defence", "offence": "has_offence", "neutrality": "has_neutrality",
    "nonaggression": "has_nonaggression", "consultation": "has_consultation",
}  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """Share honoured with its Wilson interval, over cases and with each war counted once."""

    kind: str
    period: str
    members: str
    honoured: int
    cases: int
    wars: int
    share_pct: float
    low_pct: float
    high_pct: float
    per_war_pct: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def wilson(successes: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval for a share, as fractions.

    Example:
        >>> tuple(round(v, 3) for v in wilson(73, 146))
        (0.42, 0.58)
    """
    share, z2 = successes / n, z * z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * float(np.sqrt(share * (1 - share) / n + z2 / (4 * n * n)))
    # Rounding can push a bound past the share itself at 0 and 1.
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))


def rate(cases: pl.DataFrame, kind: str, period: str, members: str) -> Rate | None:
    """One cell of the table, None where it holds no case."""
    rows = cases
    if KINDS[kind]:
        rows = rows.filter(pl.col(str(KINDS[kind])) == 1)
    if period != "all":
        early = pl.col("period") == EARLY
        rows = rows.filter(early if period == "before 1945" else ~early)
    if members != "all":
        rows = rows.filter((pl.col("multilateral") == 1) == (members == "multilateral"))
    if rows.is_empty():
        return None
    honoured, n = int(rows["honoured"].sum()), rows.height
    low, high = wilson(honoured, n)
    by_war = rows.group_by("war", "war_start_year").agg(pl.col("honoured").cast(pl.Float64).mean())["honoured"]
    return Rate(
        kind, period, members, honoured, n, len(by_war), 100 * honoured / n, 100 * low, 100 * high,
        100 * float(by_war.to_numpy().mean()),
    )  # fmt: skip


def rates(cases: pl.DataFrame) -> list[Rate]:
    """Every kind, period and size with a case."""
    periods, sizes = ("all", "before 1945", "from 1945"), ("all", "bilateral", "multilateral")
    cells = [rate(cases, kind, period, size) for kind in KINDS for period in periods for size in sizes]
    return [cell for cell in cells if cell is not None]
