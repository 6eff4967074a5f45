"""Who acts in a sentence and on whom: each state named is weighed by how it stands to the words of the act.

What a mention is worth as actor and as target is in ``data/event_points.csv``, which prepositions lead to the target of which
act in ``data/event_roles.csv``. The best of each is taken, where it reaches the least that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from foedus.evidence.eventcase import Case
from foedus.evidence.eventclauses import Mention, Place, clauses, floor_of, mentions
from foedus.evidence.eventframes import Trigger
from foedus.evidence.eventroles import points, roles_of

_LEFT_ALONE = re.compile(
    r"\b(?:be (?:protected|defended)|expect|count on|rely on|bank on|look for|on (?:its|their|his) own|alone|own fate|(?:fend for|look after|defend|protect) (?:it|them)sel(?:f|ves))\b",
    re.IGNORECASE,
)
"""What makes the subject of an undefended state the one that is threatened."""
_IMPERATIVE = re.compile(r"[Dd](?:o not|on[’']t) (?:expect|count|rely|bank|look)")
_AS_ON_ITSELF = re.compile(r"attack on \S+ (?:\S+ ){0,4}?an attack on", re.IGNORECASE)
"""A guarantee told by whose attack another's would be."""
_HEARD = re.compile(
    r"\b(?:confirm\w*|clear\w*) with\b|\b(?:assur|reassur|promis|told)\w* by\b|\b(?:assurances?|promises?|pledges?|guarantees?|word|commitments?) from\b|\breceived (?:a|an|the|its|new|fresh|repeated) (?:\w+ )?(?:promise|assurance|pledge|guarantee)"
)
"""What makes the subject of a guarantee the one to whom it is given."""
_COUNTS_ON = re.compile(r"\b(?:count|rely|depend) on\b")
"""A guarantee told by who may rely on it."""
_SPENT_IN = re.compile(r"\b(?:spending|budget|outlays|expenditure) in (?:the )?$")
_TOOK = 8
_TAKEN = re.compile(r"\bt(?:ook|akes?|aking|aken) $")
"""What makes the subject of a delivery the one who receives."""
_HAS = re.compile(r"(?:has|have|had|must)\b(?! given)")
"""How a term begins whose subject is the one to whom it is set."""
_CONJUNCTIONS = frozenset(("since", "until", "as", "than", "after", "before"))
_ARTICLE = 4
_AT_HOME = frozenset(("host", "invoke", "raise_defence_spending"))
"""Acts whose actor may be told only by where they happen: "a home in Estonia", "defence spending in Britain"."""
_NATO = "NATO"
_NEAR = 45
"""Characters about the words of an act within which the alliance is what it is done to."""
_FROM_THE_ALLIANCE = frozenset(("threaten_withdrawal", "suspend_participation"))
PATRON = "USA"
LAW_OF = frozenset(("approve_emergency", "legislate_withdrawal_limit"))
"""Acts that the law of the patron alone knows."""
_OF_THE_ALLIANCE = frozenset(
    ("suspend_participation", "threaten_withdrawal", "affirm_commitment", "threaten_non_defence")
)


@dataclass(slots=True)
class Parties:
    """Who acts and on whom."""

    actor: Mention | None
    target: Mention | None
    said: tuple[tuple[int, int], ...]
    """Stretches that say who is speaking."""
    firm: bool
    """Whether the target is marked as such, not only named somewhere after the act."""
    actors: tuple[str, ...] = ()
    """Codes of all that act together: "Sweden and Norway"."""
    targets: tuple[str, ...] = ()


def parties_of(
    text: str, opening: int, stop: int, places: Sequence[Place], trigger: Trigger, base: int
) -> Parties:
    """Parties of the act of a trigger. Spans of the trigger count from `base`."""
    a, b = trigger.pred[0] + base, trigger.pred[1] + base
    sentence = clauses(text, opening, stop, trigger.start + base, trigger.end + base)
    case = Case(text, sentence, trigger, roles_of(trigger.action), a, b, base, floor_of(sentence, places, a))
    named = [_freed(case, m) for m in mentions(sentence, places)]
    actor = _best([(case.actor(m, named), m) for m in named], points()["least_actor"])
    if trigger.action == "host" and actor is not None and case.owns_thing(actor):
        actor = _best(
            [(case.actor(m, named), m) for m in named if m.code != actor.code], points()["least_actor"]
        )
    others = [m for m in named if actor is None or m.code != actor.code]
    if actor is None and trigger.action in _AT_HOME:
        actor = next((m for m in named if m.case == "in" and m.start < case.a and _is_home(case, m)), None)
    if actor is None and trigger.action in LAW_OF:
        others = [m for m in others if m.code != PATRON]
    beside = () if case.mutual else _together(named, actor)
    others = [m for m in others if m.code not in beside]
    target = None
    if case.roles.target:
        first = _alliance(case, others) if trigger.action in _FROM_THE_ALLIANCE else None
        target = first or _best([(case.target(m, actor, named), m) for m in others], points()["least_target"])
        target = target or _alliance(case, others)
    actor, target = _turned(case, named, actor, target)
    firm = target is not None and (
        _is_taken(case) or case.won or case.target(target, actor, named) >= points()["least_firm"]
    )
    return Parties(actor, target, sentence.said, firm, _together(named, actor), _together(named, target))


