"""Documents that speak: whose they are, and what they say without a verb of saying."""

from __future__ import annotations

import re
from bisect import bisect_left

from foedus.evidence.names import is_place_or_group, sequences
from foedus.evidence.people import describe
from foedus.evidence.phrases import DETERMINER
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL, sentences

_NOUN = r"(?:press release|cable|telegram|dispatch|despatch|ruling|judge?ment|directive|decree|manual|contract|summary|annex|preamble|non-paper|white paper|audit|statement|report|letter|memo|article|treaty|resolution|document|post|message|strategy|review|study|survey|poll|communiqu[ée]|declaration|editorial|leaflet|e-?mail|paper|note|draft|text)"
_PAPER = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|[Tt]heir|[Hh]is|[Hh]er|[Ii]ts|[A-Z]\w+[’']s) ((?:(?!an? |the )[a-z0-9\-]+ ){{0,2}}?{_NOUN})\b"
)
"""A document that a story speaks of."""
_THE_PAPER = re.compile(r"[Tt]he (?:\d+-page )?document|[Tt]he \d+-page (?:report|paper|text|note|study)")
_LONGER_NOUN = rf"(?:{_NOUN[3:-1]}|fact ?sheet|memorandum|briefing|opinion|filing|transcript|dossier|assessment|audit|white paper|circular|bulletin|readout|petition|slide deck|non-paper|directive|proposal)"
_NEW_PAPER = re.compile(
    rf"\b[Aa]n? ((?:(?!the |an? )[A-Za-z0-9\-]+(?:[’']s)? ){{0,4}}?(?!document){_LONGER_NOUN})\b(?![’'])"
)
"""A document that a story brings in."""
_BY_BODY = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?) (?:[a-z0-9\-]+ ){{0,2}}{_LONGER_NOUN} (?:of|by|from) (?:the )?(?P<who>[A-Z][\w’'-]+(?: (?:and |of |for |of the )?[A-Z][\w’'-]+){{0,5}})"
)
"""A body's document, in which it speaks."""
_OF_OFFICE = re.compile(
    rf"(?:[Tt]he|[Aa]n?|its|their) (?:[a-z0-9\-]+ ){{0,2}}{_LONGER_NOUN} (?:of|by|from|to it from) (?:the )?(?P<who>(?:[A-Za-z][\w-]+(?:[’']s?)? )?(?:[A-Za-z][\w-]+ ){{0,2}}(?:agency|ministry|office|department|command|staff|board|committee|court|embassy|institute|council|commission|inspectorate|garrison|government|directorate|authority|union|association))\b"
)
"""The same of a body without a name of its own."""
_FROM_BODY = re.compile(
    r" (?:by|from) (?:the |an? )?[A-Z][\w’'-]+(?: (?:and |of |for |of the )?[A-Z][\w’'-]+){0,5}"
)
_BACK = 900
"""Characters within which a document is then "the document"."""
_SENT = re.compile(
    r"\b(?:sent|issued|released|put|read|gave|shared|e-?mailed|texted|wrote|published)(?: out)? $"
)
_FAR = 420
"""Characters within which somebody's document is still "it"."""
_NEAR = 160
"""The same for a document of nobody's."""
_REACH = 300
"""Characters before a quotation in which a document may lay it down."""
_SENTENCES = 3
_DOCUMENT = r"(?:cable|telegram|dispatch|despatch|article|treaty|draft|text|bill|clause|resolution|agreement|communiqu[ée]|memo|letter|directive|law|paragraph|document|statement|declaration|slide|strategy|report|manual|guidance|order|charter|note|pamphlet|leaflet|contract|constitution|motion|amendment|plan|[Pp]lan|[Rr]eview|[Ss]trategy|[Bb]ill|[Aa]ct|programme|program|budget|white paper|paper|roadmap|proposal|manifesto|framework|guidelines|accord|pact|convention|protocol|treaties|regulation|decree|circular|brief|briefing|handbook|dossier|assessment|audit|estimate|notice|[Tt]reaty|[Cc]harter|[Cc]onvention)"
_A_PART = re.compile(
    r"(?:its |the )?(?:paragraph|section|article|page|footnote|annex|chapter|clause|recital|line|table)s? (?:\d|[A-Z]\b|[ivx]+\b)"
)
_NAMED_PAPER = re.compile(
    rf"\b(?P<who>(?:[A-Z][\w’'-]+ (?:(?:of|for|on) (?:the )?)?){{0,6}}(?i:{_DOCUMENT}))\b(?![’'])"
)
_MINUTES = re.compile(
    rf"[Tt]he (?P<who>(?:[a-z]+ )?(?:minutes|notes|transcripts|guidelines|records|terms|findings|conclusions|diaries|instructions|orders|rules|cables|e-?mails|messages))(?: of [^,.;:{FILL}]{{2,40}}?)? (?:also |then )?(?:record|show|say|state|note|add|reveal|list|tell|describe|give|do not|make|run|are|were)\b"
)
"""A paper in the plural at the head of a paragraph."""
_LAYS_DOWN = re.compile(
    rf"\b(?P<who>(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Tt]hat|[Tt]his|[A-Z][\w-]*[’']s) (?:[\w-]+ ){{0,3}}?)?(?:[Aa]rticle \d+\w*|[Ss]ection \d+\w*|[Pp]aragraph \d+\w*|Annex [A-Z\d]+|{_DOCUMENT}))\b(?![’'])(?:[^.;:{FILL}]|\.\d){{0,90}}?(?:{FILL}{{3,60}}[^.;:{FILL}]{{0,20}}?)?"
    r"\b(?:shows?|showed|reveals?|revealed|records?|recorded|observes?|observed|remarks?|remarked|adds?|added|commits?|obliges?|requires?|binds?|provides?|offers?|calls?|promises?|pledges?|leaves?|speaks?|spoke|describes?|refers?|carries|carried|contains?|includes?|uses?|used|lists?|mentions?|replaces?|reaffirms?|allows?|permits?|defines?|bars?|demands?|guarantees?|committed|obliged|required|offered|promised|reaffirmed|described|referred|contained|included|assumes?|assumed|foresees?|foresaw|envisages?|envisaged|sets? out|stipulates?|stipulated|says?|said|states?|stated|notes?|noted|warns?|warned|recommends?|recommended|argues?|argued|concludes?|concluded|predicts?|predicted|finds?|found|puts?|limits?|limited|excludes?|excluded|imposes?|prohibits?|insists?)\b"
    rf"(?:[^.;:{FILL}]|\.\d){{0,110}}$"
)
"""A document that lays something down: "Article 5 obliges each ally to take ..."."""
_IT_SAYS = re.compile(
    r"(?:But |And )?It (?:also |then |even )?(?:provides|states|foresees|envisages|obliges|stipulates|allows|permits|forbids|bars|binds|guarantees|defines|sets out|says|adds|notes|speaks|requires|credits|describes|calls|lists|speaks|refers|promises|demands|offers|commits|requires|warns|finds|accuses|praises|blames|mentions|proposes|recommends)\b"
)
_ISSUER = re.compile(
    rf"(?P<who>(?!When |After |Since |Once |As |Before )(?:[A-Z]|[Tt]he )[^.,;:{FILL}]{{2,60}}?) (?:has |had |later |then )*(?:issued|released|published|put out|sent out|sent|posted|put up) "
)
"""Body that gives out a paper."""
_WROTE_TO = re.compile(r"(?: has| had)? (?:written|wrote|writes) (?:back )?to ")
_PART_HEAD = re.compile(
    r"(?P<who>(?:(?:The|Its|Their) )?(?:Annex|Appendix|Article|Section|Chapter|Paragraph|Clause|Schedule|Protocol|Recital|Title|Part) (?:[A-Z]|[IVX]+|\d+)\w?)(?=,| [a-z])"
)
"""A part of a document at the head of a sentence."""
_PAPER_OF = re.compile(r" of (?:an?|the|its|his|her|their)? ?")
_IT_AGAIN = re.compile(
    r"[.!?]\s+(?:Its [a-z]+ [a-z]+|It (?:also |then )?(?:propose[sd]|suggest(?:s|ed)|demand(?:s|ed)|call(?:s|ed)|say|said|list(?:s|ed)|set|sets|urge[sd]|argue[sd]|warn(?:s|ed)|recommend(?:s|ed)|foresees|foresaw|provide[sd]|require[sd]))\b[^.!?]*[.!?]\s+\x01*[\s,]*$"
)
"""A sentence in which a document goes on as "it", right before it speaks."""
_FULL_STOP = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z\x01])")
_WRITTEN_BY = re.compile(
    rf"\b(?:It|The (?:[a-z]+ )?(?:{_NOUN}|recording|voicemail|tape)) (?:was|had been|has been) (?:left|sent|written|signed|recorded|dictated|drafted|penned|posted|scribbled) by (?P<who>[^,.;:{FILL}]{{3,60}}?)(?= (?:for|to|in|on|at|and|after|before|during)\b|[,.])"
)
_BY_SOMEBODY = re.compile(
    rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w-]+ ){{0,2}}?{_NOUN} (?:written|sent|drafted|signed|prepared|posted|dictated|penned|left|submitted|addressed)(?: [^.,;:{FILL}]{{2,60}}?)? by (?P<who>[^,.;:{FILL}]{{3,60}}?)(?=[,.]| (?:on|in|to|at|and|after|before|during|who|whose|says|calls|describes|warns|called|described|warned)\b)"
)
"""Who wrote what a story brings in ("an e-mail written after the talks by an official")."""
_OWN = re.compile(r"(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) ")
_ABOUT = re.compile(r" (?:to|on|about|of) ")
_HEAD_PAPER = re.compile(
    rf"(?:(?:But|And|Yet|Still|Meanwhile),? )?(?:[Tt]he|[Aa]n?|[Aa]nother|[Oo]ne) (?P<who>(?:[\w-]+ ){{0,2}}?{_NOUN}(?: (?:from|by|of) [^,.;:{FILL}]{{2,60}}?)?)(?=,| (?:is|was|has|had|says|said|[a-z]+(?<!s)s|[a-z]+ed)\b)"
)
"""A document at the head of a sentence."""
_SENT_WITH = re.compile(
    rf"\b(?:sent|returned|gave|handed|passed|put|wrote|posted|answered|replied|attached|added|pinned|left)\b[^.;:{FILL}]{{0,80}}\b(?:with )?(?:an?|one|his|her) (?:[a-z]+ ){{0,2}}(?:note|message|letter|memo|card|remark|line|comment) (?:in|on|at|to|for|from|that|which|attached|pinned)\b"
)
_WHOSE_PAPER = re.compile(
    rf"(?P<who>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{1,4}})(?: of [A-Z]\w+)?, whose (?:[a-z-]+ ){{0,2}}{_NOUN}\b"
)
"""Who wrote what then speaks ("It was left by an envoy", "Ann Cole, whose note ...")."""
_WITHIN = re.compile(r"In [^.;:]{4,120}, ")
"""A document in which "it" speaks that stands right behind: "In a report released on Monday, it concludes"."""
_ON_BEHALF = re.compile(r"\bread (?:out )?(?:aloud )?(?:\w+ )?on (?:his|her|their) behalf\b")
"""Said of a paper of somebody who is not there."""
_IN_PAPER = re.compile(
    rf"(?:In|Under|Through) (?:the|this|that|its|their) (?P<who>(?:[a-z-]+ ){{0,2}}?{_DOCUMENT})\b,? [^.;:{FILL}]{{2,120}}$"
)
"""A paper in which somebody does what the words say ("In the statement the parties ...")."""
_ACTS = re.compile(
    rf"(?P<who>(?:(?:The|Its|Their|This|In|A) )?(?:[\w-]+ ){{0,3}}?(?:{_DOCUMENT}|conclusions|minutes|text|non-paper)) (?:also |then |only |merely )?$"
)
"""A document at the head of a sentence, whose verb stands in its words ("The draft conclusions "take note" of ...")."""
_ACT = re.compile(
    r"(?:(?:strongly|deeply|firmly|also|fully|solemnly) )?(?:take|invite|welcome|call|urge|condemn|reaffirm|recall|reiterate|underline|underscore|stress|note|express|commend|demand|request|encourage|support|recogni[sz]e|regret|deplore|acknowledge|emphasi[sz]e|endorse|commit|affirm|oblige|require|provide|prohibit|forbid|allow|permit|give|leave|look|remain|set|make|offer|seek|reject|consider|decide|agree|pledge|promise|warn|remind|task|ask|propose|bind|rule|speak|appeal)(?:e?s)? (?=[a-z])"
)
_UNDER = re.compile(
    rf"(?:Under|According to|As (?:laid down|set out) in) (?P<who>(?:[Aa]rticle|[Ss]ection|[Pp]aragraph|[Rr]ule|[Cc]hapter) \d+\w*)(?: of [^,.;:{FILL}]{{3,60}}?)?,? [^.;:{FILL}]{{2,120}}$"
)
"""A rule whose words follow ("Under Article 5 an attack "shall be considered ..."")."""
_BINDS = re.compile(r"(?:shall|must|may|is|are|will|should|has|have)\b")
_LATTER = re.compile(r"[Tt]he (?:latter|former)")


