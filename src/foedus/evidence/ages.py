"""Ages: numbers that say how old somebody is, most of them without a noun."""

from __future__ import annotations

import re

from foedus.evidence import tables
from foedus.evidence.lexicon import CUE, HONORIFIC, ROLE_NOUN
from foedus.evidence.numerals import Number
from foedus.evidence.records import Quantity

MIN_AGE, MAX_AGE = 15, 106
_AGED = re.compile(
    r"\b(?:man|woman|boy|girl|widow|widower|veteran|child|children|soldier|recruit|conscript|sailor|pensioner|volunteer|student|teenager|pilot|nurse|driver|farmer|fellow|fella|guy|lad|lass|kid|person|youth|worker|officer) (?:aged |of )(?:about |around |some |roughly |perhaps |maybe |barely )?$|\bas (?:young|old) as $|\bwill be $|(?:\b(?:[Hh]e|[Ss]he|I|who|recruit|age|son|daughter|brother|sister|husband|wife|father|mother|man|woman|boy|girl)|(?!It\b|This\b|That\b|There\b|What\b|Today\b)[A-Z][a-z]+)(?: (?:is|was|turned|turns)|[’']s)\s+(?:only |just |now |already )?$|(?:^|[\s“\"‘'])I(?: am|[’']m) (?:only |just |now |already )?$|\b(?:look(?:s|ed|ing)|felt|feels?|feeling) (?:about |nearly |more like )?$"
    r"|\b(?:man|woman|boy|girl|soldier|recruit|conscript|sailor|pilot|driver|victim|suspect|officer|volunteer|patient|student|youth) (?:who|that) (?:[a-z]+ ){1,5}(?:is|was) (?:only |just )?$|\b(?:[Tt]hey|[Ww]e|[Yy]ou)(?:[’']re| are| were) (?:all|both|each|mostly|still only|barely)(?: about| around| roughly| only| just| barely)? $|\bage (?:as|at) $|, (?:all|both|most|mostly|many|some|none)(?: of (?:them|whom))? (?:aged )?(?:under|over|below|above|aged) $|\b[Aa]n? [A-Z][a-z]+(?:an|sh|ch|i|ese|er|k|e|n) of $"
    r"|\b(?:[Tt]hose|[Pp]eople|[Aa]nyone|[Ee]veryone|[Vv]oters|[Aa]dults|[Mm]en|[Ww]omen|[Rr]espondents|[Cc]hildren|[Kk]ids|[Bb]oys|[Gg]irls|[Rr]eservists|[Vv]olunteers|[Rr]ecruits|[A-Z][a-z]+(?:ans|s|sh)) (?:aged )?(?:under|over|below|above|aged) $|\bage (?:of (?:\w+ ){1,3})?(?:now )?(?:is|was|exceeds|exceeded|reached|of) $"
)
"""Somebody's age without the word."""
_OVER = re.compile(
    r"(?:%|\b(?:per ?cent|[Tt]hey|[Mm]ost|[Mm]any|[Ss]ome|half|thirds?|quarters?|majority|men|women|volunteers|recruits|dead|victims|people|soldiers|conscripts|rest|others|average|in [a-z]+|\d[\d,]*)) (?:is|are|was|were) (?:already |now |well )?(?:over|under|above|below|aged) $"
)
"""A share of people by a limit of age ("7% were over 50")."""
_WHEN_SO_OLD = re.compile(
    r"\b(?:[Tt]hey|[Ww]e|[Yy]ou|I|[Hh]e|[Ss]he|who) (?:were|was|are|is) (?:only |just |about |barely |maybe )?(?:(?:\d+|[a-z]+) or )?$"
)
_WHEN = re.compile(r"(?: or (?:\d+|[a-z]+))? when [A-Za-z]")
"""How old somebody was when something happened ("They were five or six when the war began")."""
_NAMED_AGE = re.compile(r"(?:^|[^\w ] ?|[a-z] )([A-ZÀ-Ž][\w’-]+) (?:is|was) (?:only |just )?$")
_IN_A_YEAR = re.compile(
    r" in (?:(?:19|20)\d\d|January|February|March|April|May|June|July|August|September|October|November|December|the (?:spring|summer|autumn|fall|winter))\b"
)
_SOMEBODY = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Mm]y|[Oo]ur|[Tt]heir) (?!one\b)[a-z]+ who (?!sa(?:id|ys?)\b|thinks?\b|believes?\b|claims?\b)(?:(?!that\b|total\b|number\b|rate\b|figure\b|price\b|cost\b|count\b)[a-z]+ ){1,5}(?:is|was) (?:only |just )?$"
)
_AGES = re.compile(
    r"\b[Aa]ged (?:between |just |only )?(?:(?:\d+[½¼¾]?|[a-z]+),? (?:and |to |or )?){0,4}$|\b(?:youngest|oldest|eldest|baby|toddler)(?: of (?:them|us|these|the \w+)| [a-z]+){0,2} (?:is|was|turned|turns|would be) (?:just |only |now )?$|\b(?:youngest|oldest|eldest) (?:just |only )?$"
)
"""Ages one after the other ("children aged two, five and nine")."""
_HELD_AT = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[A-Z][a-z]+) (?:commanded|was|became|took|joined|enlisted|left|led|married|won|retired|died|got|made|entered)\b[^.;]{0,60} at $|\b(?:death|died|dies|dying|retired|retires|retirement)\b[^.;]{0,40}, at (?:only |just )?$"
)
_AT_AGE = re.compile(r"(?:^|[.!?]\s)At (?:just |only )?$")
_NOW_AGED = re.compile(
    r"(?:^|[.!?][”\"’]?\s)(?:Now|Then|Today|Still|Just|Only|Barely|Already)(?: (?:only|just|still|barely|aged))* $"
)
"""How a sentence opens that first tells how old its subject is ("Now 66, he ...")."""
_NO_SPEECH = re.compile(rf",? [\w ]{{2,40}}? {CUE.pattern}(?=[,.:;]| on \w+day)")
_THEN_WHO = re.compile(
    rf",? (?:he|she|(?:the|our|my|his|her) (?:[a-z-]+ ){{0,3}}?{ROLE_NOUN.pattern})\b|, [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:is|was|has)\b"
)
_TURNED = re.compile(r"\b(?:who|[Hh]e|[Ss]he|I|[A-Z][a-z]+) (?:will |had |has )?turn(?:ed|s)?\s+$")
_IN_BRACKETS = re.compile(r"([A-ZÀ-Ž][\w’'\-]*\.?) (?:[A-ZÀ-Ž][\w’'\-]+ ){1,3}\($")
"""A name before an age in brackets."""
_DESCRIBED = re.compile(r"\b[a-z]{3,}, $")
_SPEAKS = re.compile(rf"\),? (?:(?:who|was|is|has|had)\b|{CUE.pattern})")
"""What stands around a name and an age in brackets where the first name is not known ("the skipper, Donagh Reilly (58), told")."""
_KIN = r"(?:son|daughter|grandson|granddaughter|brother|sister|wife|husband|mother|father|niece|nephew|cousin|uncle|aunt|widow|widower|partner|fianc[eé]e?|grandmother|grandfather|boy|girl|child|toddler|baby|man|woman|twins?|pensioner|student|pupil|teenager|retiree)"
_APPOSED = re.compile(
    rf"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Aa]n?|[Tt]he|whose|[A-Z][\w-]+[’']s) (?:[a-z-]+ ){{0,2}}{_KIN}(?: [A-Z][a-z]+)?, $"
)
"""Somebody named by kinship before an age between commas ("his granddaughter, nine, died")."""
_CHILDREN = re.compile(
    r"\b(?:children|sons|daughters|kids|boys|girls|brothers|sisters|grandchildren|twins), (?:(?:\d+|[a-z]+)(?:, (?:and )?| and ))*$"
)
_CHILD_ENDS = re.compile(r"[,.;)]|$| and (?:\d+|[a-z]+)(?=[,.;)]|$)")
"""Ages of several children ("two children, four and six, fled")."""
_APPOSED_END = re.compile(r"[,.;)!?”\"’]|$|\s(?:and|who)\b")
_POSSESSED = re.compile(
    r"(?:[,;] (?:but|and|while) |\b(?!and\b|but\b|when\b|because\b|if\b|that\b|as\b|since\b|though\b|now\b|said\b|says\b|until\b|while\b)[a-z]+ )(?:[A-Z][\w-]+ ){0,2}[A-Z][\w-]+[’']s $"
)
"""Whose things are counted and not how old somebody is ("match the enemy's nine", "but Poland's six")."""
_LIMIT = re.compile(
    r"\b[Aa]ges?(?: limit| threshold| bracket| ceiling| group| cap)?(?: (?:for|of) [a-z]+(?: [a-z]+)?)?(?:,? (?:(?:has|had|have|will|would|should) )?(?:be |been |was |is |were )?(?:raised|lowered|cut|set|moved|fixed|reduced|increased|dropped|rose|fell|down|up))?(?: (?:from|to|at|of|is|was|between|below|above|under|over))?(?: (?:\d+|[a-z]+)(?: (?:to|and|or) |[–-]))? ?$"
)
"""A limit of age that is set or moved ("lowering the age from 25 to 23")."""
_AGED_RANGE = re.compile(
    r"\b[Aa]ged (?:between |from |about )?(?:(?:\d+[½¼¾]?|[a-z]+)(?: (?:to|and|or) |[–-]))?$"
)
_NO_NOUN = re.compile(
    r"[.,;)?!”\"’]|$|\s(?:and|to|or|were|was|who|in|at|is|are|has|have|had|must|shall|may|can|could|will|would|should|from|with|when|on|for|but|need|say|said|told|died|face|get|live|lived|serve|upon)\b"
)
"""What follows an age that has no noun ("men aged 18 must report")."""
_AGES_BETWEEN = re.compile(
    r"\b(?:[Tt]hose|[Pp]eople|[Aa]nyone|[Ee]veryone|[Vv]oters|[Aa]dults|[Mm]en|[Ww]omen|[Cc]itizens|[Cc]onscripts|[Rr]ecruits|[Rr]eservists|[Vv]olunteers|[Rr]espondents|[Rr]esidents|[Ss]tudents|[A-Z][a-z]+(?:ans|ns|es|ks|rs))(?: aged)? between (?:the ages of )?(?:(?:\d\d|[a-z-]+) and )?$|\b[Bb]etween the ages of (?:(?:\d\d|[a-z-]+) and )?$"
)
"""People between two ages ("half of Germans between 18 and 25")."""
_AND_AGE = re.compile(
    r" and (?:\d\d|[a-z]+(?:teen|ty)(?:-[a-z]+)?)(?=[.,;)?!”\"’]|$| (?:were|was|who|in|at|is|are|has|have|had|must|may|can|could|will|would|should|from|with|when|on|for|but|say|said|serve)\b)"
)
_RANGE_ON = re.compile(r"\s?[–-]\s?\d|\s(?:to|and|or)\s(?:\d|[a-z]+\b)")
_NAMED = re.compile(r"(?:(\w+) )?([A-ZÀ-Ž][\w’'\-]+\.?)(?: [A-ZÀ-Ž][\w’'\-]+\.?){1,3}, $")
"""A full name before an age that ends its clause ("said Carol Moss, 79.")."""
_SURNAME = re.compile(r"\b([a-z]+) (?:[A-ZÀ-Ž][\w’'\-]+ ){0,2}[A-ZÀ-Ž][\w’'\-]+, $")
"""Somebody who has just spoken ("said Hale, 29.")."""
_NOW = re.compile(r"[A-ZÀ-Ž][\w’'\-]+, (?:now|then|today) (?:just |only )?$")
_NOW_ENDS = re.compile(r"[.,;)?!”\"’]|$| (?:and|but|when|with|who)\b")
_CLAUSE_ENDS = re.compile(r"[.;!?”\"’]|$|\s(?:and|who)\b")
_LISTED = re.compile(r"\baged?\s+$|,\s(?:also |both |only |just |barely |still |already )?$|, \d\d and $")
_LISTED_ON = re.compile(r"\s*[,)]|\sand \d\d[,)]")
_GROUP = re.compile(r"\b(?:under|over)-(\d\d)s?\b(?!-)")
"""People by a limit of age ("the under-25s")."""


