"""Claims that something rose, fell or multiplied through the years, beside the recorded series."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from foedus.evidence.actors import name_of
from foedus.evidence.claim_context import NO_YEAR, Found, judge, plain
from foedus.evidence.claim_measures import Measure, aid_within, measure_of
from foedus.evidence.claim_parties import parties, subject
from foedus.evidence.numerals import parse_fraction, parse_words
from foedus.evidence.record import Figure, rules
from foedus.evidence.record_series import Series

_FACTORS = {
    "doubl": 2.0, "twofold": 2.0, "tripl": 3.0, "trebl": 3.0, "threefold": 3.0, "quadrupl": 4.0, "fourfold": 4.0, "fivefold": 5.0, "quintupl": 5.0,
    "sixfold": 6.0, "tenfold": 10.0, "halv": 0.5,
}  # fmt: skip
_CUT = r"cut(?:s|ting)?|slash(?:ed|es|ing)?|reduc(?:ed|es|ing)|shr(?:ank|unk|ink)|chopped|sliced|f[ae]ll(?:en)?|dropped|brought"
_MULTIPLIED = re.compile(
    r"\b(?:doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|ing)\b|\b(?:two|three|four|five|six|ten)fold\b"
    rf"|\b(?:{_CUT})\b[^;,.]{{0,60}}? in (?:half|two)\b|\b(?:{_CUT}|down|gone)\b[^;,.]{{0,50}}? to (?P<part>(?:an?|one|two|three)[- ](?:half|halves|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?|half)(?= of (?:what|its|their|the (?:level|size|number|strength|figure))\b)",
    re.IGNORECASE,
)
_UP = r"ris(?:en|es|e|ing)|rose|gr(?:ew|own|ow|ows|owing)|increas(?:ed|es|e|ing)|climb(?:ed|s)?|soared|jump(?:ed)?|surg(?:ed|e)|gone up|went up|go(?:es)? up|swell(?:ed)?|swollen|expand(?:ed)|rais(?:ed|ing)|lift(?:ed)?|boost(?:ed)?|up|added|growth|hike[sd]?"
_DOWN = r"fall(?:en|s|ing)?|fell|declin(?:ed|es|e|ing)|drop(?:ped|s)?|shr(?:unk|ank|inks?|inking)|decreas(?:ed|es|e)|gone down|went down|cut|reduced|lower(?:ed)?|slashed|down|dwindled|slid|plunged|slumped"
_MOVED = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:twice|three times|four times|five times|ten times|half) as (?:much|many|large|big)\b|\b(?:more|less|fewer|bigger|larger|smaller) \w[^;,]{0,50} than any other \w+\b"
    r"|\b(?:[Ee]very (?:second|third|fourth|fifth|sixth|tenth)|[Oo]ne in (?:every )?(?:two|three|four|five|six|ten|twenty|\d{1,2})) (?!days?\b|weeks?\b|months?\b|years?\b|times?\b|hours?\b|nights?\b|weekends?\b|summers?\b|winters?\b|(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day)[a-z]+"
)
"""Other measures in words."""
_MOVED_AFTER = re.compile(
    rf"\s+(?:(?P<up>{_UP}|more|higher)|(?P<down>{_DOWN}|less|fewer|lower|smaller))\b", re.IGNORECASE
)
_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_RUN = re.compile(
    rf"\b(?:(?:for|in|over) (?:the (?:past|last) )?)?(?P<years>{_NUMBER}) (?:straight |consecutive |successive )?years?(?: (?:in a row|running|straight|on end|in succession))?|\b(?P<nth>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh) (?:straight|consecutive|successive|year)\b|\b(?:every|each)(?: single)? year (?:since|from) (?P<since>(?:19|20)\d\d)\b|\bsince (?P<after>(?:19|20)\d\d)\b[^;]{{0,30}}\b(?:every|each) year\b|\byear (?:after|on|by) year since (?P<yearon>(?:19|20)\d\d)\b|\b(?:steadily|continuously|without a break|without interruption) since (?P<steady>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"\b(?:in a row|running|straight|consecutive|successive|on end|in succession)\b", re.IGNORECASE
)
_NTH = {w: n for n, w in enumerate("second third fourth fifth sixth seventh eighth ninth tenth eleventh".split(), 2)}  # fmt: skip
_SINCE = re.compile(
    r"\b(?:[Ss]ince|[Ff]rom|than in|[Cc]ompared (?:to|with)|[Oo]ver|on|against|of|[Ii]n)\s+(?:the level of |its level of |that of )?(?P<base>(?:19|20)\d\d)\b(?: level)?"
)
_BETWEEN = re.compile(
    r"\b(?:[Bb]etween|[Ff]rom) (?P<first>(?:19|20)\d\d) (?:and|to|until|through) (?P<last>(?:19|20)\d\d)\b"
)
_SPAN = re.compile(
    rf"\b(?:in|over|within|during) (?:the (?:past|last) |just |barely |only )?(?:(?P<n>{_NUMBER}) years|(?P<decade>a decade|decade|ten years))\b|\b(?P<decadeago>a decade ago)\b"
)
_UNTIL = re.compile(r"\b(?:until|by|to|through|up to|in) (?P<last>(?:19|20)\d\d)\b")
_HEDGE = re.compile(
    r"\b(?P<more>more than|over|at least|well over)|\b(?P<less>less than|under)|\b(?P<near>almost|nearly|about|roughly|around|some|practically|virtually|close to)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:will|would|plans?|wants?|should|must|aims?|pledged?|could|may|might|intends?|promised?|vow(?:s|ed)?|expects?|demand(?:s|ed)?|asked|calls? for|called for|to (?:double|triple|raise|increase|cut|halve|fall|rise)|if|not|never)\b|n[’']t\b",
    re.IGNORECASE,
)


_WILL = re.compile(r"\b(?:will|would|(?:plans?|wants?|going|hopes?) to|is to)\b", re.IGNORECASE)
_EXPECTED = re.compile(r"\b(?:is|are|was|were) (?:set|expected|projected|forecast|estimated|on course) to\b")
"""What says of a figure of the year that it is an estimate, as the record's own is."""
_LATER = re.compile(r"\b(?:next year|by 20\d\d|until 20\d\d|coming|over the next|from next)\b")
_NAMED_BASES = (
    (
        1989,
        re.compile(
            r"\b[Ss]ince (?:the )?(?:end of the [Cc]old [Ww]ar|[Cc]old [Ww]ar|(?:fall of the )?(?:Berlin )?[Ww]all|Iron Curtain)(?: (?:fell|came down|ended|was over|lifted))?|\b[Ss]ince reunification\b"
        ),
    ),
    (
        2014,
        re.compile(
            r"\b[Ss]ince (?:the )?(?:annexation of Crimea|(?:seizure|taking|loss) of Crimea|Crimea|(?:Wales|Newport) (?:summit|pledge))|\b[Ss]ince Russia (?:took|seized|annexed) Crimea\b"
        ),
    ),
    (
        2021,
        re.compile(
            r"\b[Ss]ince (?:the )?(?:Russia[’']s |full-scale |Russian |start of the |beginning of the |outbreak of the )*(?:invasion|war)\b|\b[Ss]ince (?:the war|Russia(?:[’']s)?) (?:began|started|broke out|invaded|attacked)|\b[Ss]ince (?:the )?tanks\b"
        ),
    ),
)
"""Years before what a change is counted from."""
CHANGED = (_RUN, _MULTIPLIED)
"""What a sentence about a change holds."""


