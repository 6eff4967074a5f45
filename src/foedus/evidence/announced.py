"""Whose a quotation is without a verb of saying: by what stands before a colon, or by a name after the words."""

from __future__ import annotations

import re

from foedus.evidence.cue_words import cue_at
from foedus.evidence.cues import NOUN_CUE, Found, by_noun
from foedus.evidence.lexicon import CUE
from foedus.evidence.quotes import Quoted
from foedus.evidence.scene import Scene
from foedus.evidence.sentences import FILL
from foedus.evidence.sources import may_speak, source_from
from foedus.evidence.subjects import main_subject, subject_after

_OVERHEARD = re.compile(
    rf"(?:[Oo]verheard|OVERHEARD|[Hh]eard|[Ss]een|SEEN) [^.:;{FILL}]{{3,80}}, (?:by|from) (?P<who>(?:an?|one|the|[A-Z])[^,:;{FILL}]{{2,60}}?)(?: to [^,:;{FILL}]{{2,40}})?:$"
)
"""Who was overheard: "Overheard in the lift, by an official to another:"."""
_SIGNED_BY = re.compile(rf"\b(?:signed by|from|by|of)\s+(?P<who>(?:[A-Z]|the )[^,:;{FILL}]{{2,60}})$")
ANNOUNCED = 400
"""Characters before a colon in which it is said whose words follow."""
_WHAT_PUT = re.compile(
    rf"[\s\S]*\bwhat (?P<who>(?:an?|the|one|[A-Z])[^,;:{FILL}]{{2,60}}?) (?:once |later |then |recently )?(?:put|said|told|asked|wrote|shouted|whispered|called|confided|explained|replied|remarked|calls|says|tells)\b[^:;{FILL}]{{0,120}}:$"
)
"""Whose words a colon announces: "what a colonel put to me last autumn:"."""
_VERBLESS = re.compile(
    rf"\s+(?P<who>[A-Z][^.;:{FILL}]{{3,120}}?)(?:, (?:to|in|on|at|during|via|when|after)\b|\.?$|\. )"
)
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
    put = put or (_OVERHEARD.match(region) if region.endswith(":") else None)
    if put and (source := source_from(scene, *(sentence[0] + at for at in put.span("who")))):
        return Found(source, None, "before")
    if not region.endswith(":") or any(
        cue_at(scene, c) for c in CUE.finditer(scene.mask, sentence[0], quote.outer_start)
    ):
        return None
    if NOUN_CUE.match(scene.mask, sentence[0] + (4 if region.startswith("The ") else 0)) and (
        told := by_noun(scene, quote, sentence)
    ):
        return told
    signed = _SIGNED_BY.search(region, 0, len(region) - 1)
    writer = source_from(scene, *(sentence[0] + at for at in signed.span("who"))) if signed else None
    if writer is not None and writer.kind == "person":
        return Found(writer, None, "before")
    source = main_subject(scene, sentence[0], sentence[0] + len(region) - 1)
    return Found(source, None, "before") if source and may_speak(source, sentence[0]) else None


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
    bare = _VERBLESS.match(after) if "," in scene.text[quote.end : quote.outer_end] else None
    if bare is None:
        return None
    source = main_subject(scene, quote.outer_end + bare.start("who"), quote.outer_end + bare.end("who"))
    return Found(source, None, "after") if source and source.kind == "person" else None
