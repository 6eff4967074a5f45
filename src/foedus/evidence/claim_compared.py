"""Claims that one party gives, spends or hosts more than another, or the most of all."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence import record
from foedus.evidence.claim_context import Found, When, judge, of_partner
from foedus.evidence.claim_measures import (
    AID_OF_GDP,
    DOLLARS,
    FORCES,
    Measure,
    measure_of,
)
from foedus.evidence.claim_parties import parties, subject, together
from foedus.evidence.claim_ranks import (
    AND,
    GIVEN,
    GROUPS,
    IN_EUROPE,
    LARGEST_IN,
    LESS,
    NO_OTHER,
    PLACED,
    PLAN,
    RANK,
    RELATIVE,
    amount,
    levels,
    listed,
    no_other,
    of_sentence,
    place_of,
    ranked,
    stands,
)
from foedus.evidence.numerals import parse_fraction, parse_words
from foedus.evidence.record import Figure, rules

_TIMES = re.compile(
    r"\b(?:(?P<hedge>almost|nearly|about|roughly|around|some|more than|over|at least|less than|not even|well over|practically)\s+)?(?P<times>twice|double|thrice|half|(?:an?|one|two|three)[- ](?:third|quarter|fifth|sixth|tenth)s?(?= as m| of what| (?:of )?that of| of (?:the )?[A-Z][\w.]+(?: [A-Z]\w+)?[’']s?(?: (?:budget|spending|total|level|figure|sum|aid)\b|[.,;”\"]|$))|(?:\d{1,2}(?:\.\d)?|two|three|four|five|six|seven|eight|nine|ten)(?: and a half)? times)\s+(?:as (?:much|many|large|big|high)\b(?P<as>[^;]{0,60}?)\bas|(?:more|(?:of )?(?:that|those) of|(?:of )?what|of(?= (?:the )?[A-Z][\w.]+(?: [A-Z]\w+)?[’']s?(?: (?:budget|spending|total|level|figure|sum|aid)\b|[.,;”\"]|$))|the (?:share|amount|sum|aid|budget) of)(?P<of>[^;]{0,60}?)(?:\bthan)?)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:(?:far|much|slightly|even|considerably|a lot|significantly) )?(?P<more>more|less|fewer|bigger|larger|greater|smaller|higher|lower)\b(?P<what>[^;,]{0,70}?),?\s*(?:[^;,]{0,25},\s*)?\bthan\b",
    re.IGNORECASE,
)
_EXCEEDS = re.compile(
    r"\b(?:has |have |had )?(?P<more>exceed(?:s|ed)?|surpass(?:es|ed)?|outstrip(?:s|ped)?|outspen(?:ds?|t)|outweigh(?:s|ed)?|dwarf(?:s|ed)?|overtaken|overtook|trail(?:s|ed)?|lag(?:s|ged)? behind|f[ae]lls? short of)\b(?= (?:that of |those of |the )*[A-Z])"
)
_TOGETHER = re.compile(r"\b(?:combined|together|put together|in total|taken together)\b", re.IGNORECASE)
_OWNER = re.compile(r"[’']s?")
_OWN_CLAUSE = re.compile(
    r"(?:[’']s?)?\s+(?:more|less|fewer|twice|half|double|\w+ times|has|have|does|gave|gives?|spends?|spent|is|was)\b"
)
_ANY_OTHER = re.compile(
    r"\s*any(?: other (?:single |European |NATO )*(?:ally|allies|member|country|nation|state|donor|European|government)|(?:one|body)(?: else)?(?= (?:in|of) |[,.;:!?”\"’]|$))(?! (?:together|combined))(?: (?:in|of) (?:Europe|NATO|the alliance))?",
    re.IGNORECASE,
)
_OTHER_SERIES = ("RUS", "UKR", "BLR")
"""States whose spending is recorded by another institute, in constant dollars of another year."""
COMPARED = (_TIMES, _MORE, _EXCEEDS, RANK, NO_OTHER, LARGEST_IN, PLACED)
"""What a sentence that compares holds."""


def compared(sentence: str, wider: str, when: When, home: str | None) -> Found | None:
    """Claim that sets one party against others, or gives it a rank."""
    none = NO_OTHER.search(sentence)
    if none is not None:
        return no_other(sentence, wider, none, when)
    times = _TIMES.search(sentence)
    more = _MORE.search(sentence)
    if times is not None and (more is None or times.start() <= more.start()):
        more = None
    elif more is not None:
        times = None
    word = times or more or _EXCEEDS.search(sentence)
    if word is not None:
        return _only(sentence, wider, word, when) or _against(sentence, wider, word, when, home)
    rank = RANK.search(sentence) or LARGEST_IN.search(sentence)
    if rank is None:
        placed = PLACED.search(sentence)
        return stands(sentence, wider, placed, when, home) if placed is not None else None
    return ranked(sentence, wider, rank, when, home)


def _against(
    sentence: str, wider: str, word: re.Match[str] | None, when: When, home: str | None
) -> Found | None:
    if word is None or PLAN.search(sentence[max(0, word.start() - 40) : word.start()]):
        return None
    measure = measure_of(sentence, wider)
    if measure is None and of_partner(wider) and RELATIVE.search(sentence) and GIVEN.search(sentence):
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
    mine = together(sentence, word.start())
    mine = mine if one in mine else (one,)
    ours, theirs = levels(measure, mine, when), levels(measure, codes, when)
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
        if not AND.fullmatch(sentence, stop, party.start) or _OWN_CLAUSE.match(sentence, party.end):
            break
        codes.append(party.code)
        stop = party.end
    owner = _OWNER.match(sentence, stop)
    together = _TOGETHER.match(sentence, (owner.end() if owner else stop) + 1)
    if len(codes) > 1 and together is None:
        return None
    return tuple(codes), (together.end() if together else stop)


def _verdict(
    sentence: str, word: re.Match[str], span: tuple[int, int], measure: Measure, pairs: list[tuple[tuple[float, Figure], tuple[float, Figure]]]
) -> Found:  # fmt: skip
    ratios = [a[0] / b[0] for a, b in pairs]
    groups = word.groupdict()
    shown = "; ".join(f"{amount(a)} / {amount(b)} = {a[0] / b[0]:.2f} ({a[1].label})" for a, b in pairs)
    if groups.get("times"):
        stated = _factor(groups["times"])
        if word.group().lower().find(" times more") >= 0 and stated:
            shown += '; "times more" is read as "times as much"'
        band = rules()["growth_hedged" if groups["hedge"] else "growth"]
        modifier = {"more than": "more than", "over": "over", "well over": "over", "at least": "at least", "less than": "less than", "not even": "less than"}.get((groups["hedge"] or "").lower())  # fmt: skip
        verdict = judge(stated, min(ratios) * (1 - band), max(ratios) * (1 + band), modifier)
        words = f"{stated:g} times as much"
    else:
        less = groups["more"].lower() in LESS
        held = any((r < 1) == less and r != 1 for r in ratios)
        verdict, words = ("supported" if held else "contradicted"), ("less" if less else "more")
    return Found(
        *span, f"{measure.name}_compared", verdict, words, pairs[0][1][1], f"{measure.words}: {shown}",
        f"{amount(pairs[0][1])} {pairs[0][1][1].unit}",
    )  # fmt: skip


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
    one = subject(sentence, word.start(), word.end(), home, GROUPS)
    if one is None or word.groupdict().get("times"):
        return None
    least = word["more"].lower() in LESS
    europe = IN_EUROPE.search(other.group()) is not None
    return place_of(measure, one, (word.start(), other.end()), (1, least, europe), when)


_ONLY = re.compile(r"\b[Oo]nly (?:the )?(?=[A-Z])")


def _only(sentence: str, wider: str, word: re.Match[str], when: When) -> Found | None:
    """Whether none but those named has more than somebody ("Only Germany has given more than Britain")."""
    only = _ONLY.search(sentence, 0, word.start())
    first = listed(sentence, only.end()) if only else ()
    measure = of_sentence(sentence, wider) if first else None
    rest = _others(sentence, word.end(), None) if measure else None
    if only is None or measure is None or rest is None or word.groupdict().get("times") or len(rest[0]) != 1:
        return None
    return place_of(measure, rest[0][0], (only.start(), rest[1]), (1, word["more"] in LESS, False), when, first)
