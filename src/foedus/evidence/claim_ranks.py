"""The place of a party among all that the record ranks it with."""

from __future__ import annotations

import re

from foedus.evidence import record, record_series
from foedus.evidence.actors import name_of
from foedus.evidence.claim_changes import plain_of
from foedus.evidence.claim_context import NO_YEAR, Found, When, aid_year, of_partner
from foedus.evidence.claim_measures import (
    AID_OF_GDP,
    DOLLARS,
    FORCES,
    PERSONNEL,
    SHARE,
    Measure,
    aid_kind,
    aid_within,
    measure_of,
)
from foedus.evidence.claim_parties import parties, subject
from foedus.evidence.record import Figure
from foedus.evidence.record_series import Series, at_year

LESS = ("less", "smaller", "lower", "fewer", "trail", "trails", "trailed", "lag behind", "lags behind", "lagged behind", "falls short of", "fell short of")  # fmt: skip
AND = re.compile(r"(?:[’']s?)?\s*(?:,|,?\s+and|,?\s+plus)\s+(?:the\s+|those of (?:the )?|that of (?:the )?)?")
GIVEN = re.compile(r"\b(?:aid|assistance|given|gave|gives|donat\w+|contribut\w+|support)\b")
GROUPS = ("UKR", "NATO", "ALLIES", "EUR", "XEC", "EU")
RANK = re.compile(
    r"\b(?:the |its |[’']s )?(?:(?P<nth>second|third|fourth|fifth|sixth)[ -]?(?:-)?)?(?P<what>largest|biggest|top|leading|highest|most generous|greatest|smallest|lowest)\s+(?:(?:European|single|national|bilateral|military|defen[cs]e|financial|humanitarian|individual|NATO|American|U\.S\.|US|troop)\s+){0,3}(?P<noun>donor|contributor|provider|giver|supporter|backer|supplier|spender|(?:military |defen[cs]e )?(?:budget|spending|share)|host|(?:army|armies|armed forces|military)(?=\s+(?:in|of|after|on|among|behind|by)\b|[,.;”\"]|$)|contingent|number of (?:American|U\.S\.|US) (?:troops|soldiers))\b",
    re.IGNORECASE,
)
LARGEST_IN = re.compile(
    r"\b(?:(?P<nth>second|third|fourth|fifth|sixth)[ -]?)?(?P<what>largest|biggest|highest|greatest|smallest|lowest|(?<=the )(?:most|least)) (?:in|of|among|within) (?:all |any )?(?:the )?(?P<noun>NATO|alliance|Europe|allies|ally|members|continent)\b"
)
PLACED = re.compile(
    r"\b(?:comes?|came|ranks?|ranked|stands?|stood|is|are|was|lies) (?:only |now )?(?:(?:in|at) )?(?P<nth>first|second|third|fourth|fifth|sixth|last)\b(?: place)?(?! (?:largest|biggest|year|time|term|round))|\b(?P<what>tops?|leads?|heads?|topped) the (?:list|table|ranking|league|field)\b|\bin (?P<noun>first|second|third|fourth|fifth|last) place\b"
)
_NEAR = re.compile(r"(?:\b[A-Z][\w.’']*|: (?:[Ii]t|[Tt]hey))(?:,[^,]{0,40},)?(?: \w+){0,2}? ?$")
NO_OTHER = re.compile(
    r"\b(?:[Nn]o (?:other )?(?:ally|country|member|nation|state|donor|European(?: (?:country|ally|state))?|one|government)|[Nn]obody|[Nn]one of the (?:\w+ )?(?:allies|donors|members))\b[^;.]{0,80}?\b(?P<more>more|less|higher|lower|bigger|larger|smaller|as much|as high|as many|as generous)\b(?:[^;.]{0,60}?\b(?:than|as) (?:the )?|(?![^;.]{0,60}?\bthan\b))"
)
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
IN_EUROPE = re.compile(r"\b(?:in|of|across) Europe\b|\bEurope[’']s\b|\bEuropean\b")
_LEAST = re.compile(r"smallest|lowest|least", re.IGNORECASE)
RELATIVE = re.compile(
    r"\b(?:(?:relative|in relation|in proportion|compared|measured|set|weighed|judged)(?: to| against| by| beside| with)? (?:(?:its|their|the size of (?:its|the)|the) )?(?:GDP|economy|economies|output|size|income|wealth)|GDP|share of (?:its|their|the) (?:economy|output|income))\b"
)
PLAN = re.compile(
    r"\b(?:will|would|should|must|could|may|might|if|pledged?|promised?|plans?|wants?|vow(?:s|ed)?)\b|n[’']t\b|\bnot\b",
    re.IGNORECASE,
)


