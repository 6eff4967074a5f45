"""What reading a document yields. Offsets count code points of the decoded document, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

Modality = Literal["done", "announced", "threatened", "pledged", "denied", "conditional", "hypothetical"]
SpanPair = tuple[int, int]


Record = TypeVar("Record")


def changed(record: Record, **values: object) -> Record:
    """A copy of a record with other values: what `dataclasses.replace` makes, without going through every field."""
    copy = object.__new__(type(record))
    vars(copy).update(vars(record), **values)
    return copy


@dataclass(frozen=True)
class Stretch:
    """A stretch of the document."""

    start: int
    end: int


@dataclass(frozen=True)
class Passage(Stretch):
    """A stretch with its words."""

    text: str


@dataclass(frozen=True)
class Attributed(Passage):
    """What somebody is reported to have said."""

    speaker: str | None
    speaker_role: str | None
    speaker_span: SpanPair | None


@dataclass(frozen=True)
class Story(Stretch):
    """One story: headline and body, from the first to the last character of them."""

    title: str | None
    published: str | None
    group: str = ""
    """Fingerprint shared by near-duplicates; equal for one wire story in several outlets."""


@dataclass(frozen=True)
class Dropped(Stretch):
    """A stretch that belongs to no story's text, and why."""

    reason: str


@dataclass(frozen=True)
class Quotation(Attributed):
    """Words between quotation marks that somebody is reported to have said or written."""

    cue: str | None
    direct: bool = True
    story: int = 0
    partial: bool = False
    continues: int | None = None
    """Index, among the document's quotations, of the one that this goes on from."""
    nested: tuple[SpanPair, ...] = ()
    speaker_kind: str = "unknown"


@dataclass(frozen=True)
class Statement(Attributed):
    """Attributed content without quotation marks."""

    speaker_kind: str
    cue: str
    story: int = 0


@dataclass(frozen=True)
class Quantity(Passage):
    """A number with what it counts. `value` is missing where the text is vague; `lower` is then its order of size."""

    value: float | None
    unit: str
    kind: str
    counts: str | None
    approximate: bool
    modifier: str | None = None
    upper: float | None = None
    lower: float | None = None
    normalised: str | None = None
    concerns: tuple[str, ...] = ()
    compare_with: str | None = None
    story: int = 0


@dataclass(frozen=True)
class Event(Passage):
    """Who does what to whom, when, and whether it is done, said, or only thought of."""

    date: str | None
    actor: str | None
    action: str
    target: str | None
    modality: Modality
    plover: str | None = None
    actor_code: str | None = None
    target_code: str | None = None
    source: str | None = None
    story: int = 0


@dataclass(frozen=True)
class Stance:
    """A speaker's position on a stated proposition."""

    speaker: str
    proposition: str
    stance: str
    start: int
    end: int
    text: str
    strength: float = 1.0
    conditional: bool = False
    story: int = 0
    label: str = "none"
    """Position on the guarantee: real (its loss is a genuine prospect), bluff (it will stand), conditional, or none."""


@dataclass(frozen=True)
class Claim(Passage):
    """A stated quantity or trend beside the record's figure."""

    kind: str
    speaker: str | None
    verdict: str
    stated: str
    recorded: str | None
    arithmetic: str
    table: str | None = None
    edition: str | None = None
    as_of: str | None = None
    source: str | None = None
    story: int = 0


@dataclass(frozen=True)
class Reading:
    """Everything read from one document."""

    path: str
    sha256: str
    text: str
    offsets: Literal["file", "extracted"]
    stories: tuple[Story, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    statements: tuple[Statement, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    events: tuple[Event, ...] = ()
    stances: tuple[Stance, ...] = ()
    claims: tuple[Claim, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)
    """Title, author, outlet, address and date where the file states them."""
