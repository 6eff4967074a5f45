"""What a sentence compares or follows through the years, and the recorded series of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from foedus.evidence import record_series
from foedus.evidence.claim_context import of_partner
from foedus.evidence.record_series import Series

_AID = re.compile(
    r"\b(?:aid|assistance|donors?|donat\w+|gave|giv(?:e|es|en|ing)|sent|provid\w+|contribut\w+|support(?:er|ers)?|help(?:ed)?|done|pledged|allocat\w+|spent on Ukraine|backers?|benefactors?|commit(?:ted)?)\b",
    re.IGNORECASE,
)
_ARMS = re.compile(r"\bof (?:weapons|arms)\b|\bin (?:weapons|arms)\b")
_KIND = re.compile(r"\b(military|humanitarian|financial)\b", re.IGNORECASE)
_DEFENCE = re.compile(
    r"\b(?:defen[cs]e|military|armed forces|army|(?:on|for|into) (?:its|their|our|the) (?:own )?forces|spenders?)\b(?! (?:aid|assistance|help|personnel))",
    re.IGNORECASE,
)
_EFFORT = re.compile(
    r"[’']s? (?:own )?effort\b(?! (?:to|on|in|against|at)\b)[^;.]*\b(?:GDP|gross domestic product)\b"
)
"""What an alliance calls spending on defence."""
_MONEY = re.compile(
    r"\b(?:spen(?:d|ds|t|ding|der|ders)|budgets?|expenditures?|outlays?|pays?|paid|paying|invest(?:s|ed|ment)?|contributions?)\b",
    re.IGNORECASE,
)
_GDP = re.compile(
    r"\b(?:GDP|gross domestic product|national income|share of (?:its|their|the) (?:economy|economies|output|income)|economic output|(?:its|their|national) output|(?:relative|in relation|in proportion|measured|set|weighed|judged|compared)(?: to| against| by| beside| with)? (?:(?:its|their|the size of (?:its|the)|the) )?(?:economy|economies|income|output|GDP|wealth))\b"
)
_TROOPS = re.compile(
    r"\b(?:troops?|soldiers?|personnel|service members|servicem[ae]n|GIs|(?:military )?presence|garrison|contingent|forces)\b",
    re.IGNORECASE,
)
_PATRON = re.compile(
    r"\b(?:US|U\.S\.|Americans?|United States|America|Pentagon|Washington|our (?:troops|soldiers|forces))(?!\w)"
)
_OWN = re.compile(
    r"\b(?:armed forces|army|Bundeswehr|military personnel|soldiers|troops|(?:regular|standing|land) (?:forces|army)|[’']s (?:own )?forces|under arms|in uniform|standing force)\b"
)
_OTHER_THING = re.compile(
    r"\b(?:exports?|imports?|trade|tariffs?|prices?|inflation|jobs|profits?|orders?|sales|shells|missiles|drones|tanks|aircraft|refugees|casualties|production|output of|visits?|votes?|equipment|interest)\b",
    re.IGNORECASE,
)
"""What shows that something is counted which no measure here holds."""


@dataclass(frozen=True)
class Measure:
    """Something recorded for each party and year, in one or more ways of counting."""

    name: str
    words: str
    table: str
    series: Callable[[str], tuple[Series, ...]]


def _share(party: str) -> tuple[Series, ...]:
    return record_series.shares(_group(party))


def _dollars(party: str) -> tuple[Series, ...]:
    return record_series.dollars(_group(party))


def _group(party: str) -> str:
    """Group under which spending is recorded; the Union's is not."""
    return "XEC" if party == "ALLIES" else party


def _aid(kind: str) -> Callable[[str], tuple[Series, ...]]:
    return lambda party: record_series.aid("OTHERS" if party == "ALLIES" else party, kind)


def aid_within(kind: str) -> Callable[[str], tuple[Series, ...]]:
    """Aid of a party within each year."""
    return lambda party: record_series.aid("OTHERS" if party == "ALLIES" else party, kind, summed=False)


SHARE = Measure("spending_share", "percent of GDP for defence", "spending", _share)
DOLLARS = Measure("spending", "defence spending", "spending", _dollars)
AID_OF_GDP = Measure(
    "aid_of_gdp",
    "aid in percent of its GDP of 2021",
    "aid",
    lambda party: ({2026: figure},) if (figure := record_series.aid_of_gdp(party)) else (),
)
PERSONNEL = Measure("personnel", "military personnel", "personnel", record_series.personnel)
FORCES = Measure("us_forces", "forces of the patron", "us_forces", record_series.forces)


def aid_kind(words: str) -> str:
    """Kind of aid that a passage speaks of."""
    found = _KIND.search(words)
    if found is None and _ARMS.search(words):
        return "military"
    return found.group(1).lower() if found else "total"


PER_HEAD = re.compile(
    r"\b(?:per|a|for (?:each|every)|by) (?:head|capita|inhabitant|person|citizen|resident)\b(?: of (?:its |the )?population)?",
    re.IGNORECASE,
)


def measure_of(sentence: str, wider: str) -> Measure | None:
    """What a sentence measures; nothing where its words name something else, or nothing."""
    found = _measure_of(sentence, wider)
    if found is None or not PER_HEAD.search(sentence):
        return found
    if found.name not in ("aid", "spending"):
        return None
    return Measure(
        f"{found.name}_per_head", f"{found.words} per head", found.table,
        lambda party: record_series.by_head(party, found.series(party)),
    )  # fmt: skip


def _measure_of(sentence: str, wider: str) -> Measure | None:
    if of_partner(wider) and _AID.search(sentence) and not _GDP.search(sentence):
        if _OTHER_THING.search(sentence):
            return None
        kind = aid_kind(sentence)
        return Measure("aid", f"{kind} aid", "aid", _aid(kind))
    if _TROOPS.search(sentence) and _PATRON.search(sentence) and not _MONEY.search(sentence):
        return FORCES
    if _OWN.search(sentence) and not (
        _MONEY.search(sentence) or _GDP.search(sentence) or _OTHER_THING.search(sentence)
    ):
        return PERSONNEL
    if _OTHER_THING.search(sentence) or not (_DEFENCE.search(sentence) or _EFFORT.search(sentence)):
        return None
    if _GDP.search(sentence):
        return SHARE
    return DOLLARS if _MONEY.search(sentence) else None
