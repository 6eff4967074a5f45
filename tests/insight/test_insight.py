"""Insight: assumptions, reversal, verification, traces and comparison."""

import json
import shutil
from types import SimpleNamespace

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.ensemble import open_run
from foedus.errors import InputError
from foedus.insight.analyse import analyse
from foedus.insight.assumptions import normal_scores, rank_assumptions, variance_shares
from foedus.insight.compare import compare_runs, comparison_table
from foedus.insight.explain import explain_number, trace_tree
from foedus.insight.four_worlds import crossing
from foedus.insight.listing import parameter_rows
from foedus.insight.verify import verify_run
from foedus.model.parameters import register


def synthetic(shares, draws=3000, seed=0):
    """Return a run whose outcome is a known mix of three register entries among the rest."""
    rng = np.random.default_rng(seed)
    names = list(register())
    values = rng.uniform(size=(draws, len(names)))
    scores = normal_scores(values)
    signs = dict(zip(shares, (1, -1, 1), strict=False))
    index = sum(signs[n] * np.sqrt(share) * scores[:, names.index(n)] for n, share in shares.items())
    index = index + np.sqrt(1 - sum(shares.values())) * rng.normal(size=draws)
    chance = 1 / (1 + np.exp(3 - index))
    data = xr.Dataset(
        {
            "challenge_probability_cumulative": (
                ("scenario", "draw", "year", "member"),
                np.repeat(chance[None, :, None, None], 2, axis=3),
            ),
            "parameter_value": (("draw", "parameter"), values),
            "frontline": ("member", [True, False]),
        },
        coords={"scenario": ["one"], "parameter": names, "member": ["EST", "PRT"], "year": [2030]},
    )
    return SimpleNamespace(dataset=data, manifest={"draws": draws})


KNOWN = {"crisis.stake": 0.5, "crisis.war_cost_adversary": 0.3, "trust.base": 0.1}


def test_known_shares_are_found():
    rows = rank_assumptions(synthetic(KNOWN))
    assert len(rows) == 10
    assert [row["parameter"] for row in rows[:3]] == list(KNOWN)
    for row, share in zip(rows[:3], KNOWN.values(), strict=True):
        assert row["share_of_variance"] == pytest.approx(share, abs=0.04)
        assert row["source"]
    assert [row["direction"] for row in rows[:3]] == ["raises", "lowers", "raises"]
    assert rows[0]["outcome_high"] > rows[0]["outcome_low"]
    assert rows[1]["outcome_high"] < rows[1]["outcome_low"]
    assert all(row["share_of_variance"] < 0.02 for row in rows[3:])


def test_with_few_draws_the_strongest_still_leads():
    rows = rank_assumptions(synthetic({"crisis.stake": 0.9}, draws=60))
    assert rows[0]["parameter"] == "crisis.stake"


def test_one_draw_says_nothing():
    assert rank_assumptions(synthetic(KNOWN, draws=1)) == []


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_shares_do_not_depend_on_units_or_monotone_scales(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(200, 4))
    y = x @ np.array([1.0, -0.5, 0.2, 0.0]) + 0.1 * rng.normal(size=200)
    one, fit = variance_shares(x, y)
    other, again = variance_shares(np.exp(x) * 7, np.exp(y))
    assert np.allclose(one, other, atol=1e-9)
    assert fit == pytest.approx(again)
    assert 0 <= fit <= 1
    assert variance_shares(np.column_stack([x, np.ones(200)]), y)[0][-1] == 0


def test_crossing_by_hand():
    weights = np.array([1.0, 2.0, 4.0])
    danger = np.array([[0.1, 0.3, 0.5], [0.1, 0.3, 0.5], [0.1, 0.3, 0.5], [0.4, 0.5, 0.6]])
    level = np.array([0.2, 0.4, 0.9, 0.2])
    found = crossing(weights, danger, level)
    assert found[:2] == pytest.approx([1.5, 3.0])
    assert np.isnan(found[2])
    assert found[3] == pytest.approx(0.5)


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_the_crossing_lies_where_danger_reaches_the_level(seed):
    rng = np.random.default_rng(seed)
    weights = np.array([0.5, 1.0, 2.0, 4.0])
    danger = np.cumsum(rng.uniform(0.01, 0.3, (20, 4)), axis=1)
    level = rng.uniform(0, 1, 20)
    found = crossing(weights, danger, level)
    for row in range(20):
        if np.isnan(found[row]):
            assert danger[row].max() < level[row]
        elif found[row] > weights[0]:
            assert np.interp(found[row], weights, danger[row]) == pytest.approx(level[row])
        else:
            assert danger[row, 0] >= level[row]


@pytest.fixture
def copied(small_run, tmp_path):
    """A copy of the run that a test may damage."""
    shutil.copytree(small_run.path, tmp_path / "run")
    return tmp_path / "run"


def failed(folder):
    return {outcome.what for outcome in verify_run(folder) if not outcome.holds}


def rewrite(path, change):
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_an_honest_run_verifies(small_run):
    outcomes = verify_run(small_run.path)
    assert all(outcome.holds for outcome in outcomes)
    assert {o.what for o in outcomes} >= {
        "results",
        "summary",
        "scenarios",
        "parameters",
        "data",
        "code",
        "fingerprint",
    }