def paper_before(scene: Scene, at: int) -> Source | None:
    """Document named in the sentences before, which "it" stands for, or the person whose it is."""
    papers = list(_PAPER.finditer(scene.mask, max(scene.floor, at - _FAR), at))
    found = papers[-1] if papers else None
    part = _PART_HEAD.match(scene.mask, _sentence_before(scene, at), at)
    if part is not None and (found is None or found.start() < part.end()):
        return Source(part["who"], None, *part.span("who"), "document")
    if found is not None and len(papers) > 1:
        of_it = _PAPER_OF.fullmatch(scene.mask, papers[-2].end(), found.start())
        found = papers[-2] if of_it or found.group().startswith("Its ") else found
    wrote = _WROTE_TO.search(scene.mask, max(scene.floor, at - _FAR), at)
    if wrote is not None and (found is None or found.end() < wrote.start()):
        writer = next((m for m in scene.cast.mentions if m.end == wrote.start()), None)
        if writer is not None and writer.name in scene.cast.full.values():
            return Source(writer.name, scene.cast.roles.get(writer.name), writer.start, writer.end, "person")
    if found is None:
        return None
    if _WITHIN.fullmatch(scene.mask, found.start() - 3, at):
        return None
    behalf = _ON_BEHALF.search(scene.mask, found.end(), at)
    owner = _last_named(scene, found.start()) if behalf is not None else _owner(scene, found)
    between = scene.mask[found.end() : at]
    if owner is not None and len(re.findall(r"[.!?]\s", between)) <= _SENTENCES:
        return owner
    if _IT_AGAIN.search(scene.mask, found.end(), at):
        return the_paper(scene, f"the {found[1]}", found.start()) or Source(
            found[1], None, *found.span(1), "document"
        )
    if (head := _at_head(scene, at)) is not None:
        return head
    if at - found.start() > _NEAR or re.search(r"[.!?]\s.*[.!?]\s|\n", between):
        return None
    return _issuer(scene, found)


