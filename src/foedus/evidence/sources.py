"""A noun phrase as a source: a person, a pronoun, an office, a group, a document."""

from __future__ import annotations

import re

from foedus.evidence.anaphors import bridged, heard_of_nation, last_heard, of_them, one_of_group, one_told_of
from foedus.evidence.bodies import full_body, voice_of
from foedus.evidence.bystanders import brought_in, several_before, the_other
from foedus.evidence.holders import holder_before, same_citizen, somebody
from foedus.evidence.interviews import interviewee
from foedus.evidence.lexicon import ORG_WORDS, PRONOUNS, ROLE_NOUN
from foedus.evidence.names import OFFICE_FOR, OFFICE_TAILS, is_place_or_group, modifies, parse_name, sequences
from foedus.evidence.papers import (
    latter,
    own_head,
    paper_before,
    papers_before,
    sent_with,
    the_paper,
    written_by,
)
from foedus.evidence.people import describe, role_holder, surname
from foedus.evidence.phrases import DETERMINER, INTRO, VERBISH
from foedus.evidence.pronouns import NOBODY, resolve_pronoun
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL
from foedus.evidence.strangers import (
    AHEAD,
    body_before,
    by_nation,
    just_introduced,
    nation_of,
    the_soldier,
    yet_unnamed,
)

