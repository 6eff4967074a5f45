"""The plan of a file: which line is a headline, a story's text, or the site's, decided for all lines together.

Each block gets one of nine labels. The worth of a sequence of labels is the sum of what each block's features say for its label
and of what each label says for the next, given how long the story is by then and how long the one before was (a linear-chain
conditional random field; Lafferty, McCallum and Pereira 2001; states in `outline_states.py`); the best sequence is found by Viterbi's
algorithm. Weights, in logits: `outline_weights.csv` and `outline_steps.csv`, estimated by `scripts/fit_outline.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from foedus.evidence import tables
from foedus.evidence.blocks import Block
from foedus.evidence.boundaries import SALUTE
from foedus.evidence.endings import closes
from foedus.evidence.outline_labels import LABELS, NEVER
from foedus.evidence.outline_lines import GROUPS, Sheet, group_of, is_listed, line_features
from foedus.evidence.outline_places import Features
from foedus.evidence.outline_series import figures, goes_on, links, questions, set_off
from foedus.evidence.outline_states import State, Steps, best, ordered

_LEFT_OUT = ("header", "inside", "outside")
_TIME = re.compile(r"\d{1,2}[.:]\d\d(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?", re.IGNORECASE)
"""A time of day in a line of its own, as on a live page."""
EXCERPT = 4
"""Paragraphs up to which a text with nothing else is an excerpt, all of it told."""
OPENS = 0.2
"""Logits in favour of a story that begins without a headline: one that is missed is worse than one too many."""
KEEPS = 0.25
"""Logits against leaving a paragraph out: a lost one is worse than one too many."""
TABLE = 4.0
"""Logits in favour of a table, or of a subhead that is set off, between paragraphs of a story."""
LINK = 1.0
"""Logits in favour of leaving out what is probably a link to another page."""
AT_ONCE = 512
"""Blocks whose features are held and weighed together."""
Floats = NDArray[np.float64]


@lru_cache(maxsize=1)
def weights() -> tuple[dict[str, dict[str, int]], Floats]:
    """Row of each group's features in the table of their weights for each label, in logits; the last row is nought."""
    header, *rows = tables.cells("outline_weights.csv")
    group, feature, *places = [header.index(name) for name in ("group", "feature", *LABELS)]
    found: dict[str, dict[str, int]] = {name: {} for name in GROUPS}
    for n, row in enumerate(rows):
        found[row[group]][row[feature]] = n
    logits = [[float(row[place]) for place in places] for row in rows]
    return found, np.array([*logits, [0.0] * len(LABELS)])


@lru_cache(maxsize=1)
def steps() -> Steps:
    """What each state says for the next label, in logits."""
    return ordered(
        {
            (State(row["label"], int(row["paragraphs"]), row["story"], row["before"]), row["next"]): float(
                row["weight"]
            )
            for row in tables.rows("outline_steps.csv")
        }
    )


def file_features(blocks: Sequence[Block]) -> list[tuple[str, Features]]:
    """Group and features of each block of a file."""
    sheet = Sheet(blocks)
    return [(group_of(b), {**line_features(sheet, i), **sheet.place(i)}) for i, b in enumerate(blocks)]


def outline(blocks: Sequence[Block], left_out: Collection[int] = ()) -> list[str]:
    """The best labels of a file's blocks; those numbered in `left_out` are surely no story's text, nor are oversized ones and times."""
    if not blocks:
        return []
    labels = list(LABELS)
    worth = weighed(blocks)
    worth[:, labels.index("opening")] += OPENS
    out = [labels.index(name) for name in _LEFT_OUT]
    told = [n for n in range(len(labels)) if n not in out]
    excerpt = len(blocks) <= EXCERPT and all(b.kind == "body" for b in blocks)
    within = [n for n, name in enumerate(labels) if name != "outside"]
    subheads = set_off(blocks)
    asked = questions(blocks) | subheads
    worth[sorted(figures(blocks) | subheads), labels.index("aside")] += TABLE
    worth[np.ix_(links(blocks), out)] += LINK
    begun = False
    for i, block in enumerate(blocks):
        told_above = begun
        begun = begun or block.kind == "body"
        if begun and closes(block):
            worth[i, within] = NEVER
        elif block.kind == "oversized" or i in left_out or _TIME.fullmatch(block.text):
            worth[i, told] = NEVER
        elif block.kind == "body":
            worth[i, out] -= KEEPS
            if excerpt or SALUTE.match(block.text):
                worth[i, out] = NEVER
        elif is_listed(blocks, i):
            worth[i, labels.index("headline")] = NEVER
        for label, never in zip(("opening", "headline"), goes_on(blocks, i, told_above, asked), strict=True):
            if never:
                worth[i, labels.index(label)] = NEVER
    return [labels[n] for n in best(worth, steps())]


def weighed(blocks: Sequence[Block]) -> Floats:
    """What each block's features say for each label: blocks by labels."""
    sheet = Sheet(blocks)
    opening = list(LABELS).index("opening")
    worth = np.zeros((len(blocks), len(LABELS)))
    places: dict[tuple[str, int], Floats] = {}
    for first in range(0, len(blocks), AT_ONCE):
        span = range(first, min(first + AT_ONCE, len(blocks)))
        groups = [group_of(blocks[i]) for i in span]
        keys = [(group, sheet.next[i]) for group, i in zip(groups, span, strict=True)]
        fresh = {key: sheet.place(i) for i, key in zip(span, keys, strict=True) if key not in places}
        places.update(zip(fresh, _emitted([(key[0], found) for key, found in fresh.items()]), strict=True))
        lines = _emitted([(group, line_features(sheet, i)) for group, i in zip(groups, span, strict=True)])
        worth[first : span.stop] = lines + np.array([places[key] for key in keys])
    for i, block in enumerate(blocks):
        if block.kind == "body" and "place_leans" in sheet.place(i):
            worth[i, opening] = NEVER
    return worth


def _emitted(asked: Sequence[tuple[str, Features]]) -> Floats:
    """What features say for each label: one row for each group and features that are given."""
    number, table = weights()
    nought = len(table) - 1
    rows: list[int] = []
    values: list[float] = []
    sizes: list[int] = []
    for group, found in asked:
        row_of, before = number[group].get, len(values)
        for name, value in found.items():
            if value:
                rows.append(row_of(name, nought))
                values.append(value)
        sizes.append(len(values) - before)
    sums = np.zeros((len(asked), len(LABELS)))
    held = [n for n, size in enumerate(sizes) if size]
    if held:
        starts = [0, *accumulate(sizes[n] for n in held)][:-1]
        worths = table[np.array(rows)] * np.array(values, np.float64)[:, None]
        sums[held] = np.add.reduceat(worths, starts, axis=0)
    return sums
