"""What the report needs of a run, and the words for its scenarios, members and horizon."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import xarray as xr

FOUR_WORLDS: tuple[str, ...] = ("treaty-believed", "treaty-hollow", "exit-believed", "exit-hollow")
OUTCOME = "challenge_probability_cumulative"


class RunView(Protocol):
    """The part of an opened results folder that charts and tables read."""

    @property
    def dataset(self) -> xr.Dataset:
        """Labelled results over scenario, draw, quarter or year, and member."""

    @property
    def summary(self) -> dict[str, Any]:
        """Contents of ``summary.json``."""

    @property
    def manifest(self) -> dict[str, Any]:
        """Contents of ``manifest.json``."""

    @property
    def insight(self) -> dict[str, Any] | None:
        """Contents of ``insight.json``, or None where it was not computed."""

    @property
    def scenarios(self) -> list[dict[str, Any]]:
        """The scenarios as written in their files."""

    @property
    def path(self) -> Path:
        """The results folder."""


def names(run: RunView) -> list[str]:
    """Scenario names in the order of the run."""
    return [str(s) for s in run.dataset["scenario"].values]


def titles(run: RunView) -> dict[str, str]:
    """Title of each scenario; its name where the title is missing."""
    known = {str(s.get("name")): str(s.get("title") or s.get("name")) for s in run.scenarios}
    return {name: known.get(name, name) for name in names(run)}


def is_four_worlds(run: RunView) -> bool:
    """Whether the run holds the four worlds."""
    return set(FOUR_WORLDS) <= set(names(run))


def reference(run: RunView) -> str | None:
    """Return the scenario that the others are compared with: named by them, else ``baseline``, else the first of several."""
    present = names(run)
    if len(present) < 2:
        return None
    if is_four_worlds(run):
        return "treaty-believed"
    named = [str(s["compare_with"]) for s in run.scenarios if s.get("compare_with") in present]
    if named:
        return max(set(named), key=lambda n: (named.count(n), -present.index(n)))
    return "baseline" if "baseline" in present else present[0]


def horizon(run: RunView) -> str:
    """Length of the run in words, from its quarters.

    A run of 40 quarters is "10 years"; one of 6 is "18 months".
    """
    quarters = int(run.dataset.sizes["quarter"])
    if quarters % 4 == 0:
        years = quarters // 4
        return "1 year" if years == 1 else f"{years} years"
    return f"{3 * quarters} months"


def start_words(run: RunView) -> str:
    """Return the first month of the run in words, such as "January 2025"."""
    start = str(run.manifest.get("start") or "")
    try:
        return dt.date.fromisoformat(f"{start[:7]}-01").strftime("%B %Y")
    except ValueError:
        return str(run.dataset["quarter"].values[0])


def run_title(run: RunView) -> str:
    """Title of the whole report."""
    if is_four_worlds(run):
        return "Four worlds: the treaty and the promise"
    named = titles(run)
    first = next(iter(named.values()))
    if len(named) == 1:
        return first
    return f"{first} and {len(named) - 1} other scenario{'s' if len(named) > 2 else ''}"


def scenario_order(run: RunView) -> list[str]:
    """Return the four worlds first and in their fixed order, then the others as they come."""
    present = names(run)
    if not is_four_worlds(run):
        return present
    return [*FOUR_WORLDS, *(n for n in present if n not in FOUR_WORLDS)]
