"""How likely a paragraph, with what stands before it, is to open another story.

Each place between two paragraphs has features: what stands there (headline, byline, dateline, furniture of the page), how the
paragraph opens, and what it shares with the story so far. Their weights are in `boundary_weights.csv`, estimated by logistic
regression on joined stories (`scripts/fit_boundaries.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from foedus.evidence import tables
from foedus.evidence.blocks import DATELINE, Block, has_finite_verb, words_of

_STOP = frozenset(
    """about after again against also amid among another because been before being between both could does during each from
    have having here into itself just like made make many more most much must only other over said same says should since some
    such than that their them then there these they this those through under until upon very were what when where which while
    will with without would your year years week month time people first last three told news""".split()
)
_FULL_NAME = re.compile(r"\b[A-Z][\w’'.\-]+ (?:[A-Z]\. )?[A-Z][\w’'\-]{2,}")
_LONE_NAME = re.compile(
    r"(?:^|[^\w.] ?|\b(?:Mr|Mrs|Ms|Dr)\. )(?<![A-Z]\w )\b([A-Z][\w\-]{3,})\b(?! [A-Z])", re.MULTILINE
)
_INNER_NAME = re.compile(r"(?<=[\w,’'.)] )(?<![.!?] )([A-Z][\w\-]{2,})")
OPENING = re.compile(
    r"^(?:(?:An?|Two|Three|Four|Five|Six|Dozens|Hundreds|Thousands|Several|More than|Nearly|About|At least) [a-z]|[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]+)*[’']s? [a-z]+ |[A-Z][\w.\-]+(?: [A-Z][\w.\-]+)* (?:(?:has|have|is|are|was|were) (?:\w+ly )?(?:to |[a-z]+(?:ed|en|ne|de|ld|nt|ught|ing)\b)|will|plans?|wants?|said|says|\w+ed\b)|[A-Z][a-z]+s? (?:[a-z]+ ){0,5}(?:(?:has|have|is|are) (?:to|[a-z]+ed)|will|said)\b)"
)
"""How papers open a story."""
_TITLED = re.compile(
    r"\b(?:[Mm]inister|[Pp]resident|[Cc]hancellor|[Ss]ecretary|[Ss]enator|Sen\.|Rep\.|[Gg]eneral|Gen\.|[Cc]hief|[Ll]eader|[Ss]pokes\w+|[Aa]mbassador|[Pp]remier)(?: of [A-Z]\w+)?,? [A-Z][\w’'.\-]+ (?:[A-Z]\. )?[A-Z][\w’'\-]{2,}|[A-Z][\w’'.\-]+ [A-Z][\w’'\-]{2,}, (?:the|an?|who|[a-z]+ (?:of|minister))\b"
)
"""Somebody introduced with name and office."""
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:yesterday|today|tonight)\b")
BACKWARD = re.compile(
    r"^(?:But|And|Yet|He|She|They|It|His|Her|Their|Its|That|This|These|Those|Still|However|Mr\.|Mrs\.|Ms\.|Such|Nor|So|Even so|Meanwhile|In addition|As for|Other|Another|Both|Others|For (?:all|now|his|her|their|its)|What|Not (?:all|every))\b"
)
_CIRCUMSTANCE = re.compile(
    r"^(?:On|In|By|At|For|After|Before|When|As|If|With|Asked|Speaking|While|Since|Last|Earlier|Later|Although|Though|Despite|According)\b"
)
_DEFINITE = re.compile(
    r"^(?:[Tt]he|[Tt]hese|[Tt]hose) (?:\w+ )?(?:move|decision|plan|proposal|measure|bill|remarks?|comments?|review|report|deal|agreement|minister|official|spokes\w+|general|president|statement|sale|vote|effort|former|group|package|announcement|idea|man|woman|two|three)\b"
)
LISTED = re.compile(r"^(?:\d{1,2}[.):]\s|[QA]: ?|—|–|-|•|\*|Step \d|Part \d|No\. \d)")
_TURN = re.compile(
    r"[A-Z][A-Z.'’\- ]{1,40}(?:\([^()\n]{1,40}\))?: ?\S|\([A-Z]{4,20}\)|(?:[QA]|Question|Answer)[:.] |\d\d[.:]\d\d "
)
LABEL = re.compile(
    r"(?:(?:\w+ )?(?:news |world |defen[cs]e )?(?:in brief|in short|briefs?|briefly|round-?up|digest|at a glance)|also (?:today|this week)|elsewhere|in other news|and finally|other news)",
    re.IGNORECASE,
)
"""What stands over a list of short items."""
CLOCK = re.compile(
    r"(?:\d{1,2}[.:]\d\d|\d{1,2})(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,4}\)?)?(?: local(?: time)?)?", re.IGNORECASE
)
"""A time of day in a line of its own."""
_RELEASE = re.compile(
    r"(?:for immediate release|(?:press|news|media) (?:release|statement|notice)|embargo(?:ed)?\b)",
    re.IGNORECASE,
)
POINT = re.compile(r"[•*▪■●·–—-] ?[A-Z]")
COUNTRY = re.compile(r"[A-Z][\w’'.\-]+(?:(?: and)? [A-Z][\w’'.\-]+){0,3}(?::| [–—-]|\.) [“\"]?[A-Z]")
SALUTE = re.compile(r"(?:To the Editor|Dear (?:Sirs?|Madam|Editor)|Sirs?\b ?[,:–—-]|SIRS?\b ?[,:–—-])")
"""How a reader writes to a paper."""
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_SENTENCE_END = re.compile(r"[a-z0-9% ][.!?][”\"’]? [A-Z“\"‘]")
HEAD_VERB = re.compile(r"\b[a-z]{2,}s\b|\b[a-z]{3,}ed\b|\bto [a-z]+\b", re.IGNORECASE)
_FURNITURE = frozenset(("navigation", "related", "boilerplate", "cookie"))


@dataclass(frozen=True)
class Page:
    """What a whole file is like."""

    common: frozenset[str] = frozenset()
    """Stems and names that stand all over it."""
    brief: float = 0.0
    """Share of its paragraphs that take nothing up from the one before."""
    near: dict[int, float] = field(default_factory=dict)
    """How alike the three paragraphs before and after a place are, by the start of the paragraph after it."""
    wide: dict[int, float] = field(default_factory=dict)
    """The same for eight paragraphs."""
    depth: dict[int, float] = field(default_factory=dict)
    """How much less alike they are than at the places around it."""

    def rare(self, found: frozenset[str] | set[str]) -> frozenset[str]:
        """Leave out what stands all over the file."""
        return frozenset(found - self.common)


def page_of(bodies: Sequence[Block], measured: bool = False) -> Page:
    """Look over the paragraphs of a file; where it is to be `measured`, say how alike they are around each place."""
    count: dict[str, int] = {}
    for block in bodies:
        for word in stems(block.text[:900]) | names(block.text[:900]):
            count[word] = count.get(word, 0) + 1
    common = frozenset(w for w, n in count.items() if n > max(4, 0.3 * len(bodies)))
    apart = 0
    for last, block in pairwise(bodies):
        shared = stems(last.text) & stems(block.text[:900]) - common
        kin = names(last.text) & names(block.text[:900]) - common
        apart += not (len(shared) > 1 or kin or BACKWARD.match(block.text) or block.text[0] in "\"“‘'")
    page = Page(common, apart / max(len(bodies) - 1, 1))
    if not measured:
        return page
    rare = {w: math.log((len(bodies) + 1) / n) ** 2 for w, n in count.items() if n > 1}
    held = [[w for w in stems(b.text[:900]) | names(b.text[:900]) if w in rare] for b in bodies]
    wide = _alike(held, rare, 8)
    starts = [b.start for b in bodies]
    return replace(
        page,
        near=dict(zip(starts, _alike(held, rare, 3), strict=True)),
        wide=dict(zip(starts, wide, strict=True)),
        depth=dict(zip(starts, _depths(wide), strict=True)),
    )


def _alike(held: Sequence[Sequence[str]], rare: dict[str, float], width: int) -> list[float]:
    """Cosine of the words of `width` paragraphs before and after each paragraph's start, rare words weighing more."""
    past: dict[str, int] = {}
    coming: dict[str, int] = {}
    for words in held[:width]:
        _shift(coming, words, 1)
    found = [1.0]
    for i in range(1, len(held)):
        _shift(past, held[i - 1], 1)
        _shift(coming, held[i - 1], -1)
        if i > width:
            _shift(past, held[i - 1 - width], -1)
        if i + width <= len(held):
            _shift(coming, held[i + width - 1], 1)
        dot = sum([past[w] * coming[w] * rare[w] for w in past.keys() & coming.keys()])
        if dot:
            sizes = sum([n * n * rare[w] for w, n in past.items()]) * sum(
                [n * n * rare[w] for w, n in coming.items()]
            )
            found.append(dot / math.sqrt(sizes))
        else:
            found.append(0.0)
    return found[: len(held)]


