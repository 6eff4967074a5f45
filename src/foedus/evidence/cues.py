"""The verb, noun or phrase of saying beside a quotation, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.evidence.accounts import by_relative, judged_by
from foedus.evidence.asides import past_aside
from foedus.evidence.cue_words import cue_at
from foedus.evidence.lexicon import ANONYMOUS, CUE, CUE_NOUN, CUES, ROLE_NOUN, STRONG_CUES
from foedus.evidence.papers import by_body, of_office, part_of
from foedus.evidence.quotes import Quoted
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import Scene, Source, pronoun_source, source_from
from foedus.evidence.subjects import main_subject, subject_after, subject_before

_ACCORDING = re.compile(
    r"[AaIiPp](?<!\w.)(?:(?<=[Aa])ccording to (?!which\b|whom\b)\s*|(?<=[Pp])(?<!\w .)er (?=(?:an?|the|one|two|three|four|several|some|our|his|her|its|their) |[A-Z][a-z]+[’']s |[A-Z][a-z]+ [A-Z])|(?<=[Ii])n the (?:words|view|phrase|eyes|opinion|judge?ment|estimation|reading) of\s+|(?<=[Aa])s (?:also |previously )?(?:noted|stated|reported|explained|emphasi[sz]ed|stressed|pointed out|mentioned|announced|recalled|added|specified|clarified|confirmed|described|put|expressed|reminded|indicated|underlined) by\s+|(?<=[Aa])(?<![a-z] .)s (?=(?:[\w.’'\-]+,? ){1,14}?(?:himself |herself )?(?:once |later |often )?(?:put it|puts it|said|says|told|wrote|noted|did|does|reminded|reminds|like[sd]? to (?:say|remind|tell|joke|point out|put it|note)|never tires? of (?:saying|telling|repeating))\b))"
)
_IN_WORDS = re.compile(
    rf"\bin (?P<who>(?:the |an? )?[^,;:{FILL}]{{2,50}}?)[’']s? (?:own )?(?:words|phrase|telling|account|formulation|description)\b,?"
)
"""Whose words follow ("they agreed, in the chancellor’s words, to ...")."""
_PUT_IT = re.compile(
    rf"[\s,—–]*as (?P<who>(?!if\b|though\b|he\b|she\b)[^,.;:{FILL}]{{2,60}}?)(?:, [^.;:{FILL}]{{2,80}}?,)? (?:once |later |often |also |has )?(?P<cue>puts?(?= it)|has(?= it\b)|had(?= it\b)|would have(?= it\b)|said|says|told|noted|notes|wrote|writes|observed|observes|explained|explains|described|remarked|argued|joked|quipped|recalled|pointed out|called it|likes to say|liked to say|likes to put it|liked to put it)\b"
)
_OWN_PAPER = re.compile(
    r"(?:its|their|his|her) (?:[\w’'-]+ ){0,4}(?:newsletter|website|statement|report|bulletin|journal|magazine|account|spokes\w+|press office|release|review|communiqu[ée]|readout|summary|diary|memoirs?)"
)
"""What somebody puts words in that is his own."""
_IS_HOW = re.compile(
    rf"[\s,—–]*(?:that |this |which )?(?:is|was) (?:(?:how|what) (?P<who>[^,.;:{FILL}]{{2,60}}?)(?:, [^.;:{FILL}]{{2,80}}?,)? (?:later |once )?(?:puts?|sums?|summed|describes?|described|sees|saw|calls?|called) (?:it|up)\b|how (?P<how>[^,.;:{FILL}]{{2,60}}?)(?:, [^.;:{FILL}]{{2,80}}?,)? (?:rates?|rated|remembers?|remembered|recalls?|recalled|explains?|explained|frame[sd]|phrase[sd]|assesse[sd]|answers|answered|greet(?:s|ed)|justifie[sd]|summari[sz]e[sd]|characteri[sz]e[sd]|describe[sd]|sees|saw|put|puts|view(?:s|ed)) )"
)
"""Who is said after a quotation to put it so: "is how Ann Cole, the mayor, sums it up"."""
_LINE_OF = re.compile(
    rf"[\s,—–]*(?:runs?|goes|went|ran) (?:an?|the|one) (?:[a-z]+ ){{0,2}}(?:line|motto|saying|joke|refrain|maxim) (?:of|by|from) (?P<who>[^,.;:{FILL}]{{2,60}})"
)
"""Whose saying a quotation is: "runs a favourite line of Ann Cole"."""
_A_VOICE = re.compile(r"\b[Aa]n? ")
_A_PHRASE = re.compile(
    r"\s*[,—–]?\s*(?:an?|the|that) (?:\w+ )?(?:phrase|line|term|wording|formula|expression|clause|words?|language|sentence|charge|claim|accusation|remark|view|description|comparison|suggestion|assertion|verdict|sentiment|point|message|argument)\b(?! (?:also |then )?(?:sa(?:ys?|id)|reads?|add(?:s|ed)|states?|stated|warn(?:s|ed)|conclude[sd]|continue[sd]|went on|goes on|note[sd]|argue[sd]|ran|runs)\b)"
)
"""What is then said of a quotation's words, by somebody else."""
_PUT_BETWEEN = frozenset(
    "say says said write writes wrote argue argues argued warn warns warned insist insists insisted note notes noted claim claims claimed state states stated conclude concludes concluded explain explains explained add adds added report reports reported recall recalls recalled admit admits admitted complain complains complained predict predicts predicted reckon reckons reckoned".split()
)
_WHICH_ONE = re.compile(
    rf"\b(?:which|that|whom|what) (?P<who>(?:an?|one|the|another|[A-Z])[^,;:{FILL}]{{3,60}}), (?:speaking|talking|who|on condition|asking|citing)\b[^;:{FILL}]{{3,90}},\s*$"
)
"""Whose verb a relative clause has, with how or why they spoke between ("which a diplomat, speaking ..., described")."""
_SHOWING = frozenset(("reflect", "echo", "show", "suggest", "mean", "frame", "cast"))
_INSERTED = re.compile(rf"\s+(?:[A-Z]|the |a |an |one |its |his |her |their )[^,;:{FILL}]{{1,70}}, ")
"""Who speaks, put between commas before the words: "and, says Ann Cole, ..."."""
_PUT = re.compile(
    r"(?: (?:is|was|are|were) (?:supposed|said|reported|rumou?red|alleged|believed|thought|known) to have)?\s(?:himself |herself )?(?:once |later |often )?(?:puts?|said|says|told|wrote|noted|did|does|liked?s?|reminded|reminds|never)\b"
)
_QUOTING = re.compile(
    rf"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing)) (?P<who>(?!as\b)[^.;:{FILL}]{{2,120}}?),? as (?:saying|telling|warning|writing)\b"
)
"""Somebody whom a paper or a station quotes."""
_DENIES = re.compile(
    rf"(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:es|ed|ing)) (?:as [a-z]+ )?(?:any |the |an? |earlier |recent |repeated |media |press )*(?:reports?|claims?|accusations?|allegations?|suggestions?|rumou?rs?|charges?|assertions?|complaints?) (?:made )?(?:in|by|from|of) (?P<who>[^,;:{FILL}]{{3,60}}?) that\b"
)
"""Whose report somebody denies ("denied reports in the Finnish press that ...")."""
_PAPER_OPENS = re.compile(
    r"[\s,]*(?P<who>(?:the|his|her|its|their|one|[A-Z]\w+[’']s) (?:[a-z]+ ){0,2}(?:letter|note|message|memo|report|statement|article|essay|post|e-?mail|text|speech|manifesto|petition|leaflet|document|paper|entry|chapter|poem|prayer|order|telegram|cable)) (?:begins|began|opens|opened|ends|ended|closes|closed|concludes|concluded|runs|ran|goes on|went on|continues|continued)\b"
)
"""A paper that begins or ends with the words before it: "...," the letter begins."""
_THEREOF = re.compile(
    r"(?:[,—–]|\s-)\s*(?:an?|the) (?:[a-z]+ )?(?:charge|claim|accusation|allegation|remark|suggestion|phrase|word|term|comparison|description|view|demand|move|step|idea|notion|sum|figure|plan|proposal) (?!that\b|which\b)(?P<who>(?:the |an? |one |some |his |her |its |their )?(?:[\w.’'-]+ ){0,5}?[\w.’'-]+) (?:later |also |[a-z]+ly |has |have |had )*(?P<cue>called|calls|dismissed|rejected|described|denounced|branded|labelled|mocked|derided|condemned|termed|deemed|dubbed|characteri[sz]ed) (?:as )?(?:an? |the )?$"
)
"""Who judges what was just said, in a clause that leaves out "which" ("a charge diplomats dismissed as ...")."""
_HEARER = re.compile(
    r"(?:an?|one|two|three|several|people|officials|diplomats|aides|some|four|five)\b[^.;]{0,60}?\b(?:who (?:took|heard|attended|saw|was|were|read)|familiar|briefed|present|in the room|with knowledge)\b"
)
"""Somebody who was there when it was said."""
_HEARD = re.compile(
    r"\s*,?\s*(?:an?|one|two|three|four|several|some|people|officials|aides|those) (?:of (?:those|the people) |people |officials |aides |person |official )?(?:present|who (?:took|heard|attended|saw|was|were)|familiar|briefed|in the room|with knowledge)\b[^.;]{0,60}\b(?:said|say|recalled)\b"
)
"""The same before a verb of saying."""
_HOLDS = re.compile(r"\s+(?:that|of|to)\b")
_FREE = re.compile(r"\bwhat\s+[^,;]{0,60}$")
_WORDS = re.compile(rf"{FILL}+")
_FRONTED = re.compile(
    r"(?:But |And )?(?:After|Before|While|When|Since|By|Besides|Despite|Having|On|Upon|In) (?:first |once |twice |publicly )?"
)
"""What opens a clause whose subject the sentence names after it ("After calling the cap "...", he rounded on ...")."""
_IS = re.compile(r"\s+(?:was|is|were|are)\b")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be)\s+(?:(?:not|never|no longer|\w+ly)\s+)?$")
_BY = re.compile(r"\bby\s+")
NOUN_CUE = re.compile(
    rf"([htiA-Z](?<!\w.)(?:(?<=[Hh])(?:is|er)|(?<=[Tt])heir|(?<=[Ii])ts|(?<=[A-Z])[\w.\-]*(?: [A-Z][\w.\-]*){{0,3}}[’']s?|(?<=[Tt])he (?:[A-Z]?[a-z]+ ){{0,2}}[a-z]+[’']s))\s+(?:[a-z\-]+\s+){{0,3}}({CUE_NOUN})\b"
)


