"""Who is in the alliance and which starts the record allows: the only door from scenario files to the atlas.

The few columns needed are read from the atlas's packaged tables as they are, without its frames: a check of a
scenario file should not wait for a data-frame library to load. A test holds the two readings equal.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

ALLIANCE = "nato"


@cache
def allies() -> dict[str, str]:
    """Return code to name for every member but the patron."""
    names = {row["member"]: row["name"] for row in _rows("members") if row["nato_member"] == "true"}
    return {code: names[code] for code in sorted(names) if code != patron()}


@cache
def patron() -> str:
    """Return the code of the patron."""
    return next(row["patron"] for row in _rows("alliances") if row["alliance"] == ALLIANCE)


@cache
def first_start() -> str:
    """Return the earliest month at which a scenario may start: where the alliance's spending record begins."""
    return f"{min(row['year'] for row in _rows('spending') if row['series'] == 'NATO')}-01"


@cache
def last_start() -> str:
    """Return the latest month at which a scenario may start: where the record of the patron's posture ends."""
    return max(row["date"] for row in _rows("us_posture"))[:7]


def _rows(table: str) -> list[dict[str, str]]:
    text = resources.files("foedus").joinpath("atlas", "tables", f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(keepends=True)))
