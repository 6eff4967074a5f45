"""Transcripts: paragraphs that open with a label for whoever speaks ("GEN. HARTSELL:", "Q.", "The Chair:")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from foedus.evidence import tables
from foedus.evidence.lexicon import CUE, HONORIFIC, NOT_NAME, ROLE_NOUN, TITLES
from foedus.evidence.names import SPELLED, is_place_or_group
from foedus.evidence.scene import Scene, Source

LEAST = 3
"""Labelled paragraphs from which a text is a transcript."""
HEADER = 600
"""Characters above a story in which a list of those present may stand."""
OPENING = 160
"""Characters of a question within which its speaker gives a name."""
_LABEL = re.compile(
    r"^[ \t]*(?:(?P<ask>Q|QUESTION|Question)|(?P<answer>A|ANSWER|Answer)) ?\d{0,2}(?:[:.]|[ ]?[—–]) ?(?=\S)"
    r"|^[ \t]*(?:Q\d{1,3}[.:]? )?(?P<who>[A-ZÀ-Ž][^:\n“”\"?!;]{0,70}?)(?: ?[\[(][^\])\n]{1,60}[\])])?: (?=\S)",
    re.MULTILINE,
)
_NOTE = re.compile(r" ?[\[(](?P<in>[^\])]{1,60})[\])]?$")
_TAIL = re.compile(r", [^,]{2,40}$")
_BEFORE = re.compile(r"(?:\s*(?:\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\]))+\s*")
_BEHIND = re.compile(r"(?:\s*(?:\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\]))+[\s.]*$")
_MARKS = '“"‘„«»'
_FIRST = re.compile(r"\b(?:I|[Mm]y|me|mine)\b")
_TO_ONE_ANOTHER = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me|[Yy]ou|[Yy]our|[Ss]ir|[Mm]a[’']am)\b")
_NAME = r"[A-ZÀ-Ž][\w’'\-]+(?: [A-Z]\.)?(?: (?:[a-z]{2,3} )?[A-ZÀ-Ž][\w’'\-]+){1,2}"
_MYSELF = re.compile(
    rf"(?:^|[.!?,] )(?:(?:Hi|Hello|Thanks|Thank you|Good \w+|Yes)[,.]? )?(?:(?:I[’']m|I am|This is|It[’']s|[Mm]y name is) )?(?P<who>{_NAME})(?:,? (?:with|from|of|for|at)|,) (?:the )?[A-ZÀ-Ž][^.?!,]{{1,50}}[.!?,]"
)
_GOES_ON = re.compile(r"(?:So|But|And|Then|Or|Just|If I (?:may|can) follow|To follow)\b|A follow-?up")
_SHE = re.compile(r"(?:He|She)\b")
_CAPITALS = re.compile(r"[A-ZÀ-Ž]{2,}")
_PROCEEDINGS = re.compile(
    r"(?:The )?(?:[Jj]oint |[Ss]elect |[Ss]ub-?)?(?:[Ss]itting|[Ss]ession|[Mm]eeting|[Hh]earing|[Cc]ommittee|[Pp]roceedings|House|Senate|Chamber|[Bb]riefing|Dáil|Seanad)(?: was| were| is| then| now)? (?:suspended|adjourned|resumed|recessed|rose|closed|opened|began|ended|convened|reconvened|divided|met|stood)\b"
)
"""What the record of a sitting says for itself between two turns."""
_NO_LABEL = frozenset(
    "note notes source sources photo photos video watch listen read related analysis opinion claim fact facts myth update background context date time place venue location contact media subject from to cc re what when where who why how pro con example topic topics summary verdict".split()
)
_HEADS = frozenset(
    ("chair", "court", "chairperson", "clerk", "moderator", "interviewer", "president", "witness")
)


@dataclass(slots=True)
class Turn:
    """What one label stands over: the words, and who speaks them."""

    start: int
    end: int
    label: tuple[int, int]
    key: str
    kind: str
    marked: bool
    """Whether the words stand in quotation marks, as they do in any article."""


def turns_of(scene: Scene) -> list[tuple[int, int, Source]]:
    """Turns of a transcript: where the words of each begin and end, and whose they are."""
    if not scene.spans:
        return []
    found = _labelled(scene)
    if not _is_transcript(scene, found):
        return []
    speakers = _Speakers(scene, found)
    said: list[tuple[int, int, Source]] = []
    names = {speakers.of(t).name for t in found}
    for number, turn in enumerate(found):
        source = speakers.of(turn, found[number - 2] if number > 1 else None)
        said.extend(_without_brackets(scene.text, turn.start, turn.end, source))
        last = number + 1 == len(found)
        stop = scene.spans[-1][1] if last else found[number + 1].label[0]
        for a, b in scene.spans:
            if turn.end < a < stop:
                if not _goes_on(scene, turn, (a, b), names, last):
                    break
                said.extend(_without_brackets(scene.text, a, b, source))
    return said


def _labelled(scene: Scene) -> list[Turn]:
    """Lines that open with a label, among the paragraphs and the short questions between them."""
    found: list[Turn] = []
    for match in _LABEL.finditer(scene.text, scene.floor, scene.spans[-1][1]):
        end = scene.text.find("\n", match.end())
        kind, key = _kind(scene, match)
        if kind:
            name = match.lastgroup or "who"
            stop = end if end >= 0 else len(scene.text)
            marked = match["who"] is not None and scene.text[match.end()] in _MARKS
            found.append(Turn(match.end(), stop, match.span(name), key, kind, marked))
    return _sifted(scene, found)


def _sifted(scene: Scene, found: list[Turn]) -> list[Turn]:
    """Labelled lines without those of a list, and those of a page's furniture."""
    counts = Counter(t.key for t in found)
    ends = [b for _, b in scene.spans]

    def within(at: int) -> bool:
        return at < ends[-1] and scene.spans[bisect_right(ends, at)][0] <= at

    paragraphs = {t.key for t in found if within(t.label[0]) or within(t.start)}
    asking = {t.key for t in found if "?" in scene.text[t.start : t.end]}

    plain = [t.key for t in found if not t.marked]
    first = {t.key: t.start for t in reversed(found) if not t.marked}
    known = sum(t.kind not in ("other", "paper") for t in found if not t.marked)

    def spoken(turn: Turn) -> bool:
        few = plain.count(turn.key) * 2 <= counts[turn.key]
        if turn.marked and (few or turn.start < first[turn.key]):
            return False
        if turn.kind == "other" and (known < 2 or counts[turn.key] < 2 or turn.key not in asking):
            return False
        if turn.kind == "office" and counts[turn.key] == 1 and " " not in scene.text[slice(*turn.label)]:
            return False
        if turn.kind == "paper" and turn.key not in asking:
            return False
        if turn.key in paragraphs:
            return True
        ended = scene.text[turn.start : turn.end].rstrip()[-1:] in (*"?!.…)]",)
        return ended and (turn.kind in ("ask", "titled") or counts[turn.key] > 1) and bool(paragraphs)

    return [t for t in found if spoken(t)]


