"""The form of a line and of what stands around it.

A menu's teaser and a paragraph of a story may have the same form; what stands around them tells them apart. Each block has
features of its own form (length, end, words of address) and of its neighbourhood (prose near it, the run of short lines in
which it stands, words shared with the prose before and after). They are part of what `outline.py` weighs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import accumulate

from foedus.evidence.blocks import LETTERS, Block, is_any_finite, words_of
from foedus.evidence.boundaries import LABEL, stems
from foedus.evidence.furniture import TERMINAL

PROSE = 20
"""Words from which a paragraph is prose for sure."""
NEAR = 3
WIDE = 8
_ASKING = re.compile(
    r"(?:read|watch|sign|subscribe|get|follow|share|click|see|listen|download|join|related|more|photos?|image|videos?|credit|advertis\w+|find|visit|support|tap|enter|learn|explore|check|view|download|discover|try|start|save|buy|shop)\b",
    re.IGNORECASE,
)
"""How a page speaks to its visitor."""
_YOU = frozenset(("you", "your"))
_OURS = frozenset(
    """our us newsletter newsletters inbox email cookie cookies account app website site privacy copyright rights reserved terms
    comment comments password""".split()
)
_OUR_STEMS = ("subscri", "advertis")
_E_MAIL = re.compile(r"\be-mail\b", re.IGNORECASE)
"""How a page speaks of itself."""
_SAYING = ("said", "says", "told", "added", "according", "wrote")
_SAID = re.compile(rf"\b(?:{'|'.join(_SAYING)})\b")
_PAST = frozenset(("was", "were", "had", "said", "told", "took", "made", "came", "went"))
_SIGN = re.compile(r"[@©|›»]|https?:|www\.|\.com\b")
_SENTENCES = re.compile(r"[.!?][\"”’]? +[A-Z“\"‘]")


class Around:
    """What a file's blocks are like, gathered once for all of them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.said = [b.text[:200].lower() for b in blocks]
        prose = [b.kind == "body" and b.words >= PROSE for b in blocks]
        self.prose = [i for i, is_prose in enumerate(prose) if is_prose]
        """Where prose stands."""
        self.before = [0, *accumulate(prose)]
        """How many blocks of prose stand before each block."""
        self.stems = [stems(blocks[i].text[:900]) for i in self.prose]

    def prose_in(self, start: int, stop: int) -> int:
        """Blocks of prose from `start` up to `stop`, both clipped to the file."""
        start, stop = max(start, 0), min(max(stop, 0), len(self.blocks))
        return self.before[stop] - self.before[start] if stop > start else 0

    def shared(self, mine: frozenset[str], start: int, stop: int) -> float:
        """Share of some stems that prose number `start` up to `stop` holds, of twelve at most."""
        held = frozenset[str]().union(*[mine & found for found in self.stems[max(start, 0) : stop]])
        return min(len(held) / max(min(len(mine), 12), 1), 1.0)


def form(block: Block) -> dict[str, float]:
    """Features of a block by itself."""
    text = block.text
    words = words_of(text[:600])
    count = max(len(words), 1)
    n = block.words
    head = LETTERS.findall(text[:300])
    small = [w.lower() for w in head]
    return {
        "words": min(math.log1p(n), 5.0),
        "under_5": n < 5,
        "under_10": n < 10,
        "under_17": n < 17,
        "under_29": n < 29,
        "ended": bool(TERMINAL.search(text[-4:])),
        "capitals": sum([w[0].isupper() for w in words]) / count,
        "digits": sum([w[0].isdigit() for w in words]) / count,
        "upper": text[:300].isupper(),
        "quoted": "“" in text or "”" in text or '"' in text,
        "quote_first": text[0] in "“\"‘'",
        "verb": is_any_finite(small),
        "asks": bool(_ASKING.match(text)),
        "you": not _YOU.isdisjoint(small),
        "ours": min(_ours(small, text[:300]), 3),
        "said": any(map(text.__contains__, _SAYING)) and bool(_SAID.search(text)),
        "past": not _PAST.isdisjoint(head) or any(len(w) > 4 for w in head if w.endswith("ed")),
        "signs": bool(_SIGN.search(text[:300])),
        "sentences": min(len(_SENTENCES.findall(text[:600])), 4),
        "lower_first": text[0].islower(),
        "colon_end": text[-1] == ":",
        "colon_inside": ": " in text[:40],
        "question": text[-1] == "?",
        "label": bool(LABEL.fullmatch(text)),
    }


