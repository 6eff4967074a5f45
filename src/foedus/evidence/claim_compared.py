"""Claims that one party gives, spends or hosts more than another, or the most of all."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence import record, record_series
from foedus.evidence.actors import name_of
from foedus.evidence.claim_changes import plain_of
from foedus.evidence.claim_context import NO_YEAR, Found, When, aid_year, judge, of_partner
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
from foedus.evidence.numerals import parse_fraction, parse_words
from foedus.evidence.record import Figure, rules
from foedus.evidence.record_series import Series, at_year

_TIMES = re.compile(
    r"\b(?:(?P<hedge>almost|nearly|about|roughly|around|some|more than|over|at least|less than|not even|well over|practically)\s+)?(?P<times>twice|double|thrice|half|(?:an?|one|two|three)[- ](?:third|quarter|fifth|sixth|tenth)s?(?= as m)|(?:\d{1,2}(?:\.\d)?|two|three|four|five|six|seven|eight|nine|ten)(?: and a half)? times)\s+(?:as (?:much|many|large|big|high)\b(?P<as>[^;]{0,60}?)\bas|(?:more|(?:that|those) of|(?:of )?what|the (?:share|amount|sum|aid|budget) of)(?P<of>[^;]{0,60}?)(?:\bthan)?)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:(?:far|much|slightly|even|considerably|a lot|significantly) )?(?P<more>more|less|fewer|bigger|larger|greater|smaller|higher|lower)\b(?P<what>[^;,]{0,70}?),?\s*(?:[^;,]{0,25},\s*)?\bthan\b",
    re.IGNORECASE,
)
_EXCEEDS = re.compile(
    r"\b(?:has |have |had )?(?P<more>exceed(?:s|ed)?|surpass(?:es|ed)?|outstrip(?:s|ped)?|outspen(?:ds?|t)|outweigh(?:s|ed)?|dwarf(?:s|ed)?|overtaken|overtook|trail(?:s|ed)?|lag(?:s|ged)? behind|f[ae]lls? short of)\b(?= (?:that of |those of |the )*[A-Z])"
)
_LESS = ("less", "smaller", "lower", "fewer", "trail", "trails", "trailed", "lag behind", "lags behind", "lagged behind", "falls short of", "fell short of")  # fmt: skip
_TOGETHER = re.compile(r"\b(?:combined|together|put together|in total|taken together)\b", re.IGNORECASE)
_AND = re.compile(r"(?:[’']s?)?\s*(?:,|,?\s+and|,?\s+plus)\s+(?:the\s+|those of (?:the )?|that of (?:the )?)?")
_OWNER = re.compile(r"[’']s?")
_OWN_CLAUSE = re.compile(r"(?:[’']s?)?\s+(?:more|less|fewer|has|have|does|gave|gives?|spends?|spent|is|was)\b")
_ANY_OTHER = re.compile(
    r"\s*any(?: other (?:single |European |NATO )*(?:ally|allies|member|country|nation|state|donor|European|government)|(?:one|body)(?: else)?)(?! (?:together|combined))(?: (?:in|of) (?:Europe|NATO|the alliance))?",
    re.IGNORECASE,
)
_OTHER_SERIES = ("RUS", "UKR", "BLR")
"""States whose spending is recorded by another institute, in constant dollars of another year."""
_GIVEN = re.compile(r"\b(?:aid|assistance|given|gave|gives|donat\w+|contribut\w+|support)\b")
_GROUPS = ("UKR", "NATO", "ALLIES", "EUR", "XEC", "EU")
_RANK = re.compile(
    r"\b(?:the |its |[’']s )?(?:(?P<nth>second|third|fourth|fifth|sixth)[ -]?(?:-)?)?(?P<what>largest|biggest|top|leading|highest|most generous|greatest|smallest|lowest)\s+(?:(?:European|single|national|bilateral|military|defen[cs]e|financial|humanitarian|individual|NATO|American|U\.S\.|US|troop)\s+){0,3}(?P<noun>donor|contributor|provider|giver|supporter|backer|supplier|spender|(?:military |defen[cs]e )?(?:budget|spending|share)|host|(?:army|armies|armed forces|military)(?=\s+(?:in|of|after|on|among|behind|by)\b|[,.;”\"]|$)|contingent|number of (?:American|U\.S\.|US) (?:troops|soldiers))\b",
    re.IGNORECASE,
)
_LARGEST_IN = re.compile(
    r"\b(?:(?P<nth>second|third|fourth|fifth|sixth)[ -]?)?(?P<what>largest|biggest|highest|greatest|smallest|lowest|(?<=the )(?:most|least)) (?:in|of|among|within) (?:all |any )?(?:the )?(?P<noun>NATO|alliance|Europe|allies|ally|members|continent)\b"
)
_PLACED = re.compile(
    r"\b(?:comes?|came|ranks?|ranked|stands?|stood|is|are|was|lies) (?:only |now )?(?:(?:in|at) )?(?P<nth>first|second|third|fourth|fifth|sixth|last)\b(?: place)?(?! (?:largest|biggest|year|time|term|round))|\b(?P<what>tops?|leads?|heads?|topped) the (?:list|table|ranking|league|field)\b|\bin (?P<noun>first|second|third|fourth|fifth|last) place\b"
)
_NEAR = re.compile(r"(?:\b[A-Z][\w.’']*|: (?:[Ii]t|[Tt]hey))(?:,[^,]{0,40},)?(?: \w+){0,2}? ?$")
_NO_OTHER = re.compile(
    r"\b(?:[Nn]o (?:other )?(?:ally|country|member|nation|state|donor|European(?: (?:country|ally|state))?|one|government)|[Nn]obody|[Nn]one of the (?:\w+ )?(?:allies|donors|members))\b[^;.]{0,80}?\b(?P<more>more|less|higher|lower|bigger|larger|smaller|as much|as high|as many|as generous)\b(?:[^;.]{0,60}?\b(?:than|as) (?:the )?|(?![^;.]{0,60}?\bthan\b))"
)
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_IN_EUROPE = re.compile(r"\b(?:in|of|across) Europe\b|\bEurope[’']s\b|\bEuropean\b")
_LEAST = re.compile(r"smallest|lowest|least", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:(?:relative|in relation|in proportion|compared|measured|set|weighed|judged)(?: to| against| by| beside| with)? (?:(?:its|their|the size of (?:its|the)|the) )?(?:GDP|economy|economies|output|size|income|wealth)|GDP|share of (?:its|their|the) (?:economy|output|income))\b"
)
_PLAN = re.compile(
    r"\b(?:will|would|should|must|could|may|might|if|pledged?|promised?|plans?|wants?|vow(?:s|ed)?)\b|n[’']t\b|\bnot\b",
    re.IGNORECASE,
)
COMPARED = (_TIMES, _MORE, _EXCEEDS, _RANK, _NO_OTHER, _LARGEST_IN, _PLACED)
"""What a sentence that compares holds."""


def compared(sentence: str, wider: str, when: When, home: str | None) -> Found | None:
    """Claim that sets one party against others, or gives it a rank."""
    none = _NO_OTHER.search(sentence)
    if none is not None:
        return _no_other(sentence, wider, none, when)
    times = _TIMES.search(sentence)
    more = _MORE.search(sentence)
    if times is not None and (more is None or times.start() <= more.start()):
        more = None
    elif more is not None:
        times = None
    word = times or more or _EXCEEDS.search(sentence)
    if word is not None:
        return _only(sentence, wider, word, when) or _against(sentence, wider, word, when, home)
    rank = _RANK.search(sentence) or _LARGEST_IN.search(sentence)
    if rank is None:
        placed = _PLACED.search(sentence)
        return _stands(sentence, wider, placed, when, home) if placed is not None else None
    return _ranked(sentence, wider, rank, when, home)


def _against(
    sentence: str, wider: str, word: re.Match[str] | None, when: When, home: str | None
) -> Found | None:
    if word is None or _PLAN.search(sentence[max(0, word.start() - 40) : word.start()]):
        return None
    measure = measure_of(sentence, wider)
    if measure is None and of_partner(wider) and _RELATIVE.search(sentence) and _GIVEN.search(sentence):
        measure = AID_OF_GDP
    if measure is None:
        return None
    other = _ANY_OTHER.match(sentence, word.end())
    if other is not None:
        return _most(sentence, word, other, measure, when, home)
    rest = _others(sentence, word.end(), home)
    if rest is None:
        return None
    codes, stop = rest
    skip = ("UKR", "USA") if measure is FORCES else ("UKR",)
    one = subject(sentence, word.start(), len(sentence), home, skip)
    what = word.groupdict().get("what")
    if one is None and what and (measure is FORCES or " from " in what):
        hosts = [p.code for p in parties(what) if p.code not in skip]
        one = hosts[-1] if hosts else None
    one = None if one in ("NATO", "ALLIES") and "USA" in codes and measure.name != "aid" else one
    if one is None or one in codes:
        return None
    ours, theirs = levels(measure, (one,), when), levels(measure, codes, when)
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=False) if b[0]]
    if measure is DOLLARS and len({code in _OTHER_SERIES for code in (one, *codes)}) > 1:
        pairs = pairs[1:]
    if not pairs:
        return None
    found = _verdict(sentence, word, (word.start(), stop), measure, pairs)
    least = min(min(a[0], b[0]) for a, b in pairs)
    rotating = measure is FORCES and any(record.rotates(code, when.year) for code in (one, *codes))
    if rotating and least < rules()["us_forces_rotational"]:
        reason = f"{found.arithmetic}; the record leaves out rotating units, which are most of the force of one of them"
        return replace(found, verdict="not comparable", arithmetic=reason)
    return found


_WE_DO = re.compile(
    r"\s*(?:that of |what |from |as much as )?(?:we(?:[’']ve| have| did| do| gave| give| spen[dt]| sent| pa(?:id|y))|ours?|us)\b"
)


def _others(sentence: str, at: int, home: str | None) -> tuple[tuple[str, ...], int] | None:
    """Parties after "than" or "as", joined by "and" where the sentence puts them together; nothing for "everyone"."""
    named = [p for p in parties(sentence) if p.start >= at]
    ours = _WE_DO.match(sentence, at)
    if ours is not None:
        return (home or "USA",), ours.end()
    if not named or not re.fullmatch(
        r"\s*(?:that of |those of |what |in |does |did |from |by )?(?:all (?:of )?)?(?:the )?(?:other )?",
        sentence[at : named[0].start],
    ):
        return None
    codes = [named[0].code]
    stop = named[0].end
    for party in named[1:]:
        if not _AND.fullmatch(sentence, stop, party.start) or _OWN_CLAUSE.match(sentence, party.end):
            break
        codes.append(party.code)
        stop = party.end
    owner = _OWNER.match(sentence, stop)
    together = _TOGETHER.match(sentence, (owner.end() if owner else stop) + 1)
    if len(codes) > 1 and together is None:
        return None
    return tuple(codes), (together.end() if together else stop)


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


def _verdict(
    sentence: str, word: re.Match[str], span: tuple[int, int], measure: Measure, pairs: list[tuple[tuple[float, Figure], tuple[float, Figure]]]
) -> Found:  # fmt: skip
    ratios = [a[0] / b[0] for a, b in pairs]
    groups = word.groupdict()
    shown = "; ".join(f"{_amount(a)} / {_amount(b)} = {a[0] / b[0]:.2f} ({a[1].label})" for a, b in pairs)
    if groups.get("times"):
        stated = _factor(groups["times"])
        if word.group().lower().find(" times more") >= 0 and stated:
            shown += '; "times more" is read as "times as much"'
        band = rules()["growth_hedged" if groups["hedge"] else "growth"]
        modifier = {"more than": "more than", "over": "over", "well over": "over", "at least": "at least", "less than": "less than", "not even": "less than"}.get((groups["hedge"] or "").lower())  # fmt: skip
        verdict = judge(stated, min(ratios) * (1 - band), max(ratios) * (1 + band), modifier)
        words = f"{stated:g} times as much"
    else:
        less = groups["more"].lower() in _LESS
        held = any((r < 1) == less and r != 1 for r in ratios)
        verdict, words = ("supported" if held else "contradicted"), ("less" if less else "more")
    return Found(
        *span, f"{measure.name}_compared", verdict, words, pairs[0][1][1], f"{measure.words}: {shown}",
        f"{_amount(pairs[0][1])} {pairs[0][1][1].unit}",
    )  # fmt: skip


def _amount(level: tuple[float, Figure]) -> str:
    value, figure = level
    return plain_of(
        Figure(value, figure.unit, figure.table, figure.edition, figure.as_of, figure.source, figure.label)
    )


def _factor(words: str) -> float:
    """Number of times: "twice", "three times", "two and a half times", "half"."""
    lowered = words.lower()
    known = {"twice": 2.0, "double": 2.0, "thrice": 3.0, "half": 0.5}
    if lowered in known:
        return known[lowered]
    part = parse_fraction(lowered) if "times" not in lowered else None
    if part:
        return part
    number = lowered.removesuffix(" times").removesuffix(" and a half")
    value = float(number) if number[0].isdigit() else float(parse_words(number) or 0)
    return value + 0.5 if "half" in lowered else value


def _most(
    sentence: str, word: re.Match[str], other: re.Match[str], measure: Measure, when: When, home: str | None
) -> Found | None:  # fmt: skip
    """Whether a party has more or less than any other."""
    one = subject(sentence, word.start(), word.end(), home, _GROUPS)
    if one is None or word.groupdict().get("times"):
        return None
    least = word["more"].lower() in _LESS
    europe = _IN_EUROPE.search(other.group()) is not None
    return _place(measure, one, (word.start(), other.end()), (1, least, europe), when)


def _ranked(sentence: str, wider: str, rank: re.Match[str], when: When, home: str | None) -> Found | None:
    """Place of a party among donors, spenders or hosts."""
    measure = _rank_measure(sentence, wider, rank)
    one = subject(sentence, rank.start(), rank.end(), home, _GROUPS)
    if measure is None or one is None or _PLAN.search(sentence[max(0, rank.start() - 25) : rank.start()]):
        return None
    if _NEXT.search(sentence[max(0, rank.start() - 90) : rank.start()]):
        return None
    europe = _IN_EUROPE.search(sentence[max(0, rank.start() - 12) : rank.end() + 60]) is not None
    above = _above(sentence, rank.end())
    stated = _NTH[rank["nth"].lower()] if rank["nth"] else 1
    least = _LEAST.search(rank["what"]) is not None
    return _place(measure, one, rank.span(), (stated, least, europe), when, () if rank["nth"] else above)


_BEHIND = re.compile(
    r"[^;.”\"]{0,40}?\b(?:after|behind|apart from|other than|except(?: for)?|besides|outdone only by|beaten only by|surpassed only by)\s+(?:only\s+)?(?:that of\s+)?(?:the\s+)?(?=[A-Z])"
)
_BEHIND_FIRST = re.compile(
    r"(?:^|[“\"]|[.;:] )(?:After|Behind|Apart from|Besides|Except for)\s+(?:only\s+)?(?:the\s+)?(?=[A-Z])"
)


def _above(sentence: str, at: int) -> tuple[str, ...]:
    """Parties that a rank leaves out of its count ("the largest after the United States")."""
    place = _BEHIND.match(sentence, at) or _BEHIND_FIRST.search(sentence)
    return _listed(sentence, place.end()) if place is not None else ()


def _listed(sentence: str, at: int) -> tuple[str, ...]:
    """Parties of a list that begins at a place."""
    codes: list[str] = []
    for party in parties(sentence):
        if party.start == at or (codes and _AND.fullmatch(sentence, at, party.start)):
            if codes and "," in sentence[at : party.start] and " and " not in sentence[at : party.start]:
                break
            codes.append(party.code)
            at = party.end
    return tuple(codes)


_ONLY = re.compile(r"\b[Oo]nly (?:the )?(?=[A-Z])")


def _only(sentence: str, wider: str, word: re.Match[str], when: When) -> Found | None:
    """Whether none but those named has more than somebody ("Only Germany has given more than Britain")."""
    only = _ONLY.search(sentence, 0, word.start())
    first = _listed(sentence, only.end()) if only else ()
    measure = _of_sentence(sentence, wider) if first else None
    rest = _others(sentence, word.end(), None) if measure else None
    if only is None or measure is None or rest is None or word.groupdict().get("times") or len(rest[0]) != 1:
        return None
    return _place(measure, rest[0][0], (only.start(), rest[1]), (1, word["more"] in _LESS, False), when, first)


def _no_other(sentence: str, wider: str, none: re.Match[str], when: When) -> Found | None:
    """Whether nobody has more or less than the party named."""
    named = parties(sentence)
    other = next((p for p in named if p.start == none.end()), None)
    if other is None and none.group().endswith(none["more"]):
        other = next((p for p in reversed(named) if p.end <= none.start() and p.code not in _GROUPS), None)
    measure = _of_sentence(sentence, wider)
    if other is None or measure is None:
        return None
    least = none["more"] in ("less", "lower", "smaller")
    europe = "European" in none.group()
    return _place(measure, other.code, (none.start(), max(none.end(), other.end)), (1, least, europe), when)


def _of_sentence(sentence: str, wider: str) -> Measure | None:
    """What a sentence measures; aid beside the economy where it says so."""
    if of_partner(wider) and _RELATIVE.search(sentence) and _GIVEN.search(sentence):
        return AID_OF_GDP
    return measure_of(sentence, wider)


_PARTNER = re.compile(r"\b(?:Ukraine|Kyiv|Kiev)\s+$")
_NEXT = re.compile(r"\bnext year\b|\bby 20\d\d\b")


_SECOND_TO = re.compile(r" (?:only )?to (?:the )?(?=[A-Z])")


def _stands(sentence: str, wider: str, placed: re.Match[str], when: When, home: str | None) -> Found | None:
    """Whether a party comes first, second or last, among all or among Europeans."""
    measure = _of_sentence(sentence, wider)
    one = subject(sentence, placed.start(), placed.end(), home, _GROUPS)
    if not _NEAR.search(sentence, 0, placed.start()):
        return None
    if measure is None or measure is FORCES or one is None or _PLAN.search(placed.group()):
        return None
    if _PARTNER.search(sentence, 0, placed.start()):
        return None
    word = (placed["nth"] or placed["noun"] or "first").lower()
    asked = (1, True) if word == "last" else (_NTH[word], False)
    best = _listed(sentence, only.end()) if (only := _SECOND_TO.match(sentence, placed.end())) else ()
    pools = (False,) if "USA" in best or "CAN" in best else (False, True)
    found = [
        _place(measure, one, placed.span(), (1 if best else asked[0], asked[1], europe), when, best)
        for europe in pools
    ]
    return next((f for f in found if f is not None and f.verdict == "supported"), found[0])


def _place(
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
        f"{name_of(code)} {_amount(level)}"
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
        if found is None or found.table != "aid" or _RELATIVE.search(sentence):
            return None
        if found.name != "aid":
            return found
        kind = aid_kind(sentence)
        return Measure("aid", f"{kind} aid", "aid", lambda code: record_series.aid(code, kind))
    if noun in ("army", "armies", "armed forces", "military"):
        return PERSONNEL
    if rank.re is _LARGEST_IN:
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
