"""Who is in the alliance and which starts the record allows: the only door from scenario files to the atlas."""

from __future__ import annotations

import datetime as dt
from functools import cache

from foedus import atlas

ALLIANCE = "nato"


@cache
def allies() -> dict[str, str]:
    """Return code to name for every member but the patron."""
    members = atlas.table("members")
    rows = members.filter(members["nato_member"])
    names = dict(zip(rows["member"].to_list(), rows["name"].to_list(), strict=True))
    return {code: names[code] for code in sorted(names) if code != patron()}


@cache
def patron() -> str:
    """Return the code of the patron."""
    alliances = atlas.table("alliances")
    return str(alliances.filter(alliances["alliance"] == ALLIANCE)["patron"].item())


@cache
def first_start() -> str:
    """Return the earliest month at which a scenario may start: where the alliance's spending record begins."""
    spending = atlas.table("spending", all_editions=True)
    years: list[int] = spending.filter(spending["series"] == "NATO")["year"].to_list()
    return f"{min(years)}-01"


@cache
def last_start() -> str:
    """Return the latest month at which a scenario may start: where the record of the patron's posture ends."""
    days: list[dt.date] = atlas.table("us_posture")["date"].to_list()
    return f"{max(days):%Y-%m}"
