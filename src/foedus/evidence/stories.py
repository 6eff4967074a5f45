"""Blocks into stories: where one ends and the next begins, and what belongs to none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from foedus.evidence.blocks import Block
from foedus.evidence.boundaries import (
    CLOCK,
    COUNTRY,
    LABEL,
    POINT,
    SALUTE,
    Page,
    Told,
    features,
    opens_story,
    overlap,
    page_of,
    weights,
)
from foedus.evidence.lines import judge
from foedus.evidence.lines import weights as page_weights
from foedus.evidence.pagemarks import settle
from foedus.evidence.rejoin import continues

TOO_SHORT = 15
"""Words below which a paragraph without a headline after it is no story of its own."""
TOO_LITTLE = 10
"""Words below which a paragraph without a headline over it begins no story."""
SUBHEAD = 6
"""Words up to which a line inside a release that has not ended is a subheading."""
MARGIN = 1.5
"""Logits by which a line must be likelier a headline than the one that the rules choose."""
LONG = 600
"""Words from which a file is read as long: its lines are weighed, and its stories told apart by the weights for long files."""
JUNK = 1.0
"""Logit that at least one paragraph of a story must reach to be a story's."""
DOUBT = 6.0
"""Logits that a beginning in a long file needs where no byline, dateline or headline speaks for it."""
NEAR = 0.4
"""Share of a headline's words that the paragraphs below it hold where it is theirs."""
SOME = 60
"""Words of a story below which it is likelier a scrap before the first."""
FAR = 8
"""Paragraphs ahead in which the people of a story are sought again."""
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
_BIO = re.compile(
    r"^[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]*){1,3} (?:covers|reports (?:on|from)|writes (?:about|on|for)|teaches) .{0,300}$|^[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]*){1,3} (?:is|covers|reports|writes|teaches|has covered|was)\b.{0,240}\b(?:correspondent|reporter|columnist|fellow|professor|editor|author|journalist|bureau|newsroom|covers|for The|contributor|writer)\b"
)
_ABOUT_AUTHOR = re.compile(
    r"^([A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]*){1,3}),? (?:is|was|has been|served|writes|covers|reported|teaches|who)\b"
)
"""What a paper adds about the writer whom its byline names."""
_BYLINE = re.compile(
    r"^(?:By )?(?=\S+ \S)[A-ZÀ-Ž][\w.’'\-]+(?: (?:[A-ZÀ-Ž][\w.’'\-]*|de|van|von|der|ter|al|and|in)){1,9}(?:,? (?:[A-Z]?[a-z]+ )?(?:editor|correspondent|reporter|columnist))?$"
)
"""Names in a line of their own under a headline."""
_END_MARK = re.compile(
    r"^(?:[-–—*]+ ?ends? ?[-–—*]+|[\[(]?ends[\])]?|-30-|[-–—*] ?30 ?[-–—*]|#(?: ?#)+|notes? (?:to|for) (?:the )?editors?)\W*$",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"^(?:notes?(?: (?:to|for) (?:the )?editors?)?|about .{2,60}|(?:press|media) (?:contacts?|enquiries|inquiries|office)|contacts?|background)\W*$",
    re.IGNORECASE,
)
"""Headings of what a sender adds below the end of a release."""
_CONTINUED = re.compile(
    r"^(?:page [2-9]\d? of \d+|(?:story|article) continues (?:below|after)\b.{0,40}|continued from .{1,40})$",
    re.IGNORECASE,
)
"""What stands between the parts of a story that a site has cut up."""
_ABOUT = re.compile(r"^About (?:the |us\b)?(?:[A-Z][\w&’'.-]*(?: |$)|(?:of|for|and|in|on|the) )*$")
"""What closes a press release: all that follows is about the sender."""


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
    told: Told = field(default_factory=Told)
    """What headline and paragraphs have told so far."""
    closed: bool = False
    """A mark has said that it ends."""
    noted: bool = False
    """Notes of the sender follow it, so that only a byline, a date or a dateline announces another story."""

    def take(self, block: Block) -> None:
        """Add a paragraph."""
        self.body.append(block)
        self.told.take(block)

    @property
    def start(self) -> int:
        """First character."""
        return self.headline.start if self.headline else self.body[0].start

    @property
    def end(self) -> int:
        """End of the last body block."""
        return self.body[-1].end


