"""Theatre: who can be where, and how it ends."""

import jax.numpy as jnp
import numpy as np
import polars as pl
import pytest
from hypothesis import given

from foedus import atlas
from foedus.model import theatre

from .space import BATCH, EXAMPLES, batch, members, middle, numbers, over_draws, spaces, world

N = 6
DRAWS = 1000
BATTALIONS = 3
"""In a brigade."""
success = over_draws(theatre.success, 0, 0)
fait_accompli = over_draws(theatre.fait_accompli, 0, 0)
defence = over_draws(theatre.defence, 0, 0, 0)


@given(spaces)
@EXAMPLES
def test_chances_are_chances_and_success_is_no_likelier_than_a_fait_accompli(space):
    p = batch(space)
    attack, defend = numbers(space, 0, 40, BATCH, 3, N), numbers((space[0] + 1, 0), 0, 60, BATCH, 3, N)
    won, there = success(p, attack, defend), fait_accompli(p, attack, defend)
    assert bool(jnp.all((won >= 0) & (won <= 1)))
    assert bool(jnp.all(won <= there + 1e-6))
    assert bool(jnp.all(there <= 1))


@given(spaces)
@EXAMPLES
def test_more_defence_more_enablers_and_less_attack_never_help_the_attacker(space):
    p = batch(space)
    attack = numbers(space, 0.5, 40, BATCH, 3, N)
    forces = theatre.Forces(
        numbers((space[0] + 1, 0), 0.1, 30, BATCH, 3, N), numbers((space[0] + 2, 0), 0, 20, BATCH, 3, N)
    )
    part, enablers = numbers((space[0] + 3, 0), 0, 0.9, BATCH, N), numbers((space[0] + 4, 0), 0, 0.9, BATCH, N)
    now = success(p, attack, defence(p, forces, part, enablers))
    for other in (
        success(p, attack, defence(p, forces._replace(allied=forces.allied * 1.2), part, enablers)),
        success(p, attack, defence(p, forces._replace(patron=forces.patron + 1.0), part, enablers)),
        success(p, attack, defence(p, forces, part + 0.1, enablers)),
        success(p, attack, defence(p, forces, part, enablers + 0.1)),
        success(p, attack * 0.8, defence(p, forces, part, enablers)),
    ):
        assert bool(jnp.all(other <= now + 1e-6))


@given(spaces)
@EXAMPLES
def test_travel_takes_time(space):
    p, distance = batch(space), world().distance_km
    there = over_draws(theatre.arrived, None)(p, distance)
    assert bool(jnp.all((there >= 0) & (there <= 1)))
    assert bool(jnp.all(jnp.diff(there, axis=2) >= 0))
    assert np.allclose(jnp.diagonal(there, axis1=1, axis2=3), 1)
    later = over_draws(theatre.arrived, None)(
        p | {"trust.council_days": p["trust.council_days"] + 2.0}, distance
    )
    assert bool(jnp.all(later <= there))
    assert bool(jnp.any(later < there))


@given(spaces)
@EXAMPLES
def test_moving_the_patrons_forces_forward_never_weakens_the_host(space):
    p, rest = batch(space), numbers(space, 0, 0.5, BATCH, N)
    brigades = over_draws(theatre.patron_brigades, 0, 0, 0)
    now = brigades(p, jnp.ones(BATCH), rest, rest)
    forward = brigades(p, jnp.ones(BATCH), rest + 0.2, rest + 0.2)
    assert bool(jnp.all(forward >= now - 1e-6))
    assert bool(jnp.all(brigades(p, jnp.ones(BATCH) * 0.5, rest, rest) <= now + 1e-6))


def test_the_contest_is_even_between_equals_and_opens_at_three_to_one():
    """Local superiority of three to one opens a breach (atlas theatre T07): the attacker is then the favourite."""
    ratio = atlas.table("theatre").filter(pl.col("parameter_id") == "T07")["central"].item()
    p = batch((1, 1.0), DRAWS)
    contest = over_draws(theatre.contest, None, None)
    assert np.allclose(contest(p, jnp.array(5.0), jnp.array(5.0)), 0.5)
    against_defenders = contest(p, jnp.array(ratio), jnp.asarray(1.0)) / 1.0
    assert float(jnp.quantile(against_defenders, 0.05)) > 0.75
    with_advantage = over_draws(
        lambda q, a, d: theatre.contest(q, a, q["theatre.defender_advantage"] * d), None, None
    )(p, jnp.array(ratio), jnp.array(1.0))
    assert float(jnp.median(with_advantage)) > 0.6


def overrun(p, attackers, brigades):
    """Return the chance of a fait accompli by so many attacking brigades against so many in place, shape (draw,)."""
    attack, defend = (jnp.full((DRAWS, 3, 1), count) for count in (attackers, brigades))
    return np.asarray(fait_accompli(p, attack, defend))[:, 0]


def test_seven_brigades_prevent_a_rapid_overrun_and_the_posture_of_2016_does_not():
    """RAND RR1253 (2016), with its own attackers of 22 battalions (T04), three to a brigade.

    About seven brigades in place prevent a rapid overrun (T02); the 12 battalions of 2016 (T05) did not in any game.
    """
    rows = {r["parameter_id"]: r["central"] for r in atlas.table("theatre").iter_rows(named=True)}
    p = batch((3, 1.0), DRAWS)
    attack = rows["T04"] / BATTALIONS
    seven, posture = overrun(p, attack, rows["T02"]), overrun(p, attack, rows["T05"] / BATTALIONS)
    assert np.median(seven) < 0.5
    assert np.median(posture) > 0.5
    assert np.quantile(posture - seven, 0.05) > 0


def test_the_attacker_is_as_large_as_published():
    """Within ten days 22 manoeuvre battalions (T04) at two or three a brigade; within thirty 100,000 persons (T11)."""
    rows = {r["parameter_id"]: r["central"] for r in atlas.table("theatre").iter_rows(named=True)}
    p = batch((3, 1.0), 4000)
    low, high = np.quantile(np.asarray(p["theatre.adversary_brigades_10d"]), (0.05, 0.95))
    assert rows["T04"] / BATTALIONS < high
    assert low < rows["T04"] / (BATTALIONS - 1) < high
    persons = np.asarray(p["theatre.adversary_brigades_30d"]) * np.asarray(p["capability.persons_per_brigade"])
    low, high = np.quantile(1000 * persons, (0.05, 0.95))
    assert low < rows["T11"] < high


def test_help_by_road_comes_too_late_for_36_to_60_hours():
    """Within the 36 to 60 hours that published games needed to reach the capitals (T01), next to nobody drives there
    from the alliance's big land powers; within thirty days most of them do."""
    row = atlas.table("theatre").filter(pl.col("parameter_id") == "T01").row(0, named=True)
    p, w = middle(), world()
    to = members("EST", "LVA")
    far = members("DEU", "FRA", "GBR", "ITA")
    km = np.asarray(w.distance_km)[np.ix_(far, to)]
    driven = float(p["theatre.road_speed"]) * row["high"] / 24
    assert (driven < km).all()
    arrived = np.asarray(theatre.arrived(p, w.distance_km))
    assert arrived[:, 1][np.ix_(far, to)].mean() > 0.4
    assert arrived[:, 0][np.ix_(far, to)].mean() < arrived[:, 1][np.ix_(far, to)].mean()
    assert pytest.approx(48, abs=12) == row["central"]
