"""Speakers told of by what stands beside a word for them: "one, a nurse from Maine, said", "she thinks", "one of whom called"."""

from __future__ import annotations

import re

from foedus.evidence.lexicon import ORG_WORDS, ROLE_NOUN
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import source_from
from foedus.evidence.strangers import ANYBODY, ONE_ALONE

_PUT_IN = re.compile(
    rf", (?P<who>[Hh]e|[Ss]he|[Tt]hey|(?:the |an? )?[A-Za-z][^,;:.{FILL}]{{2,60}}?) (?:also |then |still )?(?:thinks?|thought|says?|said|reckons?|reckoned|believes?|believed|fears?|feared|hopes?|hoped|guesses|guessed|estimates?|estimated|explains?|explained|recalls?|recalled|adds?|added|insists?|insisted|admits?|admitted|argues?|argued|notes?|noted|concedes?|conceded|suspects?|suspected|jokes?|joked|complains?|complained|remembers?|remembered)(?=[,.])"
)
_LOWER_BODIES = frozenset("garrison police".split()) | frozenset(w for w in ORG_WORDS if w.islower())
_BODY_REACHED = re.compile(
    r"\b(?:called|rang|phoned|asked|e-?mailed|contacted|approached|to|by|from|with|of) (?:the|its|their|his|her) (?P<who>(?:[a-z-]+ ){0,2}?(?P<last>[a-z]+))$"
)
_OF_WHOM = re.compile(
    rf"\b(?P<who>(?:[a-z-]+ )?[a-z-]+s|people|men|women|children)(?: (?:from|in|of|at|on|with|near|behind|for) [^,;:{FILL}]{{2,40}})?, (?:one|two|three|some|several|many|most|both|all|none|a few|another) of whom$"
)
_APART = re.compile(
    rf", (?:in|with|over|on|by|from|at|without|between|through|after|across|behind|under) [^,.;:{FILL}]{{2,50}}, (?=[A-Z]|an? |the |one )"
)
_WITHOUT_NAME = re.compile(
    r"\b(?:by|to|from|with|of|for|met|found|asked|and|but|heard|against|like|told|called|sent|saw|quoted|welcomed|invited|brought|included|featured) (?P<who>(?:an?|the|another|one|(?:his|her|its|their) own) (?:[A-Za-z][\w.-]* ){0,3}?[a-z-]+)(?: (?:from|in|of|at|on|with|near|behind|for) [^,;:]{2,40})?$"
)
_BARE_CLAUSE = re.compile(
    r"(?:an?|the|any|every) (?:[a-z-]+ ){0,2}?(?P<last>[a-z-]+) (?P<who>(?:the|its|their) (?:[\w’'-]+ ){0,4}[\w’'-]+)$"
)
_JOINS = frozenset(
    "of for to at in on by with from near under over about against inside outside behind and or than as beside beyond across between among before after during since until through without within like upon into onto along off past via around above below towards toward but nor".split()
)
_PLURAL = re.compile(
    r"(?:\S+ )*?[A-Za-z-]*[a-z](?<!ss)(?<=s)(?: (?:of|in|on|at|from|for|with|near|behind|under)\b.*)?"
)


def beside_one(scene: Scene, first: Source, start: int, end: int) -> Source | None:
    """Somebody told of right beside "one" or "another"."""
    if not ONE_ALONE.fullmatch(scene.text, first.start, first.end) or not scene.text.startswith(
        ("a ", "an "), start
    ):
        return None
    return source_from(scene, start, end) if ANYBODY.search(scene.text, start, end) else None


def put_in(scene: Scene, start: int, end: int) -> Source | None:
    """Whose thought a sentence tells by a clause put in ("A local would pay less, she thinks, and complain")."""
    found = _PUT_IN.search(scene.mask, start, end)
    return source_from(scene, *found.span("who")) if found is not None else None


def body_reached(scene: Scene, lo: int, tail: str) -> Source | None:
    """Body without a name of its own right before ", which"."""
    found = _BODY_REACHED.search(tail)
    if found is None or found["last"] not in _LOWER_BODIES:
        return None
    return source_from(scene, *(lo + at for at in found.span("who")))


def of_whom(scene: Scene, lo: int, tail: str) -> Source | None:
    """Those of whom one, or some, then speak ("26 listeners, one of whom called out")."""
    found = _OF_WHOM.search(tail) if tail.endswith(" whom") else None
    return source_from(scene, *(lo + at for at in found.span("who"))) if found is not None else None


def unnamed(scene: Scene, lo: int, tail: str) -> Source | None:
    """Person without a name right before ", who" ("corrected by an elder from the third row, who said")."""
    found = last = _WITHOUT_NAME.search(tail)
    while last is not None:
        found = last if ROLE_NOUN.search(last["who"]) else found
        last = _WITHOUT_NAME.search(tail, last.start() + 1)
    if found is None or not ROLE_NOUN.search(found["who"]):
        return None
    return source_from(scene, lo + found.start("who"), lo + found.end("who"))


def past_aside(scene: Scene, at: int, stop: int) -> int:
    """Where the subject begins after a verb of saying and how it was said (", in perfect French, Ann Cole")."""
    found = _APART.match(scene.mask, at, stop)
    return found.end() if found is not None else at


def past_noun(tail: str, cut: int) -> int:
    """Where the subject of a clause without "that" begins, behind the noun that it tells of ("a rate the staff considers")."""
    found = _BARE_CLAUSE.match(tail, cut)
    return found.start("who") if found is not None and found["last"] not in _JOINS else cut


def is_plural(name: str) -> bool:
    """Whether a noun phrase speaks of several."""
    return _PLURAL.fullmatch(name) is not None
