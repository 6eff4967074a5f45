"""One ally's theatre at the start: who is there in 10, 30 and 180 days, and how the odds depend on the contest's form."""

from __future__ import annotations

from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.draws import Plan, priors, sample_parameters
from foedus.ensemble.engine import as_device
from foedus.insight.outcomes import interval
from foedus.insight.rerun import member_index, plan_of
from foedus.model import capability, credibility, run, theatre, ukraine
from foedus.model import trust as trusting
from foedus.model.contest_forms import FORMS, Contest, success
from foedus.model.danger import ADVERSARY, ALLIES, allied_brigades, participation, patron_brigades
from foedus.model.theatre import HORIZONS_DAYS

Floats = NDArray[np.float64]

CONTEST = ("contest_exponent", "defender_advantage", "contest_spread", "salvo_offence", "salvo_defence", "salvo_staying",
           "salvo_breaking", "salvo_surprise")  # fmt: skip


@cache
def _program() -> Any:
    def one(p: Any, world: Any, beliefs: Any, guideline: Any) -> Any:
        opening = run.opening_state(p, world, beliefs)
        fixed = run.fixed_terms(p, world, opening, guideline)
        meets = credibility.meets_guideline(opening.share, guideline)
        fights = credibility.by_type(
            p, world.patron_forces, opening.treaty, meets, world.account, world.interest
        )
        seen = credibility.in_the_eyes(opening.belief, fights)
        trust = trusting.solve(p, fixed.tied, seen[ALLIES], opening.trust)
        ones = jnp.ones_like(opening.stock)
        patron = patron_brigades(p, world, fixed.near, world.patron_forces)
        forces = theatre.Forces(allied_brigades(p, world, fixed.arrival, ones, trust.joins), patron)
        alone = theatre.Forces(allied_brigades(p, world, fixed.arrival, ones, 0.0 * trust.joins), patron)
        strength = ukraine.available(p, opening.strength, opening.war, jnp.zeros(()))
        attack = theatre.attackers(p, fixed.reach, strength)
        part = participation(p, seen[ADVERSARY], opening.treaty, opening.dormant)
        europe = capability.european_enablers(world, opening.ledger_stock)
        defences = [
            theatre.defence(p, forces, share, europe + (1.0 - europe) * share)
            for share in (part, jnp.ones_like(part), jnp.zeros_like(part))
        ]
        return attack, forces.allied, alone.allied, forces.patron, part, jnp.stack(defences)

    return jax.jit(jax.vmap(one, in_axes=(0, None, 0, None)))


def theatre_analysis(
    member: str, scenario: str = "baseline", draws: int = 200, seed: int = 1, form: str | None = None
) -> dict[str, Any]:
    """Return forces by horizon, and the attacker's odds by form, horizon and what the patron does, as plain values.

    Raises:
        InputError: no such ally or scenario.
    """
    plan = plan_of(scenario, seed)
    place = member_index(plan, member)
    values = sample_parameters(plan.register, plan.seed, 0, draws)
    arrays = _arrays(plan, values)
    attack, allied, alone, patron, part, defences = (np.asarray(x, np.float64)[..., place] for x in arrays)
    contest = _contest(values)
    chosen = FORMS if form is None else tuple(f for f in FORMS if f == form)
    return {
        "member": plan.inputs.members[place],
        "scenario": plan.scenario.name,
        "quarter": plan.scenario.quarters[0],
        "draws": draws,
        "seed": seed,
        "patron_takes_part": interval(part),
        "forces_brigades": [
            {
                "days": int(days),
                "attackers": interval(attack[:, h]),
                "home_and_battlegroups": interval(alone[:, h]),
                "other_allies": interval(allied[:, h] - alone[:, h]),
                "patron_if_it_takes_part": interval(patron[:, h]),
            }
            for h, days in enumerate(HORIZONS_DAYS)
        ],
        "odds": {one: _odds(one, attack, defences, contest) for one in chosen},
    }


def _arrays(plan: Plan, values: dict[str, Any]) -> Any:
    beliefs = priors(plan, values, 0)
    p, world, beliefs, guideline = as_device([values, plan.inputs.world, beliefs, plan.controls.guideline[0]])
    return _program()(p, world, beliefs, guideline)


def _contest(values: dict[str, Any]) -> Contest:
    return Contest(*(np.asarray(values[f"theatre.{name}"], np.float64)[:, None] for name in CONTEST))  # type: ignore[arg-type]


def _odds(form: Any, attack: Floats, defences: Floats, contest: Contest) -> list[dict[str, Any]]:
    """Defences: (draw, 3, horizon) for the patron as believed, certain, absent."""
    found = [success(form, attack, defences[:, k], contest) for k in range(3)]
    return [
        {
            "days": int(days),
            "as_believed": interval(found[0][:, h]),
            "patron_certain": interval(found[1][:, h]),
            "patron_absent": interval(found[2][:, h]),
        }
        for h, days in enumerate(HORIZONS_DAYS)
    ]
