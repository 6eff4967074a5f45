"""The noun phrase that a verb of saying belongs to, and the source that it names."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from foedus.evidence.blocks import _FINITE
from foedus.evidence.lexicon import CUE, ORG_WORDS, PRONOUNS, ROLE_NOUN
from foedus.evidence.people import (
    Cast,
    describe,
    is_place_or_group,
    parse_name,
    resolve_pronoun,
    role_holder,
    sequences,
    surname,
)
from foedus.evidence.sentences import FILL

_AUX_TAIL = re.compile(
    r"(?:[\s]+(?:has|have|had|is|was|were|are|be|also|then|later|once|twice|repeatedly|often|never|not|again|recently|long|even|further|previously|since|been|still|simply|just|first|himself|herself|themselves|itself|reportedly|"
    r"would|will|could|did|does|do|may|might|should|must|can|famously|only|always|now|both|all|each|thus|soon|too|instead|nevertheless|nonetheless|however|to|quickly|(?!family|ally|reply|Italy|July|Emily|Kelly|Sally|assembly|Assembly|supply|bully|Billy|Molly|Polly|Beverly|Daly|Healy)[A-Za-z]+ly|went on|on \w+day|at the time|in \d{4}))+\s*$"
)
_CLAUSE = re.compile(
    r"[;:—–]\s|\b(?:in|at|on|to|for|from|during|under|by|of|with) (?:which|whom)\s|,\s+(?:and|but|while|as|because|although|though|which|so|when|that|or)\s|\b(?:that|while|because|although|though|if|whether|how|what|where|when|as|but|after|before|since|until|than|and)\s(?=\S)"
)
_HARD_CLAUSE = re.compile(r"[;:]\s|\s[—–]\s|,\s+(?:and|but|while)\s(?=[A-Z]|(?:the|a|an|his|her|its)\s)")
_INTRO = re.compile(
    r"^(?:In|On|At|By|For|After|Before|During|While|When|As|Since|With|Without|Under|Despite|Although|Though|If|Because|Asked|Later|Earlier|Still|Meanwhile|However|But|And|Yet|Instead|Now|Then|So|Last|This|That|From|Until|Through|Throughout|To|About|Among|Like|Unlike|Even|Nevertheless|Afterward|Afterwards|Inside|Outside|Across|Over|Citing|"
    r"[A-Z][a-z]+(?:ing|ed|ly))\b(?!’s|'s)"
)
_VERBISH = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|did|does|do|said|says|told|went|came|took|made|gave|left|won|lost)\b"
)
_ANY_VERB = re.compile(
    _FINITE.pattern
    + "|"
    + CUE.pattern
    + r"|\b(?:knows|thinks|wants|plans|seems|remains|makes|takes|sees|puts|put)\b"
)
_DETERMINER = re.compile(
    r"^(?:the|a|an|his|her|its|their|our|one|some|several|many|two|three|four|five|another|both|most|other|a few|former|[Tt]hen)\s+",
    re.IGNORECASE,
)
_MODIFIERS = re.compile(
    r"^(?:only|just|nearly|about|some|almost|around|roughly|even|more than|at least)\s+(?=\S+\s)", re.IGNORECASE
)
_ASIDE = re.compile(r"\s[—–-]\s[^—–]{2,140}\s[—–-](?:\s+(?:\w+ly|later|then|also|once|has|had))*$")
"""Something between dashes that stands between a subject and its verb."""
_SAID_THEY = re.compile(rf"\s{CUE.pattern}\s+(?:that\s+)?(?:they|he|she|it)$")
"""A second verb whose subject repeats that of the verb of saying before it."""
_RELATIVE = re.compile(r"(?:,?\s+)(?:who|which|whose|whom)\b")
_AFTER_STOP = re.compile(
    rf"[,.;:—–()\n{FILL}]|\s(?:in|on|at|during|after|before|when|as|while|who|told|adding|about|that|last|this|yesterday|today|late|early|via|through|by|with|from|following|earlier|later|because|if|but|outside|recently|ahead|under|amid|since|speaking|referring|to\s(?:reporters|journalists|the|a|CNN|Reuters|AFP|Fox|his|her|lawmakers|me|us))\b"
)
_NP_START = re.compile(
    r"^(?:[A-ZÀ-Ž]|the\b|a\b|an\b|one\b|his\b|her\b|its\b|their\b|he\b|she\b|they\b|it\b|some\b|several\b|two\b|three\b|many\b|another\b|officials\b|sources\b|[a-z]+(?: [a-z]+)? [A-Z])"
)
_PREP_BEFORE = re.compile(
    r"\b(?:of|for|to|with|by|from|against|about|under|in|at|on|near|between|over|behind|into|like|de facto)\s+(?:(?:the|then|former|a)\s+)?(?:[A-Za-z.\-’']+\s+){0,2}$"
)


@dataclass(frozen=True)
class Source:
    """Who is speaking: canonical name, role, place of the mention, and kind of source."""

    name: str
    role: str | None
    start: int
    end: int
    kind: str


@dataclass
class Scene:
    """One story, ready for attribution."""

    text: str
    mask: str
    spans: list[tuple[int, int]]
    cast: Cast
    floor: int
    recent: list[tuple[int, str]] = field(default_factory=list)
    """Speakers found so far, by place: place and name."""

    def heard(self, at: int, name: str) -> None:
        """Note who spoke at a place."""
        insort(self.recent, (at, name))

    def before(self, at: int) -> list[tuple[int, str]]:
        """Speakers of the few passages before a place."""
        stop = bisect_left(self.recent, (at, ""))
        return self.recent[max(0, stop - 6) : stop]


def source_from(scene: Scene, start: int, end: int) -> Source | None:
    """Read a noun phrase as a source."""
    phrase = scene.text[start:end]
    lead = len(phrase) - len(phrase.lstrip(" ,—–-("))
    phrase = phrase.strip(" ,—–-()")
    start += lead
    if not phrase or len(phrase) > 300:
        return None
    word = re.match(r"[A-Za-z]+\b(?![’'-])", phrase)
    if (
        word
        and word.group().lower() in PRONOUNS
        and (len(phrase) == word.end() or word.group().lower() in ("he", "she"))
    ):
        return _pronoun(scene, word.group(), start)
    relative = _RELATIVE.search(phrase)
    if relative and relative.start() > 2:
        phrase = phrase[: relative.start()]
    person = _person(scene, phrase, start)
    if person is not None:
        return person
    return _office(scene, phrase, start)


def _pronoun(scene: Scene, word: str, at: int) -> Source | None:
    name = resolve_pronoun(scene.cast, scene.text, scene.mask, at, word, scene.before(at), scene.floor)
    low = word.lower()
    if name is None and low in ("they", "it", "he", "she") and (recent := scene.before(at)):
        names = [n for _, n in recent[-3:] if (n in scene.cast.full.values()) == (low in ("he", "she"))]
        name = names[-1] if names else (recent[-1][1] if low in ("he", "she") else None)
    if name is None:
        return None
    kind = "person" if name in scene.cast.full.values() else describe(name)
    return Source(name, scene.cast.roles.get(name), at, at + len(word), kind)


def _person(scene: Scene, phrase: str, base: int) -> Source | None:
    for a, b, words in sequences(phrase, 0, len(phrase)):
        if phrase[b : b + 2] in ("’s", "'s") or (
            phrase[b : b + 1] in "’'" and phrase[b - 1 : b] == "s" and b < len(phrase)
        ):
            continue
        parsed = parse_name(words)
        if parsed is None:
            continue
        name, title, titled = parsed
        parts = name.split()
        known = surname(name) in scene.cast.full
        if len(parts) > 6 or (len(parts) == 1 and not known and not titled):
            continue
        if is_place_or_group(parts) and not (titled and not is_place_or_group(parts[-1:])):
            continue
        if (_PREP_BEFORE.search(phrase[:a]) and ROLE_NOUN.search(phrase[:a])) or re.search(
            r"\b(?:of|for|to|by|with)\s+$", phrase[:a]
        ):
            continue
        full = scene.cast.canonical(name)
        before = _DETERMINER.sub("", phrase[:a].strip(" ,")).strip()
        role = (
            " ".join(
                part
                for part in (before if ROLE_NOUN.search(before + " " + (title or "")) else "", title or "")
                if part
            )
            or None
        )
        if role:
            scene.cast.roles.setdefault(full, role)
        place = base + b - len(name) if phrase[:b].endswith(name) else base + a
        return Source(full, role or scene.cast.roles.get(full), place, base + b, "person")
    return None


def _office(scene: Scene, phrase: str, base: int) -> Source | None:
    text = re.sub(r"^(?:But|And|Yet|Still|Meanwhile|However|So|Then|Now|or|and|but)\s+", "", phrase)
    base += len(phrase) - len(text)
    text = re.split(
        r",\s|\s(?:on (?:\w+day|condition)|in (?:a|an|its|his|her|their|the) (?:statement|interview|report|letter|email|post|speech|news|press|briefing|call)|last (?:week|month|year)|this (?:week|month|year)|speaking|familiar|briefed|close|involved)\b",
        text,
    )[0]
    full = text.strip()
    text = (
        _DETERMINER.sub("", full)
        if not re.match(r"(?:one|two|three|four|five|several|some|many|most|a few)\b", full, re.IGNORECASE)
        else re.sub(r"^(?:one|some)\s+(?:of\s+)?(?:the\s+)?", "", full, flags=re.IGNORECASE) or full
    )
    text = _MODIFIERS.sub("", text)
    if not text or not re.search(r"[A-Za-z]{2}", text) or len(text.split()) > 14 or _VERBISH.search(text):
        return None
    if (_INTRO.match(full) and not ROLE_NOUN.search(full)) or text.lower() in (
        "there",
        "which",
        "what",
        "who",
        "this",
        "that",
        "these",
        "those",
        "and",
        "but",
        "or",
        "as",
        "so",
        "then",
        "when",
        "yes",
        "no",
    ):
        return None
    holder = role_holder(scene.cast, text)
    if holder is not None:
        start = base + max(phrase.find(full), 0)
        return Source(holder, scene.cast.roles.get(holder), start, start + len(full), "person")
    known = _of_them(scene, text, base) or _bridged(scene, full, base + max(phrase.find(full), 0))
    if isinstance(known, Source):
        return known
    name = known or _fuller(scene, text)
    start = base + phrase.find(full) if full in phrase else base
    return Source(name, None, start, start + len(full), describe(name))


def _of_them(scene: Scene, text: str, at: int) -> str | None:
    """Spell out "one of them" by the group that the story spoke of last."""
    if not re.fullmatch(
        r"(?:(?:one|some|two|both|several|another|a third) of )?them|one of th[eo]s[e]?", text, re.IGNORECASE
    ):
        return None
    groups = [n for _, n in scene.before(at) if describe(n) in ("anonymous", "collective") and " of " not in n]
    return f"one of {groups[-1]}" if groups else None


def _bridged(scene: Scene, phrase: str, at: int) -> Source | None:
    """Person whom "the finance minister" speaks of when the paragraph has just named one without saying what she is."""
    word = phrase.split()[-1].lower()
    if (
        not phrase.lower().startswith("the ")
        or not ROLE_NOUN.fullmatch(word)
        or word.endswith("s")
        or word in ("president", "pope", "king", "queen", "spokesman", "spokeswoman", "official", "source")
    ):
        return None
    floor = scene.text.rfind("\n", 0, at)
    near = [m for m in scene.cast.mentions if floor < m.start < at and scene.mask[m.start] != FILL]
    if not near or len({m.name for m in near}) > 1 or near[0].name not in scene.cast.full.values():
        return None
    name = near[0].name
    if scene.cast.roles.get(name):
        return None
    scene.cast.roles[name] = _DETERMINER.sub("", phrase)
    return Source(name, scene.cast.roles[name], at, at + len(phrase), "person")


def _fuller(scene: Scene, name: str) -> str:
    """Make "office" into "trade office" where the story said so before."""
    if len(name.split()) == 1 and name.islower():
        for old in reversed(scene.cast.offices):
            if old.endswith(" " + name) or old.endswith(f" {name}s") or re.search(rf"\bof \w+ {name}s$", old):
                return old
    if name not in scene.cast.offices:
        scene.cast.offices.append(name)
    return name


def may_speak(source: Source, opening: int) -> bool:
    """Whether a source found without a verb of saying is a person, a kind of person, a document or a body."""
    if source.kind != "office":
        return True
    words = source.name.split()
    if source.name.lower() in ("another", "others", "some", "one", "many", "both"):
        return True
    return not (len(words) > 1 and source.name.isupper()) and any(
        w.lower() in ORG_WORDS
        or (w.isupper() and len(w) > 1)
        or (w[0].isupper() and source.start > opening + 4)
        for w in words
    )


def subject_before(scene: Scene, lo: int, hi: int, depth: int = 0) -> Source | None:
    """Source of the verb at `hi`, from the clause between `lo` and it."""
    region = scene.mask[lo:hi]
    fill = region.rfind(FILL)
    if fill >= 0:
        if re.fullmatch(
            r"[\s,;—–-]*(?:(?:and|but|then|also|later|before|or|in|which|who)\b[\s,]*)*", region[fill + 1 :]
        ):
            return main_subject(scene, lo, lo + _first_fill(region)) if fill > 0 else None
        lo, region = lo + fill + 1, region[fill + 1 :]
    region = _AUX_TAIL.sub("", " " + region)[1:]
    tail = region.rstrip(" ")
    if not tail or depth > 3:
        return None
    joint = re.search(r"(?:,?\s+|^)(?:and|but|then|or|before|by|and then|without|in)$", tail)
    if joint:
        return main_subject(scene, lo, lo + joint.start())
    relative = re.search(r",?\s+(who|which|that)$", tail)
    if relative:
        return subject_before(scene, lo, lo + relative.start(), depth + 1)
    aside = _ASIDE.search(tail)
    if aside:
        return subject_before(scene, lo, lo + aside.start(), depth + 1)
    reported = _SAID_THEY.search(tail)
    if reported:
        return subject_before(scene, lo, lo + reported.start(), depth + 1)
    if tail.endswith((",", ")")):
        return _from_chunks(scene, lo, lo + len(tail))
    cut = 0
    for clause in _CLAUSE.finditer(tail):
        joins = (
            clause.group().strip() == "and"
            and re.search(r"[A-Z]\w+ $", tail[: clause.start()])
            and re.match(r"[A-Z]", tail[clause.end() :])
        )
        inside = clause.group().strip(", ") in (
            "that",
            "after",
            "before",
            "since",
            "and",
            "as",
            "of",
        ) and re.search(r"\bwho\b", tail[: clause.start()])
        if not joins and not inside:
            cut = clause.end()
    comma = tail.rfind(", ", cut)
    if comma >= 0 and not re.search(r"\b(?:Jr|Sr)$|\bwho\b", tail[cut:comma]):
        cut = comma + 2
    if cut and re.fullmatch(r"(?:they|it)", tail[cut:].strip()):
        subject = main_subject(scene, lo, lo + cut)
        if subject is not None and subject.kind != "person":
            return subject
    found = source_from(scene, lo + cut, lo + len(tail))
    if found is None or (
        found.kind != "person" and cut and re.match(r"(?:has|have|had|is|was|were)\b", tail[cut:])
    ):
        found = found or main_subject(scene, lo, lo + len(tail))
    return found


def _first_fill(region: str) -> int:
    at = region.find(FILL)
    return at if at > 0 else len(region)


def main_subject(scene: Scene, lo: int, hi: int) -> Source | None:
    """Subject of the sentence that begins at `lo`: what stands before its first finite verb."""
    at = lo
    first: int | None = None
    for chunk in re.split(r"(?<=,)\s", scene.mask[lo:hi]):
        begin, at = at, at + len(chunk) + 1
        body = chunk.strip(" ,")
        if (
            not body
            or body[0] == FILL
            or (
                first is None
                and _INTRO.match(body)
                and not body.startswith(("But ", "And ", "Yet ", "So ", "Still "))
            )
        ):
            continue
        first = begin if first is None else first
        if re.match(r"(?:who|which|whose|where|when)\b", body):
            continue
        body = _no_relative(chunk)
        for verb in _ANY_VERB.finditer(body):
            if (
                verb.start() > 0
                and not verb.group()[0].isupper()
                and not re.search(
                    r"(?:\b(?:the|a|an|his|her|its|their|of|and|then|now)|,|[’']s)\s+$", body[: verb.start()]
                )
            ):
                return _before_verb(scene, first, begin + verb.start())
    return _before_verb(scene, first, hi) if first is not None else None


def _before_verb(scene: Scene, lo: int, hi: int) -> Source | None:
    lead = re.match(r"(?:But|And|Yet|So|Still),?\s+", scene.mask[lo:hi])
    lo += lead.end() if lead else 0
    region = _AUX_TAIL.sub("", scene.mask[lo:hi])
    if "," in region:
        return _from_chunks(scene, lo, lo + len(region))
    return source_from(scene, lo, lo + len(region))


def _from_chunks(scene: Scene, lo: int, hi: int) -> Source | None:
    """Subject with something between commas after it: a role, a relative clause, a circumstance."""
    region = scene.mask[lo:hi]
    breaks = list(_HARD_CLAUSE.finditer(region[:-1]))
    if breaks:
        lo += breaks[-1].end()
        region = scene.mask[lo:hi]
    chunks: list[tuple[int, int]] = []
    at = 0
    for part in re.split(r",", region):
        if part.strip():
            chunks.append((lo + at, lo + at + len(part)))
        at += len(part) + 1
    usable = [c for c in chunks if not _INTRO.match(scene.text[c[0] : c[1]].strip())] or chunks[-1:]
    with_clause = [c for c in usable if _VERBISH.search(_no_relative(scene.text[c[0] : c[1]]))]
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


def _no_relative(chunk: str) -> str:
    found = re.search(r"\b(?:who|which|whose)\b", chunk)
    return chunk[: found.start()] if found else chunk


def _join_role(scene: Scene, first: Source, after: tuple[int, int] | None) -> Source:
    """Put a name and the role beside it together, whichever comes first."""
    if after is None:
        return first
    phrase = scene.text[after[0] : after[1]].strip(" ,.")
    if first.kind == "person":
        role = apposition(phrase)
        if role and not first.role:
            scene.cast.roles.setdefault(first.name, role)
            return Source(first.name, role, first.start, first.end, first.kind)
        return first
    if ROLE_NOUN.search(first.name) or re.match(
        r"(?:his|her|its|their|the|a|an|one)\b", scene.text[first.start : first.end], re.IGNORECASE
    ):
        person = source_from(scene, *after)
        if person and person.kind == "person" and len(phrase.split()) <= 6 and phrase[0].isupper():
            role = first.name
            scene.cast.roles[person.name] = role
            return Source(person.name, role, person.start, person.end, "person")
    return first


def apposition(phrase: str) -> str | None:
    """Role stated beside a name, or nothing when the phrase is something else."""
    phrase = _no_relative(phrase).strip()
    if not phrase or not ROLE_NOUN.search(phrase) or len(phrase.split()) > 14:
        return None
    if re.match(
        r"(?:the|a|an|his|her|its|their|former|who|now|then|one|[A-Z][\w’'.]+|[a-z]+)\b", phrase
    ) and not _VERBISH.search(phrase):
        return _DETERMINER.sub("", phrase) if not phrase.lower().startswith("former") else phrase
    return None


def subject_after(scene: Scene, lo: int, hi: int) -> Source | None:
    """Source that follows its verb ("said a spokesman for the ministry, ...")."""
    region = scene.mask[lo:hi]
    lead = len(region) - len(region.lstrip())
    lo, region = lo + lead, region[lead:]
    if not _NP_START.match(region):
        return None
    stop = _AFTER_STOP.search(_protect(region))
    cut = stop.start() if stop else len(region)
    if cut == 0:
        return None
    first = source_from(scene, lo, lo + cut)
    if first is None or (stop is None or region[cut : cut + 1] != ","):
        return first
    rest = re.match(rf",\s*([^,.;:—–{FILL}]+)", region[cut:])
    return _join_role(scene, first, (lo + cut + rest.start(1), lo + cut + rest.end(1))) if rest else first


def _protect(region: str) -> str:
    """Hide the full stops of initials and abbreviations from the search for a phrase's end."""
    return re.sub(
        r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Adm|Col|Lt|Sgt|Capt|Maj|Prof|Jr|Sr|St|Brig|Rev|Cmdr|Hon|U\.S|U\.K)\.",
        lambda m: m.group()[:-1] + "_",
        region,
    )


def sentence_at(found: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Sentence that holds a position."""
    return next((s for s in found if s[0] <= at < s[1]), None)
