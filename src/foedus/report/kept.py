"""What is computed once for a run, though several charts, tables and sentences ask for it."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from foedus.report.view import RunView

T = TypeVar("T")


class _Last:
    """Values of the run that was asked for last, known by its data set."""

    def __init__(self) -> None:
        self.dataset: weakref.ref[Any] | None = None
        self.values: dict[Hashable, Any] = {}

    def of(self, run: RunView) -> dict[Hashable, Any]:
        """Values kept for this run; those of another run are let go."""
        if self.dataset is None or self.dataset() is not run.dataset:
            self.dataset, self.values = weakref.ref(run.dataset), {}
        return self.values


_LAST = _Last()


def kept(run: RunView, key: Hashable, make: Callable[[], T]) -> T:
    """Return the value under the key, made at the first call for this run. Callers do not change it."""
    values = _LAST.of(run)
    if key not in values:
        values[key] = make()
    found: T = values[key]
    return found
