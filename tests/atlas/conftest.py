"""The reference collection, where it lies beside a source checkout."""

import os
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of the reference collection; tests that need it skip without it."""
    root = Path(os.environ.get("FOEDUS_REFERENCE", REPO.parent / "shared"))
    if not (root / "data").is_dir():
        pytest.skip("the reference collection is not here (set FOEDUS_REFERENCE)")
    return root
