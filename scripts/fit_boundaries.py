"""Estimate the weights by which the reader tells that another story begins on a page with markup (for plain files: `fit_outline.py`).

    uv run --all-extras python -m scripts.fit_boundaries [--score]

Annotated articles, and, where the reference collection is at hand, pages of the article extraction benchmark, are joined into
files of one to four stories: with or without headlines, bylines, captions and the pages' furniture, with or without blank
lines. Every place between two paragraphs is one row; the label is whether a story begins there. Logistic regression with an
L2 penalty. `--score` holds every fifth source out and prints how many stories of joined held-out sources come out exactly.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scripts.page_texts import told_pages
from scripts.story_places import places
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from tests.evidence.gold import ARTICLES, Gold, parse

from foedus.evidence import boundaries
from foedus.evidence.blocks import split_blocks
from foedus.evidence.page_stories import stories_of_page
from foedus.evidence.pagemarks import settle

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "src" / "foedus" / "evidence" / "data" / "boundary_weights.csv"
FOLDERS = (
    "dev",
    "test",
    "fresh",
    "held",
    "last",
    "wave1",
    "wave2",
    "wave3",
    "unseen-1",
    "unseen-2",
    "unseen-3",
)
DUMPS = 500
PENALTY = 0.5
BRIEFS = 0.17
"""Share of lists of briefs among the joined files."""
WHOLE = 6.0
"""Weight of a place in an annotated article as it is."""
MISSED = 2.0
"""A missed beginning counts as so many false ones."""
INTERRUPTIONS = [
    ("Advertisement",),
    ("ADVERTISEMENT", "SKIP ADVERTISEMENT"),
    ("Read more: Six charts on who pays for what",),
    ("READ MORE: Minister under fire over leaked memo",),
    ("Related: The treaty, clause by clause",),
    ("Sign up for our newsletter",),
    ("Watch: Troops arrive at the northern port",),
    ("See also: What the summit decided",),
    ("Share this article",),
    ("A question of trust",),
    ("Long shadow",),
    ("What happens next?",),
    ("‘No plan B’",),
    ("Why it matters",),
    ("The view from the border",),
    ("* * *",),
]
"""Lines that pages put between two paragraphs of one story."""
_UNTITLED = re.compile(r"(^@story.*\n)\s*\{t\|.*\}\n(?:\s*@drop .*\n(?:(?!@end).*\n)*@end\n)*", re.MULTILINE)
"""A story's headline with the byline, date and caption that follow it at once."""
_METADATA = re.compile(r"^@drop metadata\n.*?^@end\n", re.MULTILINE | re.DOTALL)
_FURNITURE = re.compile(
    r"^@drop (?:site_navigation|related_stories|boilerplate)\n.*?^@end\n", re.MULTILINE | re.DOTALL
)
_LAYOUT = re.compile(r"wrapped|html|eml|mail|stdin")


def sources(with_pages: bool) -> list[tuple[str, float]]:
    """Marked-up sources and how often to draw each. Without the pages the weights rest on fewer and shorter stories."""
    own = [
        (path.read_text(encoding="utf-8"), 2.0)
        for name in FOLDERS
        for path in sorted((ARTICLES / name).glob("*.txt"))
        if not _LAYOUT.search(path.stem)
    ]
    return own + [(raw, 0.4) for raw in (pages() if with_pages else ())]


def pages() -> Iterator[str]:
    """Articles of the extraction benchmark, English ones that are told in paragraphs."""
    for _, page, text in told_pages():
        body = re.sub(r"[{}|]", "", text)
        head = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
        title = " ".join(re.sub(r"<[^>]*>|[{}|]", " ", head[1]).split()) if head else ""
        if title and not body.startswith(title):
            body = f"{{t|{title}}}\n{body}"
        yield f"@story\n{body}\n@end\n"


def _interrupted(raw: str, rng: random.Random) -> Iterator[str]:
    """Lines of a source, with now and then a line that a page puts between two paragraphs."""
    inside = depth = 0
    for line in raw.split("\n"):
        if not line.strip():
            continue
        depth += line.startswith(("@story", "@drop")) - line.startswith("@end")
        prose = depth == 1 and len(line.split()) > 14 and not line.startswith("@")
        if prose and inside and rng.random() < 0.06:
            yield from rng.choice(INTERRUPTIONS)
        inside = inside + 1 if prose else 0 if line.startswith("@story") else inside
        yield line


def dump(raws: list[str], rng: random.Random) -> Gold:
    """One to four sources run together."""
    parts: list[str] = []
    for raw in raws:
        kept = _UNTITLED.sub(r"\1", raw) if rng.random() < 0.25 else raw
        kept = _METADATA.sub("", kept) if rng.random() < 0.4 else kept
        kept = _FURNITURE.sub("", kept) if rng.random() < 0.5 else kept
        parts.extend(_interrupted(kept, rng))
    return parse(_spaced(parts, rng.choice(["\n", "\n\n"])), "dump")


def _spaced(lines: list[str], gap: str) -> str:
    return "".join(line + ("\n" if line.startswith("@") else gap) for line in lines) + "\n"


