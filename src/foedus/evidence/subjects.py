"""The noun phrase that a verb of saying belongs to, and the source that it names."""

from __future__ import annotations

import re
from bisect import bisect_left

from foedus.evidence.asides import beside_one, body_reached, of_whom, past_noun, unnamed
from foedus.evidence.furniture import FINITE
from foedus.evidence.lexicon import CUE, ROLE_NOUN, ends
from foedus.evidence.names import is_place_or_group
from foedus.evidence.phrases import (
    FORMERLY,
    INTRO,
    OF_SEVERAL,
    PARTICIPLE,
    VERBISH,
    apposition,
    clause_start,
    no_relative,
    past_question,
    protect,
    without_auxiliaries,
)
from foedus.evidence.sentences import FILL, sentence_at
from foedus.evidence.sources import Scene, Source, source_from
from foedus.evidence.strangers import of_another, only_named, put_between

__all__ = [
    "ANY_VERB",
    "Scene",
    "apposition",
    "main_subject",
    "sentence_at",
    "subject_after",
    "subject_before",
]

_HARD_CLAUSE = re.compile(
    r"^\s*(?:and|but|while|whereas)\s(?=[A-Z]|(?:the|a|an|his|her|its|their)\s)|[;:]\s|\s[—–]\s|,\s+(?:and|but|while)\s(?=[A-Z]|(?:the|a|an|his|her|its)\s)"
)
_SUBORDINATE = re.compile(
    rf"(?:I|[Ww]e|[Hh]e|[Ss]he|[Ii]t|[Tt]hey|That|This)\b[^,;{FILL}]{{2,100}}?\b(?:when|while|because|after|before|as|that|since|until|though|although)\s+"
    r"(?=(?:the|an?|his|her|its|their|our|my)\s|[A-Z])"
)
"""A main clause about somebody else before the clause that a verb of saying belongs to."""
ANY_VERB = re.compile(
    FINITE.pattern
    + "|"
    + CUE.pattern
    + r"|\b(?:knows|thinks|wants|plans|seems|remains|makes|takes|sees|puts|put|laughs|shrugs|smiles|nods|sighs|grins|pauses|frowns|winks|coughs|chuckles|waves|leans|gestures|hesitates|blinks|shakes|looks|points|turns|sits|stands|stares|grimaces|rises|gets|goes|comes|gives|has|runs|opens|begins|carries|holds|keeps|leaves|brings|shows|offers|faces|leads|sends|lists|hangs|lives|walks|owns|wears|waits|shook|threw|bit|sat|swung|swept|laid|leant|rang|sang|slid|strode|stuck|swore|tore|woke|wore|flung|hung|hid|bent|chose|drove|ate|drank|fled|flew|froze|forgot|rode|slept|spun|sprang|taught|understood|withdrew|wept|broke|bore|lent|meant)\b"
)
_LINKS = re.compile(r"[\s,;—–-]*(?:(?:and|but|then|also|later|before|or|in|which|who)\b[\s,]*)*")
_JOINT = re.compile(r"(?:,?\s+|^)(?:and|but|then|or|before|by|and then|without|in)$")
_JOINTS = ("and", "but", "then", "or", "before", "by", "without", "in")
_BUT_TO = re.compile(r",? (?:except|other than|if only|than|save|beyond|long enough|apart from|merely|only)$")
"""What stands between a clause and what its subject only says ("would not comment, except to say")."""
_RELATIVES = ("who", "which", "that")
_THEY = ("they", "he", "she", "it")
_RELATIVE_END = re.compile(r",?\s+\(?(who|which|that)$")
_WHO_WHEN = re.compile(
    r",?\s+(?:who|which), (?:in|at|on|after|before|during|with|without|from|when|while|like|speaking|over) [^,;:]{2,70},$"
)
"""The same with a circumstance after it ("a commander who, at the dinner,")."""
_WHICH_PAPER = re.compile(
    r"\b(?:an?|the|its|his|her|their|[A-Z]\w+[’']s) (?P<who>(?:[a-z][\w-]* ){0,2}?(?:memo|report|letter|statement|note|study|paper|e-?mail|message|post|article|review|resolution|text|document|survey|speech|leaflet|editorial|communiqu[ée]|draft|memorandum|declaration|brief|opinion|accord|agreement|treaty|bill|law))(?: (?:from|of|by|in|to|on|for) [^,;:]{1,50})?$"
)
"""A paper right before ", which"."""
_ASIDE = re.compile(r"\s[—–-]\s[^—–]{2,140}\s[—–-](?:\s+(?:\w+ly|later|then|also|once|has|had))*$")
"""Something between dashes that stands between a subject and its verb."""
_SAID_THEY = re.compile(rf"\s{CUE.pattern}\s+(?:that\s+)?(?:they|he|she|it)$")
"""A second verb whose subject repeats that of the verb of saying before it."""
_AFTER_STOP = re.compile(
    rf"[,.;:—–()\n{FILL}]|\s(?:in|on|at|during|after|before|when|as|while|who|told|adding|about|that|last|this|yesterday|today|late|early|via|through|by|with|from|following|earlier|later|because|if|but|outside|recently|ahead|under|amid|since|speaking|referring|to\s(?:reporters|journalists|the|a|CNN|Reuters|AFP|Fox|his|her|lawmakers|me|us))\b"
)
_HAS_OBJECT = re.compile(r"(?<=[a-rt-z]) [a-z]+[a-rt-z]s (?=(?:an?|the|his|her|its|their|no)\b)")
"""A verb of the present, by the object after it."""
_NAMED_ALSO = re.compile(r"(?:[a-z\-]+ ){0,5}[A-ZÀ-Ž]")
_LEAD = re.compile(r"(?:But|And|Yet|So|Still|Meanwhile|Instead|Then),?\s+")
_LEADS = ("But ", "And ", "Yet ", "So ", "Still ", "Meanwhile ", "Instead ", "Then ")
_SAID_BY = re.compile(
    rf"{FILL}[\s,—–]*(?:\w+ly )?{CUE.pattern}\s+(?=[A-Z]|the |an? |one |his |her |its |their )"
)
_CLEFT = re.compile(
    r"\b[Ii]t (?:was|is) (?P<who>(?!also|not|only|in|at|on)[^,;:]{2,60}?),? who\b(?!.*\b(?:that|and)\b)"
)
"""Somebody brought out ("it was Ann Cole who")."""
_AND_WHEN = re.compile(r"\w+,? (?:when|after|before|if|while|because|since|once|asked|though|although|until)\b")
_INSERTED = re.compile(r" \w+(?:, |\.$|\.\s)")
"""A verb of saying put between commas: "A European force, they write, ..."."""
_SAID_THAT = re.compile(r"(?<=who )(?:said|says)(?: that)? (?=(?:his|her|their) (?:[a-z]+ ){0,2}[a-z]+s$)")
"""What tells, of those who are somebody's, what they in turn say ("who said his neighbours ask")."""
_ONCE = 3
_WITH_CALLING = re.compile(
    r",? with (?P<who>(?:its|his|her|their|the|an?) (?:[\w’'.-]+ ){0,4}[\w’'-]+|[A-Z][\w’'.-]*(?: [\w’'.-]+){0,4})$"
)
"""Somebody beside whom the rest happens ("with its premier calling it a joke")."""
_JUST_SAID = re.compile(
    rf", {CUE.pattern} (?P<who>(?:[A-Z]|the |an? |one |[a-z]+ (?:[a-z]+ )?[A-Z])[^,;:{FILL}]{{2,60}}),$"
)
"""Who has just been said to say something, and goes on ("..., said Ann Cole, adding")."""
_BODY_BEFORE = re.compile(
    r"\b(?:to|by|from|with|of|for|at|in|told|asked|and|via|against|on|[a-z]{3,}(?:ed|es|ing)) (?:the )?(?P<who>[A-Z][\w.&-]*(?: (?:of |for |the )*[A-Z][\w.&-]*){0,4})$"
)
"""Body right before ", which"."""
_SAID_AFTER = re.compile(
    rf", {CUE.pattern} (?P<who>(?:one|another|two|some|several|an?|the) [^,;:{FILL}]{{2,60}})$"
)
_HAS_SAID = re.compile(
    rf", (?P<who>(?:[A-Z]|the |an? |one )[^,;:{FILL}]{{2,100}}?) (?:has |had |also |later )*{CUE.pattern}(?: (?:on|in|at|to|late|last|this|earlier|yesterday|today|[A-Z][a-z]+day)\b[^,;:]{{0,40}})?,$"
)
A_NAME = 120
_CALLING = re.compile(
    r"\b(?:statement|letter|post|message|speech|e-?mail|article|essay|op-ed|tweet|interview|note|memo|video|text|resolution)$"
)
"""What "calling" or "saying" after it belongs to, and its writer with it."""
BESIDE = 3
"""Characters between a document and its writer's name, where that stands beside it."""
_NP_START = re.compile(
    r"^(?:[A-ZÀ-Ž]|the\b|a\b|an\b|one\b|his\b|her\b|its\b|their\b|he\b|she\b|they\b|it\b|some\b|several\b|two\b|three\b|many\b|another\b|our\b|my\b|officials\b|sources\b|(?:multiple|numerous|senior|current|former|people|analysts|experts|diplomats|aides|lawmakers|documents|figures|data|estimates|researchers|economists|other|most|those|both|four|five|six|police|military|defen[cs]e|government|industry|court|local)\b|[a-z]+(?: [a-z]+)? [A-Z])"
)


