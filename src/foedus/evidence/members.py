"""Members: states of a body, or people of a chamber."""

from __future__ import annotations

import re

_IN_BODY = re.compile(
    r"\b(?:27|28|30|31|32|193|twenty-seven|thirty|thirty-one|thirty-two) (?:other )?members\b(?! of (?!NATO\b|Nato\b|the (?:[Aa]lliance|EU|[Bb]loc|European Union|UN|United Nations)\b))|\b[Pp]ermanent members\b"
)
"""Members that are states, by their number."""
_OF_BODY = re.compile(
    r"\b(?:NATO|Nato|EU|[Aa]lliance|[Bb]loc|UN|GCC|OSCE|OECD|ASEAN|Asean|OPEC|Opec|G7|G20|Commonwealth|(?:Union|Council|League|Organi[sz]ation|Community|Pact|Treaty)(?=[’']))(?:[’']s?)? (?:[\w-]+ )?members\b|\b(?:[Aa]lliance|NATO|Nato|[Bb]loc) (?:has|counts|had|numbers|with)(?: \w+)? [\w-]+ members\b|\bmembers of (?:NATO|Nato|the (?:alliance|EU|bloc|European Union))\b"
)
"""Members of a body of states."""
_OF_STATES = re.compile(
    r" of the (?!National\b|City\b|Town\b)(?:[A-Z][\w-]+ ){1,4}(?:Council|Union|Organi[sz]ation|League|Treaty|Community|Pact|Conference|Forum|Commonwealth)\b| of the (?:GCC|OSCE|OECD|UN|G7|G20|ASEAN|Commonwealth)\b"
)
"""Members of a body that states belong to."""
_OF_CHAMBER = re.compile(
    r" of (?:the |its |their |his |her |both )?(?:[A-Z][\w-]+ ){0,2}(?:House|Senate|Congress|[Pp]arliament|Commons|Lords|Bundestag|Bundesrat|Sejm|Riksdag|Riigikogu|Saeima|Seimas|Folketing|Storting|Eduskunta|Knesset|Duma|Dáil|Seanad|Rada|Assembly|[Cc]ommittee|[Cc]hambers?|[Cc]aucus|[Cc]abinet|[Cc]rew)\b"
)
"""Members of a body that people sit in."""


_ITS = re.compile(r"\b(?:its|the) [\w-]+ members\b")
_CHAMBER = re.compile(
    r"(?:[Cc]ommittee|[Ss]ubcommittee|[Pp]anel|[Ss]enate|[Hh]ouse|[Pp]arliament|[Cc]hamber|[Cc]aucus|[Cc]abinet|[Bb]oard|[Jj]ury|[Cc]ourt|[Bb]undestag|[Ss]ejm|[Rr]iigikogu)"
)
_LAST_BODY = re.compile(
    rf"\b({_CHAMBER.pattern[3:-1]}|NATO|Nato|EU|UN|[Aa]lliance|[Bb]loc|Union|Council|League|Organi[sz]ation|Community|Pact|Treaty)\b"
)
"""Bodies of people or of states."""
_SEATED = re.compile(
    r"-members? (?:[a-z-]+ )?(?:bod(?:y|ies)|panels?|committees?|subcommittees?|commissions?|jury|juries|boards?|cabinets?|crews?|teams?|delegations?|famil(?:y|ies)|households?|courts?|squads?|units?|gangs?|bands?|choirs?|staff|parliaments?|assembl(?:y|ies)|chambers?|houses?|senates?|task forces?|expeditions?|patrols?|government)\b"
)
"""What people are members of ("the nine-member panel")."""


def seated(after: str) -> str:
    """What members are that a hyphen binds to their number: people of a panel, or of a body that may be one of states."""
    return "person" if _SEATED.match(after) else "member"


def members(text: str, at: int, stop: int, start: int, rest: str) -> str | None:
    """What members are: states of an alliance or a body, or people of a chamber that stands shortly before."""
    around, before = text[max(start, at - 30) : stop + 40], text[max(start, at - 200) : at]
    if _OF_STATES.match(rest):
        return "member"
    its = _ITS.search(around) and not rest.startswith(" of ")
    if its and (last := _LAST_BODY.findall(before)) and _CHAMBER.fullmatch(last[-1]):
        return "person"
    if _OF_CHAMBER.match(rest):
        return "person"
    if _OF_BODY.search(around):
        return "ally" if re.search(r"NATO|Nato|lliance", around) else "member"
    return "member" if _IN_BODY.search(around) else None
