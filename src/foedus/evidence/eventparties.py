"""Who may act or be acted on in a sentence: states, governments and armed groups, people at large, and whoever has a name.

An actor is coded as it is found: with a state's code where the text names the state ("Turkish police", "the president of
Peru"), else without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.actors import name_of
from foedus.evidence.lexicon import MONTH_DAY, NOT_NAME, TITLES
from foedus.evidence.phrases import INTRO

Place = tuple[int, int, str]
_WORD = re.compile(r"[A-Za-zÀ-ž]+(?:[-'’][A-Za-zÀ-ž]+)*")
_NAME = re.compile(r"[A-ZÀ-Ž][\w’'-]*(?: (?:(?:of|al|bin|de|van|von) )?[A-ZÀ-Ž][\w’'-]*)*")
_BETWEEN = re.compile(
    r"(?:[’']s?)? (?:(?:foreign|prime|defen[cs]e|finance|interior|vice|deputy|security|border|coast|secret|riot|armed|air|central|opposition|government|army|rebel|military|health|senior|chief|special|trade|former|main|ruling|high|peace|air) )*"
)
"""What may stand between a state and the office or group that is its own."""
_OF_STATE = re.compile(r" (?:of|in|from) (?:the )?$")
_AIMED = re.compile(
    r"\b(?:sanctions?|tariffs?|embargo|curbs|restrictions?|pressure|attacks?|strikes?|raids?|assault|ban|war|limits|duties|ultimatum|blockade) (?:on|over) (?:the )?$|\b(?:fir(?:ed|ing|es)|launched|missiles?|rockets?|shells|drones|shots) (?:at|on|into) (?:the )?$"
)
"""What is laid on somebody, who is then not a place."""
_PLACED = re.compile(r"\b(?:in|at|near|outside|inside|around|across|on|off|since|during|under|over) (?:the )?$")
"""What makes a name the place or time of an act."""


@dataclass(slots=True)
class Party:
    """A mention of somebody who may act: where, how it is called, and the code of its state if the text names one."""

    start: int
    end: int
    name: str
    code: str | None
    placed: bool = False
    """Named as the place of something."""
    major: bool = False
    """A state, or an office or group that acts in politics: enough to make the act one of politics."""

    def same(self, other: Party) -> bool:
        """Whether both are one and the same."""
        return self.code == other.code if self.code or other.code else self.name == other.name


@lru_cache(maxsize=1)
def actor_words() -> dict[str, bool]:
    """Words for those who act, lower case, and whether one alone makes an act political."""
    return {
        word: row["alone"] == "yes"
        for row in tables.rows("event_actors.csv")
        for word in row["words"].split("|")
    }


def parties(text: str, start: int, stop: int, places: list[Place]) -> list[Party]:
    """Parties of a sentence, in the order of the text. `places` are the states that it names."""
    found = _generic(text, start, stop, places)
    taken = [(p.start, p.end) for p in found]
    for a, b, code in places:
        if all(b <= x or y <= a for x, y in taken):
            found.append(Party(a, b, name_of(code), code, _placed(text, start, a), major=True))
    taken = [(p.start, p.end) for p in found]
    for match in _NAME.finditer(text, start, stop):
        name = _trimmed(text, match.start(), match.end(), start)
        if name is not None and all(name[1] <= x or y <= name[0] for x, y in taken):
            a, b = name
            found.append(Party(a, b, text[a:b], None, _placed(text, start, a)))
    return _joined(text, sorted(found, key=lambda p: p.start))


def _joined(text: str, found: list[Party]) -> list[Party]:
    """Make one party of those that stand side by side: "Opposition leader Jadwiga Sroka", "a Western diplomat"."""
    joined: list[Party] = []
    for party in found:
        before = joined[-1] if joined else None
        if before is not None and text[before.end : party.start] == " ":
            named = party.name[:1].isupper() and party.code is None
            name = party.name if named else text[before.start : party.end]
            joined[-1] = Party(
                before.start,
                party.end,
                name,
                before.code or party.code,
                before.placed,
                before.major or party.major,
            )
        else:
            joined.append(party)
    return joined


def _placed(text: str, start: int, at: int) -> bool:
    return bool(_PLACED.search(text[max(start, at - 14) : at])) and not _AIMED.search(
        text[max(start, at - 28) : at]
    )


def _generic(text: str, start: int, stop: int, places: list[Place]) -> list[Party]:
    """Offices and groups, with the state they belong to where it stands beside them."""
    words = actor_words()
    found: list[Party] = []
    for match in _WORD.finditer(text, start, stop):
        a, b = match.span()
        if match.group().lower() not in words or (found and a < found[-1].end):
            continue
        if any(p[0] <= a < p[1] for p in places):
            continue
        owner = next((p for p in places if p[1] <= a and _BETWEEN.fullmatch(text, p[1], a)), None)
        if owner is not None:
            found.append(Party(owner[0], b, text[owner[0] : b], owner[2], major=True))
            continue
        after = next((p for p in places if b <= p[0] <= b + 9 and _OF_STATE.fullmatch(text, b, p[0])), None)
        end, code = (after[1], after[2]) if after else (b, None)
        major = code is not None or words[match.group().lower()]
        found.append(Party(a, end, text[a:end], code, _placed(text, start, a), major))
    return found


def _trimmed(text: str, a: int, b: int, opening: int) -> tuple[int, int] | None:
    """A run of capitalised words without what is no name at its head; None where nothing is left."""
    if a == opening and INTRO.match(text[a : b + 1]):
        space = text.find(" ", a, b)
        if space < 0:
            return None
        a = space + 1
    while a < b:
        word = text[a:b].split(" ", 1)[0]
        low = word.lower().rstrip("’'s") if word.endswith(("’s", "'s")) else word.lower()
        if low not in NOT_NAME and low not in MONTH_DAY and low not in TITLES:
            break
        a += len(word) + 1
    name = text[a:b]
    for ending in ("’s", "'s", "’", "'"):
        if name.endswith(ending):
            name = name[: -len(ending)]
            break
    return (a, a + len(name)) if len(name) > 1 else None
