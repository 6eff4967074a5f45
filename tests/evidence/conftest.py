"""Fixtures of the evidence tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def news_reference() -> Path:
    """The public evaluation sets, where the reference collection is at hand."""
    root = Path(os.environ.get("FOEDUS_REFERENCE", Path(__file__).resolve().parents[3] / "shared"))
    if not (root / "reference" / "news").exists():
        pytest.skip("needs the reference collection (FOEDUS_REFERENCE)")
    return root / "reference" / "news"
