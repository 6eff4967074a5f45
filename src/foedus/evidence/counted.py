"""What a number counts: its unit, its noun, or what the paragraph speaks of."""

from __future__ import annotations

import re
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.nouns import MASS, singular
from foedus.evidence.numerals import Number

RANGE = re.compile(r"^(?:\s(?:to|or)\s|\s?[–—-]\s?)$")
PERSON_HINT = re.compile(
    r"\b(?:troops?|soldiers?|personnel|forces|servicem[ae]n|service members|army|people|men and women|contingent|deaths|killed|wounded|br(?:ing|ought)\w*\s(?:\S+\s){0,6}?home)\b",
    re.IGNORECASE,
)

_FORCE_OF = re.compile(
    r"\b(?:town|city|village|country|nation|island|community|congregation|school|staff|force|army|crew|population|contingent|garrison|team|workforce|crowd|audience|headcount|strength|company|platoon|squad|battalion|regiment|brigade|division|unit|detachment|mission|delegation)\s+of\s+(?:[a-z]+\s+){0,2}$"
)
_NOUN_TOKEN = re.compile(
    r"[\s-]*([A-Za-zÀ-ž][\w’'./]*(?:-[A-Za-z0-9][\w’']*)*|\d+(?:\.\d+)?[ -]?mm\b|\d[A-Z]\d?\b)"
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.){2,}")
_PUNCTUATION = re.compile(r"[,;:.!?()\"“”]")
_MODEL = re.compile(r"[A-Z][\w]*-\d+[A-Z]?s$")
"""A plural of a model's name ("F-16s")."""
_NOT_MEN = frozenset("specimen regimen acumen omen abdomen stamen semen yemen".split())
_PLANE = re.compile(
    r"\s+(?:[\w-]+ ){0,3}?(?:[A-Z]{1,3}-\d+\w*|jet|stealth|Eurofighter|Typhoon|Rafale|Gripen)\s+(?:jet |stealth )?fighters\b"
)
"""Fighters that fly."""
_MORE = frozenset(("more", "fewer", "extra", "additional", "further", "other"))
_STOP_WORDS = frozenset(
    """in on at to by for from with of and or but as than that which who whom whose is are was were be been being has have had will would could can may might must should do does did not no
    the a an this these those its their his her our per when while if after before since until because so it he she they we i you about into over under between among against during through across
    said says told say more less fewer other each ever also now then there here already still annually yearly away ago later earlier due plus versus times apart up down out off back instead including
    compared according where what how why both either stationed based deployed killed serving living made left went came sent gave took""".split()
)
_NOT_PLURAL = frozenset(
    "was has is does says its this his us as plus versus times always perhaps towards besides across less unless thus alas yes gas bus basis analysis crisis press mass class loss pass cross address process progress success access business congress series species news politics economics sales-tax james texas kansas overseas sometimes afterwards".split()
)
_SINGULAR_OK = frozenset(
    (
        "personnel",
        "people",
        "dead",
        "wounded",
        "staff",
        "servicemen",
        "servicewomen",
        "airmen",
        "congressmen",
        "policemen",
        "gunmen",
        "deputies",
    )
)
_PEOPLE = frozenset("people personnel staff troops men women children dead police".split())
_ATTRIBUTIVE = frozenset(
    "arms operations forces systems weapons communications sales defence-systems tracks special-forces".split()
)
_MONEY_HINT = re.compile(
    r"[$€£]|\b(?:dollars?|euros?|money|paid|pay|pays|spend|spent|spending|funds?|funding|budget|cost|costs|bills?|flow(?:ing|ed)? in|poured in|owe[sd]?|dues|invest\w*|aid)\b",
    re.IGNORECASE,
)
_COMPOUNDED = frozenset(
    "page member seat ship vessel vehicle aircraft plane brigade division battalion battery gun tank missile jet helicopter submarine frigate carrier launcher base".split()
)
"""Nouns that a hyphen binds to a count ("a four-page notice")."""
_OF_THE = re.compile(
    r"\s+(?:(?:out )?of (?:(?:the|its|their|these|those|our|all|her|his)(?: own)?(?: [\w.]+[’']s| [\w.]+s’)?|[A-Z][\w.]*(?:[’']s|s’))(?: (?:roughly|about|some|nearly|almost|around|estimated|more than|over))?"
    r"(?: (?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)(?:-\w+)?)?"
    r"|(?:out )?of (?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)(?:-\w+)?)(?= )"
)
"""A part of a group that is counted too ("11 of the 31 allies")."""
_ONLY = re.compile(
    r"\s+(?:(?:[a-z\-]+(?:ed|al|ic|ous|ive|ish|ern|ian|y)|big|small|large|new|old|good|bad|full|single|more|short|long|light|heavy) ){0,2}(?!of\b|in\b|about\b|with\b|for\b|from\b|on\b|by\b|day\b|thing\b|who\b|that\b|or\b|and\b|can\b|has\b|was\b|is\b|said\b|to\b|at\b)([a-z]{3,})\b"
)
"""What "one" counts where it stands against another number."""
_TOLD_APART = re.compile(
    r"\s+(?:promised|pledged|planned|it|they|that|needed|asked|required|ordered|agreed|delivered|sent|left|remaining|still|already)\b"
)
"""What follows "the three" where it counts what was named before."""
_AGED = re.compile(
    r"\b(?:man|woman|boy|girl|widow|widower|veteran|child|children) (?:aged |of )$|\bas (?:young|old) as $|\bwill be $|(?:\b(?:[Hh]e|[Ss]he|I|who|recruit|age|son|daughter|brother|sister|husband|wife|father|mother|man|woman|boy|girl)|(?!It\b|This\b|That\b|There\b|What\b|Today\b)[A-Z][a-z]+)(?: (?:is|was|turned|turns)|[’']s)\s+(?:only |just |now |already )?$"
    r"|\b(?:[Tt]hose|[Pp]eople|[Aa]nyone|[Ee]veryone|[Vv]oters|[Aa]dults|[Mm]en|[Ww]omen|[Rr]espondents|[A-Z][a-z]+(?:ans|s|sh)) (?:aged )?(?:under|over|below|above|aged) $|\bage (?:of (?:\w+ ){1,3})?(?:now )?(?:is|was|exceeds|exceeded|reached|of) $"
)
"""Somebody's age without the word."""
_TURNED = re.compile(r"\b(?:who|[Hh]e|[Ss]he|I|[A-Z][a-z]+) (?:will |had |has )?turn(?:ed|s)?\s+$")
_CASUALTIES = re.compile(
    r"\b(?:lost|killed|wounded|injured|killing|wounding|injuring|employs|employing|employed|recruited|conscripted|conscripts|mobili[sz]ed?|evacuated)\s+(?:(?:about|some|nearly|almost|at least|more than|another|over|up to|around|roughly)\s+)?$"
)
_AMONG_US = re.compile(
    r"\s+(?:voted|signed|abstained|died|were (?:killed|wounded|injured|arrested|elected|hurt)|attended|of (?:our|their|its|his) (?:finest|best|own|young)|dead|killed|wounded)\b"
)
_LISTED = re.compile(r"\b([a-z]+s): (?:(?:about|some|nearly|almost|roughly|at least|more than) )?$")
"""What stands before a colon is counted after it ("shells: two million a year")."""
GROUP_FROM = re.compile(
    r"\b(?:crew|staff|force|team|workforce|garrison|contingent)s?\s+(?:of |from )(?:[\w-]+ to )?$"
)
"""What changes its size in heads ("cuts the crew from five to three")."""
_DETERMINED = re.compile(
    r"\b(?:the|these|those|other|last|first|past|next|no|any|every|all|our|my|us)\s+$", re.IGNORECASE
)
_OF_WHICH = re.compile(r"\bof (?:which|whom) (?:the |only |about )?(?:first |last |next )?$")
"""A part of what was counted before ("36 howitzers, of which the first six")."""
_WHO = re.compile(r"\s+who\b|\s+(?:said|replied|answered|responded|agreed|refused|applied|volunteered) ?")
"""Only people do so."""
_OF_REGION = re.compile(r"\b(?:Baltic|Nordic|European|Gulf|Balkan|Western|frontline|front-line|[Mm]ember|neighbouring|neighboring|allied|nuclear|EU|NATO|Nato) states$")
"""States that are countries."""
_OF_BODY = re.compile(r"\b(?:NATO|Nato|EU|[Aa]lliance|[Bb]loc|UN)(?:[’']s?)? (?:[\w-]+ )?members\b|\bmembers of (?:NATO|Nato|the (?:alliance|EU|bloc|European Union))\b")
"""Members of a body of states."""
_NORWAY = re.compile(r"\b(?:Norw|Oslo)")
_DENMARK = re.compile(r"\b(?:Denmark|Danish|Danes?\b|Copenhagen)")
_BOUND = re.compile(
    r"-(?!odd\b|plus\b|some\b|strong\b|fold\b|to-|and-|year|degree\b|pound|star\b)([a-z]{3,}(?:man|person)?)(?![\w-])"
)
"""A noun that a hyphen binds to digits ("an 88-page report")."""
_AGE = re.compile(r"^[ -]years?[ -]old\b|^,? years old\b")


