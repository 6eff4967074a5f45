"""Train and measure the event classes on the public PLOVER and PETRARCH records.

    uv run python benchmarks/evidence_events.py            cross-validated accuracy and the confusion table
    uv run python benchmarks/evidence_events.py --write    also writes src/foedus/evidence/data/event_weights.csv

Needs scikit-learn and the reference collection (FOEDUS_REFERENCE, or ../shared/reference beside the checkout).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
from collections import Counter
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from foedus.evidence.eventclass import CLASSES, features

ROOT = Path(__file__).resolve().parents[1]
FOLDS = 8
STRENGTH = 1.0
SCALE = {"cue": 2.2, "rank": 2.2, "mood": 1.3, "w": 1.0, "b": 0.6, "bias": 1.0}
"""How freely a kind of feature may move: cues more than words, words more than pairs."""
SMALLEST = 0.03
"""Weights below this are left out of the table."""
MERGED = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "RETREAT": "YIELD",
    "CONCEDE": "YIELD",
}
ROOTS = dict(
    zip(
        [
            "02",
            "03",
            "04",
            "05",
            "06",
            "07",
            "08",
            "09",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "18",
            "19",
            "20",
        ],
        [
            "REQUEST",
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "COOPERATE",
            "AID",
            "YIELD",
            "ACCUSE",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "MOBILIZE",
            "SANCTION",
            "COERCE",
            "ASSAULT",
            "ASSAULT",
            "ASSAULT",
        ],
        strict=True,
    )
)


def reference() -> Path:
    return Path(os.environ.get("FOEDUS_REFERENCE", ROOT.parent / "shared" / "reference")) / "news"


def records(folder: Path) -> list[tuple[str, str, frozenset[str]]]:
    """Set, sentence and accepted classes of every record that has one."""
    found = []
    for line in (folder / "plover_gsr" / "plover_gsr_public.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.append(("PLOVER", row["text"], frozenset((MERGED.get(row["event"], row["event"]),))))
    for line in (
        (folder / "petrarch2_validation" / "records_public.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        row = json.loads(line)
        classes = frozenset(ROOTS[e["cameo"][:2]] for e in row["events"] if e.get("cameo", "")[:2] in ROOTS)
        if classes:
            found.append(("PETRARCH", row["text"], classes))
    return found


def fit(rows, extra=()):
    xs, ys, ws = [], [], []
    for _, text, classes in [*rows, *extra]:
        for label in sorted(classes):
            xs.append(features(text))
            ys.append(label)
            ws.append(1 / len(classes))
    vectorizer = DictVectorizer()
    scale = None
    table = vectorizer.fit_transform(xs)
    scale = np.array([SCALE[name.split(":")[0].rstrip("01")] for name in vectorizer.feature_names_])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(table @ sp.diags(scale), ys, sample_weight=ws)
    return vectorizer, model, scale


def fold_of(text: str) -> int:
    """Fold by the sentence's first five words, so that variants of one template share a fold."""
    return int(hashlib.sha256(" ".join(sorted(text.lower().split())[-6:]).encode()).hexdigest(), 16) % FOLDS


def measure(rows, extra) -> tuple[dict[str, list[bool]], Counter]:
    hits: dict[str, list[bool]] = {"PLOVER": [], "PETRARCH": []}
    confusion: Counter = Counter()
    for fold in range(FOLDS):
        test = [r for r in rows if fold_of(r[1]) == fold]
        vectorizer, model, scale = fit([r for r in rows if fold_of(r[1]) != fold], extra)
        guesses = model.predict(vectorizer.transform([features(t) for _, t, _ in test]) @ sp.diags(scale))
        for (source, _, classes), guess in zip(test, guesses, strict=True):
            hits[source].append(guess in classes)
            confusion[min(classes) if guess not in classes else guess, guess] += 1
    return hits, confusion


def own_sentences() -> list[tuple[str, str, frozenset[str]]]:
    path = ROOT / "src" / "foedus" / "evidence" / "data" / "event_examples.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [("own", row["sentence"], frozenset((row["plover"],))) for row in csv.DictReader(handle)]


def write(rows, extra) -> None:
    vectorizer, model, scale = fit(rows, extra)
    path = ROOT / "src" / "foedus" / "evidence" / "data" / "event_weights.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(["feature", *CLASSES])
        order = [list(model.classes_).index(c) for c in CLASSES]
        out.writerow(["bias", *[f"{model.intercept_[i]:.3f}" for i in order]])
        for j, name in enumerate(vectorizer.feature_names_):
            row = [model.coef_[i, j] * scale[j] for i in order]
            if max(abs(w) for w in row) >= SMALLEST * 3:
                out.writerow([name, *[f"{w:.2f}" if abs(w) >= SMALLEST else "" for w in row]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows, extra = records(reference()), own_sentences()
    hits, confusion = measure(rows, extra)
    for name, values in hits.items():
        print(f"{name}: accuracy {np.mean(values):.3f} of {len(values)}")
    both = [*hits["PLOVER"], *hits["PETRARCH"]]
    print(
        f"both: accuracy {np.mean(both):.3f} of {len(both)} ({FOLDS}-fold; {len(extra)} sentences of our own in every training part)"
    )
    print("| true \\ said | " + " | ".join(c[:6] for c in CLASSES) + " |\n|" + " --- |" * (len(CLASSES) + 1))
    for true in CLASSES:
        print(f"| {true} | " + " | ".join(str(confusion[true, said] or "") for said in CLASSES) + " |")
    if options.write:
        write(rows, extra)


if __name__ == "__main__":
    main()
