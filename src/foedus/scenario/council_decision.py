"""What a council decides: compromise, bargaining, the probabilistic election, and the price of consensus."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from foedus.model.council import weighted_mean, weighted_median
from foedus.model.council.challenge import Bargain, bargain
from foedus.model.council.condorcet import coalition, condorcet_winner, election, pairwise
from foedus.model.council.consensus import Price, agreement_zone, best_option, price, silence
from foedus.model.council.members import single_peaked
from foedus.scenario.council_file import CouncilCase

PRICE_POINTS = 41


def decide(case: CouncilCase) -> dict[str, Any]:
    """Return everything the council models say about a case, as plain values."""
    council, names = case.council, case.names
    utility = single_peaked(council, case.options)
    strength = coalition(council, utility, case.voting)
    chance = pairwise(strength)
    distribution = {rule: election(chance, rule) for rule in ("conditional", "markov")}
    winner = condorcet_winner(strength)
    expected = float(distribution["conditional"] @ case.options)
    grid = np.linspace(float(case.options.min()), float(case.options.max()), PRICE_POINTS)
    zone = agreement_zone(council.position, case.fallback)
    best = best_option(council.position, case.value, case.fallback, np.unique(np.append(grid, case.options)))
    found = {
        "title": case.title,
        "line": case.line,
        "note": case.note,
        "fallback": case.fallback,
        "threshold": case.threshold,
        "members": [
            {"name": n, "position": float(x), "salience": float(s), "power": float(w)}
            for n, x, s, w in zip(names, council.position, council.salience, council.power, strict=True)
        ],
        "compromise": weighted_mean(council),
        "median": weighted_median(council),
        "bargaining": _bargaining(bargain(council), names),
        "election": {
            "voting": case.voting,
            "options": case.options.tolist(),
            "conditional": distribution["conditional"].tolist(),
            "markov": distribution["markov"].tolist(),
            "mean": expected,
            "condorcet_winner": None if winner is None else float(case.options[winner]),
        },
        "consensus": {
            "zone_without_payment": None if zone is None else list(zone),
            "at_median": _price(case, weighted_median(council)),
            "at_compromise": _price(case, weighted_mean(council)),
            "at_largest_sum_of_gains": _price(case, best),
            "curve": [_point(case, float(x)) for x in grid],
        },
    }
    return found if case.breaks is None else {**found, "silence": _silence(case.breaks)}


def _silence(breaks: dict[str, float]) -> dict[str, Any]:
    """The silence procedure as the quarter's step has it (`foedus.model.council.invocation`)."""
    return {
        "chance_of_consensus": math.prod(1.0 - chance for chance in breaks.values()),
        "chance_to_break_silence": dict(sorted(breaks.items(), key=lambda one: (-one[1], one[0]))),
    }


def _bargaining(done: Bargain, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "outcome": done.outcome,
        "settled": done.settled,
        "rounds": [
            {
                "median": one.median,
                "mean": one.mean,
                "offers": [{"from": names[i], "to": names[j], "kind": kind} for i, j, kind in one.offers],
            }
            for one in done.rounds
        ],
        "positions": dict(zip(names, done.position.tolist(), strict=True)),
    }


def _found(case: CouncilCase, option: float) -> Price:
    return price(case.council.position, case.value, case.votes, option, case.fallback, case.threshold)


def _price(case: CouncilCase, option: float) -> dict[str, Any]:
    found = _found(case, option)
    out: dict[str, Any] = {
        "option": option,
        "blockers": [case.names[k] for k in found.blockers],
        "payments_usd_billion": {case.names[k]: float(found.payment[k]) for k in found.paid},
        "price_usd_billion": found.price,
        "gains_of_those_who_gain_usd_billion": found.means,
        "carried": found.carried,
    }
    if case.noise is not None:
        breaks, consensus = silence(found.gains, case.noise)
        out["chance_of_consensus_without_payment"] = consensus
        out["chance_to_break_silence"] = dict(zip(case.names, breaks.tolist(), strict=True))
    return out


def _point(case: CouncilCase, option: float) -> dict[str, Any]:
    found = _found(case, option)
    return {
        "option": option, "price_usd_billion": found.price, "means_usd_billion": found.means,
        "blockers": len(found.blockers),
    }  # fmt: skip
