"""The time that a stated figure speaks of."""

from __future__ import annotations

import re

from foedus.evidence.claim_context import NO_YEAR, When
from foedus.evidence.numerals import parse_words
from foedus.evidence.records import Quantity

_BASE = re.compile(
    r"\b(?:since|from|(?:prices|dollars|rates|money) of|than in|than it (?:was|did) in|compared (?:to|with)|(?:up|down) on|as in|agreed in|set in|pledged in|against|before|after|founded in|established in|created in|formed in|born in|since [^,;:.]{0,60}?\b(?:in|of|on)|(?:annexed|annexation of|seized|seizure of|invaded|invasion of|took) (?:Crimea|Ukraine) in)\s+(?:the (?:summit|pledge|level|invasion|start|beginning|end)(?: of| in)?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)?\s*$",
    re.IGNORECASE,
)
"""What stands before the year from which something is counted, which is not the year of the figure."""
_WITHIN = re.compile(r"\b(?:in|during|for|throughout|of)\s+$", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:(?P<last>[Ll]ast year|[Tt]he previous year|[Aa] year (?:ago|earlier|before(?! (?:[A-Z]|the |an? |his |its |her |their ))))|(?P<sum>[Ss]ince the (?:\w+ )?(?:invasion|war|start|beginning|outbreak|attack)|[Ss]o far|[Tt]o date|[Aa]ltogether|[Ii]n all)|(?P<now>[Tt]his year|[Nn]ow(?:adays)?|[Tt]oday|[Cc]urrently|[Aa]t present)|(?P<decade>[Aa] decade (?:ago|earlier|before(?! (?:[A-Z]|the |an? |his |its |her |their ))))|(?P<ago>\d{1,2}|(?i:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty)) years (?:ago|earlier|before(?! (?:[A-Z“\"]|the |an? |his |its |her |their )))|(?P<wall>(?:[Aa]t |[Bb]y |[Tt]owards? )?the end of the [Cc]old [Ww]ar|[Ww]hen the (?:Berlin )?[Ww]all (?:fell|came down)|the fall of the (?:Berlin )?[Ww]all|[Aa]t the height of the [Cc]old [Ww]ar))\b"
)
_COUNTED_FROM = re.compile(r"\b(?:[Ss]ince|[Aa]fter|[Bb]efore|[Ff]rom|than) $")
_DISTANT = re.compile(
    r"\b(?:(?P<one>(?:a|one|the) year)|(?P<ten>a decade)|(?P<n>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty) years)"
    r" (?:earlier|before(?=,? (?:it|they) (?:had been|were|was) (?:\w+ ){0,2}[\d€$£])|(?P<then>after)(?=,? (?:it|they) (?:had been|were|was) (?:\w+ ){0,2}[\d€$£])|before(?! (?:[A-Z“\"]|the |an? |his |its |her |their ))|(?P<later>later|after(?! (?:[A-Z“\"]|the |an? |his |its |her |their |he |she |it |they ))|on\b))"
    r"(?! than)",
    re.IGNORECASE,
)
"""A distance from a year that the text has named."""
_NAMERS = (
    "year",
    "ow",
    "oday",
    "urrently",
    "t present",
    "decade",
    " War",
    " war",
    "wall",
    "Wall",
    "ince",
    "o far",
    "o date",
    "ltogether",
    "n all",
)
"""Of which a sentence must hold one; asking for them is cheaper than the pattern."""
_ONWARDS = re.compile(
    r"[^;.]{0,12}(?<!close)(?<!up)(?<!next)(?<!came)(?<!amounted)\s(?:to|and now|but now|against|compared (?:to|with)|up from|down from)\s+(?:just |only |about |some |around |nearly |roughly |almost )?$"
)
_CROSSED = re.compile(r"\b(?:down|up|from|compared|against|versus|instead)\b")
"""What stands between a figure and the time of another ("64,000, down from 300,000 in 1989")."""
_AT_ONCE = re.compile(r" (?:euros |dollars )?(?:in|of|for|during) ")
_OVER = re.compile(r"\s*,")
_CLAUSE = re.compile(r",\s+(?:where|which|who|whose|when|home to)\b[^,;]*$")
_WALL = 1989
"""Year of the end of the cold war."""


def dated_by(
    sentence: str,
    quantities: list[Quantity],
    offset: int,
    published: str | None,
    quantity: Quantity | None = None,
    named: When | None = None,
) -> When:
    """Time of a figure: the one named nearest to it that is no base of comparison, else that of the story.

    "A year earlier" counts from the year that the sentence names before it, else from that of the sentence before (`named`).
    """
    story = int(published[:4]) if published else NO_YEAR
    begin = quantity.start - offset if quantity is not None else 0
    end = quantity.end - offset if quantity is not None else 0
    paired = _paired(sentence, begin) if quantity is not None else 0
    if paired:
        day = f"{paired}-12-31"
        return When(paired, day, True, True, story, min(day, published) if published else day)
    dates = _dates(sentence, quantities, offset)
    distant = _from_year(sentence, dates, named)
    options = dates + distant + [o for o in _named(sentence, story) if o[0] not in {d[0] for d in distant}]
    options = [
        o for o in options if not _passed(sentence, o[1], begin) and not _CROSSED.search(sentence, end, o[0])
    ]
    options = [o for o in options if not _aside(sentence, o, begin)]
    near = [o for o in options if not (o[0] >= end and _another(quantities, end + offset, o[0] + offset))]
    direct = [o for o in options if o[2] and o[0] >= end and _AT_ONCE.fullmatch(sentence, end, o[0])]
    options = direct or near or options
    if not options:
        return When(story, published, False, False, story) if published else When(NO_YEAR, "9999-12-31")
    *_, iso, within = min(options, key=lambda o: min(abs(o[0] - end), abs(begin - o[1])))
    if not iso:
        return When(story, published or f"{story}-12-31", False, within, story)
    day = iso if len(iso) == 10 else f"{iso[:4]}-12-31"
    return When(int(iso[:4]), day, True, within, story, min(day, published) if published else day)


_YEARS = re.compile(
    r"\b(?:[Bb]etween|[Ff]rom) (?P<first>(?:19|20)\d\d) (?:and|to|until) (?P<last>(?:19|20)\d\d)\b"
)
_HEDGES = r"(?:about |some |around |nearly |roughly |almost |just |only |over |under |more than |less than |fewer than )*"
_FROM_IT = re.compile(rf"\bfrom {_HEDGES}$")
_TO_IT = re.compile(rf"\bfrom {_HEDGES}[€$£]?(?!(?:19|20)\d\d\b)\d[^;]{{0,50}} to {_HEDGES}$")


def _paired(sentence: str, begin: int) -> int:
    """Year of one of two figures for two years ("between 2022 and 2025 it fell from 35 billion to half a billion"); 0 for none."""
    years = _YEARS.search(sentence)
    if years is None:
        return 0
    if _FROM_IT.search(sentence, 0, begin):
        return int(years["first"])
    return int(years["last"]) if _TO_IT.search(sentence, 0, begin) else 0


def _aside(sentence: str, option: tuple[int, int, str, bool], begin: int) -> bool:
    """Whether a date stands in a clause that is over before the figure ("where 200,000 served in 1985, 70,000 are left")."""
    start, stop = option[:2]
    return (
        stop <= begin
        and _OVER.match(sentence, stop, begin) is not None
        and _CLAUSE.search(sentence, 0, start) is not None
    )


def _another(quantities: list[Quantity], start: int, end: int) -> bool:
    """Whether another figure stands between a figure and a date behind it."""
    return any(
        start <= q.start < end and q.kind in ("money", "percentage", "fraction", "count") for q in quantities
    )


def _passed(sentence: str, stop: int, begin: int) -> bool:
    """Whether a figure stands behind "in 1989 to", so that it is of another time than the date before it."""
    return stop <= begin and _ONWARDS.fullmatch(sentence, stop, begin) is not None


def _dates(sentence: str, quantities: list[Quantity], offset: int) -> list[tuple[int, int, str, bool]]:
    """Dates of a sentence: start, end, ISO form, and whether they date what happened within a year."""
    found = []
    for q in quantities:
        if q.kind != "date" or not q.normalised or not q.normalised[:4].isdigit():
            continue
        before = sentence[max(0, q.start - offset - 90) : q.start - offset]
        base = _BASE.search(before)
        if base is not None and base.group().lower().startswith("since"):
            found.append((q.start - offset, q.end - offset, "", False))
        if base is None:
            within = len(q.normalised) == 4 and _WITHIN.search(before[-20:]) is not None
            found.append((q.start - offset, q.end - offset, q.normalised, within))
    return found


def _named(sentence: str, story: int) -> list[tuple[int, int, str, bool]]:
    """Times named by their distance from the story, or by what happened then."""
    found: list[tuple[int, int, str, bool]] = []
    if not any(word in sentence for word in _NAMERS):
        return found
    for match in _NAMED.finditer(sentence):
        if match["wall"]:
            if not _COUNTED_FROM.search(sentence, 0, match.start()):
                found.append((*match.span(), str(_WALL), False))
        elif story == NO_YEAR:
            continue
        elif match["last"]:
            found.append((*match.span(), str(story - 1), True))
        elif match["now"] or match["sum"]:
            found.append((*match.span(), "", "his year" in match.group()))
        else:
            years = 10 if match["decade"] else _count(match["ago"].lower())
            found.append((*match.span(), str(story - years), False))
    return found


def from_a_year(sentence: str) -> bool:
    """Whether a sentence names a time by its distance from another."""
    return any(
        map(sentence.__contains__, ("earlier", "later", "before", "after", "previous", "following"))
    ) and (_DISTANT.search(sentence) is not None)


def _from_year(
    sentence: str, dates: list[tuple[int, int, str, bool]], named: When | None
) -> list[tuple[int, int, str, bool]]:
    """Times named by their distance from a year of the text."""
    found: list[tuple[int, int, str, bool]] = []
    for match in _DISTANT.finditer(sentence):
        own = [d for d in dates if d[1] <= match.start() and d[2]]
        base = int(own[-1][2][:4]) if own else named.year if named is not None and named.dated else None
        if base is None:
            continue
        years = 1 if match["one"] else 10 if match["ten"] else _count(match["n"].lower())
        within = own[-1][3] if own else named is not None and named.within
        year = base + years if match["later"] or match["then"] else base - years
        found.append((*match.span(), str(year), within or match["one"] is not None))
    return found


def _count(words: str) -> int:
    return int(words) if words.isdigit() else int(parse_words(words) or 0)
