"""What a number counts: its unit, its noun, or what the paragraph speaks of."""

from __future__ import annotations

import re
from functools import lru_cache

from foedus.evidence.ages import aged
from foedus.evidence.heads import (
    AMONG_US,
    CASUALTIES,
    GROUP_FROM,
    HEADS_BACK,
    OF_A_CREW,
    OF_THE_HURT,
    OTHERS_HURT,
    PERSON_HINT,
)
from foedus.evidence.measures import part_of_unit
from foedus.evidence.members import members, seated
from foedus.evidence.national_money import SHARED, whose
from foedus.evidence.nouns import singular
from foedus.evidence.numerals import Number
from foedus.evidence.things import counted_noun, named_thing, of_what, unit_counted, unit_table

MILLION, BILLION = 1e6, 1e9
_OF_THOSE = re.compile(r"\s+of (?:them|these|those|us|you|which|whom)\b")
RANGE = re.compile(r"^(?:\s(?:to|or)\s|\s?[–—-]\s?|,? (?:perhaps|maybe|possibly|or even|if not) )$")
OLDEST = 106
AROUND = 1500
"""Characters on both sides in which a large number without a noun may be said to count people."""

_FORCE_OF = re.compile(
    r"\b(?:town|city|village|country|nation|island|community|congregation|school|staff|force|army|crew|population|contingent|garrison|team|workforce|crowd|audience|headcount|strength|company|platoon|squad|battalion|regiment|brigade|division|unit|detachment|mission|delegation)\s+of\s+(?:[a-z]+\s+){0,2}$"
)
_MONEY_HINT = re.compile(
    r"[$€£]|\b(?:dollars?|euros?|money|paid|pay|pays|spend|spent|spending|funds?|funding|budget|cost|costs|bills?|flow(?:ing|ed)? in|poured in|owe[sd]?|dues|revenues?|profits?|loss(?:es)?|price[sd]?|tax(?:es)?|subsid(?:y|ies)|loans?|borrow\w*|len[dt]\b|debts?|deficits?|wages?|salar(?:y|ies)|contracts?|fines?|invest\w*|aid)\b",
    re.IGNORECASE,
)
_COMPOUNDED = frozenset(
    "lane cell room bed door storey story floor deck engine barrel tube car coach carriage nation country state party judge word letter digit line volume chapter paragraph item vote warhead drone rocket round shell turbine reactor "
    "boat kit camp house hall hut roof gate test stage strike deal clause chapter panel pillar volley salvo submarine squadron flight crossing bridge plant mill mine yard dock hangar silo depot shaft room turret rotor propeller burner seater bed point berth bay track hole bottle bedroom tower span wheel mast page member seat ship vessel vehicle aircraft plane brigade division battalion battery gun tank missile jet helicopter submarine frigate carrier launcher base".split()
)
"""Nouns that a hyphen binds to a count ("a four-page notice")."""
_OF_THE = re.compile(
    r"\s+(?:(?:more |others )?(?:out )?of (?:(?:the|its|their|these|those|our|all|her|his|my|your|whose)(?: own| last| past| first| next| previous)?(?: [\w.]+[’']s| [\w.]+s[’'])?|[A-Z][\w.]*(?:[’']s|s[’']))(?: (?:roughly|about|some|nearly|almost|around|estimated|more than|over))?"
    r"(?: (?:\d[\d,]*(?:\.\d+)?(?: (?:thousand|million|billion))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)(?:-\w+)?)?"
    r"|(?:out )?of (?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)(?:-\w+)?)(?= )"
)
"""A part of a group that is counted too ("11 of the 31 allies")."""
_ONLY = re.compile(
    r"(?!\s+(?:may|might|must|should|would|will|could|can|does|did|never|always|cannot|ought|only|then|later|even|just|still|also|already|now|once|recently)\b)(?!\s+(?!bed\b|shed\b|sled\b|seed\b)[a-z]+ed\b(?! [a-z]+))(?!\s+(?!bed\b|shed\b|sled\b|seed\b)[a-z]+ed (?:on|in|at|to|as|by|from|with|for|of|and|but|or|a|the)\b)"
    r"\s+(?:(?:[a-z\-]+(?:ed|al|ic|ous|ive|ish|ern|ian|y)|[A-Z][\w.-]*|big|small|large|new|old|good|bad|full|single|more|short|long|light|heavy) ){0,2}"
    r"(?!(?:the|an?|his|her|its|their|our|my|each|apiece|out|off|up|down|into|onto|across|through|throughout|near|along|around|away|back|ago|here|there|now|too|per|via|within|without|behind|beyond|inside|outside|during|until|since|again|also|just|even|still|already|ever|never|instead|abroad|ashore|together|apart|ahead|forward|home|plus)\b|other\b|another\b|only\b|not\b|[a-z]+(?<![suip])s\b|of\b|in\b|about\b|with\b|for\b|from\b|on\b|by\b|day\b|thing\b|who\b|that\b|or\b|and\b|can\b|has\b|was\b|is\b|said\b|to\b|at\b|against\b|after\b|before\b|than\b|when\b|while\b|where\b|which\b|because\b|but\b|under\b|over\b|between\b|among\b|if\b|then\b|(?:north|south|east|west|morning|evening|afternoon|began|took|went|came|saw|felt|knew|thought|got|made|stood|sat|spoke|told|wrote|ran|fell|rose|found|kept|held|read|heard|gave|sank|met|brought|must|should|would|might|does|did)\b)([a-zà-ž]{3,})\b"
)
"""What "one" counts where it stands against another number."""
_ALONE = re.compile(r"[,;.)]|$| (?:and|or|in|on|at|for|from|with)\b")
_TOLD_APART = re.compile(
    r"\s+(?:promised|pledged|planned|it|they|that|needed|asked|required|ordered|agreed|delivered|sent|left|remaining|still|already)\b"
)
"""What follows "the three" where it counts what was named before."""
_ROOM = re.compile(r"\b(?:room|space|capacity) for (?:about |some |only |just )?$")
_A_YEAR = re.compile(r" (?:an?|each|every|per) (?:year|month|week|course|intake)\b")
"""Room for so many people in a time ("with room for 90 a year")."""
_YOU = re.compile(r"\b(?:[Yy]ou|[Ww]e) $")
_ALL_OF_US = re.compile(r"[,.;!?”\"’]|\s(?:at|in|over|there|here|on|from|are|were|have|will|can|know|by)\b")
"""Who is spoken to or of by number ("you three at the back")."""
_LISTED = re.compile(r"\b([a-z]+s): (?:(?:about|some|nearly|almost|roughly|at least|more than) )?$")
"""What stands before a colon is counted after it ("shells: two million a year")."""
_DETERMINED = re.compile(
    r"\b(?:the|these|those|other|last|first|past|next|no|any|every|all|our|my|us)\s+$", re.IGNORECASE
)
_OF_WHICH = re.compile(r"\bof (?:which|whom) (?:the |only |about )?(?:first |last |next )?$")
"""A part of what was counted before ("36 howitzers, of which the first six")."""
_WHO = re.compile(r"\s+who\b|\s+(?:said|replied|answered|responded|agreed|refused|applied|volunteered) ?")
"""Only people do so."""
_HEADS = re.compile(r"-(?:man|woman|person)\b(?! show\b| band\b)")
"""A crew by its heads ("a two-man crew")."""
_OR_TWO = re.compile(r"\b(?:[Aa]n?|[Oo]ne) ([a-z]+) or $")
"""What "or two" after it counts ("a platoon or two")."""
_KIN_OF = re.compile(
    r"\b(?:[Mm]um|[Dd]ad|[Mm]om|[Gg]ran|[Mm]other|[Ff]ather|mother|father|mum|mom|dad|gran|grandmother|grandfather)-of-$"
)
_OF_THE_ALLIES = re.compile(r"\b(?:one|none|each|most|many|some|all|any) of the $")
_YEARS_OLD = re.compile(r"\s+(?:\d\d|[a-z]+)-year-olds\b")
_ITEMS = re.compile(
    r"\b(?:draft|plan|list|programme|program|agenda|document|paper|proposal|manifesto|offer)(?: [a-z]+)? (?:of|has|had|with|contains|contained|lists|listed|sets out|set out|runs to|ran to) $"
)
"""What has points that are no percentage points."""
_BOUND = re.compile(
    r"-(?!odd\b|plus\b|some\b|strong\b|fold\b|to-|and-|year|degree\b|pound|star\b)([a-z]{3,}(?:man|person)?)(?![\w-])"
)
"""A noun that a hyphen binds to digits ("an 88-page report")."""
_AGE = re.compile(r"^[ -]years?[ -]old\b|^,? years old\b")


