"""How much the patron's postings change from year to year, host by host: the scale that a run gives them.

Log changes of active-duty persons by host, September to September, less the median of the year over hosts (what is common to
hosts are orders, which a run has by itself), follow a Student t with ``scale^2 = all^2 + few^2 / persons``. Maximum likelihood with the
register's degrees of freedom; the spread of an estimate on the log scale is taken from the curvature of the likelihood.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import optimize, stats

from foedus.calibrate.hindcast_posture import SMALLEST, WINDOW, yearly_forces
from foedus.calibrate.scores import Floats
from foedus.errors import InputError
from foedus.model.parameters import constant

FEWEST_HOSTS = 4
"""Hosts that a year needs for a median of its changes."""

FEWEST_CHANGES = 50
LARGE = 1000
"""Persons of a host whose largest yearly rise bounds a year's change."""

START = (0.06, 1.0)
STEP = 0.01
PRECISION = 1e-6
"""Of the logs of the scales."""
ENTRIES = ("posture.all", "posture.few")


class Changes(NamedTuple):
    """Yearly changes on record, one for each host and year."""

    years: tuple[int, int]
    change: Floats  # log points, net of the year's median
    persons: Floats  # before the change


class Postings(NamedTuple):
    """The fit: two scales, and the spread of each on the log scale."""

    all: float  # log points
    few: float  # log points at one person
    spread: tuple[float, float]
    host_years: int
    years: tuple[int, int]


def changes(values: Floats, years: tuple[int, ...]) -> Changes:
    """Return the changes in ``values`` (year, host) of persons."""
    moved, before = np.diff(np.log(values), axis=0), values[:-1]
    kept = np.isfinite(moved) & (before >= SMALLEST)
    enough = kept.sum(axis=1) >= FEWEST_HOSTS
    kept &= enough[:, None]
    middle = np.array([np.median(row[on]) if on.any() else 0.0 for row, on in zip(moved, kept, strict=True)])
    seen = np.flatnonzero(enough)
    if not len(seen):
        raise InputError("no year with changes of enough hosts", field="as-of")
    span = (years[int(seen[0])], years[int(seen[-1]) + 1])
    return Changes(span, (moved - middle[:, None])[kept], before[kept])


def scale(every: float, few: float, persons: Floats) -> Floats:
    """Return the scale of a year's change, log points."""
    return np.sqrt(every**2 + few**2 / np.maximum(persons, 1.0))


def fit(found: Changes) -> Postings:
    """Fit the two scales.

    Errors: InputError with fewer changes than ``FEWEST_CHANGES``.
    """
    if len(found.change) < FEWEST_CHANGES:
        raise InputError(
            f"{len(found.change)} yearly changes on record, {FEWEST_CHANGES} are needed", field="as-of"
        )

    tail = constant("posture.tail")

    def loss(logs: Floats) -> float:
        every, few = np.exp(logs)
        width = scale(every, few, found.persons)
        return -float(np.sum(stats.t.logpdf(found.change / width, tail) - np.log(width)))

    best = optimize.minimize(loss, np.log(START), method="Nelder-Mead", tol=PRECISION).x
    every, few = (float(x) for x in np.exp(best))
    one, two = (float(x) for x in np.sqrt(np.diag(np.linalg.inv(_curvature(loss, best)))))
    return Postings(every, few, (one, two), len(found.change), found.years)


def _curvature(loss: Callable[[Floats], float], at: Floats) -> Floats:
    """Second derivatives by central differences."""
    steps = STEP * np.eye(len(at))

    def second(a: Floats, b: Floats) -> float:
        return (loss(at + a + b) - loss(at + a - b) - loss(at - a + b) + loss(at - a - b)) / (4 * STEP**2)

    return np.array([[second(a, b) for b in steps] for a in steps])


def known_by(as_of: dt.date | None) -> Postings:
    """Return the fit to the newest years of the reports that were out on a date, or of all: those that ``hindcast posture`` sees."""
    years, _, values = yearly_forces(as_of)
    return fit(changes(values[-WINDOW:], years[-WINDOW:]))


def largest_rise(as_of: dt.date | None) -> float:
    """Return the largest yearly rise on record of a host of LARGE persons or more, log points."""
    years, _, values = yearly_forces(as_of)
    found = changes(values, years)
    return float(np.max(found.change[found.persons >= LARGE]))
