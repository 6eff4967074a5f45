"""Armed attack on a member: consultation, Article 5 by consensus, and what is left without it."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.errors import InputError, did_you_mean
from foedus.law import clocks, engine, parties, yamlfile
from foedus.law.procedure import procedure
from foedus.law.timeline import Timeline, timeline

PLACES_PATH = Path(__file__).parent / "article6_places.yaml"


def attack(
    on: str,
    date: dt.date | str,
    veto: Sequence[str] = (),
    *,
    where: str = "home",
    unclear: bool = False,
    decided: dt.date | str | None = None,
    attributed: dt.date | str | None = None,
    consensus: bool | None = None,
    overrides: Mapping[str, float] | None = None,
) -> Timeline:
    """Return the timeline after an armed attack.

    Inputs:
        on: the state attacked.
        date: the day of the attack.
        veto: members that oppose invoking Article 5; one is enough.
        where: a place of article6_places.yaml.
        unclear: the origin has to be established first.
        decided: the day of the Council's decision, if known.
        attributed: the day on which the origin is established, if known.
        consensus: whether the Council agrees; None leaves it open unless a veto is named.

    Raises:
        InputError: unknown state or place, a veto of a non-member, a day before the treaty.
    """
    day = clocks.parse_date(date)
    if day < parties.TREATY_IN_FORCE:
        raise InputError(
            f"the treaty came into force on {parties.TREATY_IN_FORCE}; {day} is before that", field="date"
        )
    code = parties.resolve(on, "on")
    vetoes = [parties.check_member(name, day, "veto") for name in veto]
    member = parties.is_member(code, day)
    place = _place(where, code, day, member)
    facts: dict[str, Any] = {
        "on": code,
        "on_name": parties.name(code),
        "member": member,
        "where_label": place["label"],
        "inside": place["inside"],
        "unclear": unclear,
        "decided": _day(decided, day, "decided"),
        "attributed": _day(attributed, day, "attributed"),
        "consensus": False if vetoes else consensus,
        "veto_text": f": {', '.join(parties.name(name) for name in vetoes)} opposed" if vetoes else "",
    }
    machine = engine.bind(procedure("attack"), facts, day, overrides=overrides)
    return timeline(machine, _warnings(facts, place, vetoes, consensus), _details(facts, day, vetoes))


@functools.cache
def places() -> dict[str, dict[str, Any]]:
    """Return the places of Article 6 by name."""
    document = yamlfile.read(PLACES_PATH, name=PLACES_PATH.name)
    document.keys(("reference", "places"), ())
    for name in document.at("places"):
        document.keys(("label", "inside", "owner", "reason"), ("until",), "places", name)
    found: dict[str, dict[str, Any]] = document.at("places")
    return found


def _place(where: str, code: str, day: dt.date, member: bool) -> dict[str, Any]:
    known = places()
    if where not in known:
        raise InputError(f"{where!r} is no place known here{did_you_mean(where, list(known))}", field="where")
    place = dict(known[where])
    if place["owner"] not in ("any", code):
        raise InputError(
            f"{place['label']} belongs to {parties.name(place['owner'])}, not to {code}", field="where"
        )
    if "until" in place and day >= place["until"]:
        place["inside"] = False
    if not member:
        place["inside"] = False
    return place


def _day(value: dt.date | str | None, start: dt.date, field: str) -> dt.date | None:
    if value is None:
        return None
    day = clocks.parse_date(value, field)
    if day < start:
        raise InputError(f"{day} is before the attack on {start}", field=field)
    return day


def _details(facts: Mapping[str, Any], day: dt.date, vetoes: Sequence[str]) -> dict[str, Any]:
    members = parties.members_on(day)
    covered = facts["member"] and facts["inside"]
    return {
        "members": len(members),
        "inside_area": bool(facts["inside"]),
        "opposed": list(vetoes),
        "members_that_would_owe_assistance": [m for m in members if m != facts["on"]] if covered else [],
        "members_free_to_act_in_a_coalition": [m for m in members if m not in vetoes and m != facts["on"]],
    }


def _warnings(
    facts: Mapping[str, Any], place: Mapping[str, Any], vetoes: Sequence[str], consensus: bool | None
) -> tuple[str, ...]:
    found = []
    if not facts["member"]:
        found.append(
            f"{facts['on_name']} was no party on that day; an invitation or a signed protocol is not enough."
        )
    elif not facts["inside"]:
        found.append(f"{place['label']}: {place['reason']}; the treaty asks only for consultation.")
    else:
        found.append(
            "Article 5 leaves the choice of action to each member; measures short of force are enough."
        )
        found.append(
            "Each member acts by its own constitutional processes (Article 11); none of them is covered here."
        )
    if vetoes and consensus:
        found.append("A named veto outweighs the answer that the Council agrees.")
    if facts["on"] in vetoes:
        found.append(f"{facts['on_name']} is both attacked and opposed.")
    return tuple(found)
