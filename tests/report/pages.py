"""A strict reading of a page: balanced elements, and the facts that accessibility rules ask about."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "col", "source", "wbr"}
LOADING = {"src", "srcset", "poster", "data", "action", "formaction", "background"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str | None]
    parents: tuple[str, ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    elements: list[Element] = field(default_factory=list)
    stack: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self):
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        names = [a for a, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"repeated attribute on {tag}: {names}")
        element = Element(tag, dict(attrs), tuple(e.tag for e in self.stack))
        self.elements.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs), tuple(e.tag for e in self.stack)))

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self.stack[-1].tag if self.stack else 'nothing'}")
            return
        self.stack.pop()

    def handle_data(self, data):
        for element in self.stack:
            element.text += data

    def all(self, tag):
        return [e for e in self.elements if e.tag == tag]


def read(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    page.faults += [f"<{e.tag}> is never closed" for e in page.stack]
    return page


def accessibility_faults(page: Page) -> list[str]:
    """What a checker such as axe reports first."""
    faults = list(page.faults)
    html = page.all("html")
    if not html or not html[0].attrs.get("lang"):
        faults.append("html has no lang")
    if not page.all("title") or not page.all("title")[0].text.strip():
        faults.append("no title")
    ids = [e.attrs["id"] for e in page.elements if "id" in e.attrs]
    faults += [f"id {i} is used twice" for i in {i for i in ids if ids.count(i) > 1}]
    for e in page.elements:
        for name in ("aria-labelledby", "for"):
            faults += [f"{name} names missing {t}" for t in (e.attrs.get(name) or "").split() if t not in ids]
        if (e.attrs.get("href") or "").startswith("#") and e.tag == "a" and e.attrs["href"][1:] not in ids:
            faults.append(f"link to missing {e.attrs['href']}")
    levels = [int(e.tag[1]) for e in page.elements if e.tag in {"h1", "h2", "h3", "h4"}]
    if levels.count(1) != 1 or levels[0] != 1:
        faults.append("not exactly one h1, first")
    faults += [f"h{a} is followed by h{b}" for a, b in itertools.pairwise(levels) if b > a + 1]
    faults += ["th without scope" for e in page.all("th") if e.attrs.get("scope") not in {"row", "col"}]
    captions = sum("table" in e.parents for e in page.all("caption"))
    if captions != len(page.all("table")):
        faults.append("table without caption")
    for e in page.all("svg"):
        if "svg" not in e.parents and not (e.attrs.get("role") == "img" and e.attrs.get("aria-label")):
            faults.append("svg without role and label")
    labelled = {e.attrs.get("for") for e in page.all("label")}
    faults += [
        f"select {e.attrs.get('id')} has no label"
        for e in page.all("select")
        if e.attrs.get("id") not in labelled
    ]
    faults += [f"no {t} landmark" for t in ("header", "main", "nav", "footer") if not page.all(t)]
    return faults


def outside_loads(page: Page) -> list[str]:
    """Everything the page would fetch by itself; plain links are no loads."""
    found = []
    for e in page.elements:
        for name, value in e.attrs.items():
            loads = name in LOADING or (name in {"href", "xlink:href"} and e.tag not in {"a"})
            if loads and value and not value.startswith(("#", "data:")):
                found.append(f"{e.tag} {name}={value[:60]}")
        if "url(http" in (e.attrs.get("style") or "") or "url(//" in (e.attrs.get("style") or ""):
            found.append(f"{e.tag} style")
    for e in page.all("style"):
        if "@import" in e.text or "url(" in e.text:
            found.append("style sheet loads something")
    return found
