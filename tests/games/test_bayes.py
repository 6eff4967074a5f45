"""Posteriors: near the maximum where data are many, calibrated where they are few."""

import numpy as np
import pytest

pandas = pytest.importorskip("pandas")
pytest.importorskip("formulaic")
pytest.importorskip("numpyro")
jax = pytest.importorskip("jax")
jnp = jax.numpy
pytest.importorskip("arviz")

from foedus.calibrate.strategic import crisis, crisis_quick, nuts, sbc  # noqa: E402
from foedus.calibrate.strategic.bayes import Target, crises_together, one_by_one, sample  # noqa: E402
from foedus.calibrate.strategic.estimate import Request, fit  # noqa: E402
from foedus.calibrate.strategic.formula import read_table  # noqa: E402
from foedus.calibrate.strategic.maximise import covariance, maximise  # noqa: E402
from foedus.calibrate.strategic.nuts import factor_of  # noqa: E402
from foedus.errors import InputError  # noqa: E402
from foedus.model.games.batch import solve_all  # noqa: E402
from tests.games.conftest import REPOSITORY  # noqa: E402


@pytest.mark.slow
def test_posterior_of_simulated_crises_is_where_the_truth_is():
    spec, truth, counts = sbc.simulated(np.random.default_rng(3), 300, 10)
    scores = sbc.scores_of(spec, counts)
    best = maximise(scores, np.array(sbc.CENTRE))
    errors = np.sqrt(np.diag(covariance(best)))
    twin = crisis_quick.program(spec.regressors[None], counts[None])
    target = Target(crises_together(spec, counts), best.theta, factor_of(best.hessian), twin)
    data = sample(target, np.full(5, 5.0), draws=150, seed=1, chains=2).data
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
    assert min(found["p_values_distribution"]) > 1e-3
    assert found["divergent"].sum() < 0.01 * 60 * 2 * 98
    assert np.median(found["r_hat"]) < sbc.R_HAT
    assert found["r_hat"].max() < 1.2


@pytest.mark.slow
def test_many_posteriors_are_sampled_each_by_its_own_data():
    """Normal data with a normal prior: means and covariances have a closed form (precisions add)."""
    generator = np.random.default_rng(4)
    roots = generator.normal(size=(6, 3, 3))
    precision = np.einsum("kab,kcb->kac", roots, roots) + np.eye(3)
    centre = 3.0 * generator.normal(size=(6, 3))

    def likelihoods(theta, index):
        apart = theta - centre[index]
        pull = np.einsum("bij,bj->bi", precision[index], apart)
        return -0.5 * (apart * pull).sum(1), -pull

    def twin(theta, index):
        """The same, sure of itself in a part of the space only, and wrong elsewhere."""
        sure = theta[:, 0] > jnp.asarray(centre)[index, 0]
        apart = theta - jnp.asarray(centre)[index]
        pull = jnp.einsum("bij,bj->bi", jnp.asarray(precision)[index], apart)
        return jnp.where(sure, -0.5 * (apart * pull).sum(1), 1e3), -pull, sure

    prior = np.array([1.0, -1.0, 0.5]), np.array([0.5, 1.0, 2.0])
    whole = precision + np.diag(prior[1] ** -2)
    mean = np.linalg.solve(
        whole, np.einsum("kij,kj->ki", precision, centre)[..., None] + (prior[0] / prior[1] ** 2)[:, None]
    )
    rough = np.stack([np.eye(3) * 0.4] * 6)
    posteriors = nuts.Posteriors(likelihoods, *prior, mean[..., 0] + 0.1, rough, twin)
    found = nuts.sample_all(posteriors, warmup=150, draws=400, chains=2, seed=3)
    assert found.theta.shape == (6, 2, 400, 3)
    assert not found.divergent.any()
    flat = found.theta.reshape(6, -1, 3)
    for k in range(6):
        covariance = np.linalg.inv(whole[k])
        errors = np.sqrt(np.diag(covariance))
        assert np.abs((flat[k].mean(0) - mean[k, :, 0]) / errors).max() < 0.2
        assert np.abs(np.cov(flat[k].T) - covariance).max() < 0.25 * errors.max() ** 2


def test_likelihoods_of_many_data_sets_are_those_of_each():
    generator = np.random.default_rng(8)
    worlds = [sbc.simulated(generator, 40, 5) for _ in range(3)]
    theta = np.array(sbc.CENTRE) + 0.2 * generator.normal(size=(5, 5))
    index = np.array([2, 0, 1, 1, 0])
    value, gradient = sbc.likelihoods_of(worlds)(theta, index)
    for b, k in enumerate(index):
        each, by = sbc.scores_of(worlds[k].spec, worlds[k].counts)(theta[b])
        assert value[b] == pytest.approx(each.sum(), rel=1e-9)
        assert gradient[b] == pytest.approx(by.sum(0), rel=1e-6, abs=1e-8)


