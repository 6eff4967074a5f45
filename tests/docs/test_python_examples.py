"""The Python examples of the README and of the how-to page run, in order, as they stand."""

import re
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def blocks(page):
    return BLOCK.findall((REPO / page).read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/how-to/use-the-python-api.md"])
def test_examples_run(page, tmp_path, monkeypatch):
    found = blocks(page)
    assert found
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in found:
        exec(compile(block, page, "exec"), names)
    assert {"treaty-hollow", "exit-believed"} <= set(names["run"].dataset["scenario"].values.tolist())


@pytest.mark.parametrize("page", ["README.md", "docs/how-to/use-the-python-api.md"])
def test_examples_import_what_there_is(page):
    names = {}
    for line in "\n".join(blocks(page)).splitlines():
        if line.startswith(("from foedus", "import foedus")):
            exec(line, names)
    assert len(names) > 2
