"""What only sounds like a position: others' words, law, things of another country, and money or going of another kind.

A wording of `data/stances.csv` counts for its speaker only where he says it himself, of the patron or of what the allies pay.
"""

from __future__ import annotations

import re

from foedus.evidence.actors import states
from foedus.evidence.stance_subjects import OUTSIDE, Around, plain
from foedus.evidence.stance_words import DENIED_NEXT, OTHERS_HOLD

_NOBODY = re.compile(
    r"^(?:\d+ per ?cent$|nobody|no one|none|neither|no \w+|not (?:every\w*|all|one)|few|hardly \w+)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:[Aa]rticle \d|[Tt]reaty|laws?|act|bill|provision|amendment|clause|[Cc]onstitution)\b|\bAct$"
)
_FEW = re.compile(r"\b(?:only|just|fewer than|less than|barely|a mere)\s+$", re.IGNORECASE)
_ASKED_IF = re.compile(
    r"\b(?:(?:[Rr]efused|[Dd]eclined|would not|did not|[Uu]nwilling|[Uu]nable) (?:\w+ ){0,2}?(?:say|be drawn|comment|speculate|answer|discuss)|[Aa]sk(?:s|ed|ing)?|[Ww]onder(?:s|ed|ing)?|[Qq]uestion(?:s|ed|ing)?)\b[^.;“\"]{0,80}\b(?:if|whether|why)\b[^.;“\"]{0,80}$"
)
_UNCERTAIN = re.compile(
    r"(?:\b(?:do|does|did) not|n[’']t|\bno longer) $|\b(?:no longer (?:\w+ )?(?:certain|sure|convinced|confident)|not (?:\w+ )?(?:certain|sure|convinced)|unconvinced|unsure|sceptical|skeptical|(?<!no )(?<!little )(?<!without )(?<!any )(?<!a )(?<!beyond )doubts?|scepticism|skepticism|disbelief)\b[^.;“\"]{0,20}$"
)
_TOLD = re.compile(
    r"\b(?:(?:he|she|they|people|everybody|everyone|someone|somebody|some|secretary|minister|president|general|americans|friends|experts|critics|officials|diplomats|you|chancellor|man|who|delhi|paris|london|berlin|moscow|kyiv|papers?) (?:\w+ ){0,2}?(?:says?|said|tells?|told|claims?|insists?|argues?|tell (?:me|us|you)|judged|used to (?:say|tell))|i(?: \w+){0,2}? (?:hear|heard|read)|i was told|we were told|(?:had |been |was |were )?(?:\w+ )?telling (?:\w+ )?)\b(?!,)[^.;!?]{0,60}$"
)
"""What gives another's words, or what the speaker once said, before a wording."""
_CITED = re.compile(r"\b(?:said|say|says|tell|told|asked)\b[^.;!?]{0,40}[,:] ?[“\"'‘«][^”\"»]{0,160}$")
_NONE_SAYS = re.compile(
    r"\b(?:none|no one|nobody|neither|not one)(?: of \w+)? (?:\w+ ){0,2}?(?:says?|said|admits?|call(?:s|ing|ed)?|believes?|thinks?|suggest\w*|talk\w*)\b[^.;!?]{0,50}$"
)
_SOME_ASK = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?)\b[^.;!?]{0,60}\b(?:why|whether|if)\b[^.;!?]{0,60}$"
)
"""Others' question, which is nobody's position ("his constituents ask why they should defend others")."""
_HOW_MANY = re.compile(r"\bhow (?:many|much)\b[^.;!?]{0,60}$")
_BLOCKED = re.compile(
    r"\b(?:block\w*|bar(?:s|red|ring)?|prevent\w*|prohibit\w*|forbid\w*|ban(?:s|ned|ning)?|limit\w*|restrict\w*|outlaw\w*|requires?|vote of|votes? (?:\w+ ){0,3}before|consent)\b[^.;!?]{0,70}$"
)
"""Law that stands before going, or in its way."""
_A_MEMBER = re.compile(
    r"\b(?:a|any|every|each) (?:member|country|state|party|ally)\b[^.;!?,]{0,30}\b(?:can|may|could|might)\b[^.;!?,]{0,30}$"
)
_UNITS = re.compile(
    r"\b(?:company|troops|battalion|brigade|regiment|squadron|unit|launchers?|batter(?:y|ies)|soldiers|marines|last of them|one in (?:three|four|five|ten)|families|residents|base|guest|equipment|whoever)\b[^.;!?,]{0,60}$"
)
_ENDS = re.compile(r"\b(?:decade|week|month|year|war|jury|word|result|report|book|day|secret)s? (?:is|are)$")
_AS_LITTLE = re.compile(r"leave$")
_LEAVE_AS = re.compile(
    r"\s+(?:as (?:little|much|many|few)|it (?:to|at)|room|little|nothing|something|open|behind)\b"
)
_THINGS = re.compile(
    r"\b(?:a|an|the) (?:missile|tank|speech|treaty(?! (?:commitment|obligation|guarantee|promise)s?\b)|paper|law|wall|drone|budget|battery|umbrella)\b[^.;!?,]{0,40}$"
)
_BY_MEANS = re.compile(
    r"[^.;!?]{0,50}?\b(?:by|with) (?:\w+ing\b|nostalgia|power\w*|words|speeches|paper|goodwill|good will|slogans|spreadsheets?)"
)
_MORE_TROOPS = re.compile(r"send (?:more|additional|another|extra|\d)")
_TO_AID = re.compile(r"\bcome to\b[^.;!?]{0,40}\b(?:aid|help|defen[cs]e|rescue|side)\b")
_OTHER_GOODS = re.compile(
    r"\s+(?:(?:an?|the|its|more|another|up|to|\d[\d,.]*) ){0,3}(?:[\w/-]+ ){0,3}(?:jets|missiles|weapons|tanks|aircraft|ammunition|shells|drones|systems|batteries|vehicles|fighters|interceptors|welfare|dinner|lunch|monuments|soldiers|barracks|roads?|range|brigade|deployment)\b"
)
_PURPOSE = re.compile(
    r"\b(?:pay|paying|pays)\b(?! for (?:our|their|its|your|the) (?:own )?(?:defen|protection|security))\s+for (?:the |their |our |a |these )?(?:\w+ )?\w+"
)
_WHO_DO = re.compile(
    r"\b(?:any|those|every|each|allies|ally|members?|countries|country|nations?|states?|sailors|aviators|people|ones)\b[^.;!?,]{0,24}\b(?:that|who|which) (?:\w+ ){0,2}$"
)
_ARTICLE_5 = re.compile(r"[^.;!?]{0,30}\bunder (?:article|the treaty|the pact)\b")
_IF_THEY = re.compile(r"\bif (?:we|they|you) (?:do not |don['’]t )?$")
_THEY_PAY = re.compile(r"\bthey (?:don['’]t |do not )?pay,")
IF_PAID = re.compile(
    r"\bthey (?:do not |don['’]t )?pay, (?:we|maybe|and we)\b|\bfor (?:those|countries|allies|members) (?:who|that|which) (?:have |has )?(?:kept|keep|paid|pay)\b"
)
"""What makes a promise of the patron hang on being paid."""
_OWED = re.compile(
    r"\s+(?:money|billions?|a lot|so much|big|hundreds|tens|trillions?|dues|for)\b|\s*(?:$|[.,;!?”\"])"
)
_RIDE_OVER = re.compile(r"[- ]?(?:ride\w*|riding) (?:is|are) over|\s(?:is|are) over")
_PAYERS = re.compile(
    r"\b(?:(?:these|those) \w+|them|you|everybody|everyone|all|allies|ally|europe\w*|countries|country|members?|nobody|no one|money)\b"
)
_OTHER_TARGET = re.compile(
    r"\b(?:target|goal)s? for (?!defen|military|spend|\d)|\b(?:climate|emissions?|inflation|growth|deficit|debt|recruit\w+|housing|enlistment|energy|renewables?|savings|sales|production|budget deficit) (?:target|goal)"
)
_HEARD = re.compile(
    r"\b(?:i(?: \w+){0,2}? (?:hear|heard|read)|(?:i|we) (?:was|were) told|tell (?:themselves|ourselves|yourself))\b[^.;!?]{0,60}$"
)
_PAID = re.compile(r"\b(?:pay|paid|pays|paying|spend\w*|percent|per cent|budgets?)\b")
_SUM = re.compile(r"\d[^.;!?]{0,12}\b(?:million|billion|bn)\b")
_FORCES = re.compile(
    r"(?:u_s?_?|american|the|all|its|our)? ?(?:\w+ ){0,2}?(?:troops|soldiers|forces|brigades?)\b"
)
_OF_TROOPS = re.compile(
    r"\s+of (?:(?!in\b|by\b|nato\b|the alliance)[\w.,’']+ ){0,4}?(?:\d[\d,.]*|troops|soldiers|forces|brigades?|battalions?|units?)\b"
)
_PART_OF = re.compile(
    r"\b(?:third|quarter|half|some|most|many|part|portion|bulk|percent|per cent|thousands?|hundreds?|\d[\d.,_]*)(?: of)? (?:the |its |all )?(?:\w+ )?$"
)
"""What makes of forces only some of them."""
_GONE_IF = re.compile(r"\bif (?:the|this|that) (?:guarantee|alliance|promise)\b")
_ALONE = re.compile(
    r"\s+(?:[\w’']+ ){1,4}?(?:alone|to (?:its|their|our|your) (?:fate|own)|in the lurch|exposed|hanging|defenceless|to the wolves)\b"
)
_ISLANDS = re.compile(r"\s+(?:these|those) (?:islands|shores|coasts)\b")
_WORD_OF = re.compile(r"[’']s? (?:\w+ )?(?:commitment|pledge|promise|guarantee)\b")
_THREAT_OF = re.compile(r"(?:[’']s?)? (?:\w+ ){0,2}?(?:threats?|warnings?|ultimatum|sabre|saber)")
_FORCED = re.compile(
    r"\b(?:get|mak|forc|push|persuad|ask|urg|scar|press|want)(?:e|es|s|ing|ting|ed)? (?:\w+ ){1,3}?(?:to |into )?$"
)
_MADE_TO = re.compile(
    r"\b(?:get|mak|forc|push|persuad|bully|press)(?:e|es|s|ing|ting)? (?:them|europe\w*|the (?:europeans|allies)|allies|every(?:body|one)|these \w+) (?:to |into )?\w+$"
)
"""What others are to be made to do."""
_GIVEN = re.compile(
    r"\b(?:received|got|given|extracted|obtained|won|secured|sought|asked for|wants?|wanted|demand\w*) (?:an? |the |some |any )?(?:\w+ )?$"
)
"""What makes of a promise that of another."""
_SHARE = re.compile(r"\b(?:percent|per cent|gdp|defen[cs]e|military)\b|%")
_POLLED = re.compile(
    r"(?:%|\b(?:percent|per cent|third|quarter|half|majority|one in \w+)) (?:of )?(?:\w+ ){1,4}?(?:expect|believe|think|want|say|fear|trust|doubt|said|thought|believed|expected|feared)s?\b[^.;!?]{0,110}$"
)
"""What those who were polled hold."""
_OTHER_THREAT = re.compile(
    r"\b(?:strike|tariff|pension|dock|rail|lawsuit|boycott|resignation|bomb|coup|legal) threats?\b|\bthreats? (?:to|of) (?:strike|resign|sue|boycott|(?:\w+ )?tariffs?|impose|dissolve)\b"
)
"""Threats of another kind."""
_PROMISED = re.compile(r"(?:word|promise|pledge|commitment)s?$")
_PROMISES = re.compile(r"(?:promise|assurance|pledge|guarantee|commitment)s?\b")
_OTHER_PROMISE = re.compile(
    r"\s+to (?:cut|raise|lower|build|reform|hold|reduce|increase|end|lift|abolish|invest|hire|create|keep|spend|publish|deliver)\b"
)
"""Promises of another kind."""
_OF_DEFENCE = re.compile(
    r"\b(?:defen[cs]e|military|nato|alliance|allies|ally|arm(?:y|s|ed)|troops|security|americans?|washington|protect\w*|burden|europeans?|spend\w*|target|share)\b"
)
NEAR = 400
"""Characters around a passage in which defence must be spoken of for paying to count."""
_INTERPOSED = re.compile(
    r",\s[^,;:]{2,90}?\s(?:said|says|told|warned|argued|wrote|insisted|added)(?: [^,;:]{1,40})?,"
)
"""Who says a thing, in the midst of it."""
_SPENDING = re.compile(
    r"\b(?:percent|per cent|gdp|defen[cs]e|military|target|guideline|share|budget|output|income|forces)\b|%"
)
_BLUFF_IF = re.compile(r"\bif (?:it|this|that) (?:is|was|were) (?:\w+ )?$")


