"""Direct quotations and their sources on PolNeAR: this reader beside a plain regular expression.

    uv run python benchmarks/evidence_polnear.py [--texts FOLDER]

The reference collection holds where the quotations of 42 test articles stand, not the articles: those are in the PolNeAR data
set (networkdynamics/PolNeAR, data/test/text). Give their folder with `--texts` or `FOEDUS_POLNEAR`; articles whose SHA-256
does not agree are left out, and without any the script says so and stops. A quotation counts from an overlap of 0.8 of its
characters; a speaker counts when she overlaps the annotated source or shares a word of the name with it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from foedus.evidence.models import load_annotator
from foedus.evidence.reader import read_source, source_from_text

ROOT = Path(__file__).resolve().parents[1]
OVERLAP = 0.8
Found = list[tuple[int, int, str]]
Gold = list[tuple[int, int, list[tuple[int, int]]]]


def reference() -> Path:
    """Folder of the annotation's offsets."""
    return Path(os.environ.get("FOEDUS_REFERENCE", ROOT.parent / "shared")) / "reference" / "news" / "polnear"


def annotations() -> dict[str, tuple[str, Gold]]:
    """Article to the first digits of its hash and its quotations with their sources' spans."""
    found: dict[str, tuple[str, Gold]] = {}
    grouped: dict[str, Gold] = defaultdict(list)
    path = reference() / "quotes_standoff_public.csv"
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        spans = [(int(a), int(b)) for a, b in (s.split("-") for s in row["source_spans"].split("|") if s)]
        grouped[row["article"]].append((int(row["quote_start"]), int(row["quote_end"]), spans))
        found[row["article"]] = (row["text_sha256_16"], grouped[row["article"]])
    return found


def texts(folder: Path) -> dict[str, str]:
    """Articles in the folder that are those that were annotated."""
    found = {}
    for article, (digest, _) in annotations().items():
        path = folder / f"{article}.txt"
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest()[:16] == digest:
            found[article] = path.read_bytes().decode("utf-8")
    return found


def ours(model: str | None) -> Callable[[str], Found]:
    """Our reader, by rules or with a model."""
    annotator = load_annotator(model)

    def read(text: str) -> Found:
        reading = read_source(source_from_text(text), None, annotator)
        return [(q.start, q.end, q.speaker or "") for q in reading.quotations]

    return read


def plain(text: str) -> Found:
    """Text between double marks, with the nearest run of capitalised words outside it as the speaker."""
    found: Found = []
    for mark in re.finditer(r"[“\"]([^“”\"\n]+)[”\"]", text):
        near = text[max(0, mark.start() - 80) : mark.start()], text[mark.end() : mark.end() + 80]
        after = re.search(r"[A-Z]\w+(?: [A-Z]\w+)*", near[1])
        before = re.findall(r"[A-Z]\w+(?: [A-Z]\w+)*", near[0])
        found.append((*mark.span(1), after[0] if after else before[-1] if before else ""))
    return found


def same_speaker(text: str, name: str, spans: list[tuple[int, int]]) -> bool:
    """Whether a name shares a word with the annotated source."""
    words = {w.lower() for w in re.findall(r"\w{2,}", name)} - {"the", "of", "an"}
    return any(words & {w.lower() for w in re.findall(r"\w{2,}", text[a:b])} for a, b in spans)


def score(read: Callable[[str], Found], articles: dict[str, str]) -> str:
    """F1 of spans, and of spans with their source."""
    right = named = predicted = there = 0
    for article, text in articles.items():
        gold = annotations()[article][1]
        left = read(text)
        predicted, there = predicted + len(left), there + len(gold)
        for start, end, spans in gold:
            best = max(left, key=lambda q: _shared(q, start, end), default=None)
            if best is None or _shared(best, start, end) < OVERLAP:
                continue
            left.remove(best)
            right += 1
            named += same_speaker(text, best[2], spans)
    total = max(predicted + there, 1)
    return f"spans F1 {2 * right / total:.3f}, with source F1 {2 * named / total:.3f} ({named}/{right}/{predicted}/{there})"


def _shared(quote: tuple[int, int, str], start: int, end: int) -> float:
    inter = min(quote[1], end) - max(quote[0], start)
    return max(0, inter) / (max(quote[1], end) - min(quote[0], start))


def main() -> None:
    """Print one line for each reader, or why there is nothing to score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=os.environ.get("FOEDUS_POLNEAR"))
    options = parser.parse_args()
    if not reference().is_dir():
        print(f"skipped: no offsets at {reference()}")
        return
    articles = texts(Path(options.texts)) if options.texts else {}
    if not articles:
        print("skipped: none of the annotated articles is at hand; give their folder with --texts")
        return
    print(f"{len(articles)} articles")
    print("foedus, rules:", score(ours(None), articles))
    print("regular expression:", score(plain, articles))


if __name__ == "__main__":
    main()
