"""Member names, frontline allies and the map's plane geometry."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

ADVERSARY_BLOC: tuple[str, ...] = ("RUS", "BLR")
PARTNER = "UKR"
PATRON_NAME = "the United States"
OFF_THE_MAP: dict[str, str] = {"CAN": "Canada", "USA": "United States"}
OFF_THE_MAP_SPOTS: dict[str, tuple[int, int]] = {"CAN": (-1850, 250)}


@cache
def europe() -> dict[str, Any]:
    """GeoJSON of Europe in plane kilometres (see ``scripts/compile_map.py``)."""
    text = (files("foedus.report") / "data" / "europe.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def _countries() -> dict[str, dict[str, Any]]:
    return {f["properties"]["iso3"]: f["properties"] for f in europe()["features"] if f["properties"]["iso3"]}


def member_name(code: str) -> str:
    """Short English name of a member; the code itself where the map does not know it.

    Example:
        >>> member_name("EST"), member_name("XYZ")
        ('Estonia', 'XYZ')
    """
    if code in OFF_THE_MAP:
        return OFF_THE_MAP[code]
    found = _countries().get(code)
    return str(found["name"]) if found else code


def frontline(members: list[str]) -> list[str]:
    """The members that share a land border with the adversary or its close ally, from north to south.

    Where none does, all members are returned, so that averages over the frontline always exist.
    """
    known = _countries()
    found = [m for m in members if m in known and known[m]["borders_adversary"] and m not in ADVERSARY_BLOC]
    found = [m for m in found if m != PARTNER]
    return sorted(found, key=lambda m: -float(known[m]["y"])) or list(members)
