"""Whose a quotation is without a verb of saying: by what stands before a colon, or by a name after the words."""

from __future__ import annotations

import re

from foedus.evidence.cue_words import cue_at
from foedus.evidence.cues import NOUN_CUE, Found, by_noun
from foedus.evidence.lexicon import CUE, ROLE_NOUN
from foedus.evidence.names import is_place_or_group
from foedus.evidence.papers import paper_before
from foedus.evidence.people import describe
from foedus.evidence.quotes import Quoted
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import may_speak, pronoun_source, source_from
from foedus.evidence.subjects import main_subject, subject_after

_OVERHEARD = re.compile(
    rf"(?:[Oo]verheard|OVERHEARD|[Hh]eard|[Ss]een|SEEN) [^.:;{FILL}]{{3,80}}, (?:by|from) (?P<who>(?:an?|one|the|[A-Z])[^,:;{FILL}]{{2,60}}?)(?: to [^,:;{FILL}]{{2,40}})?:$"
)
"""Who was overheard: "Overheard in the lift, by an official to another:"."""
_HERE_IS = re.compile(
    rf"(?:(?:And )?[Hh]ere(?:[’']s| is| are| was)|Listen to|Take|Enter|Meet|Hear|Then came|Next came|First came|This was|This is) (?P<who>[A-ZÀ-Ž][\w.’'\-]+(?: [\w.’'\-]+){{1,3}}?)(?:,? (?:of|from|who|in|at|on|again)\b[^:{FILL}]*|, [^:{FILL}]*)?:$"
)
"""Who is brought on: "Here is Ann Cole of Oslo, who served there:"."""
_SIGNED_BY = re.compile(
    rf"\b(?:signed by|from|by|of)\s+(?P<who>(?:[A-Z]|the )[^,:;{FILL}]{{2,60}})(?:, [^:;{FILL}]{{2,80}})?$"
)
_SOMEBODY = rf"(?P<who>(?:[A-Z]|the |an? |one |his |her |their |[a-z]+ [A-Z])[^,:;{FILL}]{{2,60}}?)"
_SENT_BY = re.compile(
    rf"\b(?:(?:message|letter|text|note|e-?mail|post|postcard|voicemail|entry|tweet|telegram|caption|poem|memo|card|line|recording|video|clip)s?(?: \w+ly)? (?:sent|written|posted|signed|left|recorded|scrawled|issued|shared|penned|scribbled|published|uploaded|read out)"
    r"|as (?:\w+ly )?(?:tweeted|posted|put|expressed|relayed|explained|described|formulated|summed up|summari[sz]ed|stated|set out|laid out|conveyed|voiced|delivered|quoted|recalled|recounted|given|offered|phrased|worded|reported))"
    rf"(?: to [^,:;]{{2,40}}?| online)? by {_SOMEBODY}(?: (?:to|in|on|at|that|after|before|during|when|as|and|late|early|last|this|shortly|just|yesterday|minutes|hours|days|two|three)\b[^:{FILL}]*|, [^:{FILL}]*)?:$"
)
"""Whose message a colon announces: "a message sent by the second officer:"."""
_CAME_FROM = re.compile(
    rf"\b(?:message|letter|text|note|e-?mail|post|postcard|telegram|cable|memo|warning|answer|reply|response|order|word|call|question|suggestion|reminder|rebuke|statement)\b[^:;.]{{0,40}}?\bfrom {_SOMEBODY}(?: (?:read|reads|said|saying|came|arrived|ran|went|followed))?(?:, (?![^:{FILL}]*\b(?:told|tells|asked|asks)\b)[^:{FILL}]*)?:$"
)
"""Whose message a colon announces that came from somebody: "a second message, this time from the vice-president:"."""
_ALONE = re.compile(
    rf"(?:And |But )?[Tt]he (?:(?:[A-Z]?[a-z-]+ ){{0,2}}(?:{ROLE_NOUN.pattern})|(?:Dane|Pole|Finn|Swede|Turk|Spaniard|Briton|Scot|Czech|Croat|Serb|Slovak|Slovene|Dutchman|Dutchwoman|Frenchman|Frenchwoman|Irishman|[A-Z][a-z]+(?:ian|ean|an|ish|ese))):",
)
"""Nobody but whoever speaks, before a colon ("The Dane: ...")."""
_QUOTE_OF = re.compile(rf"(?:Direct )?(?:[Qq]uotes?|QUOTE)(?: (?:from|by|of) {_SOMEBODY})?:")
"""A label before somebody's words."""
_LABELLED = re.compile(r"(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}): (?=[a-z€£$\d])")
"""Who heads an entry of a list ("Poland: transit, repair and ...")."""
_SAID_TO_BE = re.compile(
    r" (?:is|are|was|were) (?:also |now |both |all )?(?:said|understood|reported|believed|thought|rumou?red|known|heard|described) (?:privately |widely )?to (?:be|have been|feel|remain|have felt)(?: [a-z]+ly| very| rather| quite| less than)?\s*$"
)
_IT_WAS = re.compile(r"(?:It|This|That) (?:was|is|ran|runs|reads?|went|goes|came)(?: [a-z]+){0,2}:")
_PART = re.compile(
    r"(?:But |And )?(?:The|Its|His|Her|Their|One|Another) (?:[a-z]+ ){0,2}?(?:page|paragraph|line|sentence|clause|section|chapter|verse|footnote|slide|passage|heading|item|point|postscript|annex)\b(?! (?:by|from) )[^:]{0,60}:$"
)
"""A part of a document that tells what follows ("The third paragraph contained the words:")."""
ANNOUNCED = 400
"""Characters before a colon in which it is said whose words follow."""
_WHAT_PUT = re.compile(
    rf"[\s\S]*\bwhat (?P<who>(?:an?|the|one|[A-Z])[^,;:{FILL}]{{2,60}}?) (?:once |later |then |recently )?(?:put|said|told|asked|wrote|shouted|whispered|called|confided|explained|replied|remarked|calls|says|tells)\b[^:;{FILL}]{{0,120}}:$"
)
"""Whose words a colon announces: "what a colonel put to me last autumn:"."""
_VERBLESS = re.compile(
    rf"\s+(?P<who>[A-Z][^.;:{FILL}]{{3,120}}?)(?:, (?:to|in|on|at|during|via|when|after)\b|\.?$|\. )"
)
_INVERTED = re.compile(
    r"\s*(?!is\b|was\b|has\b|as\b)[a-z]{3,}(?:s|ed)(?: (?:[a-z]+ly|back|again|on|away|off|out))?\s+(?=[A-Z])"
)
"""Any verb between words that end in a comma and a name: "...," volunteers Ann Cole."""
_ACTS = re.compile(
    r"\s*(?P<who>[Hh]e|[Ss]he)(?: (?:then|also|just|only|finally|half|[a-z]+ly))? (?:[a-z]{2,}(?:ed|s)|shook|threw|held|rose|sat|stood|spread|swore|sang|broke|put|laid|made|drew|took)\b"
)
"""Any act of whoever has spoken: "...," he counted off."""
_SIGNED = re.compile(
    r"\s*(?:—|–|--|―)\s*(?P<who>[A-Z][\w.’'\-]+(?: [\w.’'\-]+){1,4})(?:, [^.!?]{2,120})?\.?\s*$"
)
"""The speaker after a dash at the paragraph's end."""
_THAT_WAS = re.compile(
    r"\s*(?:That|This|It|Those|These|Thus|So|Such)(?: is| was|’s|'s| were| spoke| said| says)\s+(?=[A-Z]|the |a |an |one )"
)


