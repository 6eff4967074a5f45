"""HTML into a view of its text. Offsets stay those of the decoded HTML; scripts are never run, nothing is fetched."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

from foedus.evidence.view import View, compose

_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,30})")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|\s+")
_RAW = frozenset(
    "script style noscript template svg iframe textarea select option object math canvas video audio head title".split()
)
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em font i kbd mark q s samp small span strong sub sup time u var wbr ins del label tt big acronym".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_NAV_TAGS = frozenset("nav footer aside menu form button dialog address".split())
_NAV_HINT = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|sidebar|side-bar|related|recommend\w*|comments?|share|sharing|social|promo|cookie\w*|consent|newsletter|breadcrumbs?|advert\w*|ads?|sponsor\w*|trending|popular|most-\w+|more-\w+|read-?more|signup|subscribe|subscription|"
    r"paywall|toolbar|masthead|tags?|taglist|topics?|pagination|pager|skip|banner|author-?bio|bio|widget|outbrain|taboola|disqus|byline|meta|dateline|credits?|copyright|disclaimer|hidden|screen-reader-text|visually-hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
HEADED = 300
"""Letters of prose under a page's one heading from which the headings below it divide its story."""
MAX_MARKED = 0.35
"""Share of the page's prose from which an element named like navigation is taken for the page's frame."""
_ATTRIBUTE = re.compile(
    r"""\b(?:class|id|role|itemprop)\s*=\s*(?:"([^"]{0,300})"|'([^']{0,300})'|([^\s>"']{1,100}))""",
    re.IGNORECASE,
)
_META = re.compile(r"<meta\s[^>]{0,600}>", re.IGNORECASE)
_META_KEY = re.compile(r"""\b(?:property|name|itemprop)\s*=\s*["']?([\w:.-]+)""", re.IGNORECASE)
_META_VALUE = re.compile(r"""\bcontent\s*=\s*(?:"([^"]{0,400})"|'([^']{0,400})')""", re.IGNORECASE)
_DATE_KEYS = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "pubdate",
    "publishdate",
    "parsely-pub-date",
    "og:published_time",
    "dc.date.issued",
    "sailthru.date",
)


@dataclass
class _Block:
    start: int
    letters: int = 0
    linked: int = 0
    marks: tuple[tuple[int, str], ...] = ()
    """Marks of the elements around it, outermost first, each with the element's number."""
    mark: str | None = None
    article: bool = False


@dataclass
class _State:
    source: str
    pieces: list[tuple[str, int]] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    stack: list[tuple[str, str | None, int]] = field(default_factory=list)
    opened: int = 0
    current: _Block | None = None
    links: int = 0
    articles: int = 0


