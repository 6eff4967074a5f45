"""From draws to the register: marginals of the entries' own kinds, and rank correlations between them.

A posterior enters the register as one row an entry, with the same kind of distribution and the same bounds as its prior, and a
table of correlations on the normal scale that joins the rows again when a run samples them.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from foedus.model.parameters import Entry

Floats = NDArray[np.float64]
LEVELS = np.array([0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95])
COLUMNS = ("name", "fit", "dist", "a", "b", "lower", "upper", "source", "as_of")


IDENTITY: tuple[Any, Any] = (float, float)
LINKS: dict[str, tuple[Any, Any]] = {
    "beta": (special.logit, special.expit),
    "logitnormal": (special.logit, special.expit),
    "lognormal": (np.log, np.exp),
}
"""From an entry's centre to the scale on which it is fitted, and back."""


@dataclass(frozen=True)
class Marginal:
    """A posterior marginal: the entry with its new numbers, and the draws' quantiles that it was fitted to."""

    entry: Entry
    quantiles: Floats
    misfit: float
    """Largest distance of a quantile from the draws', as a share of their 5 to 95 percent width."""


def weighted_quantiles(values: Floats, weight: Floats, levels: Floats = LEVELS) -> Floats:
    """Quantiles of weighted draws."""
    order = np.argsort(values, kind="stable")
    total = np.cumsum(weight[order]) - 0.5 * weight[order]
    return np.interp(levels, total / weight.sum(), values[order])


def marginal(prior: Entry, values: Floats, weight: Floats | None = None) -> Marginal:
    """Fit the prior's kind of distribution to draws by their quantiles."""
    even = np.full(len(values), 1 / len(values)) if weight is None else weight
    wanted = weighted_quantiles(np.asarray(values, float), even)
    width = wanted[-1] - wanted[0]

    forward, back = LINKS.get(prior.dist, IDENTITY)

    def entry(x: Floats) -> Entry:
        return replace(prior, a=float(back(x[0])), b=float(np.exp(x[1])))

    def misfit(x: Floats) -> Floats:
        return np.asarray((entry(x).quantile(LEVELS) - wanted) / width)

    found = optimize.least_squares(misfit, [float(forward(prior.a)), np.log(prior.b or 1.0)])
    best = entry(found.x)
    rounded = replace(best, a=_rounded(best.a), b=_rounded(best.b or 1.0))
    return Marginal(rounded, wanted, float(np.max(np.abs((rounded.quantile(LEVELS) - wanted) / width))))


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def correlations(columns: Floats, weight: Floats | None = None) -> Floats:
    """Correlations (entry, entry) of the draws' normal scores; ``columns`` (draw, entry)."""
    even = np.full(len(columns), 1 / len(columns)) if weight is None else weight / weight.sum()
    scores = np.empty_like(columns)
    for k in range(columns.shape[1]):
        order = np.argsort(columns[:, k], kind="stable")
        place = np.empty(len(columns))
        place[order] = np.cumsum(even[order]) - 0.5 * even[order]
        scores[:, k] = special.ndtri(np.clip(place, 1e-9, 1 - 1e-9))
    centred = scores - even @ scores
    covariance = (centred * even[:, None]).T @ centred
    sd = np.sqrt(np.diag(covariance))
    return np.asarray(covariance / np.outer(sd, sd))


def sparse(correlation: Floats, smallest: float) -> Floats:
    """Leave out what is within noise of zero, two decimals, shrunk where needed until all eigenvalues are above zero."""
    kept = np.where(np.abs(correlation) >= smallest, correlation, 0.0)
    np.fill_diagonal(kept, 1.0)
    off = kept - np.eye(len(kept))
    lowest = float(np.linalg.eigvalsh(kept)[0])
    shrink = 1.0 if lowest > 0.02 else 0.98 / (1 - lowest)
    return np.asarray(np.eye(len(kept)) + np.round(shrink * off, 2))


def posterior_csv(rows: list[dict[str, Any]]) -> str:
    """The text of the register's table of posteriors."""
    return _csv(COLUMNS, rows)


def row_of(entry: Entry, fit: str, source: str, as_of: str) -> dict[str, Any]:
    """One row of that table."""
    bounds = {k: "" if v is None else f"{v:g}" for k, v in (("lower", entry.lower), ("upper", entry.upper))}
    return {"name": entry.name, "fit": fit, "dist": entry.dist, "a": f"{entry.a:g}", "b": f"{entry.b:g}", **bounds,
            "source": source, "as_of": as_of}  # fmt: skip


def correlation_csv(names: list[str], matrix: Floats) -> str:
    """The text of the register's table of correlations: pairs, first before second."""
    rows = [
        {"one": names[i], "other": names[j], "correlation": f"{matrix[i, j]:g}"}
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if matrix[i, j] != 0
    ]
    return _csv(("one", "other", "correlation"), rows)


def _csv(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
