"""One quarter: every system in turn, from politics to the challenge and back to budgets.

Two ways to run (design 4.13). Hazard mode carries probabilities: an act of chance h moves the state by h, and nothing
branches. Played out, acts and challenges happen or not, by the draw's own uniform numbers.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from foedus.model import (
    beliefs,
    burden,
    capability,
    credibility,
    crisis,
    hedging,
    politics,
    theatre,
    timing,
    treaty,
    ukraine,
)
from foedus.model import trust as trusting
from foedus.model.state import (
    ACTS,
    OBSERVERS,
    TYPES,
    Array,
    Controls,
    Luck,
    Parameters,
    Priors,
    State,
    World,
)

ADVERSARY, ALLIES = (OBSERVERS.index(name) for name in ("adversary", "allies"))
TRUE, LATER = len(OBSERVERS), len(OBSERVERS) + 1
"""Rows of credibility after the observers': under the true type, and under beliefs about the next administration."""
TRANSACTIONAL = TYPES.index("transactional")
COMMITTED = TYPES.index("committed")
ACT = {name: index for index, name in enumerate(ACTS)}


class Fixed(NamedTuple):
    """What a draw works out once, before the first quarter."""

    start: burden.Reference
    opening_stock: Array  # (N,)
    terms: capability.Ledger
    reach: Array  # (N,)
    proximity: Array  # (N, N)
    arrival: Array  # (3, N, N)
    near: Array  # (N, N) share of forces in row that reaches column over land in days
    reference: Array  # (3, N) defenders' brigades at the start, with the guarantee as believed then
    trust: Array  # (3, N) both ends at the start, and the selected one: trust holds


class Record(NamedTuple):
    """What a quarter leaves behind."""

    credibility: Array  # (O, N)
    belief: Array  # (O, K)
    trust: Array  # (3, N) lower end, upper end, selected
    consensus: Array  # (N,)
    challenge: Array  # (N,) chance in the quarter, or 0/1 when played out
    success: Array  # (N,) loss given a challenge
    success_alone: Array  # (N,) chance that a fought-over challenge succeeds without the patron
    success_reference: Array  # (N,) the same against the alliance as it stood and was believed at the start
    success_seen: Array  # (N,) the same as the adversary sees it
    loss: Array  # (N,) chance in the quarter
    share: Array  # (N,)
    gap: Array  # (N,) billion USD of 2021 a year
    treaty: Array  # ()
    dormant: Array  # ()
    war: Array  # ()
    strength: Array  # ()
    territory_lost: Array  # ()
    ledger_stock: Array  # (I,)
    ledger_ordered: Array  # (I,)
    replacement_budget: Array  # () billion USD of 2021 a year
    patron_forces: Array  # (N,) persons
    residual: Array  # () largest equilibrium residual of the quarter


class Politics(NamedTuple):
    """The quarter's acts: their chances, or 0/1 when played out."""

    acts: Array  # (A,)
    log_likelihood: Array  # (K,)
    truth: Array  # (K,)


def occur(chance: Array, uniform: Array, played: bool) -> Array:
    """Return the chance itself, or 0/1 when played out."""
    return (uniform < chance).astype(chance.dtype) if played else chance


def play_politics(
    p: Parameters, world: World, priors: Priors, state: State, control: Controls, luck: Luck, played: bool
) -> Politics:
    """Return what the administration in office does."""
    truth = priors.truth[control.administration.astype(jnp.int32)]
    shortfall = politics.shortfall_points(state.share, state.gdp, control.guideline)
    hazard = politics.hazards(p, shortfall, jnp.mean(state.account))
    chance = politics.act_chances(hazard, truth, control.act)
    addressed = control.ultimatum_members * state.gdp
    missing = jnp.sum(addressed * (state.share < control.ultimatum_target)) / jnp.maximum(
        jnp.sum(addressed), 1e-9
    )
    chance = jnp.maximum(chance, control.ultimatum_else * missing)
    acts = occur(chance, luck.act, played)
    return Politics(acts, beliefs.signal_log_likelihood(p, hazard, acts, control.act, control.costly), truth)


def update_beliefs(
    p: Parameters, priors: Priors, state: State, control: Controls, log_likelihood: Array
) -> tuple[Array, Array]:
    """Return (beliefs (O, K), beliefs about the next administration (K,))."""
    fresh = jnp.broadcast_to(priors.next, state.belief.shape)
    started = control.new_administration > 0
    belief = jnp.where(started, fresh, state.belief)
    prior = jnp.where(control.administration > 0, fresh, priors.present)
    belief = beliefs.update(belief, prior, log_likelihood, p["beliefs.forgetting"])
    return beliefs.hold(belief, control.held_belief, control.hold), priors.next


