"""Whom a claim speaks of: states and groups of them, and which of those named is its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.actors import states

_AND = re.compile(
    r"(?: (?:NATO )?(?:allies|members|nations|countries|states|partners))?\s+(?:and|as well as)\s+(?:the\s+)?|\s*/\s*"
)
_MEMBERS_OF = re.compile(
    r" (?:members?(?: states?)?|allies|countries|nations|states|governments|pillar|half|side) (?:of|in) (?:the )?"
)
_ALLIES = re.compile(r"all(?:ies|y|iance members)$", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:other|rest of (?:the|our|its)|our|its|his|their|remaining|America[’']s|Washington[’']s|non-(?:US|U\.S\.|American)|all (?:of )?(?:our|the other))\s+(?:(?:NATO|\d\d|thirty-one|thirty-two)\s+)*$",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:unlike|than|like|after|behind|followed by|against|compared (?:to|with)|outside|neighbou?r|(?:than|as|with|to) (?:those|that) of|ahead of|alongside|from|between|bordering|except|excluding|without|in contrast to|sold|sells?|visit(?:ed|ing)?)\s+(?:the\s+|its\s+)?$",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty(?:-\w+)?|every|each|no|most|few|some|many|several|a handful of|half (?:of )?the|(?:third|quarter|majority) of(?: the)?|all(?: of)?(?: the)?)\s+(?:other |NATO |European |eastern |western |northern |southern )*$",
    re.IGNORECASE,
)
"""What makes of "allies" a part of them, or each of them, and no group with a figure of its own."""
_PLACE = re.compile(r"(?<=\w )(?:in|at|to|with|on|near|into|across|over|through|for)\s+(?:the\s+)?$")
_HELD_THERE = re.compile(
    r"\b(?:spending|budgets?|outlays|expenditures?|troops|forces|presence|soldiers|personnel|(?:service )?members|GIs|servicem[ae]n|Americans|contingent|garrison|footprint|share|aid|figure|number|total|effort|(?:stationed|based|serving|posted|kept|deployed))\s+(?:in|for|on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|many|most|some|several|few)\s+$")
_OWNER_AFTER = re.compile(r"[^,;:”\"]{0,70}?\b(?:by|in|for|from|of)\s+(?:the\s+)?$")
_IS_ITS = re.compile(r"\s*(?:of [^,;.”\"]{1,50}?,? )?(?:was|is|were|are|comes? from|came from) (?:the )?")
_THE_OTHERS = re.compile(
    r"\b(?:all )?the (?:others|rest(?: of (?:the alliance|NATO|them))?)\b(?: together| combined)?(?: \w+)?\s+$"
)
_OF_ITS_KIND = re.compile(
    r"(?<=European) (?:backer|donor|ally|country|member|nation|state|partner|power|capital|spender|supporter|host|contributor|average)\b|[’']s? (?:second|third|fourth|fifth|sixth|biggest|largest|top|leading|most|lowest|smallest|highest|best|weakest|poorest|richest)\b"
)
_WHOLE_OF = re.compile(r" (?:\w+ )?(?:aid|effort|total|help|support|assistance)\b")
_OF = re.compile(r"\b(?:of|in) (?:all |the |total |all the |the total )?$")
_CLASSES = ("EUR", "EU", "NATO", "ALLIES")
"""What follows on "European" where it only tells among whom somebody is counted."""
_JOINED = re.compile(r"\s*(?:,|,?\s+and|,?\s+or|,?\s+plus)\s+(?:the\s+)?")
_LISTED = re.compile(r"(?:[’']s?)?\s*(?:,|and\b|or\b|plus\b|combined\b|together\b|[.;”\"]|$)")
_GIVEN_BY = re.compile(
    r"\b(?:aid|help|support|assistance|deliver(?:y|ies)|contributions?|donations?|weapons|allocations|money)(?: (?:to|for) \w+)? from (?:the )?$",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"(?:[’']s?)?\s+(?:total|figure|sum|amount|contribution|effort|level|number|budget|spending|share|aid|presence)\b"
)
_AT_ONCE = re.compile(r"\s+(?:in|for|by)\s+(?:the\s+)?")
_SET_BESIDE = re.compile(
    r"\b(?:compar\w+ (?:with|to)|against|than|versus|from|and|or|to|but|while|with|,)\s+(?:about |some |just |only |around |nearly |roughly |almost |barely |a mere )*$"
)
_OPENS = re.compile(
    r"(?:^|[“\"]|: |\bbut |\band |; |\. )(?:And |But )?(?:[Aa]t|[Ww]ith|[Ss]pending|[Gg]iving|[Hh]aving (?:given|sent|spent)|[Aa]llocating)\s+(?:\w+\s+){0,3}$"
)
_THEN = re.compile(r"[^,;”\"]{0,60},\s+(?:the\s+)?")
GROUPS = ("EUR", "EU", "XEC", "NATO", "ALLIES", "SOME")
"""Codes of what is no single state."""
WE = re.compile(r"\b(?:[Ww]e(?:[’'](?:ve|re|ll))?|[Oo]urs?|[Uu]s)\b")


@dataclass(frozen=True)
class Party:
    """A state or a group in its place: ``EUR`` Europe, ``EU`` the Union, ``XEC`` Europe and Canada, ``NATO`` all allies."""

    start: int
    end: int
    code: str


def parties(text: str) -> list[Party]:
    """Parties named in a stretch of text, those that make one group joined."""
    found: list[Party] = []
    for start, end, named in sorted({*states(text), *_leaders(text)}):
        code = _group(text, start, text[start:end], named)
        last = found[-1] if found else None
        gap = text[last.end : start] if last else ""
        if last and not gap.strip(" -") and code in ("NATO", "ALLIES", "XEC"):
            joined = (
                last.code
                if last.code in ("EUR", "SOME")
                else "SOME"
                if code == "SOME"
                else "XEC"
                if "XEC" in (last.code, code)
                else "ALLIES"
            )
            found[-1] = Party(last.start, end, joined)
        elif last and last.code == "EUR" and code == "NATO" and _MEMBERS_OF.fullmatch(gap):
            found[-1] = Party(last.start, end, "EUR")
        elif last and {last.code, code} in ({"EUR", "CAN"}, {"EU", "CAN"}) and _AND.fullmatch(gap):
            found[-1] = Party(last.start, end, "XEC")
        else:
            found.append(Party(start, end, code))
    return found


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {name: row["code"] for row in tables.rows("leaders.csv") for name in row["names"].split("|")}


@lru_cache(maxsize=1)
def _led() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_names())})\b(?={_DOES_OR_OWNS})")


def _leaders(text: str) -> list[tuple[int, int, str]]:
    """Heads of government who stand for their state: who are said to give or to spend, or whose spending is spoken of."""
    return [(m.start(), m.end(), _names()[m.group()]) for m in _led().finditer(text)]


_DOES_OR_OWNS = (
    r"[’']s (?:\w+ ){0,2}?(?:aid|help|assistance|spending|budget|army|war machine)\b"
    r"|(?:[’']s)?(?: (?:has|have|had|is|was|alone|only|also|already|now|even|just|never|has only)){0,3}"
    r" (?:giv(?:en|es?|ing)|gave|spen(?:[dt]s?|ding)|sent|sends|sending|cut|cuts|cutting|doubl(?:ed|ing)|tripled|halved|rais(?:ed|es|ing)|pa(?:id|ys|ying)|pour(?:ed|s|ing)|wast(?:ed|es|ing)|handed|allocated|provided|puts?|putting|devotes?|committed)\b"
)


_BOTH = re.compile(
    r"(?:[’']s?)?,?\s+(?:have |has )?(?:together|combined|jointly|between them|put together|taken together|account(?:ed)? for|ma[kd]e up)\b"
)


def together(text: str, at: int) -> tuple[str, ...]:
    """Parties that a sentence puts together before a place ("Hungary, Slovakia and Spain together"); nothing for one alone."""
    named = [p for p in parties(text) if p.end <= at]
    last = next((i for i in range(len(named) - 1, 0, -1) if _BOTH.match(text, named[i].end)), None)
    if last is None:
        return ()
    first = last
    while first and _JOINED.fullmatch(text, named[first - 1].end, named[first].start):
        first -= 1
    return tuple(p.code for p in named[first : last + 1]) if first < last else ()


def _group(text: str, start: int, word: str, code: str) -> str:
    """Group that a mention stands for: Europe is more than the Union, and "our allies" are those without the patron."""
    if code == "EU" and word.startswith("Europe") and "Un" not in word and "Comm" not in word:
        return "SOME" if _NUMBERED.search(text[max(0, start - 12) : start]) else "EUR"
    if code == "NATO" and _ALLIES.fullmatch(word):
        before = text[max(0, start - 40) : start]
        return "XEC" if _OTHERS.search(before) else "SOME" if _SOME.search(before) else "ALLIES"
    return code


def _joins(sentence: str, before: Party, party: Party) -> bool:
    """Whether a party goes on a list: behind a bare comma only where the list goes on, and no clause begins."""
    gap = _JOINED.fullmatch(sentence, before.end, party.start)
    if gap is None:
        return False
    return bool(re.search(r"and|or|plus", gap.group())) or _LISTED.match(sentence, party.end) is not None


def _foils(sentence: str, named: list[Party]) -> list[Party]:
    """Parties that only stand for comparison: after "than" or "unlike", and those joined to one by "and"."""
    found: list[Party] = []
    for before, party in zip([None, *named], named, strict=False):
        if _GIVEN_BY.search(sentence, max(0, party.start - 60), party.start):
            continue
        if (before in found and before is not None and _joins(sentence, before, party)) or _APART.search(
            sentence, max(0, party.start - 30), party.start
        ):
            found.append(party)
    return found


def _of_its_kind(sentence: str, party: Party) -> bool:
    """Whether "European" only tells among whom somebody is counted, or of what whole a part is."""
    if _OF_ITS_KIND.match(sentence, party.end):
        return True
    return bool(_WHOLE_OF.match(sentence, party.end) and _OF.search(sentence, 0, party.start))


def _owner_at_once(sentence: str, named: list[Party], at: int, stop: int, skip: tuple[str, ...]) -> str | None:
    """Owner of a figure that follows it at once ("against 2 percent in Spain"), or whose clause it opens ("At 4 percent, Poland")."""
    party = next((p for p in named if p.start >= stop and p.code not in skip), None)
    if party is None:
        return None
    if _AT_ONCE.fullmatch(sentence, stop, party.start) and _SET_BESIDE.search(sentence, max(0, at - 40), at):
        return party.code
    first = _OPENS.search(sentence, max(0, at - 40), at)
    if first is not None and _THEN.fullmatch(sentence, stop, party.start):
        return party.code
    return None


_WHICH = re.compile(r",? (?:which|who|whose)\b")
_ANOTHER_VERB = re.compile(
    r"\s+and\s+(?:accounts?|pays?|spends?|has|provides?|covers?|contributes?|makes?|gives?|hosts?|keeps?)\b"
)


def _at_a_place(sentence: str, lead: str, party: Party) -> bool:
    """Whether a party behind a preposition is only where something is, and not whose it is."""
    if _WHICH.match(sentence, party.end):
        return False
    if _ANOTHER_VERB.match(sentence, party.end):
        return True
    return not (_HELD_THERE.search(lead) or _HAS.match(sentence, party.end))


def subject(sentence: str, at: int, stop: int, home: str | None, skip: tuple[str, ...] = ()) -> str | None:
    """Party that a figure between two places of a sentence is of: the last named before it that is no foil, else its owner after it."""
    named = [p for p in parties(sentence) if not (p.code in _CLASSES and _of_its_kind(sentence, p))]
    near = _owner_at_once(sentence, named, at, stop, skip)
    if near is not None:
        return near
    foils = _foils(sentence, named)
    if _THE_OTHERS.search(sentence, max(0, at - 40), at) and any(p.code == "USA" for p in named):
        return "XEC"
    for party in reversed([p for p in named if p.end <= at]):
        if party.code in skip or party in foils:
            continue
        lead = sentence[max(0, party.start - 40) : party.start]
        if _PLACE.search(lead) and _at_a_place(sentence, lead, party):
            continue
        if home and WE.search(sentence, party.end, at):
            return home
        return party.code
    if home and WE.search(sentence, 0, at):
        return home
    for party in named:
        if party.start >= stop and party.code not in skip:
            owned = _OWNER_AFTER.fullmatch(sentence, stop, party.start) or _IS_ITS.fullmatch(
                sentence, stop, party.start
            )
            return party.code if owned else None
    return None
