"""What an act is called by how it stands and by what is sent: leaving is a threat until it is done, arms to who is at war are aid."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.eventcast import PATRON
from foedus.evidence.eventclass import classify
from foedus.evidence.eventframes import Trigger
from foedus.evidence.records import Modality

_BODY = frozenset(("NATO",))
_SAID_CLASSES = frozenset(("THREATEN", "AGREE", "REJECT"))
"""Classes of what is said or refused; an act that is not done takes the class of its sentence instead of its own."""
_EXIT = frozenset(("threatened", "conditional", "hypothetical"))
_WOULD_TAKE = re.compile(
    r"\b(?:would|will|going to|must|needs? to|ha(?:s|ve|d) to|means? to|meant to|intend(?:s|ed)? to|want(?:s|ed)? to) (?:\w+ )?(?:take|annex|seize|occupy|have|get|acquire|own|control|possess)\b"
)
_EITHER = frozenset(("provide_aid", "deploy"))
_GIVEN_AWAY = re.compile(r"(?:hand|giv|gave|turn|surrender|relinquish|part)\w*\b", re.IGNORECASE)
_SENT = re.compile(
    r"(?:sen[dt]|transfer|ship|rush|dispatch|arriv|reach|airlift|len[dt]|loan)\w*\b", re.IGNORECASE
)
_UNITS = re.compile(
    r"(?:batter(?:y|ies)|jets?|fighters?|fighter jets?|f-\d\d|typhoon|gripen|eurofighter|mirage|rafale|aircraft|helicopter|patriot|tanks?|howitzer|leopard|abrams)",
    re.IGNORECASE,
)
"""What is a weapon to who is given it and a unit to who sends it."""
_HURRIED = re.compile(r"(?:sen[dt]|rush|hurr|dispatch|despatch)\w*\b", re.IGNORECASE)
_SHIPS = re.compile(
    r"(?:frigate|destroyer|corvette|warship|minehunter|minesweeper|submarine)s?\b", re.IGNORECASE
)
_SENT_OUT = re.compile(
    r"frigat|destroy|corvet|warship|minehunt|minesweep|submarin|batter|jet|fighter|f-|typhoon|gripen|eurofighter|rafale|aircraft|patriot|helicopter",
    re.IGNORECASE,
)
ARMED = frozenset(("UKR", "TWN", "MDA"))
FOES = frozenset(("RUS", "BLR", "PRK", "CHN"))
_HOMEWARD = re.compile(
    r"[^.;,]{0,30}?\b(?:back )?to (?:the )?(?:Guam|Hawaii|Alaska|United States|U\.?S\b|America\b|Kentucky|Texas|North Carolina|South Carolina|Colorado|Georgia\b|Virginia|Florida|California|Kansas|Louisiana|Fort [A-Z]\w+|Norfolk|San Diego|Camp (?:Pendleton|Lejeune))"
)
_LEAVES = re.compile(r"(?:leav|left|depart|sail|set (?:out|off)|flew|fly)\w*\b")
_OWN_BASE = re.compile(
    r" (?:out of |from |for )?(?:its |their |the )?(?:home |base |port ){0,2}(?:in |at |of )?(?:Fort [A-Z]\w+|Camp (?:Pendleton|Lejeune)|Norfolk|San Diego|Guam|Hawaii|Alaska|Kentucky|Texas|North Carolina|South Carolina|Colorado|Virginia|Florida|California|Kansas|New York|Louisiana|Bremerton|Mayport)\b"
)
"""A base of the patron's own: forces that leave it are sent out."""
_CALL_FOR = re.compile(r"\b(?:call(?:s|ed|ing)? for|motions?|petitions?|referendum)\b")
"""Who calls for leaving an alliance does not threaten it: that is for whoever may leave."""
_WILL_TAKE = frozenset(("announced", "pledged", "conditional"))
KEPT_BACK = re.compile(
    r"\b(?:(?:refus|declin)\w* to (?!say|comment|confirm|discuss|rule|answer)|balk|will no longer|would no longer)"
)
_NOTICE = re.compile(r"\b(?:notice|notif|denounc|formal)", re.IGNORECASE)
_FIRST_PERSON = re.compile(
    r"[“\"][^”\"]*\b(?:[Ww]e|I)(?:['’](?:ll|re|m))? (?:can|may|might|could|will|would|are going|am going|going)\b"
)
"""Somebody who speaks of what he himself may do."""


def brought_home(sentence: str, trigger: Trigger, actor: str | None) -> Trigger:
    """A move of the patron's forces to its own soil as a withdrawal: "marines would be transferred to Guam"."""
    if trigger.action == "withdraw_forces" and _LEAVES.match(sentence, trigger.pred[0]):
        abroad = actor in (None, PATRON) and _OWN_BASE.match(sentence, trigger.pred[1])
        return replace(trigger, action="deploy", plover="MOBILIZE") if abroad else trigger
    if (
        trigger.action != "deploy"
        or actor not in (None, PATRON)
        or not _HOMEWARD.match(sentence, trigger.pred[1])
    ):
        return trigger
    return replace(trigger, action="withdraw_forces", plover="RETREAT")


def given_or_sent(sentence: str, trigger: Trigger, actor: str | None, target: str | None) -> Trigger:
    """The act as aid or as a deployment, where arms that are also units are sent: to who is at war they are given."""
    if trigger.action == "withdraw_forces" and target in ARMED and _GIVEN_AWAY.match(sentence, trigger.pred[0]):
        return replace(trigger, action="provide_aid", plover="AID")
    if trigger.action not in _EITHER or target is None:
        return trigger
    sent = _SENT.match(sentence, trigger.pred[0])
    units = _UNITS.match(sentence, trigger.thing[0])
    if _HURRIED.match(sentence, trigger.pred[0]) and _SHIPS.match(sentence, trigger.thing[0]):
        sent = units = _SHIPS.match(sentence, trigger.thing[0])
    if not sent or not units:
        return trigger
    given = target in ARMED and actor not in FOES
    if given == (trigger.action == "provide_aid") or not (given or _SENT_OUT.match(units.group())):
        return trigger
    action, plover = ("provide_aid", "AID") if given else ("deploy", "MOBILIZE")
    return replace(trigger, action=action, plover=plover)


def named(
    trigger: Trigger, mood: Modality, target: str | None, sentence: str
) -> tuple[str, str | None, Modality]:
    """Action, class and modality of an act: leaving the alliance is a threat until it is done or decided, and one under a condition is meant."""
    action, plover = trigger.action, trigger.plover
    spoken = (mood in _EXIT or mood == "denied") and not _CALL_FOR.search(sentence)
    said_so = mood == "announced" and bool(_FIRST_PERSON.search(sentence))
    if (
        action == "withdraw_from_treaty"
        and (spoken or said_so)
        and target in _BODY
        and not _NOTICE.search(sentence)
    ):
        meant = mood == "conditional" or bool(_FIRST_PERSON.search(sentence))
        return "threaten_withdrawal", "THREATEN", "threatened" if meant else mood
    if action == "seize_territory" and mood in _WILL_TAKE:
        mood = "threatened"
    if action == "seize_territory" and mood in ("hypothetical", "done") and _WOULD_TAKE.search(sentence):
        mood = "threatened"
    if action == "provide_aid" and mood == "denied" and KEPT_BACK.search(sentence):
        return "withhold_aid", "SANCTION", "announced" if "will no longer" in sentence else "done"
    if mood != "done" and plover not in _SAID_CLASSES and plover is not None:
        plover = classify(sentence)
    return action, plover, mood