@lru_cache(maxsize=1)
def unit_table() -> dict[str, tuple[str, str]]:
    """Names of units and of counted things, to kind and unit."""
    return {
        name: (row["kind"], row["unit"]) for row in tables.rows("units.csv") for name in row["names"].split("|")
    }


@lru_cache(maxsize=1)
def _unit_pattern() -> re.Pattern[str]:
    names = sorted((n for n, (kind, _) in unit_table().items() if kind != "count"), key=len, reverse=True)
    words = "|".join(re.escape(n) + ("" if n == "%" else r"\b") for n in names)
    return re.compile(rf"[ -]{{0,1}}({words})(?![’'](?!s|\s+worth))")


def unit_of(
    text: str, number: Number, after: str, start: int, end: int, following: Number | None
) -> tuple[str, str | None, str | None, int]:
    """Kind, unit, what is counted, and where the quantity's span ends."""
    if number.form == "money":
        return "money", number.currency, _of_what(after), number.end
    if number.form == "fraction":
        return "fraction", "fraction", _of_what(after), number.end
    if after.startswith("-strong"):
        return "count", "person", "people", number.end
    of = re.match(r"\s+of\s+(?:the\s+|its\s+|their\s+)?", after) if number.form in {"vague", "words"} else None
    offset = of.end() if of and (number.form == "vague") else 0
    measured = (
        _unit_pattern().match(after, offset) if not offset else _unit_pattern().match(" " + after[offset:])
    )
    if measured:
        name = measured.group(1)
        kind, unit = unit_table()[name]
        if not (
            kind == "money"
            and name in ("pound", "pounds")
            and re.match(
                r"\s+of\s+(?!aid|military|support|funding|taxpayers|investment|new)", after[measured.end() :]
            )
        ):
            stop = number.end + measured.end() + (offset - 1 if offset else 0)
            ratio = _AGE.match(after)
            if name == "kroner" and len(_NORWAY.findall(text)) > len(_DENMARK.findall(text)):
                unit = "NOK"
            if kind in {"percentage", "money"}:
                return kind, unit, _of_what(text[stop : min(end, stop + 80)]), stop
            return kind, unit, "age" if ratio else None, stop
    heads = GROUP_FROM.search(text[max(start, number.start - 40) : number.start])
    if heads and number.form in ("digits", "words") and counted_noun(after, offset) is None:
        return "count", "person", "people", number.end
    shared = _shared_unit(text, number, following, end)
    if shared is not None:
        return shared
    return _counted(text, number, after, offset, start, end)


