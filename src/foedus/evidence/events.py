"""Events of a story: actor, action, target, date and modality, for each sentence and each action in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.evidence.actors import name_of, states
from foedus.evidence.eventcast import LAW_OF, PATRON, Parties, parties_of
from foedus.evidence.eventframes import Trigger, words_of
from foedus.evidence.eventmany import once, with_each
from foedus.evidence.eventmood import event_date, is_history, modality
from foedus.evidence.eventname import ARMED, FOES, KEPT_BACK, brought_home, given_or_sent, named
from foedus.evidence.eventnot import is_standing, tells_no_act
from foedus.evidence.eventparties import Place
from foedus.evidence.eventplaces import places_in, with_towns
from foedus.evidence.eventplain import plain_event
from foedus.evidence.eventroles import roles_of
from foedus.evidence.eventsift import is_content, is_elsewhere, is_named, is_no_act, is_view, spoken_by_another
from foedus.evidence.eventsplit import clauses_of
from foedus.evidence.eventstory import Told, told_of
from foedus.evidence.eventtriggers import absorbed, acts
from foedus.evidence.records import Event, Modality, Quotation
from foedus.evidence.subjects import Scene, main_subject

PER_SENTENCE = 6
"""Most events read from one sentence."""
MAX_SENTENCE = 1200
_SIDE_BY_SIDE = 2
"""Fewest states of which a sentence may tell acts side by side."""
_PRONOUN_FIRST = re.compile(r"^\W*(?:But |And |Yet |So )?(?:It|He|She|They|Its|His|Her|Their)\b")
_OFFICE_SOON = re.compile(
    r"^\W*(?:But |And |Yet |So )?(?:.{0,60}\b)?[Tt]he (?:president|prime minister|premier|chancellor|government|administration|minister|cabinet|ministry|country|agency)\b"
)
_OFFICES = ("he president", "he prime", "he premier", "he chancellor", "he government", "he administration", "he minist", "he cabinet", "he country", "he agency")  # fmt: skip
_PATRON_OFFICE = re.compile(
    r"\b(?:[Tt]he |[Hh]is |[Hh]er )?(?:former |incoming |outgoing |vice |next )*(?:[Pp]resident(?! of)|[Aa]dministration|[Ss]ecretary of (?:state|defen[cs]e|war)|[Dd]efen[cs]e secretary|[Cc]andidate|[Ss]enators?|[Ss]enate|[Cc]ongress|[Rr]epublicans?|[Dd]emocrats?|House(?! of (?:Commons|Lords)))\b"
)
"""Offices that, where no state is named beside them, are the patron's in news of the alliance."""
_OFFICE_WORDS = (
    "resident",
    "dministration",
    "ecretary",
    "andidate",
    "enat",
    "ongress",
    "epublican",
    "emocrat",
    "House",
)
_NEVER_DENIED = frozenset(("accuse", "request", "support", "sanction", "assault", "coerce", "protest"))
_OF_FORCES = frozenset(("withdraw_forces", "deploy", "legislate_withdrawal_limit"))
_TO_WHOM = frozenset(("deploy", "provide_aid", "pledge_aid", "withhold_aid"))
"""Acts whose target is marked by a preposition, as an object or as whose something is."""
_BODY = frozenset(("NATO",))
_GUARANTEES = frozenset(("affirm_commitment", "threaten_non_defence"))
_ARTICLE_5 = re.compile(r"\b[Aa]rticle (?:5|Five|V)\b")
_ASKED = re.compile(r"\W*(?:Asked|Pressed|Questioned|Quizzed)\b[^,;]{3,140}, ")
"""A question that leads to its answer tells no act."""
_SUM = re.compile(
    r"[\d.,-]*(?:bn|tn|billion|million|trillion|euros|dollars|pounds|crowns|kroner|kronor|money)", re.IGNORECASE
)
"""A sum that may be for anything."""
_SPENDS = re.compile(r"(?:spends?|spending)\b(?! more\b)")
_TO = re.compile(r"\b(?:to|of|on|for) $")
_STRAIGHT = 2
"""Words at most between a preposition and the state to which it leads."""
_LOST = re.compile(
    r"\b(?:lost|los(?:e|es|ing)|compar\w+|belong\w*|loyal|visit\w*|show\w*|s(?:ell|old)\w*|sale|refer\w*|threat\w*|attack\w*|fir(?:e[sd]?|ing)|answer\w*|ask\w*|urg\w+|call\w* for|need\w*|want\w*|request\w*|plea\w*|debat\w*|talk\w*|discuss\w*) (?:[^\s,;]+ ){0,6}$"
)
"""Verbs beside which forces and arms move nowhere."""


