"""A question about the war, checked: one clear sentence where it makes no sense. Loads no model."""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.errors import InputError, did_you_mean
from foedus.model.war.names import DONORS
from foedus.scenario import dates
from foedus.scenario.war_known import Known

MOST_QUARTERS = 60
"""Longest run, in quarters: a bound on the size of a run."""
MOST_CEDED = 20.0
MOST_DRAWS = 50_000


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


def check(question: Question, known: Known, draws: int) -> None:
    """Refuse what cannot be run.

    Raises:
        InputError: a month that is none or lies before the start, an unknown donor, terms or draws out of bounds.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise InputError(f"give between 1 and {MOST_DRAWS} draws, got {draws}", field="--draws")
    quarters_of(question)
    for donor, month in question.stop.items():
        if donor not in DONORS:
            close = did_you_mean(donor, DONORS) or "; known: " + ", ".join(DONORS)
            raise InputError(f"unknown donor {donor!r}{close}", field="--stop-aid")
        quarter_of(month or known.first, known, "--from")
    for month, option in ((question.election, "--election"), (question.impose, "--impose-settlement")):
        if month:
            quarter_of(month, known, option)
    if not 0.0 <= question.cede <= MOST_CEDED:
        raise InputError(f"give between 0 and {MOST_CEDED:g} percent, got {question.cede:g}", field="--cede")
    if question.cede and not question.impose:
        raise InputError("terms need a settlement: add --impose-settlement YYYY-MM", field="--cede")


def quarter_of(month: str, known: Known, option: str) -> int:
    """Return the quarter of the run that contains a month."""
    try:
        place = dates.quarter_index(month) - dates.quarter_index(known.first)
    except ValueError as error:
        raise InputError(str(error), field=option) from None
    if place < 0:
        raise InputError(f"{month} lies before the first quarter of the run ({known.first})", field=option)
    return place
