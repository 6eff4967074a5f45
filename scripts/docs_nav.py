"""Navigation of the documentation site: sections in a fixed order, pages as they lie in the folders.

A hook of mkdocs, named in mkdocs.yml. A new page appears by itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

SECTIONS = {
    "tutorial": "Tutorial",
    "how-to": "How-to",
    "reference": "Reference",
    "explanation": "Explanation",
    "decisions": "Decisions",
}
FIRST = ("index.md", "first-run.md", "cli.md", "model.md")
"""Pages that come first in their folder; the rest follow by name."""


def ordered(folder: Path) -> list[Path]:
    """Return the pages and folders of a folder, pages before folders."""
    entries = [p for p in folder.iterdir() if p.is_dir() or p.suffix == ".md"]

    def place(path: Path) -> tuple[bool, int, str]:
        rank = FIRST.index(path.name) if path.name in FIRST else len(FIRST)
        return path.is_dir(), rank, path.name

    return sorted(entries, key=place)


def tree(folder: Path, root: Path) -> list[Any]:
    """Return the navigation of a folder; titles come from the pages' own headings."""
    out: list[Any] = []
    for path in ordered(folder):
        if path.is_file():
            out.append(path.relative_to(root).as_posix())
        elif inner := tree(path, root):
            out.append({path.name.replace("-", " ").capitalize(): inner})
    return out


def on_config(config: Any) -> Any:
    """Set the navigation."""
    root = Path(config["docs_dir"])
    sections = [{title: tree(root / name, root)} for name, title in SECTIONS.items() if (root / name).is_dir()]
    config["nav"] = ["index.md", *sections]
    return config