@dataclass(slots=True)
class _Sentence:
    """A sentence of a story and what is known of it."""

    scene: Scene
    start: int
    stop: int
    places: list[Place]
    last: Place | None
    story: int
    published: str | None
    whole: tuple[int, int]
    """The sentence that a clause stands in; its own span where it is a whole one."""
    told: Told
    voice: str | None = None
    """Code of the state of who speaks, where the clause stands in a quotation and says "we"."""
    standing: bool = False
    """Whether it tells how things stand, which is no act."""

    @property
    def text(self) -> str:
        return self.scene.text[self.start : self.stop]

    @property
    def around(self) -> str:
        """The whole sentence."""
        return self.scene.text[slice(*self.whole)]


def read_events(
    scene: Scene, cut: list[tuple[int, int]], said: list[Quotation], story: int, published: str | None
) -> list[Event]:
    """Events of a story, sentence by sentence; those inside quotations carry their speaker as source."""
    found: list[Event] = []
    last: Place | None = None
    told = told_of(scene, cut)
    for start, end in cut:
        stop = min(end, start + MAX_SENTENCE)
        places = places_in(scene.text, start, stop, told)
        told.count(places)
        places = told.with_ours(
            scene.mask, (start, stop), told.with_spoken(scene.text, (start, stop), places, last)
        )
        alone = len(places) < _SIDE_BY_SIDE
        for a, b in [(start, stop)] if alone else clauses_of(scene.text, scene.mask, start, stop, places):
            here = [p for p in places if a <= p[0] < b]
            voice = told.voice(scene, said, a, b) if said and told.codes else None
            sentence = _Sentence(scene, a, b, here, last, story, published, (start, stop), told, voice)
            read = _told(sentence, said)
            skip = sentence.standing or start < scene.spans[0][0]
            read = _named_better(sentence, read) if read else [] if skip else _plain(sentence)
            if read and not tells_no_act(sentence.text):
                found.extend(map(told.completed, read))
            last = here[0] if here else (last if last and _goes_on(sentence.text) else None)
    return found


def _named_better(sentence: _Sentence, told: list[Event]) -> list[Event]:
    """The same act with the group or office that acts and whom it acts on, where no state is the target."""
    event = told[0]
    if len(told) > 1 or event.target is not None or event.action != (event.plover or "").lower():
        return told
    plain = _plain(sentence)
    same = plain and (plain[0].action, plain[0].actor_code) == (event.action, event.actor_code)
    return plain if same and (event.action != "consult" or plain[0].target_code is None) else told


def _told(sentence: _Sentence, said: list[Quotation]) -> list[Event]:
    """Events of the patterns and pairings in a sentence."""
    start = sentence.start
    if not sentence.places and not _may_imply(sentence) and not sentence.told.goes_on(sentence.text):
        return []
    text, mask = sentence.text, sentence.scene.mask[start : sentence.stop]
    plain = words_of(text)
    places = with_towns(sentence.scene.text, start, sentence.stop, sentence.places, plain)
    answer = _answers(text, mask)
    known: dict[int, Parties] = {}

    def told(trigger: Trigger) -> bool:
        who = parties_of(sentence.scene.text, start, sentence.stop, places, trigger, start)
        known[id(trigger)] = who
        if trigger.need in ("both", "mutual") and is_named(text, trigger.pred[0]):
            return False
        return _enough(trigger, who, start, text) or sentence.told.vouches(trigger, who, text)

    triggers = acts(words_of(answer[0]), words_of(answer[1]), places, start, told) if answer else []
    blanked = plain if mask == text else words_of(mask)
    triggers = triggers or acts(plain, blanked, places, start, told)
    kept = [(trigger, known[id(trigger)]) for trigger in triggers]
    events = [
        (event, who)
        for trigger, who in kept
        if not absorbed(trigger, triggers, plain.lowered)
        and (event := _event(sentence, trigger, who, said)) is not None
    ]
    return once([each for event, who in events for each in with_each(event, who)])[:PER_SENTENCE]


def _answers(text: str, mask: str) -> tuple[str, str] | None:
    """A sentence without the question that leads to its answer."""
    asked = _ASKED.match(text)
    if asked is None:
        return None
    blank = " " * asked.end()
    return blank + text[asked.end() :], blank + mask[asked.end() :]


def _goes_on(text: str) -> bool:
    """Whether a sentence begins as one that goes on about the state named last."""
    if _PRONOUN_FIRST.match(text):
        return True
    return any(map(text.__contains__, _OFFICES)) and _OFFICE_SOON.match(text) is not None


