"""When and where to challenge: backward induction on the tree of administrations.

A node is a history of administration types and a quarter. Occasions to challenge ally i come with chance ``o_i``, at most one a quarter. The adversary
that waits keeps the value of what may come, so its status-quo payoff is ``S_A + patience * delta * E V'`` with V' the
value at the next quarter's node, an expectation over the next type where the administration changes. Each occasion is the
crisis game of Lewis and Schultz at that payoff; the defender knows it too. With the surplus of an occasion

    G_i = E[max(U_i - S, 0)] = p_R * integral from c to infinity of (1 - Phi(z - W_A) Phi(z - a)) dz

the value is ``V = sum_i o_i G_i + delta E V'``. At the horizon V' is the value of the last quarter repeated for ever: the fixed point
``V = sum_i o_i G_i(V) + delta V``, found by Newton steps (a contraction). The tree is therefore consistent with itself: the
value from which each quarter's choice follows is the value of the choices that follow it.
Units: standard deviations of private information; probabilities. Source: design 4.12; Bellman (1957); Stokey, Lucas and Prescott
(1989). Invariants: V is not negative; a higher value of waiting never raises the chance of a challenge.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from scipy import special

from foedus.model.games import signalling

Floats = NDArray[np.float64]

TYPES = 3
NEWTON = 12
START_RESISTANCE = 1.5
TAIL = 8.0
_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(48)


class Nodes(NamedTuple):
    """Payoffs without waiting at every node, in the order of paths; leading axes (draw, path, quarter, ally)."""

    S_A: Floats
    V_A: Floats
    C_B: Floats
    W_A: Floats
    W_B: Floats
    a: Floats
    V_B: Floats


class Terms(NamedTuple):
    """What the draw says about time and occasions."""

    occasions: Floats  # (draw, ally) per quarter, before the limit of one a quarter
    discount: Floats  # (draw,)
    patience: Floats  # (draw,)
    next_types: Floats  # (draw, 3)


class Plan(NamedTuple):
    """The adversary's plan; leading axes (draw, path, quarter)."""

    value: Floats  # (draw, path, quarter) value of the future at the start of the quarter
    waiting: Floats  # (draw, path, quarter) added to the status quo
    challenge: Floats  # (draw, path, quarter, ally) chance that an occasion is used
    surplus: Floats  # (draw, path, quarter, ally) expected gain of an occasion over waiting
    residual: float  # of the fixed point at the horizon


def limited(occasions: Floats) -> Floats:
    """Return chances of an occasion with at most one a quarter, same shape; ``occasions`` (..., ally)."""
    total = occasions.sum(axis=-1, keepdims=True)
    return np.asarray(occasions * -np.expm1(-total) / np.maximum(total, 1e-300))


def surplus(cut: Floats, resist: Floats, war: Floats, back: Floats) -> Floats:
    """Return G: the expected gain of an occasion over the status quo, any shape. ``cut``: A's threshold c."""
    low = np.minimum(war, back) - TAIL
    high = np.maximum(war, back) + TAIL
    begin = np.clip(cut, low, high)
    half = 0.5 * (high - begin)
    z = begin[..., None] + half[..., None] * (_POINTS + 1.0)
    tail = 1.0 - special.ndtr(z - war[..., None]) * special.ndtr(z - back[..., None])
    return np.asarray(resist * (np.maximum(low - cut, 0.0) + half * (tail @ _WEIGHTS)))


@jax.jit
def _play(*fields: jax.Array) -> tuple[jax.Array, jax.Array]:
    payoffs = signalling.Payoffs(*fields)
    solution = signalling.solve_from(payoffs, jnp.full(payoffs.S_A.shape, START_RESISTANCE))
    out = signalling.outcomes(payoffs, solution.x)
    return out.p_C, out.p_R


def occasion(game: Nodes, waiting: Floats) -> tuple[Floats, Floats]:
    """Return (chance that an occasion is used, surplus), each of the games' shape. ``waiting`` broadcasts to it."""
    held = game._replace(S_A=game.S_A + waiting)
    challenged, resisted = _play(*(np.asarray(x, np.float32) for x in np.broadcast_arrays(*held)))
    resist = np.maximum(np.asarray(resisted, np.float64), 1e-12)
    cut = held.V_A + (held.S_A - held.V_A) / resist
    used = np.asarray(challenged, np.float64)
    return used, surplus(cut, resist, np.asarray(held.W_A, np.float64), np.asarray(held.a, np.float64))


def induct(nodes: Nodes, terms: Terms, administration: NDArray[np.int64]) -> Plan:
    """Return the plan. ``administration`` (quarter,): index of the one in office, from 0; paths are in base 3, first one first."""
    draws, paths, quarters, allies = nodes.S_A.shape
    chance = limited(terms.occasions)[:, None, :]
    discount, patience = terms.discount[:, None], terms.patience[:, None]
    value, residual = _for_ever(nodes, terms, chance)
    values, waits = np.empty((draws, paths, quarters)), np.empty((draws, paths, quarters))
    used, gains = np.empty((draws, paths, quarters, allies)), np.empty((draws, paths, quarters, allies))
    for t in range(quarters - 1, -1, -1):
        if t + 1 < quarters and administration[t + 1] != administration[t]:
            value = _expect(value, terms.next_types, int(administration[t + 1]))
        waits[:, :, t] = patience * discount * value
        game = Nodes(*(part[:, :, t] for part in nodes))
        used[:, :, t], gains[:, :, t] = occasion(game, waits[:, :, t, None])
        value = (chance * gains[:, :, t]).sum(axis=2) + discount * value
        values[:, :, t] = value
    return Plan(values, waits, used, gains, residual)


def _expect(value: Floats, next_types: Floats, place: int) -> Floats:
    """Replace each path's value by the expectation over the type of administration ``place``, shape (draw, path)."""
    draws, paths = value.shape
    count = round(np.log(paths) / np.log(TYPES))
    shaped = value.reshape(draws, *([TYPES] * count))
    weight = next_types.reshape(draws, *([1] * place), TYPES, *([1] * (count - place - 1)))
    mean = (shaped * weight).sum(axis=place + 1, keepdims=True)
    return np.broadcast_to(mean, shaped.shape).reshape(draws, paths)


def _for_ever(nodes: Nodes, terms: Terms, chance: Floats) -> tuple[Floats, float]:
    """Return the value of the last quarter repeated for ever, (draw, path), and the largest residual."""
    game = Nodes(*(part[:, :, -1] for part in nodes))
    discount, patience = terms.discount[:, None], terms.patience[:, None]
    value = np.zeros(game.S_A.shape[:2])
    excess = np.ones_like(value)
    for _ in range(NEWTON):
        used, gain = occasion(game, (patience * discount * value)[:, :, None])
        excess = value - (chance * gain).sum(axis=2) - discount * value
        room = 1.0 - discount + patience * discount * (chance * used).sum(axis=2)
        value = np.maximum(value - excess / room, 0.0)
    used, gain = occasion(game, (patience * discount * value)[:, :, None])
    excess = value - (chance * gain).sum(axis=2) - discount * value
    return value, float(np.abs(excess).max())


def path_chances(belief: Floats, next_types: Floats, count: int) -> Floats:
    """Return the chance of each path (draw, 3 ** count): ``belief`` (draw, 3) about the first type, then the prior."""
    chance = belief
    for _ in range(count - 1):
        chance = (chance[:, :, None] * next_types[:, None, :]).reshape(len(belief), -1)
    return chance
