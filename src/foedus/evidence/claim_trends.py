"""Claims made in words: that money came flowing in, that one payer gave more than all others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from foedus.evidence import record
from foedus.evidence.actors import name_of, states
from foedus.evidence.claim_changes import CHANGED, changed
from foedus.evidence.claim_compared import COMPARED, compared
from foedus.evidence.claim_context import NO_YEAR, Found, When, aid_year, of_partner, plain
from foedus.evidence.claim_measures import measure_of
from foedus.evidence.claim_members import EVERY, every_ally
from foedus.evidence.claim_moving import MOVING, moving
from foedus.evidence.claim_parties import subject
from foedus.evidence.claim_parts import DOLLARS_OF, of_dollars
from foedus.evidence.claim_past import PAST, beside_past
from foedus.evidence.claim_ranks import levels
from foedus.evidence.claim_targets import JOINED, TARGET, joined, targets
from foedus.evidence.record import Figure, rules

_MORE_THAN_ALL = re.compile(
    r"\bmore (?:[\w’'-]+ ){0,6}?than (?:everyone|everybody|any(?:one|body)(?= else (?:together|combined|put together))|all (?:of )?(?:the )?(?:other )?(?:\d+ )?(?:others?|rest|them|countries|allies|nations|members|states|donors|Europeans|European (?:countries|allies|nations|states))|the rest|the (?:\d\d )?other (?:\d\d )?(?:countries|allies|nations|members|states|donors)|all of Europe|Europe|the whole of Europe)(?: else)?(?: of (?:the|NATO|Europe)\w*)?(?: (?:together|combined|put together|in total))?",
    re.IGNORECASE,
)
_FLOWING = re.compile(
    r"\b(?:flow(?:ed|ing|s)? in(?:to)?|pour(?:ed|ing|s)? in(?:to)?|came in(?:to)?|rolling in|flooded in|com(?:e|ing) in(?:to)?|started paying|put(?:ting)? (?:in|up)|pa(?:id|y|ying) in(?:to)?|kick(?:ed|ing)? in|(?:they|allies|Europeans?|countries|nations)(?:[’']ve| have| are)? (?:\w+ ){0,2}(?:paid|paying|spent|spending|added|invested|contributed))\b",
    re.IGNORECASE,
)
_BILLIONS = re.compile(
    r"\b(?:(?P<many>tens|hundreds|thousands) of )?(?P<unit>billions|trillions)(?: (?:and|upon|on) (?:billions|trillions))*(?: of (?:dollars|euros))?\b",
    re.IGNORECASE,
)
_ORDERS = {"": 2.0, "tens": 2e1, "hundreds": 2e2, "thousands": 2e3}
_MOST = re.compile(
    r"\bmore\b[^;]{0,90}?\bthan any other (?:ally|member|country|nation|NATO)|\bthe (?:highest|largest|biggest|top) share\b[^;]{0,50}?\b(?:alliance|NATO|allies)\b"
)
_LEAST = re.compile(
    r"\bless\b[^;]{0,90}?\bthan any other (?:ally|member|country|nation|NATO)|\bthe (?:lowest|smallest) share\b[^;]{0,50}?\b(?:alliance|NATO|allies)\b"
)
_SHARE = re.compile(
    r"\b(?:GDP|share|economy|output|percent|per cent|income|gross domestic product)\b|%", re.IGNORECASE
)
_DEFENCE = re.compile(r"\b(?:defen[cs]e|military)\b", re.IGNORECASE)
_COMPARING = (" as many", " as much", "xceed", "urpass", "utstrip", "outspen", "outweigh", "dwarf", "overt", "trail", " lag", " short of", "the most", "the least", " than", "twice", "double", " times", "half", "thrice", "largest", "biggest", "top ", "leading", "highest", "generous", "greatest", "smallest", "lowest", " first", " second", " third", " fourth", " last", "the list", "the table", "no ally", "no country", "no other", "nobody", "no member", "none of the", "no one", "no nation", "no state", "no donor", "no european", "no government")  # fmt: skip
_PASTS = (
    "than ",
    "third",
    "quarter",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "tenth",
    "times",
    "twice",
    "double",
    "half",
    "since",
    "in a decade",
    " years",
    "unchanged",
    "flat",
)
_MOVES = ("rising", "growing", "increas", "climb", "going ", "expand", "swell", "swollen", "risen", "grown", "gone ", "falling", "shrink", "shrunk", "declin", "dropp", "dwindl", "decreas", "fallen", "rose", "grew", "fell ", "went ")  # fmt: skip
_TARGETS = ("target", "guideline", "goal", "threshold", "benchmark", "mark")
_ALLIES = (
    "allies",
    "ally",
    "members",
    "country",
    "countries",
    "one of them",
    "all of them",
    "nobody",
    "everybody",
    "everyone",
    "none of them",
)
_ELSES = (
    "doubl",
    "tripl",
    "trebl",
    "quadrupl",
    "quintupl",
    "halv",
    "fold",
    "in a row",
    "running",
    "straight",
    "consecutive",
    "successive",
    " as much",
    " as many",
    " as large",
    " as big",
    "than any other",
    "very second ",
    "very third ",
    "very fourth ",
    "very fifth ",
    "very sixth ",
    "very tenth ",
    "ne in ",
)
_FOLLOWING = (" than", " in half", " in two", "doubl", "tripl", "quadrupl", "halv", "consecutive", " a row", "straight", "fourth", " last", " half", "fold", " times", "twice", "first", "second", "third", "biggest", "largest", "nothing", "nobody", "no one", "no other", "no ally", " of them", "since", "risen", "grown", "fallen", "shrunk", "growing", "rising", "falling", "shrinking", "shrank", "fell ", "rose ", "grew ")  # fmt: skip
MAX_FOLLOWING = 240
"""Characters up to which a sentence may leave out what it is about."""
_CHANGING = (" in half", " in two", " to a ", " to half", " to one", " to two", "doubl", "tripl", "trebl", "quadrupl", "quintupl", "halv", "fold", "every year", "each year", "in a row", "running", "straight", "consecutive", "successive", "on end", "since", "single year", "year in")  # fmt: skip
"""Words of which a sentence must hold one; asking for them is cheaper than the patterns."""
_NAUGHT = ("nothing", " cent", " dollar", " penny", " dime", "anything", "zero", "not a euro", "single euro")
_NOTHING = re.compile(
    r"\b(?:pa(?:y|ys|id|ying)|g(?:ive|ives|ave|iven|iving)|spen(?:d|ds|t|ding)|contribut\w+|allocat\w+|done|do|does|did|sent|sends|provid\w+|put)\s+(?:Ukraine\s+|Kyiv\s+|in\s+)?(?P<said>(?:(?:almost|next to|practically|virtually|as good as|close to|absolutely)\s+)?nothing|not (?:a|one)(?: single)? (?:cent|dollar|euro|penny|dime)|zero)\b(?! (?:but|less|more|to do|of the))"
    r"|\b(?P<none>(?:has|have|is|are|did|does|do|had)?(?:n[’']t| not) (?:paid|given|pay|give|spent|spend|contributed|contribute|sent|send|allocated|allocate|approved|provided) (?:anything|(?:a|one)(?: single)? (?:cent|dollar|euro|penny|dime)))\b"
)
_WE = re.compile(r"\b(?:we|us|our|one country|America|the US)\b", re.IGNORECASE)


def rules_for(sentence: str, lowered: str) -> Sequence[Worded]:
    """Rules of which a sentence holds words and a pattern."""
    holds = lowered.__contains__
    return [r for r in _RULES if any(map(holds, r[0])) and any(p.search(sentence) for p in r[1])]


def may_follow(lowered: str) -> bool:
    """Whether a sentence that names nothing of the atlas's may compare, or tell a change of, what those before it name."""
    return len(lowered) <= MAX_FOLLOWING and any(map(lowered.__contains__, _FOLLOWING))


