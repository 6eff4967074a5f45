"""Events of a story: actor, action, target, date and modality, for each sentence and each action in it."""

from __future__ import annotations

import re

from foedus.evidence import tables
from foedus.evidence.actors import name_of, states
from foedus.evidence.eventclass import EventCue, classify, lower, own_hits
from foedus.evidence.eventmood import event_date, modality
from foedus.evidence.eventparties import Place
from foedus.evidence.eventplain import plain_event
from foedus.evidence.records import Event, Quotation
from foedus.evidence.subjects import Scene, main_subject

PER_SENTENCE = 3
"""Most events read from one sentence."""
MAX_SENTENCE = 1200
_CARRIED = re.compile(
    r"^\W*(?:But |And |Yet |So )?(?:(?:It|He|She|They|Its|His|Her|Their)\b|(?:.{0,60}\b)?[Tt]he (?:president|prime minister|premier|chancellor|government|administration|minister|cabinet|ministry|country|agency)\b)"
)
"""How a sentence begins that goes on about the state named last."""
_AGENT = re.compile(r"\bby (?:the )?$")
_ADDRESSED = re.compile(
    r"\b(?:propos|urg|ask|demand|suggest|want|insist|press|call|beg|tell|told|allow|order)\w*(?: on| upon)?\s+(?:that\s+)?(?:the\s+)?$"
)
"""What stands before the state that is to act, where another speaks of it."""
_IN_PLACE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ff]rom) $")
_LEADING = re.compile(
    r"\W*(?:If|Unless|Should|When|After|While|Although|Though|Since|As|Despite|Until|Once|Asked|Pressed|[A-Z][a-z]+ing(?! (?:is|was|has|will)))\b"
)
"""How a sentence begins whose first clause names a condition or a time, not who acts."""
_LAW_OF = {"approve_emergency": "USA"}
"""Acts that the law of one state alone knows."""
_EXITS = frozenset(("threaten_withdrawal", "withdraw_from_treaty"))
_BODIES = frozenset(("NATO", "EU", "UN"))
_HELD_TO = re.compile(r"\b(?:to|of|with|for|defend|protect) (?:the )?$")
_COMMITTED_TO = re.compile(
    r"\b(?:commitments?|promises?|guarantees?|pledges?|obligations?) to (?:the )?(?:defend |security of |defen[cs]e of )?(?:the )?$"
)
_STANDS = re.compile(
    r" (?:would|will|stands?|stood|remains?|remained|is|was)\b|[’']s? (?:\w+ )?(?:commitment|promise|guarantee)"
)
_MOVES = frozenset(("withdraw_forces", "deploy"))
_OWN_FORCES = re.compile(
    r"(?:[’']s)? (?:\w+ ){0,2}?(?:troops?|forces|soldiers|marines|brigades?|battalions?|division|jets|contingent|garrison|airmen|paratroopers)\b"
)
"""Whose forces move, where nobody is named who moves them: "American troops"."""
_FLOWS = frozenset(("withhold_aid", "provide_aid"))
_GIVER = re.compile(r"\b(?:from|of) (?:the )?$")
"""What stands before whose aid it is, where nobody is named who gives or stops it."""
_TO_WHOM = re.compile(r"\b(?:to|from) (?:the )?$")
_OWN_HOUSE = ("Congress", "Senate", "House of Representatives")
_SAID_CLASSES = frozenset(("THREATEN", "AGREE", "REJECT"))
"""Classes of what is said or refused; an act that is not done takes the class of its sentence instead of its own."""
_OWN_HOUSE_ACTIONS = frozenset(("approve_sale", "approve_emergency", "legislate_withdrawal_limit"))


def read_events(
    scene: Scene, cut: list[tuple[int, int]], said: list[Quotation], story: int, published: str | None
) -> list[Event]:
    """Events of a story, sentence by sentence; those inside quotations carry their speaker as source."""
    found: list[Event] = []
    last: Place | None = None
    for start, end in cut:
        stop = min(end, start + MAX_SENTENCE)
        sentence = scene.text[start:stop]
        places = states(scene.text, start, stop)
        hits = _hits(sentence)
        if not hits:
            found.extend(_plain(scene, start, stop, places, said, story, published))
        for cue, a, b in hits[:PER_SENTENCE]:
            event = _event(
                scene, (start, stop), cue, start + a, start + b, places, last, said, story, published
            )
            if event is not None:
                found.append(event)
        last = places[0] if places else (last if _CARRIED.match(sentence) else None)
    return found


def _hits(sentence: str) -> list[tuple[EventCue, int, int]]:
    """Cues of the alliance's own actions in a sentence that do not overlap, the most specific first."""
    own = sorted(own_hits(lower(sentence)), key=lambda h: (-h[0].priority, h[1], h[0].number))
    chosen: list[tuple[EventCue, int, int]] = []
    for hit in own:
        if all(hit[2] <= a or b <= hit[1] for _, a, b in chosen):
            chosen.append(hit)
    if any(cue.action == "approve_emergency" for cue, _, _ in chosen):
        chosen = [h for h in chosen if h[0].action != "approve_sale"]
    return sorted(chosen, key=lambda h: h[1])


def _plain(
    scene: Scene,
    start: int,
    stop: int,
    places: list[Place],
    said: list[Quotation],
    story: int,
    published: str | None,
) -> list[Event]:
    """Event of a sentence that has none of the alliance's own."""
    told = plain_event(scene.text, scene.mask, start, stop, places)
    if told is None:
        return []
    text, a, b = scene.text, told.start, told.end
    name = told.label.lower()
    mood = modality(text[start:a], text[a:b], text[b:stop], name)
    if mood == "denied":
        return []
    actor, target = told.actor, told.target
    return [
        Event(
            a, b, text[a:b], event_date(text[start:stop], published, mood), scene.cast.canonical(actor.name) if actor else None,
            name, scene.cast.canonical(target.name) if target else None, mood, told.label, actor.code if actor else None,
            target.code if target else None, None, story,
        )
    ]  # fmt: skip


