"""Claims that set something beside its own past: "less than in 2014", "three times what it was", "the highest since 2014", "barely changed"."""

from __future__ import annotations

import re

from foedus.evidence.claim_changes import between, by_factor, plain_of
from foedus.evidence.claim_context import NO_YEAR, Found
from foedus.evidence.claim_else import single_thing
from foedus.evidence.claim_measures import Measure
from foedus.evidence.numerals import parse_fraction, parse_words
from foedus.evidence.record import Figure, rules
from foedus.evidence.record_series import Series

_THEN = r"(?:in (?P<{0}>(?:19|20)\d\d)|(?P<{0}named>(?:at |before )?the (?:end|fall|height) of the (?:[Cc]old [Ww]ar|(?:Berlin )?[Ww]all)|before (?:the|Russia[’']s) (?:full-scale )?(?:war|invasion))|(?P<{0}ago>a decade|(?:\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten|twenty) years) (?:ago|earlier|before))"
_OWN = r"(?:(?:it|they|we|she|he) (?:was|were|did|had|had been|has been|spent|gave|paid)|that of|the (?:figure|level|sum|number|total))"
_THAN = re.compile(
    rf"\b(?P<word>more|less|higher|lower|bigger|smaller|greater|larger|fewer)\b[^;,]{{0,70}}?\bthan (?:{_OWN} )?{_THEN.format('y')}"
)
_TIMES = re.compile(
    rf"\b(?:(?P<hedge>almost|nearly|about|roughly|more than|over|less than) )?(?P<times>twice|double|half|(?:two|three|four|five|six|seven|eight|nine|ten|\d{{1,2}})(?: and a half)? times|(?:an?|one|two|three|four)[- ](?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?)\b(?: of)?(?: as (?:much|many|high|large|big))?"
    rf"(?:[^;,]{{0,40}}?\b(?:what|as|the level|the sum|that|the figure|the total)(?: (?:it|they|we|there|he|she) (?:was|were|did|had|had been|spent|gave))? {_THEN.format('t')}|(?: (?:that|the (?:level|figure|sum|total|number|amount)) of| (?:the|its|their|our)) (?P<u>(?:19|20)\d\d)\b(?! and))"
)
_RECORD = re.compile(
    r"\b(?P<top>(?P<high>highest|largest|biggest|greatest|most)|lowest|smallest|least)\b[^;,]{0,40}?\b(?:since (?P<since>(?:19|20)\d\d)|in (?:the past |the last )?(?P<n>a decade|(?:\d{1,2}|five|six|seven|eight|nine|ten) years))\b"
)
_FLAT = re.compile(
    r"\b(?:barely|hardly|scarcely|not|n[’']t) (?:really )?(?:changed|moved|risen|grown|budged|shifted|increased|fallen)\b|\b(?:has|have) (?:been )?(?:stagnated|flat|unchanged|stood still|constant|stable)\b|\b(?:unchanged|flat|stagnant)\b"
)
_SINCE = re.compile(r"\bsince (?P<since>(?:19|20)\d\d)\b")
_IN_YEAR = re.compile(r"\b[Ii]n (?P<year>20\d\d)\b|\b(?P<last>[Ll]ast year)\b")
_WALL, _BEFORE_WAR = 1989, 2021
"""Years of the end of the cold war, and before the war of today."""
PAST = (_THAN, _TIMES, _RECORD, _FLAT)
"""What a sentence about something and its past holds."""


def beside_past(sentence: str, wider: str, year: int, home: str | None) -> Found | None:
    """Claim about something and its own past."""
    times = _TIMES.search(sentence)
    if times is not None:
        return _times(sentence, wider, times, year, home)
    than = _THAN.search(sentence)
    if than is not None:
        return _than(sentence, wider, than, year, home)
    record = _RECORD.search(sentence)
    if record is not None and single_thing(sentence, record.start()):
        return None
    if record is not None:
        return _most(sentence, wider, record, year, home)
    flat = _FLAT.search(sentence)
    since = _SINCE.search(sentence, flat.end()) if flat is not None else None
    return _unmoved(sentence, wider, (flat, since), year, home) if flat and since else None


