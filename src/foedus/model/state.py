"""The world, the controls and the state: what the quarter's step reads and carries.

Shapes: N allies (every member but the patron), O = 2 observers (adversary, allies), K = 3 types,
A = 7 acts, I items of the replacement ledger, D quarters of notice still pending, T quarters.
Money is billion US dollars at constant 2021 prices unless a name says otherwise.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

Array = jax.Array
Parameters = dict[str, Array]
"""One draw: register name to scalar."""

TYPES = ("committed", "transactional", "withdrawing")
OBSERVERS = ("adversary", "allies")
ACTS = ("reaffirm", "demand", "draw_down", "suspend", "give_notice", "cut_aid", "offer_settlement")
NOTICE_QUARTERS = 16
"""Longest path from notice to effect that the model follows; what is slower counts as never."""
PIPELINE_STAGES = 3


class World(NamedTuple):
    """The record at the start, as arrays; the same for all draws and scenarios."""

    seated: Array  # (N,) 1 for an ally, 0 for an empty seat, which bears on nobody (`foedus.ensemble.seats`)
    gdp: Array  # (N,) billion USD of 2021
    spending_share: Array  # (N,) share of GDP
    spending_momentum: Array  # (N,) recent growth of the log share, per year
    spending_news: Array  # () growth of the log share common to all allies in the newest year of the record
    spending_unrest: (
        Array  # () median distance of the allies' growth in that year from the common growth, log points
    )
    spending_alarm: Array  # () 1 if that year's budgets stood under a recent attack by a great power
    equipment_share: Array  # (N,) share of spending
    personnel: Array  # (N,) thousand persons
    reserves: Array  # (N,) thousand persons
    population: Array  # (N,) million persons
    patron_forces: Array  # (N,) persons of the patron in the ally
    report_age: Array  # (N,) years from the newest report on them to the start
    forward_persons: Array  # (N,) persons in battlegroups sent by other allies
    reach_km: Array  # (N,) from the adversary's nearest staging point to the capital; 0 with a land border
    distance_km: Array  # (N, N) between capitals
    neighbour: Array  # (N, N) 1 with a land border
    european: Array  # (N,) 1 if the ally counts as Europe in the replacement ledger
    nuclear: Array  # (N,) 1 for owners of nuclear weapons
    account: Array  # (N,) standard deviations
    interest: Array  # (N,) standard deviations
    patron_spending: Array  # () billion USD of 2021
    ledger_units: Array  # (I,) units the patron provides
    ledger_cost: Array  # (I, 2) million USD a unit, low and high
    ledger_rate: Array  # (I, 2) units a year, low and high
    ledger_lead: Array  # (I, 2) years, low and high
    ledger_weight: Array  # (I,) weight in the enabler index, sums to 1
    patron_enabler_share: Array  # () share of the alliance's enablers that is the patron's
    patron_aid: Array  # () share of its 2022-2024 aid that the patron still gives at the start


class Controls(NamedTuple):
    """A scenario, compiled: what it forces, quarter by quarter. Leading axis T in a run, absent in a step."""

    first: Array  # (T,) 1 in the first quarter
    afresh: Array  # (T,) 1 where both ends of trust are sought afresh, once a year
    act: Array  # (T, A) 1 forced, -1 forbidden, 0 free
    costly: Array  # (T, A) 1 where a forced signal is a costly act and not talk
    treaty_ended: Array  # (T,) 1 when ended by assumption
    notice_dates: (
        Array  # (T, D) distribution of the quarters from a contested notice to its effect, where it has one
    )
    dormant: Array  # (T,) 1 while participation is suspended by order of the scenario
    notice_path: (
        Array  # (T,) of a notice given in the quarter: 1 lawful and sure, -1 barred by the statute, 0 contested
    )
    forces_factor: Array  # (T, N) share of the start's forces left by order of the scenario
    forces_added: Array  # (T, N) persons
    patron_aid_factor: Array  # (T,) share of the patron's present aid left by order of the scenario
    ally_aid_extra: Array  # (T,) further share of the patron's aid that allies replace
    ceasefire: Array  # (T,) 1 when imposed
    ceded: Array  # (T,) 1 when whole claimed oblasts are ceded with it
    guarantee: Array  # (T,) 1 while a guarantee of the partner stands
    guideline: Array  # (T,) share of GDP in force as the measure of who meets the pledge
    pledge_path: Array  # (T,) share of GDP on the pledged path
    budget: Array  # (T,) 1 where a year's budgets bring news, which the record does not hold yet
    alarm: Array  # (T,) 1 where the year's budgets stand under a recent attack by a great power
    spending_floor: Array  # (T, N) share of GDP
    enabler_budget: Array  # (T,) billion USD a year on top of the model's own
    purchases: Array  # (T, N) billion USD a year from the patron, as tribute
    hosting: Array  # (T, N) billion USD a year of host support, as tribute
    hold: Array  # (T, O) 1 when beliefs are held
    held_belief: Array  # (T, O, K)
    new_administration: Array  # (T,) 1 in the first quarter of an administration
    administration: Array  # (T,) index of the administration in office
    quarters_to_next: Array  # (T,)
    ultimatum_target: Array  # (T,) share of GDP asked for; 0 without one
    ultimatum_members: Array  # (T, N) 1 for those it addresses
    ultimatum_share: Array  # (T,) share of forces withdrawn if that is the act; 0 for the model's own step
    ultimatum_else: Array  # (T, A) 1 for the act that follows at the deadline if the target is missed


class Priors(NamedTuple):
    """Beliefs of one draw: over the types of the present and the next administrations."""

    present: Array  # (O, K)
    next: Array  # (K,)
    truth: Array  # (M, K) one row per administration, one-hot in a draw


class Luck(NamedTuple):
    """Random numbers of one draw. Leading axis T in a run.

    The first five are uniform and used only when events are played out; news of spending and postings come in both modes.
    """

    act: Array  # (T, A)
    treaty: Array  # (T,)
    ceasefire: Array  # (T,)
    target: Array  # (T,)
    outcome: Array  # (T,)
    news: Array  # (T,) standard normal, one number for each budget year
    unrest: Array  # (T,) likewise
    own_news: Array  # (T, N, 2) size (exponential) and direction (cosine of a uniform angle), one pair for each budget year
    posting: Array  # (T, N, 2) likewise, for the patron's postings: one pair for the first quarter and one for each year after it


class State(NamedTuple):
    """What a quarter hands to the next."""

    belief: Array  # (O, K)
    dormant: Array  # () probability, or 0/1 when played out
    drawn_down: Array  # () share of forward forces gone by the patron's own orders
    notice_pending: Array  # (D,) probability that notice takes effect in d quarters
    treaty: Array  # () probability that the treaty is in force for the patron
    noticed: Array  # () probability that notice was ever given
    posting: Array  # (N,) log of the patron's forces against what is ordered: postings wander
    patron_aid: Array  # () share of its 2022-2024 aid that the patron gives
    ally_aid: Array  # () share of the patron's former aid that allies have replaced
    war: Array  # () probability that the war goes on
    territory_lost: Array  # () percent of the partner's territory since the start
    strength: Array  # () adversary's ground strength, 1 = before 2022
    share: Array  # (N,) spending as share of GDP
    news: Array  # () the budget year's news common to all shares, log points a year
    unrest: Array  # () log of the budget year's scale of allies' own news, against a usual year's
    gdp: Array  # (N,)
    stock: Array  # (N,) billion USD of equipment
    pipeline: Array  # (N, 3) billion USD on order
    ledger_stock: Array  # (I,) units Europe has in replacement
    ledger_pipeline: Array  # (I, 3) units on order
    ledger_ordered: Array  # (I,) units ordered so far
    account: Array  # (N,)
    trust: Array  # (3, N) expected joining in the defence of each ally: lower end, upper end, selected
    resistance: Array  # (N,) probit of the chance that defenders resist: the equilibrium continued
    unchallenged: Array  # (N,) chance of no challenge so far
    unlost: Array  # (N,) chance of no loss so far
    years: Array  # () since the start


def sigmoid(x: Array) -> Array:
    """The logistic function."""
    return jax.nn.sigmoid(x)


def logit(p: Array) -> Array:
    """Inverse of the logistic function, for p in (0, 1)."""
    return jnp.log(p) - jnp.log1p(-p)