@dataclass(slots=True)
class Found:
    """An attribution of one quotation."""

    source: Source
    cue: str | None
    how: str


_OWN_ANSWER = re.compile(
    r"(?P<whose>its|their|his|her) (?:[a-z-]+ ){0,2}?(?:answer|reply|response|statement|letter|e-?mail|message|post|note|comment|text|release)\b"
)
_OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}
_VERB_NEXT = re.compile(r"[\s,—–]*(?:(?:also|later|then|once|recently|\w+ly)\s+)?(?=[a-z])")
_ACCORDING_NEXT = re.compile(r"[\s,]*(?:according to|in the (?:words|phrase|view) of)\s+")
_DASH_NEXT = re.compile(r"\s*[,—–]")
_SAID_NEXT = re.compile(r"\s+(?:(?:said|says|asked|wrote|added)\b|(?:is|was) how\b)")


def _may_be_reported(scene: Scene, quote: Quoted, after: str) -> bool:
    """Whether a quotation ends as one does that a verb of saying follows."""
    inner_end = scene.text[quote.end : quote.outer_end]
    if set(",—–") & set(inner_end) or scene.text[quote.end - 1 : quote.end] in "?!":
        return True
    as_said = after.startswith(" as ") and _PUT_IT.match(after)
    return bool(_DASH_NEXT.match(after) or _SAID_NEXT.match(after) or as_said)