def subject_before(scene: Scene, lo: int, hi: int, depth: int = 0) -> Source | None:
    """Source of the verb at `hi`, from the clause between `lo` and it."""
    region = scene.mask[lo:hi]
    fill = region.rfind(FILL)
    if fill >= 0:
        if _LINKS.fullmatch(region, fill + 1):
            return main_subject(scene, lo, lo + _first_fill(region)) if fill > 0 else None
        if scene.text[hi : hi + 20].split(maxsplit=1)[0].endswith("ing") and region.endswith(", "):
            said = _SAID_BY.search(region, max(fill - 1, 0))
            return subject_after(scene, lo + said.end(), hi) if said else main_subject(scene, lo, hi)
        lo, region = lo + fill + 1, region[fill + 1 :]
    tail = without_auxiliaries(" " + region)[1:].rstrip(" ")
    if not tail or depth > 3:
        return None
    cleft = _CLEFT.search(tail)
    told = source_from(scene, *(lo + at for at in cleft.span("who"))) if cleft else of_whom(scene, lo, tail)
    if told is not None:
        return told
    calling = fill < 0 and scene.text[hi : hi + 20].split(maxsplit=1)[0].endswith("ing")
    apart = _WITH_CALLING.search(tail) if calling else None
    if apart is not None and (source := source_from(scene, *(lo + at for at in apart.span("who")))):
        return source
    near = max(0, len(tail) - A_NAME)
    said = (_JUST_SAID.search(tail, near) or _HAS_SAID.search(tail, near)) if calling else None
    if said is not None:
        return source_from(scene, *(lo + at for at in said.span("who")))
    if calling and (tail.endswith(",") or _CALLING.search(tail)):
        return main_subject(scene, lo, lo + len(tail))
    joint = _JOINT.search(tail) if ends(tail, _JOINTS) else None
    joint = joint or _BUT_TO.search(tail)
    if joint:
        return main_subject(scene, lo, lo + joint.start())
    relative = _RELATIVE_END.search(tail) if ends(tail, _RELATIVES) else None
    relative = relative or (_WHO_WHEN.search(tail) if tail.endswith(",") else None)
    if relative and (source := _before_who(scene, lo, tail[: relative.start()])):
        return source
    shorter = relative or _ASIDE.search(tail) or (_SAID_THEY.search(tail) if ends(tail, _THEY) else None)
    if shorter:
        return subject_before(scene, lo, lo + shorter.start(), depth + 1)
    if tail.endswith((",", ")")):
        return _from_chunks(scene, lo, lo + len(tail))
    return _subject_of_clause(scene, lo, tail)


