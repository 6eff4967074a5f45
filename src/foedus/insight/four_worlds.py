"""The four worlds: {treaty in force, treaty ended} x {promise believed, promise not believed}.

The order in question: is the treaty with a hollow promise more dangerous than a believed promise without the treaty?
Draws are paired, so each draw gives an answer; the share of draws and the size of each effect are reported. How large the
treaty's own weight would have to be for the order to turn is found by computation: the world exit-believed is run again with
``credibility.treaty`` fixed at growing values until its danger passes that of treaty-hollow.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.ensemble.draws import Plan, make_plan
from foedus.ensemble.engine import BLOCK, Engine
from foedus.ensemble.measures import block_measures
from foedus.ensemble.results import Run
from foedus.insight.outcomes import OUTCOME, frontline_outcome, interval
from foedus.model.parameters import register, with_override
from foedus.scenario.compile import first_day
from foedus.scenario.schema import Scenario
from foedus.scenario.world import build_world

Floats = NDArray[np.float64]

WORLDS = ("treaty-believed", "treaty-hollow", "exit-believed", "exit-hollow")
TREATY = "credibility.treaty"
LOSS = "loss_probability_cumulative"
WEIGHTS = (0.5, 1.0, 2.0, 3.0, 4.5, 7.0)
"""Logits tried for the treaty's own weight; at 7 a committed patron outside the treaty practically never fights."""
REVERSAL_DRAWS = 2 * BLOCK


def four_worlds(run: Run) -> dict[str, Any]:
    """Return effects with intervals, shares of draws by ally, and the weight at which the order turns."""
    data = run.dataset
    worse = {name: _share_worse(run, name) for name in (OUTCOME, LOSS)}
    outcome = {name: frontline_outcome(data, name) for name in WORLDS}
    return {
        "outcome": "mean chance of a challenge to a frontline ally by the end of the horizon",
        "levels": {name: interval(values) for name, values in outcome.items()},
        "effects": {
            "promise_lost_treaty_kept": interval(outcome["treaty-hollow"] - outcome["treaty-believed"]),
            "treaty_lost_promise_kept": interval(outcome["exit-believed"] - outcome["treaty-believed"]),
            "both_lost": interval(outcome["exit-hollow"] - outcome["treaty-believed"]),
            "hollow_less_exit": interval(outcome["treaty-hollow"] - outcome["exit-believed"]),
        },
        "order": {
            "share_of_draws_hollow_worse": float((outcome["treaty-hollow"] > outcome["exit-believed"]).mean()),
        },
        "hollow_worse_share_by_member": worse[OUTCOME],
        "hollow_worse_share_by_member_loss": worse[LOSS],
        "treaty_weight_to_flip": reversal(run),
    }


def _share_worse(run: Run, name: str) -> dict[str, float]:
    """Return, by ally, the share of draws in which treaty-hollow has the higher chance by the end of the horizon."""
    data = run.dataset
    hollow, believed = (data[name].sel(scenario=s).values[:, -1] for s in ("treaty-hollow", "exit-believed"))
    share = (hollow > believed).mean(axis=0)
    return {str(member): float(share[i]) for i, member in enumerate(data["member"].values)}


def reversal(run: Run) -> dict[str, Any]:
    """Return the treaty weight, in logits, at which exit-believed becomes as dangerous as treaty-hollow."""
    count = min(REVERSAL_DRAWS, int(run.manifest["draws"]))
    hollow = frontline_outcome(run.dataset, "treaty-hollow")[:count]
    danger = _danger_outside(_plan_outside(run), count)
    weight = crossing(np.asarray(WEIGHTS), danger, hollow)
    found = np.where(np.isnan(weight), np.inf, weight)
    low, middle, high = np.quantile(found, (0.05, 0.5, 0.95), method="lower")
    prior = register()[TREATY]
    return {
        "unit": "logit taken from a committed patron's promise when the treaty ends",
        "p05": _finite(low),
        "p50": _finite(middle),
        "p95": _finite(high),
        "prior_p50": float(prior.quantile(np.array(0.5))),
        "prior_p95": float(prior.quantile(np.array(0.95))),
        "largest_tried": WEIGHTS[-1],
        "share_of_draws_unreachable": float(np.isnan(weight).mean()),
        "draws": count,
    }


def crossing(weights: Floats, danger: Floats, level: Floats) -> Floats:
    """Return the weight at which danger (draw, weight) first reaches the level (draw,); not a number where it never does."""
    above = danger >= level[:, None]
    first = above.argmax(axis=1)
    found = above.any(axis=1)
    rows = np.arange(len(level))
    right, left = danger[rows, first], danger[rows, np.maximum(first - 1, 0)]
    share = np.clip((level - left) / np.maximum(right - left, 1e-12), 0.0, 1.0)
    start = np.where(first > 0, weights[np.maximum(first - 1, 0)], 0.0)
    share = np.where(first > 0, share, np.clip(level / np.maximum(right, 1e-12), 0.0, 1.0))
    return np.where(found, start + share * (weights[first] - start), np.nan)


def _plan_outside(run: Run) -> Plan:
    scenario = Scenario.model_validate(next(s for s in run.scenarios if s["name"] == "exit-believed"))
    as_of = run.manifest["as_of"]
    inputs = build_world(first_day(scenario.start), None if as_of is None else dt.date.fromisoformat(as_of))
    return make_plan(scenario, register(), int(run.manifest["seed"]), inputs=inputs)


def _danger_outside(plan: Plan, count: int) -> Floats:
    """Return the frontline's danger in exit-believed with the treaty's weight fixed at each value, (count, weight)."""
    engine = Engine()
    engine.prepare(plan)
    front = [plan.inputs.members.index(code) for code in plan.inputs.frontline]
    firsts = range(0, count, BLOCK)
    fixed = [
        replace(plan, register=with_override(plan.register, TREATY, "fixed", weight, None, "reversal"))
        for weight in WEIGHTS
    ]

    def danger(work: tuple[Plan, int]) -> Floats:
        values = block_measures(work[0], engine.block(*work))[OUTCOME]
        return np.asarray(values[:, -1][:, front].mean(axis=1, dtype=np.float64))

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = list(pool.map(danger, [(one, first) for one in fixed for first in firsts]))
    by_weight = [
        np.concatenate(found[k * len(firsts) : (k + 1) * len(firsts)])[:count] for k in range(len(WEIGHTS))
    ]
    return np.stack(by_weight, axis=1)


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
