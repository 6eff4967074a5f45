"""Numbers whose noun is understood: "two partners fired 180", "it lasted 17", "22 years, five of them abroad"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.evidence.bare import LEAST_MONEY, NO_PLURAL, POINTS_AT, VERB, names_something
from foedus.evidence.heads import PERSON_HINT
from foedus.evidence.lexicon import CUE
from foedus.evidence.likeness import as_one_of, hyphened, of_noun, one_of_such, sentence_start
from foedus.evidence.records import Quantity
from foedus.evidence.things import unit_table

NEXT_BY = 40
"""Characters after a share within which the next sentence may go on with it ("He said 80 percent. On a good day, 70")."""
STORY_BACK = 3000
"""Characters before a number within which its story may have counted the same things."""
TIMES = 30
"""Two counts of the same things differ by no more than this factor where nothing else ties them."""
NEAR = 200
PERCENT_MOST = 100
MILLION = 1e6
_NUMBERED = re.compile(
    "umber of|ow many|roduction of|utput of|tocks? of|uppl(?:y|ies) of|eliveries of|urchases of"
)
_TAKES = re.compile(
    r"\b(?:needs?|needed|takes?|took|lasts?|lasted|waited|served|lasting|did|does|do|done|put in|gave it|logged|stayed|(?:g[ai]ve[sn]?|allow(?:s|ed)?|grant(?:s|ed)?|offer(?:s|ed)?) (?:me|us|him|her|them|you))\s+(?:about |only |just |at least |nearly |another )?$"
)
_LASTS = re.compile(r"\b(?:lasts?|lasted|waited|served|lasting|did|done|put in|stayed)\s")
_ENDS = re.compile(r"[.,;!?)”\"’]|$|\s(?:and|but|before)\b")
_OF_THEM = re.compile(r"\s+of (?:them|these|those)\b")
_WITHIN = re.compile(r"\b(?:in|within|over|after|every) $")
"""In what time things were counted ("640 messages in four days, nine of them rude")."""
_SHORT_TAIL = re.compile(r"(?: [a-z]+){0,3},? (?:and |only )?")
_POINTING = re.compile(r"\b(?:[Tt]hese|[Tt]hose) $")
_OBJECT_OF = re.compile(
    r"\b(?:fir|launch|order|deliver|ask|produc|us|donat|pledg|promis|request|receiv|operat|suppl|want|need|field|purchas|procur|stor)(?:e|ed|es|s|ied|ies|y|ing)?(?: for| back)? (?:about |around |roughly |only |some |just |nearly |almost |up to |over )?$"
    r"|\b(?:shot down|makes?|made|built|builds?|bought|buys?|sent|sends?|got|gets?|lost|sold|sells?|keeps?|kept|holds?|held|has|have|had|gave|took delivery of)(?: back| away| in)? (?:about |around |roughly |only |some |just |nearly |almost |up to |over )?$"
)
"""What is done to the things that a number counts ("two partners fired about 180")."""
_RATE = re.compile(r"\s+(?:an?|per|each|every) (?:day|week|month|year|hour)\b")
_DOERS = frozenset(
    "partner country ally person state company nation government party firm crew capital donor agency ministry".split()
)
"""Who does it, and is not what is counted."""
_GO = re.compile(
    r"\s+(?:(?:would|will|could|should|might|are|were|have|had)(?: (?:be|been|to be|also|soon|already|now))* )(?:sent|deployed|stationed|posted|based|moved|withdrawn|brought|go|gone|return|returned|leave|left|stay|stayed|remain|serve|rotate)\b"
)
"""What troops do, or have done to them."""
_HEADS_SENTENCE = re.compile(r"(?:(?:Roughly|About|Some|Another|Nearly|Around|Almost|Up to|At least) )?$")
_NUMBER_OF = re.compile(
    r"\b(?:[Nn]umber of|[Hh]ow many|(?:[Pp]roduction|[Oo]utput|[Ss]tocks?|[Ss]upply|[Ss]upplies|[Dd]eliveries|[Pp]urchases) of) (?:[A-Za-z0-9\-]+ ){0,3}?([a-z]+s)\b[^.;]{0,80}?\b(?:from|to|at|is|was|by|reach|reached|into)\s+"
    r"(?:(?:about|some|nearly|roughly|around|almost|over) )?(?:\d[\d,]* to (?:(?:about|some|nearly|roughly|around|almost|over) )?)?$"
)
"""What a rising or falling number counts."""
_MORE = re.compile(r"\s+(?:more|others?)\b")
_MET = re.compile(
    r"\b(?:saw|sees?|seen|counted|found|flew|met|heard|repaired|fixed|cleared|destroyed|intercepted|seized|boarded|inspected|opened|closed|trained|hired|(?:were|was|been) (?:sent|given|promised)) (?:about |around |roughly |only |some |just |nearly |almost |up to |over )?$"
)
_FREE = re.compile(
    r"[.,;!?”\"’]|$| (?:and|but|or|in|on|at|last|this|so|by|before|since|now|already|today|from)\b"
)
_SUBJECT = re.compile(
    r"(?:^|[.!?][”\"’]? |[\n“\"‘])([A-Z][a-z]{2,}s) (?:are|were|will|would|have|had|cost|come|do|can|could|remain|matter)\b[^.!?\n]*[.!?][”\"’]?\s*$"
)
_HAVE_A = re.compile(
    r"\b(?:have|has|had|[’']ve got|got|bought|own|need|want) an? (?:[a-z-]+ )?([a-z]{3,})[.!?]\s*$"
)
_MORE_OF = re.compile(
    r"\b(?:more|fewer|many|few|enough|no|new) (?:[a-z]+ )?([a-z]{3,}s)\b(?= than\b| as\b| to\b| in\b| of\b|[.!?])[^.!?\n]*[.!?][”\"’]?\s*[“\"‘]?$"
)
"""What the sentence before has as its subject, as what somebody has, or as more or fewer than before."""
_ONE_THING = re.compile(
    r"\b[Aa]n? (?:[\w-]+ ){0,3}?(plane|aircraft|ship|frigate|destroyer|submarine|tanker|jet|helicopter|drone|battery|launcher|tank|missile|brigade|battalion|vessel|boat|gun|howitzer|vehicle|carrier|radar|satellite|cable|bridge)\b(?! [a-z]+s?\b(?<!has)(?<!had)(?<!is)(?<!was)(?<!will)(?<!to)(?<!in)(?<!from)(?<!at))"
)
"""One thing of which there may be more."""
_HOW_MANY = re.compile(r"\b(?:number of|how many) (?:[a-z]+ )?([a-z]{3,}s)\b")
_PLURALS = {"aircraft": "aircraft", "battery": "batteries"}
_VERB = re.compile(r"\b([a-z]{3,}) (?:only |about |just |another )?$")
_ITS_NOUN = re.compile(r" an? (?:[a-z-]+ )?([a-z]+)(?=[;,.]| and\b| but\b| while\b)")
_PLURAL = re.compile(r"(?<![A-Za-z])(?:(?:every|each) ([a-z]{3,})|([a-z]{3,}s))\b" + VERB)
_STOPS = re.compile(
    r"[.!?;,”\"’]| (?:so far|(?:in|by|since|before) (?:19|20)\d\d\b|(?:last|this|every|each) [a-z]+)\b"
)
_ON = re.compile(r", on $")
_AMONG = re.compile(r"\b(?:Among|In|For|With|Amongst) [^.;:]{3,30}: $")
"""Whose share is given next ("Among the young: 39")."""


def understood(
    text: str, quantity: Quantity, past: Sequence[Quantity], start: int, floor: int
) -> Quantity | None:
    """A bare number with the noun that the words around it leave out, where they tell which it is."""
    if (quantity.value or 0) < 2 or names_something(text, quantity, start):
        return None
    before = text[max(start, quantity.start - 40) : quantity.start]
    such = one_of_such(text, start, quantity.start)
    if such is not None:
        return of_noun(quantity, such)
    past = [q for q in past if floor <= q.start and q.end <= quantity.start and q.unit != "date"]
    begin = sentence_start(text, start, quantity.start)
    if not past:
        return (
            _of_number(text, quantity, begin)
            or _verb_again(text, quantity, begin)
            or _spoken_of(text, quantity, past, before, begin, floor)
            or _object(text, quantity, past, before, floor)
            or _more(text, quantity, past, begin, start)
        )
    return (
        _pointed(quantity, past, before)
        or _of_measure(text, quantity, past, before, begin)
        or _of_number(text, quantity, begin)
        or _verb_again(text, quantity, begin)
        or _spoken_of(text, quantity, past, before, begin, floor)
        or _object(text, quantity, past, before, floor)
        or _troops(text, quantity, past, begin, floor)
        or _more(text, quantity, past, begin, start)
    )


def _pointed(quantity: Quantity, past: Sequence[Quantity], before: str) -> Quantity | None:
    """The same number again: of money, or pointed at ("these 146")."""
    same = [q for q in past if q.value == quantity.value]
    if not same:
        return None
    if (quantity.value or 0) >= MILLION and same[-1].kind == "money":
        return as_one_of("", quantity, same[-1])
    things = [q for q in same if q.kind == "count" and q.unit != "count"]
    return as_one_of("", quantity, things[-1]) if things and _POINTING.search(before) else None


def _of_measure(
    text: str, quantity: Quantity, past: Sequence[Quantity], before: str, begin: int
) -> Quantity | None:
    """One more span of time or share, or a part of one ("It lasted 17", "22 years, five of them abroad")."""
    last = max(past, key=lambda q: q.end)
    spans = [q for q in past if q.kind == "duration" and q.counts != "age"]
    takes = spans and _TAKES.search(before) and _ENDS.match(text, quantity.end)
    lasts = _LASTS.search(before) and spans and quantity.start - spans[-1].end < 2 * NEAR
    if takes and (last is spans[-1] or lasts):
        return as_one_of(text, quantity, spans[-1])
    if _OF_THEM.match(text, quantity.end) and last in spans and last.start >= begin:
        counted = any(q.kind == "count" and q.start >= begin for q in past)
        within = counted and _WITHIN.search(text, max(begin, last.start - 9), last.start)
        if before.endswith("for ") or (not within and _SHORT_TAIL.fullmatch(text, last.end, quantity.start)):
            return as_one_of(text, quantity, last)
    if last.kind != "percentage" or (quantity.value or 0) > PERCENT_MOST or not text[quantity.start].isdigit():
        return None
    near = quantity.start - last.end < NEXT_BY and _STOPS.match(text, quantity.end) and before.endswith(", ")
    listed = (_ON.search(before) and text[quantity.end : quantity.end + 1] == ",") or _AMONG.search(before)
    return as_one_of(text, quantity, last) if near or listed else None


def _of_number(text: str, quantity: Quantity, begin: int) -> Quantity | None:
    """What the sentence says a number of ("the number of service members from about 150 to 900")."""
    if not _NUMBERED.search(text, begin, quantity.start):
        return None
    named = _NUMBER_OF.search(text, begin, quantity.start)
    if named is None:
        return None
    two = " ".join(text[named.start() : named.end(1)].split()[-2:])
    return of_noun(quantity, two if two in unit_table() else named[1])


def _spoken_of(
    text: str, quantity: Quantity, past: Sequence[Quantity], before: str, begin: int, floor: int
) -> Quantity | None:
    """What the sentence before speaks of and this one counts ("More mines came. We had two", "Radars are better. We need six")."""
    if not (_OBJECT_OF.search(before) or _MET.search(before)) or not _FREE.match(text, quantity.end):
        return None
    above = text[max(floor, begin - NEAR) : begin]
    subject = _SUBJECT.search(above)
    owned = _HAVE_A.search(above)
    more = list(_MORE_OF.finditer(above))
    found = more[-1] if more else owned or subject
    since = past[-1].end if past else floor
    if found is None or begin - len(above) + found.start(1) < since:
        return None
    noun = found[1].lower()
    if found is owned:
        noun = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeou" else f"{noun}s"
    unusable = noun in NO_PLURAL or noun.endswith(("ss", "us", "is"))
    return None if unusable or unit_table().get(noun, ("count", ""))[0] != "count" else of_noun(quantity, noun)


def _verb_again(text: str, quantity: Quantity, begin: int) -> Quantity | None:
    """What the same verb had before it ("One had filed a complaint, another had filed 38")."""
    verb = _VERB.search(text, max(begin, quantity.start - 30), quantity.start)
    at = text.rfind(f" {verb[1]} a", begin, verb.start()) if verb is not None else -1
    noun = _ITS_NOUN.match(text, at + len(verb[1]) + 1) if verb is not None and at >= 0 else None
    if noun is None:
        return None
    plural = f"{noun[1]}s"
    return of_noun(quantity, plural) if unit_table().get(plural, ("count", ""))[0] == "count" else None


def _object(
    text: str, quantity: Quantity, past: Sequence[Quantity], before: str, floor: int
) -> Quantity | None:
    """What is done something to, and not who does it ("two partners fired about 180")."""
    if not _OBJECT_OF.search(before) or _MORE.match(text, quantity.end) or _RATE.match(text, quantity.end):
        return None
    last = max(past, key=lambda q: q.end, default=None)
    if last is not None and _goes_on(last, quantity):
        return None
    counts = [
        q for q in past if q.kind == "count" and q.unit != "count" and quantity.start - q.end < STORY_BACK
    ]
    things = [q for q in counts if q.unit not in _DOERS and not hyphened(text, q)]
    if counts and things and counts[-1].unit in _DOERS and quantity.start - counts[-1].end < NEAR / 2:
        like = things[-1]
        value, other = quantity.value or 1, like.value or 1
        return as_one_of(text, quantity, like) if 1 / TIMES <= value / other <= TIMES else None
    if (counts and quantity.start - counts[-1].end < NEAR) or not _STOPS.match(text, quantity.end):
        return None
    return _named_before(text, quantity, floor)


def _goes_on(last: Quantity, quantity: Quantity) -> bool:
    """Whether a number goes on with the money or the measure right before it."""
    if last.kind == "money":
        return (quantity.value or 0) >= LEAST_MONEY
    return last.kind != "count" and quantity.start - last.end < 2 * NEXT_BY


def _named_before(text: str, quantity: Quantity, floor: int) -> Quantity | None:
    """What was named shortly before in the plural, or each of it ("my polite letters. I sent five")."""
    for found in reversed(list(_PLURAL.finditer(text, max(floor, quantity.start - 160), quantity.start))):
        noun = f"{found[1]}s" if found[1] else found[2]
        if noun in NO_PLURAL or noun.endswith(("ss", "us", "is")) or CUE.fullmatch(noun):
            continue
        kind, unit = unit_table().get(noun, ("count", ""))
        if (
            kind == "count"
            and unit != "person"
            and not POINTS_AT.search(text, max(floor, found.start() - 8), found.start())
        ):
            return of_noun(quantity, noun)
    return None


def _troops(text: str, quantity: Quantity, past: Sequence[Quantity], begin: int, floor: int) -> Quantity | None:
    """Troops that are sent, where the story last counted people ("Roughly 900 would be sent to the Pacific")."""
    if not _GO.match(text, quantity.end) or not _HEADS_SENTENCE.fullmatch(text, begin, quantity.start):
        return None
    counts = [q for q in past if q.kind == "count" and q.unit != "count"]
    if (
        not counts
        or counts[-1].unit != "person"
        or not PERSON_HINT.search(text, max(floor, begin - 3 * NEAR), begin)
    ):
        return None
    return of_noun(quantity, "people")


def _more(text: str, quantity: Quantity, past: Sequence[Quantity], begin: int, start: int) -> Quantity | None:
    """More of the one thing that the sentence names ("a patrol plane has left, and two more are ready")."""
    if not _MORE.match(text, quantity.end) or any(q.kind == "count" and q.start >= begin for q in past):
        return None
    things = _ONE_THING.findall(text, begin, quantity.start)
    asked = _HOW_MANY.findall(text, max(start, quantity.start - NEAR), quantity.start)
    if asked and not things:
        return of_noun(quantity, asked[-1])
    return of_noun(quantity, _PLURALS.get(things[-1], f"{things[-1]}s")) if things else None
