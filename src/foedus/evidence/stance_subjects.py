"""Who does what a position speaks of: the patron, its forces, an ally, or the threat itself.

The subject of a wording is the nearest name before it in its sentence that stands behind no preposition; a pronoun stands for
what was named last before it, in the passage or in the text around it ("they would not come," he said of the Americans).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from foedus.evidence.actors import states
from foedus.evidence.eventclass import lower

_US = re.compile(r"\bU\.?S\.?(?![A-Za-z])(?<=[US.])")
_POINT = re.compile(r"\.(?:(?<=\d.)(?=\d)|(?<=\b[md]r.)|(?<=\bms.)|(?<=\b(?:gen|sen|mrs).))")
_BEFORE, _AFTER = 420, 160
"""Characters around a passage in which what its pronouns stand for is looked for."""
_ABOUT = re.compile(
    r"(?<![.;:“])\b(?:of|about|on|regarding|to) (?:the |a |an |any |his |her )?(?P<what>[^.;:“\"]{2,60})"
)
_FORCES = r"(?:american|united states|u_s_|u_|nato|allied) (?:\w+ ){0,2}?(?:troops?|soldiers?|forces?|divisions?|brigades?|battalions?|army|armou?r|tanks?|planes|jets|marines|paratroopers|units?|personnel|boys|kids|bombers|carriers?|ships|presence|compan(?:y|ies)|squadrons?|rotation|contingent|launchers?|help|reinforcements?|cavalry|fleet|firepower|base|garrison|deployment|infantry|battery|men|sons|teenagers?|lives|blood)|sixth fleet|seventh fleet"
_PATRON = r"americans?|america|washington|u_s_|u_|united states|uncle sam|white house|pentagon|congress|senate|president|administration|candidate|nominee|commander[- ]in[- ]chief|yanks"
_ALLY = r"europeans?|europe|allies|ally|countries|members?|capitals?|governments?|country|nation|cabinet|continent|bundeswehr|budget|spending|outlays?|expenditure|parliament|taxpayers|increase|rise|share|chancellor|prime minister|premier|coalition"
_THREAT = r"threats?|talk|rhetoric|ultimatum|warnings?|noises|tirades?|outbursts?|remarks|words|posts?|bluster"
_MENTION = re.compile(
    rf"\b(?:(?P<forces>{_FORCES})|(?P<patron>{_PATRON})|(?P<ally>{_ALLY})|(?P<threat>{_THREAT})|(?P<units>troops?|soldiers?|forces|brigades?|divisions?|battalions?|batter(?:y|ies)|squadrons?|planes|jets|ships|missiles|tanks|aircraft|drones|vessels|boats?|rotation|contingent|mission|battle group|base|garrison|carrier)|(?P<pronoun>we|they|he|she|it|you|i)|(?P<person>mr_ \w+))\b(?![’']s?\b(?!re|ll|d|ve))"
)
_OBLIQUE = re.compile(
    r"\b(?:of|in|to|for|from|with|by|on|against|about|under|like|at|between|among|toward|towards|over|than|into|behind|without|within|across|despite|unless|if)\s+(?:the |a |an |its |our |their |his |her |any |every |each |no )?(?:(?!that\b)\w+ ){0,1}$"
)
_SETTING = re.compile(r"\W*(?:in|during|after|under|at) (?:an?|any|such an?) (?:\w+ )?\w+,? ")
"""What opens a sentence before its subject ("in a crisis Washington")."""
OUTSIDE = frozenset(("RUS", "CHN", "PRK", "IRN", "BLR", "UKR", "ISR", "SYR", "VEN", "CUB"))
"""States that are neither the patron nor its allies."""
_OUR_PATRON = re.compile(
    r"\b(?:american|u_s_|u_|united states|white house|pentagon|senators?|congress\w*|representative|republican|democrat\w*|secretary of (?:state|defense|war)|defense secretary|vice[- ]president|national security advis[eo]r|house speaker|state department|nominee|candidate)\b"
)
_OUR_ALLY = re.compile(
    r"\b(?:minister|premier|chancellor|taoiseach|european|defence secretary|foreign secretary|lawmakers? in|mep|bundestag|storting|sejm|general secretary|secretary[- ]general)\b"
)


_OFFICE = re.compile(
    r"\b(?:president|secretary|general|gen_|admiral|commander|ambassador|envoy|chief|adviser|official|officer)\b"
)
"""Offices that any state has."""
_SENT_TO = re.compile(
    r"^(?:\w+ )?(?:ambassador|envoy|delegate) to (?:nato|the alliance|the european union|the eu)$"
)
"""Offices held at a body of many states, which do not tell whose they are."""


def plain(text: str) -> str:
    """A passage in lower case, of the same length, with the points of numbers, titles and "U.S." written otherwise."""
    marked = _US.sub(lambda m: "u_s_" if len(m.group()) == 4 else "u_".ljust(len(m.group()), "_"), text)
    return _POINT.sub("_", lower(marked))


def _class_of(code: str) -> str:
    """What a state or body is to the guarantee."""
    if code == "USA":
        return "patron"
    return "alliance" if code in ("NATO", "EU") else "other" if code in OUTSIDE else "ally"


@dataclass
class Around:
    """The text around a passage, and who speaks."""

    text: str
    start: int
    end: int
    role: str
    said: str
    """The passage itself, as it stands."""

    @cached_property
    def before(self) -> str:
        """What stands before the passage, in its paragraph and the one before, plain."""
        return plain(self.text[max(0, self.start - _BEFORE) : self.start])

    @cached_property
    def about(self) -> str:
        """What the words behind a passage say that it speaks of ("he said of the Americans")."""
        after = plain(self.text[self.end : self.end + _AFTER])
        found = [m["what"] for m in _ABOUT.finditer(after)]
        return next((what for what in found if _MENTION.search(what)), "")

    @cached_property
    def ours(self) -> str:
        """Whose "we" the speaker's is: the patron's, an ally's, some state's, or nobody's."""
        role = plain(self.role)
        home = [code for _, _, code in states(self.role) if not _SENT_TO.search(role)]
        if "USA" in home or _OUR_PATRON.search(role):
            return "patron"
        if home or _OUR_ALLY.search(role):
            return "ally"
        return "any" if _OFFICE.search(role) else ""

    @cached_property
    def named(self) -> list[tuple[int, str]]:
        """States named in the passage: place and class."""
        return [(a, _class_of(code)) for a, _, code in states(self.said)]


