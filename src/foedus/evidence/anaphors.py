"""Phrases that point back: "one of them", "another", "the economist", "the 58-year-old welder"."""

from __future__ import annotations

import re

from foedus.evidence import tables
from foedus.evidence.holders import same_holder
from foedus.evidence.lexicon import ROLE_NOUN
from foedus.evidence.people import describe
from foedus.evidence.phrases import DETERMINER
from foedus.evidence.pronouns import salience
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL
from foedus.evidence.strangers import lands_of, nation_of

_NAMED_NEXT = re.compile(r", [A-ZÀ-Ž]")
_TOLD_THEM = re.compile(r"\b(?:told|addressed|faced|asked|assured|warned) ([a-z]+s)\b")
_ONE_IN_ORDER = re.compile(r"[Tt]he (?:first|second|third|fourth|other|another) ")
_ANAPHOR = re.compile(
    r"[Tt]he (?:\w+-year-old )?(?:[\w\-]+ ){0,3}?((?:mum|mom|dad|mother|father|gran|grandmother|grandfather)(?:[ -]of[ -](?:one|two|three|four|five|six|seven|eight|nine|ten|\d+))?|great-gran|granny|grandma|grandad|head of state|head of government|official|spokesperson|lawmaker|tycoon|billionaire|millionaire|businessman|businesswoman|mogul|magnate|strongman|commander-in-chief|firebrand|maverick|populist|nationalist|hardliner|hawk|frontrunner|front-runner|winner|challenger|incumbent|nominee|candidate|contender|septuagenarian|octogenarian|grandee|heavyweight|insider|veteran|ex-\w+|[\w-]+-year-old|Texan|Floridian|New Yorker|Scot|Londoner|Bavarian|mogul|showman|property developer|developer|academic|scholar|historian|economist|lawyer|lawmaker|politician|legislator|veteran|diplomat|general|admiral|colonel|general|politician|conservative|liberal|backbencher|MP|MEP|democrat|republican|Democrat|Republican|Social Democrat|Christian Democrat|Conservative|Liberal|Labour MP|author|writer|columnist|professor|expert|analyst|researcher|strategist|pollster|officer|pilot|mayor|governor|senator|congress(?:man|woman)|chief executive|executive|shopkeeper|baker|farmer|teacher|pensioner|mother|father|grandmother|grandfather|reservist|conscript|sailor|soldier)"
)
"""Words for a person by trade, party or station, which a story uses for somebody whom it has named."""
_THE_ONE = re.compile(
    r"[Tt](?:he|his|hat) (?:(?:senior|same|American|US|U\.S\.|Western|military|NATO|unnamed) )?(official|source|diplomat|aide|adviser|advisor|officer|staffer|lawmaker|person|spokes(?:man|woman|person)|insider|soldier|envoy|witness|negotiator|commander|pilot|sergeant|gunner|reservist|conscript)"
)
_FAMILIAR = re.compile(
    rf" (?:close|familiar|briefed|present|involved)\b[^,.;:{FILL}]{{0,70}}?(?=,| [a-z]+ed\b| (?:said|says|told|was|is|has|had|put|gave)\b)"
)
"""What somebody without a name knows of, or is close to."""
_COUNTING = re.compile(r"^(?:one|two|three|four|five|six|seven|\d+|several|some|many|both|a few|most) ")
_ORDINAL = re.compile(r"^(?:first|second|third|fourth|other|another) ")
_OF_AGE = re.compile(r"[Tt]he [\w-]+-year-old (?:[\w-]+ ){0,2}?([a-z]+)")
_MEMBER = re.compile(
    r"(?:one|another|(?:a )?(?:second|third|fourth)|(?:the )?other|others|some|several|many|both|two)",
    re.IGNORECASE,
)
_SEVERAL_OF = r"\b(?:(?<=[,.] )|(?<=\n)|(?:[Ss]everal|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]ome|[Mm]any|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Oo]ther|[Ff]rom|[Oo]ne|[Aa]n?|[Aa]nother|[Mm]ost|[Ss]enior|[Ff]ormer) )((?:(?!to |of |by |and |in |for |with |from |on |at |that |who |or |as |has |had |was |were |is |are |said |says |the |an? |told )(?![a-z]+(?<!form)(?<!trust)(?<!retir)(?<!unnam)(?<!elect)ed )[A-Za-z][\w.\-]* ){0,3}?"
_GROUP = re.compile(
    _SEVERAL_OF
    + r"(?i:friends?|officials?|diplomats?|aides?|advisers?|advisors?|lawmakers?|senators?|ministers?|officers?|soldiers?|allies|experts?|analysts?|people|residents?|voters?|delegates?|ambassadors?|envoys?|commanders?|generals?|members?|hosts?|guests?|farmers?|workers?|students?|veterans?|reporters?|executives?|insiders?|colleagues?|neighbou?rs?|planners?|negotiators?|pilots?|sailors?|gunners?|drivers?|engineers?|doctors?|nurses?|teachers?|shopkeepers?|fishermen|miners?|hauliers?|pensioners?|demonstrators?|protesters?|visitors?|customers?|passengers?|survivors?|refugees?|villagers?|speakers?|volunteers?|recruits?|conscripts?|reservists?|cadets?|trainees?|instructors?|medics?|mayors?|governors?|lawyers?|activists?|traders?|brokers?|underwriters?|managers?|captains?|welders?|mechanics?|families|parents|mothers?|fathers?|relatives?|historians?|economists?|scholars?|journalists?|critics?|organi[sz]ers?|sources?|deputies|councillors?|commissioners?|inspectors?))\b"
)
_BODIES = re.compile(
    r"(?<!from )(?<!of )(?<!in )(?<!for )(?<!at )"
    + _SEVERAL_OF
    + r"(?i:companies|firms|manufacturers|suppliers|shipyards|yards|contractors|banks|governments|parties|unions|newspapers|agencies|institutes|operators|airlines|producers|embassies|ministries|think tanks|hospitals|ports|charities|capitals))\b"
)
"""Bodies of which one then speaks."""
_UP_TO_COUNT = re.compile(r"^[a-z]+ (?=(?:two|three|four|five|six|seven|eight|nine|ten|several|some|many)\s)")
"""What stands before the number of a group."""
_WHICH_NEXT = re.compile(r",? which\b")
_OF_SEVERAL = re.compile(
    r"(?:[\w-]+ )*?[\w-]*(?:s|people|men|women)(?: (?:in|from|at|with|on|who|near|aboard)\b.*)?"
)
_PART_OF = re.compile(
    r"\b(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ome|[Ss]everal|[Mm]any|[Aa] (?:few|handful|couple)) of ((?:the|his|her|its|their|our) (?:[\w-]+[’']s? )?(?:[a-z-]+ ){0,2}?(?:crew|staff|garrison|audience|crowd|party|team|squad|platoon|company|class|entourage|delegation|youth|clergy|police))(?= (?:were|had|have|are|who|sat|stood|came|went|said|told|[a-z]+ed)\b)"
)
"""Some of a body of people, of whom one then speaks."""
_OPENS = re.compile(
    rf"(?:[^{FILL}]*[.!?]\s+)?(?:(?:The |But |And |Yet )?(?:[A-Z][\w.’'-]*,? |[a-z-]+ (?=[A-Z])){{0,6}}|[A-Z][^.,;:{FILL}]{{2,60}}, )"
)
"""What stands in a paragraph before the subject of one of its sentences."""
_OF_THEM = re.compile(
    r"(?:(?:one|some|two|both|several|another|a third) of )?them|one of th[eo]s[e]?", re.IGNORECASE
)


