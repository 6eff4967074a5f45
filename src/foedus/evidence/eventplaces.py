"""Which states a sentence names as parties or places of an act, with their people, houses, towns and bases."""

from __future__ import annotations

import re

from foedus.evidence import tables
from foedus.evidence.actors import states
from foedus.evidence.eventcast import PATRON
from foedus.evidence.eventframes import Words
from foedus.evidence.eventparties import Place
from foedus.evidence.eventroles import town_pattern, town_words, towns
from foedus.evidence.eventstory import Told
from foedus.evidence.lexicon import ends

_ACCORDS = tuple(f" {word}" for word in ("treaty", "Treaty", "convention", "Convention", "accord", "Accord", "protocol", "Protocol", "memorandum", "Memorandum", "process", "format"))  # fmt: skip
_HYPHENS = ("-led", "-made", "-built", "-style", "-speaking", "-designed")
_HOUSE_WORDS = frozenset(("house", "republicans", "democrats"))
_HOUSE = re.compile(
    r"(?P<who>(?<=[Tt]he )House(?! of )(?=[ ,.])|\bHouse(?= (?:pass|vot|approv|back|reject|block|clear|adopt|bar|defeat|kill|panel|committee)\w*)"
    r"|(?<!Social )(?<!Liberal )(?<!Christian )(?<!Sweden )(?<!Free )\b(?:House )?(?:Republicans|Democrats))\b"
)
"""The lower house and the parties of the patron; parties of the same names elsewhere have another word before them."""
_SEA_OF = re.compile(r"\b(?:Gulf|Sea|Bay|Strait) of (?:the )?$")
_SEA = re.compile(r" (?:Sea|Strait|Ocean|Channel)\b")


def places_in(text: str, start: int, stop: int, told: Told) -> list[Place]:
    """States named in a sentence and people of theirs, without those that only name a sea: "the Gulf of Finland"."""
    found = [p for p in states(text, start, stop) if not _is_no_party(text, p)]
    people = [q for q in told.named(start, stop) if all(q[1] <= a or b <= q[0] for a, b, _ in found)]
    return sorted([*found, *people]) if people else found


def _is_no_party(text: str, place: Place) -> bool:
    """Whether a state's name only names a sea, an accord or who made or leads something."""
    if text.startswith("Security Council", place[0]) and text.endswith("National ", 0, place[0]):
        return True
    return text.startswith(_HYPHENS, place[1]) or _names_a_sea(text, place) or _names_a_treaty(text, place)


def _with_houses(text: str, start: int, stop: int, found: list[Place]) -> list[Place]:
    """Places with the parties and the lower house of the patron's parliament, which in news of the alliance go by their bare names."""
    houses = [
        (*match.span("who"), PATRON)
        for match in _HOUSE.finditer(text, start, stop)
        if all(match.end("who") <= a or b <= match.start("who") for a, b, _ in found)
    ]
    return sorted([*found, *houses])


def _names_a_treaty(text: str, place: Place) -> bool:
    """Whether a capital only names an accord signed there: "the Ottawa convention"."""
    return text.startswith(_ACCORDS, place[1]) and text[place[0] : place[1]].lower() in tables.capitals()


def _names_a_sea(text: str, place: Place) -> bool:
    before = text[max(0, place[0] - 9) : place[0]]
    of_sea = ends(before, ("the ", "of ")) and _SEA_OF.search(before)
    return bool(of_sea or _SEA.match(text, place[1]))


def with_towns(text: str, start: int, stop: int, places: list[Place], words: Words) -> list[Place]:
    """States named in a sentence, with houses of the patron's parliament and towns that say where."""
    found = list(places)
    if not _HOUSE_WORDS.isdisjoint(words.words):
        found = _with_houses(text, start, stop, found)
    if not found or town_words().isdisjoint(words.words):
        return found
    for match in town_pattern().finditer(text, start, stop):
        a, b = match.span()
        if all(b <= p[0] or p[1] <= a for p in places):
            found.append((a, b, towns()[match.group()]))
    return sorted(found)
