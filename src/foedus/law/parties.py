"""Who is who on a day: parties to the treaty, buyers and their class under the arms-sale statute."""

from __future__ import annotations

import csv
import datetime as dt
import functools
from pathlib import Path

from foedus import atlas
from foedus.errors import InputError, did_you_mean
from foedus.law import rules

UNITED_STATES = "USA"
"""The state whose statutes the room knows; also the depositary of the treaty."""

TREATY_IN_FORCE = rules.rule("nat.13").values[0].start
STATES_PATH = Path(__file__).parent / "states.csv"


@functools.cache
def accessions() -> dict[str, dt.date]:
    """Return the day from which each member is bound: for founders its entry into force."""
    frame = atlas.table("members").filter(nato_member=True)
    found = {}
    for code, date in zip(frame["member"].to_list(), frame["accession_date"].to_list(), strict=True):
        found[code] = max(date, TREATY_IN_FORCE)
    return found


@functools.cache
def names() -> dict[str, str]:
    """Return short English names by code, for the states of the atlas and for buyers of arms."""
    with STATES_PATH.open(encoding="utf-8", newline="") as handle:
        found = {row["iso3"]: row["name"] for row in csv.DictReader(handle)}
    frame = atlas.table("members")
    found.update(zip(frame["member"].to_list(), frame["name"].to_list(), strict=True))
    return dict(sorted(found.items()))


def name(code: str) -> str:
    """Return the short English name of a state."""
    return names().get(code, code)


def resolve(code: str, field: str) -> str:
    """Return the ISO code for a code or an English name.

    Raises:
        InputError: no such state.
    """
    known = names()
    upper = code.strip().upper()
    if upper in known:
        return upper
    by_name = {value.upper(): key for key, value in known.items()}
    if upper in by_name:
        return by_name[upper]
    hint = did_you_mean(upper, [*known, *by_name])
    if "known:" in hint:
        hint = "; give an ISO 3166 code such as POL or SAU"
    raise InputError(f"{code!r} is no state known here{hint}", field=field)


def is_member(code: str, date: dt.date) -> bool:
    """Tell whether a state was a party on a day."""
    start = accessions().get(code)
    return start is not None and start <= date


def members_on(date: dt.date) -> tuple[str, ...]:
    """Return the parties on a day, in alphabetical order of their codes."""
    return tuple(sorted(code for code in accessions() if is_member(code, date)))


def check_member(code: str, date: dt.date, field: str) -> str:
    """Return the code of a party on a day.

    Raises:
        InputError: no such state, or no party on that day.
    """
    resolved = resolve(code, field)
    if date < TREATY_IN_FORCE:
        raise InputError(
            f"the treaty came into force on {TREATY_IN_FORCE}; {date} is before that", field="date"
        )
    start = accessions().get(resolved)
    if start is None:
        raise InputError(f"{name(resolved)} is no member of the alliance", field=field)
    if date < start:
        raise InputError(f"{name(resolved)} became a member on {start}; {date} is before that", field=field)
    return resolved


def buyer_class(code: str, date: dt.date) -> str:
    """Return ``plus`` for NATO, its members and the states treated like them on the day, else ``other``.

    Membership is that of the day, not of today: Sweden counts as ``other`` until 7 March 2024.
    """
    listed = rules.on("aeca.plus.states", date).value
    if not isinstance(listed, tuple):
        return "other"
    if code in listed or code.startswith("NATO") or is_member(code, date):
        return "plus"
    return "other"
