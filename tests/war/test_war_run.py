"""A whole run: bounds, bits, monotone in aid, settlement and forces freed."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.model.war import attrition, bargaining, front
from foedus.model.war.names import DECIDED, IMPOSED
from foedus.scenario import dates
from foedus.scenario.war_known import known_by

from .space import BATCH, DRAWS, EXAMPLES, carried, drawn, numbers, ran, seeds, tails


def every_run():
    return [
        ran("2022-03"), ran("2023-01"), ran("2024-01"), ran("2026-06"), ran(stop=("USA",)),
        ran(stop=("USA", "EU", "other")), ran("2026-06", impose="2027-01", cede=1.0, guarantee=True),
    ]  # fmt: skip


def test_nothing_is_negative_or_out_of_bounds():
    for run in every_run():
        r = run.record
        for name in ("men", "casualties", "losses", "fires", "tanks", "tanks_lost", "allocated", "delivered", "unmet",
                     "brigades_free", "brigades_after", "option_value"):  # fmt: skip
            values = np.asarray(getattr(r, name))
            assert np.isfinite(values).all(), name
            assert values.min() >= -1e-3, name
        for name in ("territory", "line"):
            assert 0 <= getattr(r, name).min() <= getattr(r, name).max() <= 100
        for name in ("war", "gift", "access", "chance", "short_air", "short_money"):
            assert 0 <= getattr(r, name).min() <= getattr(r, name).max() <= 1, name
        assert np.all(np.diff(r.casualties, axis=1) >= -1e-3)
        assert np.all(np.diff(r.tanks_lost, axis=1) >= -1e-3)
        assert np.all(r.option_value <= r.wait_value + 1e-3)
        assert np.all(r.until_value <= r.wait_value + 1e-3)


def test_once_ended_the_war_rests():
    for run in every_run():
        r = run.record
        over = r.war[:, :-1] == 0
        assert over.any()
        assert np.all(np.diff(r.war, axis=1) <= 0)
        for name in ("territory", "casualties", "men", "tanks"):
            change = np.diff(getattr(r, name), axis=1)
            moved = np.abs(change).max(axis=2) if change.ndim > 2 else np.abs(change)
            assert np.all(moved[over] == 0), name
        assert np.all(r.losses[:, 1:][over] == 0)
        assert np.all(r.brigades_free[:, 1:][~over & (r.war[:, 1:] == 1)] == 0)
        assert np.all(np.diff(r.brigades_free, axis=1)[over] >= -1e-4)
        assert np.all((r.ended == 0) == (r.war == 1))


def test_same_seed_same_bits_and_another_seed_other_bits():
    ran.cache_clear()
    one = ran().record
    ran.cache_clear()
    again = ran().record
    for name in one._fields:
        assert np.array_equal(getattr(one, name), getattr(again, name)), name
    assert not np.array_equal(one.territory, ran(seed=2).record.territory)


def test_a_longer_horizon_and_more_draws_keep_what_was_there():
    from foedus.insight.war import run_war
    from foedus.scenario.war_question import Question

    short = run_war("2024-01", Question("2y"), DRAWS, 1).record
    assert np.array_equal(short.territory, ran().record.territory[:, :8])


def test_less_aid_never_helps_the_partner():
    """With the same luck, no talks, no call-ups that answer losses, and no chance on the front: every quarter of every draw.

    With chance on the front it can: a front that has moved is less prepared, and luck then moves it further either way.
    """
    p, start, luck = drawn()
    none = ("talks_pace", "front_noise", "mobilise")
    p = {**p, **{f"war.{name}": np.zeros_like(p["war.talks_pace"]) for name in none}}
    start = jax.tree.map(np.asarray, start)
    runs = [
        carried(p, start._replace(level=start.level * f, reference=start.reference * f), luck)
        for f in (0.6, 1.0)
    ]
    more, less = runs[1], runs[0]
    # deliveries of late are the same: the past is not changed
    both = (more.war == 1) & (less.war == 1)
    assert np.all((less.territory >= more.territory - 1e-3)[both])
    assert np.median(less.territory[:, -1] - more.territory[:, -1]) > 0
    assert np.all((less.fires[..., 1] <= more.fires[..., 1] * (1 + 1e-4) + 1e-2)[:, :1])


@given(seeds, st.sampled_from([0.5, 1.0, 3.0]))
@EXAMPLES
def test_a_prepared_front_moves_less_and_a_better_balance_more(seed, spread):
    p = tails(seed, spread)
    low, high = numbers(seed, 0, 0.5, BATCH), numbers(seed + 1, 0.5, 1, BATCH)
    moves = jax.vmap(front.mobility)
    assert bool(jnp.all(moves(p, high) <= moves(p, low)))
    men, fires, tanks = (numbers(seed + k, 10, 900, BATCH, 2) for k in (2, 3, 4))
    short, access = numbers(seed + 5, 0, 1, BATCH), numbers(seed + 6, 0, 1, BATCH)
    tip = jax.vmap(front.balance)
    base = tip(p, men, fires, tanks, short, access)
    helped = fires * jnp.array([1.0, 1.5])
    assert bool(jnp.all(tip(p, men, helped, tanks, short, access) <= base))
    assert bool(jnp.all(tip(p, men, fires, tanks, short, 0 * access) >= base - 1e-5))
    assert bool(jnp.all(tip(p, men, fires, tanks, 0 * short + 1, access) >= base - 1e-5))


@given(seeds)
@EXAMPLES
def test_what_is_fired_was_in_stock_or_made(seed):
    stock, supply, want = (numbers(seed + k, 0, 5000, BATCH) for k in range(3))
    release = numbers(seed + 3, 0, 1, BATCH)
    fired, left = attrition.fire(stock, supply, want, release)
    assert np.allclose(fired + left, stock + supply, rtol=1e-5)
    assert float(left.min()) >= 0
    more, _ = attrition.fire(stock, supply + 100, want, release)
    assert bool(jnp.all(more >= fired))


@given(seeds, st.sampled_from([0.5, 1.0, 3.0]))
@EXAMPLES
def test_chance_of_a_settlement_rises_with_the_range(seed, spread):
    p = tails(seed, spread)
    width = jnp.sort(numbers(seed, -20, 20, BATCH))
    chance = jax.vmap(bargaining.settlement_chance, in_axes=(0, 0))
    one = {name: jnp.full(BATCH, v[0]) for name, v in p.items()}
    got = chance(one, width)
    assert bool(jnp.all(jnp.diff(got) >= 0))
    assert bool(jnp.all((got >= 0) & (got <= one["war.talks_pace"])))


@pytest.mark.parametrize("month", ["2027-01", "2028-04"])
def test_an_imposed_settlement_never_comes_before_its_date(month):
    run = ran("2026-06", impose=month)
    r = run.record
    place = dates.quarter_index(month) - dates.quarter_index(run.known.first)
    imposed = r.ended == IMPOSED
    assert not imposed[:, :place].any()
    assert imposed[:, place:].any()
    free = ran("2026-06").record
    assert np.array_equal(r.territory[:, :place], free.territory[:, :place])


def test_a_demand_ends_more_wars_and_a_guarantee_keeps_forces_tied():
    free, pressed = ran("2026-06").record, ran("2026-06", impose="2027-01").record
    assert np.mean(pressed.war[:, -1]) < np.mean(free.war[:, -1])
    guarded = ran("2026-06", impose="2027-01", guarantee=True).record
    assert np.all(guarded.brigades_after[:, 0] < pressed.brigades_after[:, 0])


def test_brigades_grow_with_the_years_after_a_settlement():
    r = ran("2026-06").record
    assert np.all(np.diff(r.brigades_after, axis=2) > 0)


def test_a_war_decided_on_the_field_says_so():
    p, start, luck = drawn()
    start = jax.tree.map(np.asarray, start)
    rout = start._replace(front_speed=np.full(DRAWS, 60, np.float32), prepared=np.zeros(DRAWS, np.float32))
    r = carried(p, rout, luck)
    assert np.mean(r.ended[:, -1] == DECIDED) > 0.5
    assert np.all(r.territory[:, -1][r.ended[:, -1] == DECIDED] >= 55)


def test_the_vantage_uses_nothing_later():
    for month in ("2022-03", "2023-01", "2024-01"):
        known = known_by(month)
        assert all(row["as_of"] <= known.day for row in known.rows.values())
        assert all(q <= known.day for q in known.quarters)
        assert len(known.aid) == len(known.quarters) == len(known.from_stock)
    assert len(known_by("2022-03").quarters) == 1
