"""Positions taken without a verb of saying: by the writer of an opinion piece, and in what somebody does to an idea.

"The Americans are going" in a column is its writer's; "the minister ruled out an American exit" is the minister's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.records import Quotation, Statement
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import Scene, Source
from foedus.evidence.subjects import main_subject, subject_after, subject_before

WRITER = "the writer"
"""Name of who speaks for himself in an opinion piece."""
TOLD = "told"
"""Cue of a passage that somebody told others, or said in passing."""
_MINE = re.compile(r"(?<![\w’'.])(?:I|I[’'](?:m|ve|d|ll)|[Mm]y|[Ll]et me)\b(?! (?:Corps|Battle))")
_OPINED = re.compile(
    r"\b(?:[Ll]et us|[Mm]ake no mistake|[Tt]he truth is|[Tt]he fact is|should be (?:taken|seen|read|understood|treated)|[Tt]o put it (?:plainly|bluntly)|(?:[Ww]e|[Oo]ur (?:leaders|governments?|politicians)) (?:should|must|need to|ought)|[Nn]o one should|[Nn]obody should|[Tt]his (?:newspaper|column|page)|[Dd]o not be fooled|[Ff]orget the|[Tt]hose who (?:\w+ ){1,8}?(?:have|are) (?:not|wrong|mistaken|fool\w*|deluded)|[Dd]oes not change|let alone)\b"
)
"""What a writer says who judges in his own name."""
_QUESTION = re.compile(r"\?\n")
_INTERVIEW = 3
"""Questions in paragraphs of their own that make an interview."""
_SAME = 12
"""Characters between two places that count as one."""
_FEW = 4
"""Sentences in an opinion piece without an "I" to one that gives another's words, at least."""
_NAMES = re.compile(
    r"\b(?:America(?:ns?)?|Washington|White House|United States|U\.S\.|US|[Pp]resident|[Tt]hreats?|per ?cent|withdrawal|bluff|bluster|bargaining chip|theatre|guarantee|Article 5|Article Five|NATO|alliance|target|Europe(?:ans?)?|allies)\b"
)
"""What a writer's sentence must name that takes a position."""
_ELSEWHO = re.compile(
    r"\b(?:says|(?<!is )(?<!was )(?<!be )(?<!been )said|saying|thinks?|believes?|thought|believed|explain\w*|asked|told|wrote|writes|argue[sd]?|argument|claims?|claimed|insists?|hopes?|[Tt]hose who|[Ii]f|whether|should read|announced)\b(?<!I think)(?<!I do not think)(?<!I don’t think)(?<!I don't think)(?<!I no longer believe)(?<!I believe)(?<!I say)(?<!I said)"
)
"""What makes of it somebody else's, or a supposition."""
_DID = re.compile(
    r"\b(?:(?:do|does|did)(?: not|n[’']t) (?:take|believe in|see|regard|buy|trust|view|treat)|takes?|took|sees?|saw|oppos(?:es|ed)|refus(?:es|ed)|veto(?:es|ed)|treats?|treated|foresees?|foresaw|expects?|expected|predict(?:s|ed)|fear(?:s|ed)|rul(?:es|ed) out|dismiss(?:es|ed)|reject(?:s|ed)|play(?:s|ed) down|laugh(?:s|ed) off|brush(?:es|ed) (?:off|aside)|shrug(?:s|ged) off|wav(?:es|ed) away|pour(?:s|ed) cold water on|scoff(?:s|ed) at|warn(?:s|ed) (?:of|about)|consider(?:s|ed)|regard(?:s|ed)?|expect|describe|view(?:s|ed)?|interpret(?:s|ed)?|rat(?:es|ed)|re-?affirm(?:s|ed)|reiterat(?:es|ed)|restat(?:es|ed)|renew(?:s|ed)|underlin(?:es|ed)|underscor(?:es|ed)|vouch(?:es|ed) for|doubt(?:s|ed)|trust(?:s|ed)|question(?:s|ed)|describ(?:es|ed)|call(?:s|ed)|ha(?:s|ve|d) (?:no|little|full|every|complete|lost) (?:doubts?|confidence|faith|trust)|no longer (?:believes?|trusts?)|believ(?:es|ed) in)\b"
)
"""What somebody does to an idea who takes a position on it."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)(?: \w+ly)? $")
_AGENT = re.compile(r"\bby (?=(?:the |a |an )?[\w’'-]+)(?!\w+ing\b)")
_OPEN = re.compile(r"\b(?:whether|if|asked|unless|who|that|which|would|could|should|might|may|not|n[’']t)\b")
"""What keeps a deed from being one."""
_IDEAS = ("withdrawal", " exit", "departure", "pull-out", "pullout", "guarantee", "commitment", "threat", "umbrella", "Article 5", "Article Five", "leaving NATO", "quitting NATO", "leave NATO", "quit NATO", "ultimatum", "warning", "outburst", "remark", "comments", "statement", "defence spending", "defense spending", "military spending", "defence budget", "percent", "per cent", "spending target", "NATO target")  # fmt: skip


_TELLING = re.compile(
    r"\b(?:(?:re)?assur(?:es|ed)|promis(?:es|ed)|warn(?:s|ed)|inform(?:s|ed)|remind(?:s|ed)|tells|told|advis(?:es|ed)|convinc(?:es|ed))(?: [^\s,;:.!?“”\"]+){1,8}? that\s"
)
"""Somebody tells somebody something."""
_HOLDING = re.compile(
    r"\b(?:(?:voic|express|air|rais|harbou?r|stat)(?:es|ed|s) (?:\w+ ){0,2}?(?P<held>scepticism|skepticism|doubts?|disbelief|confidence|certainty|fears?|belief|faith|trust|conviction) (?:that|about|in)|(?P<out>rul(?:es|ed) out that))\s"
)
"""Somebody holds something to be so, or not."""
_IN_PASSING = re.compile(
    rf",\s(?:warn|say|add|insist|stress|claim|argu|predict|promis|vow|threaten|declar|not|caution|acknowledg|admitt|conced)ing (?:that\s)?(?=[^{FILL}])"
)
"""What somebody says beside what he does."""


def voices(
    scene: Scene, cut: list[tuple[int, int]], stated: list[Statement], said: list[Quotation], story: int
) -> list[Statement]:
    """Passages of a story that somebody answers for without a verb of saying."""
    taken = [(s.start, s.end) for s in stated]
    found = []
    for start, whole in cut:
        part = scene.mask.find("; ", start, whole)
        end = part if part > 0 else whole
        told = _told(scene, start, whole, stated, story)
        found += told
        taken += [(s.start, s.end) for s in told]
        if any(a < end and b > start for a, b in taken):
            continue
        did = _deed(scene, start, end, story)
        if did is not None:
            found.append(did)
            taken.append((start, end))
    if _opinion(scene, len(cut), len(stated) + len(said)):
        found += _written(scene, cut, taken, story)
    return found


def _told(scene: Scene, start: int, end: int, stated: list[Statement], story: int) -> list[Statement]:
    """What a sentence tells that somebody told others, or said in passing, and no statement has for his."""
    found = []
    for pattern in (_TELLING, _IN_PASSING, _HOLDING):
        match = pattern.search(scene.mask, start, end)
        if match is None or any(abs(s.start - match.end()) <= _SAME for s in stated):
            continue
        verb = match.start() + 2 if pattern is _IN_PASSING else match.start()
        if _OPEN.search(scene.mask, max(start, verb - _SAME), verb):
            continue
        before = [s for s in stated if start <= s.start and s.end <= match.start()]
        if before and pattern is _IN_PASSING:
            found.append(replace(before[-1], start=match.end(), end=end, text=scene.text[match.end() : end]))
            continue
        source = subject_before(scene, start, verb) or main_subject(scene, start, verb)
        if source is None or any(s.speaker == source.name and s.start <= match.end() < s.end for s in stated):
            continue
        begin = max(match.start("held"), match.start("out")) if pattern is _HOLDING else match.end()
        found.append(_voiced(scene, (begin, end), source, TOLD, story))
    return found


def _voiced(scene: Scene, span: tuple[int, int], source: Source, cue: str, story: int) -> Statement:
    """A passage that a source answers for."""
    who = (source.start, source.end)
    return Statement(*span, scene.text[slice(*span)], source.name, source.role, who, source.kind, cue, story)


def _deed(scene: Scene, start: int, end: int, story: int) -> Statement | None:
    """What a sentence tells of somebody's stand on an idea."""
    sentence = scene.mask[start:end]
    if not any(idea in sentence for idea in _IDEAS):
        return None
    match = _DID.search(sentence)
    if match is None or FILL in sentence[: match.start()] or _OPEN.search(sentence[: match.start()]):
        return None
    source = _doer(scene, start, start + match.start(), end)
    if source is None:
        return None
    return _voiced(scene, (start + match.start(), end), source, "stand", story)


