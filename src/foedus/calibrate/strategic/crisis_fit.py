"""Estimators of the crisis game: pseudo-likelihood, nested pseudo-likelihood, full equilibrium likelihood."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.calibrate.strategic.crisis import CLIP, Crises, Floats, Pseudo, full, pseudo
from foedus.calibrate.strategic.maximise import Maximum, Scores, maximise
from foedus.errors import InputError
from foedus.model.games.select import Rule

NPL_ROUNDS = 400
NPL_TOLERANCE = 1e-8


class Fit(NamedTuple):
    """An estimate of the crisis game."""

    maximum: Maximum
    covariance: Floats
    resist: Floats
    firm: Floats
    rounds: int


def _pseudo_scores(data: Crises, resist: Floats, firm: Floats) -> Scores:
    def scores(theta: Floats) -> tuple[Floats, Floats]:
        part = pseudo(data.design.utilities(theta), data.counts, resist, firm)
        return part.value, data.design.gradient(part.by_payoff)

    return scores


def check_probabilities(resist: Floats, firm: Floats) -> None:
    """Refuse choice probabilities outside the open unit interval."""
    for name, values in (("p_R", resist), ("p_F", firm)):
        bad = ~((values > 0.0) & (values < 1.0))
        if bad.any():
            where = int(np.argmax(bad))
            raise InputError(
                f"first-stage {name} must lie strictly between 0 and 1; row {where + 1} has {values[where]:g}",
                field=name,
            )


def _fisher(data: Crises, part: Pseudo) -> Floats:
    """Expected information in coefficients (p, p)."""
    blocks = list(data.design.blocks.values())
    rows = [
        np.concatenate(
            [left.T @ (part.information[j, k][:, None] * right) for k, right in enumerate(blocks)], axis=1
        )
        for j, left in enumerate(blocks)
    ]
    return np.concatenate(rows, axis=0)


def _ascend(data: Crises, theta: Floats, resist: Floats, firm: Floats, steps: int, tolerance: float) -> Floats:
    """Take steps of Fisher scoring in the pseudo-likelihood, each halved until it rises."""
    part = pseudo(data.design.utilities(theta), data.counts, resist, firm)
    for _ in range(steps):
        gradient = data.design.gradient(part.by_payoff).sum(0)
        step = np.linalg.lstsq(_fisher(data, part), gradient, rcond=1e-12)[0]
        share = 1.0
        while True:
            trial = pseudo(data.design.utilities(theta + share * step), data.counts, resist, firm)
            if trial.value.sum() >= part.value.sum() - 1e-9 or share < 1e-6:
                break
            share *= 0.5
        theta, part = theta + share * step, trial
        if np.abs(share * step).max() < tolerance:
            break
    return theta


def _start(data: Crises) -> Floats:
    return np.zeros(data.design.size)


def pl(data: Crises, resist: Floats, firm: Floats, start: Floats | None = None) -> Fit:
    """Pseudo-likelihood given first-stage probabilities (E9); standard errors take the first stage as known."""
    check_probabilities(resist, firm)
    theta = _ascend(data, _start(data) if start is None else start, resist, firm, 60, 1e-6)
    best = maximise(_pseudo_scores(data, resist, firm), theta, spread=data.design.spread)
    opg = best.scores.T @ best.scores
    return Fit(best, np.asarray(np.linalg.inv(opg), dtype=np.float64), resist, firm, 1)


def npl(data: Crises, resist: Floats, firm: Floats, start: Floats | None = None) -> Fit:
    """Nested pseudo-likelihood (E10): a fixed point of coefficients and choice probabilities.

    Each round takes a few scoring steps and one best-response step of the probabilities; at the fixed point both stop
    moving. The covariance is (E12) with the Jacobian the right way round.
    """
    check_probabilities(resist, firm)
    theta = _ascend(data, _start(data) if start is None else start, resist, firm, 12, 1e-4)
    resist, firm = np.clip(resist, CLIP, 1 - CLIP), np.clip(firm, CLIP, 1 - CLIP)
    change = np.inf
    rounds = 0
    while rounds < NPL_ROUNDS and change > NPL_TOLERANCE:
        before = theta
        theta = _ascend(data, theta, resist, firm, 2, 1e-10)
        part = pseudo(data.design.utilities(theta), data.counts, resist, firm)
        resist_new = np.clip(part.best_resist, CLIP, 1 - CLIP)
        firm_new = np.clip(part.best_firm, CLIP, 1 - CLIP)
        change = max(
            np.abs(resist_new - resist).max(), np.abs(firm_new - firm).max(), np.abs(theta - before).max()
        )
        resist, firm = resist_new, firm_new
        rounds += 1
    part = pseudo(data.design.utilities(theta), data.counts, resist, firm)
    return Fit(
        _npl_maximum(data, theta, part, rounds, change), npl_covariance(data, part), resist, firm, rounds
    )


def _npl_maximum(data: Crises, theta: Floats, part: Pseudo, rounds: int, change: float) -> Maximum:
    scores = data.design.gradient(part.by_payoff)
    converged = bool(change <= NPL_TOLERANCE)
    advice = (
        ""
        if converged
        else (
            f"nested pseudo-likelihood still moved by {change:.1e} after {rounds} rounds: its fixed point is not stable here; "
            "use --estimator cmle"
        )
    )
    return Maximum(
        theta, float(part.value.sum()), scores.sum(0), -_fisher(data, part), scores, rounds, converged, advice
    )


def npl_covariance(data: Crises, part: Pseudo) -> Floats:
    """Return A^-1 O A'^-1 with A = O + sum of score times (dl/dP) (I - J)^-1 K (E12)."""
    s = data.design.gradient(part.by_payoff)
    k_resist, k_firm = data.design.gradient(part.resist_by_payoff), data.design.gradient(part.firm_by_payoff)
    # J = [[0, resist_by_firm], [firm_by_resist, 0]]; its inverse (I - J)^-1 in closed form, game by game.
    det = 1.0 - part.resist_by_firm * part.firm_by_resist
    total_resist = (k_resist + part.resist_by_firm[:, None] * k_firm) / det[:, None]
    total_firm = (k_firm + part.firm_by_resist[:, None] * k_resist) / det[:, None]
    through = part.by_probability[0][:, None] * total_resist + part.by_probability[1][:, None] * total_firm
    outer = s.T @ s
    inverse = np.linalg.inv(outer + s.T @ through)
    return np.asarray(inverse @ outer @ inverse.T)


