"""Speakers' positions on the propositions that matter to the guarantee.

A wording of `data/stances.csv` speaks for or against a proposition; a negation before it in its clause turns it round; a
condition in its sentence makes the position conditional, unless the condition is an attack (which is when the promise is
called on) or an election (which says whose promise it is).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.actors import states
from foedus.evidence.eventclass import lower, lower_pattern
from foedus.evidence.lexicon import trie
from foedus.evidence.records import Quotation, Stance, Statement

_LABELS = {
    ("patron_will_leave", "affirmed"): "real", ("patron_will_leave", "denied"): "bluff", ("patron_will_leave", "conditional"): "conditional",
    ("patron_would_defend", "affirmed"): "bluff", ("patron_would_defend", "denied"): "real", ("patron_would_defend", "conditional"): "conditional",
    ("threat_is_bluff", "affirmed"): "bluff", ("threat_is_bluff", "denied"): "real",
}  # fmt: skip
READ = 2000
"""Characters of a passage in which a position is looked for."""
_CONDITION = re.compile(
    r"\b(?:if|unless|as long as|so long as|provided|providing|on condition|until|whether|only when|once)\b[^,.;:!?—]*"
    r"|\b(?:those|allies|ally|members?|countries|country|nations?|anyone|anybody|states?|governments|people|europeans)(?: \w+)?,? (?:who|that|which)(?: \w+){0,3}? ['’‘“\"]?(?:pay|paid|spend|meet|contribute|owe|carry|earn|deserv|foot|settle|cough|stump)\w*[^,.;!?]*"
    r"|\b(?:depends?|hinges?|hangs?|turns?|rests?|conditional|contingent) (?:up)?on\b|\b(?:is|was|be|were) (?:entirely |all |wholly )?(?:up to|in the hands of)\b|\bonly (?:to|for|with) (?:those|them|allies|friends|countries|people|members) (?:who|that|which)\b[^.;!?]*|\bin (?:exchange|return) for\b"
)
_DUTY = re.compile(
    r"\b(?:you|they|allies|europe|europeans|countries)(?:['’]ve)? (?:gotta|got to|have got to|have to|has to|must|need to|had better|better) (?:\w+ ){0,2}?(?:pay|spend|contribute)\b|\bpay (?:up|your)\b|\bor else\b"
)
"""What must be done first, said in a sentence of its own."""
_DEPENDS = re.compile(
    r"\b(?:depend|hinge|conditional|contingent|(?:is|was|be|were) (?:entirely |all |wholly )?up to|in the hands of)"
)
_NO_CONDITION = re.compile(
    r"\b(?:attack|invad|war\b|aggress|strikes?\b|fired on|elect|re-?elected|second term|wins?\b|returns? to|comes? back|back in|under (?:attack|threat)|know\b|asked|but when\b|touch\w*|(?:fell|falls|fall)\b)"
)
"""A condition that leaves the promise as it is."""
_NEGATION = re.compile(
    r"\b(?:not|never|cannot|nobody|no one|none|nothing|neither|nor|without|hardly|unlikely|impossible|unthinkable|refus\w+|doubt(?:s|ed|ful)?|ruled? out|rules out|far from|fail(?:s|ed)? to|stop(?:s|ped)?)\b|n['’]t\b"
    r"|\bno (?:plans?|intention|desire|wish|chance|way|prospect|risk|danger|president|reason|appetite|need|longer|question|american|u\.s|evidence|sign|more)\b"
)
_NO_NEGATION = re.compile(
    r"\b(?:no doubt|without (?:a |any )?doubt|beyond doubt|not only|no matter|nothing but|not least|not just|why not|never before|never (?:been )?(?:more|stronger)|not because|but not|not (?:whether|if)\b[^.;!?]{0,80}?\bbut when|nobody should (?:assume|think) otherwise)\b|\b(?:wo|does|do|ca|will|would|did)(?:n['’]t| not| never) bite\b|n['’]t be (?:a |one )?(?:single |one )?american\b|\b(?:no|not (?:a|one)(?: single)?|without a single) american\b|(?:\bnot|n['’]t) (?:up for|negotiable|in (?:doubt|question))\b|(?:\bnever|\bnot|n['’]t) (?:\w+ ){0,3}?(?:gone back on|let (?:an|its|our|a|them|you)|broken?)\b"
)
_NOT_AFTER = re.compile(
    r"[^.;!?]{0,90}?(?:\b(?:is|are|was|were|has been|had been|have been|would be|has|had|will)(?:n['’]t| not| never)(?: been| be)? (?:\w+ )?(?:on the (?:cards|table|agenda|menu)|an option|a (?:choice|possibility|prospect|plan)|in (?:question|prospect|play|the works)|considered|discussed|planned|contemplated|possible|thinkable|happening|going to happen)\b|\b(?:never|not) been on the (?:cards|table|agenda)\b|\bout of the question\b|\boff the table\b|\b(?:is|was|would be|remains) (?:unthinkable|inconceivable|impossible|a fantasy|a fiction|nonsense|madness)\b|\bhell (?:freezes|froze|had frozen) over\b|\bpigs (?:fly|flew|can fly)\b|\bin (?:his|your|her|their) dreams\b)"
)
"""What denies a wording that stands before it ("leaving was never on the cards")."""
_RECKLESS = re.compile(
    r"\b(?:reckless|foolish|naive|unwise|rash|folly|foolhardy|dangerous|irresponsible|delusional|an illusion|a mistake|an error|wrong|silly|absurd|madness) (?:\w+ ){0,3}?to (?:\w+ )?(?:assume|think|believe|count|expect|hope|rely|suppose|imagine|pretend|bet|trust|bank)\b|\b(?:illusion|fantasy|myth|delusion|fiction|fairy ?tale) that\b"
)
"""What denies a wording that stands behind it."""
_FOOLS = re.compile(
    r"\b(?:any(?:one|body)|whoever|those|people|every(?:one|body)|all|if you|nobody|no one)(?: (?:who|that))?(?: \w+){0,2}? (?:thinks?|thinking|believes?|believing|says?|saying|imagines?|assumes?|hopes?|expects?|takes?|dismiss(?:es)?|writes?|treats?)\b"
)
"""Those who hold an opinion, of whom a speaker then says that they are wrong."""
_ARE_WRONG = re.compile(
    r"\b(?:wrong|mistaken|fool\w*|kidding|think again|dreaming|naive|deluded|delusion\w*|misread\w*|misjudg\w*|misunderst\w+|in for a (?:surprise|shock)|out of (?:his|her|their|your) minds?|(?:not|n['’]t|never) (?:\w+ )?(?:listening|listened|paying attention|understood|read|know))\b"
)
_CLAUSE_END = re.compile(r"[.;!?:]|,? but |, and |, yet |\band that\b")
_FIRST_PERSON = re.compile(r"\b(?:we|our|us)\b")
_LEAVE_MODE = re.compile(
    r"\b(?:if|unless|will|would|going to|gonna|about to|wants?|wanted|intend\w*|plan\w*|prepar\w+|ready|threat\w*|could|may|might|can|must|should|shall|am|is|are|was|were|be|risks?|danger|prospect|possibility|chance|talk|consider\w*|weigh\w*|looking at|mean\w*|result in|lead to|never|not|no|nobody|let|that (?:he|she|they|it)|decided to|discuss\w*|bring about|suspend)\b|['’](?:ll|re|s|m|d)\b|n['’]t\b|^\W*(?:pull|leav|withdraw|quit|suspend)"
)
"""What makes of a word for leaving something that may happen, and not a thing spoken of in passing."""
_SPOKEN_OF = re.compile(
    r"\b(?:suggestion|idea|notion|claim|rumou?rs?|question|debate|accusation)s? (?:that|of)\b"
)
_ASKING = re.compile(r"^\W*(?:me |him |her |them |us )?(?:why|whether|how)\b")
_SURE = re.compile(
    r"\b(?:no doubt|certain(?:ly)?|never|always|absolutely|definitely|will|100 percent|clearly|obviously|without question)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:may|might|could|perhaps|maybe|possibly|think|fear|worry|suggest|seems?|likely|probably)\b",
    re.IGNORECASE,
)
_PATRON = frozenset(("USA", "NATO"))


@dataclass(frozen=True)
class StanceCue:
    """One row of ``data/stances.csv``."""

    proposition: str
    affirms: bool
    pattern: re.Pattern[str]
    gate: frozenset[str]
    """Stems of which a passage must hold one; asking for them is cheaper than the pattern."""


@lru_cache(maxsize=1)
def cues() -> tuple[StanceCue, ...]:
    """Wordings that take a position."""
    return tuple(
        StanceCue(
            r["proposition"],
            r["side"] == "for",
            re.compile(lower_pattern(r["pattern"])),
            frozenset(r["gate"].split("|")),
        )
        for r in tables.rows("stances.csv")
    )


@lru_cache(maxsize=1)
def propositions() -> tuple[str, ...]:
    """The propositions, in the order of the table."""
    return tuple(dict.fromkeys(cue.proposition for cue in cues()))


@lru_cache(maxsize=1)
def _stems() -> tuple[re.Pattern[str], dict[str, frozenset[int]]]:
    """A pattern that finds the longest stem of a wording at each place, and the numbers of the wordings that each opens."""
    every = frozenset[str]().union(*(cue.gate for cue in cues()))
    return (
        re.compile(f"(?=({trie(every)}))"),
        {
            stem: frozenset(n for n, cue in enumerate(cues()) if any(map(stem.startswith, cue.gate)))
            for stem in every
        },
    )


def _asked(lowered: str) -> list[StanceCue]:
    """Wordings that stand in a passage in lower case, in the order of the table."""
    pattern, opened = _stems()
    numbers = frozenset[int]().union(*map(opened.__getitem__, set(pattern.findall(lowered))))
    every = cues()
    return [every[n] for n in sorted(numbers) if every[n].pattern.search(lowered)]


def read_stances(quotations: list[Quotation], statements: list[Statement]) -> list[Stance]:
    """Stances of the speakers of quotations and statements, one for each passage and proposition."""
    found: list[Stance] = []
    spoken: list[Quotation | Statement] = [*quotations, *statements]
    for item in spoken:
        if item.speaker is None:
            continue
        lowered = lower(item.text[:READ]).replace("u.s.", "u_s_")
        asked = _asked(lowered)
        if not asked:
            continue
        conditions = [m.span() for m in _CONDITION.finditer(lowered)]
        for proposition in dict.fromkeys(cue.proposition for cue in asked):
            mine = [cue for cue in asked if cue.proposition == proposition]
            stance = _position(item, lowered, proposition, conditions, mine)
            if stance is not None:
                found.append(_stance(item, proposition, stance, bool(conditions)))
    return sorted(found, key=lambda s: (s.start, s.proposition))


def _stance(item: Quotation | Statement, proposition: str, stance: str, conditional: bool) -> Stance:
    return Stance(
        item.speaker or "",
        proposition,
        stance,
        item.start,
        item.end,
        item.text,
        strength(item.text),
        conditional or stance == "conditional",
        item.story,
        _LABELS.get((proposition, stance), "none"),
    )


def _position(
    item: Quotation | Statement,
    text: str,
    proposition: str,
    conditions: list[tuple[int, int]],
    asked: list[StanceCue],
) -> str | None:
    """Position that a passage takes on a proposition: affirmed, denied, conditional, or none."""
    depends = _DEPENDS.search(text) is not None
    best: tuple[int, bool, re.Match[str]] | None = None
    for cue in asked:
        for match in cue.pattern.finditer(text):
            inside = any(a <= match.start() < b for a, b in conditions)
            if (
                (inside and not depends)
                or _others(item, text, match, proposition)
                or _unmeant(text, match, cue)
            ):
                continue
            if best is None or match.start() < best[0]:
                best = (match.start(), cue.affirms, match)
            break
    if best is None:
        return None
    if proposition.startswith("patron_") and _conditional(text, best[2], conditions):
        return "conditional"
    return "affirmed" if best[1] != _negated(text, best[2], best[1]) else "denied"


def _clause_start(text: str, at: int) -> int:
    return max((m.end() for m in _CLAUSE_END.finditer(text, 0, at)), default=0)


def _negated(text: str, match: re.Match[str], affirms: bool) -> bool:
    """Whether a negation stands in the clause before a wording, or within one that speaks for a proposition."""
    end = match.end() if affirms else match.start()
    region = _NO_NEGATION.sub(" ", text[_clause_start(text, match.start()) : end])
    fools = _FOOLS.search(text, 0, match.start())
    wrong = fools is not None and _ARE_WRONG.search(text, match.end()) is not None
    reckless = _RECKLESS.search(_said_alone(text, match.start())) is not None
    denied = _NEGATION.search(region) is not None or reckless or _NOT_AFTER.match(text, match.end()) is not None
    return denied != wrong


def _said_alone(text: str, at: int) -> str:
    """The sentence before a wording, without who says it in its midst ("it would be rash, wrote Ann Cole, to assume")."""
    begin = max((text.rfind(mark, 0, at) for mark in ".;!?"), default=-1) + 1
    return _INTERPOSED.sub("", text[begin:at])


_INTERPOSED = re.compile(
    r",\s+(?:said|says|wrote|writes|argued|argues|warned|added|told|insisted|claimed|thought|noted)\s[^;]{3,90}?,(?=\s+(?:to|that|would|will|is|was|has|had)\b)"
)


_STOP = re.compile(r"[.!?]")


def _unmeant(text: str, match: re.Match[str], cue: StanceCue) -> bool:
    """Whether a wording stands in a question, in something only spoken of, or tells of no going that may come."""
    begin = _clause_start(text, match.start())
    before = text[begin : match.start() + 1]
    asking = _ASKING.match(text) and not _DEPENDS.search(text) and not match.group().startswith("why")
    if _SPOKEN_OF.search(before) or asking:
        return True
    stop = _STOP.search(text[match.end() :])
    if stop is not None and stop.group() == "?" and "why" not in text[begin : match.end()]:
        return True
    leaving = cue.proposition == "patron_will_leave" and cue.affirms
    return leaving and _LEAVE_MODE.search(text, begin, match.end()) is None


def _conditional(text: str, match: re.Match[str], conditions: Iterable[tuple[int, int]]) -> bool:
    """Whether a wording depends on a condition in its sentence, or on a duty said beside it."""
    lo = max((text.rfind(mark, 0, match.start()) for mark in ".!?"), default=-1) + 1
    ends = [at for mark in ".!?" if (at := text.find(mark, match.end())) >= 0]
    hi = min(ends, default=len(text))
    here = [text[a:b] for a, b in conditions if lo <= a < hi]
    return any(not _NO_CONDITION.search(c) for c in here) or _DUTY.search(text) is not None


def _others(item: Quotation | Statement, text: str, match: re.Match[str], proposition: str) -> bool:
    """Whether the subject of a wording is another state than the proposition speaks of."""
    if proposition == "threat_is_bluff":
        return False
    begin = _clause_start(text, match.start())
    named = [code for _, _, code in states(item.text[begin : match.start()])]
    if proposition == "allies_will_pay":
        return bool(named) and named[-1] == "USA"
    if named:
        return named[-1] not in _PATRON
    if not _FIRST_PERSON.search(text, begin, match.start() + 1):
        return False
    home = [code for _, _, code in states(item.speaker_role or "")]
    return bool(home) and not _PATRON & set(home)


def strength(text: str) -> float:
    """How firmly a passage is put: 1 plain or firm, 0.5 hedged."""
    return 0.5 if _UNSURE.search(text) and not _SURE.search(text) else 1.0
