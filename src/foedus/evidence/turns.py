"""Whose a quotation is by what stands around its paragraph: turns of a dialogue, a colon above it, a document's owner."""

from __future__ import annotations

import re

from foedus.evidence.cues import Found, cue_before
from foedus.evidence.papers import laid_down
from foedus.evidence.quotes import Quoted
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import may_speak, pronoun_source, source_from
from foedus.evidence.subjects import main_subject, subject_after, subject_before

A_QUESTION = 100
"""Characters of a question that one side of a dialogue puts in a paragraph of its own."""
FAR = 700
"""Characters before an answer within which the other side of a dialogue is named."""
AT_HEAD = 4
"""Characters of a sentence before a document that is its subject."""
_IN_WORDS_OF = re.compile(r"[\s,]*in the (?:words|phrase) of\b")
_PLACED = re.compile(r"\b(?:for|in|at|near|from|outside) $")
_OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}
_WHOSE_ANSWER = re.compile(
    rf"(?:And |But )?(?:(?P<own>[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)|(?P<who>[^.?!{FILL}]{{2,60}}?)[’']s?) (?:[a-z]+ ){{0,2}}?(?:verdict|answer|reply|response|advice|conclusion|view|message|explanation|assessment|reason|excuse|prediction|diagnosis|comment|take)\?"
)
REPLY = 100
_REPLY = r"(?:reply|answer|verdict|response|comment|advice|conclusion|retort|message|view|motto|summary|description|assessment|judge?ment|reaction|explanation|rule|mantra|diagnosis|prediction)"
_WAS_REPLY = re.compile(
    rf"[\s,]*(?:was|is|came|ran|has been|remains) (?:(?P<who>[^,.;:{FILL}]{{2,50}}?)[’']s? (?:[a-z]+ ){{0,2}}?{_REPLY}\b|(?:the|an?|one) (?:[a-z]+ ){{0,2}}?{_REPLY} (?:of|from|by|given by|offered by) (?P<of>[^,.;:{FILL}]{{2,60}}))"
)
_NAME_DASH = re.compile(rf"(?P<who>(?:[A-Z]|the )[^.;:{FILL}—–]{{3,80}}?),?\s?[—–]\s?")
_FOR_WHOM = re.compile(
    rf"(?:But |And |Yet )?(?:For|To) (?P<who>[^,;:{FILL}]{{3,60}})(?:, [^,;:{FILL}]{{3,60}})?, (?:it|this|that|all this|all that|the whole \w+|(?:the|such|these|those) (?:[a-z]+ ){{0,2}}\w+) (?:is|are|was|were|was|shows|showed|means|meant|remains|remained|has become|became|looks like|amounts to) (?:an? |the |like )?"
)
_ONE_SAYS = re.compile(r"[\s,—–]*(?:as )?one [a-z]+s (?:there|here|in|at|around|within)\b")
"""Nobody in particular, of the circle just named: "..., one repeats there"."""
_GIVEN_OUT = re.compile(
    rf"\b(?:an?|the|one|its|their) (?:[a-z-]+ ){{0,2}}(?:statement|sentence|line|text|communiqu[ée]|formula|formulation|declaration|paper|compromise|note|release) (?:is|was) (?:then |finally |later )?(?:distributed|issued|released|published|read out|circulated|agreed|adopted|handed out|sent out|put out|tweeted|posted)[^:;{FILL}]{{0,30}}: [^{FILL}]*$"
)
_WHEN = re.compile(
    r"(?:On \w+day(?: \w+)?|(?:In|Late in|Early in) the (?:\w+ )?(?:evening|morning|afternoon|night)|At (?:noon|midnight|night|dawn)|Yesterday|Today|Last \w+),? "
)
_TALKS_OF = re.compile(
    r"\b(?:(?:speaks?|spoke|talks?|talked|raved?|raves|warns?|warned|complains?|complained)(?: \w+ly| only| now| again| already| instead)? (?:of|about)(?: an?| the| its| their| his| her)?|(?:prefers|preferred|favou?rs|favou?red|chose|chooses|opts for|opted for|went for|goes for|settled for|settles for|plumped for|used|uses|(?:rais(?:es|ed)|propos(?:es|ed)|offer(?:s|ed)|drank) (?:an?|his|her|their) (?:toast|glass)|(?:gives|gave) (?:it|(?:the|its|his|her|their|that|this) (?:[a-z]+ ){0,2}[a-z]+)|(?:puts?|rates?|rated|pegs|pegged|gives?|gave) (?:it|(?:the|its|his|her|their|that|those|this) (?:[a-z]+ ){0,4}[a-z]+) (?:at|as))(?: the (?:words?|terms?|phrase|formula|expression|image))?|(?:reaffirm(?:s|ed)?|reiterate[sd]?|restate[sd]?|renew(?:s|ed)?|repeat(?:s|ed)?|underline[sd]?|stress(?:es|ed)?|voice[sd]?|express(?:es|ed)?|proclaim(?:s|ed)?) (?:an?|the|its|their|his|her))\s*$"
)
_OF_PAPER = re.compile(
    r"(?:(?:Its|Their|The) (?:[a-z\-]+ ){0,2}?(?:passage|sentence|paragraph|line|text|preamble|conclusion|section|phrase|wording|title|headline)|It|The (?:text|letter|appeal|petition|statement|declaration|document|message|article))\b"
)
_SIGNED = re.compile(
    rf"\b(?:signed|co-signed|written|drafted|drawn up|issued|published|sent|launched|circulated|penned|authored) by (?P<who>(?:more than |about |some |nearly |over |almost )?[^.;:{FILL}]{{3,90}}?)(?= (?:against|to|for|in|on|over|about|calling|demanding|urging|warning|that|and published|and addressed)\b|[,.;]|$)"
)
_LETTER_FROM = re.compile(
    rf"\b(?:quot(?:ed|es)|read(?:s)?(?: out| aloud)?|cit(?:ed|es)|show(?:ed|s)(?: me| us)?) (?:one|another|an? (?:[a-z]+ ){{0,2}})(?: ?(?:letter|e-?mail|message|note|text|postcard))?(?: of them)?,? (?:from|by) (?P<who>[^:;{FILL}]{{3,70}}):\s*$"
)
_WROTE_IT = re.compile(
    rf"[^.;:{FILL}]{{2,90}}? (?P<verb>wrote|sent|left|posted|signed|dictated|recorded|has written|has sent|had written|had left) (?:[^.;:{FILL}]{{2,60}} )?(?:an?|the|one|this|his|her|their) (?:[a-z-]+ ){{0,3}}?(?:letter|note|message|e-?mail|text|postcard|poem|telegram|memo|card|report)\b[^:{FILL}]{{0,90}}, (?:and |but )?(?:which|that|now|it) [^:{FILL}]{{0,60}}?\b(?:reads?|read|recites?|recited|shows?|showed|quotes?|quoted|passes|passed|hands|handed)\b[^:{FILL}]{{0,60}}:$"
)
"""Whose letter somebody else reads out."""
_BODY_RIGHT_BEFORE = re.compile(
    r"\b(?P<who>(?:[Tt]he )?[A-Z][\w.-]*(?: (?:of |for |the )*[A-Z][\w.-]*){0,4}) $"
)
_REMEMBERS = re.compile(r"[\s,]*(?:remembers|reminisces|remembered) (?=[A-Z])")
_A_VERB = re.compile(r"(?:[a-z]+ly )?(?!its|this|has|was|does)[a-z]{3,}[a-rt-z](?:s|ed)")
_AN_OBJECT = re.compile(r" (?:the|an?|its|any|all|this|that|these|those|[A-Z]\w+)\b")
_REMARKS_BY = re.compile(
    r"^(?:[A-Z][a-z]+ )?(?i:remarks|statement|speech|address|comments|intervention) (?:by|of|from) (?P<who>[^\n(:]{3,90}?)(?: \([^()\n]*\))?:?\s*\Z",
    re.MULTILINE,
)
_THEY = re.compile(
    r"\b(?:they|it) (?:also |now |then |have |had )?(?:call|calls|called|describe|describes|described|term|terms|termed|see|saw|deem|deemed|dub|dubbed)(?: as)?\s*$"
)


