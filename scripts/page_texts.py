"""Pages of the article extraction benchmark as somebody would copy them into a text file.

Each page's visible text, one element to a line, with menus, teasers and notices; lines that the benchmark's annotators took for
the article's body are the story, its headline is the page's own.
"""

from __future__ import annotations

import gzip
import html
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENOUGH = 0.85
"""Share of an annotated body that must be found again in the lines of its page."""
_BLOCKS = frozenset(
    [
        *(
            "p",
            "div",
            "section",
            "article",
            "header",
            "footer",
            "nav",
            "aside",
            "main",
            "address",
            "hr",
            "br",
            "pre",
        ),
        *(
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "table",
            "tr",
            "td",
            "figure",
            "figcaption",
            "blockquote",
            "form",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "label", "option"),
    ]
)
_HIDDEN = re.compile(
    r"<!--.*?-->|<(script|style|noscript|template|svg|select|textarea|iframe|head)\b.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?:…][\"”’')\]]*$")
_NOTICE = re.compile(
    r"disclaimer|originally published|reprinted|adapted from|provided by|correction|first published|updated at|views and opinions",
    re.IGNORECASE,
)
"""How lines begin that the benchmark counts as body but that are the paper's own."""


@dataclass(frozen=True)
class Page:
    """A page's lines, which of them are body, and where its headline stands."""

    name: str
    lines: tuple[str, ...]
    body: tuple[bool, ...]
    headline: int | None
    first: int
    last: int


class _Lines(HTMLParser):
    """Text of a page with a line break at each block element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def lines_of(source: str) -> list[str]:
    """Visible lines of a page."""
    parser = _Lines()
    parser.feed(_HIDDEN.sub(" ", source))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(parser.parts).split("\n"))
    return [line for line in lines if line]


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def is_prose(body: str) -> bool:
    """Whether a page is in English and told in paragraphs rather than in lists of goods."""
    common = len(re.findall(r"\b(?:the|of|and|to|in)\b", body))
    lines = [len(line.split()) for line in body.split("\n") if line.strip()]
    return common >= 0.12 * sum(lines) and sum(lines) >= 150 and sum(n < 12 for n in lines) <= 0.3 * len(lines)


def annotated_pages() -> Iterator[tuple[str, str, str]]:
    """Name, markup and annotated body of all pages of the benchmark.

    Raises `FileNotFoundError` where the benchmark is missing.
    """
    folder = (
        Path(os.environ.get("FOEDUS_REFERENCE", ROOT.parent / "shared"))
        / "reference"
        / "news"
        / "article_extraction"
    )
    if not folder.is_dir():
        raise FileNotFoundError(f"no article extraction benchmark at {folder}: set FOEDUS_REFERENCE")
    for item, row in json.loads((folder / "ground_truth_public.json").read_text(encoding="utf-8")).items():
        raw = gzip.decompress((folder / "html" / f"{item}.html.gz").read_bytes()).decode("utf-8", "replace")
        yield item, raw, row["articleBody"]


def told_pages() -> Iterator[tuple[str, str, str]]:
    """Those of the annotated pages that are in English and told in paragraphs."""
    return (page for page in annotated_pages() if is_prose(page[2]))


def pages() -> Iterator[Page]:
    """Pages as lines, marked by their annotated bodies. Raises `FileNotFoundError` where the benchmark is missing."""
    for item, raw, body in told_pages():
        page = page_of(item[:8], raw, body)
        if page is not None:
            yield page


def page_of(name: str, raw: str, body: str) -> Page | None:
    """Lines of a page, marked by its annotated body; none where too little of the body is found again."""
    lines = lines_of(raw)
    keys = [_key(line) for line in lines]
    wanted = [key for key in map(_key, body.split("\n")) if key]
    whole = " ".join(wanted)
    held = [bool(k) and (k in wanted or (len(k.split()) >= 6 and k in whole)) for k in keys]
    found = sum(len(k.split()) for k, hit in zip(keys, held, strict=True) if hit)
    if found < ENOUGH * len(whole.split()):
        return None
    long = next(i for i, hit in enumerate(held) if hit and len(keys[i].split()) >= 12)
    titles = _titles(raw)
    heads = [
        i
        for i, k in enumerate(keys[:long])
        if len(k.split()) >= 3 and any(t == k or t.startswith(k) for t in titles)
    ]
    headline = heads[-1] if heads else None
    at = [i for i, hit in enumerate(held) if hit and (headline is None or i > headline)]
    return Page(
        name,
        tuple(lines),
        tuple(i in set(at) for i in range(len(lines))),
        headline,
        at[0],
        _last(lines, held, at[0], at[-1]),
    )


def _titles(raw: str) -> list[str]:
    """What the page says its title is."""
    forms = (
        r"<h1[^>]*>(.*?)</h1>",
        r"property=[\"']og:title[\"'][^>]*content=[\"'](.*?)[\"']",
        r"<title[^>]*>(.*?)</title>",
    )
    found = (re.search(form, raw, re.DOTALL) for form in forms)
    return [_key(html.unescape(re.sub(r"<[^>]*>", " ", m[1]))) for m in found if m and _key(m[1])]


def _last(lines: list[str], held: list[bool], first: int, last: int) -> int:
    """Last line that is prose and no notice of the paper's."""
    while last > first:
        line = lines[last]
        if held[last] and len(line.split()) >= 6 and _ENDED.search(line) and not _NOTICE.search(line[:60]):
            break
        last -= 1
    return last
