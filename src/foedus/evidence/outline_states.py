"""States of a plan that remembers how long the story is by now, how it began, and how long the one before was.

A line's label alone says little of where a story may end: lists of briefs have stories of one paragraph, and articles run
together hardly ever do. So each label is held together with the paragraphs told so far, with whether the story has a headline, and
with whether the story before it was short; the weight of a step to the next label depends on all of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.evidence.outline_labels import FOLLOWS, LABELS, NEVER

WITHIN = ("lead", "opening", "body", "aside", "inside")
"""Labels of lines from the first paragraph of a story to its last."""
END = "(end)"
"""Stands for the end of the file, where a label that may follow is named."""
MOST = 6
"""Paragraphs from which a story is simply long."""
SHORT = 2
"""Paragraphs up to which a story is short."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class State(NamedTuple):
    """A line's label, and what went before."""

    label: str
    paragraphs: int = 0
    """Of the story so far, up to `MOST`; none under a headline or outside."""
    story: str = ""
    """How this story began, or outside the last one: headed or bare."""
    before: str = ""
    """Whether the story before this one was short or long."""


BEGIN: Final = {
    "outside": State("outside"),
    "headline": State("headline"),
    "opening": State("opening", 1, "bare"),
}
"""Where a file may begin."""


def after(state: State, label: str) -> State:
    """The state of a line of this label that follows a line of that state."""
    before = state.before
    if label in ("outside", "headline", "opening") and state.label in WITHIN:
        before = "short" if state.paragraphs <= SHORT else "long"
    if label == "outside":
        return State(label, 0, state.story, before)
    if label in ("headline", "standfirst", "header"):
        return State(label, 0, "", before)
    if label in ("lead", "opening"):
        return State(label, 1, "headed" if label == "lead" else "bare", before)
    paragraphs = min(state.paragraphs + (label == "body"), MOST)
    return State(label, paragraphs, state.story, before)


def _reached() -> list[State]:
    found = list(BEGIN.values())
    for state in found:
        found.extend(s for s in (after(state, label) for label in FOLLOWS[state.label]) if s not in found)
    return found


STATES: Final = tuple(_reached())
NUMBER: Final = {state: n for n, state in enumerate(STATES)}
STEPS: Final = tuple((state, label) for state in STATES for label in FOLLOWS[state.label])
"""Each state with each label that may follow."""
ENDS: Final = tuple(
    state for state in STATES if state.label not in ("headline", "standfirst", "header", "inside")
)
"""Where a file may end."""
LABEL_OF: Final[Ints] = np.array([list(LABELS).index(state.label) for state in STATES])
"""Number of each state's label."""


class Steps(NamedTuple):
    """Steps in the order of where they lead, with their weights in logits."""

    origin: Ints
    weight: Floats
    first: Ints
    """For each state, where the steps to it begin."""
    end: Floats
    """What ending with each state weighs."""


def ordered(weights: Mapping[tuple[State, str], float]) -> Steps:
    """Steps from the weight of each state's step to a label, or to the end."""
    into = sorted((NUMBER[after(state, label)], NUMBER[state], weights[state, label]) for state, label in STEPS)
    end = np.full(len(STATES), NEVER)
    for state in ENDS:
        end[NUMBER[state]] = weights[state, END]
    return Steps(
        np.array([origin for _, origin, _ in into]),
        np.array([weight for *_, weight in into]),
        np.searchsorted([to for to, *_ in into], np.arange(len(STATES))),
        end,
    )


def best(worth: Floats, going: Steps) -> list[int]:
    """Numbers of the labels of the best sequence of states (Viterbi's algorithm); `worth` is blocks by labels."""
    begin = np.full(len(STATES), NEVER)
    begin[[NUMBER[state] for state in BEGIN.values()]] = 0.0
    totals = np.empty((len(worth), len(STATES)))
    totals[0] = begin + worth[0, LABEL_OF]
    for i in range(1, len(worth)):
        ways = totals[i - 1, going.origin] + going.weight
        totals[i] = np.maximum.reduceat(ways, going.first) + worth[i, LABEL_OF]
    at = int((totals[-1] + going.end).argmax())
    found = [at]
    bounds = np.append(going.first, len(going.origin))
    for i in range(len(worth) - 1, 0, -1):
        into = slice(bounds[at], bounds[at + 1])
        at = int(going.origin[into][(totals[i - 1, going.origin[into]] + going.weight[into]).argmax()])
        found.append(at)
    return [int(LABEL_OF[n]) for n in reversed(found)]