def levels(measure: Measure, codes: tuple[str, ...], when: When) -> list[tuple[float, Figure]]:
    """Sum over parties of what is recorded in a year, each way of counting it."""
    every: list[list[Figure]] = []
    for code in codes:
        series: tuple[Series, ...] = measure.series(code)
        at = when.year
        if measure.name == "aid":
            series = aid_within(measure.words.split()[0])(code) if when.within else series
            at = when.year if when.within else (aid_year(when.year, when.date) or NO_YEAR)
        found = at_year(series, at)
        if not found:
            return []
        every.append(found)
    return [(sum(f.value for f in way), way[0]) for way in zip(*every, strict=False)]


def amount(level: tuple[float, Figure]) -> str:
    """A level as it is written in arithmetic."""
    value, figure = level
    return plain_of(
        Figure(value, figure.unit, figure.table, figure.edition, figure.as_of, figure.source, figure.label)
    )


def ranked(sentence: str, wider: str, rank: re.Match[str], when: When, home: str | None) -> Found | None:
    """Place of a party among donors, spenders or hosts."""
    measure = _rank_measure(sentence, wider, rank)
    one = subject(sentence, rank.start(), rank.end(), home, GROUPS)
    if measure is None or one is None or PLAN.search(sentence[max(0, rank.start() - 25) : rank.start()]):
        return None
    if _NEXT.search(sentence[max(0, rank.start() - 90) : rank.start()]):
        return None
    europe = IN_EUROPE.search(sentence[max(0, rank.start() - 12) : rank.end() + 60]) is not None
    above = _above(sentence, rank.end())
    stated = _NTH[rank["nth"].lower()] if rank["nth"] else 1
    least = _LEAST.search(rank["what"]) is not None
    return place_of(measure, one, rank.span(), (stated, least, europe), when, () if rank["nth"] else above)


_BEHIND = re.compile(
    r"[^;.”\"]{0,40}?\b(?:after|behind|apart from|other than|except(?: for)?|besides|outdone only by|beaten only by|surpassed only by)\s+(?:only\s+)?(?:that of\s+)?(?:the\s+)?(?=[A-Z])"
)
_BEHIND_FIRST = re.compile(
    r"(?:^|[“\"]|[.;:] )(?:After|Behind|Apart from|Besides|Except for)\s+(?:only\s+)?(?:the\s+)?(?=[A-Z])"
)


def _above(sentence: str, at: int) -> tuple[str, ...]:
    """Parties that a rank leaves out of its count ("the largest after the United States")."""
    place = _BEHIND.match(sentence, at) or _BEHIND_FIRST.search(sentence)
    return listed(sentence, place.end()) if place is not None else ()


def listed(sentence: str, at: int) -> tuple[str, ...]:
    """Parties of a list that begins at a place."""
    codes: list[str] = []
    for party in parties(sentence):
        if party.start == at or (codes and AND.fullmatch(sentence, at, party.start)):
            if codes and "," in sentence[at : party.start] and " and " not in sentence[at : party.start]:
                break
            codes.append(party.code)
            at = party.end
    return tuple(codes)


def no_other(sentence: str, wider: str, none: re.Match[str], when: When) -> Found | None:
    """Whether nobody has more or less than the party named."""
    named = parties(sentence)
    other = next((p for p in named if p.start == none.end()), None)
    if other is None and none.group().endswith(none["more"]):
        other = next((p for p in reversed(named) if p.end <= none.start() and p.code not in GROUPS), None)
    measure = of_sentence(sentence, wider)
    if other is None or measure is None:
        return None
    least = none["more"] in ("less", "lower", "smaller")
    europe = "European" in none.group()
    return place_of(measure, other.code, (none.start(), max(none.end(), other.end)), (1, least, europe), when)