def says_else(lowered: str) -> bool:
    """Whether a sentence may tell a change of something that the atlas does not hold."""
    return any(map(lowered.__contains__, _ELSES))


def worded_claim(
    sentence: str,
    rules: Sequence[Worded],
    wider: str,
    timed: Callable[[], When],
    home_of: Callable[[], str | None],
) -> Found | None:
    """Claim made in words: that much came flowing in, that one payer gave more than others, that something doubled.

    The time and the speaker's state are asked for only where a rule's words stand in the sentence.
    """
    when, home = timed(), home_of()
    return next((f for *_, rule in rules if (f := rule(sentence, wider, when, home)) is not None), None)


def _all(sentence: str, wider: str, when: When, home: str | None) -> Found | None:
    more = _MORE_THAN_ALL.search(sentence) if " than " in sentence else None
    return _more_than_all(more, sentence, wider, when.year) if more is not None else None


def _gives_nothing(sentence: str, wider: str, when: When, home: str | None) -> Found | None:
    """Whether a party gives or spends as good as nothing."""
    word = _NOTHING.search(sentence)
    measure = measure_of(sentence, wider) if word is not None else None
    if word is None or measure is None or measure.name not in ("aid", "spending"):
        return None
    one = subject(sentence, word.start(), word.end(), home, ("UKR",))
    whole = "ALL" if measure.name == "aid" else "NATO"
    since = re.search(r"\bsince (?:\w+ )?(20\d\d)\b", sentence)
    at = replace(when, year=int(since[1]), within=True) if since and measure.name == "aid" else when
    ours, every = (levels(measure, (code,), at) if code else [] for code in (one, whole))
    if not ours or not every:
        return None
    (mine, figure), (total, _) = ours[0], every[0]
    said = "said" if word["said"] else "none"
    share, least = mine / total, rules()["nothing"]
    return Found(
        *word.span(said), f"{measure.name}_none", "supported" if share < least else "contradicted", word[said], figure,
        f"{plain(mine / 1e9)} of {plain(total / 1e9)} bn {figure.unit} = {share:.3f}; as good as nothing below {least:g}",
    )  # fmt: skip


