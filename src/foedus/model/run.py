"""A run: one draw of one scenario through all its quarters, and many draws at once."""

from __future__ import annotations

from functools import partial

import jax
import jax.numpy as jnp

from foedus.model import burden, capability, credibility, theatre
from foedus.model import trust as trusting
from foedus.model.state import NOTICE_QUARTERS, PIPELINE_STAGES, Array, Controls, Luck, Parameters, Priors, State, World
from foedus.model.step import ADVERSARY, ALLIES, Fixed, Record, step
from foedus.model.crisis import START_RESISTANCE

LAND_DAYS = 10.0


def opening_state(p: Parameters, world: World, priors: Priors) -> State:
    """Return the state at the start of the first quarter."""
    count, items = world.gdp.shape[0], world.ledger_units.shape[0]
    stock, pipeline = capability.opening_stock(p, world.spending_share * world.gdp * world.equipment_share)
    ones, zero = jnp.ones(count), jnp.zeros(())
    return State(
        belief=priors.present,
        dormant=zero,
        drawn_down=zero,
        notice_pending=jnp.zeros(NOTICE_QUARTERS),
        treaty=jnp.ones(()),
        noticed=zero,
        patron_aid=world.patron_aid,
        ally_aid=p["ukraine.replaceable"] * (1.0 - world.patron_aid),
        war=jnp.ones(()),
        territory_lost=zero,
        strength=p["ukraine.strength_present"],
        share=world.spending_share,
        gdp=world.gdp,
        stock=stock,
        pipeline=pipeline,
        ledger_stock=jnp.zeros(items),
        ledger_pipeline=jnp.zeros((items, PIPELINE_STAGES)),
        ledger_ordered=jnp.zeros(items),
        account=world.account,
        trust=ones,
        resistance=START_RESISTANCE * ones,
        unchallenged=ones,
        unlost=ones,
        years=zero,
    )


def fixed_terms(p: Parameters, world: World, priors: Priors, opening: State, guideline: Array) -> Fixed:
    """Return what the draw works out once: the start's own spill-in and threat, distances and the ledger's terms."""
    near = trusting.proximity(world.distance_km, world.neighbour, p["trust.proximity_km"])
    meets = credibility.meets_guideline(opening.share, guideline)
    fights = credibility.by_type(p, world.patron_forces, opening.treaty, meets, world.account, world.interest)
    believed = credibility.in_the_eyes(opening.belief, fights)[ALLIES]
    capable = world.personnel / jnp.max(world.personnel)
    trust = trusting.solve(p, near, capable, believed, opening.trust)
    received = burden.spillin(opening.share, opening.gdp, trust.joins, believed, world.patron_spending)
    start = burden.Reference(opening.share, opening.gdp, received, opening.strength, world.spending_momentum)
    over_land = jnp.exp(-world.distance_km / (p["theatre.road_speed"] * LAND_DAYS))
    return Fixed(
        start=start,
        opening_stock=opening.stock,
        terms=capability.ledger_terms(p, world),
        reach=theatre.reach(p, world.reach_km),
        proximity=near,
        arrival=theatre.arrived(p, world.distance_km),
        near=over_land,
    )


def simulate(
    p: Parameters, world: World, controls: Controls, priors: Priors, luck: Luck, played: bool = False
) -> tuple[Record, State, Fixed]:
    """Run one draw of one scenario. Every field of the record has a leading axis T."""
    opening = opening_state(p, world, priors)
    fixed = fixed_terms(p, world, priors, opening, controls.guideline[0])

    def quarter(state: State, inputs: tuple[Controls, Luck]) -> tuple[State, Record]:
        return step(p, world, fixed, priors, state, inputs, played)

    final, record = jax.lax.scan(quarter, opening, (controls, luck))
    return record, final, fixed


__all__ = ["ADVERSARY", "ALLIES", "fixed_terms", "opening_state", "simulate"]
