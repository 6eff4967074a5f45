"""Attributed content without quotation marks, sentence by sentence."""

from __future__ import annotations

import re

from foedus.evidence import statement_words as words
from foedus.evidence.complements import TAKES_OBJECT, Verb, content_start, reporting_verbs
from foedus.evidence.lexicon import ANONYMOUS, CUE, ROLE_NOUN, STRONG_CUES
from foedus.evidence.phrases import VERBISH, without_auxiliaries
from foedus.evidence.records import Statement
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import Scene, Source, pronoun_source, source_from
from foedus.evidence.statement_frames import framed
from foedus.evidence.statement_wider import (
    CAREER,
    LONGEST_CLAUSE,
    half_quoted,
    headline_statement,
    main_clause,
    near,
    titled,
    until_reply,
)
from foedus.evidence.subjects import ANY_VERB, main_subject, subject_after, subject_before

MIN_WORDS = 3
_ONCE = ("later ", "once ", "formerly ", "previously ")
"""What opens the further career of somebody, who is named before it."""
_DOING = re.compile(
    r"\b(?:cannot|want|need|know|think|make|take|give|get|go|come|keep|hold|lose|mean|cost|lack|require|include|remain|see|expect|hide|hid|knew|saw|heard|met|sold|bought|built|sent|held|kept|led|fell|rose|grew|began|ran|stood|paid|spent|drew|flew|spoke|broke|chose|fought|caught|sought|bore|lay|needs|includes|contains|covers|costs|means|lacks|requires|depends|exists|belongs|matters|works|stays|expects|intends|plans|wants|refuses|seeks|threatens)\b"
    r"|\b(?:is|are|was|were|do|does|did|wo|ca|would|could|has|have|had|should)n[’']t\b"
    r"|\b[a-z]{3,}(?:s|ed) (?=(?:the|an?|its|his|her|their|no|more|about|to|spare|\d\S*)\s)"
)
"""Further verbs, which may be nouns in other places."""
_NEVER_AFTER = TAKES_OBJECT | {"put"}
_ACCORDING = re.compile(
    r"[AaIiBb](?<!\w.)(?:(?<=[Aa])ccording to\s+|(?<=[Ii])n the (?:words|view|opinion|eyes|judge?ment|telling|estimation|reckoning|assessment) of\s+|(?<=[Bb])y the (?:account|reckoning|estimate|telling|admission|count) of\s+)"
)
_IN_HIS_VIEW = re.compile(
    r"(?:But |And |Yet )?(?P<cue>[Ii]n|[Bb]y|[Tt]o) (?P<who>his|her|their) (?P<what>view|opinion|telling|estimation|judge?ment|assessment|words|eyes|mind|reckoning|estimate|account|own account), (?=\S)"
)
_OWNER = {"his": "he", "her": "she", "their": "they"}
_WHO_ASIDE = re.compile(
    r",\s+(?:who|which|whose|both of whom|all of whom|speaking|seen by|obtained by|published|released|[a-z]+ed)\b[^,;]{2,120},"
)
"""Something more about a source, between commas."""
_OFFICE_ASIDE = re.compile(r",\s+(?:an?|the|its|his|her|their|[A-Z]\w+[’']s)\s[^,;:]{2,90},")
"""The office of a source, between commas."""
_HEARSAY = re.compile(
    r"\b(?P<cue>(?:is|are|was|were|has been|have been|had been) (?:\w+ly )?(?:said|believed|thought|reported|understood|rumou?red|alleged))\s+to\s+[a-z]+\b"
    r"|\b(?P<adverb>[Rr]eportedly|[Aa]llegedly|[Ss]upposedly|[Pp]urportedly)\b"
)
"""Words by which a story passes on what it does not vouch for, without saying who told it."""
_BY_ACCOUNT = ("according to", "by the ", "in the ")
_WHILE = re.compile(r"(?:While|Although|Though|Whereas|Even as|Even though|As|If)\s+")
_JOINED = re.compile(r",?\s+(?:and|but|then|or)(?:\s+(?:also|later|then|has|have|had|\w+ly))?\s*$")
_CONTRAST = re.compile(r"(?:,\s+(?:and|but|while|though|although|whereas|yet)|;)\s+")
_COMMA = re.compile(",")
LONGEST_SOURCE = 300
"""Characters that a name with its offices takes at most before its verb."""
_PARTICIPLE = re.compile(r",\s+$")
_NP_HEAD = re.compile(
    r",\s+(?:(?:former|outgoing|incoming|acting|retired|senior|veteran|leading|top|ex-\w+)\b|[A-ZÀ-Ž][\w.’'\-]*|the|an?|he|she|they|it|his|her|its|their|one|two|three|several|some|many|another|most|[a-z]+(?:s|people))\b"
)
_CIRCUMSTANCE = re.compile(
    r"(?:When|While|As|After|Before|Since|Although|Though|Asked|Pressed|Questioned|Privately|Publicly|Speaking|Writing|Addressing|Citing)\b"
)
"""What opens a sentence and tells how somebody came to speak, not what was said."""
_THEIRS = re.compile(r"\s+(?:its|his|her|their)\b")
_ORGANISED = re.compile(
    r"\b(?:ministry|office|department|agency|company|firm|group|court|newspaper|website|team|party|union|statement|campaign|council|board|bank|institute|think tank|channel|magazine|body)\b"
)
_PAPER = re.compile(
    r"\b(?:survey|poll|study|report|review|audit|analysis|paper|figures|data|documents?|records|memo|letter|researchers?|scholars|investigation|inquiry|institute|committee|auditors?)\b",
    re.IGNORECASE,
)
"""What can find or show something: "a survey found"."""
_NOTHING = re.compile(
    r"(?:But |And |Yet )?(?:Neither|None|No one|Nobody|No \w+|Not (?:everybody|everyone|all|every|many|one|a single)|Few|Hardly any\w*)\b"
)


