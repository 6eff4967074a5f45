"""Claims that an ally reached or missed the guideline, and when it joined."""

from __future__ import annotations

import re

from foedus.evidence import record, record_series
from foedus.evidence.actors import name_of
from foedus.evidence.claim_context import NO_YEAR, Found, When
from foedus.evidence.claim_parties import parties, subject

_MET = re.compile(
    r"\b(?:(?P<never>never|not once|n[’']t ever|yet to|n[’']t|not)\s+)?(?P<verb>met|meet(?:s|ing)?|reach(?:ed|es)?|hits?|exceed(?:ed|s)?|surpass(?:ed|es)?|(?P<miss>miss(?:ed|es)?|f[ae]ll(?:en|s)? short of|undershot))\s+(?:the |NATO[’']s |its |their |this |our |that )*(?:alliance[’']s |agreed )*(?:spending |defen[cs]e )?(?:(?P<level>\d(?:\.\d)?|two|three)[ -]?(?:percent|per cent|%) )?(?:spending |defen[cs]e )?(?:target|guideline|goal|threshold|benchmark|mark)(?: of (?:at least )?(?P<of>\d(?:\.\d)?|two|three)\s?(?:percent|per cent|%)(?: of (?:GDP|output|gross domestic product))?)?"
    r"(?P<when>,? (?:in )?every (?:single )?year since (?P<since>20\d\d)|,? for the first time in (?P<first>20\d\d)|,? in (?P<year>20\d\d)|,? since (?P<from>20\d\d))?"
)
_PLAN = re.compile(
    r"\b(?:will|would|could|may|might|should|must|if|to|plans?|wants?|pledged?|promised?)\s+(?:\w+ )?$"
)
_LEVELS = {"two": 2.0, "three": 3.0}
_JOINED = re.compile(
    r"\b(?:joined|entered|acceded to|was admitted to|became (?:a )?(?:full )?members? of|has (?:been a member of|belonged to))\s+(?:NATO|the (?:Atlantic )?(?:alliance|pact|treaty))\b[^;,.]{0,30}?\b(?:in|since) (?P<year>(?:19|20)\d\d)\b"
)
_NTH = re.compile(r"\b(?P<n>\d\d)(?:st|nd|rd|th) (?:member|ally|country|nation|state)\b")
TARGET = (_MET,)
JOINED = (_JOINED, _NTH)
"""What a sentence about the guideline, or about joining, holds."""


def targets(sentence: str, when: When, home: str | None) -> Found | None:
    """Whether an ally met or missed the guideline in a year, in every year or in none."""
    word = _MET.search(sentence)
    if word is None or _PLAN.search(sentence, max(0, word.start() - 24), word.start()):
        return None
    party = subject(sentence, word.start(), word.end(), home, ("NATO", "ALLIES", "XEC", "EUR", "EU"))
    if party is None or _many(sentence, word.start(), party):
        return None
    stated = word["of"] or word["level"] or "2"
    level = _LEVELS.get(stated) or float(stated)
    first, last = _years(word, when)
    met = not (word["miss"] or word["never"])
    ways = []
    for series in record_series.shares(party):
        years = [y for y in series if (first <= y <= last)]
        if years:
            ways.append((series, years))
    if not ways:
        return None
    held = any(
        all((round(series[y].value, 2) >= level) == met for y in years) and _new(word, series, years[0], level)
        for series, years in ways
    )
    series, years = ways[0]
    shown = ", ".join(f"{y} {series[y].value:.2f}%" for y in sorted(years))
    return Found(
        *word.span(), "target", "supported" if held else "contradicted", f"{'' if met else 'not '}at {level:g}%",
        series[max(years)], f"{name_of(party)}: {shown}; the guideline is {level:g}%",
    )  # fmt: skip


def _many(sentence: str, at: int, party: str) -> bool:
    """Whether the subject is a number of allies and no one of them."""
    return party not in record.allies(NO_YEAR) or any(
        p.code in ("SOME", "ALLIES") and p.end <= at and at - p.end < 12 for p in parties(sentence)
    )


def _years(word: re.Match[str], when: When) -> tuple[int, int]:
    if word["since"] or word["from"]:
        return int(word["since"] or word["from"]), when.published
    if word["first"] or word["year"]:
        year = int(word["first"] or word["year"])
        return year, year
    if word["never"] in ("never", "not once", "yet to"):
        return 0, when.published
    return (when.year, when.year) if when.year != NO_YEAR else (0, 0)


def _new(word: re.Match[str], series: record_series.Series, year: int, level: float) -> bool:
    """Whether "for the first time" holds."""
    return not word["first"] or all(round(f.value, 2) < level for y, f in series.items() if y < year)


def joined(sentence: str) -> Found | None:
    """When an ally joined, or as which member."""
    word = _JOINED.search(sentence) or _NTH.search(sentence)
    if word is None:
        return None
    party = subject(sentence, word.start(), word.end(), None, ("NATO", "ALLIES"))
    entry = record.accession(party) if party else None
    if entry is None:
        return None
    figure, year, place = entry
    if "year" in word.groupdict():
        held = int(word["year"]) == year
        arithmetic = f"{name_of(party or '')} joined in {year}; stated {word['year']}"
    else:
        early, late = place
        held = early <= int(word["n"]) <= late
        span = f"{early}" if early == late else f"{early} to {late}"
        arithmetic = f"{name_of(party or '')} joined in {year} as member {span}; stated {word['n']}"
    return Found(
        *word.span(), "accession", "supported" if held else "contradicted", word.group(), figure, arithmetic, f"{year}"
    )  # fmt: skip
