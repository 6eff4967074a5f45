"""Told text of web pages beside trafilatura's, on the public half of the article extraction benchmark, in one run.

    uv run python benchmarks/evidence_html.py --worst 10

For each page: four-word shingles of the text told (headlines apart, which the benchmark does not count) against those of the
annotated body; precision, recall and F1 as its own evaluation takes them, each page weighing the same. Needs the reference collection
(`FOEDUS_REFERENCE`) and the extra `news`.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import trafilatura
from scripts.page_texts import annotated_pages

from foedus.evidence.blocks import split_blocks
from foedus.evidence.formats.load import sources_of
from foedus.evidence.stories import split_stories

SHINGLE = 4
Counted = tuple[int, int, int]
"""Shingles found, found besides, and missed."""


def told(source: str) -> str:
    """What the reader takes for the text of a page's stories, without their headlines."""
    parts = []
    for page in sources_of(source.encode("utf-8", "replace"), "page.html"):
        if page.view is None:
            continue
        text = re.sub(r"(?<=\S)\n(?=\S)", "\n", page.view.text)
        drafts, _ = split_stories(split_blocks(text, page.marks), True)
        for draft in drafts:
            parts += sorted((b.start, b.text) for b in [*draft.header, *draft.body, *draft.asides])
    return "\n".join(text for _, text in parts)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Shingles of a text, the whole where it is shorter than one."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)) if words)


def compared(said: str, body: str) -> Counted:
    """Shingles of one text against those of the annotated body."""
    mine, theirs = shingles(said), shingles(body)
    found = sum((mine & theirs).values())
    return found, sum(mine.values()) - found, sum(theirs.values()) - found


def mean(pages: Iterable[Counted]) -> tuple[float, float, float]:
    """Precision, recall and F1, each page's shingles scaled to one."""
    scaled = [[n / sum(page) for n in page] for page in pages if sum(page)]
    found, besides, missed = (sum(page[k] for page in scaled) for k in range(3))
    precision, recall = found / (found + besides), found / (found + missed)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    """Print both scores."""
    parser = argparse.ArgumentParser(description="Told text of web pages beside trafilatura's.")
    parser.add_argument("--worst", type=int, default=0, help="pages to name on which ours is furthest behind")
    worst = parser.parse_args().worst
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    spent = {"foedus": 0.0, "trafilatura": 0.0}
    rows = []
    for name, raw, body in annotated_pages():
        both = {}
        for who in spent:
            start = time.process_time()
            said = (
                told(raw)
                if who == "foedus"
                else trafilatura.extract(raw, include_comments=False, favor_precision=True)
            )
            spent[who] += time.process_time() - start
            both[who] = compared(said or "", body)
        rows.append((name, both))
    for who, seconds in spent.items():
        precision, recall, f1 = mean(both[who] for _, both in rows)
        print(
            f"{who}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}, {1000 * seconds / len(rows):.0f} ms of CPU time a page"
        )
    behind = sorted(
        (mean([both["foedus"]])[2] - mean([both["trafilatura"]])[2], name)
        for name, both in rows
        if both["foedus"][0] and both["trafilatura"][0]
    )
    for by, name in behind[:worst]:
        print(f"{by:+.3f} {name}")


if __name__ == "__main__":
    main()
