"""Speaker of a quotation without a verb of saying of its own: carried over from what stands before it."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence import dialogue, turns
from foedus.evidence.asides import is_plural, put_in
from foedus.evidence.cue_words import cue_at
from foedus.evidence.cues import Found
from foedus.evidence.lexicon import CUE, STRONG_CUES
from foedus.evidence.notquotes import is_full
from foedus.evidence.quotes import Quoted
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import Scene, Source, is_somebody, may_speak
from foedus.evidence.subjects import main_subject, sentence_at, subject_after, subject_before

A_TURN = 240
"""Characters of a paragraph in which one of two speakers answers the other."""
A_SENTENCE = 500
"""Characters of a sentence in which its verb of saying is sought."""
A_FEW = 3
"""Words of a quotation that may belong to what the sentence before reports."""
_ACCUSED = re.compile(
    r"\b(?:been|was|were|is|are|being) (?:\w+ly )?(?:accused|criticised|criticized|mocked|denounced|attacked|blamed|ridiculed|suspected)\b"
)
"""What somebody else's words are about."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being) (?:then |later |finally |again )?$")
A_VERB = 20
"""Characters before a verb in which its auxiliary stands."""
_REPORTS = frozenset(
    "said says told insisted insists argued argues warned warns claimed claims added adds wrote writes promised".split()
)
_BACK_THEN = re.compile(r"\b(?:would|had|was|were|could|might|did)\b|[’']d\b")
"""The tense in which a sentence goes on with what a body was said to have said."""
_AS_TOLD_BY = re.compile(r", according to ")
_ENDS = re.compile(
    r"(?: on \w+day| (?:last|this) \w+| in an? [a-z ]{4,40}| late| early| today| yesterday)*[.!?]"
)
"""What ends a sentence behind the verb of saying that closes it."""
_FINDINGS = frozenset("finds found notes noted concludes concluded states stated shows showed".split())
_ACCORDING_TO = re.compile(r"According to ")
_AT_WHICH = re.compile(r" (?:at|in|during|on|over|after|before|from|by|with|of|to) which ")
"""What opens a clause about somebody else ("recalled a dinner at which an admiral boasted")."""
_INVERTED = re.compile(r"\w,\s+$")
_SUBORDINATE = re.compile(
    r"\b(?:whether|which|whom|whose|that|when|while|if|after|before|because|until|since|how|why|what|where)\b[^,;:]*$"
)
"""What stands before a verb of a clause that only tells more of the sentence's subject."""
_NAME_NEXT = re.compile(r"\s+(?:[A-Z]|the\s|an?\s|one\s)")


def carried(
    scene: Scene, quote: Quoted, cut: list[list[tuple[int, int]]], before: list[tuple[Quoted, Found | None]]
) -> Found | None:
    """A quotation without a cue of its own: the speaker of the one before it, or the subject of the sentence before."""
    full = is_full(scene, quote)
    if (
        quote.outer_start == scene.spans[quote.block][0]
        and (told := turns.above(scene, quote, cut)) is not None
    ):
        return told
    turn = (
        (
            turns.replied(scene, quote, before)
            or dialogue.answers(scene, quote, cut)
            or turns.asked(scene, quote, before)
            or _other_side(scene, quote, before)
        )
        if full
        else None
    )
    if turn is not None:
        return turn
    between = _sentence_between(scene, quote, cut[quote.block], before)
    if full and between is not None:
        return between
    same = [f for q, f in before[-3:] if q.block == quote.block and f is not None]
    if same and (full or len(scene.text[quote.start : quote.end].split()) >= 3):
        return replace(same[-1], cue=None, how="carried")
    if not full:
        return _subjects_words(scene, quote, cut[quote.block]) or _told_before(scene, quote, cut[quote.block])
    return _from_before(scene, quote, cut, before)


