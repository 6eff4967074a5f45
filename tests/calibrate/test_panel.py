from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.calibrate.panel import (
    RawTables,
    build_panel,
    capital_distance,
    contiguity_by_year,
    dyads_of,
    load_raw,
)
from foedus.calibrate.panel_alliances import portfolio_similarity
from foedus.calibrate.panel_rows import KEY, years_since
from foedus.calibrate.store import Store
from foedus.errors import InputError

OBLIGATIONS = [f"atop_{kind}" for kind in ("defense", "offense", "neutral", "nonagg", "consul")]


@pytest.fixture(scope="module")
def raw(history: Path) -> RawTables:
    return load_raw(Store(history / "raw"))


@pytest.fixture(scope="module")
def joined(raw: RawTables, reference_panel: pl.DataFrame) -> pl.DataFrame:
    ours = build_panel(raw)
    theirs = reference_panel.with_columns(pl.col(KEY).cast(pl.Int32))
    assert ours.height == theirs.height
    both = theirs.join(ours, on=KEY, suffix="_ours")
    assert both.height == theirs.height
    return both


def _differs(both: pl.DataFrame, column: str) -> np.ndarray:
    a, b = (both[c].cast(pl.Float64).to_numpy() for c in (column, f"{column}_ours"))
    return ~np.isclose(a, b, rtol=6e-5, atol=1e-6, equal_nan=True)


def test_the_panel_equals_the_reference_row_by_row(joined: pl.DataFrame) -> None:
    """Floats of the reference are rounded to five significant figures."""
    shared = [
        c.removesuffix("_ours") for c in joined.columns if c.endswith("_ours") and c != "s_score_atop_ours"
    ]
    assert len(shared) >= 33
    assert {c: int(_differs(joined, c).sum()) for c in shared if _differs(joined, c).any()} == {}


def test_similarity_differs_only_where_a_listed_pair_owes_nothing(raw: RawTables, joined: pl.DataFrame) -> None:
    """The reference counts a listed pair without any obligation of its own as a consultation; we count nothing."""
    apart = joined.filter(pl.Series(_differs(joined, "s_score_atop")))
    none = pl.sum_horizontal(OBLIGATIONS) == 0
    empty = raw.alliances.filter(none)
    assert set(apart["year"].to_list()) <= set(empty["year"].cast(pl.Int32).to_list())
    assert apart.height == 7326
    years = apart["year"].unique().to_list()[:3]
    few = raw.dyads.filter(pl.col("year").is_in(years))
    filled = raw.alliances.with_columns(atop_consul=pl.when(none).then(1.0).otherwise(pl.col("atop_consul")))
    same = build_panel(dataclasses.replace(raw, dyads=few, alliances=filled))
    both = joined.drop([c for c in joined.columns if c.endswith("_ours")]).join(same, on=KEY, suffix="_ours")
    assert both.height == same.height
    assert not _differs(both, "s_score_atop").any()


def test_dyads_rebuilt_from_membership_equal_the_published_ones(history: Path, raw: RawTables) -> None:
    built = dyads_of(Store(history / "raw").read("cow_states")).filter(pl.col("year") <= 2014)
    published = raw.dyads.filter(pl.col("year") <= 2014)
    assert built.height == published.height


def test_a_false_gap_does_not_hide_a_border() -> None:
    spells = pl.DataFrame(
        {
            "ccode1": [345, 345],
            "ccode2": [350, 350],
            "conttype": [0, 1],
            "stdate": [dt.date(1900, 1, 1), dt.date(1912, 6, 1)],
            "enddate": [dt.date(2016, 12, 31), dt.date(1914, 1, 31)],
        }
    )
    found = contiguity_by_year(spells, 2014).sort("year")
    assert found["year"].to_list() == [1912, 1913, 1914]
    assert found["contiguity_type"].to_list() == [1, 1, 1]


def test_distance_of_two_capitals() -> None:
    """A quarter of the equator."""
    capitals = pl.DataFrame(
        {
            "ccode": [1, 2],
            "stdate": [dt.date(1900, 1, 1)] * 2,
            "enddate": [dt.date(2000, 1, 1)] * 2,
            "lat": [0.0, 0.0],
            "lng": [0.0, 90.0],
        }
    )
    pair = pl.DataFrame({"year": [1950], "ccode_a": [1], "ccode_b": [2]}, schema=dict.fromkeys(KEY, pl.Int32))
    expected = 6378.137 * np.pi / 2
    assert capital_distance(pair, capitals, 2014)["cap_dist_km"][0] == pytest.approx(expected, rel=1e-5)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_peace_years_are_counted_as_one_would_by_hand(rows: list[tuple[bool, bool]]) -> None:
    """Against a walk through the years: a spell's first year counts 0, and so does the year after an event."""
    event, start = np.array([r[0] for r in rows]), np.array([True, *(r[1] for r in rows[1:])])
    counted, years = [], 0
    for k in range(len(rows)):
        if start[k] or event[k - 1]:
            years = 0
        counted.append(years)
        years += 1
    assert years_since(event, start).tolist() == counted


def test_a_code_that_no_state_has_is_named(raw: RawTables) -> None:
    few = raw.dyads.head(3).with_columns(ccode2=pl.lit(5000.0))
    with pytest.raises(InputError, match="need a state code from 1 to 999, got 5000"):
        build_panel(dataclasses.replace(raw, dyads=few))


def test_similarity_by_hand() -> None:
    """Three states; the first two defend each other: portfolios (3,3,0), (3,3,0), (0,0,3)."""
    bound = {k.removeprefix("atop_"): np.zeros((3, 3), dtype=np.float32) for k in OBLIGATIONS}
    bound["defense"][0, 1] = bound["defense"][1, 0] = 1
    s = portfolio_similarity(bound)
    assert s[0, 1] == pytest.approx(1)
    assert s[0, 2] == pytest.approx(1 - 2 * 9 / 9)
    assert np.allclose(s, s.T)


def test_a_missing_table_names_the_command_that_brings_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="foedus data import cow_states FILE"):
        load_raw(Store(tmp_path))