def _full_scores(data: Crises, rule: Rule | None) -> Scores:
    def scores(theta: Floats) -> tuple[Floats, Floats]:
        part = full(data.design.utilities(theta), data.counts, rule)
        return part.value, data.design.gradient(part.by_payoff)

    return scores


def equilibrium_likelihood(data: Crises, starts: list[Floats], rule: Rule | None = None) -> Fit:
    """Maximise the true likelihood over coefficients and equilibria.

    With ``rule`` None this is the constrained likelihood: every game plays whichever of its equilibria the data favour.
    With a rule it is the traditional likelihood of that selection. Equilibrium holds at every step to rounding, so the
    constraint needs no multipliers; several starts guard against local maxima.
    """
    best: Maximum | None = None
    scores = _full_scores(data, rule)
    for start in starts:
        rough = _rough(scores, start)
        found = maximise(scores, rough, spread=data.design.spread, near=True)
        if not found.converged:
            found = maximise(scores, rough, spread=data.design.spread)
        if best is None or (found.converged, found.loglik) > (best.converged, best.loglik):
            best = found
    if best is None:
        raise InputError("no start values for the likelihood")
    part = full(data.design.utilities(best.theta), data.counts, rule)
    from foedus.model.games import exact

    ends = exact.outcomes(data.design.utilities(best.theta), part.x)
    bread = np.asarray(np.linalg.inv(-best.hessian), dtype=np.float64)
    return Fit(best, bread, ends[5], ends[6], best.evaluations)


def _rough(scores: Scores, start: Floats) -> Floats:
    """A few steps on the outer product of scores, which need no second derivatives."""
    theta = start
    value, s = scores(theta)
    for _ in range(15):
        step = np.linalg.lstsq(s.T @ s, s.sum(0), rcond=1e-10)[0]
        share = 1.0
        while share > 1e-4:
            trial, trial_scores = scores(theta + share * step)
            if np.isfinite(trial).all() and trial.sum() > value.sum():
                break
            share *= 0.5
        else:
            return theta
        gained = float(trial.sum() - value.sum())
        theta, value, s = theta + share * step, trial, trial_scores
        if gained < 1e-3:
            break
    return theta