def treaty_and_forces(
    p: Parameters, world: World, state: State, control: Controls, done: Politics, luck: Luck, played: bool
) -> dict[str, Array]:
    """Return the legal and physical state of the guarantee after the quarter's acts."""
    forced = control.act > 0
    suspend, notice, cut = (done.acts[ACT[a]] for a in ("suspend", "give_notice", "draw_down"))
    resumed = control.new_administration * done.truth[COMMITTED]
    dormant = state.dormant * (1.0 - resumed)
    dormant = jnp.maximum(dormant + (1.0 - dormant) * suspend, control.dormant)
    dormant = jnp.where(control.act[ACT["suspend"]] < 0, 0.0, dormant)
    entered = notice * (1.0 - state.noticed)
    pending, in_force = treaty.advance(
        state.notice_pending,
        state.treaty,
        entered,
        control.notice_path,
        control.notice_dates,
        luck.treaty,
        p,
        played,
    )
    in_force = in_force * (1.0 - control.treaty_ended)
    size = jnp.where(control.ultimatum_share > 0, control.ultimatum_share, p["politics.draw_down_step"])
    own_cut = jnp.where(forced[ACT["draw_down"]], 0.0, cut) * size
    drawn = state.drawn_down + (1.0 - state.drawn_down) * own_cut
    forces = (world.patron_forces * control.forces_factor + control.forces_added) * (1.0 - drawn)
    own_aid_cut = jnp.where(forced[ACT["cut_aid"]], 0.0, done.acts[ACT["cut_aid"]])
    return {
        "dormant": dormant,
        "pending": pending,
        "treaty": in_force,
        "noticed": state.noticed + entered,
        "drawn_down": drawn,
        "forces": forces,
        "patron_aid": state.patron_aid * (1.0 - own_aid_cut),
    }


class Defence(NamedTuple):
    """The theatre of one quarter: chances that a fought-over challenge succeeds, each (N,)."""

    seen: Array  # with the patron as the adversary believes
    true: Array  # with the patron as its true type would act
    later: Array  # under beliefs about the next administration
    alone: Array  # without the patron
    reference: Array  # against the defence and the guarantee of the start


def muster(
    p: Parameters,
    world: World,
    near: Array,
    arrival: Array,
    stock_ratio: Array,
    joins: Array,
    forces_persons: Array,
) -> theatre.Forces:
    """Return the brigades that can be there by horizon. ``near`` (N, N): share of row's guests that reaches column."""
    at_once, mobilised = capability.home_brigades(p, world.personnel, world.reserves, stock_ratio)
    whole = capability.brigades(p, world.personnel, stock_ratio)
    ready = jnp.stack([p[f"capability.ready_{d}d"] * whole for d in (10, 30, 180)])
    total = jnp.maximum(jnp.sum(world.patron_forces), 1.0)
    in_reach = jnp.sum(near * forces_persons[:, None], axis=0) / total
    patron = theatre.patron_brigades(p, jnp.sum(forces_persons) / total, forces_persons / total, in_reach)
    home = jnp.stack([at_once, mobilised, mobilised])
    forward = world.forward_persons / 1000.0 / p["capability.persons_per_brigade"]
    return theatre.Forces(home + forward[None, :] + theatre.others(ready, joins, arrival), patron)


def fight(
    p: Parameters, world: World, fixed: Fixed, state: State, joins: Array, forces_persons: Array,
    takes_part: Array, strength: Array,
) -> Defence:  # fmt: skip
    """Return the chances of success. ``takes_part`` (3, N): the patron's part as seen, as it is, and later."""
    ratio = state.stock / fixed.opening_stock
    forces = muster(p, world, fixed.near, fixed.arrival, ratio, joins, forces_persons)
    attack = theatre.attackers(p, fixed.reach, strength)
    europe = capability.european_enablers(world, state.ledger_stock)

    def view(part: Array) -> Array:
        return theatre.success(p, attack, theatre.defence(p, forces, part, europe + (1.0 - europe) * part))

    return Defence(
        seen=view(takes_part[0]),
        true=view(takes_part[1]),
        later=view(takes_part[2]),
        alone=view(jnp.zeros_like(takes_part[0])),
        reference=theatre.success(p, attack, fixed.reference),
    )


def participation(p: Parameters, credible: Array, in_force: Array, dormant: Array) -> Array:
    """Return the share of its contribution that the patron brings, shape (N,), from the chance that it fights."""
    outside = p["theatre.integration_loss"] * (1.0 - in_force)
    idle = p["theatre.dormancy_loss"] * dormant
    return credible * (1.0 - outside) * (1.0 - idle)