def split_stories(blocks: list[Block], long: bool | None = None) -> tuple[list[Draft], list[tuple[Block, str]]]:
    """Group blocks into stories; the rest comes back with the reason for leaving it out."""
    drafts: list[Draft] = []
    dropped: list[tuple[Block, str]] = []
    run: list[Block] = []
    blocks = settle(blocks)
    long = sum(b.words for b in blocks) >= LONG if long is None else long
    if long:
        blocks = judge(blocks)
    table = page_weights()["begins"] if long else weights()
    if not any(b.kind == "body" for b in blocks):
        blocks = [replace(b, kind="body") if b.kind == "caption" and b.text[-1] in ".!?" else b for b in blocks]
    bodies = [i for i, b in enumerate(blocks) if b.kind == "body"]
    order = {at: n for n, at in enumerate(bodies)}
    page = page_of([blocks[i] for i in bodies], long)
    for i, block in enumerate(blocks):
        if block.kind != "body":
            run.append(block)
            continue
        ahead = [blocks[j] for j in bodies[order[i] : order[i] + 3] if j - i < 6]
        far = [blocks[j] for j in bodies[order[i] : order[i] + FAR]]
        _meet(drafts, dropped, run, block, ahead, page, far, table)
        run = []
    dropped.extend((b, REASONS.get(b.kind, "site_navigation")) for b in run)
    _leave_out_junk(drafts, dropped)
    drafts = _rejoined([d for d in drafts if d.body], dropped)
    _trim_tails(drafts, dropped)
    dropped.sort(key=lambda pair: pair[0].start)
    return drafts, dropped


def _meet(
    drafts: list[Draft],
    dropped: list[tuple[Block, str]],
    run: list[Block],
    body: Block,
    ahead: list[Block],
    page: Page,
    far: list[Block],
    table: dict[str, float],
) -> None:
    """Decide whether ``body`` goes on with the story or opens a new one, given the blocks between."""
    current = drafts[-1] if drafts else None
    headline = headline_of(run, current is None, current is not None and current.headed, ahead)
    if current is not None:
        place = features(
            current.told, current.headline.text if current.headline else None, run, headline, ahead, page, far
        )
        current.closed = current.closed or any(
            _END_MARK.match(b.text) or (len(ahead) <= 2 and current.told.words > 80 and _ABOUT.match(b.text))
            for b in run
        )
        current.noted = current.noted or (current.closed and any(_NOTES.match(b.text) for b in run))
        announced = place["dateline"] or place["byline"] or place["byline_before"] or _is_clear(headline, ahead)
        if current.closed and not announced and (current.noted or opens_story(place, table) <= 0):
            dropped.extend((b, REASONS.get(b.kind, "boilerplate")) for b in [*run, body])
            return
        bare = headline is None and (
            current.headed
            or current.told.words < TOO_SHORT
            or any(_CONTINUED.match(b.text) for b in run)
            or (body.words < TOO_LITTLE and not SALUTE.match(body.text))
        )
        part = (
            headline is not None and headline.words <= SUBHEAD and current.told.released and not current.closed
        )
        asked = DOUBT if page.wide and not _is_backed(current, run, headline, ahead, place) else 0.0
        if not (current.closed and announced) and (
            bare or (part and not announced) or opens_story(place, table) <= asked
        ):
            _go_on(current, dropped, run, body)
            return
    drafts.append(_opened(current, dropped, run, headline, body))


def _opened(
    current: Draft | None,
    dropped: list[tuple[Block, str]],
    run: list[Block],
    headline: Block | None,
    body: Block,
) -> Draft:
    """Begin a story with its headline, what stands under it, and its first paragraph."""
    at = run.index(headline) if headline is not None else len(run)
    dropped.extend((b, REASONS[b.kind]) for b in run[:at])
    draft = Draft(headline, headed=headline is not None and headline.heading)
    for b in run[at + 1 :]:
        if b.kind == "short" and b.words >= 5 and not _BYLINE.match(b.text):
            draft.header.append(b)
        else:
            dropped.append((b, "metadata" if b.kind == "short" else REASONS[b.kind]))
    draft.told = Told.opened(run, headline, current.told if current else None)
    draft.take(body)
    return draft