@lru_cache(maxsize=1)
def _unit_pattern() -> re.Pattern[str]:
    names = sorted((n for n, (kind, _) in unit_table().items() if kind != "count"), key=len, reverse=True)
    words = "|".join(re.escape(n) + ("" if n == "%" else r"\b") for n in names)
    return re.compile(rf"[ -]{{0,1}}({words})(?![’'](?!s|\s+worth))")


_OF_STONE = re.compile(r"[ -]stone(?= [a-z]+s\b| \w+ing\b|-)")
"""What is built of stone and weighs none ("two stone bridges")."""
_STRONG = re.compile(r"-strong\b| strong\b(?! [a-z]+s\b)")
_OF = re.compile(r"\s+of\s+(?:the\s+|its\s+|their\s+)?")


def unit_of(
    text: str, number: Number, after: str, start: int, end: int, following: Number | None
) -> tuple[str, str | None, str | None, int]:
    """Kind, unit, what is counted, and where the quantity's span ends."""
    if number.form == "money":
        return "money", number.currency, of_what(after), number.end
    if number.form == "fraction":
        part = part_of_unit(text, number)
        return part or ("fraction", "fraction", of_what(after), number.end)
    if (few := _or_two(text, number, after, start)) is not None:
        return *few, None, number.end
    if _STRONG.match(after):
        return "count", "person", "people", number.end
    of = _OF.match(after) if number.form in {"vague", "words"} else None
    offset = of.end() if of and (number.form == "vague") else 0
    measured = (
        _unit_pattern().match(after, offset) if not offset else _unit_pattern().match(" " + after[offset:])
    )
    if measured:
        name = measured.group(1)
        kind, unit = unit_table()[name]
        if not _OF_STONE.match(after, measured.start()) and not (
            kind == "money"
            and name in ("pound", "pounds")
            and re.match(
                r"\s+of\s+(?!aid|military|support|funding|taxpayers|investment|new)", after[measured.end() :]
            )
        ):
            stop = number.end + measured.end() + (offset - 1 if offset else 0)
            ratio = _AGE.match(after)
            if name == "points" and _scored(text, number, stop, start):
                return "count", "point", name, stop
            if name in SHARED:
                unit = whose(text, number, name, unit)
            if kind in {"percentage", "money"}:
                return kind, unit, of_what(text[stop : min(end, stop + 80)]), stop
            return kind, unit, "age" if ratio else None, stop
    heads = GROUP_FROM.search(text[max(start, number.start - 40) : number.start])
    if heads and number.form in ("digits", "words") and counted_noun(after, offset) is None:
        return "count", "person", "people", number.end
    shared = _shared_unit(text, number, following, end)
    if shared is not None:
        return shared
    return _counted(text, number, after, offset, start, end)


