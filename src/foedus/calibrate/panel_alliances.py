"""Alliance columns of the dyad-year panel: counts and capability of third-state allies, and portfolio similarity.

One matrix for each year and obligation (row: who is bound, column: towards whom); every column of the panel is a
sum or a product of these, so that a year costs a few small matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

UNITED_STATES = 2
MAX_CODE = 1000
OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")
STRONGEST = 3
"""Portfolio weights: defence or offence 3, neutrality or non-aggression 2, consultation 1, towards oneself 3."""


@dataclass(frozen=True)
class Year:
    """The states of one year and what binds them, as matrices (state, state)."""

    codes: NDArray[np.int32]
    bound: dict[str, Matrix]
    touches: Matrix
    cinc: Matrix
    major: Matrix
    in_system: NDArray[np.bool_]


def portfolio_similarity(bound: dict[str, Matrix], over: NDArray[np.bool_] | None = None) -> Matrix:
    """Signorino and Ritter's S, unweighted: 1 for equal portfolios, -1 for those furthest apart.

    ``over`` marks the states that the sum runs over (all of them where it is left out).

    The sum of absolute differences is found level by level: two portfolios differ at level k where only one of them
    reaches k.
    """
    strong = (bound["defense"] + bound["offense"]) > 0
    middle = (bound["neutral"] + bound["nonagg"]) > 0
    level = np.where(strong, 3, np.where(middle, 2, np.where(bound["consul"] > 0, 1, 0)))
    np.fill_diagonal(level, STRONGEST)
    if over is not None:
        level = level[:, over]
    states = level.shape[1]
    apart = np.zeros((len(level), len(level)), dtype=np.float32)
    for k in range(1, STRONGEST + 1):
        reaches = (level >= k).astype(np.float32)
        total = reaches.sum(axis=1)
        apart += total[:, None] + total[None, :] - 2 * reaches @ reaches.T
    return np.asarray(1 - 2 * apart / (STRONGEST * states), dtype=np.float32)


def _columns_of(year: Year, a: NDArray[np.int64], b: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    """Panel columns for the pairs (a, b), given as positions in ``year.codes``."""
    bound = year.bound
    defence = bound["defense"]
    to_a, to_b = defence[b, a], defence[a, b]
    count, strength = defence.sum(axis=0), defence.T @ year.cinc
    majors = defence.T @ year.major
    shared = (defence.T @ defence)[b, a]
    shared_cinc = ((defence * year.cinc[:, None]).T @ defence)[b, a]
    touching = (defence.T @ year.touches)[b, a]
    us = np.flatnonzero(year.codes == UNITED_STATES)
    from_us = (
        defence[us[0], b] * (year.codes[a] != UNITED_STATES) if us.size else np.zeros(len(a), dtype=np.float32)
    )
    n_b = count[b] - to_b
    third = {kind: (bound[kind].sum(axis=0)[a] - bound[kind][b, a] > 0) for kind in ("offense", "neutral")}
    columns = {
        "b_has_defence_pact": n_b > 0,
        "b_n_defence_allies": n_b,
        "b_defence_allies_cinc": strength[b] - to_b * year.cinc[a],
        "b_n_major_defence_allies": majors[b] - to_b * year.major[a],
        "b_us_defence_ally": from_us,
        "b_n_allies_also_defending_a": shared,
        "b_allies_also_defending_a_cinc": shared_cinc,
        "b_n_defence_allies_contig_a": touching,
        "a_has_defence_pact": count[a] - to_a > 0,
        "a_defence_allies_cinc": strength[a] - to_a * year.cinc[b],
        "a_has_offence_pact": third["offense"],
        "a_has_neutrality_pact": third["neutral"],
        "a_defends_b": to_b,
        "a_b_offence_pact": bound["offense"][a, b],
        "a_b_neutrality_pact": bound["neutral"][a, b],
        "a_b_nonaggression_pact": bound["nonagg"][a, b],
        "a_b_consultation_pact": bound["consul"][a, b],
        "s_score_atop": portfolio_similarity(bound, year.in_system)[a, b],
    }
    return {name: np.asarray(value, dtype=np.float32) for name, value in columns.items()}


def _matrices(
    codes: NDArray[np.int32], pacts: NDArray[np.float64], pairs: NDArray[np.int32], state: Matrix
) -> Year:
    """Matrices of one year from its alliance rows, its contiguous pairs and its state rows (cinc, major)."""
    size = len(codes)
    bound = {kind: np.zeros((size, size), dtype=np.float32) for kind in OBLIGATIONS}
    i, j = (np.searchsorted(codes, pacts[:, k]) for k in (0, 1))
    for k, kind in enumerate(OBLIGATIONS):
        bound[kind][i, j] = pacts[:, 2 + k]
    touches = np.zeros((size, size), dtype=np.float32)
    near = pairs[pairs[:, 2] > 0]
    touches[np.searchsorted(codes, near[:, 0]), np.searchsorted(codes, near[:, 1])] = 1
    in_system = np.isin(codes, pairs[:, 0])
    return Year(codes, bound, touches, state[codes, 0], state[codes, 1], in_system)


def _by_year(values: NDArray[Any]) -> dict[int, NDArray[Any]]:
    """Rows of a table by the year in its first column; the table must be sorted by year."""
    years, start = np.unique(values[:, 0], return_index=True)
    return {int(y): part[:, 1:] for y, part in zip(years, np.split(values, start[1:]), strict=True)}


def _states(capability: pl.DataFrame, majors: pl.DataFrame) -> dict[int, Matrix]:
    """For each year an array (state code, 2) of capability share and major-power flag; zero where not known."""
    table = capability.join(majors, on=["ccode", "year"], how="full", coalesce=True).sort("year")
    values = table.select(pl.col("year", "ccode", "cinc", "major").cast(pl.Float64).fill_null(0)).to_numpy()
    out: dict[int, Matrix] = {}
    for year, rows in _by_year(values).items():
        out[year] = np.zeros((MAX_CODE, 2), dtype=np.float32)
        out[year][rows[:, 0].astype(int)] = rows[:, 1:]
    return out


def alliance_columns(
    panel: pl.DataFrame, alliances: pl.DataFrame, capability: pl.DataFrame, majors: pl.DataFrame
) -> pl.DataFrame:
    """``panel`` with the alliance columns added; rows come back sorted by year.

    Allies outside the state system (small German and Italian states, for instance) count as allies; the similarity of
    portfolios is taken over the states of the system.
    """
    panel = panel.sort("year", "ccode_a", "ccode_b")
    order = ["year", "ccode1", "ccode2", *(f"atop_{kind}" for kind in OBLIGATIONS)]
    pacts = _by_year(alliances.sort("year").select(order).cast(pl.Float64).to_numpy())
    states = _states(capability, majors)
    none, unknown = np.empty((0, len(order) - 1)), np.zeros((MAX_CODE, 2), dtype=np.float32)
    parts: list[dict[str, NDArray[np.float32]]] = []
    keys = panel.select(pl.col("year", "ccode_a", "ccode_b", "contiguity_type").cast(pl.Int32)).to_numpy()
    for year, rows in _by_year(keys).items():
        bound, a, b = pacts.get(year, none), rows[:, 0], rows[:, 1]
        codes = np.unique(np.concatenate([a, b, bound[:, 0].astype(np.int32), bound[:, 1].astype(np.int32)]))
        matrices = _matrices(codes, bound, rows, states.get(year, unknown))
        parts.append(_columns_of(matrices, np.searchsorted(codes, a), np.searchsorted(codes, b)))
    names = list(parts[0])
    new = pl.DataFrame({name: np.concatenate([p[name] for p in parts]) for name in names})
    whole = [n for n in names if not n.endswith("cinc") and n != "s_score_atop"]
    return panel.hstack(new.with_columns(pl.col(n).cast(pl.Int16) for n in whole))
