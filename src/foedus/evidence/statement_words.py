"""Words around a verb of saying that tell where its content ends, who may stand before it, and what is somebody else's."""

from __future__ import annotations

import re

TOLD = frozenset("tell assure inform warn remind advise".split())
THROUGH_SOMEBODY = re.compile(
    r"\s+(?:(?:the|an?|his|her|its|their|our)(?: [\w’'\-]+){1,3}?|(?:[a-z][\w’'\-]* ){0,2}(?!this\b|always\b)[a-z][\w’'\-]+s|troops|people)(?=\s*[.,;]|\s+(?:on|in|at|this|last|late|early|earlier|later|during|via|with)\b)"
)
THROUGH = re.compile(
    r"(?:\s+(?:reporters|journalists|lawmakers|parliament|(?:state|public|local|national|German|French|Polish|British|Dutch|Baltic) (?:television|radio|TV|media|broadcaster)|television|radio|MPs|deputies|senators|us|me|him|her|them|(?:the )?[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+)*|(?:the |an? )(?:\w+ )?(?:committee|newspaper|agency|paper|channel|broadcaster|hearing)))?\s*(?:$|[.,;]|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)|to (?:reporters|the|an?|[A-Z])|(?:on|in|at|this|last|late|early|earlier|later|during|via|when|as|after|before|ahead|speaking|with|over|through|by|from|again|afterwards|repeatedly|twice|back|to applause|without|(?!only\b|family|ally)[a-z]+ly)\b)"
)
"""What follows a verb of saying that stands after its content, or in the midst of it."""
PREDICATE = re.compile(
    r"[^,;]{0,40},\s+(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|does|did)\b"
)
"""The rest of a clause whose subject stands before the one who speaks."""
GOES_ON = re.compile(
    r"(?:[^,;]{0,60})?,\s+(?:[^,;]{2,60},\s+)?(?:to (?!the\b|a\b)[a-z]+|is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|never)\b"
)
"""The rest of a clause behind the one who speaks."""
OPENS = re.compile(r"(?:If|Unless|Were|Should|Had|Even if|Only if|Once|Provided|As long as|So long as)\b[^,]*$")
"""What opens a sentence whose main clause is still to come."""
ON = re.compile(r"[^,;]{0,60}[,;]\s")
"""A comma behind the one who speaks."""
TAIL = re.compile(
    r"[^,]{0,60}(?:,\s+(?:an?|the|his|her|its|their|who)\s[^,]{2,60})?[,;]\s+(?:because|since|if|unless|provided|as long as|so long as|but only|only if|even if|even though|so that|once|until|(?:and|but) (?:that )?(?:(?:next time|then|soon|one day|now|eventually|sooner or later|there) )?(?:it|they|he|she|this|there|would|will|has|have|had|is|are|was|were|can|could|must|[a-z]{3,}s)\b)"
)
"""The rest of what is said, behind the one who says it, opened by a conjunction."""
REPLIED = re.compile(
    r",\s+an?\s+(?:\w+\s+)?(?:charge|claim|assertion|accusation|allegation|suggestion|version|account|view|notion|idea|contention|statement|argument|explanation|figure|estimate|reading|remark|comparison|prediction|forecast|position|line|denial|message|description|promise|threat)\s+(?:(?:that|which)\s+)?(?:(?:the|an?|his|her|its|their|nobody|no|few|some|many|most|others?|officials|diplomats|analysts|critics|experts|[A-Z]\w*)\b|(?:has|have|was|is|were)\b).*$"
)
"""What is then told of a claim by somebody else."""
MEASURE = re.compile(
    r"(?:(?:some|about|nearly|almost|more than|at least|just|only|up|down|well|far|two|three|four|five|six|seven|eight|nine|ten|several|an?|the|its|\d[\d.,]*)\s)[^,]*\b(?:years?|months?|weeks?|days?|hours?|percent|per cent|earlier|order|schedule|total|times?|level|rise|cut|drop|increase|record|sum|share|half|third|quarter|history|yet|ever|since \d{4})\b"
)
PRESENT = re.compile(
    r"[a-z]+s\s+(?:an?|the|its|his|her|their|no|more|some|spare|only|not|\d\S*|[a-z]+ [a-z]+s)\b"
)
"""A verb of the present with its object, where a speaker might stand."""
BOTH = re.compile(
    r"(?:But |And |Yet )?[Bb]oth (?P<one>[^;:]{2,80}?),?\s+and\s+(?P<two>[^;:,]{2,60}?)(?:\s+(?:have|has|had|also|now))?\s*"
)
WHERE_SAID = re.compile(
    r"(?:In|At|On|During|After|Before|From|Over|Speaking|Writing)\b[^,;:]{3,90}?\s(?=(?:he|she|they)\s+(?:\w+\s+){0,2}$)|In (?:his|her|their|its|an?) (?:\w+ )?(?:memoirs?|diary|diaries|book|letter|column|speech|statement|interview|report|essay|testimony) (?=the |[A-Z])"
)
"""Where or when somebody spoke, without a comma behind it ("In an interview he said")."""
HEARD_OF = (
    "said to",
    "believed to",
    "thought to",
    "reported to",
    "understood to",
    "red to",
    "alleged",
    "eportedly",
    "pposedly",
    "rportedly",
    "llegedly",
)
"""Of which a sentence must hold one; asking for them is cheaper than the pattern."""
ASKED = re.compile(
    r"(?:But |And )?(?:Asked|Pressed|Questioned|Challenged|Quizzed)\b[^.;:]*?\b(?:whether|if|why|how|what|when|where|who)\b[^.;:]*?, (?=[A-Z]|(?:he|she|they|it|the)\b)"
)
"""A question that somebody was asked, which is nobody's statement, before what came of it."""
HELD_BY_ANY = re.compile(
    r"\b(?:[Aa]ny(?:one|body)|[Tt]hose|[Ww]hoever|[Ee]very(?:one|body)|People|[Nn]o one|[Nn]obody) who(?: \w+)?\s+$|\b[Ww]hoever\s+$|\b(?:if|unless|when) you (?:\w+ )?$|^I(?: am|[’']m)? (?:\w+ )?$|(?<=[.,;:!?] )I(?: am|[’']m) (?:\w+ly )?$"
)
"""Who holds an opinion that is only spoken of, or the writer himself."""
OWN_PAPER = re.compile(
    r",\s+(?:its|his|her|their) (?:\w+ ){0,2}?(?:report|website|statement|review|assessment|letter|paper|spokes\w+)\s*$"
)
"""Somebody's own paper, behind what it says he holds."""
HOLDS = re.compile(r"\b(?:assess|believ|expect|conclud|reckon|judg|estimat|think|consider|fear)(?:s|es)\b")
REFERS_BACK = re.compile(r"(?:That|This|It)(?:[’']s| is| was| comes) (?:all )?according to\b")