def _may_imply(sentence: _Sentence) -> bool:
    """Whether a sentence that names no state may still be about one: it goes on about the last, or names an office of the patron's."""
    text = sentence.text
    carried = sentence.voice is not None or (sentence.last is not None and _goes_on(text))
    return carried or (any(word in text for word in _OFFICE_WORDS) and bool(_PATRON_OFFICE.search(text)))


def _leads_there(trigger: Trigger, who: Parties, opening: int, sentence: str) -> bool:
    """Whether the preposition of an act told by no verb of the list leads straight to another state: "four jets to Malbork"."""
    if who.target is None or not who.firm or who.actor is None or who.actor.code == who.target.code:
        return False
    if trigger.action == "provide_aid" and (who.target.code not in ARMED or who.actor.code in FOES):
        return False
    between = sentence[trigger.pred[1] : who.target.start - opening]
    return (
        who.target.start - opening >= trigger.pred[1]
        and len(between.split()) <= _STRAIGHT
        and not _LOST.search(sentence, 0, trigger.thing[0])
    )


def _enough(trigger: Trigger, who: Parties, opening: int, sentence: str) -> bool:
    """Whether what is known of the parties is enough for an act to count."""
    actor, target = who.actor, who.target
    match trigger.need:
        case "both":
            return actor is not None and target is not None and who.firm
        case "mutual" | "turn":
            return actor is not None and target is not None
        case "goal":
            return target is not None and who.firm
        case "whither":
            return _leads_there(trigger, who, opening, sentence)
        case "actor":
            return actor is not None
        case "either":
            bare = trigger.action == "withhold_aid" and _SUM.fullmatch(sentence, *trigger.thing)
            return who.firm if bare else actor is not None or target is not None
        case "nato":
            return any(m is not None and m.code in _BODY for m in (actor, target))
        case _:
            return True


def _event(sentence: _Sentence, trigger: Trigger, who: Parties, said: list[Quotation]) -> Event | None:
    text, start, end = sentence.scene.text, sentence.start + trigger.start, sentence.start + trigger.end
    before = _without(text, sentence.start, start, who.said)
    after = text[min(end, sentence.start + trigger.pred[1]) if trigger.noun else end : sentence.stop]
    trigger = brought_home(sentence.text, trigger, who.actor.code if who.actor else None)
    parties = _parties(sentence, trigger, who, before, after)
    if parties is None:
        return None
    actor, target = parties
    subject = main_subject(sentence.scene, sentence.start, start) if actor is None else None
    words = sentence.text[slice(*trigger.pred)] if trigger.action == "agree" else text[start:end]
    mood = modality(before, words, after, trigger.action, _inner(sentence, trigger), trigger.noun)
    quoted = next((q for q in said if q.start <= start < q.end), None)
    if _is_nothing(sentence, trigger, mood, actor, before, quoted):
        return None
    action, plover, mood = named(
        given_or_sent(sentence.text, trigger, actor, target), mood, target, sentence.text
    )
    if action in _NEVER_DENIED and mood == "denied":
        return None
    return Event(
        start, end, text[start:end], event_date(sentence.around, sentence.published, mood),
        name_of(actor) if actor else (subject.name if subject else None), action,
        name_of(target) if target else None, mood, plover, actor, target, quoted.speaker if quoted else None,
        sentence.story,
    )  # fmt: skip


def _parties(
    sentence: _Sentence, trigger: Trigger, who: Parties, before: str, after: str
) -> tuple[str | None, str | None] | None:
    """Codes of who acts and on whom, by the sentence and by what the story has told; None where that is too little."""
    actor = who.actor.code if who.actor else None
    target = who.target.code if who.target else None
    if actor is None:
        actor = _implied(sentence, trigger, before, target)
    if target is not None and _is_unsure(trigger.action, target, who):
        target = None
    if (
        target is None
        and trigger.action in _GUARANTEES
        and ((actor == PATRON and trigger.action == "threaten_non_defence") or _ARTICLE_5.search(sentence.text))
    ):
        target = sentence.told.partner or "NATO"
    if target is None and trigger.action in _GUARANTEES and actor == PATRON:
        target = sentence.told.partner
    if target is None and trigger.action == "affirm_commitment" and actor not in _BODY:
        return None
    if target == actor:
        target = None
    if target is None and trigger.action == "accuse" and not trigger.need:
        known = (sentence.told.home, sentence.last[2] if sentence.last else None)
        target = next((code for code in known if code not in (None, actor)), None)
    actor, target = sentence.told.supplied(trigger, actor, target, sentence.text, after)
    return None if actor is None and target is None else (actor, target)


