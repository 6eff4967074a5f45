"""Aid: nothing is lost between allocation and delivery, nothing comes from nowhere."""

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from foedus.model.war import aid
from foedus.model.war.names import AIR_DEFENCE, ARMS, DONORS, ITEMS, MONEY, OTHER_ARMS, PATRON, SHELLS

from .space import BATCH, EXAMPLES, drawn, numbers, ran, seeds, tails

SHAPE = (BATCH, len(DONORS), len(ITEMS))
allocate = jax.jit(jax.vmap(aid.allocate))
deliver = jax.jit(jax.vmap(aid.deliver))


@given(seeds, st.sampled_from([0.5, 1.0, 3.0]))
@EXAMPLES
def test_mass_is_kept_from_wish_to_delivery(seed, spread):
    p = tails(seed, spread)
    wish, room = numbers(seed, 0, 8, *SHAPE), numbers(seed + 1, 0, 8, *SHAPE).at[..., MONEY].set(1e6)
    stock, pipe = numbers(seed + 2, 0, 40, BATCH, len(DONORS)), numbers(seed + 3, 0, 9, *SHAPE, 2)
    given_, unmet, left = allocate(p, wish, stock, room)
    after, arrived = deliver(p, pipe, given_)
    for part in (given_, unmet, left, after, arrived):
        assert float(jnp.min(part)) >= -1e-5
    assert np.allclose(given_.sum(-1) + unmet, wish, atol=1e-4)
    assert np.allclose(after.sum(-1) + arrived, pipe.sum(-1) + given_.sum(-1), rtol=1e-5, atol=1e-4)
    assert np.allclose(stock - left, given_[..., :ARMS, 0].sum(-1), atol=1e-3)
    assert bool(jnp.all(left <= stock))
    assert float(jnp.abs(unmet[..., MONEY]).max()) < 1e-4, "money is never limited"


@given(seeds)
@EXAMPLES
def test_more_stock_or_room_never_gives_less(seed):
    p = tails(seed)
    wish, room = numbers(seed, 0, 8, *SHAPE), numbers(seed + 1, 0, 8, *SHAPE)
    stock = numbers(seed + 2, 0, 40, BATCH, len(DONORS))
    less = allocate(p, wish, stock, room)[0].sum(-1)
    for more in (allocate(p, wish, 1.5 * stock, room), allocate(p, wish, stock, room + 1.0)):
        assert bool(jnp.all(more[0].sum(-1) >= less - 1e-5))


def test_allocated_is_delivered_or_in_the_pipeline_over_a_whole_run():
    for month in ("2022-03", "2024-01", "2026-06"):
        r = ran(month).record
        p, start, _ = drawn(month)
        pipe = jax.vmap(aid.past_pipeline)(p, start)[0]
        before = np.asarray(pipe).sum(-1)
        ordered, arrived = r.allocated.sum(axis=1), r.delivered.sum(axis=1)
        assert np.allclose(before + ordered, arrived + r.in_pipeline[:, -1], rtol=1e-4, atol=1e-3)
        assert min(x.min() for x in (r.allocated, r.delivered, r.in_pipeline)) >= 0


def test_a_donor_that_stops_gives_nothing_and_the_others_replace_part_of_it():
    free, stopped = ran().record, ran(stop=("USA",)).record
    assert np.all(stopped.allocated[:, :, PATRON] == 0)
    others = slice(PATRON + 1, None)
    more = stopped.allocated[:, :8, others].sum(axis=(1, 2)) - free.allocated[:, :8, others].sum(axis=(1, 2))
    lost = free.allocated[:, :8, PATRON].sum(axis=1)
    for item in (SHELLS, OTHER_ARMS, MONEY):
        assert np.all(more[:, item] >= -1e-3), ITEMS[item]
    assert np.median(more[:, :ARMS].sum(axis=1)) < np.median(lost[:, :ARMS].sum(axis=1))


def test_air_defence_is_harder_to_replace_than_money():
    """The replacement limit binds on arms, never on money (Kiel Policy Brief 186; atlas war_parameters)."""
    r = ran(stop=("USA",)).record
    missed = np.median(r.unmet.sum(axis=(1, 2)), axis=0)
    assert missed[MONEY] < 1e-3
    wished = np.median((r.unmet + r.allocated).sum(axis=(1, 2)), axis=0)
    assert missed[AIR_DEFENCE] / wished[AIR_DEFENCE] > 0.02


def test_gap_left_by_the_patron_closes_no_further_than_the_will():
    p = tails(3)
    _, start, _ = drawn()
    one = jax.tree.map(lambda leaf: jnp.asarray(leaf)[:BATCH], start)
    replaced = jnp.zeros(BATCH)
    close = jax.jit(jax.vmap(aid.replace_gap, in_axes=(0, 0, 0, None)))
    for _ in range(150):
        after = close(p, one, replaced, 0.0)
        assert bool(jnp.all(after >= replaced - 1e-6))
        replaced = after
    assert np.allclose(replaced, p["war.replacement_will"], atol=0.02)