@dataclass(frozen=True)
class Change:
    """What a sentence says changed: of whom, between which years, and by what factor."""

    measure: Measure
    party: str
    first: int
    last: int
    open: bool = False
    """The sentence names no last year."""

    def series(self) -> tuple[Series, ...]:
        """What the change is counted in: aid within each year, other things as they are."""
        if self.measure.name == "aid":
            return aid_within(self.measure.words.split()[0])(self.party)
        return self.measure.series(self.party)

    def ends(self) -> list[tuple[Figure, Figure]]:
        """First and last figure, in each way of counting."""
        return [p for series in self.series() for p in ends(series, self) if p[0].value]


def changed(sentence: str, wider: str, year: int, home: str | None) -> Found | None:
    """Claim that something multiplied, or rose or fell for years on end."""
    run = _RUN.search(sentence)
    if run is not None and (moved := _MOVED.search(sentence)) is not None:
        claim = _ran(sentence, wider, (moved, run), year, home)
        if claim is not None:
            return claim
    factor = _MULTIPLIED.search(sentence)
    return _multiplied(sentence, wider, factor, year, home) if factor is not None else None


def uncovered(sentence: str) -> Found | None:
    """A change in words of which the atlas holds nothing."""
    run = _RUN.search(sentence)
    word = run if run and _ROW.search(run.group()) and _MOVED.search(sentence) else _MULTIPLIED.search(sentence)
    word = word or _OTHERWISE.search(sentence)
    if word is None or _PLAN.search(sentence[max(0, word.start() - 30) : word.start()]):
        return None
    reason = "the atlas has no figure for this"
    return Found(*word.span(), "other", "not covered", word.group(), None, reason)


