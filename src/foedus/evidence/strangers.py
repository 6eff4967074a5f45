"""People without a name, and bodies, of whom the sentences before have just told: whom "he" or "it" then stands for."""

from __future__ import annotations

import re

from foedus.evidence import tables
from foedus.evidence.lexicon import BY_WORD, ORG_WORDS, PRONOUNS, ROLE_NOUN
from foedus.evidence.people import describe, role_holder
from foedus.evidence.phrases import DETERMINER
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL, sentences

_SOMEBODY = re.compile(
    rf"(?:(?:In|At|On|Outside|Inside|From) [^.,;:{FILL}]{{2,40}}?(?:, | (?=an? [A-Z])))?([Aa]n?|[Oo]ne|[Aa]nother) ([^.,;:{FILL}]{{4,70}}?)(?=,| (?:was|is|had|has|who|(?!allied|retired|armed|united|elected|appointed|decorated|wounded|combined|unnamed)\w+ed|read|put|saw|took|told|said|felt|went|made|gave|drew|came|stood|sat|kept|held|found|knew|thought|spoke|wrote|shook|drove|got|did|could|would|will|sees|takes|thinks|says|puts|let|set|left|met|rose|spent|won|lost|ran|grew|broke|chose|offers|draws|knows)\b)"
)
_ONE_SUCH = re.compile(
    rf"(?:One|Another|Two|The (?:first|last|youngest|oldest)) (?:of|among) (?:the|those|them|his|her|its|their)\b[^.,;:{FILL}]{{0,70}}, ([Aa]n?) ([^.,;:{FILL}]{{4,70}}?)(?=,| (?:with|from|in|at|of|who|is|was|has|had|said|whose)\b)"
)
"""One of several, and what he or she is ("One of the first to sign, a gunner from Sumy, is 19")."""
ANYBODY = re.compile(
    rf"\b(?:{ROLE_NOUN.pattern}|(?:wo)?m[ae]n|person|people|girl|boy|fellow|lady|gentleman|teenager|youth|passer-by|local|voter|respondent|caller|reader|listener|viewer|survivor|refugee|worker|trader)\b",
    re.IGNORECASE,
)
_ONE = r"(?:(?:[Oo]ne|[Aa]nother|[Aa] (?:second|third|fourth|fifth)|[Tt]he (?:first|second|third|fourth|other|last))(?: (?:participant|person|guest|witness|speaker|source|voice|attendee|caller))?(?: of (?:them|these|those))?(?: (?:who|that) \w+(?: [a-z]+){0,3})?|(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur) (?:[a-z]+ )?(?:colleague|fellow [a-z]+)(?: (?:on|in|at|from) (?:the|his|her|their) (?:[a-z]+ ){0,2}[a-z]+)?)"
"""Somebody told of by number or by whose colleague he is, which says less than what stands beside it."""
ONE_ALONE = re.compile(_ONE)
_ONE_BESIDE = re.compile(rf"{_ONE}, (?P<who>an? [^.,;:{FILL}]{{4,80}}?)(?=, )")
_PUT_TO = re.compile(
    rf"\b(?:put (?:it|this|that|(?:the|my|these|those) \w+(?: \w+)?) to|asked|met|spoke (?:to|with)|talked (?:to|with)|called|rang|phoned|consulted|visited) ([Aa]n?|my|our) ([^.,;:{FILL}]{{4,90}}?)(?=[,.;:]| who\b| within\b| at\b| on\b| when\b| what\b| whether\b| how\b| why\b|$)"
)
"""Somebody without a name whom the writer asked."""
_TRADE = re.compile(
    r"\b(?:friend|colleague|neighbou?r|stranger|passer-by|shopkeeper|fellow|lad|chap|bloke|lady|gentleman|nurse|doctor|waiter|driver|man|woman|people|person)\b"
)
"""People without an office."""
_SEVERAL = re.compile(
    rf"(?:(?:In|At|On|Outside|Inside|Behind|Before|Near|Around|Below|Beside) [^.,;:{FILL}]{{2,40}}?,? )?(?:[Ss]ome |[Aa]bout |[Aa]round |[Nn]early )?(?:[Aa] (?:dozen|score of|handful of|group of|crowd of|few)|[Dd]ozens of|[Hh]undreds of|[Tt]housands of|[Ss]everal|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ee]ight|[Tt]en|[Tt]wenty|[Tt]hirty|\d[\d,]*) (?P<who>(?:[a-z-]+ )?(?:people|men|women|children|students|pupils|protesters|demonstrators|activists|members|supporters|pensioners|fans|farmers|workers|veterans|soldiers|recruits|conscripts|residents|villagers|dockers|fishermen|mothers|marchers|voters|sailors|reservists)(?: (?:of|from) [^.,;:{FILL}]{{2,60}}?)?)(?=,| (?:who|held|stood|sat|marched|gathered|waited|were|had|have|are|hold|stand|[a-z]+ed)\b)"
)
"""People who do something together, and then are "they"."""
_VOICE = re.compile(r"\b(?:spokes\w+|official|source|insider|person|resident|soldier|officer)\b")
"""Somebody who may be "they"."""
_SERVING = re.compile(
    r"\b[Aa]n? ((?:[a-z-]+ ){0,2}?(?:warrant officer|officer|sergeant|corporal|captain|private|gunner|medic|sapper|lieutenant|recruit|conscript|reservist|pilot|paratrooper)\b(?: (?:serving|based|stationed|from|in|at) [^.,;:]{2,30}?)?)(?=,| (?:was|is|had|has|who|said|told|[a-z]+ed)\b)"
)
_TOLD_OF = re.compile(
    rf"\b(?:about|of|met|knew|remembers?|recalls?|with|by|from) ([Aa]n?) ([a-z][^.,;:{FILL}]{{2,50}}?)(?=,? who\b)"
)
"""Somebody of whom a sentence tells more ("a joke about a general who ...")."""
_KIN = re.compile(
    rf"[Tt]he (?P<who>(?P<kin>wife|husband|mother|father|son|daughter|brother|sister|grandmother|grandfather) of (?:one|some|two|three|an?) [^.,;:{FILL}]{{2,60}}?)(?=,| (?:was|is|had|has|who|said|says|told|tells)\b)"
)
"""Somebody told of by an unnamed other."""
_HABIT = re.compile(
    r"[a-z] (?:receives|earns|gets|costs|needs|serves|lasts|requires|pays|works|lives|carries|learns|spends|retires|stays|trains|has|takes about|makes) "
)
"""What anybody of a kind does ("a volunteer receives ..."), after which nobody has been told of."""
_HOLDER = re.compile(
    r"(?:But |And |Yet )?(?P<who>(?:[A-Z][\w.-]*(?: [A-Z][\w.-]*)?[’']s?|The|An?) (?:[A-Za-z][\w-]* ){0,4}?(?P<last>[a-z]+))(?=,? (?!of\b)[a-z]|, )"
)
"""Holder of an office at the head of a sentence."""
_PUT_BETWEEN = re.compile(
    rf", (?P<who>(?:the |an? |[A-Z])[^,;:{FILL}]{{2,60}}?) (?:also )?(?:says?|said|argue[sd]?|writes?|wrote|insists?|insisted|warns?|warned|adds?|added|claims?|claimed|notes?|noted|believes?|believed), "
)
_OWNER_ALONE = re.compile(r"[A-Z][\w.]*(?: [A-Z]\w+)?[’']s?")
_OWNED_ROLE = re.compile(rf"[A-Z]\w+[’']s? (?P<role>(?:[a-z-]+ ){{0,2}}?(?:{ROLE_NOUN.pattern}))")
_WITHIN = re.compile(r"\b(?:what|which|whom|as|that) $")
_THE_NATIONAL = re.compile(r"[Tt]he (?:former )?([A-Z][a-z]+)")
_UNIONS = frozenset(("NATO", "EU", "UN"))
"""Of which nobody is a citizen."""
_MAN = re.compile(r"(?:wo)?man$")
_THE_BODY = re.compile(r"The [A-Z][a-z]{3,}(?<!s)")
_OTHER_ONE = re.compile(r"An? ([A-Za-z]+) one\b")
"""Another of the kind heard last ("A Turkish one gave another account")."""
_NEAR = re.compile(
    r"(?:(?:Yet|But|And|Still|So|Then),? )?(?P<near>(?:[A-Z]\w+[’']s (?:[a-z-]+ )?(?:delegate|envoy|representative|attaché|negotiator|consul)(?=,? )(?! [A-Z]|, [A-Z]))|(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur) (?:[A-Za-z-]+ ){0,2}?(?:colleague|counterpart|friend|neighbou?r|wife|husband|sister|brother|mother|father|deputy|successor|predecessor|host|guest|assistant|driver|interpreter|boss|secretary|partner|rival|leader|chief|commander|captain|chairman|sergeant|gunner|loader|navigator|wingman|roommate|co-?pilot|doctor|lawyer|teacher|editor|manager|director|spokesman|spokeswoman)(?=,? )(?! [A-Z]|, [A-Z]))"
)
"""Somebody told of by whose he or she is."""
_STAFF = re.compile(
    r"(?:(?:Yet|But|And|Still|So|Then),? )?The (?P<near>(?:[a-z-]+ )?(?:guard|porter|caretaker|bartender|cashier|vendor|stallholder|sentry|clerk|receptionist|shepherd|owner|conductor|cook|landlady|waitress|tailor|gravedigger|harbourmaster|stationmaster|lighthouse keeper|warden|usher|bailiff|undertaker|florist))(?=,? [a-z])"
)
"""Somebody told of by the trade alone."""
_BODY = re.compile(
    r"(?:But |And )?(?P<who>(?:[Tt]he |Its |Their )?(?:[A-Za-z][\w&.\-]*[’']s )?(?:[A-Za-z][\w&.\-]* ){0,4}?[A-Za-z][\w&.\-]*) (?:would|did|does|has|had|have|said|was|were|is|will|could|can|declined|refused|denied|confirmed|replied|responded|rejected|dismissed|announced|issued|published|put|gave|made|found|called|described|[a-z]+ed|sees|says|denies|insists|rejects|disagrees|argues|maintains|takes|wants|claims|believes|thinks|plans|calls|puts|refuses|knows)\b"
)
"""A sentence's subject, where that is a body."""
_BODY_NAMED = re.compile(
    r"(?:But |And )?(?:[Tt]he|[Ii]ts|[Tt]heir|[Aa]n?|[Aa]nother) (?:[a-z-]+ ){0,4}(?:firm|company|contractor|supplier|shipyard|yard|manufacturer|maker|builder|operator|charity|union|group|party|paper|newspaper|broadcaster|agency|institute|think tank|bank|body|regulator|association|club|council|ministry), (?P<who>[A-Z][\w&.-]*(?: (?:of |and |for )?[A-Z][\w&.-]*){0,5}), [a-z]"
)
"""A body by what it is and by its name ("The second firm, Harbour Works, ...")."""
AHEAD = 600
"""Characters within which somebody is named after a pronoun that comes before the name."""


