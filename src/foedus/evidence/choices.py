"""Answers that a poll offers, in quotation marks: what people chose among, and nobody's words."""

from __future__ import annotations

import re

from foedus.evidence.quotes import Quoted
from foedus.evidence.scene import Scene
from foedus.evidence.sentences import FILL

_SHARE = r"(?:\d[\d.,]* ?(?:%|[Pp]er ?cent\b|pc\b)|(?:[Aa]|[Oo]ne|[Tt]wo|[Tt]hree)[ -](?:half|third|quarter|fifth|sixth|tenth)s?\b|[Hh]alf\b|[Tt]he (?:rest|remainder|others)\b)"
_WHO = r"(?: (?:of (?:them|those|all|the|respondents|voters|people|[A-Z]\w+s)(?: [a-z]+){0,2}))?"
_CHOSE = r"(?: (?:were|was|are|is|felt|feel|answered|answer|replied|said|say|chose|choose|ticked|picked|preferred|opted|went|for|with|as|it|them|themselves|described|called|rated|to|be|only|merely|just))*"
_AFTER_SHARE = re.compile(rf"{_SHARE}{_WHO}{_CHOSE},? $")
_NEXT_SHARE = re.compile(
    rf"(?: (?!{_SHARE})[a-z]+){{0,5}}[,;]?(?: and| or| while| but| against)?(?: another| only| just| about| some| a further)? {_SHARE}{_WHO}{_CHOSE},? {FILL}"
)
_OR_ELSE = re.compile(rf",? (?:or|nor) (?:only |just |even |as |an? )?{FILL}")
_OR = re.compile(rf"{FILL},? (?:or|and|nor) (?:only |just |even |as |an? )?$")
_HAS_SHARE = re.compile(_SHARE)
_ASKED = re.compile(
    r"\b(?:[Pp]oll(?:s|ed|ing|sters?)?|[Ss]urvey(?:s|ed)?|[Rr]espondents?|[Ii]nterviewees|[Qq]uestionnaires?|[Bb]arometer|(?:those|people) (?:asked|questioned|interviewed)|[Aa]sked (?:who|whether|if|which|how|what))\b"
)
_STOP = re.compile(rf"[.!?;][”\"’']?\s+(?=[A-Z{FILL}])")
BACK = 400
"""Characters before words within which a story says that people were asked."""
MOST = 8
"""Words of an answer that a poll offers."""


def is_choice(scene: Scene, quote: Quoted) -> bool:
    """Whether words are one of a poll's answers: right behind a share, before the next share with its words, or one of two.

    A single answer inside the reporter's sentence ("38 percent believed it would “certainly or probably” fight") is none.
    """
    if len(scene.text[quote.start : quote.end].split()) > MOST:
        return False
    paragraph = scene.spans[quote.block]
    begin = max(
        (m.end() for m in _STOP.finditer(scene.mask, paragraph[0], quote.outer_start)), default=paragraph[0]
    )
    if not _HAS_SHARE.search(scene.mask, begin, quote.outer_start):
        return False
    if not _ASKED.search(scene.mask, max(scene.floor, begin - BACK), paragraph[1]):
        return False
    before = scene.mask[begin : quote.outer_start]
    if _AFTER_SHARE.search(before) or _NEXT_SHARE.match(scene.mask, quote.outer_end, paragraph[1]):
        return True
    return (_OR.search(before) or _OR_ELSE.match(scene.mask, quote.outer_end, paragraph[1])) is not None