_PERCENT = re.compile(r" ?(?:percent|per cent|%|pc\b)")
_JOINED = re.compile(r"(?: [A-Z][\w.]*(?<!s)){1,4} and ")
"""What stands between two counts of one thing ("twenty (20) U.S. Government and fifteen (15) contractor representatives")."""


def in_range(text: str, number: Number, following: Number) -> bool:
    """Whether two numbers are the ends of a range ("10 to 15", "between 3 and 4")."""
    between = text[number.end : following.start]
    return RANGE.match(between) is not None or (
        re.fullmatch(r"\sand\s", between) is not None
        and re.search(r"\b[Bb]etween\s+(?:about |some |roughly )?$", text[max(0, number.start - 16) : number.start]) is not None
    )


def _shared_unit(
    text: str, number: Number, following: Number | None, end: int
) -> tuple[str, str, str | None, int] | None:
    """First number of a range ("10 to 15 percent") takes the unit of the second."""
    if following is None or not (
        in_range(text, number, following)
        or _JOINED.fullmatch(text, number.end, following.start)
        or (text[number.end : following.start] == " and " and _PERCENT.match(text, following.end))
    ):
        return None
    if following.form == "money":
        return None
    kind, unit, counts, _ = unit_of(
        text, following, text[following.end : min(end, following.end + 160)], number.start, end, None
    )
    return (kind, unit, counts, number.end) if unit is not None else None


