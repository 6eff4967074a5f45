"""Singular and plural of what is counted."""

from __future__ import annotations

MASS = frozenset(
    "people personnel aircraft police staff troops men women children ammunition equipment artillery infantry cannon spacecraft hovercraft ordnance f-16s f-35s corps dead crew schoolchildren grandchildren folk townspeople townsfolk clergy cavalry".split()
)
_IN_US = frozenset(
    "bus virus campus bonus thermos bias atlas canvas octopus walrus hippopotamus consensus status focus census surplus caucus omnibus minibus".split()
)
_IN_E = frozenset(
    "apaches kolaches moustaches avalanches tranches quiches headaches heartaches aches caches niches axes prizes sizes bronzes breezes".split()
)
"""Plurals in -ches, -xes and -zes whose singular keeps its e."""


_IN_OE = frozenset(
    "shoes toes canoes foes hoes oboes woes throes floes roes horseshoes snowshoes tiptoes overshoes".split()
)
"""Plurals in -oes whose singular keeps its e."""
_IN_IE = frozenset(
    "sorties movies rookies hoodies brownies eyries selfies cookies zombies birdies townies squaddies".split()
)
"""Plurals in -ies whose singular ends in -ie."""


_IN_FE = frozenset("lives wives knives midwives housewives fishwives penknives".split())
_IN_F = frozenset("shelves halves calves wolves thieves loaves scarves hooves elves sheaves leaves".split())
"""Plurals in -ves whose singular ends in -fe or -f."""


def singular(noun: str) -> str:
    """Singular of a counted noun.

    Example:
        >>> singular("batteries"), singular("shells"), singular("aircraft")
        ('battery', 'shell', 'aircraft')
    """
    if noun.endswith("oes") and noun.lower().rpartition("-")[2] not in _IN_OE:
        return noun[:-2]
    if noun in MASS or noun.endswith(("series", "headquarters", "barracks", "crossroads")):
        return noun
    if noun.endswith(("uses", "iases", "oses", "ases")) and noun[:-2] in _IN_US:
        return noun[:-2]
    if noun in _IN_FE:
        return f"{noun[:-3]}fe"
    if noun in _IN_F:
        return f"{noun[:-3]}f"
    if noun in _IN_IE:
        return noun[:-1]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes", "zes")) and noun.lower() not in _IN_E:
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us")):
        return noun[:-1]
    return noun
