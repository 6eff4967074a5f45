"""Attrition: fires from stock and output, losses of men and armour, recruits up to a limit.

Fires: ``f = min(want, supply + stock released)``; the partner tops up from stock to its fires of late; its supply is ``f0 * (own * o_t + (1 - own) * arms_t /
arms_0)``. Losses: ``L_s = min(L0_s * (f_enemy / f0_enemy)^a * (men_s / men0_s)^b * exp(walk_s), bearable * men_s)``,
mixed between aimed (b = 0) and area fire (b = 1); units that lost more are out of the fight. Men: ``m' = min(limit, m
+ recruits - (1 - returning) * L)``; recruits rise with losses up to a multiple of those of late; an adversary that is
below its strength of the start, or too thin for its front, may call up reservists. Everything is anchored at what was
reported of late, so that only changes count.
Units: thousand persons, thousand rounds, vehicles, a quarter. Source: Lanchester (1916) for the two laws; register
entries ``war.*``; atlas war_record. Invariants: no stock below zero; what is fired was in stock or made; more aid
never lowers the partner's fires.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.war.names import ADVERSARY, PARTNER
from foedus.model.war.state import Array, Parameters, Start

_FEW = 1e-3


def fire(stock: Array, supply: Array, want: Array, release: Array) -> tuple[Array, Array]:
    """Return rounds fired and rounds left."""
    fired = jnp.minimum(want, supply + release * stock)
    return fired, jnp.maximum(stock + supply - fired, 0.0)


def own_output(p: Parameters, time: Array, short_money: Array, short_air: Array) -> Array:
    """Return the partner's own output of arms against that of late."""
    held_up = (1.0 - p["war.money_weight"] * short_money) * (1.0 - p["war.strike_damage"] * short_air)
    return jnp.exp(p["war.own_growth"] * time / 4.0) * held_up


def partner_supply(start: Start, own: Array, arms: Array, arms_of_late: Array) -> Array:
    """Return the partner's supply, thousand rounds or their worth a quarter. ``arms``: deliveries, billion euro."""
    ratio = arms / jnp.maximum(arms_of_late, _FEW)
    return start.fires[PARTNER] * (start.own_share * own + (1.0 - start.own_share) * ratio)


def adversary_supply(p: Parameters, start: Start, time: Array) -> Array:
    """Return the adversary's output and imports, thousand rounds a quarter."""
    return start.shell_output * jnp.exp(p["war.adversary_output_growth"] * time / 4.0)


def air_shortage(p: Parameters, start: Start, stock: Array, ratio: Array, time: Array) -> tuple[Array, Array]:
    """Return the share of the need for air defence not met, and the stock left (quarters of need).

    ``ratio``: deliveries of air defence against those of late.
    """
    supply = start.own_share + (1.0 - start.own_share) * ratio
    need = jnp.exp(p["war.strike_growth"] * time / 4.0)
    used = jnp.minimum(need, stock + supply)
    return jnp.maximum(1.0 - used / need, 0.0), jnp.minimum(stock + supply - used, p["war.air_stock_limit"])


def losses(p: Parameters, start: Start, men: Array, fires: Array, walk: Array) -> Array:
    """Return killed and wounded of both sides in the quarter, thousand persons (S,)."""
    enemy = fires[::-1] / jnp.maximum(start.fires[::-1], _FEW)
    own = men / start.men
    rate = start.losses * enemy ** p["war.fire_elasticity"] * own ** p["war.target_elasticity"] * jnp.exp(walk)
    return jnp.minimum(rate, p["war.bearable"] * men)


def men_after(
    p: Parameters, start: Start, men: Array, lost: Array, time: Array, short_money: Array, called_up: Array
) -> Array:
    """Return the strength of both sides a quarter later, thousand persons (S,). ``called_up``: the adversary's reservists."""
    limit = jnp.maximum(jnp.stack([p["war.limit_adversary"], p["war.limit_partner"]]), start.men)
    wish = start.recruits * jnp.exp(p["war.recruit_growth"] * time / 4.0)
    more = p["war.recruit_response"] * (1.0 - p["war.returning"]) * jnp.maximum(lost - start.losses, 0.0)
    recruits = jnp.minimum(wish + more, wish * p["war.recruit_ceiling"])
    recruits = recruits.at[PARTNER].multiply(1.0 - p["war.money_weight"] * short_money)
    recruits = recruits.at[ADVERSARY].add(called_up)
    return jnp.clip(men + recruits - (1.0 - p["war.returning"]) * lost, 1.0, limit)


def called_up(p: Parameters, start: Start, men: Array, density: Array, u: Array) -> Array:
    """Return reservists called up in the quarter, thousand persons. ``density``: men per km of front; ``u``: uniform."""
    wanting = (men[ADVERSARY] < start.men[ADVERSARY]) | (density < p["war.hold_density"])
    return p["war.mobilised"] * (wanting & (u < p["war.mobilise"]))


def tanks_after(
    p: Parameters, start: Start, tanks: Array, store: Array, walk: Array, armour: Array
) -> tuple[Array, Array, Array]:
    """Return tanks of both sides (S,), the adversary's store, and its losses in the quarter.

    ``armour``: deliveries to the partner, billion euro. The adversary's output is new vehicles and refurbished ones.
    """
    pace = tanks[ADVERSARY] / start.tanks[ADVERSARY] * jnp.exp(walk[ADVERSARY])
    lost = jnp.minimum(start.tank_losses * pace, tanks[ADVERSARY])
    more = p["war.tank_response"] * jnp.maximum(lost - start.tank_output, 0.0)
    refurbished = jnp.minimum(p["war.refurbished"] * start.tank_output + more, store)
    output = (1.0 - p["war.refurbished"]) * start.tank_output + refurbished
    partner_lost = jnp.minimum(p["war.tank_loss_ratio"] * lost, tanks[PARTNER])
    gained = p["war.tanks_per_billion"] * armour
    after = jnp.stack([tanks[ADVERSARY] - lost + output, tanks[PARTNER] - partner_lost + gained])
    return after, store - refurbished, lost


def tank_store(p: Parameters, start: Start) -> Array:
    """Return vehicles still fit to be refurbished: those of 2022 less half the rate of late since then."""
    return jnp.maximum(
        p["war.tank_store"] - 0.5 * p["war.refurbished"] * start.tank_output * start.quarters_at_war, 0.0
    )
