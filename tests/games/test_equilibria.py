"""All equilibria of the crisis game against the reference grid, and their invariants."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, special, stats

from foedus.model.games import exact
from foedus.model.games.batch import quick_response, solve_all
from foedus.model.games.equilibria import all_equilibria, corner_exists, polish
from foedus.model.games.select import follow, is_stable, select

COLUMNS = ("SA", "VA", "CB", "WA", "WB", "a", "VB")
THREE = np.array([[0.0], [1.0], [0.0], [-1.9], [-2.9], [-1.2], [1.0]])


@pytest.fixture(scope="module")
def grid(reference):
    table = pl.read_csv(reference / "sigint" / "equilibrium_grid_parameters.csv", infer_schema_length=None)
    return table, np.stack([table[c].to_numpy().astype(float) for c in COLUMNS])


def test_every_true_equilibrium_and_no_false_one(reference, grid):
    table, games = grid
    truth = pl.read_csv(reference / "sigint" / "equilibrium_grid_reference.csv", infer_schema_length=None)
    found = all_equilibria(games)
    assert found.certified.all()
    counts = np.bincount(found.game[found.kind == 0], minlength=games.shape[1])
    assert np.array_equal(counts, table["n_eq_reference"].to_numpy())
    corners = np.bincount(found.game[found.kind == 1], minlength=games.shape[1])
    assert np.array_equal(corners, table["no_challenge_corner"].to_numpy())
    inner = found.kind == 0
    ids = table["vector_id"].to_numpy()[found.game[inner]]
    order = np.lexsort((found.x[inner], ids))
    truth = truth.sort("vector_id", "equilibrium")
    ends = exact.outcomes(games[:, found.game[inner]], found.x[inner])[:, order]
    for row, name in enumerate(("prob_sq", "prob_cd", "prob_sf", "prob_bd", "pc", "pr", "pf")):
        assert np.abs(ends[row] - truth[name].to_numpy()).max() < 1e-9, name
    assert np.array_equal(is_stable(found)[inner][order].astype(int), truth["best_response_stable"].to_numpy())


def test_roots_solved_elsewhere_with_thirty_digits(reference, grid):
    table, games = grid
    truth = pl.read_csv(reference / "sigint" / "equilibrium_grid_30digit.csv", infer_schema_length=None)
    place = {v: k for k, v in enumerate(table["vector_id"].to_list())}
    chosen = games[:, [place[v] for v in truth["vector_id"]]]
    z, slope = exact.response(chosen, truth["x_probit_pr"].to_numpy())
    assert np.abs((z - truth["x_probit_pr"].to_numpy()) / (1 - slope)).max() < 1e-11


def test_choice_functions_at_random_points(reference):
    probes = pl.read_csv(reference / "sigint" / "function_probes.csv", infer_schema_length=None)
    c, w, a = (probes[name].to_numpy() for name in ("cutoff_c", "WA", "a"))
    parts = exact.split(c, w, a)
    go = np.exp(parts.log_challenge)
    assert np.abs(go - probes["g_challenge"].to_numpy()).max() < 1e-9
    common = probes["g_challenge"].to_numpy() > 1e-6
    assert np.abs(special.expit(-parts.log_ratio) - probes["pf_ratio"].to_numpy())[common].max() < 1e-9


def test_logistic_split_against_numerical_integration():
    density, upto = stats.logistic(scale=np.sqrt(3) / np.pi).pdf, stats.logistic(scale=np.sqrt(3) / np.pi).cdf
    for c, w, a in ((0.3, -0.5, 0.4), (-2.0, 1.0, 1.01), (1.5, 2.0, -1.0), (2.0, -2.0, 0.5)):
        h = integrate.quad(lambda u, w=w, a=a: density(u) * upto(u + w - a), c - w, 40, epsabs=1e-13)[0]
        b = integrate.quad(lambda u, w=w, a=a: density(u) * upto(u + a - w), c - a, 40, epsabs=1e-13)[0]
        parts = exact.split(np.array([c]), np.array([w]), np.array([a]), "logistic")
        assert parts.log_ratio[0] == pytest.approx(np.log(b / h), abs=1e-9)
        assert np.exp(parts.log_challenge[0]) == pytest.approx(h + b, abs=1e-10)


payoff = st.floats(-4, 4)


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[payoff] * 7), st.sampled_from(["normal", "logistic"]))
def test_equilibria_solve_their_equation_and_exist(values, family):
    games = np.array(values)[:, None]
    found = all_equilibria(games, family=family)
    assert found.game.size >= 1
    inner = found.kind == 0
    x = found.x[inner]
    z, slope = exact.response(np.repeat(games, x.size, axis=1), x, family)
    assert (np.abs(z - x) <= 1e-8 * (1 + np.abs(x)) * (1 + np.abs(slope))).all()
    ends = exact.outcomes(np.repeat(games, x.size, axis=1), x, family)
    assert np.abs(ends[:4].sum(0) - 1).max(initial=0) < 1e-12
    assert ((ends >= 0) & (ends <= 1)).all()
    assert (found.kind == 1).sum() == corner_exists(games, family).sum()


@settings(max_examples=40, deadline=None)
@given(st.tuples(*[payoff] * 7))
def test_a_fine_grid_finds_no_further_root(values):
    games = np.array(values)[:, None]
    found = all_equilibria(games)
    x = np.linspace(-9, 9, 4001)
    excess = x - exact.response(np.repeat(games, x.size, axis=1), x)[0]
    crossings = int((np.diff(np.sign(excess[excess != 0])) != 0).sum())
    inner = found.x[(found.kind == 0) & (np.abs(found.x) < 9)]
    assert crossings <= inner.size


def test_a_response_beyond_all_measure_is_no_root():
    """At x = -7.4 this response is 1e258 and its slope -5e272, so that Newton's step is 0 there; the root lies elsewhere."""
    games = np.array([-1.564632168471797, -3.2758506584724527, 0.3705467503053065, -0.6218637159706221,
                      -7.415275452028519, 1.217951443020888, 0.3744548357932827])[:, None]  # fmt: skip
    for respond in (None, quick_response):
        found = all_equilibria(games, respond=respond)
        assert found.x == pytest.approx([-0.7360204688424571], abs=1e-12)
    edge = np.array([-9.0]), np.array([9.0])
    for left in np.linspace(-9, -6, 31):
        x, _, _ = polish(games, np.zeros(1, np.int64), np.array([left]), edge[1], exact.response)
        assert x == pytest.approx([-0.7360204688424571], abs=1e-12)