def joined(raws: list[tuple[str, float]], count: int, seed: int) -> list[Gold]:
    """Draw files: one in six is a list of briefs."""
    rng = random.Random(seed)
    return [
        briefs([r for r, odds in raws if odds > 1], rng)
        if rng.random() < BRIEFS
        else dump(_draw(raws, rng), rng)
        for _ in range(count)
    ]


def briefs(raws: list[str], rng: random.Random) -> Gold:
    """Put the first paragraphs of several stories one after the other, with or without headlines."""
    label = rng.choice(["", "", "In brief", "News in brief", "World round-up"])
    parts: list[str] = []
    headed = rng.random() < 0.4
    longest = rng.choice([1, 1, 2, 3])
    for raw in rng.sample(raws, min(rng.randint(3, 7), len(raws))):
        parts = [*parts, *_brief(raw, headed, rng.randint(1, longest))]
    if label and parts:
        parts.insert(1, label)
    return parse(_spaced(parts, rng.choice(["\n", "\n\n"])), "briefs")


def _brief(raw: str, headed: bool, paragraphs: int) -> list[str]:
    """Headline, if asked for, and first paragraphs of a source's first story."""
    head: list[str] = []
    body: list[str] = []
    depth = 0
    for line in raw.split("\n"):
        depth += line.startswith(("@story", "@drop")) - line.startswith("@end")
        if line.startswith("@end") and depth == 0 and body:
            break
        if depth != 1 or line.startswith("@") or line.count("{") != line.count("}"):
            continue
        if line.startswith("{t|"):
            head = [line] if headed and not head else head
        elif len(line.split()) > 14 and len(body) < paragraphs:
            body.append(line)
    return ["@story", *head, *body, "@end"] if body else []


def _draw(raws: list[tuple[str, float]], rng: random.Random) -> list[str]:
    """One to four different sources."""
    drawn = rng.choices(raws, [odds for _, odds in raws], k=rng.randint(1, 4))
    return list(dict.fromkeys(raw for raw, _ in drawn))


def fit(golds: list[tuple[Gold, float]]) -> tuple[dict[str, float], int]:
    """Weights, and the number of rows that they rest on."""
    drawn = [
        (*pair, odds) for gold, odds in golds for pair in places(settle(split_blocks(gold.text)), gold.stories)
    ]
    rows = [(found, new) for found, new, _ in drawn]
    table = DictVectorizer(sparse=False)
    x = table.fit_transform([f for f, _ in rows])
    y = np.array([new for _, new in rows])
    model = LogisticRegression(C=PENALTY, max_iter=2000).fit(
        x, y, sample_weight=np.where(y, MISSED, 1.0) * np.array([odds for *_, odds in drawn])
    )
    found = dict(zip(table.get_feature_names_out(), model.coef_[0], strict=True))
    return {"intercept": float(model.intercept_[0]), **found}, len(rows)


def training(raws: list[tuple[str, float]]) -> list[tuple[Gold, float]]:
    """Joined files, and the annotated articles as they are, which count for more."""
    whole = [(parse(raw, "whole"), WHOLE) for raw, odds in raws if odds > 1]
    return [(gold, 1.0) for gold in joined(raws, DUMPS, 1)] + whole


def score(golds: list[Gold]) -> str:
    """Exact starts among those found and those there are."""
    right = found = there = whole = 0
    for gold in golds:
        mine = {d.start for d in stories_of_page(settle(split_blocks(gold.text)))[0]}
        theirs = {a for a, *_ in gold.stories}
        right, found, there = right + len(mine & theirs), found + len(mine), there + len(theirs)
        whole += mine == theirs
    return (
        f"F1 {2 * right / (found + there):.3f} ({right}/{found}/{there}), files exact {whole / len(golds):.3f}"
    )


def write(weights: dict[str, float], rows: int) -> None:
    """Write the table."""
    with WEIGHTS.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["feature", "weight", "unit", "status", "source"])
        for name, value in sorted(weights.items()):
            table.writerow(
                [name, f"{value:.3f}", "logit", "estimated", f"scripts/fit_boundaries.py ({rows} places)"]
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--score", action="store_true", help="hold sources out and print how they come out")
    parser.add_argument("--without-pages", action="store_true", help="fit on annotated articles only")
    options = parser.parse_args()
    every = sources(not options.without_pages)
    if options.score:
        for fold in range(5):
            held = [s for i, s in enumerate(every) if i % 5 == fold]
            weights, _ = fit(training([s for i, s in enumerate(every) if i % 5 != fold]))
            boundaries.weights.cache_clear()
            write(weights, 0)
            whole = [parse(raw, "whole") for raw, odds in held if odds > 1]
            print(fold, "joined", score(joined(held, 200, 2)), "as they are", score(whole))
    weights, rows = fit(training(every))
    write(weights, rows)
    boundaries.weights.cache_clear()
    print(f"{rows} places", score(joined(every, 200, 3)))


if __name__ == "__main__":
    main()
