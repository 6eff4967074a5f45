"""The acts that a sentence tells: patterns and pairings together, the more specific first, none inside what another governs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from foedus.evidence.eventclass import EventCue, own_hits
from foedus.evidence.eventframes import REPEATED, Place, Trigger, Words, triggers

SPOKEN = frozenset(("accuse", "request", "support", "reject", "threaten"))
"""Acts that another act may be the content of: "urged Germany to send", "accused Russia of sending"."""
_ABSORBED: dict[str, frozenset[str]] = {
    "approve_emergency": frozenset(("approve_sale", "provide_aid", "deploy")),
    "approve_sale": frozenset(("provide_aid", "deploy", "cooperate", "yield", "pledge_aid")),
    "ultimatum": frozenset(("raise_defence_spending", "sanction", "threaten", "threaten_withdrawal", "request", "pledge_aid")),
    "legislate_withdrawal_limit": frozenset(("withdraw_forces", "withdraw_from_treaty", "threaten_withdrawal", "reject")),
    "block_aid": frozenset(("provide_aid", "pledge_aid", "withhold_aid", "deploy", "reject")),
    "threaten_non_defence": frozenset(("affirm_commitment", "raise_defence_spending", "deploy", "withdraw_from_treaty")),
    "pledge_aid": frozenset(("provide_aid", "deploy", "withhold_aid")),
    "withhold_aid": frozenset(("provide_aid", "pledge_aid", "approve_sale", "deploy", "yield")),
    "suspend_participation": frozenset(("consult", "withdraw_from_treaty", "cooperate", "withhold_aid", "deploy")),
    "host": frozenset(("deploy", "provide_aid", "consult", "withdraw_forces")),
    "threaten_withdrawal": frozenset(("withdraw_from_treaty", "withdraw_forces", "threaten")),
    "withdraw_from_treaty": frozenset(("withdraw_forces", "sanction", "threaten")),
    "withdraw_forces": frozenset(("deploy", "provide_aid")),
    "raise_defence_spending": frozenset(("pledge_aid", "provide_aid")),
    "affirm_commitment": frozenset(("threaten_withdrawal", "withdraw_from_treaty", "support")),
    "sanction": frozenset(("coerce", "yield", "provide_aid", "threaten")),
    "seize_territory": frozenset(("yield", "coerce", "assault")),
    "yield": frozenset(("reject", "sanction", "coerce")),
    "deploy": frozenset(("consult", "cooperate", "provide_aid")),
    "agree": frozenset(("host", "cooperate", "consult")),
    "provide_aid": frozenset(("consult", "cooperate", "yield")),
}  # fmt: skip
"""Acts that are no events of their own beside another in the same sentence."""
_LODGERS = frozenset(("withdraw_forces", "deploy"))
"""What may be told of the forces that a state is to host."""
_PLAIN = 6
"""Priority of acts outside the alliance's own list."""
_PAST_PART = re.compile(
    r"(?:withdrawn|pulled (?:out|back)|brought (?:back|home)|removed|moved out|recalled|frozen|halted|stopped|delayed|blocked|withheld|paused|suspended|held up|held back|cut off|delivered to|handed over to)\W*$"
)
_NOUNS = re.compile(
    r"(?:withdrawal|removal|reduction|drawdown|deployment|sale|approval|mobili[sz]ation|consultations?|annexation|draw-down)\b"
)
_APART = re.compile(
    r"\b(?:after|when|while|since|because|although|before)\b|[;:] |\band (?:is|was|has|will|would|are|were|have|had|plans|came|got) |\band the (?:\w+ ){1,2}(?:has|have|had|is|was|will|would|\w{3,}ed) "
)
"""What parts two acts, so that neither is part of the other."""
_WHOLE = frozenset(
    ("approve_emergency", "legislate_withdrawal_limit", "ultimatum", "suspend_participation", "withdraw_from_treaty", "threaten_withdrawal")
)  # fmt: skip
"""Acts of which a whole sentence tells."""
_BESIDE_TALKS = frozenset(("deploy", "provide_aid", "pledge_aid", "affirm_commitment", "agree", "request", "accuse", "withhold_aid", "raise_defence_spending"))  # fmt: skip
"""Acts that may follow a visit or a talk in one sentence, each told for itself."""
_TALKS = re.compile(
    r"(?:fl(?:ew|y|ies)|travel|met\b|meets?\b|sp(?:oke|eak)|talk(?:ed|s)\b|visit(?:ed|s)\b|phoned|rang\b|arriv|received|spent|spend|stop|calls?\b(?! (?:on|for|upon))|hosted|welcomed|toured|negotiat|discuss)"
)
_RELATIVE = re.compile(r", (?:which|who|whose|that) (?:[\w’'-]+ ){0,3}$")
_WHO_HAS = re.compile(r" who (?:has|had|have|once|also|again) ")
"""What leads to what somebody has done besides: "a rebuff to a president who has mused about leaving"."""
_BOUGHT = re.compile(r", an? (?:[\w-]+ ){0,3}(?:purchase|sale|deal|package|order|transfer) ")
"""What leads to the approval of a sale named just before."""
_TALKS_ENDED = re.compile(
    r"\b(?:as|after|before|when|while) (?:the |\w+ ){0,3}?(?:talks|negotiations|consultations|a (?:meeting|summit)|the (?:meeting|summit))\b(?=.{0,90}?\b(?:end(?:s|ed)?|clos(?:es|ed)|conclud(?:es|ed)|broke (?:up|down|off)|breaks? (?:up|down)|collaps(?:es|ed)|fail(?:s|ed)|stall(?:s|ed)|beg[ai]n|open(?:s|ed)|resum(?:es|ed)|start(?:s|ed)|continued?|were held|took place)\b)"
)
"""Talks told in a clause of their own beside another act."""
_FORCES = re.compile(
    r"\b(?:troops|soldiers|forces|brigades?|battalions?|regiments?|divisions?|squadrons?|companies|units|batter(?:y|ies)|jets|warships|personnel|engineers|trainers|instructors)\b"
)
_ARMED = frozenset(("UKR", "TWN", "MDA"))
"""States to which ships and jets are given."""
_SENDS = re.compile(
    r"\b(?:send|sending|deploy|deploying|station|stationing|dispatch|dispatching|base|basing|rotate|rotating|post|posting)\b"
)
_IS_SENT = re.compile(
    r"(?: \w+){0,2} (?:would|will|is to|are to|to) (?:soon )?be (?:sent|deployed|stationed|dispatched|based|rotated|posted)\b"
)
_UNITS = re.compile(
    r"(?:frigates?|destroyers?|warships?|minehunters?|minesweepers?|jets?|fighters?|fighter jets?|aircraft|helicopters?|typhoons?|gripens?|rafales?|eurofighters?|f-\d\ds?|corvettes?|submarines?|patrol (?:boats|vessels)|batter(?:y|ies)|tanks)\b"
)
_WORD = re.compile(r"\w+")
_PUT_ASIDE = re.compile(
    r"set(?:s|ting)? aside (?:an?|the|any|its|their) (?:\w+ )?(?:proposal|motion|plan|request|idea|demand|bill|amendment|question|differences|quarrel|dispute)"
)
_DEFICIT = re.compile(r"\b(?:deficit|debt|growth|inflation|exports|imports)\b")
_AIR_DEFENCE = re.compile(r"\b(?:air|missile|coastal|cyber) defen[cs]e$")
_FROZEN = re.compile(r"frozen (?:\w+ ){0,2}(?:assets|funds|reserves|money)\b")
_POSTED = re.compile(r"(?:stationed|based|deployed|posted|garrisoned|positioned)\b")
_AUX = re.compile(r"\b(?:be|been|being|is|are|was|were|has|have|had|will|would|to)(?: \w+ly| now| also)? $")
_AUX_REACH = 16
"""Characters before a participle that hold its auxiliary, where it has one."""


