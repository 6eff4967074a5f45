"""A noun phrase as a source: a person, a pronoun, an office, a group, a document."""

from __future__ import annotations

import re

from foedus.evidence.bodies import full_body, voice_of
from foedus.evidence.lexicon import ORG_WORDS, PRONOUNS, ROLE_NOUN
from foedus.evidence.names import is_place_or_group, modifies, parse_name, sequences
from foedus.evidence.papers import latter, paper_before, the_paper
from foedus.evidence.people import describe, resolve_pronoun, role_holder, salience, surname
from foedus.evidence.phrases import DETERMINER, INTRO, VERBISH
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL
from foedus.evidence.strangers import (
    AHEAD,
    body_before,
    by_nation,
    just_introduced,
    the_soldier,
    yet_unnamed,
)

_MODIFIERS = re.compile(
    r"^(?:only|just|nearly|about|some|almost|around|roughly|even|more than|at least)\s+(?=\S+\s)", re.IGNORECASE
)
__all__ = ["Scene", "Source", "may_speak", "pronoun_source", "source_from"]
_NEAR_ONES = re.compile(
    r"\b(?:colleague|counterpart|opposite number|friend|neighbou?r|wife|husband|sister|brother|mother|father|deputy|successor|predecessor|host|guest)\b"
)
"""People told of by whose they are."""
_NAMED_NEXT = re.compile(r", [A-ZÀ-Ž]")
_TOLD_THEM = re.compile(r"\b(?:told|addressed|faced|asked|assured|warned) ([a-z]+s)\b")
_ONE_IN_ORDER = re.compile(r"[Tt]he (?:first|second|third|fourth|other|another) ")
_FRONTED = re.compile(r"(?:Of|What|On|About|To|From|In|At|For|With|By) (?:[^,;:]{0,60}\b)?(he|she|they|it)$")
"""What stands before its subject ("Of the number she said ...")."""
_MEMBER_OF = re.compile(
    r" (?!after |over |under |however |whether |never |ever |rather |for |or |nor |but )[a-z][a-z\-]*(?:man|woman|er|or|ist|ian|ant|ent|ee|eur|crat|ster|head|chief|MP) (?=[A-Z])"
)
_INDEFINITE = re.compile(r"(?:an?|one|another|some|any|no|two|several) ", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"[Tt]he (?:\w+-year-old )?(?:[\w\-]+ ){0,3}?((?:mum|mom|dad|mother|father|gran|grandmother|grandfather)(?:[ -]of[ -](?:one|two|three|four|five|six|seven|eight|nine|ten|\d+))?|great-gran|granny|grandma|grandad|head of state|head of government|official|spokesperson|lawmaker|tycoon|billionaire|millionaire|businessman|businesswoman|mogul|magnate|strongman|commander-in-chief|firebrand|maverick|populist|nationalist|hardliner|hawk|frontrunner|front-runner|winner|challenger|incumbent|nominee|candidate|contender|septuagenarian|octogenarian|grandee|heavyweight|insider|veteran|ex-\w+|[\w-]+-year-old|Texan|Floridian|New Yorker|Scot|Londoner|Bavarian|mogul|showman|property developer|developer|academic|scholar|historian|economist|lawyer|lawmaker|politician|legislator|veteran|diplomat|general|admiral|colonel|general|politician|conservative|liberal|backbencher|MP|MEP|democrat|republican|Democrat|Republican|Social Democrat|Christian Democrat|Conservative|Liberal|Labour MP|author|writer|columnist|professor|expert|analyst|researcher|strategist|pollster|officer|pilot|mayor|governor|senator|congress(?:man|woman)|chief executive|executive|shopkeeper|baker|farmer|teacher|pensioner|mother|father|grandmother|grandfather|reservist|conscript|sailor|soldier)"
)
"""Words for a person by trade, party or station, which a story uses for somebody whom it has named."""
_CONJUNCTION = re.compile(r"^(?:But|And|Yet|Still|Meanwhile|However|So|Then|Now|or|and|but)\s+")
_CIRCUMSTANCE = re.compile(
    r",\s|\s(?:on (?:\w+day|condition)|in (?:a|an|its|his|her|their|the) (?:statement|interview|report|letter|email|post|speech|news|press|briefing|call)|last (?:week|month|year)|this (?:week|month|year)|speaking|familiar|briefed|close|involved)\b"
)
"""Where a noun phrase gives way to when, how or on what terms its holder spoke."""
_COUNTING = re.compile(r"(?:one|two|three|four|five|several|some|many|most|a few)\b", re.IGNORECASE)
_ONE_OF = re.compile(r"^(?:one|some)\s+(?:of\s+)?(?:the\s+)?", re.IGNORECASE)
_NOBODY = re.compile(
    r"^(?:I|[Ww]e|[Yy]ou|[a-z]+ing|in|on|at|by|to|from|with|for|as|after|before|during|such|this|that|these|those|of|about|among|between|near|via|per|than|within|without|despite|until|since|amid|against|into|onto|beyond|across|in \d+)\b|\b(?:days?|weeks?|months?|years?|hours?|minutes?|mornings?|evenings?|nights?|afternoons?|moments?|times?|later|earlier|ago|afterwards?|instead|thing|things|part|point|half|lot|way|fact|rest|bit)$"
)
"""A phrase that cannot be who spoke: a circumstance, a time, a part."""
_NO_SOURCE = frozenset("there which what who this that these those and but or as so then when yes no".split())
_QUESTION = re.compile(r"^(?![\"“‘'])[^\n]{8,400}\?$", re.MULTILINE)
"""An interviewer's question in a paragraph of its own."""
_FIRST = re.compile(r"\b(?:I|[Mm]y|me)\b")
_RECALLED = re.compile(r"^(?:I|[Ww]e) (?:\w+ )?(?:remember|recall|met|knew|know|heard|asked) (?=an? )")
"""A writer's memory of somebody."""
_IN_STATEMENT = re.compile(
    r"^(?:[Ii]n|[Oo]n|[Aa]t|[Dd]uring|[Aa]fter) (?:an?|the|its|his|her|their) (?:[a-z\-]+ ){0,2}(?:statement|letter|interview|post|speech|note|message|report|briefing|call|reply|response|email|e-mail|memo|release|article|essay|hearing)(?: (?:on|in|to|at|late|early|last|this) [A-Z]?\w+(?: \w+)??)? (?=(?:the|an?|its|his|her|their) |[A-Z])"
)
"""Where or how somebody spoke, before who did: "In a statement on Monday the ministry"."""
_WHEN = re.compile(
    r"^(?:Last (?:night|week|month|year)|Yesterday|Today|Tonight|This (?:week|month|morning|evening)|On \w+day(?: (?:night|morning|evening|afternoon))?|Later|Earlier) (?=(?:the|an?|one|its|his|her|their|some|several|two) )"
)
"""When somebody spoke, before who did: "Last night a source"."""
_ISSUED = re.compile(
    r"(?P<who>.{3,80}?)[’']s? (?:[a-z\-]+ ){0,2}(?:statement|press release|release|tweet|account|website|web ?page|Facebook page|communiqu[ée])$"
)
"""A body's or a person's statement, which speaks for it."""
_MEMBER = re.compile(
    r"(?:one|another|(?:a )?(?:second|third|fourth)|the other|others|some|several|many|both|two)", re.IGNORECASE
)
_GROUP = re.compile(
    r"\b(?:(?<=[,.] )|(?<=\n)|(?:[Ss]everal|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]ome|[Mm]any|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Oo]ther|[Ff]rom|[Oo]ne|[Aa]n?|[Aa]nother|[Mm]ost|[Ss]enior|[Ff]ormer) )((?:(?!to |of |by |and |in |for |with |from |on |at |that |who |or |as |has |had |was |were |is |are |said |says |the |an? |told )(?![a-z]+(?<!form)(?<!trust)(?<!retir)(?<!unnam)(?<!elect)ed )[A-Za-z][a-z\-]+ ){0,3}?(?i:friends?|officials?|diplomats?|aides?|advisers?|advisors?|lawmakers?|senators?|ministers?|officers?|soldiers?|allies|experts?|analysts?|people|residents?|voters?|delegates?|ambassadors?|envoys?|commanders?|generals?|members?|hosts?|guests?|farmers?|workers?|students?|veterans?|reporters?|executives?|insiders?|colleagues?|neighbou?rs?|planners?|negotiators?|pilots?|sailors?|gunners?|drivers?|engineers?|doctors?|nurses?|teachers?|shopkeepers?|fishermen|miners?|hauliers?|pensioners?|demonstrators?|protesters?|visitors?|customers?|passengers?|survivors?|refugees?|villagers?|speakers?))\b"
)
_RELATIVE = re.compile(r"(?:,?\s+)(?:who|which|whose|whom)\b")
_PREP_BEFORE = re.compile(
    r"\b(?:of|for|to|with|by|from|against|about|under(?! secretar)|in|at|on|near|between|over|behind|into|like|de facto)\s+(?:(?:the|then|former|a)\s+)?(?:[A-Za-z.\-’']+\s+){0,2}$"
)


