"""Events outside the alliance's own list: what a sentence tells, at which verb, by whom and to whom.

A sentence tells one such event at most: where the model is sure enough of its class, a verb (or a phrase) speaks of that
class outside any quotation, and somebody is named who does it or whom it is done to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.eventclass import CLASSES, EventCue, Parts, cues, lower, scores, settings, take_apart
from foedus.evidence.eventparties import Party, Place, parties
from foedus.evidence.eventsift import is_thing
from foedus.evidence.eventwords import WORD, Hit, meanings
from foedus.evidence.sentences import FILL

ONE_SIDED = frozenset(("PROTEST", "ASSAULT", "MOBILIZE", "COERCE", "YIELD", "REJECT"))
"""Classes of acts that need nobody whom they are done to."""
_MUTUAL = frozenset(("CONSULT", "AGREE", "COOPERATE", "SUPPORT"))
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be|got)(?: \w+ly)? $")
_READY = re.compile(r"(?:ready|willing|prepared|open|committed|agreed|keen|due)\b")
"""What follows "is" without making a passive."""
_BY = re.compile(r"\bby (?:the |a |an |\w+ )?$")
_LEAD = re.compile(
    r"\W*(?:If|Unless|Should|When|After|Before|Following|While|Although|Though|Since|As|Despite|Amid|Until|Once|Because)\b"
)
"""How a sentence begins whose first clause is not its main one."""
_TOLD_THAT = re.compile(
    r"\b(?:said|says|reported|announced|added|confirmed|stated|told [^,;]{2,40}?)\b[^,;]{0,40}? that "
)
_AND = re.compile(r"\s*,?\s+and (?:the )?$")
_NO_ACT = re.compile(
    r" (?:to (?:comment|be (?:named|identified|drawn|quoted)|discuss|say|explain|elaborate|speak|give details)|comment|whether|if|about|what|why|how|not to be)\b"
)
"""What follows a verb that tells of talking to reporters rather than of an act."""
_NOUN = re.compile(r"(?<!deliv)(?<!off)(?<!ord)(?<!surrend)(?<!pond)ers$|(?:ors|tions?|ments?)$")
"""Endings of nouns among the open stems of the lexicon: torturers, exporters, demonstrations."""
_BE = frozenset("is are was were be been started began".split())
_FEWEST_WORDS = 4


@dataclass(frozen=True)
class Told:
    """An event as a sentence tells it."""

    label: str
    start: int
    end: int
    actor: Party | None
    target: Party | None


@lru_cache(maxsize=1)
def _weak() -> tuple[frozenset[str], tuple[str, ...]]:
    """Words of the lexicon that mark no event by themselves: whole ones, and stems."""
    words = {word for row in tables.rows("event_weak.csv") for word in row["words"].split("|")}
    return frozenset(words), tuple(w[:-1] for w in words if w.endswith("*"))


def is_weak(word: str) -> bool:
    """Whether a word is too often a noun, a state or a wish to mark an event.

    Example:
        >>> is_weak("wanted"), is_weak("accused")
        (True, False)
    """
    whole, stems = _weak()
    return word in whole or word.startswith(stems) or bool(_NOUN.search(word))


@lru_cache(maxsize=20_000)
def _may_tell(word: str) -> bool:
    """Whether a word is a verb of the lexicon that may mark an event; asked first, since most sentences hold none."""
    return bool(meanings(word, "verb")) and not is_weak(word)


@lru_cache(maxsize=1)
def _bare() -> dict[str, tuple[EventCue, ...]]:
    return {c: tuple(cue for cue in cues() if not cue.action and cue.plover == c) for c in CLASSES}


def plain_event(text: str, mask: str, start: int, stop: int, places: list[Place]) -> Told | None:
    """Event of a sentence by its class, or nothing.

    Args:
        text: the story.
        mask: the same with quotations blanked.
        start: where the sentence begins.
        stop: where it ends.
        places: states named in it.
    """
    sentence = mask[start:stop]
    words = WORD.findall(lower(sentence))
    if len(words) < _FEWEST_WORDS or not any(map(_may_tell, words)):
        return None
    parts = take_apart(sentence)
    if not any(not is_weak(parts.words[v.index]) for v in parts.verbs):
        return None
    named = parties(mask, start, stop, [p for p in places if mask[p[0]] != FILL])
    if not named:
        return None
    found = scores(sentence, parts)
    label = max(CLASSES, key=lambda c: (found[c], c))
    least = "emit_score" if any(p.major for p in named) else "emit_names"
    if found[label] < settings()[least]:
        return None
    spot = _trigger(sentence, parts, label, found[label] >= settings()["emit_sure"])
    if spot is None:
        return None
    a, b = start + spot[0], start + spot[1]
    actor, target = _who(mask, start, a, b, named, label)
    if actor is None and (target is None or not (label in ONE_SIDED or _is_passive(mask, start, a))):
        return None
    if target is None and label not in ONE_SIDED and actor is not None and actor.code is None:
        return None
    told = Told(label, a, b, actor, target)
    alone = not (text[:start].strip() or text[stop:].strip())
    return told if _is_sure(told, sentence, a - start, b - start, alone) else None


_OF_STATES = frozenset(("CONSULT", "AGREE", "SUPPORT", "COOPERATE", "AID", "YIELD"))
"""Classes of acts between states or offices: with anybody else they are mostly something other."""
_TEXTS = re.compile(r"\b(?:Act|Section|Article|Law|Treaty|Bill|Agreement|Constitution|Charter|Clause)\b")
"""What lays something down and does not act."""
_DENIES = re.compile(
    r"den(?:y|ies|ied)\b(?! (?:\w+ ){0,3}(?:request|visas?|access|permission|entry|asylum|demand|bail|appeal))",
    re.IGNORECASE,
)
"""Denying that something is so refuses nothing."""
_SHOULD = re.compile(r"\b(?:should|must|ought to|need to|needs to) (?:\w+ )?$")
_CONDITION = re.compile(r" (?:(?:only |anonymously)?on (?:the )?condition|anonymously|to reporters)\b")


def _is_sure(told: Told, sentence: str, a: int, b: int, alone: bool) -> bool:
    """Whether an event is not something said, laid down, wished, or done among others than states and offices.

    Of a sentence that stands ``alone``, as one given to be coded does, whoever is named may act.
    """
    actor, target = told.actor, told.target
    if actor is not None and _TEXTS.search(actor.name):
        return False
    if (
        _DENIES.match(sentence, a)
        or _SHOULD.search(sentence, max(0, a - 30), a)
        or _CONDITION.match(sentence, b)
    ):
        return False
    if alone:
        return True
    if (
        told.label == "CONSULT"
        and (actor is None or actor.code is None)
        and (target is None or target.code is None)
    ):
        return False
    if told.label in _OF_STATES:
        return target is not None and (target.major if actor is None else target.major == actor.major)
    return told.label != "REJECT" or target is None or target.major


def _trigger(sentence: str, parts: Parts, label: str, sure: bool) -> tuple[int, int] | None:
    """Where the sentence speaks of its class: its first verb that does, a phrase of the bare cues, or, where the class is sure, its first verb."""
    strong = [v for v in parts.verbs if _tells(sentence, parts, v)]
    lowered = lower(sentence)
    spots = [(v.start, v.end) for v in strong if label in v.classes][:1]
    if not spots:
        spots = [m.span() for cue in _bare()[label] if (m := cue.search(lowered))]
        spots = [s for s in spots if label == "AGREE" or not is_weak(lowered[s[0] : s[1]].split()[0])]
    if not spots and sure:
        spots = [(v.start, v.end) for v in strong if v.index < parts.main]
    if spots and lowered.startswith("receiv", min(spots)[0]) and is_thing(lowered, min(spots)[1]):
        return None
    return min(spots) if spots and not _NO_ACT.match(lowered, min(spots)[1]) else None


def _tells(sentence: str, parts: Parts, verb: Hit) -> bool:
    """Whether a verb may mark an event: not weak, not part of a name, and no "-ing" but after a form of "be"."""
    word = parts.words[verb.index]
    if is_weak(word) or (verb.start > 1 and not sentence[verb.start].islower()):
        return False
    return not word.endswith("ing") or parts.words[max(verb.index - 1, 0)] in _BE


def _who(
    text: str, start: int, a: int, b: int, named: list[Party], label: str
) -> tuple[Party | None, Party | None]:
    """Who acts and on whom, around a trigger."""
    floor = _floor(text, start, a, named)
    earlier = [p for p in named if floor <= p.start and p.end <= a]
    later = [p for p in named if p.start >= b]
    if _is_passive(text, start, a):
        agent = next((p for p in later if _BY.search(text[max(b, p.start - 20) : p.start])), None)
        return agent, next((p for p in earlier if not p.placed), None)
    actor = next((p for p in earlier if not p.placed), None)
    if actor is None:
        return None, next((p for p in later if not p.placed), None)
    goal = next((p for p in later if not p.same(actor) and not p.placed), None)
    if goal is None and label in _MUTUAL:
        goal = next(
            (p for p in earlier if not p.same(actor) and _AND.fullmatch(text, actor.end, p.start)), None
        )
    return actor, goal


def _is_passive(text: str, start: int, a: int) -> bool:
    return not _READY.match(text, a) and bool(_PASSIVE.search(text[max(start, a - 24) : a]))


def _floor(text: str, start: int, a: int, named: list[Party]) -> int:
    """Where the clause that may hold the subject begins: past a leading clause, past "officials said that"."""
    floor = start
    for told in _TOLD_THAT.finditer(text, start, a):
        if any(told.end() <= p.start < a for p in named):
            floor = told.end()
    if floor == start and _LEAD.match(text, start):
        comma = text.find(",", start, a)
        if comma >= 0 and any(comma < p.start < a for p in named):
            floor = comma
    return floor