def _event(
    scene: Scene,
    sentence: tuple[int, int],
    cue: EventCue,
    start: int,
    end: int,
    places: list[Place],
    last: Place | None,
    said: list[Quotation],
    story: int,
    published: str | None,
) -> Event | None:
    before, after = scene.text[sentence[0] : start], scene.text[end : sentence[1]]
    speaker = next((q.speaker for q in said if q.start <= start < q.end), None)
    first, goal = _parties(scene.text, sentence[0], places, start, cue.action)
    subject = main_subject(scene, sentence[0], start) if first is None else None
    if first is None and last is not None and _CARRIED.match(before):
        first = last
    if goal is not None and first is not None and goal[2] == first[2]:
        goal = None
    if first is None and subject is None and goal is None:
        return None
    name = cue.action or (cue.plover or "").lower()
    mood = modality(before, scene.text[start:end], after, cue.action)
    plover = cue.plover
    if mood != "done" and plover not in _SAID_CLASSES and plover is not None:
        plover = classify(scene.text[sentence[0] : sentence[1]])
    return Event(
        start, end, scene.text[start:end], event_date(scene.text[sentence[0] : sentence[1]], published, mood),
        name_of(first[2]) if first else (subject.name if subject else None), name, name_of(goal[2]) if goal else None,
        mood, plover, first[2] if first else None, goal[2] if goal else None, speaker, story,
    )  # fmt: skip


def _parties(
    text: str, opening: int, places: list[Place], start: int, action: str
) -> tuple[Place | None, Place | None]:
    """Who acts and on whom: the first state before the trigger and the next other one after it; "by" names who acts.

    A house of parliament that a government tells of a sale is its own, and a capital where something happens is no target.
    """
    agent = next((p for p in places if p[0] >= start and _AGENT.search(text[: p[0]][-8:])), None)
    earlier = _subjects(text, opening, places, start)
    if action == "affirm_commitment" and (pair := _vouches(text, places)) is not None:
        return pair
    if agent is not None:
        return agent, next((p for p in earlier if p[2] != agent[2]), None)
    told = next((p for p in reversed(earlier) if _ADDRESSED.search(text[max(0, p[0] - 40) : p[0]])), None)
    first = told or (earlier[0] if earlier else None)
    later = [p for p in places if p[0] >= start]
    if action in _OWN_HOUSE_ACTIONS:
        house = next((p for p in later if text[p[0] : p[1]] in _OWN_HOUSE), None)
        first = first or house
    if first is None and action in _MOVES:
        first = next((p for p in later if _OWN_FORCES.match(text, p[1])), None)
    if first is None and action == "affirm_commitment":
        first = next((p for p in later if _STANDS.match(text, p[1])), None)
    if first is None and action in _FLOWS:
        first = next((p for p in later if _GIVER.search(text[max(start, p[0] - 10) : p[0]])), None)
    if first is None and action in _LAW_OF:
        first = (start, start, _LAW_OF[action])
    if first is None and action in _EXITS:
        first = next((p for p in later[:1] if p[2] not in _BODIES), None)
    goal = next(
        (p for p in later if (first is None or p[2] != first[2]) and not _is_scene(text, p)),
        None,
    )
    if goal is None and first is not None:
        goal = _goal_before(text, places, earlier, start, first, action)
    return first, goal


def _vouches(text: str, places: list[Place]) -> tuple[Place | None, Place] | None:
    """Who vouches, and to whom the commitment is held, where the latter stands first: "our commitment to X is firm, Y said"."""
    goal = next((p for p in places if _COMMITTED_TO.search(text[max(0, p[0] - 24) : p[0]])), None)
    if goal is None or (places[0] != goal and not _is_scene(text, places[0])):
        return None
    return next((p for p in places if p[2] != goal[2] and not _is_scene(text, p)), None), goal


def _subjects(text: str, opening: int, places: list[Place], start: int) -> list[Place]:
    """States before a trigger that may act: not those of a leading clause where another stands after it."""
    earlier = [p for p in places if p[1] <= start]
    acting = [p for p in earlier if not _is_scene(text, p)]
    earlier = acting or earlier
    if earlier:
        comma = text.find(",", opening, start)
        after = [p for p in earlier if p[0] > comma >= 0]
        if after and _LEADING.match(text, opening):
            return after
    return earlier


def _is_scene(text: str, place: Place) -> bool:
    """Whether a capital is named as the place where something happens."""
    return text[place[0] : place[1]].lower() in tables.capitals() and bool(
        _IN_PLACE.search(text[max(0, place[0] - 9) : place[0]])
    )


def _goal_before(
    text: str, places: list[Place], earlier: list[Place], start: int, first: Place, action: str
) -> Place | None:
    """Target that stands before the trigger: in a leading clause, or beside the commitment that is vouched for."""
    others = [p for p in places if p[1] <= start and p[2] != first[2]]
    if action == "affirm_commitment":
        return next((p for p in others if _HELD_TO.search(text[max(0, p[0] - 14) : p[0]])), None)
    aside = next((p for p in others if p not in earlier), None)
    return aside or next(
        (p for p in others if p[0] > first[0] and _TO_WHOM.search(text[max(0, p[0] - 9) : p[0]])), None
    )
