"""Who is in the alliance and from when the record allows a start: the only door from scenarios to the atlas."""

from __future__ import annotations

from functools import cache

PATRON = "USA"
EARLIEST_START = "2014-01"
LATEST_START = "2026-12"


@cache
def allies() -> dict[str, str]:
    """Return code to name for every member but the patron."""
    names = (
        "ALB Albania|BEL Belgium|BGR Bulgaria|CAN Canada|CZE Czechia|DEU Germany|DNK Denmark|ESP Spain|"
        "EST Estonia|FIN Finland|FRA France|GBR United Kingdom|GRC Greece|HRV Croatia|HUN Hungary|ISL Iceland|"
        "ITA Italy|LTU Lithuania|LUX Luxembourg|LVA Latvia|MKD North Macedonia|MNE Montenegro|NLD Netherlands|"
        "NOR Norway|POL Poland|PRT Portugal|ROU Romania|SVK Slovakia|SVN Slovenia|SWE Sweden|TUR Türkiye"
    )
    return {part[:3]: part[4:] for part in names.split("|")}


def first_start() -> str:
    """Return the earliest month at which a scenario may start."""
    return EARLIEST_START


def last_start() -> str:
    """Return the latest month at which a scenario may start."""
    return LATEST_START
