"""What speaks for each line of a file being a headline, a story's text or the site's: its form, its words, what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from foedus.evidence import leads, lines, sitewords
from foedus.evidence.blocks import Block, has_finite_verb
from foedus.evidence.boundaries import (
    BACKWARD,
    CLOCK,
    COUNTRY,
    HEAD_VERB,
    LABEL,
    LISTED,
    POINT,
    SALUTE,
    overlap,
    stems,
)
from foedus.evidence.furniture import TERMINAL
from foedus.evidence.headlines import (
    ABOUT,
    ABOUT_AUTHOR,
    BIO,
    CONTINUED,
    END_MARK,
    NAMES_LINE,
    NOTES,
    rule_headline,
)
from foedus.evidence.outline_places import Features, place_features
from foedus.evidence.pictures import picture_features

SITE = frozenset(("navigation", "related", "boilerplate", "cookie"))
LEADING = 5
"""Lines before a would-be headline in which "Related" may stand."""
NARROW = 40
"""Words up to which a line's words count one by one."""
TELLING = 25
"""Words from which a whole paragraph may be a story's though it has the form of a notice or a caption."""
WINDOW = 6
"""Lines before and after a paragraph among which it may sound most like a story's first."""
LEAST_LEAD = 18
MOST_LEAD = 45
"""Words that a first paragraph of one sentence has at least and at most."""
REPEATED = 60
"""Words up to which it matters whether a line is said again."""
NEAR = 40
"""Lines of a long run that are looked at before and after each."""
BYLINE = 80
"""Blocks above a note about an author in which her byline is sought."""
QUOTES = '“”"‘’'
LIKELY = ("boilerplate", "caption", "related")
_MARK = re.compile(r"(?:(\d{1,2}[.)])|([•*→▪■●·‣–-]))\s?\S")
_NAMED = re.compile(
    r"(?:(?:Dr|Prof|Professor|Sir|Gen|Col)\.? )?([A-ZÀ-Ž][\w’'.\-]+(?: [A-ZÀ-Ž][\w’'.\-]*){1,3})(?=,| (?:is|was|has|covers|writes|reports|served|teaches|who|contributed)\b)"
)
_IS_A = re.compile(
    r"[A-ZÀ-Ž][\w’'.\-]+(?: [A-ZÀ-Ž][\w’'.\-]*){1,3},? (?:(?:who )?(?:is|was|has been) (?:an? |the |our |now |currently )|(?:covers|writes|reports|reported|contributed|teaches) )"
)
_WORD = re.compile(r"[^\W\d_]+|[©@|/:→•*()–—-]")
_VOICE_OVER = [(step, f"voice_over_{step}") for step in (-2.0, -1.0, -0.3, 0.3, 1.0)]
_LEAD_OVER = [(step, f"lead_over_{step}") for step in (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0)]
_SHARE_OVER = [(step, f"share_over_{step}") for step in (0.01, 0.2, 0.4, 0.6)]


GROUPS = ("paragraph", "short", "other")


def group_of(block: Block) -> str:
    """Whether a block has the form of a paragraph, of a short line, or of something else; each has weights of its own."""
    if block.kind == "body" or (
        block.kind in LIKELY and block.words >= TELLING and TERMINAL.search(block.text[-4:])
    ):
        return "paragraph"
    return "short" if block.kind == "short" else "other"


