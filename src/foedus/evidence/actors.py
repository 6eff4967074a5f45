"""States and bodies named in a stretch of text, by the atlas's codes."""

from __future__ import annotations

import re
from functools import lru_cache

from foedus.evidence import tables


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    codes: dict[str, str] = {}
    for source in (tables.capitals(), tables.adjectives(), tables.countries()):
        codes.update(source)
    codes.update(
        {
            "congress": "USA",
            "senate": "USA",
            "house of representatives": "USA",
            "alliance": "NATO",
            "allies": "NATO",
            "ally": "NATO",
            "europe": "EU",
        }
    )
    names = sorted(codes, key=len, reverse=True)
    upper = {"us", "u.s.", "uk", "u.k.", "eu", "e.u.", "un", "u.n.", "uae"}
    words = "|".join(re.escape(n) for n in names if n not in upper)
    short = "|".join(re.escape(n.upper()) for n in sorted(upper, key=len, reverse=True))
    return re.compile(rf"(?<![\w’'])(?:(?i:{words})\b|(?:{short})(?!\w))"), codes


def states(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Mentions of states and bodies: start, end, code."""
    pattern, codes = _pattern()
    stop = len(text) if end is None else end
    found = []
    for match in pattern.finditer(text, start, stop):
        word = match.group()
        if word[0].islower() and word.lower() not in (
            "the alliance",
            "the states",
            "the netherlands",
            "allies",
            "ally",
            "alliance",
            "congress",
        ):
            continue
        if word == "Georgia" or (
            word in ("Jordan", "Chad") and re.match(r"\s+[A-Z]", text[match.end() : match.end() + 3])
        ):
            continue
        found.append((match.start(), match.end(), codes[word.lower()]))
    return found


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