def read_statements(
    scene: Scene, cut: list[tuple[int, int]], story: int, headline: tuple[int, int] | None = None
) -> list[Statement]:
    """Indirect statements, for each verb of saying whose content stands outside quotation marks."""
    headed = headline_statement(scene, *headline, story) if headline else None
    found: list[Statement] = [headed] if headed is not None else []
    for start, end in cut:
        first = _according(scene, start, end, story) or _framed(scene, start, end, story)
        here = [first] if first is not None else _reported(scene, start, end, story)
        if not here and (hearsay := _hearsay(scene, start, end, story)) is not None:
            here = [hearsay]
        found.extend(here)
        for statement in here:
            if statement.speaker:
                scene.heard(statement.start, statement.speaker)
    return found


_LED_IN = re.compile(
    rf"[^{FILL}.;:]{{3,}}\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|become|became|remains?|\w+ed)\b[^{FILL}.;:,]{{0,60}}{FILL}"
)
"""The story's own words, with a verb, before a piece of somebody else's."""


def _has_verb(phrase: str) -> bool:
    """Whether a phrase holds what is, as like as not, a verb."""
    return ANY_VERB.search(phrase) is not None or _DOING.search(phrase) is not None


def _make(scene: Scene, source: Source | None, cue: str, start: int, end: int, story: int) -> Statement | None:
    while end > start and scene.text[end - 1] in " .,;:—–\n":
        end -= 1
    while start < end and scene.text[start] in " ,;:—–\n":
        start += 1
    plain = scene.mask[start:end]
    if len([w for w in plain.split() if FILL not in w]) < MIN_WORDS or (
        plain.count(FILL) > 0.6 * len(plain) and not _LED_IN.match(plain)
    ):
        return None
    said = cue in ("put", "answer", "reply", "response") or (
        cue.startswith(_BY_ACCOUNT) and len(plain.split()) > MIN_WORDS
    )
    if not said and not _has_verb(plain) and not re.search(r"\bto [a-z]+", plain):
        return None
    if source is not None and source.name.startswith(_ONCE):
        return None
    if source is None:
        return Statement(start, end, scene.text[start:end], None, None, None, "anonymous", cue, story)
    return Statement(
        start,
        end,
        scene.text[start:end],
        source.name,
        source.role,
        (source.start, source.end),
        source.kind,
        cue,
        story,
    )


