"""Theatre: who can be where in 10, 30 and 180 days, and how a challenge ends.

Defence of ally i at horizon h, in brigades: ``D_i(h) = M * (home + forward + sum_j joins_ji * ready_j(h) * arrived_ji(h)
+ participation_i * patron_i(h))``; enablers multiply: ``M = (1 + g * E) / (1 + g * E0)`` with E the share present.
Attack: ``R_i(h) = reach_i * strength * brigades(h)``. Contest: ``S = R^m / (R^m + (k * D)^m)``.
Fait accompli: the mean of S at 10 and 30 days; it stands unless a counter-offensive succeeds by day 180, which needs
superiority ``s``: ``P(success) = fait accompli * R180^m / (R180^m + (D180 / s)^m)``.
Horizons are put together last, and each is worked out on its own: what is put together compiles badly as an operand.
Units: brigades, km, days, probabilities. Source: design 4.10; ratio contest (Tullock); RAND RR1253 for the Baltic case;
atlas theatre; register entries ``theatre.*`` and ``capability.*``.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp

from foedus.model import sums
from foedus.model.state import Array, Parameters, sigmoid

HORIZONS_DAYS = (10.0, 30.0, 180.0)


class Forces(NamedTuple):
    """Brigades by horizon (10, 30, 180 days); leading axis 3."""

    allied: Array  # (3, N) at home, in battlegroups and arriving from other allies
    patron: Array  # (3, N) brigade equivalents of the patron for each ally if it takes part


def reach(p: Parameters, reach_km: Array) -> Array:
    """Return how much of the adversary's force can be brought against each ally, in (0, 1]; 1 with a land border."""
    return jnp.exp(-reach_km / p["theatre.reach_km"])


def arrived(p: Parameters, distance_km: Array) -> Array:
    """Return the share of a force of the first ally that has reached the last at each horizon, shape (N, 3, N); it sets out
    when the council has met.
    """
    days = jnp.array(HORIZONS_DAYS)[None, :, None] - p["trust.council_days"]
    travel = distance_km[:, None, :] / p["theatre.road_speed"]
    return jnp.clip(1.0 - travel / days, 0.0, 1.0)


def patron_brigades(p: Parameters, forces_share: Array, in_host: Array, near: Array) -> Array:
    """Return the patron's brigade equivalents for each ally, shape (3, N).

    ``forces_share`` (): forces in Europe against the start; ``in_host`` (N,): share of the start's forces that is in the ally;
    ``near`` (N,): share of the start's forces within reach over land in days, in [0, 1].
    """
    forward = p["theatre.patron_brigades_forward"]
    afar = p["theatre.patron_air_from_afar"]
    air = p["theatre.patron_air_weight"] * (afar + (1.0 - afar) * forces_share)
    land_10d = forward * jnp.clip(in_host + p["theatre.patron_near_share_10d"] * near, 0.0, 1.0)
    land_30d = forward * near
    reinforced = p["theatre.patron_reinforcement_brigades"]
    day_30 = land_30d + p["theatre.patron_arrival_30d"] * reinforced
    day_180 = jnp.broadcast_to(forward * forces_share + reinforced, land_10d.shape)
    return jnp.stack([day + air for day in (land_10d, day_30, day_180)])


def attackers(p: Parameters, reach_share: Array, strength: Array) -> Array:
    """Return the adversary's brigades against each ally, shape (3, N)."""
    return jnp.stack([p[f"theatre.adversary_brigades_{d}d"] * reach_share * strength for d in (10, 30, 180)])


def others(ready: Array, joins: Array, arrival: Array) -> Array:
    """Return the brigades that other allies bring, shape (3, N).

    ``ready`` (N, 3) brigades of each ally by horizon, ``joins`` (N, N) row for column, ``arrival`` (N, 3, N).
    """

    def bring(ally: Any, total: Array) -> Array:
        return total + ready[ally][:, None] * (joins[ally][None, :] * arrival[ally])

    return sums.folded(joins.shape[0], bring, jnp.zeros_like(arrival[0]))


def defence(p: Parameters, forces: Forces, participation: Array, enablers: Array) -> Array:
    """Return the defenders' brigade equivalents, shape (3, N).

    ``participation`` (N,) of the patron; ``enablers`` (N,) share present in each defence.
    """
    gain = p["theatre.enabler_gain"]
    multiplied = (1.0 + gain * enablers) / (1.0 + gain)
    horizons = zip(forces.allied, forces.patron, strict=True)
    return jnp.stack([(allied + participation * patron) * multiplied for allied, patron in horizons])


def fait_accompli(p: Parameters, attack: Array, defend: Array) -> Array:
    """Return the chance that the adversary reaches its aim before the defence arrives, shape (N,)."""
    weight = p["theatre.horizon_weight_10d"]
    advantage = p["theatre.defender_advantage"]
    day10, day30 = (contest(p, attack[d], advantage * defend[d]) for d in (0, 1))
    return weight * day10 + (1.0 - weight) * day30


def success(p: Parameters, attack: Array, defend: Array) -> Array:
    """Return the chance that a challenge that is fought over succeeds, shape (N,). Both arguments (3, N)."""
    stands = contest(p, attack[2], defend[2] / p["theatre.counterattack_ratio"])
    return fait_accompli(p, attack, defend) * stands


def contest(p: Parameters, attack: Array, defend: Array) -> Array:
    """Return the attacker's chance in a ratio contest, in (0, 1)."""
    log_ratio = jnp.log(jnp.maximum(attack, 1e-6)) - jnp.log(jnp.maximum(defend, 1e-6))
    return sigmoid(p["theatre.contest_exponent"] * log_ratio)
