"""Does a defence pact with the target lower initiation? Estimates by definition and period, never a point.

The specification is that of Johnson and Leeds 2011 (Foreign Policy Analysis 7:45-65) as a logit: pacts of both sides,
distance, power, joint democracy, similarity of portfolios and a cubic of peace years; years inside an old dispute are
dropped and errors are clustered by undirected dyad. These are associations: states under threat seek pacts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import special, stats

from foedus.calibrate.dispute_features import add_features, matrix, present, usable_rows

Floats = NDArray[np.float64]
CONTROLS = (
    "a_has_defence_pact", "a_has_offence_pact", "a_has_neutrality_pact", "ln_distance", "capprop", "jdem", "s_score_atop",
    "py1", "py2", "py3", "jdem_missing",
)  # fmt: skip
DEFINITIONS = {
    "any pact": "b_has_defence_pact",
    "pact not limited to a named adversary or conflict": "b_has_broad_defence_pact",
    "pact with no limit at all": "b_has_unlimited_defence_pact",
    "US pact": "b_us_defence_ally",
}
PERIODS = ((1816, 2000), (1816, 1944), (1945, 2000), (1991, 2014))
FEWEST_ONSETS = 50


@dataclass(frozen=True)
class PactEffect:
    """One estimate: coefficient on the log-odds, clustered standard error, and the mean change of the probability."""

    definition: str
    first_year: int
    last_year: int
    rows: int
    onsets: int
    coefficient: float
    standard_error: float
    p_value: float
    change_pct: float
    change_low_pct: float
    change_high_pct: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def cluster_logit(x: Floats, y: Floats, cluster: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Coefficients of a logit and their covariance with errors clustered by ``cluster``; ``x`` holds the constant.

    The covariance carries the usual factor G / (G - 1) * (n - 1) / (n - k).
    """
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = special.expit(x @ beta)
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x, x.T @ (y - p))
        beta = beta + step
        if np.max(np.abs(step)) < 1e-9:
            break
    p = special.expit(x @ beta)
    bread = np.linalg.inv((x.T * (p * (1 - p))) @ x)
    _, group = np.unique(cluster, return_inverse=True)
    groups = int(group.max()) + 1
    score = np.zeros((groups, x.shape[1]))
    np.add.at(score, group, x * (y - p)[:, None])
    n, k = x.shape
    factor = groups / (groups - 1) * (n - 1) / (n - k)
    return beta, factor * bread @ (score.T @ score) @ bread


def effect(frame: pl.DataFrame, definition: str, column: str, controls: Sequence[str]) -> PactEffect:
    """One estimate on prepared rows without missing values in ``column``."""
    names = [column, *(c for c in controls if c != column)]
    raw = np.nan_to_num(matrix(frame, names))
    keep = raw.std(axis=0) > 0
    raw = raw[:, keep]
    x = np.column_stack([raw, np.ones(len(raw))])
    y = frame["mid_onset"].to_numpy().astype(float)
    pair = frame.select(
        pl.min_horizontal("ccode_a", "ccode_b").cast(pl.Int64) * 1000 + pl.max_horizontal("ccode_a", "ccode_b")
    ).to_series()
    beta, covariance = cluster_logit(x, y, pair.to_numpy())
    se = float(np.sqrt(covariance[0, 0]))

    def change(coefficient: float) -> float:
        without = x @ beta - x[:, 0] * beta[0]
        return float(100 * np.mean(special.expit(without + coefficient) / special.expit(without) - 1))

    return PactEffect(
        definition, int(frame["year"].min() or 0), int(frame["year"].max() or 0), frame.height, int(y.sum()),  # type: ignore[arg-type]
        float(beta[0]), se, float(2 * stats.norm.sf(abs(beta[0] / se))),
        change(beta[0]), change(beta[0] - 1.645 * se), change(beta[0] + 1.645 * se),
    )  # fmt: skip


def pact_effects(panel: pl.DataFrame) -> list[PactEffect]:
    """Every definition and period that the panel carries with enough onsets."""
    frame = add_features(usable_rows(panel))
    controls = present(frame, CONTROLS)
    out = []
    for definition, column in DEFINITIONS.items():
        if column not in frame.columns:
            continue
        extra = ("b_has_defence_pact",) if definition == "US pact" else ()
        for first, last in PERIODS:
            rows = frame.filter(pl.col("year").is_between(first, last) & pl.col(column).is_not_null())
            if (
                rows.height
                and int(rows["mid_onset"].cast(pl.Int64).sum()) >= FEWEST_ONSETS
                and rows[column].n_unique() > 1
            ):
                out.append(effect(rows, definition, column, (*extra, *controls)))
    return out
