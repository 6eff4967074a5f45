"""Compile the atlas: read the reference collection, write the package's own tables.

    python -m scripts.compile_atlas PATH_TO_REFERENCE_COLLECTION

The collection is the folder that holds ``data/``. The result is deterministic: same collection, same bytes.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from scripts.atlas_build.arms import compile_arms
from scripts.atlas_build.common import ATLAS, Sources, write
from scripts.atlas_build.facts import compile_facts
from scripts.atlas_build.forces import compile_forces
from scripts.atlas_build.history import compile_history
from scripts.atlas_build.members import compile_members
from scripts.atlas_build.ukraine import compile_ukraine

PARTS = (compile_members, compile_forces, compile_ukraine, compile_arms, compile_history, compile_facts)


def keep_hand_tables(sources: Sources, compiled: set[str]) -> None:
    """Keep the sources of the tables that are written by hand."""
    for path in sorted((ATLAS / "tables").glob("*.csv")):
        if path.stem not in compiled | {"sources"}:
            with path.open(encoding="utf-8", newline="") as handle:
                for row in csv.DictReader(handle):
                    sources.id_of(row["source"])


def main(root: Path) -> dict[str, int]:
    """Write every table and return its number of rows."""
    sources = Sources()
    counts: dict[str, int] = {}
    for part in PARTS:
        counts |= part(root, sources)
    keep_hand_tables(sources, set(counts))
    counts["sources"] = write("sources", sources.rows())
    return counts


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for name, rows in main(Path(sys.argv[1])).items():
        print(f"{name:24s}{rows:6d}")
