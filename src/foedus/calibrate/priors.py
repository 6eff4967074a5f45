"""The numbers that the forecasting models start from, read from ``priors.csv``: each with unit, source and status."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from foedus.errors import InputError

TABLES = (("priors.csv",), ("fits", "nuisance.csv"))


@dataclass(frozen=True)
class Prior:
    """One row of the table: a distribution (or a constant) with its arguments."""

    model: str
    name: str
    meaning: str
    unit: str
    dist: str
    args: tuple[float, ...]
    source: str
    as_of: str
    status: str


@cache
def all_priors() -> tuple[Prior, ...]:
    """Every row of ``priors.csv`` and of the nuisance numbers of the fits."""
    folder = resources.files("foedus.calibrate")
    texts = [folder.joinpath(*path).read_text(encoding="utf-8") for path in TABLES]
    return tuple(
        Prior(**{**row, "args": tuple(float(a) for a in row["args"].split(";"))})  # type: ignore[arg-type]
        for text in texts
        for row in csv.DictReader(text.splitlines())
    )


def priors_of(model: str) -> dict[str, Prior]:
    """The rows of one model, by name."""
    rows = {p.name: p for p in all_priors() if p.model == model}
    if not rows:
        raise InputError(f"no priors for model {model!r} in calibrate/priors.csv")
    return rows
