"""The HTML report: self-contained, sound, accessible, safe from what titles may hold."""

import base64
import hashlib
import json
import re

import numpy as np
import pytest

from foedus.report import write_html
from foedus.report.page import render
from foedus.report.palette import SENTINELS

from .pages import accessibility_faults, outside_loads, read
from .synthetic import FRONTLINE, make_run

HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">\'"&{{7*7}}'


def test_loads_nothing_from_outside(text):
    assert outside_loads(read(text)) == []
    assert "default-src 'none'" in text


def test_is_sound_and_accessible(text):
    assert accessibility_faults(read(text)) == []


def test_is_small_enough_to_send(text):
    assert len(text.encode()) < 6_000_000


def test_scripts_match_the_hashes_of_the_policy(text):
    allowed = set(re.findall(r"'sha256-([^']+)'", text))
    scripts = [e.text for e in read(text).all("script") if e.attrs.get("type") != "application/json"]
    found = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts}
    assert len(scripts) == 2
    assert found == allowed


def test_charting_library_is_inlined_once(text):
    assert text.count("/* end of charts */") == 1


def test_every_chart_has_a_static_picture_and_a_live_one(text):
    page = read(text)
    figures = {e.attrs["data-chart"] for e in page.all("figure")}
    charts = json.loads(next(e.text for e in page.all("script") if e.attrs.get("id") == "chart-specs"))[
        "charts"
    ]
    pictures = [e for e in page.all("svg") if "svg" not in e.parents and "figure" in e.parents]
    assert figures == set(charts)
    assert len(pictures) == len(figures) >= 8
    assert all(len(c["description"]) > 40 for c in charts.values())


def test_static_pictures_follow_the_page_theme(text):
    still = "".join(re.findall(r'<div class="still".*?</svg>', text, flags=re.DOTALL))
    assert not [c for c in SENTINELS if f'"{c}"' in still]
    assert "var(--ink)" in still


def test_all_sections_are_there(text):
    ids = {e.attrs.get("id") for e in read(text).all("section")}
    assert ids == {"answer", "map", "time", "allies", "ledger", "assumptions", "method", "reproduce"}


def test_table_by_ally_holds_every_ally_and_scenario(text, run):
    page = read(text)
    tables = [e for e in page.all("table") if "sortable" in (e.attrs.get("class") or "")]
    assert len(tables) == 4
    for table in tables:
        for name in run.dataset["member_name"].values:
            assert str(name) in table.text


def test_table_shows_the_median_of_the_draws(text, run):
    column = (
        run.dataset["challenge_probability_cumulative"]
        .sel(scenario="treaty-hollow", member="EST")
        .isel(year=-1)
    )
    shown = {float(e.attrs["data-sort"]) for e in read(text).all("td") if e.attrs.get("data-sort")}
    assert float(f"{np.median(column.values.astype(float)):.6g}") in shown


def test_missing_member_is_not_zero(text):
    rows = re.findall(r"<tr><th scope=\"row\">Ally ISL</th>(.*?)</tr>", text)
    assert len(rows) == 4
    assert all("n/a" in row and "0%" not in row for row in rows)


def test_hostile_titles_stay_text():
    made = render(make_run(["a", "b"], [HOSTILE, "B " + HOSTILE], draws=20, quarters=8))
    page = read(made)
    assert accessibility_faults(page) == []
    assert outside_loads(page) == []
    assert "onerror" not in {k for e in page.elements for k in e.attrs}
    assert not page.all("img")
    assert "{{7*7}}" in page.all("h1")[0].text
    assert len(page.all("script")) == 3


@pytest.mark.parametrize(
    "options",
    [
        {"draws": 1, "insight": False},
        {"spread": 0.0, "reverse": True},
        {"scenarios": ["only"], "titles": ["Only one"], "quarters": 6},
        {"scenarios": list("abcdefg"), "titles": [f"Scenario {c}" for c in "abcdefg"], "compare_with": "c"},
        {"missing": FRONTLINE},
    ],
    ids=["one draw without insight", "no spread", "one scenario", "seven scenarios", "no frontline"],
)
def test_odd_runs_give_a_sound_page(options):
    page = read(render(make_run(**{"draws": 20, "quarters": 12, **options})))
    assert accessibility_faults(page) == []
    assert "nan" not in re.findall(r"[a-z]+", page.all("main")[0].text.lower())


def test_variables_that_a_run_lacks_leave_the_page_sound():
    run = make_run(draws=10, quarters=8)
    short = [
        v
        for v in run.dataset.data_vars
        if v.startswith(("ledger", "replacement", "years_to", "population", "loss"))
    ]
    object.__setattr__(run, "dataset", run.dataset.drop_vars(short))
    page = read(render(run))
    assert accessibility_faults(page) == []
    assert "holds no ledger" in page.all("main")[0].text


def test_same_run_gives_the_same_page(text, run):
    assert render(run) == text


def test_write_html_leaves_only_the_report(tmp_path, run):
    target = write_html(run, tmp_path / "report.html")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_broken_script_cache_is_replaced(tmp_path, monkeypatch):
    from foedus.report.bundle import javascript

    monkeypatch.delenv("FOEDUS_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    whole = javascript()
    kept = next((tmp_path / "foedus").iterdir())
    kept.write_text(whole[:1000])
    assert javascript() == whole
    assert kept.read_text() == whole
