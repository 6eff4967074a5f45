"""From forces and beliefs to the chance of a challenge, for every ally as if it stood alone.

Theatre -> crisis on the record of 2026. Each ally's chance is taken with itself as the only target, so that attention drawn
away to another ally (one target at a time) is out; what allies do later about it, and the value of waiting, are held.
"""

import jax
import jax.numpy as jnp

from foedus.model import capability, credibility, crisis, danger, theatre
from foedus.model import trust as trusting
from foedus.model.state import TYPES

from .space import world

START = jnp.stack([jnp.zeros(31), jnp.ones(31), jnp.ones(31)])
COMMITTED, TRANSACTIONAL, WITHDRAWING = (jnp.eye(3)[TYPES.index(kind)] for kind in TYPES)
SURE = jnp.full(31, 1.0)


def base_case(**changes):
    """Return what the chain varies, at the record of the start."""
    case = {
        "forces": world().patron_forces,
        "stock": jnp.ones(31),
        "ledger": jnp.zeros_like(world().ledger_units),
        "belief": jnp.array([0.3, 0.5, 0.2]),
        "treaty": jnp.array(1.0),
        "credibility_added": jnp.array(0.0),
        "strength": jnp.array(1.0),
        "certain": jnp.array(0.0),
    }
    return case | changes


def chances(p, case):
    """Return (rate of a challenge in the quarter, chance an occasion is used, chance of success, credibility), each (N,)."""
    w = world()
    reach = theatre.reach(p, w.reach_km)
    meets = credibility.meets_guideline(w.spending_share, 0.02)
    fights = credibility.by_type(p, case["forces"], case["treaty"], meets, w.account, w.interest)
    seen = credibility.in_the_eyes(case["belief"][None], fights)[0]
    seen = jnp.clip(seen + case["credibility_added"], 0.0, 1.0)
    seen = jnp.where(case["certain"] > 0, 1.0, seen)
    near = trusting.proximity(w.distance_km, w.neighbour, p["trust.proximity_km"])
    tied = trusting.ties(p, near, w.personnel / jnp.max(w.personnel))
    joins = trusting.solve(p, tied, jnp.full(31, 0.5), START).joins
    over_land = jnp.exp(-w.distance_km / (p["theatre.road_speed"] * 10.0))
    forces = theatre.Forces(
        danger.allied_brigades(p, w, theatre.arrived(p, w.distance_km), case["stock"], joins),
        danger.patron_brigades(p, w, over_land, case["forces"]),
    )
    part = danger.participation(p, seen, case["treaty"], jnp.array(0.0))
    europe = capability.european_enablers(w, case["ledger"] * w.ledger_units)
    attack = theatre.attackers(p, reach, case["strength"])
    success = theatre.success(p, attack, theatre.defence(p, forces, part, europe + (1.0 - europe) * part))
    nuclear = crisis.nuclear_cost(p, seen, crisis.nuclear_partners(joins, w.nuclear))
    outcome = crisis.play(
        crisis.payoffs(p, reach, success, nuclear, 0.0), crisis.START_RESISTANCE + 0 * reach, 1.0
    )
    alone = jax.vmap(lambda r, c: crisis.quarterly_chance(p, r[None], c[None])[0])
    return alone(reach, outcome.challenge), outcome.challenge, success, seen


def floor(p):
    """Return the rate in the quarter where war is sure to be lost by the adversary and the patron is sure to come, (N,)."""
    w = world()
    reach = theatre.reach(p, w.reach_km)
    nuclear = crisis.nuclear_cost(p, jnp.ones(31), w.nuclear)
    game = crisis.payoffs(p, reach, jnp.zeros(31), nuclear, 0.0)
    outcome = crisis.play(game, crisis.START_RESISTANCE + 0 * reach, 1.0)
    return jax.vmap(lambda r, c: crisis.quarterly_chance(p, r[None], c[None])[0])(reach, outcome.challenge)
