"""What a council decides: compromise, bargaining, the probabilistic election, and the price of consensus.

Two councils are built from the model itself, at the register's medians: ``pledge`` (each ally stands at the spending it wants
by itself, cares as far as the adversary reaches it, and weighs what it spends) and ``article-5:CODE`` (each ally stands at its willingness
to join the defence of CODE, cares by proximity, and weighs its forces).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.draws import Plan
from foedus.insight.rerun import member_index, plan_of
from foedus.insight.tipping import defence_of, median_values
from foedus.model import burden, theatre
from foedus.model.council import Council, weighted_mean, weighted_median
from foedus.model.council.challenge import Bargain, bargain
from foedus.model.council.condorcet import coalition, condorcet_winner, election, pairwise
from foedus.model.council.consensus import Price, agreement_zone, best_option, price, silence
from foedus.model.council.members import single_peaked
from foedus.model.parameters import register
from foedus.model.trust_tipping import equilibria
from foedus.scenario.council_file import CouncilCase, known_case, read_council

Floats = NDArray[np.float64]

BUILT_IN = ("pledge", "article-5:EST")
PRICE_POINTS = 41


def council_case(name: str) -> CouncilCase:
    """Return a council from a file or a built-in name.

    Raises:
        InputError: neither a file nor a known name, or the file is wrong.
    """
    if name == "pledge":
        return _pledge(plan_of("baseline"))
    if name.startswith("article-5:"):
        return _article_5(plan_of("baseline"), name.partition(":")[2])
    if not Path(name).exists() and not name.endswith((".yaml", ".yml")):
        raise known_case(name, BUILT_IN)
    return read_council(name)


def decide(case: CouncilCase) -> dict[str, Any]:
    """Return everything the council models say about a case, as plain values."""
    council, names = case.council, case.names
    utility = single_peaked(council, case.options)
    strength = coalition(council, utility, case.voting)
    chance = pairwise(strength)
    distribution = {rule: election(chance, rule) for rule in ("conditional", "markov")}  # type: ignore[arg-type]
    winner = condorcet_winner(strength)
    expected = float(distribution["conditional"] @ case.options)
    grid = np.linspace(float(case.options.min()), float(case.options.max()), PRICE_POINTS)
    zone = agreement_zone(council.position, case.fallback)
    best = best_option(council.position, case.value, case.fallback, np.unique(np.append(grid, case.options)))
    return {
        "title": case.title,
        "line": case.line,
        "note": case.note,
        "fallback": case.fallback,
        "threshold": case.threshold,
        "members": [
            {"name": n, "position": float(x), "salience": float(s), "power": float(w)}
            for n, x, s, w in zip(names, council.position, council.salience, council.power, strict=True)
        ],
        "compromise": weighted_mean(council),
        "median": weighted_median(council),
        "bargaining": _bargaining(bargain(council), names),
        "election": {
            "voting": case.voting,
            "options": case.options.tolist(),
            "conditional": distribution["conditional"].tolist(),
            "markov": distribution["markov"].tolist(),
            "mean": expected,
            "condorcet_winner": None if winner is None else float(case.options[winner]),
        },
        "consensus": {
            "zone_without_payment": None if zone is None else list(zone),
            "at_median": _price(case, weighted_median(council)),
            "at_compromise": _price(case, weighted_mean(council)),
            "at_largest_sum_of_gains": _price(case, best),
            "curve": [_point(case, float(x)) for x in grid],
        },
    }


def _bargaining(done: Bargain, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "outcome": done.outcome,
        "settled": done.settled,
        "rounds": [
            {
                "median": one.median,
                "mean": one.mean,
                "offers": [{"from": names[i], "to": names[j], "kind": kind} for i, j, kind in one.offers],
            }
            for one in done.rounds
        ],
        "positions": dict(zip(names, done.position.tolist(), strict=True)),
    }


def _found(case: CouncilCase, option: float) -> Price:
    return price(case.council.position, case.value, case.votes, option, case.fallback, case.threshold)


def _price(case: CouncilCase, option: float) -> dict[str, Any]:
    found = _found(case, option)
    out: dict[str, Any] = {
        "option": option,
        "blockers": [case.names[k] for k in found.blockers],
        "payments_usd_billion": {case.names[k]: float(found.payment[k]) for k in found.paid},
        "price_usd_billion": found.price,
        "gains_of_those_who_gain_usd_billion": found.means,
        "carried": found.carried,
    }
    if case.noise is not None:
        breaks, consensus = silence(found.gains, case.noise)
        out["chance_of_consensus_without_payment"] = consensus
        out["chance_to_break_silence"] = dict(zip(case.names, breaks.tolist(), strict=True))
    return out


def _point(case: CouncilCase, option: float) -> dict[str, Any]:
    found = _found(case, option)
    return {
        "option": option, "price_usd_billion": found.price, "means_usd_billion": found.means,
        "blockers": len(found.blockers),
    }  # fmt: skip


def _medians() -> dict[str, Any]:
    half = np.array(0.5)
    return {name: jnp.asarray(float(entry.quantile(half))) for name, entry in register().items()}


def _pledge(plan: Plan) -> CouncilCase:
    p, world = _medians(), plan.inputs.world
    share, gdp = np.asarray(world.spending_share, np.float64), np.asarray(world.gdp, np.float64)
    reach = np.asarray(theatre.reach(p, jnp.asarray(world.reach_km)), np.float64)
    count = len(share)
    alone = jnp.zeros((count, count))
    level = jnp.asarray(share)
    strength = p["ukraine.strength_present"]
    patron = jnp.asarray(float(world.patron_spending))
    received = burden.spillin(level, jnp.asarray(gdp), alone, jnp.ones(count), patron)
    start = burden.Reference(level, jnp.asarray(gdp), received, strength, jnp.asarray(world.spending_momentum))
    wanted = burden.desired(
        p,
        start,
        jnp.asarray(gdp),
        strength,
        jnp.asarray(reach),
        jnp.asarray(1e-6),
        alone,
        jnp.ones(count),
        patron,
        level,
    )
    position = 100.0 * np.asarray(wanted, np.float64)
    council = Council(position, reach, share * gdp)
    fallback = 100.0 * float(plan.controls.guideline[0])
    return CouncilCase(
        "Spending pledge among the allies", "percent of GDP", plan.inputs.members, council,
        0.01 * gdp * reach, np.ones(count), fallback, 1.0, "proportional",
        np.unique(np.append(np.round(position, 2), fallback)), None,
        "from the model at the register's medians; the fallback is the guideline in force",
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
    return CouncilCase(
        f"Article 5 for {plan.inputs.members[place]}", "share of its forces that a member would commit", names,
        Council(willing, near, personnel), spending * near, np.ones(len(names)), 0.0, 1.0, "proportional",
        np.linspace(0.0, 1.0, 21), None,
        "from the model at the register's medians; the fallback is that nobody acts; a unit is worth a year's spending",
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