def is_html(text: str) -> bool:
    """Whether a text is HTML by its first characters."""
    head = text[:2000].lower()
    return (
        bool(re.search(r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", head))
        or len(re.findall(r"<(?:p|div|h1|br|a|span|table)\b[^>]*>", head)) >= 3
    )


def html_view(source: str) -> tuple[View, Callable[[int], str | None], dict[str, str]]:
    """View of the text of a page, what the markup says of a block (by its start in the view), and the page's own data."""
    state = _State(source)
    at = 0
    size = len(source)
    while at < size:
        tag = source.find("<", at)
        if tag < 0:
            tag = size
        if tag > at:
            _text(state, at, tag)
        if tag == size:
            break
        at = _tag(state, tag)
    _settle_marks(state)
    _choose_article(state)
    view = compose(source, state.pieces or [("", 0)])
    starts = [b.start for b in state.blocks]

    def mark(at: int) -> str | None:
        where = view.span(at, at + 1)[0]
        i = bisect_left(starts, where + 1) - 1
        return _mark_of(state.blocks[i]) if i >= 0 else None

    return view, mark, page_data(source)


def _mark_of(block: _Block) -> str | None:
    if block.mark is not None:
        return block.mark
    if block.letters and block.linked > 0.6 * block.letters and block.letters < 200:
        return "navigation"
    return None


def _is_prose(block: _Block) -> bool:
    return block.letters > 80 and block.linked < 0.5 * block.letters


def _settle_marks(state: _State) -> None:
    """A mark holds unless its element wraps a good part of the page's prose: then it is the page, not a part of it."""
    prose = [b for b in state.blocks if _is_prose(b)]
    total = sum(b.letters for b in prose)
    wrapped: dict[int, int] = {}
    for block in prose:
        for number, _ in block.marks:
            wrapped[number] = wrapped.get(number, 0) + block.letters
    for block in state.blocks:
        block.mark = next(
            (
                mark
                for number, mark in reversed(block.marks)
                if mark in ("caption", "heading", "subheading") or wrapped.get(number, 0) <= MAX_MARKED * total
            ),
            None,
        )
    _settle_headings(state.blocks)


def _settle_headings(blocks: list[_Block]) -> None:
    """Second-rank headings head stories of their own, unless the one first-rank heading has prose before the first of them."""
    first = [i for i, b in enumerate(blocks) if b.mark == "heading"]
    second = [i for i, b in enumerate(blocks) if b.mark == "subheading"]
    told = (
        sum(_is_prose(b) * b.letters for b in blocks[first[0] : second[0]])
        if len(first) == 1 and second and first[0] < second[0]
        else 0
    )
    for i in second:
        blocks[i].mark = "heading" if told < HEADED else None


def _choose_article(state: _State) -> None:
    """Where most of the prose stands in an article element, what stands outside belongs to the site."""
    prose = [b for b in state.blocks if _is_prose(b) and b.mark is None]
    inside = sum(b.letters for b in prose if b.article)
    if inside > 0.5 * sum(b.letters for b in prose) and inside > 200:
        for block in state.blocks:
            if not block.article and block.mark != "heading":
                block.mark = block.mark or "navigation"


def _text(state: _State, start: int, end: int) -> None:
    raw = state.source[start:end]
    if state.current is None:
        if not raw.strip():
            return
        lead = len(raw) - len(raw.lstrip())
        marks = tuple((number, mark) for _, mark, number in state.stack if mark is not None)
        state.current = _Block(start + lead, marks=marks, article=state.articles > 0)
        state.blocks.append(state.current)
    letters = end - start
    state.current.letters += letters
    state.current.linked += letters if state.links else 0
    last = 0
    for found in _ENTITY.finditer(raw):
        word = found.group()
        new = " " if word.isspace() else html.unescape(word)
        if new == word:
            continue
        if found.start() > last:
            state.pieces.append((raw[last : found.start()], start + last))
        _put(state, new, start + found.start(), start + found.end())
        last = found.end()
    if last < len(raw):
        state.pieces.append((raw[last:], start + last))


def _put(state: _State, new: str, start: int, end: int) -> None:
    if len(new) == end - start and new.isspace():
        state.pieces.append((new, start))
    else:
        state.pieces.append((new, -(start + 1)))


def _break(state: _State, at: int) -> None:
    state.current = None
    if state.pieces and state.pieces[-1][0] != "\n\n":
        state.pieces.append(("\n\n", -(at + 1)))


def _tag(state: _State, at: int) -> int:
    source = state.source
    if source.startswith("<!--", at):
        stop = source.find("-->", at + 4)
        return len(source) if stop < 0 else stop + 3
    name_match = _TAG_NAME.match(source, at)
    stop = source.find(">", at)
    if name_match is None:
        if source[at + 1 : at + 2] in "!?/" and stop >= 0:
            return stop + 1
        _text(state, at, at + 1)
        return at + 1
    stop = len(source) if stop < 0 else stop + 1
    name = name_match.group(1).lower()
    if source[at + 1] == "/":
        _close(state, name, at)
    elif name in _RAW and not source[at:stop].endswith("/>"):
        return _skip(source, name, stop)
    else:
        _open(state, name, source[at:stop], at)
    return stop


def _skip(source: str, name: str, at: int) -> int:
    """End of an element whose content is not text to read; its limit is the end of the page."""
    closing = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(source, at)
    if closing is None:
        return len(source) if name in ("script", "style") else at
    return closing.end()


def _open(state: _State, name: str, tag: str, at: int) -> None:
    if name == "br" or (name not in _INLINE and name != "img"):
        if name == "br":
            state.pieces.append(("\n", -(at + 1)))
            state.current = None
        else:
            _break(state, at)
    if name in _VOID or tag.endswith("/>") or len(state.stack) > 2000:
        return
    state.opened += 1
    state.stack.append((name, _role(state, name, tag), state.opened))
    state.links += name == "a"
    state.articles += name in ("article", "main")


def _role(state: _State, name: str, tag: str) -> str | None:
    if name in _NAV_TAGS or (name == "header" and not state.articles):
        return "navigation"
    if name in ("figcaption", "figure", "caption"):
        return "caption"
    if name in {"h1", "h2"}:
        return "heading" if name == "h1" else "subheading"
    if len(tag) > 8 and name not in ("body", "html", "article", "main", "h1", "h2"):
        said = " ".join(a or b or c for a, b, c in _ATTRIBUTE.findall(tag[:800]))
        if (
            said
            and _NAV_HINT.search(said)
            and not re.search(
                r"article-?body|story-?body|entry-content|post-content|articlebody", said, re.IGNORECASE
            )
        ):
            return "caption" if "caption" in said.lower() else "navigation"
        if said and re.search(r"\bcaption|photo-?credit", said, re.IGNORECASE):
            return "caption"
    return None


def _close(state: _State, name: str, at: int) -> None:
    if name not in _INLINE:
        _break(state, at)
    for i in range(len(state.stack) - 1, max(-1, len(state.stack) - 60), -1):
        if state.stack[i][0] == name:
            for closed, _, _ in state.stack[i:]:
                state.links -= closed == "a"
                state.articles -= closed in ("article", "main")
            del state.stack[i:]
            return


def page_data(source: str) -> dict[str, str]:
    """Title, date, outlet and author that the page states of itself."""
    data: dict[str, str] = {}
    keys = {
        "og:title": "title",
        "og:site_name": "outlet",
        "author": "author",
        "og:url": "url",
        "article:author": "author",
    }
    for tag in _META.findall(source[:300_000]):
        key, value = _META_KEY.search(tag), _META_VALUE.search(tag)
        if not key or not value:
            continue
        word, content = key.group(1).lower(), html.unescape(value.group(1) or value.group(2) or "").strip()
        if word in keys:
            data.setdefault(keys[word], content)
        elif word in _DATE_KEYS and re.match(r"\d{4}-\d\d-\d\d", content):
            data.setdefault("published", content[:10])
    if "title" not in data:
        found = re.search(r"<title[^>]{0,200}>([^<]{1,400})</title", source[:300_000], re.IGNORECASE)
        if found:
            data["title"] = " ".join(html.unescape(found.group(1)).split())
    if "published" not in data:
        stated = re.search(
            r"""(?:"datePublished"\s*:\s*"|<time[^>]{0,200}datetime=["'])(\d{4}-\d\d-\d\d)""", source
        )
        if stated:
            data["published"] = stated.group(1)
    return data
