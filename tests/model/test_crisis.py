"""Crisis, and the chain from the theatre to the chance of a challenge."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from scipy import integrate, optimize
from scipy.stats import norm

from foedus.model import crisis, theatre

from .chain import COMMITTED, WITHDRAWING, base_case, chances, floor
from .space import BATCH, EXAMPLES, batch, members, middle, numbers, over_draws, spaces, world, world_inputs


def reach_of_all(p):
    return theatre.reach(p, world().reach_km)


chain = over_draws(chances, None)
floors = over_draws(floor)
reaches = over_draws(reach_of_all)
FRONT = members(*world_inputs().frontline)
FEW = settings(max_examples=12, deadline=None)
SMALL = 2e-5
"""Float32 rounding of a chance in the quarter."""


@given(spaces)
@EXAMPLES
def test_outcomes_are_chances(space):
    p = batch(space)
    rate, used, success, seen = chain(p, base_case())
    for value in (rate, used, success, seen):
        assert bool(jnp.all((value >= 0) & (value <= 1)))


def occasions(p, reach, challenge):
    return crisis.quarterly_chance(p, reach, challenge)


@given(spaces)
@EXAMPLES
def test_at_most_one_target_at_a_time(space):
    p = batch(space)
    reach, used = numbers(space, 0, 1, 31), numbers((space[0] + 1, 0), 0, 1, BATCH, 31)
    rate = over_draws(occasions, None, 0)(p, reach, used)
    assert bool(jnp.all((rate >= 0) & (rate.sum(axis=1, keepdims=True) <= 1 + 1e-6)))
    deliberate = over_draws(crisis.deliberate_share, 0)(p, used)
    assert bool(jnp.all((deliberate >= 0) & (deliberate <= 1)))


CHANGES = {
    "more forces": {"forces": world().patron_forces * 1.5 + 200.0},
    "more stock": {"stock": jnp.full(31, 1.3)},
    "more enablers": {"ledger": jnp.ones_like(world().ledger_units)},
    "more credibility": {"credibility_added": jnp.array(0.1)},
    "a treaty instead of none": {"treaty": jnp.array(1.0)},
    "a weaker adversary": {"strength": jnp.array(0.8)},
}


def wants_the_concession(p):
    """Return where a concession is worth more to the adversary than the status quo, (N,)."""
    reach = theatre.reach(p, world().reach_km)
    return crisis.stakes(p, reach) >= p["crisis.status_quo"]


wants = over_draws(wants_the_concession)


@pytest.mark.parametrize("change", CHANGES)
def test_never_raises_the_chance_of_a_challenge(change):
    """Ally by ally, alone, with the value of waiting held: over the prior everywhere, and over the whole space wherever a
    concession is worth more to the adversary than the status quo.

    Elsewhere the game itself is perverse: an adversary that would rather not be conceded to challenges a little more when it
    is surer of resistance. There the rise stays under one in a thousand a quarter.
    """

    @given(spaces)
    @FEW
    def holds(space):
        p = batch(space)
        before = base_case(treaty=jnp.array(0.0)) if "treaty" in CHANGES[change] else base_case()
        rise = np.asarray(chain(p, before | CHANGES[change])[0] - chain(p, before)[0])
        plain = np.asarray(wants(p)) | (space[1] <= 1.0)
        assert rise[plain].max() <= SMALL
        assert rise.max() <= 1e-3

    holds()


@given(spaces)
@FEW
def test_with_the_patron_certain_and_forward_the_rate_falls_to_its_floor(space):
    """The floor: incidents, and what bluffing remains where a war would be lost for sure.

    It is the limit of ever more forces. Ten times the patron's forces still leave the adversary a chance of success of 0.17
    in some draws of the prior (0.6 in the tails), and so a rate above the floor; a thousand times leave less than 0.002.
    """
    p = batch(space)
    low = np.asarray(floors(p))
    incidents = np.asarray(p["crisis.incident_floor"])[:, None] / 4 * np.asarray(reaches(p))
    # a rate r in the quarter means a chance of 1 - exp(-r)
    assert (low >= -np.expm1(-incidents) - SMALL).all()
    rates = [
        np.asarray(chain(p, base_case(certain=jnp.array(1.0), forces=world().patron_forces * k))[0])
        for k in (1.0, 3.0, 10.0, 1000.0)
    ]
    nobody = np.asarray(chain(p, base_case(credibility_added=jnp.array(-1.0)))[0])
    keep = np.asarray(wants(p))
    for less, more in ((nobody, rates[0]), *itertools.pairwise(rates)):
        assert (more - less)[keep].max() <= SMALL
    above = rates[-1][:, FRONT] / low[:, FRONT] - 1
    assert above.max() < 1e-3


@given(spaces)
@EXAMPLES
def test_a_treaty_with_no_believer_deters_no_better_than_none(space):
    """All believe the patron to be withdrawing: what is left is the tenth or so of a contribution nearly nobody expects."""
    p = batch(space)
    treaty = chain(p, base_case(belief=WITHDRAWING))
    none = chain(p, base_case(belief=WITHDRAWING, treaty=jnp.array(0.0)))
    assert np.array_equal(treaty[3], none[3])
    hopeless = {**p, "credibility.level_withdrawing": jnp.full(BATCH, -60.0)}
    treaty = chain(hopeless, base_case(belief=WITHDRAWING))[0]
    none = chain(hopeless, base_case(belief=WITHDRAWING, treaty=jnp.array(0.0)))[0]
    assert np.allclose(treaty, none, atol=SMALL)


def test_a_believed_promise_without_a_treaty_deters_nearly_as_well_as_with_one():
    """On the prior: ending the treaty costs far less than ending the belief, bounded by the treaty's own weight."""
    p = batch((8, 1.0), 512)
    kept = np.asarray(chain(p, base_case(belief=COMMITTED))[0])[:, FRONT].mean(axis=1)
    ended = np.asarray(chain(p, base_case(belief=COMMITTED, treaty=jnp.array(0.0)))[0])[:, FRONT].mean(axis=1)
    hollow = np.asarray(chain(p, base_case(belief=WITHDRAWING))[0])[:, FRONT].mean(axis=1)
    assert (ended >= kept - SMALL).all()
    lost_by_exit, lost_by_doubt = ended - kept, hollow - kept
    assert np.median(lost_by_exit / lost_by_doubt) < 0.25
    assert np.mean(hollow > ended) > 0.9
    light = {**p, "credibility.treaty": jnp.zeros(512), "theatre.integration_loss": jnp.zeros(512)}
    same = chain(light, base_case(belief=COMMITTED, treaty=jnp.array(0.0)))[0]
    assert np.allclose(same, chain(light, base_case(belief=COMMITTED))[0], atol=SMALL)


