"""Distances and neighbours."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus import atlas
from foedus.atlas.geo import EARTH_RADIUS_KM
from foedus.errors import InputError

LAT = st.floats(-90, 90)
LON = st.floats(-180, 180)


@given(LAT, LON, LAT, LON)
def test_distance_is_symmetric_and_bounded(lat_1, lon_1, lat_2, lon_2):
    there = atlas.haversine_km(lat_1, lon_1, lat_2, lon_2)
    assert there == pytest.approx(atlas.haversine_km(lat_2, lon_2, lat_1, lon_1), abs=1e-6)
    assert 0 <= there <= math.pi * EARTH_RADIUS_KM + 1e-6
    assert atlas.haversine_km(lat_1, lon_1, lat_1, lon_1) == 0


@pytest.mark.parametrize(
    ("one", "two", "km"), [("EST", "FIN", 82), ("LVA", "LTU", 263), ("DEU", "POL", 518), ("GBR", "USA", 5900)]
)
def test_known_distances(one, two, km):
    assert atlas.capital_distance_km(one, two) == pytest.approx(km, rel=0.01)


def test_all_pairs():
    frame = atlas.capital_distances()
    assert frame.height == 35 * 34
    assert frame["distance_km"].min() > 50
    with pytest.raises(InputError, match="did you mean"):
        atlas.capital_distance_km("EST", "FIM")


def test_neighbours_stand_in_both_directions():
    frame = atlas.table("neighbours")
    pairs = set(frame.select("member", "neighbour").iter_rows())
    assert {(b, a) for a, b in pairs} == pairs
    assert all(a != b for a, b in pairs)


@pytest.mark.parametrize("code", ["RUS", "BLR", "UKR"])
def test_neighbours_agree_with_the_border_lengths(code):
    listed = set(atlas.table("neighbours", member=code)["neighbour"])
    column = f"border_{code.lower()}_km"
    with_border = set(atlas.table("members").filter(pl.col(column) > 0)["member"])
    assert listed == with_border
    lengths = atlas.table("neighbours", member=code)["border_km"]
    assert lengths.null_count() == 0


def test_islands_have_no_neighbours():
    listed = set(atlas.table("neighbours").filter(pl.col("note_kind") == "none")["member"])
    assert set(atlas.members()) - listed == {"ISL", "GBR"}
