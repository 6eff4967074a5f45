"""Stories of a page whose markup says what is a headline: paragraph by paragraph, by rules and weights for each place."""

from __future__ import annotations

from dataclasses import replace

from foedus.evidence.blocks import Block
from foedus.evidence.boundaries import CLOCK, SALUTE, Page, Told, features, opens_story, overlap, page_of
from foedus.evidence.drafts import REASONS, Draft, Dropped, trim_tails
from foedus.evidence.headlines import (
    ABOUT,
    CONTINUED,
    END_MARK,
    NAMES_LINE,
    NOTES,
    rule_headline,
    teasers,
)
from foedus.evidence.rejoin import continues

TOO_SHORT = 15
"""Words below which a paragraph without a headline after it is no story of its own."""
TOO_LITTLE = 10
"""Words below which a paragraph without a headline over it begins no story."""
SUBHEAD = 6
"""Words up to which a line inside a release that has not ended is a subheading."""
NEAR = 0.4
"""Share of a headline's words that the paragraphs below it hold where it is theirs."""
LISTED = ("short", "metadata")
"""Kinds that the lines of a list inside an article may have."""
FAR = 8
"""Paragraphs ahead in which the people of a story are sought again."""


def stories_of_page(blocks: list[Block]) -> tuple[list[Draft], Dropped]:
    """Group settled blocks into stories; the rest comes back with the reason for leaving it out."""
    drafts: list[Draft] = []
    dropped: Dropped = []
    run: list[Block] = []
    bodies = [i for i, b in enumerate(blocks) if b.kind == "body"]
    order = {at: n for n, at in enumerate(bodies)}
    page = page_of([blocks[i] for i in bodies])
    for i, block in enumerate(blocks):
        if block.kind != "body":
            run.append(block)
            continue
        ahead = [blocks[j] for j in bodies[order[i] : order[i] + 3] if j - i < 6]
        far = [blocks[j] for j in bodies[order[i] : order[i] + FAR]]
        _meet(drafts, dropped, run, block, ahead, page, far)
        run = []
    kept = _kept(run) if drafts else []
    if kept:
        drafts[-1].asides.extend(kept)
    dropped.extend((b, REASONS.get(b.kind, "site_navigation")) for b in run if b not in kept)
    drafts = _rejoined([d for d in drafts if d.body], dropped)
    trim_tails(drafts, dropped)
    dropped.sort(key=lambda pair: pair[0].start)
    return drafts, dropped


def _meet(
    drafts: list[Draft],
    dropped: Dropped,
    run: list[Block],
    body: Block,
    ahead: list[Block],
    page: Page,
    far: list[Block],
) -> None:
    """Decide whether ``body`` goes on with the story or opens a new one, given the blocks between."""
    current = drafts[-1] if drafts else None
    headline = rule_headline(run, current is None, current is not None and current.headed, ahead)
    if current is not None:
        place = features(
            current.told, current.headline.text if current.headline else None, run, headline, ahead, page, far
        )
        current.closed = current.closed or any(
            END_MARK.match(b.text) or (len(ahead) <= 2 and current.told.words > 80 and ABOUT.match(b.text))
            for b in run
        )
        current.noted = current.noted or (current.closed and any(NOTES.match(b.text) for b in run))
        announced = place["dateline"] or place["byline"] or place["byline_before"] or _is_clear(headline, ahead)
        if current.closed and not announced and (current.noted or opens_story(place) <= 0):
            dropped.extend((b, REASONS.get(b.kind, "boilerplate")) for b in [*run, body])
            return
        bare = headline is None and (
            current.headed
            or current.told.words < TOO_SHORT
            or any(CONTINUED.match(b.text) for b in run)
            or (body.words < TOO_LITTLE and not SALUTE.match(body.text))
        )
        part = (
            headline is not None and headline.words <= SUBHEAD and current.told.released and not current.closed
        )
        if not (current.closed and announced) and (bare or (part and not announced) or opens_story(place) <= 0):
            _go_on(current, dropped, run, body)
            return
    drafts.append(_opened(current, dropped, run, headline, body))


def _opened(
    current: Draft | None,
    dropped: Dropped,
    run: list[Block],
    headline: Block | None,
    body: Block,
) -> Draft:
    """Begin a story with its headline, what stands under it, and its first paragraph."""
    at = run.index(headline) if headline is not None else len(run)
    dropped.extend((b, REASONS[b.kind]) for b in run[:at])
    draft = Draft(headline, headed=headline is not None and headline.heading)
    for b in run[at + 1 :]:
        if b.kind == "short" and b.words >= 5 and not NAMES_LINE.match(b.text):
            draft.header.append(b)
        else:
            dropped.append((b, "metadata" if b.kind == "short" else REASONS[b.kind]))
    draft.told = Told.opened(run, headline, current.told if current else None)
    draft.take(body)
    return draft


def _go_on(current: Draft, dropped: Dropped, run: list[Block], body: Block) -> None:
    """Add a paragraph to the story; short lines before it are subheadings when they are few."""
    related = teasers(run, going_on=True)
    run = [replace(b, kind="related") if b in related else b for b in run]
    if any(b.kind == "metadata" for b in run):
        run = [
            replace(b, kind="metadata") if b.kind == "short" and NAMES_LINE.match(b.text) else b for b in run
        ]
    times = [b for b in run if b.kind == "short" and CLOCK.fullmatch(b.text)]
    kept = _kept(run)
    current.asides.extend(b for b in kept if b not in times)
    shorts = [b for b in run if b.kind == "short" and b not in times and b not in kept]
    dropped.extend(
        (b, REASONS[b.kind])
        for b in run
        if b not in times and b not in kept and (b.kind != "short" or len(shorts) > 2)
    )
    if 0 < len(shorts) <= 2:
        current.asides.extend(shorts)
        current.told.subheads += 1
    current.take(body)


def _kept(run: list[Block]) -> list[Block]:
    """Lines of a list or a table that a second opinion takes for a part of the article."""
    return [b for b in run if b.kept and b.kind in LISTED]


def _is_clear(headline: Block | None, ahead: list[Block]) -> bool:
    """Whether a headline is long enough, and near enough to the text below it, to stand under the end of a release."""
    if headline is None or ABOUT.match(headline.text) or NOTES.match(headline.text):
        return False
    return headline.words >= 5 and overlap(headline.text, ahead) >= 0.25


def _rejoined(drafts: list[Draft], dropped: Dropped) -> list[Draft]:
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