def _issuer(scene: Scene, found: re.Match[str]) -> Source:
    """Person who sent a paper or body that gave it out, else the paper."""
    begin = max(scene.floor, scene.mask.rfind("\n", 0, found.start()) + 1)
    sent = [m for m in scene.cast.mentions if begin <= m.start < found.start() and scene.mask[m.start] != FILL]
    if sent and _SENT.search(scene.mask, begin, found.start()) and sent[-1].name in scene.cast.full.values():
        return Source(
            sent[-1].name, scene.cast.roles.get(sent[-1].name), found.start(1), found.end(1), "person"
        )
    issuer = _ISSUER.match(scene.mask, begin, found.start())
    if issuer is not None and issuer.end() >= found.start() - 3:
        name = DETERMINER.sub("", issuer["who"])
        return Source(name, None, issuer.end("who") - len(name), issuer.end("who"), describe(name))
    fuller = the_paper(scene, f"the {found[1]}", found.start())
    return fuller or Source(found[1], None, found.start(1), found.end(1), "document")


def own_head(phrase: str, text: str) -> str:
    """Somebody's paper without whom it is to or what it is about ("her own paper on the episode")."""
    head = _ABOUT.split(text)[0]
    own = _OWN.match(phrase) is not None and (describe(head) == "document" or head.endswith("paper"))
    return head if own else text


