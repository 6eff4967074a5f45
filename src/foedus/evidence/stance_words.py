"""Words around a wording that turn it round, make it conditional, or take it for something only wished, asked or spoken of."""

from __future__ import annotations

import re

CONDITION = re.compile(
    r"(?<!as )(?<!even )\b(?:if|unless|provided|once|assuming)(?: [^\s,.;:!?—]+){2,}?(?=\s(?:the )?(?:americans?|america|washington|u_s?_?|united states|europeans|allies)\s(?:will|would|wo|can|could)\b)"
    r"|(?<!matter of )(?<!question of )(?<!not )(?<!as )(?<!even )\b(?:if|unless|as long as|so long as|provided|providing|on condition|until|whether|only (?:when|with|after)|once|assuming)\b[^,.;:!?—]*"
    r"|\b(?:those|ones|allies|ally|members?|countries|country|nations?|anyone|anybody|states?|governments|people|europeans)(?: \w+)?,? (?:who|that|which)(?: \w+){0,3}? ['’‘“\"]?(?:pay|paid|spend|meet|contribute|fail|lag|refus|miss|default|neglect|skimp|shirk|deliver|fall short|do so|do not|don['’]t|have not|haven['’]t|owe|carry|earn|deserv|foot|settle|cough|stump|invest|pull their|do their|did their|look(?:ed)? after|took care|take care)\w*[^,.;!?]*?(?=\s(?:can|will|would|could|should|must|may|get|gets|deserve)\b|[,.;!?]|$)"
    r"|\b(?:depends?|hinges?|hangs?|turns?|rests?|conditional|contingent) (?:up)?on\b|\b(?:is|was|be|were) (?:entirely |all |wholly )?(?:up to|in the hands of)\b|\bonly (?:to|for|with) (?:those|them|allies|friends|countries|people|members) (?:who|that|which)\b[^.;!?]*|\bin (?:exchange|return) for\b"
)
DUTY = re.compile(
    r"\b(?:you|they|allies|europe|europeans|countries)(?:['’]ve)? (?:gotta|got to|have got to|have to|has to|must|need to|had better|better) (?:\w+ ){0,2}?(?:pay|spend|contribute)\b|(?<!to )\bpay (?:up|your)\b|\bor else\b|\b(?:can ?not|can['’]t) (?:be (?:delinquent|behind)|refuse to pay|not pay|skip|free-?load|free-?ride|spend (?:nothing|peanuts|next to nothing))[^.;]{0,60}?\band (?:then )?(?:still )?expect\b"
)
"""What must be done first, said in a sentence of its own."""
DEPENDS = re.compile(
    r"\b(?:depend|hinge|conditional|contingent|(?:is|was|be|were) (?:entirely |all |wholly )?up to|in the hands of)"
)
NO_CONDITION = re.compile(
    r"\b(?:attack|invad|hit\b|tests?\b|harm\w*|war\b|aggress|strikes?\b|fired on|elect|re-?elected|second term|wins?\b|returns? to|comes? back|back in|under (?:attack|threat)|know\b|asked|but when\b|threaten\w*|tested|russia\w*|moscow|putin|crisis|push came|comes? to|came to|necessary|need(?:ed|s)? be|shooting|shots?\b|balloon|worst\b|roll\w*|tanks|crosse[sd]|called|touch\w*|(?:fell|falls|fall)\b)"
)
"""A condition that leaves the promise as it is."""
NEGATION = re.compile(
    r"\b(?:not|never|cannot|nobody|no one|none|nothing|neither|nor|without|hardly|unlikely|impossible|unthinkable|refus\w+|hesitat\w+|doubt(?:s|ed|ful)?|ruled? out|rules out|far from|fail(?:s|ed)? to|stop(?:s|ped)?|scarcely|barely|nowhere near|far-fetched|few (?:of [^.;,]{3,50}? )?(?:believe|think|expect|see|imagine)|scepticism|skepticism|disbelief|(?:little|slim|scant|remote|faint|low|small|minimal|slender|negligible|zero|vanishing\w*) (?:chance|prospect|likelihood|danger|risk|possibility|probability|odds|hope)|dismiss(?:es|ed)?|reject(?:s|ed)?|den(?:y|ies|ied)|give up on|gave up on|lost (?:faith|confidence))\b|n['’]t\b"
    r"|\bno (?:hope|road|path|route|bluff|show|game|act|stunt|ploy|tactic|theat(?:re|er)|bluster|joke|trick|pose|posturing|ambition|majority|stomach|will|(?:\w+ ){0,2}?(?:presidents?|soldiers?|troops|divisions?|brigade|congress|administration|government|country|ally|allies|capital|parliament|tanks?)|serious|realistic|real|plans?|intention|desire|wish|chance|way|prospect|risk|danger|president|reason|appetite|need|longer|question|american|u\.s|evidence|sign|more)\b"
)
NO_NEGATION = re.compile(
    r"\b(?:no (?:scenario|world|circumstances?|universe|situation|case) (?:\w+ )?(?:in|under)? ?which[^.;]{0,50}?(?:\bnot\b|n['’]t)|(?:not|never|n['’]t|without|nor) (?:\w+ )?hesitat\w*|(?:no longer|not) (?:unthinkable|unimaginable|inconceivable|a taboo|out of the question|far-fetched|impossible)|(?:no|little|not|never|nobody|no one|hardly|without|few|n['’]t) (?:\w+ ){0,3}?doubt\w*|no doubt|without (?:a |any )?doubt|beyond doubt|not only|no matter|(?:nothing|little) more|no more than|nothing else|nothing but|not least|not just|why not|never before|never (?:been )?(?:more|stronger)|not because|but not|not (?:whether|if)\b[^.;!?]{0,80}?\b(?:but|it['’]s|it is) when|nobody should (?:assume|think) otherwise)\b|\b(?:wo|does|do|ca|will|would|did)(?:n['’]t| not| never) bite\b|n['’]t be (?:a |one )?(?:single |one )?american\b|(?:\bnot|n['’]t) (?:up for|negotiable|in (?:doubt|question))\b|(?:\b(?:never|not)|n['’]t) (?:\w+ )?(?:changed?|waver(?:ed)?|weaken(?:ed)?|shift(?:ed)?|budged?|lapsed?|diminish(?:ed)?|be changing|going to change)\b|(?:\bnever|\bnot|n['’]t) (?:\w+ ){0,3}?(?:gone back on|let (?:an|its|our|a|them|you|us)|broken?)\b"
)
NOT_AFTER = re.compile(
    r"[^.;!?]{0,90}?(?:\b(?:is|are|was|were|has been|had been|have been|would be|has|had|will)(?:n['’]t| not| never)(?: been| be)? (?:\w+ )?(?:on the (?:cards|table|agenda|menu|horizon)|in sight|imminent|coming|near|an option|a (?:choice|possibility|prospect|plan)|in (?:question|prospect|play|the works)|considered|discussed|planned|contemplated|possible|thinkable|happening|going to happen)\b|\b(?:never|not) been on the (?:cards|table|agenda)\b|\bout of the question\b|\boff the table\b|\b(?:is|was|would be|remains) (?:unthinkable|inconceivable|impossible|a fantasy|a fiction|nonsense|madness)\b|\b(?:is|are|was|were|remains?|looks?|seems?) (?:\w+ly |all |quite |simply |pure |too )?(?:false|untrue|exaggerated|overblown|overdone|unfounded|groundless|baseless|misplaced|premature|wide of the mark|far-fetched|fanciful|wrong|invented|made up|fiction|rubbish|alarmist|mistaken|improbable|unlikely|remote|close to (?:zero|nil)|next to (?:zero|nil)|nil|zero|slim|negligible|minuscule|tiny|vanishingly small|minimal)\b|\bhell (?:freezes|froze|had frozen) over\b|\bpigs (?:fly|flew|can fly)\b|\bin (?:his|your|her|their) dreams\b|\b(?:rather |very )?little\b|\bnot at all\b)"
)
"""What denies a wording that stands before it ("leaving was never on the cards")."""
RECKLESS = re.compile(
    r"\b(?:reckless|foolish|naive|unwise|rash|folly|foolhardy|dangerous|irresponsible|delusional|an illusion|a mistake|an error|wrong|silly|absurd|madness|nonsense|ridiculous|preposterous|ludicrous|alarmist|fools?|idiots?|mad|crazy|stupid|insane|scaremongering|hysterical|rubbish|a fantasy|a delusion|folly|complacent|an? (?:\w+ )?(?:error|mistake|blunder|misjudgement)|brave|bold|courageous|optimistic|risky|imprudent|premature|unrealistic) (?:\w+ ){0,3}?to (?:\w+ )?(?:assume|think|believe|count|expect|hope|rely|suppose|imagine|pretend|bet|trust|bank|dismiss|ignore|treat|regard|see|read|take|write|wave|shrug|laugh|brush|view|suggest|claim|say|speak|talk|call|worry|fear|plan|bank|stake|wager|gamble|depend|trust|put)\b|\b(?:illusion|fantasy|myth|delusion|fiction|fairy ?tale) that\b"
)
"""What denies a wording that stands behind it."""
FOOLS = re.compile(
    r"\b(?:any(?:one|body)|whoever|those|people|every(?:one|body)|all|if you|nobody|no one)(?: (?:who|that))?(?: \w+){0,2}? (?:tells? you|tells? me|claims?|insists?|argues?|suggests?|bets?|thinks?|thinking|believes?|believing|comforts?(?: themselves| himself)?|consoles?(?: themselves)?|sees?|reads?|says?|saying|imagines?|assumes?|hopes?|expects?|takes?|dismiss(?:es)?|writes?|treats?)\b"
)
"""Those who hold an opinion, of whom a speaker then says that they are wrong."""
ARE_WRONG = re.compile(
    r"\b(?:wrong|mistaken|mak(?:es?|ing) an? (?:\w+ )?(?:mistake|error)|in denial|miss(?:es|ing)? the point|fool\w*|kidding|think again|dreaming|naive|deluded|delusion\w*|misread\w*|misjudg\w*|misunderst\w+|in for a (?:surprise|shock)|out of (?:his|her|their|your) minds?|(?:not|n['’]t|never) (?:\w+ )?(?:listening|listened|paying attention|understood|read|know|sat|met|been|spent|heard|looked|watched|worked|dealt|spoken|seen|follow\w*)|(?:deceiv|kidd|fool|delud)ing (?:\w*sel(?:f|ves))|another think|whistling|asleep|should (?:think|look))\b"
)
CLAUSE_END = re.compile(r"[.;!?:]|, (?:since|because) |,? but |, and |, yet |\band that\b")
FIRST_PERSON = re.compile(r"\b(?:we|our|us)\b")
LEAVE_MODE = re.compile(
    r"\b(?:if|unless|will|would|going to|gonna|about to|wants?|wanted|intend\w*|plan\w*|prepar\w+|ready|threat\w*|could|may|might|can|must|should|shall|am|is|are|was|were|be|risks?|danger|prospect|possibility|chance|talk|foot|half|odds|likelihood|probability|consider\w*|weigh\w*|looking at|mean\w*|result in|lead to|never|not|no|nobody|let|that (?:he|she|they|it)|decided to|discuss\w*|bring about|suspend|coming|looming|impending|imminent|inevitabl\w+|overture|prelude|prologue|beginning|first (?:step|act|stage)|foresee\w*|sees|saw|expect\w*|predict\w*|decided|resolved|determined|mind to|bent on|set on|matter of|numbered)\b|['’](?:ll|re|s|m|d)\b|n['’]t\b|^\W*(?:the )?(?:u_s_|u_|america|washington) to \b|^\W*(?:pull|leav|withdraw|quit|suspend)"
)
"""What makes of a word for leaving something that may happen, and not a thing spoken of in passing."""
SPOKEN_OF = re.compile(
    r"\b(?:suggestion|idea|notion|claim|rumou?rs?|question|debate|accusation)s? (?:that|of)\b"
)
ASKING = re.compile(r"^\W*(?:me |him |her |them |us )?(?:why|whether|how)\b")
SURE = re.compile(
    r"\b(?:no (?:scenario|world|circumstances?|universe|situation|case) (?:\w+ )?(?:in|under)? ?which[^.;]{0,50}?(?:\bnot\b|n['’]t)|(?:not|never|n['’]t|without|nor) (?:\w+ )?hesitat\w*|(?:no longer|not) (?:unthinkable|unimaginable|inconceivable|a taboo|out of the question|far-fetched|impossible)|(?:no|little|not|never|nobody|no one|hardly|without|few|n['’]t) (?:\w+ ){0,3}?doubt\w*|no doubt|certain(?:ly)?|never|always|absolutely|definitely|will|100 percent|clearly|obviously|without question)\b",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"\b(?:may|might|could|perhaps|maybe|possibly|think|fear|worry|suggest|seems?|likely|probably)\b",
    re.IGNORECASE,
)
INTERPOSED = re.compile(
    r",\s+(?:said|says|wrote|writes|argued|argues|warned|added|told|insisted|claimed|thought|noted)\s[^;]{3,90}?,(?=\s+(?:to|that|would|will|is|was|has|had)\b)"
)

