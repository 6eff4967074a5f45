"""What tells a circumstance, a clause and a determiner from the name of a speaker."""

from __future__ import annotations

import re

from foedus.evidence.lexicon import ROLE_NOUN, may_end, words_in

INTRO = re.compile(
    r"^(?:In|On|At|By|For|After|Before|During|While|When|As|Since|With|Without|Under|Despite|Although|Though|If|Because|Asked|Later|Earlier|Still|Meanwhile|However|But|And|Yet|Instead|Now|Then|So|Last|This|That|From|Until|Through|Throughout|To|About|Among|Like|Unlike|Even|Nevertheless|Fresh|Weary|Eager|Keen|Aware|Unable|Alone|Afterward|Afterwards|Inside|Outside|Across|Over|Citing|"
    r"(?!Downing|Beijing|Boeing|Reading|Manning|Fleming|Irving|Keating|United|Allied|Ahmed|Mohammed|Saied|Italy|July|Emily|Kelly|Sally|Beverly|Daly|Reilly|Lockheed|Fred|Alfred|Manfred|Wilfred|Winfried|Siegfried|Gottfried|Jared|Ted|Reed|Creed|Khaled|Waleed|Mohamed|Muhammed|Rasheed|Saeed|Hameed|Javed|Majed|King|Harding|Golding|Retired|Disgraced|Embattled|Beloved|Respected|Seasoned|Exiled|Jailed|Wounded|Browning|Sterling|Fielding|Rowling|Lansing|Wyoming|Viking)[A-Z][a-z]+(?:ing|ed|ly))\b(?!’s|'s)"
    r"|^(?:(?:An?|One|Two|Three|Several|Some|The|Hours?|Days?|Weeks?|Months?|Minutes?|Moments?|Years?)(?: [a-z]+){0,3} (?:later|earlier|ago|afterwards?|on|before|after)|(?:Seconds|Moments|Minutes|Hours|Days|Weeks|Months|Years) (?:later|earlier|before|after)|The (?:next|following|same|previous) \w+)$"
)
PARTICIPLE = re.compile(
    r"^(?:(?:then|and|but|also|later|now|often|recently|still) )?(?:[a-z]+(?:(?<!king)(?<!thing)ing|(?<!need)(?<!speed)ed)|born|known|seen|held|led|sent|caught|shaken|torn|fresh|citing|in|on|at|from|after|before|during|with|without|by|for|as|like|unlike|despite|amid|while|when|if|though|although|because|who|which|whose|whom|where)\b(?! [A-Z]\w+\.? (?:[A-Z]|said|told))"
)
"""What stands between commas beside a subject without being one."""
FORMERLY = re.compile(
    r"(?:retired|disgraced|exiled|jailed|ousted|elected|appointed|decorated|renowned|celebrated|self-[a-z]+ed) (?:[a-z-]+ ){1,4}[A-Z]"
)
"""Somebody’s standing before the trade and the name ("retired teacher Ann Cole")."""
VERBISH = re.compile(
    r"(?<!-)\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|did|does|do|said|says|told|went|came|took|made|gave|left|won|lost)\b"
)
DETERMINER = re.compile(
    r"^(?:the|a|an|his|her|its|their|our|one|some|several|many|two|three|four|five|another|both|most|other|a few|former|[Tt]hen)\s+",
    re.IGNORECASE,
)


_RELATIVE = re.compile(r"\b(?:who|which|whose)\b")
_ASKED_BY = re.compile(
    r"(?:But |And |When |Once )?(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Cc]hallenged|[Qq]uizzed|[Pp]ushed|[Gg]rilled|[Uu]nder questioning|[Ii]n (?:reply|response|answer) to an? [a-z ]{4,40})(?: by| from) [^;:.!?\x01]*?\b(?:whether|if|about|what|why|how|when|who|where|on)\b[^,;:.!?\x01]*, "
)
"""Who asks and what, before the one who answers ("Asked by Ann Cole, an envoy, whether he would go, the minister ...")."""


def past_question(mask: str, start: int, end: int) -> int:
    """Where a sentence goes on that opens with the question somebody was asked."""
    found = _ASKED_BY.match(mask, start, end)
    return found.end() if found is not None else start


OF_SEVERAL = re.compile(
    r"(?:^|[Tt]he |, |[.\x01] )(?P<who>(?:(?!the )[a-z]+ ){1,3}of (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*(?:, (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)+,? and (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)$"
)
"""Offices of several states: "the foreign ministers of France, Germany and Poland"."""


