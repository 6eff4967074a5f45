"""Aid by donor and item: wishes, what stock and production allow, delivery with a lag, replacement of one donor by others.

Wish of donor d: ``level_d * exp(shock_d)``, zero where stopped or paused, split over items; the others add ``replaced
* reference`` of what the patron gave. Replacement: ``n' = n + rate * (will * gap - n)``. Allocated: ``from stock =
min(wish, release * stock * share)``, ``made = min(wish - from stock, capacity * (1 + spare) * exp(growth * t))``;
what is beyond both is unmet: the replacement limit. Each lane delivers ``1 - exp(-1 / lag)`` of what is in it a
quarter.
Units: billion euro a quarter. Source: design 4.9; the aid tracker (atlas aid); register entries ``war.*``.
Invariants: nothing is negative; allocated = delivered + change of the pipeline; stocks only fall; money is never
limited.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from foedus.model.war.names import AIR_DEFENCE, ARMS, DONORS, ITEMS, PATRON
from foedus.model.war.state import Array, Parameters, Start

_NAMES = ITEMS[:ARMS]
_NO_LIMIT = 1e6


def shares(p: Parameters) -> Array:
    """Return the shares of arms by item, shape (4,), summing to one."""
    raw = jnp.stack([p[f"war.share_{name}"] for name in _NAMES])
    return raw / raw.sum()


def by_item(p: Parameters, kinds: Array) -> Array:
    """Split arms and money (..., K) over items (..., I)."""
    return jnp.concatenate([kinds[..., :1] * shares(p), kinds[..., 1:]], axis=-1)


def wishes(p: Parameters, start: Start, shock: Array, active: Array, replaced: Array) -> Array:
    """Return what donors want to allocate, by item (D, I). ``active`` (D,): 1 where the donor gives."""
    own = start.level * jnp.exp(shock) * active[:, None]
    others = start.level.at[PATRON].set(0.0) * active[:, None]
    split = others / jnp.maximum(others.sum(axis=0), 1e-6)
    return by_item(p, own + split * replaced * start.reference)


def replace_gap(p: Parameters, start: Start, replaced: Array, gift: Array) -> Array:
    """Return the share of the patron's former aid taken on by the others, a quarter later."""
    gap = jnp.maximum(start.gift - gift, 0.0)
    return replaced + p["war.replacement_rate"] * (p["war.replacement_will"] * gap - replaced)


def capacity(p: Parameters, start: Start, time: Array, access: Array) -> Array:
    """Return what donors' production can add in a quarter, by item (D, I)."""
    base = jnp.stack([p[f"war.base_{name.lower()}"] for name in DONORS])[:, None] * shares(p)
    present = by_item(p, start.level)[:, :ARMS] * (1.0 + jnp.stack([p[f"war.spare_{name}"] for name in _NAMES]))
    growth = jnp.exp(jnp.stack([p[f"war.growth_{name}"] for name in _NAMES]) * time / 4.0)
    arms = jnp.maximum(base, present) * growth
    barred = (1.0 - access) * p["war.patron_only_air_defence"]
    arms = arms.at[:, AIR_DEFENCE].multiply(1.0 - barred)
    return jnp.concatenate([arms, jnp.full((len(DONORS), 1), _NO_LIMIT)], axis=1)


def allocate(p: Parameters, wish: Array, stock: Array, room: Array) -> tuple[Array, Array, Array]:
    """Return what is given by lane (D, I, L), what is beyond stock and production (D, I), and stock left (D,)."""
    offered = p["war.stock_release"] * stock[:, None] * shares(p)
    arms, money = wish[:, :ARMS], wish[:, ARMS:]
    from_stock = jnp.minimum(arms, offered)
    made = jnp.minimum(arms - from_stock, room[:, :ARMS])
    fast = jnp.concatenate([from_stock, money], axis=1)
    slow = jnp.concatenate([made, jnp.zeros_like(money)], axis=1)
    given = jnp.stack([fast, slow], axis=2)
    return given, jnp.maximum(wish - given.sum(axis=2), 0.0), jnp.maximum(stock - from_stock.sum(axis=1), 0.0)


def deliver(p: Parameters, pipe: Array, given: Array) -> tuple[Array, Array]:
    """Return the pipeline a quarter later (D, I, L) and what arrived (D, I)."""
    lags = jnp.stack([p["war.lag_stock"], p["war.lag_production"]])
    out = pipe * (1.0 - jnp.exp(-1.0 / lags))
    return pipe - out + given, out.sum(axis=2)


def past_pipeline(p: Parameters, start: Start) -> tuple[Array, Array]:
    """Return the pipeline at the start (D, I, L) and mean deliveries of the last half year (D, I)."""

    def quarter(pipe: Array, past: tuple[Array, Array]) -> tuple[Array, Array]:
        items = by_item(p, past[0])
        arms = items.at[:, ARMS:].set(0.0)
        given = jnp.stack([items - arms * (1.0 - past[1]), arms * (1.0 - past[1])], axis=2)
        return deliver(p, pipe, given)

    empty = jnp.zeros((len(DONORS), len(ITEMS), 2), start.level.dtype)
    pipe, out = jax.lax.scan(quarter, empty, (start.past, start.past_from_stock))
    known = (start.past[-2:].sum(axis=(1, 2)) > 0)[:, None, None]
    return pipe, (out[-2:] * known).sum(axis=0) / jnp.maximum(known.sum(), 1)


def stocks(p: Parameters, start: Start) -> Array:
    """Return what donors can still give from stock (D,): what they had in 2022 less what they gave."""
    had = jnp.stack([p[f"war.stock_{name.lower()}"] for name in DONORS])
    return jnp.maximum(had - start.given_from_stock, 0.0)