def _at_head(scene: Scene, at: int) -> Source | None:
    """Document that is the subject of the sentence before, however long that is."""
    floor, stop = max((span for span in scene.spans if span[0] <= at), default=(scene.floor, at))
    begin = _sentence_before(scene, at)
    if not scene.mask[floor:at].strip():
        above = max((span for span in scene.spans if span[1] <= floor), default=None)
        begin, stop = sentences(scene.text, scene.mask, *above)[-1] if above is not None else (floor, stop)
    found = _HEAD_PAPER.match(scene.mask, begin, stop)
    if found is None:
        return None
    fuller = the_paper(scene, f"the {found['who']}", found.start())
    return fuller or Source(found["who"], None, *found.span("who"), "document")


def _sentence_before(scene: Scene, at: int) -> int:
    """Where the sentence before the one that holds a place begins."""
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    ends = [m.end() for m in _FULL_STOP.finditer(scene.mask, floor, at)]
    return ends[-2] if len(ends) > 1 else floor


def sent_with(scene: Scene, at: int) -> tuple[int, int] | None:
    """Sentence in the one before "it" of somebody who sends something with a note."""
    begin = _sentence_before(scene, at)
    found = _SENT_WITH.search(scene.mask, begin, at)
    return (begin, found.start()) if found is not None else None


