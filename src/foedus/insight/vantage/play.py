"""The shipped model played out from the vantage: histories of events, spending, forces and aid.

The step is the one that ``foedus run --played`` uses; here the state is kept as well, because statements are about
notices, orders and aid that a run folder does not hold.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from foedus.ensemble import draws
from foedus.ensemble.draws import Plan
from foedus.model.run import fixed_terms, opening_state
from foedus.model.state import TYPES, Controls, Luck, Parameters, Priors, World
from foedus.model.step import step

Floats = NDArray[np.float64]
BLOCK = 250


class History(NamedTuple):
    """Draws of what happens; T quarters, N allies. Events are 0 or 1."""

    share: Floats  # (draw, T, N) share of GDP
    forces: Floats  # (draw, T, N) persons of the patron
    challenge: Floats  # (draw, T, N)
    consensus: Floats  # (draw, T, N) chance that no member blocks Article 5
    dormant: Floats  # (draw, T)
    noticed: Floats  # (draw, T)
    drawn_down: Floats  # (draw, T) share of forces withdrawn by order
    patron_aid: Floats  # (draw, T) share of its usual aid
    ally_aid: Floats  # (draw, T) share of the patron's usual aid that allies replace
    war: Floats  # (draw, T)
    territory_lost: Floats  # (draw, T) percent, by the quarter's end
    next_committed: Floats  # (draw,) whether the next administration is committed


@cache
def _compiled() -> Any:
    def one(p: Parameters, world: World, controls: Controls, priors: Priors, luck: Luck) -> tuple[Any, ...]:
        opening = opening_state(p, world, priors)
        fixed = fixed_terms(p, world, opening, controls.guideline[0])

        def quarter(state: Any, inputs: tuple[Controls, Luck]) -> tuple[Any, tuple[Any, ...]]:
            after, record = step(p, world, fixed, priors, state, inputs, played=True)
            kept = (
                record.share, record.patron_forces, record.challenge, record.consensus, after.dormant,
                after.noticed, after.drawn_down, after.patron_aid, after.ally_aid, after.war, after.territory_lost,
            )  # fmt: skip
            return after, kept

        start = opening._replace(trust=fixed.trust)
        return tuple(jax.lax.scan(quarter, start, (controls, luck))[1])

    return jax.jit(jax.vmap(one, in_axes=(0, None, None, 0, 0)))


def play_out(plan: Plan, count: int) -> History:
    """Play ``count`` histories, in blocks of one size so that the number of draws changes none of them."""
    parts = []
    for first in range(0, count, BLOCK):
        values = draws.sample_parameters(plan.register, plan.seed, first, BLOCK)
        priors = draws.priors(plan, values, first)
        luck = draws.luck(plan, first, BLOCK, played=True)
        device = jax.tree.map(
            lambda leaf: jnp.asarray(np.asarray(leaf, np.float32)),
            (values, plan.inputs.world, plan.controls, priors, luck),
        )
        out = _compiled()(*device)
        committed = np.asarray(priors.truth)[:, 1, TYPES.index("committed")]
        parts.append(tuple(np.asarray(o, dtype=float) for o in (*out, committed)))
    return History(*(np.concatenate([part[k] for part in parts])[:count] for k in range(len(parts[0]))))
