from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from typer.testing import CliRunner

from foedus.calibrate import pool
from foedus.calibrate.pool_file import pool_file
from foedus.cli import build_app
from foedus.errors import InputError

LEVELS = (0.05, 0.5, 0.95)
EXPERTS = """\
question: Type of the next administration
outcomes: [committed, transactional, withdrawing]
experts:
  - name: Real
    probabilities: {committed: 0.05, transactional: 0.25, withdrawing: 0.70}
  - name: Bluff
    probabilities: {committed: 0.25, transactional: 0.70, withdrawing: 0.05}
"""


def _simplex(rows: int = 3, columns: int = 3) -> st.SearchStrategy[np.ndarray]:
    return arrays(float, (rows, columns), elements=st.floats(0.01, 1)).map(
        lambda x: x / x.sum(axis=1, keepdims=True)
    )


@given(_simplex(), st.floats(1, 4))
def test_pools_are_probabilities_and_do_not_depend_on_the_order(p: np.ndarray, factor: float) -> None:
    for make in (pool.linear_pool, pool.log_odds_pool, lambda x: pool.log_odds_pool(x, extremise=factor)):
        out = make(p)
        assert out.sum() == pytest.approx(1)
        assert np.all(out >= 0)
        assert make(p[::-1]) == pytest.approx(out)


@given(_simplex(1))
def test_agreement_stays_as_it_is_and_extremising_sharpens_it(p: np.ndarray) -> None:
    same = np.repeat(p, 4, axis=0)
    assert pool.linear_pool(same) == pytest.approx(p[0])
    assert pool.log_odds_pool(same) == pytest.approx(p[0], abs=1e-9)
    assert pool.log_odds_pool(same, extremise=2).max() >= p.max() - 1e-9


@given(_simplex())
def test_the_linear_pool_stays_between_the_experts(p: np.ndarray) -> None:
    out = pool.linear_pool(p)
    assert np.all(out >= p.min(axis=0) - 1e-12)
    assert np.all(out <= p.max(axis=0) + 1e-12)


def test_log_odds_of_two_outcomes_is_the_mean_of_the_log_odds() -> None:
    out = pool.log_odds_pool([[0.9, 0.1], [0.6, 0.4]])
    mean = (np.log(0.9 / 0.1) + np.log(0.6 / 0.4)) / 2
    assert out[0] == pytest.approx(1 / (1 + np.exp(-mean)))


