"""The treaty in force: from notice to effect.

A notice given in quarter t takes effect in t + 4 + delay with the chance that neither Congress nor the courts
stop it; the delay beyond the year of Article 13 is geometric. ``in_force = 1 - sum of effects so far``.
Units: quarters; probabilities. Source: North Atlantic Treaty, Article 13; register entries ``law.*``.
The law changes the treaty in force and nothing else: it never sets credibility.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.state import NOTICE_QUARTERS, Array, Parameters

ARTICLE_13_QUARTERS = 4
NOTIFICATION_QUARTERS = 2
"""180 days of notification to Congress, 22 U.S.C. 1928f."""


def effect_distribution(takes_effect: Array, mean_delay_quarters: Array) -> Array:
    """Return the chance that notice takes effect after 1..D quarters, shape (D,); it sums to at most one.

    ``takes_effect``: chance that it ever does. ``mean_delay_quarters``: mean delay beyond the year where there is one.
    """
    quarters = jnp.arange(1, NOTICE_QUARTERS + 1)
    beyond = quarters - ARTICLE_13_QUARTERS
    stop = 1.0 / (1.0 + mean_delay_quarters)
    geometric = jnp.where(beyond >= 0, stop * (1.0 - stop) ** jnp.maximum(beyond, 0), 0.0)
    return takes_effect * geometric


def advance(
    pending: Array, treaty: Array, notice: Array, path: Array, luck: Array, p: Parameters, played: bool
) -> tuple[Array, Array]:
    """Return (pending, treaty) a quarter later, with new notice of probability ``notice`` entered.

    ``pending`` (D,): chance that an earlier notice takes effect in 1..D quarters. ``path``: 1 where the statute is kept and
    Congress consents (sure, after 180 days' notification and the year of Article 13), -1 where the statute is kept
    without consent (no effect), 0 where the statute is ignored. ``luck``: uniform number used when ``played``.
    """
    due = pending[0]
    shifted = jnp.concatenate([pending[1:], jnp.zeros(1, pending.dtype)])
    contested = effect_distribution(p["law.notice_takes_effect"], p["law.litigation_delay"])
    lawful = jnp.zeros_like(contested).at[NOTIFICATION_QUARTERS + ARTICLE_13_QUARTERS - 1].set(1.0)
    fresh = jnp.where(path > 0, lawful, jnp.where(path < 0, 0.0, contested))
    if played:
        edges = jnp.cumsum(fresh)
        fresh = ((luck < edges) & (luck >= edges - fresh)).astype(fresh.dtype)
    return shifted + notice * fresh, jnp.maximum(treaty - due, 0.0)
