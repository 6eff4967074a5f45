"""What is known of the parties of each act: which prepositions lead to its target, what each way of being named is worth, towns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from foedus.evidence import tables


@dataclass(frozen=True)
class Roles:
    """What is known of the parties of one act."""

    target: bool
    goals: tuple[str, ...]
    direct: bool
    owner: bool
    patron: bool


@lru_cache(maxsize=1)
def _roles() -> dict[str, Roles]:
    return {
        row["action"]: Roles(
            row["target"] == "yes", tuple(filter(None, row["goals"].split("|"))), row["direct"] == "yes",
            row["owner"] == "yes", row["patron"] == "yes",
        )
        for row in tables.rows("event_roles.csv")
    }  # fmt: skip


_OTHER = Roles(True, ("to", "with", "for", "on", "against", "of"), True, False, False)


def roles_of(action: str) -> Roles:
    """Roles of an act; those of an act that is not listed are the usual ones."""
    return _roles().get(action, _OTHER)


@lru_cache(maxsize=1)
def points() -> dict[str, float]:
    """What each way of being named is worth."""
    return {row["role"]: float(row["points"]) for row in tables.rows("event_points.csv")}


@lru_cache(maxsize=1)
def towns() -> dict[str, str]:
    """Towns, bases and regions by name, with the state that they lie in: where something happens, never who acts."""
    return {name: row["code"] for row in tables.rows("event_places.csv") for name in row["places"].split("|")}


@lru_cache(maxsize=1)
def town_words() -> frozenset[str]:
    """First words of the towns, lower case, to ask before they are looked for; with their possessives."""
    first = {name.split()[0].rstrip(".").lower() for name in towns()}
    return frozenset(first | {f"{word}'s" for word in first})


@lru_cache(maxsize=1)
def services() -> dict[str, str]:
    """Armed services and institutions whose bare name tells their state, with its code: "the Royal Navy"."""
    return {name: row["code"] for row in tables.rows("event_services.csv") for name in row["names"].split("|")}


@lru_cache(maxsize=1)
def service_pattern() -> re.Pattern[str]:
    """Any of the services."""
    names = sorted(services(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b")


@lru_cache(maxsize=1)
def town_pattern() -> re.Pattern[str]:
    """Any of the towns."""
    names = sorted(towns(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b")
