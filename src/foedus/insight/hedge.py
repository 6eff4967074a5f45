"""Hedging: the best mix in equilibrium, what an ultimatum extracts, and the marginal security of a billion."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.draws import Plan, priors, sample_parameters
from foedus.insight.marginal import marginal_security
from foedus.insight.outcomes import interval
from foedus.insight.rerun import Progress, member_index, plan_of
from foedus.model import capability, credibility, theatre
from foedus.model.hedging_equilibrium import LINES, Alliance, Split, Terms, solve
from foedus.model.hedging_ultimatum import Ultimatum, after_demand, backfires, ultimatum
from foedus.model.state import OBSERVERS, TYPES

Floats = NDArray[np.float64]

ALLIES = OBSERVERS.index("allies")
BUDGET_SHARE = 0.005
"""The budget to be split in the printed equilibrium: half a percent of GDP, an argument of the analysis and no estimate."""
HORIZON_YEARS = 10.0
DAY_30 = 1
DEMANDS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
STARTS = (
    (0.25, 0.25, 0.25, 0.25),
    (0.97, 0.01, 0.01, 0.01),
    (0.01, 0.97, 0.01, 0.01),
    (0.01, 0.01, 0.97, 0.01),
)


def hedge_analysis(
    member: str | None = None,
    scenario: str = "baseline",
    draws: int = 50,
    seed: int = 1,
    budget_share: float = BUDGET_SHARE,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return the equilibrium mix and the ultimatum over draws, and for one ally the marginal security through the model.

    Raises:
        InputError: no such ally or scenario.
    """
    plan = plan_of(scenario, seed)
    place = None if member is None else member_index(plan, member)
    values = sample_parameters(plan.register, plan.seed, 0, draws)
    cases = [case_of(plan, values, d, budget_share) for d in range(draws)]
    splits = [solve(alliance, terms) for alliance, terms in cases]
    shown = list(range(len(plan.inputs.members))) if place is None else [place]
    out: dict[str, Any] = {
        "scenario": plan.scenario.name,
        "draws": draws,
        "seed": seed,
        "budget_share_of_gdp": budget_share,
        "lines": list(LINES),
        "largest_gap_log_odds_per_billion": max(split.gap for split in splits),
        "largest_distance_between_starts": _between_starts(*cases[0]),
        "mix": [_mix(plan, splits, cases, i) for i in shown],
        "ultimatum": _ultimatums(plan, values, cases),
    }
    if place is not None:
        found = marginal_security(plan, [place], draws, progress)
        out["marginal_security"] = {plan.inputs.members[i]: cells for i, cells in found.items()}
        out["marginal_unit"] = (
            "percentage points of the chance of a loss by the horizon, per billion USD of 2021 a year"
        )
    return out


def case_of(plan: Plan, values: dict[str, Any], draw: int, budget_share: float) -> tuple[Alliance, Terms]:
    """Return one draw's alliance at the scenario's start, on the 30-day horizon, and its terms."""
    p = {name: jnp.asarray(column[draw]) for name, column in values.items()}
    world = plan.inputs.world
    one = {name: column[draw : draw + 1] for name, column in values.items()}
    belief = np.asarray(priors(plan, one, 0).present, np.float64)[0, ALLIES]
    share, gdp = np.asarray(world.spending_share, np.float64), np.asarray(world.gdp, np.float64)
    meets = credibility.meets_guideline(jnp.asarray(share), jnp.asarray(plan.controls.guideline[0]))
    fights = np.asarray(
        credibility.by_type(p, jnp.asarray(world.patron_forces), jnp.ones(()), meets, jnp.asarray(world.account),
                            jnp.asarray(world.interest)),
        np.float64,
    )  # fmt: skip
    ones = jnp.ones(len(gdp))
    _, mobilised = capability.home_brigades(p, jnp.asarray(world.personnel), jnp.asarray(world.reserves), ones)
    forces = np.asarray(world.patron_forces, np.float64)
    near = np.exp(-np.asarray(world.distance_km) / float(p["theatre.road_speed"] * p["theatre.near_days"]))
    reach_share = (near * forces[:, None]).sum(axis=0) / max(forces.sum(), 1.0)
    patron = theatre.patron_brigades(
        p, jnp.ones(()), jnp.asarray(forces / max(forces.sum(), 1.0)), jnp.asarray(reach_share)
    )
    attack = theatre.attackers(p, theatre.reach(p, jnp.asarray(world.reach_km)), p["ukraine.strength_present"])
    terms = capability.ledger_terms(p, world)
    cost = float(
        np.sum(np.asarray(terms.units) * np.asarray(terms.unit_cost) * (np.asarray(world.ledger_weight) > 0))
    )
    level = np.log(fights[1]) - np.log1p(-fights[1])
    alliance = Alliance(
        gdp, share * gdp, budget_share * gdp, np.asarray(mobilised, np.float64), np.asarray(patron, np.float64)[DAY_30],
        np.maximum(np.asarray(attack, np.float64)[DAY_30], 1e-3), fights[0], fights[2], level, belief,
        np.asarray(world.european, np.float64),
    )  # fmt: skip
    return alliance, _terms(p, cost, 1.0 - float(np.asarray(world.patron_enabler_share)))


