"""Lines that go on with what stands above them: the next point of a count, an item of a list, a part of what was told."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import groupby

from foedus.evidence.blocks import Block

BACK = 12
"""Lines up to which the point before this one is looked for."""
ASKED = 3
"""Questions from which a file is an interview or an explainer."""
_POINT = re.compile(r"\(?(?:(\d{1,2})|([ivx]{1,5})|([a-z]))[.)]\)? ?[^\W\d]")
_ORDINAL = re.compile(r"(?:(First)|(Second)|(Third)|(Fourth)|(Fifth))(?:ly)?, ")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
ROWS = 3
"""Lines with figures from which they are a table."""
MOST_WORDS = 25
"""Words up to which a line may be one of a table."""
_NO_FIGURE = re.compile(r"^(?:list )?\d{1,2}(?:[.):]| of \d+)?(?:\s|$)")
"""Number of a line in a list."""
_PAGE = re.compile(
    r"\b\d{1,2}[.:]\d\d\b|\b(?:19|20)\d\d\b|\bmin(?:ute)?s? (?:read|ago)|\bhours? ago|\bcomments?\b|\bphoto|\bpage \d|©",
    re.IGNORECASE,
)
"""Times, years and what a page counts of itself."""
_PART = re.compile(
    r"Of (?:the|these|those|its|his|her|their) (?:[\d,]+|two|three|four|five|six|seven|eight|nine|ten|dozen)\b|[^.,]{3,30} to the (?:north|south|east|west),"
)
"""Part of a number, or a place beside another, that has been told ("Of the 9,000 troops,", "A mile to the south,")."""
_SET_OFF = re.compile(r"([-–—*=~]{1,3}) ?(?=.*[a-z])\w.{2,70}?[\w?!’'\"”] ?\1")
"""A subhead between two equal signs ("- A cool answer in Warsaw -")."""
_QUOTES = "‘“'\""
_LISTED = (";", "; and", "; or", ",")
_LINKS = re.compile(
    r"(?:recommended(?: (?:stories|for you|reading))?|related(?: (?:stories|articles|news|content|links|coverage|reading))?|top stories(?: .{1,40})?|most (?:read|popular|viewed|shared)(?: .{1,30})?"
    r"|more (?:on|from|in|about) .{1,40}|read (?:more|next|also)|see also|also (?:read|on .{1,20})|don[’']t miss|editor[’']?s[’']? (?:picks?|choice)|you (?:may|might) (?:also )?like|trending(?: now)?"
    r"|keep reading|further reading|elsewhere(?: .{1,30})?|latest (?:news|stories|headlines)|in other news|popular(?: now)?|suggested (?:reading|stories)|in this series|explore more.*)\W*",
    re.IGNORECASE,
)
"""What stands above links to other pages."""
LINKED = 5
"""Words from which a line under such a label is rather a link than a subhead of the story."""
SENTENCE = 11
"""Words up to which a whole sentence under it may still be one."""
_BULLETS = "•*▪■●·‣–-→"
Point = tuple[str, int]


def points(text: str) -> frozenset[Point]:
    """Places in a count that a line's first sign may stand for: one letter may be a letter or a Roman number."""
    found: set[Point] = set()
    point, ordinal = _POINT.match(text), _ORDINAL.match(text)
    if point is not None:
        number, roman, letter = point.groups()
        sign = roman or letter
        if number:
            found.add(("number", int(number)))
        if sign in _ROMAN:
            found.add(("roman", _ROMAN[sign]))
        if sign and len(sign) == 1:
            found.add(("letter", ord(sign) - ord("a") + 1))
    if ordinal is not None and ordinal.lastindex:
        found.add(("ordinal", ordinal.lastindex))
    return frozenset(found)


def questions(blocks: Sequence[Block]) -> frozenset[int]:
    """Lines that ask between two paragraphs, as in an interview or an explainer; none where they are few."""
    found = [
        i
        for i in range(1, len(blocks) - 1)
        if blocks[i].kind != "body"
        and blocks[i - 1].kind == blocks[i + 1].kind == "body"
        and blocks[i].text.rstrip("*_ ").endswith("?")
    ]
    return frozenset(found) if len(found) >= ASKED else frozenset()


def set_off(blocks: Sequence[Block]) -> frozenset[int]:
    """Subheads between two paragraphs that signs set off on both sides."""
    return frozenset(
        i
        for i in range(1, len(blocks) - 1)
        if blocks[i].kind != "body"
        and blocks[i - 1].kind == blocks[i + 1].kind == "body"
        and _SET_OFF.fullmatch(blocks[i].text.strip())
        and "ends" not in blocks[i].text.casefold()
    )


def figures(blocks: Sequence[Block]) -> frozenset[int]:
    """Lines of a table or list of figures that stands between two paragraphs."""
    bodies = [i for i, block in enumerate(blocks) if block.kind == "body"]
    found: set[int] = set()
    for is_row, run in groupby(range(bodies[0], bodies[-1]) if bodies else (), lambda i: _is_row(blocks[i])):
        rows = list(run)
        if is_row and len(rows) >= ROWS:
            found.update(rows)
    return frozenset(found)


def links(blocks: Sequence[Block]) -> list[int]:
    """Lines between two paragraphs that are rather links to other pages than subheads: long ones under a label of links, or several in a row."""
    found, under = set[int](), False
    for i, block in enumerate(blocks):
        if _LINKS.fullmatch(block.text.strip()):
            under = True
        elif block.kind == "body":
            under = under and (block.words <= SENTENCE or block.text[0] in _BULLETS)
        if under and block.words >= LINKED:
            found.add(i)
    for told, run in groupby(range(len(blocks)), lambda i: blocks[i].kind == "body"):
        lines = list(run)
        between = not told and lines[0] > 0 and lines[-1] < len(blocks) - 1
        if between and len(lines) > 1 and all(_may_link(blocks[i]) for i in lines):
            found.update(lines)
    return sorted(found)


def _may_link(block: Block) -> bool:
    first, last = block.text[0], block.text[-1]
    return (
        block.words >= LINKED
        and not _is_row(block)
        and (first.isalpha() or first in _QUOTES)
        and last not in ".:;!"
    )


def _is_row(block: Block) -> bool:
    text = block.text
    if block.kind == "body" or block.words > MOST_WORDS or _NO_FIGURE.match(text) or _PAGE.search(text):
        return False
    return any(sign.isdigit() for sign in text)


def goes_on(blocks: Sequence[Block], i: int, told: bool, asked: Collection[int] = ()) -> tuple[bool, bool]:
    """Whether a line is surely no first paragraph, and whether it is surely no headline.

    Headlines may be numbered; `told` says that a paragraph stands above, `asked` are the `questions` of an interview and subheads that are `set_off`, which go on as
    does what stands under them.
    """
    if i in asked or i - 1 in asked:
        return True, True
    above = blocks[i - 1].text.rstrip() if i else ""
    listed = above.endswith(_LISTED)
    own = points(blocks[i].text)
    wanted = {(kind, n - 1) for kind, n in own if n > 1}
    before = frozenset[Point]().union(*(points(b.text) for b in blocks[max(0, i - BACK) : i])) if wanted else ()
    counted = {kind for kind, n in wanted if (kind, n) in before}
    ordinal = any(kind == "ordinal" for kind, _ in own)
    part = told and (ordinal or _PART.match(blocks[i].text) is not None)
    return listed or part or above.endswith(":") or bool(counted), listed or bool(counted - {"number"})
