"""The probabilistic Condorcet election.

Each pair of options is a contest between coalitions: member k puts ``v_k = pull_k * g(u_k(a) - u_k(b))`` behind the option it prefers,
so ``C(a over b) = sum of v_k over those who prefer a``. The chance that a beats b is ``C(a,b)^p / (C(a,b)^p + C(b,a)^p)``. From the pairwise
chances comes a distribution over options, in one of two ways:

- ``conditional``: ``P(a) ∝ prod_b P(a beats b)``: the chance that a beats every other, given that some option does;
- ``markov``: the stationary distribution of a proposal process, where a challenger drawn evenly replaces the standing option with the
  chance that it beats it.

A certain Condorcet winner gets the whole of the conditional distribution and of the stationary one.
Source: Wise, Lester and Efird (KAPSARC, 2015) on the KAPSARC Toolkit for Behavioral Analysis; Coleman's and Bueno de
Mesquita's coalition strengths; Tullock (1980) for the contest. Invariants: probabilities sum to one; relabelling members or
options changes nothing; with all power in one member its favourite wins.
Units: utilities and pulls are relative; chances in [0, 1].
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from foedus.model.council.members import Council, Floats

Voting = Literal["proportional", "binary", "cubic"]
Rule = Literal["conditional", "markov"]
VOTING: tuple[Voting, ...] = ("proportional", "binary", "cubic")
RULES: tuple[Rule, ...] = ("conditional", "markov")


def coalition(council: Council, utility: Floats, voting: Voting = "proportional") -> Floats:
    """Return C, shape (O, O): the pull behind row against column. ``utility`` (N, O)."""
    gain = utility[:, :, None] - utility[:, None, :]
    gain = np.maximum(gain, 0.0)
    if voting == "binary":
        gain = (gain > 0).astype(np.float64)
    elif voting == "cubic":
        gain = gain**3
    return np.asarray(np.einsum("k,kab->ab", council.pull, gain))


def pairwise(strength: Floats, exponent: float = 1.0) -> Floats:
    """Return the chance that row beats column, shape (O, O); one half on the diagonal and where nobody cares."""
    top = np.maximum(strength, strength.T)
    ours = np.divide(strength, top, out=np.ones_like(strength), where=top > 0) ** exponent
    theirs = ours.T
    return np.asarray(ours / (ours + theirs))


def election(chance: Floats, rule: Rule = "conditional") -> Floats:
    """Return the distribution over options, shape (O,), from pairwise chances (O, O)."""
    return _conditional(chance) if rule == "conditional" else _markov(chance)


def _conditional(chance: Floats) -> Floats:
    others = ~np.eye(len(chance), dtype=bool)
    with np.errstate(divide="ignore"):
        log_p = np.where(others, np.log(chance), 0.0).sum(axis=1)
    if not np.isfinite(log_p).any():
        return _markov(chance)
    weight = np.exp(log_p - log_p.max())
    return np.asarray(weight / weight.sum())


def _markov(chance: Floats) -> Floats:
    """Solve p T = p with sum one; a nearly certain loser's tiny return keeps the chain irreducible only if it has one."""
    count = len(chance)
    move = chance.T / count
    np.fill_diagonal(move, 0.0)
    np.fill_diagonal(move, 1.0 - move.sum(axis=1))
    system = np.vstack([move.T - np.eye(count), np.ones((1, count))])
    target = np.concatenate([np.zeros(count), [1.0]])
    found = np.maximum(np.linalg.lstsq(system, target, rcond=None)[0], 0.0)
    return np.asarray(found / found.sum())


def condorcet_winner(strength: Floats) -> int | None:
    """Return the option with the stronger coalition against every other, or ``None``."""
    beats = (strength > strength.T) | np.eye(len(strength), dtype=bool)
    found = np.flatnonzero(beats.all(axis=1))
    return int(found[0]) if len(found) else None
