"""What an ultimatum with a deadline extracts, and when it backfires.

The patron asks each addressed ally for a tribute of tau percent of GDP a year, else it leaves. The ally that pays spends so much less on its own line; the
patron leaves with a chance equal to the share of the addressed GDP that refuses. Paying makes sense where the ally's security is higher with it, given
what the others do: a game of strategic complements, solved from both ends (everyone pays at first; nobody does). The demand itself is a signal: observers
update beliefs by the types' rates of making demands, discounted as talk.

- extracted: tribute paid
- backfires: the mean security of those addressed is lower than without the ultimatum although some pay, or nobody pays
Units: percent of GDP, billion USD of 2021 a year, log odds. Source: design 4.7; Milgrom and Roberts (1990) for both ends; register
entries ``hedging.*``, ``politics.demand.*`` and ``beliefs.talk_weight``.
Invariants: the end reached from all paying never has fewer payers than that from none; a demand lowers the belief in a committed patron; a patron
that would not come anyway extracts nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.model.hedging_equilibrium import BUY, OWN, Alliance, Floats, Terms, security


class Outcome(NamedTuple):
    """One end of the ultimatum's game."""

    pays: Floats  # (N,) 1 where the ally pays
    extracted: float  # billion USD a year
    leaves: float  # chance that the patron leaves
    security: Floats  # (N,) log odds


class Ultimatum(NamedTuple):
    """Both ends for one demand, and the state without it."""

    demand: float  # percent of GDP a year
    upper: Outcome
    lower: Outcome
    before: Floats  # (N,) log odds without the ultimatum


def after_demand(belief: Floats, demand_rates: Floats, talk_weight: float) -> Floats:
    """Return beliefs over types (3,) after a demand, discounted as talk."""
    weight = belief * demand_rates**talk_weight
    return np.asarray(weight / weight.sum())


def ultimatum(alliance: Alliance, terms: Terms, demand: float, belief_after: Floats) -> Ultimatum:
    """Return both ends of the game for a demand in percent of GDP a year; all allies are addressed.

    An ally's budget goes to its own line; what it pays is taken from that, and from its spending where the budget does not reach.
    """
    count = len(alliance.gdp)
    own = np.zeros((count, 4))
    own[:, OWN] = alliance.budget
    before = security(alliance, terms, own)
    told = alliance._replace(belief=belief_after)
    ends = [_settle(told, terms, demand, np.full(count, start)) for start in (1.0, 0.0)]
    return Ultimatum(demand, ends[0], ends[1], before)


def _money(alliance: Alliance, demand: float, pays: Floats) -> Floats:
    tribute = 0.01 * demand * alliance.gdp * pays
    money = np.zeros((len(alliance.gdp), 4))
    money[:, OWN] = np.maximum(alliance.budget - tribute, -0.95 * alliance.spending)
    money[:, BUY] = tribute
    return money


def _settle(alliance: Alliance, terms: Terms, demand: float, pays: Floats) -> Outcome:
    """Best replies from one end, all at once; monotone, so at most N rounds."""
    for _ in range(len(pays) + 1):
        answer = _answers(alliance, terms, demand, pays)
        if np.array_equal(answer, pays):
            break
        pays = answer
    leaves = _leaves(alliance, pays)
    odds = _expected(alliance, terms, _money(alliance, demand, pays), leaves)
    tribute = float((0.01 * demand * alliance.gdp * pays).sum())
    return Outcome(pays, tribute, leaves, odds)


def _leaves(alliance: Alliance, pays: Floats) -> float:
    return float(1.0 - (pays * alliance.gdp).sum() / alliance.gdp.sum())


def _expected(alliance: Alliance, terms: Terms, money: Floats, leaves: float | Floats) -> Floats:
    stays = security(alliance, terms, money)
    gone = security(alliance, terms, money, part=alliance.withdrawing)
    return np.asarray((1.0 - leaves) * stays + leaves * gone)


def _answers(alliance: Alliance, terms: Terms, demand: float, pays: Floats) -> Floats:
    """Return each ally's best reply to the others: its own payment changes both its favour and the chance that the patron leaves."""
    answer = np.zeros_like(pays)
    for i in range(len(pays)):
        odds = []
        for choice in (0.0, 1.0):
            trial = pays.copy()
            trial[i] = choice
            money = _money(alliance, demand, trial)
            odds.append(float(_expected(alliance, terms, money, _leaves(alliance, trial))[i]))
        answer[i] = float(odds[1] > odds[0])
    return answer


def backfires(result: Ultimatum, end: Outcome) -> bool:
    """Whether an end leaves those addressed less secure on the mean than before the ultimatum."""
    return bool(end.security.mean() < result.before.mean())
