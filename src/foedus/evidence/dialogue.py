"""Whose a quotation is by questions that the story puts or tells of, and by who spoke last."""

from __future__ import annotations

import re
from bisect import bisect_left

from foedus.evidence.cues import Found
from foedus.evidence.lexicon import PRONOUNS
from foedus.evidence.people import describe, surname
from foedus.evidence.quotes import Quoted
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import pronoun_source, source_from
from foedus.evidence.subjects import main_subject, subject_after
from foedus.evidence.turns import REPLY, present

_CAME_REPLY = re.compile(
    r"[\s,]*(?:came|comes|was|went) (?:back )?(?:the|an?) (?:[a-z]+ ){0,2}?(?:reply|answer|retort|response|rejoinder|riposte)\b(?! (?:of|from|by|given|offered))"
)
_ANSWER_CAME = re.compile(
    rf"(?:But |And |Then )?[Tt]he (?:[a-z]+ )?(?:answer|reply|retort|response|riposte|rejoinder|rebuttal) (?:came|arrived|was shouted|was instant|was immediate)\b[^{FILL}]*$"
)
_QUESTIONED_BY = re.compile(
    rf"\b(?:[Qq]uestion(?:ing|s)|[Cc]ross-examination|[Gg]rilling|[Ee]xchange|[Ii]nterrogation|[Pp]ressed|[Aa]sked|[Qq]uestioned|[Gg]rilled|[Qq]uizzed|[Cc]hallenged) (?:from|by|with) (?P<who>[^,;:{FILL}]{{3,70}}?)(?=,| \(| about\b| on\b| over\b|[.:]$)"
)
"""Who puts the questions of which a paragraph tells."""
_GOES_ON = re.compile(
    r"(?:(?:And|But),? )?(?:(?:[Tt]hen|[Ll]ater|[Aa]gain|[Ff]inally|[Aa]fterwards?|[Mm]oments later|[Ee]ventually)(?: again)?(?:,? (?:after|when|once|as|before|while|with|in|to|on|from|leaning|turning|pausing|smiling|laughing|looking|lowering|raising)\b[^:]*)?|(?:After|Following) (?:a|another|some|a few) (?:[a-z]+ ){0,2}(?:pause|silence|seconds?|moments?|minutes?|hesitation|thought|laugh|sip|sigh)(?:,[^:]*)?):"
)
"""What says only when somebody went on speaking ("Then, after a whisper in his ear:")."""
_REPLY_FROM = re.compile(
    rf"\b(?:reply|response|answer|retort|rebuke|rebuttal|riposte|rejoinder) from (?P<who>[^;:{FILL}]{{3,160}}):$"
)
"""Whose reply a colon announces ("drew a reply from the ambassador, Ann Cole:")."""
_GIVEN_BY = re.compile(
    rf"\b(?:reason|explanation|excuse|justification|argument|account|answer|advice|motive|assurance|description|verdict)s? (?:given|offered|cited|put forward|advanced|supplied|provided|stated|invoked) (?:[a-z]+ly )?by (?P<who>[^,;:{FILL}]{{3,60}}?)(?: (?:for|on|in|to) [^,;:{FILL}]{{2,60}})? (?:is|was|are|were|has been|had been|ran|reads?|remains)(?: that\b[^.;:{FILL}]{{0,80}})?\s*:?\s*$"
)
"""Whose reason the words are ("The reason given by the allies is ...")."""
_ANSWER = r"(?:reply|answer|message|response|word|words|question|line|retort|warning|verdict|judge?ment|conclusion|assessment|advice|view|position|diagnosis|excuse|explanation|plea|request|demand)"
_HAS_REPLY = re.compile(
    rf"(?:^|[,;] |(?<=[.!?] ))(?P<who>[^,;:{FILL}]{{2,60}}?) (?:has|had|have|offers?|offered|gave|gives?) (?:an?|one|only one|this|the same|but one|just one|two|three) (?:[a-z]+ ){{0,2}}{_ANSWER}(?: (?:for|to) [^,;:{FILL}]{{2,50}})?:$"
)
"""Who has an answer that a colon announces ("To those who doubt it, the colonel has a reply: ...")."""
_VERDICT_OF = re.compile(
    rf"(?:The|Another|One) (?:[a-z]+ ){{0,2}}{_ANSWER} (?:of|from) (?P<who>[^,;:{FILL}]{{3,60}}?) (?:is|was|ran|runs|has been|had been|remains?|came)(?: [a-z]+){{0,3}}:$"
)
"""Whose verdict a colon announces ("The verdict of the auditors is damning: ...")."""
_QUESTION_TO = re.compile(
    r"(?:(?:And|But|So|Or|Then),? )?(?:(?:What|Why|How|When|Where|Who|Which)\b[^?,]{0,40}? )?(?:[Ww]as|[Ii]s|[Dd]id|[Dd]oes|[Hh]ad|[Hh]as|[Ww]ould|[Cc]ould|[Ww]ill|[Ss]hould|[Cc]an|[Mm]ight|[Mm]ust)(?:n[’']t)? (?P<who>he|she)\b[^?]*\?"
)
"""A question about whoever answers it ("Was he blaming the minister?")."""
_ASKED_HIM = re.compile(
    rf"[^.;:{FILL}]{{2,100}}? (?:asked|asks|pressed|quizzed|questioned|grilled|challenged) (?P<whom>him|her) (?:about|what|why|how|whether|if|when|where|who|which|for|on|to (?:explain|say|name|justify))\b"
)
"""A question told of that is put to whom the story is about."""
NAMED = 12
"""Mentions before a sentence among which its "him" or "her" is sought."""
_WANTS_TO_KNOW = re.compile(
    rf"(?P<who>[^;:{FILL}]{{3,120}}?) (?:(?:also|then|next|again|later|repeatedly) )?(?:(?:wanted|demanded|wants|demands|asked) to know|asked (?:him|her|them|the [a-z]+|[A-Z]\w+)) (?:whether|if|what|why|how|when|where|who|which|about)\b[^;:{FILL}]*"
)
"""A question told of, after which comes what somebody else answers."""


