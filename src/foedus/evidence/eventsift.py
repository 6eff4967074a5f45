"""What only looks like an act of the alliance: states and levels, names, what the law says, what a thing would mean, what others say of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.evidence.eventframes import Trigger
from foedus.evidence.records import Modality

_POSTED = re.compile(r"(?:stationed|based|deployed|posted|garrisoned|positioned)\b", re.IGNORECASE)
_IS_POSTED = re.compile(
    r"(?<!being )(?<!been )(?<!be )(?:\b(?:is|are|was|were|remains?)(?: \w+ly| now| already| still)?|\b(?:now|currently|already|still|permanently)) $"
)
_THITHER = re.compile(
    r" (?:\w+ )?(?:to|into|from|by|after|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|last|this)\b"
)
_STAYS = re.compile(r"(?:leav(?:e|es|ing)|left)\b(?! for\b)", re.IGNORECASE)
_PHRASES = re.compile(
    r"rush(?:ed)? hours?\b|suppliers?\b|den(?:y|ies|ied) \w+ing\b|end of (?:20\d\d|the (?:year|month|week|decade|day|century)|next|this|[A-Z])|shipping (?:compan|lane|route|line|firm|insur|cost|agent|giant)|land (?:forces|command|component|troops|warfare|army)\b|(?:[Ff]lies|[Oo]perates) (?:around|some|about|nearly|\d)(?![^.;]{0,60}\b(?:to|into|home|back|from)\b)|(?:get|gets|got|getting) rid\b|s(?:it|its|at) on (?:the|a|an|its) (?:\w+ ){0,2}(?:committee|board|panel|council|bench)|(?:[Ss]tations|[Kk]eeps|[Bb]ases) (?:around|some|about|nearly|roughly|more than|over|\d)"
)
"""Words of an act in phrases that tell none: the rush hour, to be rid of, to sit on a committee."""
_LEFT_SO = re.compile(
    r"(?:leav(?:e|es|ing)|left)\b[^.;,]{0,44}\b(?:injured|dead|wounded|killed|stranded|homeless|damaged|missing|without|vulnerable|exposed|short|in doubt|in the dark|in ruins)\b",
    re.IGNORECASE,
)
"""What something has left behind it, which is no departure."""
_LEAVES_BEHIND = re.compile(r"\b(?:leav(?:e|es|ing)|left) (?:\S+ ){0,6}$")
_HAS_BEEN = re.compile(r"\b(?:be|been|being|has|have|had|is|are|was|were) (?:\w+ )?$")
_HOMEWARD = re.compile(r"\W*(?:Home|Back home|Homeward)\b")
_A_MOVE = re.compile(r"\b(?:the|a|this|that|such a) $", re.IGNORECASE)
_HOSTING = re.compile(
    r"^\W*$|\b(?:costs?|burden|price|benefits?|risks?|share|expense|role) of $|\b(?:for|by) $"
)
"""What stands before "hosting" where it only names how things stand."""
_HOSTS = re.compile(
    r"(?:hosts?|houses) (?:some|around|about|nearly|almost|roughly|more than|over|up to|\d)|as the\b",
    re.IGNORECASE,
)
_WELL = re.compile(r"\bas well $|\bwith the $|\bin $")
_IDLE = re.compile(r"as the|help|order")
_ACT_NAME = re.compile(
    r"(?:[A-Z][\w-]+ ){1,5}(?:Act|Law|Agency|Committee|Command|Department|Code|System|Systems|Weapon|Initiative|List)\b"
)
_LAW_SAYS = re.compile(
    r"\b(?:Article (?:\d+|[A-Z]\w+)|treaty|clause|charter)\b[^,;]{0,60}\b(?:commits?|obliges?|says|requires?|provides|states|stipulates|holds|binds)\b|\bunder which [^;]{0,60}$"
)
_BARRED = re.compile(r"\b(?:prohibit|forbid|bar|bars|barred|barring|bans?|banned|banning)\w*\b[^;]{0,90}$")
_ASKED_TO = re.compile(
    r"\b(?:urg(?:e[sd]?|ing)|call(?:s|ed|ing)? (?:on|upon)|ask(?:ed|s)?(?! about\b)|implor\w+|press(?:es|ed)|told|tell(?:s|ing)|appeal(?:s|ed) to|begg\w+)\b [^,;.]{1,80}? (?:to|for|not to|his|its) (?:\w+ ){0,8}$|\b(?:urg(?:e[sd]?|ing)|call(?:s|ed|ing)? (?:on|upon)) [^,;.]{1,80}\b(?:rather than|instead of) (?:\w+ )?$"
)
_ASKED_BY = re.compile(
    r"\b(?:request|demand|call|appeal|plea)s? (?:from|by) [^,;.]{1,40}? (?:to|for) (?:\w+ )?$"
)
"""A request named by a noun: what it asks for is not told as done."""
_BELIEVED = re.compile(
    r"\b(?:believ|expect|think|thought|trust|imagin|assum|predict|reckon|suspect|fear)(?:s|es|ed|e|ing)?\b(?! (?:to|of)\b)[^;.]{0,70}$"
)
"""What makes the clause after it somebody's view."""
_PREDICTS = re.compile(
    r"[^.;]{0,60}?, (?:[\w’'-]+ ){1,3}(?:predict(?:s|ed)|reckon(?:s|ed)|fear(?:s|ed)|think(?:s)?|thought|believe[sd]?|guess(?:es|ed)|suspect(?:s|ed)|argue[sd])\b"
)
_AHEAD = frozenset(("announced", "hypothetical", "conditional"))
_NOT_DISCUSSED = re.compile(
    r"\b(?:declin|refus)\w* to (?:discuss|comment|say|describe|confirm|elaborate|answer|address|detail)\b(?![^;.]*\b(?:but|and) (?:said|added|it|he|she)\b)[^;.]{0,60}$"
)
_IN_CONDITION = re.compile(r"\b(?:if|unless|until)\b[^,;.]{0,80}$")
_WHETHER = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|press(?:es|ed)|question(?:s|ed)?)\b[^,;.]{0,40}\b(?:whether|if) [^,;.]{0,90}$"
)
_DOUBTED = re.compile(r"\b(?:whether|if|how far|how long) [^,;.]{2,70}\b(?:count|rely|depend)\b[^,;.]{0,12}$")
_PROMISED = re.compile(r"(?:promised|pledged|offered|earmarked)\b", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\b(?:the|its|their|those|these|of|long|once|already|first|last) $|[’']s $", re.IGNORECASE
)
_HOME_NEXT = re.compile(r" (?:home|the United States|America)\b")
_TAKES_PART = re.compile(r"(?:(?:take|takes|took|taken|taking) part|participat\w+)", re.IGNORECASE)
_IN_NO_FORCE = re.compile(
    r" in (?!(?:[\w’'-]+ ){0,5}?(?:exercise|drill|operation|patrol|mission|deployment|man(?:o?eu)ver|manoeuvre|phase|war ?game|task force|rotation|policing|battle ?group|brigade|convoy|flight|search|raid|boarding|strike)s?\b)"
)
_TIME_OF = re.compile(
    r"\b(?:before|until|ahead of|at|by|for|to) (?:the|its|their|an?) (?:next|coming|upcoming|forthcoming) $"
)
_ESCORTED = re.compile(r"(?:escorted|shadowed|accompanied)\b(?! by\b)")
_IS = re.compile(r"\b(?:is|are|was|were|be|been|being) (?:\w+ly )?$")
_KEEPS = re.compile(r"(?:keep|kept|retain|maintain|hold|stay|remain|lead|serve)\w*\b", re.IGNORECASE)
"""Verbs of forces that stay where they are: told as done, they tell how things stand."""
_WAS_DUE = re.compile(r"\bhad been (?:due|set|scheduled|supposed|meant|expected) to\b[^;]{0,80}$")
_GUARANTEES = frozenset(("affirm_commitment", "threaten_non_defence"))
_LEAVES = frozenset(("withdraw_from_treaty", "threaten_withdrawal"))
_WE = re.compile(r"\b(?:[Ww]e|I|[Oo]urs?|[Uu]s|[Mm]y)\b")
_FIRST = re.compile(r"\W*(?:\w+ly )?$")
_MOVED = frozenset(
    ("withdraw_forces", "deploy", "provide_aid", "withhold_aid", "raise_defence_spending", "approve_sale")
)
_WHERE = re.compile(r"\b(?:where|are|is|were|was) (?:\S+ ){0,4}$")
_GATHERED = re.compile(r"(?:gathered|sitting|meeting)\b", re.IGNORECASE)
_CALLED_OFF = re.compile(
    r"\b(?:call(?:s|ed|ing)? off|cancel\w*|scrap\w*|shelv\w*|abandon\w*|halt\w*|block\w*) (?:the |a |its |any |this |planned ){0,2}$"
)
_DECISION = re.compile(
    r"\b(?:decision|order|move) (?:(?P<when>(?:in|last|earlier this|this) \w+ )|\w+ )?to (?:\w+ )?$"
)
"""A decision told as one that has been taken."""
_TAKEN_BACK = re.compile(
    r"\b(?:revers|rescind|revok|overturn|countermand|cancel|scrap|withdr[ae]w|drop|abandon|shelv|walk\w* back)\w* (?:back )?(?:the|an?|its|his|her|their|that|this) (?:[\w-]+ ){0,3}(?:decision|order|move|plan|pledge|promise|threat)s? (?:\w+ )?to (?:\w+ )?$"
)
_PLANNED = re.compile(r"\b(?:planned|announced|coming|impending|upcoming|forthcoming) (?:\w+ )?$")
_THE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Tt]his|[Tt]hat) (?:\w+ )?$")
_BEFALLS = re.compile(
    r" [^.;,]{0,50}?\b(?:postpon|cancel|delay|suspend|halt|shelv|scrap|call|announc|confirm|approv|order|beg[aiu]n|start|extend|brought|double|expand)\w*| (?:of|to|from)\b"
)
_DOES = re.compile(
    r"\b(?:postpon|cancel|delay|suspend|halt|shelv|scrap|announc|confirm|approv|order|extend|doubl|expand|call)\w* (?:off )?(?:the|its|their|this|that) (?:\w+ )?$"
)
"""What befalls a deployment that is told anew."""
_ENDED = re.compile(r"\b(?:end|ends|ended|ending) (?:a|an|the|its|their) (?:[\w-]+ ){0,3}$")
_RANG = re.compile(
    r" (?:up )?(?:the |his |her )?(?:[A-Z][\w’'-]*|president|prime minister|counterpart)(?: [A-Z][\w’'-]*){0,3}(?: (?:on|late|early|to|after|before|again|by|this|last|yesterday|twice|and|in|about|over)\b|[.,;]|$)"
)
"""What follows "called" where it means a telephone."""
_STATION = re.compile(
    r"\b(?:pumping|power|railway|rail|train|police|radio|television|TV|bus|polling|space|metro|petrol|gas|fire|weather|border|research|listening) $"
)
"""What stands before "station" where it is a building."""
_AT_PORT = re.compile(r" at\b")
_THINGS = re.compile(
    r" (?:an? |the |its |some |about |no |more |nearly |fresh |new )*(?:estimated|\d|(?:\w+ )?(?:troops|soldiers|promises?|pledges?|assurances?|aid|weapons|missiles|jets|tanks|letters?|warnings?|invitations?|offers?|requests?|repl(?:y|ies)|answers?|deliver(?:y|ies)|support|help|reports?|orders?|money|funds|loans?)\b)"
)
"""What is received and is no guest."""
_ON_A_LIST = re.compile(r"[^.;]{0,60}? to (?:the|its|a|an|their) (?:\w+ ){0,2}(?:list|blacklist|register)\b")
_SUM_FIRST = re.compile(r"\b(?:million|billion|bn|m)\b|[$€£¥]")
_FOR_LACK = re.compile(r"\b(?:lack|want|shortage|absence) of (?:\w+ )?$")
_NAMED = re.compile(r"[A-Z]\w+ [A-Z]")
_NEAR_AS = 24
_CAN = re.compile(r"\bcan(?:not|['’]t)? (?:\w+ly )?$")
_COUNTED = re.compile(r"\d[\d.,]* $")
_THAT = re.compile(r",? (?:which|who|that|whose)\b")
_COUNTS_ON_THINGS = re.compile(
    r"(?:can|could|may) (?:\w+ ){0,2}(?:count|rely|depend) on (?!(?:the |its |his |our |their )?(?:[A-Z]|all(?:y|ies|iance)\b))"
)
_LOWER = re.compile(r"(?<=\s)[a-z]{4,}")
_FEW = 3


