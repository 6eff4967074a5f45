"""Files that look like what people paste: stories, annotated or from real pages, run together with what stands around them.

The order, the gaps, the furniture, lost headlines and fragments are drawn; a seed fixes them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scripts.page_texts import Page
from tests.evidence.gold import Gold

BRIEFS = 0.15
"""Share of lists of briefs among the joined files."""
LONG = (1, 2, 3, 5, 8, 15, 30)
"""Lines of furniture that are drawn."""
UNJOINED = re.compile(r"wrapped|html|eml|mail|stdin")
"""Names of annotated articles whose layout is lost when they are joined."""


@dataclass(frozen=True)
class Row:
    """A line and what it is: headline, body, dropped, or unknown (between a real page's headline and body)."""

    text: str
    kind: str


@dataclass(frozen=True)
class Story:
    """The lines of a story, first to last."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Source:
    """A file's stories and, as lists of lines, what stands around them."""

    name: str
    parts: tuple[Story | list[str], ...]
    real: bool = False

    @property
    def stories(self) -> list[Story]:
        """Its stories alone."""
        return [p for p in self.parts if isinstance(p, Story)]


@dataclass
class Labelled:
    """A file with where its stories, headlines and left-out lines stand."""

    gold: Gold
    heads: set[int] = field(default_factory=set)
    unknown: list[tuple[int, int]] = field(default_factory=list)
    weight: float = 1.0

    def is_told(self, at: int) -> bool | None:
        """Whether a character belongs to a story's text; none where nobody has said."""
        if any(a <= at < b for a, b in self.unknown):
            return None
        inside = any(a <= at < b for a, b, *_ in self.gold.stories)
        return inside and not any(a <= at < b for a, b, _ in self.gold.dropped)


def of_page(page: Page) -> Source:
    """A real page: one story, what stands before and after."""
    start = page.first if page.headline is None else page.headline
    rows = []
    for i in range(start, page.last + 1):
        told = "body" if page.body[i] else "unknown" if i < page.first else "dropped"
        rows.append(Row(page.lines[i], "headline" if i == page.headline else told))
    return Source(
        page.name, (list(page.lines[:start]), Story(tuple(rows)), list(page.lines[page.last + 1 :])), True
    )


def of_gold(gold: Gold) -> Source:
    """An annotated article."""
    parts: list[Story | list[str]] = []
    rows: list[Row] = []
    within: int | None = None
    at = 0
    for line in [*gold.text.split("\n"), ""]:
        start = at + len(line) - len(line.lstrip())
        at += len(line) + 1
        if not line.strip():
            continue
        story = next((n for n, s in enumerate(gold.stories) if s[0] <= start < s[1]), None)
        if story != within and rows:
            parts.append(_part(rows, within))
            rows = []
        within = story
        dropped = any(a <= start < b for a, b, _ in gold.dropped)
        titled = story is not None and gold.stories[story][2] is not None and start == gold.stories[story][0]
        rows.append(Row(line.strip(), "headline" if titled else "dropped" if dropped else "body"))
    if rows:
        parts.append(_part(rows, within))
    return Source(gold.name, tuple(parts))


def _part(rows: list[Row], within: int | None) -> Story | list[str]:
    return [r.text for r in rows] if within is None else Story(tuple(rows))


def as_is(gold: Gold, weight: float) -> Labelled:
    """An annotated article as it is."""
    return Labelled(gold, {a for a, _, title, _ in gold.stories if title}, weight=weight)


def render(parts: Sequence[Story | list[str]], gap: Callable[[], str]) -> Labelled:
    """Put parts one after the other, a drawn gap after each line."""
    found = Labelled(Gold("joined"))
    out: list[str] = []
    size = 0

    def put(line: str) -> tuple[int, int]:
        nonlocal size
        start = size
        out.extend((line, gap()))
        size += len(line) + len(out[-1])
        return start, start + len(line)

    for part in parts:
        if isinstance(part, Story):
            spans = [(put(row.text), row.kind) for row in part.rows]
            found.heads |= {a for (a, _), kind in spans if kind == "headline"}
            found.unknown.extend(span for span, kind in spans if kind == "unknown")
            found.gold.dropped.extend((*span, "inside") for span, kind in spans if kind == "dropped")
            found.gold.stories.append((spans[0][0][0], spans[-1][0][1], None, None))
        elif part:
            around = [put(line) for line in part]
            found.gold.dropped.append((around[0][0], around[-1][1], "around"))
    found.gold.text = "".join(out)
    return found


def _gap(rng: random.Random) -> Callable[[], str]:
    drawn = rng.random()
    if drawn < 0.4:
        return lambda: "\n"
    return (lambda: "\n\n") if drawn < 0.85 else (lambda: rng.choice(["\n", "\n\n"]))


def vary(story: Story, rng: random.Random, lost: float) -> Story:
    """Now and then without headline, from the middle on, or without what stands between its paragraphs."""
    rows = list(story.rows)
    if rows[0].kind == "headline" and rng.random() < lost:
        rows = rows[1:]
        while rows and rows[0].kind in ("dropped", "unknown"):
            rows = rows[1:]
    if len(rows) > 8 and rng.random() < 0.06:
        at = rng.randint(1, len(rows) // 2)
        while at < len(rows) and (rows[at].kind != "body" or len(rows[at].text.split()) < 15):
            at += 1
        rows = rows[at:] if at < len(rows) - 1 else rows
    if rng.random() < 0.25:
        rows = [r for r in rows if r.kind != "dropped"]
    return Story(tuple(rows) or story.rows)


def _chunk(furniture: Sequence[list[str]], rng: random.Random) -> list[str]:
    """Some lines that stand one after the other around a real page's article."""
    if not furniture:
        return []
    count, lines = rng.choice(LONG), rng.choice(furniture)
    at = rng.randint(0, max(0, len(lines) - count))
    return lines[at : at + count]


def _page(source: Source, rng: random.Random, lost: float) -> list[Story | list[str]]:
    before, story, after = source.parts
    if not isinstance(story, Story) or isinstance(before, Story) or isinstance(after, Story):
        raise TypeError(f"{source.name} is no real page")
    above = before[-rng.choice(LONG) :] if rng.random() < 0.6 else []
    below = after[: rng.choice(LONG)] if rng.random() < 0.6 else []
    return [above, vary(story, rng, lost), below]


def _own(
    source: Source, furniture: Sequence[list[str]], rng: random.Random, lost: float
) -> list[Story | list[str]]:
    whole = rng.random() < 0.45
    chosen = source.parts if whole else [rng.choice(source.stories)]
    parts = [vary(p, rng, lost) if isinstance(p, Story) else p for p in chosen]
    above = _chunk(furniture, rng) if rng.random() < 0.15 else []
    below = _chunk(furniture, rng) if rng.random() < 0.3 else []
    return [above, *parts, below]


def _briefs(
    own: Sequence[Source], furniture: Sequence[list[str]], rng: random.Random
) -> list[Story | list[str]]:
    """First paragraphs of several stories one after the other, with or without headlines."""
    label = rng.choice(["", "", "In brief", "News in brief", "World round-up"])
    headed, longest = rng.random() < 0.4, rng.choice([1, 1, 2, 3])
    parts: list[Story | list[str]] = [[label]] if label else []
    for source in rng.sample(own, min(rng.randint(3, 7), len(own))):
        story = rng.choice(source.stories)
        head = [r for r in story.rows if r.kind == "headline" and headed]
        told = [r for r in story.rows if r.kind == "body" and len(r.text.split()) > 14]
        if told:
            parts.append(Story((*head, *told[: rng.randint(1, longest)])))
    return [*parts, _chunk(furniture, rng) if rng.random() < 0.25 else []]


def joined(sources: Sequence[Source], count: int, seed: int, real: float, lost: float) -> list[Labelled]:
    """Draw files of one to four stories, or of briefs; `real` is the share of real pages among the stories, `lost` that of lost headlines."""
    rng = random.Random(seed)
    own = [s for s in sources if not s.real and s.stories and not UNJOINED.search(s.name)]
    pages = [s for s in sources if s.real]
    furniture = [p for s in pages for p in s.parts if not isinstance(p, Story) and p]
    files = []
    for _ in range(count):
        if rng.random() < BRIEFS:
            parts = _briefs(own, furniture, rng)
        else:
            parts = []
            for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
                page = pages and rng.random() < real
                parts += (
                    _page(rng.choice(pages), rng, lost) if page else _own(rng.choice(own), furniture, rng, lost)
                )
        files.append(render(parts, _gap(rng)))
    return files
