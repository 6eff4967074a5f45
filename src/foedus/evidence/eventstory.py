"""What a story has told so far: whose people it names, and who has acted on whom, for sentences that leave it out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from foedus.evidence.actors import name_of
from foedus.evidence.eventcast import PATRON
from foedus.evidence.eventhome import home_of, spoken_of
from foedus.evidence.eventpeople import homes
from foedus.evidence.eventroles import roles_of
from foedus.evidence.people import surname
from foedus.evidence.records import Event, Quotation
from foedus.evidence.scene import Scene

Place = tuple[int, int, str]
_NO_STATES = frozenset((None, PATRON, "NATO", "EU", "UN"))
_AID = frozenset(("provide_aid", "pledge_aid", "withhold_aid", "block_aid"))
_SALES = frozenset(("approve_sale", "approve_emergency"))
_FORCES = frozenset(("withdraw_forces",))
_WE = re.compile(r"\b(?:[Ww]e|I|[Oo]ur)\b")
_OFTEN = 2
_SHORT = 60
"""Characters of a clause that are looked at to tell whether it stands in a quotation."""
_FAMILIES = (_AID, _SALES, _FORCES)


def _start(quote: Quotation) -> int:
    return quote.start


@dataclass
class Told:
    """What a story has told so far."""

    people: list[Place]
    """Where people are named whose state is known."""
    codes: dict[str, str]
    """State of each of them, by name."""
    home: str | None = None
    """State in which the story is at home."""
    person: str | None = None
    """State of the person named last."""
    actors: dict[str, str] = field(default_factory=dict)
    targets: dict[frozenset[str], str] = field(default_factory=dict)
    often: dict[str, int] = field(default_factory=dict)
    """How often each state has been named."""

    def named(self, start: int, stop: int) -> list[Place]:
        """People of known states in a stretch."""
        found: list[Place] = []
        for at in range(bisect_left(self.people, (start, 0, "")), len(self.people)):
            if self.people[at][1] > stop:
                break
            found.append(self.people[at])
        return found

    def with_spoken(
        self, text: str, span: tuple[int, int], places: list[Place], last: Place | None
    ) -> list[Place]:
        """Places of a sentence with the pronouns and bare offices that stand for a state."""
        opens = "\n" in text[max(0, span[0] - 2) : span[0]]
        known = (last[2] if last else None, self.person, self.home, opens)
        found = spoken_of(text, span, places, known)
        people = self.named(*span)
        self.person = people[0][2] if people else self.person
        return sorted([*places, *found]) if found else places

    def voice(self, scene: Scene, said: Sequence[Quotation], start: int, stop: int) -> str | None:
        """State of who says "we" in a clause that stands in a quotation as a whole."""
        at = bisect_right(said, start + 1, key=_start) - 1
        quote = said[at] if at >= 0 else None
        if quote is None or not quote.speaker or quote.end < min(stop - 2, start + _SHORT):
            return None
        code = self.codes.get(scene.cast.canonical(quote.speaker))
        return code if code is not None and _WE.search(scene.text, start, min(stop, quote.end)) else None

    def count(self, places: Sequence[Place]) -> None:
        """Note which states are named."""
        for _, _, code in places:
            self.often[code] = self.often.get(code, 0) + 1

    def _most_named(self, actor: str | None) -> str | None:
        """The state that the story has named most often so far, if it is not the one that acts."""
        told = {code: times for code, times in self.often.items() if code not in _NO_STATES and code != actor}
        best = max(told, key=lambda code: told[code], default=None)
        return best if best is not None and told[best] >= _OFTEN else None

    def completed(self, event: Event) -> Event:
        """An event with the parties that the story has told before."""
        family = next((f for f in _FAMILIES if event.action in f), None)
        if family is None:
            return event
        event = self._with_actor(event)
        if event.target_code is None and family is _AID:
            target = self.targets.get(family) or self._most_named(event.actor_code)
            if target is not None and target != event.actor_code:
                event = replace(event, target=name_of(target), target_code=target)
        if event.target_code is not None:
            self.targets[family] = event.target_code
        return event

    def _with_actor(self, event: Event) -> Event:
        kind = "approve_sale" if event.action in _SALES else event.action
        if event.actor_code is not None:
            self.actors[kind] = event.actor_code
        elif roles_of(event.action).patron and self.actors.get(kind) == PATRON != event.target_code:
            return replace(event, actor=name_of(PATRON), actor_code=PATRON)
        return event


def told_of(scene: Scene, spans: Sequence[tuple[int, int]]) -> Told:
    """The beginning of a story's memory: its people and where it is at home."""
    cast, text = scene.cast, scene.text
    home = home_of(text, spans, scene.spans[0][0] if scene.spans else 0, cast.home)
    codes = homes(cast, text, spans, home)
    people = [(m.start, m.end, codes[m.name]) for m in cast.mentions if m.name in codes]
    known = {start for start, _, _ in people}
    for name, code in codes.items() if spans else ():
        last = surname(name)
        at = text.find(last, *spans[0])
        if at >= 0 and at not in known and not text[at + len(last)].isalnum():
            people.append((at, at + len(last), code))
    return Told(sorted(people), codes, home)