def _go_on(current: Draft, dropped: list[tuple[Block, str]], run: list[Block], body: Block) -> None:
    """Add a paragraph to the story; short lines before it are subheadings when they are few."""
    teasers = _teasers(run, going_on=True)
    run = [replace(b, kind="related") if b in teasers else b for b in run]
    if any(b.kind == "metadata" for b in run):
        run = [replace(b, kind="metadata") if b.kind == "short" and _BYLINE.match(b.text) else b for b in run]
    times = [b for b in run if b.kind == "short" and CLOCK.fullmatch(b.text)]
    shorts = [b for b in run if b.kind == "short" and b not in times]
    dropped.extend(
        (b, REASONS[b.kind]) for b in run if b not in times and (b.kind != "short" or len(shorts) > 2)
    )
    if 0 < len(shorts) <= 2:
        current.asides.extend(shorts)
        current.told.subheads += 1
    current.take(body)


def _teasers(run: list[Block], going_on: bool = False) -> list[Block]:
    """Headlines of other stories under "Related" or "See also", where no byline says that the last one is no teaser."""
    at = next((i for i, b in enumerate(run) if b.kind == "related" and b.words <= 3), None)
    if at is None or any(b.kind == "metadata" for b in run[at:]):
        return []
    most = 3 if going_on or len(run) - at > 3 else 1
    return [b for b in run[at + 1 : at + 4] if b.kind == "short"][:most]


def _shorts(run: list[Block], lead: str) -> list[Block]:
    """Lines of a run that may be headlines: no teasers, no times of day, no names of a part of the paper."""
    teasers = _teasers(run)
    return [
        b
        for b in run
        if b.kind == "short" and b not in teasers and not CLOCK.fullmatch(b.text) and not _is_section(b, lead)
    ]


def rule_headline(run: list[Block], first: bool, headed: bool, ahead: list[Block]) -> Block | None:
    """Choose the block of a run that would head the story that follows, if any."""
    lead = ahead[0].text
    shorts = _shorts(run, lead)
    marked = [b for b in shorts if b.heading]
    if headed:
        shorts = marked
    candidates = [
        b
        for b in marked or shorts
        if b.words >= 3
        or (b.heading and first)
        or LABEL.fullmatch(b.text)
        or (b is run[-1] and SALUTE.match(lead))
        or (len(shorts) == 1 and not first and b.text.isupper())
    ]
    if not candidates:
        return None
    if SALUTE.match(lead) and run[-1] in candidates:
        return run[-1]
    over = next((b for b in candidates if _over_standfirst(run, b)), None)
    if over is not None and not marked:
        return over
    scored = [(b, overlap(b.text, ahead)) for b in candidates]
    best, share = max(scored, key=lambda p: (p[1], p[0].words))
    if not first:
        return next((b for b, o in scored if b.words >= 5 and o >= 0.25), best)
    good = [b for b, o in scored if b.words >= 4 and o >= 0.2]
    if len(good) == 2 and good[0].text.isupper() and not good[1].text.isupper():
        return good[1]
    if good and len(good) <= 2:
        return good[0]
    label = next((b for b in candidates if LABEL.fullmatch(b.text)), None)
    if label is not None and label is candidates[-1]:
        return label
    if len(candidates) > 1 and all(b.text.isupper() for b in candidates):
        return candidates[-1]
    if share > 0:
        return best
    longest = max(candidates, key=lambda b: b.words)
    return longest if longest.words >= 4 else None


def headline_of(run: list[Block], first: bool, headed: bool, ahead: list[Block]) -> Block | None:
    """Choose the block of a run that would head the story that follows, if any: by rule, unless a likelier one stands there."""
    chosen = rule_headline(run, first, headed, ahead)
    if headed or any(b.heading for b in run) or SALUTE.match(ahead[0].text):
        return chosen
    shorts = [b for b in _shorts(run, ahead[0].text) if b.promise is not None]
    if not shorts:
        return chosen
    likely = max(shorts, key=lambda b: b.promise or 0.0)
    if (likely.promise or 0.0) > ((chosen.promise or 0.0) + MARGIN if chosen is not None else 0.0):
        chosen = likely
    if chosen is None:
        return None
    return next((b for b in reversed(shorts) if b.text.casefold() == chosen.text.casefold()), chosen)


