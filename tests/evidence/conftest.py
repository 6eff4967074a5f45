"""Fixtures of the evidence tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from foedus.evidence import reader
from foedus.evidence.drafts import Draft


@pytest.fixture(scope="session")
def news_reference() -> Path:
    """The public evaluation sets, where the reference collection is at hand."""
    root = Path(os.environ.get("FOEDUS_REFERENCE", Path(__file__).resolve().parents[3] / "shared"))
    if not (root / "reference" / "news").exists():
        pytest.skip("needs the reference collection (FOEDUS_REFERENCE)")
    return root / "reference" / "news"


@pytest.fixture
def one_story(monkeypatch):
    """Read every paragraph as part of one story."""

    def whole(blocks, marked):
        return [Draft(None, body=list(blocks))], []

    monkeypatch.setattr(reader, "split_stories", whole)
