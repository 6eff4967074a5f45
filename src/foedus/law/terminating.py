"""Past uses of the treaty-ending power, run again: notice, clause, suit, and who prevailed."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import InputError, did_you_mean
from foedus.law import clocks, engine, yamlfile
from foedus.law.procedure import procedure
from foedus.law.timeline import Timeline, timeline

PRECEDENTS_PATH = Path(__file__).parent / "precedents.yaml"


@dataclass(frozen=True)
class Precedent:
    """One use of the treaty-ending power."""

    treaty: str
    title: str
    president: str
    notice: dt.date
    amount: int
    unit: str
    effect: dt.date
    suit: dt.date | None
    plaintiff: str | None
    case: str | None
    ruling_on: dt.date | None
    ruling: str | None
    statute: str | None
    standing: bool | None
    merits: bool | None
    prevailed: str
    clause: str
    source: str
    status: str


@functools.cache
def precedents() -> dict[str, Precedent]:
    """Return the five uses by treaty."""
    document = yamlfile.read(PRECEDENTS_PATH, name=PRECEDENTS_PATH.name)
    document.keys(("terminations", "accessions"), ())
    found = {}
    for entry in document.at("terminations"):
        period = entry["period"]
        known = {key: value for key, value in entry.items() if key != "period"}
        known.setdefault("statute", None)
        found[entry["treaty"]] = Precedent(amount=period["amount"], unit=period["unit"], **known)
    return found


@functools.cache
def accession_days() -> tuple[int, ...]:
    """Return the days from signature of the protocol to membership of past accessions, in ascending order."""
    document = yamlfile.read(PRECEDENTS_PATH, name=PRECEDENTS_PATH.name)
    return tuple(sorted((entry["party"] - entry["signed"]).days for entry in document.at("accessions")))


def terminate(treaty: str) -> Timeline:
    """Return the timeline of a past use, its effect computed from notice and clause.

    Raises:
        InputError: no such precedent.
    """
    known = precedents()
    if treaty not in known:
        raise InputError(f"{treaty!r} is no precedent{did_you_mean(treaty, list(known))}", field="treaty")
    entry = known[treaty]
    facts: dict[str, Any] = {
        "president": entry.president,
        "treaty_title": entry.title,
        "effect_on": clocks.add(entry.notice, entry.amount, entry.unit),
        "suit_on": entry.suit,
        "plaintiff": entry.plaintiff,
        "case": entry.case,
        "ruling_on": entry.ruling_on,
        "ruling": entry.ruling,
        "statute_text": entry.statute,
    }
    machine = engine.bind(procedure("terminate"), facts, entry.notice)
    details = {
        "prevailed": entry.prevailed,
        "clause": entry.clause,
        "recorded_effect": entry.effect.isoformat(),
        "suit": entry.suit is not None,
        "source": entry.source,
        "status": entry.status,
    }
    return timeline(machine, (f"Source: {entry.source}.",), details)
