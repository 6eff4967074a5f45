"""One story, ready for attribution, and what a source is."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field

from foedus.evidence.people import Cast


@dataclass(slots=True)
class Source:
    """Who is speaking: canonical name, role, place of the mention, and kind of source."""

    name: str
    role: str | None
    start: int
    end: int
    kind: str


@dataclass
class Scene:
    """One story, ready for attribution."""

    text: str
    mask: str
    spans: list[tuple[int, int]]
    cast: Cast
    floor: int
    recent: list[tuple[int, str]] = field(default_factory=list)
    """Speakers found so far, by place: place and name."""
    lead: int = 0
    """Which of the spans is the first paragraph: those before it are the standfirst."""

    def heard(self, at: int, name: str) -> None:
        """Note who spoke at a place."""
        insort(self.recent, (at, name))

    def before(self, at: int) -> list[tuple[int, str]]:
        """Speakers of the few passages before a place."""
        stop = bisect_left(self.recent, (at, ""))
        return self.recent[max(0, stop - 6) : stop]