def _terms(p: dict[str, Any], cost: float, enablers: float) -> Terms:
    names = {
        "account": "credibility.account",
        "per_purchase": "hedging.account_per_purchase",
        "per_hosting": "hedging.account_per_hosting",
        "decay": "hedging.account_decay",
        "rivalry": "hedging.rivalry",
        "purchase_worth": "hedging.purchase_worth",
        "stock_elasticity": "capability.stock_elasticity",
        "enabler_gain": "theatre.enabler_gain",
    }
    first = {field: float(p[name]) for field, name in names.items()}
    return Terms(
        **first,
        enabler_start=enablers,
        enabler_cost=cost,
        horizon=HORIZON_YEARS,
        exponent=float(p["theatre.contest_exponent"]),
        advantage=float(p["theatre.defender_advantage"]),
    )


def _between_starts(alliance: Alliance, terms: Terms) -> float:
    """The largest difference, in shares of the budget, between equilibria reached from different starts."""
    count = len(alliance.gdp)
    found = [
        solve(alliance, terms, np.tile(start, (count, 1))).money / alliance.budget[:, None] for start in STARTS
    ]
    return float(max(np.abs(one - found[0]).max() for one in found))


def _mix(plan: Plan, splits: list[Split], cases: list[tuple[Alliance, Terms]], i: int) -> dict[str, Any]:
    shares = np.array([s.money[i] / a.budget[i] for s, (a, _) in zip(splits, cases, strict=True)])
    marginal = np.array([s.marginal[i] for s in splits])
    return {
        "member": plan.inputs.members[i],
        "budget_usd_billion": float(cases[0][0].budget[i]),
        "share_of_budget": {line: interval(shares[:, k]) for k, line in enumerate(LINES)},
        "marginal_log_odds_per_billion": {line: interval(marginal[:, k]) for k, line in enumerate(LINES)},
        "participation": interval(np.array([s.participation[i] for s in splits])),
    }


def _ultimatums(
    plan: Plan, values: dict[str, Any], cases: list[tuple[Alliance, Terms]]
) -> list[dict[str, Any]]:
    rates = np.stack([values[f"politics.demand.{kind}"] for kind in TYPES], axis=1).astype(np.float64)
    talk = values["beliefs.talk_weight"].astype(np.float64)
    rows = []
    for demand in DEMANDS:
        found = [
            ultimatum(alliance, terms, demand, after_demand(alliance.belief, rates[d], float(talk[d])))
            for d, (alliance, terms) in enumerate(cases)
        ]
        rows.append(_row(demand, found))
    return rows


def _row(demand: float, found: list[Ultimatum]) -> dict[str, Any]:
    change = np.array([(u.upper.security - u.before).mean() for u in found])
    return {
        "demand_pct_gdp": demand,
        "extracted_usd_billion_a_year": interval(np.array([u.upper.extracted for u in found])),
        "extracted_if_trust_in_it_fails": interval(np.array([u.lower.extracted for u in found])),
        "share_of_allies_paying": interval(np.array([u.upper.pays.mean() for u in found])),
        "chance_that_the_patron_leaves": interval(np.array([u.upper.leaves for u in found])),
        "change_of_security_log_odds": interval(change),
        "share_of_draws_it_backfires": float(np.mean([backfires(u, u.upper) for u in found])),
        "share_of_draws_with_two_ends": float(
            np.mean([not np.array_equal(u.upper.pays, u.lower.pays) for u in found])
        ),
    }
