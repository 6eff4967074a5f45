"""The quarter of the war in its order: politics, aid, fires, losses, front, bargaining, peace; and a run of quarters.

Source: design 4.9; each equation stands in its own file. Units: see ``state``. Invariants: the same start, plan and
luck give the same bits; once the war has ended, front, men, losses and stocks rest; every stock stays at or above
zero.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from foedus.model.war import aid, attrition, bargaining, freed, front, imposed, options
from foedus.model.war.names import (
    AGREED,
    AIR_DEFENCE,
    ARMOUR,
    DECIDED,
    IMPOSED,
    MONEY,
    OTHER_ARMS,
    PARTNER,
    PATRON,
    SHELLS,
)
from foedus.model.war.state import Array, Luck, Parameters, Plan, Record, Start, State

_FEW = 1e-3


def initial(p: Parameters, start: Start, luck: Luck) -> tuple[State, Array]:
    """Return the state at the start and deliveries of late (D, I)."""
    pipe, of_late = aid.past_pipeline(p, start)
    one, zero = jnp.ones_like(start.territory), jnp.zeros_like(start.territory)
    state = State(
        war=one, ended=zero, territory=start.territory, prepared=start.prepared, men=start.men,
        casualties=start.casualties, fires=start.fires,
        shells=jnp.stack([start.shell_stock, p["war.partner_stock"] * start.fires[PARTNER]]), tanks=start.tanks,
        tanks_lost=start.tanks_lost, tank_store=attrition.tank_store(p, start), walk=jnp.zeros_like(start.men),
        shock=luck.level * start.level_spread[:, None], stock=aid.stocks(p, start), pipe=pipe, replaced=zero,
        gift=start.gift, access=one, air_stock=p["war.air_stock"], short_air=zero, short_money=zero,
        momentum=front.momentum_at_start(p, start), ready=p["war.ready"], age=start.quarters_at_war,
    )  # fmt: skip
    return state, of_late


def politics(p: Parameters, state: State, plan: Plan, luck: Luck) -> State:
    """Return gift and access under the administration in office and under the plan."""
    u = luck.administration
    committed = (u[0] < p["war.next_committed"]).astype(u.dtype)
    withdrawing = (1.0 - committed) * (u[1] < p["war.next_withdrawing_given_not_committed"])
    gift = jnp.where(plan.inaugurated > 0, committed, state.gift)
    access = jnp.where(plan.inaugurated > 0, 1.0 - withdrawing, state.access)
    stop = plan.given[PATRON]
    return state._replace(gift=gift * stop, access=access * stop)


def give(
    p: Parameters, start: Start, state: State, plan: Plan, luck: Luck
) -> tuple[State, tuple[Array, Array, Array]]:
    """Return the state after a quarter's aid, and what was allocated, delivered and unmet (D, I)."""
    paused = (luck.pause < p["war.pause"]).astype(state.gift.dtype)
    active = plan.given.at[PATRON].multiply(state.gift * (1.0 - paused))
    replaced = aid.replace_gap(p, start, state.replaced, state.gift)
    wish = aid.wishes(p, start, state.shock, active, replaced)
    room = aid.capacity(p, start, plan.time, state.access)
    given, unmet, stock = aid.allocate(p, wish, state.stock, room)
    pipe, arrived = aid.deliver(p, state.pipe, given)
    shock = state.shock + p["war.aid_drift"] / 4.0 + p["war.aid_noise"] * luck.aid
    state = state._replace(stock=stock, pipe=pipe, replaced=replaced, shock=shock)
    return state, (given.sum(axis=2), arrived, unmet)


