"""Lines into blocks, each with the part that it plays on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from foedus.evidence.furniture import (
    FINITE_FORMS,
    MONTHS,
    MONTHS_SHORT,
    SENTENCE_END,
    TERMINAL,
    WORD,
    BlockKind,
    special,
)
from foedus.evidence.lexicon import CUES

MAX_BLOCK = 12_000
"""Characters from which a paragraph is no prose and is left out; the time to read one grows with its square."""

DATELINE = re.compile(
    rf"(?P<place>[A-Z][A-Z.'’\-]+(?:[ /][A-Z][A-Z.'’\-]+){{0,4}})(?:, [A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+)?)??"
    rf"(?:,? (?P<date>(?:{MONTHS}|{MONTHS_SHORT}) \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} (?:{MONTHS}|{MONTHS_SHORT})(?: \d{{4}})?))?"
    r"(?:,? ?\((?P<agency>[A-Z][^()\n]{0,40})\))? ?(?:—|–|--| - ) ?(?=\S)"
    rf"|[A-Z][a-zà-ž]+(?:[ -][A-Z][a-zà-ž]+){{0,3}}(?:/[A-Z][a-z]+)?(?:,? (?:{MONTHS}|{MONTHS_SHORT}) \d{{1,2}}(?:, \d{{4}})?|,? \d{{1,2}} (?:{MONTHS}|{MONTHS_SHORT})(?: \d{{4}})?)?,?"
    r" \([A-Z][^()\n]{1,40}\) ?(?:—|–|-{1,2}) ?(?=\S)"
)
"""City, date and agency before the first sentence; a city in small letters needs its agency."""
_ALONE = re.compile(DATELINE.pattern.replace(r"(?=\S)", r"$"))

_INITIALS = re.compile(r"(?:[A-Z]\.){2,4}(?: [A-Z][a-z]+)?")
"""A menu's entry such as "U.S." or "U.K. News", whose full stop ends no sentence."""
_TURN = re.compile(
    r"(?:Q\d{1,3} )?(?:[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+){0,5}|[QA]|(?:The|Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Adm|Col|Amb|Senator|Deputy|General|Admiral|Lieutenant|Major|Colonel|Minister|Secretary|President|Ambassador|Chair(?:man|woman)?)\.?(?: (?:of|for|[A-Z][\w.'’\-]*)){1,5})(?: \([^()\n]{1,40}\))?: ?\S"
    r"|(?:Q\.|A\.|Question[.:]|Answer[.:]) (?=[A-Z\[(])|Q\d{1,3} [A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){1,3}: ?\S"
)
"""A turn of a transcript: the speaker in capitals or with a title, a colon, the words; a question, an answer."""
_TWO_SENTENCES = re.compile(r"[\"”][.!] [A-Z]|[a-z][.!][\"”] [A-Z]")
LETTERS = re.compile(r"\w+")
_SPOKEN = re.compile(r"[\"“”]|[!?]|\b(?:I|he|she|they|we|you|who)\b")
_WHERE = re.compile(r"\b(?:at|in|with|during|near|outside)\b")
_VERB_AND_OBJECT = re.compile(r"\w+s\b (?:to|the|a|that|on|in|for)\b")
_VERB_WITHIN = re.compile(
    r"\b[a-z]{2,}s (?:an?|the|at|into|up|out|over|his|her|its|their|back|from|with|that)\b"
)
"""What tells a sentence from a caption."""
_QUOTE_MARK = re.compile(r"[\"“”]")
_BY_LINE = re.compile(r"by [A-Z]")
_TURN_HEAD = re.compile(r"[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+){0,5}(?:, [A-Z ]{3,30})?:")
"""The speaker of a transcript's turn in a line of its own."""
_CRIED = re.compile(r"(?P<head>[^.?!:]{15,110}): [‘'][^’'.?!]{2,60}[?!][’']")
_SIGNED_AT = re.compile(r"(?:Signed|Done|Given|Adopted) (?:in|at|on) [A-Z\d]")
"""Place and date under a declaration."""


@dataclass(frozen=True)
class Block:
    """One line or paragraph of the view, without surrounding space."""

    start: int
    end: int
    kind: BlockKind
    words: int
    text: str
    heading: bool = False
    """The markup says that it is a headline."""
    kept: bool = False
    """A second opinion takes it for a part of the article."""


def words_of(text: str) -> list[str]:
    """Words of a text, as matched for every measure of length here."""
    return WORD.findall(text)


def has_finite_verb(text: str) -> bool:
    """Whether a text holds a word that looks like a finite verb."""
    return is_any_finite(LETTERS.findall(text.lower()))


def is_any_finite(words: Sequence[str]) -> bool:
    """Whether one of some words in small letters looks like a finite verb."""
    return not FINITE_FORMS.isdisjoint(words) or any(len(w) > 3 for w in words if w.endswith("ed"))


