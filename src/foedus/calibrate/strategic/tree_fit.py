"""Maximum likelihood for the games 12, 122, 123 and the ultimatum game."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.calibrate.strategic.formula import Design
from foedus.calibrate.strategic.maximise import Floats, Maximum, Scores, maximise
from foedus.errors import InputError
from foedus.model.games.trees import SHAPES, log_ultimatum

_IMAGINARY = 1e-30


@dataclass(frozen=True)
class TreeData:
    """Which end each observation reached, and the design of the payoffs; ``fixed`` payoffs are constants."""

    shape: str
    outcome: NDArray[np.int64]
    design: Design
    link: str = "probit"
    error: str = "agent"
    fixed: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class UltimatumData:
    """Offers, acceptances (None: offers alone) and the pie."""

    offer: Floats
    accept: Floats | None
    pie: float
    design: Design


def _offsets(design: Design, fixed: tuple[tuple[str, float], ...]) -> Floats:
    values = dict(fixed)
    return np.array([values.get(name, 0.0) for name in design.blocks])[:, None]


def complex_scores(
    design: Design, offsets: Floats, value: Callable[[NDArray[np.complex128]], NDArray[np.complex128]]
) -> Scores:
    """Turn a log-likelihood of payoffs into one of coefficients, with exact derivatives by complex steps."""
    moving = [k for k, block in enumerate(design.blocks.values()) if block.shape[1]]

    def scores(theta: Floats) -> tuple[Floats, Floats]:
        u = (design.utilities(theta) + offsets).astype(complex)
        by_payoff = np.zeros(u.shape)
        with np.errstate(all="ignore"):
            base = np.real(value(u))
            for k in moving:
                shifted = u.copy()
                shifted[k] += 1j * _IMAGINARY
                by_payoff[k] = np.imag(value(shifted)) / _IMAGINARY
        return base, design.gradient(by_payoff)

    return scores


def tree_scores(data: TreeData) -> Scores:
    """Log-likelihood and gradient of a tree."""
    if data.error == "private" and data.link == "logit":
        raise InputError(
            "private information is defined for the probit link only; use --link probit or --error agent"
        )
    shape = SHAPES[data.shape]
    rows = np.arange(data.outcome.size)

    def value(u: NDArray[np.complex128]) -> NDArray[np.complex128]:
        return np.asarray(shape.log_ends(u, data.link, data.error)[data.outcome, rows])

    return complex_scores(data.design, _offsets(data.design, data.fixed), value)


def fit_tree(data: TreeData, starts: list[Floats] | None = None) -> Maximum:
    """Fit by maximum likelihood from zero (and any further start)."""
    counts = np.bincount(data.outcome, minlength=len(SHAPES[data.shape].ends))
    if (counts == 0).any():
        end = SHAPES[data.shape].ends[int(np.argmin(counts))]
        raise InputError(f"separated data: end {end} never happens, so its payoff has no finite estimate")
    scores = tree_scores(data)
    points = starts or [np.zeros(data.design.size)]
    return _best([maximise(scores, start, spread=data.design.spread) for start in points])


def _best(found: list[Maximum]) -> Maximum:
    return max(found, key=lambda m: (m.converged, m.loglik))


def ultimatum_scores(data: UltimatumData, fixed: tuple[tuple[str, float], ...] = ()) -> Scores:
    """Log-likelihood and gradient of the ultimatum game."""

    def value(u: NDArray[np.complex128]) -> NDArray[np.complex128]:
        return np.asarray(log_ultimatum(u, data.offer, data.accept, data.pie))

    return complex_scores(data.design, _offsets(data.design, fixed), value)


def fit_ultimatum(data: UltimatumData, fixed: tuple[tuple[str, float], ...] = ()) -> Maximum:
    """Fit the ultimatum game from several starts: its likelihood is known to have local maxima."""
    scores = ultimatum_scores(data, fixed)
    constant = dict(fixed).get("log_s2", 0.0)
    spread = float(np.log(max(data.offer.std(), 0.1)))
    scales = (0.0, spread) if data.design.terms["log_s2"] else (constant,)
    low, high = float(data.offer.min()), float(data.offer.max())
    grid = [
        _ultimatum_start(data, responder, log_s2)
        for responder in np.linspace(low, high, 41)[1:]
        for log_s2 in scales
    ]
    values = np.nan_to_num([float(scores(start)[0].sum()) for start in grid], nan=-np.inf)
    found = []
    for k in np.argsort(-values)[:4]:
        try:
            found.append(maximise(scores, grid[int(k)]))
        except InputError:
            continue
    if not found:
        raise InputError(
            "the ultimatum likelihood could not be evaluated from any start; check offers and the pie"
        )
    return _best(found)


def _ultimatum_start(data: UltimatumData, responder: float, log_s2: float) -> Floats:
    """Start values: a responder's reservation value, and the proposer that the offers then imply."""
    s2 = float(np.exp(log_s2))
    implied = data.pie - data.offer - s2 * (1.0 + np.exp(np.minimum((data.offer - responder) / s2, 30.0)))
    levels = {
        "R1": float(np.median(implied)),
        "R2": responder,
        "log_s1": float(np.log(max(implied.std(), 0.1))),
        "log_s2": log_s2,
    }
    start = np.zeros(data.design.size)
    for name, place in data.design.slices.items():
        for k, term in enumerate(data.design.terms[name]):
            if term == "Intercept":
                start[place.start + k] = levels[name]
    return start
