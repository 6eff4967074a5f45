"""Dates, years and spans of years, with their ISO form where the text gives it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from foedus.evidence.furniture import DAYS, MONTHS, MONTHS_SHORT
from foedus.evidence.lexicon import heads
from foedus.evidence.records import Quantity

MONTHS_A_YEAR = 12
THIS_CENTURY = 40
"""Two figures of a year up to which it is one of this century."""
_MONTH = {m.lower()[:3]: i + 1 for i, m in enumerate(MONTHS.split("|"))}
_DAY_WORDS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(),
        1,
    )
}
_NTH = "|".join(
    form for word in sorted(_DAY_WORDS, key=len, reverse=True) for form in (word, word.capitalize())
)
_M = rf"(?:{MONTHS}|{MONTHS_SHORT}|{MONTHS.upper()}|{MONTHS_SHORT.upper()})"
_DATE = re.compile(
    rf"(?<![\w/])(?:(?P<iso>\d{{4}}-\d\d-\d\d)(?![\d-])"
    rf"|(?P<ymd>(?:19|20)\d\d\.[01]\d\.[0-3]\d)(?![\d.])"
    rf"|(?P<num>(?<![\d.-])(?P<nd>\d{{1,2}})(?P<sep>[/.])(?P<nm>\d{{1,2}})(?P=sep)(?P<ny>(?:19|20)\d\d))(?![\d/.]\d)"
    rf"|(?P<m1>{_M})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:(?:\s?[–—-]\s?|(?<=\d) (?:and|to) (?!\d\d? (?:to|[a-z]+s)\b))(?P<e1>[1-3]?\d)(?![\d:,]*\d|[:%]|\s?(?:percent|per cent|million|billion|members|(?!in\b|at\b|for\b|on\b|and\b|when\b|that\b|this\b|with\b|to\b|but\b|was\b|is\b|of\b|after\b|as\b|or\b)[a-z]+)))?(?![\d:,]*\d|%|\.\d|\s?(?:percent|million|billion|members))(?:,?\s+(?P<y1>(?:19|20|17|18)\d\d))?(?!\d)"
    rf"|(?P<m1b>{_M})\s+(?P<d1b>\d{{1,2}}),?\s+(?P<y1b>(?:17|18|19|20)\d\d)(?!\d)"
    rf"|(?:(?P<s2>[1-3]?\d)(?:\s?[–—-]\s?|\s(?:to|and)\s(?=\d)))?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_M})(?:,?\s+(?P<y2>(?:17|18|19|20)\d\d))?\b"
    rf"|(?:[Tt]he )?(?P<dw>{_NTH}) of (?P<mw>{_M})(?! (?:\d\d?|[a-z]+s)\b)(?:,?\s+(?P<yw>(?:17|18|19|20)\d\d))?\b"
    rf"|(?P<m3>{_M}),?\s+(?P<y3>(?:17|18|19|20)\d\d)\b"
    rf"|(?P<from>(?:19|20)\d\d|(?<=\()1[0-9]\d\d(?=[-–—]\d{{4}}\)))\s?[-–—]\s?(?P<to>(?:1[0-9]|20)\d\d|\d\d)(?![\d%])"
    rf"|(?P<decade>(?:mid-|early |late )?(?:19|20)\d0)[’']?s\b"
    rf"|(?P<old>1[0-6]\d\d)(?![\d%,.]*\d|%|\w)|(?P<short>(?<=[’'‘])\d\d)(?![\w%’'.,]*\d|[\w%])"
    rf"|(?P<year>(?:17|18|19|20)\d\d)(?![\d%,]\d|\d|[ -]?(?:mm|km|troops|soldiers|people|million|billion|percent|tanks|miles|vehicles|tonnes|tons|missiles|shells|jobs|men|personnel|men|aircraft|sorties|rounds)\b|%|\.\d)\b)"
)
_SHORT = [month[:3] for month in MONTHS.split("|")]
_OPENINGS = [*_SHORT, *(month.upper() for month in _SHORT), *(f"{the}{word} of " for the in ("", "The ", "the ") for word in _NTH.split("|")), "mid-", "early ", "late "]  # fmt: skip
_MAY_BEGIN = re.compile(heads(_OPENINGS, r"(?<![\w/].)", also=r"\d"))
"""Where a date may begin."""
_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|since|by|from|until|till|to|for|of|the|before|after|during|around|through|and|or|between|his|her|its|their|early|late|mid|that|this|fiscal|year|every|spring|summer|autumn|fall|winter|election|a|as|circa|than|on|with|,|[A-Z]\w+)\s*|[(\[—–-]|mid-|late-|early-|^|\s)$"
)

_LOOSE = re.compile(
    r"\b(?:until|till|by|before|since|in|from|after|through) (?:at least|about|around|roughly|only) $"
)
"""What makes a year vague ("until at least 2028")."""


_VAGUE = re.compile(r"\b(?:about|around|circa|by|late|early|mid)\s*-?$")


def find_dates(text: str, start: int, end: int, story: int, published: str | None) -> list[Quantity]:
    """Dates of one paragraph as quantities of kind ``date`` or ``date_range``."""
    found: list[Quantity] = []
    for match in _dates(text, start, end):
        if match["year"] and not _is_year(text, match, start, end):
            continue
        if (match["old"] or match["short"]) and not _is_old(text, match, start, end):
            continue
        iso, kind = normalise(match, published)
        if iso is None:
            continue
        approximate = bool(match["decade"]) or bool(
            _VAGUE.search(text[max(start, match.start() - 8) : match.start()]) and match["decade"]
        )
        found.append(
            Quantity(
                match.start(),
                match.end(),
                match.group(),
                None,
                "date",
                kind,
                None,
                approximate,
                normalised=iso,
                story=story,
            )
        )
    return found


def _dates(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches of `_DATE`, tried only where a date may begin."""
    at = start
    for opening in _MAY_BEGIN.finditer(text, start, end):
        match = _DATE.match(text, opening.start(), end) if opening.start() >= at else None
        if match is not None:
            at = match.end()
            yield match


