"""Two councils built from the model itself, at the register's medians: ``pledge`` (each ally stands at the spending it wants
by itself, cares as far as the adversary reaches it, and weighs what it spends) and ``article-5:CODE`` (each ally stands at its willingness
to join the defence of CODE, cares by proximity, and weighs its forces).
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.draws import Plan
from foedus.insight.rerun import member_index, plan_of
from foedus.insight.tipping import defence_of, median_values
from foedus.model.council import Council
from foedus.model.parameters import register
from foedus.model.trust_tipping import equilibria
from foedus.scenario.council_file import CouncilCase, known_case
from foedus.scenario.pledge_council import pledge_council

Floats = NDArray[np.float64]

BUILT_IN = ("pledge", "article-5:EST")


def council_case(name: str) -> CouncilCase:
    """Return a built-in council.

    Raises:
        InputError: there is no such council.
    """
    if name == "pledge":
        return _pledge(plan_of("baseline"))
    if name.startswith("article-5:"):
        return _article_5(plan_of("baseline"), name.partition(":")[2])
    raise known_case(name, BUILT_IN)


def _medians() -> dict[str, Any]:
    half = np.array(0.5)
    return {name: jnp.asarray(float(entry.quantile(half))) for name, entry in register().items()}


def _pledge(plan: Plan) -> CouncilCase:
    world = plan.inputs.world
    council = pledge_council(world)
    fallback = 100.0 * float(plan.controls.guideline[0])
    return CouncilCase(
        "Spending pledge among the allies", "percent of GDP", plan.inputs.members, council,
        0.01 * np.asarray(world.gdp, np.float64), np.ones(len(council.position)), fallback, 1.0, "proportional",
        np.unique(np.append(np.round(council.position, 2), fallback)), None,
        "from the model at the register's medians; the fallback is the guideline in force; a point is worth a hundredth of GDP",
    )  # fmt: skip


def _article_5(plan: Plan, member: str) -> CouncilCase:
    place = member_index(plan, member)
    values = median_values()
    p = _medians()
    defence = defence_of(plan, values, place)
    types = _prior_types(p)
    seen = _credibility(plan, p, types)[place]
    share = equilibria(defence, seen)[-1].joining
    willing = 1.0 / (1.0 + np.exp(-(defence.level + defence.patron * seen + defence.mutual * share)))
    others = np.arange(len(plan.inputs.members)) != place
    distance = np.asarray(plan.inputs.world.distance_km, np.float64)[others, place]
    near = np.maximum(
        np.asarray(plan.inputs.world.neighbour, np.float64)[others, place],
        np.exp(-distance / values["trust.proximity_km"]),
    )
    spending = np.asarray(plan.inputs.world.spending_share * plan.inputs.world.gdp, np.float64)[others]
    personnel = np.asarray(plan.inputs.world.personnel, np.float64)[others]
    names = tuple(code for code, other in zip(plan.inputs.members, others, strict=True) if other)
    unwilling = 1.0 - np.append(willing, seen)
    breaks = values["trust.veto"] * unwilling
    return CouncilCase(
        f"Article 5 for {plan.inputs.members[place]}", "share of its forces that a member would commit", names,
        Council(willing, near, personnel), spending * near, np.ones(len(names)), 0.0, 1.0, "proportional",
        np.linspace(0.0, 1.0, 21), None,
        "from the model at the register's medians; the fallback is that nobody acts; a unit is worth a year's spending",
        dict(zip((*names, plan.inputs.roles.patron), breaks.tolist(), strict=True)),
    )  # fmt: skip


def _prior_types(p: dict[str, Any]) -> Floats:
    committed = float(p["politics.present_committed"])
    withdrawing = float(p["politics.present_withdrawing_given_not_committed"])
    return np.array([committed, (1 - committed) * (1 - withdrawing), (1 - committed) * withdrawing])


def _credibility(plan: Plan, p: dict[str, Any], types: Floats) -> Floats:
    from foedus.model import credibility

    world = plan.inputs.world
    meets = credibility.meets_guideline(
        jnp.asarray(world.spending_share), jnp.asarray(plan.controls.guideline[0])
    )
    fights = credibility.by_type(
        p,
        jnp.asarray(world.patron_forces),
        jnp.ones(()),
        meets,
        jnp.asarray(world.account),
        jnp.asarray(world.interest),
    )
    return np.asarray(types @ np.asarray(fights, np.float64))