def challenge(
    p: Parameters, world: World, fixed: Fixed, state: State, control: Controls, war: Defence, nuclear: Array
) -> tuple[crisis.Crisis, Array, Array]:
    """Return the game's equilibrium, the quarter's chance of a challenge and of loss given one, each (N,)."""
    prize = p["crisis.war_gain"] * crisis.stakes(p, fixed.reach)
    wait = timing.value_of_waiting(p, control.quarters_to_next, war.seen, war.later, prize)
    game = crisis.payoffs(p, fixed.reach, war.seen, nuclear, wait)
    outcome = crisis.play(game, state.resistance, control.first)
    chance = crisis.quarterly_chance(p, fixed.reach, outcome.challenge)
    deliberate = crisis.deliberate_share(p, outcome.challenge)
    return outcome, chance, crisis.loss_given_challenge(outcome, war.true, deliberate)


def settle_challenge(chance: Array, lost: Array, luck: Luck, played: bool) -> tuple[Array, Array]:
    """Return (challenge, loss) of the quarter, each (N,): chances, or what happens when played out."""
    if not played:
        return chance, chance * lost
    edges = jnp.cumsum(chance)
    hit = ((luck.target < edges) & (luck.target >= edges - chance)).astype(chance.dtype)
    return hit, hit * (luck.outcome < lost)


def budgets(
    p: Parameters,
    world: World,
    fixed: Fixed,
    state: State,
    control: Controls,
    trust: trusting.Trust,
    believed: Array,
    strength: Array,
    transactional: Array,
) -> dict[str, Array]:
    """Return next quarter's spending, stocks, ledger and accounts. ``believed`` (N,): credibility in the allies' eyes."""
    exposure = fixed.reach
    wanted = burden.desired(
        p, fixed.start, state.gdp, strength, exposure, control.pledge_path, trust.joins, believed,
        world.patron_spending, state.share,
    )  # fmt: skip
    share = burden.adjust(p, state.share, wanted, control.spending_floor)
    equipment = state.share * state.gdp * world.equipment_share
    stock, pipeline = capability.advance_stock(p, state.stock, state.pipeline, equipment / 4.0)
    european = world.european * state.share * state.gdp
    mean_belief = jnp.sum(european * believed) / jnp.maximum(jnp.sum(european), 1e-9)
    money = capability.replacement_budget(p, jnp.sum(european), mean_belief, control.enabler_budget)
    ordered = capability.order_items(fixed.terms, state.ledger_ordered, money)
    ledger_pipeline, arrived = capability.through_pipeline(state.ledger_pipeline, ordered, fixed.terms.lead)
    bought = hedging.tribute(p, equipment, transactional) + control.purchases
    return {
        "share": share,
        "stock": stock,
        "pipeline": pipeline,
        "money": money,
        "ledger_stock": state.ledger_stock + arrived,
        "ledger_pipeline": ledger_pipeline,
        "ledger_ordered": state.ledger_ordered + ordered,
        "account": hedging.account(p, state.account, world.account, bought, control.hosting, state.gdp),
    }


def partner(
    p: Parameters,
    state: State,
    control: Controls,
    patron_aid: Array,
    settlement: Array,
    luck: Luck,
    played: bool,
) -> dict[str, Array]:
    """Return the partner's war a quarter later."""
    given = patron_aid * control.patron_aid_factor
    ally_aid = ukraine.replace_aid(p, given, state.ally_aid)
    ratio = ukraine.aid_ratio(p, given, ally_aid, control.ally_aid_extra)
    ends = ukraine.ceasefire_chance(p, ratio, settlement, control.ceasefire)
    war = state.war * (1.0 - occur(ends, luck.ceasefire, played))
    ceded = control.ceded * p["ukraine.oblasts_ceded"]
    return {
        "ally_aid": ally_aid,
        "war": war,
        "territory_lost": ukraine.territory(p, state.territory_lost, war, ratio) + ceded,
        "strength": ukraine.rebuild(p, state.strength, war),
    }


class Quarter(NamedTuple):
    """What a quarter works out before it hands over: the guarantee, its defence and the danger to each ally."""

    done: Politics
    belief: Array  # (O, K)
    now: dict[str, Array]  # legal and physical state of the guarantee
    seen: Array  # (4, N) credibility: adversary, allies, the true type, the next administration
    trust: trusting.Trust
    strength: Array  # () the adversary's, free for elsewhere
    war: Defence
    outcome: crisis.Crisis
    lost: Array  # (N,) loss given a challenge
    hit: Array  # (N,) challenge
    loss: Array  # (N,)


def eyes(
    p: Parameters, world: World, state: State, control: Controls, now: dict[str, Array], views: Array
) -> Array:
    """Return credibility under each row of ``views`` (V, K) of the patron's type, shape (V, N)."""
    meets = credibility.meets_guideline(state.share, control.guideline)
    fights = credibility.by_type(p, now["forces"], now["treaty"], meets, state.account, world.interest)
    return credibility.in_the_eyes(views, fights)


