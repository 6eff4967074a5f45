"""Who is only quoted in a sentence, where the clause begins that tells an act, and the case in which a state is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.evidence import tables
from foedus.evidence.lexicon import may_end, words_in

Place = tuple[int, int, str]
_SAID = (
    r"(?:said|says|say|told|tells|notified|announce[sd]?|confirm(?:s|ed)|report(?:s|ed)|insist(?:s|ed)|added|claim(?:s|ed)|alleg(?:es|ed)|complain(?:s|ed)|"
    r"den(?:y|ies|ied)|fears?|feared|hopes?|hoped|believe[sd]?|thinks?|expects?|expected|doubts?|doubted|worr(?:y|ies|ied)|warn(?:s|ed)|argue[sd]?|"
    r"state[sd]|suspect(?:s|ed)?|reveal(?:s|ed)|disclose[sd]|noted?|predict(?:s|ed)|promise[sd]|vow(?:s|ed)|pledge[sd]|declare[sd]|repeat(?:s|ed)|"
    r"acknowledge[sd]|concede[sd]|admit(?:s|ted)|stresse[sd]|suggest(?:s|ed)|indicate[sd]|signal(?:s|led|ed)|hint(?:s|ed)|charge[sd]|caution(?:s|ed)|"
    r"answer(?:s|ed)|repl(?:y|ies|ied)|remark(?:s|ed)|wrote|writes|let it be known|reaffirm(?:s|ed)|learn(?:s|ed|t)|assure[sd]|reckons?|emphasi[sz]e[sd]|"
    r"explain(?:s|ed)|threaten(?:s|ed)|joke[sd]|muse[sd]|testif(?:y|ies|ied)|posted|underlined?|maintain(?:s|ed)|boast(?:s|ed)|recall(?:s|ed)|conclude[sd]|estimate[sd])"
)
_TAIL = re.compile(
    rf"(?:[,\x01][”\"]?\s+)(?P<who>(?:[^,;\x01]{{2,110}}?\s)?(?<!to )(?P<verb>{_SAID})\b[^,;\x01]{{0,70}}(?:, [^,;\x01]{{0,30}})?|according to [^;\x01]{{2,110}})\.?\W*$"
)
_MID = re.compile(
    rf",\s+(?P<who>(?:[^,;\x01]{{2,90}}?\s)?(?P<verb>{_SAID})\b[^,;\x01]{{0,60}}|according to [^,;\x01]{{2,90}}),"
)
_LEAD = re.compile(
    rf"\b(?P<verb>(?<!to ){_SAID}|(?<=to )tell)\b(?:\s+(?:(?:the )?(?:[A-Z]\w+ )?(?:allies|capitals|leaders|ministers|governments|partners|Congress|members)(?: (?:on \w+|this week|last week))?(?=\s+(?:that|it|he|she|they|the|its)\b)|reporters|journalists|lawmakers|parliament|parliamentarians|(?:a|the|his|her)\s+\w+|senators|(?:the )?[A-Z]\w+(?: [A-Z]\w+)?(?=\s+that\b)))?(?:\s+(?:on|in|at|to|last|this)\s+[^,;]{{2,40}}?)?(?P<that>\s+that\b)?\s+(?=(?:the|a|an|its|his|her|their|no|it|he|she|they|there|some|all|any|neither|most|both|if|unless|once|should)\b|(?<=that )[a-z]|\d|[A-Z])"
)
_NOUN_THAT = re.compile(
    r"\b(?:idea|claim|report|suggestion|notion|rumour|rumor|fear|belief|assurance|promise|warning|talk|doubt|news|sign|word|possibility|assertion|hint|pledge|view|allegation|charge|prospect|chance|risk|order)s? that\s+"
)
_ACCORDING = re.compile(r"^\W*(?P<who>According to [^,;]{2,110}),")
_SUBORDINATE = re.compile(
    r"^\W*(?:(?:Only|Even|But|And|Yet) )?(?:If|Unless|Should|When|After|While|Although|Though|Since|As|Despite|Until|Once|Asked|Pressed|Having|Before|Following|Amid|Because|With|Without|Contrary|Pending|In response|Under|From|Ahead|Provided|At [^,]{2,40} request|On [^,]{2,40} initiative|[A-Z][a-z]+(?:ing|ed))\b"
)
_IF = re.compile(r"\W*(?:if|unless|should|when|after|while|although|once)\b")
"""A clause that leads what somebody says: "said that if they did not pay, America would"."""
_WHO_SAID = re.compile(
    r",? (?:after|because|while|although|though|as|since|when|before|whereas) (?=(?:the )?[A-Z][^,;\x01]{1,60}$)"
)
"""Where the clause begins whose subject says something beside the act of another ("after Washington confirmed it")."""
_CLAUSES = re.compile(
    r"(?:[;:]\s+|,\s+(?:and|but|while|whereas|although|though|yet|so|because|as|after|when|since|where|which|who|whose)\s+|\b(?:after|because|while|although|though|when|as|if|unless|before|until|since|whether|that|than|where|which|who|whom)\s+)"
)
_CASE = re.compile(
    r"\b(?P<prep>on (?:the )?orders of|on orders from|by order of|on instructions from|at the hands of|courtesy of|out of|bound for|destined for|meant for|intended for|in front of|because of|instead of|in|at|on|to|into|from|for|of|with|against|by|near|towards|toward|across|inside|off|over|under|between|behind|past|outside|about|upon|among|through|around|along|before|within|beyond|above|via|like|without|during|since|until|per|than|as|after)\s+"
    r"(?:(?:all|both|each|every|some|most|many|any|half|several)\s+(?:of\s+)?)?(?:(?:the|a|an|its|his|her|their|this|that|these|those|another|other|more)\s+)?(?:(?:\d[\d.,]*|few|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|first|second|third|last|next|remaining)\s+){0,2}"
    r"(?:(?:new|old|former|then|eastern|western|northern|southern|central|neighbouring|neighboring|nearby|nervous|fellow|allied|front-line|frontline|wartime|single|senior|retired|outgoing|incoming)\s+){0,2}(?:(?:west|east|north|south|north-east|north-west|south-east|south-west|outskirts|centre|center|heart|middle|interior|government|city|town|port|state|republic|people|border|coast|capital|territory|armed forces|authorities)\s+of\s+(?:the\s+)?|(?:border|frontier)s?\s+with\s+)?$",
    re.IGNORECASE,
)
_CASE_WORDS = words_in(_CASE.pattern)
_OUTER = re.compile(
    r"\b(?P<prep>in|at|on|to|into|from|for|with|against|by|near|towards|across|inside|over)\s+(?:(?!that\b|which\b|who\b|was\b|were\b|is\b|and\b)[\w’'-]+\s+){1,7}of\s+(?:the\s+)?(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_AND = re.compile(
    r"(?:(?:[’']s)? (?:prime |foreign |defen[cs]e |armed forces |interior |finance )?(?:ministers?|presidents?|premiers?|chancellors?|secretar(?:y|ies)|governments?|leaders?|parliaments?|officials|troops|forces|soldiers|marines|paratroopers|sailors|airmen|engineers|instructors|navies|navy|army|armies|air forces?|jets|fighters|fighter jets|bombers|aircraft|helicopters|frigates?|destroyers?|warships?|ships|vessels|submarines|tanks|brigades?|battalions?|companies|company|contingents?|units|batter(?:y|ies)|[A-Z]+-?\d+\w*|generals?|envoys?|diplomats|officers|counterparts?))?\s*,?\s+(?:and|or|nor)\s+(?:(?:the|her|his|their|its)\s+)?"
)
_LISTED = re.compile(r",\s+(?:the\s+)?")
_LIST_GOES_ON = re.compile(r"(?:,\s+[A-Z][\w ]{2,24}){0,3},?\s+(?:and|or)\s+(?:the\s+)?[A-Z]")
_HEAD_VERB = re.compile(r" [a-z]+(?<!s)\b(?!,)| (?:leaders|ministers|officials|presidents|envoys|chiefs) ")
_HEAD = re.compile(r"(?:[’']s?)?\s+((?:[\w’'.-]+\s+){0,5}?)")
_PREPS = {
    "on the orders of": "by", "on orders of": "by", "on orders from": "by", "by order of": "by", "on instructions from": "by",
    "at the hands of": "by", "courtesy of": "from", "bound for": "to", "destined for": "to", "meant for": "to", "intended for": "to",
}  # fmt: skip
_PRONOUN = re.compile(r"(?:the |no )?(?:it|he|she|they|its|his|her|their|we|our|I|my)\b", re.IGNORECASE)
_BE_BEFORE = re.compile(r"\b(?:be|been|being|is|are|was|were) (?:\w+ly )?$")
_HEARER = re.compile(
    r"\b(?:told|tell|tells|telling|notif(?:y|ied|ies)|informs?|warned|warns|warning|assured|assures|assuring|promised|promises|reassured|informed|reminded|lectured|said of|says of|to)\s+(?:(?:the|his|her|its|their|a|an|other|fellow|assembled|nervous)\s+)*$"
)
_GOES_ON = re.compile(r"[’']| (?:would|will|could|may|might|should|must|had|has|have|was|were|is|are|can)\b")
_HEARER_WORDS = words_in(_HEARER.pattern)
_SHORT = 40
_IN_BRIEF = 4


@dataclass(slots=True)
class Mention:
    """A state named in a sentence, and how it stands there."""

    start: int
    end: int
    code: str
    case: str
    """Preposition that governs it, lower case; empty for a subject or an object."""
    owner: bool
    """An adjective or a possessive before a noun: "American troops", "Poland's president"."""
    said: bool
    """In the words that say who is speaking."""
    outer: str = ""
    """What governs a longer phrase that ends in "of" and the mention: "on a hundred ships of Russia's"."""
    addressed: bool = False
    """Told or assured of what follows."""
    hearer: bool = False
    """Whom the one who speaks tells: "the minister told NATO allies"."""
    joined: int | None = None
    """Index of the mention before it with which it is joined by "and"."""


@dataclass(slots=True)
class Clauses:
    """A sentence as far as who speaks and where its clauses begin are concerned; positions in the story."""

    text: str
    opening: int
    stop: int
    said: tuple[tuple[int, int], ...]
    """Stretches that say who is speaking."""
    said_verbs: tuple[str, ...]
    verb: int
    """Where the verb of saying before the content ends."""
    cut: int
    """Where the content begins after "X said that"."""
    told: bool
    """Whether the content goes on with a pronoun for who speaks."""

    def quoted(self, at: int) -> bool:
        """Whether a position lies in the words that say who is speaking."""
        return any(a <= at < b for a, b in self.said)


def clauses(text: str, opening: int, stop: int, start: int, end: int) -> Clauses:
    """Clauses of a sentence around the words of an act between `start` and `end`."""
    sentence = text[opening:stop]
    a, b = start - opening, end - opening
    spans: list[tuple[int, int]] = []
    verbs: list[str] = []
    for match in (*_MID.finditer(sentence), _TAIL.search(sentence), _ACCORDING.search(sentence)):
        if match is None or _passive_verb(sentence, match):
            continue
        x, y = match.span("who")
        if (y <= a or b <= x) and all(y <= p or q <= x for p, q in spans):
            spans.append((x, y))
            verbs.append(match.groupdict().get("verb") or "")
    cut, verb = 0, 0
    for pattern in (_LEAD, _NOUN_THAT):
        for match in pattern.finditer(sentence, 0, a + 1):
            inside = any(p <= match.start() < q for p, q in spans)
            odd = _in_relative(sentence, match.start()) or _passive_verb(sentence, match)
            if match.end() <= a and not inside and match.end() > cut and not odd:
                cut = match.end()
                if pattern is _LEAD:
                    spans = [s for s in spans if s[1] <= cut] + [
                        (_who_said(sentence, match.start()), match.start())
                    ]
                    verbs.append(match["verb"])
                    verb = match.end("verb")
    told = bool(cut) and bool(_PRONOUN.match(sentence, cut))
    return Clauses(
        text,
        opening,
        stop,
        tuple((p + opening, q + opening) for p, q in spans),
        tuple(verbs),
        opening + verb,
        opening + cut,
        told,
    )


def _who_said(sentence: str, at: int) -> int:
    """Where the words begin that say who speaks before a verb of saying."""
    return max((found.end() for found in _WHO_SAID.finditer(sentence[: max(0, at - 1)])), default=0)


def _passive_verb(sentence: str, match: re.Match[str]) -> bool:
    """Whether what looks like a verb of saying is a passive: "are to be added"."""
    at = match.start("verb") if match.groupdict().get("verb") else 0
    return bool(at) and bool(_BE_BEFORE.search(sentence, max(0, at - 12), at))


def _in_relative(sentence: str, at: int) -> bool:
    """Whether a verb of saying stands in "which said", "as he said"."""
    return bool(re.search(r"\b(?:which|who|as|that) (?:\w+ )?$", sentence[max(0, at - 20) : at]))


def floor_of(sentence: Clauses, places: Sequence[Place], start: int) -> int:
    """Where the clause begins whose subject may act: past who speaks, past a leading clause, past a conjunction."""
    text, floor = sentence.text, sentence.cut
    lead = (_SUBORDINATE if floor == sentence.opening else _IF).match(text[floor:start])
    if lead:
        comma = text.find(",", floor, start)
        if comma >= 0 and any(comma < p[0] < start for p in places):
            floor = comma + 1
    for match in _CLAUSES.finditer(text, floor, start):
        near = next((p for p in places if match.end() <= p[0] < start), None)
        if near is None:
            break
        between = text[match.end() : near[0]]
        if len(between.split()) <= _IN_BRIEF and not _CASE.search(f" {between}") and "," not in between:
            floor = match.end()
    return floor


def _is_joined(text: str, before: Mention, start: int, stop: int, opening: int) -> bool:
    """Whether a state stands in one list with the one before it; two that open a headline do: "France, Poland sign"."""
    if _AND.fullmatch(text, before.end, start):
        return True
    heads = before.start == opening and _HEAD_VERB.match(text, stop)
    return bool(_LISTED.fullmatch(text, before.end, start) and (heads or _LIST_GOES_ON.match(text, stop)))


def _is_heard(text: str, before: str, end: int) -> bool:
    """Whether a mention is told something, rather than what is told of."""
    heard = may_end(before, _HEARER_WORDS) and _HEARER.search(before)
    return bool(heard) and not _GOES_ON.match(text, end)


def mentions(sentence: Clauses, places: Sequence[Place]) -> list[Mention]:
    """The states of a sentence with their cases; what is joined by "and" shares the case of what it is joined to."""
    text, found = sentence.text, list[Mention]()
    for n, (a, b, code) in enumerate(places):
        if code == "EU" and n + 1 < len(places) and text[b : places[n + 1][0]] == " ":
            continue
        before = text[max(sentence.opening, a - 60) : a]
        joined = len(found) - 1 if found and _is_joined(text, found[-1], a, b, sentence.opening) else None
        governed = joined is None and may_end(before, _CASE_WORDS)
        match = _CASE.search(before) if governed else None
        prep = match["prep"].lower() if match else ""
        case = found[joined].case if joined is not None else _PREPS.get(prep, prep)
        owner = text[a:b].lower() in tables.adjectives() or text[b : b + 1] in ("’", "'")
        owner = owner and text[b : b + 1] not in (",", ".", ";")
        outer = _OUTER.search(before) if case == "of" else None
        heard = _is_heard(text, before[-_SHORT:], b)
        told_to = sentence.verb <= a < sentence.cut and sentence.verb > sentence.opening
        found.append(
            Mention(
                a, b, code, case, owner, sentence.quoted(a), outer["prep"].lower() if outer else "", told_to,
                heard, joined,
            )
        )  # fmt: skip
    return found
