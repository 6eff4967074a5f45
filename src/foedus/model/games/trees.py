"""Strategic choice on small trees: three or four ends, and the ultimatum game.

Games 12, 122 and 123 are named after the players who move in turn. Payoffs are indices per observation; the last mover
compares payoffs, and earlier movers weigh what follows by its probability. Errors sit at the moves (``agent``) or in the
payoffs, known only to their owner (``private``). L is the normal or the logistic distribution function; both take the
index divided by a scale of sqrt 2, as is the field's habit, so that logit estimates are on the scale of probit ones.

Source: Signorino, American Political Science Review 93 (1999) 279-297, and Signorino and Yilmaz, American Journal of
Political Science 47 (2003) 551-566, for the models; Ramsay and Signorino for the ultimatum game, whose optimal offer is
re-derived here. Invariant: probabilities of ends sum to one. External check: fits and predictions of the reference
collection. Every function works on complex numbers too: an imaginary part carries a derivative.
Units: payoffs in standard deviations (probit) or scales (logit) of the errors; chances in [0, 1] that sum to one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from foedus.model.games.exact import reverse_hazard

Numbers = NDArray[Any]

ROOT_2 = math.sqrt(2.0)


class Shape(NamedTuple):
    """A tree: its payoffs in order, its ends, groups of payoffs that may not share a regressor, and its likelihood."""

    payoffs: tuple[str, ...]
    ends: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    log_ends: Callable[[Numbers, str, str], Numbers]


def log_cdf(x: Numbers, link: str) -> Numbers:
    """Return log L(x); the imaginary part of x is carried along to first order."""
    real = np.real(x)
    if link == "logit":
        value, slope = -np.logaddexp(0.0, -real), special.expit(-real)
    else:
        value, slope = special.log_ndtr(real), reverse_hazard(real)
    return value + 1j * slope * np.imag(x) if np.iscomplexobj(x) else value


def _choose(x: Numbers, link: str) -> tuple[Numbers, Numbers]:
    """Log probabilities of not choosing, choosing."""
    return log_cdf(-x, link), log_cdf(x, link)


def _scales(u: Numbers, at: int) -> tuple[Numbers, Numbers]:
    return np.exp(u[at] + u[at + 1]), np.exp(u[at] + u[at + 2])


def _game12(u: Numbers, link: str, error: str) -> Numbers:
    s1, s2 = _scales(u, 4)
    q3, q4 = _choose(u[3] / (ROOT_2 * s2), link)
    p3, p4 = np.exp(q3), np.exp(q4)
    width = ROOT_2 if error == "agent" else np.sqrt(1.0 + p3**2 + p4**2)
    q1, q2 = _choose((p3 * u[1] + p4 * u[2] - u[0]) / (s1 * width), link)
    return np.stack([q1, q2 + q3, q2 + q4])


def _game122(u: Numbers, link: str, error: str) -> Numbers:
    s1, s2 = _scales(u, 6)
    q3, q4 = _choose(u[4] / (ROOT_2 * s2), link)
    q5, q6 = _choose(u[5] / (ROOT_2 * s2), link)
    p3, p4, p5, p6 = (np.exp(q) for q in (q3, q4, q5, q6))
    width = ROOT_2 if error == "agent" else np.sqrt(p3**2 + p4**2 + p5**2 + p6**2)
    q1, q2 = _choose((p5 * u[2] + p6 * u[3] - p3 * u[0] - p4 * u[1]) / (s1 * width), link)
    return np.stack([q1 + q3, q1 + q4, q2 + q5, q2 + q6])


def _game123(u: Numbers, link: str, error: str) -> Numbers:
    q5, q6 = _choose(u[7] / ROOT_2, link)
    p5, p6 = np.exp(q5), np.exp(q6)
    private = error == "private"
    width4 = np.sqrt(1.0 + p5**2 + p6**2) if private else ROOT_2
    q3, q4 = _choose((p5 * u[5] + p6 * u[6] - u[4]) / width4, link)
    p3, p4 = np.exp(q3), np.exp(q4)
    width2 = np.sqrt(1.0 + p3**2 + (p4 * p5) ** 2 + (p4 * p6) ** 2) if private else ROOT_2
    q1, q2 = _choose((p3 * u[1] + p4 * (p5 * u[2] + p6 * u[3]) - u[0]) / width2, link)
    return np.stack([q1, q2 + q3, q2 + q4 + q5, q2 + q4 + q6])


_SCALES = ("log_scale", "log_scale_1", "log_scale_2")

SHAPES: dict[str, Shape] = {
    "12": Shape(("u11", "u13", "u14", "u24", *_SCALES), ("1", "3", "4"), (("u11", "u13", "u14"),), _game12),
    "122": Shape(
        ("u11", "u12", "u13", "u14", "u22", "u24", *_SCALES),
        ("1", "2", "3", "4"),
        (("u11", "u12", "u13", "u14"),),
        _game122,
    ),
    "123": Shape(
        ("u11", "u13", "u15", "u16", "u23", "u25", "u26", "u36"),
        ("1", "3", "5", "6"),
        (("u11", "u13", "u15", "u16"), ("u23", "u25", "u26")),
        _game123,
    ),
}
"""Trees by name. A scale is 1 unless its logarithm has a formula; ``log_scale`` is common to both players."""

ULTIMATUM_PAYOFFS = ("R1", "R2", "log_s1", "log_s2")


def optimal_offer(reservation: Numbers, responder: Numbers, pie: float, scale: Numbers | float) -> Numbers:
    """Return the proposer's best offer before censoring, from the first-order condition by Lambert's function.

    Accepting has probability Lambda((y - responder) / scale); the best y solves
    ``pie - y - reservation = scale * (1 + exp((y - responder) / scale))``.
    """
    best = (pie - reservation - scale - responder) / scale
    # W(exp(v)) without overflow: Newton on w + log w = v.
    lambertw: Any = special.lambertw
    small = np.real(lambertw(np.exp(np.minimum(best, 100.0))))
    w = np.where(best > 100.0, best - np.log(np.maximum(best, 1.0)), small)
    for _ in range(4):
        w = np.where(
            best > 100.0,
            w - (w + np.log(np.maximum(w, 1e-300)) - best) / (1.0 + 1.0 / np.maximum(w, 1e-300)),
            w,
        )
    return np.asarray(responder + scale * (best - w))


def log_ultimatum(u: Numbers, offer: Numbers, accept: Numbers | None, pie: float) -> Numbers:
    """Return the log-likelihood per play of an offer (censored at 0 and at the whole pie) and, if given, its acceptance.

    Args:
        u: rows R1, R2, log s1, log s2.
        offer: offers in [0, pie].
        accept: 1 accepted, 0 rejected, or None for the offers alone.
        pie: the largest offer.
    """
    s1, s2 = np.exp(u[2]), np.exp(u[3])
    lean = np.exp((offer - u[1]) / s2)
    reservation = pie - offer - s2 * (1.0 + lean)
    t = (u[0] - reservation) / s1
    inside = log_cdf(t, "logit") + log_cdf(-t, "logit") - u[2] + np.log(1.0 + lean)
    value = np.where(offer <= 0, log_cdf(t, "logit"), np.where(offer >= pie, log_cdf(-t, "logit"), inside))
    if accept is None:
        return value
    lot = (offer - u[1]) / s2
    return value + np.where(accept > 0, log_cdf(lot, "logit"), log_cdf(-lot, "logit"))


ULTIMATUM_ENDS = ("offer", "accepted", "offers nothing", "offers all")
"""What `ultimatum_outcomes` returns: the mean offer, in units of the pie, and three probabilities."""
_OFFER_POINTS = 200


def ultimatum_outcomes(u: Numbers, pie: float) -> Numbers:
    """Return (4, n): mean offer, and the chances that the offer is accepted, is nothing, is the whole pie.

    The offer is at most y with chance F(y) = Lambda((R1 - reservation(y)) / s1), as in `log_ultimatum`, and is accepted with
    chance A(y) = Lambda((y - R2) / s2). Then E[y] is the integral of 1 - F over the pie, and E[A] = A(0) plus that of
    A'(1 - F).

    Args:
        u: rows R1, R2, log s1, log s2, each (n,).
        pie: the largest offer.
    """
    s1, s2 = np.exp(u[2]), np.exp(u[3])

    def at_most(offer: Numbers) -> Numbers:
        with np.errstate(over="ignore"):
            reservation = pie - offer - s2 * (1.0 + np.exp((offer - u[1]) / s2))
        return np.asarray(special.expit((u[0] - reservation) / s1))

    nodes, weights = np.polynomial.legendre.leggauss(_OFFER_POINTS)
    offer = 0.5 * pie * (nodes[:, None] + 1.0)
    more = 1.0 - at_most(offer)
    accept = special.expit((offer - u[1]) / s2)
    share = 0.5 * pie * weights
    accepted = special.expit(-u[1] / s2) + share @ (accept * (1.0 - accept) / s2 * more)
    nothing, everything = at_most(np.zeros((1, 1)))[0], 1.0 - at_most(np.full((1, 1), pie))[0]
    return np.stack([share @ more, accepted, nothing, everything])