def subject(text: str, at: int, around: Around) -> str:
    """Class of the subject of a wording at a place of a plain passage: nothing where none is named."""
    lo = max((text.rfind(mark, 0, at) for mark in ".;!?"), default=-1) + 1
    found = _nearest(text, max(lo, at - 160), at, around)
    if found in ("they", "it", "he", "she"):
        return _referent(text, at, found, around)
    if found == "we":
        return around.ours
    return found


def _nearest(text: str, lo: int, at: int, around: Around | None) -> str:
    """What is named last before a place, and behind no preposition."""
    spots = [(m.start(), m.lastgroup or "", m.group()) for m in _MENTION.finditer(text, lo, at)]
    if around is not None:
        taken = {a for a, *_ in spots}
        spots += [(a, kind, "") for a, kind in around.named if lo <= a < at and a not in taken]
        spots.sort()
    for place, kind, word in reversed(spots):
        oblique = _OBLIQUE.search(text, max(lo, place - 40), place)
        if oblique and not (kind == "patron" and _SETTING.fullmatch(text[lo:place])):
            continue
        return word if kind == "pronoun" else "ally" if kind == "alliance" else kind
    return ""


def _referent(text: str, at: int, word: str, around: Around) -> str:
    """Class of what a pronoun stands for."""
    wanted = (
        ("patron", "ally", "forces")
        if word == "they"
        else ("patron", "person")
        if word != "it"
        else ("patron", "ally", "threat")
    )
    for region in (text[:at], around.about, around.before):
        for match in reversed(list(_MENTION.finditer(region))):
            kind = match.lastgroup
            if kind in wanted and not (
                word in ("he", "she") and kind == "patron" and "pres" not in match.group()
            ):
                return "patron" if kind == "person" else kind or ""
        if region is text[:at] and word != "he" and around.named:
            near = [kind for a, kind in around.named if a < at]
            if near and near[-1] != "alliance":
                return near[-1]
    return "person" if word in ("he", "she") else ""
