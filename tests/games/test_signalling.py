"""The fast path: float32 equilibria inside a step, derivatives, and agreement with the float64 reference."""

import jax
import jax.numpy as jnp
import numpy as np
import polars as pl
import pytest
from scipy.special import ndtr

from foedus.model.games import exact, signalling
from foedus.model.games.batch import compiled_response
from foedus.model.games.equilibria import all_equilibria

COLUMNS = ("SA", "VA", "CB", "WA", "WB", "a", "VB")


@pytest.fixture(scope="module")
def games(reference):
    table = pl.read_csv(reference / "sigint" / "equilibrium_grid_parameters.csv", infer_schema_length=None)
    return np.stack([table[c].to_numpy().astype(float) for c in COLUMNS])


@pytest.mark.parametrize("end", ["lowest", "highest"])
def test_float32_ends_agree_with_the_reference(games, end):
    found = all_equilibria(games)
    first = np.searchsorted(found.game, np.arange(games.shape[1]))
    rows = (
        first if end == "lowest" else np.searchsorted(found.game, np.arange(games.shape[1]), side="right") - 1
    )
    fast = getattr(signalling, end)(signalling.Payoffs(*jnp.asarray(games, jnp.float32)))
    assert np.abs(ndtr(np.asarray(fast.x, float)) - ndtr(found.x[rows])).max() < 1e-4
    assert np.array_equal(np.asarray(fast.corner), found.kind[rows] == 1)
    assert np.asarray(fast.residual).max() < 1e-3


def test_compiled_float64_response_equals_the_plain_one():
    rng = np.random.default_rng(0)
    games, x = rng.uniform(-3, 3, (7, 2000)), rng.normal(size=2000)
    z, slope = compiled_response(games, x)
    plain_z, plain_slope = exact.response(games, x)
    assert np.abs((z - plain_z) / (1 + np.abs(plain_z))).max() < 1e-9
    assert np.abs((slope - plain_slope) / (1 + np.abs(plain_slope))).max() < 1e-7


@pytest.mark.parametrize("family", ["normal", "logistic"])
def test_derivatives_through_the_equilibrium(family):
    with jax.enable_x64():
        point = jnp.array([0.1, 1.0, 0.2, -0.9, -0.4, -1.2, 0.7])

        def root(p):
            return signalling.solve_from(signalling.Payoffs(*p), 0.5, steps=40, family=family).x

        gradient = np.asarray(jax.grad(root)(point))
        step = 1e-5 * np.eye(7)
        numeric = np.array([(float(root(point + s)) - float(root(point - s))) / 2e-5 for s in step])
        assert np.abs(gradient - numeric).max() < 1e-6
        x = float(root(point))
        z = exact.response(np.asarray(point)[:, None], np.array([x]), family)[0][0]
        assert z == pytest.approx(x, abs=1e-9)


def test_second_derivatives_of_the_split():
    from foedus.model.games.gaussian import split

    with jax.enable_x64():
        point = jnp.array([0.4, -0.8, 0.3])
        hessian = np.asarray(jax.hessian(lambda p: split(*p)[0])(point))
        gradient = jax.grad(lambda p: split(*p)[0])
        step = 1e-5 * np.eye(3)
        numeric = np.array([(gradient(point + s) - gradient(point - s)) / 2e-5 for s in step])
        assert np.abs(hessian - numeric).max() < 1e-6


def test_any_batch_shape_and_probabilities_of_ends():
    rng = np.random.default_rng(3)
    payoffs = signalling.Payoffs(*jnp.asarray(rng.uniform(-2, 2, (7, 3, 5)), jnp.float32))
    x, residual = signalling.continued(payoffs, jnp.zeros((3, 5)))
    assert x.shape == residual.shape == (3, 5)
    ends = signalling.outcomes(payoffs, x)
    total = ends.p_SQ + ends.p_CD + ends.p_SF + ends.p_BD
    assert np.abs(np.asarray(total) - 1).max() < 1e-5
