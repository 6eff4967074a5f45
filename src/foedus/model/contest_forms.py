"""Three forms of the contest, side by side: ratio, Lanchester, salvo. Each turns brigades into the attacker's chance.

- ratio (Tullock): ``S = A^m / (A^m + (k D)^m)``, the model's own form
- lanchester (square law): each side loses in proportion to the other's number and effect, so ``x = A^2 / (k D)^2`` decides and the
  winner keeps ``sqrt(1 - 1/x)`` of its force. With the log of the effects' ratio uncertain by sigma: ``S = Phi(ln(x) / sigma)``
- salvo (Hughes): in rounds, each unit fires ``offence`` shots, ``defence`` of which the other side's unit stops, and ``staying`` hits
  put a unit out; the side that first falls to its breaking point loses. The effects' ratio is uncertain by the same sigma.
  Who fires first matters: the defender loses a share ``surprise`` of its first salvo. Without surprise and with like units on
  both sides the odds are those of the square law

k is the worth of a defending brigade in attacking ones, in all three: odds are even at A = k D.
Invariants: more attackers never lower S, more defenders never raise it; even odds at A = k D without surprise. Units: brigades, probabilities.
Source: Tullock (1980); Lanchester (1916); Taylor, Lanchester Models of Warfare (1983); Hughes (1995), A Salvo Model of
Warships in Missile Combat; register entries ``theatre.*``.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Form = Literal["ratio", "lanchester", "salvo"]
FORMS: tuple[Form, ...] = ("ratio", "lanchester", "salvo")

ROUNDS = 60


class Contest(NamedTuple):
    """Parameters of one draw."""

    exponent: float  # m
    advantage: float  # k
    spread: float  # sigma, log effect
    offence: float  # hits a unit scores on an undefended enemy in a round
    defence: float  # hits a unit stops in a round
    staying: float  # hits that put a unit out
    breaking: float  # share of its force at which a side breaks off
    surprise: float  # share of the defender's first salvo that is not fired


def success(form: Form, attack: Floats, defend: Floats, contest: Contest) -> Floats:
    """Return the attacker's chance, of the broadcast shape of ``attack`` and ``defend`` (brigades, above 0)."""
    a, d = np.broadcast_arrays(np.maximum(attack, 1e-6), np.maximum(defend, 1e-6))
    if form == "ratio":
        return np.asarray(special.expit(contest.exponent * (np.log(a) - np.log(contest.advantage * d))))
    if form == "lanchester":
        edge = 2.0 * (np.log(a) - np.log(contest.advantage * d))
        return np.asarray(special.ndtr(edge / contest.spread))
    return _salvo(a, contest.advantage * d, contest)


def survivors(attack: Floats, defend: Floats, advantage: float) -> tuple[Floats, Floats]:
    """Return the square law's survivors (attackers, defenders) of a fight to the finish, in brigades."""
    a, d = np.asarray(attack, np.float64), np.asarray(defend, np.float64)
    left = a**2 - (advantage * d) ** 2
    return np.sqrt(np.maximum(left, 0.0)), np.sqrt(np.maximum(-left, 0.0)) / advantage


def _salvo(attack: Floats, defend: Floats, contest: Contest) -> Floats:
    """Find the effect at which the outcome turns; it turns once, so the chance is that of an effect above the turn."""
    low, high = np.full(attack.shape, -8.0), np.full(attack.shape, 8.0)
    for _ in range(40):
        middle = 0.5 * (low + high)
        won = _margin(attack, defend, contest, np.exp(contest.spread * middle)) > 0
        low, high = np.where(won, low, middle), np.where(won, middle, high)
    return np.asarray(special.ndtr(-0.5 * (low + high)))


def _margin(attack: Floats, defend: Floats, contest: Contest, effect: Floats) -> Floats:
    """Return the attacker's share left less the defender's when either side breaks, or after the last round."""
    a, d = attack.astype(np.float64).copy(), defend.astype(np.float64).copy()
    ours, theirs = np.sqrt(effect), 1.0 / np.sqrt(effect)
    for turn in range(ROUNDS):
        fights = (a > contest.breaking * attack) & (d > contest.breaking * defend)
        if not fights.any():
            break
        hits_on_d = np.maximum(ours * contest.offence * a - contest.defence * d, 0.0)
        fired = 1.0 - contest.surprise if turn == 0 else 1.0
        hits_on_a = np.maximum(fired * theirs * contest.offence * d - contest.defence * a, 0.0)
        a_next = a - hits_on_a / contest.staying
        d_next = d - hits_on_d / contest.staying
        a, d = np.where(fights, np.maximum(a_next, 0.0), a), np.where(fights, np.maximum(d_next, 0.0), d)
    return np.asarray(a / attack - d / defend)