def _from_before(
    scene: Scene, quote: Quoted, cut: list[list[tuple[int, int]]], before: list[tuple[Quoted, Found | None]]
) -> Found | None:
    """Speaker of a quotation of whole sentences from the sentences or the paragraphs before it."""
    earlier = [s for s in cut[quote.block] if s[1] <= quote.outer_start]
    if not earlier and (acting := _acting_next(scene, quote, cut[quote.block])):
        return acting
    if not earlier and quote.block > 0 and scene.mask[scene.spans[quote.block][0]] == FILL:
        last_block = cut[quote.block - 1]
        recent = [f for q, f in before[-4:] if q.block == quote.block - 1 and f is not None]
        since = _said_since(scene, last_block[-1], before) if recent else None
        if since is not None:
            return Found(since, None, "carried")
        if recent:
            return replace(recent[-1], cue=None, how="carried")
        earlier = _unasked(scene, last_block)[-1:] or last_block[-1:]
    if earlier:
        earlier = _unasked(scene, earlier) or earlier
        source = _sentence_source(scene, earlier[-1])
        if source is not None and not turns.by_reporter(scene, earlier[-1], source):
            return Found(source, None, "carried")
    recent_blocks = [f for q, f in before[-4:] if quote.block - q.block <= 2 and f is not None]
    return replace(recent_blocks[-1], cue=None, how="carried") if recent_blocks else None


def _said_since(
    scene: Scene, last: tuple[int, int], before: list[tuple[Quoted, Found | None]]
) -> Source | None:
    """Somebody else who says something, without quotation marks, after the last words of the paragraph before."""
    if last[0] < before[-1][0].outer_end or FILL in scene.mask[slice(*last)]:
        return None
    for cue in CUE.finditer(scene.mask, *last):
        if cue.group() in _REPORTS and cue_at(scene, cue) is not None:
            source = subject_before(scene, last[0], cue.start())
            told = source is not None and (source.kind == "person" or is_somebody(source))
            return source if told else None
    return None


def _other_side(scene: Scene, quote: Quoted, before: list[tuple[Quoted, Found | None]]) -> Found | None:
    """The one of two who speak in turns, where a paragraph is nothing but an answer to the other's."""
    start, end = scene.spans[quote.block]
    if scene.mask[start:end].strip(FILL + " ") or len(before) < 2 or not before[-1][0].closed:
        return None
    heard = {q.block: f for q, f in before[-4:] if f is not None and is_full(scene, q)}
    last, other = heard.get(quote.block - 1), heard.get(quote.block - 2)
    if last is None or other is None or last.source.name == other.source.name or other.source.kind == "office":
        return None
    a, b = scene.spans[quote.block - 1]
    if scene.mask[a] != FILL or b - a > A_TURN:
        return None
    return replace(other, cue=None, how="carried")


def _told_before(scene: Scene, quote: Quoted, cut: list[tuple[int, int]]) -> Found | None:
    """A few words in a sentence that goes on with what somebody was said to have said in the one before."""
    earlier = [s for s in cut if s[1] <= quote.outer_start]
    if not earlier or len(scene.text[quote.start : quote.end].split()) < A_FEW:
        return None
    begin, end = max(earlier[-1][0], earlier[-1][1] - A_SENTENCE), earlier[-1][1]
    source = _teller_of(scene, begin, end)
    if source is None:
        return None
    if source.kind in ("person", "anonymous", "document"):
        return Found(source, None, "carried")
    sentence = sentence_at(cut, quote.outer_start) or (quote.outer_start, quote.outer_end)
    goes_on = _BACK_THEN.search(scene.mask, sentence[0], quote.outer_start) is not None
    return Found(source, None, "carried") if goes_on and may_speak(source, begin) else None


def _teller_of(scene: Scene, begin: int, end: int) -> Source | None:
    """Who says what a sentence tells: of its verb of saying in the active, or whom it names as its authority."""
    according = _ACCORDING_TO.match(scene.mask, begin, end) or _AS_TOLD_BY.search(scene.mask, begin, end)
    if according is not None:
        return subject_after(scene, according.end(), end)
    for cue in CUE.finditer(scene.mask, begin, end):
        if _PASSIVE.search(scene.mask, max(begin, cue.start() - A_VERB), cue.start()):
            continue
        if cue.group() in _REPORTS or _finds(scene, cue) or _ENDS.match(scene.mask, cue.end(), end):
            return subject_before(scene, begin, cue.start())
    return None


def _finds(scene: Scene, cue: re.Match[str]) -> bool:
    """Whether a verb tells what a study or an audit came to."""
    return cue.group() in _FINDINGS and scene.mask.startswith(" that ", cue.end())


