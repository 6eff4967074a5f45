"""What relative clauses and the clauses beside an act say of who has a part in it."""

from __future__ import annotations

import re

from foedus.evidence.eventclauses import Mention

_OTHER_CLAUSE = re.compile(r",\s+(?!on\b)[^,]*\b(?:is|are|was|were|been)\b[^,]*$")
_OTHER_VERB = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!being )(?<!is )(?<!are )(?<!be )\b\w+(?:ed|en|eld|ept|ade|un|own)\s+by\s+(?:(?:the|an?)\s+)?$"
)
_NEW_CLAUSE = re.compile(r"[;:]|\b(?:which|who|that|said|after|because)\b")
_RELATIVE = re.compile(r",? (?:which|who|that)\b[^,;:()]*")
_OWN_VERB = re.compile(
    r"\b(?:and|but|or) (?:\w+ly )?(?:has|have|had|is|are|was|were|will|would|it|they|he|she)\b"
)
_OPENS_ASIDE = re.compile(r", (?:which|who|whose|where|once|long|until)\b[^,;]*$")
_ANOTHER = re.compile(
    r", (?:although|though|but|while|whereas|even though|even as|and (?:so|neither|nor))\b|;\s"
)

_OFFICE_OF = re.compile(
    r"\b(?:presidents?|ministers?|chancellors?|premiers?|governments?|parliaments?|general|leaders?|arm(?:y|ies)|navy|navies|king|ministry|ministries|republic|secretary general|secretary-general|ambassadors?|members|countries|states|capitals|people|chiefs?|envoys?) of (?:the )?(?:\d+ )?$"
)
_OFFICE_IN = re.compile(
    r"\b(?:government|ministry|general staff|parliament|cabinet|authorities|leaders|leadership|generals|administration|rulers) in $"
)

_ANSWERED = re.compile(
    r"\b(?:accept|welcom|reject|refus|criticis|criticiz|condemn|prais|rebuff|dismiss|oppos|denounc|greet)\w* by (?:the )?$"
)
"""An agent who answers to an act that a noun names."""
HELD_BY = re.compile(
    r"\b(?:claimed|held|owned|controlled|administered|governed|garrisoned|defended) by (?:the )?$|\bbelong\w* to (?:the )?$|\bdisputed with (?:the )?$"
)
"""What stands before whose land is taken."""
AT_REQUEST = re.compile(
    r"[’']s (?:\w+ )?(?:request|urging|invitation|behest|insistence|initiative|suggestion)\b"
)


def is_antecedent(text: str, end: int, act: int) -> bool:
    """Whether an act is told in the relative clause that follows a name at once: "Pakistan, which has since sent".

    Example:
        >>> line = "a pact with Pakistan, which has since based jets there"
        >>> is_antecedent(line, line.index(","), line.index("based"))
        True
    """
    between = text[end:act]
    return bool(_RELATIVE.fullmatch(between)) and not _OWN_VERB.search(between)


def is_aside(text: str, opening: int, mention: Mention, act: int) -> bool:
    """Whether a name stands in a relative clause that is over before the act: "Spain, which does not recognise Kosovo, sent"."""
    if mention.end > act or not _OPENS_ASIDE.search(text, opening, mention.start):
        return False
    return "," in text[mention.end : act]


def in_another_clause(text: str, end: int, start: int) -> bool:
    """Whether a name follows an act only in a clause set against it."""
    return start > end and _ANOTHER.search(text, end, start) is not None


def is_late(text: str, before: str, start: int, act: int, end: int) -> bool:
    """Whether a mention after "by" is too far behind another clause to be the agent.

    Args:
        text: the story.
        before: what stands before the mention.
        start: where it begins.
        act: where the words of the act begin.
        end: where they end.
    """
    verb = _OTHER_VERB.search(before)
    if verb is not None and start - len(before) + verb.start() > end:
        return True
    if start < act:
        return False
    between = text[end:start]
    return bool(_OTHER_CLAUSE.search(between) or _NEW_CLAUSE.search(between))


def is_of_office(before: str, case: str) -> bool:
    """Whether "of X" or "in X" names whose president, parliament or army it is.

    Args:
        before: what stands before the name, in lower case.
        case: the preposition that governs it.
    """
    return (case == "of" and bool(_OFFICE_OF.search(before))) or (
        case == "in" and bool(_OFFICE_IN.search(before))
    )


def is_answer(before: str) -> bool:
    """Whether "by" names who answers to an act that a noun names: "the offer was accepted by"."""
    return _ANSWERED.search(before) is not None
