"""Blocks into stories: where one ends and the next begins, and what belongs to none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from foedus.evidence.blocks import DATELINE, Block, words_of

REASONS = {
    "navigation": "site_navigation",
    "short": "site_navigation",
    "caption": "photo_caption",
    "metadata": "metadata",
    "cookie": "cookie_notice",
    "related": "related_stories",
    "boilerplate": "boilerplate",
    "oversized": "oversized_paragraph",
}
LOOK_BACK = 60
"""Paragraphs of a story that a new one is compared with."""
_STOP = frozenset(
    """about after again against also amid among another because been before being between both could does during each from
    have having here into itself just like made make many more most much must only other over said same says should since some
    such than that their them then there these they this those through under until upon very were what when where which while
    will with without would your year years week month time people first last three told news""".split()
)
_NAME = re.compile(r"(?<![.!?”\"] )(?<!^)\b[A-Z][\w’'\-]{2,}")
_FULL_NAME = re.compile(r"\b[A-Z][\w’'.\-]+ (?:[A-Z]\. )?[A-Z][\w’'\-]{2,}")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:yesterday|today|tonight)\b")
_BIO = re.compile(
    r"^[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]*){1,3} (?:covers|reports (?:on|from)|writes (?:about|on|for)|teaches) .{0,300}$|^[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]*){1,3} (?:is|covers|reports|writes|teaches|has covered|was)\b.{0,240}\b(?:correspondent|reporter|columnist|fellow|professor|editor|author|journalist|bureau|newsroom|covers|for The|contributor|writer)\b"
)
_BYLINE = re.compile(
    r"^(?:By )?(?=\S+ \S)[A-ZÀ-Ž][\w.’'\-]+(?: (?:[A-ZÀ-Ž][\w.’'\-]*|de|van|von|der|ter|al|and|in)){1,9}(?:,? (?:[A-Z]?[a-z]+ )?(?:editor|correspondent|reporter|columnist))?$"
)
"""Names in a line of their own under a headline."""
_BACKWARD = re.compile(
    r"^(?:But|And|Yet|He|She|They|It|His|Her|Their|Its|That|This|These|Those|Still|However|Mr\.|Mrs\.|Ms\.|Such|Nor|So|Even so|Meanwhile|In addition|As for|Other|Another|Both)\b"
)


@dataclass
class Draft:
    """A story being put together."""

    headline: Block | None
    body: list[Block] = field(default_factory=list)
    headed: bool = False
    """Its headline is one by the markup, so that only another such headline begins the next story."""
    asides: list[Block] = field(default_factory=list)
    """Short lines between the paragraphs, such as subheadings."""
    header: list[Block] = field(default_factory=list)
    """Byline, date and standfirst between headline and body."""

    @property
    def start(self) -> int:
        """First character."""
        return self.headline.start if self.headline else self.body[0].start

    @property
    def end(self) -> int:
        """End of the last body block."""
        return self.body[-1].end


def stems(text: str) -> set[str]:
    """Content words, cut to their first six letters so that inflections meet."""
    return {
        w.lower()[:6]
        for w in words_of(text)
        if (len(w) > 3 or w[0].isdigit() or w.isupper()) and w.lower() not in _STOP
    }


def overlap(block: Block, bodies: list[Block]) -> float:
    """Share of a would-be headline's content words that the next paragraphs hold."""
    head = stems(block.text)
    if not head:
        return 0.0
    return len(head & stems(" ".join(b.text[:900] for b in bodies))) / len(head)


def split_stories(blocks: list[Block]) -> tuple[list[Draft], list[tuple[Block, str]]]:
    """Group blocks into stories; the rest comes back with the reason for leaving it out."""
    drafts: list[Draft] = []
    dropped: list[tuple[Block, str]] = []
    run: list[Block] = []
    if not any(b.kind == "body" for b in blocks):
        blocks = [replace(b, kind="body") if b.kind == "caption" and b.text[-1] in ".!?" else b for b in blocks]
    bodies = [i for i, b in enumerate(blocks) if b.kind == "body"]
    order = {at: n for n, at in enumerate(bodies)}
    for i, block in enumerate(blocks):
        if block.kind != "body":
            run.append(block)
            continue
        ahead = [blocks[j] for j in bodies[order[i] : order[i] + 3] if j - i < 6]
        _meet(drafts, dropped, run, block, ahead)
        run = []
    dropped.extend((b, REASONS.get(b.kind, "site_navigation")) for b in run)
    _trim_tails(drafts, dropped)
    drafts = [d for d in drafts if d.body]
    dropped.sort(key=lambda pair: pair[0].start)
    return drafts, dropped


