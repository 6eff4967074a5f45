"""Empty seats fill up the arrays and bear on nobody."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np
import pytest

from foedus.ensemble import draws, seats
from foedus.ensemble.draws import Plan, make_plan
from foedus.ensemble.engine import Engine, as_device
from foedus.model import run
from foedus.model.parameters import register
from foedus.scenario import load

DRAWS = 4
QUICKLY = {"xla_backend_optimization_level": 0}
"""The program without empty seats runs once, so it is compiled with little effort."""


def _plan(name: str) -> Plan:
    return make_plan(load(name, known_parameters=set(register()))[0], register(), 1)


def _without_seats(plan: Plan, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The first draws without empty seats."""
    p, priors, luck = (jax.tree.map(lambda x: x[:DRAWS], arguments[place]) for place in (0, 3, 4))
    allies = len(plan.inputs.members)
    by_ally = {name: getattr(luck, name)[:, :, :allies] for name in seats.LUCK}
    return (p, *as_device([plan.inputs.world, plan.controls]), priors, luck._replace(**by_ally))


@pytest.mark.parametrize(("name", "played"), [("ultimatum", False), ("dormant-nato", True)])
def test_what_comes_out_is_the_same_with_empty_seats_and_without(name: str, played: bool) -> None:
    plan, engine = _plan(name), Engine(played)
    engine.prepare(plan)
    arguments = engine.arguments(plan, 0)
    filled = engine.call(arguments)
    without = _without_seats(plan, arguments)
    simulate = jax.vmap(
        lambda p, w, c, b, k: run.simulate(p, w, c, b, k, played), in_axes=(0, None, None, 0, 0)
    )
    plain = jax.jit(simulate).lower(*without).compile(compiler_options=QUICKLY)
    bare = jax.tree.map(np.asarray, plain(*without))
    cut = jax.tree.map(lambda x: x[:DRAWS], seats.taken(filled, len(plan.inputs.members)))
    assert filled.record.share.shape[-1] % seats.LANES == 0
    assert jax.tree.structure(bare) == jax.tree.structure(cut)
    for one, other in zip(jax.tree.leaves(bare), jax.tree.leaves(cut), strict=True):
        assert one.shape == other.shape
        np.testing.assert_allclose(one, other, rtol=2e-5, atol=2e-6)


def test_every_field_by_ally_has_a_seat_or_none() -> None:
    plan = _plan("baseline")
    allies = len(plan.inputs.members)
    world, controls = seats.world(plan.inputs.world), seats.controls(plan.controls)
    assert allies % seats.LANES
    luck = seats.luck(draws.luck(plan, 0, DRAWS, False))
    for name, values in [*world._asdict().items(), *controls._asdict().items(), *luck._asdict().items()]:
        assert allies not in np.shape(values), name


@pytest.mark.parametrize(("allies", "empty"), [(31, 1), (32, 0), (24, 0), (25, 7), (1, 7)])
def test_seats_fill_whole_vectors(allies: int, empty: int) -> None:
    assert seats.empty(allies) == empty