def test_changed_results_are_found(copied):
    data = open_run(copied).dataset.copy(deep=True)
    data["credibility"][0, 0, 0, 0] = 0.123
    shutil.rmtree(copied / "results.zarr")
    data.drop_encoding().to_zarr(copied / "results.zarr", mode="w", consolidated=False, zarr_format=2)
    assert "results" in failed(copied)


def test_damaged_results_are_found(copied):
    chunk = max((copied / "results.zarr" / "credibility").rglob("*"), key=lambda p: p.stat().st_size)
    chunk.write_bytes(chunk.read_bytes()[: chunk.stat().st_size // 2])
    assert "results" in failed(copied)


def test_a_changed_summary_is_found(copied):
    def change(content):
        cell = content["scenarios"]["baseline"]["measures"]["credibility"]["by_member"]["EST"]["2026"]
        cell["p50"] += 0.01

    rewrite(copied / "summary.json", change)
    assert failed(copied) == {"summary"}


@pytest.mark.parametrize(
    "key", ["fingerprint", "results_sha256", "data_sha256", "code_sha256", "parameters_sha256"]
)
def test_a_changed_hash_in_the_manifest_is_found(copied, key):
    rewrite(copied / "manifest.json", lambda content: content.update({key: "0" * 64}))
    assert key.removesuffix("_sha256") in failed(copied)


@pytest.mark.parametrize(
    ("key", "value"), [("seed", 2), ("draws", 61), ("mode", "played out"), ("as_of", "2025-01-01")]
)
def test_a_changed_input_in_the_manifest_is_found(copied, key, value):
    rewrite(copied / "manifest.json", lambda content: content.update({key: value}))
    assert "fingerprint" in failed(copied)


def test_a_changed_scenario_in_the_manifest_is_found(copied):
    rewrite(copied / "manifest.json", lambda content: content["scenarios"][0].update({"title": "Another"}))
    assert {"scenarios", "fingerprint"} <= failed(copied)


@pytest.mark.parametrize("content", ["{}", "[]", "not json", '{"scenarios": [{"name": 3}]}'])
def test_a_damaged_manifest_is_refused_in_words(copied, content):
    (copied / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        verify_run(copied)


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(InputError, match="no finished run"):
        verify_run(tmp_path)


def test_running_again_gives_the_same_bits(small_run):
    (again,) = [o for o in verify_run(small_run.path, rerun=True) if o.what == "rerun"]
    assert again.holds


@pytest.mark.parametrize("measure", ["credibility", "challenge_probability_cumulative", "spending_pct_gdp"])
def test_a_number_is_traced_to_the_draws_and_the_record(small_run, measure):
    trace = explain_number(small_run, measure, "EST", 2026, "dormant-nato")
    stored = small_run.summary["scenarios"]["dormant-nato"]["measures"][measure]["by_member"]["EST"]["2026"]
    assert trace["value"] == stored
    assert trace["recomputed"] == pytest.approx(stored, rel=1e-5)
    assert all(row["source"] for row in trace["record"])
    assert {row["table"] for row in trace["record"]} >= {"spending", "us_forces"}
    assert all(row["source"] for row in trace["moved_most_by"][1:])
    assert any(order["do"] == "suspend_participation" for order in trace["orders"])
    assert len(trace_tree(trace).children) >= 5


def test_the_chain_of_a_trace_ends_in_the_stored_draw(small_run):
    """The draw that is run again gives the very number that is stored for it."""
    trace = explain_number(small_run, "success_probability", "LVA", 2026)
    last = next(step for step in trace["chain"] if step["quantity"] == "success")
    stored = small_run.dataset["success_probability"].sel(scenario="baseline", member="LVA", quarter="2026Q4")
    assert last["value"] == float(stored[trace["typical_draw"]])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("credibilty", "EST", 2026), "did you mean 'credibility'"),
        (("credibility", "USA", 2026), "no member 'USA'"),
        (("credibility", "EST", 2050), "no year '2050'"),
        (("credibility", "EST", 2026, "bluff"), "no scenario 'bluff'"),
        (("replacement_year", "EST", 2026), "no measure"),
    ],
)
def test_a_number_that_the_run_lacks_is_refused(small_run, arguments, says):
    with pytest.raises(InputError, match=says):
        explain_number(small_run, *arguments)


def test_a_run_beside_itself_differs_in_nothing(small_run):
    result = compare_runs(small_run, small_run)
    assert result["differing_inputs"] == {}
    assert result["levels"][0] == result["levels"][1]
    assert result["year"] == 2027
    assert comparison_table(result).row_count == 4


def test_a_comparison_names_what_differs(small_run, copied):
    rewrite(copied / "manifest.json", lambda content: content.update({"seed": 5}))
    assert compare_runs(small_run, open_run(copied))["differing_inputs"] == {"seed": [1, 5]}


def test_analysis_is_written_beside_the_results(copied):
    run = open_run(copied)
    insight = analyse(run)
    assert json.loads((copied / "insight.json").read_text(encoding="utf-8")) == json.loads(json.dumps(insight))
    assert len(insight["assumptions"]) == 10
    assert insight["four_worlds"] is None


def test_the_register_is_listed_by_part_and_status():
    rows = parameter_rows("crisis", "assumed")
    assert rows
    assert all(row["name"].startswith("crisis") and row["status"] == "assumed" for row in rows)
    assert all(row["p05"] <= row["p50"] <= row["p95"] for row in parameter_rows())
    with pytest.raises(InputError, match="unknown status"):
        parameter_rows(status="guessed")
    with pytest.raises(InputError, match="no entry matches"):
        parameter_rows("zebra")