def in_turn(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Attribute words that are a reply, that go on after a fragment, or that ask what the paragraph above tells of."""
    return (
        _to_whom(scene, quote)
        or _answer_came(scene, quote)
        or _goes_on(scene, quote, sentence)
        or _given(scene, quote, sentence)
        or _questioner(scene, quote)
    )


def _to_whom(scene: Scene, quote: Quoted) -> Found | None:
    """The other of two, who answers the words of one of them right before: "...," came the reply."""
    if not _CAME_REPLY.match(scene.mask, quote.outer_end, quote.outer_end + REPLY):
        return None
    heard = scene.before(quote.start)
    start, end = scene.spans[max(quote.block - 1, 0)][0], scene.spans[quote.block][1]
    if not heard or heard[-1][0] < start:
        return None
    other = next((n for _, n in reversed(heard) if n != heard[-1][1]), None)
    other = other or present(scene, heard[-1][1], quote.outer_start)
    return Found(_known(scene, other, quote.outer_end, end), None, "after") if other is not None else None


def _answer_came(scene: Scene, quote: Quoted) -> Found | None:
    """The other of two, where a paragraph tells first that the answer came, and names nobody."""
    start, end = scene.spans[quote.block]
    if _ANSWER_CAME.match(scene.mask, start, quote.outer_start) is None or any(
        start <= m.start < quote.outer_start for m in scene.cast.mentions
    ):
        return None
    heard = [name for place, name in scene.before(start) if place < start]
    other = present(scene, heard[-1], start) if heard else None
    return Found(_known(scene, other, start, end), None, "before") if other is not None else None


def _known(scene: Scene, name: str, start: int, end: int) -> Source:
    kind = "person" if name in scene.cast.full.values() else describe(name)
    return Source(name, scene.cast.roles.get(name), start, end, kind)


def _goes_on(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Whoever spoke last, where a fragment before a colon says no more than when: "Then, leaning back: ..."."""
    heard = scene.before(quote.start)
    region = scene.mask[sentence[0] : quote.outer_start].rstrip()
    if not region.endswith(":") or not heard or not _GOES_ON.fullmatch(region):
        return None
    return Found(_known(scene, heard[-1][1], *sentence), None, "carried")


def _given(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Whoever gave the reply or the reason that the sentence speaks of."""
    given = _GIVEN_BY.search(scene.mask, sentence[0], quote.outer_start)
    if given is not None:
        source = source_from(scene, *given.span("who"))
        return Found(source, None, "before") if source is not None else None
    end = sentence[0] + len(scene.mask[sentence[0] : quote.outer_start].rstrip())
    ready = _HAS_REPLY.search(scene.mask, sentence[0], end) or _VERDICT_OF.match(scene.mask, sentence[0], end)
    if ready is not None and (source := source_from(scene, *ready.span("who"))) is not None:
        return Found(source, None, "before")
    reply = _REPLY_FROM.search(scene.mask, sentence[0], end)
    source = subject_after(scene, *reply.span("who")) if reply is not None else None
    return Found(source, None, "before") if source is not None else None


def _questioner(scene: Scene, quote: Quoted) -> Found | None:
    """Who puts a question that stands alone below a paragraph that tells of such questions."""
    start, end = scene.spans[quote.block]
    if (
        quote.block == 0
        or scene.mask[start:end].strip(FILL + " ")
        or "?" not in scene.text[quote.end - 1 : end]
    ):
        return None
    asks = _QUESTIONED_BY.search(scene.mask, *scene.spans[quote.block - 1])
    source = source_from(scene, *asks.span("who")) if asks is not None else None
    return Found(source, None, "before") if source is not None and source.kind == "person" else None


def asked_of(scene: Scene, sentence: tuple[int, int]) -> Source | None:
    """Whoever a question is about, who answers it."""
    asks = _QUESTION_TO.fullmatch(scene.mask, *sentence)
    if asks is not None:
        return pronoun_source(scene, asks["who"], asks.start("who"))
    return _asked_by_another(scene, sentence)


def _asked_by_another(scene: Scene, sentence: tuple[int, int]) -> Source | None:
    """The he or she whom somebody named asks ("The president had asked him what he spent. "I said ..."")."""
    asks = _ASKED_HIM.match(scene.mask, *sentence)
    asker = main_subject(scene, sentence[0], asks.start("whom")) if asks is not None else None
    if asks is None or asker is None or asker.kind != "person":
        return None
    want = PRONOUNS["he" if asks["whom"] == "him" else "she"]
    people = set(scene.cast.full.values())
    heard = [name for _, name in scene.before(sentence[0])]
    stop = bisect_left(scene.cast.mentions, sentence[0], key=lambda m: m.start)
    told = [m.name for m in scene.cast.mentions[max(0, stop - NAMED) : stop] if m.start >= scene.floor]
    for name in (*reversed(heard), *reversed(told)):
        fits = scene.cast.gender.get(surname(name), want) == want
        if name in people and name != asker.name and fits:
            return _known(scene, name, *asks.span("whom"))
    return None


def answers(scene: Scene, quote: Quoted, cut: list[list[tuple[int, int]]]) -> Found | None:
    """Who answers in a paragraph of words alone what somebody else wants to know at the end of the one above."""
    start, end = scene.spans[quote.block]
    if quote.block == 0 or quote.outer_start != start or "?" in scene.text[quote.end - 1 : quote.outer_end]:
        return None
    wants = _WANTS_TO_KNOW.fullmatch(scene.mask, *cut[quote.block - 1][-1])
    asker = source_from(scene, *wants.span("who")) if wants is not None else None
    if asker is None or asker.kind != "person":
        return None
    heard = next((n for _, n in reversed(scene.before(start)) if n != asker.name), None)
    other = heard if heard in scene.cast.full.values() else present(scene, asker.name, start)
    return Found(_known(scene, other, start, end), None, "carried") if other is not None else None