def _is_backed(
    current: Draft, run: list[Block], headline: Block | None, ahead: list[Block], place: dict[str, float]
) -> bool:
    """Whether more than the words' change speaks for a new story in a long file: a byline, a dateline, a headline about what follows."""
    if current.told.words < SOME or place["dateline"] or any(b.kind == "metadata" for b in run):
        return True
    if headline is None:
        return False
    near = overlap(headline.text, ahead)
    return near >= NEAR or (near >= NEAR / 2 and place["weekday"] > 0)


def _is_clear(headline: Block | None, ahead: list[Block]) -> bool:
    """Whether a headline is long enough, and near enough to the text below it, to stand under the end of a release."""
    if headline is None or _ABOUT.match(headline.text) or _NOTES.match(headline.text):
        return False
    return headline.words >= 5 and overlap(headline.text, ahead) >= 0.25


def _is_section(block: Block, lead: str) -> bool:
    """Whether a label names a part of the paper rather than the item below it."""
    return LABEL.fullmatch(block.text) is not None and (
        block.text.isupper() or POINT.match(lead) is not None or COUNTRY.match(lead) is not None
    )


def _over_standfirst(run: list[Block], block: Block) -> bool:
    """Whether a longer line and then a byline follow a line, which makes it the headline and that the standfirst."""
    at = run.index(block)
    if block.words < 4 or block.text.isupper() or len(run) < at + 3:
        return False
    below, byline = run[at + 1 : at + 3]
    return below.kind == "short" and below.words > max(7, block.words) and byline.kind == "metadata"


def _leave_out_junk(drafts: list[Draft], dropped: list[tuple[Block, str]]) -> None:
    """Leave out what was taken for a story but has no paragraph that is likely one's."""
    for draft in drafts:
        if max(b.promise if b.promise is not None else 9.0 for b in draft.body) < JUNK:
            rest = [*draft.body, *draft.asides, *draft.header, *([draft.headline] if draft.headline else [])]
            dropped.extend((b, "site_navigation") for b in rest)
            draft.body = []


def _rejoined(drafts: list[Draft], dropped: list[tuple[Block, str]]) -> list[Draft]:
    """Join what leans on the people of the story before to that story; a line taken for its headline was a teaser or a subheading."""
    kept: list[Draft] = []
    for draft in drafts:
        last = kept[-1] if kept else None
        if (
            last is None
            or draft.headed
            or last.closed
            or _own(draft)
            or not continues(_prose(last), _prose(draft))
        ):
            kept.append(draft)
            continue
        if draft.headline is not None and draft.headline.words <= SUBHEAD:
            last.asides.append(draft.headline)
        elif draft.headline is not None:
            dropped.append((draft.headline, "related_stories"))
        dropped.extend((b, "related_stories") for b in draft.header)
        last.asides.extend(draft.asides)
        last.body.extend(draft.body)
    return kept


def _own(draft: Draft) -> bool:
    """Whether a story's headline is about its first paragraphs."""
    return draft.headline is not None and overlap(draft.headline.text, draft.body[:3]) >= NEAR


def _prose(draft: Draft) -> str:
    return "\n".join(b.text for b in draft.body)


def _trim_tails(drafts: list[Draft], dropped: list[tuple[Block, str]]) -> None:
    for draft in drafts:
        bylines = " ".join(
            b.text for b, why in dropped if why == "metadata" and draft.start <= b.start < draft.body[0].start
        )
        while len(draft.body) > 1 and draft.body[-1].words < 60:
            name = _ABOUT_AUTHOR.match(draft.body[-1].text)
            if not (_BIO.match(draft.body[-1].text) or (name and name[1].lower() in bylines.lower())):
                break
            dropped.append((draft.body.pop(), "metadata"))
