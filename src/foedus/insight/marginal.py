"""Marginal security of a billion dollars a year, by line and ally, through the whole compiled model.

Paired finite differences: the same draws are run with and without one billion USD of 2021 a year more on one line of one ally,
from the first quarter to the last. Lines: own spending (a floor one billion above the ally's own path); the same billion
spent with the patron (the floor, and tribute in its account); host support (tribute alone); European enablers (the
replacement ledger). The figure is the fall of the chance that the ally loses territory or gives way to a challenge by the
horizon, in percentage points for each billion a year.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from foedus.ensemble import draws as drawing
from foedus.ensemble.draws import Plan
from foedus.ensemble.engine import as_device
from foedus.insight.outcomes import interval
from foedus.insight.rerun import Progress
from foedus.model import run
from foedus.model.hedging_equilibrium import LINES

Floats = NDArray[np.float64]

BILLION = 1.0


@cache
def _program() -> Any:
    def one(p: Any, world: Any, controls: Any, floor: Any, priors: Any, luck: Any) -> Any:
        record = run.simulate(p, world, controls._replace(spending_floor=floor), priors, luck).record
        return record.loss, record.share

    return jax.jit(jax.vmap(one, in_axes=(0, None, None, 0, 0, 0)))


def marginal_security(
    plan: Plan, members: list[int], draws: int, progress: Progress | None = None
) -> dict[int, dict[str, dict[str, dict[str, float]]]]:
    """Return, for each ally and line, what a billion a year does: ``own`` and ``frontline``, percentage points of safety.

    ``own``: fall of the ally's chance of loss by the horizon; ``frontline``: fall of the mean over the frontline.
    """
    values = drawing.sample_parameters(plan.register, plan.seed, 0, draws)
    priors = drawing.priors(plan, values, 0)
    luck = drawing.luck(plan, 0, draws, False)
    p, world, controls, priors, luck = as_device([values, plan.inputs.world, plan.controls, priors, luck])
    front = [plan.inputs.members.index(code) for code in plan.inputs.frontline]
    start = jnp.broadcast_to(controls.spending_floor, (draws, *controls.spending_floor.shape))
    base_loss, share = _program()(p, world, controls, start, priors, luck)
    base = _by_horizon(base_loss)
    growth = np.asarray(1.0 + values["burden.gdp_growth"], np.float64)
    shocks = [(i, line) for i in members for line in range(len(LINES))]
    out: dict[int, dict[str, dict[str, dict[str, float]]]] = {}
    for done, (i, line) in enumerate(shocks):
        if progress is not None:
            progress(done, len(shocks))
        changed, floor = _shock(plan, controls, start, np.asarray(share), growth, i, line)
        safer = 100.0 * (base - _by_horizon(_program()(p, world, changed, floor, priors, luck)[0]))
        cell = {"own": interval(safer[:, i]), "frontline": interval(safer[:, front].mean(axis=1))}
        out.setdefault(i, {})[LINES[line]] = cell
    return out


def _by_horizon(loss: Any) -> Floats:
    quiet = np.log1p(-np.minimum(np.asarray(loss, np.float64), 1 - 1e-12)).sum(axis=1)
    return np.asarray(-np.expm1(quiet))


def _shock(
    plan: Plan, controls: Any, start: Any, share: NDArray[np.float32], growth: Floats, member: int, line: int
) -> tuple[Any, Any]:
    """Return the controls and the floors (draw, T, N) with a billion a year more on one line."""
    floor = start
    if line in (0, 1):
        quarters = share.shape[1]
        gdp = float(np.asarray(plan.inputs.world.gdp)[member]) * growth[:, None] ** (
            0.25 * np.arange(1, quarters + 1)
        )
        path = np.concatenate([share[:, 1:, member], share[:, -1:, member]], axis=1)
        floor = floor.at[:, :, member].max(jnp.asarray(path + BILLION / gdp, jnp.float32))
    if line == 1:
        controls = controls._replace(purchases=controls.purchases.at[:, member].add(BILLION))
    if line == 2:
        controls = controls._replace(hosting=controls.hosting.at[:, member].add(BILLION))
    if line == 3:
        controls = controls._replace(enabler_budget=controls.enabler_budget + BILLION)
    return controls, floor