def speaks_for_nobody(speaker: str, before: str) -> bool:
    """Whether a passage has no speaker who takes a position: a law, nobody, only a few, or a question put to him."""
    if _NOBODY.search(speaker) or _LAW.search(speaker):
        return True
    return (
        _ASKED_IF.search(before) is not None or _FEW.search(before[: max(0, before.rfind(speaker))]) is not None
    )


def uncertain(before: str) -> bool:
    """Whether what follows is said to be believed no longer."""
    return _UNCERTAIN.search(before) is not None


def mistaken(around: Around, text: str, match: re.Match[str], proposition: str) -> bool:
    """Whether a wording in a plain passage is no position of its speaker on a proposition."""
    begin = max(text.rfind(mark, 0, match.start()) for mark in ".;!?\n") + 1
    before, after = text[begin : match.start()], text[match.end() : match.end() + 120]
    bluff = proposition == "threat_is_bluff"
    if (
        (_HEARD if bluff else _TOLD).search(_INTERPOSED.sub("", before))
        or _NONE_SAYS.search(before)
        or _SOME_ASK.search(before)
        or _HOW_MANY.search(before)
    ):
        return True
    if bluff and OTHERS_HOLD.search(before) and DENIED_NEXT.match(text, match.end()) is None:
        return True
    if bluff and _OTHER_THREAT.search(_near(around)):
        return True
    if bluff and _another_state_threatens(around):
        return True
    if _POLLED.search(before + match.group()):
        return True
    if _CITED.search(text[max(0, match.start() - 220) : match.start()]):
        return True
    if proposition == "patron_will_leave":
        return _not_going(before, match.group(), after)
    if proposition == "patron_would_defend":
        return _not_defending(around, before, match.group(), after) or (not begin and _anothers_word(around))
    if proposition == "allies_will_pay":
        return _not_paying(around, before, match, after)
    return _BLUFF_IF.search(before) is not None or ("bite" in match.group() and after.startswith(" you"))


