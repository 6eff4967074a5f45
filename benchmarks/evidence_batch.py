"""A folder of many files, read by one process and by two workers, beside textacy's quotations, in the same run.

    uv run python benchmarks/evidence_batch.py --files 600 --rounds 3

Files are our annotated plain texts, each under a date line of its own. For each way: words a second of wall time, and of the
CPU time of all processes together, start of the workers included; the median of the rounds, which take turns. On a machine
that others use, compare ways within one run, and trust the CPU time; the wall time of two workers shows two cores only where
two are free. textacy and spaCy's English pipeline are not dependencies; without them their line is left out.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.evidence_quotes import articles, textacy_reader

from foedus.evidence.batch import Outcome, find_files, read_files

TEXTACY_FILES = 60
"""Files of the folder that textacy reads; it is slow."""


def cpu() -> float:
    """CPU seconds of this process and of its ended workers."""
    parts = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in parts)


def write_folder(folder: Path, count: int) -> int:
    """Write files, and return how many words they hold."""
    words = 0
    for number, gold in zip(range(count), itertools.cycle(articles()), strict=False):
        text = f"OSLO, March 3, 2025 (Wire {number}) - {gold.text}"
        (folder / f"{number:05d}.txt").write_text(text, encoding="utf-8")
        words += len(text.split())
    return words


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of a piece of work."""
    wall, used = time.perf_counter(), cpu()
    work()
    return time.perf_counter() - wall, cpu() - used


def read_all(files: list[Path], jobs: int) -> None:
    """Read files as `foedus read` does, without a ledger."""
    for _ in read_files(files, "2025-03-03", Outcome(), jobs=jobs):
        pass


def main() -> None:
    """Print one line for each way of reading."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        words = write_folder(Path(name), options.files)
        files = find_files([Path(name)])
        few = [path.read_text(encoding="utf-8") for path in files[:TEXTACY_FILES]]
        ways: dict[str, tuple[int, Callable[[], object]]] = {
            "one process": (words, lambda: read_all(files, 1)),
            "two workers": (words, lambda: read_all(files, 2)),
        }
        peer = textacy_reader()
        if peer is not None:
            ways["textacy"] = (sum(len(t.split()) for t in few), lambda: [peer(t) for t in few])
        read_all(files[:TEXTACY_FILES], 1)
        taken: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
        for _ in range(options.rounds):
            for way, (_, work) in ways.items():
                taken[way].append(timed(work))
    for way, (count, _) in ways.items():
        wall, used = (statistics.median(column) for column in zip(*taken[way], strict=True))
        print(
            f"{way}: {count / wall:,.0f} words/s of wall time, {count / used:,.0f} of CPU time ({count:,} words)"
        )


if __name__ == "__main__":
    main()
