"""The documents behind the charts, and the numbers that they are made of."""

import subprocess
import sys

import numpy as np
import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from foedus.report import page, svg, tidy
from foedus.report.charts.base import SCHEMA_URL
from foedus.report.games import draw_equilibria, equilibria_chart
from foedus.report.measures import CHALLENGE
from foedus.report.quantiles import LEVELS, bands

from .synthetic import FOUR, make_run

ROWS = [
    {
        "value": v / 10,
        "pr": v / 20,
        "pc": 1 - v / 20,
        "stability": ("stable", "unstable")[v % 2],
        "kind": "inner",
    }
    for v in range(20)
]
values = arrays.arrays(
    np.float32,
    arrays.array_shapes(min_dims=1, max_dims=3, max_side=9),
    elements=st.floats(-1e6, 1e6, width=32) | st.sampled_from([np.nan, np.inf, -np.inf]),
)


def parts(node):
    """Every object inside a document."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts(child)


def test_renderer_draws_the_version_the_documents_are_written_in():
    assert svg.VEGALITE_VERSION in vl_convert.get_vegalite_versions()
    assert f"/v{svg.VEGALITE_VERSION}." in SCHEMA_URL


def test_report_loads_neither_a_charting_library_nor_pandas():
    code = "import sys, foedus.report.page; print(*{'altair', 'pandas', 'xarray', 'jax'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_documents_name_only_data_and_fields_that_they_hold():
    runs = (make_run(draws=9, quarters=8), make_run(["a", "b"], ["A", "B"], draws=9, quarters=8))
    pictures = [p for run in runs for p in (page._of_results(run) | page._of_insight(run)).values()]
    assert {p.name for p in pictures} >= {"four-worlds", "comparison", "map", "flip", "ledger", "assumptions"}
    for document in (d for p in pictures for d in (p.live, p.still)):
        chart = {k: v for k, v in document.items() if k not in ("datasets", "config", "usermeta")}
        named = {p["data"]["name"] for p in parts(chart) if "name" in p.get("data", {})}
        assert named == {name for name, rows in document["datasets"].items() if rows}
        known = {key for rows in document["datasets"].values() for row in rows for key in row} | {"place"}
        assert {p["field"] for p in parts(chart) if "field" in p} <= known


@given(values)
@settings(max_examples=80, deadline=None)
def test_bands_are_the_quantiles_of_the_draws_that_have_a_value(array):
    before = array.copy()
    found = bands(array)
    np.testing.assert_array_equal(array, before)
    for cell in np.ndindex(array.shape[1:]):
        draws = array[(slice(None), *cell)].astype(np.float64)
        known = draws[np.isfinite(draws)]
        assert found["finite_share"][cell] == len(known) / len(draws)
        for name, level in LEVELS:
            want = np.quantile(known, level) if len(known) else np.nan
            assert found[name][cell] == pytest.approx(want, rel=1e-12, abs=1e-9, nan_ok=True)
        assert found["mean"][cell] == pytest.approx(
            known.mean() if len(known) else np.nan, rel=1e-9, abs=1e-6, nan_ok=True
        )


def test_numbers_kept_for_one_run_are_not_shown_for_another():
    first, second = make_run(draws=20, seed=1), make_run(draws=20, seed=2)
    one = tidy.frontline_mean(first, FOUR[1]).copy()
    other = tidy.frontline_mean(second, FOUR[1]).copy()
    assert not np.array_equal(one, other)
    assert np.array_equal(tidy.frontline_mean(first, FOUR[1]), one)
    front = [tidy.members(first).index(m) for m in tidy.frontline(first)]
    direct = tidy.last_values(first, CHALLENGE, FOUR[1])[:, front].mean(axis=1)
    assert one == pytest.approx(direct)


def test_rendering_leaves_what_is_kept_as_it_was():
    run = make_run(["a", "b"], ["A", "B"], draws=30, quarters=8)
    paired = tidy.paired(run, "a", "b").copy()
    page._of_results(run)
    page._of_insight(run)
    assert np.array_equal(tidy.paired(run, "a", "b"), paired)


@pytest.mark.parametrize(
    ("ending", "start"), [(".svg", b"<svg"), (".png", b"\x89PNG"), (".html", b"<!DOCTYPE html>")]
)
def test_pictures_of_equilibria_are_written_in_every_format(tmp_path, ending, start):
    out = tmp_path / f"e{ending}"
    draw_equilibria(ROWS, "W_B", out)
    content = out.read_bytes()
    assert content.startswith(start)
    assert b"cdn." not in content


def test_equilibria_show_every_row_in_both_panels():
    drawn = svg.still(equilibria_chart(ROWS, "W_B"))
    assert drawn.count('aria-roledescription="point"') == 2 * len(ROWS)