def _kind(scene: Scene, match: re.Match[str]) -> tuple[str, str]:
    """What sort of label stands over a turn, and what is the same in all of its labels."""
    if match["who"] is None:
        return ("ask", "question") if match["ask"] else ("answer", "answer")
    label = _TAIL.sub("", _NOTE.sub("", match["who"]))
    words = label.split()
    if not words or len(words) > 7 or any(w.lower() in _NO_LABEL for w in words):
        return "", ""
    low = [w.lower().strip(".") for w in words]
    if low[0] == "the":
        plain = len(words) == 2 or all(w[0].isupper() or w in ("of", "for", "and", "the") for w in words)
        office = plain and any(ROLE_NOUN.fullmatch(w) or w in _HEADS for w in low[1:])
        paper = len(words) <= 4 and all(w[0].isupper() for w in words)
        kind = "office" if office else "paper" if paper else ""
        return kind, " ".join(low[1:]) if kind else ""
    if len(words) == 1 and low[0] in _HEADS | {"host", "reporter", "speaker", "chairman", "chairwoman"}:
        return "office", low[0]
    titled = low[0] in TITLES and len(words) > 1
    if not all(
        w[0].isupper() or w.lower() in ("van", "von", "de", "der", "al", "el", "la", "di") for w in words
    ):
        return "", ""
    if titled:
        return "titled", low[-1]
    if is_place_or_group(words) or low[-1] in NOT_NAME or len(words) > 4:
        return "", ""
    if label.isupper() and len(low[-1]) > 1:
        return "capitals", low[-1]
    if scene.cast.canonical(label) in set(scene.cast.full.values()):
        return "named", low[-1]
    return "other", " ".join(low)


