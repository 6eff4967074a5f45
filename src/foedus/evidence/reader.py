"""One decoded document to one `Reading`."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from foedus.evidence.appositions import introduce, take_offices
from foedus.evidence.attribution import attribute
from foedus.evidence.blocks import DATELINE, split_blocks
from foedus.evidence.claims import check_claims, comparable
from foedus.evidence.dates import first_date
from foedus.evidence.dedupe import fingerprint
from foedus.evidence.document import Source
from foedus.evidence.drafts import Draft
from foedus.evidence.events import read_events
from foedus.evidence.genders import learn_genders
from foedus.evidence.models import Annotator
from foedus.evidence.people import Cast, again, gather, settle
from foedus.evidence.quantities import read_quantities
from foedus.evidence.quotes import find_quoted
from foedus.evidence.records import (
    Claim,
    Dropped,
    Event,
    Quantity,
    Quotation,
    Reading,
    Statement,
    Story,
    changed,
)
from foedus.evidence.sentences import mask_quotes, sentences
from foedus.evidence.sources import Scene
from foedus.evidence.stance_voices import voices
from foedus.evidence.stances import read_stances
from foedus.evidence.statement_wider import intended
from foedus.evidence.statements import read_statements
from foedus.evidence.stories import split_stories
from foedus.evidence.view import View, plain_view

RECENT = 12
"""Quantities of a story that a bare number after them may be one of."""
T = TypeVar("T")


@dataclass
class _Yield:
    stories: list[Story] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    voiced: list[Statement] = field(default_factory=list)
    """Passages that take a position and are no statements."""
    quantities: list[Quantity] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def source_from_text(text: str, path: str = "text") -> Source:
    """Wrap a text given directly."""
    return Source(path, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def read_source(source: Source, published: str | None = None, annotator: Annotator | None = None) -> Reading:
    """Read one document. `published` (ISO) dates stories that state no date of their own."""
    view = source.view or plain_view(source.text)
    text = re.sub(r"(?<=\S)\n(?=\S)", "\n", view.text)
    blocks = split_blocks(text, source.marks)
    drafts, dropped = split_stories(blocks, source.marks is not None)
    flat = _flatten(text, drafts)
    out = _Yield()
    names: dict[str, str] = {}
    casts = [gather(flat, sorted((b.start, b.end) for b in [*d.header, *d.body, *d.asides])) for d in drafts]
    for cast in casts:
        names.update({k: v for k, v in cast.full.items() if k not in names})
    for number, draft in enumerate(drafts):
        date = _published(flat, draft, dropped, number, drafts) or source.meta.get("published") or published
        settle(casts[number], names)
        _read_story(flat, draft, number, date, casts[number], out, annotator)
    title = source.meta.get("title")
    if title and len(out.stories) == 1 and out.stories[0].title is None:
        out.stories[0] = replace(out.stories[0], title=title)
    said = sorted(q.start for q in out.quotations)
    left = [(b, why) for b, why in dropped if bisect_left(said, b.start) == bisect_left(said, b.end)]
    return _to_original(source, view, out, _merge(flat, left))


def _flatten(text: str, drafts: list[Draft]) -> str:
    """Turn the line breaks inside wrapped paragraphs into spaces: same length, same positions."""
    parts: list[str] = []
    last = 0
    for draft in drafts:
        for block in [*draft.header, *draft.body]:
            if "\n" in block.text and block.start >= last:
                parts.append(text[last : block.start])
                parts.append(block.text.replace("\n", " "))
                last = block.end
    parts.append(text[last:])
    return "".join(parts)


def _read_story(
    text: str,
    draft: Draft,
    number: int,
    published: str | None,
    cast: Cast,
    out: _Yield,
    annotator: Annotator | None,
) -> None:
    told = [*draft.header, *draft.body]
    spans = [(b.start + _dateline(b.text), b.end) for b in told]
    quoted = find_quoted(text, spans)
    mask = mask_quotes(text, quoted)
    if annotator is not None:
        annotator.enrich(text, spans, cast)
    scene = Scene(text, mask, spans, cast, draft.start, lead=len(draft.header))
    by_paragraph = [sentences(text, mask, *span) for span in spans]
    cut = [sentence for found in by_paragraph for sentence in found]
    _know(scene, by_paragraph)
    headline = (draft.headline.start, draft.headline.end) if draft.headline else None
    stated = read_statements(scene, cut, number, headline)
    said, _ = attribute(scene, quoted, number, by_paragraph)
    first = len(out.quotations)
    out.quotations.extend(q if q.continues is None else changed(q, continues=q.continues + first) for q in said)
    out.statements.extend(stated)
    out.voiced.extend(voices(scene, cut, stated, said, number))
    counted: list[Quantity] = []
    for block in sorted([*told, *draft.asides], key=lambda b: b.start):
        paid = [q for q in counted[:-RECENT] if q.kind == "money"]
        counted += read_quantities(
            text, block.start, block.end, number, published, draft.start, [*paid, *counted[-RECENT:]]
        )
    claims = check_claims(text, cut, counted, said, stated, number, published)
    out.quantities.extend(comparable(text, cut, counted, claims))
    out.claims.extend(claims)
    head = [(draft.headline.start, draft.headline.end)] if draft.headline else []
    out.events.extend(read_events(scene, [*head, *cut], said, number, published))
    title = text[draft.headline.start : draft.headline.end] if draft.headline else None
    out.stories.append(
        Story(
            draft.start,
            draft.end,
            title,
            published,
            fingerprint(" ".join(text[a:b] for a, b in spans[scene.lead :])),
        )
    )


def _know(scene: Scene, by_paragraph: list[list[tuple[int, int]]]) -> None:
    """Learn of the people of a story their offices, and who is he or she."""
    take_offices(scene.cast, scene.text)
    introduce(scene.cast, scene.text, scene.mask, scene.spans[scene.lead :])
    again(scene.cast)
    learn_genders(scene.cast, scene.mask, by_paragraph)


def _dateline(line: str) -> int:
    """Length of a dateline at the head of a paragraph."""
    found = DATELINE.match(line)
    return found.end() if found else 0


def _published(
    text: str, draft: Draft, dropped: list[tuple[Any, str]], number: int, drafts: list[Draft]
) -> str | None:
    """Date that a story states of itself: a date line near its head, or its dateline."""
    stop = draft.body[0].start
    before = drafts[number - 1].end if number else 0
    lines = [
        b.text
        for b, reason in dropped
        if reason == "metadata"
        and before <= b.start
        and (b.start < stop or (b.start < draft.end and number + 1 == len(drafts)))
    ]
    for line in [*lines, draft.body[0].text[:120]]:
        date = first_date(line)
        if date is not None:
            return date
    return None


def _merge(text: str, dropped: list[tuple[Any, str]]) -> list[Dropped]:
    merged: list[Dropped] = []
    for block, reason in dropped:
        last = merged[-1] if merged else None
        if last is not None and last.reason == reason and not text[last.end : block.start].strip():
            merged[-1] = Dropped(last.start, block.end, reason)
        else:
            merged.append(Dropped(block.start, block.end, reason))
    return merged


def _move(item: T, view: View, original: str) -> T:
    """Carry an item's spans from the view to the original, and take its text from there."""
    if view.positions is None and getattr(item, "text", "") in ("", original[item.start : item.end]):  # type: ignore[attr-defined]
        return item
    start, end = view.span(item.start, item.end)  # type: ignore[attr-defined]
    changes: dict[str, Any] = {"start": start, "end": end}
    if hasattr(item, "text"):
        changes["text"] = original[start:end]
    if getattr(item, "speaker_span", None) is not None:
        changes["speaker_span"] = view.span(*item.speaker_span)  # type: ignore[attr-defined]
    if getattr(item, "nested", None):
        changes["nested"] = tuple(view.span(*pair) for pair in item.nested)  # type: ignore[attr-defined]
    return replace(item, **changes)  # type: ignore[type-var]


def _to_original(source: Source, view: View, out: _Yield, dropped: list[Dropped]) -> Reading:
    def move(items: list[T]) -> tuple[T, ...]:
        return tuple(_move(item, view, source.text) for item in items)

    stances = read_stances(out.quotations, [*out.statements, *out.voiced], view.text)
    return Reading(
        path=source.path, sha256=source.sha256, text=source.text, offsets=source.offsets,
        stories=move(out.stories), dropped=move(dropped), quotations=move(out.quotations), statements=move([s for s in out.statements if not intended(s)]),
        quantities=move(out.quantities), events=move(out.events), stances=move(stances), claims=move(out.claims), meta=source.meta,
    )  # fmt: skip