_ONE_WORD = re.compile(r"(?![A-Z]{2})[A-Za-z]+\b(?![’'-])")


def source_from(scene: Scene, start: int, end: int) -> Source | None:
    """Read a noun phrase as a source."""
    phrase = scene.text[start:end]
    lead = len(phrase) - len(phrase.lstrip(" ,—–-("))
    phrase = phrase.strip(" ,—–-()")
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
    fronted = _FRONTED.match(phrase)
    if fronted is not None:
        return pronoun_source(scene, fronted[1], start + fronted.start(1))
    relative = _RELATIVE.search(phrase)
    if relative and relative.start() > 2:
        phrase = phrase[: relative.start()]
    person = _person(scene, phrase, start)
    if person is not None:
        return person
    return _office(scene, phrase, start)


def pronoun_source(scene: Scene, word: str, at: int) -> Source | None:
    """Source that a pronoun at a place stands for."""
    if word.lower() in ("you", "i"):
        return _interviewee(scene, word, at)
    introduced = just_introduced(scene, word.lower(), at) or body_before(scene, word.lower(), at)
    if introduced is not None:
        return introduced
    name = resolve_pronoun(scene.cast, scene.text, scene.mask, at, word, scene.before(at), scene.floor)
    low = word.lower()
    if name is None and low == "it" and (paper := paper_before(scene, at)) is not None:
        return paper
    if name is None and low in ("they", "it", "he", "she") and (recent := scene.before(at)):
        names = [n for _, n in recent[-3:] if (n in scene.cast.full.values()) == (low in ("he", "she"))]
        name = names[-1] if names else (recent[-1][1] if low in ("he", "she") else None)
    if name is None and low in ("he", "she"):
        name = _yet_to_come(scene, PRONOUNS[low], at)
    if name is None:
        return None
    kind = "person" if name in scene.cast.full.values() else describe(name)
    if kind == "person" and low in ("he", "she"):
        scene.cast.gender.setdefault(surname(name), PRONOUNS[low])
    return Source(name, scene.cast.roles.get(name), at, at + len(word), kind)


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