def _doer(scene: Scene, start: int, verb: int, end: int) -> Source | None:
    """Who does it: the subject, or whoever stands behind "by" where the verb is passive."""
    if _PASSIVE.search(scene.mask, start, verb) is None:
        return subject_before(scene, start, verb)
    agent = _AGENT.search(scene.mask, verb, end)
    return subject_after(scene, agent.end(), end) if agent else None


def _opinion(scene: Scene, sentences: int, attributed: int) -> bool:
    """Whether a story speaks in its writer's own name."""
    start, end = scene.spans[0][0], scene.spans[-1][1]
    if _MINE.search(scene.mask, start, end) is not None:
        return len(_QUESTION.findall(scene.text, start, end)) < _INTERVIEW
    return attributed * _FEW <= sentences and _OPINED.search(scene.mask, start, end) is not None


def _written(
    scene: Scene, cut: list[tuple[int, int]], taken: list[tuple[int, int]], story: int
) -> list[Statement]:
    """Sentences that nobody but the writer answers for, and that name the patron, a threat or a share; a question with its answer."""
    found: list[tuple[int, int]] = []
    asked: int | None = None
    for start, end in cut:
        sentence = scene.mask[start:end]
        if FILL in sentence or any(a < end and b > start for a, b in taken):
            asked = None
            continue
        begin, asked = (start if asked is None else asked), None
        if sentence.rstrip().endswith("?"):
            asked = begin
        elif _NAMES.search(scene.mask, begin, end) and not _ELSEWHO.search(scene.mask, begin, end):
            found.append((begin, end))
    return [Statement(a, b, scene.text[a:b], WRITER, None, None, "writer", "", story) for a, b in found]