def is_thing(sentence: str, at: int) -> bool:
    """Whether what follows a verb of receiving is a thing and no guest.

    Example:
        >>> is_thing("received a promise", 8), is_thing("received the minister", 8)
        (True, False)
    """
    return _THINGS.match(sentence, at) is not None


def _is_recalled(trigger: Trigger, sentence: str) -> bool:
    """Whether a noun only comes back to a deployment told before: "the cost of the deployment"."""
    a, b = trigger.start, trigger.end
    alone = trigger.action == "deploy" and sentence[a:b].lower() == "deployment" and _THE.search(sentence, 0, a)
    ended = trigger.action == "deploy" and trigger.noun and _ENDED.search(sentence, 0, a)
    return bool(ended) or (bool(alone) and not (_BEFALLS.match(sentence, b) or _DOES.search(sentence, 0, a)))


def is_elsewhere(trigger: Trigger, sentence: str) -> bool:
    """Whether the words of an act belong to another thing, or only tell what may be done or what is thought of a treaty."""
    a, b = trigger.pred
    if trigger.action == "withdraw_from_treaty":
        blamed = sentence.startswith("denounc", a) and " as " in sentence[b : trigger.end + _NEAR_AS]
        return blamed or (a > 1 and bool(_NAMED.match(sentence, a)))
    if trigger.action in ("protest", "consult"):
        named = trigger.action == "consult" and sentence[a:b] == "called" and not _RANG.match(sentence, b)
        calls = sentence.startswith("call", a) and _AT_PORT.match(sentence, b)
        given = sentence.startswith("receiv", a) and is_thing(sentence, b)
        return named or bool(calls) or given or sentence[a:b] == "March"
    if trigger.action == "withhold_aid" and _FOR_LACK.search(sentence, 0, trigger.thing[0]):
        return True
    if trigger.action not in ("deploy", "withdraw_forces"):
        return trigger.action == "affirm_commitment" and bool(_COUNTS_ON_THINGS.match(sentence, trigger.start))
    if trigger.action == "deploy" and (_CAN.search(sentence, 0, a) or _is_no_move(trigger, sentence)):
        return True
    if sentence[a:b].lower() == "more" and _COUNTED.search(sentence, 0, a):
        return True
    between = sentence[trigger.thing[1] : a] if trigger.paired and trigger.thing[1] < a else ""
    return (
        between.count(",") == 1
        and len(between.rpartition(",")[2].split()) > _FEW
        and "," in between[:2]
        and not _THAT.match(between)
    )


