"""States and bodies named in a stretch of text, by the atlas's codes."""

from __future__ import annotations

import re
from functools import lru_cache

from foedus.evidence import tables

_CAPITAL = re.compile(
    r"[A-ZÉta](?<![\w’'].)(?:(?<=[A-ZÉ])\w*|(?<=t)he(?= alliance\b)|(?<=a)l(?:lies|ly|liance)\b)"
)
_NAME = re.compile(r"[A-ZÉ](?<![\w’'].)\w*")
"""The same in a passage that names no allies in lower case."""
_FIRST = re.compile(r"\w+")
_FOLLOWED = re.compile(r"\s+[A-Z]")


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[tuple[str, str], ...]]:
    """Names by their first word, the longest first, each with its code."""
    codes: dict[str, str] = {
        "Congress": "USA",
        "Senate": "USA",
        "House of Representatives": "USA",
        "Europe": "EU",
        "the alliance": "NATO",
    }
    codes |= {
        "allies": "NATO",
        "Allies": "NATO",
        "ally": "NATO",
        "alliance": "NATO",
        "Alliance": "NATO",
        "Allied": "NATO",
    }
    for row in tables.rows("countries.csv"):
        for cell in (row["seats"], row["adjectives"], row["names"]):
            codes.update({name.strip(): row["code"] for name in cell.split("|") if name.strip()})
    codes.pop("Georgia", None)
    found: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(codes, key=len, reverse=True):
        first = _FIRST.match(name)
        if first is not None:
            found.setdefault(first.group(), []).append((name, codes[name]))
    return {head: tuple(names) for head, names in found.items()}


def states(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Mentions of states and bodies: start, end, code."""
    return [(start + a, start + b, code) for a, b, code in _states(text[start:end])]


@lru_cache(maxsize=1024)
def _states(text: str) -> tuple[tuple[int, int, str], ...]:
    """Mentions in one passage; the last passages are kept, since events and claims ask for the same ones."""
    index = _index()
    start, stop = 0, len(text)
    found: list[tuple[int, int, str]] = []
    last = start
    pattern = _CAPITAL if "alli" in text or "ally" in text else _NAME
    for match in pattern.finditer(text, start, stop):
        at = match.start()
        if at < last:
            continue
        for name, code in index.get(match.group(), ()):
            after = at + len(name)
            if (
                after <= stop
                and text.startswith(name, at)
                and not (text[after : after + 1].isalnum() or text[after : after + 1] == "_")
            ):
                if not (name == "Jordan" and _FOLLOWED.match(text, after)):
                    found.append((at, after, code))
                    last = after
                break
    return tuple(found)


def name_of(code: str) -> str:
    """Usual name of a code."""
    names = {
        "USA": "United States",
        "GBR": "United Kingdom",
        "NATO": "NATO",
        "EU": "European Union",
        "UN": "United Nations",
        "ARE": "United Arab Emirates",
    }
    return names.get(code, tables.country_names().get(code, code))