_ONLY_NAMED = re.compile(
    r"(?P<role>(?:An?|The|One|His|Her|Their|My) [^,]{3,90}), who (?:gave|goes by|uses|asked|wanted|agreed|would|wished|is known|was identified|identified)\b[^,]{0,80}?\b(?:name|nickname|call ?sign|alias|pseudonym|nom de guerre|as),? [“\"‘'«]?(?P<name>[A-Z][a-z]+)\b(?! [A-Z])"
)
"""Somebody who gives no more than a first name."""


def just_introduced(scene: Scene, word: str, at: int) -> Source | None:
    """Unnamed person whom the paragraph brought in last ("A former adviser ... read it differently"), for he or she."""
    floor = max((a for a, b in scene.spans if a <= at), default=scene.floor)
    if word in ("he", "she") and (holder := _at_head(scene, floor, at)) is not None:
        return holder
    if word in ("he", "she", "they") and (somebody := _in_sentence_before(scene, floor, at, word)) is not None:
        return somebody
    if word not in ("he", "she") or any(
        floor <= m.start < at and m.name in scene.cast.full.values() for m in scene.cast.mentions
    ):
        return None
    for start, _ in reversed(sentences(scene.text, scene.mask, floor, at)):
        asked = _PUT_TO.search(scene.mask, max(start, at - AHEAD), at)
        found = asked or _SOMEBODY.match(scene.mask, start, at)
        if found is not None and _HABIT.search(found[2]):
            continue
        if found is not None and (ROLE_NOUN.search(found[2]) or _TRADE.search(found[2])):
            return _somebody(found)
    return _named_above(scene, floor) or _paragraph_before(scene, floor)