def test_payoffs_that_differ_by_next_to_nothing_keep_their_second_equilibrium():
    """W_A is below a by 5.2e-12: b / h moves at cut-offs of 1e12 only, where a second equilibrium lies (mpmath, 60 digits)."""
    values = [1.5, 0.2, 0.4, 0.0, 3.0, 5.2e-12, -0.3]
    games = np.repeat(np.array(values)[:, None], 70, axis=1)
    for found in (all_equilibria(games[:, :1]), solve_all(games)):
        x = found.x[found.game == 0]
        assert np.isneginf(x[0]) and x.size == 3 and found.certified.all()
        assert x[1:] == pytest.approx([-6.900837, 1.9], abs=2e-3)
        z, slope = exact.response(games[:, :2], x[1:])
        assert np.abs((z - x[1:]) / (1 - slope)).max() < 1e-12
        assert slope == pytest.approx([174.4, 0.0], abs=0.3)


def test_a_steep_crossing_far_out_is_no_fold():
    values = [0.9600778396689043, 0.2387071339823046, 1.8311584870047535, 0.0, 2.1993722387677357, 5.486071473754041e-09,
              0.720107351193088]  # fmt: skip
    found = all_equilibria(np.array(values)[:, None])
    assert found.certified.all()
    assert found.x[1:] == pytest.approx([-5.86135489, -0.74283741], abs=1e-7)


def test_selection_by_name():
    found = all_equilibria(THREE)
    assert found.x.size == 3
    assert select(found, "lowest")[0] == 0
    assert select(found, "highest")[0] == 2
    # The unstable root parts the basins at p_R = 0.595: more beliefs lead to the low equilibrium.
    assert select(found, "risk_dominant")[0] == 0
    middle = found.x[1]
    assert select(found, "continued", start=middle - 0.01)[0] == 0
    assert select(found, "continued", start=middle + 0.01)[0] == 2


def test_a_path_jumps_once_at_the_fold():
    stop = THREE[:, 0].copy()
    stop[4] = -2.6
    path = follow(THREE[:, 0], stop, float(all_equilibria(THREE).x[0]), steps=60)
    assert len(path.jumped) == 1
    assert path.outcomes[5, 0] < 0.3 < 0.8 < path.outcomes[5, -1]


def test_corner_games_may_have_further_equilibria():
    rng = np.random.default_rng(1)
    games = rng.uniform(-3, 3, (7, 3000))
    found = all_equilibria(games)
    corner = corner_exists(games)
    counts = np.bincount(found.game[found.kind == 0], minlength=3000)[corner]
    assert set(counts) == {0, 2}