def _another_state_threatens(around: Around) -> bool:
    """Whether the threat spoken of is that of a state outside the alliance, or of no state that guards another."""
    whole = around.text[max(0, around.start - 200) : around.end + 160]
    held = [code for _, end, code in states(whole) if _THREAT_OF.match(whole, end)]
    return bool(held) and all(code in OUTSIDE for code in held)


def _anothers_word(around: Around) -> bool:
    """Whether a quoted fragment says of another state's commitment how firm it is."""
    before = around.text[max(0, around.start - 110) : around.start]
    held = [code for _, end, code in states(before) if _WORD_OF.match(before, end)]
    return bool(held) and held[-1] not in ("USA", "NATO", "EU")


def _not_going(before: str, words: str, after: str) -> bool:
    """Whether going is a law's matter, a unit's, or none."""
    if (
        _OF_TROOPS.match(after)
        or (_PART_OF.search(before) and _FORCES.match(words))
        or _GONE_IF.search(before)
        or _BLOCKED.search(before)
        or _A_MEMBER.search(before)
        or _UNITS.search(before)
    ):
        return True
    if _ENDS.search(before + words[:3].strip()):
        return True
    if "leav" in words and _ALONE.match(after):
        return True
    return _AS_LITTLE.search(words) is not None and _LEAVE_AS.match(after) is not None


