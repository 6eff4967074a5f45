"""Where trust among allies tips, ally by ally and for the alliance, and whose withdrawal starts the cascade.

For each draw of a scenario and each defended ally: every equilibrium of joining at the credibility of a quarter, the folds of the
curve of equilibria, and the fall of credibility that leads to them. Which joiner matters most is found by taking each out in
turn at the register's medians. Everything in float64; roots are certified (`foedus.model.trust_tipping`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.draws import Plan
from foedus.insight.outcomes import interval
from foedus.insight.rerun import Progress, Sample, Values, plan_of, sample
from foedus.model.parameters import register
from foedus.model.state import OBSERVERS
from foedus.model.trust_tipping import (
    Cascade,
    Defence,
    Equilibrium,
    critical_mutual,
    equilibria,
    folds,
    joining,
    withdraw,
)

Floats = NDArray[np.float64]

ALLIES = OBSERVERS.index("allies")
SHOWN = 3
FALLS = tuple(round(0.1 * k, 1) for k in range(11))
"""Falls of credibility, for all allies at once, at which the alliance's curve is reported."""


def defence_of(plan: Plan, values: dict[str, float], member: int) -> Defence:
    """Return the joiners of an ally's defence under one draw's parameters; the ally itself is left out."""
    world = plan.inputs.world
    distance = np.asarray(world.distance_km, np.float64)[:, member]
    near = np.maximum(
        np.asarray(world.neighbour, np.float64)[:, member], np.exp(-distance / values["trust.proximity_km"])
    )
    personnel = np.asarray(world.personnel, np.float64)
    able = personnel / personnel.max()
    others = np.arange(len(able)) != member
    level = values["trust.base"] + values["trust.proximity"] * near + values["trust.capability"] * able
    weight = able[others] / able[others].sum()
    return Defence(level[others], weight, values["trust.patron"], values["trust.mutual"])


def joiners(plan: Plan, member: int) -> tuple[str, ...]:
    """Return the codes of the joiners in the order of `defence_of`."""
    return tuple(code for place, code in enumerate(plan.inputs.members) if place != member)


def _one(values: Values, draw: int) -> dict[str, float]:
    return {
        name: float(values[name][draw])
        for name in ("trust.base", "trust.proximity", "trust.proximity_km", "trust.capability", "trust.patron",
                     "trust.mutual")
    }  # fmt: skip


def median_values() -> dict[str, float]:
    """Return the register's median of every trust entry."""
    half = np.array(0.5)
    return {name: float(e.quantile(half)) for name, e in register().items() if name.startswith("trust.")}


def half_point(defence: Defence) -> float:
    """Return the credibility at which one half of allied capability is expected to join; may lie outside [0, 1]."""
    low, high = -float(defence.level.max()) - 1.0, -float(defence.level.min()) + 1.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if float(joining(defence, middle)) < 0.5 else (low, middle)
    return (0.5 * (low + high) - 0.5 * defence.mutual) / defence.patron


def trust_analysis(
    name: str, draws: int = 100, seed: int = 1, progress: Progress | None = None
) -> dict[str, Any]:
    """Return the tipping analysis of a scenario's first quarter, as plain values.

    Raises:
        InputError: no such scenario, or no draws.
    """
    plan = plan_of(name, seed)
    got = sample(plan, draws, progress)
    seen = np.asarray(got.record.credibility, np.float64)[:, :, ALLIES]
    rows = [_member(got, place, seen[:, 0, place], seen[:, -1, place]) for place in _order(plan)]
    return {
        "scenario": plan.scenario.name,
        "quarter": plan.scenario.quarters[0],
        "last_quarter": plan.scenario.quarters[-1],
        "draws": draws,
        "seed": seed,
        "members": rows,
        "alliance": _alliance(got, seen[:, 0]),
        "pivots": _pivots(plan, np.median(seen[:, 0], axis=0)),
    }


def _order(plan: Plan) -> list[int]:
    front = [plan.inputs.members.index(code) for code in plan.inputs.frontline]
    return front + [i for i in range(len(plan.inputs.members)) if i not in front]


