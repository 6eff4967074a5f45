"""Sentences that tell no act, whatever verbs they hold: what a treaty says, questions, opinion polls, how things stand."""

from __future__ import annotations

import re

_TEXT = re.compile(
    r"\W*(?:Under )?(?:Article (?:\d+|[IVX]+|Four|Five|Thirteen)|The (?:treaty|article|clause|charter|constitution)(?:['’]s \w+)?)"
    r"(?: of the (?:\w+ ){1,3}?)? (?:does not |do not |only )?"
    r"(?:obliges?|requires?|lets?|allows?|says?|holds?|states?|binds?|provides?|commits?|leaves?|permits?|means?|calls?|covers?)\b"
)
"""What a treaty lays down: "Article 13 lets any member leave"."""
_QUESTION = re.compile(
    r"\W*(?:What|How|Who|Why|Would|Will|Could|Can|Should|Is|Are|Does|Do|Did|Has|Have)\b[^“”\"]*\?\W*$"
)
_WHAT_IF = re.compile(r"\W*(?:What (?:would|might) happen|What if|How (?:would|might|should) )\b")
_POLLED = ("poll", "survey", "cent of ", "percent of ", "in ten ", "half of ", "thirds of ", "quarters of ", "majority of ")  # fmt: skip
_POLL = re.compile(
    r"\b(?:poll|survey)s?\b[^.;]{0,60}\b(?:found|finds|show(?:s|ed)?|suggest(?:s|ed)?|indicate[sd]?|published)\b"
    r"|\b(?:found|finds|according to),? (?:an?|the|one|in an?) (?:\w+ ){0,3}(?:poll|survey)\b"
    r"|\b(?:in ten|half of|thirds of|quarters of|majority of|per cent of|percent of) (?:all |the )?(?:[A-Z]\w+(?:s|ish|ch|ese)\b|respondents|voters|citizens|those (?:asked|polled))"
)
"""What people think: "six in ten Germans would send soldiers"."""
_STATE = re.compile(r"(?:based|stationed|garrisoned|deployed|housed|quartered|billeted|posted)\b")
_IS = re.compile(r"\b(?:is|are|remains?)(?: (?:\w+ly|now|still|already|also))? $")
_HOME = re.compile(r"(?:is |are |remains? )?(?:still |already )?home (?:to|for)\b")
_IS_SOON = re.compile(r"\b(?:now|soon|new|first|second|another|further|newly)\b")
_BARE = re.compile(r"\b(?:is|are|remains?)(?: still| already)? $")


def tells_no_act(sentence: str) -> bool:
    """Whether a sentence says what a treaty lays down, asks something, or reports a poll.

    Example:
        >>> tells_no_act("Article 13 lets any member leave."), tells_no_act("Norway left the pact.")
        (True, False)
    """
    if _TEXT.match(sentence) or _WHAT_IF.match(sentence):
        return True
    if "?" in sentence and _QUESTION.match(sentence):
        return True
    return any(word in sentence for word in _POLLED) and bool(_POLL.search(sentence))


def is_standing(action: str, sentence: str, start: int, end: int) -> bool:
    """Whether an act that would be done only tells how things stand: "10,000 soldiers are based in Poland".

    Args:
        action: which act.
        sentence: the sentence.
        start: where the words of the act begin.
        end: where they end.
    """
    if action == "deploy" and _STATE.match(sentence, start):
        return bool(_IS.search(sentence, max(0, start - 30), start))
    if action == "host" and _HOME.match(sentence, start):
        ahead = sentence.startswith(("is ", "are ", "remain"), start) or bool(
            _BARE.search(sentence, max(0, start - 20), start)
        )
        return ahead and not _IS_SOON.search(sentence, start, min(len(sentence), end + 30))
    return False
