"""A question about the war, compiled: months to quarters, with one clear sentence where it makes no sense."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from foedus.errors import InputError, did_you_mean
from foedus.model.war.bargaining import AHEAD
from foedus.model.war.state import DONORS, Plan
from foedus.scenario import dates
from foedus.scenario.war_start import Known
from foedus.scenario.world import roles

MOST_QUARTERS = 60
"""Longest run, in quarters: a bound on the size of a run."""
MOST_CEDED = 20.0
NEVER = 10**6


@dataclass(frozen=True)
class Question:
    """What is asked of the war. Months as YYYY-MM; ``stop`` maps donors to the month from which they give nothing."""

    horizon: str = "3y"
    stop: dict[str, str | None] = field(default_factory=dict)
    election: str | None = None
    impose: str | None = None
    cede: float = 0.0
    guarantee: bool = False


def quarters_of(question: Question) -> int:
    """Return the horizon in quarters.

    Raises:
        InputError: it is no horizon, or too long.
    """
    try:
        quarters = dates.horizon_quarters(question.horizon)
    except ValueError as error:
        raise InputError(str(error), field="--horizon") from None
    if quarters > MOST_QUARTERS:
        raise InputError(f"{question.horizon} is too long; give at most 15y", field="--horizon")
    return quarters


def compile_plan(question: Question, known: Known, quarters: int | None = None) -> Plan:
    """Return the plan's quarters: those of the horizon, or as many as are asked for.

    Raises:
        InputError: a month that is none or lies before the start, an unknown donor, terms out of bounds.
    """
    quarters = quarters or quarters_of(question)
    time = np.arange(quarters)
    given = np.ones((quarters, len(DONORS)))
    for donor, month in question.stop.items():
        if donor not in DONORS:
            raise InputError(
                f"unknown donor {donor!r}{did_you_mean(donor, DONORS) or '; known: ' + ', '.join(DONORS)}",
                field="--stop-aid",
            )
        given[time >= _quarter(month or known.first, known, "--from"), DONORS.index(donor)] = 0.0
    inaugurations = _inaugurations(question, known, quarters)
    to_next = [min((q - t - 1 for q in inaugurations if q > t), default=NEVER) for t in range(quarters)]
    _check_terms(question)
    imposed = _quarter(question.impose, known, "--impose-settlement") if question.impose else NEVER
    imposing = time >= imposed
    fields = {
        "time": time,
        "given": given,
        "inaugurated": np.isin(time, inaugurations),
        "to_election": np.array(to_next),
        "imposing": imposing,
        "ceded": np.full(quarters, question.cede),
        "guaranteed": np.full(quarters, float(question.guarantee)),
    }
    whole = {"to_election"}
    return Plan(**{k: np.asarray(v, np.int32 if k in whole else np.float32) for k, v in fields.items()})  # type: ignore[arg-type]


def _check_terms(question: Question) -> None:
    if not 0.0 <= question.cede <= MOST_CEDED:
        raise InputError(f"give between 0 and {MOST_CEDED:g} percent, got {question.cede:g}", field="--cede")
    if question.cede and not question.impose:
        raise InputError("terms need a settlement: add --impose-settlement YYYY-MM", field="--cede")


def _quarter(month: str, known: Known, option: str) -> int:
    """Return the quarter of the run that contains a month."""
    try:
        place = dates.quarter_index(month) - dates.quarter_index(known.first)
    except ValueError as error:
        raise InputError(str(error), field=option) from None
    if place < 0:
        raise InputError(f"{month} lies before the first quarter of the run ({known.first})", field=option)
    return place


def _inaugurations(question: Question, known: Known, quarters: int) -> list[int]:
    """Return the quarters in which a new administration takes office, within sight of the run."""
    calendar = roles()
    start = dates.quarter_index(known.first)
    term = 4 * calendar.term_years
    if question.election:
        first = start + _quarter(question.election, known, "--election")
    else:
        first = dates.quarter_index(f"{calendar.first_term:%Y-%m}")
        first += term * -(-(start - first) // term)
    return [q - start for q in range(first, start + quarters + AHEAD + 1, term)]