def _before_who(scene: Scene, lo: int, tail: str) -> Source | None:
    """Whom "who" stands for at the end of `tail`."""
    hi = lo + len(tail)
    paper = _WHICH_PAPER.search(tail)
    if paper is not None and scene.mask[hi:].lstrip(", ").startswith("which"):
        start, end = (lo + at for at in paper.span("who"))
        return Source(scene.text[start:end], None, start, end, "document")
    body = _BODY_BEFORE.search(tail) if scene.mask[hi:].lstrip(", ").startswith("which") else None
    if body is not None and is_place_or_group(body["who"].split()):
        return source_from(scene, *(lo + at for at in body.span("who")))
    if scene.mask[hi:].lstrip(", ").startswith(("which", "who ")) and (
        reached := body_reached(scene, lo, tail)
    ):
        return reached
    said = _SAID_AFTER.search(tail)
    if said is not None:
        return source_from(scene, *(lo + at for at in said.span("who")))
    source = unnamed(scene, lo, tail) or _antecedent(scene, lo, hi)
    return source or (_from_chunks(scene, lo, hi) if "," in tail else None)


def _antecedent(scene: Scene, lo: int, hi: int) -> Source | None:
    """Person named last before ", who", with no more than her role between."""
    stop = bisect_left(scene.cast.mentions, hi, key=lambda m: m.start)
    for mention in reversed(scene.cast.mentions[max(0, stop - 4) : stop]):
        if mention.start < lo or mention.name not in scene.cast.full.values():
            break
        between = scene.mask[mention.end : hi]
        possessed = scene.text[mention.end : mention.end + 2] in ("’s", "'s")
        if possessed or VERBISH.search(between) or CUE.search(between):
            continue
        role = apposition(between.strip(" ,")) or scene.cast.roles.get(mention.name) or mention.role
        return Source(mention.name, role, mention.start, mention.end, "person")
    return None


