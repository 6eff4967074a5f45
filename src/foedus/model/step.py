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
    posture,
    theatre,
    treaty,
    ukraine,
)
from foedus.model import trust as trusting
from foedus.model.danger import (
    ALLIES,
    Danger,
    Facing,
    Guarantee,
    Place,
    allied_brigades,
    eyes,
    face,
    parts,
)
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

TRANSACTIONAL = TYPES.index("transactional")
COMMITTED = TYPES.index("committed")
ACT = {name: index for index, name in enumerate(ACTS)}


class Fixed(NamedTuple):
    """What a draw works out once, before the first quarter."""

    start: burden.Reference
    opening_stock: Array  # (N,)
    terms: capability.Ledger
    reach: Array  # (N,)
    tied: trusting.Ties
    arrival: Array  # (N, 3, N)
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
    facing: Facing  # what came to bear on the danger


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
    mean_account = jnp.sum(world.seated * state.account) / jnp.sum(world.seated)
    hazard = politics.hazards(p, shortfall, mean_account)
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
    own_aid_cut = jnp.where(forced[ACT["cut_aid"]], 0.0, done.acts[ACT["cut_aid"]])
    return {
        "dormant": dormant,
        "pending": pending,
        "treaty": in_force,
        "noticed": state.noticed + entered,
        "drawn_down": drawn,
        "forces": posture.forces(world, state, control, drawn),
        "patron_aid": state.patron_aid * (1.0 - own_aid_cut),
    }


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
    trust: trusting.Trust
    facing: Facing
    danger: Danger
    reference: Array  # (N,) chance of success against the defence and the guarantee of the start
    hit: Array  # (N,) challenge
    loss: Array  # (N,)


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
    meets = credibility.meets_guideline(state.share, control.guideline)
    views = jnp.concatenate([belief, done.truth[None], after[None]])
    guarantee = Guarantee(views, now["forces"], now["treaty"], meets, state.account)
    seen = eyes(p, world, guarantee)
    trust = trusting.solve(p, fixed.tied, seen[ALLIES], state.trust, control.afresh, now["treaty"])
    strength = ukraine.available(p, state.strength, state.war, control.guarantee)
    ratio = state.stock / fixed.opening_stock
    facing = Facing(
        guarantee,
        dormant=now["dormant"],
        enablers=parts(p, seen, now["treaty"], now["dormant"]),
        strength=strength,
        allied=allied_brigades(p, world, fixed.arrival, ratio, trust.joins),
        europe=capability.european_enablers(world, state.ledger_stock),
        nuclear=crisis.nuclear_partners(trust.joins, world.nuclear),
    )
    place = Place(fixed.reach, fixed.near)
    danger = face(p, world, place, facing, seen, control, state.resistance)
    reference = theatre.success(p, theatre.attackers(p, fixed.reach, strength), fixed.reference)
    chance = danger.chance * state.unlost if played else danger.chance
    hit, loss = settle_challenge(chance, danger.lost, luck, played)
    return Quarter(done, belief, now, trust, facing, danger, reference, hit, loss)


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
        posting=state.posting,
        patron_aid=now["patron_aid"],
        news=state.news,
        unrest=state.unrest,
        gdp=state.gdp * (1.0 + p["burden.gdp_growth"]) ** 0.25,
        trust=ends_of(quarter.trust),
        resistance=quarter.danger.outcome.resistance,
        unchallenged=state.unchallenged * (1.0 - quarter.hit),
        unlost=state.unlost * (1.0 - quarter.loss),
        years=state.years + 0.25,
        **next_budgets,
        **next_war,
    )


def recorded(world: World, state: State, control: Controls, quarter: Quarter, money: Array) -> Record:
    """Return what the quarter leaves behind. ``money``: the replacement budget, billion USD of 2021 a year."""
    return Record(
        credibility=quarter.danger.seen[: len(OBSERVERS)],
        belief=quarter.belief,
        trust=ends_of(quarter.trust),
        consensus=quarter.trust.consensus,
        challenge=quarter.hit,
        success=quarter.danger.lost,
        success_alone=quarter.danger.war.alone,
        success_reference=quarter.reference,
        success_seen=quarter.danger.war.seen,
        loss=quarter.loss,
        share=state.share,
        gap=burden.guideline_gap(state.share, state.gdp, control.guideline),
        treaty=quarter.now["treaty"],
        dormant=quarter.now["dormant"],
        war=state.war,
        strength=quarter.facing.strength,
        territory_lost=state.territory_lost,
        ledger_stock=state.ledger_stock,
        ledger_ordered=state.ledger_ordered,
        replacement_budget=money,
        patron_forces=quarter.now["forces"],
        residual=jnp.max(world.seated * quarter.danger.outcome.residual),
        facing=quarter.facing,
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
    state = posture.wander(p, world, burden.hear(p, state, control, luck), control, luck)
    quarter = play(p, world, fixed, priors, state, control, luck, played)
    transactional = quarter.belief[ALLIES, TRANSACTIONAL]
    next_budgets = budgets(
        p,
        world,
        fixed,
        state,
        control,
        quarter.trust,
        quarter.danger.seen[ALLIES],
        state.strength,
        transactional,
    )
    money = next_budgets.pop("money")
    settlement = quarter.done.acts[ACT["offer_settlement"]]
    next_war = partner(p, state, control, quarter.now["patron_aid"], settlement, luck, played)
    return following(p, state, quarter, next_budgets, next_war), recorded(world, state, control, quarter, money)