def written_by(scene: Scene, at: int) -> tuple[int, int] | None:
    """Where the words of the paragraph name whoever wrote, sent or left what then is "it"."""
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    found = list(_WRITTEN_BY.finditer(scene.mask, max(floor, at - _FAR), at))
    found = found or list(_BY_SOMEBODY.finditer(scene.mask, max(floor, at - _FAR), at))
    if found:
        return found[-1].span("who")
    whose = list(_WHOSE_PAPER.finditer(scene.mask, max(floor, at - _FAR), at))
    return whose[-1].span("who") if whose else None


def papers_before(scene: Scene, at: int) -> Source | None:
    """Minutes or notes of which the paragraph tells, for "they"."""
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    found = _MINUTES.match(scene.mask, floor, at)
    return Source(found["who"], None, *found.span("who"), "document") if found is not None else None


def part_of(scene: Scene, start: int, end: int) -> Source | None:
    """Document of which a paragraph or a page is spoken of ("according to paragraph 88")."""
    if _A_PART.match(scene.mask, start, end) is None:
        return None
    floor = max((a for a, _ in scene.spans if a <= start), default=scene.floor)
    found = list(_NAMED_PAPER.finditer(scene.mask, floor, start))
    return Source(found[-1]["who"], None, *found[-1].span("who"), "document") if found else None


def the_paper(scene: Scene, phrase: str, at: int) -> Source | None:
    """Document that "the 54-page document" stands for: the one brought in last under a closer name."""
    if not _THE_PAPER.fullmatch(phrase):
        return None
    back = max(scene.floor, at - _BACK)
    papers = list(_NEW_PAPER.finditer(scene.mask, back, at))
    bodies = list(_BY_BODY.finditer(scene.mask, back, at))
    if bodies and (not papers or papers[-1].start() <= bodies[-1].start()):
        name = bodies[-1]["who"]
        return Source(name, None, at, at + len(phrase), describe(name))
    if not papers:
        return None
    return Source(papers[-1][1], None, at, at + len(phrase), "document")


def by_body(scene: Scene, start: int, end: int) -> Source | None:
    """Body whose paper stands at a place ("a letter from the Court of Audit")."""
    found = _BY_BODY.match(scene.mask, start, end)
    if found is None or not is_place_or_group(found["who"].split()):
        return None
    return Source(found["who"], None, *found.span("who"), describe(found["who"]))


