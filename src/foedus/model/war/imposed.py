"""A settlement imposed by the patron over the partner's head: aid withheld as leverage on one, offered as leverage on the other.

Terms: the front line plus what is ceded. The partner yields if the terms beat fighting on with no gift, no access and
no return of them; the adversary takes them if they beat fighting on against a patron that gives in full. ``chance =
pace * sigma(margin_U / scale) * sigma(margin_R / scale)`` in each quarter from the date on. Where the partner would
rather fight on, the patron carries out the threat: gift and access end. Where only the adversary refuses, aid goes
on.
Units: percent of the partner's territory. Source: design 4.9; the pause of aid in March 2025 (atlas war_parameters);
Schelling (1960) on leverage; register ``war.*``.
Invariants: never before its date; ceding more never lowers the adversary's margin nor raises the partner's.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

from foedus.model.war import options
from foedus.model.war.bargaining import Outlook, insecurity, tree
from foedus.model.war.names import ADVERSARY, PARTNER
from foedus.model.war.state import Array, Parameters, State


class Terms(NamedTuple):
    """What the patron's demand comes to."""

    line: Array  # () percent
    chance: Array  # () in the quarter
    defied: Array  # () 1 where the partner would rather fight on


def trees(p: Parameters, state: State, low: Outlook, high: Outlook, guaranteed: Array) -> list[options.Tree]:
    """Return the partner's tree when abandoned and the adversary's when the patron gives in full; no election changes it."""
    never = jnp.asarray(10**6)
    return [
        tree(p, state, (low, low, low), never, guaranteed, PARTNER),
        tree(p, state, (high, high, high), never, guaranteed, ADVERSARY),
    ]


def impose(p: Parameters, state: State, values: options.Values, plan: tuple[Array, Array, Array]) -> Terms:
    """Return what comes of it. ``plan``: imposing (0 or 1), percent ceded, 1 where a guarantee is part of it.

    ``values``: of all trees of the quarter; those of ``trees`` here are the third and the fourth.
    """
    imposing, ceded, guaranteed = plan
    abandoned, faced_down = values.go_on[2], values.go_on[3]
    line = jnp.clip(state.territory + ceded, 0.0, 100.0)
    partner = -line - insecurity(p, guaranteed) - abandoned
    adversary = line - p["war.rearm"] - faced_down
    agree = jax.nn.sigmoid(partner / p["war.width_scale"]) * jax.nn.sigmoid(adversary / p["war.width_scale"])
    return Terms(line, imposing * p["war.imposing_pace"] * agree, imposing * (partner < 0.0))
