"""Find what stands between quotation marks, whatever the marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DOUBLE = re.compile(r"[\"“”„«»]")
_STRIP = " \t\n.,;:…—–-"
_SINGLE_OPEN = re.compile(r"[‘'](?:(?<=[\s(\[—–:].)|(?<=^.))(?=[\w$€£…“])", re.MULTILINE)
_SINGLE_CLOSE = re.compile(r"(?<=[.,!?…”\"])[’'](?![\w’'])|(?<=\w)[’'](?=[\s.,;:!?)\]—–]|$)", re.MULTILINE)
_SINGLE_END = re.compile(r"[.!?]\s+[A-Z]")
MAX_OWNED = 150
"""Characters after an opening mark within which a mark after a plural may close, where no other does."""
_ELISION = re.compile(r"[‘'](?:\d0s|tis|twas|em|til|cause|n’|n')\b", re.IGNORECASE)
_CLOSERS = {"«": "»", "»": "«", "„": "“”", "“": "”", '"': '"'}
"""What closes a quotation that a mark opens, where marks of several kinds are nested."""
MAX_INSIDE = 24
"""Marks inside a quotation after which its own closing mark is no longer sought past them."""
MAX_MARKS = 3_000
"""More marks than this in one story are not quotations but noise; the story's quotations are then not read."""


@dataclass(slots=True)
class Quoted:
    """A quoted stretch of one paragraph. `start`/`end` lie inside the marks, outer punctuation stripped."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    block: int
    closed: bool = True
    continues: bool = False
    """Goes on from the quotation before it, left open at the end of its paragraph."""
    nested: tuple[tuple[int, int], ...] = ()


def find_quoted(text: str, spans: Sequence[tuple[int, int]]) -> list[Quoted]:
    """Quoted stretches of the paragraphs at `spans`, in order."""
    marks = sum(len(_DOUBLE.findall(text, start, end)) for start, end in spans)
    if marks > MAX_MARKS:
        return []
    single = _uses_single(text, spans, marks)
    found: list[Quoted] = []
    open_before = single_before = False
    for number, (start, end) in enumerate(spans):
        pairs, still_open, resumed = _pairs(text, start, end, open_before)
        if single:
            goes_on = number + 1 < len(spans) and text[spans[number + 1][0]] in "‘'"
            singles = _single_pairs(text, start, end, pairs, goes_on)
            resumed = resumed or (single_before and text[start] in "‘'")
            single_before = bool(singles) and not singles[-1][2]
            outer = [p for p in pairs if not any(a < p[0] and p[1] <= b for a, b, closed in singles if closed)]
            pairs = sorted(outer + singles)
        elif "‘" in text[start:end] or " '" in text[start:end]:
            inner = [p for p in _single_pairs(text, start, end, pairs) if _stands_alone(text, *p)]
            around = [(a, b) for a, b, _ in inner if text[a + 1] == "“"]
            pairs = [p for p in pairs if not any(a < p[0] and p[1] <= b for a, b in around)]
            pairs = sorted(pairs + inner)
        for n, (a, b, closed) in enumerate(pairs):
            quoted = _trim(text, a, b, number, closed, continues=resumed and n == 0)
            if quoted is not None:
                found.append(quoted)
        open_before = still_open
    return found


def _pairs(
    text: str, start: int, end: int, open_before: bool
) -> tuple[list[tuple[int, int, bool]], bool, bool]:
    """Outer spans (marks included) of one paragraph, whether it ends open, and whether it resumes an open one."""
    pairs: list[tuple[int, int, bool]] = []
    opened: int | None = None
    resumed = False
    inside = start
    for mark in _DOUBLE.finditer(text, start, end):
        at = mark.start()
        if at < inside:
            continue
        role = _role(text, at, start, end, opened is not None)
        if opened is None:
            if role == "open":
                opened = at
                resumed = resumed or (open_before and not text[start:at].strip(" -—–"))
                partner = _partner(text, at, end)
                if partner is not None:
                    pairs.append((at, partner + 1, True))
                    opened, inside = None, partner + 1
            elif not pairs and open_before:
                pairs.append((start, at + 1, True))
                resumed = True
            elif text[at] in '"„«':
                opened = at
        elif role == "open" and _sentence_break(text, opened, at):
            pairs.append((opened, _sentence_break(text, opened, at) or at, True))
            opened = at
        else:
            pairs.append((opened, at + 1, True))
            opened = None
    if opened is not None:
        stop = end if _is_sentence(text, opened, end) else None
        if stop is not None:
            pairs.append((opened, stop, False))
        return pairs, stop is not None, resumed
    return pairs, False, resumed


def _partner(text: str, at: int, end: int) -> int | None:
    """Closing mark of the quotation opened at `at`, past whole quotations inside it that use other marks."""
    own, closers = text[at], _CLOSERS.get(text[at], "")
    depth, others = 1, 0
    for count, mark in enumerate(_DOUBLE.finditer(text, at + 1, end)):
        here = mark.start()
        role = _role(text, here, at, end, depth > 1 or others > 0)
        if count > MAX_INSIDE or (own == text[here] == '"' and role == "open"):
            return None
        if text[here] in closers:
            depth -= 1
            if depth == 0:
                return here if others == 0 else None
        elif text[here] == own:
            depth += 1
        else:
            others += 1 if role == "open" else -1
        if others < 0:
            return None
    return None


def _is_sentence(text: str, start: int, end: int) -> bool:
    return end - start > 12 or bool(re.search(r"\w", text[start:end]))


def _sentence_break(text: str, opened: int, at: int) -> int | None:
    """Where a quotation left open ends, when another opens after it in the same paragraph."""
    inner = text[opened + 1 : at]
    found = re.search(
        r"[,.!?](?= (?:he|she|they|it|Mr|Ms|Mrs|[A-Z][\w.]+)(?: [A-Z]\w+)? (?:said|says|told|added|asked|wrote|warned)\b| (?:said|says|added|told) )",
        inner,
    )
    return opened + 1 + found.end() if found else None


def _role(text: str, at: int, start: int, end: int, is_open: bool) -> str:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    mark = text[at]
    starts = (
        (before.isspace() or before in "([—–-:/‘'")
        and not after.isspace()
        and (after.isalnum() or after in "$€£…[‘'(.—#@¡¿")
    )
    ends = (not before.isspace()) and (after.isspace() or after in ".,;:!?)]—–-’'…/")
    if mark in "“„«":
        return "close" if is_open and ends and not starts else "open"
    if mark in "”»":
        return "open" if not is_open and starts and not ends else "close"
    if starts and not ends:
        return "open"
    if ends and not starts:
        return "close"
    return "close" if is_open else "open"


def _uses_single(text: str, spans: Sequence[tuple[int, int]], double_marks: int) -> bool:
    """Whether the story's outer marks are single ones."""
    singles = 0
    for start, end in spans:
        for mark in _SINGLE_OPEN.finditer(text, start, end):
            closer = _SINGLE_CLOSE.search(text, mark.end(), end)
            singles += closer is not None
            if singles > 200:
                break
    return singles >= 1 and singles * 2 > double_marks / 2


