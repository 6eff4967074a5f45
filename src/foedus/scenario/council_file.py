"""Council files: members with positions, salience and power, read from YAML with line-exact errors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError, did_you_mean
from foedus.law.yamlfile import Document, parse, read
from foedus.model.council import Council
from foedus.model.council.condorcet import VOTING, Voting

REQUIRED = ("title", "line", "fallback", "members")
OPTIONAL = ("threshold", "voting", "options", "noise_usd_billion", "note")
MEMBER_REQUIRED = ("name", "position", "salience", "power")
MEMBER_OPTIONAL = ("value_usd_billion", "votes")
MOST_MEMBERS = 60
MOST_OPTIONS = 200

EXAMPLE = """\
# A council on a spending pledge. Positions are the share of GDP that each member asks for.
title: A pledge of four
line: percent of GDP
fallback: 2.0          # what stands if nothing is agreed
threshold: 1           # share of votes that must not object; 1 is unanimity
voting: proportional   # proportional, binary or cubic
members:
  - {name: North,  position: 3.5, salience: 1.0, power: 20, value_usd_billion: 6}
  - {name: East,   position: 4.0, salience: 1.0, power: 30, value_usd_billion: 9}
  - {name: Centre, position: 3.0, salience: 0.6, power: 90, value_usd_billion: 20}
  - {name: South,  position: 2.0, salience: 0.5, power: 40, value_usd_billion: 8}
"""


@dataclass(frozen=True)
class CouncilCase:
    """A council with its question. ``value`` is billion USD for one unit of the line."""

    title: str
    line: str
    names: tuple[str, ...]
    council: Council
    value: NDArray[np.float64]
    votes: NDArray[np.float64]
    fallback: float
    threshold: float
    voting: Voting
    options: NDArray[np.float64]
    noise: float | None
    note: str = ""
    breaks: dict[str, float] | None = None
    """Chance that each member breaks the silence, where the model itself says so; it then decides the chance of consensus."""


def read_council(path: str | Path) -> CouncilCase:
    """Read a council file.

    Raises:
        InputError: the file cannot be read or a field is wrong; names file, line and field.
    """
    return _case(read(Path(path)))


def parse_council(text: str, name: str = "council") -> CouncilCase:
    """Read a council from text; see `read_council`."""
    return _case(parse(text, name=name))


def _case(document: Document) -> CouncilCase:
    top = document.keys(REQUIRED, OPTIONAL)
    members = document.at("members")
    if not isinstance(members, list) or not 2 <= len(members) <= MOST_MEMBERS:
        raise document.error(f"expected a list of 2 to {MOST_MEMBERS} members", "members")
    rows = [_member(document, place) for place in range(len(members))]
    names = tuple(row["name"] for row in rows)
    twice = next((k for k, name in enumerate(names) if name in names[:k]), None)
    if twice is not None:
        raise document.error(f"{names[twice]!r} sits in the council twice", "members", twice, "name")
    council = Council(*(np.array([row[key] for row in rows]) for key in ("position", "salience", "power")))
    if council.pull.sum() <= 0:
        raise document.error("nobody has both power and salience", "members")
    fallback = _number(document, "fallback")
    threshold = _number(document, "threshold", low=0.0, high=1.0) if "threshold" in top else 1.0
    if threshold <= 0:
        raise document.error("must be above 0 and at most 1", "threshold")
    noise = _number(document, "noise_usd_billion") if "noise_usd_billion" in top else None
    if noise is not None and noise <= 0:
        raise document.error("must be above 0", "noise_usd_billion")
    return CouncilCase(
        title=document.text("title"), line=document.text("line"), names=names, council=council,
        value=np.array([row["value_usd_billion"] for row in rows]),
        votes=np.array([row["votes"] for row in rows]), fallback=fallback, threshold=threshold,
        voting=_voting(document) if "voting" in top else "proportional",
        options=_options(document, top, council, fallback), noise=noise,
        note=document.text("note") if "note" in top else "",
    )  # fmt: skip


def _member(document: Document, place: int) -> dict[str, Any]:
    row = document.keys(MEMBER_REQUIRED, MEMBER_OPTIONAL, "members", place)
    where = ("members", place)
    value = _number(document, *where, "value_usd_billion", low=0.0) if "value_usd_billion" in row else 1.0
    votes = _number(document, *where, "votes", low=0.0) if "votes" in row else 1.0
    return {
        "name": document.text(*where, "name"),
        "position": _number(document, *where, "position"),
        "salience": _number(document, *where, "salience", low=0.0, high=1.0),
        "power": _number(document, *where, "power", low=0.0),
        "value_usd_billion": value,
        "votes": votes,
    }


def _number(document: Document, *place: str | int, low: float = -1e12, high: float = 1e12) -> float:
    value = document.at(*place)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise document.error(f"expected a finite number, got {value!r}", *place)
    if not low <= value <= high:
        raise document.error(f"must lie in [{low:g}, {high:g}], got {value:g}", *place)
    return float(value)


def _voting(document: Document) -> Voting:
    word = document.at("voting")
    if word not in VOTING:
        raise document.error(f"unknown voting {word!r}{did_you_mean(str(word), VOTING)}", "voting")
    return cast(Voting, word)


def _options(document: Document, top: dict[str, Any], council: Council, fallback: float) -> NDArray[np.float64]:
    """The options named, else every member's position and the fallback."""
    if "options" not in top:
        return np.unique(np.concatenate([council.position, [fallback]]))
    listed = document.at("options")
    if not isinstance(listed, list) or not 2 <= len(listed) <= MOST_OPTIONS:
        raise document.error(f"expected a list of 2 to {MOST_OPTIONS} numbers", "options")
    return np.unique([_number(document, "options", place) for place in range(len(listed))])


def known_case(name: str, cases: tuple[str, ...]) -> InputError:
    """Return the error for a council that is neither a file nor a known name."""
    return InputError(
        f"no file and no built-in council {name!r}{did_you_mean(name, cases)}; --example prints a file to start from"
    )
