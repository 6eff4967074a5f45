"""Do the larger members carry more? Rank correlation of income and spending share, year by year."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy import stats

from foedus import atlas

FEWEST_MEMBERS = 5


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's and Kendall's coefficients over the members of one year, with two-sided p."""

    year: int
    series: str
    scope: str
    members: int
    spearman: float
    spearman_p: float
    kendall: float
    kendall_p: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def correlations(frame: pl.DataFrame, series: str) -> list[RankCorrelation]:
    """One row for each year and scope of ``frame`` (columns member, year, pct_gdp, gdp)."""
    out = []
    for scope in ("all_members", "excluding_usa"):
        rows = frame if scope == "all_members" else frame.filter(pl.col("member") != "USA")
        for (year,), part in sorted(rows.partition_by("year", as_dict=True).items()):
            if part.height < FEWEST_MEMBERS:
                continue
            rho, p = stats.spearmanr(part["gdp"].to_numpy(), part["pct_gdp"].to_numpy())
            tau, q = stats.kendalltau(part["gdp"].to_numpy(), part["pct_gdp"].to_numpy())
            out.append(
                RankCorrelation(
                    int(year), series, scope, part.height, float(rho), float(p), float(tau), float(q)
                )
            )
    return out


def nato_frame() -> pl.DataFrame:
    """Members of each year with their share and the GDP that it implies, constant 2021 USD."""
    rows = atlas.table("spending").filter(
        (pl.col("series") == "NATO")
        & pl.col("is_member")
        & pl.col("pct_gdp").is_not_null()
        & (pl.col("pct_gdp") > 0)
    )
    rows = rows.with_columns(gdp=pl.col("usd_million_constant") / pl.col("pct_gdp") * 100)
    return rows.drop_nulls("gdp").select("member", "year", "pct_gdp", "gdp")


def sipri_frame(milex: pl.DataFrame) -> pl.DataFrame:
    """Members of each year from a SIPRI table (iso3, year, usd_million_constant, pct_gdp).

    Membership runs from the year of accession (atlas); GDP is spending over share.
    """
    members = atlas.table("members").filter(pl.col("accession_date").is_not_null()).select(
        pl.col("member").alias("iso3"), joined=pl.col("accession_date").dt.year()
    )  # fmt: skip
    rows = milex.join(members, on="iso3").filter(
        (pl.col("year") >= pl.col("joined")) & (pl.col("pct_gdp") > 0) & (pl.col("usd_million_constant") > 0)
    )
    return rows.select(
        pl.col("iso3").alias("member"),
        "year",
        "pct_gdp",
        gdp=pl.col("usd_million_constant") / pl.col("pct_gdp"),
    )


def period_mean(rows: list[RankCorrelation], first: int, last: int) -> tuple[float, int, int]:
    """Mean Spearman over the years, how many are significant at 5 per cent, and how many years."""
    chosen = [r for r in rows if first <= r.year <= last and r.scope == "all_members"]
    if not chosen:
        return float("nan"), 0, 0
    return float(np.mean([r.spearman for r in chosen])), sum(r.spearman_p < 0.05 for r in chosen), len(chosen)