def cue_beside(scene: Scene, quote: Quoted, sentence: tuple[int, int] | None) -> Found | None:
    """A cue right after a quotation that ends in a comma, a question or an exclamation mark, or a dash."""
    stop = min((sentence or scene.spans[quote.block])[1], quote.outer_end + 260)
    after = scene.mask[quote.outer_end : stop]
    if not _may_be_reported(scene, quote, after):
        return None
    inverted = _VERB_NEXT.match(after)
    cue = CUE.match(after, inverted.end()) if inverted else None
    if cue is not None:
        source = subject_after(scene, past_aside(scene, quote.outer_end + cue.end(), stop), stop)
        source = _author(scene, source, stop) if source else None
        lemma = CUES[cue.group()]
        if source is not None and (lemma != "report" or source.kind in ("person", "anonymous")):
            return Found(source, lemma, "after")
    put = _PUT_IT.match(after)
    if put:
        own = _OWN_PAPER.fullmatch(put["who"]) is not None and sentence is not None
        source = main_subject(scene, sentence[0], quote.outer_start) if own and sentence else None
        source = source or source_from(
            scene, quote.outer_end + put.start("who"), quote.outer_end + put.end("who")
        )
        if source:
            return Found(source, CUES.get(put["cue"].split()[-1], put["cue"]), "after")
    how = _PAPER_OPENS.match(after) or _IS_HOW.match(after) or _LINE_OF.match(after)
    if how:
        span = how.span("how" if how.groupdict().get("how") else "who")
        if source := source_from(scene, *(quote.outer_end + at for at in span)):
            return Found(source, None, "after")
    according = _ACCORDING_NEXT.match(after)
    heard = _HEARD.match(after) or (according and _HEARER.match(after, according.end()))
    if heard and scene.text[quote.start].islower() and sentence:
        told = cue_before(scene, quote, sentence)
        if told is not None and told.source.kind == "person":
            return told
    if according:
        source = subject_after(scene, quote.outer_end + according.end(), stop)
        return Found(source, "according to", "after") if source else None
    return _first_cue_after(scene, quote, after, near=True)