def _not_defending(around: Around, before: str, words: str, after: str) -> bool:
    """Whether defending is a saying about means, or only more troops."""
    if (
        _MORE_TROOPS.search(words)
        or "been defending" in words
        or _ISLANDS.match(after)
        or _THINGS.search(before)
    ):
        return True
    if _OTHER_PROMISE.match(after) and _PROMISED.search(words):
        return True
    if "pledge" in words and _PAID.search(around.said.lower()):
        return True
    if _PROMISES.match(words) and _GIVEN.search(before):
        return True
    return "defend" in words and _BY_MEANS.match(after) is not None


def _near(around: Around) -> str:
    return plain(around.text[max(0, around.start - NEAR) : around.end + NEAR])


def _not_paying(around: Around, before: str, match: re.Match[str], after: str) -> bool:
    """Whether paying is for something else, the patron's own, another's condition, or a coming to somebody's aid."""
    words = match.group()
    whole = words + after
    if not before.strip(" “\"'’‘"):
        before = plain(around.text[max(0, around.start - 60) : around.start]).rstrip("“\"'‘ ") + " "
    if _THEY_PAY.search(before + whole) or _OTHER_TARGET.search(whole):
        return True
    if _TO_AID.search(words) or _WHO_DO.search(before) or _IF_THEY.search(before) or _ARTICLE_5.match(after):
        return True
    if _FORCED.search(before) or _MADE_TO.search(words):
        return True
    if "pay" in words and not _SHARE.search(whole) and _OF_DEFENCE.search(_near(around)) is None:
        return True
    if _OTHER_GOODS.match(after) and not _SPENDING.search(after[:60]):
        return True
    if words.startswith(("owe", "owes")) and not _OWED.match(after):
        return True
    if "ride" in words or "riding" in words:
        return _RIDE_OVER.match(after) is not None
    home = [code for *_, code in states(around.role)]
    ours = around.ours == "patron" and home in ([], ["USA"])
    if ours and _PAYERS.search(before + words) is None and not states(around.said):
        return True
    if _PURPOSE.search(whole) and not _SPENDING.search(whole):
        return True
    return "spend" in words and _SUM.search(whole) is not None and not _SPENDING.search(before + whole)