def _named_above(scene: Scene, floor: int) -> Source | None:
    """Who is brought in by one name at the end of the paragraph above."""
    if scene.mask[floor] != FILL:
        return None
    above = [(a, b) for a, b in scene.spans if scene.floor <= a and b <= floor]
    told = sentences(scene.text, scene.mask, *above[-1]) if above else []
    return only_named(scene, *told[-1]) if told else None


def only_named(scene: Scene, lo: int, hi: int) -> Source | None:
    """Somebody who gives one name only, behind what he or she is."""
    named = _ONLY_NAMED.match(scene.text[lo:hi])
    if named is None:
        return None
    role = DETERMINER.sub("", named["role"])
    return Source(named["name"], role, lo + named.start("name"), lo + named.end(), "person")


def _at_head(scene: Scene, floor: int, at: int) -> Source | None:
    """Holder of an office whom a sentence is about, for a pronoun in a clause of it ("... welcomed what he called ...")."""
    if not _WITHIN.search(scene.mask, max(floor, at - 8), at):
        return None
    start = max((a for a, _ in sentences(scene.text, scene.mask, floor, at)), default=floor)
    found = _HOLDER.match(scene.mask, start, at)
    if found is None or not ROLE_NOUN.fullmatch(found["last"]) or found["last"].endswith("s"):
        return None
    if any(start <= m.start < at and m.name in scene.cast.full.values() for m in scene.cast.mentions):
        return None
    name = DETERMINER.sub("", found["who"])
    if (holder := role_holder(scene.cast, name, start)) is not None:
        return Source(holder, scene.cast.roles.get(holder), *found.span("who"), "person")
    return Source(name, None, *found.span("who"), "anonymous")


