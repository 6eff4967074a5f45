"""What was known on a date never grows smaller, never leaks, and is the newest edition."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus import atlas
from foedus.atlas.query import FIRST_DAY
from foedus.errors import InputError

WITH_EDITIONS = [name for name in atlas.tables() if atlas.schema(name).has_editions]
NAMES = st.sampled_from(WITH_EDITIONS)
DATES = st.dates(FIRST_DAY, dt.date(2027, 1, 1))


@settings(max_examples=150, deadline=None)
@given(NAMES, DATES)
def test_no_row_is_younger_than_the_date(name, date):
    for every in (False, True):
        frame = atlas.table(name, as_of=date, all_editions=every)
        assert frame.is_empty() or frame["as_of"].max() <= date


@settings(max_examples=100, deadline=None)
@given(NAMES, DATES, DATES)
def test_later_dates_know_all_that_earlier_ones_knew(name, one, two):
    early, late = sorted((one, two))
    known_early = atlas.table(name, as_of=early, all_editions=True)
    known_late = atlas.table(name, as_of=late, all_editions=True)
    assert known_early.height <= known_late.height
    assert known_early.equals(known_late.filter(pl.col("as_of") <= early))
    key = list(atlas.schema(name).key)
    newest_early, newest_late = atlas.table(name, as_of=early), atlas.table(name, as_of=late)
    assert (
        newest_early.select(key).join(newest_late.select(key), on=key, how="anti", nulls_equal=True).is_empty()
    )


@settings(max_examples=100, deadline=None)
@given(NAMES, DATES)
def test_each_quantity_stands_once_in_its_newest_edition(name, date):
    key = list(atlas.schema(name).key)
    frame = atlas.table(name, as_of=date)
    every = atlas.table(name, as_of=date, all_editions=True)
    assert not frame.select(key).is_duplicated().any()
    newest = every.group_by(key).agg(pl.col("as_of").max())
    assert frame.select(*key, "as_of").sort(key).equals(newest.sort(key))


@pytest.mark.parametrize("name", WITH_EDITIONS)
def test_no_date_means_all_that_is_known(name):
    assert atlas.table(name).equals(atlas.table(name, as_of=atlas.newest_date()))


def test_editions_differ_and_the_date_chooses():
    def share(date):
        return atlas.table("spending", as_of=date, member="ALB", year=2024)["pct_gdp"].round(2).to_list()

    assert share("2024-06-16") == []
    assert share("2024-06-17") == [2.03]
    assert share("2025-08-27") == [2.03]
    assert share("2025-08-28") == [1.7]
    assert atlas.table("spending", member="ALB", year=2024, all_editions=True).height == 2


def test_an_interpolated_report_is_known_only_after_the_later_report():
    frame = atlas.table("us_forces").filter(pl.col("basis") == "interpolated")
    reports = atlas.table("us_forces").filter(pl.col("basis") == "report")["observed"].unique().sort()
    for row in frame.iter_rows(named=True):
        later = next(day for day in reports if day > row["observed"])
        assert row["as_of"] > later


def test_reports_are_known_only_after_the_day_they_describe():
    frame = atlas.table("us_forces")
    lag = atlas.table("publication_lags")["lag_days"].item()
    assert ((frame["as_of"] - frame["observed"]).dt.total_days() >= lag).all()


def test_the_statute_on_exit_is_unknown_before_it_was_enacted():
    def statute(date):
        rules = atlas.table("withdrawal_rules", as_of=date)
        return rules.filter(pl.col("instrument") == "22 U.S.C. 1928f").height

    assert statute("2023-12-09") == 0
    assert statute("2023-12-22") > 0


def test_months_and_years_mean_their_last_day():
    assert atlas.table("members", as_of="2024-03").equals(atlas.table("members", as_of="2024-03-31"))
    assert atlas.table("members", as_of="2024").equals(atlas.table("members", as_of=dt.date(2024, 12, 31)))
    assert atlas.table("members", as_of=dt.datetime(2024, 3, 1, 12)).equals(
        atlas.table("members", as_of="2024-03-01")
    )


def test_the_range_of_the_atlas():
    assert atlas.oldest_date() == FIRST_DAY
    assert dt.date(2026, 8, 1) <= atlas.newest_date() <= dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    "date", ["1949-04-03", "2024-02-30", "2024-13", "yesterday", "", "20240101", "２０２４"]
)
def test_impossible_dates_are_refused(date):
    with pytest.raises(InputError) as caught:
        atlas.table("spending", as_of=date)
    assert caught.value.field == "as_of"


def test_a_later_battery_count_does_not_hide_the_earlier_inventory():
    early = atlas.table("equipment", as_of="2025-02-01", member="UKR")
    late = atlas.table("equipment", member="UKR")
    assert early["sam_batteries"].to_list() == [None]
    assert late["sam_batteries"].item() > 0
    assert early["main_battle_tanks"].item() == late["main_battle_tanks"].item()
