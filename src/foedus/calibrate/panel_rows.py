"""The rows of the dyad-year panel: two million directed dyad-years as sorted integers, and the relevant ones among them.

A dyad-year is one integer, ``challenger << 24 | target << 12 | year``. In their order the years of a pair stand next to
each other, so that peace years are running maxima, and other tables find their rows by bisection.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import InputError

Keys = NDArray[np.int64]

CODE_BITS = 12
LARGEST = (1 << CODE_BITS) - 1
"""Largest code of a state, and largest year, that fit into a key."""

MAX_CODE = 1000
"""State codes of the Correlates of War lie below this."""

CONTIGUOUS = 4
"""Types 1 to 4 of contiguity: a land border, or at most 150 miles of sea."""

KEY = ["year", "ccode_a", "ccode_b"]


def keys_of(frame: pl.DataFrame, first: str, second: str) -> Keys:
    """One integer for each row of ``frame``, from two state codes and ``year``.

    Errors: InputError for a code that no state of the Correlates of War has.
    """
    a, b, year = (frame[name].cast(pl.Int64).to_numpy() for name in (first, second, "year"))
    for name, codes in ((first, a), (second, b)):
        if len(codes) and not 0 < codes.min() <= codes.max() < MAX_CODE:
            bad = codes[(codes <= 0) | (codes >= MAX_CODE)][0]
            raise InputError(f"need a state code from 1 to {MAX_CODE - 1}, got {bad}", field=name)
    return np.asarray(a << 2 * CODE_BITS | b << CODE_BITS | year, dtype=np.int64)


def by_state_year(table: pl.DataFrame, name: str, kind: Any, last: int) -> NDArray[Any]:
    """``table[name]`` as an array (state code, year to ``last``); NaN, or False for flags, where the table says nothing."""
    rows = table.filter(pl.col("year") <= last)
    shape = (MAX_CODE, last + 1)
    out = np.zeros(shape, dtype=bool) if kind is bool else np.full(shape, np.nan, dtype=kind)
    values = rows[name].cast(pl.Boolean if kind is bool else pl.Float64)
    out[rows["ccode"].to_numpy(), rows["year"].to_numpy()] = values.to_numpy()
    return out


def _find(keys: Keys, wanted: Keys) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Positions of ``wanted`` in the sorted ``keys``, and which of them are there."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return at, keys[at] == wanted


def years_since(event: NDArray[np.bool_], start: NDArray[np.bool_]) -> NDArray[np.int16]:
    """Years since the last ``event`` of a spell of consecutive years, or since its ``start`` where there was none.

    The year after an event counts 0, and so does the first year of a spell.
    """
    place = np.arange(len(event), dtype=np.int32)
    first = np.maximum.accumulate(np.where(start, place, 0))
    last = np.full(len(event), -1, dtype=np.int32)
    np.maximum.accumulate(np.where(event, place, -1)[:-1], out=last[1:])
    since = np.where(last >= first, place - last - 1, place - first)
    return since.astype(np.int16)


def relevant_rows(
    dyads: pl.DataFrame, contiguity: pl.DataFrame, majors: pl.DataFrame, disputes: pl.DataFrame
) -> pl.DataFrame:
    """Rows of the panel, sorted by year, challenger and target, with disputes, peace years, contiguity and majors.

    Peace years count every year of the pair in the state system, also those before it was relevant.
    """
    keys = keys_of(dyads, "ccode1", "ccode2")
    if np.any(keys[1:] <= keys[:-1]):
        keys = np.unique(keys)
    year, a, b = keys & LARGEST, keys >> 2 * CODE_BITS, keys >> CODE_BITS & LARGEST
    kind = np.zeros(len(keys), dtype=np.int8)
    contiguity = contiguity.sort("ccode_a", "ccode_b", "year")
    at, there = _find(keys, keys_of(contiguity, "ccode_a", "ccode_b"))
    kind[at[there]] = contiguity["contiguity_type"].to_numpy()[there]
    major = by_state_year(majors, "major", bool, int(year.max()))
    major_a, major_b = major[a, year], major[b, year]
    kept = np.flatnonzero((kind > 0) | major_a | major_b)
    kept = kept[np.argsort(year[kept], kind="stable")]
    columns: dict[str, NDArray[Any]] = {
        "ccode_a": a[kept].astype(np.int32), "ccode_b": b[kept].astype(np.int32), "year": year[kept].astype(np.int32),
        **_disputes_of(keys, kept, disputes.sort("ccode_a", "ccode_b", "year")), "contiguity_type": kind[kept],
        "major_a": major_a[kept].astype(np.int8), "major_b": major_b[kept].astype(np.int8),
        "contiguous": ((kind[kept] >= 1) & (kind[kept] <= CONTIGUOUS)).astype(np.int8),
    }  # fmt: skip
    return pl.DataFrame(columns)


def _disputes_of(keys: Keys, kept: NDArray[np.int64], disputes: pl.DataFrame) -> dict[str, NDArray[Any]]:
    """Dispute flags of the rows ``kept`` of ``keys``, zero where no dispute is listed, and their peace years."""
    at, there = _find(keys, keys_of(disputes, "ccode_a", "ccode_b"))
    place = np.full(len(keys), -1, dtype=np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    row = place[at]
    there_too = there & (row >= 0)
    out: dict[str, NDArray[Any]] = {}
    for name in disputes.columns:
        if name not in KEY:
            out[name] = np.zeros(len(kept), dtype=np.int8)
            out[name][row[there_too]] = disputes[name].to_numpy()[there_too]
    start = np.diff(keys, prepend=-1) != 1
    for name, flag in (("dyad", "mid_ongoing_dyad"), ("directed", "mid_onset")):
        event = np.zeros(len(keys), dtype=bool)
        event[at[there]] = disputes[flag].to_numpy()[there] == 1
        out[f"peace_years_{name}"] = years_since(event, start)[kept]
    return out
