"""Ukraine: the partner's war, aid, and the adversary's strength for elsewhere.

Aid ratio ``r = (1 - u) + u * (patron's aid + allies' replacement)`` with u the patron's share of the need; replacement closes
its gap at a fixed rate up to what is replaceable. War goes on with chance w: ``w' = w * (1 - h)``,
``logit h = logit(h0) + k_gap * (1 - r) + k_settle * settlement``. Territory ``L' = L + w * (drift + k * (1 - r))``.
Strength A rebuilds towards its target: ``A' = A + rate * (target - A) * (1 - w + w * wartime)``; the war ties a share of it.
Units: shares; percent of territory per quarter; strength 1 = before 2022. Source: design 4.9, in a first simple form
without bargaining; services' estimates of reconstitution; register entries ``ukraine.*``.
Invariants: shares and chances stay in bounds; less aid never helps the partner at the front; strength moves to its target
and no further; war and a guarantee tie forces.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.state import Array, Parameters, logit, sigmoid

QUARTERS = 4.0


def aid_ratio(p: Parameters, patron_aid: Array, ally_aid: Array, ally_extra: Array) -> Array:
    """Return aid against need, in [0, 1].

    ``patron_aid``: share of its former aid that the patron gives; ``ally_aid``: share of it that allies replaced;
    ``ally_extra``: further share of it that a scenario has allies replace.
    """
    share = p["ukraine.patron_share"]
    return jnp.clip(1.0 - share + share * (patron_aid + ally_aid + ally_extra), 0.0, 1.0)


def replace_aid(p: Parameters, patron_aid: Array, ally_aid: Array) -> Array:
    """Return the share of the patron's former aid that allies have replaced a quarter later."""
    wanted = p["ukraine.replaceable"] * (1.0 - patron_aid)
    return ally_aid + p["ukraine.replacement_rate"] * jnp.maximum(wanted - ally_aid, 0.0)


def ceasefire_chance(p: Parameters, ratio: Array, settlement: Array, imposed: Array) -> Array:
    """Return the chance that a war still going on ends in the quarter."""
    push = p["ukraine.ceasefire_aid_gap"] * (1.0 - ratio) + p["ukraine.ceasefire_settlement"] * settlement
    return jnp.where(imposed > 0, 1.0, sigmoid(logit(p["ukraine.ceasefire_base"]) + push))


def territory(p: Parameters, lost: Array, war: Array, ratio: Array) -> Array:
    """Return territory lost since the start, percent, a quarter later."""
    return lost + war * (p["ukraine.drift"] + p["ukraine.drift_aid_gap"] * (1.0 - ratio))


def rebuild(p: Parameters, strength: Array, war: Array) -> Array:
    """Return the adversary's strength a quarter later; three time constants make 95 percent of the way."""
    rate = p["ukraine.rebuilt_time_constants"] / p["ukraine.reconstitution_years"] / QUARTERS
    pace = (1.0 - war) + war * p["ukraine.wartime_growth"]
    return strength + jnp.minimum(rate * pace, 1.0) * (p["ukraine.strength_rebuilt"] - strength)


def available(p: Parameters, strength: Array, war: Array, guaranteed: Array) -> Array:
    """Return the strength free for elsewhere. ``guaranteed``: 1 where a guarantee of the partner stands after the war."""
    tied = p["ukraine.tied_share"] * war + p["ukraine.guarantee_ties"] * guaranteed * (1.0 - war)
    return strength * (1.0 - tied)
