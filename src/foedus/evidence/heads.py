"""Words around a number that say it counts people: what is done to them, where they are, what only they do."""

from __future__ import annotations

import re

PERSON_HINT = re.compile(
    r"\b(?:troops?|soldiers?|personnel|forces|servicem[ae]n|service members|army|people|men and women|contingent|deaths|killed|wounded|br(?:ing|ought)\w*\s(?:\S+\s){0,6}?home)\b",
    re.IGNORECASE,
)
CASUALTIES = re.compile(
    r"\b(?:lost|killed|wounded|injured|killing|wounding|injuring|employs|employing|employed|recruited|conscripted|conscripts|mobili[sz]ed?|evacuated|(?:call(?:ed|s|ing)?|muster(?:ed|s|ing)?|sign(?:ed|s|ing)?) up|draft(?:ed|s|ing)|enlist(?:ed|s|ing)|hire[sd]?|hiring|lay(?:s|ing)? off|laid off|arrest(?:ed|s|ing)|detain(?:ed|s|ing)|rescu(?:ed|es|ing)|(?:places|shelter|bunks|berths|seats|beds) for|(?:[Oo]rgani[sz]ers|[Pp]olice|[Uu]nions?) (?:claimed|claims?|counted|estimated|reported|spoke of)|(?:put|puts|estimated) (?:their number|the (?:crowd|turnout|attendance|number)|it|attendance|turnout) at|strength (?:of (?:the |its |his )?(?:[A-Z][\w’'-]+ ){0,5})?(?:is|was|stands at|stood at|at|from|to|fell to|rose to|reached)|(?:sent|sends?) for|(?:crewed|manned|staffed|attended|guarded|signed|followed|joined|watched|flanked|accompanied|escorted|visited|occupied|inhabited|peopled) by|(?:force|army|navy|corps|garrison|group|crew|staff|regiment|brigade|contingent|population|militia)s? (?:now |currently |still )?(?:numbers?|numbered|musters|totals|totall?ed)|(?:(?:establishment|complement|intake|roster)(?: rose| fell| grew| shrank| goes| went| [a-z]+ed)?|[Mm]y class|[Oo]ur class|(?:[Mm]y|[Oo]ur) (?:platoon|squad|company|section|course|year|unit)) (?:is|was|were|has been|from|to|of|at|stands at|stood at|rose to|fell to|from [\d,]+ to)|head ?count (?:is|was|to|of|at)|payroll (?:to|of)|(?:crowd|attendance|(?:death )?toll|workforce|garrison|population|audience|turnout|headcount|congregation)s?(?: (?:[a-z]+ ){0,4}?(?:at|to|from|was|is|of|by|exceed(?:s|ed)|reach(?:es|ed)|above|below|under|over)))\s+(?:(?:about|some|nearly|almost|at least|more than|another|over|up to|around|roughly)\s+)?$|\b(?:dinner|lunch|breakfast|supper|tables?|reception|banquet) for (?:about |some )?$|\b(?:choir|jury|panel|queue|gang|party|group|circle|household|family|entourage|delegation|team|crew|staff|squad|platoon|committee|commission|council|class|congregation|audience|crowd|patrol|cast|trio|bunch) of (?:about |some )?$"
)
AMONG_US = re.compile(
    r"(?:\s+(?:more|others))?\s+(?:voted|signed|abstained|marched|protested|demonstrated|rallied|gathered|fled|queued|lined the|t(?:ook|ake|aking) (?:to|part|shelter)|c[ao]me home|go home|went home|lost their (?:homes|lives|jobs)|(?:have|had|were|was) (?:been )?(?:displaced|evacuated|called up|mobili[sz]ed|drafted|conscripted|laid off)|died|thanked|laughed|nodded|resigned|on board|aboard|(?:(?:have|had|has) )?(?:answered|declined|refused|replied|agreed|objected|were undecided)|in (?:a|the|each|every) (?:year class|class|year group|age group|cohort)|came(?=[.,;!?])|wept|cheered|prayed|drowned|escaped|survived|deserted|enlisted|volunteered|were (?:killed|wounded|injured|arrested|elected|hurt)|attended|in uniform|under arms|in (?:the|its|their) ranks|on active duty|on (?:the|its|their) (?:books|payroll)|in (?:the|its|their|this) (?:[a-z]+ )?(?:intake|cohort|contingent)|at the (?:meeting|rally|funeral|march|demonstration|protest|ceremony|service|vigil|wedding|dinner)|in the (?:audience|congregation|crowd|queue|jury|choir)|of (?:our|their|its|his) (?:finest|best|own|young)|dead|killed|wounded|(?:then |actually |have |had |will |would )?(?:volunteer(?:ed)?|sign(?:ed)? up|turn(?:ed)? up|show(?:ed)? up|c[ao]me forward|appl(?:y|ied)|enlist(?:ed)?|re-enlist(?:ed)?|regist(?:er|ered)))\b"
)
IN_RANKS = re.compile(
    r" (?:of us|in uniform|under arms|in (?:the|its|their) ranks|on active duty|on (?:the|its|their) (?:books|payroll)|in (?:the|its|their|this) (?:[a-z]+ )?(?:intake|cohort|contingent)|at the (?:meeting|rally|funeral|march|demonstration|protest|ceremony|service|vigil|wedding|dinner)|in the (?:audience|congregation|crowd|queue|jury|choir)|in (?:a|the|each|every) (?:year class|class|year group|age group|cohort)|on board|aboard|answered|declined to)\b"
)
"""Where only people are, and what only people do."""
GROUP_FROM = re.compile(
    r"\b(?:[Cc]rew|[Ss]taff|force|[Tt]eam|workforce|garrison|contingent)s?\s+(?:of |from )(?:[\w-]+ to )?$"
)
"""What changes its size in heads ("cuts the crew from five to three")."""
OF_THE_HURT = re.compile(
    r" of (?:the|those|its|their) (?:[a-z]+ )?(?:dead|killed|wounded|injured|victims|casualties|missing|fallen|arrested|detained)\b|(?: of (?:us|you)\b(?! (?:had|all)\b))"
)
OF_A_CREW = re.compile(
    r"\s+of (?:the|that|this|his|her|its|their|our|my|your) (?!same\b|new\b)(?:[a-z-]+ )?(?:crew|platoon|company|squad|section|regiment|battalion|(?<!the )(?<!that )(?<!this )class|team|party|family|group|gang|staff|garrison|delegation|congregation|entourage|household|caucus|intake|patrol|cohort|choir|jury|panel|unit|contingent|population|workforce)\b(?![’'-])(?! of\b)"
)
"""Members of a body of people ("two of her platoon")."""
OTHERS_HURT = re.compile(
    r"\s+others (?:were|was|had been) [a-z]+ed|\s+others\b[^.;]{0,40}\b(?:hurt|wounded|injured|killed)"
)
HEADS_BACK = 64
"""Characters before a number in which words say that it counts heads."""