def play(
    p: Parameters,
    world: World,
    fixed: Fixed,
    priors: Priors,
    state: State,
    control: Controls,
    luck: Luck,
    played: bool,
) -> Quarter:
    """Play the quarter: politics, beliefs, the guarantee, trust, the theatre and the crisis."""
    done = play_politics(p, world, priors, state, control, luck, played)
    belief, after = update_beliefs(p, priors, state, control, done.log_likelihood)
    now = treaty_and_forces(p, world, state, control, done, luck, played)
    seen = eyes(p, world, state, control, now, jnp.concatenate([belief, done.truth[None], after[None]]))
    capable = world.personnel / jnp.max(world.personnel)
    trust = trusting.solve(p, fixed.proximity, capable, seen[ALLIES], state.trust, control.afresh)
    strength = ukraine.available(p, state.strength, state.war, control.guarantee)
    parts = jnp.stack(
        [participation(p, seen[k], now["treaty"], now["dormant"]) for k in (ADVERSARY, TRUE, LATER)]
    )
    war = fight(p, world, fixed, state, trust.joins, now["forces"], parts, strength)
    nuclear = crisis.nuclear_cost(p, seen[ADVERSARY], trust.joins, world.nuclear)
    outcome, chance, lost = challenge(p, world, fixed, state, control, war, nuclear)
    hit, loss = settle_challenge(chance * state.unlost if played else chance, lost, luck, played)
    return Quarter(done, belief, now, seen, trust, strength, war, outcome, lost, hit, loss)


def following(
    p: Parameters, state: State, quarter: Quarter, next_budgets: dict[str, Array], next_war: dict[str, Array]
) -> State:
    """Return the state that the quarter hands to the next."""
    now = quarter.now
    return State(
        belief=quarter.belief,
        dormant=now["dormant"],
        drawn_down=now["drawn_down"],
        notice_pending=now["pending"],
        treaty=now["treaty"],
        noticed=now["noticed"],
        patron_aid=now["patron_aid"],
        gdp=state.gdp * (1.0 + p["burden.gdp_growth"]) ** 0.25,
        trust=ends_of(quarter.trust),
        resistance=quarter.outcome.resistance,
        unchallenged=state.unchallenged * (1.0 - quarter.hit),
        unlost=state.unlost * (1.0 - quarter.loss),
        years=state.years + 0.25,
        **next_budgets,
        **next_war,
    )


def recorded(state: State, control: Controls, quarter: Quarter, money: Array) -> Record:
    """Return what the quarter leaves behind. ``money``: the replacement budget, billion USD of 2021 a year."""
    return Record(
        credibility=quarter.seen[: len(OBSERVERS)],
        belief=quarter.belief,
        trust=ends_of(quarter.trust),
        consensus=quarter.trust.consensus,
        challenge=quarter.hit,
        success=quarter.lost,
        success_alone=quarter.war.alone,
        success_reference=quarter.war.reference,
        success_seen=quarter.war.seen,
        loss=quarter.loss,
        share=state.share,
        gap=burden.guideline_gap(state.share, state.gdp, control.guideline),
        treaty=quarter.now["treaty"],
        dormant=quarter.now["dormant"],
        war=state.war,
        strength=quarter.strength,
        territory_lost=state.territory_lost,
        ledger_stock=state.ledger_stock,
        ledger_ordered=state.ledger_ordered,
        replacement_budget=money,
        patron_forces=quarter.now["forces"],
        residual=jnp.max(quarter.outcome.residual),
    )


def ends_of(trust: trusting.Trust) -> Array:
    """Return the lower end, the upper end and the selected equilibrium, shape (3, N)."""
    return jnp.stack([trust.lower, trust.upper, trust.selected])


def step(
    p: Parameters,
    world: World,
    fixed: Fixed,
    priors: Priors,
    state: State,
    inputs: tuple[Controls, Luck],
    played: bool,
) -> tuple[State, Record]:
    """Advance one draw of one scenario by a quarter."""
    control, luck = inputs
    quarter = play(p, world, fixed, priors, state, control, luck, played)
    transactional = quarter.belief[ALLIES, TRANSACTIONAL]
    next_budgets = budgets(
        p, world, fixed, state, control, quarter.trust, quarter.seen[ALLIES], state.strength, transactional
    )
    money = next_budgets.pop("money")
    settlement = quarter.done.acts[ACT["offer_settlement"]]
    next_war = partner(p, state, control, quarter.now["patron_aid"], settlement, luck, played)
    return following(p, state, quarter, next_budgets, next_war), recorded(state, control, quarter, money)
