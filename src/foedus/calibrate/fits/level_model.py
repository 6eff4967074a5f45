"""The simulator behind the soft constraints: the compiled ensemble itself, summarised as each constraint asks.

Three worlds on the same draws: the baseline; the baseline with the promise believed, which is the condition under which the
disputes of 1991-2014 were recorded; and the baseline with the treaty ended. A draw's summaries are expectations and not its
luck: the danger to any ally is averaged over the types of the present and the later administrations, as a forecaster does,
and the other summaries take the types by their chances.
"""

from __future__ import annotations

import csv
import itertools
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from scipy import special

from foedus import atlas
from foedus.calibrate.fits.waves import Floats, Target
from foedus.model import parameters, run, theatre
from foedus.model.state import ACTS, OBSERVERS, TYPES, Luck, Priors
from foedus.scenario.compile import administrations, compile_controls, first_day
from foedus.scenario.loading import load, load_text
from foedus.scenario.world import WorldInputs, build_world

BLOCK = 50
BATTALIONS_A_BRIGADE = 2.5
BELIEVED = """
name: {name}
title: Conditions of the record
start: 2026-01
horizon: 10y
base: baseline
rationale: The baseline under one condition of the record.
sources: []
interventions:
  - {order}
"""
ORDERS = {
    "believed": "{at: 2026-01, do: hold_beliefs, observers: [adversary, allies], "
    "administration: {committed: 0.90, transactional: 0.08, withdrawing: 0.02}}",
    "ended": "{at: 2026-01, do: end_treaty}",
}


def _rows(table: str) -> list[dict[str, str]]:
    text = resources.files("foedus.calibrate").joinpath("fits", table).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def fitted_names() -> tuple[str, ...]:
    """Names of the register's entries that the waves fit."""
    return tuple(row["name"] for row in _rows("fitted_levels.csv"))


def forecast_log_odds() -> Floats:
    """Log-odds of the published forecasts, each brought to ten years at a constant rate."""
    rows = _rows("published_forecasts.csv")
    p = np.array([1 - (1 - float(r["probability"])) ** (10 / float(r["years"])) for r in rows])
    return np.asarray(special.logit(p))


def constraints() -> list[dict[str, str]]:
    """Rows of the table of soft constraints."""
    return _rows("constraints.csv")


def target() -> Target:
    """The constraints, each on its scale."""
    odds = forecast_log_odds()
    centre, sd = [], []
    for row in constraints():
        if row["centre"] == "forecasts":
            centre.append(float(odds.mean()))
            sd.append(float(odds.std(ddof=1)))
        else:
            centre.append(on_scale(float(row["centre"]), row["scale"]))
            sd.append(float(row["sd"]))
    return Target(tuple(row["name"] for row in constraints()), np.array(centre), np.array(sd))


def on_scale(value: Any, scale: str) -> Any:
    """Return a value on a constraint's scale."""
    if scale == "log":
        return np.log(np.maximum(value, 1e-12))
    return special.logit(np.clip(value, 1e-9, 1 - 1e-9)) if scale == "logit" else value


def off_scale(value: Any, scale: str) -> Any:
    """Return a value on its natural scale."""
    return np.exp(value) if scale == "log" else special.expit(value) if scale == "logit" else value


@dataclass(frozen=True)
class Worlds:
    """The record and the three worlds' controls, and the program that runs them."""

    inputs: WorldInputs
    controls: dict[str, Any]
    front: tuple[int, ...]
    administrations: int
    quarters: int


@cache
def worlds() -> Worlds:
    """Compile the three worlds."""
    baseline = load("baseline")[0]
    inputs = build_world(first_day(baseline.start))
    scenarios = {"baseline": baseline}
    for name, order in ORDERS.items():
        scenarios[name] = load_text(BELIEVED.format(name=name, order=order))[0]
    controls = {name: _device(compile_controls(s, inputs)) for name, s in scenarios.items()}
    front = tuple(inputs.members.index(code) for code in inputs.frontline)
    return Worlds(inputs, controls, front, administrations(baseline, inputs.roles), baseline.horizon_quarters)


def _device(tree: Any) -> Any:
    return jax.tree.map(lambda leaf: jnp.asarray(np.asarray(leaf, np.float32)), tree)


@cache
def _program() -> Any:
    def one(p: Any, world: Any, controls: Any, priors: Any, luck: Any) -> Any:
        record = run.simulate(p, world, controls, priors, luck).record
        return record.challenge, record.trust[0, 2]

    return jax.jit(jax.vmap(one, in_axes=(0, None, None, 0, None)))


@cache
def _overrun() -> Any:
    def one(p: Any, attack: Any, defend: Any) -> Any:
        return theatre.fait_accompli(p, jnp.full((3, 1), attack), jnp.full((3, 1), defend))[0]

    return jax.jit(jax.vmap(one, in_axes=(0, None, None)))


