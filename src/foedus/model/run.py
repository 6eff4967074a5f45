"""A run: one draw of one scenario through all its quarters, and many draws at once."""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

from foedus.model import burden, capability, credibility, theatre
from foedus.model import trust as trusting
from foedus.model.crisis import START_RESISTANCE
from foedus.model.danger import ADVERSARY, ALLIES, allied_brigades, participation, patron_brigades
from foedus.model.state import (
    NOTICE_QUARTERS,
    PIPELINE_STAGES,
    Array,
    Controls,
    Luck,
    Parameters,
    Priors,
    State,
    World,
)
from foedus.model.step import Fixed, Record, ends_of, step


def opening_state(p: Parameters, world: World, priors: Priors) -> State:
    """Return the state at the start of the first quarter."""
    count, items = world.gdp.shape[0], world.ledger_units.shape[0]
    stock, pipeline = capability.opening_stock(p, world.spending_share * world.gdp * world.equipment_share)
    news, unrest = burden.opening_news(p, world.spending_news, world.spending_alarm, world.spending_unrest)
    ones, zero = jnp.ones(count), jnp.zeros(())
    return State(
        belief=priors.present,
        dormant=zero,
        drawn_down=zero,
        notice_pending=jnp.zeros(NOTICE_QUARTERS),
        treaty=jnp.ones(()),
        noticed=zero,
        posting=jnp.zeros(count),
        patron_aid=world.patron_aid,
        ally_aid=p["ukraine.replaceable"] * (1.0 - world.patron_aid),
        war=jnp.ones(()),
        territory_lost=zero,
        strength=p["ukraine.strength_present"],
        share=world.spending_share,
        news=news,
        unrest=unrest,
        gdp=world.gdp,
        stock=stock,
        pipeline=pipeline,
        ledger_stock=jnp.zeros(items),
        ledger_pipeline=jnp.zeros((items, PIPELINE_STAGES)),
        ledger_ordered=jnp.zeros(items),
        account=world.account,
        trust=jnp.stack([jnp.zeros(count), ones, ones]),
        resistance=START_RESISTANCE * ones,
        unchallenged=ones,
        unlost=ones,
        years=zero,
    )


def fixed_terms(p: Parameters, world: World, opening: State, guideline: Array) -> Fixed:
    """Return what the draw works out once: the start's own spill-in, defence and threat, distances, the ledger's terms."""
    proximity = trusting.proximity(world.distance_km, world.neighbour, p["trust.proximity_km"])
    meets = credibility.meets_guideline(opening.share, guideline)
    fights = credibility.by_type(p, world.patron_forces, opening.treaty, meets, world.account, world.interest)
    seen = credibility.in_the_eyes(opening.belief, fights)
    tied = trusting.ties(p, proximity, world.personnel / jnp.max(world.personnel), world.seated)
    trust = trusting.at_the_start(p, tied, seen[ALLIES])
    received = burden.spillin(opening.share, opening.gdp, trust.joins, seen[ALLIES], world.patron_spending)
    near = jnp.exp(-world.distance_km / (p["theatre.road_speed"] * p["theatre.near_days"]))
    arrival = theatre.arrived(p, world.distance_km)
    ratio = jnp.ones_like(opening.stock)
    forces = theatre.Forces(
        allied_brigades(p, world, arrival, ratio, trust.joins),
        patron_brigades(p, world, near, world.patron_forces),
    )
    part = participation(p, seen[ADVERSARY], opening.treaty, opening.dormant)
    europe = capability.european_enablers(world, opening.ledger_stock)
    return Fixed(
        start=burden.Reference(opening.share, opening.gdp, received, opening.strength, world.spending_momentum),
        opening_stock=opening.stock,
        terms=capability.ledger_terms(p, world),
        reach=theatre.reach(p, world.reach_km),
        tied=tied,
        arrival=arrival,
        near=near,
        reference=theatre.defence(p, forces, part, europe + (1.0 - europe) * part),
        trust=ends_of(trust),
    )


class Closing(NamedTuple):
    """The replacement ledger at the end of a run."""

    units: Array  # (I,) units missing at the start
    cost: Array  # (I,) billion USD of 2021 to buy them
    years: Array  # (I,) years from the start until Europe has them, going on at the last budget where not there yet
    reached: Array  # (N,) share of the population that a successful challenge reaches


class Run(NamedTuple):
    """One draw of one scenario."""

    record: Record  # every field with a leading axis T
    closing: Closing


def simulate(
    p: Parameters, world: World, controls: Controls, priors: Priors, luck: Luck, played: bool = False
) -> Run:
    """Run one draw of one scenario through its quarters."""
    opening = opening_state(p, world, priors)
    fixed = fixed_terms(p, world, opening, controls.guideline[0])

    def quarter(state: State, inputs: tuple[Controls, Luck]) -> tuple[State, Record]:
        return step(p, world, fixed, priors, state, inputs, played)

    final, record = jax.lax.scan(quarter, opening._replace(trust=fixed.trust), (controls, luck))
    return Run(record, _closing(p, fixed, final, record))


def _closing(p: Parameters, fixed: Fixed, final: State, record: Record) -> Closing:
    terms = fixed.terms
    enough = record.ledger_stock >= p["capability.closed_share"] * terms.units
    first = jnp.argmax(enough, axis=0)
    going_on = capability.closing_years(
        p, terms, final.ledger_stock, final.ledger_ordered, record.replacement_budget[-1], final.years
    )
    years = jnp.where(jnp.any(enough, axis=0), first / 4.0, going_on)
    return Closing(terms.units, terms.units * terms.unit_cost, years, p["crisis.limited_share"] * fixed.reach)