def _interviewee(scene: Scene, word: str, at: int) -> Source | None:
    """Person interviewed, whom "you" stands for in a question and "I" in an answer."""
    asked = len(_QUESTION.findall(scene.text, scene.floor, scene.spans[-1][1]))
    here = next(((a, b) for a, b in scene.spans if a <= at < b), scene.spans[0])
    theirs = _FIRST.search(scene.mask, *here) is None
    if asked < 3 or asked < 0.15 * len(scene.spans) or theirs != (word.lower() == "you"):
        return None
    named = next((m for m in scene.cast.mentions if m.name in scene.cast.full.values()), None)
    if named is None or named.start > scene.spans[min(2, len(scene.spans) - 1)][1]:
        return None
    return Source(named.name, scene.cast.roles.get(named.name), at, at + len(word), "person")


_MINISTER_OF = re.compile(r"\b(?:[Mm]inister|[Ss]ecretary) (?:of|for)\s+$")
_GOVERNED = re.compile(r"\b(?:of|for|to|by|with)\s+$")


def _person(scene: Scene, phrase: str, base: int) -> Source | None:
    for a, b, words in sequences(phrase, 0, len(phrase)):
        if phrase[b : b + 2] in ("’s", "'s") or (
            phrase[b : b + 1] in "’'" and phrase[b - 1 : b] == "s" and b < len(phrase)
        ):
            continue
        parsed = parse_name(words)
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
        if ministry:
            title = f"{phrase[:a].split()[-2]} {phrase[:a].rsplit(maxsplit=1)[-1]} {title}"
        elif (_PREP_BEFORE.search(phrase[:a]) and ROLE_NOUN.search(phrase[:a])) or _GOVERNED.search(phrase[:a]):
            continue
        if _leads_up(scene, phrase, b, titled):
            continue
        full = scene.cast.canonical(name)
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
    text = _without_determiner(full)
    if not text or not _TWO_LETTERS.search(text) or len(text.split()) > 14 or VERBISH.search(text):
        return None
    if (INTRO.match(full) and not ROLE_NOUN.search(full)) or (
        text if text.isupper() else text.lower()
    ) in _NO_SOURCE:
        return None
    if _PRONOUN_FIRST.match(text) or (_NOBODY.search(text) and not ROLE_NOUN.search(text)):
        return None
    start = base + max(phrase.find(full), 0)
    issued = _ISSUED.fullmatch(full)
    if issued is not None and (owner := source_from(scene, start, start + issued.end("who"))) is not None:
        return owner
    holder = None if _INDEFINITE.match(bare) else role_holder(scene.cast, text, start)
    if holder is not None and not yet_unnamed(scene, holder, text, start):
        return Source(holder, scene.cast.roles.get(holder), start, start + len(full), "person")
    known = (
        latter(scene, full, start)
        or the_paper(scene, full, start)
        or the_soldier(scene, full, start)
        or _of_them(scene, text, base)
        or _one_of_group(scene, text, base)
        or _bridged(scene, full, start)
        or _last_heard(scene, full, start)
        or by_nation(scene, full, start)
    )
    if isinstance(known, Source):
        return known
    new = bool(_INDEFINITE.match(bare))
    name = known or voice_of(scene, _fuller(scene, text, new, start), start, new)
    return Source(name, None, start, start + len(full), describe(name))


