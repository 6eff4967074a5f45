from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from typer.testing import CliRunner

from foedus.calibrate import burden_posterior, dispute_model
from foedus.calibrate.baselines import YEARLY
from foedus.calibrate.burden_check import correlations, nato_frame, sipri_frame
from foedus.calibrate.hindcast_aid import hindcast_aid, recent_months
from foedus.calibrate.hindcast_alliance import hindcast_alliance
from foedus.calibrate.hindcast_disputes import hindcast_disputes
from foedus.calibrate.hindcast_spending import hindcast_spending
from foedus.calibrate.importer import import_file
from foedus.calibrate.pacts import cluster_logit, pact_effects
from foedus.calibrate.priors import all_priors
from foedus.calibrate.reliability import rate, rates, wilson
from foedus.calibrate.results import COVERAGE_BAND
from foedus.calibrate.spending_model import needed_pace
from foedus.calibrate.spending_record import growth_panel, known_shares, pledges
from foedus.calibrate.store import Store
from foedus.cli import build_app
from foedus.errors import InputError
from foedus.model.parameters import register


@pytest.fixture(scope="module")
def cases(history: Path, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    store = Store(tmp_path_factory.mktemp("data"))
    import_file("alliance_cases", history / "alliance_cases.csv", store)
    return store.read("alliance_cases")


@given(st.floats(0.2, 6), st.floats(0.5, 4), st.integers(1, 10))
def test_the_pace_reaches_the_pledge_in_time_and_is_never_negative(
    share: float, pledge: float, left: int
) -> None:
    pace = float(needed_pace(np.array(share), pledge, float(left)))
    assert pace >= 0
    if share < pledge:
        assert share * np.exp(pace * left) == pytest.approx(pledge)
    assert float(needed_pace(np.array(share), float("nan"), float(left))) == 0


def test_every_number_of_the_forecasts_says_where_it_comes_from() -> None:
    for prior in all_priors():
        assert prior.unit
        assert len(prior.source) > 3
        assert prior.status in {"measured", "estimated", "elicited", "assumed"}
        dt.date.fromisoformat(prior.as_of)


@pytest.mark.parametrize("name", list(YEARLY))
def test_baselines_give_finite_draws_around_a_flat_series(name: str) -> None:
    rng = np.random.default_rng(0)
    series = 1.0 + 0.01 * rng.standard_normal((15, 6))
    draws = YEARLY[name](series, 2, 3, 400)
    assert draws.shape == (400, 2, 6)
    assert np.isfinite(draws).all()
    assert np.abs(np.median(draws, axis=0) - 1).max() < 0.05
    assert np.array_equal(draws, YEARLY[name](series, 2, 3, 400))


def test_what_was_known_is_honoured() -> None:
    before = known_shares(dt.date(2024, 6, 18))
    assert (before.years[-1], before.edition, before.revised) == (2024, "2024-06", False)
    assert known_shares(dt.date(2025, 9, 1)).edition == "2025-08"
    stand_in = known_shares(dt.date(2021, 7, 1))
    assert stand_in.revised
    assert stand_in.years[-1] == 2020
    assert [target for _, target, _ in pledges(dt.date(2024, 1, 1))] == [2.0]
    assert [target for _, target, _ in pledges(dt.date(2026, 1, 1))] == [2.0, 3.5]
    assert len(growth_panel(known_shares(dt.date(2021, 12, 31)), 3).shock) == 1
    assert len(growth_panel(before, 3).shock) == 2
    with pytest.raises(InputError, match="fewer than 4 years"):
        known_shares(dt.date(2015, 1, 1))


def test_spending_beats_every_baseline_from_the_edition_of_2024() -> None:
    result = hindcast_spending(dt.date(2024, 6, 18), horizons=(1,))
    crps = {name: s["1_year"]["crps"] for name, s in result.scores.items()}
    assert set(crps) == {"model", *YEARLY}
    assert min(crps, key=crps.__getitem__) == "model"
    assert len(result.forecasts) == 30
    assert json.loads(result.to_json())["setup"]["revised_figures"] == [False]


@pytest.mark.slow
def test_spending_over_rolling_origins() -> None:
    scores = hindcast_spending().scores
    for horizon in ("1_year", "3_year"):
        assert min(scores, key=lambda n: scores[n][horizon]["crps"]) == "model"
        assert COVERAGE_BAND[0] <= scores["model"][horizon]["coverage_90"] <= COVERAGE_BAND[1]


def test_recent_months_follow_the_recent_past() -> None:
    past = np.vstack([np.full((12, 1), 1.0), np.zeros((12, 1))])
    draws = recent_months(past, 1)
    assert np.mean(draws == 0) > 0.5
    assert draws.min() >= 0


def test_aid_scores_every_quarter_once() -> None:
    result = hindcast_aid()
    assert result.scores["model"]["n"] == len(result.forecasts)
    assert result.scores["model"]["crps"] < result.scores["persistence"]["crps"]
    with pytest.raises(InputError, match="a quarter can be forecast from"):
        hindcast_aid(dt.date(2022, 3, 1))


def _game(rows: int, seed: int) -> dispute_model._Data:
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((rows, 5))
    blocks = tuple((name, (k,)) for k, name in enumerate(dispute_model.BLOCKS))
    beta = np.array([-1.0, -0.5, 1.5, 0.3, 0.2, 0.5, 0.8, 0.6, 0.7, 0.5, 0.4])
    play = dispute_model._play(beta, x, blocks)
    onset, resisted, fought = (
        (rng.random(rows) < expit(play[m])).astype(float) for m in ("challenge", "resist", "fight")
    )
    return dispute_model._Data(
        x, blocks, onset, onset * resisted, onset * resisted * fought, np.full(11, 0.01), np.ones(rows)
    )


def test_the_score_of_the_game_is_its_numerical_derivative() -> None:
    data = _game(300, 0)
    beta = np.random.default_rng(1).normal(0, 0.5, 11)
    score = data.score_and_information(beta)[0]
    step = 1e-6 * np.eye(11)
    numeric = [(data.log_posterior(beta + h) - data.log_posterior(beta - h)) / 2e-6 for h in step]
    assert score == pytest.approx(np.array(numeric), abs=1e-3)
    assert np.allclose(data.score(beta), score)


def test_the_climb_ends_at_the_top_where_fisher_scoring_crosses_it_from_side_to_side() -> None:
    """Seed 1: Fisher scoring alone still gains less and less after forty steps, at a hundredth of a standard deviation."""
    data = _game(400, 1)
    beta, covariance, _, converged = dispute_model._climb(data, np.zeros(11))
    score = data.score(beta)
    assert converged
    assert np.sqrt(score @ covariance @ score) < 1e-3
    unfinished, reached = dispute_model._settle(data, dispute_model._approach(data, np.zeros(11)), steps=2)
    assert not reached
    assert data.log_posterior(unfinished) < data.log_posterior(beta)


def test_the_game_finds_its_own_probabilities_again() -> None:
    data = _game(20_000, 2)
    beta, covariance, value, converged = dispute_model._climb(data, np.zeros(11))
    assert converged
    assert np.all(np.linalg.eigvalsh(covariance) > 0)
    truth = np.array([-1.0, -0.5, 1.5, 0.3, 0.2, 0.5, 0.8, 0.6, 0.7, 0.5, 0.4])
    assert value >= data.log_posterior(truth)
    ours, theirs = (expit(dispute_model._play(b, data.x, data.blocks)["challenge"]) for b in (beta, truth))
    assert np.abs(ours - theirs).mean() < 0.01


def test_the_crisis_model_beats_the_logits_on_neighbours(reference_panel: pl.DataFrame) -> None:
    """The part of the panel where most disputes start, so that the test is quick; all of it is marked slow."""
    near = reference_panel.filter((pl.col("contiguous") == 1) & (pl.col("year") >= 1946))
    result = hindcast_disputes(near, 1990, quick=True)
    losses = {name: s["log_loss"] for name, s in result.scores.items()}
    assert result.setup["model_converged"]
    assert losses["model"] < losses["logit_extended"] < losses["base_rate"]
    with pytest.raises(InputError, match="0 onsets"):
        hindcast_disputes(near, 2014)


@pytest.mark.slow
def test_the_crisis_model_on_the_whole_panel(reference_panel: pl.DataFrame) -> None:
    result = hindcast_disputes(reference_panel)
    scores = result.scores
    assert result.setup["model_converged"]
    assert (result.setup["rows_test"], result.setup["onsets_test"]) == (84250, 712)
    assert scores["logit_extended"]["log_loss"] == pytest.approx(0.0358, abs=2e-4)
    assert scores["boosting"]["log_loss"] == pytest.approx(0.0344, abs=2e-4)
    assert scores["model"]["log_loss"] <= 0.0358
    assert scores["model"]["brier"] <= 0.00778
    assert scores["model"]["auc"] >= 0.912


def test_clustered_errors_equal_statsmodels() -> None:
    sm = pytest.importorskip("statsmodels.api")
    rng = np.random.default_rng(0)
    x = np.column_stack([rng.standard_normal((500, 2)), np.ones(500)])
    cluster = rng.integers(0, 40, 500)
    y = (rng.random(500) < expit(x @ [0.5, -0.3, -1.0] + 0.3 * rng.standard_normal(40)[cluster])).astype(float)
    fit = sm.Logit(y, x).fit(disp=0, cov_type="cluster", cov_kwds={"groups": cluster})
    beta, covariance = cluster_logit(x, y, cluster)
    assert beta == pytest.approx(fit.params, abs=1e-6)
    assert np.sqrt(np.diag(covariance)) == pytest.approx(fit.bse, rel=1e-6)


def test_the_effect_of_a_pact_has_no_stable_sign(reference_panel: pl.DataFrame, history: Path) -> None:
    effects = {(e.definition, e.first_year, e.last_year): e for e in pact_effects(reference_panel)}
    theirs = json.loads((history / "baselines.json").read_text())["defence_pact_replication"]
    ours = effects["any pact", 1816, 1944]
    known = theirs["P politically relevant 1816-1944, logit, JL spec"]
    assert ours.rows == known["n"]
    assert ours.onsets == known["events"]
    assert ours.coefficient == pytest.approx(known["coef"], abs=0.02)
    assert ours.standard_error == pytest.approx(known["se_cluster"], rel=0.03)
    assert {np.sign(e.coefficient) for e in effects.values()} == {-1.0, 1.0}


def test_fulfilment_rates_of_the_record(cases: pl.DataFrame) -> None:
    found = {(r.kind, r.period, r.members): (r.honoured, r.cases) for r in rates(cases)}
    assert found["any", "all", "all"] == (73, 146)
    assert found["any", "before 1945", "all"] == (61, 92)
    assert found["any", "from 1945", "all"] == (12, 54)
    assert found["defence", "from 1945", "multilateral"] == (0, 21)
    assert found["defence", "from 1945", "bilateral"] == (6, 22)
    defence = rate(cases, "defence", "from 1945", "all")
    assert defence is not None
    assert defence.per_war_pct == pytest.approx(17.5, abs=0.05)


@given(st.integers(0, 50), st.integers(1, 50))
def test_wilson_holds_the_share(successes: int, failures: int) -> None:
    low, high = wilson(successes, successes + failures)
    assert 0 <= low <= successes / (successes + failures) <= high <= 1


def test_fulfilment_is_forecast_better_than_by_its_base_rate(cases: pl.DataFrame) -> None:
    result = hindcast_alliance(cases)
    losses = {name: s["log_loss"] for name, s in result.scores.items()}
    assert min(losses, key=losses.__getitem__) == "model"
    assert result.setup["cases"] == len(result.forecasts)


def test_rank_correlations_equal_the_published_table(reference: Path, history: Path) -> None:
    table = pl.read_csv(history / "burden_rank_corr_by_year.csv", infer_schema_length=1000)
    milex = pl.read_csv(reference / "data/members/sipri_milex.csv", infer_schema_length=10000)
    checks = (
        ("nato_pct_gdp", "implied_constant_2021_usd", correlations(nato_frame(), "nato_pct_gdp")),
        ("sipri_pct_gdp", "implied_constant_2023_usd", correlations(sipri_frame(milex), "sipri_pct_gdp")),
    )
    for series, measure, ours in checks:
        rows = table.filter((pl.col("series") == series) & (pl.col("gdp_measure") == measure))
        known = {(r["year"], r["scope"]): r for r in rows.to_dicts()}
        assert {(r.year, r.scope) for r in ours} == set(known)
        for r in ours:
            theirs = known[r.year, r.scope]
            assert r.members == theirs["n_members"]
            assert r.spearman == pytest.approx(theirs["spearman_rho"], abs=1e-4)
            assert r.kendall == pytest.approx(theirs["kendall_tau"], abs=1e-4)


def test_the_shipped_draws_lie_inside_the_registers_bounds() -> None:
    draws = burden_posterior.shipped_draws()
    entries = register()
    assert set(draws) == set(burden_posterior.ENTRIES)
    for column, name in burden_posterior.ENTRIES.items():
        assert len(draws[column]) == 400
        low, high = entries[name].lower, entries[name].upper
        assert low is None or draws[column].min() >= low
        assert high is None or draws[column].max() <= high
    assert np.all((draws["lambda"] > 0) & (draws["lambda"] < 1))


@pytest.mark.slow
def test_a_quick_run_agrees_with_the_shipped_draws() -> None:
    fitted = burden_posterior.fit(burden_posterior.QUICK)
    shipped = burden_posterior.shipped_draws()
    for column, draws in fitted.draws.items():
        assert abs(np.median(draws) - np.median(shipped[column])) < 0.5 * shipped[column].std()


def test_the_commands_refuse_bad_dates_and_names() -> None:
    runner = CliRunner()
    for arguments in (
        ["hindcast", "spending", "--as-of", "soon"],
        ["hindcast", "disputes", "--as-of", "19x0", "--data", "/nowhere"],
        ["hindcast", "disputes", "--data", "/nowhere"],
        ["calibrate", "spendings"],
    ):
        result = runner.invoke(build_app(), arguments)
        assert isinstance(result.exception, InputError), arguments