def _is_transcript(scene: Scene, found: list[Turn]) -> bool:
    counts = Counter(t.key for t in found)
    if len(found) < LEAST or len(counts) < 2 or max(counts.values()) < 2:
        return False
    if all(t.kind in ("ask", "answer") for t in found):
        answers = [t for t in found if t.kind == "answer"]
        return sum(_FIRST.search(scene.text, t.start, t.end) is not None for t in answers) >= min(
            2, len(answers)
        )
    bare = all(t.kind == "capitals" for t in found)
    if bare and not any("?" in scene.text[t.start : t.end] for t in found):
        return False
    spoken = sum(_TO_ONE_ANOTHER.search(scene.text, t.start, t.end) is not None for t in found)
    return spoken * 4 >= len(found)


def _without_brackets(text: str, a: int, b: int, source: Source) -> list[tuple[int, int, Source]]:
    """A turn without the stage directions at its ends; none where there is nothing else."""
    before = _BEFORE.match(text, a, b)
    a = before.end() if before else a
    behind = _BEHIND.search(text, a, b)
    b = behind.start() if behind else b
    return [(a, b, source)] if text[a:b].strip(" .") else []


def _goes_on(scene: Scene, turn: Turn, span: tuple[int, int], names: set[str], last: bool) -> bool:
    """Whether a paragraph without a label goes on with the turn above it."""
    text = scene.text
    if text[span[0]] in '([“"‘' or _PROCEEDINGS.match(text, *span) or _SHE.match(text, *span):
        return False
    own = _TO_ONE_ANOTHER.search(scene.mask, *span) is not None
    if CUE.search(scene.mask, *span) and scene.mask[slice(*span)] != text[slice(*span)]:
        return False
    if own:
        return True
    told = any(name.split()[-1].lower() in text[slice(*span)].lower() for name in names)
    return not last and not told and turn.kind not in ("ask", "answer")


