"""The nouns after a number: which of them is counted, and its unit."""

from __future__ import annotations

import re
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.nouns import MASS, singular

_NOUN_TOKEN = re.compile(
    r"[\s-]*([A-Za-zÀ-ž][\w’'./]*(?:-[A-Za-z0-9][\w’']*)*|\d+(?:\.\d+)?[ -]?mm\b|\d[\d,]*(?:\.\d+)?(?:-(?!year|to-|and-)[a-z]{3,}|-?(?:kg|lb|hp|kW|MW))\b|\d[A-Z]\d?\b|(?<=[a-zA-Z] )\d{1,3}(?= (?:[A-Z]\d[\w]* |[a-z]+ )?[a-z]+s\b))"
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.){2,}")
_CLOSES = re.compile(r"\.+[’']?$")
"""A full stop after a noun, with the mark that closes somebody's words."""
_PUNCTUATION = re.compile(r"[,;:.!?()\"“”]")
_INITIALLED = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,5}s")
"""A plural of initials ("40 MRAPs")."""
_MODEL = re.compile(r"[A-Z][\w]*-\d+[A-Z]?s$")
"""A plural of a model's name ("F-16s")."""
NOT_MEN = frozenset("specimen regimen acumen omen abdomen stamen semen yemen".split())
_PLANE = re.compile(
    r"\s+(?:[\w-]+ ){0,3}?(?:[A-Z][A-Za-z]{0,2}-\d+\w*|jet|stealth|Eurofighter|Typhoon|Rafale|Gripen)\s+(?:jet |stealth )?fighters\b"
)
"""Fighters that fly."""
_HEADS_OF = re.compile(
    r"\s+(?:[\w’'-]+ ){0,3}?heads of (?!lettuce|cabbage|garlic|cattle|sheep|livestock|broccoli|wheat|barley|grain)"
)
"""Heads who are people ("23 European heads of government")."""
_MORE = frozenset(("more", "fewer", "extra", "additional", "further", "other"))
_STOP_WORDS = frozenset(
    """in on at to by for from with of and or but as than that which who whom whose is are was were be been being has have had will would could can may might must should do does did not no
    the a an this these those its their his her our per when while if after before since until because so it he she they we i you about into over under above below beneath beside opposite between among against during through across
    said says told say more less fewer other each ever also now then there here already still annually yearly away ago later earlier due plus versus times apart up down out off back instead including
    compared according where what how why both either stationed based deployed killed serving living made left went came sent gave took within without throughout along beyond behind despite amid outside inside upon via onto until till toward towards today tomorrow yesterday tonight
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety""".split()
)
_NOT_PLURAL = frozenset(
    "was has is does says its this his us as plus versus times always perhaps towards besides across less unless thus alas yes becomes remains seems appears goes gets comes gives makes takes says tells asks thinks begins happens belongs exists contains consists allows gas bus basis analysis crisis press mass class loss pass cross address process progress success access business congress series species news politics economics sales-tax james texas kansas overseas sometimes afterwards".split()
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


@lru_cache(maxsize=1)
def unit_table() -> dict[str, tuple[str, str]]:
    """Names of units and of counted things, to kind and unit."""
    return {
        name: (row["kind"], row["unit"]) for row in tables.rows("units.csv") for name in row["names"].split("|")
    }


def named_thing(after: str) -> str | None:
    """What a number counts that is named in capitals: a people, or a weapon by its maker's name ("48 F-15E Strike Eagles")."""
    found = _IN_CAPITALS.match(after)
    if found is None:
        return None
    words = found.group().split()
    if words == ["Member", "States"]:
        return "member state"
    if len(words) > 1 and words[0].lower() in tables.adjectives():
        words = words[1:]
    for name in (words[-1], " ".join(words)):
        if name in unit_table():
            return unit_table()[name][1]
    model = words[0].rstrip("s") if _DESIGNATION.fullmatch(words[0]) else None
    last = words[-1]
    alone = len(words) == 1 and last.lower() in unit_table()
    if alone or singular(last).lower() in tables.adjectives():
        return unit_table().get(last.lower(), ("count", "person"))[1]
    if model is None and not (
        last.endswith("s")
        and not last.endswith(("ss", "us", "is"))
        and len(words) < 3
        and not _TITLED.search(last)
    ):
        return None
    return model or " ".join([*words[:-1], singular(last)])


_IN_CAPITALS = re.compile(
    r"\s(?:[A-Z][\w-]*\d[\w-]*|[A-Z][a-z]+)(?: (?:[A-Z][a-z]+|\d[A-Z]?s?\b))*(?=[.,;:!?)”\"]|\s+(?!(?:of|Street|Road)\b)[a-z]|$)"
)
_DESIGNATION = re.compile(r"[A-Z]{1,4}-?\d[\w-]*")
_TITLED = re.compile(r"(?:News|Times|States|Nations|Forces|Affairs|Operations|Services|Works|Systems|days)$")


def unit_counted(name: str, phrase: str, after: str) -> str:
    """What a counted noun is a number of: the table's unit, or its singular."""
    kind, unit = unit_table().get(
        phrase.rsplit("|", maxsplit=1)[-1], unit_table().get(name, ("count", singular(name)))
    )
    if name == "heads" and _HEADS_OF.match(after):
        return "person"
    if name == "fighters" and _PLANE.match(after):
        return "fighter"
    if unit.endswith("men") and unit not in NOT_MEN:
        return "person"
    return unit if kind == "count" else singular(name)


def counted_noun(after: str, offset: int) -> tuple[str, int, str] | None:
    """The counted noun after a number: its form, where it ends, and the phrase it heads."""
    at = offset
    words: list[str] = []
    best: tuple[str, int, str] | None = None
    for _ in range(11):
        token = _NOUN_TOKEN.match(after, at)
        if token is None or _PUNCTUATION.search(after, at, token.start(1)):
            break
        word = token.group(1)
        word = word if _INITIALS.fullmatch(word) else _CLOSES.sub("", word)
        low = word.lower()
        if word.isdigit() and not (words and words[-1][0].isupper()):
            break
        if (low in _MORE and not words) or (low == "and" and words and best is None):
            at = token.end()
            continue
        owns = low.endswith(("s’", "s'"))
        if low == "serving" and not words and _BEFORE_PLURAL.match(after, token.end()):
            at = token.end()
            continue
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
            if best is not None and not (
                best[0] in MASS and word.islower() and (word.endswith("ing") or _BEFORE_PLURAL.match(after, at))
            ):
                break
        if after[at : at + 1] in ",;:.!?()":
            break
    if best is None and offset == 0 and after.startswith("-") and words and not _ODD.match(after):
        return words[0].split("-")[0].lower(), len(words[0]) + 1, words[0] + "|" + words[0].lower()
    return best


_ODD = re.compile(r"-(?:odd|plus|some|strong)\b")
_BEFORE_PLURAL = re.compile(
    r" (?!was\b|has\b|is\b|says\b|this\b|its\b|his\b|always\b|across\b)[a-z]{3,}s\b(?<!ss)"
)
"""What follows a word inside a compound ("ammunition resupply vehicles")."""


def _phrase(words: list[str]) -> str:
    return " ".join(words) + "|" + " ".join(w.lower() for w in words[-2:])


def _is_counted_noun(word: str, low: str, first: bool) -> bool:
    """Whether a word is a plural, or a mass of countable things."""
    plural = (
        (low.endswith("s") and not low.endswith(("ss", "us", "is")) and low not in _NOT_PLURAL and len(low) > 2)
        or low in MASS
        or (low.endswith("men") and low not in NOT_MEN)
        or (first and low in _SINGULAR_OK and unit_table().get(low, ("", ""))[0] == "count")
    )
    return plural and (word[0].islower() or word in unit_table() or bool(_MODEL.match(word)))


def _is_named_kind(after: str, at: int, word: str, low: str, first: bool) -> bool:
    """Whether a plural in capitals is what is counted ("100 Senators", "114 Rafales")."""
    if _INITIALLED.fullmatch(word):
        return first
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


_OF_WHAT = re.compile(
    r"\s*(?:of|in|for|worth of)\s+(?:the\s+|its\s+|their\s+|his\s+|her\s+)?((?:[\w’'\-.]+\s?){1,6})"
)


def of_what(after: str) -> str | None:
    """What an amount or a share is of, as the text says it."""
    found = _OF_WHAT.match(after)
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