def test_likelihoods_of_several_chains_in_one_call_are_those_of_each():
    generator = np.random.default_rng(9)
    world = sbc.simulated(generator, 80, 5)
    theta = np.array(sbc.CENTRE) + 0.3 * generator.normal(size=(3, 5))

    def favoured(point):
        part = crisis.full(world.spec.utilities(point), world.counts, None)
        return part.value, world.spec.gradient(part.by_payoff)

    none = np.zeros(3, np.int64)
    value, gradient = crises_together(world.spec, world.counts)(theta, none)
    alone, by = one_by_one(favoured)(theta, none)
    assert value == pytest.approx(alone, rel=1e-9)
    assert gradient == pytest.approx(by, rel=1e-6, abs=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["as simulated", "by chance", "no regressor"])
def test_compiled_likelihoods_are_those_of_numpy_where_they_are_sure(kind):
    generator = np.random.default_rng(12)
    worlds = [sbc.simulated(generator, 50, 5) for _ in range(4)]
    theta = np.array(sbc.CENTRE) + (1.5 if kind == "by chance" else 0.3) * generator.normal(size=(40, 5))
    if kind == "no regressor":
        theta[:, [1, 3]] = 0.0
    index = np.tile(np.arange(4), 10)
    with jax.enable_x64():
        run = jax.jit(crisis_quick.program(*sbc.stacked(worlds)))
        value, gradient, sure = (np.asarray(part) for part in run(theta, index))
    right, slope = sbc.likelihoods_of(worlds)(theta, index)
    assert sure.mean() > (0.2 if kind == "by chance" else 0.7)
    assert value[sure] == pytest.approx(right[sure], rel=1e-11)
    assert gradient[sure] == pytest.approx(slope[sure], rel=1e-7, abs=1e-7)
    # games with several equilibria are left to the search that finds them all
    payoffs = np.stack([worlds[k].spec.utilities(point) for point, k in zip(theta, index, strict=True)], axis=1)
    found = solve_all(payoffs.reshape(7, -1))
    several = np.bincount(found.game, minlength=2000).reshape(40, 50).max(1) > 1
    assert not sure[several].any()


def test_distribution_test_knows_even_from_uneven_ranks():
    even = np.tile(np.arange(50), 4)
    assert sbc.distribution_test(even[:, None], 49, 1)[0] > 0.999
    lopsided = np.random.default_rng(2).integers(0, 35, (200, 1))
    assert sbc.distribution_test(lopsided, 49, 1)[0] < 1e-3


PAGE = REPOSITORY / "docs" / "explanation" / "crisis-game.md"


def _published():
    """Return the table of the page: coefficient to mean, standard deviation, interval, maximum and its standard error."""
    cells = [line.strip("| \n").split(" | ") for line in PAGE.read_text().splitlines() if line.startswith("|")]
    return {row[0]: [float(v) for cell in row[1:] for v in cell.split(" to ")] for row in cells[2:]}


def _agrees_with_the_page(result, likely):
    table = np.array(list(_published().values()))
    names = [f"{payoff}: {term}" for payoff, term in zip(result.payoffs, result.terms, strict=True)]
    assert names == list(_published())
    spread = np.sqrt(np.diag(np.array(result.covariance)))
    # 400 effective draws: means to a twentieth of a standard deviation, quantiles to a sixth; three times that
    assert np.abs((np.array(result.estimate) - table[:, 0]) / table[:, 1]).max() < 0.2
    assert np.abs(np.log(spread / table[:, 1])).max() < 0.25
    assert np.abs((np.array(result.intervals) - table[:, 2:4]) / table[:, 1:2]).max() < 0.5
    assert np.abs(np.array(likely.estimate) - table[:, 4]).max() < 1e-3
    assert np.abs(np.sqrt(np.diag(np.array(likely.covariance))) - table[:, 5]).max() < 1e-3


@pytest.mark.slow
def test_bayes_on_the_sanctions_data_by_the_command_s_own_door(reference):
    """Four to seven minutes of processor time."""
    frame = read_table(reference / "sigint" / "sanctions_dyad_decade.csv")
    formula = "V_A ~ 1; C_B ~ 1; W_A ~ ln_capability_ratio; W_B ~ 1; a ~ 1"
    likely = fit(frame, Request("crisis", formula, "cmle"))
    result = fit(frame, Request("crisis", formula, "bayes", seed=2))
    assert result.converged, result.advice
    _agrees_with_the_page(result, likely)
    errors = np.sqrt(np.diag(np.array(result.covariance)))
    assert np.abs((np.array(result.estimate) - np.array(likely.estimate)) / errors).max() < 1.5
