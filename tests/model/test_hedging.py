"""Hedging: the account with a transactional patron."""

import jax.numpy as jnp
import numpy as np
import polars as pl
import pytest
from hypothesis import given

from foedus import atlas
from foedus.model import hedging

from .space import BATCH, EXAMPLES, batch, middle, numbers, over_draws, spaces

N = 6
tribute = over_draws(hedging.tribute, 0, 0)
purchases = over_draws(hedging.purchases, 0, 0)
account = over_draws(hedging.account, 0, 0, 0, 0, 0)


@given(spaces)
@EXAMPLES
def test_purchases_never_exceed_the_equipment_budget(space):
    """Money: ordinary purchases and tribute come out of equipment spending."""
    p, budget = batch(space), numbers(space, 0, 50, BATCH, N)
    believed = numbers((space[0] + 9, 0), 0, 1, BATCH)
    whole = purchases(p, budget, believed)
    extra = tribute(p, budget, believed)
    assert bool(jnp.all((extra >= 0) & (extra <= whole + 1e-6)))
    assert bool(jnp.all(whole <= budget * (1 + 1e-5) + 1e-6))


@given(spaces)
@EXAMPLES
def test_tribute_fills_the_account_and_forgetting_empties_it(space):
    p = batch(space)
    gdp, start = numbers(space, 20, 4000, BATCH, N), numbers(space, -2, 2, BATCH, N)
    zero, some = jnp.zeros((BATCH, N)), numbers(space, 0.1, 20, BATCH, N)
    now = start + numbers((space[0] + 5, 0), -2, 2, BATCH, N)
    idle = account(p, now, start, zero, zero, gdp)
    assert bool(jnp.all(jnp.abs(idle - start) <= jnp.abs(now - start) + 1e-6))
    for bought, hosted in ((some, zero), (zero, some)):
        assert bool(jnp.all(account(p, now, start, bought, hosted, gdp) >= idle))


def test_one_percent_of_gdp_a_year_earns_the_stated_account():
    """Four quarters of buying one percent of GDP without forgetting: what the register entry says."""
    p = middle() | {"hedging.account_decay": jnp.array(0.0)}
    now = start = jnp.zeros(1)
    for _ in range(4):
        now = hedging.account(p, now, start, jnp.array([5.0]), jnp.zeros(1), jnp.array([500.0]))
    assert float(now[0]) == pytest.approx(float(p["hedging.account_per_purchase"]), rel=1e-5)


def test_purchases_from_the_patron_lie_below_its_share_of_imports():
    """Imports are about half of procurement, and the patron's share of imports is a published figure."""
    rows = atlas.table("enablers").filter(pl.col("metric").str.starts_with("arms imports"))
    published = np.asarray(rows["us_share_pct"].drop_nulls(), float) / 100
    assert len(published) > 0
    base = np.quantile(np.asarray(batch((3, 1.0), 4000)["hedging.purchase_share_base"]), (0.05, 0.95))
    assert base[0] < published.max() / 2 < base[1]