def split_blocks(text: str, marks: Callable[[int], str | None] | None = None) -> list[Block]:
    """Cut a view into blocks; `marks` tells, by a block's start, what markup says of it (`heading`, `navigation`, ...)."""
    blocks: list[Block] = []
    for start, end in _join_wrapped(text, _lines(text)):
        if end - start > MAX_BLOCK:
            blocks.append(Block(start, end, "oversized", (end - start) // 6, text[start : start + 400]))
            continue
        block = _classify(text, start, end)
        mark = marks(start) if marks is not None else None
        if mark == "heading":
            block = replace(
                block, heading=True, kind="short" if block.kind == "body" and block.words < 40 else block.kind
            )
        elif mark == "told":
            block = replace(block, kept=True, kind="body" if block.kind == "caption" else block.kind)
        elif mark is not None:
            block = replace(block, kind=mark)  # type: ignore[arg-type]
        blocks.append(block)
    return _unfinished(blocks)


def _unfinished(blocks: list[Block]) -> list[Block]:
    """Take lines of two sentences that end without a stop, where all others end with one, for captions."""
    prose = [b for b in blocks if b.kind == "body"]
    loose = [b for b in prose if not TERMINAL.search(b.text[-4:]) and not b.text[-1:].isdigit()]
    if len(prose) < 4 or len(loose) > 0.2 * len(prose):
        return blocks
    odd = {
        b.start
        for b in loose
        if 8 <= b.words <= 40
        and SENTENCE_END.search(b.text)
        and not _QUOTE_MARK.search(b.text)
        and b is not prose[-1]
        and b is not blocks[0]
    }
    told = {
        b.start
        for b in blocks
        if b.kind == "short" and 10 <= b.words <= 40 and ". " in b.text and SENTENCE_END.search(b.text)
    }
    odd |= {start for start in told if start > prose[0].start}
    return [replace(b, kind="caption") if b.start in odd else b for b in blocks]


def _lines(text: str) -> list[tuple[int, int, bool]]:
    """Non-blank lines as start, end, and whether a blank line stands before."""
    found = []
    blank = True
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped[0])
            found.append((start, start + len(stripped), blank))
            blank = False
        else:
            blank = True
        at += len(line) + 1
    return found


def _join_wrapped(text: str, lines: list[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    groups: list[list[tuple[int, int, bool]]] = []
    loud = False
    for line in lines:
        said = text[line[0] : line[1]]
        before, loud = loud, said.isupper() and len(said) > 3
        if line[2] or not groups or loud != before:
            groups.append([line])
        else:
            groups[-1].append(line)
    several = [g for g in groups if len(g) > 1]
    wrapped = sum(_is_wrapped(text, g, 0.3) for g in several) > 0.5 * len(several)
    spans: list[tuple[int, int]] = []
    for group in groups:
        spans.extend(_unwrap(text, group, wrapped))
    return spans


def _is_wrapped(text: str, group: list[tuple[int, int, bool]], share: float) -> bool:
    """Whether the lines of a group look like one paragraph broken at a fixed width."""
    sizes = [end - start for start, end, _ in group[:-1]]
    low = sum(
        text[start].islower() or (text[start] in "(," and text[end - 1] not in ".!?")
        for (_, end, _), (start, _, _) in pairwise(group)
    )
    return max(sizes) <= 100 and min(sizes) >= (30 if share else 45) and low >= share * len(sizes)


def _is_loud_part(line: str) -> bool:
    """Whether a line in capitals may be part of a headline broken over several."""
    count = len(WORD.findall(line))
    return line.isupper() and count >= 2 and special(line, count) is None and not TERMINAL.search(line)


def _unwrap(text: str, group: list[tuple[int, int, bool]], wrapped: bool) -> list[tuple[int, int]]:
    """Join the lines of one paragraph where they are a hard-wrapped text rather than paragraphs of one line."""
    if len(group) == 1:
        return [group[0][:2]]
    if _is_wrapped(text, group, 0.3) or (wrapped and _is_wrapped(text, group, 0.0)):
        return [(group[0][0], group[-1][1])]
    if wrapped and len(group) <= 4 and all(_is_loud_part(text[start:end]) for start, end, _ in group):
        return [(group[0][0], group[-1][1])]
    spans: list[tuple[int, int]] = []
    for start, end, _ in group:
        torn = (
            spans
            and (text[start].islower() or (text[start].isdigit() and wrapped))
            and not _BY_LINE.match(text, start)
            and spans[-1][1] - spans[-1][0] > 30
            and not TERMINAL.search(text[spans[-1][1] - 2 : spans[-1][1]])
        )
        if torn:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _classify(text: str, start: int, end: int) -> Block:
    line = text[start:end]
    count = len(WORD.findall(line)) if len(line) <= 400 else len(line) // 6
    return Block(start, end, _kind(line, count), count, line)


def _kind(line: str, count: int) -> BlockKind:
    if (
        (_TURN.match(line) and TERMINAL.search(line[-4:]))
        or _TURN_HEAD.fullmatch(line)
        or _SIGNED_AT.match(line)
    ):
        return "body"
    if _ALONE.fullmatch(line):
        return "metadata"
    if _INITIALS.fullmatch(line):
        return "navigation"
    if count <= 90:
        kind = special(line, count)
        if kind is not None:
            return kind
    if count == 0:
        return "navigation"
    if TERMINAL.search(line[-4:]):
        return _terminal_kind(line, count)
    if count > 28 or (count >= 10 and SENTENCE_END.search(line) and has_finite_verb(line)):
        return "body"
    return "short"


def _asks_in_marks(line: str) -> bool:
    """Whether a line is a headline that closes with a cry in single marks ("Senators grill chief: ‘Who signed this?’")."""
    head = _CRIED.fullmatch(line)
    return head is not None and not any(word in CUES for word in head["head"].lower().split())


def _terminal_kind(line: str, count: int) -> BlockKind:
    if line[-1] in "\"”’'" and line.rstrip("\"”’'")[-1:] not in ".,!?;…—–" and count <= 18:
        return "short"
    if line[-1] == "?" and count <= 14 and line[0] not in "\"“‘'" and not _TWO_SENTENCES.search(line):
        return "short"
    if (line[-1] == ":" and count <= 4) or _asks_in_marks(line):
        return "short"
    if (
        count <= 30
        and line[-1] != ":"
        and count >= 6
        and line.count(". ") == 0
        and not _SPOKEN.search(line)
        and _WHERE.search(line)
        and not has_finite_verb(line)
        and not _VERB_AND_OBJECT.search(line[:60])
        and not _VERB_WITHIN.search(line)
    ):
        return "caption"
    return "body"