def aged(text: str, number: Number, after: str, start: int) -> bool:
    """Whether a bare number is somebody's age."""
    value = number.value or 0
    if (
        number.form not in ("digits", "words")
        or not 0 < value < MAX_AGE
        or (number.scaled and number.form == "digits")
    ):
        return False
    before = text[max(start, number.start - 60) : number.start]
    if _AGES.search(before) and _NO_NOUN.match(after):
        return True
    if _AGES_BETWEEN.search(before) and (
        _AND_AGE.match(after) or (before.endswith(" and ") and _NO_NOUN.match(after))
    ):
        return True
    if _AGED_RANGE.search(before) and (_RANGE_ON.match(after) or before[-1] in "–-"):
        return True
    return value > YOUNG and (_held(before, after, value) or _apposed(text, number, before, after, start))


YOUNG = 3
"""No younger age is told without the word."""


def _held(before: str, after: str, value: float) -> bool:
    """Whether words before a number say that somebody was so old."""
    if value >= MIN_AGE and _HELD_AT.search(before) and re.match(r"[.,;]|\s(?:and|in|from|of)\b|$", after):
        return True
    if value >= MIN_AGE and _NOW.search(before) and _NOW_ENDS.match(after):
        return True
    if value >= MIN_AGE and _AT_AGE.search(before) and _THEN_WHO.match(after):
        return True
    if value >= MIN_AGE and _NOW_AGED.search(before) and _THEN_WHO.match(after):
        return _NO_SPEECH.match(after) is None
    if _TURNED.search(before) and re.match(
        r"[.,;?!”\"’]|\s(?:in|on|last|this|and|when|next|a|have|has|must|will|are|can|may|before|after)\b|$",
        after,
    ):
        return True
    if _LIMIT.search(before) or (_WHEN_SO_OLD.search(before) and _WHEN.match(after)):
        return True
    if value >= MIN_AGE and _OVER.search(before) and _APPOSED_END.match(after):
        return True
    if value >= MIN_AGE and _SOMEBODY.search(before) and _APPOSED_END.match(after):
        return True
    named = _NAMED_AGE.search(before) if _IN_A_YEAR.match(after) else None
    if named is not None and named[1].lower() in tables.first_names():
        return True
    if _POSSESSED.search(before):
        return False
    return (
        _AGED.search(before) is not None
        and re.match(
            r"[.,;?!”\"’]|\s(?:and|when|now|are|is|were|would|will|to|with|who|has|have|say|could|can|may|might|should|from|then|but|at the time|only|go|goes|get|gets|pay|pays|need|must|enter|without|cannot)\b|$",
            after,
        )
        is not None
    )


