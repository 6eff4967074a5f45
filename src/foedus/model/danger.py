"""Danger: what a quarter sets before the adversary, and the challenge and loss that follow from it.

Everything that comes to bear on an ally's danger stands in one record, `Facing`. With fields of two scenarios mixed, the same
equations say what each channel does (`foedus.insight.channels`).
Units: probabilities, brigades, persons. Source: design 4.4, 4.10 and 4.11, with the equations of credibility, theatre and crisis.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from foedus.model import capability, credibility, crisis, theatre, timing
from foedus.model.games import signalling
from foedus.model.state import OBSERVERS, Array, Controls, Parameters, World

ADVERSARY, ALLIES = (OBSERVERS.index(name) for name in ("adversary", "allies"))
TRUE, LATER = len(OBSERVERS), len(OBSERVERS) + 1
"""Rows of credibility after the observers': under the true type, and under beliefs about the next administration."""


class Guarantee(NamedTuple):
    """What the patron's credibility rests on."""

    views: Array  # (4, K) beliefs of adversary and allies, the true type, beliefs about the next administration
    forces: Array  # (N,) persons of the patron
    in_force: Array  # () chance that the treaty is in force
    meets: Array  # (N,) how far each ally meets the guideline
    account: Array  # (N,) the patron's account with each


class Facing(NamedTuple):
    """What comes to bear on each ally's danger in a quarter."""

    guarantee: Guarantee
    dormant: Array  # () share of participation suspended
    enablers: Array  # (3, N) the part that the patron's enablers take: as seen, as it is, and later
    strength: Array  # () the adversary's ground strength free for elsewhere
    allied: Array  # (3, N) brigades at home and arriving from other allies
    europe: Array  # () share of the enablers that Europe has itself
    nuclear: Array  # (N,) owners of nuclear weapons that stand with each, the ally itself included


class Place(NamedTuple):
    """What a draw knows of distances and of the start."""

    reach: Array  # (N,)
    near: Array  # (N, N) share of forces in row that reaches column over land in days


class Defence(NamedTuple):
    """The theatre of one quarter: chances that a fought-over challenge succeeds, each (N,)."""

    seen: Array  # with the patron as the adversary believes
    true: Array  # with the patron as its true type would act
    later: Array  # under beliefs about the next administration
    alone: Array  # without the patron


class Danger(NamedTuple):
    """The danger to each ally in a quarter."""

    seen: Array  # (4, N) credibility: adversary, allies, the true type, the next administration
    war: Defence
    outcome: crisis.Crisis
    chance: Array  # (N,) chance of a challenge
    lost: Array  # (N,) loss given a challenge


def allied_brigades(p: Parameters, world: World, arrival: Array, stock_ratio: Array, joins: Array) -> Array:
    """Return the brigades at home, in battlegroups and arriving from other allies, shape (3, N)."""
    at_once, mobilised = capability.home_brigades(p, world.personnel, world.reserves, stock_ratio)
    whole = capability.brigades(p, world.personnel, stock_ratio)
    ready = jnp.stack([p[f"capability.ready_{d}d"] * whole for d in (10, 30, 180)], axis=1)
    home = jnp.stack([at_once, mobilised, mobilised])
    forward = world.forward_persons / 1000.0 / p["capability.persons_per_brigade"]
    return home + forward[None, :] + theatre.others(ready, joins, arrival)


def patron_brigades(p: Parameters, world: World, near: Array, forces_persons: Array) -> Array:
    """Return the patron's brigade equivalents for each ally if it takes part, shape (3, N).

    ``near`` (N, N): share of row's guests that reaches column over land in days.
    """
    total = jnp.maximum(jnp.sum(world.patron_forces), 1.0)
    in_reach = forces_persons @ near / total
    return theatre.patron_brigades(p, jnp.sum(forces_persons) / total, forces_persons / total, in_reach)


def participation(p: Parameters, credible: Array, in_force: Array, dormant: Array) -> Array:
    """Return the share of its contribution that the patron brings, shape (N,), from the chance that it fights."""
    outside = p["theatre.integration_loss"] * (1.0 - in_force)
    idle = p["theatre.dormancy_loss"] * dormant
    return credible * (1.0 - outside) * (1.0 - idle)


def eyes(p: Parameters, world: World, given: Guarantee) -> Array:
    """Return credibility under each row of the views of the patron's type, shape (4, N)."""
    fights = credibility.by_type(p, given.forces, given.in_force, given.meets, given.account, world.interest)
    return credibility.in_the_eyes(given.views, fights)


def parts(p: Parameters, seen: Array, in_force: Array, dormant: Array) -> Array:
    """Return the patron's participation as the adversary sees it, as it is, and later, shape (3, N)."""
    return jnp.stack([participation(p, seen[row], in_force, dormant) for row in (ADVERSARY, TRUE, LATER)])


def fight(p: Parameters, world: World, place: Place, facing: Facing, taken: Array) -> Defence:
    """Return the chances of success. ``taken`` (3, N): the patron's part as seen, as it is, and later."""
    forces = theatre.Forces(facing.allied, patron_brigades(p, world, place.near, facing.guarantee.forces))
    attack = theatre.attackers(p, place.reach, facing.strength)
    europe = facing.europe

    def view(part: Array, enabling: Array) -> Array:
        return theatre.success(p, attack, theatre.defence(p, forces, part, europe + (1.0 - europe) * enabling))

    seen, true, later = (view(taken[row], facing.enablers[row]) for row in range(3))
    nobody = jnp.zeros_like(taken[0])
    return Defence(seen, true, later, alone=view(nobody, nobody))


class Board(NamedTuple):
    """What the crisis is played over: all of a quarter's danger that does not hang on the quarter before."""

    seen: Array  # (4, N)
    war: Defence
    game: signalling.Payoffs


def board(
    p: Parameters, world: World, place: Place, facing: Facing, seen: Array, quarters_to_next: Array
) -> Board:
    """Return what the quarter's crisis is played over. ``seen`` (4, N): `eyes` of what is faced."""
    war = fight(p, world, place, facing, parts(p, seen, facing.guarantee.in_force, facing.dormant))
    prize = p["crisis.war_gain"] * crisis.stakes(p, place.reach)
    wait = timing.value_of_waiting(p, quarters_to_next, war.seen, war.later, prize)
    nuclear = crisis.nuclear_cost(p, seen[ADVERSARY], facing.nuclear)
    return Board(seen, war, crisis.payoffs(p, place.reach, war.seen, nuclear, wait))


def play(p: Parameters, place: Place, on: Board, resistance: Array, first: Array) -> Danger:
    """Return the quarter's danger. ``resistance`` (N,): probit of the last quarter's chance of resistance; ``first``: 1 in the
    first quarter.
    """
    outcome = crisis.play(on.game, resistance, first)
    chance = crisis.quarterly_chance(p, place.reach, outcome.challenge)
    deliberate = crisis.deliberate_share(p, outcome.challenge)
    lost = crisis.loss_given_challenge(outcome, on.war.true, deliberate)
    return Danger(on.seen, on.war, outcome, chance, lost)


def face(
    p: Parameters,
    world: World,
    place: Place,
    facing: Facing,
    seen: Array,
    control: Controls,
    resistance: Array,
) -> Danger:
    """Return the quarter's danger, from what is faced: `board` and `play` in one."""
    on = board(p, world, place, facing, seen, control.quarters_to_next)
    return play(p, place, on, resistance, control.first)