def _year(match: re.Match[str], name: str, year: int) -> int | None:
    if match[name]:
        return int(match[name])
    if match[name + "named"]:
        return _BEFORE_WAR if "before" in match[name + "named"] else _WALL
    words = match[name + "ago"]
    if year == NO_YEAR:
        return None
    return year - (10 if words == "a decade" else _count(words.split()[0]))


def _count(words: str) -> int:
    return int(words) if words.isdigit() else int(parse_words(words) or 0)


def _times(sentence: str, wider: str, word: re.Match[str], year: int, home: str | None) -> Found | None:
    """Something is so many times what it was."""
    first = int(word["u"]) if word["u"] else _year(word, "t", year)
    change = between(sentence, wider, word.span(), (first, year, True), home) if first is not None else None
    if change is None:
        return None
    text = word["times"].lower()
    number = text.removesuffix(" times").removesuffix(" and a half")
    known = {"twice": 2.0, "double": 2.0, "half": 0.5}
    part = parse_fraction(text) if "times" not in text else None
    factor = known.get(text) or part or float(_count(number)) + (0.5 if text.endswith("half times") else 0)
    hedge = word["hedge"] or ""
    modifier = hedge if hedge in ("more than", "over", "less than") else None
    return by_factor(change, word.span(), factor, modifier, bool(hedge))


def _than(sentence: str, wider: str, word: re.Match[str], year: int, home: str | None) -> Found | None:
    """Something is more or less than it was."""
    first = _year(word, "y", year)
    if first is None:
        return None
    named = _IN_YEAR.search(sentence, 0, word.start() + word.group().rindex(" than "))
    last = (int(named["year"]) if named["year"] else year - 1) if named else year
    change = between(sentence, wider, word.span(), (first, last, named is None), home)
    pairs = change.ends() if change is not None else []
    if change is None or not pairs:
        return None
    up = word["word"] not in ("less", "lower", "smaller", "fewer")
    held = any((b.value > a.value) == up and a.value != b.value for a, b in pairs)
    return _found(word.span(), change.measure, held, "more" if up else "less", pairs)


def _unmoved(
    sentence: str, wider: str, places: tuple[re.Match[str], re.Match[str]], year: int, home: str | None
) -> Found | None:
    """Something has hardly changed."""
    flat, since = places
    span = flat.start(), since.end()
    change = between(sentence, wider, span, (int(since["since"]), year, True), home)
    pairs = change.ends() if change is not None else []
    if change is None or not pairs:
        return None
    least = rules()["unchanged"]
    held = any(abs(b.value / a.value - 1) <= least for a, b in pairs if a.value)
    return _found(span, change.measure, held, f"within {least:.0%}", pairs)


def _most(sentence: str, wider: str, word: re.Match[str], year: int, home: str | None) -> Found | None:
    """Something is at its highest or lowest for years."""
    if word["since"]:
        first = int(word["since"])
    elif year != NO_YEAR:
        first = year - (10 if word["n"] == "a decade" else _count(word["n"].split()[0]))
    else:
        return None
    change = between(sentence, wider, word.span(), (first, year, True), home)
    if change is None:
        return None
    ways = [way for series in change.series() if (way := _run(series, first, year))]
    if not ways:
        return None
    high = word["high"] is not None
    best = [max(way, key=lambda f: f.value) if high else min(way, key=lambda f: f.value) for way in ways]
    held = any(top is way[-1] for top, way in zip(best, ways, strict=True))
    return _found(
        word.span(), change.measure, held, word["top"], [(b, w[-1]) for b, w in zip(best, ways, strict=True)]
    )


def _run(series: Series, first: int, last: int) -> list[Figure]:
    years = sorted(y for y in series if first <= y <= last)
    if len(years) < 2 or years[0] > first or (last != NO_YEAR and last - years[-1] > 1):
        return []
    return [series[y] for y in years]


def _found(
    span: tuple[int, int], measure: Measure, held: bool, stated: str, pairs: list[tuple[Figure, Figure]]
) -> Found:
    shown = "; ".join(f"{plain_of(a)} ({a.label}), {plain_of(b)} ({b.label})" for a, b in pairs)
    return Found(
        *span, f"{measure.name}_past", "supported" if held else "contradicted", stated, pairs[0][1], f"{measure.words}: {shown}"
    )  # fmt: skip