class Sheet:
    """A file's blocks with what is gathered once for all of them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.around = lines.Around(blocks)
        self.bodies = [i for i, b in enumerate(blocks) if b.kind == "body"]
        self.places = place_features([blocks[i] for i in self.bodies])
        self.score = [sitewords.score(b.text) if b.words >= sitewords.LEAST else 0.0 for b in blocks]
        self.lead = {i: leads.score(b.text) for i, b in enumerate(blocks) if group_of(b) == "paragraph"}
        """How much each paragraph sounds like the first of a story."""
        self.whole = "\n".join(b.text for b in blocks).casefold()
        self.words = sum(b.words for b in blocks)
        self.ended = [END_MARK.match(b.text) is not None for b in blocks]
        self.noted = [bool(NOTES.match(b.text) or ABOUT.match(b.text)) for b in blocks]
        self.labelled = [LABEL.fullmatch(b.text) is not None for b in blocks]
        self.next: list[int] = []
        """Number of the first paragraph at or after each block."""
        self.run: list[int] = []
        """Where the lines begin that stand between the last paragraph before each block and the next one."""
        n = start = 0
        for i, block in enumerate(blocks):
            self.next.append(n)
            self.run.append(start)
            if block.kind == "body":
                n, start = n + 1, i + 1
        self.marks = [_mark(b) for b in blocks]
        self.countries = [COUNTRY.match(b.text) is not None for b in blocks]
        self.salutes = [SALUTE.match(b.text) is not None for b in blocks]
        self.clocks = [CLOCK.fullmatch(b.text) is not None for b in blocks]
        self.series = Counter(mark for mark, b in zip(self.marks, blocks, strict=True) if b.kind == "short")
        """How many short lines carry each sign of a list."""
        rows = _rows(blocks)
        self.over = [rows[start - 1] if start else 0 for start in self.run]
        self.under = [rows[stop] if (stop := self.stop(i)) < len(blocks) else 0 for i in range(len(blocks))]
        """Paragraphs in a row before and after each block's run."""
        self._heads: dict[int, list[tuple[int, float]]] = {}
        self._chosen: dict[int, Block | None] = {}

    def place(self, i: int) -> Features:
        """Features of the place before the next paragraph."""
        return self.places[self.next[i]] if self.next[i] < len(self.places) else {}

    def ahead(self, i: int) -> list[Block]:
        """The next three paragraphs."""
        return [self.blocks[j] for j in self.bodies[self.next[i] : self.next[i] + 3]]

    def stop(self, i: int) -> int:
        """Where the next paragraph stands, or the end."""
        return self.bodies[self.next[i]] if self.next[i] < len(self.bodies) else len(self.blocks)

    def near(self, i: int) -> tuple[int, int]:
        """Where the part of the run begins and ends that is near enough to block ``i`` to matter."""
        return max(self.run[i], i - NEAR), min(self.stop(i), i + NEAR)

    def heads(self, i: int) -> list[tuple[int, float]]:
        """Lines of four words or more near block ``i`` in its run, with the share of their words that the next paragraphs hold."""
        start = self.run[i]
        if start not in self._heads:
            ahead = self.ahead(i)
            self._heads[start] = [
                (k, overlap(b.text, ahead) if ahead else 0.0)
                for k, b in enumerate(self.blocks[start : self.stop(i)], start)
                if b.kind == "short" and b.words >= 4
            ]
        found = self._heads[start]
        if len(found) <= NEAR:
            return found
        first, last = self.near(i)
        return found[bisect_left(found, (first, 0.0)) : bisect_left(found, (last, 0.0))]

    def chosen(self, i: int) -> Block | None:
        """The line of a run that the rules would take for a headline."""
        start, ahead = self.run[i], self.ahead(i)
        if start not in self._chosen:
            run = list(self.blocks[max(start, self.stop(i) - NEAR) : self.stop(i)])
            self._chosen[start] = rule_headline(run, start == 0, False, ahead) if ahead else None
        return self._chosen[start]


def _rows(blocks: Sequence[Block]) -> list[int]:
    """For each paragraph, how many stand in one row with it."""
    found: list[int] = []
    for kind, group in groupby(blocks, key=lambda b: b.kind == "body"):
        size = len(list(group))
        found.extend([size if kind else 0] * size)
    return found


def line_features(sheet: Sheet, i: int) -> Features:
    """Features of block ``i``."""
    block = sheet.blocks[i]
    found = lines.features(sheet.around, i)
    found[f"kind_{block.kind}"] = 1.0
    n = sheet.next[i]
    if n < len(sheet.bodies):
        found[f"off_{min(sheet.bodies[n] - i, 4)}"] = 1.0
    else:
        found["no_paragraph_after"] = 1.0
    found.update(_voice(sheet, i))
    found.update(_marks(sheet, i))
    found.update(picture_features(block))
    found.update(_ends(sheet, i))
    if group_of(block) == "paragraph":
        found.update(_of_paragraph(sheet, i))
        found.update(_as_lead(sheet, i))
        found["one_long"] = not found["sentences"] and LEAST_LEAD <= block.words <= MOST_LEAD
    else:
        found.update(_of_line(sheet, i))
    if block.kind == "short":
        found.update(_in_stack(sheet, i))
    found.update(
        always=1.0,
        first=i == 0,
        last=i == len(sheet.blocks) - 1,
        small_file=sheet.words < 350,
        large_file=sheet.words > 900,
    )
    return found


def _voice(sheet: Sheet, i: int) -> Features:
    """How the words sound, here and around."""
    block, score = sheet.blocks[i], sheet.score
    found = {
        "voice": max(-4.0, min(score[i], 4.0)) / 4,
        "voice_before": max(-4.0, min(score[i - 1], 4.0)) / 4 if i else 0.0,
        "voice_after": max(-4.0, min(score[i + 1], 4.0)) / 4 if i + 1 < len(score) else 0.0,
        "site_after": sum(s < -1 for s in score[i + 1 : i + 4]) / 3,
        "site_before": sum(s < -1 for s in score[max(0, i - 3) : i]) / 3,
    }
    if block.words >= sitewords.LEAST:
        found.update({name: 1.0 for step, name in _VOICE_OVER if score[i] > step})
    if block.words <= NARROW:
        found.update({f"word_{w.lower()}": 1.0 for w in _WORD.findall(block.text[:400])})
    first = _WORD.search(block.text[:400])
    if first is not None:
        found[f"opens_{first[0].lower()}"] = 1.0
    return found