def _expert(slots: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Quantiles (0, 1, 2) on every question, truths in the given slots."""
    place = np.array([-0.5, 0.5, 1.5, 2.5])
    return np.tile([0.0, 1.0, 2.0], (1, len(slots), 1)), place[slots]


def test_cooke_calibration_by_hand() -> None:
    """Ten seeds, of which 2, 3, 3, 2 fall into slots with probabilities 0.05, 0.45, 0.45, 0.05."""
    quantiles, truth = _expert([0, 0, 1, 1, 1, 2, 2, 2, 3, 3])
    information = 2 * 0.2 * np.log(0.2 / 0.05) + 2 * 0.3 * np.log(0.3 / 0.45)
    assert information == pytest.approx(0.31123, abs=1e-4)
    assert pool.cooke_calibration(quantiles, truth, LEVELS)[0] == pytest.approx(
        stats.chi2.sf(20 * information, 3)
    )


def test_cooke_calibration_is_one_for_the_expected_shares_and_falls_with_surprises() -> None:
    perfect, truth = _expert([0] + [1] * 9 + [2] * 9 + [3])
    assert pool.cooke_calibration(perfect, truth, LEVELS)[0] == pytest.approx(1.0)
    scores = []
    for surprises in range(1, 6):
        quantiles, truth = _expert([3] * surprises + [1] * 5 + [2] * (5 - surprises))
        scores.append(pool.cooke_calibration(quantiles, truth, LEVELS)[0])
    assert scores == sorted(scores, reverse=True)


def test_cooke_gives_the_calibrated_and_informative_expert_the_weight() -> None:
    rng = np.random.default_rng(0)
    even = stats.norm.ppf((np.arange(20) + 0.5) / 20)
    truth, noise = even, 0.4 * rng.permutation(even)
    spread = stats.norm.ppf(LEVELS)
    sharp = (truth + noise)[:, None] + 0.4 * spread
    vague = np.zeros(20)[:, None] + 1.0 * spread
    wrong = (truth + 5)[:, None] + 0.4 * spread
    found = pool.cooke_weights(np.stack([sharp, vague, wrong]), truth, LEVELS)
    assert found.weight.sum() == pytest.approx(1)
    assert found.weight[0] > found.weight[1] > found.weight[2]
    assert found.calibration[2] < 1e-6
    assert found.information[0] > found.information[1]


@given(st.floats(0.1, 50), st.floats(-100, 100))
def test_cooke_weights_do_not_depend_on_units(scale: float, shift: float) -> None:
    rng = np.random.default_rng(4)
    truth = rng.normal(0, 1, 8)
    centre = truth + rng.normal(0, 0.5, (3, 8))
    quantiles = centre[..., None] + stats.norm.ppf(LEVELS)
    base = pool.cooke_weights(quantiles, truth, LEVELS).weight
    moved = pool.cooke_weights(scale * quantiles + shift, scale * truth + shift, LEVELS).weight
    assert moved == pytest.approx(base, abs=1e-6)


def test_a_file_is_pooled_and_disagreement_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "experts.yaml"
    file.write_text(EXPERTS)
    found = pool_file(file)
    assert found.beliefs() == {"committed": 0.15, "transactional": 0.475, "withdrawing": 0.375}
    assert [d.contested for d in found.disagreement] == [False, False, True]
    assert (
        "administration: {committed: 0.15, transactional: 0.475, withdrawing: 0.375}" in found.scenario_yaml()
    )


def test_seed_questions_and_track_records_give_weights(tmp_path: Path) -> None:
    file = tmp_path / "experts.yaml"
    seeded = EXPERTS.replace(
        "  - name: Real", "  - name: Real\n    seeds: {a: [1, 2, 3], b: [4, 5, 6]}"
    ).replace("  - name: Bluff", "  - name: Bluff\n    seeds: {a: [8, 9, 10], b: [20, 21, 22]}")
    file.write_text(seeded + "seeds: {levels: [0.05, 0.5, 0.95], truth: {a: 2.5, b: 4.5}}\n")
    found = pool_file(file)
    assert found.weights is not None
    assert found.weights[0] > 0.9
    assert found.use == "performance_linear"


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("withdrawing: 0.70", "withdrawing: 0.80", 5, "probabilities"),
        ("committed: 0.25", "committed: -0.25", 7, "committed"),
        ("outcomes:", "outcome:", 2, "outcome"),
        ("withdrawing: 0.05}", "withdrawn: 0.05}", 7, "probabilities"),
        ("committed: 0.05", "committed: high", 5, "committed"),
        ("name: Bluff", "name: Real", 4, "experts"),
    ],
)
def test_bad_files_name_the_line(tmp_path: Path, old: str, new: str, line: int, field: str) -> None:
    file = tmp_path / "experts.yaml"
    file.write_text(EXPERTS.replace(old, new))
    with pytest.raises(InputError) as caught:
        pool_file(file)
    assert caught.value.line == line
    assert field in str(caught.value.field)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[1, 2", b"42", b"a: &x [*x]"])
def test_hostile_files_get_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "experts.yaml"
    file.write_bytes(content)
    with pytest.raises(InputError):
        pool_file(file)


def test_the_command_prints_json_that_holds_every_pool(tmp_path: Path) -> None:
    file = tmp_path / "experts.yaml"
    file.write_text(EXPERTS)
    result = CliRunner().invoke(build_app(), ["forecast", "pool", str(file), "--json"])
    assert result.exit_code == 0, result.output
    data = json.loads(result.output)
    assert set(data["pools"]) == {"linear", "log_odds", "extremised"}
    assert data["disagreement"]["withdrawing"]["contested"] is True
    assert sum(data["beliefs"]["administration"].values()) == pytest.approx(1)
