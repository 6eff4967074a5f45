"""Which channel does it: how much of a scenario's danger comes through the treaty, the promise, the forces, and so on.

A scenario and the one it is compared with are run on the same draws. All that comes to bear on an ally's danger in a quarter
(`foedus.model.danger.Facing`) is then taken, channel by channel, from the one or the other, and the danger is worked out for every mix
S of channels: v(S). A channel's part is its Shapley value, the mean over all orders in which channels can be switched of what it adds:

    phi_k = sum over S without k of |S|! (n - |S| - 1)! / n! * (v(S with k) - v(S))

The parts of a draw add up to the whole difference. Channels that are equal in both scenarios have no part and are left out of
the mixes. Unit: percentage points are 100 times the values here (probability). Source: Shapley (1953), Contributions to the Theory of
Games II, 307-317; Shorrocks (2013), Journal of Economic Inequality 11, 99-126, for its use as a decomposition.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import combinations
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from foedus.ensemble import programs
from foedus.ensemble.draws import Plan
from foedus.ensemble.engine import BLOCK, Engine
from foedus.ensemble.results import Run
from foedus.errors import InputError, did_you_mean
from foedus.insight.outcomes import OUTCOME, interval
from foedus.insight.rerun import Progress, member_index, plan_of_run
from foedus.model import crisis, theatre
from foedus.model.danger import Board, Facing, Guarantee, Place, board, eyes, play

Floats = NDArray[np.float64]

CHANNELS = {
    "treaty": "Treaty in force, and taken part in",
    "promise": "Trust in the promise",
    "forces": "The patron's forces in Europe",
    "enablers": "The patron's enablers",
    "aid": "The partner's war, and the aid to it",
    "allies": "The allies' own answer",
}
"""The promise: beliefs about who governs the patron. The war: how many of the adversary's forces are free for elsewhere. The
allies' answer: their spending, the replacement of the patron's means, and whether they join in each other's defence."""

OUTCOMES = (OUTCOME, "loss_probability_cumulative")
MOST_PAIRS = 4
"""Comparisons of a run that are split up without being asked for."""
QUICK_DRAWS = 20
"""Draws for those: `foedus channels` takes more."""
TOGETHER = 8
"""Mixes worked out in one call."""
TOLERANCE = 1e-6
"""Relative difference below which a channel counts as equal in both scenarios: rounding of single precision."""


def mixed(one: Facing, other: Facing, take: Mapping[str, Any]) -> Facing:
    """Return what is faced with each channel from ``one`` where ``take`` is 1, from ``other`` where it is 0."""

    def pick(channel: str, a: Any, b: Any) -> Any:
        return jnp.where(take[channel] > 0, a, b)

    a, b = one.guarantee, other.guarantee
    return Facing(
        Guarantee(
            views=pick("promise", a.views, b.views),
            forces=pick("forces", a.forces, b.forces),
            in_force=pick("treaty", a.in_force, b.in_force),
            meets=pick("allies", a.meets, b.meets),
            account=pick("allies", a.account, b.account),
        ),
        dormant=pick("treaty", one.dormant, other.dormant),
        enablers=pick("enablers", one.enablers, other.enablers),
        strength=pick("aid", one.strength, other.strength),
        allied=pick("allies", one.allied, other.allied),
        europe=pick("allies", one.europe, other.europe),
        nuclear=pick("allies", one.nuclear, other.nuclear),
    )


