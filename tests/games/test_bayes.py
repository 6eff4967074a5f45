"""Posteriors: near the maximum where data are many, calibrated where they are few."""

import numpy as np
import pytest

pandas = pytest.importorskip("pandas")
pytest.importorskip("formulaic")
pytest.importorskip("numpyro")
pytest.importorskip("arviz")

from foedus.calibrate.strategic import sbc  # noqa: E402
from foedus.calibrate.strategic.bayes import sample  # noqa: E402
from foedus.calibrate.strategic.estimate import Request, fit  # noqa: E402
from foedus.calibrate.strategic.formula import read_table  # noqa: E402
from foedus.calibrate.strategic.maximise import covariance, maximise  # noqa: E402
from foedus.calibrate.strategic.nuts import factor_of  # noqa: E402
from foedus.errors import InputError  # noqa: E402


@pytest.mark.slow
def test_posterior_of_simulated_crises_is_where_the_truth_is():
    spec, truth, counts = sbc.simulated(np.random.default_rng(3), 300, 10)
    scores = sbc.scores_of(spec, counts)
    best = maximise(scores, np.array(sbc.CENTRE))
    errors = np.sqrt(np.diag(covariance(best)))
    data = sample(scores, best.theta, np.full(5, 5.0), factor_of(best.hessian), draws=150, seed=1).data
    theta = np.asarray(data.posterior["theta"]).reshape(-1, 5)
    assert np.asarray(data.posterior["theta"]).shape == (2, 150, 5)
    assert np.abs((theta.mean(0) - best.theta) / errors).max() < 0.6
    assert np.abs(np.log(theta.std(0) / errors)).max() < 0.35
    assert np.abs((theta.mean(0) - truth) / errors).max() < 4.0


def test_too_few_rounds_of_calibration_are_refused():
    with pytest.raises(InputError, match="at least 10 rounds"):
        sbc.calibrate(3, 19)
    with pytest.raises(InputError, match="one less than a multiple of 10"):
        sbc.calibrate(20, 10)


@pytest.mark.slow
def test_ranks_of_true_coefficients_are_uniform():
    found = sbc.calibrate(60, 49, seed=5)
    assert found["ranks"].shape == (60, 5)
    # five coefficients: one in a thousand for each keeps false alarms below one in two hundred
    assert min(found["p_values"]) > 1e-3
    # a mean of 60 uniform ranks has standard deviation 0.289 / sqrt(60) = 0.037
    assert np.abs(found["mean_rank"] - 0.5).max() < 0.15


@pytest.mark.slow
def test_bayes_on_the_sanctions_data_by_the_command_s_own_door(reference):
    frame = read_table(reference / "sigint" / "sanctions_dyad_decade.csv")
    formula = "V_A ~ 1; C_B ~ 1; W_A ~ ln_capability_ratio; W_B ~ 1; a ~ 1"
    likely = fit(frame, Request("crisis", formula, "cmle"))
    result = fit(frame, Request("crisis", formula, "bayes", seed=2, draws=300))
    assert result.converged, result.advice
    errors = np.sqrt(np.diag(np.array(result.covariance)))
    assert np.abs((np.array(result.estimate) - np.array(likely.estimate)) / errors).max() < 1.5
