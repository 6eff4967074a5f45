"""The panel of politically relevant directed dyad-years, rebuilt from the publishers' tables.

One row for each year and ordered pair (challenger a, target b) of states of which at least one is a major power or
which touch (directly or over at most 400 miles of sea). Everything is computed from tables in the layout of ``data import``:
small tables with polars, the two million dyad-years as sorted integers (``panel_rows``). The definitions are those of the
reference panel, and differ where the docs page says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from foedus.calibrate.panel_rows import by_state_year, relevant_rows
from foedus.calibrate.store import Store
from foedus.errors import InputError, did_you_mean

NO_CONTIGUITY = 0
MAX_CONTIGUITY = 5
ACROSS_400_MILES = 5
EARTH_RADIUS_KM = 6378.137


@dataclass(frozen=True)
class RawTables:
    """The publishers' tables that the panel is made from, in the layout of ``formats.csv``."""

    dyads: pl.DataFrame
    contiguity: pl.DataFrame
    majors: pl.DataFrame
    disputes: pl.DataFrame
    dispute_list: pl.DataFrame
    capabilities: pl.DataFrame
    alliances: pl.DataFrame
    capitals: pl.DataFrame

    def last_years(self) -> dict[str, int]:
        """Where each table ends that a year of the panel cannot do without."""
        return {
            "dyads": _last(self.dyads, "year"),
            "contiguity": int(self.contiguity["enddate"].dt.year().max()),  # type: ignore[arg-type]
            "majors": _last(self.majors, "endyear"),
            "disputes": _last(self.disputes, "year"),
            "capabilities": _last(self.capabilities, "year"),
            "alliances": _last(self.alliances, "year"),
        }

    @property
    def last_year(self) -> int:
        """The panel's last year: where the first of its tables ends. Newer editions of all of them move it on."""
        return min(self.last_years().values())


def _last(frame: pl.DataFrame, column: str) -> int:
    return int(frame[column].cast(pl.Int64).max() or 0)  # type: ignore[arg-type]


RECORDS = {"cow": "cow_mid_dirdisps", "gml": "gml_mid_dirdisps"}
"""Codings of the same disputes: the Correlates of War's own, and that of Gibler, Miller and Little."""


def load_raw(store: Store, record: str = "cow") -> RawTables:
    """Read the eight tables from the user's data directory; one that is missing is named with the command to import it.

    ``record`` chooses the coding of disputes. Whether a dispute was reciprocated is read from that coding where it
    says so, else from the list of the Correlates of War by its number.
    """
    if record not in RECORDS:
        raise InputError(f"unknown record {record!r}{did_you_mean(record, tuple(RECORDS))}", field="record")
    return RawTables(
        dyads=store.read("cow_ddy") if store.has("cow_ddy") else dyads_of(store.read("cow_states")),
        contiguity=store.read("cow_contdir"),
        majors=store.read("cow_majors"),
        disputes=store.read(RECORDS[record]),
        dispute_list=store.read("cow_mid_disps"),
        capabilities=store.read("cow_nmc"),
        alliances=store.read("atop_alliance"),
        capitals=store.read("cow_capitals"),
    )


def _codes(frame: pl.DataFrame, *names: str) -> pl.DataFrame:
    return frame.with_columns(pl.col(n).cast(pl.Int32) for n in names)


def dyads_of(states: pl.DataFrame) -> pl.DataFrame:
    """Directed dyad-years of the state system: both states in it on one day of the year at least."""
    day = pl.col("styear") * 10000 + pl.col("stmonth") * 100 + pl.col("stday")
    last = pl.col("endyear") * 10000 + pl.col("endmonth") * 100 + pl.col("endday")
    yearly = (
        _codes(states, "ccode", "styear", "endyear")
        .with_columns(first=day, last=last, year=pl.int_ranges("styear", pl.col("endyear") + 1, dtype=pl.Int32))
        .explode("year", empty_as_null=True)
        .select("year", "ccode", "first", "last")
    )
    pairs = yearly.join(yearly, on="year", suffix="2").filter(
        (pl.col("ccode") != pl.col("ccode2"))
        & (pl.max_horizontal("first", "first2") <= pl.min_horizontal("last", "last2"))
    )
    return pairs.select(pl.col("ccode").alias("ccode1"), "ccode2", "year").unique()


def contiguity_by_year(contiguity: pl.DataFrame, last: int) -> pl.DataFrame:
    """Closest type (1-5) at any time of each year. Type-0 spells are ignored: some overlap true ones."""
    spells = _codes(contiguity, "ccode1", "ccode2", "conttype").filter(
        pl.col("conttype").is_between(1, MAX_CONTIGUITY)
    )
    return (
        spells.with_columns(
            year=pl.int_ranges(
                pl.col("stdate").dt.year(),
                pl.min_horizontal(pl.col("enddate").dt.year(), last) + 1,
                dtype=pl.Int32,
            )
        )
        .explode("year", empty_as_null=True)
        .drop_nulls("year")
        .group_by(pl.col("ccode1").alias("ccode_a"), pl.col("ccode2").alias("ccode_b"), "year")
        .agg(contiguity_type=pl.col("conttype").min())
    )


