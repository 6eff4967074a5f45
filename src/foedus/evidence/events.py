"""Events of a story: actor, action, target, date and modality, for each sentence and each action in it."""

from __future__ import annotations

import re

from foedus.evidence.actors import name_of, states
from foedus.evidence.blocks import DAYS
from foedus.evidence.dates import first_date, weekday_date
from foedus.evidence.eventclass import EventCue, classify, cues, lower
from foedus.evidence.records import Event, Modality, Quotation
from foedus.evidence.subjects import Scene, main_subject

PER_SENTENCE = 3
"""Most events read from one sentence."""
MAX_SENTENCE = 1200
MIN_ACTORS = 2
"""States or bodies that a sentence must name for an event outside the alliance's own list."""
_MODAL = (
    ("denied", re.compile(r"\b(?:den(?:y|ies|ied)|no plans? to|did not|does not|do not|has not|have not|had not|never|no intention of|ruled? out|refus\w+ to|will not|would not|won['’]t|wouldn['’]t|cannot|not going to|no longer)\b", re.IGNORECASE)),
    ("conditional", re.compile(r"\b(?:if|unless|only when|provided that|in case|should (?:they|it|he|she|the|Russia|an ally) \w+|depend(?:s|ing)? on|on condition that|as long as)\b", re.IGNORECASE)),
    ("threatened", re.compile(r"\b(?:threat\w*|warn\w*|ultimat\w+)\b", re.IGNORECASE)),
    ("hypothetical", re.compile(r"\b(?:could|might|may|would|consider\w*|weigh(?:s|ed|ing)?|mull\w*|possib\w+|fear(?:s|ed)?|speculat\w+|discuss(?:es|ed|ing)?|option|scenario|what if|proposal|suggest\w*|want(?:s|ed)?|hope[sd]?|prospect)\b", re.IGNORECASE)),
    ("pledged", re.compile(r"\b(?:pledg\w+|promis\w+|vow\w*|commit(?:s|ted) to|agreed to|offer(?:s|ed)? to|ready to|prepared to)\b", re.IGNORECASE)),
    ("announced", re.compile(r"\b(?:will|shall|to be|plans? to|planned to|going to|announc\w+|intends? to|decided to|is to|are to|order(?:s|ed)?|set to|due to|by (?:the end|20\d\d|next))\b", re.IGNORECASE)),
)  # fmt: skip
_FIXED: dict[str, Modality] = {
    "threaten_withdrawal": "threatened",
    "ultimatum": "conditional",
    "threaten_non_defence": "threatened",
}


def modality(before: str, trigger: str, after: str, action: str) -> Modality:
    """Whether the action at a trigger is done, announced, pledged, threatened, denied, conditional or only thought of."""
    if action in _FIXED and not re.search(
        r"\b(?:den(?:y|ies|ied)|no plans?|never|did not|ruled? out)\b", before, re.IGNORECASE
    ):
        return _FIXED[action]
    near = before[-70:]
    clause = before + " " + after[:60]
    for name, pattern in _MODAL:
        scope = (
            clause
            if name == "conditional"
            else (near if name in ("denied", "hypothetical", "announced", "pledged") else near + trigger)
        )
        if pattern.search(scope):
            return name  # type: ignore[return-value]
    if action == "pledge_aid":
        return "pledged"
    return "done"


def read_events(
    scene: Scene, cut: list[tuple[int, int]], said: list[Quotation], story: int, published: str | None
) -> list[Event]:
    """Events of a story, sentence by sentence; those inside quotations carry their speaker as source."""
    found: list[Event] = []
    for start, end in cut:
        stop = min(end, start + MAX_SENTENCE)
        sentence = scene.text[start:stop]
        places = states(scene.text, start, stop)
        hits = _hits(sentence, len({code for _, _, code in places}))
        for cue, a, b in hits[:PER_SENTENCE]:
            event = _event(scene, (start, stop), cue, start + a, start + b, places, said, story, published)
            if event is not None:
                found.append(event)
    return found


def _hits(sentence: str, actors: int) -> list[tuple[EventCue, int, int]]:
    """Cues of a sentence that do not overlap, the most specific first; bare PLOVER cues only where nothing of the alliance's own matches."""
    lowered = lower(sentence)
    own = sorted(
        ((c, m.start(), m.end()) for c in cues() if c.action and (m := c.search(lowered))),
        key=lambda h: (-h[0].priority, h[1]),
    )
    chosen: list[tuple[EventCue, int, int]] = []
    for hit in own:
        if all(hit[2] <= a or b <= hit[1] for _, a, b in chosen):
            chosen.append(hit)
    if not chosen and actors >= MIN_ACTORS:
        label = classify(sentence)
        every = (
            (c, m.start(), m.end())
            for c in cues()
            if not c.action and c.plover == label and (m := c.search(lowered))
        )
        chosen = sorted(every, key=lambda h: h[1])[:1]
    return sorted(chosen, key=lambda h: h[1])


def _event(
    scene: Scene,
    sentence: tuple[int, int],
    cue: EventCue,
    start: int,
    end: int,
    places: list[tuple[int, int, str]],
    said: list[Quotation],
    story: int,
    published: str | None,
) -> Event | None:
    before, after = scene.text[sentence[0] : start], scene.text[end : sentence[1]]
    speaker = next((q.speaker for q in said if q.start <= start < q.end), None)
    actor = [p for p in places if p[1] <= start]
    target = [p for p in places if p[0] >= start]
    subject = main_subject(scene, sentence[0], start) if not actor else None
    first = actor[0] if actor else None
    goal = next((p for p in target if first is None or p[2] != first[2]), None)
    if first is None and subject is None and goal is None:
        return None
    name = cue.action or (cue.plover or "").lower()
    return Event(
        start, end, scene.text[start:end], _date(scene.text[sentence[0] : sentence[1]], published),
        name_of(first[2]) if first else (subject.name if subject else None), name, name_of(goal[2]) if goal else None,
        modality(before, scene.text[start:end], after, cue.action), cue.plover, first[2] if first else None, goal[2] if goal else None, speaker, story,
    )  # fmt: skip


def _date(sentence: str, published: str | None) -> str | None:
    date = first_date(sentence)
    if date is not None:
        return date
    day = re.search(rf"\b(?:{DAYS})\b", sentence)
    if day and published:
        return weekday_date(day.group(), published)
    if published and re.search(r"\b(?:today|tonight)\b", sentence):
        return published
    return None
