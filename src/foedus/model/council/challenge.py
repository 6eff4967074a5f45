"""Bargaining by expected utility: who challenges whom, who gives way, and where the council ends.

Round by round each member i weighs a challenge to the position of each other j. With ``d`` for distances over the span, risk exponent r and mu the
weighted median, utilities are

    success   2 - 4 (1/2 - d_ij / 2)^r          failure  2 - 4 (1/2 + d_ij / 2)^r        standing still  2 - 4 (1/2)^r
    better    2 - 4 (1/2 - (d_imu + d_ij) / 4)^r          worse    2 - 4 (1/2 + (d_imu + d_ij) / 4)^r

The chance of success is the pull of those nearer to i over that of all who take sides. Then
``E_i(j) = s_j (P U_success + (1 - P) U_failure) + (1 - s_j) U_success - Q U_still - (1 - Q)(T U_better + (1 - T) U_worse)``.
Risk: how close i's position comes to the safest one, ``r = (1 - R/3) / (1 + R/3)`` with R in [-1, 1].
If both expect to gain, they clash and the one who expects more prevails; if only i does, j compromises by ``|E_j / E_i|`` of
the way where i's gain is larger than j's loss, and gives in where it is not. Each member accepts the offer that moves it least.
The rounds stop when the weighted median does.

Source: Bueno de Mesquita, War Trap (1981), European Community Decision Making (1994), International Interactions 23 (1997);
Scholz, Calbert and Smith, Journal of Theoretical Politics 23 (2011), for the open statement. The literature leaves Q and
ties open: Q is an argument. Invariants: positions stay within the first span; shifting or stretching the line, or renaming
members, changes nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.model.council.members import Council, Floats, weighted_median

SLOPE = 3.0
"""The literature's constant: the exponent runs from one half to two."""
MOST_ROUNDS = 50
EVEN = 0.5
"""Even odds that a member left alone stays put: with no information on the question, the neutral reading."""
STILL = 1e-4


class Round(NamedTuple):
    """One round of bargaining."""

    position: Floats  # (N,) before the round
    median: float
    mean: float
    risk: Floats  # (N,) exponent r
    offers: tuple[tuple[int, int, str], ...]  # (from, to, kind) accepted


class Bargain(NamedTuple):
    """The whole bargaining."""

    rounds: tuple[Round, ...]
    position: Floats  # (N,) at the end
    outcome: float  # weighted median at the end
    settled: bool


def bargain(council: Council, q: float = EVEN, most_rounds: int = MOST_ROUNDS) -> Bargain:
    """Return the rounds and the outcome. ``q``: chance that a member left alone stays where it is."""
    position, span = np.array(council.position, dtype=np.float64), council.span
    pull = council.pull / council.pull.sum()
    rounds: list[Round] = []
    settled = False
    for _ in range(most_rounds):
        median = weighted_median(council, position)
        risk = risk_exponents(council, position, span, q)
        gains = expected(council, position, span, risk, q)
        following, offers = _answers(position, gains)
        rounds.append(Round(position.copy(), median, float(pull @ position), risk, offers))
        moved = abs(weighted_median(council, following) - median)
        position = following
        if moved < STILL * span and len(rounds) > 1:
            settled = True
            break
    return Bargain(tuple(rounds), position, weighted_median(council, position), settled)


def success_chance(council: Council, position: Floats, span: float) -> Floats:
    """Return P, shape (N, N): the chance that row prevails over column, by the pull of those nearer to it."""
    apart = np.abs(position[:, None] - position[None, :]) / span
    lean = apart[None, :, :] - apart[:, None, :]  # lean[i, j, k] = d(k, j) - d(k, i)
    votes = council.pull[None, None, :] * lean
    ours, all_votes = np.maximum(votes, 0.0).sum(axis=2), np.abs(votes).sum(axis=2)
    return np.divide(ours, all_votes, out=np.full_like(ours, 0.5), where=all_votes > 0)


def expected(council: Council, position: Floats, span: float, risk: Floats, q: float) -> Floats:
    """Return E, shape (N, N, N): E[v, i, j] is what i gains by challenging j, as seen with the risk exponent of v."""
    apart = np.abs(position[:, None] - position[None, :]) / span
    middle = np.abs(position - weighted_median(council, position)) / span
    both = 0.25 * (middle[:, None] + apart)
    r = risk[:, None, None]

    def utility(loss: Floats) -> Floats:
        return np.asarray(2.0 - 4.0 * np.maximum(loss, 0.0)[None] ** r)

    chance = success_chance(council, position, span)
    win, lose = utility(0.5 - 0.5 * apart), utility(0.5 + 0.5 * apart)
    still, better, worse = utility(np.full_like(apart, 0.5)), utility(0.5 - both), utility(0.5 + both)
    cares = council.salience[None, None, :]
    nearer = (middle[None, :] < middle[:, None]).astype(np.float64)
    alone = q * still + (1.0 - q) * (nearer * better + (1.0 - nearer) * worse)
    gain = cares * (chance * win + (1.0 - chance) * lose) + (1.0 - cares) * win - alone
    return np.asarray(gain * (1.0 - np.eye(len(position))))


def risk_exponents(council: Council, position: Floats, span: float, q: float) -> Floats:
    """Return r (N,): the less a position is under threat compared with all others, the more its holder has played safe."""
    neutral = expected(council, position, span, np.ones(1), q)[0]
    threat = neutral.sum(axis=0)
    width = float(np.ptp(threat))
    if width <= 0:
        return np.ones(len(position))
    relative = (2.0 * threat - threat.max() - threat.min()) / width
    return np.asarray((1.0 - relative / SLOPE) / (1.0 + relative / SLOPE))


def _answers(position: Floats, gains: Floats) -> tuple[Floats, tuple[tuple[int, int, str], ...]]:
    """Return the positions after the round and the offers accepted: each member takes the one that moves it least."""
    following, accepted = position.copy(), []
    for j in range(len(position)):
        found = [offer for i in range(len(position)) if i != j and (offer := _offer(position, gains, i, j))]
        if found:
            move, who, kind = min(found, key=lambda offer: (abs(offer[0]), offer[1]))
            following[j] = position[j] + move
            accepted.append((who, j, kind))
    return following, tuple(accepted)


def _offer(position: Floats, gains: Floats, i: int, j: int) -> tuple[float, int, str] | None:
    """What i makes of j, as j sees it: (move of j, i, kind), or ``None`` where i has nothing to impose."""
    ours, theirs = float(gains[j, i, j]), float(gains[j, j, i])
    gap = float(position[i] - position[j])
    if gap == 0 or ours <= 0 or ours <= theirs:
        return None
    if theirs > 0:
        return gap, i, "clash"
    if abs(ours) > abs(theirs):
        return gap * abs(theirs) / ours, i, "compromise"
    return gap, i, "gives in"
