"""Lines of long files, weighed by themselves and by their neighbours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foedus.evidence import boundaries, lines
from foedus.evidence.blocks import Block, split_blocks
from foedus.evidence.boundaries import page_of
from foedus.evidence.stories import LONG, split_stories

from .gold import folder

TEASERS = (
    "Most Popular\n\nYou can read our newsletter every day.\n\nGet our app\n\nSign in to your account\n\n" * 2
)


@pytest.fixture(scope="module")
def text() -> str:
    return folder("real-1")[0].text


def test_a_line_that_asks_the_visitor_weighs_less_than_a_paragraph_of_the_story(text):
    blocks = lines.judge(split_blocks(text + "\n\n" + TEASERS))
    weighed = [b for b in blocks if b.promise is not None and b.kind == "body"]
    asked = [b for b in blocks if b.text.startswith("You can read our newsletter")]
    typical = sorted(b.promise for b in weighed)[len(weighed) // 2]
    assert asked
    assert all(b.promise is None or b.promise < typical - 3 for b in asked)


def test_short_files_are_left_to_the_rules(text):
    blocks = split_blocks(text)
    few = [b for b in blocks if b.kind == "body"][:4]
    assert sum(b.words for b in few) < LONG
    drafts, _ = split_stories(few)
    assert all(b.promise is None for d in drafts for b in d.body)
    drafts, _ = split_stories(few, long=True)
    assert all(b.promise is not None for d in drafts for b in d.body)


def test_every_block_of_a_long_file_is_kept_or_left_out_once(text):
    blocks = split_blocks(text)
    drafts, dropped = split_stories(blocks, long=True)
    held = [
        b.start for d in drafts for b in [*d.body, *d.asides, *d.header, *([d.headline] if d.headline else [])]
    ]
    seen = sorted([*held, *(b.start for b, _ in dropped)])
    assert len(seen) == len(set(seen))
    assert set(seen) <= {b.start for b in blocks}
    times = {b.start for b in blocks if boundaries.CLOCK.fullmatch(b.text)}
    assert {b.start for b in blocks} - set(seen) <= times


def test_the_last_of_two_equal_headlines_begins_the_story():
    text = folder("real-1")[0].text
    drafts, _ = split_stories(split_blocks(text), long=True)
    title = drafts[0].headline
    assert title is not None
    assert text.count(title.text) > 1
    assert text.rfind(title.text) == title.start


def test_words_agree_less_where_another_story_begins():
    def told(words: str, at: int) -> Block:
        return Block(at, at + 1, "body", 30, words)

    here = [
        told(f"The Vilnius brigade waits for tanks at the depot near Rukla, officer {n} said.", n)
        for n in range(5)
    ]
    there = [
        told(f"Cotton prices fell in Tashkent as farmers sold their harvest, trader {n} said.", 9 + n)
        for n in range(5)
    ]
    page = page_of([*here, *there], long=True)
    assert min(page.wide, key=lambda at: page.wide[at]) == there[0].start
    assert page.depth[there[0].start] == max(page.depth.values())
    assert not page_of([*here, *there]).wide


def test_shares_are_shares(text):
    blocks = [replace(b, text=b.text) for b in split_blocks(text)]
    around = lines.Around(blocks)
    for i in range(len(blocks)):
        found = lines.features(around, i)
        assert all(
            0 <= found[name] <= 1 for name in ("near_before", "wide_after", "shares_before", "shares_after")
        )
