"""The allies' spending at a start: newest shares, GDP and what the newest year brought, as known on a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus import atlas
from foedus.errors import InputError
from foedus.model.parameters import constant
from foedus.scenario.attacks import alarm

Floats = NDArray[np.float64]

BASE_YEAR = 2021


@dataclass(frozen=True)
class Spending:
    """The newest spending series known on the date, cut at the start."""

    frame: pl.DataFrame  # member, year, pct_gdp, equipment_share_pct, gdp (billion USD of 2021)

    @classmethod
    def read(cls, start: dt.date, as_of: dt.date | None, notes: list[str]) -> Spending:
        """Read shares and GDP up to the year of the start (the year before, for a start in its first half)."""
        last_year = start.year if start.month > 6 else start.year - 1
        everything = atlas.table("spending", all_editions=True).filter(pl.col("series") == "NATO")
        first = everything["as_of"].min()
        known = as_of
        if as_of is not None and isinstance(first, dt.date) and as_of < first:
            notes.append(
                f"spending: the atlas holds no edition known on {as_of}; the edition of {first} stands in, cut at "
                f"{as_of.year - 1} and without its estimates"
            )
            known, last_year = first, min(last_year, as_of.year - 2 if as_of.month < 7 else as_of.year - 1)
        shares = atlas.table("spending", as_of=known).filter(
            (pl.col("series") == "NATO") & (pl.col("year") <= last_year)
        )
        if shares.is_empty():
            raise InputError(_too_early(start, as_of))
        economy = atlas.table("economy", as_of=known).filter(pl.col("year") <= last_year)
        return cls(
            shares.join(_constant_gdp(economy), on=["member", "year"], how="left")
            .select("member", "year", "pct_gdp", "equipment_share_pct", "gdp")
            .sort("member", "year")
        )

    def _latest(self, column: str, code: str, back: int = 0) -> float | None:
        values = self.frame.filter((pl.col("member") == code) & pl.col(column).is_not_null())[column]
        return float(values[-1 - back]) if len(values) > back else None

    def share(self, codes: list[str]) -> Floats:
        """Return the newest share of GDP, shape (N,); a member without forces gets a token share."""
        token = constant("record.token_share")
        return np.array([max(self._latest("pct_gdp", code) or 0.0, token) / 100 for code in codes])

    def gdp(self, codes: list[str]) -> Floats:
        """Return the newest GDP, billion USD of 2021, shape (N,)."""
        return np.array([self._latest("gdp", code) or 0.0 for code in codes])

    def equipment(self, codes: list[str]) -> Floats:
        """Return the newest equipment share of spending, shape (N,); the guideline's where it is missing."""
        usual = constant("record.equipment_share_missing")
        return np.array([(self._latest("equipment_share_pct", code) or usual) / 100 for code in codes])

    def momentum(self, codes: list[str]) -> Floats:
        """Return the growth of the log share over the last years, per year, shape (N,)."""
        years = int(constant("record.momentum_years"))

        def growth(code: str) -> float:
            now, then = self._latest("pct_gdp", code), self._latest("pct_gdp", code, years)
            return float(np.log(now / then)) / years if now and then else 0.0

        return np.array([growth(code) for code in codes])

    def news(self, codes: list[str], known: dt.date) -> dict[str, Floats]:
        """Return what the last years brought, log points: each ally's momentum, the newest year's growth common to all, the allies'
        distance from it, and whether that year's budgets stood under an attack up to the day.
        """
        under = alarm((self.newest(codes),), known)[0]
        pairs = [(self._latest("pct_gdp", code), self._latest("pct_gdp", code, 1)) for code in codes]
        growth = np.array([np.log(now / then) for now, then in pairs if now and then])
        return {
            "spending_momentum": self.momentum(codes),
            "spending_alarm": np.asarray(under),
            **news_of(growth),
        }

    def newest(self, codes: list[str]) -> int:
        """Return the newest year with a share of any of the members."""
        shares = self.frame.filter(pl.col("member").is_in(codes) & pl.col("pct_gdp").is_not_null())
        return int(shares["year"].to_numpy().max())

    def level(self, code: str) -> float:
        """Return one member's spending, billion USD of 2021."""
        return float(self.share([code])[0] * self.gdp([code])[0])


def news_of(growth: Floats) -> dict[str, Floats]:
    """Return the common part of members' yearly growth, the median, and the median distance from it; no news without growth."""
    common = np.median(growth) if len(growth) else 0.0
    distance = np.median(np.abs(growth - common)) if len(growth) else constant("record.unrest_missing")
    return {"spending_news": np.asarray(common), "spending_unrest": np.asarray(distance)}


def _too_early(start: dt.date, as_of: dt.date | None) -> str:
    if as_of is not None:
        return f"nothing is known of spending on {as_of}; the earliest as-of date of a run is 2015-07-01"
    return f"the record of spending begins later than {start}; the earliest start is 2015-01"


def _constant_gdp(economy: pl.DataFrame) -> pl.DataFrame:
    """Return GDP in billion USD of 2021: editions at another base are rescaled by each member's own 2021 figures.

    The price basis is a unit and no news, so it is taken from the whole table, also where the record is cut before 2021.
    """
    base = (
        atlas.table("economy")
        .filter(pl.col("year") == BASE_YEAR)
        .select(
            "member", (pl.col("gdp_usd_million_current") / pl.col("gdp_usd_million_constant")).alias("scale")
        )
    )
    on_base = pl.col("constant_base_year") == BASE_YEAR
    return economy.join(base, on="member", how="left").select(
        "member",
        "year",
        (
            pl.col("gdp_usd_million_constant") * pl.when(on_base).then(1.0).otherwise(pl.col("scale")) / 1000
        ).alias("gdp"),
    )