_MATCH = re.compile(
    r"\b(?:match|game|score|final|half-time|losing|lost|won|winning|beat|beaten|leading|trailing)\b"
)
_SCORE = re.compile(r" to (?:\d+|[a-z]+)(?=[.,;!?]|$)")


def _scored(text: str, number: Number, stop: int, start: int) -> bool:
    """Whether points are those of a plan or of a match ("losing 21 points to 17")."""
    if _ITEMS.search(text, max(start, number.start - 40), number.start):
        return True
    match = _MATCH.search(text, max(start, number.start - 60), number.start)
    return match is not None and _SCORE.match(text, stop) is not None


_PERCENT = re.compile(r" ?(?:percent|per cent|%|pc\b)")
_RESPECTIVELY = re.compile(r"[^.;:!?]{2,40},? respectively\b")
_JOINED = re.compile(r"(?: [A-Z][\w.]*(?<!s)){1,4} and ")
"""What stands between two counts of one thing ("twenty (20) U.S. Government and fifteen (15) contractor representatives")."""


_SHORT_OF = re.compile(
    r" (?:short|shy) of (?:(?:its|their|the|an?|his|her|our) )?(?:[a-z-]+ ){0,3}(?:about |some )?"
)
"""What stands between how many there are too few and how many there should be ("40 short of its target of 300 tanks")."""
_AND = re.compile(r"\sand\s")


def in_range(text: str, number: Number, following: Number) -> bool:
    """Whether two numbers are the ends of a range ("10 to 15", "between 3 and 4")."""
    between = text[number.end : following.start]
    return RANGE.match(between) is not None or (
        _AND.fullmatch(between) is not None
        and re.search(
            r"\b[Bb]etween\s+(?:about |some |roughly )?$", text[max(0, number.start - 16) : number.start]
        )
        is not None
    )