def _change(sentence: str, wider: str, at: int, stop: int, year: int, home: str | None) -> Change | None:
    """Whose change, of what, between which years; nothing where one of these is not said."""
    years = years_named(sentence, year)
    return between(sentence, wider, (at, stop), years, home) if years is not None else None


def between(
    sentence: str, wider: str, span: tuple[int, int], years: tuple[int, int, bool], home: str | None
) -> Change | None:
    """The change of what a sentence measures, between two years."""
    at, stop = span
    measure = measure_of(sentence, wider)
    before = sentence[max(0, at - 90) : at]
    expected = _EXPECTED.search(before[-45:]) is not None and _LATER.search(sentence) is None
    if (
        measure is None
        or measure.name.endswith("_per_head")
        or (not expected and (_PLAN.search(before[-30:]) or _WILL.search(before)))
    ):
        return None
    skip = ("UKR", "USA") if measure.name == "us_forces" else ("UKR",) if measure.name == "aid" else ()
    party = subject(sentence, at, stop, home, skip)
    if party is None and measure.name == "us_forces":
        party = subject(sentence, len(sentence), len(sentence), None, skip) or _only_host(sentence)
    if measure.name == "us_forces" and party in ("NATO", "ALLIES", "XEC"):
        return None
    return Change(measure, party, *years) if party else None


def _only_host(sentence: str) -> str | None:
    """Host of the patron's forces, where a sentence names one and no other."""
    named = {p.code for p in parties(sentence)} - {"USA", "NATO", "ALLIES", "XEC", "SOME", "RUS", "UKR"}
    return named.pop() if len(named) == 1 else None


def years_named(sentence: str, year: int) -> tuple[int, int, bool] | None:
    """First and last year of a change, and whether the last is left open."""
    between = _BETWEEN.search(sentence)
    if between is not None:
        return int(between["first"]), int(between["last"]), False
    if re.search(r"\blast year\b", sentence):
        return year - 2, year - 1, False
    if re.search(r"\bthis year\b", sentence):
        return year - 1, year, False
    base = _SINCE.search(sentence)
    if base is not None:
        first = int(base["base"])
        if base.group().lower().startswith("in"):
            return first - 1, first, False
        later = _UNTIL.search(sentence, base.end()) or _UNTIL.search(sentence[: base.start()])
        return first, (int(later["last"]) if later else year), later is None
    named = next((first for first, words in _NAMED_BASES if words.search(sentence)), None)
    if named is not None:
        return named, year, True
    span = _SPAN.search(sentence)
    if span is not None:
        count = _count(span["n"]) if span["n"] else 10
        return (year - count, year, True) if year != NO_YEAR else None
    return None