def danger(p: Any, world: Any, controls: Any, one: Facing, other: Facing, take: Any) -> Any:
    """Return the chances of a challenge and of a loss by the end, shape (2, N), of one draw with the mixed channels."""
    near = jnp.exp(-world.distance_km / (p["theatre.road_speed"] * p["theatre.near_days"]))
    place = Place(theatre.reach(p, world.reach_km), near)
    facing = mixed(one, other, take)

    def lay_out(met: Facing, quarters_to_next: Any) -> Board:
        return board(p, world, place, met, eyes(p, world, met.guarantee), quarters_to_next)

    def quarter(state: tuple[Any, Any, Any], inputs: tuple[Board, Any]) -> tuple[Any, None]:
        resistance, unchallenged, unlost = state
        found = play(p, place, inputs[0], resistance, inputs[1])
        lost = found.chance * found.lost
        return (
            found.outcome.resistance,
            unchallenged + jnp.log1p(-found.chance),
            unlost + jnp.log1p(-lost),
        ), None

    # Only the crisis hangs on the quarter before; the rest is worked out for all quarters at once, in far better time.
    boards = jax.vmap(lay_out)(facing, controls.quarters_to_next)
    nothing = jnp.zeros_like(place.reach)
    start = (crisis.START_RESISTANCE + nothing, nothing, nothing)
    _, unchallenged, unlost = jax.lax.scan(quarter, start, (boards, controls.first))[0]
    return jnp.stack([-jnp.expm1(unchallenged), -jnp.expm1(unlost)])


@cache
def _batched() -> Any:
    """Return the danger of all draws for several mixes, shape (mix, draw, 2, N)."""
    draws = jax.vmap(danger, in_axes=(0, None, None, 0, 0, None))
    return jax.jit(jax.vmap(draws, in_axes=(None, None, None, None, None, 0)))


def shapley(values: Mapping[frozenset[str], Floats], players: tuple[str, ...]) -> dict[str, Floats]:
    """Return each player's Shapley value from the value of every coalition."""
    count = len(players)
    parts = {}
    for player in players:
        rest = [other for other in players if other != player]
        parts[player] = sum(
            (
                math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count)
                * (values[frozenset((*chosen, player))] - values[frozenset(chosen)])
                for size in range(count)
                for chosen in combinations(rest, size)
            ),
            start=np.zeros_like(values[frozenset()]),
        )  # fmt: skip
    return parts


def moved(one: Facing, other: Facing) -> tuple[str, ...]:
    """Return the channels that differ between two scenarios in some draw and quarter."""
    ones = dict.fromkeys(CHANNELS, 0)
    found = []
    for channel in CHANNELS:
        taken = mixed(one, other, ones | {channel: 1})
        pairs = zip(jax.tree.leaves(taken), jax.tree.leaves(other), strict=True)
        if not all(np.allclose(a, b, rtol=TOLERANCE, atol=TOLERANCE) for a, b in pairs):
            found.append(channel)
    return tuple(found)


def pairs_of(run: Run, scenario: str | None = None, against: str | None = None) -> list[tuple[str, str]]:
    """Return the pairs (scenario, baseline) to split: those of the run's summary, or the one asked for.

    Raises:
        InputError: the run has no such scenario, holds one scenario only, or was played out.
    """
    if run.manifest["mode"] != "hazard":
        raise InputError("the run played events out; channels need a run without --played", file=run.path)
    names = [str(one["name"]) for one in run.scenarios]
    for field, value in (("--scenario", scenario), ("--against", against)):
        if value is not None and value not in names:
            raise InputError(f"the run has no scenario {value!r}{did_you_mean(value, names)}", field=field)
    known = [(str(pair["scenario"]), str(pair["baseline"])) for pair in run.summary["comparisons"]]
    pairs = [(one, against or base) for one, base in known if scenario in (None, one)]
    if scenario is not None and against is not None:
        pairs = [(scenario, against)]
    pairs = [(one, base) for one, base in pairs if one != base]
    if not pairs:
        raise InputError(
            "nothing to compare: run two scenarios together, or name another with --against", file=run.path
        )
    return pairs


def parts_of_run(run: Run) -> list[dict[str, Any]]:
    """Return the parts for the comparisons of the run's summary; none where there is nothing to compare."""
    if run.manifest["mode"] != "hazard" or not run.summary["comparisons"]:
        return []
    return split(run, pairs_of(run)[:MOST_PAIRS], QUICK_DRAWS)