_MODIFIERS = re.compile(
    r"^(?:only|just|nearly|about|some|almost|around|roughly|even|more than|at least)\s+(?=\S+\s)", re.IGNORECASE
)
__all__ = ["Scene", "Source", "is_somebody", "may_speak", "pronoun_source", "source_from"]
_NEAR_ONES = re.compile(
    r"\b(?:colleague|counterpart|opposite number|friend|neighbou?r|wife|husband|sister|brother|mother|father|deputy|successor|predecessor|host|guest)\b"
)
"""People told of by whose they are."""
_SURVEY = re.compile(
    r"((?:an?|the|one|another) (?:[\w-]+ ){0,3}?(?:poll|survey|study|report|review|audit)) (?:found|finds|shows|showed|suggests|suggested|put|puts) ",
    re.IGNORECASE,
)
"""A survey and what it found, of which the words are a part."""
_LOOSE_END = re.compile(r"\s(?:seen|obtained|reviewed|leaked|circulated|to|that|of|as|with|about|and|but)$")
_AT_END = re.compile(r"[^.;:]*\w,? (he|she|they)")
"""What a pronoun comes after that is the subject ("... sat in that chair he")."""
_FRONTED = re.compile(r"(?:Of|What|On|About|To|From|In|At|For|With|By) (?:[^,;:]{0,60}\b)?(he|she|they|it)$")
"""What stands before its subject ("Of the number she said ...")."""
_MEMBER_OF = re.compile(
    r" (?!after |over |under |however |whether |never |ever |rather |for |or |nor |but )[a-z][a-z\-]*(?:man|woman|er|or|ist|ian|ant|ent|ee|eur|crat|ster|head|chief|MP) (?=[A-Z])"
)
_INDEFINITE = re.compile(r"(?:an?|one|another|some|any|no|two|several) ", re.IGNORECASE)
_CONJUNCTION = re.compile(
    r"^(?:But|And|Yet|Still|Meanwhile|However|So|Then|Now|or|and|but|whom|(?:To|Against|Unlike|Among)(?= (?:the |its |his |her |some |many |most )?[a-z-]+(?:s|people)$))\s+"
)
_CIRCUMSTANCE = re.compile(
    r",\s|\s(?:on (?:\w+day|condition)|in (?:a|an|its|his|her|their|the) (?:statement|interview|report|letter|email|post|speech|news|press|briefing|call)|last (?:week|month|year)|this (?:week|month|year)|speaking|familiar|briefed|close|involved)\b"
)
"""Where a noun phrase gives way to when, how or on what terms its holder spoke."""
_COUNTING = re.compile(r"(?:one|two|three|four|five|several|some|many|most|a few)\b", re.IGNORECASE)
_ONE_OF = re.compile(r"^(?:one|some)\s+(?:of\s+)?(?:the\s+)?", re.IGNORECASE)
_NOBODY = re.compile(
    r"^(?:I|[Ww]e|[Yy]ou|[a-z]+ing|in|on|at|by|to|from|with|for|as|after|before|during|such|this|that|these|those(?! (?:present|who|in|at|close|familiar|involved|near|around|there|aboard|inside)\b)|of|about|among|between|near|via|per|than|within|without|despite|until|since|amid|against|into|onto|beyond|across|in \d+)\b|\b(?:days?|weeks?|months?|years?|hours?|minutes?|mornings?|evenings?|nights?|afternoons?|moments?|times?|later|earlier|ago|afterwards?|instead|thing|things|part|point|half|lot|way|fact|rest|bit)$"
)
"""A phrase that cannot be who spoke: a circumstance, a time, a part."""
_NO_SOURCE = frozenset("there which what who this that these those and but or as so then when yes no".split())
_RECALLED = re.compile(r"^(?:I|[Ww]e) (?:\w+ )?(?:remember|recall|met|knew|know|heard|asked) (?=an? )")
"""A writer's memory of somebody."""
_IN_STATEMENT = re.compile(
    r"^(?:[Ii]n|[Oo]n|[Aa]t|[Dd]uring|[Aa]fter) (?:an?|the|its|his|her|their) (?:[a-z\-]+ ){0,2}(?:statement|letter|interview|post|speech|note|message|report|briefing|call|reply|response|email|e-mail|memo|release|article|essay|hearing)(?: (?:on|in|to|at|late|early|last|this) [A-Z]?\w+(?: \w+)??)? (?=(?:the|an?|its|his|her|their) |[A-Z])"
    r"|^(?:[Ii]n (?:the same|a similar|similar|much the same|like) (?:vein|spirit|breath|manner|mood|tone|sense|speech|session|hearing|debate|interview)|[Oo]n the same (?:day|evening|occasion|point|stage)|[Aa]t the same (?:time|event|hearing|meeting|forum|press conference|briefing)|[Ii]n turn|[Ii]n private|[Ii]n public|[Ii]n Parliament|[Ff]or (?:its|his|her|their) part) (?=(?:the|an?|its|his|her) |[A-Z])"
    r"|^[Ii]n (?:reply|response|answer|reaction) to (?:an?|the|his|her|its|their|our) (?:[a-z\-]+ ){1,4}(?=(?:the|an?|its|his|her) |[A-Z])"
)
"""Where or how somebody spoke, before who did: "In a statement on Monday the ministry"."""
_WHEN = re.compile(
    r"^For (?:[a-z]+ )?(?:months|years|weeks|days|decades) (?=[a-z])|^(?:Last (?:night|week|month|year)|Yesterday|Today|Tonight|This (?:week|month|morning|evening)|On \w+day(?: (?:night|morning|evening|afternoon))?|Later|Earlier) (?=(?:the|an?|one|its|his|her|their|some|several|two) )"
    r"|^(?:At (?:the time|that time|the same time|that point|this point|that moment|first|last)|By (?:then|now)|In (?:the end|public|private)|For (?:now|its part|his part|her part|their part)|Until (?:then|now)|Since then) (?=(?:the|an?|one|its|his|her|their) |[A-Z])"
)
"""When somebody spoke, before who did: "Last night a source"."""
_ISSUED = re.compile(
    r"(?P<who>.{3,80}?)[’']s? (?:[a-z\-]+ ){0,2}(?:statement|press release|release|tweet|note|letter|memo|message|e-?mail|text message|postcard|account|website|web ?page|Facebook page|communiqu[ée])$"
)
"""A body's or a person's statement, which speaks for it."""
_OF_SOMEBODY = re.compile(
    r"(?:(?P<own>[Hh]is|[Hh]er)|(?P<who>.{3,80}?)[’']s?) (?:[a-z]+ ){0,2}?(?:voice|tone|face|eyes|smile|expression|patience|temper|mood|gaze|laugh|frown|grin|hands?|shoulders|eyebrows?|jaw|cheeks|lips|fists?|fingers?)"
)
"""What is somebody's own, by which a sentence tells of him or her ("The colonel’s voice broke")."""
_RELATIVE = re.compile(r"(?:,?\s+)(?:who|which|whose|whom)\b")
_PREP_BEFORE = re.compile(
    r"\b(?:of|for|to|with|by|from|against|about|under(?! secretar)|in|at|on|near|between|over|behind|into|like|de facto)\s+(?:(?:the|then|former|a)\s+)?(?:[A-Za-z.\-’']+\s+){0,2}$"
)


_ONE_WORD = re.compile(r"(?![A-Z]{2})[A-Za-z]+\b(?![’'-])")


