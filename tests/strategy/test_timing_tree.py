"""The tree of administrations: consistency with itself, closed forms and monotony."""

import numpy as np
import pytest
from scipy import integrate, special

from foedus.model.timing_tree import Nodes, Terms, induct, limited, occasion, path_chances, surplus


def nodes(draws=2, administrations=2, quarters=6, allies=2, seed=0, war=(-1.5, 0.5)):
    rng = np.random.default_rng(seed)
    shape = (draws, 3**administrations, quarters, allies)
    full = lambda x: np.full(shape, x)  # noqa: E731
    w = rng.uniform(*war, shape)
    office = np.repeat(np.arange(administrations), quarters // administrations)
    for t in range(quarters):
        later = 3 ** (administrations - 1 - office[t])
        w[:, :, t] = np.repeat(w[:, ::later, t], later, axis=1)
    return Nodes(full(1.2), full(2.0), full(-1.6), w, full(-1.0), full(-1.7), full(0.6)), office


def terms(draws=2, allies=2, patience=1.0):
    return Terms(
        np.full((draws, allies), 0.2),
        np.full(draws, 0.95),
        np.full(draws, patience),
        np.tile([0.5, 0.3, 0.2], (draws, 1)),
    )


def test_surplus_is_the_integral_it_says():
    cut, resist, war, back = 0.3, 0.7, -0.4, -1.2
    exact = resist * integrate.quad(lambda z: 1 - special.ndtr(z - war) * special.ndtr(z - back), cut, 20)[0]
    assert float(surplus(*(np.array(x) for x in (cut, resist, war, back)))) == pytest.approx(exact, rel=1e-8)
    far = surplus(np.array(-30.0), np.array(resist), np.array(war), np.array(back))
    mean = integrate.quad(lambda z: z * (special.ndtr(z - war) * np.exp(-((z - back) ** 2) / 2)
                          + special.ndtr(z - back) * np.exp(-((z - war) ** 2) / 2)) / np.sqrt(2 * np.pi), -15, 15)[0]  # fmt: skip
    assert float(far) == pytest.approx(resist * (mean + 30.0), rel=1e-6)


def test_the_value_is_that_of_the_plan_played_forward():
    """What the plan earns, quarter by quarter with occasions used or not, adds up to the value it starts from."""
    tree, office = nodes()
    t = terms()
    plan = induct(tree, t, office)
    chance = limited(t.occasions)[:, None, :]
    for draw in range(2):
        for path in range(9):
            for quarter in range(5):
                if office[quarter + 1] != office[quarter]:
                    continue
                follow = 0.95 * plan.value[draw, path, quarter + 1]
                used = chance[draw, 0] * plan.challenge[draw, path, quarter]
                gross = (chance[draw, 0] * plan.surplus[draw, path, quarter]).sum() + used.sum() * follow
                forward = gross + (1 - used.sum()) * follow
                assert forward == pytest.approx(plan.value[draw, path, quarter], rel=1e-9)
    assert plan.residual < 1e-4


def test_before_a_change_the_value_expects_over_the_next_type():
    tree, office = nodes()
    plan = induct(tree, terms(), office)
    first_of_next = plan.value[:, :, 3].reshape(2, 3, 3)
    expected = 0.95 * (first_of_next * np.array([0.5, 0.3, 0.2])).sum(axis=2)
    assert plan.waiting[:, :, 2].reshape(2, 3, 3) == pytest.approx(np.repeat(expected[:, :, None], 3, axis=2))


def test_a_plan_never_depends_on_types_not_yet_in_office():
    tree, office = nodes()
    plan = induct(tree, terms(), office)
    early = plan.challenge[:, :, :3].reshape(2, 3, 3, 3, 2)
    assert np.ptp(early, axis=2).max() < 1e-6


def test_waiting_holds_back_and_patience_none_means_no_waiting():
    tree, office = nodes()
    rash, wise = induct(tree, terms(patience=0.0), office), induct(tree, terms(patience=1.0), office)
    assert (rash.waiting == 0).all()
    assert (wise.value >= 0).all()
    assert (wise.challenge <= rash.challenge + 1e-5).all()


def test_a_better_future_holds_the_adversary_back():
    tree, office = nodes(war=(-1.0, -1.0))
    better = tree.W_A.copy()
    better[:, :, 3:] += 1.5
    now, later = induct(tree, terms(), office), induct(tree._replace(W_A=better), terms(), office)
    assert (later.challenge[:, :, :3] < now.challenge[:, :, :3]).all()
    assert occasion(Nodes(*(x[:, :, 0] for x in tree)), np.zeros(1))[1].min() > 0


def test_paths_have_chances():
    chance = path_chances(np.array([[0.2, 0.5, 0.3]]), np.array([[0.5, 0.3, 0.2]]), 3)
    assert chance.shape == (1, 27)
    assert chance.sum() == pytest.approx(1)
    assert chance[0, 0] == pytest.approx(0.2 * 0.25)
