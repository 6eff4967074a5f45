"""Covariates of the dispute forecasts, from the dyad-year panel.

Peace years enter as ``exp(-t / tau)`` terms: they fall from one after a dispute and flatten out, so that no forecast
runs away for dyads with a longer peace than any in the training years, as a cubic does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import InputError

Floats = NDArray[np.float64]

DECAY_YEARS = (1.0, 3.0, 10.0, 30.0)
"""Time constants, years: the same dispute dying down, a rivalry, a generation."""

ALLIANCE = (
    "b_has_defence_pact", "ln_ally_cinc_b", "b_n_major_defence_allies", "b_us_defence_ally",
    "a_has_defence_pact", "a_has_offence_pact", "a_has_neutrality_pact",
    "a_defends_b", "a_b_nonaggression_pact", "a_b_neutrality_pact", "s_score_atop",
)  # fmt: skip
POWER = ("capprop", "ln_cinc_a", "ln_cinc_b", "major_a", "major_b")
SPACE = ("ln_distance", "land_contig", "contiguous")
REGIME = ("jdem", "jdem_missing")
CUBIC = ("py1", "py2", "py3")
EXTENDED = (*ALLIANCE, *SPACE, *POWER, *REGIME, *CUBIC)
"""Columns of the extended logit of the published baseline."""

BOOSTING = (
    "cinc_a", "cinc_b", "major_a", "major_b", "contiguity_type", "cap_dist_km", "polity2_a", "polity2_b",
    "polyarchy_a", "polyarchy_b", "peace_years_dyad", "peace_years_directed", "gdp_a", "gdp_b", "ln_trade",
    "b_has_defence_pact", "b_n_defence_allies", "b_defence_allies_cinc", "b_n_major_defence_allies",
    "b_us_defence_ally", "b_n_allies_also_defending_a", "b_n_defence_allies_contig_a", "a_has_defence_pact",
    "a_defence_allies_cinc", "a_has_offence_pact", "a_has_neutrality_pact", "a_defends_b", "a_b_nonaggression_pact",
    "a_b_neutrality_pact", "a_b_offence_pact", "s_score_atop",
)  # fmt: skip

SMALLEST_SHARE = 1e-6
"""Capability shares below this are treated as this before the logarithm."""


def usable_rows(panel: pl.DataFrame) -> pl.DataFrame:
    """Drop years inside an old dispute without a new one: no onset could be coded there."""
    return panel.filter((pl.col("mid_ongoing_dyad") == 0) | (pl.col("mid_any_onset_dyad") == 1))


def _log_share(name: str) -> pl.Expr:
    return pl.max_horizontal(pl.col(name).cast(pl.Float64), pl.lit(SMALLEST_SHARE)).log()


def add_features(panel: pl.DataFrame) -> pl.DataFrame:
    """``panel`` with the derived columns used by any dispute model."""
    peace = pl.col("peace_years_dyad").cast(pl.Float64)
    directed = pl.col("peace_years_directed").cast(pl.Float64)
    total = pl.col("cinc_a").cast(pl.Float64) + pl.col("cinc_b")
    derived = {
        "ln_ally_cinc_b": (pl.col("b_defence_allies_cinc").cast(pl.Float64) + 0.001).log(),
        "ln_distance": pl.max_horizontal(pl.col("cap_dist_km").cast(pl.Float64), pl.lit(1.0)).log(),
        "land_contig": (pl.col("contiguity_type") == 1).cast(pl.Float64),
        "capprop": pl.when(total > 0).then(pl.col("cinc_a") / total).otherwise(0.5),
        "ln_cinc_a": _log_share("cinc_a"),
        "ln_cinc_b": _log_share("cinc_b"),
        "py1": peace / 10,
        "py2": (peace / 10) ** 2,
        "py3": (peace / 10) ** 3,
        "both_weak": (1 - pl.col("major_a").cast(pl.Float64)) * (1 - pl.col("major_b").cast(pl.Float64)),
        "balance": 1 - (2 * pl.when(total > 0).then(pl.col("cinc_a") / total).otherwise(0.5) - 1).abs(),
    }
    for tau in DECAY_YEARS:
        derived[f"calm_dyad_{tau:g}"] = (-peace / tau).exp()
        derived[f"calm_directed_{tau:g}"] = (-directed / tau).exp()
    frame = panel.with_columns(**derived)
    return frame.with_columns(**_optional(frame.columns))


def _optional(columns: Sequence[str]) -> dict[str, pl.Expr]:
    """Regime and trade columns where the panel carries them; neutral values with a flag where it does not."""
    out: dict[str, pl.Expr] = {}
    if "joint_democracy" in columns:
        out["jdem"] = pl.col("joint_democracy").cast(pl.Float64).fill_null(0.0)
        out["jdem_missing"] = pl.col("joint_democracy").is_null().cast(pl.Float64)
    if {"imports_a_from_b_usd_million_current", "imports_b_from_a_usd_million_current"} <= set(columns):
        flows = pl.col("imports_a_from_b_usd_million_current") + pl.col("imports_b_from_a_usd_million_current")
        out["ln_trade"] = flows.cast(pl.Float64).log1p()
    for side in "ab":
        if f"polyarchy_{side}" in columns:
            value = pl.col(f"polyarchy_{side}").cast(pl.Float64)
            out[f"open_{side}"] = value.fill_null(value.mean())
    return out


def matrix(frame: pl.DataFrame, names: Sequence[str]) -> Floats:
    """Columns as an array (row, column), NaN where missing.

    Errors: InputError names the columns that the panel does not carry.
    """
    missing = [n for n in names if n not in frame.columns]
    if missing:
        raise InputError(f"the dyad-year panel lacks {', '.join(missing)}")
    return frame.select(pl.col(n).cast(pl.Float64) for n in names).fill_null(float("nan")).to_numpy()


def present(frame: pl.DataFrame, names: Sequence[str]) -> tuple[str, ...]:
    """Those of ``names`` that the panel carries."""
    return tuple(n for n in names if n in frame.columns)