def acts(
    plain: Words,
    blanked: Words,
    places: Sequence[Place],
    opening: int,
    told: Callable[[Trigger], bool] = lambda trigger: True,
) -> list[Trigger]:
    """Acts of a sentence, in the order of the text.

    Args:
        plain: words of the sentence.
        blanked: the same with quotations blanked; pairings are looked for in them.
        places: states named in it, by their place in the story.
        opening: where it begins in the story.
        told: whether enough is told of an act for it to count; one that does not leaves room for others.
    """
    lowered = plain.lowered
    paired = triggers(blanked, places, opening) if places else []
    found = [_of_cue(cue, a, b, lowered, paired) for cue, a, b in own_hits(lowered, plain.words)]
    paired = [t for t in paired if not _is_frozen_money(t, lowered)]
    found += [t for t in paired if not any(_is_told(f, t) for f in found)]
    if any(t.action == "withdraw_forces" for t in found):
        found = [t for t in found if not _is_resident(t, lowered)]
    found = [t for t in found if not _is_other_thing(t, lowered)]
    bodies = {code for _, _, code in places}
    found = [t for t in found if t.need != "nato" or "NATO" in bodies]
    found = [t for t in found if t.action != "withdraw_from_treaty" or not _leaves_forces(t, lowered)]
    if bodies.isdisjoint(_ARMED):
        found = [t for t in found if t.action != "pledge_aid" or not _sends_units(t, lowered)]
    found.sort(key=lambda t: (-t.priority, t.start, t.start - t.end))
    chosen: list[Trigger] = []
    for trigger in found:
        if not any(_covers(other, trigger) for other in chosen) and told(trigger):
            chosen.append(trigger)
    return sorted(chosen, key=lambda t: t.start)


def _is_told(other: Trigger, trigger: Trigger) -> bool:
    """Whether a pattern has told the act of a pairing already."""
    if other.action != trigger.action:
        return False
    return trigger.action not in REPEATED or (trigger.start < other.end and other.start < trigger.end)


