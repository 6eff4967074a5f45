"""Verbs of saying, thinking and showing with a clause as their object, and where that clause begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.evidence.cue_words import cue_at
from foedus.evidence.furniture import FINITE
from foedus.evidence.lexicon import CUE, CUES, STRONG_CUES, ends, trie
from foedus.evidence.phrases import VERBISH
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import Scene

_BELIEF = frozenset(
    "think thinks thought believe believes believed fear feared fears hope hopes hoped worry worried".split()
)
TAKES_OBJECT = frozenset(
    "tell welcome hail praise ask urge accuse call describe brand dub reject dismiss condemn denounce threaten mock applaud".split()
)
"""Verbs that do not stand after what was said with their subject behind them, but before somebody or something."""
_JUDGES = frozenset(
    """call describe brand dub label dismiss reject condemn denounce praise welcome hail mock applaud compare liken deride decry criticise criticize ridicule slam blast lambast
    portray characterise characterize rebuke read refer cite echo term frame tout deplore bemoan belittle""".split()
)
"""Verbs with a thing judged as their object: what follows is a statement only as a clause with "that" or "how"."""
_ASKS = frozenset("ask wonder inquire enquire query".split())
_SHOWS = {
    form: forms.split()[0]
    for forms in """doubt doubts doubted|expect expects expected|find finds found|show shows showed|indicate indicates indicated|reckon reckons reckoned|calculate calculates calculated
    forecast forecasts|assume assumes assumed|recommend recommends recommended|imply implies implied|rule rules ruled|hold holds held|learn learned|determine determined
    estimate estimates estimated|agree agrees agreed|note notes|state states|claim claims|report reports|promise promises|pledge pledges|signal signals signalled signaled
    hint hints|judge judged|judges|consider considers considered|propose proposes proposed|counter counters countered|guess guessed|reason reasoned|underline underlines underlined
    underscore underscores underscored|accept accepts accepted|remember remembers remembered|stipulate stipulates stipulated|demonstrate demonstrates demonstrated|prove proves proved
    complain complains|assess assesses assessed|remind reminds reminded|convinced|confident|certain|adamant|sure|optimistic|sceptical|skeptical|aware|alarmed|concerned|noting|reads|feel feels felt|put puts""".replace(
        "\n", "|"
    ).split("|")
    for form in forms.split()
}
"""Words that count here and not beside a quotation, most of them only with "that" after them."""
_FREE = frozenset(
    "reckon reckons reckoned estimate estimates estimated calculate calculates calculated doubt doubts doubted expect expects expected agree agreed claim claims".split()
)
"""Those that need no "that"."""
_STATES = frozenset(
    "convinced confident certain adamant sure optimistic sceptical skeptical aware alarmed concerned".split()
)
"""What somebody is, of what: "is confident that"."""
_VERB = re.compile(rf"(?<![\w-]){trie({**CUES, **dict.fromkeys(_SHOWS, '')})}(?![\w-])")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be|to)\s+(?:\w+ly\s+)?$")
_COPULA = re.compile(
    r"(?:\b(?:am|is|are|was|were|been|be|felt|feels|remains?|seems?)|[’'](?:m|s|re))\s+(?:\w+\s+){0,2}$"
)
_TOLD_TO = re.compile(
    r"\b(?:was|were) (?:quoted|cited|reported|overheard|heard) as $|\b(?:said|reported|believed|understood|thought|alleged|known) to have $"
)
_EAGER = re.compile(
    r"\b(?:was|were|is|are|been)\s+(?:\w+\s+)?(?:quick|keen|careful|at pains|eager|anxious|the first|quicker)\s+to\s+$|\b(?:went|goes|going)\s+on\s+to\s+$|\b(?:took|takes)\s+(?:care|pains)\s+to\s+$"
)
"""What leads a verb of saying in and takes nothing from it."""
_HEARD = re.compile(r"\b(?:said|reported|believed|understood|thought|alleged|known|rumou?red) to have $")
_NOUN_HERE = re.compile(r"\b(?:[Tt]he|an?|for|of|no|any|this|that|his|her|its|their|[’']s)\s+$")
_NOT = re.compile(
    r"(?:\b(?:not|never|cannot|no longer)|n[’']t)\s+(?:\w+ly\s+|yet\s+|even\s+)?$|\b(?:declin|refus)(?:ed|es|e|ing) to\s+(?:\w+\s+or\s+)?$|\b(?:nor|without|neither)\s+$"
)
_NEGATIVES = ("not", "no longer", "never", "n’t", "n't", "declin", "refus", "nor", "without", "neither")
"""Of which what stands before a negated verb holds one."""
_GERUND = re.compile(r"(?:[,—–]|\b(?:and|but|while|by|as|before|after|in|without|or))\s+(?:\w+ly\s+)?$")
"""What stands before "saying" and the like where they report."""
_MIGHT = re.compile(r"\b(?:may|might|could|should|would|can|must)\s+(?:\w+\s+)?(?:have\s+)?$")
_SAID_ONLY = re.compile(r"\bwould\s+(?:only\s+)?$")
"""What stands before "say only that" where no more was said."""
_WOULD_HAVE = re.compile(r",\s+as\s+[^,;:.]{2,50}?\s(?:(?:has|have|had|also|long|now)\s+){0,2}$")
_ASKED_FOR = frozenset(
    "ask demand request promise agree agreed pledge plan require propose urge expect want insist recommend suggest threaten warn hope fear".split()
)
"""What a clause with "as" put between commas tells of others, and not of what is said ("as Kyiv had asked")."""
_IN_CONDITION = re.compile(r"\b(?:if|unless|provided that|until|once)\s+[^,;:.]{2,50}$")
_HOLDS_NOT = re.compile(r"\b(?:(?:do|does|did)(?: not|n[’']t)|no longer)\s+$")
_SURE_OF = re.compile(
    r"\s+(?:(?:the|an?|its|his|her|their|no)\s[^,;:.]{2,60}?|he|she|it|they|there|[A-Z][\w’'-]+)\s(?:is|are|was|were|will|would|has|have|had|can|could)\b"
)
"""The clause of which somebody is sure, without "that"."""
_IT_HOLDS = re.compile(
    r"\s+(?:that (?:will|would|can|could|is|was|has|to)\b|it\b(?=\s*[,.;])|of\b|about\b|so\b|in\b)"
)
"""What is not believed, in a word."""
_TERMS = re.compile(
    r"\s+(?:for anonymity|not to be (?:named|identified)|on condition|on the condition|to a request|to requests|to comment|(?:(?:\w+ )?questions|an? (?:\w+ )?question))\b"
)
"""On what terms somebody spoke, which is no statement."""
_RECIPIENT = r"(?:reporters|journalists|lawmakers|senators|parliament|Congress|him|her|them|me|us|aides|colleagues|allies|(?:the |an? |his |her |its |their |this )(?:(?!of |about |from |on |in |to |for |at |with |who |that )[\w’'\-]+ ){0,3}?(?!of\b|about\b|from\b|on\b|in\b|to\b|for\b|at\b|with\b)[\w’'\-]+|(?:(?!that\b)[a-z]+ ){0,2}(?!this\b)[a-z]{3,}s(?= (?:on|in|at|last|this|earlier|that|the|an?|he|she|they|it|its|his|her|their|there)\b)|[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]+){0,3})"
_TIME = r"(?:(?:on|in|at|to|during|after|before|this|last|late|early|earlier|later|via|through|with|from|by|again|publicly|privately|recently|today|yesterday|back|for)\b[^,;:]{0,70}?)"
_PP = rf"(?:\s+\([^)]{{1,40}}\))?(?:,\s+[^,;:]{{2,70}},|,?\s+{_TIME})?"
_SUBJECT_NEXT = (
    r"(?<!\bof )(?<!\bto )(?<!\bfor )(?<!\bin )(?<!\bon )(?<!\bat )(?<!\bwith )(?<!\bby )(?<!\babout )"
    r"that,?\s+(?!(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|did|does)\b)"
)
_THAT = re.compile(rf"{_PP},?\s+{_SUBJECT_NEXT}")
_THAT_TOLD = re.compile(rf"(?:\s+{_RECIPIENT})?{_PP},?\s+{_SUBJECT_NEXT}")
_CLAUSE_HEAD = r"(?=(?:the|an?|he|she|it|they|we|his|her|its|their|there|this|these|those|no|some|any|all|most|more|many|(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-ZÀ-Ž][\w’'\-]*)\b|[$€£\d])"
_TOLD = re.compile(
    rf"\s+{_RECIPIENT}\s+(?:(?:(?:on |in |at |during |last |this |earlier |later )(?:(?! to )[^,;:]){{2,40}}?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s*,?\s+)?{_CLAUSE_HEAD}"
)
_WHEN = re.compile(
    rf"\s+(?:(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?|last \w+|this \w+|yesterday|today|in (?:a|an|his|her|its|the) (?:statement|interview|letter|speech|report|post|email|memo|briefing)(?: [^,;:]{{2,40}}?)?,?|in \d{{4}}|earlier|later)\s+{_CLAUSE_HEAD}"
)
_HOW = re.compile(r"\s+(?:whether|why|what|who|when|where|which|if)\b")
_COLON = re.compile(r"\s*:\s+")
_PUT_AT = re.compile(
    r"\s+[^.;]{3,90}?\s+at\s+(?:(?:about|around|nearly|some|roughly|more than|just over|just under|up to) )?[$€£\d]"
)
_OBJECT_CLAUSE = re.compile(r"\s+(?:of|for|on|with|about|as|at|against|into|by|over)\b")
_CALL = re.compile(r"\s+(?:for|on)\b")
_DAY = re.compile(r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|last|earlier|later)\b")
_ALSO_PLURAL = frozenset(
    "states reports claims promises pledges notes signals hints rules holds shows finds".split()
)
_SINGULAR = re.compile(
    r"\b(?:[Tt]he|an?|this|that|its|his|her|their|[’']s)\s+(?:[\w\-]+\s+){0,3}?(?!\w+s\s)(?!of |for |to |in )[a-z]\w+\s+$|\b(?:[Hh]e|[Ss]he|[Ii]t)\s+(?:\w+ly\s+|also\s+)?$|[A-Z]\w+ [A-Z]\w+\s+$"
)
"""What "states that" and the like may follow: one thing or person."""
_GOES_ON = re.compile(r"\s+\S")


@dataclass(slots=True)
class Verb:
    """A verb of saying in its place."""

    lemma: str
    start: int
    end: int
    that: bool
    needs_that: bool
    finite: bool
    negated: bool = False


def reporting_verbs(scene: Scene, start: int, end: int) -> list[Verb]:
    """Verbs of a sentence that report what somebody said in words of the story."""
    found = (_verb_at(scene, match, start, end) for match in _VERB.finditer(scene.mask, start, end))
    verbs = [verb for verb in found if verb is not None]
    sentence = scene.mask[start:end]
    if any(map(sentence.__contains__, _PHRASED)):
        verbs = sorted(verbs + _phrases(scene, start, end), key=lambda v: v.start)
    return verbs


_PHRASE = re.compile(
    r"\b(?:lets?|made|makes?|making) it (?:be )?(?:known|clear|plain)\b|\bputs? it on (?:the )?record\b|\bputs? it about\b|\b(?:gave|gives) it as (?:his|her|their|its) (?:view|opinion)\b|(?:(?<=\w )(?:goes|went) on|(?<=\w )continue[sd]|(?<=\w )(?:runs|ran))(?=,)|\bpoint(?:s|ed)? out(?=,| that\b)|\b(?:left|leaves|leave) (?:no|little) (?:doubt|question)(?= that\b)|\b(?:is|was|are|were) (?:in|under) (?:no|little) (?:doubt|illusions?)(?= that\b)|\b(?:has|have|had) (?:no|little) doubt(?= that\b)|\bmade no secret of (?:his|her|its|their) (?:view|belief|conviction|hope|fear)(?= that\b)|\b(?:voiced|expressed|voices|expresses) (?:\w+ )?(?:confidence|concern|doubts?|fears?|hope|alarm|worry|the view|the hope|the fear|the belief)(?= that\b)|\b(?:took|takes|holds?|held) the view(?= that\b)|\b(?:came|comes) to the conclusion(?= that\b)|\b(?:reached|reaches|drew|draws) the conclusion(?= that\b)|\b(?:gave|gives) (?:his|her|its|their|an?|\w+) (?:word|assurances?|warning|promise)(?= that\b)|\b(?:sounded|issued|repeated) (?:an?|his|her|its|their|the) (?:\w+ )?(?:warning|claim|assertion|charge|assurance)(?= that\b)"
)
"""Several words that together say something."""


_PHRASED = (" it be ", " it known", " it clear", " it plain", " it on ", " it about", " it as ", "oes on,", "ent on,", "ontinues,", "ontinued,", " runs,", " ran,", " out that", " out,", "doubt that", "question that", "illusion that", "illusions that", "view that", "belief that", "conviction that", "hope that", "fear that", "confidence that", "concern that", "doubts that", "fears that", "alarm that", "worry that", "conclusion that", "word that", "assurance that", "assurances that", "warning that", "promise that", "claim that", "assertion that", "charge that")  # fmt: skip
"""Of which a sentence with such a verb holds one."""
_PHRASE_LEMMAS = {
    "goes": "go on", "went": "go on", "continues": "continue", "continued": "continue", "runs": "run", "ran": "run",
    "left": "leave no doubt", "leaves": "leave no doubt", "leave": "leave no doubt", "is": "be sure", "was": "be sure", "are": "be sure", "were": "be sure", "has": "be sure", "have": "be sure", "had": "be sure",
    "voiced": "voice", "voices": "voice", "expressed": "express", "expresses": "express", "took": "take the view", "takes": "take the view", "hold": "hold", "holds": "hold", "held": "hold",
    "came": "conclude", "comes": "conclude", "reached": "conclude", "reaches": "conclude", "drew": "conclude", "draws": "conclude", "gave": "assure", "gives": "assure", "sounded": "warn", "issued": "warn", "repeated": "repeat",
    "put": "put on record", "puts": "put on record", "point": "point out", "points": "point out", "pointed": "point out",
}  # fmt: skip


def _phrases(scene: Scene, start: int, end: int) -> list[Verb]:
    """Verbs of saying made of several words ("let it be known that")."""
    found = []
    for match in _PHRASE.finditer(scene.mask, start, end):
        before = scene.mask[max(start, match.start() - 34) : match.start()]
        eager = _EAGER.search(before)
        if (eager is None and _PASSIVE.search(before)) or _MIGHT.search(before) or _NOT.search(before):
            continue
        lemma = _PHRASE_LEMMAS.get(match.group().split()[0], "make known")
        that = _that(scene, "say", match.end(), end) is not None
        begin = match.start() - (len(before) - eager.start() if eager else 0)
        found.append(Verb(lemma, begin, match.end(), that, False, True))
    return found


def _verb_at(scene: Scene, match: re.Match[str], start: int, end: int) -> Verb | None:
    word = match.group()
    before = scene.mask[max(start, match.start() - 34) : match.start()]
    that = _that(scene, CUES.get(word, word), match.end(), end) is not None
    lemma = _lemma(scene, match, that)
    if lemma is None or _TERMS.match(scene.mask, match.end(), end):
        return None
    if not that and ends(before, ("to have ",)) and _HEARD.search(before):
        return None
    eager = _EAGER.search(before) if before.endswith("to ") else None
    sure = word in _STATES and _SURE_OF.match(scene.mask, match.end(), end) is not None
    if not _reports(word, before, that or sure, eager is not None) or _plain_noun(scene, match, that):
        return None
    negated = any(map(before.__contains__, _NEGATIVES)) and _NOT.search(before) is not None
    negated = negated and not (word in _STATES and before.endswith("no longer "))
    if negated and not (word in _BELIEF | _FREE and _HOLDS_NOT.search(before)):
        return None
    if (lemma in _ASKED_FOR or word in _ASKED_FOR) and _of_others(scene, match, start, that):
        return None
    finite = not word.endswith("ing") and (word.endswith(("ed", "s")) or CUES.get(word, "") != word)
    return Verb(
        lemma,
        match.start() - (len(before) - eager.start() if eager else 0),
        match.end(),
        that,
        word not in STRONG_CUES and word not in _BELIEF,
        finite,
        negated,
    )


def _of_others(scene: Scene, match: re.Match[str], start: int, that: bool) -> bool:
    """Whether a verb tells, within what is said, of what others ask for or may come to."""
    before = scene.mask[max(start, match.start() - 90) : match.start()]
    return _WOULD_HAVE.search(before) is not None or (not that and _IN_CONDITION.search(before) is not None)


def _reports(word: str, before: str, that: bool, eager: bool) -> bool:
    """Whether the words before a verb of saying let it report."""
    if word in _STATES:
        return that and _COPULA.search(before) is not None
    held = (not eager and _PASSIVE.search(before)) or _NOUN_HERE.search(before)
    if held and not ((that or " as " in before) and _TOLD_TO.search(before)):
        return False
    if word.endswith("ing") and not _GERUND.search(before):
        return False
    return _MIGHT.search(before) is None or (
        that and word in ("say", "only") and _SAID_ONLY.search(before) is not None
    )


def _lemma(scene: Scene, match: re.Match[str], that: bool) -> str | None:
    """Lemma of a word that is a verb of saying here."""
    word = match.group()
    if word in ("put", "puts"):
        return "put" if _PUT_AT.match(scene.mask, match.end()) else None
    if scene.mask[match.end() : match.end() + 2] in ("’s", "'s"):
        return None
    if word in _BELIEF and _HOLDS_NOT.search(scene.mask, max(0, match.start() - 12), match.start()):
        return None if _IT_HOLDS.match(scene.mask, match.end()) else CUES[word]
    if word in STRONG_CUES or word in _BELIEF:
        cue = CUE.match(scene.mask, match.start())
        lemma = cue_at(scene, cue) if cue is not None else None
        if lemma == "call" and _CALL.match(scene.mask, match.end()):
            return lemma
        return None if lemma == "call" or (lemma in _JUDGES and not that) else lemma
    if word in _ALSO_PLURAL and not _SINGULAR.search(scene.mask, max(0, match.start() - 60), match.start()):
        return None
    return _SHOWS.get(word)


def _plain_noun(scene: Scene, match: re.Match[str], that: bool) -> bool:
    """Whether a word that is often a noun or a verb of doing is one here."""
    word = match.group()
    if (
        that
        or word in _FREE
        or word in _STATES
        or word in ("put", "puts")
        or word in STRONG_CUES
        or word in _BELIEF
    ):
        return False
    return _THROUGH_END.match(scene.mask, match.end()) is None


_THROUGH_END = re.compile(r"\s*(?:\.|,|;|$)|\s+on \w+day\b")


def _clause(content: str, lemma: str) -> bool:
    """Whether what follows a verb without "that" is a clause, or something to do, rather than a thing."""
    if lemma in _PLAIN_SAYING or (lemma in _DIRECTS and re.search(r"\bto [a-z]+", content[:90])):
        return True
    if lemma == "claim" and content.lstrip().startswith("to "):
        return True
    verb = FINITE.search(content)
    return verb is not None and verb.start() > 1 and _BEFORE_VERB.search(content, 0, verb.start()) is None


def _that(scene: Scene, lemma: str, at: int, end: int) -> re.Match[str] | None:
    """What stands between a verb and its clause, up to and with "that"."""
    if scene.mask.find("that", at, end) < 0:
        return None
    found = (_THAT_TOLD if lemma in _TO_SOMEBODY else _THAT).match(scene.mask, at, end)
    return None if found is None or VERBISH.search(found.group()) else found


def content_start(scene: Scene, verb: Verb, end: int) -> int | None:
    """Where the content of a verb begins that stands before it; None where there is none."""
    if verb.negated:
        return verb.start
    mask = scene.mask
    that = _that(scene, verb.lemma, verb.end, end)
    if that is not None:
        return that.end() if FILL not in mask[verb.end : that.end() + 1] else None
    if verb.needs_that and verb.lemma not in ("put", *_FREE, *_STATES):
        return None
    if _HOW.match(mask, verb.end, end) and verb.lemma in _ASKS:
        return None
    if not _GOES_ON.match(mask, verb.end, end) and not _COLON.match(mask, verb.end, end):
        return None
    told = _TOLD.match(mask, verb.end, end) if verb.lemma in _TO_SOMEBODY else None
    begin = told or _WHEN.match(mask, verb.end, end) or _COLON.match(mask, verb.end, end)
    if begin is None and (_OBJECT_CLAUSE.match(mask, verb.end, end) or _DAY.match(mask, verb.end, end)):
        return verb.end if verb.lemma == "call" and _CALL.match(mask, verb.end, end) else None
    at = begin.end() if begin else verb.end
    if begin is None and not _clause(mask[at:end], verb.lemma):
        return None
    return at if FILL not in mask[verb.end : at + 2] else None


_DIRECTS = frozenset(
    "urge ask tell warn advise promise vow pledge threaten demand offer propose agree beg implore instruct order remind counsel call plead hope expect decline refuse".split()
)
"""Verbs whose content may be something to do."""
_PLAIN_SAYING = frozenset("say tell think believe put call accuse explain know reckon doubt".split())
_BEFORE_VERB = re.compile(
    r"\b(?:who|which|that|whose|as|to|after|when|because|while|if|before|where|since|until|though|although|by|amid|despite|sending|leaving|including)\b|[;:]"
)
"""What does not stand between the head of a clause and its verb."""
_TO_SOMEBODY = frozenset("tell assure inform warn advise remind write text".split())