_COUNTS = re.compile(
    r"\s+(?:[a-z]+\s)?(?:troops|soldiers|people|men|personnel|tanks|vehicles|missiles|civilians|rounds|shells|jobs|homes|workers|members)\b"
)
_NO_YEAR = re.compile(
    r"[$€£#]\s?$|\b(?:Local|Lot|Post|Suite|Room|Building|Bldg\.?|Highway|Route|Flight|Unit|Hill|Section|Resolution|Extension|ext\.) $|\b(?:about|nearly|some|roughly|over|than|almost|only|least|No\.)\s+$"
)


_ALONE = re.compile(r"[,.?!]?[”\"’]")
"""What follows a year that is all that somebody says."""


def _is_year(text: str, match: re.Match[str], start: int, end: int) -> bool:
    before = text[max(start, match.start() - 20) : match.start()]
    after = text[match.end() : min(end, match.end() + 20)]
    if not _LOOSE.search(before) and _NO_YEAR.search(before):
        return False
    if _COUNTS.match(after):
        return False
    return _YEAR_LEAD.search(before) is not None or bool(before[-1:] in '“"‘' and _ALONE.match(after))


_LONG_AGO = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|(?:[Tt]reaty|[Pp]eace|[Bb]attle|[Ss]iege|[Uu]nion|[Ee]dict|[Cc]harter|[Ww]ar|[Rr]evolt|[Yy]ear|[Ww]inter|[Ss]ummer|[Ss]pring|[Aa]utumn|fall|[Cc]lass) of|[Ss]ummer|[Ww]inter|[Ss]pring|[Aa]utumn) [’'‘]?$"
)
_THEN = re.compile(
    r"[.,;:?!)”\"]|$| (?:when|and|the|an?|was|is|as|it|he|she|we|they|I|but|under|at|on|after|before|because)\b"
)
_FROM_THEN = re.compile(
    r" (?:map|chart|atlas|treaty|law|charter|siege|battle|edict|pact|peace|war|book|painting|church|castle|fort|manuscript|accord|union|revolt|rebellion|agreement|invasion|statute)\b"
)
_ITS = re.compile(r"\b(?:an?|the|[Tt]he|[Aa]|his|her|its|their) $")


