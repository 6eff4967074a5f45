"""Whether an act is done, announced, pledged, threatened, denied, conditional or only thought of, and when."""

from __future__ import annotations

import datetime
import re

from foedus.evidence.dates import first_date, weekday_date
from foedus.evidence.eventclass import lower_pattern, settings
from foedus.evidence.eventsift import decided
from foedus.evidence.furniture import DAYS
from foedus.evidence.lexicon import folded
from foedus.evidence.records import Modality


def _any_case(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for folded text, in which it is found as it would be in any text with case ignored, but sooner."""
    return re.compile(lower_pattern(pattern))


_MODAL: tuple[tuple[Modality, re.Pattern[str], bool], ...] = (
    ("denied", _any_case(r"\b(?:den(?:y|ies|ied)|no plans? (?:\w+ ){0,4}to|did not|does not|do not|has not|have not|had not|(?:decid|vot|agre|choos|chose)\w* not to|never|no intention (?:of|to)|(?:nobody|no one|no-one|none of \w+|nothing|neither \w+)\b[^.;]{0,60}|stop(?:s|ped)? short of|fail(?:s|ed) to|is not|are not|was not|were not|(?:isn|aren|wasn|weren|hasn|haven|hadn|don|doesn|didn|couldn)['’]t|not (?:ready|willing|prepared|planning) to|unwilling to|rul(?:e[sd]?|ing) out|refus\w+ to|declin\w+ to|will not|would not|won['’]t|wouldn['’]t|cannot|not going to|no longer)\b"), False),
    ("conditional", _any_case(r"\b(?:if|unless|only when|provided that|in case|should (?:they|it|he|she|the|Russia|an ally) \w+|depend(?:s|ing)? on|on condition that|in the event of|not before (?!\d|the |next |this |january|february|march|april|may|june|july|august|september|october|november|december|\w+day)|within [^.;]{2,24} of (?:an?|any) (?:truce|cease-?fire|armistice|peace|settlement|deal|agreement)|(?<!for )as long as|once (?:an?|the|its|their|parliament|congress))\b|^\W*Should\s+\w+"), False),
    ("threatened", _any_case(r"\b(?:threat\w*|warn\w*|ultimat\w+|otherwise)\b"), False),
    ("pledged", _any_case(r"\b(?:vow\w*|promis\w+|pledg\w+|(?:its|his|her|their) word|assur\w+|undert\w+|guarante\w+) (?:that )?(?:[\w’'-]+ ){1,7}would\s*(?:\w+ ){0,2}$"), False),
    ("announced", re.compile(r"\b(?:said|says|announced|announces|confirmed|told \w+|notified \w+|added|declared)\b(?![^;]*\b(?:if|unless|could|might)\b)[^;:]{1,60}? would\s+(?:[\w’'-]+ ){0,4}$"), True),
    ("hypothetical", re.compile(r"\b(?:could|might|(?-i:may)|would|can|consider\w*|weigh(?:s|ed|ing)?|mull\w*|(?:thinking|thought) (?:of|about)|explor(?:es|ed|ing)|examin(?:es|ed|ing)|stud(?:ies|ied|ying)|contemplat\w+|debat(?:es|ed|ing)|looking (?:at|into)|possib\w+|potential\w*|fear(?:s|ed)?|speculat\w+|discuss(?:es|ed|ing)?|toy(?:s|ed|ing)|mus(?:es|ed|ing)|flirt(?:s|ed|ing)|float(?:s|ed|ing)|jok(?:es|ed|ing)|urged|recommend(?:s|ed)|draw(?:s|n|ing)? up (?:\w+ ){0,2}(?:plans|options)|drew up (?:\w+ ){0,2}(?:plans|options)|draft(?:s|ed|ing)? (?:\w+ ){0,2}(?:plans?|options|proposals?)|calls? (?:is|are|were) growing|growing calls|motions?|petitions?|whether|question|option|scenario|what if|should|ought to|told (?:the )?\w+ to|propos(?:al|ed|es)|suggest\w*|want(?:s|ed)?|hope[sd]?|prospect|ask(?:s|ed|ing)?(?! about\b)|urg(?:e[sd]?|ing)|call(?:s|ed|ing)? (?:on|for)|demand(?:s|ed|ing)?)\b", re.IGNORECASE), True),
    ("pledged", _any_case(r"\b(?:pledg\w+|promis\w+|vow\w*|commit(?:s|ted)? (?:\w+sel(?:f|ves) )?to|giv(?:e|es|en) (?:its|his|her|their) word|gave (?:its|his|her|their) word|agree[sd]? to|offer(?:s|ed|ing)? to|undert(?:ook|akes?|aken) to|ready to|read(?:y|iness) to|willing(?:ness)? to|prepared to)\b"), False),
    ("announced", _any_case(r"\b(?:will|shall|to be|plans? to|planned to|going to|announc\w+|intends? to|decided (?:\w+ ){0,3}to|(?:is|are) (?:\w+ )?to|order(?:s|ed)?(?! (?:\d|new|some|about|more|another))|set to|(?:expected|scheduled|slated|poised|supposed|destined) to|due (?:to|in|at|on)|about to|preparing to|prepares? to|by (?:the end|20\d\d|next))\b"), False),
)  # fmt: skip
"""Words that tell how an act stands, in the order in which they are asked, and whether their case matters."""
_NO = re.compile(
    r"\b(?:no|nor|nor any|without any|not one|not a single|not a)\s+(?!longer|doubt|less|fewer|sooner|later|further)(?:[\w’'.-]+\s+){0,3}$|^\W*(?:Not even|Nothing|Nobody|No one|None of|Neither|Never|At no (?:time|point|stage)|In no (?:case|circumstances)|Under no circumstances)\b(?!.*\b(?:that|since|because|which|who|but)\b)",
    re.IGNORECASE,
)
"""What denies everything after it: "no American soldiers", "Nobody", "Not even"."""
_SET_ASIDE = _any_case(
    r"\b(?:(?:shelv|scrap+|drop+|abandon|cancel+|ditch|set aside|discard|call(?:s|ed|ing)? off|back(?:s|ed|ing)? away from|back(?:s|ed|ing)? out of)(?:e[sd]?|ed|ing|s)? (?:the |a |an |its |any |all |earlier |previous ){0,2}(?:plans?|proposals?|ideas?|intentions?|promises?|pledges?|schemes?) (?:to|for|of)|off the table|out of the question|not on the (?:table|agenda|cards)|no such (?:order|plan|plans|decision|thing|request|intention)|without foundation|untrue|(?:is|was|were|are) false|nothing of the (?:kind|sort)|never (?:discussed|considered|planned)|no (?:truth|question|talk))\b",
)
"""What says, before or after, that an act is not meant."""
_UNDECIDED = _any_case(
    r"\b(?:under (?:review|discussion|consideration|study|examination)|(?:is|was|are|were|been|being) (?:being )?(?:discussed|considered|weighed|debated|studied|mooted|floated|examined|mulled|contemplated|explored|proposed|suggested|feared)|on the table|an option|one option|options|among (?:the|several|a number of) (?:ideas|options|proposals|plans|measures)|one of (?:the|several) (?:questions|options|ideas|proposals|scenarios)|floated|undecided|awaits? (?:approval|a decision)|a possibility|in doubt)\b",
)
"""What says after an act that it is only thought of."""
_OFFERED = re.compile(
    r"\b(?:offer|offers|pledge|promise|vow|undertaking)\b[^.;]{0,110}?\b(?:is|was|are|were|to|of) (?:for|to|an?)?",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\b(?:from|by|in|this coming|later|starting|before) (?:next|this|the (?:end|spring|summer|autumn)|January|February|March|April|May|June|July|August|September|October|November|December|20\d\d)\b|\bnext (?:week|month|year|spring|summer|autumn|fall|winter|\w+day)\b"
)
_UNDER_WAY = re.compile(r"\b(?:is|are) $")
_AFTER_NOUN: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    ("threatened", re.compile(r"^[^.;]{0,50}?\b(?:was|were|is|are|has been|have been) (?:\w+ )?threatened\b", re.IGNORECASE)),
    ("denied", re.compile(r"^[^.;]{0,70}?\b(?:will not|won['’]t|is not|was not|has not|would not|never)\b", re.IGNORECASE)),
    ("hypothetical", re.compile(r"^[^.;]{0,70}?\b(?:could|(?-i:may)|might|would)\b", re.IGNORECASE)),
    ("announced", re.compile(r"^[^.;]{0,60}?\b(?:will|is to|are to|is due|are due|(?:is|are|was|were|has been|have been) (?:set|called|fixed|arranged|planned|scheduled|expected|ordered) (?:for|to)|due (?:to|in|by)|planned (?:for|to)|scheduled)\b", re.IGNORECASE)),
)  # fmt: skip
"""How an act named by a noun stands, from the verb after it: "the withdrawal will begin"."""
_LEADING = re.compile(
    r"\W*(?:(?:Only|Even|But|And|Yet) )?(?:If|Unless|Should|When|After|While|Although|Though|Since|As|Until|Once|Because|Before)\b"
)
_THREAT = re.compile(r"\b(?:threaten(?:s|ed)?|warn(?:s|ed)?|threats?)\b", re.IGNORECASE)
_WEIGHED = re.compile(
    r"\b(?:consider|weigh|mull|discuss|debat|mus|contemplat|toy|studi|explor)\w*", re.IGNORECASE
)
_MEANT = re.compile(r"\b(?:warn|threat|unless|vow|ultimat)\w*|\bif\b", re.IGNORECASE)
_COMPLEMENT = re.compile(
    r"^.*\b(?:offer|plan|bid|call|request|proposal|demand|suggestion)s? (?:to|for|by|of|that)\b"
)
"""What a proposal is about: it does not tell how the answer to it stands."""
_SALE_NAME = re.compile(
    r"\b(?:possible|proposed|potential|planned)\s+(?=(?:[\w.,$£€-]+\s+){0,5}$)", re.IGNORECASE
)
"""What a sale is called until it is signed, approved or not."""
_SALES = frozenset(("approve_sale", "approve_emergency"))
_MAY = re.compile(r"\b(?:may|might|could) (?:[\w’'-]+ ){0,3}$")
"""What leaves open whether an act is done even where its condition is met."""
_HEADLINE_TO = re.compile(
    r"^\W*(?:(?:[A-Z][\w.’'-]*|and|of|the) ){0,4}(?:[A-Z][\w.’'-]*(?<!day)|president|minister|premier|chancellor|government|parliament|army|navy|troops|forces|allies|leaders|lawmakers|senators|ministers|chiefs?|ambassadors|envoys|diplomats|officials|jets|warships|soldiers|marines|fighters|MPs|deputies|cabinet|alliance) to (?:[\w-]+ )?$"
)
"""How a headline says what is to come: "Britain to send"."""
_PRESENT = re.compile(r"[a-z]{3,}(?<!s)s\b")
_NEXT = re.compile(
    r"\b(?:next (?:week|month|year|spring|summer|autumn|\w+day)|tomorrow|later this (?:week|month|year))\b"
)
_GOES = re.compile(r"(?:flies|travels|heads|meets|goes|leaves|arrives|sails|departs|returns|hosts|visits)\b")
_THIS_WEEK = re.compile(
    r"\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\bthis (?:week|month|year|summer|autumn|spring|winter)\b"
)
"""A time with which the present tells what is to come."""
_REFUSES = re.compile(r"(?:refus|den(?:y|ie))\w*", re.IGNORECASE)
_IF = re.compile(r"\b(?:[Ii]f|[Uu]nless)\b")
_PUT_UP = re.compile(r"\b(?:propos|introduc|tabl|draft|consider|weigh|debat|sponsor|float)\w*", re.IGNORECASE)
_ADOPTED = re.compile(
    r"\b(?:pass(?:es|ed)|adopt(?:s|ed)|enact(?:s|ed)|approv(?:es|ed)|will|in force)\b", re.IGNORECASE
)
_OWED = re.compile(r"\b(?:promised|pledged|offered|allocated) to (?=[A-Z])")
"""What was promised to somebody is no promise of this act."""
_GIVES_WORD = re.compile(r"\b(?:vow|promis|pledg|guarante|word that|undert)", re.IGNORECASE)
_SIGNS_UP = re.compile(r"(?:sign|commit|subscrib|embrac)\w*", re.IGNORECASE)
_DECLINED = re.compile(r"\b(?:declin|refus|balk|fail|not|never|n['’]t|without)\w*\b[^.;,]{0,24}$")
_OPEN = re.compile(r"\b(?:may|might|could|consider\w*|weigh\w*|whether)\b", re.IGNORECASE)
_WILL_PUT_UP = re.compile(
    r"\b(?:will|would|plan\w* to|(?:is|are) to|intend\w* to) (?:\w+ )?(?:introduce|table|propose|submit|draft|bring|seek)\b"
)
_REFUSED_IT = re.compile(r"\b(?:refus|den(?:y|ie)|withh)\w* (?:its |any |an? |the |export )*$", re.IGNORECASE)
_NEAR_ONLY = frozenset(("denied", "hypothetical", "announced", "pledged"))
_REACH = 70
_SHORT = 36
"""The same where somebody praises, blames or turns down: longer stretches hold what that is about."""
_SAID_ACTS = frozenset(("accuse", "request", "support", "reject"))
_REACH_AFTER = 60
_FAR_AFTER = 120
_FIXED: dict[str, Modality] = {
    "threaten_withdrawal": "threatened",
    "ultimatum": "threatened",
    "threaten_non_defence": "threatened",
}
_CLAUSE = re.compile(
    r"[:;]\s|, (?:just |only |a few |\w+ )?(?:hours?|days?|weeks?|minutes|months?|shortly) (?:after|before) |, (?:but|while|although|though|yet) | and (?=(?:said|says|added|told|warned|repeated|insisted) )|, and (?=[A-Z]|the )|,? and (?=(?:will|would|has|have|had|is|are|was|were|may|might|could|plans|intends)\b)"
)
"""Where what stands before a trigger ceases to bear on it."""
_FRAME = _any_case(
    r"\b(?:suggestions?|ideas?|notions?|talk|rumou?rs?|speculation|claims?|prospects?|possibilit(?:y|ies)|risks?|dangers?|fears?|(?<!no )doubts?|reports?|hints?|thought|questions?) (?:[^.;,]{1,30} )?(?:that|of|whether|about|as to|over)\b[^.;,]{0,50}$",
)
"""What makes the clause after it something only spoken of."""
_REFUTED = re.compile(
    r"\b(?:reject\w*|dismiss\w*|den(?:y|ies|ied|ying)|rul(?:e[sd]?|ing) out|scotch\w*|rebut\w*|brush\w* (?:off|aside)|laugh\w* off|no (?:question|truth|substance|thought)|quash\w*|scoff\w*)\b",
    re.IGNORECASE,
)
_WAS_REFUTED = re.compile(
    r"\b(?:was|were|has been|have been|is|are) (?:\w+ly )?(?:denied|dismissed|rejected|ruled out|scotched|brushed aside|laughed off|quashed)\b"
)
_NO_ONE = re.compile(r"\b(?:nobody|no one|no-one|never|none)\b", re.IGNORECASE)
_MUSED = re.compile(r"\b(?:mus(?:e[sd]?|ing)|toy(?:s|ed|ing) with|flirt(?:s|ed|ing) with|float(?:s|ed|ing))\b")
_UNDONE = re.compile(
    r"\b(?:never|not) (?:\w+ )?(?:carried out|implemented|executed|taken place|took place|went ahead|gone ahead|materiali[sz]ed?|happened)\b|\b(?:was|were|has been|have been|had been) (?:later |then |since )?(?:cancelled|canceled|scrapped|reversed|shelved|rescinded|called off|overturned|postponed|put off)\b"
)
"""What says after a trigger that the act did not come about."""
_MOVED = frozenset(("withdraw_forces", "deploy", "provide_aid", "withhold_aid"))
"""Acts whose trigger may hold its own auxiliary: "soldiers will go home"."""
_AUXILIARY = re.compile(
    r"\b(?:will|would|could|may|might|to|not|never|(?:weigh|consider|mull|announc|plan|deny|denie)\w*)\b",
    re.IGNORECASE,
)
_CALLED_FOR = re.compile(
    r"\b(?:ask(?:s|ed)?|request(?:s|ed)?|calls|called) (?:\w+ )?(?:for )?(?:\w+ )?$", re.IGNORECASE
)
"""Asking for consultations under the treaty is how they are begun."""
_PENDING = re.compile(r"\b(?:bill|amendment|measure|provision)\b", re.IGNORECASE)
_PASSED = re.compile(
    r"\b(?:pass(?:es|ed)|adopt(?:s|ed)|enact(?:s|ed)|sign(?:s|ed)|approv(?:es|ed)|law|in force|vot(?:es|ed)|wrote|written|insert(?:s|ed)|attach(?:es|ed))\b",
    re.IGNORECASE,
)
_CLOSE = 40
_TO = 4
"""Characters after a trigger that may hold its "to"."""
_INTENT: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    ("denied", re.compile(r"\b(?:not|never|n['’]t|refus\w+|declin\w+|unwilling)\b", re.IGNORECASE)),
    ("conditional", re.compile(r"\b(?:if|unless|provided|on condition|as long as|once)\b", re.IGNORECASE)),
    ("pledged", re.compile(r"\b(?:ready to|readiness|willing(?:ness)? to|prepared to|pledg\w+|promis\w+|vow\w*|offer\w*|undert\w+|commit\w*|guarante\w*|assur\w*|open to)\b", re.IGNORECASE)),
    ("hypothetical", re.compile(r"\b(?:(?-i:may)|might|could|consider\w*|urg\w+|ask\w*|demand\w*)\b", re.IGNORECASE)),
    ("announced", re.compile(r"\b(?:will|would|shall|plan\w*|intend\w*|intention|(?:is|are|was|were) to|expect\w*|schedul\w*|hop(?:e[sd]?|ing)|about to|due|going to|decid\w+|want\w*|wish\w*|keen|announc\w+)\b", re.IGNORECASE)),
)  # fmt: skip
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied)|no plans?|never|did not|ruled? out)\b", re.IGNORECASE)
_IF_ATTACKED = re.compile(r"\b(?:if|should|in case of|in the event of)\b[^.;,]{0,40}\battack", re.IGNORECASE)
"""The condition that a guarantee is about is none on the guarantee."""
_UNSURE = re.compile(
    r"\b(?:could|might|may|whether|if|doubt\w*|believes?|thinks?|trusts?|(?:ask|wonder)(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_LONG_PAST = re.compile(
    r"\b(?:Cold War|World War|(?:First|Second) World|(?:decades|generations|centuries|half a century|a century|years) (?:ago|earlier)|(?:only|just) once|September 11|anniversary|in the (?:19|18)\d0s|(?:nineteenth|twentieth|19th|20th) century|commemorat\w+|attacks of September|since the (?:early |mid-|late )?(?:19|18)\d0s|(?:[Ff]or|[Oo]ver|across) (?:the )?(?:decades|generations|centuries|much of the)|(?:has|have|had) (?:traditionally|historically))\b|\b[Ii]n the (?:19|18)\d0s\b|^\W*During the (?:Soviet|Cold)\b"
)
_SINCE_THEN = re.compile(
    r"\bsince (?:the )?(?:end of )?(?:the )?(?:Cold War|(?:First |Second )?World War|(?:19|20)\d\d)(?: (?:I+|ended))?"
)
"""What a thing of today is compared with: "the largest since the Cold War"."""
_IN_YEAR = re.compile(
    r"\b(?:[Ii]n|of|from|during|back in|until|by) (?:(?:early|late|mid-?|spring|summer|autumn|January|February|March|April|May|June|July|August|September|October|November|December) )?((?:17|18|19|20)\d\d)\b"
)
_SINCE = re.compile(r"\bsince\b")
_AHEAD = frozenset(("announced", "pledged", "threatened", "hypothetical", "conditional"))


def modality(
    before: str, trigger: str, after: str, action: str, inner: str = "", noun: bool = False
) -> Modality:
    """How an act stands, from the words around its trigger.

    Vouching for a commitment is the act itself, however it is put: it is done unless denied or in doubt. What is only spoken
    of ("any suggestion that", "talk of") is hypothetical, or denied where the talk itself is turned away. Readiness is a
    pledge, not an act.

    Args:
        before: the sentence before the trigger.
        trigger: the words that tell the act.
        after: the sentence after them.
        action: which act.
        inner: what stands between a thing and the verb after it: "soldiers *will be* sent".
        noun: whether a noun names the act, so that the verb after it tells how it stands.
    """
    whole, before = before, _main_part(before)
    if action in _SALES:
        before = _SALE_NAME.sub("", before)
    near = _CLAUSE.split(before[-(_SHORT if action in _SAID_ACTS else _REACH) :])[-1]
    if action in _SAID_ACTS:
        near = _COMPLEMENT.sub("", near)
    if action == "threaten_non_defence" and _under_condition(whole, before, after):
        return "conditional"
    spoken = _spoken_of(before, near, trigger, after, action)
    if spoken is not None:
        return spoken
    if action == "agree":
        return _of_agreement(near, trigger, after)
    if action in _MOVED and _AUXILIARY.search(trigger):
        near = f"{near} {trigger}"
    near = _OWED.sub("", f"{near}_ {inner.strip()} " if inner.strip() else near)
    if action in _MOVED and (settled := decided(near, action, noun)) is not None:
        return settled
    special = _by_action(before, near, trigger, action)
    if special is not None:
        return special
    if action != "legislate_withdrawal_limit" and _NO.search(before):
        return "denied"
    found = _by_words(whole, near, trigger, after, action)
    if found is not None:
        return found
    return _without_words(before, near, trigger, after, action, noun)


def _under_condition(whole: str, before: str, after: str) -> bool:
    """Whether a threat not to defend has a condition, other than the attack itself."""
    return bool(_IF.search(_IF_ATTACKED.sub("", whole + after))) and not _DENIAL.search(before)


def _by_action(before: str, near: str, trigger: str, action: str) -> Modality | None:
    """How an act stands that its own words tell: talks called for, bills put forward, access refused."""
    if action == "consult" and _CALLED_FOR.search(near):
        return "done"
    if action == "legislate_withdrawal_limit":
        if _WILL_PUT_UP.search(f"{before}{trigger}"):
            return "announced"
        if _PUT_UP.search(trigger) and not _ADOPTED.search(f"{before}{trigger}"):
            return "hypothetical"
    if action == "raise_defence_spending" and (_GIVES_WORD.match(trigger) or _SIGNS_UP.match(trigger)):
        return "denied" if _DECLINED.search(near) else "pledged"
    absent = action == "deploy" and " no part" in trigger
    refused = absent or (action in _SALES and _REFUSED_IT.search(near))
    refused = refused or (action == "host" and _REFUSES.match(trigger))
    return "denied" if refused else None


def _main_part(before: str) -> str:
    """What stands before an act without a leading clause: "If Madrid does not pay, the ships"."""
    if _LEADING.match(before):
        comma = before.find(", ")
        if comma >= 0:
            return before[comma + 2 :]
    return before


def _spoken_of(before: str, near: str, trigger: str, after: str, action: str) -> Modality | None:
    """How an act stands that is only spoken of, set aside, undone, or that is always put the same way."""
    if _FRAME.search(folded(near)):
        refuted = _REFUTED.search(before[-2 * _REACH :]) or _WAS_REFUTED.search(after) or _NO_ONE.search(before)
        return "denied" if refuted else "hypothetical"
    if (
        _UNDONE.search(after[:_FAR_AFTER])
        or _SET_ASIDE.search(folded(after[:_FAR_AFTER]))
        or _SET_ASIDE.search(folded(near))
    ):
        return "denied"
    if action in _FIXED and not _DENIAL.search(before):
        weighed = _WEIGHED.search(near + trigger) and not _MEANT.search(before + trigger + after)
        return "hypothetical" if _MUSED.search(near) or weighed else _FIXED[action]
    return None


def _by_words(before: str, near: str, trigger: str, after: str, action: str) -> Modality | None:
    """How an act stands by the words before it, and by a condition on either side."""
    for name, pattern, cased in _MODAL:
        scope = (
            before + " " + after[:_REACH_AFTER]
            if name == "conditional"
            else near
            if name in _NEAR_ONLY
            else near + trigger
        )
        if name == "conditional" and action == "legislate_withdrawal_limit":
            continue
        if pattern.search(scope if cased else folded(scope)):
            if name == "conditional" and _THREAT.search(before + after):
                return "threatened"
            if name == "conditional" and _MAY.search(near):
                return "hypothetical"
            if name == "pledged" and action in _SALES and "agreed to" in near:
                return "done"
            if name == "announced" and _OFFERED.search(before):
                return "pledged"
            if (
                name == "hypothetical"
                and action == "pledge_aid"
                and _GIVES_WORD.search(near + trigger)
                and not _OPEN.search(near)
            ):
                return "pledged"
            if name == "announced" and action == "pledge_aid":
                return "pledged"
            if name == "announced" and _UNDECIDED.search(folded(after[:_FAR_AFTER])):
                return "hypothetical"
            if action == "affirm_commitment" and name == "conditional" and _IF_ATTACKED.search(before + after):
                return "done"
            return _vouched(name, near) if action == "affirm_commitment" else name
    return None


def _without_words(before: str, near: str, trigger: str, after: str, action: str, noun: bool) -> Modality:
    """How an act stands where nothing before it tells: by what follows a noun, by a time to come, else it is done."""
    if _UNDECIDED.search(folded(after[:_FAR_AFTER])) and action != "affirm_commitment":
        return "hypothetical"
    for name, pattern in _AFTER_NOUN if noun else ():
        if pattern.search(after):
            return name
    if _HEADLINE_TO.search(before):
        return "pledged" if action == "pledge_aid" else "announced"
    later = _PRESENT.match(trigger) and _NEXT.search(before + after)
    if not noun and (later or (_GOES.search(trigger) and _THIS_WEEK.search(before + after))):
        return "announced"
    if _UNDER_WAY.search(near) and _SOON.search(after) and trigger.split(maxsplit=1)[0].endswith("ing"):
        return "announced"
    if (
        action == "legislate_withdrawal_limit"
        and _PENDING.search(trigger)
        and not _PASSED.search(f"{before} {trigger} {after}")
    ):
        return "hypothetical"
    return "pledged" if action == "pledge_aid" else "done"


def _of_agreement(near: str, trigger: str, after: str) -> Modality:
    """An expressed intent: refused, under a condition, a readiness or promise, a plan, or an agreement reached."""
    words = f"{near[-_CLOSE:]}{trigger}{after[:_TO]}"
    if _HEADLINE_TO.search(near):
        return "announced"
    for name, pattern in _INTENT:
        if pattern.search(words if name != "conditional" else words + after):
            return name
    return "done"


def _vouched(name: Modality, near: str) -> Modality:
    return name if name in ("denied", "conditional") or _UNSURE.search(near) else "done"


def is_history(sentence: str, published: str | None) -> bool:
    """Whether a sentence tells of times long past: it names them, or no year but such as lie well before the publication.

    Example:
        >>> is_history("During the Cold War the army sent tanks to Germany.", None)
        True
        >>> is_history("France left the command in 1966.", "2031-05-01")
        True
        >>> is_history("Estonia has hosted British troops since 2017.", "2031-05-01")
        False
    """
    if _LONG_PAST.search(_SINCE_THEN.sub("", sentence)):
        return True
    years = [int(y) for y in _IN_YEAR.findall(sentence)]
    if not years or _SINCE.search(sentence):
        return False
    known = settings()
    least = int(published[:4]) - known["history_years"] if published else known["history_before"]
    return max(years) < least


_DAY = re.compile(rf"\b(?:{DAYS})\b")
_TODAY = re.compile(r"\b(?:today|tonight)\b")


def event_date(sentence: str, published: str | None, mood: Modality) -> str | None:
    """Date that a sentence gives an act; a weekday is the last one, or the next one for what is yet to come."""
    date = first_date(sentence)
    if date is not None:
        return date
    day = _DAY.search(sentence)
    if day and published:
        past = weekday_date(day.group(), published)
        if (
            past
            and mood in _AHEAD
            and re.search(r"\bwill\b|\bwould\b|\bnext\b|\bto be\b", sentence)
            and past < published[:10]
        ):
            return (datetime.date.fromisoformat(past) + datetime.timedelta(days=7)).isoformat()
        return past
    if published and _TODAY.search(sentence):
        return published
    return None
