"""Holders of offices without a name whom the sentences before are about: whom "he", "the general" or "the American" then stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from foedus.evidence.lexicon import BY_WORD, PRONOUNS, ROLE_NOUN
from foedus.evidence.people import describe, role_holder
from foedus.evidence.phrases import DETERMINER
from foedus.evidence.scene import Scene, Source
from foedus.evidence.sentences import FILL, sentences
from foedus.evidence.strangers import earlier_sentences, nation_of

_NEXT = r"(?=,? (?:who|whose)\b|, (?!(?:and|or|he|she|they|it)\b)| (?:is|was|has|had|does|did|would|could|will|can|may|might|says|said|tells|told|went|came|made|gave|put|took|saw|felt|kept|held|found|knew|thought|spoke|wrote|shook|stood|sat|ran|began|met|left|got|meanwhile|also|then|later|[a-z]{2,}ed)\b)"
_HEAD = re.compile(
    rf"(?:(?:But|And|Yet|Still|Meanwhile|Then|Later|Even|So),? )?(?P<who>(?:The|An?|Another|[A-Z][\w.-]*(?: [A-Z][\w.-]*)?[’']s?) (?:[\w’'.-]+ ){{0,4}}?(?P<role>(?i:{ROLE_NOUN.pattern}|\bbackbencher|\bofficial|\b(?:head|chief) of (?:state|government|staff|mission))|[A-Z][a-z]+)(?: (?:of|for|in|from|on|at) [^.,;:{FILL}]{{2,70}}?)?){_NEXT}"
)
"""Holder of an office, or citizen of a country, at the head of a sentence, as its subject."""
_OTHER_CLAUSE = re.compile(
    rf"(?:,|{FILL}),? (?:while|whereas|but|and) (?P<who>(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[A-Z][\w.-]*[’']s?) (?:[\w’'.-]+ ){{0,3}}?(?P<role>(?i:{ROLE_NOUN.pattern}))(?: (?:of|for|in|from|on|at) [^.,;:{FILL}]{{2,70}}?)?){_NEXT}"
)
"""The same in a clause after the first ("..., while his French counterpart, a former officer, was more direct")."""
_WITHIN = re.compile(
    r"\b(?:to|by|with|about|that|which|than|said|says|told|and(?! [A-Z])|who|whose|because|when|after|while) "
)
"""What stands in no name of an office."""
_BESIDE = {
    "m": re.compile(r"\bhim\b"),
    "f": re.compile(
        r"\bher\b(?= (?:as|to|that|with|in|on|for|at|by|from|and|of|if|whether|not|why|how|what)\b|[.,;:—]|$)"
    ),
}
"""A he or a she who is another than the subject."""
_BY_SAYING = re.compile(rf"{FILL}+[\s,—–]*(?:(?:he|she)\b|$)")
_ALIAS = re.compile(
    r"\b(?:alias|nickname|pseudonym|nom de guerre|known as|(?<!be )named|called|call ?sign|name)\b"
)
_AN_OFFICE = 2
"""Words of an office, of which a rank alone has fewer."""
_BACK = 4
"""Sentences behind a place of which one may be about its he or she."""
_INDEFINITE = re.compile(r"(?:An?|Another) ")
_SOMEBODY = re.compile(r"(?:^|[\s,])((?i:somebody|someone))$")
_BESIDE_NAME = 3
"""Characters between an office and the name of who holds it."""
_RANK = re.compile(
    r"[Tt]he (?:four-star |three-star |two-star |one-star )?(general|admiral|colonel|commodore|major|captain|brigadier|officer|commander)"
)
_MAY_RANK = re.compile(
    r"\b(?:commander|commandant|chief|head|inspector|attaché|superintendent|officer|deputy|general|admiral|colonel|commodore|major|captain|brigadier|veteran|soldier)\b",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?P<who>(?:(?!of |the )[\w’'-]+ ){{0,3}}?(?:commander|chief|head|inspector|attaché|commandant|deputy commander|chief of staff|superintendent)(?: of [^.,;:{FILL}]{{2,60}}?)?)(?=[.,;:]| (?:who|in|at|on|for|when|and|to|before|after|is|was|has|had|said|told|[a-z]{{2,}}ed)\b)"
)
"""Somebody without a name who may bear a rank."""


def somebody(phrase: str, at: int) -> Source | None:
    """Nobody in particular, at the end of what stands before a verb ("Across the memo somebody has written")."""
    found = _SOMEBODY.search(phrase)
    if found is None:
        return None
    return Source(found[1], None, at + found.start(1), at + found.end(1), "anonymous")


def _sentences_before(scene: Scene, at: int) -> list[tuple[int, int]]:
    """Sentences before a place, in its paragraph, else in the one above where words in quotation marks open the paragraph."""
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    found = earlier_sentences(scene, floor, at)
    if scene.mask[floor] != FILL or any(scene.mask[a] != FILL for a, _ in found):
        return found
    above = max((span for span in scene.spans if span[1] <= floor), default=None)
    return [*(sentences(scene.text, scene.mask, *above) if above else []), *found]


def holder_before(scene: Scene, at: int, word: str) -> Source | None:
    """Somebody whom a sentence shortly before names by an office alone, as its subject, with nobody named since."""
    if word not in ("he", "she", ""):
        return None
    people = set(scene.cast.full.values())
    for start, end in reversed(_sentences_before(scene, at)[-_BACK:]):
        if any(
            start <= m.start < end and m.name in people and scene.mask[m.start] != FILL
            for m in scene.cast.mentions
        ):
            return None
        found = _last(_OTHER_CLAUSE.finditer(scene.mask, start, end)) or _HEAD.match(scene.mask, start, end)
        if found is not None and _ALIAS.search(scene.mask, found.end(), end):
            return None
        if found is not None:
            return _unnamed(scene, found, end, word)
        if scene.mask[start] == FILL and _BY_SAYING.match(scene.mask, start, end) is None:
            return None
    return None


def _last(matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return max(matches, key=lambda m: m.start(), default=None)


def _unnamed(scene: Scene, found: re.Match[str], end: int, word: str) -> Source | None:
    """A sentence's subject, if it is one person without a name who may be a he or a she."""
    role, who = found["role"], found["who"]
    name = DETERMINER.sub("", who)
    if role.endswith("s") or _WITHIN.search(who) or role_holder(scene.cast, name, found.start()):
        return None
    if role[0].isupper() and not ROLE_NOUN.fullmatch(role) and nation_of(who) is None:
        return None
    if who.startswith("The ") and _ranked_before(scene, found.start()):
        return None
    want = PRONOUNS.get(word, "")
    if BY_WORD.get(role.lower(), want) != want:
        return None
    if want in _BESIDE and _BESIDE[want].search(scene.mask, found.end(), end):
        return None
    return _source(found, name)