def _subjects_words(scene: Scene, quote: Quoted, cut: list[tuple[int, int]]) -> Found | None:
    """A few quoted words in a sentence about a person, without a verb of saying: they are that person's."""
    sentence = sentence_at(cut, quote.outer_start)
    if sentence is None or (
        len(scene.text[quote.start : quote.end].split()) < 2 and not CUE.search(scene.mask, *sentence)
    ):
        return None
    if _ACCUSED.search(scene.mask, sentence[0], quote.outer_start):
        return None
    source = main_subject(scene, sentence[0], quote.outer_start)
    if source is None or source.kind != "person" or source.end > quote.outer_start:
        return None
    return Found(source, None, "subject")


def _acting_next(scene: Scene, quote: Quoted, cut: list[tuple[int, int]]) -> Found | None:
    """Person who acts in the sentence after a quotation that opens its paragraph: "Who can say?" The minister shrugged."""
    following = next((s for s in cut if s[0] >= quote.outer_end), None)
    if (
        following is None
        or following[1] - following[0] > 90
        or scene.text[quote.end - 1 : quote.end + 1].strip(".?!”\"’'")
        == scene.text[quote.end - 1 : quote.end + 1]
    ):
        return None
    source = main_subject(scene, *following)
    return Found(source, None, "carried") if source is not None and source.kind == "person" else None


def _sentence_between(
    scene: Scene, quote: Quoted, cut: list[tuple[int, int]], before: list[tuple[Quoted, Found | None]]
) -> Found | None:
    """Speaker from a sentence that stands, without a quotation, between the quotation before and this one."""
    earlier = [s for s in cut if s[1] <= quote.outer_start]
    earlier = _unasked(scene, earlier) or earlier
    if (
        not earlier
        or not before
        or before[-1][0].block != quote.block
        or FILL in scene.mask[slice(*earlier[-1])]
    ):
        return None
    asks = "?" in scene.text[quote.end - 1 : quote.outer_end]
    answerer = None if asks else dialogue.asked_of(scene, earlier[-1])
    source = answerer or _teller(scene, *earlier[-1])
    if source is None or source.kind not in ("person", "anonymous"):
        return None
    if source.kind != "person" and is_plural(source.name):
        return None
    return Found(source, None, "carried")


def _unasked(scene: Scene, cut: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences without the questions."""
    return [s for s in cut if not scene.mask[slice(*s)].rstrip().endswith("?")]


def _teller(scene: Scene, start: int, end: int) -> Source | None:
    """Whose account a sentence gives, or whom it is about."""
    according = _ACCORDING_TO.match(scene.mask, start, end)
    told = subject_after(scene, according.end(), end) if according is not None else put_in(scene, start, end)
    return told or main_subject(scene, start, end)


def _sentence_source(scene: Scene, sentence: tuple[int, int]) -> Source | None:
    """Whose words a sentence leads up to: of its verb of saying, else its subject, else whoever it names."""
    if (answerer := dialogue.asked_of(scene, sentence)) is not None:
        return answerer
    thought = put_in(scene, *sentence)
    if thought is not None and thought.kind == "person":
        return thought
    told: Source | None = None
    within = _AT_WHICH.search(scene.mask, *sentence)
    for cue in CUE.finditer(scene.mask, sentence[0], within.start() if within else sentence[1]):
        if _PASSIVE.search(scene.mask, max(sentence[0], cue.start() - A_VERB), cue.start()):
            continue
        if cue_at(scene, cue) is not None and cue.group() in STRONG_CUES:
            inverted = _INVERTED.search(scene.mask, sentence[0], cue.start())
            after = (
                subject_after(scene, cue.end(), sentence[1])
                if inverted and _NAME_NEXT.match(scene.mask, cue.end())
                else None
            )
            speaks = after is not None and may_speak(after, sentence[0])
            source = after if speaks else subject_before(scene, sentence[0], cue.start())
            if source is not None and _SUBORDINATE.search(scene.mask, sentence[0], cue.start()):
                told = told or source
            elif source is not None:
                return source
    source = main_subject(scene, *sentence)
    if source is not None and (source.kind == "person" or is_somebody(source)):
        return source
    if told is not None:
        return told
    if source is not None and (source.kind == "collective" or not may_speak(source, sentence[0])):
        source = None
    inside = [m for m in scene.cast.mentions if sentence[0] <= m.start < sentence[1]]
    return (
        Source(inside[0].name, inside[0].role, inside[0].start, inside[0].end, "person") if inside else source
    )
