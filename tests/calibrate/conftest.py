from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

ROOT = Path(__file__).resolve().parents[2]


def _reference() -> Path | None:
    named = os.environ.get("FOEDUS_REFERENCE")
    for folder in ([Path(named)] if named else []) + [ROOT.parent / "shared", ROOT.parent.parent / "shared"]:
        if (folder / "data" / "history").is_dir():
            return folder
    return None


@pytest.fixture(scope="session")
def reference() -> Path:
    folder = _reference()
    if folder is None:
        pytest.skip("the reference collection is not beside this checkout (FOEDUS_REFERENCE)")
    return folder


@pytest.fixture(scope="session")
def history(reference: Path) -> Path:
    return reference / "data" / "history"


@pytest.fixture(scope="session")
def reference_panel(history: Path) -> pl.DataFrame:
    return pl.read_parquet(history / "dyad_year.parquet")
