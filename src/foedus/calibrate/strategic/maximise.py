"""Maximum likelihood with checked convergence, and the covariances that go with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, optimize

from foedus.errors import InputError

Floats = NDArray[np.float64]
Scores = Callable[[Floats], tuple[Floats, Floats]]
"""Parameters (p,) to log-likelihood per unit (n,) and its gradient per unit (n, p)."""

GRADIENT_TOLERANCE = 1e-5
SEPARATED_AT = 25.0
COVARIANCES = ("hessian", "opg", "sandwich", "cluster")


class Maximum(NamedTuple):
    """Where a likelihood is highest, and whether that was verified."""

    theta: Floats
    loglik: float
    gradient: Floats
    hessian: Floats
    scores: Floats
    evaluations: int
    converged: bool
    advice: str


def check_design(design: Floats, names: list[str], *, what: str = "design") -> None:
    """Refuse a design with columns that are linear combinations of the others, naming one of them."""
    if not np.isfinite(design).all():
        raise InputError(
            f"{what} holds a value that is not a finite number; drop or mend those rows", field=what
        )
    if design.shape[1] == 0:
        return
    scale = np.linalg.norm(design, axis=0)
    if (scale == 0).any():
        zero = names[int(np.argmin(scale))]
        raise InputError(f"regressor {zero} is always zero; take it out", field=what)
    _, r, order = linalg.qr(design / scale, mode="economic", pivoting=True)
    weak = np.abs(np.diag(r)) < 1e-9 * abs(r[0, 0])
    if weak.any() or design.shape[0] < design.shape[1]:
        culprit = names[int(order[int(np.argmax(weak))])] if weak.any() else names[-1]
        raise InputError(
            f"singular design: {culprit} is a linear combination of the other regressors; take it out",
            field=what,
        )


def numerical_hessian(scores: Scores, theta: Floats) -> Floats:
    """Return the Hessian of the summed log-likelihood from central differences of its gradient."""
    p = theta.size
    hessian = np.empty((p, p))
    for k in range(p):
        step = 1e-5 * (1.0 + abs(theta[k]))
        up, down = theta.copy(), theta.copy()
        up[k], down[k] = theta[k] + step, theta[k] - step
        hessian[k] = (scores(up)[1].sum(0) - scores(down)[1].sum(0)) / (2.0 * step)
    return 0.5 * (hessian + hessian.T)


def _climb(scores: Scores, start: Floats, counter: list[int]) -> Floats:
    """Climb by a quasi-Newton method in coordinates scaled by the start's outer product of scores."""
    ll, s = scores(start)
    if not np.isfinite(ll).all():
        raise InputError("the likelihood is not finite at the start values; check payoffs and outcomes")
    scale = 1.0 / np.sqrt(np.maximum((s * s).sum(0), 1e-8))

    def negative(point: Floats) -> tuple[float, Floats]:
        counter[0] += 1
        value, gradient = scores(start + point * scale)
        total = float(value.sum())
        if not np.isfinite(total):
            return 1e300, np.zeros_like(point)
        return -total, -gradient.sum(0) * scale

    result = optimize.minimize(
        negative, np.zeros_like(start), jac=True, method="BFGS", options={"gtol": 1e-4, "maxiter": 400}
    )
    return np.asarray(start + result.x * scale)


def _newton(scores: Scores, theta: Floats, counter: list[int], rounds: int = 8) -> tuple[Floats, Floats]:
    """Finish with Newton steps, each halved until the likelihood rises: (parameters, Hessian)."""
    hessian = numerical_hessian(scores, theta)
    for _ in range(rounds):
        value, s = scores(theta)
        gradient = s.sum(0)
        try:
            step = -np.linalg.solve(hessian, gradient)
        except np.linalg.LinAlgError:
            break
        if gradient @ step <= 0:
            break
        share = 1.0
        while share > 1e-4 and not scores(theta + share * step)[0].sum() >= value.sum():
            share *= 0.5
            counter[0] += 1
        if share <= 1e-4:
            break
        theta = theta + share * step
        if np.abs(share * step).max() < 1e-7 * (1.0 + np.abs(theta).max()):
            break
        counter[0] += 2 * theta.size
        hessian = numerical_hessian(scores, theta)
    return theta, hessian


def maximise(scores: Scores, start: Floats, *, spread: Floats | None = None, near: bool = False) -> Maximum:
    """Maximise a log-likelihood and say whether first and second order conditions hold.

    Args:
        scores: log-likelihood and gradient per unit.
        start: start values.
        spread: standard deviation of each regressor; a coefficient above 25 of the likelihood's own units per
            standard deviation counts as separation.
        near: the start is close to the maximum, so that Newton steps alone may do.
    """
    counter = [0]
    theta = np.asarray(start, float) if near else _climb(scores, np.asarray(start, float), counter)
    theta, hessian = _newton(scores, theta, counter)
    value, s = scores(theta)
    gradient = s.sum(0)
    values = np.linalg.eigvalsh(-hessian)
    if spread is not None and (np.abs(theta) * spread > SEPARATED_AT).any():
        worst = int(np.argmax(np.abs(theta) * spread))
        raise InputError(
            f"separated data: coefficient {worst + 1} runs off to {theta[worst]:.3g}, so a regressor predicts an outcome "
            "perfectly; drop it or pool its levels"
        )
    flat = np.abs(gradient).max() <= GRADIENT_TOLERANCE * (1.0 + abs(value.sum()) ** 0.5)
    peaked = bool(values[0] > 1e-9 * max(values[-1], 1e-300))
    advice = "" if flat and peaked else _advice(bool(flat), peaked)
    return Maximum(theta, float(value.sum()), gradient, hessian, s, counter[0], bool(flat and peaked), advice)


def _advice(flat: bool, peaked: bool) -> str:
    if not peaked:
        return "the likelihood is flat in some direction: drop a regressor or put more data behind it"
    return "the search stopped before the gradient vanished: try other start values" if not flat else ""


def covariance(maximum: Maximum, kind: str = "hessian", clusters: NDArray[np.int64] | None = None) -> Floats:
    """Return the covariance of the estimates.

    Args:
        maximum: a verified maximum.
        kind: "hessian" (inverse negative Hessian), "opg" (outer product of scores), "sandwich", or "cluster".
        clusters: group number per unit, for "cluster".
    """
    if kind == "opg":
        return _inverse(maximum.scores.T @ maximum.scores)
    bread = _inverse(-maximum.hessian)
    if kind == "hessian":
        return bread
    if kind == "cluster":
        if clusters is None:
            raise InputError("clustered standard errors need a column of groups", field="cluster")
        groups = np.unique(clusters, return_inverse=True)[1]
        summed = np.zeros((groups.max() + 1, maximum.theta.size))
        np.add.at(summed, groups, maximum.scores)
        correction = summed.shape[0] / max(summed.shape[0] - 1, 1)
        return np.asarray(bread @ (summed.T @ summed) @ bread * correction)
    if kind == "sandwich":
        return np.asarray(bread @ (maximum.scores.T @ maximum.scores) @ bread)
    raise InputError(f"unknown covariance {kind!r}; known: {', '.join(COVARIANCES)}", field="covariance")


def _inverse(matrix: Floats) -> Floats:
    try:
        return np.asarray(np.linalg.inv(matrix))
    except np.linalg.LinAlgError as error:
        raise InputError(
            "the information matrix is singular: the data do not identify every coefficient"
        ) from error
