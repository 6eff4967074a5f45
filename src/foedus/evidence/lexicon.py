"""The closed word lists of the reading rules: verbs of saying, titles, kinds of organisation, function words.

These are words of the language, not figures; everything a reader could dispute is in the tables beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def trie(words: Iterable[str]) -> str:
    """Write a pattern for a list of words that fails at the first letter that none of them has."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branch(tree)


def heads(words: Iterable[str], before: str, also: str) -> str:
    """Write a pattern for the first letters of words, so that a search runs from one such letter to the next.

    `before` is a look behind that letter, which it counts in; characters of the class `also` stand for words of one letter.
    """
    every = list(words)
    letters = "".join(sorted({re.escape(word[0]) for word in every}))
    return rf"[{also}{letters}]{before}(?:(?<=[{also}])|(?<=(?={trie(every)}).))"


def folded(text: str) -> str:
    """Lower case, with a plain letter for each that a pattern which ignores case takes for one: dotted or dotless i, long s."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")


def words_in(pattern: str) -> frozenset[str]:
    """Words that a pattern spells out, with and without a last letter that is left open, folded.

    Letters that stand for classes come with them, so this is for ruling out, not for finding.
    """
    every = [(word, word[:-1] if mark else word) for word, mark in re.findall(r"([A-Za-z]+)(\??)", pattern)]
    return frozenset(folded(word) for pair in every for word in pair)


def may_end(before: str, words: frozenset[str]) -> bool:
    """Whether the last word of a passage is one of `words`, or no plain word, so that a pattern of these words may end there."""
    last = before.rsplit(maxsplit=1)[-1:]
    return not last or not last[0].isalpha() or folded(last[0]) in words


def ends(text: str, endings: tuple[str, ...]) -> bool:
    """Whether a text may match a pattern that closes with one of `endings` and a dollar sign, which lets one line break follow."""
    return text.endswith(endings) or text.endswith("\n")


def _branch(node: dict[str, Any]) -> str:
    ways = [re.escape(letter) + _branch(rest) for letter, rest in node.items() if letter]
    if not ways:
        return ""
    return "(?:" + "|".join(ways) + ")" + ("?" if "" in node else "")


_CUE_VERBS = """
say says said saying|tell tells told telling|add adds added adding|ask asks asked asking|warn warns warned warning
write writes wrote writing written|argue argues argued arguing|claim claims claimed claiming|call calls called calling
describe describes described describing|note notes noted noting|insist insists insisted insisting|declare declares declared declaring
announce announces announced announcing|explain explains explained explaining|state states stated stating|tweet tweets tweeted tweeting
post posts posted posting|reply replies replied replying|respond responds responded responding|dismiss dismisses dismissed dismissing
boast boasts boasted boasting|brag brags bragged bragging|complain complains complained complaining|suggest suggests suggested suggesting
acknowledge acknowledges acknowledged acknowledging|concede concedes conceded conceding|admit admits admitted admitting
recall recalls recalled recalling|continue continued continues|conclude concludes concluded concluding|caution cautions cautioned cautioning
urge urges urged urging|vow vows vowed vowing|pledge pledges pledged pledging|promise promises promised promising
predict predicts predicted predicting|stress stresses stressed stressing|emphasise emphasised emphasises emphasising emphasize emphasized emphasizes emphasizing
reiterate reiterates reiterated reiterating|deny denies denied denying|reject rejects rejected rejecting|quip quips quipped quipping
joke joked jokes joking|lament laments lamented lamenting|fume fumed fumes fuming|blurt blurted|recount recounts recounted recounting|relate related|crow crowed|sniff sniffed|deadpan deadpanned|mumble mumbled|groan groaned|moan moaned|gripe griped|smile smiled|grin grinned|cry cried|inquire inquired|enquire enquired|query queried|pronounce pronounced|confide confided|scream screamed|sneer sneered|taunt taunted|underline underlined underlines|underscore underscored underscores|speculate speculated|surmise surmised|guess guessed|reason reasoned|judge judged|instruct instructed|volunteer volunteered|assess assessed|snap snapped|bark barked|gush gushed|enthuse enthused|rail railed|growl growled|grouse groused|scold scolded|implore implored|counsels counselled counseled|theorise theorised theorize theorized|elaborate elaborated|clarify clarified|interrupt interrupted|storm stormed|rage raged|blast blasted|shout shouted shouts shouting|thunder thundered
testify testified testifies testifying|remark remarked remarks remarking|observe observed observes observing|comment commented commenting
confirm confirms confirmed confirming|reveal revealed reveals revealing|maintain maintains maintained maintaining|contend contends contended contending
assert asserts asserted asserting|accuse accuses accused accusing|denounce denounces denounced denouncing|condemn condemns condemned condemning
praise praises praised praising|hail hails hailed hailing|mock mocks mocked mocking|label labels labelled labeled labelling labeling
brand brands branded branding|characterise characterised characterize characterized characterizes|refer refers referred referring
read reads|cite cites cited citing|demand demands demanded demanding|threaten threatens threatened threatening|muse mused muses
think thinks thought|believe believes believed believing|report reports reported reporting|repeat repeats repeated repeating
proclaim proclaimed proclaims|disclose discloses disclosed disclosing|estimate estimates estimated|allege alleges alleged alleging|protest protested
bemoan bemoaned|deride derides derided deriding|decry decries decried decrying|blast blasts blasted blasting|criticise criticised criticises criticize criticized criticizes
counter counters countered countering|retort retorted|rebuke rebuked|scoff scoffed|chide chided|ridicule ridiculed ridicules|belittle belittled
assure assures assured assuring|inform informs informed|advise advises advised|express expresses expressed expressing|voice voiced voices
signal signals signalled signaled|hint hints hinted hinting|propose proposes proposed|plead pleaded pleads|appeal appealed appeals|beg begged
welcome welcomes welcomed welcoming|applaud applauded|defend defended|compare compared compares comparing|liken likened likens|portray portrayed portrays
speak spoke spoken|sum summed sums|answer answered answers answering|begin began|go went|agree agreed agrees|disagree disagreed disagrees|concur concurred concurs|interject interjected|whisper whispered|yell yelled|exclaim exclaimed|chant chanted chanting
text texted texts|message messaged|email emailed|tout touted touts touting|marvel marvelled marveled|opine opined|summarise summarised summarize summarized|feel felt|worry worried worries|fear feared fears|hope hopes hoped|wonder wondered wonders|envision envisioned|tease teased|slam slams slammed slamming|lambast lambasted|frame framed|cast|dub dubbed|term termed|deem deemed|consider considered|view viewed views|see sees saw|regard regarded|declined decline|paraphrase paraphrased|quote quoted quoting|invoke invoked|echo echoed echoes|reflect reflected|mutter muttered|murmur murmured|chuckle chuckled chuckles|giggle giggled|sob sobbed|drawl drawled|hiss hissed|roar roared|snarl snarled|gasp gasped|stammer stammered|demur demurred|beam beamed|smirk smirked|jest jested|sigh sighed|grumble grumbled|intone intoned|ventured|allow allowed|offer offered|laugh laughed|shrug shrugged|deplore deplored|minute minuted
summarises summarising|summarizes summarizing|mutters muttering|murmurs murmuring|whispers whispering|sighs sighing|grumbles grumbling|exclaims exclaiming|retorts retorting|interjects|interrupts|confides confiding
object objects objected objecting|marvels|opines|regret regrets regretted|rejoice rejoices rejoiced|wondering|worrying|venture ventures|deadpans|fret frets fretted|gloat gloats gloated|sneers|splutter spluttered splutters
bellow bellows bellowed|holler hollered|shriek shrieked|howl howled|purr purred|rejoin rejoined|riposte riposted|parry parried|specify specifies specified|reassure reassures reassured|admonish admonished admonishes
exhort exhorts exhorted|confess confesses confessed confessing|swear swears swore|attest attests attested|affirm affirms affirmed|mention mentions mentioned|recite recites recited|prophesy prophesied|whine whined
wail wailed|chirp chirped|persist persisted persists|probe probed|crack cracks cracked|jibe jibed|fulminate fulminated|explode exploded|erupt erupted|recommend recommends recommended recommending|stipulate stipulates stipulated|foresee foresees foresaw|envisage envisages envisaged|scribble scribbled scribbles|scrawl scrawled|pen penned|speaks speaking
snaps|shrugs|laughs|quips|pleading|jokes|advises|proposing|hails|warns|informs|disputes disputed|gushes|counters|observes|concurring|drawls|pronounces|correct corrects corrected|prompt prompted|find finds found|clarifies clarifying
smile smiles|grin grins|cry cries|storm storms|thunder thunders|bark barks|roar roars|rage rages|scoff scoffs|growl growls|gasp gasps|stammer stammers|chant chants|protest protests|scold scolds|grouse grouses|gripe gripes|sniff sniffs|sob sobs|beam beams|smirk smirks|yell yells|scream screams|shriek shrieks|hiss hisses|snarl snarls|whine whines|wail wails|chirp chirps|howl howls|giggle giggles|taunt taunts|fulminate fulminates|intone intones|enthuse enthuses|volunteer volunteers|deplore deplores|consider considers|reflect reflects|reckon reckons reckoned|record records recorded|log logs logged
"""
_WEAK = frozenset(
    """think thinks thought believe believes believed believing feel felt worry worried worries fear feared fears hope hopes hoped wonder wondered wonders see sees saw
    regard regarded consider considered view viewed views deem deemed speak spoke spoken begin began go went defend defended offer offered allow allowed invoke invoked reflect reflected cast
    frame framed term termed counter counters countered agree agreed agrees decline declined signal signals signalled signaled read reads protest protested label labels
    post posts demand demands report reports state states claim claims promise promises pledge pledges hint hints quote comment demanding estimate estimates estimated compare compared compares comparing voice voices relate related smile smiled grin grinned cry cried query reason reasoned judge judged guess guessed volunteer volunteered underline underlined underscore assess assessed rail rage storm snap blast rage rail bark
    propose proposes proposed text texts message email note notes welcome welcomes appeal appeals minute minuted laugh laughed shrug shrugged cite cites posting beam beamed smirk smirked roar roared gasp gasped giggle giggled sob sobbed
    object objects regret regrets venture ventures crack cracks cracked explode exploded erupt erupted pen penned speaks speaking swear swears swore mention mentions mentioned specify specified specifies persist persisted persists
    probe probed snaps shrugs laughs disputes disputed correct corrects corrected prompt prompted rejoin rejoined parry parried confess confesses confessed affirm affirms affirmed whine wail wailed recite recites recited
    worrying wondering find finds found rejoice rejoices rejoiced howl howled attest attests attested jokes
    smiles grins cries storms thunders barks roars rages growls gasps stammers chants protests scolds grouses gripes sniffs sobs beams smirks yells screams shrieks hisses snarls whines wails chirps howls giggles taunts fulminates intones volunteers considers reflects record records recorded log logs logged""".split()
)
"""Forms that are often not verbs of saying; they count as a cue only beside a quotation."""

CUES: dict[str, str] = {}
"""Form of a verb of saying to its lemma."""
for _group in _CUE_VERBS.replace("\n", "|").split("|"):
    _forms = _group.split()
    for _form in _forms:
        CUES[_form] = _forms[0]
# groups of three or four lemmas on one line begin with the lemma of each; forms map to the nearest lemma by prefix
for _form in list(CUES):
    _lemma = CUES[_form]
    if _form[:3] != _lemma[:3] and _form not in (
        "went",
        "wrote",
        "told",
        "said",
        "thought",
        "felt",
        "spoke",
        "saw",
        "began",
    ):
        CUES[_form] = _form

for _phrase in (
    "shot back",
    "fired back",
    "hit back",
    "chimed in",
    "weighed in",
    "piped up",
    "cut in",
    "broke in",
    "blurted out",
    "shoots back",
    "pointed out",
    "points out",
    "pointing out",
    "called out",
    "cried out",
    "burst out",
    "let slip",
    "sent word",
    "lets slip",
):
    CUES[_phrase] = _phrase
STRONG_CUES = frozenset(CUES) - _WEAK
CUE = re.compile(rf"(?<![\w-]){trie(CUES)}(?![\w-])")
CUE_NOUN = (
    r"(?:charge|charges|claim|vow|promise|pledge|threat|warning|remark|remarks|comment|comments|assertion|statement|suggestion|insistence|call|demand|description|words|line|view|argument|declaration|complaint|boast|"
    r"prediction|question|answer|reply|response|phrase|message|post|tweet|speech|letter|memo|memoir|book|advice|contention|admission|mantra|refrain|assessment|conclusion|accusation|appeal|plea|verdict)"
)

TITLES = frozenset(
    """mr mrs ms miss dr president vice prime minister premier secretary general gen senator sen representative rep congressman congresswoman governor gov chancellor ambassador
    admiral adm colonel col lieutenant lt sergeant sgt captain capt major maj lord lady sir dame professor prof king queen prince princess pope ceann comhairle chairman chairwoman chair speaker deputy former foreign under-secretary-general assistant-secretary-general under-secretary director-general secretary-designate
    defence defense interior finance prime-minister chief secretary-general commander spokesman spokeswoman spokesperson judge justice rev reverend adviser advisor acting then-president ex-president
    pm mp mep msp td mla mna social democrats undersecretary under assistant attorney director mayor marshal commissioner envoy delegate brigadier brig field air rear commodore master private corporal leader minority majority whip
    president-elect commander-in-chief retired republican democrat democratic conservative labour liberal independent treasury state energy trade interior economy press homeland national security
    court supreme cmdr commandant cllr baroness sheikh sheikha ayatollah cpl spc pfc pvt pte cdr ens amb supt insp specialist ensign vice-admiral rear-admiral major-general lieutenant-general lieutenant-colonel brigadier-general constable monsignor cardinal archbishop allied nato eu un us u.s uk u.k un white house pentagon kremlin commission council european congressional senate parliament parliamentary
    inspector superintendent administrator officer economist analyst historian author candidate nominee ministerial state-secretary host anchor reporter correspondent columnist prosecutor rapporteur bishop imam rabbi detective councillor owner executive ceo co-founder founder managing lawyer expert scholar researcher fellow convener convenor ombudsman moderator""".split()
)
HONORIFIC = frozenset(
    "mr mrs ms miss dr sen rep gov gen adm col lt sgt capt maj prof sir lord lady dame rev brig cmdr cllr baroness sheikh sheikha cpl spc pfc pvt pte cdr ens amb supt insp".split()
)
ORG_WORDS = frozenset(
    """house department ministry union court force forces council commission committee congress senate parliament university institute institution center centre agency party bank treaty
    organization organisation act army navy times post news street office alliance group pact guard corps sea ocean river island islands states kingdom republic war article security
    international east west north south cabinet embassy government administration command bureau foundation association federation league assembly service services company inc corp ltd
    district journal magazine wire press radio television network tribune gazette herald chronicle society fund charter convention accord agreement summit conference forum board coalition brigade division
    regiment battalion squadron fleet base airport airlines school college church hospital museum library plan strategy review report survey poll project program programme
    pentagon kremlin marines paratroopers rangers legion gendarmerie rifles artillery infantry nato bundestag duma knesset bundeswehr white capitol hill oval wall downing tv cnn bbc truth social valley city county province
    industries systems dynamics aerospace electric motors technologies institutes today week dome wing bill fort camp trump-era cold red black baltic pacific atlantic arctic middle féin fáil gael cymru platform belang rassemblement front bloc movement headquarters secretariat directorate inspectorate treasury consortium confederation chamber academy""".split()
)
MONTH_DAY = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday christmas easter jan feb aug sept oct nov dec""".split()
)
NOT_NAME = frozenset(
    """the a an in on at by for from to of and but or if as when while after before since until because although though that this these those there here he she it they we you i his her its their our my
    what who why how where which whether not no yes one two three four five six seven eight nine ten many some most several both all each every another other others more such so then now today yesterday
    tomorrow even still also however meanwhile moreover yet with without under over between among during against about into through despite following asked speaking according let do does did is are was were will
    would could should may might can must just only never ever perhaps maybe certainly indeed instead given unlike like since once being having nor neither either than very too last next first second third
    take consider meet ask had has have been be it’s that’s he’s she’s they’re i’m we’re don’t it's that's he's she's they're i'm we're don't critics officials allies analysts experts diplomats republicans democrats
    europeans americans russians ukrainians germans poles mr. president’s""".split()
)
PARTICLES = frozenset("de van von der den al bin la del ter da di du le el ibn dos das zu af".split())
PRONOUNS = {
    "he": "m",
    "she": "f",
    "they": "p",
    "it": "n",
    "his": "m",
    "her": "f",
    "him": "m",
    "their": "p",
    "who": "r",
    "i": "1",
    "we": "1",
    "you": "2",
}
BY_WORD = {
    word: gender
    for gender, words in (
        (
            "m",
            "father son brother husband grandfather uncle chairman spokesman man gentleman boy nephew widower",
        ),
        (
            "f",
            "mother daughter sister wife grandmother aunt chairwoman spokeswoman woman lady girl niece widow",
        ),
    )
    for word in words.split()
}
"""He or she, by the last word that tells."""
ANONYMOUS = re.compile(
    r"\b(?:"
    + trie(
        """activists adviser advisers advisor advisors aide aides allies analyst analysts associates colleagues commanders commentators critics
        delegates diplomat diplomats economists executives expert experts generals guests historians insider insiders journalists lawmakers lawyers
        leaders members ministers observers officers official officials opponents participants people person persons planners protesters reporters
        researchers residents scholars senators soldiers source sources strategists supporters veteran veterans voters witnesses""".split()
    )
    + r")\b",
    re.IGNORECASE,
)
COLLECTIVE = re.compile(
    r"\b(?:"
    + trie(
        """activists allies analysts commentators critics democrats economists europeans experts historians lawmakers leaders members ministers
        observers opponents protesters republicans researchers residents scholars senators strategists supporters voters""".split()
    )
    + r")\b",
    re.IGNORECASE,
)
ROLE_NOUN = re.compile(
    r"\b(?:opposite number|"
    + trie(
        """activist admiral adviser advisor aide ally ambassador analyst author candidate captain chair chairman chairperson chairwoman chancellor chief
        clerk co-author coauthor colonel columnist commander commissioner congressman congresswoman consultant coordinator correspondent counsel
        critic delegate deputy diplomat director economist editor engineer envoy executive expert farmer father fellow founder general governor head
        historian host inspector investor journalist judge king landlady landlord lawmaker lawyer leader manager marshal mayor member minister mother negotiator
        officer official organiser organizer owner pilot planner politician pollster pope premier president prince professor queen representative
        predecessor successor counterpart boss artilleryman gunner sergeant corporal lieutenant brigadier bishop priest imam rabbi doctor nurse baker butcher plumber trucker driver pensioner shopkeeper barman barmaid waiter waitress publican
        cook mechanic cleaner welder builder electrician fisherman miner docker barber hairdresser grandmother grandfather grocer pharmacist dentist surgeon architect writer novelist poet
        researcher reservist resident scholar scientist secretary senator soldier speaker spokesman spokesperson spokeswoman strategist student
        teacher treasurer trustee veteran whip widow
        taoiseach tánaiste backbencher frontbencher councillor alderman magistrate prosecutor solicitor barrister elder chieftain notary headteacher headmaster headmistress vicar rector archbishop cardinal
        chaplain midwife medic paramedic firefighter policeman policewoman detective constable superintendent skipper stationmaster forester beekeeper sociologist psychologist physicist demographer criminologist
        archivist librarian undersecretary consul sailor conscript cadet recruit volunteer airman paratrooper submariner crewman technician attaché participant attendee lobbyist bystander onlooker signatory convener convenor ombudsman ombudswoman moderator interpreter witness sapper seaman""".split()
    )
    + r")s?\b",
    re.IGNORECASE,
)
ABBREVIATIONS = frozenset(
    "mr mrs ms dr gen sen rep gov adm col lt sgt capt maj prof cpl spc pfc pvt pte cdr ens amb supt insp st jr sr vs jan feb mar apr jun jul aug sept sep oct nov dec no inc corp co ltd u.s u.k e.g i.e a.m p.m etc cf fig rev hon messrs brig cmdr art vol pp ph.d d.c ret d r".split()
)
