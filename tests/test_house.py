"""The house rules that no linter knows: small files, small functions."""

import ast
from pathlib import Path

import pytest

import foedus

SOURCES = sorted(Path(foedus.__file__).parent.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 40


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(Path(foedus.__file__).parent)))
def test_files_and_functions_stay_small(path):
    """Lines of a function are those of its body, without its docstring."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            assert node.end_lineno - body[0].lineno < LONGEST_FUNCTION, f"{node.name} is too long"