def _without_determiner(phrase: str) -> str:
    if phrase.lower().startswith("former "):
        return phrase
    bare = (_ONE_OF.sub("", phrase) or phrase) if _COUNTING.match(phrase) else DETERMINER.sub("", phrase)
    return _MODIFIERS.sub("", bare)


_OF_THEM = re.compile(
    r"(?:(?:one|some|two|both|several|another|a third) of )?them|one of th[eo]s[e]?", re.IGNORECASE
)


def _of_them(scene: Scene, text: str, at: int) -> str | None:
    """Spell out "one of them" by the group that the story spoke of last."""
    if not _OF_THEM.fullmatch(text):
        return None
    near = [
        m
        for m in _GROUP.finditer(scene.mask, max(scene.floor, at - 300), at)
        if m[1].endswith("s") or m[1] == "people"
    ]
    heard = [
        (p, n) for p, n in scene.before(at) if describe(n) in ("anonymous", "collective") and " of " not in n
    ]
    groups = sorted([*heard, *((m.start(), m[1]) for m in near)])
    if not groups:
        named = _TOLD_THEM.findall(scene.mask, max(scene.floor, at - 300), at)
        return f"one of {named[-1]}" if named else None
    fuller = next((n for _, n in reversed(heard) if groups[-1][1] in n), groups[-1][1])
    return f"one of {fuller}"


def _one_of_group(scene: Scene, text: str, at: int) -> str | None:
    """Spell out "another" by the group that stands before it: "Several diplomats said ... Another said ..."."""
    if not _MEMBER.fullmatch(text):
        return None
    groups = list(_GROUP.finditer(scene.mask, max(scene.floor, at - 700), at))
    heard = next(((p, n) for p, n in reversed(scene.before(at)) if n.startswith("one of ")), None)
    if heard is not None and (not groups or groups[-1].end() < heard[0]):
        return heard[1]
    if not groups:
        return None
    group = groups[-1]
    noun = group[1].lower()
    many = text.lower() in ("others", "some", "several", "many", "both", "two")
    noun = (
        noun
        if many
        else "person"
        if noun == "people"
        else f"{noun.removesuffix('ies')}y"
        if noun.endswith("ies")
        else noun.removesuffix("s")
    )
    return f"{text.lower()} {noun}"


def _bridged(scene: Scene, phrase: str, at: int) -> Source | None:
    """Person whom "the finance minister" speaks of when the paragraph has just named one without saying what she is."""
    word = phrase.rsplit(maxsplit=1)[-1].lower()
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
    if scene.cast.roles.get(name) or _NAMED_NEXT.match(scene.text, at + len(phrase)):
        return None
    scene.cast.roles[name] = DETERMINER.sub("", phrase)
    return Source(name, scene.cast.roles[name], at, at + len(phrase), "person")


def _last_heard(scene: Scene, phrase: str, at: int) -> Source | None:
    """Person heard last, whom "the academic" or "the Democrat" stands for when the story has told of no such person."""
    found = _ANAPHOR.fullmatch(phrase)
    if (
        found is None
        or _ONE_IN_ORDER.match(phrase)
        or re.search(
            rf"\b(?:an?|one|another|\w+’s|\w+'s) (?:[\w.\-]+ ){{0,4}}{found[1]}\b",
            scene.text[scene.floor : at],
            re.IGNORECASE,
        )
    ):
        return None
    place, name = scene.before(at)[-1] if scene.before(at) else (0, "")
    if name not in scene.cast.full.values() or at - place > 700:
        near = [
            m
            for m in scene.cast.mentions
            if max(scene.floor, at - 400) < m.start < at and scene.mask[m.start] != FILL
        ]
        people = [m for m in near if m.name in scene.cast.full.values()]
        if not people:
            return None
        name = max(people, key=lambda m: salience(scene.text, scene.mask, m, at)).name
    return Source(name, scene.cast.roles.get(name), at, at + len(phrase), "person")


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