def _shift(count: dict[str, int], words: Sequence[str], by: int) -> None:
    """Add words to a count, or take them off."""
    for word in words:
        now = count.get(word, 0) + by
        if now:
            count[word] = now
        else:
            del count[word]


def _depths(alike: Sequence[float]) -> list[float]:
    """How far each value lies under the nearest peaks on both sides."""
    found = []
    for i, value in enumerate(alike):
        left = right = value
        for j in range(i - 1, 0, -1):
            if alike[j] < left:
                break
            left = alike[j]
        for j in range(i + 1, len(alike)):
            if alike[j] < right:
                break
            right = alike[j]
        found.append(left + right - 2 * value)
    return found


@dataclass
class Told:
    """What a story has told so far."""

    stems: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    fulls: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    words: int = 0
    subheads: int = 0
    paragraphs: int = 0
    last: Block | None = None
    labelled: bool = False
    """It stands in a list of short items ("In brief")."""
    released: bool = False
    """It is a release, by what stands before it."""

    @classmethod
    def opened(cls, run: Sequence[Block], head: Block | None, before: Told | None) -> Told:
        """What stands over a new story; `run` are the blocks before its first paragraph."""
        label = any(LABEL.fullmatch(b.text) for b in run)
        return cls(
            labelled=label or (head is None and before is not None and before.labelled),
            released=any(_RELEASE.match(b.text) for b in run),
        )

    def take(self, block: Block) -> None:
        """Take in a paragraph."""
        self.stems |= stems(block.text)
        self.surnames |= surnames(block.text)
        self.fulls |= fulls(block.text)
        self.names |= names(block.text)
        self.words += block.words
        self.paragraphs += 1
        self.last = block


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Content words, cut to their first six letters so that inflections meet."""
    said = [w.lower() for w in words_of(text) if len(w) > 3 or w[0].isdigit() or w.isupper()]
    return frozenset([w[:6] for w in said if w not in _STOP])


@lru_cache(maxsize=4096)
def surnames(text: str) -> frozenset[str]:
    """Last words of what looks like full names."""
    return frozenset([name.split()[-1].rstrip("’'s") for name in _FULL_NAME.findall(text)])


@lru_cache(maxsize=4096)
def fulls(text: str) -> frozenset[str]:
    """What looks like full names of people, titles cut off."""
    return frozenset([" ".join(name.split()[-2:]) for name in _FULL_NAME.findall(text)])


@lru_cache(maxsize=4096)
def names(text: str) -> frozenset[str]:
    """Capitalised words inside sentences."""
    return frozenset(_INNER_NAME.findall(text))


def overlap(text: str, bodies: Sequence[Block]) -> float:
    """Share of a would-be headline's content words that the next paragraphs hold."""
    head = stems(text)
    if not head:
        return 0.0
    held = frozenset[str]().union(*[head & stems(b.text[:900]) for b in bodies])
    return len(held) / len(head)