def _counted(
    text: str, number: Number, after: str, offset: int, start: int, end: int
) -> tuple[str, str | None, str | None, int]:
    lone = number.form == "words" and not number.scaled
    before = text[max(start, number.start - 28) : number.start]
    determined = lone and _DETERMINED.search(before) and not _OF_WHICH.search(before)
    bound = _BOUND.match(after) if number.form == "digits" else None
    if bound is not None:
        name = bound[1].lower()
        kind, unit = unit_table().get(name, ("count", name)) if name != "member" else ("count", name)
        return kind, unit, name, number.end + bound.end()
    noun = counted_noun(after, offset)
    if noun is not None and noun[0] not in unit_table() and _FORCE_OF.search(text[max(start, number.start - 40) : number.start]):
        return "count", "person", "people", number.end
    if lone and number.value == 1:
        only = None if determined else _ONLY.match(after)
        unit = unit_table().get(only[1], ("count", only[1]))[1] if only else None
        return "count", unit, None, number.end
    group = _OF_THE.match(after) if noun is None and number.form in ("digits", "words") else None
    if group is not None:
        noun = counted_noun(after, group.end())
        noun = (noun[0], 99, noun[2]) if noun is not None else None
    if noun is None or noun[0] == "others":
        if re.match(r"\s+times\b", after):
            return "count", None, None, number.end
        if noun is not None and re.match(r"\s+others (?:were|was|had been) [a-z]+ed|\s+others\b[^.;]{0,40}\b(?:hurt|wounded|injured|killed)", after):
            return "count", "person", "people", number.end
        named = _named(after)
        if named is not None:
            return "count", named, named, number.end
        aged = _aged(text, number, after, start)
        if lone and not aged and not _AMONG_US.match(after):
            return "count", None if determined and not _TOLD_APART.match(after) else "count", None, number.end
        return _from_context(text, number, after, start, end)
    name, stop, phrase = noun
    if lone and after.startswith("-") and singular(name) not in _COMPOUNDED:
        return "count", None, None, number.end
    kind, unit = "count", _unit_counted(name, phrase, after)
    around = text[max(start, number.start - 16) : number.end + 40]
    if name == "members" and _OF_BODY.search(around):
        unit = "ally" if re.search(r"NATO|Nato|lliance", around) else "member"
    if name == "states" and _OF_REGION.search(after[:stop]):
        unit = "country"
    near = stop <= 24 and unit != "person" and " ".join(after[:stop].split()) == name
    return kind, unit, phrase.split("|")[0], number.end + stop if near else number.end