def _last_named(scene: Scene, at: int) -> Source | None:
    """Person whom a paragraph named last before a place."""
    begin = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    people = set(scene.cast.full.values())
    named = [
        m
        for m in scene.cast.mentions
        if begin <= m.start < at and m.name in people and scene.mask[m.start] != FILL
    ]
    if not named:
        return None
    return Source(
        named[-1].name, scene.cast.roles.get(named[-1].name), named[-1].start, named[-1].end, "person"
    )


def of_office(scene: Scene, start: int, end: int) -> Source | None:
    """Office of a body whose paper stands at a place ("a letter from the Pentagon’s audit agency")."""
    found = _OF_OFFICE.match(scene.mask, start, end)
    if found is None:
        return None
    return Source(found["who"], None, *found.span("who"), describe(found["who"]))


def _owner(scene: Scene, paper: re.Match[str]) -> Source | None:
    """Person whose a document is ("Cole’s letter")."""
    stop = bisect_left(scene.cast.mentions, paper.start(1), key=lambda m: m.start)
    for mention in scene.cast.mentions[max(0, stop - 1) : stop]:
        if mention.end in (paper.start(1) - 3, paper.start(1) - 2) and mention.name in scene.cast.full.values():
            role = scene.cast.roles.get(mention.name)
            return Source(mention.name, role, mention.start, mention.end, "person")
    return None


def latter(scene: Scene, phrase: str, at: int) -> Source | None:
    """Whom "the latter" stands for: the body or person named last in the sentences before."""
    if not _LATTER.fullmatch(phrase):
        return None
    begin = max(scene.floor, scene.mask.rfind("\n", 0, at) + 1, at - 300)
    stop = scene.mask.rfind(". ", begin, at)
    named = [s for s in sequences(scene.mask, begin, stop if stop > begin else at) if s[0] > begin]
    if not named:
        return None
    a, b, words = named[0 if phrase.endswith("former") and len(named) > 1 else -1]
    person = next((m for m in scene.cast.mentions if a <= m.start < b), None)
    if person is not None and person.name in scene.cast.full.values():
        return Source(person.name, scene.cast.roles.get(person.name), at, at + len(phrase), "person")
    return Source(" ".join(words), None, at, at + len(phrase), describe(" ".join(words)))


_A_PHRASE = re.compile(
    r"\s*,?\s*an? (?:phrase|word|term|line|sentence|wording|expression) that (?:appears|occurs|recurs|is used|is repeated)\b"
)


def phrase_in(scene: Scene, start: int, at: int, after: int) -> Source | None:
    """Document that a paragraph opens with, in which a phrase is then said to appear."""
    if not _A_PHRASE.match(scene.mask, after):
        return None
    paper = _PAPER.match(scene.mask, start, at)
    return Source(paper[1], None, *paper.span(1), "document") if paper is not None else None


def laid_down(scene: Scene, start: int, end: int) -> Source | None:
    """Document whose words stand at `end`, in the sentence that begins at `start`."""
    found = _LAYS_DOWN.search(scene.mask, max(start, end - _REACH), end)
    inside = _IN_PAPER.match(scene.mask, start, end) if found is None else None
    if found is None and inside is None and _ACT.match(scene.text, end + 1):
        inside = _ACTS.match(scene.mask, start, end)
    if found is None and inside is None and _BINDS.match(scene.text, end + 1):
        inside = _UNDER.match(scene.mask, start, end)
    if inside is not None:
        name = DETERMINER.sub("", inside["who"])
        return Source(name, None, inside.end("who") - len(name), inside.end("who"), "document")
    if found is None:
        it = _IT_SAYS.match(scene.mask, start, end)
        return paper_before(scene, start + 1) if it is not None else None
    named = the_paper(scene, found["who"], found.start("who"))
    if named is not None:
        return named
    stop = found.end("who")
    whose = _FROM_BODY.match(scene.mask, stop, end)
    stop = whose.end() if whose is not None else stop
    name = DETERMINER.sub("", scene.text[found.start("who") : stop])
    return Source(name, None, stop - len(name), stop, "document")
