"""Build the documentation site, and order its pages (this file is also a hook of ``mkdocs.yml``).

    uv run --group docs python scripts/build_docs.py            # writes site/

The pages under ``docs/`` need no list: a page is found by its folder. Sections stand in the order of ``SECTIONS``.
The built site is checked for anything that it would load from outside.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

SECTIONS = {
    "tutorial": "Tutorial",
    "how-to": "How to",
    "reference": "Reference",
    "explanation": "Explanation",
    "decisions": "Decisions",
}
OUTSIDE = re.compile(
    r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=["']?(?:https?:)?//[^"'> ]+"""
    r"""|<link\b(?![^>]*rel=["']?canonical)[^>]*\bhref=["']?(?:https?:)?//[^"'> ]+|url\(["']?(?:https?:)?//[^)]+""",
    re.IGNORECASE,
)


def on_nav(nav: Any, config: Any, files: Any) -> Any:
    """Order the sections and give them their names (called by mkdocs)."""
    by_title = {_plain(item.title): item for item in nav.items if getattr(item, "is_section", False)}
    pages = [item for item in nav.items if not getattr(item, "is_section", False)]
    ordered = []
    for folder, title in SECTIONS.items():
        section = by_title.pop(_plain(folder), None)
        if section is not None:
            section.title = title
            ordered.append(section)
    nav.items = [*pages, *ordered, *by_title.values()]
    return nav


def _plain(title: str) -> str:
    return re.sub(r"[^a-z]", "", str(title).lower())


def outside_loads(site: Path) -> list[str]:
    """What the pages and style sheets of a built site would fetch from elsewhere."""
    found = []
    for path in sorted([*site.rglob("*.html"), *site.rglob("*.css")]):
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(site)}: {m.group(0)[:120]}" for m in OUTSIDE.finditer(text)]
    return found


def main() -> int:
    """Build strictly, then look for outside loads."""
    root = Path(__file__).resolve().parent.parent
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    built = subprocess.run(command, cwd=root, check=False, env=quiet)
    if built.returncode:
        return built.returncode
    loads = outside_loads(root / "site")
    print("\n".join(loads) if loads else f"{root / 'site' / 'index.html'}: built, loads nothing from outside")
    return 1 if loads else 0


if __name__ == "__main__":
    sys.exit(main())