def _is_no_move(trigger: Trigger, sentence: str) -> bool:
    """Whether "station" is a building, or money is what is contributed: no forces are sent."""
    a, b = trigger.pred
    if sentence.startswith("station", a) and _STATION.search(sentence, 0, a):
        return True
    if sentence.startswith(("came", "come", "coming"), a) and sentence.startswith(" down", b):
        return True
    if sentence.startswith("add", a) and _ON_A_LIST.match(sentence, b):
        return True
    return trigger.paired and _SUM_FIRST.search(sentence, b, max(b, trigger.thing[0])) is not None


def is_no_act(trigger: Trigger, sentence: str, mood: Modality, actor: str | None) -> bool:
    """Whether the words of an act tell none. `sentence` is the clause in which the trigger's spans count."""
    a, b = trigger.pred
    before, words, after = sentence[:a], sentence[a:b], sentence[b:]
    if sentence.startswith("help", trigger.thing[0]) and _WELL.search(sentence, 0, trigger.thing[0]):
        return True
    return (
        (trigger.action != "legislate_withdrawal_limit" and is_named(sentence, a))
        or _is_state(trigger, before, words, after, mood)
        or bool(_IDLE.match(words) and _WELL.search(before))
        or _is_recalled(trigger, sentence)
        or bool(_PHRASES.match(sentence, a))
        or (trigger.action == "withdraw_forces" and bool(_LEFT_SO.match(sentence, a)))
        or (
            actor is None
            and trigger.action in _MOVED
            and words.endswith("ing")
            and bool(_FIRST.fullmatch(before))
        )
    )