_THEY_ALONE = re.compile(r"(?:(?:in|on|at) [^,;:]{3,60} )?(?:they|it)")


def _subject_of_clause(scene: Scene, lo: int, tail: str) -> Source | None:
    """Subject of the last clause of `tail`, or of the sentence where that clause has none of its own."""
    several = OF_SEVERAL.search(tail) if " and " in tail[-40:] else None
    if several is not None:
        start, end = several.span("who")
        return Source(several["who"], None, lo + start, lo + end, "collective")
    cut = clause_start(tail)
    inserted = tail[:cut].endswith(", ") and _INSERTED.match(scene.mask, lo + len(tail))
    said = put_between(scene, lo, lo + len(tail)) if tail.endswith((" it", " he", " she", " they")) else None
    if said is not None:
        return source_from(scene, *said)
    another = (
        of_another(scene, tail[cut:].strip(), max(scene.floor, lo - A_NAME), lo + cut)
        if tail.endswith(("’s", "'s"))
        else None
    )
    if another is not None:
        return another
    if cut and not inserted and _THEY_ALONE.fullmatch(tail[cut:].strip()):
        subject = main_subject(scene, lo, lo + cut)
        if subject is not None and subject.kind != "person":
            return subject
    cut = past_noun(tail, cut)
    found = source_from(scene, lo + cut, lo + len(tail))
    told = _SAID_THAT.search(tail, cut) if found is None else None
    if told is not None and told.start() > 0:
        return subject_before(scene, lo, lo + told.start(), _ONCE)
    if found is None and not re.fullmatch(r"(?:[Hh]e|[Ss]he)", tail[cut:].strip()):
        found = main_subject(scene, lo, lo + len(tail))
    return found


def _first_fill(region: str) -> int:
    at = region.find(FILL)
    return at if at > 0 else len(region)


_CHUNKS = re.compile(r"(?<=,)\s")
_RELATIVE_FIRST = re.compile(r"(?:who|which|whose|where|when)\b")
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]|[Aa]n|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|of|and|the then|the now)|,|[’']s)\s+$"
)


def main_subject(scene: Scene, lo: int, hi: int) -> Source | None:
    """Subject of the sentence that begins at `lo`: what stands before its first finite verb."""
    lo = at = past_question(scene.mask, lo, hi)
    first: int | None = None
    for part in _CHUNKS.split(scene.mask[lo:hi]):
        begin, at, chunk = at, at + len(part) + 1, part
        fill = chunk.rfind(FILL) + 1
        if fill > 0 and _NP_START.match(chunk[fill:].lstrip()) and not chunk[:fill].strip(FILL + " "):
            begin, chunk = begin + fill, chunk[fill:]
        body = chunk.strip(" ,")
        if (
            not body
            or body[0] == FILL
            or (
                first is None
                and (INTRO.match(body) or PARTICIPLE.match(body))
                and (_AND_WHEN.match(body) or not body.startswith(_LEADS))
            )
        ):
            continue
        first = begin if first is None else first
        if _RELATIVE_FIRST.match(body):
            continue
        body = no_relative(chunk)
        for verb in ANY_VERB.finditer(body):
            if (
                (verb.start() > 0 or first < begin)
                and body[verb.start() - 1 : verb.start()] != "-"
                and not verb.group()[0].isupper()
                and not _NOUN_BEFORE.search(body[: verb.start()])
            ):
                return _before_verb(scene, first, begin + verb.start())
    return _before_verb(scene, first, hi) if first is not None else None


def _before_verb(scene: Scene, lo: int, hi: int) -> Source | None:
    lead = _LEAD.match(scene.mask[lo:hi])
    lo += lead.end() if lead else 0
    region = without_auxiliaries(scene.mask[lo:hi])
    verb = _HAS_OBJECT.search(region) if region.endswith(".") else None
    region = region[: verb.start()] if verb else region
    if "," in region:
        return _from_chunks(scene, lo, lo + len(region))
    return source_from(scene, lo, lo + len(region))


_PARTS = re.compile(r",(?!\d)")