def _is_unsure(action: str, target: str, who: Parties) -> bool:
    """Whether a state is only named near an act, or a continent is where forces are."""
    if action in _OF_FORCES and target == "EU":
        return True
    return action in _TO_WHOM and not who.firm and target not in who.targets


def _is_nothing(
    sentence: _Sentence,
    trigger: Trigger,
    mood: Modality,
    actor: str | None,
    before: str,
    quoted: Quotation | None,
) -> bool:
    """Whether what reads like an act is a state, a level, history, part of a name, or another's view of it."""
    text = sentence.text
    if mood == "done":
        sentence.standing |= is_standing(trigger.action, text, *trigger.pred)
        level = sentence.standing or _is_level(trigger, text[trigger.start : trigger.end], before)
        if level or is_history(sentence.around, sentence.published):
            return True
    if quoted is not None:
        voice = _voice_of(sentence, quoted.speaker)
        words = sentence.scene.text[max(quoted.start, sentence.start) : min(quoted.end, sentence.stop)]
        if spoken_by_another(trigger.action, words, actor, voice):
            return True
    named = [a - sentence.start for a, _, code in sentence.places if code == actor]
    if is_elsewhere(trigger, text) or is_view(trigger.action, text[: trigger.pred[0]], named):
        return True
    sentence.standing |= is_no_act(trigger, text, mood, actor)
    return sentence.standing or is_content(trigger, text, mood)


def _voice_of(sentence: _Sentence, speaker: str | None) -> str | None:
    """State of who is quoted: a person whose state the story tells, or a body that bears its name."""
    if not speaker:
        return None
    code = sentence.told.codes.get(sentence.scene.cast.canonical(speaker))
    return code or next((code for _, _, code in states(speaker)), None)


def _is_level(trigger: Trigger, words: str, before: str) -> bool:
    """Whether a sentence only says how much is spent: "spends a larger share on defence than"."""
    return trigger.action == "raise_defence_spending" and bool(_SPENDS.match(words)) and not _TO.search(before)


def _without(text: str, start: int, stop: int, said: tuple[tuple[int, int], ...]) -> str:
    """What stands before an act without asides that say who is speaking; what leads up to it stays."""
    kept, at = "", start
    for a, b in sorted(said):
        if start < a and b < stop and a >= at:
            kept += text[at:a]
            at = b
    return kept + text[at:stop]


def _implied(sentence: _Sentence, trigger: Trigger, before: str, target: str | None) -> str | None:
    """Who acts where the sentence names nobody: the state named last, or the patron by office or by law."""
    if sentence.voice is not None:
        return sentence.voice
    if sentence.last is not None and _goes_on(before or sentence.text):
        return sentence.last[2]
    if trigger.action in LAW_OF:
        return PATRON
    exit_ = trigger.action == "withdraw_from_treaty" and target not in _BODY
    kept_back = trigger.action == "provide_aid" and KEPT_BACK.search(before)
    if exit_ or not (roles_of(trigger.action).patron or kept_back):
        return None
    seat = target != PATRON and any(p[2] == PATRON for p in sentence.places)
    at_home = sentence.told.home == PATRON and trigger.action in _OF_FORCES
    return PATRON if seat or at_home or _PATRON_OFFICE.search(sentence.text) else None


def _inner(sentence: _Sentence, trigger: Trigger) -> str:
    """What stands between a thing and the verb after it."""
    if not trigger.paired or trigger.thing[1] > trigger.pred[0] or trigger.start < trigger.thing[0]:
        return ""
    return sentence.text[trigger.thing[1] : trigger.pred[0]]


def _plain(sentence: _Sentence) -> list[Event]:
    """Event of a sentence that tells none of the list's."""
    scene, start, stop = sentence.scene, sentence.start, sentence.stop
    people = set(sentence.told.people)
    named = [p for p in sentence.places if p not in people] if people else sentence.places
    told = plain_event(scene.text, scene.mask, start, stop, named)
    if told is None or is_history(sentence.around, sentence.published):
        return []
    text, a, b = scene.text, told.start, told.end
    name = told.label.lower()
    mood = modality(text[start:a], text[a:b], text[b:stop], name)
    if mood == "denied":
        return []
    actor, target = told.actor, told.target
    codes = sentence.told.codes
    who = scene.cast.canonical(actor.name) if actor else None
    whom = scene.cast.canonical(target.name) if target else None
    return [
        Event(
            a, b, text[a:b], event_date(sentence.around, sentence.published, mood), who, name, whom, mood,
            told.label, actor.code or codes.get(who or "") if actor else None,
            target.code or codes.get(whom or "") if target else None, None, sentence.story,
        )
    ]  # fmt: skip
