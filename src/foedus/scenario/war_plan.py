"""A question about the war, compiled: months to quarters."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.model.war.names import AHEAD, DONORS
from foedus.model.war.state import Plan
from foedus.scenario import dates
from foedus.scenario.war_known import Known
from foedus.scenario.war_question import Question, quarter_of
from foedus.scenario.world import roles

NEVER = 10**6


def compile_plan(question: Question, known: Known, quarters: int) -> Plan:
    """Return as many quarters of the plan as are asked for; the question was checked."""
    time = np.arange(quarters)
    given = np.ones((quarters, len(DONORS)))
    for donor, month in question.stop.items():
        given[time >= quarter_of(month or known.first, known, "--from"), DONORS.index(donor)] = 0.0
    inaugurations = _inaugurations(question, known, quarters)
    to_next = [min((q - t - 1 for q in inaugurations if q > t), default=NEVER) for t in range(quarters)]
    imposed = quarter_of(question.impose, known, "--impose-settlement") if question.impose else NEVER
    fields = {
        "time": time,
        "given": given,
        "inaugurated": np.isin(time, inaugurations),
        "imposing": time >= imposed,
        "ceded": np.full(quarters, question.cede),
        "guaranteed": np.full(quarters, float(question.guarantee)),
    }
    arrays: Any = {name: np.asarray(values, np.float32) for name, values in fields.items()}
    return Plan(**arrays, to_election=np.asarray(to_next, np.int32))  # type: ignore[arg-type]


def _inaugurations(question: Question, known: Known, quarters: int) -> list[int]:
    """Return the quarters in which a new administration takes office, within sight of the run."""
    calendar = roles()
    start = dates.quarter_index(known.first)
    term = 4 * calendar.term_years
    if question.election:
        first = start + quarter_of(question.election, known, "--election")
    else:
        first = dates.quarter_index(f"{calendar.first_term:%Y-%m}")
        first += term * -(-(start - first) // term)
    return [q - start for q in range(first, start + quarters + AHEAD + 1, term)]