def _source(found: re.Match[str], name: str) -> Source:
    return Source(name, None, *found.span("who"), describe(name))


def _ranked_before(scene: Scene, at: int) -> bool:
    """Whether the paragraph has named one person before, without an office, whose this one may be."""
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    people = set(scene.cast.full.values())
    near = {m.name for m in scene.cast.mentions if floor <= m.start < at and m.name in people}
    return len(near) == 1 and len(scene.cast.roles.get(min(near), "").split()) < _AN_OFFICE


def same_citizen(scene: Scene, phrase: str, at: int) -> Source | None:
    """The same for "the American" alone."""
    return same_holder(scene, phrase, at) if nation_of(phrase) is not None else None


def same_holder(scene: Scene, phrase: str, at: int) -> Source | None:
    """Somebody without a name whom the paragraph has brought in, for "the MP", "the American" or "the general"."""
    rank = _RANK.fullmatch(phrase)
    holder = holder_before(scene, at, "")
    if holder is not None and rank is not None and not _MAY_RANK.search(holder.name):
        holder = None
    if holder is not None and (rank or nation_of(phrase) or _INDEFINITE.match(scene.text, holder.start)):
        return holder
    floor = max((a for a, _ in scene.spans if a <= at), default=scene.floor)
    told = list(_COMMANDS.finditer(scene.mask, floor, at)) if rank is not None else []
    if not told or any(0 <= m.start - told[-1].end() <= _BESIDE_NAME for m in scene.cast.mentions):
        return None
    if role_holder(scene.cast, told[-1]["who"], at) is not None:
        return None
    return _source(told[-1], told[-1]["who"])