def of_them(scene: Scene, text: str, at: int) -> str | None:
    """Spell out "one of them" by the group that the story spoke of last."""
    if not _OF_THEM.fullmatch(text):
        return None
    near = [
        m
        for m in _GROUP.finditer(scene.mask, max(scene.floor, at - 300), at)
        if m[1].endswith("s") or m[1] == "people"
    ]
    heard = [
        (p, n)
        for p, n in scene.before(at)
        if describe(n) in ("anonymous", "collective") and " of " not in n and _OF_SEVERAL.fullmatch(n)
    ]
    part = _PART_OF.finditer(scene.mask, max(scene.floor, at - 300), at)
    groups = sorted([*heard, *((m.start(), m[1]) for m in (*near, *part))])
    if not groups or _WHICH_NEXT.match(scene.mask, at + len(text)):
        bodies = _BODIES.finditer(scene.mask, max(scene.floor, at - 300), at)
        groups = [(m.start(), m[1]) for m in bodies] or groups
    if not groups:
        named = _TOLD_THEM.findall(scene.mask, max(scene.floor, at - 300), at)
        return f"one of {named[-1]}" if named else None
    fuller = next((n for _, n in reversed(heard) if groups[-1][1] in n), groups[-1][1])
    return f"one of {_UP_TO_COUNT.sub('', fuller)}"


def one_of_group(scene: Scene, text: str, at: int) -> str | None:
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
    if text.lower() in ("other", "the other"):
        said = next((n for _, n in reversed(scene.before(at)) if n.lower().endswith(group[1].lower())), None)
        if said is not None:
            return said
    noun = _COUNTING.sub("", _ORDINAL.sub("", group[1].lower()))
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


def _told_of(scene: Scene, noun: str, begin: int, at: int, whose: str = "") -> bool:
    """Whether the story has told of one such person without a name ("a port agent")."""
    one = rf"\b(?:an?|one|another{whose}) (?:[\w.\-]+ ){{0,4}}{re.escape(noun)}\b"
    return re.search(one, scene.text[begin:at], re.IGNORECASE) is not None