def _is_old(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether four figures are a year before 1700, or two behind an apostrophe a year of late."""
    before = text[max(start, match.start() - 20) : match.start()]
    after = text[match.end() : min(end, match.end() + 20)]
    if _LONG_AGO.search(before) and _THEN.match(after):
        return True
    return bool(match["old"] and _ITS.search(before) and _FROM_THEN.match(after))


def normalise(match: re.Match[str], published: str | None) -> tuple[str | None, str]:
    """ISO form of a match, and its kind; a date without a year takes that of the publication."""
    if match["iso"]:
        return (match["iso"], "date") if _valid(match["iso"]) else (None, "date")
    if match["ymd"]:
        iso = match["ymd"].replace(".", "-")
        return (iso, "date") if _valid(iso) else (None, "date")
    if match["num"]:
        return _numeric(match)
    if match["from"]:
        first, last = match["from"], match["to"]
        last = last if len(last) == 4 else first[:2] + last
        return (f"{first}/{last}", "date_range") if last > first else (None, "date")
    if match["decade"]:
        base = match["decade"][-4:]
        return f"{base}/{base[:3]}9", "date_range"
    if match["year"] or match["old"]:
        return match["year"] or match["old"], "date"
    if match["short"]:
        return f"{'19' if int(match['short']) > THIS_CENTURY else '20'}{match['short']}", "date"
    if match["m3"]:
        return f"{match['y3']}-{_month(match['m3']):02d}", "date"
    month = match["m1"] or match["m1b"] or match["m2"] or match["mw"]
    day = match["d1"] or match["d1b"] or match["d2"] or _DAY_WORDS[match["dw"].lower()]
    year = match["y1"] or match["y1b"] or match["y2"] or match["yw"]
    if year is None and published:
        year = _year_near(published, _month(month), int(day))
    last = _on(year, _month(month), int(match["e1"] or day))
    first = _on(year, _month(month), int(match["s2"] or day))
    if first is None or last is None or first == last:
        return last, "date"
    return f"{first}/{last}", "date_range"


def _on(year: str | None, month: int, day: int) -> str | None:
    """ISO form of a day, or nothing where there is no such day."""
    if year is None:
        return f"--{month:02d}-{day:02d}" if 1 <= day <= 31 else None
    iso = f"{year}-{month:02d}-{day:02d}"
    return iso if _valid(iso) else None


def _numeric(match: re.Match[str]) -> tuple[str | None, str]:
    """ISO form of 31/03/2026: the day first, unless that is no date."""
    first, second, year = int(match["nd"]), int(match["nm"]), match["ny"]
    day, month = (first, second) if second <= MONTHS_A_YEAR else (second, first)
    return _on(year, month, day), "date"


def _year_near(published: str, month: int, day: int) -> str:
    """Year that puts a day closest to the publication, looking back before ahead."""
    year = int(published[:4])
    try:
        here = datetime.date.fromisoformat(published[:10])
        gap = (datetime.date(year, month, min(day, 28)) - here).days
    except ValueError:
        return str(year)
    return str(year - 1 if gap > 240 else year + 1 if gap < -240 else year)


def _month(name: str) -> int:
    return _MONTH[name.lower()[:3]]


def _valid(iso: str) -> bool:
    try:
        datetime.date.fromisoformat(iso)
    except ValueError:
        return False
    return True


_COMPLETE = re.compile(
    rf"{_M}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_M},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d"
)
_MAY_COMPLETE = re.compile(heads([*_SHORT, *(month.upper() for month in _SHORT)], "", also=r"\d"))
_DIGIT = re.compile(r"\d")


def first_date(line: str) -> str | None:
    """ISO form of the first complete date of a line."""
    if not _DIGIT.search(line):
        return None
    tried = (_COMPLETE.match(line, opening.start()) for opening in _MAY_COMPLETE.finditer(line))
    found = next(filter(None, tried), None)
    match = _DATE.search(found.group()) if found is not None else None
    return normalise(match, None)[0] if match else None


def weekday_date(name: str, published: str) -> str | None:
    """Date of the last such weekday on or before the publication."""
    try:
        here = datetime.date.fromisoformat(published[:10])
    except ValueError:
        return None
    back = (here.weekday() - DAYS.split("|").index(name)) % 7
    return (here - datetime.timedelta(days=back)).isoformat()
