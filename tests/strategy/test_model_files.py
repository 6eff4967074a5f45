"""Each file of the strategic model says where it comes from, in which units it works and what always holds."""

import ast
from pathlib import Path

import pytest

import foedus.model

MODEL = Path(foedus.model.__file__).parent
PLUMBING = {"__init__", "run", "state", "stand_alone", "sums", "step", "names", "parameters", "tails"}
"""Files without an equation of their own."""
FILES = [path for path in sorted(MODEL.rglob("*.py")) if path.stem not in PLUMBING]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(MODEL).as_posix())
def test_the_head_names_source_units_and_invariants(path):
    head = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    for word in ("source", "unit", "invariant"):
        assert word in head.lower(), word
