"""What the plan of a file is learned from: labelled blocks of annotated articles, of real pages, and of stories joined at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from scripts.page_files import Labelled, Row, Source, Story, as_is, joined, of_gold, of_page, render
from scripts.page_texts import pages
from tests.evidence.gold import Gold, folder
from tests.evidence.whole_score import articles

from foedus.evidence.blocks import Block, split_blocks
from foedus.evidence.outline_lines import group_of
from foedus.evidence.pagemarks import settle

GROUPS = (
    ("dev", "test", "real-1", "unseen-1", "layout-6", "layout-9", "layout-12"),
    ("fresh", "layout-1", "unseen-2", "layout-5", "layout-10", "layout-15"),
    ("held", "last", "layout-2", "real-2", "layout-7", "layout-13"),
    ("wave1", "layout-3", "unseen-3", "real-5", "layout-14"),
    ("wave2", "real-3", "unseen-4", "layout-8", "layout-11", "layout-16"),
    ("wave3", "real-4", "layout-4", "real-7", "layout-17"),
)
"""Batches of annotated articles from which the plan is first learned, in the groups that are held out together."""
LATER = (
    ("layout-20", "real-12", "layout-32"),
    ("real-9", "layout-25", "real-18", "layout-31"),
    ("layout-19", "layout-21", "real-13", "real-19"),
    ("layout-18", "layout-22", "real-11", "real-14", "layout-28", "real-23"),
    ("layout-23", "real-15", "real-20", "layout-29"),
    ("layout-26", "layout-27", "real-21", "real-24"),
)
"""Batches with which it is then refined (`refine_outline.py`), which nothing of the first has seen.

`real-6`, `real-8`, `real-10`, `real-16`, `real-17`, `real-22`, `real-27`, `layout-30`, `layout-33`, `unseen-4-test`,
`wave2-test` and `wave3-test` are for testing and in neither.
"""
ARTICLES = ("", "one", "", "three", "four", "")
"""Set of whole articles (`tests/evidence/whole`), each one story, that goes with each group of `LATER`; `two` is for testing."""
MARKUP = "-html"
JOINED = 150
"""Files that are drawn of annotated stories run together."""
EXCERPTS = 120
"""Excerpts that are drawn of annotated stories."""
FOLLOWED = 0.5
"""Share of excerpts that another story follows."""
SHORT = 5
"""Words up to which a line is not drawn into an excerpt."""
CUT = 0.35
"""Share of stories by themselves that are cut after some paragraphs."""
UNHEADED = 0.25
"""Share of them whose headline is lost."""
LOST = 0.5
"""Share of their headlines that are lost."""
WHOLE = 4.0
"""Weight of an annotated article as it is."""
AROUND = 40
"""Lines of a real page's surroundings that are kept before and after its article."""


def annotated(batches: Sequence[str]) -> list[Labelled]:
    """Annotated plain texts as they are."""
    golds = [gold for batch in batches for gold in folder(batch)]
    return [as_is(gold, WHOLE) for gold in golds if not gold.name.endswith(MARKUP)]


def whole_articles(part: str) -> list[Labelled]:
    """Whole articles of a set, each one story under its headline; none where no set is named."""
    found = []
    for article in articles(part) if part else ():
        text = article.text.rstrip()
        start = len(text) - len(text.lstrip())
        head = text[start:].split("\n", 1)[0]
        found.append(as_is(Gold(article.name, text, [(start, len(text), head, None)]), WHOLE))
    return found


def real_sources() -> list[Source]:
    """The benchmark's pages. Raises `FileNotFoundError` where it is missing."""
    return [of_page(page) for page in pages()]


def whole_pages(real: Sequence[Source]) -> list[Labelled]:
    """Each real page by itself, with what stands just before and after its article."""
    found = []
    for source in real:
        before, story, after = source.parts
        found.append(render([before[-AROUND:], story, after[:AROUND]], lambda: "\n\n"))
    return found


def run_together(batches: Sequence[str], seed: int, count: int = JOINED) -> list[Labelled]:
    """Annotated stories run together, half of their headlines lost."""
    golds = [of_gold(gold) for batch in batches for gold in folder(batch)]
    return joined(golds, count, seed, 0.0, LOST)


def excerpts(batches: Sequence[str], seed: int, count: int = EXCERPTS) -> list[Labelled]:
    """A few paragraphs from within an annotated story, in some files followed by the first ones of another."""
    rng = random.Random(seed)
    golds = [of_gold(gold) for batch in batches for gold in folder(batch)]
    stories = [
        told
        for gold in golds
        for story in gold.stories
        if (told := [row for row in story.rows if row.kind == "body" and len(row.text.split()) > SHORT])
    ]
    found = []
    for one, other in zip(rng.sample(stories, count), rng.sample(stories, count), strict=True):
        first = rng.randrange(len(one))
        parts = [Story(tuple(one[first : first + rng.randint(1, 4)]))]
        if rng.random() < FOLLOWED:
            parts.append(Story(tuple(other[: rng.randint(1, 4)])))
        gap = rng.choice(("\n", "\n\n"))
        found.append(render(parts, lambda gap=gap: gap))
    return found


def alone(batches: Sequence[str], seed: int, count: int) -> list[Labelled]:
    """Annotated stories by themselves, some cut short, some without headline."""
    rng = random.Random(seed)
    stories = [s for batch in batches for gold in folder(batch) for s in of_gold(gold).stories]
    found = []
    for story in rng.sample(stories, min(count, len(stories))):
        rows = list(story.rows)
        if rows[0].kind == "headline" and rng.random() < UNHEADED:
            rows = rows[1:]
        while rows and rows[0].kind == "dropped":
            rows = rows[1:]
        if rng.random() < CUT:
            rows = _cut(rows, rng.randint(2, 5))
        while rows and rows[-1].kind != "body":
            rows.pop()
        gap = rng.choice(("\n", "\n\n"))
        if rows:
            found.append(render([Story(tuple(rows))], lambda gap=gap: gap))
    return found


def _cut(rows: Sequence[Row], most: int) -> list[Row]:
    """Rows up to some number of paragraphs."""
    kept: list[Row] = []
    for row in rows:
        kept.append(row)
        most -= row.kind == "body" and len(row.text.split()) > SHORT
        if not most:
            break
    return kept


def blocks_of(file: Labelled) -> list[Block]:
    """A file's blocks, as the reader labels them."""
    return settle(split_blocks(file.gold.text))


def labels_of(file: Labelled, blocks: Sequence[Block]) -> list[str]:
    """What each block is, by the annotation."""
    stories = sorted((a, b) for a, b, *_ in file.gold.stories)
    out: list[str] = []
    within: tuple[int, int] | None = None
    told = False
    for block in blocks:
        story = next(((a, b) for a, b in stories if a <= block.start < b), None)
        if story is None:
            out.append("outside")
            continue
        kept = file.is_told(block.start)
        if story != within:
            within, told = story, block.start not in file.heads
            out.append("opening" if told else "headline")
        elif not kept:
            out.append("inside" if told else "header")
        elif group_of(block) != "paragraph":
            out.append("aside" if told else "standfirst")
        else:
            out.append("body" if told else "lead")
            told = True
    return out


def paragraphs(file: Labelled) -> Iterator[tuple[Block, int]]:
    """Paragraphs of a file's stories, with the number of the story."""
    stories = sorted((a, b) for a, b, *_ in file.gold.stories)
    for block in blocks_of(file):
        story = next((n for n, (a, b) in enumerate(stories) if a <= block.start < b), None)
        if block.kind == "body" and story is not None and file.is_told(block.start):
            yield block, story
