"""The alliance's roles, and the map's plane geometry."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from foedus import atlas

OFF_THE_MAP: dict[str, tuple[int, int]] = {"CAN": (-1850, 250)}
"""Members outside the window on Europe, and where in the window their dot stands (plane kilometres)."""


@cache
def europe() -> dict[str, Any]:
    """GeoJSON of Europe in plane kilometres (see ``scripts/compile_map.py``)."""
    text = (files("foedus.report") / "data" / "europe.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def _roles() -> dict[str, Any]:
    return atlas.table("alliances").row(0, named=True)


@cache
def _names() -> dict[str, str]:
    members = atlas.table("members")
    return dict(zip(members["member"].to_list(), members["name"].to_list(), strict=True))


def state_name(code: str) -> str:
    """Short English name of a state; the code itself where the atlas does not hold it."""
    return _names().get(code, code)


def adversary_bloc() -> tuple[str, ...]:
    """Codes of the adversary and of the state from whose territory it can also act."""
    return tuple(str(c) for c in (_roles()["adversary"], _roles()["co_belligerent"]) if c)


def partner() -> str:
    """Code of the partner."""
    return str(_roles()["partner"])


def patron_name() -> str:
    """Name of the patron, as it stands inside a sentence."""
    name = state_name(str(_roles()["patron"]))
    return f"the {name}" if name.startswith("United") else name


def adversary_name() -> str:
    """Name of the adversary."""
    return state_name(str(_roles()["adversary"]))
