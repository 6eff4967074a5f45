"""Posteriors of the register: waves, marginals with correlations, likelihoods of the record, and what is shipped."""

from __future__ import annotations

import csv
import math
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats
from typer.testing import CliRunner

from foedus.calibrate.chains import CalibrationError, Settings
from foedus.calibrate.fits import level_model, likelihoods, nuts, release, tables, waves
from foedus.calibrate.priors import all_priors
from foedus.cli import build_app
from foedus.errors import InputError
from foedus.model import parameters
from foedus.model.parameters import STATUSES, Entry, prior_register, register

LOADINGS = np.array([[1.0, 0.5, 0.0], [0.0, 1.0, -1.0]])
TARGET = waves.Target(("one", "other"), np.array([1.5, -1.0]), np.array([0.4, 0.3]))


def linear(z: np.ndarray, seed: int) -> np.ndarray:
    return z @ LOADINGS.T


def exact() -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance of the posterior of the linear simulator."""
    precision = np.eye(3) + LOADINGS.T @ np.diag(TARGET.sd**-2) @ LOADINGS
    covariance = np.linalg.inv(precision)
    return covariance @ LOADINGS.T @ (TARGET.centre / TARGET.sd**2), covariance


def test_waves_find_the_posterior_of_a_linear_simulator() -> None:
    made = waves.run_waves(linear, TARGET, 3, (5, 800), 3)
    cloud = waves.weigh(made, TARGET)
    mean, covariance = exact()
    found = cloud.weight @ cloud.z
    spread = (cloud.z - found).T @ ((cloud.z - found) * cloud.weight[:, None])
    assert cloud.effective > 1000
    assert found == pytest.approx(mean, abs=0.06)
    assert spread == pytest.approx(covariance, abs=0.06)
    assert cloud.weight.sum() == pytest.approx(1)


def test_waves_do_better_than_the_prior_alone() -> None:
    one = waves.weigh(waves.run_waves(linear, TARGET, 3, (1, 4000), 3), TARGET)
    many = waves.weigh(waves.run_waves(linear, TARGET, 3, (5, 800), 3), TARGET)
    assert many.effective > 3 * one.effective


def test_a_stopped_run_goes_on_to_the_same_bits(tmp_path: Path) -> None:
    whole = waves.run_waves(linear, TARGET, 3, (4, 100), 5)
    calls = []

    def stops(z: np.ndarray, seed: int) -> np.ndarray:
        calls.append(seed)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return linear(z, seed)

    with pytest.raises(KeyboardInterrupt):
        waves.run_waves(stops, TARGET, 3, (4, 100), 5, tmp_path)
    (tmp_path / "wave-2.part.npz").write_bytes(b"half a file")
    again = waves.run_waves(stops, TARGET, 3, (4, 100), 5, tmp_path)
    assert len(calls) == 5
    for one, other in zip(whole, again, strict=True):
        assert np.array_equal(one.z, other.z)
        assert np.array_equal(one.summaries, other.summaries)
        assert np.array_equal(one.cholesky, other.cholesky)


def test_ranks_of_truths_are_uniform_where_weights_are_right() -> None:
    wide = waves.Target(("one", "other"), np.zeros(2), np.array([0.8, 0.8]))
    made = waves.run_waves(linear, wide, 3, (3, 1500), 7)
    p = waves.uniform_p(waves.ranks(made, wide, 150, 1))
    assert p.min() > 0.01


def test_ranks_show_weights_that_are_wrong() -> None:
    wide = waves.Target(("one", "other"), np.zeros(2), np.array([0.8, 0.8]))
    made = waves.run_waves(linear, wide, 3, (3, 1500), 7)
    biased = [
        waves.Wave(w.z, w.summaries + 2.0 * (k > 0), w.mean, w.cholesky, w.prior_share)
        for k, w in enumerate(made)
    ]
    assert waves.uniform_p(waves.ranks(biased, wide, 150, 1)).min() < 0.001


def test_implausible_draws_are_those_far_from_any_constraint() -> None:
    near = np.array([[1.5, -1.0], [1.5, -1.0 - 0.3 * 3.1], [1.5 + 0.4 * 2.9, -1.0]])
    assert (TARGET.implausibility(near) > waves.IMPLAUSIBLE).tolist() == [False, True, False]


ENTRIES = {
    e.dist: e
    for e in register().values()
    if not e.bounded and e.dist in ("normal", "lognormal", "logitnormal", "beta")
}


@pytest.mark.parametrize("dist", sorted(ENTRIES))
@given(u=st.floats(0.3, 0.7), narrower=st.floats(0.3, 1.0))
@settings(max_examples=10, deadline=None)
def test_a_marginal_finds_the_numbers_it_was_drawn_from(dist: str, u: float, narrower: float) -> None:
    prior = ENTRIES[dist]
    centre = float(prior.quantile(np.array([u]))[0])
    b = prior.b / narrower if dist == "beta" else prior.b * narrower
    truth = Entry(**{**prior.__dict__, "a": centre, "b": b})
    values = truth.quantile((np.arange(4000) + 0.5) / 4000)
    found = tables.marginal(prior, values)
    assert found.misfit < 0.02
    assert found.entry.quantile(tables.LEVELS) == pytest.approx(
        truth.quantile(tables.LEVELS), rel=0.03, abs=0.02
    )


def test_weights_count_in_quantiles_and_correlations() -> None:
    rng = np.random.default_rng(1)
    z = rng.standard_normal((20000, 2))
    weight = np.exp(-0.5 * ((z[:, 0] - z[:, 1]) / 0.5) ** 2)
    covariance = np.linalg.inv(np.eye(2) + np.array([[1, -1], [-1, 1]]) / 0.25)
    rho = covariance[0, 1] / covariance[0, 0]
    assert tables.correlations(np.exp(z), weight)[0, 1] == pytest.approx(rho, abs=0.03)
    middle = tables.weighted_quantiles(z[:, 0], weight / weight.sum(), np.array([0.95]))[0]
    assert middle == pytest.approx(1.645 * math.sqrt(covariance[0, 0]), abs=0.06)


def test_a_sparse_correlation_stays_one() -> None:
    rng = np.random.default_rng(2)
    x = rng.standard_normal((30, 12)) @ rng.standard_normal((12, 12))
    kept = tables.sparse(tables.correlations(x), 0.05)
    assert np.linalg.eigvalsh(kept)[0] > 0
    assert np.all(np.diag(kept) == 1)


def _shipped(name: str) -> list[dict[str, str]]:
    text = resources.files("foedus.model").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_the_shipped_posterior_names_its_fit_and_keeps_its_kind() -> None:
    rows = _shipped("posterior.csv")
    priors = prior_register()
    assert {row["fit"] for row in rows} == {
        "spending",
        "posture",
        "ukraine",
        "levels",
    }  # credibility moved no entry
    assert {row["name"] for row in rows if row["fit"] == "levels"} == set(level_model.fitted_names())
    for row in rows:
        assert row["dist"] == priors[row["name"]].dist
        assert row["lower"] == ("" if priors[row["name"]].lower is None else f"{priors[row['name']].lower:g}")
    without = register(without="levels")
    moved = {name for name in without if without[name] != register()[name]}
    assert moved == {row["name"] for row in rows if row["fit"] == "levels"}


def test_draws_of_the_register_carry_the_posteriors_correlations() -> None:
    pairs = parameters.posterior_correlations()
    assert pairs
    names = sorted({name for pair in pairs for name in pair})
    entries = {name: register()[name] for name in names}
    rng = np.random.default_rng(4)
    drawn = parameters.sample(entries, {name: rng.random(8000) for name in names})
    scores = {name: special.ndtri((stats.rankdata(drawn[name]) - 0.5) / 8000) for name in names}
    found = np.corrcoef([scores[name] for name in names])
    for (one, other), rho in pairs.items():
        assert found[names.index(one), names.index(other)] == pytest.approx(rho, abs=0.05)
    for name, entry in entries.items():
        marginal = entry.quantile(np.array([0.05, 0.5, 0.95]))
        width = marginal[2] - marginal[0]
        assert np.quantile(drawn[name], [0.05, 0.5, 0.95]) == pytest.approx(marginal, abs=0.05 * width)


def test_a_replaced_entry_is_drawn_alone_and_moves_no_other() -> None:
    name = next(iter(parameters.posterior_correlations()))[1]
    rng = np.random.default_rng(5)
    uniforms = {key: rng.random(500) for key in register()}
    entry = register()[name]
    other = parameters.with_override(register(), name, entry.dist, entry.a, entry.b * 0.9, "test")
    one, two = parameters.sample(register(), uniforms), parameters.sample(other, uniforms)
    assert {key for key in one if not np.array_equal(one[key], two[key])} == {name}
    assert np.array_equal(two[name], other[name].quantile(uniforms[name]).astype(np.float32))


def test_priors_are_drawn_without_the_posteriors_correlations() -> None:
    rng = np.random.default_rng(6)
    uniforms = {key: rng.random(50) for key in prior_register()}
    drawn = parameters.sample(prior_register(), uniforms)
    fitted = {row["name"] for row in _shipped("posterior.csv")}
    for name in fitted:
        assert np.array_equal(drawn[name], prior_register()[name].quantile(uniforms[name]).astype(np.float32))


def test_a_draw_does_not_depend_on_how_many_are_drawn() -> None:
    rng = np.random.default_rng(7)
    uniforms = {key: rng.random(173) for key in register()}
    whole = parameters.sample(register(), uniforms)
    part = parameters.sample(register(), {key: u[:50] for key, u in uniforms.items()})
    assert all(np.array_equal(whole[key][:50], part[key]) for key in whole)


def test_every_constraint_and_every_fact_says_where_it_comes_from() -> None:
    folder = resources.files("foedus.calibrate").joinpath("fits")
    for table in ("constraints.csv", "published_forecasts.csv", "posture_orders.csv", "record_facts.csv"):
        for row in csv.DictReader(folder.joinpath(table).read_text(encoding="utf-8").splitlines()):
            assert row["source"] and row["as_of"] and row["status"] in STATUSES, (table, row)
    assert {p.model for p in all_priors()} >= {"fit_credibility", "fit_posture", "fit_ukraine"}


def test_forecasts_are_brought_to_ten_years_at_a_constant_rate() -> None:
    odds = level_model.forecast_log_odds()
    assert special.expit(odds[0]) == pytest.approx(1 - math.sqrt(1 - 0.21))
    assert special.expit(odds[2:]) == pytest.approx([0.29, 0.45])
    target = level_model.target()
    k = target.names.index("any_ally_ten_years")
    assert target.centre[k] == pytest.approx(odds.mean())
    assert target.sd[k] == pytest.approx(np.std(odds, ddof=1))


def test_the_record_behind_the_likelihoods() -> None:
    fits = likelihoods.fits()
    assert int(fits["credibility"].data["honoured"]) == 42
    change = fits["posture"].data["change"]
    assert (
        len(change) == 2024 - 1957 - 7 - 4
    )  # the years after the Cold War and those of 2017-2020 are left out
    assert change.min() == pytest.approx(math.log(65979 / 83058))
    europe = np.exp(fits["ukraine"].data["europe"])
    assert len(europe) == 16
    assert europe[11:15].sum() == pytest.approx(74.07, abs=0.5)  # Kiel's own total of 2025
    share = special.expit(fits["ukraine"].data["share"])
    assert share == pytest.approx([0.35, 114.9 / 262.6], abs=0.01)


def test_the_gates_stop_fits_that_are_not_fit_for_use(monkeypatch: pytest.MonkeyPatch) -> None:
    fit = likelihoods.fits()["credibility"]
    rng = np.random.default_rng(9)
    apart = {name: rng.standard_normal((2, 400)) + np.array([[0.0], [3.0]]) for name in fit.entries}
    monkeypatch.setattr(nuts, "run_chains", lambda *_: (apart, 30))
    with pytest.raises(CalibrationError, match=r"credibility.*R-hat.*divergent"):
        nuts.run_fit(fit, Settings(10, 400, 2))
    monkeypatch.setattr(level_model, "summarise", lambda z, seed, base: 40.0 * z[:, :6])
    with pytest.raises(CalibrationError, match="effective sample size"):
        release.levels(release.Run(quick=True), register())


def test_the_stamp_of_kept_parts_follows_the_register() -> None:
    changed = parameters.with_override(register(), "crisis.stake", "normal", 2.0, 0.3, "test")
    assert release.stamp(register()) == release.stamp(register())
    assert release.stamp(changed) != release.stamp(register())


def test_shipped_tables_hold_what_moved_and_nothing_else() -> None:
    prior = prior_register()
    rng = np.random.default_rng(10)
    names = ("crisis.stake", "crisis.status_quo", "crisis.opportunities")
    still = prior["crisis.opportunities"].quantile((rng.permutation(2000) + 0.5) / 2000)
    one = rng.standard_normal(2000)
    columns = np.stack([2.0 + 0.2 * one, 1.4 + 0.1 * (one + rng.standard_normal(2000)), still], axis=1)
    before = {name: prior[name] for name in names}
    result = release.Result("posture", names, columns, np.full(2000, 1 / 2000), before, {"ess": 2000.0})
    out = release.shipped_tables([result])
    rows = list(csv.DictReader(out["posterior.csv"].splitlines()))
    assert [row["name"] for row in rows] == ["crisis.stake", "crisis.status_quo"]
    assert float(rows[0]["a"]) == pytest.approx(2.0, abs=0.02)
    (pair,) = csv.DictReader(out["posterior_correlation.csv"].splitlines())
    assert float(pair["correlation"]) == pytest.approx(math.sqrt(0.5), abs=0.04)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["calibrate", "level"], "did you mean 'levels'"),
        (["calibrate", "levels", "--shipped"], "shipped for spending alone"),
        (["calibrate", "all", "--check"], "takes one system"),
    ],
)
def test_bad_calls_are_refused_in_words(arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(build_app(), arguments)
    assert isinstance(result.exception, InputError)
    assert says in str(result.exception)


@pytest.mark.slow
@pytest.mark.parametrize("system", ["credibility", "posture", "ukraine"])
def test_explicit_fits_pass_their_gates_and_agree_with_what_is_shipped(system: str) -> None:
    result = release.explicit(system, release.Run(quick=True))
    assert result.report["r_hat"] < 1.02
    shipped = register(without="levels")
    for name, m in result.marginals().items():
        now, then = m.quantiles[3], shipped[name].quantile(np.array([0.5]))[0]
        width = m.quantiles[-1] - m.quantiles[0]
        assert abs(now - then) < 0.15 * width, name


@pytest.mark.slow
@pytest.mark.parametrize("system", ["credibility", "posture", "ukraine"])
def test_ranks_of_simulated_truths_are_uniform(system: str) -> None:
    fit = likelihoods.fits()[system]
    found = nuts.simulated_ranks(fit, 40, Settings(200, 200, 1, 3))
    assert waves.uniform_p(found.values).min() > 0.05 / 10 / len(fit.entries)


@pytest.mark.slow
def test_the_shipped_levels_meet_the_constraints_better_than_the_priors() -> None:
    target = level_model.target()
    z = np.random.default_rng(11).standard_normal((200, len(level_model.fitted_names())))
    before = level_model.summarise(z, 3, register(without="levels"))
    values = {name: np.random.default_rng([12, k]).random(200) for k, name in enumerate(register())}
    after = level_model.summarise_values(parameters.sample(register(), values))
    assert np.median(target.implausibility(after)) < np.median(target.implausibility(before))
    assert (target.implausibility(after) <= waves.IMPLAUSIBLE).mean() > 0.9