def _named(after: str) -> str | None:
    """What a number counts that is named in capitals: a people, or a weapon by its maker's name ("48 F-15E Strike Eagles")."""
    found = _IN_CAPITALS.match(after)
    if found is None:
        return None
    words = found.group().split()
    model = words[0].rstrip("s") if _DESIGNATION.fullmatch(words[0]) else None
    last = words[-1]
    if last.lower() in unit_table() or singular(last).lower() in tables.adjectives():
        return unit_table().get(last.lower(), ("count", "person"))[1]
    if model is None and not (last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(words) < 3 and not _TITLED.search(last)):
        return None
    return model or " ".join([*words[:-1], singular(last)])


_IN_CAPITALS = re.compile(r"\s(?:[A-Z][\w-]*\d[\w-]*|[A-Z][a-z]+)(?: (?:[A-Z][a-z]+|\d[A-Z]?s?\b))*(?=[.,;:!?)”\"]|\s+(?!(?:of|Street|Road)\b)[a-z]|$)")
_DESIGNATION = re.compile(r"[A-Z]{1,4}-?\d[\w-]*")
_TITLED = re.compile(r"(?:News|Times|States|Nations|Forces|Affairs|Operations|Services|Works|Systems|days)$")


def _unit_counted(name: str, phrase: str, after: str) -> str:
    """What a counted noun is a number of: the table's unit, or its singular."""
    kind, unit = unit_table().get(
        phrase.rsplit("|", maxsplit=1)[-1], unit_table().get(name, ("count", singular(name)))
    )
    if name == "fighters" and _PLANE.match(after):
        return "aircraft"
    if unit.endswith("men") and unit not in _NOT_MEN:
        return "person"
    return unit if kind == "count" else singular(name)


def _aged(text: str, number: Number, after: str, start: int) -> bool:
    """Whether a bare number is somebody's age."""
    before = text[max(start, number.start - 60) : number.start]
    if _TURNED.search(before) and 3 < (number.value or 0) < 106 and re.match(r"[.,;?!”\"’]|\s(?:in|on|last|this|and|when|next|a)\b|$", after):
        return True
    return (
        3 < (number.value or 0) < 106
        and _AGED.search(before) is not None
        and re.match(r"[.,;?!”\"’]|\s(?:and|when|now|are|is|were|would|will|to|with|who|has|have|say)\b|$", after) is not None
    )


def _from_context(
    text: str, number: Number, after: str, start: int, end: int
) -> tuple[str, str | None, str | None, int]:
    listed = _LISTED.search(text[max(start, number.start - 24) : number.start])
    if listed is not None and (noun := counted_noun(" " + listed[1], 0)) is not None:
        kind, unit = unit_table().get(noun[0], ("count", singular(noun[0])))
        if kind == "count":
            return "count", unit, noun[0], number.end
    if _WHO.match(after):
        return "count", "person", "people", number.end
    around = text[start:end]
    close = text[max(start, number.start - 160) : min(end, number.end + 80)]
    large = (number.form == "vague" or number.scaled) and (number.lower or number.value or 0) >= 1e6
    if large and _MONEY_HINT.search(close):
        return "money", "USD", None, number.end
    if _FORCE_OF.search(text[max(start, number.start - 40) : number.start]):
        return "count", "person", "people", number.end
    before = text[max(start, number.start - 40) : number.start]
    if _CASUALTIES.search(before) or _AMONG_US.match(after):
        return "count", "person", "people", number.end
    if number.value is not None and number.value < 106 and (not number.scaled or number.form == "words"):
        if _aged(text, number, after, start):
            return "duration", "year", "age", number.end
        if (
            number.form == "digits"
            and number.value == int(number.value)
            and re.search(r"\baged?\s+$|,\s$", text[max(start, number.start - 6) : number.start])
            and re.match(r"\s*[,)]", after)
        ):
            return "duration", "year", "age", number.end
        return "count", "count" if number.form == "digits" else None, None, number.end
    if PERSON_HINT.search(close) or (number.value and number.value >= 1000 and PERSON_HINT.search(around)):
        return (
            "count",
            "person",
            "troops" if re.search(r"troop|soldier|forces", close) else "people",
            number.end,
        )
    return "count", "count", None, number.end