def _meet(
    drafts: list[Draft], dropped: list[tuple[Block, str]], run: list[Block], body: Block, ahead: list[Block]
) -> None:
    """Decide whether ``body`` goes on with the story or opens a new one, given the blocks between."""
    current = drafts[-1] if drafts else None
    headline = _pick_headline(run, current, ahead)
    if headline is not None:
        at = run.index(headline)
        dropped.extend((b, REASONS[b.kind]) for b in run[:at])
        draft = Draft(headline, headed=headline.heading)
        for b in run[at + 1 :]:
            if b.kind == "short" and b.words >= 5 and not _BYLINE.match(b.text):
                draft.header.append(b)
            else:
                dropped.append((b, "metadata" if b.kind == "short" else REASONS[b.kind]))
        draft.body.append(body)
        drafts.append(draft)
        return
    shorts = [b for b in run if b.kind == "short"]
    for b in run:
        if b.kind != "short":
            dropped.append((b, REASONS[b.kind]))
        elif len(shorts) > 2 or current is None:
            dropped.append((b, "site_navigation"))
    if current is None or _new_lead(current, run, body, ahead):
        drafts.append(Draft(None, [body]))
    else:
        current.asides.extend(shorts if len(shorts) <= 2 else ())
        current.body.append(body)


def _pick_headline(run: list[Block], current: Draft | None, ahead: list[Block]) -> Block | None:
    """Choose the block of a run that heads the story that follows, if any."""
    shorts = [b for b in run if b.kind == "short"]
    marked = [b for b in shorts if b.heading]
    if current is not None and current.headed:
        shorts = marked
    candidates = [b for b in marked or shorts if b.words >= 3 or (b.heading and current is None)]
    if not candidates:
        return None
    scored = [(b, overlap(b, ahead)) for b in candidates]
    byline = any(b.kind == "metadata" for b in run)
    lead = bool(DATELINE.match(ahead[0].text))
    if current is None:
        good = [(b, o) for b, o in scored if b.words >= 4 and o >= 0.2]
        return (
            good[0][0]
            if good and len(good) <= 2
            else (
                max(scored, key=lambda p: (p[1], p[0].words))[0]
                if max(p[1] for p in scored) > 0
                else scored[-1][0]
                if scored[-1][0].words >= 4
                else None
            )
        )
    best, share = max(scored, key=lambda p: (p[1], p[0].words))
    first = next((b for b, o in scored if b.words >= 5 and o >= 0.25), best)
    if (
        (byline or lead)
        and best.words >= 3
        and run.index(best) <= max((run.index(b) for b in run if b.kind == "metadata"), default=len(run))
    ):
        return first
    if best.words < 5 or _continues(current, ahead):
        return None
    if share >= 0.3:
        return first
    return (
        best
        if best.words >= 6 and (_WEEKDAY.search(ahead[0].text) or not _BACKWARD.match(ahead[0].text))
        else None
    )


def _surnames(blocks: list[Block]) -> set[str]:
    return {name.split()[-1].rstrip("’'s") for b in blocks for name in _FULL_NAME.findall(b.text)}


def _continues(current: Draft, ahead: list[Block]) -> bool:
    """Whether the next paragraphs lean on people whom the story introduced and they do not."""
    known = _surnames(current.body[-LOOK_BACK:])
    text = ahead[0].text
    here = _surnames(ahead[:1])
    leaning = {
        m.group(1)
        for m in re.finditer(
            r"(?:^|[^\w.] ?|\b(?:Mr|Mrs|Ms|Dr)\. )(?<![A-Z]\w )\b([A-Z][\w\-]{3,})\b(?! [A-Z])", text
        )
    } & known
    return bool(leaning - here) and not _WEEKDAY.search(text[:300]) and not DATELINE.match(text)


def _new_lead(current: Draft, run: list[Block], body: Block, ahead: list[Block]) -> bool:
    """Whether a paragraph without a headline opens another story."""
    if not current.body:
        return False
    if DATELINE.match(body.text):
        return True
    left = current.body[-6:]
    if (
        sum(b.words for b in left) < 40
        or body.words < 14
        or _BACKWARD.match(body.text)
        or body.text[0] in "\"“‘'"
    ):
        return False
    unquoted = re.sub(r"[\"“][^\"”]*[\"”]", " ", body.text[:500])
    if re.match(
        r"(?:On|In|By|At|For|After|Before|When|As|If|With|Asked|Speaking|While|Since|Last|Earlier|Later)\b",
        unquoted,
    ) or not _WEEKDAY.search(unquoted):
        return False
    past, coming = (
        stems(" ".join(b.text for b in current.body[-LOOK_BACK:])),
        stems(" ".join(b.text for b in ahead)),
    )
    if not coming:
        return False
    shared = len(past & coming) / len(coming)
    names_past = set(_NAME.findall(" ".join(b.text for b in current.body[-LOOK_BACK:])))
    names = set(_NAME.findall(" ".join(b.text for b in ahead)))
    shared_names = len(names & names_past) / max(len(names), 1)
    long = sum(b.words for b in current.body) >= 150
    return len(coming) >= 20 and (
        (shared < 0.1 and shared_names < 0.3) or (long and shared < 0.18 and not shared_names)
    )


def _trim_tails(drafts: list[Draft], dropped: list[tuple[Block, str]]) -> None:
    for draft in drafts:
        while len(draft.body) > 1 and _BIO.match(draft.body[-1].text) and draft.body[-1].words < 60:
            dropped.append((draft.body.pop(), "metadata"))
