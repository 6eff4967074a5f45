"""What tells a circumstance, a clause and a determiner from the name of a speaker."""

from __future__ import annotations

import re

from foedus.evidence.lexicon import ROLE_NOUN

INTRO = re.compile(
    r"^(?:In|On|At|By|For|After|Before|During|While|When|As|Since|With|Without|Under|Despite|Although|Though|If|Because|Asked|Later|Earlier|Still|Meanwhile|However|But|And|Yet|Instead|Now|Then|So|Last|This|That|From|Until|Through|Throughout|To|About|Among|Like|Unlike|Even|Nevertheless|Fresh|Weary|Eager|Keen|Aware|Unable|Alone|Afterward|Afterwards|Inside|Outside|Across|Over|Citing|"
    r"(?!Downing|Beijing|Boeing|Reading|Manning|Fleming|Irving|Keating|United|Allied|Ahmed|Mohammed|Saied|Italy|July|Emily|Kelly|Sally|Beverly|Daly|Reilly|Lockheed|Fred|Alfred|Manfred|Wilfred|Winfried|Siegfried|Gottfried|Jared|Ted|Reed|Creed|Khaled|Waleed|Mohamed|Muhammed|Rasheed|Saeed|Hameed|Javed|Majed|King|Harding|Golding|Retired|Disgraced|Embattled|Beloved|Respected|Seasoned|Exiled|Jailed|Wounded|Browning|Sterling|Fielding|Rowling|Lansing|Wyoming|Viking)[A-Z][a-z]+(?:ing|ed|ly))\b(?!’s|'s)"
    r"|^(?:(?:An?|One|Two|Three|Several|Some|The|Hours?|Days?|Weeks?|Months?|Minutes?|Moments?|Years?)(?: [a-z]+){0,3} (?:later|earlier|ago|afterwards?|on|before|after)|(?:Seconds|Moments|Minutes|Hours|Days|Weeks|Months|Years) (?:later|earlier|before|after)|The (?:next|following|same|previous) \w+)$"
)
PARTICIPLE = re.compile(
    r"^(?:(?:then|and|but|also|later|now|often|recently|still) )?(?:[a-z]+(?:(?<!king)(?<!thing)ing|(?<!need)(?<!speed)ed)|born|known|seen|held|led|sent|caught|shaken|torn|fresh|citing|in|on|at|from|after|before|during|with|without|by|for|as|like|unlike|despite|amid|while|when|if|though|although|because|who|which|whose|whom|where)\b(?! [A-Z]\w+\.? (?:[A-Z]|said|told))"
)
"""What stands between commas beside a subject without being one."""
VERBISH = re.compile(
    r"(?<!-)\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|did|does|do|said|says|told|went|came|took|made|gave|left|won|lost)\b"
)
DETERMINER = re.compile(
    r"^(?:the|a|an|his|her|its|their|our|one|some|several|many|two|three|four|five|another|both|most|other|a few|former|[Tt]hen)\s+",
    re.IGNORECASE,
)


_RELATIVE = re.compile(r"\b(?:who|which|whose)\b")


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
