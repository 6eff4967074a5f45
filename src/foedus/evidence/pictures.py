"""How a line reads that says what a picture shows, where no credit gives it away."""

from __future__ import annotations

import re

from foedus.evidence.blocks import Block, has_finite_verb
from foedus.evidence.furniture import SENTENCE_END

MOST = 45
"""Words up to which a line may belong to a picture."""
TAIL = 90
"""Characters at a line's end in which place and time are sought."""
_SHOWS = re.compile(
    r"\b(?!(?:is|was|has|says|does|its|his|this|as|us|whose|plus|less|always|perhaps) )[a-z]{2,}s (?:an?|the|his|her|its|their|some|at|on|in|by|to|with|from|for|into|past|through|over|off|under|near|along|across|during|before|after|between|up|down|out|around|behind|beside|outside|as)\b"
)
_DOING = re.compile(
    r"\b[a-z]{3,}ing (?:an?|the|his|her|its|their|at|on|in|by|to|with|from|for|into|past|over|off|near|outside)\b"
)
_TELLING = re.compile(
    r"\b(?:has|have|had|will|would|could|may|might|must|should|said|says|told|because|although|but|if|not|never|n[’']t|which|according)\b|n[’']t\b"
)
_SEEN = re.compile(
    r"\b(?:pictured|seen|photographed|shown|file|frame|archive|left|right|cent(?:re|er)|above|below|poses?|portrait|view of|aerial|image|footage)\b"
)
_AT_A_PLACE = re.compile(
    r"\b(?:in|at|on|near|off|outside|over|of|from|aboard|between|before|during) (?:the |a |an |his |her |its |their )?(?:[\w’'\-]+ ){0,3}[A-ZÀ-Ž][\w’'.\-]+(?: [A-ZÀ-Ž][\w’'.\-]+){0,3}(?:, [A-ZÀ-Ž][\w’'.\- ]+)?\.?$"
)
_AT_A_TIME = re.compile(
    r"\b(?:(?:on|last|this) )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2})?(?:,? \d{4})?|(?:19|20)\d\d|(?:last|this) (?:week|month|year|spring|summer|autumn|fall|winter))\.?$"
)
_NAMED = re.compile(r"(?:[A-ZÀ-Ž][\w’'.\-]+ ){1,4}[A-ZÀ-Ž][\w’'.\-]+\b")
_THING = re.compile(
    r"(?:An?|The|Two|Three|Four|Some|Children|Soldiers|Troops|Members|Workers|Residents|People) [a-z]"
)


def picture_features(block: Block) -> dict[str, float]:
    """Signs of a picture's line in one that is no longer than such lines are."""
    if block.words > MOST or block.kind not in ("body", "short"):
        return {}
    text = block.text
    single = not SENTENCE_END.search(text[:-2])
    found: dict[str, float] = {"pic_single": single, "pic_seen": _SEEN.search(text) is not None}
    if not single or any(mark in text for mark in '“”"') or _TELLING.search(text):
        return found
    finite, shows = has_finite_verb(text), _SHOWS.search(text) is not None
    tail = text[-TAIL:]
    place, time = _AT_A_PLACE.search(tail) is not None, _AT_A_TIME.search(tail) is not None
    return {
        **found,
        "pic_still": 1.0,
        "pic_shows": shows and not finite,
        "pic_verbless": not shows and not finite,
        "pic_doing": not finite and _DOING.search(text) is not None,
        "pic_place": place,
        "pic_time": time,
        "pic_still_place": (place or time) and not finite,
        "pic_named": _NAMED.match(text) is not None,
        "pic_thing": _THING.match(text) is not None,
        "pic_small": block.words < 22 and block.kind == "body",
    }