def majors_by_year(majors: pl.DataFrame, last: int) -> pl.DataFrame:
    """State-years of major powers (any day of the year counts)."""
    return (
        _codes(majors, "ccode", "styear", "endyear")
        .with_columns(
            year=pl.int_ranges(pl.col("styear"), pl.min_horizontal("endyear", pl.lit(last)) + 1, dtype=pl.Int32)
        )
        .explode("year", empty_as_null=True)
        .drop_nulls("year")
        .select("ccode", "year", major=pl.lit(1, dtype=pl.Int8))
        .unique()
    )


def dispute_columns(disputes: pl.DataFrame, dispute_list: pl.DataFrame) -> pl.DataFrame:
    """One row for each directed dyad-year with a dispute: onsets by kind, and whether a dispute ran in it."""
    ints = ["dispnum", "ccode1", "ccode2", "year", "disponset", "sidea1", "sidea2", "orig1", "orig2"]
    ints += ["fatality1", "fatality2", "hostlev1", "hostlev2"]
    coded = _codes(disputes, *ints)
    if "recip" not in coded.columns:
        listed = _codes(dispute_list, "dispnum", "recip").select("dispnum", "recip")
        coded = coded.join(listed, on="dispnum", how="left")
    new = pl.col("disponset") == 1
    sides = new & (pl.col("sidea1") == 1) & (pl.col("sidea2") == 0)
    onset = sides & (pl.col("orig1") == 1) & (pl.col("orig2") == 1)
    deadly = (pl.col("fatality1") > 0) | (pl.col("fatality2") > 0)
    war = (pl.col("hostlev1") == 5) | (pl.col("hostlev2") == 5)

    def flag(condition: pl.Expr) -> pl.Expr:
        return condition.any().cast(pl.Int8)

    return coded.group_by(pl.col("ccode1").alias("ccode_a"), pl.col("ccode2").alias("ccode_b"), "year").agg(
        mid_onset=flag(onset),
        mid_onset_any_side_a=flag(sides),
        mid_force_onset=flag(onset & (pl.col("hostlev1") >= 4)),
        mid_fatal_onset=flag(onset & deadly),
        mid_war_onset=flag(onset & war),
        mid_recip=flag(onset & (pl.col("recip") == 1).fill_null(value=False)),
        mid_any_onset_dyad=flag(new),
        mid_ongoing_dyad=pl.lit(1, dtype=pl.Int8),
    )


def capital_distance(frame: pl.DataFrame, capitals: pl.DataFrame, last: int) -> pl.DataFrame:
    """Great-circle distance between the capitals at the start of the year, km."""
    spells = _codes(capitals, "ccode").with_columns(
        first=pl.col("stdate").dt.year() + (pl.col("stdate").dt.ordinal_day() > 1).cast(pl.Int32),
        last=pl.min_horizontal(pl.col("enddate").dt.year(), last),
    )
    yearly = (
        spells.sort("ccode", "stdate")
        .with_columns(year=pl.int_ranges("first", pl.col("last") + 1, dtype=pl.Int32))
        .explode("year", empty_as_null=True)
        .drop_nulls("year")
        .unique(["ccode", "year"], keep="first", maintain_order=True)
        .select("ccode", "year", pl.col("lat").radians(), pl.col("lng").radians())
    )
    a, b, year = (frame[n].to_numpy() for n in ("ccode_a", "ccode_b", "year"))
    lat, lng = (by_state_year(yearly, name, np.float64, last) for name in ("lat", "lng"))
    lat_a, lat_b, apart = lat[a, year], lat[b, year], lng[b, year] - lng[a, year]
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(apart / 2) ** 2
    distance = (2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))).astype(np.float32)
    return frame.with_columns(pl.Series("cap_dist_km", distance).fill_nan(None))


def build_panel(raw: RawTables) -> pl.DataFrame:
    """The panel, sorted by year, challenger and target."""
    from foedus.calibrate.panel_alliances import alliance_columns

    last = raw.last_year
    majors = majors_by_year(raw.majors, last)
    capability = _codes(raw.capabilities, "ccode", "year").select(
        "ccode", "year", pl.col("cinc").cast(pl.Float32)
    )
    panel = relevant_rows(
        raw.dyads.filter(pl.col("year") <= last),
        contiguity_by_year(raw.contiguity, last),
        majors,
        dispute_columns(raw.disputes, raw.dispute_list),
    )
    year, cinc = panel["year"].to_numpy(), by_state_year(capability, "cinc", np.float32, last)
    for side in "ab":
        share = cinc[panel[f"ccode_{side}"].to_numpy(), year]
        panel = panel.with_columns(pl.Series(f"cinc_{side}", share).fill_nan(None))
    panel = capital_distance(panel, raw.capitals, last)
    return alliance_columns(panel, raw.alliances, capability, majors)


def held_panel(store: Store, record: str = "cow") -> pl.DataFrame:
    """The panel from the store: the ready table where it is held, else rebuilt from the raw tables.

    A ready table has its own coding of disputes, so that another ``record`` is always rebuilt.
    """
    if record == "cow" and store.has("dyad_year"):
        return store.read("dyad_year")
    return build_panel(load_raw(store, record))
