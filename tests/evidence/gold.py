"""Annotated articles: a text with its marks, turned into the plain text and what a reader should find in it.

Marks: ``{q:Speaker|words}`` a quotation, ``{n:value:unit|text}`` a quantity, ``{d:iso|text}`` a date, ``{t|text}`` a
headline, ``{x|text}`` anything to leave alone; lines ``@story [date]``, ``@drop reason`` and ``@end`` bracket what they say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
_MARK = re.compile(r"\{(q2?|n|d|t|x|c)(?::([^|{}]*))?\|")


@dataclass
class Gold:
    name: str
    text: str = ""
    stories: list[tuple[int, int, str | None, str | None]] = field(default_factory=list)
    dropped: list[tuple[int, int, str]] = field(default_factory=list)
    quotations: list[tuple[int, int, str]] = field(default_factory=list)
    quantities: list[tuple[int, int, float | None, str]] = field(default_factory=list)
    claims: list[tuple[int, int, str]] = field(default_factory=list)


def load(path: Path) -> Gold:
    return parse(path.read_text(encoding="utf-8"), path.stem)


def parse(raw: str, name: str) -> Gold:
    raw = raw.replace("\\x9d", "\x9d")
    gold = Gold(name)
    out: list[str] = []
    size = 0
    marks: list[tuple[str, str, int]] = []
    frames: list[tuple[str, str, int]] = []
    title: str | None = None

    def emit(text: str) -> None:
        nonlocal size
        out.append(text)
        size += len(text)

    for line in raw.splitlines(keepends=True):
        if line.startswith(("@story", "@drop")):
            word, _, argument = line.strip()[1:].partition(" ")
            frames.append((word, argument, size))
            continue
        if line.startswith("@end"):
            word, argument, start = frames.pop()
            body = "".join(out)[start:size]
            a = start + len(body) - len(body.lstrip())
            b = start + len(body.rstrip())
            if word == "story":
                gold.stories.append((a, b, title, argument or None))
                title = None
            else:
                gold.dropped.append((a, b, argument))
            continue
        at = 0
        while at < len(line):
            mark = _MARK.match(line, at)
            if mark:
                marks.append((mark[1], mark[2] or "", size))
                at = mark.end()
            elif line[at] == "}" and marks:
                kind, argument, start = marks.pop()
                text = "".join(out)[start:size]
                if kind == "t":
                    title = text
                elif kind in ("q", "q2"):
                    gold.quotations.append((start, size, argument))
                elif kind == "n":
                    value, _, unit = argument.partition(":")
                    gold.quantities.append((start, size, None if value == "none" else float(value), unit))
                elif kind == "d":
                    gold.quantities.append((start, size, None, "date"))
                elif kind == "c":
                    gold.claims.append((start, size, argument))
                at += 1
            else:
                stop = next((i for i in range(at, len(line)) if line[i] in "{}"), len(line))
                stop = max(stop, at + 1)
                emit(line[at:stop])
                at = stop
    gold.text = "".join(out)
    return gold


def folder(name: str) -> list[Gold]:
    return [load(path) for path in sorted((ARTICLES / name).glob("*.txt"))]
