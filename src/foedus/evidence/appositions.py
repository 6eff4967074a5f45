"""Offices that a story gives its people beside their names, wherever it does so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.evidence.lexicon import ROLE_NOUN
from foedus.evidence.names import SPELLED
from foedus.evidence.people import Cast, Mention

_NP = r"(?:[A-Za-z][\w’'.\-]* ){0,6}?[A-Za-z][\w’'\-]*"
_BEFORE = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Aa]n?|[A-Z]\w+[’']s) (?P<role>{_NP}), (?:(?:[a-z]+ ){{0,2}}|an? (?:[A-Za-z-]+ ){{1,3}}(?:called|named|by the name of) )$"
)
_AFTER = re.compile(
    rf"(?: \([^()]{{1,20}}\))?, (?:who (?:is|was) )?(?P<det>the |an? |its |their |his |her |[A-Z]\w+[’']s )?(?P<role>{_NP})(?=,|\.|;| (?:in|at|for|from|who|said|told|has|had|was|is|on|with|of)\b)"
)
_RIGHT_BEFORE = re.compile(
    rf"(?:^|[^\w-])(?P<role>(?:(?:(?i:former|retired)|deputy|acting|shadow|junior|first|vice|assistant|senior|chief|defence|defense|foreign|finance|interior|prime|justice|energy|trade|economy|security|transport|health|environment|culture|education|labour|opposition|government|committee|party) )+(?:(?:lieutenant|major|brigadier|colonel|vice|rear)-)?(?:{ROLE_NOUN.pattern})) $"
)
"""An office in small letters right before a name ("deputy defence minister Ann Cole")."""
_NOT_ROLE = re.compile(
    r"\b(?:said|says|told|was|is|were|are|has|had|will|would|and|but|that|when|after|asked|called|who)\b"
)


_NAME_IS = re.compile(r"\b(?:His|Her|The \w+[’']s) (?:full )?name (?:is|was) ")
_RANKS = frozenset(SPELLED.values())
"""Ranks and seats beside which somebody may have an office."""


def take_offices(cast: Cast, text: str) -> None:
    """Note the office that stands between commas before or after a person's name ("the minister, Ann Cole,")."""
    people = set(cast.full.values())
    for mention in cast.mentions:
        held = cast.roles.get(mention.name)
        if mention.name not in people or (held and held not in _RANKS):
            continue
        role = _stated(text, mention)
        if role is not None:
            cast.roles[mention.name] = f"{held}, {role}" if held else role


def _stated(text: str, mention: Mention) -> str | None:
    before = _BEFORE.search(text, max(0, mention.start - 70), mention.start)
    if before is not None and _is_role(before["role"]):
        return before["role"]
    beside = _RIGHT_BEFORE.search(text, max(0, mention.start - 70), mention.start)
    held = beside["role"] if beside is not None and not beside["role"].endswith("s") else None
    after = _AFTER.match(text, mention.end)
    if after is not None and _is_role(after["role"]) and (after["det"] or after["role"][0].islower()):
        return f"{after['role']}, {held}" if held else after["role"]
    return held


def _is_role(phrase: str) -> bool:
    """Whether a phrase is one person's office."""
    nouns = list(ROLE_NOUN.finditer(phrase))
    return bool(nouns) and not nouns[-1].group().endswith("s") and _NOT_ROLE.search(phrase) is None


def _his_name_is(cast: Cast, text: str, spans: Sequence[tuple[int, int]]) -> None:
    """Give the office told of before to whoever's name is then said ("The general laughed. His name is Tom Hale")."""
    for start, end in spans:
        for found in _NAME_IS.finditer(text, start, end):
            named = next((m for m in cast.mentions if m.start == found.end()), None)
            office = [m for m in cast.mentions if start <= m.start < found.start() and m.name[:1].islower()]
            if named is not None and office and not cast.roles.get(named.name):
                cast.roles[named.name] = office[-1].name


def introduce(cast: Cast, text: str, mask: str, spans: Sequence[tuple[int, int]]) -> None:
    """Give the person who opens the second paragraph the office that the lead names without a name."""
    _his_name_is(cast, text, spans)
    if len(spans) < 2:
        return
    start, end = spans[1]
    opener = next((m for m in cast.mentions if start <= m.start < end), None)
    if opener is None or opener.name not in cast.full.values() or cast.roles.get(opener.name):
        return
    if text[start : opener.start].strip() or any(
        m.name == opener.name for m in cast.mentions if m.start < start
    ):
        return
    lead = _LEAD_ROLE.match(text, spans[0][0])
    if lead is not None and _is_role(lead["role"]) and ROLE_NOUN.search(lead["role"].rsplit(maxsplit=1)[-1]):
        cast.roles[opener.name] = lead["role"]


_LEAD_ROLE = re.compile(
    r"(?:[Tt]he|A|An|[A-Z]\w+[’']s) (?P<role>(?:[A-Za-z\-]+ ){0,3}?[A-Za-z\-]+)(?= (?:has|had|said|told|warned|called|was|is|will|accused|dismissed|defended|rejected|refused|promised|announced|urged|vowed|insisted)\b)"
)