def by_place(
    scene: Scene, quote: Quoted, cut: list[list[tuple[int, int]]], sentence: tuple[int, int]
) -> Found | None:
    """Attribution that the place of a quotation gives before any verb of saying does."""
    return (
        _one_says(scene, quote, cut[quote.block], sentence)
        or _signers(scene, quote, sentence)
        or _given_out(scene, quote, cut[quote.block], sentence)
        or _verdict(scene, quote, cut[quote.block])
        or _whose_reply(scene, quote)
        or _after_dash(scene, quote)
        or _remembers(scene, quote, sentence)
        or _read_out(scene, quote, sentence)
        or _its_verb(scene, quote)
        or _remarks(scene, quote)
    )


def _remembers(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Somebody who remembers, right behind the words: "...," remembers Ann Cole of Oslo."""
    found = _REMEMBERS.match(scene.mask, quote.outer_end, sentence[1])
    source = subject_after(scene, found.end(), sentence[1]) if found is not None else None
    return Found(source, None, "after") if source is not None and source.kind == "person" else None


def _read_out(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Writer of a letter that somebody quotes: "She read out one, from a boy in Oulu: "..."."""
    found = _LETTER_FROM.search(scene.mask, sentence[0], quote.outer_start)
    source = source_from(scene, *found.span("who")) if found is not None else None
    return Found(source, None, "before") if source is not None else None


def _its_verb(scene: Scene, quote: Quoted) -> Found | None:
    """Body whose act the quoted words are: "the Council "strongly condemns" the attack"."""
    text = scene.text[quote.start : quote.end]
    begin = scene.spans[quote.block][0]
    found = _BODY_RIGHT_BEFORE.search(scene.mask, max(begin, quote.outer_start - FAR // 10), quote.outer_start)
    if found is None or not _A_VERB.fullmatch(text) or not _AN_OBJECT.match(scene.mask, quote.outer_end):
        return None
    source = source_from(scene, *found.span("who"))
    return Found(source, None, "before") if source is not None else None


def _remarks(scene: Scene, quote: Quoted) -> Found | None:
    """Somebody whose remarks the line above the words announces."""
    start = scene.spans[quote.block][0]
    if quote.outer_start != start or quote.continues:
        return None
    above = scene.text[scene.spans[quote.block - 1][1] if quote.block else scene.floor : start]
    found = _REMARKS_BY.search(above)
    at = start - len(above)
    source = source_from(scene, *(at + n for n in found.span("who"))) if found is not None else None
    return Found(source, None, "before") if source is not None else None


def _one_says(
    scene: Scene, quote: Quoted, cut: list[tuple[int, int]], sentence: tuple[int, int]
) -> Found | None:
    earlier = [s for s in cut if s[1] <= sentence[0]]
    if not earlier or not _ONE_SAYS.match(scene.mask, quote.outer_end, sentence[1]):
        return None
    source = main_subject(scene, *earlier[-1])
    return Found(source, None, "after") if source is not None else None


def _given_out(
    scene: Scene, quote: Quoted, cut: list[tuple[int, int]], sentence: tuple[int, int]
) -> Found | None:
    """Body of which the sentence before tells, whose statement is then given out: "At noon a text was issued: allies would "..."."""
    earlier = [s for s in cut if s[1] <= sentence[0]]
    if not earlier or not _GIVEN_OUT.search(scene.mask, sentence[0], quote.outer_start):
        return None
    when = _WHEN.match(scene.mask, *earlier[-1])
    source = main_subject(scene, when.end() if when else earlier[-1][0], earlier[-1][1])
    return Found(source, "say", "before") if source is not None and may_speak(source, -9) else None


def _whose_reply(scene: Scene, quote: Quoted) -> Found | None:
    """Somebody whose reply a quotation is said to be: "...," was Cole’s answer."""
    found = _WAS_REPLY.match(scene.mask, quote.outer_end, quote.outer_end + REPLY)
    source = source_from(scene, *found.span("who" if found["who"] else "of")) if found is not None else None
    return Found(source, None, "after") if source is not None else None


def _after_dash(scene: Scene, quote: Quoted) -> Found | None:
    """Somebody whose name and a dash open the paragraph before the words."""
    start, end = scene.spans[quote.block]
    found = _NAME_DASH.match(scene.mask, start, quote.outer_start)
    if found is None or found.end() != quote.outer_start or scene.mask[quote.outer_end : end].strip(" ."):
        return None
    source = source_from(scene, *found.span("who"))
    return Found(source, None, "before") if source is not None and source.kind == "person" else None


def for_whom(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Somebody for whom something is so: "For Ann Cole, a nurse, it is "a door left open"."""
    found = _FOR_WHOM.match(scene.mask, sentence[0], quote.outer_start)
    if found is None or found.end() != quote.outer_start:
        return None
    source = source_from(scene, *found.span("who"))
    return Found(source, None, "before") if source is not None and source.kind == "person" else None


def _verdict(scene: Scene, quote: Quoted, cut: list[tuple[int, int]]) -> Found | None:
    """Somebody whose answer a short question announces: "Cole’s verdict? ..."."""
    earlier = [s for s in cut if s[1] <= quote.outer_start]
    found = _WHOSE_ANSWER.fullmatch(scene.mask, *earlier[-1]) if earlier else None
    if found is None or scene.mask[earlier[-1][1] : quote.outer_start].strip():
        return None
    source = (
        pronoun_source(scene, _OWNERS[found["own"].lower()], found.start("own"))
        if found["own"]
        else source_from(scene, *found.span("who"))
    )
    return Found(source, None, "before") if source is not None else None


def _signers(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Signers of a paper, whose words it holds, or who are then "they"."""
    begin = max(scene.spans[quote.block][0], sentence[0] - FAR)
    they = _THEY.search(scene.mask, sentence[0], quote.outer_start)
    own = _OF_PAPER.match(scene.mask, sentence[0], quote.outer_start)
    if they is None and own is None:
        return None
    signed = list(_SIGNED.finditer(scene.mask, begin, they.start() if they else sentence[0]))
    if not signed:
        return None
    source = source_from(scene, *signed[-1].span("who"))
    return Found(source, None, "before") if source is not None else None


def of_document(scene: Scene, quote: Quoted, found: Found, sentence: tuple[int, int]) -> Found:
    """The document that lays a few words down, where somebody only tells of it ("The bill has no limit on "...", he said")."""
    if (
        found.how != "after"
        or _IN_WORDS_OF.match(scene.mask, quote.outer_end)
        or not scene.text[quote.start].islower()
        or found.source.kind != "person"
    ):
        return found
    paper = laid_down(scene, sentence[0], quote.outer_start)
    if (
        paper is None
        or paper.start - sentence[0] > AT_HEAD
        or FILL in scene.mask[sentence[0] : quote.outer_start]
    ):
        return found
    return Found(paper, None, "before")


def talks_of(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Somebody who speaks of a few words: "The ministry talks only of "routine rotations""."""
    talk = _TALKS_OF.search(scene.mask, sentence[0], quote.outer_start)
    source = subject_before(scene, sentence[0], talk.start()) if talk is not None else None
    if source is None or source.name.lower() == "they" or not may_speak(source, sentence[0] - 9):
        return None
    return Found(source, None, "before")


def above(scene: Scene, quote: Quoted, cut: list[list[tuple[int, int]]]) -> Found | None:
    """Speaker whom the paragraph above announces by its colon, without a verb of saying."""
    if quote.block == 0 or scene.mask[scene.spans[quote.block][0]] != FILL:
        return None
    start, end = scene.spans[quote.block - 1]
    if quote.outer_start != scene.spans[quote.block][0] or scene.mask[start:end].rstrip()[-1:] != ":":
        return None
    sentence = cut[quote.block - 1][-1]
    wrote = _WROTE_IT.match(scene.mask, sentence[0], end)
    writer = main_subject(scene, sentence[0], wrote.end("verb")) if wrote is not None else None
    if writer is not None and writer.kind in ("person", "anonymous"):
        return Found(writer, None, "before")
    told = cue_before(scene, quote, (sentence[0], quote.outer_start))
    if told is not None:
        return told
    source = main_subject(scene, sentence[0], end)
    if source is not None and may_speak(source, sentence[0]):
        return Found(source, None, "before")
    heard = [n for at, n in scene.before(quote.start) if n in scene.cast.full.values()]
    if not heard:
        return None
    return Found(Source(heard[-1], scene.cast.roles.get(heard[-1]), end - 1, end, "person"), None, "carried")


def by_reporter(scene: Scene, sentence: tuple[int, int], source: Source) -> bool:
    """Whether a sentence is a question put to somebody, which names nobody of the story."""
    asks = scene.mask[slice(*sentence)].rstrip().endswith("?")
    return asks and source.name not in scene.cast.full.values()


def replied(scene: Scene, quote: Quoted, before: list[tuple[Quoted, Found | None]]) -> Found | None:
    """The other of two, where a paragraph is nothing but the answer to a question that ends the one before."""
    start, end = scene.spans[quote.block]
    if scene.mask[start:end].strip(FILL + " ") or not before:
        return None
    last, asker = before[-1]
    question = scene.text[last.end - 1 : last.outer_end]
    if last.block != quote.block - 1 or asker is None or not last.closed or "?" not in question:
        return None
    if scene.mask[scene.spans[last.block][0]] != FILL:
        return None
    other = present(scene, asker.source.name, last.start)
    if other is None:
        return None
    return Found(Source(other, scene.cast.roles.get(other), start, end, "person"), None, "carried")


def present(scene: Scene, name: str, at: int) -> str | None:
    """Person named last before a place, besides the one who has spoken."""
    people = set(scene.cast.full.values())
    heard = {
        m.name: m.start
        for m in scene.cast.mentions
        if at - FAR < m.start < at
        and m.name in people
        and scene.mask[m.start] != FILL
        and m.name != name
        and not _PLACED.search(scene.mask, max(0, m.start - 9), m.start)
    }
    return max(heard, key=lambda n: heard[n]) if heard else None


def asked(scene: Scene, quote: Quoted, before: list[tuple[Quoted, Found | None]]) -> Found | None:
    """The one who asks, where a question stands alone between two answers of somebody else."""
    start, end = scene.spans[quote.block]
    alone = not scene.mask[start:end].strip(FILL + " ") and end - start < A_QUESTION
    if (
        not alone
        or "?" not in scene.text[quote.end - 1 : end]
        or quote.block + 1 >= len(scene.spans)
        or not before
    ):
        return None
    last, answerer = before[-1]
    following = scene.mask[scene.spans[quote.block + 1][0]]
    if last.block != quote.block - 1 or answerer is None or not last.closed or following != FILL:
        return None
    if scene.mask[scene.spans[last.block][0]] != FILL:
        return None
    name = answerer.source.name
    other = present(scene, name, last.start)
    if other is None or (name not in scene.cast.full.values() and answerer.source.kind == "office"):
        return None
    return Found(Source(other, scene.cast.roles.get(other), start, end, "person"), None, "carried")
