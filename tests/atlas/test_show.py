"""Frames laid out for reading."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus import atlas
from foedus.atlas.show import layout, text, write_out
from foedus.errors import InputError


def test_what_is_the_same_goes_on_top_and_what_is_empty_goes():
    view = layout(atlas.table("spending", member="EST"))
    assert dict(view.same)["member"] == "EST"
    assert "member" not in view.columns
    assert "note" not in view.columns
    assert len(view.rows) == 12


def test_one_row_keeps_all_it_has():
    view = layout(atlas.table("spending", member="DEU", year=2025), width=40)
    assert view.same == ()
    assert view.hidden == ()
    assert "note" in view.columns
    assert "pct_gdp" not in view.columns


def test_narrow_lines_lose_what_matters_least():
    frame = atlas.table("theatre", member="EST")
    wide, narrow = layout(frame, width=300), layout(frame, width=100)
    assert wide.hidden == ()
    assert narrow.hidden[0] == "source"
    assert set(wide.columns) == set(narrow.columns) | set(narrow.hidden)


def test_long_tables_are_cut_and_say_so():
    view = layout(atlas.table("aid"), limit=50)
    assert len(view.rows) == 50
    assert view.left_out == atlas.table("aid").height - 50


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (12662.0, "12,662"),
        (3.36851, "3.369"),
        (0.0, "0"),
        (2024, "2024"),
        ("a", "a"),
    ],
)
def test_cells(value, shown):
    assert text(value) == shown


@given(st.lists(st.tuples(st.text(max_size=5), st.floats(allow_nan=False) | st.none()), min_size=1, max_size=5))
def test_any_frame_lays_out(rows):
    frame = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.Float64}, orient="row")
    view = layout(frame)
    assert all(len(row) == len(view.columns) for row in view.rows)
    assert write_out(frame, "csv").startswith("a,b\n")


def test_unknown_format():
    with pytest.raises(InputError, match="known: csv, json, table"):
        write_out(pl.DataFrame({"a": [1]}), "xml")
