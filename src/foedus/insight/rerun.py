"""Draws of one scenario, run on the spot: what the strategic analyses read besides the stored results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.draws import Plan, make_plan, priors, sample_parameters
from foedus.ensemble.engine import BLOCK, Engine
from foedus.ensemble.results import Run
from foedus.errors import InputError, did_you_mean
from foedus.model.parameters import register
from foedus.scenario import load
from foedus.scenario.compile import first_day
from foedus.scenario.schema import Scenario
from foedus.scenario.world import WorldInputs

Floats = NDArray[np.float64]
Values = dict[str, Floats]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sample:
    """Draws of a scenario: parameters of shape (draw,), and the model's record with a leading axis of draws."""

    plan: Plan
    values: Values
    record: Any
    next_types: Floats  # (draw, K) prior over the types of the next administrations


def plan_of(name: str, seed: int = 1) -> Plan:
    """Compile a shipped scenario or a scenario file.

    Raises:
        InputError: there is no such scenario, or the name is that of a family.
    """
    found = load(name, known_parameters=set(register()))
    if len(found) > 1:
        listed = ", ".join(one.name for one in found)
        raise InputError(f"{name!r} is a family; name one of its scenarios: {listed}", field="scenario")
    return make_plan(found[0], register(), seed)


def plan_of_run(run: Run, scenario: str | None, inputs: WorldInputs | None = None) -> Plan:
    """Compile a scenario of a finished run again, with the run's seed and as-of date; ``inputs``: the world, where at hand.

    Raises:
        InputError: the run has no such scenario.
    """
    names = [str(one["name"]) for one in run.scenarios]
    chosen = names[0] if scenario is None else scenario
    if chosen not in names:
        raise InputError(f"the run has no scenario {chosen!r}{did_you_mean(chosen, names)}", field="scenario")
    definition = Scenario.model_validate(next(s for s in run.scenarios if s["name"] == chosen))
    as_of = run.manifest["as_of"]
    when = None if as_of is None else dt.date.fromisoformat(as_of)
    return make_plan(definition, register(), int(run.manifest["seed"]), as_of=when, inputs=inputs)


def sample(plan: Plan, draws: int, progress: Progress | None = None) -> Sample:
    """Run the first draws of a plan.

    Raises:
        InputError: no draw asked for.
    """
    if draws < 1:
        raise InputError(f"draws must be at least 1, got {draws}", field="draws")
    engine = Engine()
    engine.prepare(plan)
    firsts = range(0, draws, BLOCK)
    blocks = []
    for done, first in enumerate(firsts):
        if progress is not None:
            progress(done, len(firsts))
        blocks.append(engine.block(plan, first).record)
    record = jax.tree.map(lambda *parts: np.concatenate(parts)[:draws], *blocks)
    values = sample_parameters(plan.register, plan.seed, 0, draws)
    following = _next_types(plan, values)
    return Sample(plan, {k: np.asarray(v, np.float64) for k, v in values.items()}, record, following)


def _next_types(plan: Plan, values: dict[str, NDArray[np.float32]]) -> Floats:
    return np.asarray(priors(plan, values, 0).next, np.float64)


def member_index(plan: Plan, member: str) -> int:
    """Return the place of an ally.

    Raises:
        InputError: there is no such ally.
    """
    code = member.upper()
    if code not in plan.inputs.members:
        known = plan.inputs.members
        raise InputError(f"no ally {member!r} in the scenario{did_you_mean(code, known)}", field="member")
    return plan.inputs.members.index(code)


def start_day(plan: Plan) -> dt.date:
    """Return the first day of the scenario."""
    return first_day(plan.scenario.start)
