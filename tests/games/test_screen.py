"""The cheap search agrees with the thorough one, and leaves open what it cannot decide."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from foedus.model.games import exact
from foedus.model.games.batch import quick_response, solve_all
from foedus.model.games.equilibria import all_equilibria, corner_exists
from foedus.model.games.screen import eligible, screen
from foedus.model.games.tails import COARSE, FINE, mills, prepare, respond

COLUMNS = ("SA", "VA", "CB", "WA", "WB", "a", "VB")


def _agree(games):
    found, truth = solve_all(games), all_equilibria(games)
    n = games.shape[1]
    sure = found.certified & truth.certified
    counts = [np.bincount(table.game, minlength=n)[sure] for table in (found, truth)]
    assert np.array_equal(*counts)
    mine, theirs = (sure[table.game] for table in (found, truth))
    assert np.array_equal(found.kind[mine], truth.kind[theirs])
    p = [special.ndtr(table.x[keep]) for table, keep in ((found, mine), (truth, theirs))]
    assert np.abs(p[0] - p[1]).max() < 1e-9
    assert np.abs(exact.outcomes(games[:, found.game], np.maximum(found.x, -37.0))[:4].sum(0) - 1).max() < 1e-12


def _tough(kind, n, rng):
    """Games near folds, ties and corners, and of very unequal sizes."""
    games = rng.normal(size=(7, n)) * 2
    if kind == "A's two payoffs nearly equal":
        games[5] = games[3] + rng.normal(size=n) * 10.0 ** rng.uniform(-8, 0, n)
    elif kind == "status quo and concession nearly equal":
        games[0] = games[1] + rng.normal(size=n) * 10.0 ** rng.uniform(-8, 0, n)
    elif kind == "B's gain from a retreat small or large":
        games[6] = games[2] + rng.normal(size=n) * 10.0 ** rng.uniform(-6, 2, n)
    elif kind == "whole numbers":
        games = np.round(games)
    elif kind == "near three equilibria":
        centre = np.array([0, 1, 0, -1.9, -2.9, -1.2, 1.0])[:, None]
        games = centre + rng.normal(size=(7, n)) * 10.0 ** rng.uniform(-4, -0.3, n)
    elif kind == "unequal sizes":
        games = rng.normal(size=(7, n)) * 10.0 ** rng.uniform(-2, 2.5, (7, n))
    else:
        games[0] = games[1] + np.abs(rng.normal(size=n))
        games[6] = games[2] - np.abs(rng.normal(size=n)) * 10.0 ** rng.uniform(-3, 1, n)
        games[3] = games[5] - np.abs(rng.normal(size=n)) * 10.0 ** rng.uniform(-3, 0.7, n)
    return games


KINDS = (
    "A's two payoffs nearly equal",
    "status quo and concession nearly equal",
    "B's gain from a retreat small or large",
    "whole numbers",
    "near three equilibria",
    "unequal sizes",
    "corners",
)


@pytest.mark.parametrize("kind", KINDS)
def test_batches_of_tough_games_agree_with_the_thorough_search(kind):
    _agree(_tough(kind, 400, np.random.default_rng(11)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_many_tough_games_agree_with_the_thorough_search(kind):
    _agree(_tough(kind, 20_000, np.random.default_rng(12)))


def test_the_reference_grid_in_one_batch(reference):
    table = pl.read_csv(reference / "sigint" / "equilibrium_grid_parameters.csv", infer_schema_length=None)
    games = np.stack([table[c].to_numpy().astype(float) for c in COLUMNS])
    truth = pl.read_csv(reference / "sigint" / "equilibrium_grid_reference.csv", infer_schema_length=None)
    found = solve_all(games)
    inner = found.kind == 0
    assert np.array_equal(np.bincount(found.game[inner], minlength=774), table["n_eq_reference"].to_numpy())
    assert np.array_equal(
        np.bincount(found.game[~inner], minlength=774), table["no_challenge_corner"].to_numpy()
    )
    order = np.lexsort((found.x[inner], table["vector_id"].to_numpy()[found.game[inner]]))
    p_r = special.ndtr(found.x[inner])[order]
    assert np.abs(p_r - truth.sort("vector_id", "equilibrium")["pr"].to_numpy()).max() < 1e-9


def test_most_games_are_settled_cheaply():
    rng = np.random.default_rng(0)
    games = rng.uniform(-3, 3, (7, 5000))
    assert screen(games, corner_exists(games)).settled.mean() > 0.99


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.floats(-30, 30)] * 7), st.floats(-9, 9))
def test_cheap_responses_equal_the_reference(values, x):
    games, here = np.array(values)[:, None], np.array([x])
    z, slope = exact.response(games, here)
    quick_z, quick_slope = quick_response(games, here)
    gain = np.abs(z - games[4] + games[2])
    assert np.abs(quick_z - z)[0] <= 1e-9 * (1 + np.abs(games[4] - games[2]) + gain)[0]
    if abs(slope[0]) < 1e100:
        assert abs(quick_slope[0] - slope[0]) <= 1e-7 * (1 + abs(slope[0])) * (1 + gain[0])
    if eligible(games).all():
        with np.errstate(all="ignore"):
            coarse = respond(np, prepare(games, COARSE), here.astype(np.float32), COARSE)[0]
        allowed = 5e-5 * (1 + np.abs(games[4] - games[2]) + gain) + 1e-6 * np.abs(slope) * (1 + abs(x))
        assert (np.abs(coarse - z) <= allowed).all() or gain[0] > 1e30


def test_mills_ratio_in_both_grades():
    v = np.concatenate([np.linspace(0, 8, 500), np.geomspace(8, 1e6, 200)])
    truth = np.sqrt(np.pi / 2) * special.erfcx(v / np.sqrt(2))
    for grade, error in ((COARSE, 2e-6), (FINE, 2e-14)):
        assert np.abs(mills(v, grade.degree) / truth - 1).max() < error


def test_threads_and_blocks_do_not_matter(monkeypatch):
    from foedus.model.games import batch

    games = np.random.default_rng(4).uniform(-3, 3, (7, 3000))
    whole = solve_all(games, workers=1)
    monkeypatch.setattr(batch, "BLOCK", 700)
    parts = solve_all(games, workers=3)
    assert np.array_equal(whole.game, parts.game) and np.array_equal(whole.kind, parts.kind)
    assert np.abs(special.ndtr(whole.x) - special.ndtr(parts.x)).max() < 1e-13


@pytest.mark.slow
def test_compiled_calculations_find_the_same_and_are_kept(monkeypatch, tmp_path):
    from foedus.calibrate.strategic import programs

    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    programs.engine.cache_clear()
    assert programs.engine(make=False) is None
    games = np.random.default_rng(5).uniform(-3, 3, (7, 20_000))
    made = solve_all(games, engine=programs.engine())
    programs.engine.cache_clear()
    kept = solve_all(games, engine=programs.engine(make=False))
    programs.engine.cache_clear()
    plain = solve_all(games)
    assert np.array_equal(made.game, plain.game) and np.array_equal(made.kind, plain.kind)
    assert np.array_equal(made.x, kept.x)
    assert np.abs(special.ndtr(made.x) - special.ndtr(plain.x)).max() < 1e-11
