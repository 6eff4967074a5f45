"""Time the panel and the fits: python benchmarks/calibrate.py FOLDER (raw tables and dyad_year)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from foedus.calibrate.dispute_model import fit_disputes
from foedus.calibrate.hindcast_disputes import prepare
from foedus.calibrate.panel import build_panel, load_raw
from foedus.calibrate.store import Store


def main(folder: Path) -> None:
    raw = load_raw(Store(folder))
    for label in ("panel, first", "panel, again"):
        start = time.perf_counter()
        panel = build_panel(raw)
        print(f"{label}: {time.perf_counter() - start:.2f} s, {panel.height} rows")
    start = time.perf_counter()
    model = fit_disputes(prepare(panel))
    print(f"crisis model: {time.perf_counter() - start:.1f} s, converged {model.converged}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
