"""The reference pages are what the data gives, and each says what it does not cover."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from foedus.errors import InputError
from foedus.law import describe
from foedus.law.procedure import procedures

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "law"
PAGES = describe.pages()


@pytest.mark.parametrize("name", PAGES)
def test_page_is_in_sync_with_the_data(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], (
        "run: python -m foedus.law.describe docs/reference/law"
    )


def test_no_page_is_left_over():
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


@pytest.mark.parametrize("entry", procedures().values(), ids=lambda entry: entry.id)
def test_page_has_diagram_sources_and_limits(entry):
    page = PAGES[f"{entry.id}.md"]
    assert f"{entry.id}.svg" in page
    assert page.rstrip().endswith(entry.does_not_cover[-1])
    assert "{" not in page
    root = ElementTree.fromstring(PAGES[f"{entry.id}.svg"])
    texts = [node for node in root.iter() if node.tag.endswith("}text")]
    assert len(texts) == len(entry.states)


def test_no_legal_advice_is_said_once_in_the_pages():
    assert sum(page.count("no legal advice") for page in PAGES.values()) == 1


def test_pages_are_written(tmp_path):
    describe.main([str(tmp_path)])
    assert (tmp_path / "leave.md").read_text(encoding="utf-8") == PAGES["leave.md"]
    with pytest.raises(InputError):
        describe.main([str(tmp_path / "none")])