def _from_chunks(scene: Scene, lo: int, hi: int) -> Source | None:
    """Subject with something between commas after it: a role, a relative clause, a circumstance."""
    region = scene.mask[lo:hi]
    if (named := only_named(scene, lo, hi)) is not None:
        return named
    breaks = list(_HARD_CLAUSE.finditer(region[:-1]))
    if breaks:
        lo += breaks[-1].end()
        region = scene.mask[lo:hi]
    inner = _SUBORDINATE.match(region)
    if inner:
        lo += inner.end()
        region = scene.mask[lo:hi]
    chunks: list[tuple[int, int]] = []
    at = 0
    for part in _PARTS.split(region):
        if part.strip():
            chunks.append((lo + at, lo + at + len(part)))
        at += len(part) + 1
    usable = [c for c in chunks if not _aside(scene, *c)] or chunks[-1:]
    with_clause = [c for c in usable if VERBISH.search(no_relative(scene.text[c[0] : c[1]]))]
    if with_clause and len(usable) > len(with_clause) and usable[0] in with_clause:
        usable = usable[usable.index(with_clause[0]) + 1 :]
    if not usable:
        return None
    first = source_from(scene, *usable[0])
    after = usable[1] if len(usable) > 1 else None
    if (
        first is not None
        and first.kind != "person"
        and len(usable) > 2
        and (third := _join_role(scene, first, usable[2])).kind == "person"
    ):
        return third
    return _join_role(scene, first, after) if first else (source_from(scene, *after) if after else None)


def _aside(scene: Scene, lo: int, hi: int) -> bool:
    """Whether a stretch between commas is a circumstance rather than somebody."""
    chunk = _LEAD.sub("", scene.text[lo:hi].strip())
    if FORMERLY.match(chunk):
        return False
    return bool(INTRO.match(chunk) or PARTICIPLE.match(chunk))


def _join_role(scene: Scene, first: Source, after: tuple[int, int] | None) -> Source:
    """Put a name and the role beside it together, whichever comes first."""
    if after is None or (first.kind == "document" and after[0] - first.end > BESIDE):
        return first
    phrase = scene.text[after[0] : after[1]].strip(" ,.")
    begin = scene.text.find(phrase, after[0])
    if (told_of := beside_one(scene, first, begin, begin + len(phrase))) is not None:
        return told_of
    if first.kind == "person":
        role = apposition(phrase)
        if role and not first.role:
            scene.cast.roles.setdefault(first.name, role)
            return Source(first.name, role, first.start, first.end, first.kind)
        return first
    if ROLE_NOUN.search(first.name) or re.match(
        r"(?:his|her|its|their|the|a|an|one|my|your|our)\b", scene.text[first.start : first.end], re.IGNORECASE
    ):
        person = source_from(scene, *after)
        ends_so = person is not None and phrase.endswith(scene.text[person.start : person.end])
        most = 14 if ends_so or phrase.startswith(("Mr", "Ms", "Miss ")) else 7
        if (
            person
            and person.kind == "person"
            and len(phrase.split()) <= most
            and _NAMED_ALSO.match(phrase)
            and (phrase.startswith(("Mr", "Ms", "Miss ")) or not _KIN_OF_SOME.match(first.name))
        ):
            held = scene.cast.roles.get(person.name)
            rank = held if held and " " not in held and held.lower() not in first.name.lower() else None
            role = first.name
            scene.cast.roles[person.name] = f"{role}, {rank}" if rank else role
            return Source(person.name, role, person.start, person.end, "person")
    return first


_KIN_OF_SOME = re.compile(r"[a-z-]+ of (?:one|some|two|three|four|five|an?)\b")
"""Somebody told of by an unnamed other, whose name may follow ("the wife of one of the dead, ...")."""


def subject_after(scene: Scene, lo: int, hi: int) -> Source | None:
    """Source that follows its verb ("said a spokesman for the ministry, ...")."""
    region = scene.mask[lo:hi]
    lead = len(region) - len(region.lstrip())
    lo, region = lo + lead, region[lead:]
    if not _NP_START.match(region):
        return None
    stop = _AFTER_STOP.search(protect(region))
    cut = stop.start() if stop else len(region)
    if cut == 0:
        return None
    first = source_from(scene, lo, lo + cut)
    if first is None or (stop is None or region[cut : cut + 1] != ","):
        return first
    rest = re.match(rf",\s*([^,.;:—–{FILL}]+)", protect(region[cut:]))
    return _join_role(scene, first, (lo + cut + rest.start(1), lo + cut + rest.end(1))) if rest else first
