"""Ukraine: aid, war and the adversary's strength."""

import jax.numpy as jnp
import numpy as np
import polars as pl
from hypothesis import given

from foedus import atlas
from foedus.calibrate.priors import priors_of
from foedus.model import ukraine

from .space import BATCH, EXAMPLES, batch, middle, numbers, over_draws, spaces

UKRAINE_KM2 = 603_550.0


@given(spaces)
@EXAMPLES
def test_shares_and_chances_stay_in_bounds(space):
    p = batch(space)
    given_, war = numbers(space, 0, 1, BATCH), numbers((space[0] + 1, 0), 0, 1, BATCH)
    ally = jnp.zeros(BATCH)
    for _ in range(30):
        ally = over_draws(ukraine.replace_aid, 0, 0)(p, given_, ally)
        assert bool(jnp.all((ally >= 0) & (ally <= p["ukraine.replaceable"] + 1e-6)))
    ratio = over_draws(ukraine.aid_ratio, 0, 0, 0)(p, given_, ally, jnp.zeros(BATCH))
    ends = over_draws(ukraine.ceasefire_chance, 0, 0, 0)(p, ratio, war, jnp.zeros(BATCH))
    assert bool(jnp.all((ratio >= 0) & (ratio <= 1)))
    assert bool(jnp.all((ends >= 0) & (ends <= 1)))
    imposed = over_draws(ukraine.ceasefire_chance, 0, 0, 0)(p, ratio, war, jnp.ones(BATCH))
    assert bool(jnp.all(imposed == 1))


@given(spaces)
@EXAMPLES
def test_less_aid_never_helps_the_partner(space):
    p, ones = batch(space), jnp.ones(BATCH)
    low, high = numbers(space, 0, 0.5, BATCH), numbers(space, 0.5, 1, BATCH)
    lost = over_draws(ukraine.territory, 0, 0, 0)
    assert bool(jnp.all(lost(p, 0 * ones, ones, low) >= lost(p, 0 * ones, ones, high)))
    ends = over_draws(ukraine.ceasefire_chance, 0, 0, 0)
    assert bool(jnp.all(ends(p, low, 0 * ones, 0 * ones) >= ends(p, high, 0 * ones, 0 * ones)))


@given(spaces)
@EXAMPLES
def test_strength_moves_to_its_target_and_no_further(space):
    p = batch(space)
    strength, war = p["ukraine.strength_present"], numbers(space, 0, 1, BATCH)
    target = p["ukraine.strength_rebuilt"]
    for _ in range(8):
        after = over_draws(ukraine.rebuild, 0, 0)(p, strength, war)
        assert bool(jnp.all(jnp.abs(after - target) <= jnp.abs(strength - target) + 1e-6))
        assert bool(jnp.all((after - target) * (strength - target) >= -1e-6))
        strength = after


@given(spaces)
@EXAMPLES
def test_war_and_a_guarantee_tie_forces(space):
    p, ones = batch(space), jnp.ones(BATCH)
    free = over_draws(ukraine.available, 0, 0, 0)
    peace, war, guaranteed = (free(p, ones, w * ones, g * ones) for w, g in ((0, 0), (1, 0), (0, 1)))
    assert bool(jnp.all((war >= 0) & (war <= peace)))
    assert bool(jnp.all((guaranteed >= 0) & (guaranteed <= peace)))
    assert np.allclose(peace, 1)


def test_territory_drifts_as_it_did_in_2024_and_2025():
    """Rates of advance of two years (atlas war_parameters) lie within 5 to 95 percent at the aid of the time.

    The register holds the fit's mean drift; a single year scatters around it as the fit says (entry ``front`` of its
    own priors), and the model leaves that scatter out. The median must be near the record by itself.
    """
    table = {r["parameter"]: r["central"] for r in atlas.table("war_parameters").iter_rows(named=True)}
    p = batch((2, 1.0), 4000)
    rng = np.random.default_rng(5)
    scatter = np.abs(rng.normal(0, priors_of("fit_ukraine")["front"].args[0], 4000)) * rng.normal(size=4000)
    for year, ratio in ((2024, 0.95), (2025, 0.85)):
        observed = 100 * 3 * table[f"territory_gain_per_month_{year}"] / UKRAINE_KM2
        ones = jnp.ones(4000)
        lost = np.asarray(over_draws(ukraine.territory, 0, 0, 0)(p, 0 * ones, ones, ratio * ones))
        low, high = np.quantile(lost + scatter, (0.05, 0.95))
        assert low < observed < high
        assert abs(np.median(lost) - observed) < 0.15


def test_years_to_rebuild_span_the_services_estimates():
    """Years after a ceasefire against the services' 3 to 10 years (atlas theatre).

    Rebuilt means three time constants, 95 percent of the way, as the model defines the register's entry.
    """
    rows = atlas.table("theatre").filter(pl.col("parameter_id").is_in(["T55", "T56", "T57", "T58"]))
    published = rows["central"].to_numpy()
    p = batch((2, 1.0), 2000)
    strength, done = p["ukraine.strength_present"], np.full(2000, np.nan)
    start, target = np.asarray(strength), np.asarray(p["ukraine.strength_rebuilt"])
    for quarter in range(1, 81):
        strength = over_draws(ukraine.rebuild, 0, None)(p, strength, jnp.array(0.0))
        way = (np.asarray(strength) - start) / (target - start)
        done = np.where(np.isnan(done) & (way >= 0.95), quarter / 4, done)
    low, median, high = np.nanquantile(done, (0.05, 0.5, 0.95))
    assert published.min() <= median <= published.max()
    assert low < rows["low"].min() + 1
    assert high > published.max()
    assert high < 12


def test_the_patrons_share_of_aid_is_the_published_one():
    row = (
        atlas.table("war_parameters")
        .filter(pl.col("parameter") == "us_share_of_weapons_used")
        .row(0, named=True)
    )
    share = float(middle()["ukraine.patron_share"])
    assert row["low"] / 100 - 0.02 <= share <= row["high"] / 100 + 0.02
