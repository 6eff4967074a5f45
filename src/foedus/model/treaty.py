"""The treaty in force: from notice to effect.

A notice given in quarter t takes effect in t + d with chance ``e * pi_d``: e is the chance that it ever does, pi the distribution
of dates that the law room works out by enumerating every branch (statute, suit, standing, injunction, appeal) from
Article 13's year. ``in_force = 1 - sum of effects so far``.
Units: quarters; probabilities. Source: North Atlantic Treaty, Article 13; 22 U.S.C. 1928f; register entry ``law.notice_takes_effect``.
The law changes the treaty in force and nothing else: it never sets credibility.
Invariants: dates of effect are a distribution and never early; mass is conserved between in force, noticed and ended.
"""

from __future__ import annotations

import jax.numpy as jnp

from foedus.model.state import Array, Parameters

ARTICLE_13_QUARTERS = 4
NOTIFICATION_QUARTERS = 2
"""180 days of notification to Congress, 22 U.S.C. 1928f."""


def advance(
    pending: Array,
    treaty: Array,
    notice: Array,
    path: Array,
    dates: Array,
    luck: Array,
    p: Parameters,
    played: bool,
) -> tuple[Array, Array]:
    """Return (pending, treaty) a quarter later, with new notice of probability ``notice`` entered.

    ``pending`` (D,): chance that an earlier notice takes effect in 1..D quarters. ``path``: 1 where the statute is kept and
    Congress consents (sure, after 180 days' notification and the year of Article 13), -1 where the statute is kept
    without consent (no effect), 0 where the statute is ignored. ``dates`` (D,): distribution of the quarter of effect, given
    that there is one. ``luck``: uniform number used when ``played``.
    """
    due = pending[0]
    shifted = jnp.concatenate([pending[1:], jnp.zeros(1, pending.dtype)])
    contested = p["law.notice_takes_effect"] * dates
    lawful = jnp.zeros_like(contested).at[NOTIFICATION_QUARTERS + ARTICLE_13_QUARTERS - 1].set(1.0)
    fresh = jnp.where(path > 0, lawful, jnp.where(path < 0, 0.0, contested))
    if played:
        edges = jnp.cumsum(fresh)
        fresh = ((luck < edges) & (luck >= edges - fresh)).astype(fresh.dtype)
    return shifted + notice * fresh, jnp.maximum(treaty - due, 0.0)