def first_sentence(text: str) -> str:
    """A text up to its first full stop, 300 characters at most."""
    found = _SENTENCE_END.search(text, 40)
    return text[: min(found.start() if found else 300, 300)]


def features(
    told: Told,
    title: str | None,
    run: Sequence[Block],
    head: Block | None,
    ahead: Sequence[Block],
    page: Page,
    far: Sequence[Block],
) -> dict[str, float]:
    """Features of the place before `ahead[0]`: `title` heads the story so far, `head` may head the next, `far` are the eight paragraphs from here."""
    lead = ahead[0].text
    plain = _QUOTED.sub(" ", lead[:500])
    coming = frozenset[str]().union(*[stems(b.text[:900]) for b in ahead])
    fresh = frozenset[str]().union(*[surnames(b.text) for b in ahead])
    leaning = _alone_in(lead[:600], told.surnames - surnames(lead))
    at = run.index(head) if head is not None else 0
    after = {b.kind for b in run[at + 1 :]} if head is not None else {b.kind for b in run}
    furniture = sum(b.kind in _FURNITURE for b in (run if head is None else run[:at]))
    weekday = bool(WEEKDAY.search(first_sentence(plain)))
    shared = len(coming & told.stems) / max(len(coming), 1)
    looks_back = BACKWARD.match(lead) or _CIRCUMSTANCE.match(lead)
    strange = told.words >= 50 and not (fresh & told.surnames or leaning or looks_back)
    return {
        "strange": strange and shared < 0.18,
        "very_strange": strange and shared < 0.08,
        "dateline": bool(DATELINE.match(lead)),
        "byline": "metadata" in after,
        "byline_before": "metadata" in {b.kind for b in run[:at]},
        "furniture": furniture == 1,
        "much_furniture": furniture > 1,
        "caption": "caption" in {b.kind for b in run},
        "weekday": weekday and not (head is None and looks_back),
        "strange_weekday": weekday and strange,
        "backward": bool(BACKWARD.match(lead)),
        "circumstance": bool(_CIRCUMSTANCE.match(lead)),
        "definite": bool(_DEFINITE.match(lead)),
        "quote_first": lead[0] in "\"“‘'",
        "leaning": min(len(leaning), 2),
        "shared": shared,
        "little_told": told.words < 40,
        "new_names": min(len(fresh - told.surnames), 4) / 4,
        "old_names": min(len(fresh & told.surnames), 3) / 3,
        "short_lead": ahead[0].words < 14,
        "lead_length": min(ahead[0].words, 60) / 60,
        "subheads": min(told.subheads, 3),
        "shorts": min(sum(b.kind == "short" for b in run), 4),
        **_of_page(told, run, head, ahead, page, far),
        **_of_headline(told, title, head, ahead),
        **_of_words(page, head, ahead[0].start),
    }


