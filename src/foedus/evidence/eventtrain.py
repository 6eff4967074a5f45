"""Fitting and measuring the weights of the event classes: least squares on the classes, with a ridge.

Everything is small (some 3,000 sentences), so the normal equations are solved on the sentences' inner products. One
solution serves a whole cross-validation: what a fit without some records would say of them follows from the fit on everything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.linalg
import scipy.sparse as sp
from numpy.typing import NDArray

from foedus.evidence.eventclass import CLASSES, features, scaled, settings
from foedus.evidence.eventrecords import Example, folds, in_weis, tenseless

RIDGES = (0.1, 0.15, 0.2, 0.3)
"""Penalties to choose from."""
FOLDS = 8
INNER = 4
"""Folds within the training part, on which the penalty is chosen."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Held:
    """One record as it was classed by a model that had not seen it or anything like it."""

    example: Example
    said: str

    @property
    def right(self) -> bool:
        """Whether the class is one of the record's own."""
        return self.said in self.example.classes


@dataclass(frozen=True)
class Table:
    """Inputs of examples as a sparse matrix, its feature names, and the classes as targets."""

    names: list[str]
    inputs: sp.csr_matrix
    targets: Floats


def tabulate(examples: Sequence[Example]) -> Table:
    """Scaled inputs (examples by features) and targets (examples by classes, rows summing to one)."""
    place: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for i, example in enumerate(examples):
        for name, value in scaled(features(example.text)).items():
            rows.append(i)
            columns.append(place.setdefault(name, len(place)))
            values.append(value)
    inputs = sp.csr_matrix((values, (rows, columns)), shape=(len(examples), len(place)))
    targets = [[(label in e.classes) / len(e.classes) for label in CLASSES] for e in examples]
    return Table(list(place), inputs, np.array(targets))


def solve(kernel: Floats, targets: Floats, ridge: float) -> Floats:
    """Dual weights (examples by classes)."""
    return np.asarray(np.linalg.solve(kernel + ridge * np.eye(len(kernel)), targets), dtype=np.float64)


@dataclass(frozen=True)
class _Solved:
    """A model of everything at one penalty, as far as the records need it to leave any of them out again."""

    inverse: Floats
    """The records' block of the inverse of kernel plus penalty."""
    dual: Floats
    """The records' dual weights."""
    targets: Floats

    def without(self, out: NDArray[np.int64]) -> Floats:
        """Scores of records by the model fitted on everything but them: exact, without fitting again."""
        return np.asarray(
            self.targets[out] - np.linalg.solve(self.inverse[np.ix_(out, out)], self.dual[out]),
            dtype=np.float64,
        )


def _solve_all(table: Table, count: int, ridges: Sequence[float]) -> dict[float, _Solved]:
    kernel = np.asarray((table.inputs @ table.inputs.T).todense()) + 1.0
    wanted = np.hstack([np.eye(len(kernel), count), table.targets])
    found: dict[float, _Solved] = {}
    for ridge in ridges:
        factor = scipy.linalg.cho_factor(kernel + ridge * np.eye(len(kernel)))
        solved = scipy.linalg.cho_solve(factor, wanted)[:count]
        found[ridge] = _Solved(solved[:, :count], solved[:, count:], table.targets[:count])
    return found


def cross_validate(
    records: Sequence[Example],
    own: Sequence[Example],
    seed: int = 0,
    nested: bool = True,
    told: bool = False,
) -> list[Held]:
    """Class every record by a model fitted on the records of the other folds and on our own sentences.

    Near-duplicates share a fold. With `nested` the penalty is chosen inside each training part, else it is the shipped one.
    `told` is for those who know which set a record is of: PETRARCH's are then read without tense and classed in the terms of WEIS.
    """
    ridges = RIDGES if nested else (settings()["ridge"],)
    read = [replace(r, text=tenseless(r.text)) if told and _weis(r) else r for r in records]
    solved = _solve_all(tabulate([*read, *own]), len(records), ridges)
    fold = np.array(folds(list(records), FOLDS, seed))
    said = [""] * len(records)
    for k in range(FOLDS):
        test = np.where(fold == k)[0]
        ridge = _choose(records, solved, fold, k, seed, told)
        for i, j in zip(test, solved[ridge].without(test).argmax(axis=1), strict=True):
            said[i] = _label(records[i], int(j), told)
    return [Held(record, label) for record, label in zip(records, said, strict=True)]


def _weis(record: Example) -> bool:
    return record.source == "PETRARCH"


def _label(record: Example, best: int, told: bool) -> str:
    return in_weis(CLASSES[best], record.text) if told and _weis(record) else CLASSES[best]


def _choose(
    records: Sequence[Example],
    solved: dict[float, _Solved],
    fold: NDArray[np.int64],
    k: int,
    seed: int,
    told: bool,
) -> float:
    """Penalty with the best accuracy over folds of the training part alone."""
    if len(solved) == 1:
        return next(iter(solved))
    test, train = np.where(fold == k)[0], np.where(fold != k)[0]
    inner = np.array(folds([records[int(i)] for i in train], INNER, seed))
    hits = dict.fromkeys(solved, 0)
    for part in range(INNER):
        judged = train[inner == part]
        for ridge, model in solved.items():
            best = model.without(np.concatenate([judged, test]))[: len(judged)].argmax(axis=1)
            hits[ridge] += sum(
                _label(records[i], int(j), told) in records[i].classes
                for i, j in zip(judged, best, strict=True)
            )
    return max(solved, key=lambda ridge: (hits[ridge], ridge))


def fit(examples: Sequence[Example], ridge: float) -> dict[str, list[float]]:
    """Weights by feature, in the order of the classes; ``bias`` among them."""
    table = tabulate(examples)
    kernel = np.asarray((table.inputs @ table.inputs.T).todense()) + 1.0
    dual = solve(kernel, table.targets, ridge)
    found = {"bias": [float(w) for w in dual.sum(axis=0)]}
    for name, row in zip(table.names, np.asarray(table.inputs.T @ dual), strict=True):
        found[name] = [float(w) for w in row]
    return found


def accuracy(held: Sequence[Held], source: str | None = None) -> tuple[int, int]:
    """Records classed right, and records, of one set or of all."""
    chosen = [h for h in held if source is None or h.example.source == source]
    return sum(h.right for h in chosen), len(chosen)


def wilson(right: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share.

    Example:
        >>> [round(x, 3) for x in wilson(75, 100)]
        [0.657, 0.825]
    """
    z = 1.959964
    share = right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return middle - half, middle + half