def _shared_unit(
    text: str, number: Number, following: Number | None, end: int
) -> tuple[str, str, str | None, int] | None:
    """First number of a range ("10 to 15 percent") takes the unit of the second."""
    if (
        following is None
        or aged(text, number, text[number.end : min(end, number.end + 20)], 0)
        or not (
            in_range(text, number, following)
            or _JOINED.fullmatch(text, number.end, following.start)
            or _SHORT_OF.fullmatch(text, number.end, following.start)
            or (
                text[number.end : following.start] == " and "
                and (_PERCENT.match(text, following.end) or _RESPECTIVELY.match(text, following.end))
            )
        )
    ):
        return None
    if following.form in ("money", "fraction"):
        return None
    kind, unit, counts, _ = unit_of(
        text, following, text[following.end : min(end, following.end + 160)], number.start, end, None
    )
    return (kind, unit, counts, number.end) if unit not in (None, "count") else None


def _counted(
    text: str, number: Number, after: str, offset: int, start: int, end: int
) -> tuple[str, str | None, str | None, int]:
    lone = number.form == "words" and not number.scaled
    before = text[max(start, number.start - 28) : number.start]
    determined = lone and _DETERMINED.search(before) and not _OF_WHICH.search(before)
    bound = _BOUND.match(after) if number.form == "digits" else None
    if bound is not None:
        name = bound[1].lower()
        kind, unit = unit_table().get(name, ("count", name)) if name != "member" else ("count", seated(after))
        return kind, unit, name, number.end + bound.end()
    joined = _JOINED_ON.match(after) if lone else None
    if joined is not None:
        return _compounded(joined, after, number)
    noun = counted_noun(after, offset)
    if (
        noun is not None
        and noun[0] not in unit_table()
        and _FORCE_OF.search(text[max(start, number.start - 40) : number.start])
    ):
        return "count", "person", "people", number.end
    if lone and number.value == 1:
        if _STATE.match(after):
            return "count", "member state", None, number.end
        only = None if determined else _ONLY.match(after)
        unit = _unit_of_one(_head(after, only)) if only else None
        return "count", unit, None, number.end
    group = _OF_THE.match(after) if noun is None and number.form in ("digits", "words") else None
    if group is not None:
        noun = counted_noun(after, group.end())
        if noun is None and (named := named_thing(after[group.end() :])) is not None:
            return "count", named, named, number.end
        noun = (noun[0], 99, noun[2]) if noun is not None else None
    if number.value == 1 and noun is None and (only := _ONLY.match(after)) and _ALONE.match(after, only.end()):
        return "count", _unit_of_one(_head(after, only)), None, number.end
    if noun is None or noun[0] in ("others", "ones"):
        return _nounless(text, number, after, start, end, bool(determined))
    name, stop, phrase = noun
    kind, unit = "count", unit_counted(name, phrase, after)
    if name == "members":
        unit = members(text, number.start, number.end, start, after[stop:]) or unit
    near = stop <= 24 and unit != "person" and " ".join(after[:stop].split()) == name
    return kind, unit, phrase.split("|")[0], number.end + stop if near else number.end


_STATE = re.compile(r" Member State\b")
_JOINED_ON = re.compile(r"-([a-z]+)")


def _compounded(joined: re.Match[str], after: str, number: Number) -> tuple[str, str | None, str | None, int]:
    """A count in words that a hyphen binds to its noun ("a four-boat build"), or to what is not counted ("two-tier")."""
    name = joined[1]
    if _HEADS.match(after):
        return "count", "person", "people", number.end
    if singular(name) not in _COMPOUNDED:
        return "count", None, None, number.end
    unit = seated(after) if name == "member" else _unit_of_one(name)
    return "count", unit, name, number.end


_HEAD = re.compile(
    r" (aircraft|base|battalion|battery|boat|bomber|brigade|carrier|company|contract|crossing|deal|destroyer|division|drone|factory|frigate|group|gun|headquarters|helicopter|jet|launcher|line|mine|missile|officer|official|plane|plant|platoon|port|post|radar|regiment|satellite|ship|shipyard|site|soldier|squadron|station|submarine|system|tank|tanker|team|unit|vehicle|vessel|wing)\b"
)
"""What heads a compound whose first noun is not counted ("one training ship")."""


def _head(after: str, only: re.Match[str]) -> str:
    """The noun that one is counted of."""
    head = _HEAD.match(after, only.end())
    return head[1] if head is not None else only[1]


def _unit_of_one(noun: str) -> str:
    """Unit of one thing, by its singular or its plural in the table."""
    kind, unit = unit_table().get(noun, unit_table().get(f"{noun}s", ("count", noun)))
    return unit if kind == "count" else noun


_TIMES_MORE = re.compile(r"\s+times\b")


_ONWARD = re.compile(
    r"(?:(?:,|,? and|;) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w-]+)? (?:about |some |only |just )?(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen))+ (?=[a-z-]{3,})(?!(?:in|of|to|from|by|at|for|and|on|per|percent|million|billion|years?|months?|days?)\b)"
)
"""A list whose last item alone has the noun ("Russia has 4,300, America 3,700 and China 600 warheads")."""


