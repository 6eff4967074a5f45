"""Politics: chances of the patron's acts."""

import jax.numpy as jnp
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from scipy import stats

from foedus import atlas
from foedus.model import politics
from foedus.model.parameters import register
from foedus.model.state import ACTS, TYPES

from .space import BATCH, EXAMPLES, batch, middle, numbers, over_draws, simplex, spaces

hazards = over_draws(politics.hazards, 0, 0)


@given(spaces)
@EXAMPLES
def test_chances_are_chances_and_orders_are_obeyed(space):
    p = batch(space)
    hazard = hazards(p, numbers(space, 0, 3, BATCH), numbers(space, -3, 3, BATCH))
    assert hazard.shape == (BATCH, len(ACTS), len(TYPES))
    assert bool(jnp.all((hazard > 0) & (hazard < 1)))
    order = jnp.array([1, -1, 0, 0, 0, 0, 0])
    truth = simplex(space, BATCH, len(TYPES))
    chance = politics.act_chances(hazard[0], truth[0], order)
    assert chance[0] == 1
    assert chance[1] == 0
    assert bool(jnp.all((chance >= 0) & (chance <= 1)))


@given(spaces)
@EXAMPLES
def test_a_larger_shortfall_never_calms_and_a_fuller_account_never_provokes(space):
    p = batch(space)
    low, high = hazards(p, jnp.zeros(BATCH), jnp.zeros(BATCH)), hazards(p, jnp.ones(BATCH), jnp.zeros(BATCH))
    calm = hazards(p, jnp.zeros(BATCH), jnp.ones(BATCH))
    hostile = np.asarray(politics.HOSTILE) > 0
    assert bool(jnp.all(high[:, hostile] >= low[:, hostile]))
    assert bool(jnp.all(calm[:, hostile] <= low[:, hostile]))
    assert bool(jnp.all(high[:, ~hostile] == low[:, ~hostile]))


@given(spaces)
@EXAMPLES
def test_type_priors_sum_to_one(space):
    p = batch(space)
    for which in ("present", "next"):
        prior = politics.type_priors(
            p[f"politics.{which}_committed"], p[f"politics.{which}_withdrawing_given_not_committed"]
        )
        assert np.allclose(prior.sum(axis=-1), 1, atol=1e-6)
        assert bool(jnp.all(prior >= 0))


def test_shortfall_is_weighted_by_gdp():
    share, gdp = jnp.array([0.01, 0.03]), jnp.array([300.0, 100.0])
    assert float(politics.shortfall_points(share, gdp, 0.02)) == pytest.approx(0.75)


def test_types_differ_as_their_names_say():
    rates = politics.base_rates(middle())
    act = {name: i for i, name in enumerate(ACTS)}
    for name in ("demand", "draw_down", "suspend", "give_notice", "cut_aid", "offer_settlement"):
        assert rates[act[name], 0] < rates[act[name], 1] <= rates[act[name], 2]
    assert rates[act["reaffirm"], 0] > rates[act["reaffirm"], 1] > rates[act["reaffirm"], 2]


def test_nobody_left_in_the_record_and_the_rates_agree():
    """No member has used Article 13 in the quarters since 1949; committed rates must make that likely."""
    quarters = 4 * (2025 - 1949)
    register_rates = politics.base_rates(middle())
    for name in ("give_notice", "suspend"):
        chance_of_the_record = (1 - float(register_rates[ACTS.index(name), 0])) ** quarters
        assert chance_of_the_record > 0.5


def test_orders_to_cut_forces_match_the_record():
    """Quarters with an order to cut forces in Europe, 2017-2020 and from 2025 to the table's end, in the prior's reach.

    The two announcements of one plan in the summer of 2020 count as one order.
    """
    table = atlas.table("us_posture").filter(
        pl.col("event_type").is_in(["cut", "plan"])
        & (pl.col("event_status") != "speculated")
        & (pl.col("unit") == "persons")
        & (pl.col("area") != "USA")
    )
    dates = [d for d in table["date"].to_list() if d.year in range(2017, 2021) or d.year >= 2025]
    orders = {(d.year, (d.month - 1) // 3) for d in dates if d.year >= 2025} | {
        2020 for d in dates if d.year == 2020
    }
    last = max(dates)
    quarters = 16 + 4 * (last.year - 2025) + (last.month - 1) // 3 + 1
    rates = register()["politics.draw_down.transactional"].quantile((np.arange(2000) + 0.5) / 2000)
    at_least = float(np.mean(stats.binom.sf(len(orders) - 1, quarters, rates)))
    at_most = float(np.mean(stats.binom.cdf(len(orders), quarters, rates)))
    assert len(orders) >= 3
    assert min(at_least, at_most) > 0.05