def after_colon(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Attribute what follows a colon without a verb of saying, as in: the late strategist put it best."""
    region = scene.mask[sentence[0] : quote.outer_start].rstrip()
    begin = max(0, len(region) - ANNOUNCED)
    put = _WHAT_PUT.match(region, begin) if region.endswith(":") else None
    put = put or (_HERE_IS.match(region) if region.endswith(":") else None)
    put = put or (_OVERHEARD.match(region) if region.endswith(":") else None)
    if put and (source := source_from(scene, *(sentence[0] + at for at in put.span("who")))):
        return Found(source, None, "before")
    if _ALONE.fullmatch(region) and (source := source_from(scene, sentence[0], sentence[0] + len(region) - 1)):
        return Found(source, None, "before")
    part = _PART.match(region) if region.endswith(":") else None
    if part is not None and (paper := paper_before(scene, sentence[0] + 1)) is not None:
        return Found(paper, None, "before")
    if _IT_WAS.fullmatch(region) and (told := _its_owner(scene, quote, sentence)) is not None:
        return told
    told = _labelled(scene, quote, sentence, region) if region.endswith(":") else None
    if told is not None:
        return told
    if not region.endswith(":") or any(
        cue_at(scene, c) for c in CUE.finditer(scene.mask, sentence[0], quote.outer_start)
    ):
        return None
    if NOUN_CUE.match(scene.mask, sentence[0] + (4 if region.startswith("The ") else 0)) and (
        told := by_noun(scene, quote, sentence)
    ):
        return told
    signed = _SIGNED_BY.search(region, 0, len(region) - 1)
    while signed is not None:
        writer = source_from(scene, *(sentence[0] + at for at in signed.span("who")))
        if writer is not None and writer.kind == "person":
            return Found(writer, None, "before")
        signed = _SIGNED_BY.search(region, signed.start() + 1, len(region) - 1)
    source = main_subject(scene, sentence[0], sentence[0] + len(region) - 1)
    return Found(source, None, "before") if source and may_speak(source, sentence[0]) else None


def _its_owner(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Whose question or answer it is, of which the sentence before speaks ("His question went unheard. It was: ...")."""
    begin = max(scene.spans[quote.block][0], sentence[0] - ANNOUNCED)
    stop = max(scene.mask.rfind(mark, begin, sentence[0] - 2) for mark in (". ", "? ", "! "))
    return by_noun(scene, quote, (max(stop + 2, begin), sentence[1]))


def _labelled(scene: Scene, quote: Quoted, sentence: tuple[int, int], region: str) -> Found | None:
    """Attribute what a label or somebody's message announces."""
    label = _QUOTE_OF.fullmatch(region)
    if label is not None and label["who"] is None:
        if quote.block == 0:
            return None
        source = main_subject(scene, *scene.spans[quote.block - 1])
        return Found(source, None, "before") if source is not None and source.kind == "person" else None
    back = max(0, len(region) - ANNOUNCED)
    sent = label or _SENT_BY.search(region, back) or _CAME_FROM.search(region, back)
    source = source_from(scene, *(sentence[0] + at for at in sent.span("who"))) if sent else None
    return Found(source, None, "before") if source is not None else None


def of_list(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Attribute a few words in an entry of a list to the body or country that heads it."""
    label = _LABELLED.match(scene.mask, sentence[0], quote.outer_start)
    if label is None or not is_place_or_group(label["who"].split()):
        return None
    source = Source(label["who"], None, *label.span("who"), describe(label["who"]))
    return Found(source, None, "before")


def hearsay(scene: Scene, quote: Quoted, sentence: tuple[int, int]) -> Found | None:
    """Attribute how somebody is said to be: "American officials are said to be "livid""."""
    said = _SAID_TO_BE.search(scene.mask, sentence[0], quote.outer_start)
    source = main_subject(scene, sentence[0], said.start()) if said is not None else None
    if source is None or not may_speak(source, sentence[0] - 9):
        return None
    return Found(source, "say", "before")


def named_after(scene: Scene, quote: Quoted) -> Found | None:
    """Attribute by what follows without a verb of saying: "That was Senator Cole", or "..., Ann Cole, to reporters"."""
    end = scene.spans[quote.block][1]
    after = scene.mask[quote.outer_end : end]
    was = _THAT_WAS.match(after)
    if was:
        source = subject_after(scene, quote.outer_end + was.end(), end)
        return Found(source, None, "after") if source and source.kind == "person" else None
    signed = _SIGNED.match(after)
    if signed:
        source = source_from(scene, quote.outer_end + signed.start("who"), quote.outer_end + signed.end("who"))
        return Found(source, None, "after") if source and source.kind == "person" else None
    if "," not in scene.text[quote.end : quote.outer_end]:
        return None
    inverted = _INVERTED.match(after)
    if inverted is not None:
        source = subject_after(scene, quote.outer_end + inverted.end(), end)
        if source is not None and source.kind == "person":
            return Found(source, None, "after")
    acts = _ACTS.match(after)
    if acts is not None:
        source = pronoun_source(scene, acts["who"], quote.outer_end + acts.start("who"))
        return Found(source, None, "after") if source is not None else None
    bare = _VERBLESS.match(after)
    if bare is None:
        return None
    source = main_subject(scene, quote.outer_end + bare.start("who"), quote.outer_end + bare.end("who"))
    return Found(source, None, "after") if source and source.kind == "person" else None