def _according(scene: Scene, start: int, end: int, story: int) -> Statement | None:
    sentence = scene.mask[start:end]
    if words.REFERS_BACK.match(sentence):
        return None
    own = _IN_HIS_VIEW.match(scene.mask, start, end)
    holder = pronoun_source(scene, _OWNER[own["who"]], start) if own is not None else None
    if own is not None and holder is not None:
        return _make(scene, holder, f"{own['cue']} {own['who']} {own['what']}".lower(), own.end(), end, story)
    told = "ccording to" in sentence or "n the " in sentence or "y the " in sentence
    match = _ACCORDING.search(scene.mask, start, end) if told else None
    if match is None:
        return None
    source = subject_after(scene, match.end(), end)
    if source is None:
        return None
    if scene.mask[match.start() - 4 : match.start()] == "Not ":
        scene.heard(match.start(), source.name)
        return None
    cue = match.group().strip().lower()
    if match.start() - start > 12:
        whole = ANY_VERB.search(scene.mask, start, match.start()) is None
        return _make(scene, source, cue, start, end if whole else match.start(), story)
    if ANY_VERB.search(scene.mask, start, match.start()) is None and match.start() > start:
        return _make(scene, source, cue, start, end, story)
    comma = scene.mask.find(",", source.end, end)
    if comma > 0 and (aside := _WHO_ASIDE.match(scene.mask, comma, end)) is not None:
        comma = aside.end() - 1
    office = _OFFICE_ASIDE.match(scene.mask, comma, end) if comma > 0 else None
    if office is not None and ROLE_NOUN.search(office.group()):
        comma = office.end() - 1
    return _make(scene, source, cue, comma + 1, end, story) if comma > 0 else None


def _framed(scene: Scene, start: int, end: int, story: int) -> Statement | None:
    """What a fixed frame attributes ("As NAME sees it, ...")."""
    found = framed(scene, start, end)
    return _make(scene, found.source, found.cue, found.start, found.end, story) if found else None


def _hearsay(scene: Scene, start: int, end: int, story: int) -> Statement | None:
    """What is passed on without a source: "is said to have", "reportedly"."""
    sentence = scene.mask[start:end]
    if FILL in sentence or not any(word in sentence for word in words.HEARD_OF):
        return None
    match = _HEARSAY.search(scene.mask, start, end)
    if match is None:
        return None
    cue = f"{match['cue']} to" if match["cue"] else match["adverb"].lower()
    return _make(scene, None, cue, start, end, story)


def _reported(scene: Scene, start: int, end: int, story: int) -> list[Statement]:
    """Statements of one sentence, in the order of their verbs."""
    found: list[tuple[Statement, Source]] = []
    asked = words.ASKED.match(scene.mask, start, end)
    verbs = [
        verb
        for verb in reporting_verbs(scene, asked.end() if asked else start, end)
        if not words.HELD_BY_ANY.search(scene.mask, max(start, verb.start - 40), verb.start)
    ]
    for number, verb in enumerate(verbs):
        made = _outside(scene, verb, start, end, story)
        if made is not None:
            found, verbs = [made], verbs[number + 1 :]
            break
    for verb in verbs:
        last = found[-1] if found else None
        lo, source = start, None
        if last is not None and verb.start < last[0].end:
            if content_start(scene, verb, end) is None:
                continue
            joint = _break(scene, last[0].start, verb)
            shorter = _make(scene, last[1], last[0].cue, last[0].start, joint[0], story) if joint else None
            if joint is None or (shorter is None and last[0].cue not in TAKES_OBJECT):
                continue
            found[-1:] = [(shorter, last[1])] if shorter is not None else []
            lo, source = joint[1], (last[1] if joint[1] == verb.start else None)
        elif last is not None:
            lo = last[0].end
            source = last[1] if _JOINED.search(scene.mask, max(lo, verb.start - 80), verb.start) else None
        made = _inside(scene, verb, (lo, start, end), source, story)
        if made is not None:
            found.append(made)
    return [statement for statement, _ in found]


