"""How fast ensembles run: draws x quarters x members a second, first and second run, against the machine's limit.

    uv run python benchmarks/ensemble.py [--scenario four-worlds] [--draws 1000]

Each run is a fresh process with its own folder of compiled programs: the first finds it empty, the second full. The limit is
what the same number of threads reach on exponentials of float32 blocks that fit the processor's cache, measured here and
now; the model's own work per member and quarter is stated in such exponentials, which makes machines comparable.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

BLOCK = 16_384
SECONDS = 2.0

CHILD = """
import resource, sys, time
started = time.perf_counter()
from pathlib import Path
from foedus.ensemble import Options, run_ensemble
from foedus.scenario import load
run_ensemble(load(sys.argv[1]), Path(sys.argv[2]), Options(draws=int(sys.argv[3])))
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def exponentials_per_second(threads):
    """Return how many float32 exponentials a second so many threads make together."""

    def work(_):
        values, out = np.linspace(-5, 5, BLOCK, dtype=np.float32), np.empty(BLOCK, np.float32)
        count, started = 0, time.perf_counter()
        while time.perf_counter() - started < SECONDS:
            np.exp(values, out=out)
            count += BLOCK
        return count / (time.perf_counter() - started)

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(work, range(threads)))


def one_run(scenario, draws, folder, cache):
    """Run an ensemble in a fresh process; return its figures."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, scenario, str(folder), str(draws)],
        env={**os.environ, "FOEDUS_CACHE": str(cache)}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    wall, memory = (float(x) for x in done.stdout.split())
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {
        "process_seconds": round(wall, 1),
        "compile_seconds": manifest["compile_seconds"],
        "peak_memory_mb": round(memory),
        "draws_x_quarters_x_members_per_second": manifest["member_quarters_per_second"],
        "results_sha256": manifest["results_sha256"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", default="four-worlds")
    parser.add_argument("--draws", type=int, default=1000)
    options = parser.parse_args()
    limit = exponentials_per_second(os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as root:
        runs = {
            name: one_run(options.scenario, options.draws, Path(root) / name, Path(root) / "cache")
            for name in ("first", "second")
        }
    speed = runs["second"]["draws_x_quarters_x_members_per_second"]
    report = {
        "scenario": options.scenario,
        "draws": options.draws,
        "cores": os.cpu_count(),
        **runs,
        "same_bits": runs["first"]["results_sha256"] == runs["second"]["results_sha256"],
        "exponentials_per_second": round(limit),
        "exponentials_per_member_quarter": round(limit / speed),
        "load_average": os.getloadavg(),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