def _member(got: Sample, place: int, now: Floats, late: Floats) -> dict[str, Any]:
    defences = [defence_of(got.plan, _one(got.values, d), place) for d in range(len(now))]
    at_start = [equilibria(one, c) for one, c in zip(defences, now, strict=True)]
    at_end = [equilibria(one, c) for one, c in zip(defences, late, strict=True)]
    tips = np.array([_tip(one) for one in defences])
    inside = (tips > 0) & (tips < 1)
    critical = np.array([critical_mutual(one) for one in defences])
    mutual = got.values["trust.mutual"]
    return {
        "member": got.plan.inputs.members[place],
        "credibility": interval(now),
        "joining": interval(np.array([found[-1].joining for found in at_start])),
        "joining_at_end": interval(np.array([found[-1].joining for found in at_end])),
        "amplification": interval(np.array([_amplification(found) for found in at_start])),
        "half_credibility": interval(np.array([half_point(one) for one in defences])),
        "share_of_draws_with_a_fold": float((mutual > critical).mean()),
        "share_of_draws_that_can_tip": float(inside.mean()),
        "tipping_credibility": interval(tips[inside]) if inside.any() else None,
        "fall_to_tipping": interval((now - tips)[inside]) if inside.any() else None,
        "share_with_several_stable_now": float(np.mean([_several(found) for found in at_start])),
        "share_with_several_stable_at_end": float(np.mean([_several(found) for found in at_end])),
        "critical_mutual": interval(critical),
    }


def _tip(defence: Defence) -> float:
    """The highest credibility below which an equilibrium of high joining is gone; minus infinity where trust only slides."""
    return max((f.credibility for f in folds(defence) if f.kind == "unravels"), default=-np.inf)


def _several(found: list[Equilibrium]) -> bool:
    return sum(one.stable for one in found) > 1


def _amplification(found: list[Equilibrium]) -> float:
    stable = [one.amplification for one in found if one.stable]
    return stable[-1] if stable else np.inf


def _alliance(got: Sample, now: Floats) -> dict[str, Any]:
    """The frontline's expected joining when credibility falls by the same amount for all allies at once."""
    plan = got.plan
    front = [plan.inputs.members.index(code) for code in plan.inputs.frontline]
    upper = np.empty((len(now), len(FALLS)))
    first = np.full(len(now), np.inf)
    for draw in range(len(now)):
        values = _one(got.values, draw)
        defences = [defence_of(plan, values, place) for place in front]
        for step, fall in enumerate(FALLS):
            levels = [max(float(now[draw, place]) - fall, 0.0) for place in front]
            upper[draw, step] = np.mean(
                [equilibria(one, c)[-1].joining for one, c in zip(defences, levels, strict=True)]
            )
        margins = [now[draw, place] - _tip(one) for place, one in zip(front, defences, strict=True)]
        reachable = [m for m, place in zip(margins, front, strict=True) if 0 <= m <= now[draw, place]]
        first[draw] = min(reachable, default=np.inf)
    tips = np.isfinite(first)
    slope = -np.diff(upper, axis=1) / (FALLS[1] - FALLS[0])
    return {
        "falls": list(FALLS),
        "joining_if_trust_holds": [interval(upper[:, k]) for k in range(len(FALLS))],
        "share_of_draws_that_can_tip": float(tips.mean()),
        "fall_that_tips_the_first_frontline_ally": interval(first[tips]) if tips.any() else None,
        "steepest_loss_of_joining_per_unit_of_credibility": interval(slope.max(axis=1)),
    }


def _pivots(plan: Plan, credibility: Floats) -> dict[str, Any]:
    """Each joiner taken out in turn, at the register's medians: what the frontline's defences lose."""
    values = median_values()
    lost: dict[str, list[Cascade]] = {}
    by_member = {}
    for code in plan.inputs.frontline:
        place = plan.inputs.members.index(code)
        defence = defence_of(plan, values, place)
        start = equilibria(defence, float(credibility[place]))[-1].joining
        found = {
            joiner: withdraw(defence, float(credibility[place]), start, k)
            for k, joiner in enumerate(joiners(plan, place))
        }
        by_member[code] = _worst(found, joiners(plan, place))
        for joiner, cascade in found.items():
            lost.setdefault(joiner, []).append(cascade)
    ranking = sorted(
        (
            {
                "member": joiner,
                "mean_direct_loss": float(np.mean([c.direct for c in cascades])),
                "mean_total_loss": float(np.mean([c.before - c.after for c in cascades])),
                "defences_that_tip": sum(c.tipped for c in cascades),
            }
            for joiner, cascades in lost.items()
        ),
        key=lambda row: -float(row["mean_total_loss"]),  # type: ignore[arg-type]
    )
    return {"at": "register medians", "frontline": by_member, "ranking": ranking}


def _worst(found: dict[str, Cascade], names: tuple[str, ...]) -> list[dict[str, Any]]:
    order = sorted(found, key=lambda joiner: found[joiner].after)[:SHOWN]
    return [
        {
            "withdraws": joiner,
            "before": found[joiner].before,
            "direct_loss": found[joiner].direct,
            "after": found[joiner].after,
            "tips": found[joiner].tipped,
            "lost_next": [
                names[k] for k in np.argsort(found[joiner].round_lost, kind="stable")
                if found[joiner].round_lost[k] > 1
            ][:SHOWN],
        }
        for joiner in order
    ]  # fmt: skip
