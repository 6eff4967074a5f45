"""Train and measure the event classes on the public PLOVER and PETRARCH records.

    uv run python benchmarks/evidence_events.py            cross-validated accuracy and the confusion tables
    uv run python benchmarks/evidence_events.py --literal  the same with the PETRARCH codes read as CAMEO
    uv run python benchmarks/evidence_events.py --read     share of the records for which the reader emits an event, and whether
                                                           the first one's class is right, with weights of the other folds
    uv run python benchmarks/evidence_events.py --write    also writes src/foedus/evidence/data/event_weights.csv

Needs the reference collection (FOEDUS_REFERENCE).
"""

from __future__ import annotations

import argparse
import csv
import os
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from foedus.evidence import eventclass, read_text
from foedus.evidence.eventclass import CLASSES, settings
from foedus.evidence.eventrecords import MERGED, Example, folds, own_examples, public_records
from foedus.evidence.eventtrain import FOLDS, Held, accuracy, cross_validate, fit, wilson

ROOT = Path(__file__).resolve().parents[1]
SMALLEST = 0.02
"""Weights below this are left out of the table."""
SEEDS = (0, 1, 20, 21, 22, 23)
"""Deals of the folds; the last four were first dealt when the inputs and the lexicon had been chosen."""


def reference() -> Path:
    return Path(os.environ.get("FOEDUS_REFERENCE", ROOT.parent / "shared")) / "reference" / "news"


def confusion(held: list[Held], source: str | None) -> str:
    counts = Counter(
        (h.said if h.right else min(h.example.classes), h.said)
        for h in held
        if source is None or h.example.source == source
    )
    lines = [
        "| true \\ said | " + " | ".join(c[:6] for c in CLASSES) + " |",
        "|" + " --- |" * (len(CLASSES) + 1),
    ]
    lines += [
        f"| {true} | " + " | ".join(str(counts[true, said] or "") for said in CLASSES) + " |"
        for true in CLASSES
    ]
    return "\n".join(lines)


def write(records: list[Example], own: list[Example]) -> None:
    path = ROOT / "src" / "foedus" / "evidence" / "data" / "event_weights.csv"
    table = fit([*records, *own], settings()["ridge"])
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(["feature", *CLASSES])
        for name, weights in sorted(table.items(), key=lambda item: (item[0] != "bias", item[0])):
            if max(abs(w) for w in weights) >= SMALLEST:
                out.writerow([name, *[f"{w:.3f}" if abs(w) >= SMALLEST / 4 else "" for w in weights]])


def emitted(records: list[Example], own: list[Example]) -> Counter[tuple[str, str]]:
    """Records of each set, those with an event, and those whose first event has a right class, read with the weights of the other folds."""
    fold = folds(records, FOLDS, SEEDS[0])
    counts: Counter[tuple[str, str]] = Counter()
    for k in range(FOLDS):
        rest = [r for r, f in zip(records, fold, strict=True) if f != k]
        model = eventclass.model_of(fit([*rest, *own], settings()["ridge"]))
        with patch.object(eventclass, "shipped", return_value=model):
            for record in (r for r, f in zip(records, fold, strict=True) if f == k):
                found = read_text(record.text).events
                said = MERGED.get(found[0].plover or "", found[0].plover) if found else None
                counts[record.source, "records"] += 1
                counts[record.source, "with an event"] += bool(found)
                counts[record.source, "class right"] += said in record.classes
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--literal", action="store_true")
    parser.add_argument("--read", action="store_true")
    options = parser.parse_args()
    records, own = public_records(reference(), options.literal), own_examples()
    if options.write:
        write(public_records(reference()), own)
    if options.read:
        for (source, what), count in emitted(records, own).items():
            print(f"{source} {what}: {count}")
        return
    print(f"{len(records)} records, {len(own)} sentences of our own in every training part")
    for told in (False, True):
        print("\nthe set of a record is known" if told else "\nas the reader says")
        first: list[Held] = []
        for seed in SEEDS:
            held = cross_validate(records, own, seed, told=told)
            first = first or held
            print(
                f"seed {seed}: " + ", ".join(_line(held, s) for s in ("PLOVER", "PETRARCH", None)), flush=True
            )
        for source in ("PETRARCH",) if told else ("PLOVER", "PETRARCH"):
            print(f"\n{source} (seed {SEEDS[0]})\n\n{confusion(first, source)}")


def _line(held: list[Held], source: str | None) -> str:
    right, count = accuracy(held, source)
    low, high = wilson(right, count)
    return f"{source or 'both'} {right}/{count} = {right / count:.3f} ({low:.3f} to {high:.3f})"


if __name__ == "__main__":
    main()