def counted_noun(after: str, offset: int) -> tuple[str, int, str] | None:
    """The counted noun after a number: its form, where it ends, and the phrase it heads."""
    at = offset
    words: list[str] = []
    best: tuple[str, int, str] | None = None
    for _ in range(11):
        token = _NOUN_TOKEN.match(after, at)
        if token is None or _PUNCTUATION.search(after, at, token.start(1)):
            break
        word = token.group(1) if _INITIALS.fullmatch(token.group(1)) else token.group(1).rstrip(".")
        low = word.lower()
        if (low in _MORE and not words) or (low == "and" and words and best is None):
            at = token.end()
            continue
        owns = low.endswith(("s’", "s'"))
        if low in _STOP_WORDS or (word.endswith(("’", "'", "’s", "'s")) and not owns):
            break
        word, low = (word[:-1], low[:-1]) if owns else (word, low)
        at = token.end() - (len(token.group(1)) - len(word))
        if _is_counted_noun(word, low, not words) or _is_named_kind(after, at, word, low, not words):
            words.append(word)
            best = (low if word[0].islower() else word, at, _phrase(words))
            if not _goes_on(after, at, low):
                break
        else:
            words.append(word)
            if best is not None and not (best[0] in MASS and word.islower() and word.endswith("ing")):
                break
        if after[at : at + 1] in ",;:.!?()":
            break
    if best is None and offset == 0 and after.startswith("-") and words:
        return words[0].split("-")[0].lower(), len(words[0]) + 1, words[0] + "|" + words[0].lower()
    return best


def _phrase(words: list[str]) -> str:
    return " ".join(words) + "|" + " ".join(w.lower() for w in words[-2:])


def _is_counted_noun(word: str, low: str, first: bool) -> bool:
    """Whether a word is a plural, or a mass of countable things."""
    plural = (
        (low.endswith("s") and not low.endswith(("ss", "us", "is")) and low not in _NOT_PLURAL and len(low) > 2)
        or low in MASS
        or (low.endswith("men") and low not in _NOT_MEN)
        or (first and low in _SINGULAR_OK and unit_table().get(low, ("", ""))[0] == "count")
    )
    return plural and (word[0].islower() or word in unit_table() or bool(_MODEL.match(word)))


def _is_named_kind(after: str, at: int, word: str, low: str, first: bool) -> bool:
    """Whether a plural in capitals is what is counted ("100 Senators", "114 Rafales")."""
    return (
        first
        and word[0].isupper()
        and word[1:].islower()
        and (
            low in unit_table() or (low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 4)
        )
        and re.match(r"\s+(?:[A-Z]|[a-z]+s\b(?<!\bwas)(?<!\bhas)(?<!\bis))", after[at:]) is None
    )


def _goes_on(after: str, at: int, low: str) -> bool:
    """Whether a plural is only the first part of what is counted ("arms deals", "aircraft carriers")."""
    follows = _NOUN_TOKEN.match(after, at)
    return (
        follows is not None
        and (low in _ATTRIBUTIVE or low in MASS - _PEOPLE)
        and follows.group(1).isascii()
        and follows.group(1).isalpha()
        and follows.group(1).islower()
        and follows.group(1) not in _STOP_WORDS
        and follows.group(1) not in _NOT_PLURAL
    )


def _of_what(after: str) -> str | None:
    found = re.match(
        r"\s*(?:of|in|for|worth of)\s+(?:the\s+|its\s+|their\s+|his\s+|her\s+)?((?:[\w’'\-.]+\s?){1,6})", after
    )
    if found is None:
        return None
    words: list[str] = []
    for word in found.group(1).split():
        if words and word.lower().strip(".,") in _STOP_WORDS - {"of"}:
            break
        words.append(word.strip(".,"))
        if word.endswith((".", ",")):
            break
    return " ".join(words) or None
