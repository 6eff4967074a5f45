"""CPU seconds of the dyad-year panel from the raw tables: ``uv run python benchmarks/panel.py FOLDER [RUNS]``.

FOLDER holds the imported tables (``foedus data import``). Each run is a fresh process on one thread; imports of the libraries,
reading and building are told apart. CPU seconds, because wall time says little on a shared machine; compare runs of one day.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

ONE_RUN = """
import sys, time
from pathlib import Path
from foedus.calibrate.panel import build_panel, load_raw
from foedus.calibrate.store import Store
import foedus.calibrate.panel_alliances
imported = time.process_time()
raw = load_raw(Store(Path(sys.argv[1])))
read = time.process_time()
rows = build_panel(raw).height
print(imported, read - imported, time.process_time() - read, rows)
"""
ONE_THREAD = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def one_run(folder: str) -> list[float]:
    """CPU seconds of imports, of reading and of building, and the number of rows."""
    done = subprocess.run(
        [sys.executable, "-c", ONE_RUN, folder],
        env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [float(word) for word in done.stdout.split()]


def main(folder: str, runs: int) -> None:
    """Print the least and the median of some runs."""
    rows = [one_run(folder) for _ in range(runs)]
    print(f"{int(rows[0][3]):,} rows, {runs} runs, CPU seconds on one thread")
    parts = {"imports": slice(0, 1), "read": slice(1, 2), "build": slice(2, 3), "read and build": slice(1, 3)}
    for name, part in {**parts, "all": slice(0, 3)}.items():
        sums = [sum(row[part]) for row in rows]
        print(f"{name:15} least {min(sums):.2f}  median {statistics.median(sums):.2f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7)