def _single_pairs(
    text: str, start: int, end: int, taken: list[tuple[int, int, bool]], goes_on: bool = False
) -> list[tuple[int, int, bool]]:
    pairs: list[tuple[int, int, bool]] = []
    at = start
    while True:
        mark = _SINGLE_OPEN.search(text, at, end)
        if mark is None:
            return pairs
        at = mark.end()
        if _ELISION.match(text, mark.start()) or any(a <= mark.start() < b for a, b, _ in taken):
            continue
        closer = _closer(text, mark.end(), end)
        if closer is not None and goes_on and _is_owner(text, mark.end(), closer, end):
            closer = None
        if closer is None:
            if text[mark.end() : mark.end() + 1].isupper() and (
                text[mark.start()] == "‘"
                or (text[mark.start() - 2 : mark.start()] == ": " and text[end - 1] in ".!?")
            ):
                pairs.append((mark.start(), end, False))
                return pairs
            continue
        pairs.append((mark.start(), closer + 1, True))
        at = closer + 1


def _stands_alone(text: str, start: int, end: int, closed: bool) -> bool:
    """Whether curly single marks enclose words of their own in a story that uses double ones."""
    return closed and len(text[start:end].split()) >= 3


def _is_owner(text: str, start: int, closer: int, end: int) -> bool:
    """Whether the last mark of a paragraph whose quotation the next goes on with belongs to a plural ("five days’ notice")."""
    return (
        text[closer - 1] == "s"
        and text[start].isupper()
        and text[closer + 1 : closer + 3].strip()[:1].islower()
        and not _SINGLE_OPEN.search(text, closer + 1, end)
    )


def _opens_anew(text: str, start: int, end: int) -> bool:
    """Whether another quotation opens in a stretch, so that one left open before it has ended."""
    mark = _SINGLE_OPEN.search(text, start, end)
    return mark is not None and not _ELISION.match(text, mark.start())


def _closer(text: str, start: int, end: int) -> int | None:
    """Position of the closing single mark: one after punctuation wins over one that may be a possessive."""
    weak: int | None = None
    owned: int | None = None
    for mark in _SINGLE_CLOSE.finditer(text, start, end):
        at = mark.start()
        if owned is not None and _opens_anew(text, owned + 1, at):
            return owned
        if text[at - 1] in ".,!?…":
            return at if weak is None or not _SINGLE_OPEN.search(text, weak, at) else weak
        plural = text[at - 1] == "s" and text[at + 1 : at + 3].strip()[:1].islower()
        if plural and at - start < MAX_OWNED and not _SINGLE_END.search(text, start, at):
            owned = at
        if weak is None and not plural:
            weak = at
            follows = text[at + 1 : at + 2]
            if follows in ".,;:!?)" or _SINGLE_OPEN.search(text, at + 1, end) or at - start < 60:
                return at
    return owned if weak is None else weak


_LETTER = re.compile(r"\w")
_NESTED = re.compile(r"(?<![\w])[‘']([^‘’']{2,400})[’'](?!\w)")


def _trim(text: str, a: int, b: int, block: int, closed: bool, continues: bool) -> Quoted | None:
    start, end = a, b
    if text[start : start + 1] in "\"“”„«»‘'":
        start += 1
    if closed and end > start and text[end - 1] in "\"“”„«»’'":
        end -= 1
    while end > start and text[end - 1] in _STRIP:
        end -= 1
    while start < end and text[start] in _STRIP:
        start += 1
    if not _LETTER.search(text[start:end]):
        return None
    inner = tuple(m.span(1) for m in _NESTED.finditer(text[start:end]))
    nested = tuple((start + x, start + y) for x, y in inner)
    return Quoted(start, end, a, b, block, closed, continues, nested)