class _Speakers:
    """Who stands behind each label of a transcript."""

    def __init__(self, scene: Scene, found: list[Turn]) -> None:
        self.scene = scene
        self.found = found
        self.known: dict[str, tuple[str, str | None]] = {}
        self.own: dict[int, str] = {}

    def of(self, turn: Turn, before: Turn | None = None) -> Source:
        """Speaker of a turn; a questioner without a name may have given one, or go on from `before`."""
        if turn.key not in self.known:
            self.known[turn.key] = self._named(turn)
        name, role = self.known[turn.key]
        if turn.kind == "ask" or (turn.kind == "office" and turn.key in ("reporter", "interviewer")):
            name = self._introduced(turn, before) or name
        office = turn.kind in ("office", "paper", "ask", "other") or name == "Answer"
        return Source(name, role, *turn.label, "office" if office else "person")

    def _introduced(self, turn: Turn, before: Turn | None) -> str | None:
        text = self.scene.text
        match = _MYSELF.search(text, turn.start, min(turn.end, turn.start + OPENING))
        people = self.scene.cast.full.values()
        if match is not None:
            first = match["who"].split()[0].lower()
            if first in tables.first_names() or match["who"] in people:
                self.own[turn.start] = match["who"]
            return self.own.get(turn.start)
        after = before is not None and before.key == turn.key and before.start in self.own
        if before is not None and after and _GOES_ON.match(text, turn.start, turn.end):
            self.own[turn.start] = self.own[before.start]
        return self.own.get(turn.start)

    def _named(self, turn: Turn) -> tuple[str, str | None]:
        """Name and role that a label stands for."""
        label = self.scene.text[slice(*turn.label)]
        if turn.kind == "ask":
            labels = [self.scene.text[slice(*t.label)] for t in self.found if t.kind == "ask"]
            spelled = next((w for w in ("QUESTION", "Question") if any(x.startswith(w) for x in labels)), "Q")
            return spelled, None
        if turn.kind == "answer":
            return self._interviewed(turn)
        if turn.kind in ("office", "paper", "other"):
            return self._in_office(turn, label)
        longest = max((t for t in self.found if t.key == turn.key), key=lambda t: t.label[1] - t.label[0])
        whole = _bare(self.scene.text[slice(*longest.label)])
        name = _spelled(whole)
        full = name if " " in name else self._full(name)
        return full, self._role(full, label)

    def _in_office(self, turn: Turn, label: str) -> tuple[str, str | None]:
        """Holder of an office, whom its label or a list of those present names."""
        text = self.scene.text
        noted = _NOTE.search(text[turn.label[0] : turn.start].rstrip(": "))
        listed = re.compile(rf"(?P<in>{_NAME})(?:, | \()(?i:the )?(?i:{re.escape(turn.key)})\b")
        found = noted or listed.search(text, max(0, self.scene.floor - HEADER), self.found[0].label[0])
        name = _spelled(_bare(found["in"])) if found is not None else ""
        return (name, label) if " " in name else (label, None)

    def _interviewed(self, turn: Turn) -> tuple[str, str | None]:
        """Whom the paragraphs above the first answer tell most of."""
        cast = self.scene.cast
        people = {n for n in cast.full.values() if not n.startswith(("Q. ", "A. "))}
        named = [
            m.name
            for m in cast.mentions
            if m.start < turn.label[0] and m.name in people and not m.name.isupper()
        ]
        if not named:
            return "Answer", None
        name = Counter(named).most_common(1)[0][0]
        return name, cast.roles.get(name)

    def _full(self, surname: str) -> str:
        """Full name that the story, or a list of those present, gives for a surname."""
        cast = self.scene.cast
        known = next((n for k, n in cast.full.items() if k.lower() == surname.lower() and " " in n), None)
        if known is not None and not known.isupper():
            return known
        listed = re.compile(
            rf"(?<![\w.])((?:[A-ZÀ-Ž][\w’'\-]+ )(?:[A-Z][\w’'\-]*\.? ){{0,2}}{re.escape(surname)})(?!\w)",
            re.IGNORECASE,
        )
        for match in listed.finditer(
            self.scene.text, max(0, self.scene.floor - HEADER), self.scene.spans[-1][1]
        ):
            name = _spelled(_bare(match[1]))
            if match[1][0].isupper() and " " in name and name.split()[0].lower() not in NOT_NAME:
                return name
        return surname

    def _role(self, name: str, label: str) -> str | None:
        known = self.scene.cast.roles.get(name)
        if known is not None:
            return known
        listed = re.search(
            rf"{re.escape(name)}, ([^\n,;.:]{{4,80}})", self.scene.text[: self.found[0].label[0]], re.IGNORECASE
        )
        if listed is not None:
            return listed[1].lower() if listed[1].isupper() else listed[1].strip()
        words = label.split()
        titles = words[: len(words) - len(_bare(label).split())]
        plain = [SPELLED.get(w.lower().strip("."), w.capitalize()) for w in titles]
        return " ".join(w for w in plain if w.lower().strip(".") not in HONORIFIC) or None


def _bare(label: str) -> str:
    """A label without titles, notes and what follows a comma."""
    words = _TAIL.sub("", _NOTE.sub("", label)).split()
    while len(words) > 1 and words[0].lower().strip(".") in TITLES:
        words = words[1:]
    return " ".join(words)


def _spelled(name: str) -> str:
    """A name in capitals, in the usual letters."""
    return _CAPITALS.sub(lambda m: m.group().capitalize(), name)