def _is_other_thing(trigger: Trigger, lowered: str) -> bool:
    """Whether a proposal is set aside rather than money, or money is for a defence against missiles, or a deficit grows."""
    if trigger.action == "pledge_aid":
        return _PUT_ASIDE.match(lowered, trigger.pred[0]) is not None
    if trigger.action != "raise_defence_spending":
        return False
    shield = _AIR_DEFENCE.search(lowered, trigger.thing[0], trigger.thing[1])
    return bool(shield or _DEFICIT.search(lowered, trigger.start, trigger.end))


def _is_frozen_money(trigger: Trigger, lowered: str) -> bool:
    """Whether "frozen" only says which money it is: "from frozen Russian assets"."""
    return trigger.action == "withhold_aid" and bool(_FROZEN.match(lowered, trigger.pred[0]))


def _is_resident(trigger: Trigger, lowered: str) -> bool:
    """Whether what looks like a deployment only says where forces are: "a battalion stationed in Lithuania"."""
    posted = trigger.action == "deploy" and _POSTED.match(lowered, trigger.pred[0])
    return bool(posted) and not _AUX.search(lowered, max(0, trigger.pred[0] - _AUX_REACH), trigger.pred[0])


def _leaves_forces(trigger: Trigger, lowered: str) -> bool:
    """Whether what looks like leaving an alliance is withdrawing forces, which the alliance only speaks of."""
    between = lowered[trigger.pred[1] : trigger.thing[0]] if trigger.paired else ""
    return bool(_FORCES.search(between))


def _sends_units(trigger: Trigger, lowered: str) -> bool:
    """Whether what is promised is to send ships or jets, to somebody who is not at war: that is a deployment."""
    if not trigger.paired or _UNITS.match(lowered, trigger.thing[0]) is None:
        return False
    sent = _SENDS.search(lowered, trigger.pred[1], max(trigger.pred[1], trigger.thing[0]))
    return bool(sent or _IS_SENT.match(lowered, trigger.thing[1]))


def _covers(other: Trigger, trigger: Trigger) -> bool:
    """Whether an act chosen already leaves no room for another: they share words."""
    if trigger.action == "host" and trigger.start < other.start and other.action in _LODGERS:
        return False
    return trigger.start < other.end and other.start < trigger.end


def absorbed(trigger: Trigger, others: Sequence[Trigger], lowered: str) -> bool:
    """Whether an act is only part of another one of its sentence.

    An act that follows whom somebody urges, blames or thanks is what he speaks of; before that, or without anybody between,
    what is said of the act ("refused to host", "asked for talks") is told by its modality.
    """
    for other in others:
        if other is trigger or _is_apart(trigger, other, lowered):
            continue
        if trigger.action in _ABSORBED.get(other.action, ()):
            return True
        if trigger.action == "consult" and trigger.priority < other.priority and other.start < trigger.start:
            return True
        if other.action in SPOKEN and other.thing[1] <= trigger.start and other.end <= trigger.start:
            return True
        if trigger.noun and other.action in SPOKEN and other.end <= trigger.start:
            return True
        if trigger.priority <= _PLAIN < other.priority and not (
            trigger.action in SPOKEN and trigger.thing[1] <= other.start and trigger.end <= other.start
        ):
            return True
    return False


def _is_apart(trigger: Trigger, other: Trigger, lowered: str) -> bool:
    """Whether two acts are told in clauses of their own: one after the other, or one in a relative clause."""
    first, second = (trigger, other) if trigger.start < other.start else (other, trigger)
    if second is trigger and first.end <= second.start:
        if _WHO_HAS.search(lowered, first.end - 1, second.start):
            return True
        if trigger.action == "approve_sale" and _BOUGHT.search(lowered, first.end, second.start + 1):
            return True
        if trigger.action == "consult" and _TALKS_ENDED.search(lowered, first.end):
            return True
    led = trigger.action == "consult" and trigger is second
    if (
        trigger.action == "consult"
        and not led
        and _TALKS.match(lowered, trigger.pred[0])
        and other.action in _BESIDE_TALKS
    ):
        return first.end <= second.start
    if first.end > second.start or led or other.action in _WHOLE:
        return False
    if _APART.search(lowered, first.end, second.start):
        return True
    return (
        other is first
        and bool(_RELATIVE.search(lowered, 0, first.start))
        and "," in lowered[first.end : second.start]
    )


def _of_cue(cue: EventCue, a: int, b: int, lowered: str, paired: Sequence[Trigger]) -> Trigger:
    """Trigger of a pattern, with the words of the act and of its thing where a pairing tells them."""
    same = next((t for t in paired if t.action == cue.action and t.start < b and a < t.end), None)
    if same is not None:
        return Trigger(
            cue.action,
            cue.plover,
            max(cue.priority, same.priority),
            a,
            b,
            "",
            same.pred,
            same.thing,
            same.noun,
            True,
        )
    words = [m.span() for m in _WORD.finditer(lowered, a, b)]
    first, last = (words[0], words[-1]) if words else ((a, b), (a, b))
    if _PAST_PART.search(lowered, a, b):
        first, last = last, first
    noun = bool(_NOUNS.match(lowered, first[0]))
    return Trigger(cue.action, cue.plover, cue.priority, a, b, "", first, last, noun, first != last)