def _flowing_in(sentence: str, year: int) -> Found | None:
    """Whether as much as is said came in from Europe and Canada."""
    flowing = _FLOWING.search(sentence)
    vague = _BILLIONS.search(sentence)
    extra = record.extra_spending(year) if flowing and vague and not of_partner(sentence) else None
    if flowing is None or vague is None or extra is None:
        return None
    total, base, last, figure = extra
    unit = 1e12 if vague["unit"].lower() == "trillions" else 1e9
    least = _ORDERS[(vague["many"] or "").lower()] * unit
    arithmetic = (
        f"Europe and Canada spent {plain(total / 1e9)} bn USD more in {base + 1}-{last} than at their level of {base}; the claim needs at least {plain(least / 1e9)} bn. "
        "They spent it on their own forces; none of it was paid to the patron"
    )
    span = min(vague.start(), flowing.start()), max(vague.end(), flowing.end())
    verdict = "supported" if total >= least else "overstated"
    return Found(
        *span,
        "extra_spending",
        verdict,
        f"at least {plain(least)} USD",
        figure,
        arithmetic,
        f"{plain(total)} USD",
    )


def _more_than_all(more: re.Match[str], sentence: str, wider: str, year: int) -> Found | None:
    """Whether one payer gave more than all the others together."""
    before = sentence[: more.start()]
    named = [code for _, _, code in states(before) if code not in ("UKR", "RUS")]
    if (named and named[-1] != "USA") or (not named and not _WE.search(before)):
        return None
    pair = _aid_pair(more.group(), year) if of_partner(wider) else _spending_pair(year)
    if pair is None:
        return None
    a, b, figure, unit = pair
    arithmetic = (
        f"{name_of('USA')} {plain(a / 1e9)} against {plain(b / 1e9)} {unit}; "
        f"{plain(a / 1e9)} - {plain(b / 1e9)} = {(a - b) / 1e9:+,.1f}"
    )
    verdict = "supported" if a > b else "contradicted"
    return Found(*more.span(), "more_than_all", verdict, "more than all others", figure, arithmetic, plain(b))


