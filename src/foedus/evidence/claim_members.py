"""How many allies there are, and how many of them reach the guideline."""

from __future__ import annotations

import re

from foedus.evidence import record
from foedus.evidence.actors import states
from foedus.evidence.claim_context import NO_YEAR, Context, Found, When, judge, make_claim, planned
from foedus.evidence.record import Figure, rules
from foedus.evidence.records import Claim

_MEMBER = re.compile(r"^(?:member|ally|nation|country|state)$")
_BODY = re.compile(r"\b(?:alliance|NATO|allies|allied|ally|members?)\b", re.IGNORECASE)
_MEET = re.compile(
    r"\b(?:meet(?:s|ing)?|met|reach(?:ed|es|ing)?|hit(?:s|ting)?|spen(?:d|ds|t|ding)|at or above|pay(?:s|ing)?|paid|devot\w+|exceed(?:ed|s)?|surpass(?:ed|es)?|achieved?|fulfil\w*|above|below|miss(?:ed|es|ing)?|fall(?:s|ing)? short|fell short|fail(?:ed|s)?|short of|under|(?:is|are|was|were|now) at|at least|puts?|devotes?)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\b(?:below|miss(?:ed|es|ing)?|fall(?:s|ing)? short|fell short|fail(?:ed|s)?|short of|less than|under|not|never)\b|n[’']t\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?P<level>\d(?:\.\d{1,2})?|two|three|five|three and a half|two and a half)(?:\s|-)?(?:%|percent|per cent)(?:[^;,]{0,25}\b(?:target|guideline|goal|threshold|benchmark|mark))?|\b(?:NATO[’']s |the (?:alliance[’']s |NATO |spending |defen[cs]e |agreed )*)(?:spending )?(?P<name>target|guideline|benchmark)\b",
    re.IGNORECASE,
)
_LEVELS = {"two": 2.0, "three": 3.0, "five": 5.0, "three and a half": 3.5, "two and a half": 2.5}
_OF_THE = re.compile(
    r"\bof\s+(?:the|its|our)\s+$|\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) of\s+$|\bhas\s+$|\bout of\s+$"
)
_WHOLE = re.compile(r"\b(?P<all>all)(?: of)?(?: (?:the|its|our))?\s+$|\b(?:its|the)\s+$", re.IGNORECASE)
_NATIONS = re.compile(r"-(?:nation|member|country|state)\b|\b(?:NATO|alliance)[’']s\b[^;]{0,20}$")
_ALLIANCE = re.compile(r"\b(?:alliance|NATO|allies|allied)\b", re.IGNORECASE)
_ANOTHERS = re.compile(r"(?<!alliance)(?<!NATO)(?<!pact)(?<!treaty)[’']s?\s+(?:\w+\s+)?$")
_OF_ANOTHER = re.compile(
    r"\s*(?:members?|nations?|countries|states)?\s*of (?:the |a |its |his |her )?(?!alliance|NATO|pact|treaty|North Atlantic)"
)
_EVERY = re.compile(
    r"\b(?P<all>(?:almost |nearly |practically |virtually )?(?:every(?: single)? one|all|each) of (?:them|these|those|our allies|you)|everybody|everyone|(?:almost |nearly )?(?:every|each)(?: single| one of the| NATO| European| other)* (?:allies|ally|member|country|nation)|all (?:of )?(?:the |our |its |NATO |other |\d\d )*(?:allies|members|countries|nations))|\b(?P<none>nobody|no one|none of them|not (?:a single )?one of them|hardly anybody|no (?:other )?(?:ally|allies|member|country)|none of (?:the |our |its )*(?:\d\d |other |European )*(?:allies|members|countries|them)|not (?:a single|one) (?:ally|member|country))|\b(?P<most>most (?:of )?(?:the |our |its |NATO )*(?:allies|members|countries)|(?:a|the) majority of (?:the |our |NATO )*(?:allies|members|countries))|\b(?P<few>(?:only |just )?(?:a (?:handful|minority) of|few(?:er than half)?(?: of)?)(?: the| our)? (?:allies|members|countries))",
    re.IGNORECASE,
)
_OF_ALLIES = re.compile(
    r"\s*(?:of )?(?:all |the |our |its |NATO[’']?s? |European )*(?:\d\d )?(?:allies|members|member states|member countries|alliance)\b",
    re.IGNORECASE,
)