def bridged(scene: Scene, phrase: str, at: int) -> Source | None:
    """Person whom "the finance minister" speaks of when the paragraph has just named one without saying what she is."""
    word = phrase.rsplit(maxsplit=1)[-1].lower()
    if (
        not phrase.lower().startswith("the ")
        or not ROLE_NOUN.fullmatch(word)
        or word.endswith("s")
        or _ONE_IN_ORDER.match(phrase)
        or word in ("president", "pope", "king", "queen", "spokesman", "spokeswoman", "official", "source")
    ):
        return None
    floor = scene.text.rfind("\n", 0, at)
    near = [m for m in scene.cast.mentions if floor < m.start < at and scene.mask[m.start] != FILL]
    if not near or len({m.name for m in near}) > 1 or near[0].name not in scene.cast.full.values():
        return None
    name = near[0].name
    if (
        _told_of(scene, word, floor, at)
        or scene.cast.roles.get(name)
        or _NAMED_NEXT.match(scene.text, at + len(phrase))
    ):
        return None
    scene.cast.roles[name] = DETERMINER.sub("", phrase)
    return Source(name, scene.cast.roles[name], at, at + len(phrase), "person")


def one_told_of(scene: Scene, phrase: str, at: int) -> Source | None:
    """Unnamed person whom "the official" stands for: the one whom this paragraph or the one before brought in last."""
    found = _THE_ONE.fullmatch(phrase)
    if found is None:
        return None
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    above = max((a for a, _ in scene.spans if a < floor), default=floor)
    one = re.compile(
        rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) (?P<who>(?:(?!of )(?:(?:[A-Z]\.)+|[\w’'-]+) ){{0,5}}?{found[1]})\b(?![’'-])"
    )
    told = list(one.finditer(scene.mask, floor, at)) or list(one.finditer(scene.mask, above, at))
    if not told:
        return None
    start, end = told[-1].span("who")
    more = _FAMILIAR.match(scene.mask, end)
    end = more.end() if more is not None else end
    return Source(scene.text[start:end], None, start, end, "anonymous")


def last_heard(scene: Scene, phrase: str, at: int) -> Source | None:
    """Person heard last, whom "the academic" or "the Democrat" stands for when the story has told of no such person."""
    found = _ANAPHOR.fullmatch(phrase)
    aged = _OF_AGE.fullmatch(phrase) if found is None else None
    if aged is not None and ROLE_NOUN.fullmatch(aged[1]):
        found = aged
    if (
        found is None
        or _ONE_IN_ORDER.match(phrase)
        or _told_of(scene, found[1], scene.floor, at, "|\\w+’s|\\w+'s")
    ):
        return None
    if (holder := same_holder(scene, phrase, at)) is not None:
        return holder
    name = _in_view(scene, at)
    if name is not None and _of_elsewhere(scene, phrase, name):
        return None
    return (
        Source(name, scene.cast.roles.get(name), at, at + len(phrase), "person") if name is not None else None
    )


def _of_elsewhere(scene: Scene, phrase: str, name: str) -> bool:
    """Whether a phrase names another country than somebody's office does ("the Estonian head of government" beside a Latvian)."""
    codes = {code for word in phrase.split() if (code := tables.adjectives().get(word.lower()))}
    lands = lands_of(scene, name)
    return bool(codes and lands and not codes & lands)


def _in_view(scene: Scene, at: int) -> str | None:
    """Person with whom a sentence of the paragraph opens, else whoever was heard last, else the most present one near."""
    people = set(scene.cast.full.values())
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    if not scene.mask[floor:at].strip(FILL + " "):
        floor = max((a for a, _ in scene.spans if a < floor), default=floor)
    near = [
        m
        for m in scene.cast.mentions
        if max(scene.floor, at - 400) < m.start < at and scene.mask[m.start] != FILL and m.name in people
    ]
    place, name = scene.before(at)[-1] if scene.before(at) else (0, "")
    opening = [m for m in near if m.start >= floor and _OPENS.fullmatch(scene.mask[floor : m.start])]
    if opening and place < floor:
        return opening[-1].name
    if name in people and at - place <= 700:
        return name
    return max(near, key=lambda m: salience(scene.text, scene.mask, m, at)).name if near else None


def heard_of_nation(scene: Scene, phrase: str, at: int) -> Source | None:
    """Person in view whom "the Norwegian" stands for where no office says whose citizen she is."""
    code = nation_of(phrase)
    if code is None:
        return None
    word = phrase.rsplit(maxsplit=1)[-1]
    one = rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) (?P<who>(?:[a-z-]+ )?{word} (?:[a-z-]+ )?{ROLE_NOUN.pattern})"
    told = list(re.finditer(one, scene.mask[scene.floor : at]))
    if told:
        a, b = (scene.floor + place for place in told[-1].span("who"))
        return Source(scene.text[a:b], None, a, b, "anonymous")
    name = _in_view(scene, at)
    if name is None or lands_of(scene, name) - {code}:
        return None
    return Source(name, scene.cast.roles.get(name), at, at + len(phrase), "person")