def _count(words: str) -> int:
    return int(words) if words.isdigit() else int(parse_words(words.lower()) or 0)


def ends(series: Series, change: Change) -> list[tuple[Figure, Figure]]:
    """First and last figure of a change: that of the first year, and the newest by the last; the one before it where the sentence names no last year."""
    last = change.last - 1 if change.open and change.measure.name == "aid" else change.last
    newest = max((y for y in series if change.first < y <= last), default=None)
    if change.first not in series or newest is None or (change.last - newest > 1 and change.last != NO_YEAR):
        return []
    years = [newest]
    if change.open and newest - 1 in series and newest - 1 > change.first:
        years.append(newest - 1)
    return [(series[change.first], series[y]) for y in years]


def _multiplied(sentence: str, wider: str, word: re.Match[str], year: int, home: str | None) -> Found | None:
    change = _change(sentence, wider, word.start(), word.end(), year, home)
    factor = _factor(word)
    if change is None or factor is None:
        return None
    since = _SINCE.search(sentence, word.end()) or _SPAN.search(sentence, word.end())
    stop = since.end() if since and since.start() - word.end() < 60 else word.end()
    hedge = _HEDGE.search(sentence[max(0, word.start() - 16) : word.start()])
    modifier = "more than" if hedge and hedge["more"] else "less than" if hedge and hedge["less"] else None
    hedged = hedge is not None
    return by_factor(change, (word.start(), stop), factor, modifier, hedged)


def _factor(word: re.Match[str]) -> float | None:
    """What a level was multiplied by: "tripled", "cut in half", "down to a third of"."""
    if word["part"]:
        return parse_fraction(word["part"])
    text = word.group().lower()
    halved = 0.5 if text.endswith((" in half", " in two")) else None
    return next((f for stem, f in _FACTORS.items() if text.startswith(stem)), halved)


def by_factor(
    change: Change, span: tuple[int, int], factor: float, modifier: str | None, hedged: bool
) -> Found | None:
    """Judge a stated change by the recorded one, each way of counting it."""
    pairs = change.ends()
    if not pairs:
        return None
    moved = [b.value / a.value - 1 for a, b in pairs]
    stated = factor - 1
    share = rules()["growth_hedged" if hedged else "growth"]
    band = max(rules()["growth_points"] / 100, share * max(map(abs, moved)))
    same = [m for m in moved if m * stated > 0] or ([m for m in moved if abs(m - stated) <= band])
    if same:
        sizes = sorted(abs(m) for m in same)
        verdict = judge(abs(stated), sizes[0] - band, sizes[-1] + band, modifier)
    else:
        verdict = "contradicted"
    best = min(range(len(moved)), key=lambda i: abs(moved[i] - stated))
    shown = "; ".join(
        f"{plain_of(b)} / {plain_of(a)} = {b.value / a.value:.2f}, {m:+.0%} ({a.label} to {b.label})"
        for (a, b), m in zip(pairs, moved, strict=True)
    )
    return Found(
        *span, f"{change.measure.name}_change", verdict, f"{stated:+.0%}", pairs[best][1],
        f"stated {stated:+.0%}; recorded {shown}; agrees within {band:.1%}",
    )  # fmt: skip


def plain_of(figure: Figure) -> str:
    """A figure as it is written in arithmetic."""
    if figure.unit in ("USD", "EUR"):
        return f"{plain(round(figure.value / 1e9, 2))} bn"
    return f"{figure.value:.2f}%" if figure.unit == "percent" else plain(figure.value)


