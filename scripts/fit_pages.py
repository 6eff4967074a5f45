"""Estimate the weights by which the reader tells stories of a long file from the page around them, and one from the next.

    uv run --all-extras python -m scripts.fit_pages [--score]

Pages of the article extraction benchmark as somebody would copy them (`scripts/page_texts.py`) and annotated articles are joined
into files (`scripts/page_files.py`). Every paragraph and short line is a row of three models in `page_weights.csv`: is a
paragraph part of a story (`prose`), is a short line (`line`), is it a headline (`head`). Every place between two paragraphs is a
row of the fourth: does another story begin there (`begins`). Logistic regressions with an L2 penalty.

`--score` holds out every fourth page and whole batches of articles, and prints what comes out exactly; it writes nothing.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scripts.page_files import Labelled, Source, as_is, joined, of_gold, of_page
from scripts.page_texts import pages
from scripts.story_places import places
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from tests.evidence.gold import folder

from foedus.evidence import lines
from foedus.evidence.blocks import split_blocks
from foedus.evidence.lines import Around, judge
from foedus.evidence.pagemarks import settle
from foedus.evidence.stories import split_stories

TABLE = Path(__file__).resolve().parents[1] / "src" / "foedus" / "evidence" / "data" / "page_weights.csv"
BATCHES = (
    ("dev", "wave1", "unseen-3"),
    ("wave2", "unseen-1"),
    ("fresh", "wave3", "unseen-4"),
    ("last", "unseen-2", "real-1"),
)
"""Batches of annotated articles, in the groups that are held out together; those for testing only are in none."""
FILES = 1000
LINE_REAL = 0.33
PLACE_REAL = 0.4
"""Shares of stories of real pages among those drawn for the two tables."""
LINE_PENALTY = 0.3
PENALTY = 0.5
WHOLE = 6.0
"""Weight of a row in an annotated article as it is."""
MISSED = 1.5
"""A missed beginning counts as so many false ones."""
Rows = list[tuple[dict[str, float], bool, float]]
Weights = dict[str, float]


def line_rows(files: Sequence[Labelled]) -> dict[str, Rows]:
    """Rows of the three models of lines."""
    rows: dict[str, Rows] = {"prose": [], "line": [], "head": []}
    for file in files:
        blocks = settle(split_blocks(file.gold.text))
        around = Around(blocks)
        for i, block in enumerate(blocks):
            if block.kind not in ("body", "short"):
                continue
            found, told = lines.features(around, i), file.is_told(block.start)
            if told is not None:
                rows["prose" if block.kind == "body" else "line"].append((found, told, file.weight))
            if block.kind == "short":
                rows["head"].append((found, block.start in file.heads, file.weight))
    return rows


def regress(rows: Rows, penalty: float, missed: float = 1.0) -> Weights:
    """Weights of a logistic regression on rows of features, label and weight."""
    table = DictVectorizer(sparse=True)
    x = table.fit_transform([found for found, _, _ in rows])
    y = np.array([label for _, label, _ in rows])
    odds = np.where(y, missed, 1.0) * np.array([weight for *_, weight in rows])
    model = LogisticRegression(C=penalty, max_iter=3000).fit(x, y, sample_weight=odds)
    found = dict(zip(table.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    return {"intercept": float(model.intercept_[0]), **found}


def write(weights: dict[str, Weights], rows: dict[str, int]) -> None:
    """Write the table, and have the reader use it from here on."""
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, lineterminator="\n")
        sheet.writerow(["model", "feature", "weight", "unit", "status", "source"])
        for model, values in weights.items():
            source = f"scripts/fit_pages.py ({rows[model]} rows)"
            sheet.writerows(
                [model, name, f"{value:.3f}", "logit", "estimated", source]
                for name, value in sorted(values.items())
            )
    lines.weights.cache_clear()


def fit(batches: Sequence[str], real: Sequence[Source]) -> None:
    """Estimate the table: first the models of lines, then, on what they leave, that of places."""
    rows = line_rows(training(batches, real, LINE_REAL, 1))
    counts = {model: len(found) for model, found in rows.items()}
    weights = {model: regress(found, LINE_PENALTY) for model, found in rows.items()}
    write(weights, counts)
    files = training(batches, real, PLACE_REAL, 2)
    found = [
        (*place, file.weight)
        for file in files
        for place in places(judge(settle(split_blocks(file.gold.text))), file.gold.stories, long=True)
    ]
    weights["begins"], counts["begins"] = regress(found, PENALTY, MISSED), len(found)
    write(weights, counts)
    print(", ".join(f"{count} rows of {model}" for model, count in counts.items()))


def training(batches: Sequence[str], real: Sequence[Source], share: float, seed: int) -> list[Labelled]:
    """Joined files, and the annotated articles as they are, which count for more."""
    golds = [gold for batch in batches for gold in folder(batch)]
    as_they_are = [as_is(g, WHOLE) for g in golds if not g.name.endswith(("-html", "-eml"))]
    return joined([*map(of_gold, golds), *real], FILES, seed, share) + as_they_are


def score(files: Sequence[Labelled], long: bool = True) -> str:
    """Exact stories among those found and those there are, and left-out passages dropped whole."""
    right = found = there = whole = passages = 0
    for file in files:
        text = file.gold.text
        drafts, dropped = split_stories(split_blocks(text), long=long)
        mine, theirs = {(d.start, d.end) for d in drafts}, {(a, b) for a, b, *_ in file.gold.stories}
        right, found, there = right + len(mine & theirs), found + len(mine), there + len(theirs)
        cover = {i for block, _ in dropped for i in range(block.start, block.end)}
        passages += len(file.gold.dropped)
        whole += sum(all(i in cover or text[i].isspace() for i in range(a, b)) for a, b, _ in file.gold.dropped)
    return f"F1 {2 * right / max(found + there, 1):.3f} ({right}/{found}/{there}), dropped {whole}/{passages}"


def held_out(batches: Sequence[str], real: Sequence[Source]) -> dict[str, list[Labelled]]:
    """Files to score: real pages bare and whole, joined ones, and annotated articles as they are."""
    golds = [gold for batch in batches for gold in folder(batch) if not gold.name.endswith(("-html", "-eml"))]
    own = [of_gold(gold) for gold in golds]
    bare = [Source(s.name, ([], s.stories[0], []), True) for s in real]
    return {
        "real articles, joined one to four": joined([*bare, *own], 40, 2, 1.0) if real else [],
        "real pages, with what stands around": joined([*real, *own], 40, 3, 1.0) if real else [],
        "annotated articles, joined": joined([*own, *real], 40, 4, 0.0),
        "annotated articles, as they are": [as_is(gold, 1.0) for gold in golds],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--score", action="store_true", help="hold pages and batches out and print how they come out"
    )
    options = parser.parse_args()
    real = [of_page(page) for page in pages()]
    every = [name for group in BATCHES for name in group]
    if not options.score:
        fit(every, real)
        return
    before = TABLE.read_bytes()
    try:
        for fold, group in enumerate(BATCHES):
            fit([n for n in every if n not in group], [s for i, s in enumerate(real) if i % 4 != fold])
            for name, files in held_out(group, real[fold::4]).items():
                print(
                    fold,
                    name,
                    score(files),
                    "| by the weights for short files",
                    score(files, False),
                    flush=True,
                )
    finally:
        TABLE.write_bytes(before)


if __name__ == "__main__":
    main()
