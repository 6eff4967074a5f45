"""The days for which a register of the day was prepared: ``vantages.csv``, read without any heavy library."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from importlib import resources

from foedus.errors import InputError


@cache
def vantage_rows() -> tuple[dict[str, str], ...]:
    """Entries of the register as they would have been set on a day, each known by then."""
    text = resources.files("foedus.calibrate").joinpath("vantages.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def register_rows(vantage: dt.date) -> tuple[dict[str, str], ...]:
    """The rows of one day.

    Errors: InputError for a day that no register was prepared for.
    """
    rows = tuple(row for row in vantage_rows() if row["vantage"] == vantage.isoformat())
    if not rows:
        prepared = ", ".join(sorted({row["vantage"] for row in vantage_rows()}))
        raise InputError(
            f"no register of the day is prepared for {vantage}; prepared: {prepared}", field="as-of"
        )
    return rows
