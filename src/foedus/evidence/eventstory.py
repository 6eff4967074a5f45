"""What a story has told so far: whose people it names, and who has acted on whom, for sentences that leave it out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from foedus.evidence.actors import name_of, states
from foedus.evidence.eventcast import PATRON, Parties
from foedus.evidence.eventframes import Trigger
from foedus.evidence.eventhome import FOES, home_of, spoken_of
from foedus.evidence.eventpeople import homes
from foedus.evidence.eventroles import roles_of, service_pattern, services
from foedus.evidence.people import surname
from foedus.evidence.records import Event, Quotation
from foedus.evidence.scene import Scene

Place = tuple[int, int, str]
_NO_STATES = frozenset((None, PATRON, "NATO", "EU", "UN"))
_AID = frozenset(("provide_aid", "pledge_aid", "withhold_aid", "block_aid"))
_SALES = frozenset(("approve_sale", "approve_emergency"))
_FORCES = frozenset(("withdraw_forces", "deploy"))
_WE = re.compile(r"\b(?:[Ww]e|I|[Oo]ur)\b")
_OURS = re.compile(
    r"\b(?:(?<=with )us\b|(?<=for )us\b|(?<=to )us\b|[Oo]ur(?= (?:\w+ )?(?:borders?|soil|territory|airspace|waters|country|government|president|prime minister|minister|army|navy|troops|soldiers|forces|ports|skies)\b))"
)
"""How a writer speaks of his own state."""
_OFTEN = 2
_SURNAME = 4
_ALLY = re.compile(r"(?:the )?[Aa]ll(?:y|ies|iance)\b")
_ATLANTIC = re.compile(r"\bN(?:ATO|ato)\b|\bAtlantic\b|\b[Aa]rticle (?:5|Five|4|Four)\b")
_BY_TREATY = frozenset(("KOR", "JPN", "PHL", "AUS", "NZL", "THA", "TWN", "ISR"))
"""States with which the patron has a treaty or a guarantee of its own."""
_ARMED = ("UKR", "TWN")
_SHORT = 60
"""Characters of a clause that are looked at to tell whether it stands in a quotation."""
_FAMILIES = (_AID, _SALES, _FORCES)


_SPARED = frozenset(("deploy", "provide_aid", "pledge_aid", "block_aid", "withdraw_forces"))
_SPARED_WORDS = 8
_BREAKS = re.compile(r"\b(?:because|so that|if|whether|than|between|where|nowhere)\b")
_PLAIN_VERB = re.compile(
    r"(?:deploy|station|dispatch|despatch|posted|base[ds]?\b|basing|garrison|send|sent|rotat|fl(?:y|own|ew|ies)\b|airlift|arriv|ship(?:ped|ping)?\b|rush|reinforc|contribut|len[dt]|commit(?!\w* \w+sel)|suppl|deliver|donat|provid|hand|transfer|pledg|promis|offer|earmark|set aside|allocat|undert|mov(?:e|es|ed|ing)\b|shift|relocat(?:e|es|ed|ing)\b|redeploy|position|install|put (?:on|into|under)|plac(?:e|ed|es|ing)\b|take|took|join|operat|part(?: |s |ing |ed )with|spar(?:e|ed|es|ing)\b|kee?p|retain|maintain|stay|remain|extend|prolong|replac|assign|double|treble|triple|step|resum(?:e[sd]\b|ing (?:them|it)\b)|disburs|releas|paid out|wired)\w*"
)
_PLAIN_VERBS = {
    "block_aid": re.compile(r"(?:hold|held|block|veto|vot(?:e[sd]?|ing)\b|stall|defeat|reject)\w*"),
    "withdraw_forces": re.compile(r"(?:end|laps|expir|terminat|wind|wound|curtail|cut short)\w*"),
}
"""Verbs that tell an act of forces or aid even where nobody says whither."""
_SENT = re.compile(
    r"(?:send|sent|len[dt]|contribut|arriv|com(?:e|ing)|came|add|dispatch|rotat|offer|pledg|promis)\w*"
)
_MOVES = re.compile(r"(?:mov|shift|order|plac|sail|steam|return|push|drove|position|train|operat|head)\w*")
"""Verbs that tell a deployment where the place is named to which forces go, of whatever state: "to the northern Red Sea"."""
_THINGS = re.compile(
    r"\b(?:troops?|soldiers|forces?|marines|brigades?|battalions?|regiments?|division|squadrons?|batter(?:y|ies)|launchers|missiles|interceptors|jets|fighters|tanks|warships?|destroyers?|frigates?|carriers?|submarines?|garrison|contingent|units?|deployments?|withdrawals?|drawdowns?|rotations?|shipments?|deliver(?:y|ies)|weapons|arms|ammunition|aid|package|loan|equipment)\b"
)
_OWN_GOAL = re.compile(
    r"[^.;]{0,40}?\b(?:to|into|in|off|near|around|across|over|through|at|on) (?:the )?(?:[a-z]+ern |central )?[A-Z](?!\w*day\b)(?!anuary|ebruary|arch|pril|ay\b|une|uly|ugust|eptember|ctober|ovember|ecember)"
)
"""Another place that an act names for itself."""


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
    partner: str | None = None
    """The patron's ally in a story of a treaty between two."""
    person: str | None = None
    """State of the person named last."""
    actors: dict[str, str] = field(default_factory=dict)
    givers: set[str] = field(default_factory=set)
    """States that have sent forces or aid."""
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
        places = self._allied(text, places)
        found = spoken_of(text, span, places, known)
        people = self.named(*span)
        self.person = people[0][2] if people else self.person
        return sorted([*places, *found]) if found else places

    def with_ours(self, mask: str, span: tuple[int, int], places: list[Place]) -> list[Place]:
        """Places with "us" and "our" of the writer's own state, outside quotations."""
        home = self.home
        if home is None or home in _NO_STATES - {PATRON}:
            return places
        found = [(*m.span(), home) for m in _OURS.finditer(mask, *span)]
        return sorted([*places, *found]) if found else places

    def _allied(self, text: str, places: list[Place]) -> list[Place]:
        """Places in which, where the story is of an alliance of two, "the alliance" is the other of them."""
        if self.partner is None or all(code != "NATO" for _, _, code in places):
            return places
        other = self.partner if any(code == PATRON for _, _, code in places) else PATRON
        return [(a, b, other if c == "NATO" and _ALLY.match(text, a) else c) for a, b, c in places]

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
        """The state that the story has named most often so far, if it is not the one that acts; one at war before all."""
        told = {code: times for code, times in self.often.items() if code not in _NO_STATES and code != actor}
        told = {code: times for code, times in told.items() if code not in self.givers}
        armed = next((code for code in _ARMED if code in told), None)
        best = max(told, key=lambda code: told[code], default=None)
        if (
            best is not None
            and armed is not None
            and _OFTEN * max(told[armed], 1) >= min(told[best], _OFTEN + 1)
        ):
            best = armed
        elif self.home in told:
            return self.home
        return best if best is not None and (best == armed or told[best] >= _OFTEN) else None

    def vouches(self, trigger: Trigger, who: Parties, sentence: str) -> bool:
        """Whether what the sentence does not say of an act is told by the story, or can be spared where the verb is plain."""
        if trigger.need != "goal" or trigger.action not in _SPARED:
            return False
        between = sentence[trigger.pred[1] : trigger.thing[0]] or sentence[trigger.thing[1] : trigger.pred[0]]
        near = len(between.split()) <= _SPARED_WORDS and not _BREAKS.search(between)
        plain = (
            near and _PLAIN_VERBS.get(trigger.action, _PLAIN_VERB).match(sentence, trigger.pred[0]) is not None
        )
        moved = near and trigger.action == "deploy" and _MOVES.match(sentence, trigger.pred[0]) is not None
        plain = plain or (moved and _OWN_GOAL.match(sentence, trigger.pred[0]) is not None)
        return plain and (who.actor is not None or self._family_known(trigger.action))

    def goes_on(self, sentence: str) -> bool:
        """Whether a sentence that names no state speaks of forces or arms of which the story has told."""
        return bool(self.targets) and _THINGS.search(sentence) is not None

    def _family_known(self, action: str) -> bool:
        family = next((f for f in _FAMILIES if action in f), None)
        return family in self.targets and any(a in self.actors for a in family or ())

    def _comes_home(self, trigger: Trigger, actor: str | None, sentence: str) -> bool:
        """Whether forces sent nowhere by name are sent to where the story is at home."""
        if trigger.action not in _FORCES or self.home in _NO_STATES | self.givers or actor in FOES:
            return False
        return trigger.action == "withdraw_forces" or _SENT.match(sentence, trigger.pred[0]) is not None

    def supplied(
        self, trigger: Trigger, actor: str | None, target: str | None, sentence: str, after: str
    ) -> tuple[str | None, str | None]:
        """Parties of an act with those that the story has told of the same kind of act."""
        family = next((f for f in (_FORCES, _AID) if trigger.action in f), None)
        known = self.targets.get(family) if family else None
        if known is None and self._comes_home(trigger, actor, sentence):
            known = self.home
        if known is None or family is None:
            return actor, target
        if actor is None and target in (None, known):
            actor = next((self.actors[a] for a in (trigger.action, *family) if a in self.actors), None)
        if target is None and known != actor and not _OWN_GOAL.match(after):
            target = known
        return actor, target

    def completed(self, event: Event) -> Event:
        """An event with the parties that the story has told before."""
        family = next((f for f in _FAMILIES if event.action in f), None)
        if family is None:
            return event
        event = self._with_actor(event)
        if event.actor_code is not None:
            self.givers.add(event.actor_code)
        if event.target_code is None and family is _AID:
            target = self.targets.get(family) or self._most_named(event.actor_code)
            if target is not None and target != event.actor_code:
                event = replace(event, target=name_of(target), target_code=target)
        if event.target_code not in (None, PATRON) or (event.target_code and family is not _FORCES):
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
    taken = {at for start, end, _ in people for at in range(start, end)}
    for name, code in codes.items() if spans else ():
        last = surname(name)
        if len(last) < _SURNAME or states(last):
            continue
        for found in re.finditer(rf"(?<![\w-]){re.escape(last)}(?![\w-])", text[spans[0][0] : spans[-1][1]]):
            at = spans[0][0] + found.start()
            if at not in taken:
                people.append((at, at + len(last), code))
    if spans:
        found_ = service_pattern().finditer(text, spans[0][0], spans[-1][1])
        people += [(*m.span(), services()[m.group()]) for m in found_ if m.start() not in taken]
    return Told(sorted(people), codes, home, _partner(text, spans, home))


def _partner(text: str, spans: Sequence[tuple[int, int]], home: str | None) -> str | None:
    """The patron's ally by a treaty between two, where a story names no other alliance."""
    if not spans or _ATLANTIC.search(text, spans[0][0], spans[-1][1]):
        return None
    if home in _BY_TREATY:
        return home
    named = Counter(c for a, b in spans for _, _, c in states(text, a, b) if c in _BY_TREATY)
    return named.most_common(1)[0][0] if named and named.most_common(1)[0][1] > _OFTEN else None
