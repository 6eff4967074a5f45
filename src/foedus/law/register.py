"""The register of branches: how likely each turn is and how long it takes, with the precedents behind it.

A probability's `central` value is used; `low` and `high` are its 5th and 95th percentile. A delay is a
three-point distribution: 10th, 50th and 90th percentile with Swanson's weights 0.3, 0.4 and 0.3.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import InputError, did_you_mean

PATH = Path(__file__).parent / "branches.csv"
SWANSON_WEIGHTS = (0.3, 0.4, 0.3)
STATUSES = ("measured", "estimated", "elicited", "assumed")


@dataclass(frozen=True)
class Branch:
    """One entry of the register of branches."""

    name: str
    meaning: str
    kind: str
    low: float
    central: float
    high: float
    unit: str
    precedents_n: int | None
    precedents_k: int | None
    source: str
    as_of: dt.date
    status: str

    @property
    def outcomes(self) -> tuple[tuple[int, float], ...]:
        """For a delay: (days, probability) pairs."""
        values = (round(self.low), round(self.central), round(self.high))
        return tuple(zip(values, SWANSON_WEIGHTS, strict=True))


@functools.cache
def branches() -> dict[str, Branch]:
    """Return the register by name.

    Raises:
        InputError: a row of the file is wrong.
    """
    with PATH.open(encoding="utf-8", newline="") as handle:
        found = [_branch(row, line) for line, row in enumerate(csv.DictReader(handle), start=2)]
    return {entry.name: entry for entry in found}


def branch(name: str) -> Branch:
    """Return one entry.

    Raises:
        InputError: there is no such entry.
    """
    known = branches()
    if name not in known:
        raise InputError(f"there is no branch {name!r}{did_you_mean(name, list(known))}", field="branch")
    return known[name]


def probability(name: str, overrides: Mapping[str, float]) -> float:
    """Return the probability of a branch, or what stands in for it.

    Raises:
        InputError: no such branch, not a probability, or outside [0, 1].
    """
    entry = branch(name)
    if entry.kind != "probability":
        raise InputError(f"branch {name!r} is a {entry.kind}, not a probability", field="branch")
    value = float(overrides.get(name, entry.central))
    if not 0.0 <= value <= 1.0:
        raise InputError(f"a probability must lie in [0, 1], got {value}", field=name)
    return value


def _branch(row: dict[str, str], line: int) -> Branch:
    try:
        entry = Branch(
            name=row["name"],
            meaning=row["meaning"],
            kind=row["kind"],
            low=float(row["low"]),
            central=float(row["central"]),
            high=float(row["high"]),
            unit=row["unit"],
            precedents_n=int(row["precedents_n"]) if row["precedents_n"] else None,
            precedents_k=int(row["precedents_k"]) if row["precedents_k"] else None,
            source=row["source"],
            as_of=dt.date.fromisoformat(row["as_of"]),
            status=row["status"],
        )
    except (KeyError, ValueError, TypeError) as error:
        raise InputError(f"a value does not fit its column: {error}", file=PATH.name, line=line) from None
    if not entry.low <= entry.central <= entry.high:
        raise InputError("low, central and high must not fall", file=PATH.name, line=line, field=entry.name)
    if entry.status not in STATUSES or entry.kind not in ("probability", "delay") or not entry.source:
        raise InputError("kind, status or source is missing or not known", file=PATH.name, line=line)
    return entry