def _author(scene: Scene, source: Source, stop: int) -> Source:
    """Person or body whose document speaks ("reads a line on the website of Ann Cole", "reads its reply"), else the document."""
    own = _OWN_ANSWER.match(scene.mask, source.start)
    if own is not None:
        return pronoun_source(scene, _OWNERS[own["whose"]], source.start) or source
    if source.kind != "document":
        return source
    region = re.split(r"[,.;—–]\s", scene.mask[source.end : min(stop, source.end + 90)])[0]
    for mention in scene.cast.mentions:
        if (
            source.start <= mention.start < source.end + len(region)
            and mention.name in scene.cast.full.values()
        ):
            return Source(mention.name, source.name, mention.start, mention.end, "person")
    return source


_PASSIVE_VERB = re.compile(r"\b(?:was|were|been|is|are)\s+(?:\w+ly\s+)?$")
_NEW_CLAUSE = re.compile(r"\s*,?\s*(?:and|but|or|which|that|because|as|when|if|while|so|in)\b")


def _first_cue_after(scene: Scene, quote: Quoted, after: str, near: bool) -> Found | None:
    fill = after.find(FILL)
    limit = fill if fill >= 0 else len(after)
    if _A_PHRASE.match(after):
        return None
    for cue in CUE.finditer(after, 0, limit):
        between = after[: cue.start()]
        lemma = cue_at(scene, _shift(cue, scene, quote.outer_end))
        if lemma is None:
            continue
        words = between.split()
        if near and (len(words) > 30 or _NEW_CLAUSE.match(between)):
            return None
        if near and len(words) > 9 and "," not in between.strip(" ,") and " who " not in between:
            return None
        if _PASSIVE_VERB.search(between):
            if near and between.lstrip()[:1].isupper():
                return None
            by = re.match(r"\s*by\s+", after[cue.end() :])
            source = (
                subject_after(scene, quote.outer_end + cue.end() + by.end(), quote.outer_end + limit)
                if by
                else None
            )
            return Found(source, lemma, "after") if source else None
        if not between.strip(" ,") or (cue.group().endswith("ing") and between.rstrip().endswith(",")):
            return None
        source = subject_before(scene, quote.outer_end, quote.outer_end + cue.start())
        return Found(source, lemma, "after") if source else None
    return None


