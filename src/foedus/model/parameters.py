"""The parameter register: every uncertain number of the model, with prior, unit, source and status.

The table ``parameters.csv`` beside this file holds one row per entry. ``a`` and ``b`` mean

===============  ==========================================  =================================
dist             a                                           b
===============  ==========================================  =================================
normal           mean                                        standard deviation
lognormal        median                                      standard deviation of the log
logitnormal      median, as a probability                    standard deviation of the logit
beta             mean                                        concentration (alpha + beta)
uniform          low                                         high
triangular       low                                         high, with the mode half-way
fixed            value
===============  ==========================================  =================================

``lower`` and ``upper`` truncate the distribution.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy import special

from foedus.errors import InputError, did_you_mean
from foedus.model.stand_alone import STAND_ALONE

Floats = NDArray[np.float64]

DISTRIBUTIONS = ("normal", "lognormal", "logitnormal", "beta", "uniform", "triangular", "fixed")
STATUSES = ("measured", "estimated", "elicited", "assumed")

SOFT = "levels"
"""The fit to soft constraints."""

RECORD = "record"
"""System of the entries that say how the record is read."""

# Keeps the tails of unbounded priors finite: one draw in ten million lies beyond.
_TAIL = 1e-7


@dataclass(frozen=True)
class Entry:
    """One row of the register. ``a``, ``b``, ``lower`` and ``upper`` are in ``unit``."""

    name: str
    system: str
    meaning: str
    unit: str
    dist: str
    a: float
    b: float | None
    lower: float | None
    upper: float | None
    source: str
    as_of: str
    status: str

    def quantile(self, u: Floats) -> Floats:
        """Return the value at probability ``u`` (any shape, in (0, 1)), in ``unit``."""
        if self.dist == "fixed":
            return self._ppf(u)
        low = 0.0 if self.lower is None else self._cdf(self.lower)
        high = 1.0 if self.upper is None else self._cdf(self.upper)
        value = self._ppf(np.clip(low + (high - low) * u, _TAIL, 1 - _TAIL))
        return np.clip(value, self.lower, self.upper) if self.bounded else value

    @property
    def bounded(self) -> bool:
        """Whether a truncation applies."""
        return self.lower is not None or self.upper is not None

    def _cdf(self, x: float) -> float:
        a, b = self.a, self.b or 0.0
        if self.dist == "normal":
            return float(special.ndtr((x - a) / b))
        if self.dist == "lognormal":
            return float(special.ndtr(np.log(x / a) / b)) if x > 0 else 0.0
        if self.dist == "logitnormal":
            return float(special.ndtr((special.logit(x) - special.logit(a)) / b))
        if self.dist == "beta":
            return float(special.betainc(a * b, (1 - a) * b, np.clip(x, 0, 1)))
        return float(np.clip((x - a) / (b - a), 0, 1))

    def _ppf(self, u: Floats) -> Floats:
        a, b = self.a, self.b or 0.0
        if self.dist == "normal":
            return np.asarray(a + b * special.ndtri(u))
        if self.dist == "lognormal":
            return np.asarray(a * np.exp(b * special.ndtri(u)))
        if self.dist == "logitnormal":
            return np.asarray(special.expit(special.logit(a) + b * special.ndtri(u)))
        if self.dist == "beta":
            return np.asarray(special.betaincinv(a * b, (1 - a) * b, u))
        if self.dist == "uniform":
            return a + (b - a) * u
        if self.dist == "triangular":
            return a + (b - a) * np.where(u < 0.5, np.sqrt(u / 2), 1 - np.sqrt((1 - u) / 2))
        return np.full(np.shape(u), a)

    def describe_prior(self) -> str:
        """Return the prior in words, such as ``normal(0.5, 0.3), at least 0``."""
        body = f"{self.a:g}" if self.b is None else f"{self.a:g}, {self.b:g}"
        bounds = [f"at least {self.lower:g}"] if self.lower is not None else []
        bounds += [f"at most {self.upper:g}"] if self.upper is not None else []
        return ", ".join([f"{self.dist}({body})", *bounds])


Register = dict[str, Entry]


@cache
def shipped_rows() -> tuple[Entry, ...]:
    """Return the entries of the shipped table, in its order."""
    text = files("foedus.model").joinpath("parameters.csv").read_text(encoding="utf-8")
    return tuple(_entry(row) for row in csv.DictReader(text.splitlines()))


@cache
def _posterior_rows() -> tuple[dict[str, str], ...]:
    text = files("foedus.model").joinpath("posterior.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def prior_register() -> Register:
    """Return the shipped priors by name, before the record had its say."""
    return {entry.name: entry for entry in shipped_rows()}


def register(without: str = "") -> Register:
    """Return the register that runs use: the priors, with the posterior of ``posterior.csv`` where the record was fitted.

    ``without`` leaves out the rows of one fit, so that this fit can start from what came before it. Entries of stand-alone
    modules are left out: a run would draw them and never read them.
    """
    entries = {name: e for name, e in prior_register().items() if e.system not in STAND_ALONE}
    for row in _posterior_rows():
        if row["fit"] == without:
            continue
        entries[row["name"]] = _posterior(row, entries[row["name"]])
    return entries


def _posterior(row: dict[str, str], before: Entry) -> Entry:
    """Return the entry after a fit. Soft constraints are judgements too: they leave the status as it was."""
    kept = {key: getattr(before, key) for key in ("system", "meaning", "unit")}
    status = before.status if row["fit"] == SOFT else "estimated"
    source = f"{row['source']}; prior: {prior_register()[before.name].source}"
    return _entry({**row, **kept, "status": status, "source": source})


@cache
def _fitted() -> Register:
    names = {row["name"] for row in _posterior_rows()}
    return {name: entry for name, entry in register().items() if name in names}


@cache
def _correlation() -> tuple[tuple[str, ...], Floats]:
    """Return the names that go together and the lower Cholesky factor of their correlations on the normal scale."""
    text = files("foedus.model").joinpath("posterior_correlation.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    names = tuple(dict.fromkeys(name for row in rows for name in (row["one"], row["other"])))
    matrix = np.eye(len(names))
    for row in rows:
        i, j = names.index(row["one"]), names.index(row["other"])
        matrix[i, j] = matrix[j, i] = float(row["correlation"])
    return names, np.asarray(np.linalg.cholesky(matrix), np.float64)


def posterior_fits() -> dict[str, tuple[str, ...]]:
    """Return the names that each fit moved, by fit; an entry that two fits moved stands with the last."""
    last = {row["name"]: row["fit"] for row in _posterior_rows()}
    return {fit: tuple(n for n, f in last.items() if f == fit) for fit in dict.fromkeys(last.values())}


def posterior_correlations() -> dict[tuple[str, str], float]:
    """Return the correlation of each pair of fitted entries that the record ties together."""
    names, lower = _correlation()
    whole = lower @ lower.T
    return {
        (one, other): round(float(whole[i, j]), 2)
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i < j and abs(whole[i, j]) > 1e-9
    }


def constant(name: str) -> float:
    """Return the value of an entry that says how the record is read: the same for all draws and scenarios."""
    entry = prior_register()[name]
    if entry.dist != "fixed":
        raise InputError(
            f"{name} is read once for all draws, so it must be fixed, not {entry.dist}", field=name
        )
    return entry.a


def module_register(system: str) -> Register:
    """Return the entries of a stand-alone module, such as ``war``, on top of those that runs use."""
    return {**register(), **{name: e for name, e in prior_register().items() if e.system == system}}


def _entry(row: dict[str, str]) -> Entry:
    def number(key: str) -> float | None:
        return float(row[key]) if row[key] != "" else None

    numbers = {key: number(key) for key in ("b", "lower", "upper")}
    text = {key: row[key] for key in ("name", "system", "meaning", "unit", "dist", "source", "as_of", "status")}
    return Entry(a=float(row["a"]), **numbers, **text)  # type: ignore[arg-type]


def with_override(entries: Register, name: str, dist: str, a: float, b: float | None, source: str) -> Register:
    """Return the register with one prior replaced; the entry is then marked ``assumed``.

    Raises:
        InputError: the name is unknown or not a scenario's to replace, the distribution is unknown, or its arguments do not fit.
    """
    if name not in entries:
        raise InputError(
            f"unknown parameter {name!r}{did_you_mean(name, list(entries))}", field=f"parameters.{name}"
        )
    if entries[name].system == RECORD:
        text = f"{name} says how the record is read, the same for all scenarios: a scenario cannot replace it"
        raise InputError(text, field=f"parameters.{name}")
    entry = replace(entries[name], dist=dist, a=a, b=b, source=source, status="assumed")
    problem = prior_problem(entry)
    if problem:
        raise InputError(problem, field=f"parameters.{name}")
    return {**entries, name: entry}


def prior_problem(entry: Entry) -> str | None:
    """Return what is wrong with a prior, or ``None``."""
    a, b = entry.a, entry.b
    if entry.dist not in DISTRIBUTIONS:
        return f"unknown distribution {entry.dist!r}{did_you_mean(entry.dist, DISTRIBUTIONS)}"
    if entry.dist == "fixed":
        return None if _inside(entry, a) else f"value {a:g} lies outside {entry.describe_prior()}"
    if b is None:
        return f"distribution {entry.dist} needs two arguments"
    if entry.dist in ("uniform", "triangular"):
        return None if a < b else f"{entry.dist} needs low < high, got {a:g} and {b:g}"
    if b <= 0:
        return f"{entry.dist} needs a spread above zero, got {b:g}"
    if entry.dist in ("beta", "logitnormal") and not 0 < a < 1:
        return f"{entry.dist} needs a centre in (0, 1), got {a:g}"
    if entry.dist == "lognormal" and a <= 0:
        return f"lognormal needs a median above zero, got {a:g}"
    return None


def _inside(entry: Entry, value: float) -> bool:
    return (entry.lower is None or value >= entry.lower) and (entry.upper is None or value <= entry.upper)


def joined(uniforms: dict[str, Floats]) -> dict[str, Floats]:
    """Return uniforms of the fitted entries with the correlations of their posterior; the first of each group is unchanged.

    Sums run element by element in a fixed order, so that a draw's bits do not depend on how many are drawn with it.
    """
    names, lower = _correlation()
    if not all(name in uniforms for name in names):
        return {}
    normal = [special.ndtri(np.clip(uniforms[name], _TAIL, 1 - _TAIL)) for name in names]
    out = {}
    for i, name in enumerate(names):
        total = lower[i, i] * normal[i]
        for j in range(i):
            if lower[i, j] != 0.0:
                total = total + lower[i, j] * normal[j]
        out[name] = special.ndtr(total) if np.any(lower[i, :i]) else uniforms[name]
    return out


def sample(entries: Register, uniforms: dict[str, Floats]) -> dict[str, NDArray[np.float32]]:
    """Turn named uniforms of shape (draw,) into parameter values of shape (draw,), float32.

    Entries that stand as their fit left them are drawn together; one that a scenario replaced is drawn on its own.
    """
    together, fitted = joined(uniforms), _fitted()
    return {
        name: entry.quantile(
            together[name] if fitted.get(name) == entry and name in together else uniforms[name]
        ).astype(np.float32)
        for name, entry in entries.items()
    }
