"""Which state a story is at home in, and whom its bare offices and pronouns speak of: "the government", "In July it"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from foedus.evidence.actors import states

Place = tuple[int, int, str]
Span = tuple[int, int]
BODIES = frozenset(("NATO", "EU", "UN"))
FOES = frozenset(("RUS", "BLR", "PRK", "CHN", "IRN"))
_DATELINE = re.compile(
    r"\W*(?P<town>[A-ZÀ-Þ][A-ZÀ-Þ.’' -]{2,30}?)(?:, [^\n(–—-]{2,34}?)? ?(?:\([^)\n]{2,40}\) ?)?(?:[–—-]|$)"
)
"""The town that opens an agency's report: "SEOUL, March 18 (AFP) -"."""
_OPENS = 12
"""Characters at most before the state with which a headline opens."""
_OF_CONGRESS = re.compile(
    r"\b(?:GOP|Rep\.|Congress(?:wo)?m[ae]n|House (?:Republican|Democrat)|[RD]-[A-Z][a-z])"
)
_FEW = 3
"""Sentences at most of a text too short to be at home anywhere."""
_PATRON = "USA"
_TWICE = 2
_ABOVE = 300
_SHORT_LINE = 140
_STEPS = 3
"""Lines at the head of a story in which a dateline may stand."""
_LEAD_IN = (
    r"\s*(?:(?:But|And|Yet|So|Now|Then|Still|Nor|Instead|Later|Earlier|Separately|Meanwhile|Afterwards|Also|Even so|However|Nevertheless|Since then|For now|So far|Instead|In return|In response|In exchange|In turn),? )?"
    r"(?:(?:(?:In|On|At|By|Since|Over|For|During|Within|From|Until|Last|Next|This|Early|Late|Earlier|Later|Yesterday|Today|Tonight|Two|Three|Four|Five|Six|A)\b[^,.;:“”\"]{0,44}?,? )(?=(?:it|its|he|she|his|her|the) ))?"
)
_PRONOUN = re.compile(rf"{_LEAD_IN}(?P<who>(?:[Ii]ts?|[Hh]e|[Ss]he|[Hh]is|[Hh]er))\b(?!['’])")
_OF_A_PERSON = frozenset(("he", "she", "his", "her"))
_OFFICES = r"(?:[Gg]overnment|[Cc]abinet|coalition|[Pp]arliament|legislature|army|navy|air force|armed forces|military|ministry|country|capital|republic|kingdom|emirate|sultanate|prime minister|premier|chancellor|foreign minister|defen[cs]e minister|finance minister|interior minister|foreign secretary|defen[cs]e secretary|defen[cs]e chief)"
_BRANCH = r"(?:[Ff]oreign|[Dd]efen[cs]e|[Ff]inance|[Ii]nterior|[Jj]ustice|[Ee]conomy|[Tt]reasury|[Cc]ore|[Nn]ew|[Rr]uling|[Oo]utgoing|[Ii]ncoming|[Cc]aretaker|[Cc]entre-right|[Cc]entre-left|[Cc]onservative|[Mm]inority)"
_OFFICE = re.compile(
    rf"{_LEAD_IN}(?P<who>(?:[Tt]he )?(?:{_BRANCH} ){{0,2}}{_OFFICES}|[Tt]he (?:{_BRANCH} )?Ministry(?: of \w+)?|(?:Prime Minister|Premier|Chancellor|(?:{_BRANCH} )(?:Minister|Secretary)|Minister of \w+|National [Ss]ecurity [Aa]dvis[eo]r|Chief of [Ss]taff))\b"
    r"(?! (?:of|in|for) (?:the )?[A-Z])(?!-)"
)
_SAYS = re.compile(
    rf", (?P<who>the (?:{_BRANCH} )?(?:Ministry of \w+|[Mm]inistry|government|army|navy|air force|armed forces|military|presidency|president[’']s office|presidential office|prime minister[’']s office)) (?:said|says|confirmed|announced|added|told)\b"
)