def supply(p: Parameters, start: Start, state: State, plan: Plan, arrived: Array, of_late: Array) -> State:
    """Return the state after fires, air defence and money of the quarter."""
    got, late = arrived.sum(axis=0), of_late.sum(axis=0)
    ratio = got / jnp.maximum(late, _FEW)
    short_money = jnp.maximum(1.0 - ratio[MONEY], 0.0)
    short_air, air_stock = attrition.air_shortage(p, start, state.air_stock, ratio[AIR_DEFENCE], plan.time)
    own = attrition.own_output(p, plan.time, short_money, short_air)
    arms, arms_late = got[SHELLS] + got[OTHER_ARMS], late[SHELLS] + late[OTHER_ARMS]
    offered = jnp.stack(
        [
            attrition.adversary_supply(p, start, plan.time),
            attrition.partner_supply(start, own, arms, arms_late),
        ]
    )
    want = start.fires * jnp.stack([p["war.want_adversary"], p["war.want_partner"]])
    tops_up = jnp.clip(offered[PARTNER], start.fires[PARTNER], want[PARTNER])
    want = want.at[PARTNER].set(tops_up)
    release = jnp.stack([p["war.shell_release"], jnp.ones_like(p["war.shell_release"])])
    fires, shells = attrition.fire(state.shells, offered, want, release)
    return state._replace(
        fires=fires, shells=shells, short_air=short_air, short_money=short_money, air_stock=air_stock
    )


def fight(
    p: Parameters, start: Start, state: State, plan: Plan, luck: Luck, armour: Array
) -> tuple[State, Array, Array]:
    """Return the state after losses and the front's move, the losses, and the balance against that of the start."""
    walk = state.walk + p["war.losses_noise"] * luck.losses
    lost = attrition.losses(p, start, state.men, state.fires, walk)
    thin = front.density(p, start, state.territory, state.men)
    reserves = attrition.called_up(p, start, state.men, thin, luck.mobilise)
    men = attrition.men_after(p, start, state.men, lost, plan.time, state.short_money, reserves)
    tanks, store, tank_lost = attrition.tanks_after(p, start, state.tanks, state.tank_store, walk, armour)
    state = state._replace(
        men=men, casualties=state.casualties + lost, tanks=tanks, tank_store=store,
        tanks_lost=state.tanks_lost + tank_lost, walk=walk, momentum=state.momentum * p["war.momentum"],
    )  # fmt: skip
    nothing = jnp.zeros_like(start.territory)
    now = front.balance(p, men, state.fires, tanks, state.short_air, state.access)
    then = front.balance(p, start.men, start.fires, start.tanks, nothing, jnp.ones_like(nothing))
    shift = front.shifted(p, start, now, then, state.territory)
    moved = front.move(p, start, state, shift, luck.front)
    territory = jnp.clip(state.territory + moved, 0.0, 100.0)
    moved = territory - state.territory
    return (
        state._replace(territory=territory, prepared=front.prepared_after(p, state.prepared, moved)),
        lost,
        shift,
    )


def talk(
    p: Parameters, start: Start, state: State, plan: Plan, luck: Luck, facts: tuple[Array, Array]
) -> tuple[State, bargaining.Offer, Array]:
    """Return the state after talks and the patron's demand, where the sides stand, and the chance of a settlement."""
    offer, terms = _positions(p, start, state, plan, facts)
    agreed = bargaining.settlement_chance(p, offer.width)
    chance = state.war * (1.0 - (1.0 - agreed) * (1.0 - terms.chance))
    decided = (state.territory >= p["war.decided_above"]) | (
        state.territory <= start.before - p["war.decided_below"]
    )
    by_demand = luck.settle < terms.chance
    ends = (luck.settle < chance) | decided
    how = jnp.where(decided, float(DECIDED), jnp.where(by_demand, float(IMPOSED), float(AGREED)))
    line = jnp.where(by_demand, terms.line, offer.line)
    over, kept = state.war * ends, 1.0 - state.war * terms.defied * (1.0 - ends)
    state = state._replace(
        war=state.war * (1.0 - ends),
        ended=jnp.where(over > 0, how, state.ended),
        territory=jnp.where((over > 0) & ~decided, line, state.territory),
        gift=state.gift * kept,
        access=state.access * kept,
    )
    return state, offer, chance