def split(
    run: Run,
    pairs: list[tuple[str, str]],
    draws: int = BLOCK,
    member: str | None = None,
    progress: Progress | None = None,
) -> list[dict[str, Any]]:
    """Return, pair by pair, what each channel adds to the danger, with intervals over draws.

    ``draws``: the run's first draws that are used, at most one block. ``member``: one ally, else the frontline's mean.

    Raises:
        InputError: no draw, or no such ally.
    """
    if draws < 1:
        raise InputError(f"draws must be at least 1, got {draws}", field="--draws")
    count = min(draws, BLOCK, int(run.manifest["draws"]))
    engine = Engine()
    names = dict.fromkeys(name for pair in pairs for name in pair)
    first = plan_of_run(run, next(iter(names)))
    plans = {name: plan_of_run(run, name, first.inputs) for name in names}
    engine.prepare(first)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        blocks = pool.map(lambda plan: engine.call(engine.arguments(plan, 0)).record.facing, plans.values())
        faced = {
            name: jax.tree.map(lambda x: x[:count], block) for name, block in zip(plans, blocks, strict=True)
        }
    found = []
    for done, (scenario, base) in enumerate(pairs):
        if progress is not None:
            progress(done, len(pairs))
        plan = plans[scenario]
        places = _places(plan, member)
        players = moved(faced[scenario], faced[base])
        values = _values(engine, plan, faced[scenario], faced[base], players)
        by_outcome = {
            name: {mix: of[:count, k][:, places].mean(axis=1) for mix, of in values.items()}
            for k, name in enumerate(OUTCOMES)
        }
        found.append(
            {
                "scenario": scenario,
                "baseline": base,
                "where": "frontline mean" if member is None else plan.inputs.members[places[0]],
                "unit": "probability, by the end of the horizon, scenario less baseline",
                "draws": count,
                "outcomes": {name: _rows(by_mix, players) for name, by_mix in by_outcome.items()},
            }
        )
    return found


def _places(plan: Plan, member: str | None) -> list[int]:
    if member is not None:
        return [member_index(plan, member)]
    return [plan.inputs.members.index(code) for code in plan.inputs.frontline]


def _values(
    engine: Engine, plan: Plan, one: Facing, two: Facing, players: tuple[str, ...]
) -> dict[frozenset[str], Floats]:
    """Return the danger (draw, outcome, member) for every mix of the channels that differ."""
    p, world, controls, *_ = engine.arguments(plan, 0)
    p = {name: values[: len(one.dormant)] for name, values in p.items()}
    mixes = [frozenset(m) for size in range(len(players) + 1) for m in combinations(players, size)]

    def arguments(together: list[frozenset[str]]) -> tuple[Any, ...]:
        padded = together + [frozenset()] * (TOGETHER - len(together))
        take = {channel: np.array([channel in mix for mix in padded], np.float32) for channel in CHANNELS}
        return p, world, controls, one, two, take

    batches = [mixes[at : at + TOGETHER] for at in range(0, len(mixes), TOGETHER)]
    program = programs.kept(("channels",), _batched(), arguments([]), 0)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        made = pool.map(lambda batch: np.asarray(program(*arguments(batch)), np.float64)[: len(batch)], batches)
        return dict(zip(mixes, np.concatenate(list(made)), strict=True))


def _rows(values: Mapping[frozenset[str], Floats], players: tuple[str, ...]) -> dict[str, Any]:
    parts = shapley(values, players)
    whole = values[frozenset(players)] - values[frozenset()]
    rows = [
        {
            "channel": channel,
            "meaning": CHANNELS[channel],
            **interval(parts.get(channel, np.zeros_like(whole))),
            "moved": channel in players,
        }
        for channel in CHANNELS
    ]
    return {"total": interval(whole), "channels": rows}
