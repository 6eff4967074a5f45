"""Bodies by their full names: "the department", "a spokesman for the commission", "a spokesperson" of the body just named."""

from __future__ import annotations

import re

from foedus.evidence.lexicon import NOT_NAME
from foedus.evidence.names import is_place_or_group
from foedus.evidence.phrases import DETERMINER
from foedus.evidence.scene import Scene
from foedus.evidence.strangers import body_before

_SHORT = frozenset(
    "department ministry commission agency committee council institute bank embassy bureau parliament senate union party command authority directorate foundation association federation".split()
)
"""Words by which a body is called once its story has named it."""
_VOICE = re.compile(r"(?P<role>(?:[a-z]+ )?spokes(?:man|woman|person)) (?:for|of) (?:the )?(?P<who>\S.*)")
_OWNED = re.compile(r"(?P<who>[A-Z][\w.& -]*?)[’']s? (?P<role>spokes(?:man|woman|person))")
_NUMBER_TEN = re.compile(r"\b(?:No\.? ?|Number )(?:10\b|Ten\b)(?: Downing Street)?")
_ALONE = re.compile(r"(?:official |senior |government )?spokes(?:man|woman|person)")
_ASKED = re.compile(
    r"\b(?:(?:[Ww]e|I|[A-Z]\w+) (?:have |had |also )?(?:put|sent|showed|took|passed|submitted) [^.;:]{2,60}? to|(?:asked|contacted|approached|rang|phoned|e-?mailed|wrote to|turned to|consulted)) the (?P<who>(?:[A-Z][\w-]+ ){0,3}?(?:(?:[a-z]+ )?(?:embassy|ministry|department|government|army|navy|office|mission|consulate|council|commission|police)|(?:of |for )?[A-Z][\w-]+))(?= (?:in|for|about|whether|on|to|why|how|what|at)\b|[.,])"
)
"""A body that is asked something."""
_FIRMS = frozenset(
    "company firm manufacturer producer maker shipyard yard supplier contractor shipbuilder builder start-up startup".split()
)
_STAFF = {
    word: re.compile(
        rf"(?:[A-Z][\w’'-]+ (?:of )?(?:the )?){{0,3}}(?:{stem})\b(?: (?:Office|Board|Service|Agency|Chamber|Commission|Authority|Bureau|Institution|General))?"
    )
    for word, stem in (
        ("auditors", "Audit|Auditors"),
        ("inspectors", "Inspectorate|Inspection"),
        ("regulators", "Regulation|Regulatory|Regulator"),
    )
}
"""Those who speak for a body that is named by their trade."""
_OPENS_WITH = re.compile(
    r"(?P<who>[A-Z][\w&-]+(?: [A-Z][\w&-]+){0,3}?)(?:[’']s? (?=[a-z])|(?<!s) (?=(?:has|is|was|will|would|says?|said|plans|expects|wants|may|can|could|[a-z]+ed) ))"
)
"""A name that opens a story, as its subject or as an owner."""
_HEADQUARTERS = {"department": ("Pentagon",), "ministry": ()}
"""Bodies that go by the name of their house."""
BACK = 3000
"""Characters before a short name within which the full one stands."""


def _firm(scene: Scene) -> str | None:
    """Company with whose name the story opens."""
    start, end = scene.spans[min(scene.lead, len(scene.spans) - 1)]
    found = _OPENS_WITH.match(scene.mask, start, end)
    name = found["who"] if found is not None else ""
    words = name.split()
    if not words or words[0].lower() in NOT_NAME or is_place_or_group(words):
        return None
    return None if any(m.start == start for m in scene.cast.mentions) else name


def _asked(scene: Scene, at: int) -> str | None:
    """Body that the sentence before says was asked ("We put our findings to the Russian embassy. A spokesman replied ...")."""
    begin = max(scene.floor, scene.mask.rfind("\n", 0, at) + 1)
    asked = [m for m in _ASKED.finditer(scene.mask, begin, at) if scene.mask.count(". ", m.end(), at) < 2]
    return asked[-1]["who"] if asked else None


def full_body(scene: Scene, word: str, at: int) -> str | None:
    """Full name of the body that "the department" stands for: the last one named before that ends so."""
    if word in _FIRMS:
        return _firm(scene)
    if word in _STAFF:
        named = [m.group() for m in _STAFF[word].finditer(scene.mask, max(scene.floor, at - BACK), at)]
        return named[-1] if named else None
    if word not in _SHORT:
        return None
    floor = max(scene.floor, at - BACK)
    name = word.capitalize()
    last = scene.text.rfind(f" {name}", floor, at)
    house = max((scene.text.rfind(h, floor, at) for h in _HEADQUARTERS.get(word, ())), default=-1)
    if house > last:
        return "Pentagon"
    if last < 0:
        return _by_matter(scene.text, name, floor, at)
    found = re.search(
        rf"(?:[A-Z][\w.’'-]+ ){{1,3}}{name}$", scene.text[max(floor, last - 60) : last + 1 + len(name)]
    )
    full = DETERMINER.sub("", found.group()) if found is not None else ""
    return full if " " in full else _by_matter(scene.text, name, floor, at)


def _by_matter(text: str, name: str, floor: int, at: int) -> str | None:
    """Name of a body with its matter behind it ("Ministry of Defence")."""
    named = re.compile(
        rf"\b{name} (?:of|for) (?:the )?[A-Z][\w’'-]+(?:,? (?:and )?(?!of )[A-Z][\w’'-]+){{0,4}}"
    )
    every = list(named.finditer(text, floor, at))
    return every[-1].group() if every else None


def voice_of(scene: Scene, name: str, at: int, new: bool) -> str:
    """A spokesman with the full name of whom he speaks for; one of nobody's speaks for the body just named."""
    if scene.mask.rfind("Downing Street", scene.mask.rfind("\n", 0, at) + 1, at) >= 0:
        name = _NUMBER_TEN.sub("Downing Street", name)
    if "spokes" not in name:
        return name
    owned = _OWNED.fullmatch(name)
    if owned is not None:
        return f"{owned['who']} {owned['role']}"
    found = _VOICE.fullmatch(name)
    if found is not None:
        who = found["who"]
        person = scene.cast.full.get(who)
        fuller = person or full_body(scene, who, at)
        return f"{found['role']} for {fuller}" if fuller else name
    if new and _ALONE.fullmatch(name):
        body = body_before(scene, "it", at)
        asked = _asked(scene, at) if body is None else None
        if asked is not None:
            return f"{asked} {name}"
        return f"{body.name} {name}" if body is not None else name
    return name
