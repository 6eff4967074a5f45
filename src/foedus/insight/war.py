"""The war from a vantage: draws of the start, the register and the luck; a run; medians with 5 to 95 percent.

Streams are named by what they draw, so that two questions with one seed share their luck and differ only by what is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jax
import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from foedus.ensemble.streams import uniforms
from foedus.insight.outcomes import interval
from foedus.model.parameters import Register, module_register, sample
from foedus.model.war.names import AGREED, DECIDED, DONORS, IMPOSED, ITEMS, SIDES
from foedus.model.war.state import Luck, Plan, Record, Start
from foedus.model.war.step import run_draws
from foedus.scenario import dates
from foedus.scenario.war_known import QUANTITIES, Known, known_by, newest_vantage
from foedus.scenario.war_plan import compile_plan
from foedus.scenario.war_question import Question, check, quarters_of
from foedus.scenario.war_start import start_draws

Floats = NDArray[np.float64]

SHARED = ("ukraine.reconstitution_years", "ukraine.guarantee_ties", "capability.persons_per_brigade")
"""Entries that the module shares with the model of the scenarios."""
BLOCK = 16
"""Runs are whole multiples of this many quarters, then cut: horizons share one compiled program."""
SEED = 1
DRAWS = 1000


@dataclass(frozen=True)
class WarRun:
    """A finished run; leaves of ``record`` have axes (draw, quarter, ...)."""

    known: Known
    question: Question
    plan: Plan
    record: Record
    seed: int

    @property
    def quarters(self) -> list[str]:
        """Names of the quarters."""
        first = dates.quarter_index(self.known.first)
        return [dates.quarter_text(first + k) for k in range(len(self.plan.time))]


def spread(values: Any) -> dict[str, float]:
    """Return p05, p50, p95 and mean of an array of draws."""
    return interval(np.asarray(values, np.float64))


def entries() -> Register:
    """Return the register entries that the module reads."""
    return {n: e for n, e in module_register("war").items() if e.system == "war" or n in SHARED}


def run_war(month: str | None, question: Question, draws: int = DRAWS, seed: int = SEED) -> WarRun:
    """Run the war from what was known at the end of a month (the newest where None).

    Raises:
        InputError: a month, donor, horizon or number of draws that makes no sense.
    """
    known = known_by(month or newest_vantage())
    check(question, known, draws)
    quarters = quarters_of(question)
    whole = -(-quarters // BLOCK) * BLOCK
    plan = compile_plan(question, known, whole)
    p, start, luck = inputs(known, whole, draws, seed)
    record = jax.tree.map(lambda leaf: np.asarray(leaf)[:, :quarters], run_draws(p, start, plan, luck))
    plan = jax.tree.map(lambda leaf: leaf[:quarters], plan)
    return WarRun(known, question, plan, record, seed)


def inputs(known: Known, quarters: int, draws: int, seed: int) -> tuple[dict[str, Any], Start, Luck]:
    """Return register sample, start and luck, with a leading axis of draws."""
    register = entries()
    p = sample(register, {name: uniforms(seed, name, 0, draws)[:, 0] for name in register})
    start = start_draws(
        known, {name: uniforms(seed, f"war.start.{name}", 0, draws)[:, 0] for name in QUANTITIES}
    )
    return p, start, _luck(quarters, draws, seed)


def _luck(quarters: int, draws: int, seed: int) -> Luck:
    def stream(name: str, *shape: int) -> Any:
        width = int(np.prod(shape))
        return uniforms(seed, f"war.event.{name}", 0, draws, width).reshape(draws, *shape)

    kinds = 2
    fields = {
        "level": ndtri(stream("level", len(DONORS), kinds)),
        "aid": ndtri(_by_quarter(stream, "aid", quarters, len(DONORS), kinds)),
        "front": ndtri(_by_quarter(stream, "front", quarters)),
        "losses": ndtri(_by_quarter(stream, "losses", quarters, len(SIDES))),
        "mobilise": _by_quarter(stream, "mobilise", quarters),
        "pause": _by_quarter(stream, "pause", quarters),
        "administration": _by_quarter(stream, "administration", quarters, 2),
        "settle": _by_quarter(stream, "settle", quarters),
    }
    arrays: Any = {name: np.asarray(x, np.float32) for name, x in fields.items()}
    return Luck(**arrays)


def _by_quarter(stream: Any, name: str, quarters: int, *shape: int) -> Floats:
    """Draw each quarter from its own stream, so that a longer horizon leaves the first quarters as they are."""
    return np.stack(
        [stream(f"{name}.{k}", *(shape or (1,))).reshape(-1, *shape) for k in range(quarters)], axis=1
    )


def summarise(run: WarRun) -> dict[str, Any]:
    """Return the run as plain values: by quarter, by donor and item, settlement, options, forces freed."""
    r = run.record
    return {
        "vantage": run.known.month,
        "known_until": run.known.day.isoformat(),
        "first_quarter": run.quarters[0],
        "last_quarter": run.quarters[-1],
        "draws": len(r.war),
        "seed": run.seed,
        "question": _asked(run.question),
        "by_quarter": [_quarter(run, k) for k in range(len(run.quarters))],
        "aid": _aid(r),
        "settlement": _settlement(run),
        "bargaining_now": _bargaining(r, 0),
        "forces_freed": _freed(r),
    }


def _asked(question: Question) -> dict[str, Any]:
    return {
        "horizon": question.horizon,
        "stop_aid": {donor: month or "start" for donor, month in question.stop.items()},
        "election": question.election,
        "impose_settlement": question.impose,
        "ceded_percent": question.cede,
        "guarantee": question.guarantee,
    }


def _quarter(run: WarRun, k: int) -> dict[str, Any]:
    r = run.record
    out: dict[str, Any] = {
        "quarter": run.quarters[k],
        "territory_held_percent": spread(r.territory[:, k]),
        "war_goes_on": float(np.mean(r.war[:, k])),
        "settled_in_quarter_chance": float(np.mean(r.chance[:, k])),
        "air_defence_missing": spread(r.short_air[:, k]),
        "money_missing": spread(r.short_money[:, k]),
        "arms_delivered_eur_billion": spread(r.delivered[:, k, :, :-1].sum(axis=(1, 2))),
        "money_delivered_eur_billion": spread(r.delivered[:, k, :, -1].sum(axis=1)),
        "adversary_tanks": spread(r.tanks[:, k, 0]),
        "adversary_brigades_free": spread(r.brigades_free[:, k]),
    }
    for place, side in enumerate(SIDES):
        out[f"{side}_force_thousand"] = spread(r.men[:, k, place])
        out[f"{side}_losses_thousand"] = spread(r.losses[:, k, place])
        out[f"{side}_casualties_thousand"] = spread(r.casualties[:, k, place])
        out[f"{side}_fires_thousand_rounds"] = spread(r.fires[:, k, place])
    return out


def _aid(r: Record) -> list[dict[str, Any]]:
    return [
        {
            "donor": donor,
            "item": item,
            "allocated_eur_billion": spread(r.allocated[:, :, d, i].sum(axis=1)),
            "delivered_eur_billion": spread(r.delivered[:, :, d, i].sum(axis=1)),
            "in_pipeline_at_end_eur_billion": spread(r.in_pipeline[:, -1, d, i]),
            "beyond_stock_and_production_eur_billion": spread(r.unmet[:, :, d, i].sum(axis=1)),
        }
        for d, donor in enumerate(DONORS)
        for i, item in enumerate(ITEMS)
    ]


def _settlement(run: WarRun) -> dict[str, Any]:
    r = run.record
    over = r.war[:, -1] == 0
    when = np.argmin(r.war, axis=1)
    ended = np.asarray(r.ended[:, -1])
    lines = r.territory[:, -1][over]
    kinds = {"agreed": AGREED, "imposed_by_patron": IMPOSED, "decided_on_the_field": DECIDED}
    return {
        "ended_by_horizon": float(over.mean()),
        **{name: float(np.mean(ended == code)) for name, code in kinds.items()},
        "quarters_to_end_where_it_ends": spread(when[over] + 1.0) if over.any() else None,
        "territory_where_it_ends_percent": spread(lines) if over.any() else None,
        "median_quarter_of_end": run.quarters[int(np.median(when[over]))] if over.mean() > 0.5 else None,
    }


def _bargaining(r: Record, k: int) -> dict[str, Any]:
    width = np.minimum(r.reservation[:, k, 1], 100.0) - r.reservation[:, k, 0]
    return {
        "adversary_takes_at_least_percent": spread(r.reservation[:, k, 0]),
        "partner_leaves_at_most_percent": spread(r.reservation[:, k, 1]),
        "a_line_suits_both": float(np.mean(width > 0)),
        "sides": [
            {
                "side": side,
                "value_of_waiting_percent": spread(r.wait_value[:, k, s]),
                "value_of_fighting_until_the_election_percent": spread(r.until_value[:, k, s]),
                "value_of_the_election_percent": spread(r.election_value[:, k, s]),
                "option_value_of_the_election_percent": spread(r.option_value[:, k, s]),
                "would_rather_wait": float(np.mean(r.wait_value[:, k, s] > 0)),
            }
            for s, side in enumerate(SIDES)
        ],
    }


def _freed(r: Record) -> dict[str, Any]:
    years = r.brigades_after.shape[2]
    return {
        "brigades_ready_after_a_settlement_in_the_first_quarter": [
            {"years": y + 1, **spread(r.brigades_after[:, 0, y])} for y in range(years)
        ],
        "brigades_free_at_horizon": spread(r.brigades_free[:, -1]),
    }