def _ran(
    sentence: str, wider: str, places: tuple[re.Match[str], re.Match[str]], year: int, home: str | None
) -> Found | None:
    """Whether something rose or fell in each of a run of years."""
    moved, run = places
    start, stop = min(moved.start(), run.start()), max(moved.end(), run.end())
    since = run["since"] or run["after"] or run["yearon"] or run["steady"]
    if since is None and not (run["nth"] or _ROW.search(run.group())):
        return None
    after = _UNTIL.search(sentence, run.end())
    last = int(after["last"]) if after else year
    measure = measure_of(sentence, wider)
    party = subject(sentence, start, stop, home, ("UKR",)) if measure else None
    if measure is None or party is None or _PLAN.search(sentence[max(0, start - 30) : start]):
        return None
    count = _NTH[run["nth"].lower()] if run["nth"] else _count(run["years"]) if run["years"] else 0
    judged = [
        j
        for series in Change(measure, party, 0, 0).series()
        if (j := _steps(series, int(since) if since else None, count, last, moved["up"] is not None))
    ]
    if not judged:
        return None
    good = [j for j in judged if j[0]]
    held, shown, figure = (good or judged)[0]
    return Found(
        start, stop, f"{measure.name}_run", "supported" if held else "contradicted",
        f"{'up' if moved['up'] else 'down'} every year", figure, f"{name_of(party)}, {measure.words}: {shown}",
    )  # fmt: skip


def _steps(
    series: Series, since: int | None, count: int, last: int, up: bool
) -> tuple[bool, str, Figure] | None:
    """Whether a series moved one way in every year of a run, and its figures."""
    newest = max((y for y in series if y <= last), default=None)
    if newest is None:
        return None
    first = since if since is not None else newest - count
    years = list(range(first, newest + 1))
    if len(years) < 2 or any(y not in series for y in years):
        return None
    values = [series[y].value for y in years]
    held = all((b > a) == up and a != b for a, b in itertools.pairwise(values))
    shown = ", ".join(f"{y} {plain_of(series[y])}" for y in years)
    broken = [y for y, a, b in zip(years[1:], values, values[1:], strict=False) if (b > a) != up or a == b]
    return held, shown + (f"; not so in {', '.join(map(str, broken))}" if broken else ""), series[newest]


def by_percent(
    sentence: str, wider: str, span: tuple[int, int], share: float, modifier: str | None, hedged: bool, year: int, home: str | None, within: int | None = None
) -> Found | None:  # fmt: skip
    """Judge "rose by 19 percent in 2024" or "fell by four fifths since 1989"."""
    near = sentence[max(0, span[0] - 90) : span[0]]
    words = list(_MOVED.finditer(near))
    moved = words[-1] if words and _BY.search(near[words[-1].end() :]) else None
    if moved is None and _GAPPED.search(near):
        moved = next(reversed(list(_MOVED.finditer(sentence, 0, span[0]))), None)
    moved = moved or _MOVED_AFTER.match(sentence, span[1])
    if moved is None:
        return None
    known = (within - 1, within, False) if within is not None else years_named(sentence, year)
    options = [known] if known else [(year - 1, year, False), (year - 2, year - 1, False)]
    changes = (between(sentence, wider, span, years, home) for years in options)
    found = [
        f
        for change in changes
        if change is not None and (known or change.measure.name == "spending")
        if (f := by_factor(change, span, 1 + (share if moved["up"] else -share), modifier, hedged)) is not None
    ]
    return next((f for f in found if f.verdict == "supported"), found[0] if found else None)


_GAPPED = re.compile(r"[’']s? (?:own )?(?:budget |spending |outlays )?by (?:\w+ ){0,3}$")
"""What stands before the second figure of two ("Italy's rose by a third and Spain's by half")."""
_BY = re.compile(
    r"^(?:[^;,]{0,70}\b(?:by|of|some|about|around|nearly|almost|roughly|more than|over|less than|at least|an?|another|just|only)\s*|\s*)$",
    re.IGNORECASE,
)
