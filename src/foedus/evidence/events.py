"""Events (filled by later sections of this room)."""

from __future__ import annotations

from foedus.evidence.records import Event, Quotation
from foedus.evidence.subjects import Scene


def read_events(scene: Scene, cut: list[tuple[int, int]], said: list[Quotation], story: int, published: str | None) -> list[Event]:
    return []
