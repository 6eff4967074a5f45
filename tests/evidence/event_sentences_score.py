"""Single sentences, each annotated with one event before the reader saw it, and how the reader does on them.

uv run python -m tests.evidence.event_sentences_score first --faults
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

from foedus.evidence import read_text
from foedus.evidence.records import Event

FOLDER = Path(__file__).parent / "event_sentences"
MEASURES = ("found", "modality", "actor", "target")
Row = dict[str, str]
_STOPS = (".", "?", "!", '"', "”", "’")


def rows(name: str) -> list[Row]:
    """Rows of one batch."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def closed(line: str) -> str:
    """A headline as a sentence: a line alone in a document, without a stop, would be kept as the title of no story."""
    return line if line.endswith(_STOPS) else f"{line}."


def compared(name: str) -> Iterator[tuple[Row, tuple[Event, ...], dict[str, bool]]]:
    """Each sentence with what was read and which of the annotated parts are right; parts count only where the event is found."""
    for row in rows(name):
        read = read_text(closed(row["sentence"])).events
        hit = next((e for e in read if e.action == row["action"]), None)
        right = {"found": hit is not None}
        if hit is not None:
            right["modality"] = hit.modality == row["modality"]
            right["actor"] = (hit.actor_code or "") == row["actor"]
            right["target"] = (hit.target_code or "") == row["target"]
        yield row, read, right


def score(name: str) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Right and asked for each measure, acts found that nobody annotated (``extra``), and the faults in words.

    An act of two states is annotated once, for the first of them, and read once for each: that is one act.
    """
    counts = {measure: [0, 0] for measure in (*MEASURES, "all parts", "extra")}
    faults: list[str] = []
    for row, read, right in compared(name):
        for measure, good in right.items():
            counts[measure][0] += good
            counts[measure][1] += 1
        whole = len(right) == len(MEASURES) and all(right.values())
        counts["all parts"][0] += whole
        counts["all parts"][1] += 1
        counts["extra"][0] += len({(e.start, e.end, e.action) for e in read}) - right["found"]
        counts["extra"][1] += 1
        if not whole or len(read) > 1:
            said = "; ".join(f"{e.action}/{e.modality} {e.actor_code}>{e.target_code}" for e in read)
            want = f"{row['action']}/{row['modality']} {row['actor']}>{row['target']}"
            faults.append(f"{row['sentence']}\n    want {want}\n    said {said}")
    return {name: (a, b) for name, (a, b) in counts.items()}, faults


def main() -> None:
    """Print the scores of one batch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("batch")
    parser.add_argument("--faults", action="store_true")
    options = parser.parse_args()
    counts, faults = score(options.batch)
    for name, (right, asked) in counts.items():
        print(f"{name}: {right} of {asked}, {right / max(asked, 1):.3f}")
    if options.faults:
        print("\n".join(faults))


if __name__ == "__main__":
    main()
