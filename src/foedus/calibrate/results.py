"""What a hindcast returns: scores of the model and of every baseline, and the forecasts themselves."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

COVERAGE_BAND = (0.85, 0.95)
"""Where the share of outcomes inside 90% intervals must lie for intervals to be called honest."""


@dataclass(frozen=True)
class Hindcast:
    """Scores by forecaster (``model`` first) and forecasts, with what was known and what was tested."""

    target: str
    as_of: str
    scores: Mapping[str, Mapping[str, Any]]
    forecasts: tuple[Mapping[str, Any], ...]
    setup: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values; NaN and infinity become null, because JSON has neither."""
        return {
            "target": self.target,
            "as_of": self.as_of,
            "setup": _plain(self.setup),
            "scores": _plain(self.scores),
            "notes": list(self.notes),
            "forecasts": _plain(self.forecasts),
        }

    def to_json(self) -> str:
        """The JSON that ``foedus hindcast --json`` prints."""
        return json.dumps(self.as_dict(), indent=1)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, bool | str | int) or value is None:
        return value
    number = float(value)
    return number if math.isfinite(number) else None