def counted(context: Context) -> Claim | None:
    """Number of allies, or number of allies at the guideline."""
    quantity = context.quantity
    of_body = quantity.unit == "person" and quantity.counts == "members" and (quantity.value or 99) < 40
    if (
        not (_MEMBER.match(quantity.unit) or of_body)
        or quantity.value is None
        or not _BODY.search(context.wider)
    ):
        return None
    whole = _WHOLE.search(context.before)
    if _OF_THE.search(context.before) or whole:
        met = _meeting(context) if whole and whole["all"] else None
        return met or _membership(context)
    return _meeting(context) or _membership(context)


def _level(sentence: str, at: int = 0) -> tuple[float, re.Match[str]] | None:
    target = _TARGET.search(sentence, at)
    if target is None:
        return None
    words = (target["level"] or "2").lower()
    return _LEVELS.get(words) or float(words), target


_STANDING = re.compile(
    r"\b(?:it|there|that) (?:is|was|had been|were|are|has been) (?:\w+ )?$|\b(?:only|just) $"
)

_DID = re.compile(r" (?:of them )?(?:did|do|had|have)(?: so| not)?(?=[ ,.;:”\"]|$)")


def _meeting(context: Context) -> Claim | None:
    """Number of allies at or above the guideline in a year."""
    quantity = context.quantity
    level = _level(context.sentence)
    if context.lead and not (
        _MEET.search(context.own)
        or _STANDING.search(context.before[context.lead :])
        or _DID.match(context.after)
    ):
        return None
    if level is None or not _MEET.search(context.sentence) or (quantity.value or 99) >= 40 or planned(context):
        return None
    if _another_level(context, level[1]):
        return None
    short = _is_short(context.sentence, quantity.end - context.offset, level[1])
    editions = _editions(context.year, level[0], context.dated, short)
    if not editions:
        return None
    counts = [f.value for f in editions]
    band = rules()["meeting_count"]
    verdict = judge(quantity.value or 0, min(counts) - band, max(counts) + band, quantity.modifier)
    arithmetic = f"stated {quantity.value:g}; recorded, by edition: {_listed(editions)}; agrees within {band:g}"
    return make_claim(context, "meeting_guideline", verdict, editions[0], arithmetic)


def _another_level(context: Context, target: re.Match[str]) -> bool:
    """Whether the level is a state's own ("23 did, and Poland spent 4.7 percent"), or another was spoken of before."""
    stop = context.quantity.end - context.offset
    if any(code not in ("NATO", "EU") for *_, code in states(context.sentence[stop : target.start()])):
        return True
    at = context.wider.find(context.own) if context.lead else -1
    before = [m["level"] for m in _TARGET.finditer(context.wider, max(0, at - 200), at)] if at > 0 else []
    return bool(before) and before[-1] not in (None, "2", "two")


def _is_short(sentence: str, at: int, target: re.Match[str]) -> bool:
    """Whether a count is of those that do not reach the target."""
    lo, hi = sorted((at, target.start()))
    return _SHORT.search(sentence, lo, hi) is not None


def _editions(year: int, level: float, dated: bool, short: bool) -> tuple[Figure, ...]:
    """Counts of allies at the level by edition, of the year itself or, where the sentence names none, the last recorded."""
    found = record.meeting_share(year, level)
    if not found and not dated:
        known = (year - 1, year - 2) if year != NO_YEAR else range(2030, 2013, -1)
        found = next((f for y in known if (f := record.meeting_share(y, level))), ())
    return tuple(record.short_of(f) for f in found) if short else found


def _listed(editions: tuple[Figure, ...]) -> str:
    return ", ".join(f"{f.value:g} ({f.edition})" for f in editions)


def share_meeting(context: Context) -> Claim | None:
    """Part of the allies at the guideline ("fewer than a third of the allies")."""
    quantity = context.quantity
    if quantity.unit != "fraction" or quantity.value is None:
        return None
    stop = quantity.end - context.offset
    level = _level(context.sentence)
    if (
        level is None
        or not (_OF_ALLIES.match(context.sentence, stop) or quantity.counts in ("allies", "members"))
        or not _MEET.search(context.sentence)
        or planned(context)
    ):
        return None
    editions = _editions(context.year, level[0], context.dated, _is_short(context.sentence, stop, level[1]))
    if not editions:
        return None
    total = _total(context.year, context.date)
    shares = [f.value / total for f in editions]
    band = rules()["share"]
    verdict = judge(quantity.value, min(shares) - band, max(shares) + band, quantity.modifier)
    arithmetic = f"{_listed(editions)} of {total:g} = {', '.join(f'{s:.3f}' for s in shares)}; stated {quantity.value:.3f}; agrees within {band:g}"
    return make_claim(context, "meeting_guideline", verdict, editions[0], arithmetic)