def source_from(scene: Scene, start: int, end: int) -> Source | None:
    """Read a noun phrase as a source."""
    phrase = scene.text[start:end]
    lead = len(phrase) - len(phrase.lstrip(" ,—–-("))
    phrase = _LOOSE_END.sub("", phrase.strip(" ,—–-()"))
    start += lead
    if not phrase or len(phrase) > 300:
        return None
    word = _ONE_WORD.match(phrase)
    if (
        word
        and word.group().lower() in PRONOUNS
        and (len(phrase) == word.end() or word.group().lower() in ("he", "she"))
    ):
        return pronoun_source(scene, word.group(), start)
    fronted = _FRONTED.match(phrase) or _AT_END.fullmatch(phrase)
    if fronted is not None:
        return pronoun_source(scene, fronted[1], start + fronted.start(1))
    if (some := somebody(phrase, start)) is not None:
        return some
    relative = _RELATIVE.search(phrase)
    if relative and relative.start() > 2:
        phrase = phrase[: relative.start()]
    person = _person(scene, phrase, start)
    if person is not None:
        return person
    same = one_told_of(scene, phrase, start) if phrase.lower().startswith(("this ", "that ")) else None
    return same or _office(scene, phrase, start)


def pronoun_source(scene: Scene, word: str, at: int) -> Source | None:
    """Source that a pronoun at a place stands for."""
    if word.lower() in ("you", "i"):
        return interviewee(scene, word, at)
    introduced = just_introduced(scene, word.lower(), at) or body_before(scene, word.lower(), at)
    if introduced is None and (holder := holder_before(scene, at, word.lower())) is not None:
        citizen = nation_of(scene.text[holder.start : holder.end])
        introduced = source_from(scene, holder.start, holder.end) if citizen else holder
    if introduced is not None:
        return introduced
    if word.lower() == "they" and (minutes := papers_before(scene, at)) is not None:
        return minutes
    if word.lower() == "they" and (several := several_before(scene, at)) is not None:
        return source_from(scene, *several)
    name = resolve_pronoun(scene.cast, scene.text, scene.mask, at, word, scene.before(at), scene.floor)
    low = word.lower()
    if name is None and low == "it":
        writer = written_by(scene, at)
        told = source_from(scene, *writer) if writer else _sender(scene, at) or paper_before(scene, at)
        if told is not None:
            return told
    if name is None and low in ("they", "it", "he", "she") and (recent := scene.before(at)):
        names = [n for _, n in recent[-3:] if (n in scene.cast.full.values()) == (low in ("he", "she"))]
        others = [n for _, n in recent[-3:] if describe(n) != "document" and n.lower() not in NOBODY]
        name = names[-1] if names else (others[-1] if others and low in ("he", "she") else None)
    if name is None and low in ("he", "she"):
        name = _yet_to_come(scene, PRONOUNS[low], at)
    if name is None:
        return None
    kind = "person" if name in scene.cast.full.values() else describe(name)
    if kind == "person" and low in ("he", "she"):
        scene.cast.gender.setdefault(surname(name), PRONOUNS[low])
    return Source(name, scene.cast.roles.get(name), at, at + len(word), kind)


def _sender(scene: Scene, at: int) -> Source | None:
    """Who sent the note that then speaks ("She sent it back with a note on it. "...," it asks")."""
    sent = sent_with(scene, at)
    pronoun = _SHE_SENT.search(scene.mask, *sent) if sent is not None else None
    return pronoun_source(scene, pronoun[1], pronoun.start(1)) if pronoun is not None else None


def _yet_to_come(scene: Scene, gender: str, at: int) -> str | None:
    """Person whom a story's first "he" or "she" runs ahead of."""
    people = set(scene.cast.full.values())
    if any(scene.floor <= m.start < at and m.name in people for m in scene.cast.mentions):
        return None
    ahead = (
        m
        for m in scene.cast.mentions
        if at < m.start < at + AHEAD and m.name in people and scene.mask[m.start] != FILL
    )
    return next((m.name for m in ahead if scene.cast.gender.get(surname(m.name), gender) == gender), None)


_MINISTER_OF = re.compile(r"\b(?:[Mm]inister|[Ss]ecretary) (?:of|for)\s+$")
_IN_CHARGE = re.compile(
    rf"(?i:{ROLE_NOUN.pattern}|\benvoy|representative|commissioner)[^,;:]{{0,40}} (?:for|of|on) (?:[a-z-]+ (?:and )?){{0,2}}(?:{'|'.join(sorted(OFFICE_TAILS))}|research|communications|strategy|trade|energy|finance|justice|transport|health|defence|defense|intelligence|state|staff) $"
)
"""Whose office it is that the name after it holds ("deputy minister for procurement")."""
_GOVERNED = re.compile(r"\b(?:of|for|to|by|with)\s+$")