def _ours(words: Sequence[str], text: str) -> int:
    """How many words of a text, also given in small letters, are those of a page that speaks of itself."""
    count = sum([w in _OURS or (w.startswith(_OUR_STEMS) and w not in _OUR_STEMS) for w in words])
    return count + (len(_E_MAIL.findall(text)) if "mail" in words else 0)


def features(around: Around, i: int) -> dict[str, float]:
    """Features of block `i` among its neighbours."""
    block = around.blocks[i]
    mine = stems(block.text[:900])
    at = around.before[i]
    after = at + (block.kind == "body" and block.words >= PROSE)
    before, behind = around.shared(mine, at - 3, at), around.shared(mine, after, after + 3)
    return {
        **form(block),
        **_density(around, i, at, after),
        **_company(around, i),
        **_stacked(around.blocks, i),
        "shares_before": before,
        "shares_after": behind,
        "shares_none": before == 0 and behind == 0,
    }


def _density(around: Around, i: int, at: int, after: int) -> dict[str, float]:
    """How much prose stands near block `i`: `at` of it before, the next is number `after`."""
    last = around.prose[at - 1] if at else None
    following = around.prose[after] if after < len(around.prose) else None
    near_before, near_after = around.prose_in(i - NEAR, i), around.prose_in(i + 1, i + 1 + NEAR)
    wide_before, wide_after = around.prose_in(i - WIDE, i), around.prose_in(i + 1, i + 1 + WIDE)
    close = last is not None and following is not None and i - last <= 2 and following - i <= 2
    return {
        "near_before": near_before / NEAR,
        "near_after": near_after / NEAR,
        "wide_before": wide_before / WIDE,
        "wide_after": wide_after / WIDE,
        "sparse": wide_before + wide_after <= 2,
        "lonely": near_before + near_after == 0,
        "no_prose_before": last is None,
        "no_prose_after": following is None,
        "gap_before": math.log1p(min(i - last, 20)) if last is not None else 0.0,
        "gap_after": math.log1p(min(following - i, 20)) if following is not None else 0.0,
        "between": close,
    }


def _company(around: Around, i: int) -> dict[str, float]:
    """Kinds of the blocks around block `i`, and whether its text stands there again."""
    blocks, said = around.blocks, around.said
    above = [b.kind for b in blocks[max(i - 6, 0) : i]]
    below = [b.kind for b in blocks[i + 1 : i + 7]]
    shorts, later = above.count("short"), below.count("short")
    return {
        f"{above[-1] if above else 'edge'}_before": 1.0,
        f"{below[0] if below else 'edge'}_after": 1.0,
        "metadata_soon": "metadata" in below[:4],
        "metadata_just": "metadata" in above[-3:],
        "furniture_before": (len(above) - shorts - above.count("body")) / 6,
        "furniture_after": (len(below) - later - below.count("body")) / 6,
        "shorts_before": shorts / 6,
        "shorts_after": later / 6,
        "again_above": said[i] in said[max(i - 60, 0) : i],
        "again_below": said[i] in said[i + 1 : i + 60],
    }


def _stacked(blocks: Sequence[Block], i: int) -> dict[str, float]:
    """How a short line stands to the lines next to it: kicker, headline, standfirst, byline."""
    block = blocks[i]
    above = blocks[i - 1] if i else None
    below = blocks[i + 1] if i + 1 < len(blocks) else None
    second = blocks[i + 2] if i + 2 < len(blocks) else None
    longer = below is not None and below.kind == "short" and below.words > max(7, block.words)
    return {
        "kicker_above": above is not None and above.kind == "short" and above.words < 4,
        "shorter_above": above is not None and above.kind == "short" and 4 <= above.words < block.words,
        "longer_below": longer,
        "over_standfirst": longer and second is not None and second.kind == "metadata",
        "over_prose": longer and second is not None and second.kind == "body",
        "over_byline": below is not None and below.kind == "metadata",
    }