def is_named(sentence: str, a: int) -> bool:
    """Whether the words of an act are part of a name: "the Arms Export Control Act"; headlines in capitals have none."""
    if a < 2 or not sentence[a : a + 1].isupper():
        return False
    before = sentence[:a].rsplit(None, 1)[-1] if sentence[:a].strip() else ""
    named = _ACT_NAME.match(sentence, a) or before[:1].isupper()
    return bool(named) and len(_LOWER.findall(sentence, 0, 400)) >= _FEW


def _is_state(trigger: Trigger, before: str, words: str, after: str, mood: Modality) -> bool:
    """Whether something only is where it is: "are stationed in", "hosts some 36,000"."""
    action = trigger.action
    if action == "deploy":
        if _STAYS.match(words) or _LEAVES_BEHIND.search(before):
            return True
        if _HOMEWARD.match(before):
            return True
        if words.lower() == "move" and _A_MOVE.search(before):
            return True
        if trigger.thing[0] > trigger.pred[0] and words.lower() == "based" and not _HAS_BEEN.search(before):
            return True
        here = trigger.thing[0] < trigger.pred[0] or not trigger.paired
        posted = here and mood in ("done", "announced") and _POSTED.match(words)
        return bool(posted and _IS_POSTED.search(before) and not _THITHER.match(after))
    if action == "host":
        return mood == "done" and bool(
            _HOSTS.match(words + after[:20]) or (words.lower() == "hosting" and _HOSTING.search(before))
        )
    return action == "consult" and mood == "done" and bool(_GATHERED.match(words) and _WHERE.search(before))


