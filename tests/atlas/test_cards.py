"""The reference pages are those that the data give."""

import importlib.util
import sys
from pathlib import Path

import pytest

from foedus import atlas
from foedus.atlas import cards
from foedus.errors import InputError

REPO = Path(__file__).resolve().parents[2]


def test_pages_are_in_step_with_the_data():
    spec = importlib.util.spec_from_file_location("build_atlas_docs", REPO / "scripts" / "build_atlas_docs.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_atlas_docs"] = module
    spec.loader.exec_module(module)
    pages = module.pages()
    assert {p.name for p in module.FOLDER.glob("*.md")} == set(pages)
    stale = [n for n, text in pages.items() if (module.FOLDER / n).read_text(encoding="utf-8") != text]
    assert stale == [], "run  python -m scripts.build_atlas_docs"


@pytest.mark.parametrize("name", atlas.tables())
def test_a_card_names_every_column_and_source(name):
    text = atlas.card(name)
    for attribute in atlas.schema(name).attributes:
        assert attribute.name in text
        assert attribute.description
    frame = atlas.table(name, all_editions=True)
    for source in frame["source"].unique() if "source" in frame.columns else ():
        assert f"`{source}`" in text


def test_remarks_belong_to_tables():
    assert set(cards._remarks()) <= set(atlas.tables())


def test_no_card_for_no_table():
    with pytest.raises(InputError, match="did you mean 'spending'"):
        atlas.card("spendin")
