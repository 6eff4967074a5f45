"""Write the reference pages of the atlas: one data card per table and their index.

python -m scripts.build_atlas_docs
"""

from __future__ import annotations

from pathlib import Path

from foedus.atlas import cards, tables

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference" / "atlas"


def pages() -> dict[str, str]:
    """Return the text of every page by file name."""
    return {"index.md": cards.index(), **{f"{name}.md": cards.card(name) for name in tables()}}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(pages())} pages in {FOLDER}")
