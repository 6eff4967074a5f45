"""Whose people a story names: by what their office says, by what is told beside them, or by where the story is at home."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from foedus.evidence.actors import states
from foedus.evidence.eventcast import PATRON
from foedus.evidence.eventhome import BODIES, Span
from foedus.evidence.people import Cast, Mention

_PATRON_ROLE = re.compile(
    r"(?:Democratic|Republican|GOP)\b|\bSecretary of (?:State|Defen[cs]e|War)\b|\b(?:Defen[cs]e|War) Secretary\b|\b(?:Representative\b|Senator|Sen\.|Rep\.|Congress(?:wo)?man|White House|Pentagon|State Department)"
)
"""Offices that only the patron has."""
_GERMAN = re.compile(r"\b[Cc]hancellor\b")
_PRESIDENT = re.compile(r"(?:(?:[Ff]ormer|[Tt]hen|[Ii]ncoming) )?[Pp]resident$")
_OFFICE = re.compile(
    r"\b(?:minister|premier|state secretary|national security advis[eo]r|(?:foreign|home|defen[cs]e|cabinet) secretary|chief of staff|speaker of parliament|(?:ministry|government|army|navy|presidential|coast guard) spokes(?:man|woman|person)|^spokes(?:man|woman|person))\b",
    re.IGNORECASE,
)
"""Offices that are of some state even where none is named beside them."""
_GENERAL = re.compile(r"\bsecretary[ -]general\b", re.IGNORECASE)
_MINISTERS = re.compile(r"\b(?:minister|ministry|premier)\b", re.IGNORECASE)
_SENATOR = re.compile(r"\bSen(?:ator|\.)")
_SENATES = frozenset(("PHL", "AUS", "CAN", "FRA", "ITA", "ESP", "POL", "CZE", "ROU", "BEL", "NLD", "IRL"))
_SECRETARY = re.compile(r"\b[Dd]efen[cs]e [Ss]ecretary\b|\bSecretary of State for\b")
_SECRETARIES = frozenset(("GBR", "PHL"))
"""States besides the patron whose senators and secretaries go by the same titles."""
_RUN_ON = re.compile(r"(?<=[a-z])\. ")
"""Where an office has run on from the sentence before."""
_AFTER = re.compile(r", (?:the |an? )?(?=[A-Z])")
_NEAR = 40
_OPENS = 5
"""Characters at most before the state with which a paragraph opens."""
_GOVERNED = re.compile(r"\b(?:in|of|to|from|with|for|against|on|by|at|near|over) (?:the )?$")
_IN_PLACE = re.compile(r"\W*In (?:the )?$")


def homes(cast: Cast, text: str, spans: Sequence[Span], home: str | None) -> dict[str, str]:
    """People of a story whose state their office tells, by name."""
    found: dict[str, str] = {}
    lone: str | None = None
    for mention in sorted(cast.mentions, key=lambda m: (not text[m.start : m.start + 1].isupper(), m.start)):
        name = mention.name
        if name in found or (" " not in name and not mention.role):
            continue
        role = mention.role or cast.roles.get(name) or ""
        code = _shared(role, home) or _home(role) or _told_after(text, mention.end)
        if code is None and _GENERAL.search(role):
            code = next(
                (c for _, _, c in states(text, max(0, mention.start - _NEAR), mention.start) if c in BODIES),
                None,
            )
        if code is None and role:
            opening = next((a for a, b in spans if a <= mention.start < b), mention.start)
            code = _scene(text, opening, mention.start)
            if code is None and _PRESIDENT.match(role) and lone in (None, name):
                lone = name
                code = _paragraph(text, mention.start) or _president_of(cast.mentions, text, spans, name, home)
            if code is None and _OFFICE.search(role):
                code = _paragraph(text, mention.start)
                code = None if code == PATRON and _MINISTERS.search(role) else code
                code = code or (None if _ministerial(role, home) else home)
        if code is not None:
            found[name] = code
    return found


def _shared(role: str, home: str | None) -> str | None:
    """The story's home, where an office is one that it has in common with the patron."""
    if home is None or not role or states(role):
        return None
    senator = home in _SENATES and _SENATOR.search(role)
    return home if senator or (home in _SECRETARIES and _SECRETARY.search(role)) else None


def _ministerial(role: str, home: str | None) -> bool:
    """Whether an office is one that a story's home cannot have: the patron has no ministers, and no body has offices of a state."""
    return home in BODIES or (home == PATRON and bool(_MINISTERS.search(role)))


def _paragraph(text: str, at: int) -> str | None:
    """State that the paragraph has named last before a place, without a preposition before it."""
    start = text.rfind("\n", 0, at) + 1
    named = [
        (a, c)
        for a, _, c in states(text, start, at)
        if c not in BODIES and not _GOVERNED.search(text, start, a)
    ]
    if not named:
        return None
    first, code = named[0]
    return (
        code
        if first - start <= _OPENS and not states(text, text.rfind(". ", start, at) + 1, at)
        else named[-1][1]
    )


def _president_of(
    mentions: Sequence[Mention], text: str, spans: Sequence[Span], name: str, home: str | None
) -> str:
    """State of the only president without one: the patron, or the story's home where that is what is named beside him."""
    if home in (None, PATRON) or home in BODIES:
        return PATRON
    places = {m.start for m in mentions if m.name == name}
    if all(c != PATRON for _, _, c in states(text, spans[0][0] if spans else 0, min(places))):
        return home or PATRON
    beside: Counter[str] = Counter()
    for a, b in spans:
        if beside[home] == beside[PATRON] and any(a <= at < b for at in places):
            beside.update(code for _, _, code in states(text, a, b))
    return home if home is not None and beside[home] > beside[PATRON] else PATRON


@lru_cache(maxsize=4096)
def _home(role: str) -> str | None:
    """State of an office: named in it, or known from it alone."""
    role = _RUN_ON.split(role)[-1]
    named = states(role)
    if named:
        return named[0][2]
    if _PATRON_ROLE.search(role):
        return PATRON
    return "DEU" if _GERMAN.search(role) else None


def _told_after(text: str, end: int) -> str | None:
    """State of an office that follows a name: "Oleh Marchenko, the Ukrainian president"."""
    after = _AFTER.match(text, end)
    if after is None:
        return None
    return next(
        (code for a, _, code in states(text, after.end(), after.end() + _NEAR) if a == after.end()), None
    )


def _scene(text: str, opening: int, at: int) -> str | None:
    """State of a place that opens a sentence: "In Warsaw, the prime minister"."""
    if not text.startswith("In ", opening):
        return None
    head = text[opening : min(opening + _NEAR, at)]
    return next((code for a, _, code in states(head) if _IN_PLACE.fullmatch(head[:a])), None)