def put_between(scene: Scene, start: int, at: int) -> tuple[int, int] | None:
    """Whom a sentence names between commas as who says it ("The rules, the regulator says, end what it calls ...")."""
    found = _PUT_BETWEEN.search(scene.mask, start, at)
    return found.span("who") if found is not None else None


def of_another(scene: Scene, phrase: str, start: int, at: int) -> Source | None:
    """Holder of the same office elsewhere ("Sweden’s defence minister said no; Norway’s ...")."""
    if not _OWNER_ALONE.fullmatch(phrase):
        return None
    roles = list(_OWNED_ROLE.finditer(scene.mask, start, at))
    if not roles:
        return None
    return Source(f"{phrase} {roles[-1]['role']}", None, at, at + len(phrase), "anonymous")


def _somebody(found: re.Match[str]) -> Source:
    name = found[2].strip()
    return Source(name, None, found.start(2), found.start(2) + len(name), describe(name))


def _paragraph_before(scene: Scene, floor: int) -> Source | None:
    """Unnamed person of whom alone the paragraph before told, where this one begins with the words."""
    if scene.mask[floor] != FILL and not scene.mask.startswith("Asked ", floor):
        return None
    above = max((span for span in scene.spans if span[1] <= floor), default=None)
    if above is None or any(
        above[0] <= m.start < above[1] and m.name in scene.cast.full.values() for m in scene.cast.mentions
    ):
        return None
    for start, end in reversed(sentences(scene.text, scene.mask, *above)):
        found = _SOMEBODY.match(scene.mask, start, end)
        if found is not None and found[1].lower() != "one" and ROLE_NOUN.search(found[2]):
            return _somebody(found)
    return None


def the_soldier(scene: Scene, phrase: str, at: int) -> Source | None:
    """Unnamed officer, sergeant or gunner whom "the soldier" stands for."""
    if phrase.lower() not in ("the soldier", "the officer", "the serviceman", "the marine"):
        return None
    found = list(_SERVING.finditer(scene.mask, max(scene.floor, at - AHEAD), at))
    return Source(found[-1][1], None, *found[-1].span(1), "anonymous") if found else None


def yet_unnamed(scene: Scene, holder: str, phrase: str, at: int) -> bool:
    """Whether an office's holder is named only later, while somebody without a name held it before ("a company executive")."""
    if any(m.name == holder and m.start < at for m in scene.cast.mentions):
        return False
    word = re.escape(phrase.rsplit(maxsplit=1)[-1])
    near = scene.mask[max(scene.floor, at - AHEAD) : at]
    return re.search(rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w-]+ ){{0,3}}{word}\b(?!, [A-Z])", near) is not None


def earlier_sentences(scene: Scene, floor: int, at: int) -> list[tuple[int, int]]:
    """Sentences of a paragraph before the one that holds a place."""
    cut = sentences(scene.text, scene.mask, floor, at)
    return cut if cut and scene.mask[slice(*cut[-1])].rstrip()[-1:] in ".!?" else cut[:-1]