def _is_promised_or_kept(trigger: Trigger, sentence: str, before: str, mood: Modality) -> bool:
    """Whether an act is only promised before, the time of another, or forces stay where they are."""
    action, a, b = trigger.action, *trigger.pred
    match action:
        case "deploy" if _TAKES_PART.match(sentence, a):
            return _IN_NO_FORCE.match(sentence, b) is not None
        case "deploy":
            kept = mood == "done" and _KEEPS.match(sentence, a)
            led = _ESCORTED.match(sentence, a) and _IS.search(before)
            return bool(kept or led or _WAS_DUE.search(before) or _HOME_NEXT.match(sentence, b))
        case "consult":
            return trigger.noun and _TIME_OF.search(before) is not None
        case "pledge_aid":
            return bool(_PROMISED.match(sentence, a) and _DEFINITE.search(before))
        case _:
            return False


def is_content(trigger: Trigger, sentence: str, mood: Modality) -> bool:
    """Whether an act is only what a law says, or what somebody is urged or asked about."""
    action, before = trigger.action, sentence[: trigger.pred[0]]
    if mood in _AHEAD and action in _MOVED and _PREDICTS.match(sentence, trigger.end):
        return True
    if action in _MOVED and _NOT_DISCUSSED.search(before):
        return True
    if action == "raise_defence_spending" and mood != "done" and _IN_CONDITION.search(before):
        return True
    if _is_promised_or_kept(trigger, sentence, before, mood):
        return True
    if action in _GUARANTEES and (_LAW_SAYS.search(before) or _WHETHER.search(before)):
        return True
    if action == "affirm_commitment" and _DOUBTED.search(f"{before}{sentence[slice(*trigger.pred)]}"):
        return True
    if action == "seize_territory" and (_BARRED.search(before) or _ASKED_TO.search(before)):
        return True
    asked = _ASKED_BY.search(before) or (mood == "hypothetical" and _ASKED_TO.search(before))
    return action in _MOVED and bool(asked)


def spoken_by_another(action: str, words: str, actor: str | None, voice: str | None) -> bool:
    """Whether somebody speaks of another state's guarantee or of its leaving, which is his view and no act.

    Args:
        action: the act.
        words: the clause within quotation marks.
        actor: code of the state of which it is told.
        voice: code of the speaker's state, where it is known.
    """
    if action not in _GUARANTEES | _LEAVES or actor is None:
        return False
    return voice not in (None, actor) if voice is not None else not _WE.search(words)


def is_view(action: str, before: str, named: Sequence[int]) -> bool:
    """Whether somebody only thinks something of what another state will do: "does not believe that America is leaving".

    Args:
        action: the act.
        before: what stands before its words.
        named: where in that the state is named that is to act.
    """
    if action not in _GUARANTEES | _LEAVES:
        return False
    view = _BELIEVED.search(before)
    return view is not None and any(at > view.start() for at in named)


def decided(near: str, action: str, noun: bool) -> Modality | None:
    """How an act stands of which somebody's decision is told, or that a noun names as called off or planned.

    Args:
        near: what stands before the act.
        action: which act.
        noun: whether a noun names it.
    """
    if _TAKEN_BACK.search(near):
        return "denied"
    dated = _DECISION.search(near)
    if dated is not None and dated["when"]:
        return "done"
    if dated is not None:
        return "done" if action == "withhold_aid" else "announced"
    if noun and action == "deploy" and _CALLED_OFF.search(near):
        return "denied"
    return "announced" if noun and _PLANNED.search(near) else None
