"""Where the reference tables are, if they are there at all."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def reference():
    root = Path(os.environ.get("FOEDUS_REFERENCE", Path(__file__).parents[2].parent / "shared"))
    if not (root / "data" / "arms_sales").is_dir():
        pytest.skip("the reference tables are not beside this checkout (set FOEDUS_REFERENCE)")
    return root
