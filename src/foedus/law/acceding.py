"""Accession: the invitation, every member's ratification, the deposit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from foedus.errors import InputError
from foedus.law import clocks, engine, parties
from foedus.law.procedure import procedure
from foedus.law.timeline import Timeline, timeline


def accede(
    candidate: str,
    date: dt.date | str,
    *,
    invited: dt.date | str | None = None,
    signed: dt.date | str | None = None,
    ratified: Mapping[str, dt.date | str] | None = None,
    last_ratification: dt.date | str | None = None,
    deposited: dt.date | str | None = None,
    refuses: Sequence[str] = (),
    invitation: bool | None = None,
    all_ratify: bool | None = None,
    overrides: Mapping[str, float] | None = None,
) -> Timeline:
    """Return the timeline of an accession.

    Inputs:
        candidate: the state that wants to join.
        date: the day on which the procedure starts.
        invited, signed, last_ratification, deposited: known days; what is not known is left to the register.
        ratified: the day on which each member ratified; all members of the day of signature must be there.
        refuses: members that do not invite (before signature) or do not ratify (after it).
        invitation, all_ratify: answers; None leaves a branch open.

    Raises:
        InputError: unknown state, a candidate that is a party already, days out of order, a member left out.
    """
    start = clocks.parse_date(date)
    code = _candidate(candidate, start)
    opposed = [parties.check_member(name, start, "refuses") for name in refuses]
    days = _days(
        start, invited=invited, signed=signed, last_ratification=last_ratification, deposited=deposited
    )
    last_member = "The last member"
    if ratified is not None:
        days["last_ratification"], last_member = _last(ratified, days["signed"] or start)
    facts: dict[str, Any] = {
        "candidate": code,
        "candidate_name": parties.name(code),
        **days,
        "invitation": False if opposed and not days["signed"] else invitation,
        "all_ratify": _all_ratify(opposed, days, all_ratify),
        "holdout_text": " and ".join(parties.name(name) for name in opposed) or "One member at least",
        "last_text": last_member,
    }
    machine = engine.bind(procedure("accession"), facts, start, overrides=overrides)
    members = parties.members_on(days["signed"] or start)
    return timeline(machine, _warnings(code), {"members_that_must_ratify": list(members)})


def _candidate(candidate: str, start: dt.date) -> str:
    if start < parties.TREATY_IN_FORCE:
        raise InputError(
            f"the treaty came into force on {parties.TREATY_IN_FORCE}; {start} is before that", field="date"
        )
    code = parties.resolve(candidate, "candidate")
    if parties.is_member(code, start):
        raise InputError(
            f"{parties.name(code)} is a member since {parties.accessions()[code]}", field="candidate"
        )
    return code


def _days(start: dt.date, **given: dt.date | str | None) -> dict[str, dt.date | None]:
    days = {name: None if value is None else clocks.parse_date(value, name) for name, value in given.items()}
    before, what = start, "the start"
    for name, day in days.items():
        if day is None:
            continue
        if day < before:
            raise InputError(f"{name} ({day}) is before {what} ({before})", field=name)
        before, what = day, name
    return days


def _last(ratified: Mapping[str, dt.date | str], signed: dt.date) -> tuple[dt.date, str]:
    found = {
        parties.check_member(name, signed, "ratified"): clocks.parse_date(day, f"ratified.{name}")
        for name, day in ratified.items()
    }
    missing = [name for name in parties.members_on(signed) if name not in found]
    if missing:
        raise InputError(
            f"no day of ratification for {', '.join(missing)}; every member ratifies", field="ratified"
        )
    early = [name for name, day in found.items() if day < signed]
    if early:
        raise InputError(
            f"{', '.join(early)} cannot ratify before the protocol is signed ({signed})", field="ratified"
        )
    last = max(found, key=lambda name: (found[name], name))
    return found[last], parties.name(last)


def _all_ratify(opposed: Sequence[str], days: Mapping[str, dt.date | None], answer: bool | None) -> bool | None:
    if opposed and days["signed"]:
        return False
    if days["last_ratification"]:
        return True
    return answer


def _warnings(code: str) -> tuple[str, ...]:
    found = ["Until the deposit Article 5 does not cover the candidate."]
    joined = parties.accessions().get(code)
    if joined:
        found.append(f"The record: {parties.name(code)} became a member on {joined}.")
    return tuple(found)