def is_listed(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line is one of several in a row with the same sign of a list, other than a number."""
    mark = _mark(blocks[i])
    return mark not in ("", "1") and mark in [
        _mark(b) for b in (*blocks[max(0, i - 1) : i], *blocks[i + 1 : i + 2])
    ]


def _mark(block: Block) -> str:
    found = _MARK.match(block.text)
    return "" if found is None else "1" if found[1] else found[2]


def _marks(sheet: Sheet, i: int) -> Features:
    """Signs of lists, letters, live pages and pictures."""
    text, mark, country = sheet.blocks[i].text, sheet.marks[i], sheet.countries[i]
    above, below = slice(max(0, i - 1), i), slice(i + 1, i + 2)
    again = bool(mark) and mark in sheet.marks[above]
    return {
        "mark": bool(mark),
        "marks": again or (bool(mark) and mark in sheet.marks[below]),
        "mark_again": again,
        "point": bool(POINT.match(text)),
        "country": country,
        "countries": country and any(sheet.countries[above] + sheet.countries[below]),
        "salute": sheet.salutes[i],
        "salute_below": any(sheet.salutes[below]),
        "clock": sheet.clocks[i],
        "clock_above": any(sheet.clocks[above]),
        "clock_below": any(sheet.clocks[below]),
        "label_above": any(sheet.labelled[max(0, i - 8) : i]),
        "digit_first": text[0].isdigit(),
        "number": text.isdigit(),
        "bracket_end": float(text[-1] == ")"),
        "file_photo": "file p" in text.lower(),
        "said_again": _is_said_again(sheet, i),
    }


def _is_said_again(sheet: Sheet, i: int) -> bool:
    """Whether a line's words, without quotation marks, stand in the file once more, as those that a page sets large do."""
    block = sheet.blocks[i]
    if not 4 <= block.words <= REPEATED:
        return False
    return sheet.whole.count(block.text.casefold().strip("“”\"‘’' .,!?…")) > 1


def _ends(sheet: Sheet, i: int) -> Features:
    """Signs of what stands under a story: a note about its author, the end of a release, the sender's notes."""
    block = sheet.blocks[i]
    named = _NAMED.match(block.text) if block.words < 90 else None
    return {
        "bio": bool(BIO.match(block.text)),
        "about_author": block.words < 60 and bool(ABOUT_AUTHOR.match(block.text)),
        "is_a": bool(_IS_A.match(block.text)),
        "names_somebody": named is not None,
        "names_byline": named is not None
        and any(
            b.kind != "body" and b.words <= 24 and named[1].lower() in b.text.lower()
            for b in sheet.blocks[max(0, i - BYLINE) : i]
        ),
        "end_mark": sheet.ended[i],
        "notes": bool(NOTES.match(block.text)),
        "about": bool(ABOUT.match(block.text)),
        "continued": bool(CONTINUED.match(block.text)),
        "names_line": bool(NAMES_LINE.match(block.text)),
        "ended_above": any(sheet.ended[max(0, i - 12) : i]),
        "notes_above": any(sheet.noted[max(0, i - 6) : i]),
    }


def _of_paragraph(sheet: Sheet, i: int) -> Features:
    """What stands between a paragraph and the one before."""
    blocks, n = sheet.blocks, sheet.next[i]
    run = blocks[max(sheet.run[i], i - NEAR) : i]
    kinds = {b.kind for b in run}
    return {
        "quote_next": i + 1 < len(blocks) and blocks[i + 1].text[0] in QUOTES,
        "quote_above": n > 0 and blocks[sheet.bodies[n - 1]].text[-1] in QUOTES,
        "run_none": not run,
        "run_metadata": "metadata" in kinds,
        "run_site": bool(kinds & SITE),
        "run_caption": "caption" in kinds,
        "run_shorts": min(sum(b.kind == "short" for b in run), 4) / 4,
        "run_length": min(len(run), 12) / 12,
    }


def _as_lead(sheet: Sheet, i: int) -> Features:
    """How much a paragraph sounds like a story's first, by itself and beside those around it."""
    score = sheet.lead[i]
    near = [sheet.lead[k] for k in range(i - WINDOW, i + WINDOW + 1) if k in sheet.lead and k != i]
    ahead = score - max(near, default=0.0)
    found = {
        "lead": max(-5.0, min(score, 5.0)) / 5,
        "lead_best": ahead >= 0 or not near,
        "lead_ahead": max(-5.0, min(ahead, 5.0)) / 5,
    }
    found.update({name: 1.0 for step, name in _LEAD_OVER if score > step})
    return found


def _of_line(sheet: Sheet, i: int) -> Features:
    """How a line agrees with the paragraphs before and after it, and what stands between it and the next."""
    n = sheet.next[i]
    if n >= len(sheet.bodies):
        return {}
    first, stop = sheet.near(i)
    block, ahead = sheet.blocks[i], sheet.ahead(i)
    past = [sheet.blocks[j] for j in sheet.bodies[max(0, n - 12) : n]]
    mine = stems(block.text)
    share, known = overlap(block.text, ahead), overlap(block.text, past)
    shares = [o for _, o in sheet.heads(i)]
    shorts = [k for k in range(first, stop) if sheet.blocks[k].kind == "short"]
    between = {b.kind for b in sheet.blocks[i + 1 : stop]}
    whole = {b.kind for b in sheet.blocks[first:stop]}
    return {
        "share": share,
        **{name: 1.0 for step, name in _SHARE_OVER if share >= step},
        "share_past": known,
        "share_gain": share - known if mine else 0.0,
        "share_best": share > 0 and all(share >= o for o in shares),
        "head_verb": bool(HEAD_VERB.search(block.text)) or has_finite_verb(block.text),
        "head_backward": bool(BACKWARD.match(block.text)),
        "head_listed": bool(LISTED.match(block.text)),
        "run_length": min(stop - first, 12) / 12,
        "run_shorts": min(len(shorts), 6) / 6,
        "first_short": bool(shorts) and i == shorts[0],
        "last_short": bool(shorts) and i == shorts[-1],
        "only_short": shorts == [i],
        "metadata_between": "metadata" in between,
        "only_metadata_between": bool(between) and between <= {"metadata", "caption"},
        "site_between": bool(between & SITE),
        "run_metadata": "metadata" in whole,
    }


def _in_stack(sheet: Sheet, i: int) -> Features:
    """How a short line stands among those that may be a headline with what belongs to it."""
    blocks, (start, stop) = sheet.blocks, sheet.near(i)
    block = blocks[i]
    said = block.text.casefold()
    heads = sheet.heads(i)
    mine = next((o for k, o in heads if k == i), 0.0)
    kinds = [b.kind for b in blocks[start:stop]]
    at = i - start
    return {
        "said_below": any(b.text.casefold() == said for b in blocks[i + 1 : stop]),
        "said_above": any(b.text.casefold() == said for b in blocks[start:i]),
        "heads_below": min(sum(k > i for k, _ in heads), 3) / 3,
        "heads_above": min(sum(k < i for k, _ in heads), 3) / 3,
        "first_head": bool(heads) and heads[0][0] == i,
        "last_head": bool(heads) and heads[-1][0] == i,
        "metadata_next": kinds[at + 1 : at + 2] == ["metadata"],
        "metadata_below": "metadata" in kinds[at + 1 :],
        "metadata_above": "metadata" in kinds[:at],
        "site_below": bool(SITE.intersection(kinds[at + 1 :])),
        "site_above": bool(SITE.intersection(kinds[:at])),
        "site_just_above": i > 0 and blocks[i - 1].kind in SITE,
        "related_above": "related" in kinds[max(0, at - LEADING) : at],
        "agrees_most": mine > 0 and all(mine >= o for _, o in heads),
        "first_to_agree": mine >= 0.3 and not any(o >= 0.3 and k < i for k, o in heads),
        "last_to_agree": mine >= 0.3 and not any(o >= 0.3 and k > i for k, o in heads),
        "better_below": any(o > mine + 0.1 and k > i for k, o in heads),
        "better_above": any(o > mine + 0.1 and k < i for k, o in heads),
        "begins_file": sheet.run[i] == 0,
        "agrees_after_change": mine * float(sheet.place(i).get("place_alike_wide", 0.0) < 0.1),
        "gap": min(stop - i, 10) / 10,
        "over_few": 0 < sheet.over[i] <= 2,
        "under_few": sheet.under[i] <= 2,
        "item": 0 < sheet.over[i] <= 2 and 0 < sheet.under[i] <= 2,
        "under": min(sheet.under[i], 6) / 6,
        "series": bool(mark := sheet.marks[i]) and sheet.series[mark] > 2,
        "chosen": sheet.chosen(i) is block,
    }