def _break(scene: Scene, start: int, verb: Verb) -> tuple[int, int] | None:
    """Where the content before a second verb of saying ends, and where that verb's own clause begins."""
    start = max(start, verb.start - LONGEST_CLAUSE)
    region = scene.mask[start : verb.start]
    joined = _JOINED.search(region)
    if joined is not None and verb.finite:
        return start + joined.start(), verb.start
    if _PARTICIPLE.search(region) and scene.mask[verb.start : verb.end].endswith("ing"):
        return start + len(region.rstrip(" ,")), verb.start
    breaks = list(_CONTRAST.finditer(region))
    if breaks and len(region[breaks[-1].end() :].split()) <= 14 and not _verb(region[breaks[-1].end() :]):
        return start + breaks[-1].start(), start + breaks[-1].end()
    return None


_STOPS = re.compile(r"[—–:;]")
_RELATIVE = re.compile(r",?\s+(?:who|which|whose)\b")


def _verb(phrase: str) -> bool:
    """Whether a phrase outside its relative clause has a verb, so that it is more than who speaks."""
    if _STOPS.search(phrase):
        return True
    plain = without_auxiliaries(_RELATIVE.split(phrase)[0])
    return bool(VERBISH.search(plain)) or any(c.group() in STRONG_CUES for c in CUE.finditer(plain))


_AFTER_COMMA = re.compile(r"\w,\s+$")
_SOMEBODY = re.compile(
    r"\s+(?:[A-Z]|the |a |an |one |two |several |some |its |his |her |their |another |both |many |most |(?:people|[a-z]+s)(?:[,.;]|$| (?:who|in|from|at|close|familiar|briefed|with|involved|there)\b))"
)


def _outside(scene: Scene, verb: Verb, start: int, end: int, story: int) -> tuple[Statement, Source] | None:
    """Content before its verb: "content, said NAME", "content, NAME said" and "content, NAME said, more content"."""
    before = scene.mask[start : verb.start]
    if verb.lemma not in _NEVER_AFTER and not verb.that and _AFTER_COMMA.search(before[-16:]):
        source = subject_after(scene, verb.end, end)
        named = _SOMEBODY.match(scene.text[verb.end : end]) or titled(scene.text[verb.end : end].lstrip())
        if source is not None and named and _adjoins(scene, verb.end, source):
            stop = end if _goes_on(scene, before, source.end, end) else start + len(before)
            return _pair(_make(scene, source, verb.lemma, start, stop, story), source)
    if FILL in before and (half := half_quoted(scene, verb, start, end)) is not None:
        return _pair(_make(scene, half[2], verb.lemma, half[0], half[1], story), half[2])
    after = scene.mask[verb.end : end]
    through = words.THROUGH.match(after) or (verb.lemma in words.TOLD and words.THROUGH_SOMEBODY.match(after))
    if not through or verb.that or verb.lemma == "put" or FILL in before:
        return None
    at = _speaker_comma(before)
    if at is not None and words.OWN_PAPER.match(before, at) and words.HOLDS.search(before, 0, at):
        return None
    source = subject_before(scene, start + at + 1, verb.start) if at is not None else None
    if at is None or source is None or (verb.needs_that and not _PAPER.search(source.name)):
        return None
    head = before[:at]
    begin, stop = start, start + at
    if _CIRCUMSTANCE.match(head) and "," not in head:
        begin, stop = verb.end, end
    elif (
        not _has_verb(head)
        or len(head.split()) < MIN_WORDS
        or words.PREDICATE.match(after)
        or words.TAIL.match(after)
        or (words.OPENS.match(head) and words.ON.match(after))
    ):
        stop = end
    if stop == end and not words.ON.match(after):
        return None
    return _pair(_make(scene, source, verb.lemma, begin, stop, story), source)


def _adjoins(scene: Scene, at: int, source: Source) -> bool:
    """Whether a name stands right behind its verb, or behind an office that is its own ("said its director, Ann Cole")."""
    between = scene.mask[at : source.start]
    if _THEIRS.match(scene.mask, at) and source.kind != "person" and not ROLE_NOUN.search(source.name):
        return False
    return len(between) <= 12 or (len(between) <= 90 and not ANY_VERB.search(CAREER.sub("", between)))


