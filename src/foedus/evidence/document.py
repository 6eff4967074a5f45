"""What a reading begins with: a decoded document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from foedus.evidence.view import View


@dataclass
class Source:
    """A document to read: its decoded text and what its container says of it."""

    path: str
    text: str
    sha256: str
    offsets: Literal["file", "extracted"] = "file"
    view: View | None = None
    marks: Callable[[int], str | None] | None = None
    meta: dict[str, Any] = field(default_factory=dict)
