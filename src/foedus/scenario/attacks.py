"""Attacks by great powers, ``attacks.csv``: in the budgets of the years after one, allies spend more than their usual wish."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from foedus.model.parameters import constant


@cache
def attack_days() -> tuple[dt.date, ...]:
    """Return the days of the attacks, oldest first."""
    text = resources.files("foedus.scenario").joinpath("attacks.csv").read_text(encoding="utf-8")
    return tuple(sorted(dt.date.fromisoformat(row["date"]) for row in csv.DictReader(text.splitlines())))


def raised(years: tuple[int, ...], known: dt.date) -> NDArray[np.float64]:
    """Return one row for each attack up to a day, shape (attack, year): 1 in the years whose budgets it raises.

    Example:
        >>> raised((2022, 2023, 2025, 2026), dt.date(2026, 1, 1))[-1].tolist()
        [0.0, 1.0, 1.0, 0.0]
    """
    last = int(constant("record.attack_years"))
    rows = [[float(d.year < y <= d.year + last) for y in years] for d in attack_days() if d <= known]
    return np.array(rows, dtype=float).reshape(len(rows), len(years))


def alarm(years: tuple[int, ...], known: dt.date) -> NDArray[np.float64]:
    """Return 1 for each year whose budgets any attack up to a day raises, shape (year,)."""
    return np.asarray(raised(years, known).max(axis=0, initial=0.0))