def _together(named: list[Mention], one: Mention | None) -> tuple[str, ...]:
    """Codes of the states joined with one in a list; none where it stands alone."""
    if one is None:
        return ()
    roots: list[int] = []
    for at, mention in enumerate(named):
        roots.append(at if mention.joined is None else roots[mention.joined])
    where = next((at for at, mention in enumerate(named) if mention is one), None)
    if where is None:
        return ()
    found = dict.fromkeys(m.code for at, m in enumerate(named) if roots[at] == roots[where])
    return tuple(found) if len(found) > 1 else ()


def _is_taken(case: Case) -> bool:
    """Whether the subject of an act is the one to whom it is done: "received", "took delivery of"."""
    given = case.trigger.action == "provide_aid" and _TAKEN.search(case.text, max(0, case.a - _TOOK), case.a)
    return case.trigger.need == "turn" or bool(given)


def _alliance(case: Case, others: Sequence[Mention]) -> Mention | None:
    """The alliance, where it is named at all and an act can hardly be done to another."""
    if case.trigger.action not in _OF_THE_ALLIANCE:
        return None
    near = (case.trigger.start + case.base - _NEAR, case.trigger.end + case.base + _NEAR)
    told = case.trigger.action != "suspend_participation"
    return next((m for m in others if m.code == _NATO and (told or near[0] < m.start < near[1])), None)


def _is_home(case: Case, mention: Mention) -> bool:
    """Whether where something happens tells who does it: of spending only that right beside it."""
    if case.trigger.action != "raise_defence_spending":
        return True
    return bool(_SPENT_IN.search(case.text, max(0, mention.start - 24), mention.start))


def _freed(case: Case, mention: Mention) -> Mention:
    """A mention after "since" or "after" that begins a clause is its subject."""
    opens = mention.case in _CONJUNCTIONS and 0 <= mention.start - case.floor <= _ARTICLE
    return replace(mention, case="") if opens else mention


def _best(scored: list[tuple[float, Mention]], least: float) -> Mention | None:
    best = max(scored, key=lambda s: (s[0], -s[1].start), default=None)
    return best[1] if best is not None and best[0] >= least else None


def _turned(
    case: Case, named: list[Mention], actor: Mention | None, target: Mention | None
) -> tuple[Mention | None, Mention | None]:
    """Parties where the subject is the one acted on: who receives, who is given a term, who is left alone, who wins praise."""
    trigger, words = case.trigger, (case.trigger.start + case.base, case.trigger.end + case.base)
    if _is_taken(case):
        giver = next((m for m in named if m.case == "from" and m.start >= case.a), None)
        giver = giver or next((m for m in named if case.owns_thing(m) and m != actor), None)
        return giver, actor if actor is not giver else None
    if actor is None and trigger.action == "affirm_commitment" and _AS_ON_ITSELF.search(case.text, *words):
        actor = next((m for m in reversed(named) if m.case == "on" and m is not target), None)
    if actor is None:
        return actor, target
    heard = _COUNTS_ON.search(case.text, *words) or _HEARD.search(case.text, case.sentence.opening, words[1])
    if trigger.action == "affirm_commitment" and target and target.code == PATRON and heard:
        return target, actor
    if trigger.action == "affirm_commitment" and target and _COUNTS_ON.search(case.text, *words):
        return target, actor
    has = trigger.action == "ultimatum" and not actor.said and _HAS.match(case.text, words[0])
    if has or (trigger.action == "ultimatum" and target is None and not actor.said):
        speaker = next((m for m in named if m.said and m.code != actor.code), None) or target
        return (speaker, actor) if speaker is not None or _HAS.match(case.text, words[0]) else (actor, target)
    if trigger.action == "threaten_non_defence" and _IMPERATIVE.match(case.text, words[0]):
        speaker = next((m for m in named if m.said), None)
        other = next((m for m in named if not m.said), None)
        return speaker, other
    if (
        trigger.action == "threaten_non_defence"
        and actor.case != "by"
        and _LEFT_ALONE.search(case.text, *words)
    ):
        return target, actor
    if case.won:
        giver = next((m for m in named if m.start >= case.b and m.case in ("of", "from", "by")), None)
        return (giver, actor) if giver is not None and giver is not actor else (actor, target)
    return actor, target