def _goes_on(scene: Scene, before: str, at: int, end: int) -> bool:
    """Whether the content goes on behind who says it: a short opening did not say it all, or its verb is still to come."""
    rest = scene.mask[at:end]
    if len(before.split()) <= MIN_WORDS and re.match(r"[^,]{0,80},\s", rest) and not _has_verb(before):
        return True
    return (
        words.GOES_ON.match(rest) is not None
        or words.TAIL.match(rest) is not None
        or bool(words.OPENS.match(before.rstrip(" ,")))
    )


def _pair(statement: Statement | None, source: Source) -> tuple[Statement, Source] | None:
    return (statement, source) if statement is not None else None


def _speaker_comma(before: str) -> int | None:
    """Where the content ends in "content, NAME, her office, said"."""
    held = before.rstrip(" ,")
    for comma in _COMMA.finditer(held, max(0, len(held) - LONGEST_SOURCE)):
        phrase = before[comma.end() :].strip()
        if words.MEASURE.match(phrase) and not ROLE_NOUN.search(phrase.split(",")[0]):
            continue
        if words.PRESENT.match(phrase) and not ANONYMOUS.match(phrase) and not ROLE_NOUN.match(phrase):
            continue
        head = _NP_HEAD.match(before, comma.start()) or titled(phrase)
        if head and not _verb(phrase) and not _thing(phrase):
            return comma.start()
    return None


_A_THING = re.compile(r"an? [a-z]")


def _thing(phrase: str) -> bool:
    """Whether "a deal", or "a charge the minister", stands where somebody should who says something."""
    return _A_THING.match(phrase) is not None and not (
        ROLE_NOUN.search(phrase)
        or ANONYMOUS.search(phrase)
        or _PAPER.search(phrase)
        or _ORGANISED.search(phrase)
    )


def _inside(
    scene: Scene, verb: Verb, bounds: tuple[int, int, int], source: Source | None, story: int
) -> tuple[Statement, Source] | None:
    """Content after its verb: "NAME said that content"."""
    lo, start, end = bounds
    begin = content_start(scene, verb, end)
    if begin is None or (verb.lemma == "repeat" and not verb.that):
        return None
    nobody = _NOTHING.match(scene.mask, lo, verb.start)
    if nobody is not None and "," not in scene.mask[nobody.end() : verb.start]:
        return None
    while_ = _WHILE.match(scene.mask, lo, verb.start) if lo == start else None
    lo = while_.end() if while_ else lo
    circumstance = words.WHERE_SAID.match(scene.mask, lo, verb.start) if lo == start else None
    lo = circumstance.end() if circumstance else lo
    if source is None:
        part = scene.mask.rfind("; ", lo, verb.start)
        lo = part + 2 if part >= 0 else lo
        before = scene.mask[lo : verb.start]
        if FILL in before and not verb.that:
            return None
        listed = verb.lemma == "make known" and _JOINED.search(scene.mask, max(lo, verb.start - 80), verb.start)
        first = main_subject(scene, lo, verb.start) if listed else None
        source = (
            first
            or _both(scene, lo, verb.start)
            or subject_before(scene, near(scene, lo, verb.start), verb.start)
        )
    if source is None:
        return None
    stop = main_clause(scene, begin, end) if while_ else until_reply(scene, begin, end)
    return _pair(_make(scene, source, verb.lemma, begin, stop, story), source)


def _both(scene: Scene, lo: int, at: int) -> Source | None:
    """Two who say one thing: "Both the union and the management say"."""
    found = words.BOTH.fullmatch(scene.mask, lo, at)
    if found is None:
        return None
    one, two = (source_from(scene, *found.span(name)) for name in ("one", "two"))
    if one is None or two is None:
        return two
    kind = one.kind if one.kind == two.kind else "collective"
    return Source(f"{one.name} and {two.name}", one.role, one.start, two.end, kind)