def _nounless(
    text: str, number: Number, after: str, start: int, end: int, determined: bool
) -> tuple[str, str | None, str | None, int]:
    """What a number counts with no noun in lower case after it."""
    lone = number.form == "words" and not number.scaled
    if _TIMES_MORE.match(after):
        return "count", None, None, number.end
    if (
        OF_A_CREW.match(after)
        or OTHERS_HURT.match(after)
        or OF_THE_HURT.match(after)
        or _YEARS_OLD.match(after)
    ):
        return "count", "person", "people", number.end
    if (
        number.value in (30, 31, 32)
        and number.form == "digits"
        and _OF_THE_ALLIES.search(text, max(start, number.start - 12), number.start)
    ):
        allied = re.search(
            r"\b(?:NATO|Nato|[Aa]lliance|[Aa]ll(?:y|ies))\b", text[max(0, start - 1000) : number.end]
        )
        if allied is not None:
            return "count", "ally", "allies", number.end
    onward = _ONWARD.match(after) if number.form in ("digits", "words") else None
    last = counted_noun(after, onward.end() - 1) if onward is not None else None
    if last is not None:
        return "count", unit_counted(last[0], last[2], after), last[0], number.end
    if text[max(start, number.start - 9) : number.start] == "ratio of " and after.startswith(" to "):
        return "count", "ratio", None, number.end
    named = named_thing(after)
    if named is not None:
        return "count", named, named, number.end
    before = text[max(start, number.start - HEADS_BACK) : number.start]
    if CASUALTIES.search(before) or (_ROOM.search(before) and _A_YEAR.match(after)):
        return "count", "person", "people", number.end
    if _YOU.search(before) and _ALL_OF_US.match(after):
        return "count", "person", "people", number.end
    if lone and not aged(text, number, after, start) and not AMONG_US.match(after):
        return "count", None if determined and not _TOLD_APART.match(after) else "count", None, number.end
    return _from_context(text, number, after, start, end)


def _or_two(text: str, number: Number, after: str, start: int) -> tuple[str, str] | None:
    """Kind and unit of "two" in "a platoon or two", and of a mother's children."""
    if number.form == "words" and _KIN_OF.search(text, max(start, number.start - 20), number.start):
        return "count", "person"
    if number.form != "words" or number.value not in (2, 3):
        return None
    found = _OR_TWO.search(text, max(start, number.start - 30), number.start)
    noun = counted_noun(after, 0) if found is not None else None
    if found is None or (noun is not None and noun[1] < len(noun[0]) + 2):
        return None
    return unit_table().get(found[1] + "s", unit_table().get(found[1], ("count", found[1])))


def _from_context(
    text: str, number: Number, after: str, start: int, end: int
) -> tuple[str, str | None, str | None, int]:
    listed = _LISTED.search(text[max(start, number.start - 24) : number.start])
    if listed is not None and (noun := counted_noun(" " + listed[1], 0)) is not None:
        kind, unit = unit_table().get(noun[0], ("count", singular(noun[0])))
        if kind == "count":
            return "count", unit, noun[0], number.end
    if (number.value or 0) < OLDEST and aged(text, number, after, start):
        return "duration", "year", "age", number.end
    if _WHO.match(after):
        return "count", "person", "people", number.end
    around = text[max(start, number.start - AROUND) : min(end, number.end + AROUND)]
    close = text[max(start, number.start - 160) : min(end, number.end + 80)]
    size = number.lower or number.value or 0
    large = (number.form == "vague" or number.scaled) and size >= MILLION
    if size >= BILLION and number.form != "vague" and not _OF_THOSE.match(after):
        return "money", "USD", None, number.end
    if large and not _OF_THOSE.match(after) and _MONEY_HINT.search(close):
        return "money", "USD", None, number.end
    if _FORCE_OF.search(text[max(start, number.start - 40) : number.start]):
        return "count", "person", "people", number.end
    before = text[max(start, number.start - HEADS_BACK) : number.start]
    if CASUALTIES.search(before) or AMONG_US.match(after):
        return "count", "person", "people", number.end
    if number.value is not None and number.value < OLDEST and (not number.scaled or number.form == "words"):
        return "count", "count" if number.form == "digits" else None, None, number.end
    if PERSON_HINT.search(close) or (number.value and number.value >= 1000 and PERSON_HINT.search(around)):
        return (
            "count",
            "person",
            "troops" if re.search(r"troop|soldier|forces", close) else "people",
            number.end,
        )
    return "count", "count", None, number.end
