"""The position that one passage takes on one proposition: which wording counts, and whether it is turned round or conditional."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.evidence import stance_words as words
from foedus.evidence.actors import states
from foedus.evidence.stance_mistaken import IF_PAID, mistaken
from foedus.evidence.stance_subjects import OUTSIDE, Around, plain, subject

_PATRON = frozenset(("USA", "NATO"))
_STOP = re.compile(r"[.!?]")
_MODAL = re.compile(r"\b(?:will|would|wo|shall|can|could|may|might)(?=n['’]t\b|\s)")
_WHETHER = re.compile(r"(?:is|was|are|were) (?:whether|if)\b")
_ASKED = re.compile(r"[^.;!?]*\?")
_HEAD = re.compile(r"\b(?:president|nominee|candidate|front-runner)\b")
"""Offices whose holder says "I" for the patron."""
_TURNED = {"affirmed": "denied", "denied": "affirmed"}


@dataclass(frozen=True)
class StanceCue:
    """One row of ``data/stances.csv``."""

    proposition: str
    affirms: bool
    subject: frozenset[str]
    """Who must do it for the wording to count; empty where the wording speaks for itself."""
    about: frozenset[str]
    """Stems of which the text around must hold one; empty where the wording speaks for itself."""
    pattern: re.Pattern[str]
    gate: frozenset[str]
    """Stems of which a passage must hold one; asking for them is cheaper than the pattern."""


def position(
    around: Around,
    text: str,
    proposition: str,
    conditions: list[tuple[int, int]],
    asked: list[StanceCue],
    others: Sequence[tuple[int, int]],
) -> str | None:
    """Position that a passage takes on a proposition: affirmed, denied, conditional, or none."""
    depends = words.DEPENDS.search(text) is not None
    best: tuple[int, str] | None = None
    for cue in asked:
        for match in cue.pattern.finditer(text):
            if best is not None and match.start() >= best[0]:
                break
            at = match.end() - 1 if proposition == "allies_will_pay" else match.start()
            if any(a <= match.start() < b or a <= at < b for a, b in conditions) and not depends:
                continue
            if any(a <= match.start() < b for a, b in others) or _not_theirs(around, text, match, cue):
                continue
            answer = _answer(text, match)
            if _unmeant(text, match, cue, answer) or mistaken(around, text, match, proposition):
                continue
            stance = _turned(text, match, cue, conditions, answer)
            if stance == "affirmed" and proposition == "allies_will_pay" and words.DUTY.search(text):
                continue
            best = (match.start(), stance)
            break
    return best[1] if best is not None else None


def _turned(
    text: str, match: re.Match[str], cue: StanceCue, conditions: list[tuple[int, int]], answer: str
) -> str:
    """What a wording that counts comes to, with its condition, its negation and the answer to it."""
    if answer == "if" or (cue.proposition != "threat_is_bluff" and _conditional(text, match, cue, conditions)):
        return "conditional"
    stance = "affirmed" if cue.affirms != _negated(text, match, cue) else "denied"
    return _TURNED[stance] if answer == "no" else stance


def _clause_start(text: str, at: int) -> int:
    return max((m.end() for m in words.CLAUSE_END.finditer(text, 0, at)), default=0)


def _negated(text: str, match: re.Match[str], cue: StanceCue) -> bool:
    """Whether a negation stands in the clause before a wording, or within one that speaks for a proposition."""
    led = words.LED.match(text, match.start())
    end = match.end() if cue.affirms else led.end() if led else match.start()
    region = words.NO_NEGATION.sub(" ", text[_clause_start(text, match.start()) : end])
    if cue.proposition == "patron_will_leave":
        region = words.NO_AMERICAN.sub(" ", region)
    if cue.proposition == "threat_is_bluff":
        region = words.DISMISSED_AS.sub(" ", region)
    verb = match.start() + len(match.group().split(maxsplit=1)[0])
    fools = words.FOOLS.search(text, 0, verb)
    wrong = fools is not None and words.ARE_WRONG.search(text, match.end()) is not None
    opened = verb if cue.proposition == "patron_would_defend" else match.start()
    reckless = words.RECKLESS.search(_said_alone(text, opened)) is not None
    denied = words.NEGATION.search(region) is not None
    if cue.proposition == "threat_is_bluff":
        denied = denied or (
            cue.affirms and words.MORE_THAN.search(text, _clause_start(text, match.start()), end) is not None
        )
    if cue.proposition == "allies_will_pay":
        denied = denied or (cue.affirms and words.PUT_OFF.search(region) is not None)
    after = not wrong and words.NOT_AFTER.match(text, match.end()) is not None
    return ((denied or after) != reckless) != (wrong or words.DENIED_NEXT.match(text, match.end()) is not None)


def _said_alone(text: str, at: int) -> str:
    """The sentence before a wording, without who says it in its midst ("it would be rash, wrote Ann Cole, to assume")."""
    begin = max((text.rfind(mark, 0, at) for mark in ".;!?"), default=-1) + 1
    return words.INTERPOSED.sub("", text[begin:at])


def _answer(text: str, match: re.Match[str]) -> str:
    """How the question is answered in which a wording stands: yes, no, if; nothing where it is none, or open."""
    stop = _STOP.search(text, match.end())
    if stop is None or stop.group() != "?":
        return ""
    found = words.ANSWER.match(text, stop.end())
    if found is None:
        return "open"
    kind = found.lastgroup or "open"
    rest = _STOP.split(text[found.end() :], maxsplit=1)[0]
    return "if" if kind == "yes" and words.ONLY_IF.search(rest) else kind


def _unmeant(text: str, match: re.Match[str], cue: StanceCue, answer: str) -> bool:
    """Whether a wording stands in a question, in something wished or only spoken of, or tells of no going that may come."""
    begin = _clause_start(text, match.start())
    before = text[begin : match.start() + 1]
    asking = words.ASKING.match(text) and not words.DEPENDS.search(text) and not match.group().startswith("why")
    settled = asking and words.SETTLED.search(text, match.end()) is not None
    spoken_of = words.SPOKEN_OF.search(before) and not words.NOT_AFTER.match(text, match.end())
    if (
        spoken_of
        or (asking and not settled)
        or words.ASKS_WHETHER.search(before)
        or _WHETHER.match(match.group())
    ):
        return True
    if answer == "open" and "why" not in text[begin : match.end()]:
        return True
    if cue.proposition != "threat_is_bluff" and not answer:
        own = text[words.last_part(text, begin, match.end()) : match.end()]
        expected = cue.affirms or cue.proposition == "patron_will_leave"
        wished = expected and (words.WISH.search(own) or words.MIGHT_HAVE.search(own))
        if wished or words.HOPE.search(before):
            return True
    if cue.proposition.startswith("patron_") and words.THREAT_TO.search(before[:-1]) is not None:
        return True
    leaving = cue.proposition == "patron_will_leave" and cue.affirms
    threatened = leaving and words.THREATENED.search(text, max(0, match.start() - 60), match.end()) is not None
    if threatened and words.NEVER_SPOKEN.search(before[:-1]) is None:
        return True
    if words.LEAVE_MODE.search(text, begin, match.end()) or words.NOT_AFTER.match(text, match.end()):
        return False
    return leaving


def _conditional(
    text: str, match: re.Match[str], cue: StanceCue, conditions: Iterable[tuple[int, int]]
) -> bool:
    """Whether a wording depends on a condition in its sentence, or on a duty said beside it."""
    lo = max((text.rfind(mark, 0, match.start()) for mark in ".!?"), default=-1) + 1
    ends = [at for mark in ".!?" if (at := text.find(mark, match.end())) >= 0]
    hi = min(ends, default=len(text))
    here = [text[a:b] for a, b in conditions if lo <= a < hi]
    if "still" in match.group():
        return False
    if cue.proposition == "allies_will_pay":
        here = [c for c in here if not c.startswith(("until", "whether", "once", "only when"))]
    if any(not words.NO_CONDITION.search(c) for c in here):
        return True
    patron = cue.proposition.startswith("patron_")
    if patron and IF_PAID.search(text, lo, hi):
        return True
    return patron and (words.DUTY.search(text) or words.OTHERWISE.match(text)) is not None


def _not_theirs(around: Around, text: str, match: re.Match[str], cue: StanceCue) -> bool:
    """Whether a wording's subject is another than the proposition speaks of."""
    if cue.subject:
        doer = _doer(around, text, match, cue.proposition)
        return "anyone" not in cue.subject and not (
            doer in cue.subject or (doer == "any" and cue.proposition != "threat_is_bluff")
        )
    return _others(around, text, match, cue.proposition)


def _doer(around: Around, text: str, match: re.Match[str], proposition: str) -> str:
    """Class of the subject of a wording, which may stand within it ("don't think Washington would go", "would America come?")."""
    modal = match.start() + max((m.start() for m in _MODAL.finditer(match.group())), default=0)
    doer = subject(text, modal, around)
    if not doer and _ASKED.match(text, match.end()):
        doer = subject(text, match.end(), around)
    if doer == "i" and proposition == "patron_would_defend" and _HEAD.search(plain(around.role)):
        return around.ours
    return doer


def _others(around: Around, text: str, match: re.Match[str], proposition: str) -> bool:
    """Whether the state named last before a wording is another than the proposition speaks of."""
    if proposition == "threat_is_bluff":
        return False
    begin = _clause_start(text, match.start())
    named = [code for _, _, code in states(around.said[begin : match.start()])]
    if proposition == "allies_will_pay":
        return bool(named) and named[-1] in {"USA", *OUTSIDE}
    if named:
        return named[-1] not in _PATRON
    if not words.FIRST_PERSON.search(text, begin, match.start() + 1):
        return False
    home = [code for _, _, code in states(around.role)]
    return bool(home) and not _PATRON & set(home)