NO_AMERICAN = re.compile(r"\b(?:no|not (?:a|one)(?: single)?|without a single) american\b")
"""What is left in a place that all have left."""
ANSWER = re.compile(
    r"[\s”\"’'—–-]*(?:(?P<if>(?:(?:that |it )?(?:all )?depends|only if|but only|if\b|as long as|so long as|provided|on condition|perhaps, if|maybe, if))"
    r"|(?P<no>no\b(?! doubt| question)|never|not\b|of course not|absolutely not|certainly not|definitely not|hardly|hell no|forget it|don['’]t (?:count|bet) on it|dream on|i (?:very much )?doubt|not in (?:my|our) lifetime|no way|impossible|(?:it|that)(?:['’]s| is) (?:unthinkable|impossible|nonsense|out of the question|a fantasy|a fairy tale|rubbish)|in your dreams|i do(?:n['’]t| not)(?! know| want| care)|(?:we|he|she|they|it|i) (?:(?:wo|would|does|do|is|are|ca)n['’]t|(?:will|would|can|does|do|is|are) not)(?=\s*(?:$|[.,;!—–]| (?:do|risk|try|dare|so|that|it)\b))|(?:we|he|she|they|it|i) (?:(?:wo|would|does|do|ca)n['’]t|(?:will|would|can|does|do) not) do (?:it|that|so)|i (?:\w+ )?(?:(?:believe|think|expect|suppose) (?:that )?(?:not|(?:they|he|she|it|we) (?:wo|would|will|do|does|are|is)(?:n['’]t| not))|doubt (?:it|that|they|he|she)|(?:can ?not|can['’]t) see (?:it|that|him|them))|nobody|i fear not|i am afraid not|i['’]m afraid not|nonsense|rubbish)"
    r"|(?P<yes>yes\b|yeah\b|of course|absolutely|certainly|definitely|sure\b|you bet|without (?:a |any )?(?:doubt|question|hesitation)|no (?:doubt|question)|beyond (?:doubt|question)|(?:a )?hundred percent|100 percent|i (?:do\b|(?:\w+ )?(?:believe|think|know|expect|suppose|trust) (?:that )?(?:so|(?:they|he|she|it|we) (?:will|would|do|does|are|is))(?=\s*(?:$|[.,;!]))|am (?:certain|sure|convinced)|have no doubt)|(?:they|he|she)(?:['’](?:ve|s)| have| has)? (?:told|assured|promised) (?:us|me) (?:that )?(?:they|he|she) (?:will|would)\b|(?:we|he|she|they|it) (?:will|would|do|does|is|are|must)\b|emphatically|undoubtedly|naturally|obviously|clearly|every time))"
)
"""How somebody answers a question."""
ONLY_IF = re.compile(r"\b(?:if|provided|as long as|so long as|on condition|but only|unless|depends)\b")
ASKED_WHETHER = re.compile(
    r"\b(?:asked|pressed|questioned|quizzed|question of|question is|wanted to know)\b[^.?!;]{0,70}?\b(?:whether|if) (?P<what>[^,.;:?!“]{8,180})[^.;?!“]{0,140}[.,:]?[\s“\"]*$"
    r"|(?:^|[.!\n“\"]\s*)(?P<put>[^.?!“”\n]{8,180})\?[\s”\"]*(?:[^.?!“”\n]{0,60}[:,]\s*)?[“\"\s]*$"
    r"|(?:^|[.!\n“\"]\s*)(?P<posed>[^.?!“”\n]{8,180})\?\s[^?\n]{0,260}\b(?:answer|reply|verdict|response)\b[^.?!\n]{0,60}:\s*$"
)
"""What somebody was asked, right before the answer."""
ASKED_ANY = re.compile(r"\b(?:whether|if|would|will) (?P<what>[^,.;:?!“”]{8,180})")
"""What a question is of, further off."""
IN_SHORT = re.compile(
    r"(?:^|[.!?][\s”]+)(?P<short>(?:i (?:\w+ )?(?:(?:do not|don['’]t) )?(?:\w+ )?(?:believe|think|doubt|know|expect|suppose|trust|am sure|am certain) (?:that )?(?:they|it|he|she|we) (?:would|will|wo|do|does|are|is|ca|can)(?:n['’]t| not)?"
    r"|(?:they|it|he|she|we|washington|america|the americans) (?:would|will|wo|do|does|are|is|ca|can)(?:n['’]t| not))(?=\s*(?:[.,;!]|$))"
    r"|(?:they|he|she)(?:['’](?:ve|s)| have| has)? (?:told|assured|promised) (?:us|me) (?:that )?(?:they|he|she) (?:will|would)\b)"
)
"""An answer that leaves its verb out."""
DENYING = frozenset(("deny", "dismiss", "reject", "dispute", "doubt", "refute", "rebut", "rule out"))
"""Verbs of saying whose content their speaker holds to be false."""
WISH = re.compile(
    r"\b(?:should(?! (?:\w+ )?(?:think|believe|assume|imagine|fear|expect|doubt|know|understand|conclude|suppose)\b)|ought to|must|need(?:s|ed)? to|has to|(?<!will )(?<!would )(?<!ll )have to|had to|would like (?:\w+ ){0,4}?to|(?:had |['’]d )better|let['’]?s|time (?:for \w+ )?to|urg\w+|call(?:s|ed|ing)? (?:on|for)|demand\w*|encourag\w+|wants? (?:\w+ ){1,4}?to|in favou?r of|right to|free to)\b"
)
"""What makes of a wording something asked for, and no expectation."""
HOPE = re.compile(
    r"\b(?:hop(?:e|es|ed|ing)|wish(?:es|ed)?|pray(?:s|ed|ing)?|if only|(?:reasons?|incentives?|inducements?|arguments?) for \w+ to)\b"
)
MIGHT_HAVE = re.compile(
    r"\b(?:would|could|might|should|['’]d) (?:not |never )?have (?:\w+ed|left|quit|gone|come|paid|spent|met|kept|done|been)\b"
)
"""What did not come about."""
THREATENED = re.compile(
    r"\b(?:when|if|every time|whenever|because) (?:the president|he|she|mr_ \w+|\w+) (?:says|said|threatens|threatened|talks|tweets)\b[^.;,]{0,60}$|\b(?:threat(?:s|ens?|ened|ening)?|vow(?:s|ed)?|talk(?:s|ed|ing)?|calls?|plea|speech|bluff\w*|joking|serious|says|words?|rhetoric|remarks?|noises?|musings?) (?:\w+ ){0,2}?(?:to|of|about) (?:(?!that\b)\w+ ){0,4}?(?:leav\w+|quit\w*|pull\w*|withdraw\w*|walk\w*|exit\w*|abandon\w*|go\w*|take|sign|give|giving|turn\w*)\b"
)
"""Going that is only threatened, or talked of."""
THREAT_TO = re.compile(
    r"\b(?:threats?|talk|ultimatum|warnings?) (?:\w+ ){0,2}?(?:to|of|about|that) [^.;,:!?]{0,60}$"
)
"""What a threat is of, before a wording within it."""
OTHERWISE = re.compile(r"^\W*(?:then|otherwise|if not|in that case)\b")
"""What opens the other half of a condition that was said before."""
ASKS_WHETHER = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|question(?:s|ed)?|debat\w+|discuss\w*|unclear|not (?:know|say)|n['’]t (?:know|say)|unsure) (?:\w+ ){0,3}?(?:whether|if|how (?:many|much|long|far)|when)\b"
)
SETTLED = re.compile(
    r"\b(?:was|is|has|had|were|would) ?(?:never|not|n['’]t)? (?:been )?(?:in (?:any )?(?:question|doubt)|up for debate|an issue|a question|open|the question|settled|beyond)\b"
)
"""What is said of a "whether" that is settled."""
_PART = re.compile(r"\b(?:that|what|because|when|who|which|whom|while|as|since)\s")


