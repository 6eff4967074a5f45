"""Draws: a scenario's register, sampled, with the beliefs and the luck that go with each draw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.news import posting_news, spending_news
from foedus.ensemble.streams import uniforms
from foedus.model import parameters
from foedus.model.state import ACTS, OBSERVERS, TYPES, Controls, Luck, Priors
from foedus.scenario.compile import administrations, compile_controls, first_day
from foedus.scenario.distributions import prior_of
from foedus.scenario.interventions import Types
from foedus.scenario.schema import Scenario
from foedus.scenario.world import WorldInputs, build_world

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """One scenario, ready to run: its world, controls and register."""

    scenario: Scenario
    inputs: WorldInputs
    controls: Controls
    register: parameters.Register
    seed: int

    @cached_property
    def quarters(self) -> int:
        """Number of quarters."""
        return self.scenario.horizon_quarters

    @cached_property
    def administrations(self) -> int:
        """Number of administrations that the run sees."""
        return administrations(self.scenario, self.inputs.roles)


def make_plan(
    scenario: Scenario,
    register: parameters.Register,
    seed: int,
    as_of: object = None,
    inputs: WorldInputs | None = None,
) -> Plan:
    """Compile a scenario against the register and the record."""
    world = inputs or build_world(first_day(scenario.start), as_of)  # type: ignore[arg-type]
    return Plan(scenario, world, compile_controls(scenario, world), overridden(scenario, register), seed)


def overridden(scenario: Scenario, register: parameters.Register) -> parameters.Register:
    """Return the register with the scenario's own priors in place."""
    for name, override in scenario.parameters.items():
        dist, a, b = prior_of(override)
        register = parameters.with_override(register, name, dist, a, b, f"scenario {scenario.name}")
    return register


def sample_parameters(
    register: parameters.Register, seed: int, first: int, count: int
) -> dict[str, NDArray[np.float32]]:
    """Return register name to values of shape (count,)."""
    return parameters.sample(register, {name: uniforms(seed, name, first, count)[:, 0] for name in register})


def priors(plan: Plan, values: dict[str, NDArray[np.float32]], first: int) -> Priors:
    """Return beliefs over types, and the sampled true types, for each draw (leading axis of draws)."""
    count = len(next(iter(values.values())))
    stated = plan.scenario.beliefs
    present = _types(values, "present")
    following = _types(values, "next")
    if stated is not None and stated.administration is not None:
        present = _stated(stated.administration, count)
    if stated is not None and stated.next is not None:
        following = _stated(stated.next, count)
    views = [getattr(stated, observer, None) for observer in OBSERVERS]
    observed = np.stack([present if view is None else _stated(view, count) for view in views], axis=1)
    actual = present if stated is None or stated.truth is None else _stated(stated.truth, count)
    sampled = _truth(plan, actual, following, first)
    arrays: Any = [np.asarray(x, np.float32) for x in (observed, following, sampled)]
    return Priors(*arrays)


def _types(values: dict[str, NDArray[np.float32]], which: str) -> Floats:
    committed = values[f"politics.{which}_committed"].astype(np.float64)
    withdrawing = values[f"politics.{which}_withdrawing_given_not_committed"].astype(np.float64)
    rest = 1.0 - committed
    return np.stack([committed, rest * (1.0 - withdrawing), rest * withdrawing], axis=1)


def _stated(types: Types, count: int) -> Floats:
    return np.tile([types.committed, types.transactional, types.withdrawing], (count, 1))


def _truth(plan: Plan, present: Floats, following: Floats, first: int) -> Floats:
    """Return the sampled type of each administration as one-hot rows, shape (count, M, K)."""
    count = len(present)
    rows = []
    for index in range(plan.administrations):
        edges = np.cumsum(present if index == 0 else following, axis=1)
        u = uniforms(plan.seed, f"politics.type.{index}", first, count)
        rows.append(np.eye(len(TYPES))[np.minimum((u > edges).sum(axis=1), len(TYPES) - 1)])
    return np.stack(rows, axis=1)


def luck(plan: Plan, first: int, count: int, played: bool) -> Luck:
    """Return the uniform numbers by which events happen when played out, zeros in hazard mode, and news of spending and postings."""

    def stream(name: str, *shape: int) -> Any:
        full = (count, plan.quarters, *shape)
        if not played:
            return np.zeros(full, np.float32)
        width = int(np.prod(full[1:]))
        return uniforms(plan.seed, f"event.{name}", first, count, width).reshape(full).astype(np.float32)

    budget = tuple((np.asarray(plan.controls.budget) > 0).tolist())
    news, unrest, own_news = spending_news(plan.seed, first, count, budget, plan.inputs.members)
    return Luck(
        act=stream("act", len(ACTS)),
        **{name: stream(name) for name in ("treaty", "ceasefire", "target", "outcome")},
        news=news,
        unrest=unrest,
        own_news=own_news,
        posting=posting_news(plan.seed, first, count, plan.quarters, plan.inputs.members),
    )
