"""Write the generated pages and build the documentation site into site/.

python scripts/build_docs.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WRITERS = ("scripts.build_atlas_docs", "scripts.write_scenario_reference", "scripts.write_reference")


def main() -> None:
    """Run every writer that is there, then mkdocs."""
    for module in WRITERS:
        subprocess.run([sys.executable, "-m", module], cwd=ROOT, check=True)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=ROOT, check=True)
    print(f"site in {ROOT / 'site'}")


if __name__ == "__main__":
    main()
