"""The treaty in force: from notice to effect."""

import itertools

import jax.numpy as jnp
import numpy as np
import polars as pl
import pytest
from hypothesis import given

from foedus import atlas
from foedus.model import treaty
from foedus.model.state import NOTICE_QUARTERS
from foedus.scenario.compile import notice_dates

from .space import BATCH, EXAMPLES, batch, middle, numbers, over_draws, spaces


def hazard_quarter(p, pending, in_force, notice, dates):
    return treaty.advance(pending, in_force, notice, jnp.array(0.0), dates, jnp.array(0.5), p, False)


advance = over_draws(hazard_quarter, 0, 0, 0, None)
DATES = jnp.asarray(notice_dates("USA", "2026-01"), jnp.float32)


def test_dates_of_effect_are_a_distribution_and_never_early():
    """Article 13: one year after notice at the earliest."""
    assert DATES.shape == (NOTICE_QUARTERS,)
    assert bool(jnp.all(DATES >= 0))
    assert float(DATES.sum()) == pytest.approx(1, abs=1e-6)
    assert bool(jnp.all(DATES[: treaty.ARTICLE_13_QUARTERS - 1] == 0))


@given(spaces)
@EXAMPLES
def test_the_treaty_stays_a_probability_and_mass_is_conserved(space):
    """What leaves the pending notice leaves the treaty, quarter by quarter; a notice given once is given once."""
    p, in_force = batch(space), jnp.ones(BATCH)
    pending, noticed = jnp.zeros((BATCH, NOTICE_QUARTERS)), jnp.zeros(BATCH)
    for quarter in range(24):
        notice = numbers((space[0] + quarter, 0), 0, 0.3, BATCH) * (1 - noticed)
        noticed = noticed + notice
        pending, in_force = advance(p, pending, in_force, notice, DATES)
        assert bool(jnp.all((in_force >= -1e-6) & (in_force <= 1)))
        assert np.allclose(
            1 - in_force + pending.sum(axis=1), noticed * p["law.notice_takes_effect"], atol=1e-5
        )


def run_path(path, luck=0.5, played=False):
    p, in_force, pending = middle(), jnp.array(1.0), jnp.zeros(NOTICE_QUARTERS)
    values = []
    for quarter in range(12):
        notice = jnp.array(1.0 if quarter == 0 else 0.0)
        pending, in_force = treaty.advance(
            pending, in_force, notice, jnp.array(path), DATES, jnp.array(luck), p, played
        )
        values.append(float(in_force))
    return values


def test_a_lawful_notice_ends_the_treaty_after_180_days_and_a_year():
    """22 U.S.C. 1928f (180 days of notification) and Article 13 (one year): figures of the rules' own table."""
    rules = atlas.table("withdrawal_rules").filter(pl.col("duration_days").is_not_null())
    days = set(rules["duration_days"].to_list())
    assert {180, 365} <= {int(d) for d in days}
    values = run_path(1.0)
    gone = values.index(0.0)
    assert values[:gone] == [1.0] * gone
    assert (gone) * 91.3 == pytest.approx(180 + 365, abs=46)


def test_a_barred_notice_never_ends_it_and_a_contested_one_in_part():
    assert run_path(-1.0) == [1.0] * 12
    contested = run_path(0.0)
    assert contested[:4] == [1.0] * 4
    assert contested[-1] >= 1 - float(middle()["law.notice_takes_effect"]) - 1e-6
    assert all(a >= b for a, b in itertools.pairwise(contested))
    assert 0 < contested[-1] < 1


@pytest.mark.parametrize("luck", [0.01, 0.4, 0.99])
def test_played_out_it_ends_on_one_day_or_not_at_all(luck):
    values = run_path(0.0, luck, played=True)
    assert set(values) <= {0.0, 1.0}
    assert all(a >= b for a, b in itertools.pairwise(values))
    assert (values[-1] == 1.0) == (luck > float(middle()["law.notice_takes_effect"]))