def _apposed(text: str, number: Number, before: str, after: str, start: int) -> bool:
    """Whether an age stands behind a name or a word for somebody, between commas or in brackets."""
    if _CHILDREN.search(before) and _CHILD_ENDS.match(after):
        return True
    if _APPOSED.search(before) and _APPOSED_END.match(after):
        return True
    if number.form != "digits" or number.value != int(number.value or 0):
        return False
    if _LISTED.search(before[-12:]) and _LISTED_ON.match(after):
        return True
    if (number.value or 0) < MIN_AGE:
        return False
    spoken = _SURNAME.search(before) if _CLAUSE_ENDS.match(after) else None
    if spoken is not None and CUE.fullmatch(spoken[1]) is not None:
        return True
    named = _NAMED.search(before) if _CLAUSE_ENDS.match(after) else None
    if named is not None:
        told = named[1] is not None and CUE.fullmatch(named[1]) is not None
        return told or named[2].lower() in tables.first_names()
    return after.startswith(")") and _named_in_brackets(text, number, start)


def _named_in_brackets(text: str, number: Number, start: int) -> bool:
    """Whether a number in brackets stands behind somebody's name ("Mr Tom Hale (79)")."""
    found = _IN_BRACKETS.search(text, max(start, number.start - 60), number.start)
    if found is None:
        return False
    if _DESCRIBED.search(text, max(start, found.start() - 30), found.start(1)) and _SPEAKS.match(
        text, number.end
    ):
        return True
    first = found[1].lower().rstrip(".")
    return first in HONORIFIC or first in tables.first_names()


def groups(text: str, start: int, end: int, story: int) -> list[Quantity]:
    """Limits of age that name a group of people ("among under-25s")."""
    return [
        Quantity(m.start(1), m.end(1), m[1], float(m[1]), "year", "duration", "age", False, story=story)
        for m in _GROUP.finditer(text, start, end)
    ]
