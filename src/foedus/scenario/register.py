"""The names of the parameter register, read without loading the model."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from foedus.model.stand_alone import STAND_ALONE


@cache
def parameter_names() -> frozenset[str]:
    """Return the names that a scenario may override under ``parameters``."""
    text = resources.files("foedus").joinpath("model", "parameters.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return frozenset(row["name"] for row in rows if row["system"] not in STAND_ALONE)