def values_of(z: Floats, seed: int, base: parameters.Register) -> dict[str, Any]:
    """Return register values: the fitted entries from ``z`` (draw, entry), all others from ``base``, each on its own."""
    rng = np.random.default_rng([seed, 1])
    uniforms = {name: rng.random(len(z)) for name in base}
    uniforms |= dict(zip(fitted_names(), special.ndtr(z).T, strict=True))
    return {name: entry.quantile(uniforms[name]).astype(np.float32) for name, entry in base.items()}


def _shares(values: dict[str, Any]) -> tuple[Floats, Floats]:
    """Chances (draw, type) of the present administration's type and of a later one's."""
    shares = []
    for which in ("present", "next"):
        committed = values[f"politics.{which}_committed"].astype(float)
        withdrawing = values[f"politics.{which}_withdrawing_given_not_committed"].astype(float)
        rest = 1 - committed
        shares.append(np.stack([committed, rest * (1 - withdrawing), rest * withdrawing], axis=1))
    return shares[0], shares[1]


def _priors(present: Floats, following: Floats, true_now: Floats, true_later: Floats) -> Priors:
    """Beliefs over types, and the types in office: the present one and the same later one throughout."""
    truth = np.stack([true_now, *[true_later] * (worlds().administrations - 1)], axis=1)
    observed = np.stack([present] * len(OBSERVERS), axis=1)
    priors: Priors = _device(Priors(observed, following, truth))  # type: ignore[arg-type]
    return priors


def _any_ally(run_baseline: Any, present: Floats, following: Floats) -> Floats:
    """Chance (draw,) of a challenge to any ally within the run: expected over the types of the two administrations."""
    total = np.zeros(len(present))
    for now, later in itertools.product(range(len(TYPES)), repeat=2):
        kinds = [np.tile(np.eye(len(TYPES))[k], (len(present), 1)) for k in (now, later)]
        challenge = np.asarray(run_baseline(_priors(present, following, *kinds))[0], float)
        quiet = np.log1p(-np.minimum(challenge.sum(axis=2), 1 - 1e-9)).sum(axis=1)
        total += present[:, now] * following[:, later] * -np.expm1(quiet)
    return total


def summarise(z: Floats, seed: int, base: parameters.Register) -> Floats:
    """Return the summaries (draw, constraint) of draws at ``z``, in the order of the table of constraints."""
    return summarise_values(values_of(z, seed, base))


def summarise_values(values: dict[str, Any]) -> Floats:
    """Return the summaries (draw, constraint) of draws of the register."""
    count = len(next(iter(values.values())))
    blocks = [_block({k: v[i : i + BLOCK] for k, v in values.items()}) for i in range(0, count, BLOCK)]
    whole = {name: np.concatenate([b[name] for b in blocks]) for name in blocks[0]}
    return np.stack([on_scale(whole[row["name"]], row["scale"]) for row in constraints()], axis=1)


def _block(values: dict[str, Any]) -> dict[str, Floats]:
    size = len(next(iter(values.values())))
    padded = {k: jnp.asarray(np.pad(v, (0, BLOCK - size), mode="edge")) for k, v in values.items()}
    w = worlds()
    zero = jnp.zeros(w.quarters)
    luck = Luck(
        act=jnp.zeros((w.quarters, len(ACTS))),
        **dict.fromkeys(("treaty", "ceasefire", "target", "outcome", "news", "unrest"), zero),
        **dict.fromkeys(("own_news", "posting"), jnp.zeros((w.quarters, len(w.inputs.members), 2))),
    )
    present, following = _shares({k: np.asarray(v) for k, v in padded.items()})
    priors, world = _priors(present, following, present, following), _device(w.inputs.world)
    made = {name: _program()(padded, world, c, priors, luck) for name, c in w.controls.items()}

    def run_baseline(beliefs: Priors) -> Any:
        return _program()(padded, world, w.controls["baseline"], beliefs, luck)

    facts = {r["parameter_id"]: r["central"] for r in atlas.table("theatre").iter_rows(named=True)}
    attack = facts["T04"] / BATTALIONS_A_BRIGADE
    seven, twelve = (
        _overrun()(padded, attack, brigades) for brigades in (facts["T02"], facts["T05"] / BATTALIONS_A_BRIGADE)
    )
    quiet = {name: np.log1p(-np.asarray(out[0], float)) for name, out in made.items()}
    front = {name: -q[:, :, list(w.front)].sum(axis=1).mean(axis=1) for name, q in quiet.items()}
    out = {
        "dispute_rate": -np.expm1(-front["believed"] / (w.quarters / 4)),
        "any_ally_ten_years": _any_ally(run_baseline, present, following),
        "treaty_effect": np.log(np.expm1(-front["baseline"]) / np.expm1(-front["ended"])),
        "overrun_seven": np.asarray(seven, float),
        "overrun_twelve_battalions": np.asarray(twelve, float),
        "joining": np.asarray(made["baseline"][1], float)[:, list(w.front)].mean(axis=1),
    }
    return {name: value[:size] for name, value in out.items()}