def _positions(
    p: Parameters, start: Start, state: State, plan: Plan, facts: tuple[Array, Array]
) -> tuple[bargaining.Offer, imposed.Terms]:
    """Return where the sides stand freely and under the patron's demand; all trees are solved at once."""
    lost, shift = facts
    allowed = plan.given[PATRON]
    none = 0.0 * allowed
    gifts = jnp.stack([state.gift, none, allowed, none])
    kept = 1.0 - p["war.next_withdrawing_given_not_committed"]
    accesses = jnp.stack([state.access, state.access * kept, allowed, none])
    looks = jax.vmap(lambda *support: bargaining.outlook(p, start, state, lost, shift, support))(
        gifts, accesses
    )
    now, low, high, bare = (jax.tree.map(lambda leaf, k=k: leaf[k], looks) for k in range(4))
    free = bargaining.trees(p, state, (now, low, high), plan.to_election, plan.guaranteed)
    pressed = imposed.trees(p, state, bare, high, plan.guaranteed)
    values = options.evaluate_all(free + pressed)
    offer = bargaining.offer(p, state, values, plan.guaranteed)
    return offer, imposed.impose(p, state, values, (plan.imposing, plan.ceded, plan.guaranteed))


def step(
    p: Parameters, start: Start, of_late: Array, state: State, plan: Plan, luck: Luck
) -> tuple[State, Record]:
    """Carry the war through one quarter."""
    before = politics(p, state, plan, luck)
    given, (allocated, arrived, unmet) = give(p, start, before, plan, luck)
    fought = supply(p, start, given, plan, arrived, of_late)
    fought, lost, shift = fight(p, start, fought, plan, luck, arrived[:, ARMOUR].sum())
    fought, offer, chance = talk(p, start, fought, plan, luck, (lost, shift))
    at_war = state.war > 0
    after = jax.tree.map(lambda new, old: jnp.where(at_war, new, old), fought, given)
    after = after._replace(
        ready=freed.ready_after(p, state.ready, state.war), age=state.age + 1.0, fires=after.fires * state.war
    )
    free = (1.0 - after.war) * freed.freed(p, after.men, plan.guaranteed) * after.ready
    record = Record(
        territory=after.territory, men=after.men, casualties=after.casualties, losses=lost * state.war,
        fires=after.fires, tanks=after.tanks, tanks_lost=after.tanks_lost, allocated=allocated,
        delivered=arrived, in_pipeline=after.pipe.sum(axis=2), unmet=unmet, gift=after.gift, access=after.access,
        short_air=after.short_air, short_money=after.short_money, war=after.war, ended=after.ended, chance=chance,
        reservation=offer.reservation, line=offer.line, wait_value=offer.wait, option_value=offer.option, until_value=offer.until,
        election_value=offer.election,
        brigades_free=free, brigades_after=freed.after_settlement(p, after.men, p["war.ready"], plan.guaranteed),
    )  # fmt: skip
    return after, record


def run(p: Parameters, start: Start, plan: Plan, luck: Luck) -> Record:
    """Run one draw through the plan's quarters; leaves gain a leading axis of quarters."""
    state, of_late = initial(p, start, luck)

    def quarter(carried: State, inputs: tuple[Plan, Luck]) -> tuple[State, Record]:
        return step(p, start, of_late, carried, *inputs)

    in_time = luck._replace(level=jnp.zeros((plan.time.shape[0],), luck.level.dtype))
    return jax.lax.scan(quarter, state, (plan, in_time))[1]


def run_draws(p: Parameters, start: Start, plan: Plan, luck: Luck) -> Record:
    """Run all draws: leaves of ``p``, ``start`` and ``luck`` have a leading axis of draws, and so has the result."""
    return _mapped(p, start, plan, luck)


_mapped = jax.jit(jax.vmap(run, in_axes=(0, 0, None, 0)))
