from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.calibrate import scores
from foedus.errors import InputError

PROBABILITY = st.floats(0, 1)
VALUE = st.floats(-1e3, 1e3)


def _events(size: int = 400, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    p = rng.beta(0.5, 4, size).round(2)
    return p, (rng.random(size) < p).astype(float)


def test_binary_scores_equal_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    p, y = _events()
    assert scores.brier(p, y) == pytest.approx(metrics.brier_score_loss(y, p), abs=1e-12)
    assert scores.auc(p, y) == pytest.approx(metrics.roc_auc_score(y, p), abs=1e-12)
    inside = np.clip(p, 0.01, 0.99)
    assert scores.log_loss(inside, y) == pytest.approx(metrics.log_loss(y, inside), abs=1e-12)


def test_calibration_line_equals_a_statsmodels_logit() -> None:
    sm = pytest.importorskip("statsmodels.api")
    p, y = _events(2000, 3)
    p = np.clip(p, 0.01, 0.99)
    fit = sm.Logit(y, sm.add_constant(np.log(p / (1 - p)))).fit(disp=0)
    assert scores.calibration_line(p, y) == pytest.approx(tuple(fit.params), abs=1e-6)


@given(arrays(float, (12, 4), elements=VALUE), arrays(float, 4, elements=VALUE))
def test_crps_is_the_double_sum_of_its_definition(x: np.ndarray, y: np.ndarray) -> None:
    spread = np.abs(x[:, None, :] - x[None, :, :]).mean(axis=(0, 1)) / 2
    assert scores.crps_samples(x, y) == pytest.approx(np.abs(x - y).mean(axis=0) - spread, abs=1e-8)


@given(arrays(float, (9, 3), elements=VALUE), arrays(float, 3, elements=VALUE), VALUE, st.floats(0.1, 10))
def test_crps_moves_and_stretches_with_its_unit(
    x: np.ndarray, y: np.ndarray, shift: float, scale: float
) -> None:
    base = scores.crps_samples(x, y)
    assert np.all(base >= -1e-9)
    assert scores.crps_samples(scale * x + shift, scale * y + shift) == pytest.approx(scale * base, abs=1e-6)


def test_crps_of_many_normal_draws_nears_the_closed_form() -> None:
    draws = np.random.default_rng(1).normal(1.0, 2.0, (40_000, 3))
    y = np.array([-1.0, 1.0, 6.0])
    assert scores.crps_samples(draws, y) == pytest.approx(scores.crps_normal(1.0, 2.0, y), rel=0.02)


def test_crps_normal_at_the_mean_is_the_known_constant() -> None:
    known = (2 / np.sqrt(2 * np.pi) - 1 / np.sqrt(np.pi)) * 3.0
    assert scores.crps_normal([0.0], [3.0], [0.0])[0] == pytest.approx(known)


def test_honest_draws_cover_as_often_as_they_say() -> None:
    rng = np.random.default_rng(2)
    centre = rng.normal(size=4000)
    draws = centre + rng.normal(size=(800, 4000))
    truth = centre + rng.normal(size=4000)
    assert scores.coverage(draws, truth, 0.9) == pytest.approx(0.9, abs=0.02)
    result = scores.score_samples(draws, truth)
    assert result.pit_ks < 0.03
    assert result.coverage_50 == pytest.approx(0.5, abs=0.03)


@given(arrays(float, 30, elements=PROBABILITY), arrays(float, 30, elements=st.sampled_from([0.0, 1.0])))
def test_the_true_probabilities_are_hard_to_beat(p: np.ndarray, y: np.ndarray) -> None:
    """Brier is proper: forecasting the outcomes themselves scores zero, and no forecast scores below zero."""
    assert scores.brier(y, y) == 0
    assert 0 <= scores.brier(p, y) <= 1
    assert scores.log_loss(p, y) >= 0


@pytest.mark.parametrize(
    ("p", "y"),
    [([0.5], [1, 0]), ([1.2], [1]), ([float("nan")], [0]), ([0.5], [2]), ([], [])],
)
def test_bad_forecasts_are_refused(p: list[float], y: list[float]) -> None:
    with pytest.raises(InputError):
        scores.brier(p, y)


def test_samples_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(InputError, match="shapes"):
        scores.crps_samples(np.zeros((5, 2)), np.zeros(3))


def test_cells_that_move_together_are_missed_together() -> None:
    rng = np.random.default_rng(0)
    common = np.repeat(rng.standard_normal((2000, 1)), 30, axis=1)
    alone = rng.standard_normal((2000, 30))
    truth = np.full(30, 3.0)
    together = scores.coverage_spread(common, truth)
    apart = scores.coverage_spread(alone, truth)
    assert together["coverage"] == apart["coverage"] == 0
    assert (together["expected_q05"], together["expected_q95"]) == (0, 1)
    assert apart["expected_q05"] > 0.75
    assert together["chance_of_less"] == pytest.approx(0.1, abs=0.02)
    assert apart["chance_of_less"] == 0