def _person(scene: Scene, phrase: str, base: int) -> Source | None:
    for a, b, words in sequences(phrase, 0, len(phrase)):
        if phrase[b : b + 2] in ("’s", "'s") or (
            phrase[b : b + 1] in "’'" and phrase[b - 1 : b] == "s" and b < len(phrase)
        ):
            continue
        parsed = parse_name(words, OFFICE_FOR.search(phrase, 0, a) is not None)
        if parsed is None or modifies(phrase, b):
            continue
        name, title, titled = parsed
        parts = name.split()
        known = surname(name) in scene.cast.full
        if len(parts) > 6 or (len(parts) == 1 and not known and not titled):
            continue
        if is_place_or_group(parts) and not (titled and not is_place_or_group(parts[-1:])):
            continue
        ministry = bool(title) and _MINISTER_OF.search(phrase[:a])
        if title and title.rsplit(maxsplit=1)[-1].lower() in OFFICE_TAILS:
            pass
        elif ministry:
            title = f"{phrase[:a].split()[-2]} {phrase[:a].rsplit(maxsplit=1)[-1]} {title}"
        elif _of_another(phrase, a, parts):
            continue
        if _leads_up(scene, phrase, b, titled):
            continue
        full = scene.cast.addressed(words, name) or scene.cast.canonical(name)
        before = DETERMINER.sub("", phrase[:a].strip(" ,")).strip()
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


def _of_another(phrase: str, at: int, parts: list[str]) -> bool:
    """Whether a name only says whose aide or brother somebody is."""
    if len(parts) > 1 and _IN_CHARGE.search(phrase, 0, at):
        return False
    governed = _PREP_BEFORE.search(phrase[:at]) and ROLE_NOUN.search(phrase[:at])
    return bool(governed or _GOVERNED.search(phrase[:at]))


def _leads_up(scene: Scene, phrase: str, at: int, titled: bool) -> bool:
    """Whether a run of capitals says whose member somebody is who is named right after ("Green Party organiser Ann Cole")."""
    trade = None if titled else _MEMBER_OF.match(phrase, at)
    following = sequences(phrase, trade.end(), len(phrase))[:1] if trade is not None else []
    return any(
        a == trade.end() and len(words) > 1 and surname(" ".join(words)) in scene.cast.full
        for a, _, words in following
        if trade is not None
    )


_PRONOUN_FIRST = re.compile(r"(?:I|[Ww]e|[Yy]ou|[Ii]t|[Hh]e|[Ss]he|[Tt]hey)\b")
_TWO_LETTERS = re.compile(r"[A-Za-z]{2}")


def _office(scene: Scene, phrase: str, base: int) -> Source | None:
    """Read a noun phrase that names no person: an office, a body, a group, a document."""
    bare = _WHEN.sub("", _IN_STATEMENT.sub("", _RECALLED.sub("", _CONJUNCTION.sub("", phrase))))
    base += len(phrase) - len(bare)
    full = _CIRCUMSTANCE.split(bare)[0].strip()
    asked = _SURVEY.match(full)
    full = asked[1] if asked is not None else full
    text = _without_determiner(full)
    if not text or not _TWO_LETTERS.search(text) or len(text.split()) > 14 or VERBISH.search(text):
        return None
    if (INTRO.match(full) and not ROLE_NOUN.search(full)) or (
        text if text.isupper() else text.lower()
    ) in _NO_SOURCE:
        return None
    if _PRONOUN_FIRST.match(text) or (_NOBODY.search(text) and not _may_act(full, text)):
        return None
    start = base + max(phrase.find(full), 0)
    if (owner := _owner(scene, full, start)) is not None:
        return owner
    holder = None if _INDEFINITE.match(bare) else role_holder(scene.cast, text, start)
    if holder is not None and not yet_unnamed(scene, holder, text, start):
        return Source(holder, scene.cast.roles.get(holder), start, start + len(full), "person")
    if (told_of := _the_man(scene, full, start) or _their_people(scene, full, start)) is not None:
        return told_of
    known = (
        latter(scene, full, start)
        or the_paper(scene, full, start)
        or the_soldier(scene, full, start)
        or of_them(scene, text, base)
        or one_of_group(scene, text, base)
        or bridged(scene, full, start)
        or one_told_of(scene, full, start)
        or last_heard(scene, full, start)
        or (same_citizen(scene, full, start) or by_nation(scene, full, start))
        or heard_of_nation(scene, full, start)
    )
    if isinstance(known, Source):
        return known
    new = bool(_INDEFINITE.match(bare))
    text = own_head(full, text)
    name = known or voice_of(scene, _fuller(scene, text, new, start), start, new)
    return Source(name, None, start, start + len(full), describe(name))


