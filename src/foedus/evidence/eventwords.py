"""Words and phrases that speak of a class of events, and where a sentence holds them.

The list ``data/event_words.csv`` has one row for each class and kind; a star ends an open stem, an underscore joins the
words of a phrase, within which one other word may stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from foedus.evidence import tables

WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
LONGEST_ENDING = 6
"""Letters that may follow an open stem."""
_NOMINAL = frozenset("the a an of its his her their this that new for on".split())
"""A word after one of these is taken for a noun."""


@dataclass(slots=True)
class Hit:
    """A verb of the lexicon in a sentence: which word it is, where it stands, what it may mean."""

    index: int
    start: int
    end: int
    classes: tuple[str, ...]


@dataclass(frozen=True)
class _Lexicon:
    exact: dict[str, dict[str, tuple[str, ...]]]
    stems: dict[str, dict[str, tuple[str, ...]]]
    """Classes of each open stem, by kind."""
    phrases: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]]
    """Phrases by the first two letters of their first word."""


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    exact: dict[str, dict[str, tuple[str, ...]]] = {"verb": {}, "noun": {}}
    stems: dict[str, dict[str, tuple[str, ...]]] = {"verb": {}, "noun": {}}
    phrases: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {}
    for row in tables.rows("event_words.csv"):
        label, kind = row["plover"], row["kind"]
        for word in row["words"].split("|"):
            if "_" in word:
                phrase = kind, label, tuple(word.split("_"))
                phrases[word[:2]] = (*phrases.get(word[:2], ()), phrase)
            elif word.endswith("*"):
                stems[kind][word[:-1]] = (*stems[kind].get(word[:-1], ()), label)
            else:
                exact[kind][word] = (*exact[kind].get(word, ()), label)
    return _Lexicon(exact, stems, phrases)


@lru_cache(maxsize=20_000)
def meanings(word: str, kind: str) -> tuple[str, ...]:
    """Classes that a word of a kind (verb, noun) may speak of.

    Example:
        >>> meanings("accused", "verb")
        ('ACCUSE',)
    """
    lexicon = _lexicon()
    found = set(lexicon.exact[kind].get(word, ()))
    for size in range(max(1, len(word) - LONGEST_ENDING), len(word) + 1):
        found.update(lexicon.stems[kind].get(word[:size], ()))
    return tuple(sorted(found))


@lru_cache(maxsize=20_000)
def _phrases_from(word: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple(p for p in _lexicon().phrases.get(word[:2], ()) if _same(word, p[2][0]))


def _same(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def phrases(words: list[str]) -> set[tuple[str, str]]:
    """Kinds and classes of the phrases in a list of words."""
    return {
        (kind, label)
        for at, word in enumerate(words)
        for kind, label, parts in _phrases_from(word)
        if _follows(words, at + 1, parts[1:])
    }


def _follows(words: list[str], at: int, parts: tuple[str, ...]) -> bool:
    for part in parts:
        if at < len(words) and _same(words[at], part):
            at += 1
        elif at + 1 < len(words) and _same(words[at + 1], part):
            at += 2
        else:
            return False
    return True


def verbs(words: list[str], spans: list[tuple[int, int]]) -> list[Hit]:
    """Verbs of the lexicon in order; a word after an article or a possessive does not count."""
    found: list[Hit] = []
    for i, word in enumerate(words):
        if i and words[i - 1] in _NOMINAL:
            continue
        classes = meanings(word, "verb")
        if classes:
            found.append(Hit(i, *spans[i], classes))
    return found
