"""Spending shares, pledges and attacks as they were known on a date, ready for the growth model."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from foedus import atlas
from foedus.calibrate.imported import shares_with_import
from foedus.calibrate.spending_model import Floats, GrowthPanel
from foedus.calibrate.store import Store
from foedus.errors import InputError
from foedus.scenario.attacks import raised

FEWEST_YEARS = 4
"""Members with fewer observed years, or without the last two, are left out of a hindcast."""


CORE_PLEDGES = ("wales_2pct_2014", "hague_core_2025")
"""Rows of the atlas's guidelines that set a share of GDP for defence itself, with a deadline."""


@dataclass(frozen=True)
class KnownShares:
    """Shares as known on ``as_of``. ``revised`` says that the edition is later than the date: a stand-in."""

    as_of: dt.date
    edition: str
    revised: bool
    years: tuple[int, ...]
    members: tuple[str, ...]
    share: Floats


def _wide(frame: pl.DataFrame) -> tuple[tuple[int, ...], tuple[str, ...], Floats]:
    wide = (
        frame.select("year", "member", "pct_gdp")
        .pivot(on="member", index="year", values="pct_gdp")
        .sort("year")
    )
    members = tuple(sorted(c for c in wide.columns if c != "year"))
    years = tuple(int(y) for y in wide["year"])
    share = wide.select(members).to_numpy().astype(float)
    return years, members, np.where(share > 0, share, np.nan)


def _nato(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter((pl.col("series") == "NATO") & pl.col("pct_gdp").is_not_null())


def known_shares(as_of: dt.date) -> KnownShares:
    """NATO's own shares as published by ``as_of``.

    Where no edition is that old, the oldest or newest edition stands in, cut to the years ended by then (revised
    figures that nobody could read at the time; ``revised`` says so).

    Errors: InputError for dates that leave fewer than four years.
    """
    frame, revised = _nato(atlas.table("spending", as_of=as_of)), False
    if frame.is_empty():
        frame, revised = _nato(atlas.table("spending")).filter(pl.col("year") < as_of.year), True
        if as_of.month == 12 and as_of.day == 31:
            frame = _nato(atlas.table("spending")).filter(pl.col("year") <= as_of.year)
    if frame["year"].n_unique() < FEWEST_YEARS:
        first = int(_nato(atlas.table("spending"))["year"].to_numpy().min())
        raise InputError(
            f"fewer than {FEWEST_YEARS} years of shares were known on {as_of}: the record starts in {first}",
            field="as-of",
        )
    years, members, share = _wide(frame)
    return KnownShares(as_of, str(frame["edition"].max()), revised, years, members, share)


def revised_shares(origin: int, store: Store | None = None) -> KnownShares:
    """The newest edition cut after ``origin``: what a forecaster with perfect figures would have had.

    Cells of an imported NATO table in ``store`` take the place of the shipped ones.
    """
    shipped = _nato(atlas.table("spending"))
    frame, label = shares_with_import(shipped, store)
    years, members, share = _wide(frame.filter(pl.col("year") <= origin))
    edition = label or str(shipped["edition"].max())
    return KnownShares(dt.date(origin, 12, 31), edition, True, years, members, share)


def pledges(as_of: dt.date) -> list[tuple[dt.date, float, int]]:
    """Alliance-wide pledges with a number and a deadline known by then: (day, percent of GDP, deadline year)."""
    rows = atlas.table("guidelines", as_of=as_of)
    rows = rows.filter(pl.col("guideline").is_in(CORE_PLEDGES))
    listed = zip(rows["date"], rows["target_value"], rows["deadline_year"], strict=True)
    return sorted((day, float(target), int(deadline)) for day, target, deadline in listed)


def shocks(as_of: dt.date, years: range) -> Floats:
    """One row for each attack by then that touches ``years``: 1 in the three years after its own."""
    rows = raised(tuple(years), as_of)
    return rows[rows.any(axis=1)]


def growth_panel(known: KnownShares, horizon: int) -> GrowthPanel:
    """The panel of the growth model, with pledges and attacks carried ``horizon`` years on."""
    keep = np.isfinite(known.share[-2:]).all(axis=0) & (np.isfinite(known.share).sum(axis=0) >= FEWEST_YEARS)
    years = range(known.years[0], known.years[-1] + horizon + 1)
    target, left = np.full(len(years), np.nan), np.ones(len(years))
    for day, value, deadline in pledges(known.as_of):
        for k, year in enumerate(years):
            if year > day.year:
                target[k], left[k] = value, max(1, deadline - year + 1)
    members = tuple(m for m, k in zip(known.members, keep, strict=True) if k)
    return GrowthPanel(known.years, members, known.share[:, keep], target, left, shocks(known.as_of, years))