def home_of(text: str, spans: Sequence[Span], body: int, first: str | None) -> str | None:
    """State in which a story is at home: by its dateline, its headline, or what it names first.

    Args:
        text: the story.
        spans: its sentences, the headline's before the others.
        body: where its text begins.
        first: the state that the text names first.
    """
    if len(spans) <= _FEW:
        return None
    seat = _seat(text, spans)
    namesake = seat is not None and _is_namesake(text, spans, *seat)
    if seat is not None and not namesake:
        return seat[1]
    above = [s for s in spans if s[0] < body] if spans[0][0] < body else _lines_above(text, body)
    heads = [p for start, stop in above for p in _named(text, start, stop)]
    if seat is not None:
        heads = [p for p in heads if p[1] != seat[1]]
    opening = next((code for offset, code in heads if offset <= _OPENS), None)
    if opening is not None:
        return opening
    if any(_OF_CONGRESS.search(text, start, stop) for start, stop in spans):
        return "USA"
    if heads:
        return heads[0][1]
    counts = Counter(code for start, stop in spans for _, code in _named(text, start, stop))
    most = _named_most(counts)
    often = _TWICE * counts[first] > max(counts.values(), default=0) if first else False
    return most or (first if often and first not in BODIES | FOES else None)


def _seat(text: str, spans: Sequence[Span]) -> tuple[str, str] | None:
    """The town of a dateline and the state whose capital bears that name."""
    for start, stop in spans[:_STEPS]:
        line = _DATELINE.match(text, text.rfind("\n", 0, start) + 1, stop)
        town = line["town"].title() if line is not None else ""
        named = states(town)
        if named:
            return town, named[0][2]
    return None


def _is_namesake(text: str, spans: Sequence[Span], town: str, code: str) -> bool:
    """Whether a dateline's town only bears a capital's name, as "LIMA" in Ohio: the story is of the patron's Congress and names no such state."""
    if not any(_OF_CONGRESS.search(text, start, stop) for start, stop in spans):
        return False
    named = (p for start, stop in spans for p in states(text, start, stop))
    return all(found != code or text[a:b].title() == town for a, b, found in named)


def _lines_above(text: str, body: int) -> list[Span]:
    """Short lines right above a story's body that belong to none of its sentences."""
    at, found = max(0, body - _ABOVE), list[Span]()
    for line in text[at:body].splitlines(keepends=True):
        found += [(at, at + len(line))] if 1 < len(line) < _SHORT_LINE else []
        at += len(line)
    return found


def _named_most(counts: Counter[str]) -> str | None:
    """The state that a story names far more often than any other, its foes and the patron aside."""
    told = Counter({code: times for code, times in counts.items() if code != _PATRON})
    (best, times), (_, other) = (*told.most_common(2), (None, 0), (None, 0))[:2]
    return best if times >= _FEW + other else None


def _named(text: str, start: int, stop: int) -> list[tuple[int, str]]:
    """States that may be home to a story, by how far into a headline they stand."""
    return [(a - start, code) for a, _, code in states(text, start, stop) if code not in BODIES | FOES]


def spoken_of(
    text: str, span: Span, places: Sequence[Place], known: tuple[str | None, str | None, str | None, bool]
) -> list[Place]:
    """Pronouns and bare offices that open a sentence or say who speaks, as places of the state that they stand for.

    Args:
        text: the story.
        span: the sentence.
        places: states named in it.
        known: the state named last, that of the person named last, the story's home, and whether a paragraph begins here.
    """
    start, stop = span
    last, person, home, opens = known
    found: list[Place] = []
    pronoun = _PRONOUN.match(text, start, stop)
    if pronoun is not None:
        own = pronoun["who"].lower() in _OF_A_PERSON
        code = (person or last) if own else last
        found += [(*pronoun.span("who"), code)] if code is not None else []
    office = _OFFICE.match(text, start, stop) if pronoun is None else None
    if office is not None:
        scene = next((c for a, b, c in places if b <= office.start("who")), None)
        order = (scene, home, last) if opens else (scene, last, home)
        code = next((c for c in order if c is not None and c not in BODIES), None)
        found += [(*office.span("who"), code)] if code is not None else []
    says = _SAYS.search(text, start, stop)
    if says is not None and home is not None and home not in BODIES:
        found.append((*says.span("who"), home))
    return [p for p in found if _is_free(text, p, places)]


def _is_free(text: str, place: Place, places: Sequence[Place]) -> bool:
    """Whether no state is named within or right beside an office: "the Polish government", "Premier Kok of Aruba"."""
    near = (place[0] - 1, place[1] + 1)
    return all(b < near[0] or near[1] < a for a, b, _ in places)