def game_at(value):
    p = middle()
    return crisis.payoffs(p, jnp.array([1.0]), jnp.array([0.4]), value * jnp.array([1.0]), 0.0)


def by_hand(game):
    """Lewis and Schultz's equilibrium solved anew with scipy: the root of B's best response to A's best response."""
    S, V, C, W, WB, a, VB = (float(np.ravel(x)[0]) for x in game)

    def away(x):
        resist = norm.cdf(x)
        cut = (S - (1 - resist) * V) / resist
        no_challenge = norm.cdf(cut - W) * norm.cdf(cut - a)
        # stand firm: the challenge is worth it, and so is the fight that follows
        above = integrate.quad(lambda e: norm.pdf(e) * norm.cdf(e + W - a), cut - W, 12, epsabs=1e-12)[0]
        firm = above / (1 - no_challenge)
        return (firm * WB + (1 - firm) * VB - C) / firm - x

    return optimize.brentq(away, -3, 6)


def test_the_game_matches_the_published_equilibrium_conditions():
    game = game_at(0.8)
    x = float(crisis.play(game, jnp.array([crisis.START_RESISTANCE]), 1.0).resistance[0])
    assert x == pytest.approx(by_hand(game), abs=2e-3)


def test_derivative_in_the_payoffs_matches_finite_differences():
    def challenge(nuclear):
        return crisis.play(game_at(nuclear), jnp.array([crisis.START_RESISTANCE]), 1.0).challenge[0]

    step = 1e-2
    numeric = (float(challenge(0.8 + step)) - float(challenge(0.8 - step))) / (2 * step)
    assert float(jax.grad(challenge)(0.8)) == pytest.approx(numeric, rel=0.03)
    assert numeric < 0


@given(spaces)
@EXAMPLES
def test_the_solver_settles(space):
    """The last step of the first quarter's solution is small for every ally in every draw but a few knife edges."""
    p = batch(space)
    residual = np.asarray(settled(p))
    assert np.mean(residual > 1e-2) < 0.01


def last_step(p):
    w = world()
    reach = jnp.exp(-w.reach_km / p["theatre.reach_km"])
    game = crisis.payoffs(p, reach, jnp.linspace(0.02, 0.9, 31), jnp.full(31, 1.0), 0.0)
    return crisis.play(game, crisis.START_RESISTANCE + 0 * reach, 1.0).residual


settled = over_draws(last_step)
