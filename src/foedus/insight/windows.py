"""Windows: when the adversary gains by hurrying and when by waiting, ally by ally, from a finished run.

The run's first draws are run again once for every history of administration types (27 for three administrations), which gives the
tree its nodes: the chance of success, credibility and joining as the adversary would see them there. The plan follows by
backward induction (`foedus.model.timing_tree`). A window of an ally is *closing* in a quarter if an occasion is worth more then than a
quarter later, discounted, and *opening* if it is worth less.
Limit: within a term the adversary foresees how its beliefs will move on the branch it is on; it does not learn from being tried.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from foedus.ensemble import draws as drawing
from foedus.ensemble.draws import Plan as Draws
from foedus.ensemble.engine import as_device
from foedus.ensemble.results import Run
from foedus.errors import InputError
from foedus.insight.outcomes import interval
from foedus.insight.rerun import Progress, plan_of_run
from foedus.model import crisis, run, theatre
from foedus.model import trust as trusting
from foedus.model.state import OBSERVERS, TYPES, sigmoid
from foedus.model.timing_tree import Nodes, Plan, Terms, induct, limited, occasion, path_chances

Floats = NDArray[np.float64]

ADVERSARY, ALLIES = (OBSERVERS.index(name) for name in ("adversary", "allies"))
MOST_ADMINISTRATIONS = 4
AGREE = 0.8
"""A window is reported where this share of the draws agrees on its direction."""


def windows(
    opened: Run, scenario: str | None = None, draws: int = 20, progress: Progress | None = None
) -> dict[str, Any]:
    """Return the adversary's plan and the windows of a finished run's scenario, as plain values.

    Raises:
        InputError: no such scenario, or more administrations than the tree can hold.
    """
    plan = plan_of_run(opened, scenario)
    if plan.administrations > MOST_ADMINISTRATIONS:
        raise InputError(
            f"the run sees {plan.administrations} administrations; the tree holds at most {MOST_ADMINISTRATIONS}: "
            "use a shorter --horizon"
        )
    count = min(draws, int(opened.manifest["draws"]))
    if count < 1:
        raise InputError(f"draws must be at least 1, got {draws}", field="draws")
    front = [plan.inputs.members.index(code) for code in plan.inputs.frontline]
    nodes, terms, belief = _tree(plan, count, front, progress)
    office = np.asarray(plan.controls.administration).astype(np.int64)
    found = induct(nodes, terms, office)
    weight = path_chances(belief, terms.next_types, plan.administrations)
    return _report(plan, nodes, terms, found, weight, count)


@cache
def _program() -> Any:
    def one(p: Any, world: Any, controls: Any, priors: Any, luck: Any) -> Any:
        record = run.simulate(p, world, controls, priors, luck).record
        able = world.personnel / jnp.max(world.personnel)
        near = trusting.proximity(world.distance_km, world.neighbour, p["trust.proximity_km"])

        def nuclear(seen: Any, trust: Any, seat: Any) -> Any:
            drive = trusting.drive(p, near, able, seen[ALLIES])
            willing = sigmoid(drive + p["trust.mutual"] * trust[2][None, :])
            joins, _ = trusting.article_5(p, willing, seen[ALLIES], seat)
            return crisis.nuclear_cost(p, seen[ADVERSARY], crisis.nuclear_partners(joins, world.nuclear))

        cost = jax.vmap(nuclear)(record.credibility, record.trust, record.treaty)
        reach = theatre.reach(p, world.reach_km)
        zero = jnp.zeros_like(reach)
        games = jax.vmap(lambda s, n: crisis.payoffs(p, reach, s, n, zero))(record.success_seen, cost)
        return games, reach

    return jax.jit(jax.vmap(one, in_axes=(0, None, None, 0, 0)))


def _tree(plan: Draws, count: int, front: list[int], progress: Progress | None) -> tuple[Nodes, Terms, Floats]:
    values = drawing.sample_parameters(plan.register, plan.seed, 0, count)
    priors = drawing.priors(plan, values, 0)
    belief = np.asarray(priors.present, np.float64)[:, ADVERSARY]
    luck = drawing.luck(plan, 0, count, False)
    p, world, controls, still = as_device([values, plan.inputs.world, plan.controls, luck])
    paths = list(product(range(len(TYPES)), repeat=plan.administrations))
    parts, reach = [], np.zeros(0)
    for done, path in enumerate(paths):
        if progress is not None:
            progress(done, len(paths))
        truth: Any = np.tile(np.eye(len(TYPES), dtype=np.float32)[list(path)], (count, 1, 1))
        games, reach = _program()(p, world, controls, as_device(priors._replace(truth=truth)), still)
        parts.append([np.asarray(field, np.float64)[..., front] for field in games])
    names = ("S_A", "V_A", "C_B", "W_A", "W_B", "a", "V_B")
    nodes = Nodes(
        **{n: np.stack([part[k] for part in parts], axis=1) for k, n in enumerate(games._fields) if n in names}
    )
    real = {name: np.asarray(column, np.float64) for name, column in values.items()}
    occasions = real["crisis.opportunities"][:, None] / 4.0 * np.asarray(reach, np.float64)[:, front]
    terms = Terms(
        occasions, real["timing.discount"], real["timing.patience"], np.asarray(priors.next, np.float64)
    )
    return nodes, terms, belief


def _without_waiting(nodes: Nodes) -> tuple[Floats, Floats]:
    """Return the chance that an occasion is used, and its worth, if the future were worth nothing; shaped as the nodes."""
    quarters = [Nodes(*(part[:, :, t] for part in nodes)) for t in range(nodes.S_A.shape[2])]
    found = [occasion(game, np.zeros(1)) for game in quarters]
    return np.stack([used for used, _ in found], axis=2), np.stack([gain for _, gain in found], axis=2)


def _report(plan: Draws, nodes: Nodes, terms: Terms, found: Plan, weight: Floats, count: int) -> dict[str, Any]:
    quarters, allies = list(plan.scenario.quarters), list(plan.inputs.frontline)
    at_once, worth = _without_waiting(nodes)
    chance = limited(terms.occasions)[:, None, None, :]
    planned, hurried = chance * found.challenge, chance * at_once
    now, next_quarter = worth[:, :, :-1], terms.discount[:, None, None, None] * worth[:, :, 1:]
    change = np.einsum("dh,dhtn->dtn", weight, now - next_quarter)
    rate = np.einsum("dh,dhtn->dtn", weight, planned)
    rash = np.einsum("dh,dhtn->dtn", weight, hurried)
    value = np.einsum("dh,dht->dt", weight, found.value)
    return {
        "scenario": plan.scenario.name,
        "draws": count,
        "paths": int(weight.shape[1]),
        "residual_at_the_horizon": found.residual,
        "unit_of_value": "standard deviations of private information",
        "by_quarter": [
            {
                "quarter": quarter,
                "value_of_waiting": interval(value[:, t]),
                "challenges_planned_per_quarter": interval(rate[:, t].sum(axis=1)),
                "challenges_without_waiting_per_quarter": interval(rash[:, t].sum(axis=1)),
                "likeliest_target": allies[int(np.argmax(rate[:, t].mean(axis=0)))],
            }
            for t, quarter in enumerate(quarters)
        ],
        "by_next_administration": _branches(plan, planned, weight),
        "windows": [w for i, ally in enumerate(allies) for w in _windows(ally, quarters, change[:, :, i])],
    }


def _branches(plan: Draws, planned: Floats, weight: Floats) -> list[dict[str, Any]]:
    """Challenges a year planned in the second administration's term, by its type."""
    office = np.asarray(plan.controls.administration).astype(int)
    if plan.administrations < 2:
        return []
    term = office == 1
    rate = 4.0 * planned[:, :, term].sum(axis=3).mean(axis=2)
    second = np.array(list(product(range(len(TYPES)), repeat=plan.administrations)))[:, 1]
    out = []
    for k, kind in enumerate(TYPES):
        chosen = weight * (second == k)
        out.append(
            {"type": kind, "challenges_per_year": interval((chosen * rate).sum(axis=1) / chosen.sum(axis=1))}
        )
    return out


def _windows(ally: str, quarters: list[str], change: Floats) -> list[dict[str, Any]]:
    """Return runs of quarters in which most draws agree that an occasion loses (closing) or gains (opening) worth."""
    closing, opening = (change > 0).mean(axis=0) >= AGREE, (change < 0).mean(axis=0) >= AGREE
    out: list[dict[str, Any]] = []
    for kind, marks in (("closing", closing), ("opening", opening)):
        for first, last in _runs(marks):
            moved = change[:, first : last + 1].sum(axis=1)
            out.append(
                {
                    "member": ally,
                    "kind": kind,
                    "from": quarters[first],
                    "to": quarters[last],
                    "change_of_worth": interval(np.abs(moved)),
                }
            )
    return sorted(out, key=lambda row: str(row["from"]))


def _runs(marks: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], marks.astype(int), [0]])))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