def of_sentence(sentence: str, wider: str) -> Measure | None:
    """What a sentence measures; aid beside the economy where it says so."""
    if of_partner(wider) and RELATIVE.search(sentence) and GIVEN.search(sentence):
        return AID_OF_GDP
    return measure_of(sentence, wider)


_PARTNER = re.compile(r"\b(?:Ukraine|Kyiv|Kiev)\s+$")
_NEXT = re.compile(r"\bnext year\b|\bby 20\d\d\b")


_SECOND_TO = re.compile(r" (?:only )?to (?:the )?(?=[A-Z])")


def stands(sentence: str, wider: str, placed: re.Match[str], when: When, home: str | None) -> Found | None:
    """Whether a party comes first, second or last, among all or among Europeans."""
    measure = of_sentence(sentence, wider)
    one = subject(sentence, placed.start(), placed.end(), home, GROUPS)
    if not _NEAR.search(sentence, 0, placed.start()):
        return None
    if measure is None or measure is FORCES or one is None or PLAN.search(placed.group()):
        return None
    if _PARTNER.search(sentence, 0, placed.start()):
        return None
    word = (placed["nth"] or placed["noun"] or "first").lower()
    asked = (1, True) if word == "last" else (_NTH[word], False)
    best = listed(sentence, only.end()) if (only := _SECOND_TO.match(sentence, placed.end())) else ()
    pools = (False,) if "USA" in best or "CAN" in best else (False, True)
    found = [
        place_of(measure, one, placed.span(), (1 if best else asked[0], asked[1], europe), when, best)
        for europe in pools
    ]
    return next((f for f in found if f is not None and f.verdict == "supported"), found[0])


def place_of(
    measure: Measure, one: str, span: tuple[int, int], asked: tuple[int, bool, bool], when: When, above: tuple[str, ...] = ()
) -> Found | None:  # fmt: skip
    """Judge a party's place among all that the record ranks it with, behind those `above` it."""
    stated, least, europe = asked
    pool = _pool(measure, europe, when.year)
    ranked = [(found[0], code) for code in pool if (found := levels(measure, (code,), when))]
    order = sorted(ranked, key=lambda found: found[0][0], reverse=not least)
    codes = [code for _, code in order]
    if one not in codes:
        return None
    place = codes.index(one) + 1
    ahead = [code for code in above if code in codes]
    stated += len(ahead)
    held = place == stated and all(codes.index(code) < place for code in ahead)
    listed = ", ".join(
        f"{name_of(code)} {amount(level)}"
        for level, code in [*order[:3], *order[place - 1 : place][: place > 3]]
    )
    return Found(
        *span, f"{measure.name}_rank", "supported" if held else "contradicted", f"number {stated}",
        order[place - 1][0][1],
        f"{name_of(one)} is number {place} of {len(order)} by {measure.words}{' from below' if least else ''}: {listed}",
    )  # fmt: skip


def _rank_measure(sentence: str, wider: str, rank: re.Match[str]) -> Measure | None:
    noun = rank["noun"].lower()
    if re.match(r"donor|contributor|provider|giver|supporter|backer|supplier", noun):
        found = measure_of(sentence, wider)
        if found is None or found.table != "aid" or RELATIVE.search(sentence):
            return None
        if found.name != "aid":
            return found
        kind = aid_kind(sentence)
        return Measure("aid", f"{kind} aid", "aid", lambda code: record_series.aid(code, kind))
    if noun in ("army", "armies", "armed forces", "military"):
        return PERSONNEL
    if rank.re is LARGEST_IN:
        return measure_of(sentence, wider)
    if noun == "host" or "contingent" in noun or "number of" in noun:
        return FORCES if measure_of(sentence, wider) is FORCES else None
    found = measure_of(sentence, wider)
    return found if found in (SHARE, DOLLARS) else None


def _pool(measure: Measure, europe: bool, year: int) -> tuple[str, ...]:
    """Parties among which a rank is counted."""
    if measure.table == "aid":
        return record_series.donors("EUR" if europe else "all")
    members = record.allies(year)
    return tuple(code for code in members if not (europe and code in ("USA", "CAN")))