def _may_act(phrase: str, text: str) -> bool:
    """Whether a phrase that begins or ends like a circumstance is somebody or a body all the same ("the shipping ministry")."""
    if ROLE_NOUN.search(text):
        return True
    return phrase.lower().startswith(("the ", "its ")) and text.rsplit(maxsplit=1)[-1].lower() in ORG_WORDS


def _owner(scene: Scene, phrase: str, at: int) -> Source | None:
    """Whose statement speaks, or by whose voice or face a sentence tells of somebody."""
    found = _ISSUED.fullmatch(phrase) or _OF_SOMEBODY.fullmatch(phrase)
    if found is None:
        return None
    if found["who"] is None:
        return pronoun_source(scene, "he" if phrase.lower().startswith("his") else "she", at)
    return source_from(scene, at, at + found.end("who"))


_SHE_SENT = re.compile(r"\b([Hh]e|[Ss]he) (?:[a-z]+ly |also |then |had |has )*$")
_MEMBERS = re.compile(
    r"[Ii]ts ((?:[a-z]+ )?(?:deputies|members|lawmakers|legislators|senators|councillors|MPs|MEPs|supporters|delegates|voters))"
)
"""Those who make up a body."""


def _the_man(scene: Scene, phrase: str, at: int) -> Source | None:
    """Person of whom the paragraph has told, whom "the man" stands for."""
    if (stranger := brought_in(scene, phrase, at) or the_other(scene, phrase, at)) is not None:
        return stranger
    word = {"the man": "he", "the woman": "she"}.get(phrase.lower())
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    people = set(scene.cast.full.values())
    told_more = scene.mask.startswith(" who ", at + len(phrase))
    if word is None or not (
        told_more or any(floor <= m.start < at and m.name in people for m in scene.cast.mentions)
    ):
        return None
    source = pronoun_source(scene, word, at)
    return source if source is not None and source.kind == "person" else None


def _their_people(scene: Scene, phrase: str, at: int) -> Source | None:
    """Members of the body of which the text has just told ("its deputies")."""
    found = _MEMBERS.fullmatch(phrase)
    body = pronoun_source(scene, "it", at) if found is not None else None
    if found is None or body is None or body.kind in ("person", "document"):
        return None
    return Source(f"{body.name} {found[1]}", None, at, at + len(phrase), "collective")


def _without_determiner(phrase: str) -> str:
    if phrase.lower().startswith("former "):
        return phrase
    bare = (_ONE_OF.sub("", phrase) or phrase) if _COUNTING.match(phrase) else DETERMINER.sub("", phrase)
    return _MODIFIERS.sub("", bare.removeprefix("same "))


def _fuller(scene: Scene, name: str, new: bool, at: int) -> str:
    """Make "office" into "trade office" where the story said so before, unless it speaks of a new one."""
    if not new and len(name.split()) == 1 and name.islower():
        for old in reversed(scene.cast.offices):
            if (
                old.endswith(" " + name)
                or old.endswith(f" {name}s")
                or re.search(rf"\bof \w+ {re.escape(name)}s$", old)
                or old.lower().startswith((f"{name} of ", f"{name} for "))
            ):
                return old
        if (body := full_body(scene, name, at)) is not None:
            return body
    if name not in scene.cast.offices:
        scene.cast.offices.append(name)
    return name


def is_somebody(source: Source) -> bool:
    """Whether a source is one unnamed holder of an office or a trade."""
    last = ROLE_NOUN.search(source.name.rsplit(maxsplit=1)[-1])
    return source.kind == "anonymous" and last is not None and not last.group().endswith("s")


def may_speak(source: Source, opening: int) -> bool:
    """Whether a source found without a verb of saying is a person, a kind of person, a document or a body."""
    if source.kind != "office":
        return True
    words = source.name.split()
    if _NEAR_ONES.search(source.name):
        return True
    if source.name.lower() in ("another", "others", "some", "one", "many", "both"):
        return True
    return not (len(words) > 1 and source.name.isupper()) and any(
        w.lower() in ORG_WORDS
        or (w.isupper() and len(w) > 1)
        or (w[0].isupper() and (source.start > opening + 4 or at > 0))
        for at, w in enumerate(words)
    )