def _in_sentence_before(scene: Scene, floor: int, at: int, word: str) -> Source | None:
    """Unnamed person of whom the very sentence before tells ("An admiral beside him did not smile")."""
    earlier = earlier_sentences(scene, floor, at)
    if not earlier:
        return None
    begin, end = earlier[-1]
    one = _ONE_BESIDE.match(scene.mask, begin, end) if word in ("he", "she") else None
    if one is not None and ANYBODY.search(one["who"]):
        name = DETERMINER.sub("", one["who"])
        return Source(name, None, one.end("who") - len(name), one.end("who"), "anonymous")
    other = _OTHER_ONE.match(scene.mask, begin, end)
    people = set(scene.cast.full.values())
    heard = next((n for _, n in reversed(scene.before(at)) if n not in people), None)
    if other is not None and heard is not None:
        name = f"{other[1]} {heard.rsplit(maxsplit=1)[-1]}"
        return Source(name, None, other.start(1), other.end(), "anonymous")
    if word == "they":
        return _several(scene, begin, end)
    found = (
        _ONE_SUCH.match(scene.mask, begin, end)
        or _SOMEBODY.match(scene.mask, begin, end)
        or _TOLD_OF.search(scene.mask, begin, end)
    )
    if found is not None and _HABIT.search(found[2]):
        return None
    kin = _KIN.match(scene.mask, begin, end)
    if kin is not None and BY_WORD.get(kin["kin"]) == PRONOUNS.get(word):
        return Source(kin["who"], None, *kin.span("who"), "anonymous")
    near = (
        _NEAR.match(scene.mask, begin, end) or _STAFF.match(scene.mask, begin, end) if found is None else None
    )
    if near is None and (found is None or found[1].lower() == "one" or not ROLE_NOUN.search(found[2])):
        return None
    if any(
        begin <= m.start < end and m.name in people and scene.mask[m.start] != FILL for m in scene.cast.mentions
    ):
        return None
    a, b = near.span("near") if near is not None else found.span(2) if found is not None else (begin, begin)
    return Source(
        scene.text[a:b].strip(), None, a, b, "anonymous" if near else describe(scene.text[a:b].strip())
    )


def _several(scene: Scene, begin: int, end: int) -> Source | None:
    """People whom a sentence brings in together, or somebody who may be "they"."""
    voice = _SOMEBODY.match(scene.mask, begin, end)
    if voice is not None and _VOICE.search(voice[2]):
        return _somebody(voice)
    several = _SEVERAL.match(scene.mask, begin, end)
    who = several["who"].strip() if several is not None else ""
    return Source(who, None, *several.span("who"), "collective") if several is not None and who else None


def nation_of(phrase: str) -> str | None:
    """Code of the country whose citizen a phrase names ("the Finn", "the Irishman")."""
    named = _THE_NATIONAL.fullmatch(phrase)
    word = named[1].lower() if named is not None else ""
    known = tables.adjectives()
    return known.get(word) or known.get(f"{word}s") or known.get(_MAN.sub("", word))


def lands_of(scene: Scene, name: str) -> set[str]:
    """Codes of the countries that somebody's office names."""
    role = scene.cast.roles.get(name, "").lower()
    words = re.split(r"[\s,’']+", role)
    codes = {code for w in words if (code := tables.adjectives().get(w) or tables.countries().get(w))}
    return codes - _UNIONS


def by_nation(scene: Scene, phrase: str, at: int) -> Source | None:
    """Person whom "the Finn" stands for: by the country of her office, else whoever of the two heard last has none abroad."""
    code = nation_of(phrase)
    if code is None:
        return None
    people = set(scene.cast.full.values())
    lands = {name: lands_of(scene, name) for name in scene.cast.roles if name in people}
    theirs = [name for name, codes in lands.items() if code in codes]
    if not theirs and code == scene.cast.home:
        floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
        near = {m.name for m in scene.cast.mentions if floor <= m.start < at}
        heard = {n for n in (*near, *(n for _, n in scene.before(at))) if n in people}
        theirs = [n for n in heard if not lands.get(n)]
    if len(theirs) != 1:
        return None
    return Source(theirs[0], scene.cast.roles.get(theirs[0]), at, at + len(phrase), "person")


def body_before(scene: Scene, word: str, at: int) -> Source | None:
    """Body that the sentence before speaks of, for "it" ("The Navy would not name him. ..., it said")."""
    if word != "it":
        return None
    floor = max((a for a, b in scene.spans if a <= at), default=scene.floor)
    earlier = earlier_sentences(scene, floor, at)
    named = _BODY_NAMED.match(scene.mask, *earlier[-1]) if earlier else None
    if named is not None and named["who"].split()[0].lower() not in tables.first_names():
        return Source(named["who"], None, *named.span("who"), describe(named["who"]))
    found = _BODY.match(scene.mask, *earlier[-1]) if earlier else None
    if found is None or not (
        _THE_BODY.fullmatch(found["who"])
        or any(w.lower() in ORG_WORDS or (w.isupper() and len(w) > 1) for w in found["who"].split())
    ):
        return None
    start = found.start("who")
    name = DETERMINER.sub("", found["who"])
    return Source(name, None, start, found.end("who"), describe(name))