def last_part(text: str, begin: int, at: int) -> int:
    """Where the part of a clause begins in which a wording stands: behind its last conjunction."""
    return max((m.end() for m in _PART.finditer(text, begin, at)), default=begin)


MORE_THAN = re.compile(
    r"\b(?:not|n['’]t) (?:just|only|merely|simply|mere)\b|(?<!nothing )(?<!little )(?<!no )\bmore than\b|\banything but\b"
)
"""What makes more of a threat than the means it is called."""
LED = re.compile(
    r"(?:will|would|wo|shall|can|could|ca|may|might|does|did|do|to|going to|['’](?:ll|d)|never(?=\s(?:let|fail|leave|abandon|stand|sit|back|break|renege)\b))(?:n['’]t| not| never)?\s"
)
"""What leads in a wording, with its negation."""
DISMISSED_AS = re.compile(r"\b(?:dismiss|reject)(?:es|ed|ing)\b(?=[^.;!?]{0,90}\b(?:as|for)\b)")
"""Making little of a threat, which denies nothing of it."""
DENIED_NEXT = re.compile(
    r"[^.;!?]{0,40}[.;!—][\s”]+(?:but )?(?:(?:it|he|that|this|she|they) (?:is|was|are|does|do|did|will|would)(?:n['’]t| not)(?=\s*(?:[.,;!?]|$))|(?:they|these people|all of them) (?:are|['’]re) (?:\w+ )?(?:wrong|mistaken)|i disagree|wrong\b|not so\b|not true|rubbish|nonsense)"
)
"""What denies, in a sentence of its own, what others were said to hold."""
OTHERS_HOLD = re.compile(
    r"\b(?:(?:from|with|among) those who|everyone|everybody|people|many|some|others|colleagues|you|they)(?: \w+){0,3} (?:say|says|said|saying|think|thinks|thought|believed?|assumed?|called?|tell)\b[^.;!?]{0,60}$"
)
NEVER_SPOKEN = re.compile(
    r"\b(?:never|not|n['’]t|nobody|no one)(?: \w+){0,3}? (?:talk|spok|speak|discuss|consider|contemplat|mention|propos|rais|suggest)\w*\b[^.;!?]{0,40}$"
)
"""Going of which nobody has spoken."""
PUT_OFF = re.compile(
    r"\b(?:shelv|scrapp|postpon|delay|dropp|axe|cancel|halv|froze|freez|ditch|block|oppos|resist|vot\w* down|put\w* off)\w*\b"
)
"""What comes of more money that does not come."""