def _total(year: int, date: str) -> float:
    return record.members_at(date if year != NO_YEAR else "2100-01-01").value


EVERY = (_EVERY,)
"""What a sentence about each of the allies holds."""


_OF_WHOM = re.compile(
    r"\b(?:NATO|ally|allies|alliance|countries|Europe\w*|members|nations)\b|\bpa(?:y|id|ying) (?:their|its)\b|\bnot one of them paid\b|\bnobody paid\b"
)


def every_ally(sentence: str, wider: str, when: When) -> Found | None:
    """Whether all, none or most of the allies reach the guideline."""
    found = _EVERY.search(sentence)
    if found is None or not _OF_WHOM.search(wider):
        return None
    level = _level(sentence, found.end()) or _level(sentence)
    if level is None:
        return None
    if re.match(r" (?:but|except|other than|apart from)\b", sentence[found.end() :]):
        return None
    stop = level[1].end() if level[1].start() >= found.end() else min(len(sentence), found.end() + 60)
    between = sentence[found.end() : max(found.end(), level[1].start())] or sentence[found.end() : stop]
    if not _MEET.search(sentence[found.end() : stop]) or _TO_COME.search(between):
        return None
    editions = _editions(when.year, level[0], when.dated, _SHORT.search(between) is not None)
    if not editions:
        return None
    total = _total(when.year, when.date)
    counts = [f.value for f in editions]
    armed = total - rules()["without_forces"]
    held = _holds(found, counts, armed, total)
    arithmetic = (
        f"recorded, by edition: {_listed(editions)} of {total:g} allies, {armed:g} of them with armed forces"
    )
    verdict = "supported" if held else "contradicted"
    return Found(
        found.start(),
        stop,
        "meeting_guideline",
        verdict,
        found.group().lower(),
        editions[0],
        arithmetic,
    )


def _holds(found: re.Match[str], counts: list[float], armed: float, total: float) -> bool:
    band = rules()["meeting_count"]
    if found["all"]:
        least = armed - band - (2 if found["all"].lower().startswith(("almost", "nearly")) else 0)
        return max(counts) >= least
    if found["none"]:
        return min(counts) == 0
    return max(counts) > total / 2 if found["most"] else min(counts) < total / 2


_TO_COME = re.compile(
    r"\b(?:will|would|should|must|could|may|might|to (?:meet|reach|spend|pay|hit)|agreed|pledged?|promised?|if)\b",
    re.IGNORECASE,
)


_NOUN = re.compile(
    r"\b(?:members?|allies|ally|nations?|countries|states?|alliance|leaders|governments|capitals|flags)\b"
)
_SOME_OF = re.compile(r"\s+of (?:the |its |NATO[’']s |our )*(?:\d|alliance|NATO|members|allies)")
_BESIDES_ITSELF = re.compile(r"\b(?:its|our|his|other|America[’']s|Washington[’']s)\s+$")


def _membership(context: Context) -> Claim | None:
    """Number of members of the alliance on a date."""
    quantity = context.quantity
    near = context.sentence[max(0, quantity.start - context.offset - 30) : quantity.end - context.offset + 50]
    said = (
        quantity.unit in ("member", "person") or _NATIONS.search(near) or _OF_THE.search(context.before)
    ) or (quantity.unit == "ally" and _WHOLE.search(context.before))
    if not said or quantity.value is None or quantity.value <= 11 or quantity.value > 60:
        return None
    if not (
        _NOUN.search(quantity.text + context.after[:25]) or _OF_THE.search(context.before)
    ) or _SOME_OF.match(context.after):
        return None
    after = context.sentence[quantity.end - context.offset :]
    if not _ALLIANCE.search(context.sentence) or _OF_ANOTHER.match(after) or _ANOTHERS.search(context.before):
        return None
    if re.search(r"\bother\b|\bEuropean\b|\bEU\b", quantity.text + " " + (quantity.counts or "") + near[:30]):
        return None
    figure = record.members_at(context.date if context.year != NO_YEAR else "2100-01-01")
    without = quantity.value == figure.value - 1 and _BESIDES_ITSELF.search(context.before) is not None
    verdict = "supported" if without or figure.value == quantity.value else "contradicted"
    arithmetic = f"stated {quantity.value:g}, recorded {figure.value:g}{' with the one whose allies they are' if without else ''}"
    return make_claim(context, "members", verdict, figure, arithmetic)
