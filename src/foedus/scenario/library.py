"""The shipped scenarios: packaged YAML files, one for each scenario or family."""

from __future__ import annotations

from functools import cache
from importlib import resources

_FOLDER = "library"


@cache
def names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios and families, ``baseline`` first."""
    folder = resources.files("foedus.scenario").joinpath(_FOLDER)
    found = sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(sorted(found, key=lambda name: name != "baseline"))


def text_of(name: str) -> str:
    """Return the YAML text of a shipped scenario or family; raises KeyError for another name."""
    if name not in names():
        raise KeyError(name)
    return resources.files("foedus.scenario").joinpath(_FOLDER, f"{name}.yaml").read_text(encoding="utf-8")
