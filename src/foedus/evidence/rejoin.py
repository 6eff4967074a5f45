"""What was taken for a new story but speaks of people by surname alone whom the story before has introduced.

A paper gives the full name of a person at her first mention in a story. So where the paragraphs behind a supposed beginning
first mention somebody by the bare surname, and only the story before has the full name, the story before goes on.
"""

from __future__ import annotations

import re
from functools import lru_cache

from foedus.evidence.names import is_place_or_group, parse_name, sequences

HOUSEHOLD = frozenset(
    """Trump Putin Biden Obama Clinton Bush Reagan Kennedy Nixon Truman Eisenhower Vance Rubio Hegseth Zelensky Zelenskyy Zelenskiy Macron Merz Merkel
    Scholz Starmer Johnson Sunak Rutte Stoltenberg Meloni Tusk Orban Orbán Erdogan Erdoğan Fico Xi Modi Netanyahu Lavrov Lukashenko Gorbachev Stalin
    Churchill Thatcher Gaulle Hitler Lenin""".split()
)
"""People whom papers call by surname alone at the first mention too."""
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_HONORIFIC = frozenset(("mr", "mrs", "ms", "miss", "dr", "sir"))


def continues(before: str, after: str) -> bool:
    """Whether the paragraphs ``after`` lean on people whom the paragraphs ``before`` have introduced."""
    full, _ = people(before)
    again, bare = people(after)
    leaned = sum(
        1
        for name in full
        if name not in HOUSEHOLD and name in bare and (name not in again or bare[name] < again[name])
    )
    anew = sum(1 for name in full if name in again and (name not in bare or again[name] < bare[name]))
    return leaned > 2 * anew


@lru_cache(maxsize=256)
def people(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """First places of surnames with a given name before them, and of surnames alone, outside quotations."""
    text = _QUOTED.sub(lambda found: " " * len(found.group()), text)
    full: dict[str, int] = {}
    bare: dict[str, int] = {}
    for start, _, words in sequences(text, 0, len(text)):
        parsed = parse_name(words)
        if parsed is None:
            continue
        name, _, titled = parsed
        parts = name.split()
        if is_place_or_group(parts):
            continue
        surname = parts[-1].rstrip(".")
        if len(parts) > 1:
            full.setdefault(surname, start)
        elif not titled or words[0].lower().rstrip(".") in _HONORIFIC:
            bare.setdefault(surname, start)
    return full, bare