def no_relative(chunk: str) -> str:
    """A phrase without the relative clause at its end."""
    found = _RELATIVE.search(chunk)
    return chunk[: found.start()] if found else chunk


_ROLE_FIRST = re.compile(r"(?:the|a|an|his|her|its|their|former|who|now|then|one|[A-Z][\w’'.]+|[a-z]+)\b")


def apposition(phrase: str) -> str | None:
    """Role stated beside a name, or nothing when the phrase is something else."""
    phrase = no_relative(phrase).strip()
    if not phrase or not ROLE_NOUN.search(phrase) or len(phrase.split()) > 14:
        return None
    if _ROLE_FIRST.match(phrase) and not VERBISH.search(phrase):
        return DETERMINER.sub("", phrase) if not phrase.lower().startswith("former") else phrase
    return None


_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Adm|Col|Lt|Sgt|Capt|Maj|Prof|Jr|Sr|St|Brig|Rev|Cmdr|Hon|Cpl|Spc|Pfc|Pvt|Pte|Cdr|Ens|Amb|Supt|Insp|U\.S|U\.K)\."
)


def protect(region: str) -> str:
    """Hide the full stops of initials and abbreviations from the search for a phrase's end."""
    return _ABBREVIATED.sub(lambda m: m.group()[:-1] + "_", region)


_CLAUSE = re.compile(
    r"[;:—–]\s|\b(?:in|at|on|to|for|from|during|under|by|of|with) (?:which|whom)\s|,\s+(?:and|but|while|as|because|although|though|which|so|when|that|or)\s|\b(?:that|while|because|although|though|if|whether|how|what|where|when|as|but|after|before|since|until|than|and)\s(?=\S)"
)
_NAME_END = re.compile(r"[A-Z]\w+ $")
_WITHIN = frozenset(("that", "after", "before", "since", "and", "as", "of"))
"""Words that open no clause of the sentence's own when they stand inside "who ..."."""
_JUNIOR = re.compile(r"\b(?:Jr|Sr)$|\bwho\b")


_HE_NEXT = re.compile(r"(?:he|she|they|it|we|I)\b")


def clause_start(tail: str) -> int:
    """Where the clause begins that ends with `tail`."""
    cut = 0
    for clause in _CLAUSE.finditer(tail):
        word = clause.group().strip(", ")
        joins = word == "and" and _NAME_END.search(tail[: clause.start()]) and tail[clause.end()].isupper()
        inside = word in _WITHIN and re.search(r"\bwho(?:m|se)?\b", tail[: clause.start()])
        if not joins and not inside:
            cut = clause.end()
    comma = tail.rfind(", ", cut)
    if comma >= 0 and (_HE_NEXT.match(tail, comma + 2) or not _JUNIOR.search(tail[cut:comma])):
        cut = comma + 2
    return cut


AUXILIARIES = re.compile(
    r"(?:[\s]+(?:has|have|had|is|was|were|are|be|also|then|later|once|twice|repeatedly|often|never|not|no longer|again|recently|long|even|further|previously|since|been|still|simply|just|first|himself|herself|themselves|itself|reportedly|"
    r"would|will|could|did|does|do|may|might|should|must|can|famously|only|always|now|both|all|each|thus|soon|too|instead|nevertheless|(?:quoted|cited|reported|recorded|overheard|heard) as|overheard|heard|(?:said|reported|understood|alleged|believed|rumou?red|thought|supposed|claimed) to|used to|last (?:week|month|year|night|\w+day|spring|summer|autumn|fall|winter)|this (?:week|month|year|morning|spring|summer|autumn|winter)|earlier this (?:week|month|year|season|morning)|yesterday|(?:writes|wrote|phoned|phones|rang|rings|e-?mailed|stood up|got up|rose|took the floor)(?: in| back| again)? to|(?:likes?|liked|wants?|wanted|continues?|continued|tends?|tended|chose|hastened|felt compelled) to|nonetheless|however|to|quickly|(?!family|ally|reply|Italy|July|Emily|Kelly|Sally|assembly|Assembly|supply|bully|Billy|Molly|Polly|Beverly|Daly|Healy)[A-Za-z]+ly|(?:went|goes|go) on|on \w+day|at the time|in \d{4}))+\s*$"
)
_AUXILIARY_WORDS = words_in(AUXILIARIES.pattern)


def without_auxiliaries(region: str) -> str:
    """What stands before a verb, without the auxiliaries and adverbs next to it."""
    if may_end(region, _AUXILIARY_WORDS) or region.rstrip().endswith(("ly", "day")):
        return AUXILIARIES.sub("", region)
    return region
