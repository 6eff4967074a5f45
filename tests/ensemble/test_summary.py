"""summary.json and the measures: the form that others script against, and what the figures mean."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.ensemble import Options, run_ensemble
from foedus.ensemble.measures import MEASURES, _annual, _cumulative
from foedus.ensemble.summary import alliance_values, by_year, quantiles
from foedus.scenario import load_many

from .conftest import DRAWS

BY_MEMBER = (
    "credibility",
    "challenge_probability_annual",
    "challenge_probability_cumulative",
    "loss_probability_cumulative",
    "spending_pct_gdp",
    "guideline_gap_usd_billion",
)
ALLIANCE = ("replacement_cost_usd_billion", "replacement_year", "years_to_self_reliance")
YEARS = ["2025", "2026", "2027"]
CELL = {"p05", "p50", "p95", "mean"}


def check_cell(cell):
    """A cell of the contract: three quantiles in order and a mean; none where a bound lies beyond the horizon."""
    assert set(cell) >= CELL
    found = [cell[key] for key in ("p05", "p50", "p95") if cell[key] is not None]
    assert found == sorted(found)
    assert all(isinstance(x, float) and math.isfinite(x) for x in found)


def test_the_summary_has_the_form_of_the_contract(small_run):
    summary = json.loads((small_run.path / "summary.json").read_text(encoding="utf-8"))
    assert set(summary) == {"schema", "scenarios", "comparisons"}
    assert summary["schema"] == 1
    assert set(summary["scenarios"]) == {"baseline", "dormant-nato"}
    for scenario in summary["scenarios"].values():
        assert isinstance(scenario["title"], str)
        for name in BY_MEMBER:
            measure = scenario["measures"][name]
            assert measure["unit"]
            assert set(measure["by_member"]) == set(small_run.manifest["members"])
            for years in [*measure["by_member"].values(), measure["alliance"]]:
                assert list(years) == YEARS
                for cell in years.values():
                    check_cell(cell)
        for name in ALLIANCE:
            check_cell(scenario["measures"][name]["alliance"]["horizon"])


def test_chances_in_the_summary_are_chances_and_accumulate(small_run):
    for scenario in small_run.summary["scenarios"].values():
        for name in BY_MEMBER[:4]:
            for years in scenario["measures"][name]["by_member"].values():
                assert all(0 <= cell[key] <= 1 for cell in years.values() for key in CELL)
        for name in ("challenge_probability_cumulative", "loss_probability_cumulative"):
            for years in scenario["measures"][name]["by_member"].values():
                path = [years[year]["p50"] for year in YEARS]
                assert path == sorted(path)


def test_a_challenge_comes_before_a_loss(small_run):
    data = small_run.dataset
    assert bool((data["loss_probability_cumulative"] <= data["challenge_probability_cumulative"] + 1e-6).all())


def test_comparisons_are_paired_differences(small_run):
    (found,) = small_run.summary["comparisons"]
    assert (found["scenario"], found["baseline"]) == ("dormant-nato", "baseline")
    data = small_run.dataset["loss_probability_cumulative"].sel(year=2027, member="LVA").astype(float)
    paired = (data.sel(scenario="dormant-nato") - data.sel(scenario="baseline")).values
    cell = found["measures"]["loss_probability_cumulative"]["by_member"]["LVA"]
    assert cell["mean"] == pytest.approx(paired.mean(), rel=1e-5)
    assert cell["share_of_draws_higher"] == pytest.approx((paired > 0).mean())


def test_every_variable_has_a_unit_and_a_name(small_run):
    for name in MEASURES:
        attrs = small_run.dataset[name].attrs
        assert attrs["units"]
        assert attrs["long_name"]
    assert small_run.dataset.sizes["draw"] == DRAWS
    assert list(small_run.dataset["quarter"].values) == [
        f"{2025 + (1 + q) // 4}Q{(1 + q) % 4 + 1}" for q in range(8)
    ]


def test_a_part_of_a_year_is_brought_to_a_full_year():
    years = np.array([2025, 2025, 2025, 2026, 2026, 2026, 2026, 2027])
    chance = np.full((1, 8, 1), 0.1, np.float32)
    annual = _annual(chance, years)[0, :, 0]
    assert annual == pytest.approx(np.full(3, 1 - 0.9**4), abs=1e-6)
    assert _cumulative(chance, years)[0, :, 0] == pytest.approx(1 - 0.9 ** np.array([3, 7, 8]), abs=1e-6)


def test_yearly_figures_follow_from_the_quarters(small_run):
    data = small_run.dataset
    quarterly = data["challenge_probability_quarterly"].values.astype(float)
    total = 1 - np.prod(1 - quarterly, axis=2)
    assert np.allclose(data["challenge_probability_cumulative"].values[:, :, -1], total, atol=1e-5)
    first = by_year(data, "baseline", "credibility").sel(year=2025).values
    assert np.allclose(
        first, data["credibility"].sel(scenario="baseline").values[:, :3].mean(axis=1), atol=1e-6
    )


def test_the_alliances_figures(small_run):
    data = small_run.dataset
    spending = by_year(data, "baseline", "spending_pct_gdp").values.astype(float)
    gdp = data["gdp_usd_billion"].values
    whole = alliance_values(data, "spending_pct_gdp", spending)
    assert np.allclose(whole, (spending * gdp).sum(axis=2) / gdp.sum())
    gap = by_year(data, "baseline", "guideline_gap_usd_billion").values.astype(float)
    assert np.allclose(alliance_values(data, "guideline_gap_usd_billion", gap), gap.sum(axis=2))
    danger = by_year(data, "baseline", "challenge_probability_annual").values.astype(float)
    assert np.allclose(
        alliance_values(data, "challenge_probability_annual", danger), 1 - np.prod(1 - danger, axis=2)
    )


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_draws_beyond_the_horizon_count_as_beyond_every_bound(values):
    known = sorted(v for v in values if v is not None)
    found = quantiles(np.array([np.nan if v is None else v for v in values], float))
    if len(known) < len(values):
        assert np.isnan(found["mean"])
    rank = int(np.floor(0.5 * (len(values) - 1)))
    assert float(found["p50"]) == (known[rank] if rank < len(known) else np.inf)


def test_played_out_events_happen_or_not(scenarios, small_run, tmp_path):
    """Every challenge is a whole one; over draws they come about as often as hazard mode says."""
    played = run_ensemble(scenarios, tmp_path, Options(draws=DRAWS, played=True))
    data = played.dataset
    hits = data["challenge_probability_quarterly"].values
    assert set(np.unique(hits)) <= {0.0, 1.0}
    assert (hits.sum(axis=3) <= 1).all()
    assert set(np.unique(data["loss_probability_cumulative"].values.round(6))) <= {0.0, 1.0}
    assert set(np.unique(data["probability_treaty_in_force"].values)) <= {0.0, 1.0}
    assert played.manifest["mode"] == "played out"
    assert played.manifest["fingerprint"] != small_run.manifest["fingerprint"]
    expected = small_run.dataset["challenge_probability_quarterly"].values.sum(axis=(2, 3)).mean()
    assert hits.sum(axis=(2, 3)).mean() == pytest.approx(
        expected, abs=4 * math.sqrt(max(expected, 0.01) / DRAWS)
    )
    again = run_ensemble(load_many(["baseline", "dormant-nato"], start="2025-05", horizon="8q"), tmp_path / "again",
                         Options(draws=DRAWS, played=True, workers=1))  # fmt: skip
    assert again.manifest["results_sha256"] == played.manifest["results_sha256"]