def _alone_in(text: str, wanted: set[str]) -> set[str]:
    """Which of some surnames a text mentions by themselves."""
    present = {name for name in wanted if name in text}
    return {m[1] for m in _LONE_NAME.finditer(text)} & present if present else present


def _of_words(page: Page, head: Block | None, at: int) -> dict[str, float]:
    """How the words before a place agree with those after it, where that has been measured."""
    if not page.wide:
        return {}
    depth = min(page.depth[at], 0.5)
    return {
        "alike_near": page.near[at],
        "alike_wide": page.wide[at],
        "depth": depth,
        "depth_headless": depth * (head is None),
    }


def _of_page(
    told: Told,
    run: Sequence[Block],
    head: Block | None,
    ahead: Sequence[Block],
    page: Page,
    far: Sequence[Block],
) -> dict[str, float]:
    """How the place stands in its file: what the coming paragraphs take up again, and how they bring people in."""
    lead = ahead[0].text
    last = page.rare(stems(told.last.text)) if told.last else frozenset()
    coming = page.rare(stems(lead[:900]))
    near = page.rare(names(lead[:900]))
    known = page.rare(told.names)
    later = frozenset[str]().union(*[known & names(b.text[:900]) for b in far])
    again = len(later) / max(min(len(known), 25), 1)
    taken = len(last & coming) / max(min(len(last), len(coming), 12), 1)
    renamed = bool(fulls(lead) & told.fulls)
    opening = bool(OPENING.match(lead))
    alone = not (near & told.names) and len(coming & told.stems) <= 1 and not BACKWARD.match(lead)
    return {
        "taken_up": taken,
        "names_again": min(again, 0.6),
        "no_names_again": again == 0.0 and len(known) > 2,
        "renamed": renamed and told.paragraphs > 1,
        "opening": opening,
        "introduces": bool(_TITLED.search(lead[:400])),
        "alone": alone,
        "alone_opening": alone and opening,
        "alone_headless": alone and head is None,
        "brief": page.brief,
        "brief_alone": page.brief * alone,
        "brief_headless": page.brief * (head is None),
        "brief_little": page.brief * (told.words < 40),
        "byline_headless": head is None and "metadata" in {b.kind for b in run},
        "byline_standfirst": "metadata" in {b.kind for b in run} and told.paragraphs == 1 and told.words < 60,
        "one_paragraph": told.paragraphs == 1,
        "head_alone": alone and head is not None,
        "turn": bool(_TURN.match(lead)),
        "under_label": told.labelled,
        "under_label_headless": told.labelled and head is None,
        "told_long": told.words > 250,
    }


def _of_headline(told: Told, title: str | None, head: Block | None, ahead: Sequence[Block]) -> dict[str, float]:
    if head is None:
        return {"unheaded_after_headed": title is not None}
    text = head.text
    return {
        "head": 1.0,
        "head_headed": title is not None,
        "head_few": head.words < 5,
        "head_length": min(head.words, 14) / 14,
        "head_overlap": overlap(text, ahead),
        "head_past": len(stems(text) & told.stems) / max(len(stems(text)), 1),
        "head_question": text.endswith("?"),
        "head_listed": bool(LISTED.match(text)),
        "head_upper": text.isupper(),
        "head_upper_alike": text.isupper() and title is not None and title.isupper(),
        "head_verb": bool(HEAD_VERB.search(text)) or has_finite_verb(text),
        "head_backward": bool(BACKWARD.match(text)),
        "head_weekday": bool(WEEKDAY.search(first_sentence(ahead[0].text))),
    }


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Weight of each feature, in logits."""
    return {row["feature"]: float(row["weight"]) for row in tables.rows("boundary_weights.csv")}


def opens_story(found: dict[str, float]) -> float:
    """Logit of the chance that a place with these features opens another story."""
    table = weights()
    return table["intercept"] + sum(table.get(name, 0.0) * value for name, value in found.items())
