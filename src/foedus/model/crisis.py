"""Crisis: the signalling game between the adversary and the defenders of each ally.

Lewis and Schultz 2003: the adversary challenges or not; the defenders concede or resist; the adversary stands firm or backs
down; both sides hold private information of unit variance. Payoffs, in standard deviations of that information:

=========================  ==================================================================
adversary, status quo      S_A = status quo + value of waiting
adversary, concession      V_A = stake_i = stake * reach_i ^ e
adversary, war             W_A = P_i * gain * stake_i - (1 - P_i) * defeat - cost - nuclear_i
adversary, backing down    a = -audience
defenders, concession      C_B = -concession
defenders, war             W_B = (1 - P_i) * defence gain - cost
defenders, adversary backs down  V_B = back-down gain
=========================  ==================================================================

``nuclear_i = n_P * c_i + n_A * sum of joining nuclear allies``. Of the game's equilibria the one continued from the last quarter
is taken. A quarter's chance of a challenge: occasions times the game's chance, plus a floor of incidents.
Source: design 4.11; register entries ``crisis.*``.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

from foedus.model import sums
from foedus.model.games import signalling
from foedus.model.state import Array, Parameters

QUARTERS = 4.0
START_RESISTANCE = 1.5
"""Probit of the chance of resistance from which the first quarter's equilibrium is continued: a firm defence."""
LARGEST = 6.0
"""Resistance beyond this probit is certain to one part in a billion."""
LONGEST_STEP = 1.5
LEAST_ROOM = 0.1
STEPS = 3
FIRST_STEPS = 12
"""From one quarter to the next an equilibrium moves little; the first quarter starts from nowhere near."""


class Crisis(NamedTuple):
    """What the game says for each ally in a quarter, shape (N,)."""

    resistance: Array  # probit of the chance that defenders resist
    challenge: Array  # chance that an occasion is used
    resist: Array
    stand_firm: Array
    residual: Array  # last step of the solver in probits; large where it did not settle


def stakes(p: Parameters, reach: Array) -> Array:
    """Return the value of a concession by each ally, shape (N,)."""
    return p["crisis.stake"] * reach ** p["crisis.stake_reach_exponent"]


def nuclear_partners(joins: Array, nuclear: Array) -> Array:
    """Return how many owners of nuclear weapons stand with each ally, shape (N,). ``nuclear`` (N,) marks owners, who also
    defend themselves; ``joins`` (N, N): row for column.
    """
    return sums.folded(len(joins), lambda owner, total: total + nuclear[owner] * joins[owner], nuclear)


def nuclear_cost(p: Parameters, credibility: Array, partners: Array) -> Array:
    """Return the escalation cost to the adversary, shape (N,)."""
    return p["crisis.nuclear_patron"] * credibility + p["crisis.nuclear_ally"] * partners


def payoffs(p: Parameters, reach: Array, success: Array, nuclear: Array, waiting: Array) -> signalling.Payoffs:
    """Return the game's payoffs for each ally, every field of shape (N,)."""
    stake = stakes(p, reach)
    everywhere = jnp.ones_like(stake)
    return signalling.Payoffs(
        S_A=p["crisis.status_quo"] + waiting,
        V_A=stake,
        C_B=-p["crisis.concession_cost"] * everywhere,
        W_A=success * p["crisis.war_gain"] * stake
        - (1.0 - success) * p["crisis.defeat_cost"]
        - p["crisis.war_cost_adversary"]
        - nuclear,
        W_B=(1.0 - success) * p["crisis.defence_gain"] - p["crisis.war_cost_defender"],
        a=-p["crisis.audience_cost"] * everywhere,
        V_B=p["crisis.back_down_gain"] * everywhere,
    )


def play(game: signalling.Payoffs, resistance: Array, first: Array) -> Crisis:
    """Return the equilibrium continued from ``resistance`` (N,), the probit of the last quarter's chance to resist.

    Newton steps on x - z(x) with best-response steps where the slope leaves no room: they stay in the basin they start in.
    A step past a point known to lie beyond the root is halved back, so that steep responses end in no cycle.
    ``first``: 1 in the first quarter. Differentiable in the payoffs by the implicit function theorem.
    """
    still = jax.tree.map(jax.lax.stop_gradient, game)

    def improve(_: Array, state: tuple[Array, ...]) -> tuple[Array, ...]:
        x, low, high, _moved = state
        z, slope = signalling.response(still, x)
        rising = z > x
        low, high = jnp.where(rising, x, low), jnp.where(rising, high, x)
        step = jnp.clip((z - x) / jnp.maximum(1.0 - slope, LEAST_ROOM), -LONGEST_STEP, LONGEST_STEP)
        following = jnp.clip(x + step, -LARGEST, LARGEST)
        beyond = jnp.where(rising, following >= high, following <= low)
        following = jnp.where(beyond, 0.5 * (low + high), following)
        return following, low, high, jnp.abs(following - x)

    steps = jnp.where(first > 0, FIRST_STEPS, STEPS)
    start = jax.lax.stop_gradient(resistance)
    ends = jnp.full_like(start, LARGEST)
    x, _, _, moved = jax.lax.fori_loop(0, steps, improve, (start, -ends, ends, jnp.zeros_like(start)))
    x = signalling.attach(game, x, "normal")
    out = signalling.outcomes(game, x)
    return Crisis(x, out.p_C, out.p_R, out.p_F, moved)


def quarterly_chance(p: Parameters, reach: Array, challenge: Array) -> Array:
    """Return the chance of a challenge to each ally in the quarter, shape (N,): at most one target at a time."""
    occasions = p["crisis.opportunities"] / QUARTERS * reach
    rate = occasions * challenge + p["crisis.incident_floor"] / QUARTERS * reach
    total = jnp.sum(rate)
    return rate * (-jnp.expm1(-total) / jnp.maximum(total, 1e-12))


def deliberate_share(p: Parameters, challenge: Array) -> Array:
    """Return the share of challenges that are deliberate rather than incidents, shape (N,)."""
    deliberate = p["crisis.opportunities"] * challenge
    return deliberate / (deliberate + p["crisis.incident_floor"])


def loss_given_challenge(outcome: Crisis, success: Array, deliberate: Array) -> Array:
    """Return the chance that a challenge ends in concession or a lost war, shape (N,); incidents end in neither."""
    conceded = 1.0 - outcome.resist
    fought = outcome.resist * outcome.stand_firm
    return deliberate * (conceded + fought * success)