def _shift(match: re.Match[str], scene: Scene, base: int) -> re.Match[str]:
    shifted = CUE.match(scene.mask, base + match.start())
    return shifted if shifted is not None else match


A_FEW = 3
_OTHER_CLAUSE = re.compile(
    r"\s*,? (?:and|but|while|whereas|although|though) (?!that\b|also\b|then\b|later\b|ha[sd]\b|sa(?:id|ys)\b)"
)
"""A clause of its own, whose verb of saying says nothing of the words before it."""
_BY_NAME = re.compile(r"[\s,]*(?:by|from)\s+(?=[A-Z])")


def cue_after(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Attribute by a cue that follows a quotation in its sentence."""
    after = scene.mask[quote.outer_end : sentence[1]]
    words = scene.text[quote.start : quote.end]
    if words[0].islower() and len(words.split()) <= A_FEW and _OTHER_CLAUSE.match(after):
        return None
    according = _ACCORDING.search(after)
    if according:
        source = subject_after(scene, quote.outer_end + according.end(), sentence[1])
        if source:
            return Found(source, "according to", "after")
    passive = _BY_NAME.match(after)
    if passive:
        source = subject_after(scene, quote.outer_end + passive.end(), sentence[1])
        if source and source.kind == "person":
            return Found(source, None, "after")
    return _first_cue_after(scene, quote, after, near=False)


def cue_before(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Attribute by the nearest cue before a quotation in its sentence."""
    quoting = _QUOTING.search(scene.mask, sentence[0], quote.outer_start)
    if quoting is not None and (source := source_from(scene, *quoting.span("who"))):
        return Found(source, "quote", "before")
    theirs = _last(_IN_WORDS.finditer(scene.mask, sentence[0], quote.outer_start))
    if theirs is not None and (source := source_from(scene, *theirs.span("who"))):
        return Found(source, "according to", "before")
    told_of = sentence[0], quote.outer_start
    if (source := by_relative(scene, *told_of) or judged_by(scene, *told_of)) is not None:
        return Found(source, "according to", "before")
    according = _last(_ACCORDING.finditer(scene.mask, sentence[0], quote.outer_start))
    if according is not None:
        source = _authority(scene, according, quote.outer_start)
        told = _told_after(scene, quote, according.end())
        if told is not None:
            return told
        if source:
            return Found(source, "according to", "before")
    cues = list(CUE.finditer(scene.mask, sentence[0], quote.outer_start))
    noun = _last(NOUN_CUE.finditer(scene.mask, sentence[0], quote.outer_start))
    if noun is not None and cues and noun.start() > cues[-1].end() and _HOLDS.match(scene.mask, noun.end()):
        return by_noun(scene, quote, sentence)
    thereof = _last(_THEREOF.finditer(scene.mask, sentence[0], quote.outer_start))
    if thereof is not None and (source := source_from(scene, *thereof.span("who"))):
        return Found(source, CUES.get(thereof["cue"]), "before")
    others = _DENIES.search(scene.mask, sentence[0], quote.outer_start)
    if others is not None and not any(cue.start() > others.end() for cue in cues):
        source = source_from(scene, *others.span("who"))
        return Found(source, None, "before") if source is not None else None
    for cue in reversed(cues):
        source = _subject_of(scene, quote, cue, sentence[0])
        if source and noun and noun.start() == sentence[0] and source.start <= noun.end():
            return by_noun(scene, quote, sentence)
        if source is not None and not (_shown(source, cue) and _told_before(scene, cues, cue)):
            return Found(source, CUES[cue.group()], "before")
    return None


def _authority(scene: Scene, according: re.Match[str], end: int) -> Source | None:
    """Whoever something is so according to, or as whom somebody puts it."""
    start = according.end()
    put = _PUT.search(scene.mask, start, end) if according.group()[1:] == "s " else None
    if put is not None:
        return source_from(scene, start, put.start())
    return (
        by_body(scene, start, end)
        or of_office(scene, start, end)
        or part_of(scene, start, end)
        or subject_after(scene, start, end)
    )


def _shown(source: Source, cue: re.Match[str]) -> bool:
    """Whether a thing only shows something, and nobody says it ("the figure reflected ...")."""
    return CUES[cue.group()] in _SHOWING and source.kind in ("office", "document") and source.name.islower()


def _told_before(scene: Scene, cues: list[re.Match[str]], cue: re.Match[str]) -> bool:
    """Whether a verb of saying before another has that one's clause as what is said."""
    return any(
        c.group() in STRONG_CUES and " that " in scene.mask[c.end() : cue.start()]
        for c in cues
        if c.end() < cue.start()
    )


def _told_after(scene: Scene, quote: Quoted, start: int) -> Found | None:
    """Speaker within what somebody gives account of ("according to two aides, the minister warned of ...")."""
    comma = scene.mask.find(",", start, quote.outer_start)
    for cue in reversed(list(CUE.finditer(scene.mask, comma, quote.outer_start)) if comma > 0 else []):
        if cue.group() in STRONG_CUES and cue_at(scene, cue) is not None:
            source = subject_before(scene, scene.mask.rfind(", ", start, cue.start()) + 2, cue.start())
            if source is not None and (
                source.kind in ("person", "anonymous")
                or _A_VOICE.search(scene.text, max(start, source.start - 4), source.end)
            ):
                return Found(source, CUES[cue.group()], "before")
    return None


def _last(matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return max(matches, key=lambda m: m.start(), default=None)


def _subject_of(scene: Scene, quote: Quoted, cue: re.Match[str], start: int) -> Source | None:
    """Subject of a cue that stands before a quotation, where the cue can be its verb of saying."""
    lemma = cue_at(scene, cue)
    if lemma is None:
        return None
    if _IS.match(scene.mask, cue.end()) and _FREE.search(scene.mask, start, cue.start()):
        return None
    distance = len(scene.mask[cue.end() : quote.outer_start].split())
    if lemma == "add" and distance == 0 and scene.text[quote.start].islower() and scene.text[cue.end()] == " ":
        return None
    if cue.group() not in STRONG_CUES and distance > (2 if lemma == "see" else 8):
        as_such = lemma == "see" and " as " in scene.mask[cue.end() : quote.outer_start]
        if not as_such or distance > 8:
            return None
    if cue.group().endswith(("ed", "en", "told")) and _PASSIVE.search(
        scene.mask, max(start, cue.start() - 30), cue.start()
    ):
        by = _BY.search(scene.mask, cue.end(), quote.outer_start)
        return subject_after(scene, by.end(), quote.outer_start) if by else None
    if cue.group().endswith("ing") and _FRONTED.fullmatch(scene.mask, start, cue.start()):
        end = scene.spans[quote.block][1]
        after = _WORDS.search(scene.mask, cue.end(), end)
        begin = after.end() if after is not None else quote.outer_end
        fill = scene.mask.find(FILL, begin, end)
        return main_subject(scene, begin, fill if fill > 0 else end)
    if (
        cue.group() in _PUT_BETWEEN
        and _INSERTED.match(scene.mask, cue.end(), quote.outer_start)
        and scene.text[cue.start() - 2 : cue.start()] == ", "
    ):
        return subject_after(scene, cue.end(), quote.outer_start)
    which = _WHICH_ONE.search(scene.mask, start, cue.start())
    if which is not None and (source := source_from(scene, *which.span("who"))):
        return source
    return subject_before(scene, start, cue.start())


def by_noun(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Attribute by a noun of saying: his promise to, the minister's warning that."""
    every = list(NOUN_CUE.finditer(scene.mask, sentence[0], quote.outer_start))
    found = every[-1] if every else None
    between = scene.mask[found.end(1) : found.start(2)] if found is not None else ""
    if found is not None and not (ROLE_NOUN.search(between) or ANONYMOUS.search(between)):
        word = found.group(1)
        if word.lower() in ("his", "her", "their", "its"):
            pronoun = _OWNERS[word.lower()]
            source = pronoun_source(scene, pronoun, found.start(1))
        else:
            source = source_from(scene, found.start(1), found.start(1) + len(word.rstrip("s").rstrip("’'")))
        if source is not None:
            return Found(source, found.group(2), "before")
    return None