def _extreme(sentence: str, year: int) -> Found | None:
    """Whether an ally's share of GDP for defence is the highest or lowest of all."""
    if "than any other" not in sentence and " share" not in sentence:
        return None
    found = _MOST.search(sentence) or _LEAST.search(sentence)
    if found is None or not _SHARE.search(sentence) or not _DEFENCE.search(sentence):
        return None
    named = [code for _, _, code in states(sentence[: found.start()]) if code not in ("NATO", "EU")]
    shares = record.shares_of_gdp(year)
    order = [member for _, member in shares]
    if not named or named[-1] not in order:
        return None
    place = order.index(named[-1])
    most = _MOST.search(sentence) is not None
    rank = place + 1 if most else len(order) - place
    figure, best = shares[place][0], shares[0 if most else -1]
    arithmetic = (
        f"{name_of(named[-1])} {figure.value:.2f}% is number {rank} of {len(order)} from the {'top' if most else 'bottom'}; "
        f"{name_of(best[1])} has {best[0].value:.2f}%"
    )
    verdict = "supported" if rank == 1 else "contradicted"
    if rank != 1 and f" {year}" not in figure.label and year != NO_YEAR:
        verdict, arithmetic = "not comparable", f"the record ends before the year of the text: {arithmetic}"
    stated = "most of all" if most else "least of all"
    return Found(*found.span(), "extreme_share", verdict, stated, figure, arithmetic)


def _aid_pair(words: str, year: int) -> tuple[float, float, Figure, str] | None:
    """Aid to the partner: of the patron, and of Europe or of all others."""
    until = aid_year(year, "")
    mine = record.aid("USA", "total", until)
    theirs = record.aid("EU" if "europe" in words.lower() else "others", "total", until)
    return (mine[0], theirs[0], mine[1], "bn EUR of allocations") if mine and theirs else None


def _spending_pair(year: int) -> tuple[float, float, Figure, str] | None:
    """Defence spending: of the patron, and of all other allies."""
    pair = record.patron_share(year)
    if pair is None:
        return None
    patron, whole = pair
    return patron.value, whole.value - patron.value, patron, "bn USD of spending"


_Rule = Callable[[str, str, When, str | None], Found | None]
Worded = tuple[tuple[str, ...], tuple[re.Pattern[str], ...], _Rule]
"""A rule with its words and its patterns."""
_RULES: tuple[Worded, ...] = (
    (("more ",), (_MORE_THAN_ALL,), _all),
    (("than any other", " share"), (_MOST, _LEAST), lambda s, w, when, home: _extreme(s, when.year)),
    (_PASTS, PAST, lambda s, w, when, home: beside_past(s, w, when.published, home)),
    (_COMPARING, COMPARED, compared),
    (_CHANGING, CHANGED, lambda s, w, when, home: changed(s, w, when.published, home)),
    (_MOVES, MOVING, lambda s, w, when, home: moving(s, w, when.published, home)),
    (_TARGETS, TARGET, lambda s, w, when, home: targets(s, when, home)),
    (("joined", "member"), JOINED, lambda s, w, when, home: joined(s)),
    ((" dollars",), DOLLARS_OF, lambda s, w, when, home: of_dollars(s, when, home)),
    (_ALLIES, EVERY, lambda s, w, when, home: every_ally(s, w, when)),
    (("illion",), (_FLOWING,), lambda s, w, when, home: _flowing_in(s, when.year)),
    (_NAUGHT, (_NOTHING,), _gives_nothing),
)
"""Rules in the order in which they are asked, each with words and patterns of which the sentence must hold one."""
