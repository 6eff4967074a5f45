"""Runs of capitalised words: which are names of people, and what stands before or after them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.lexicon import HONORIFIC, MONTH_DAY, NOT_NAME, ORG_WORDS, PARTICLES, ROLE_NOUN, TITLES

_CAPITALISED = r"(?:[A-Z]\.(?:\s?[A-Z]\.)*|[A-ZÀ-Ž][\w\-]*(?:[’'](?!s\b)[A-Za-z][\w\-]+)*\.?|(?:de|van|von|der|den|af|av|al|bin|bint|ibn|ben|la|del|da|di|dos|das|du|ter|el|zu|zum|zur|y)(?= [A-ZÀ-Ž]))"
_HONORIFICS = "Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Adm|Col|Lt|Sgt|Capt|Maj|Prof|Rev|Brig|Cmdr|Hon|Cpl|Spc|Pfc|Pvt|Pte|Cdr|Ens|Amb|Supt|Insp"
_SEQUENCE = re.compile(
    rf"[A-ZÀ-Ž](?<![\w’'].)(?:(?<=(?=(?:{_HONORIFICS})\.).)[a-z]+\.|\.(?:\s?[A-Z]\.)*|[\w\-]*(?:[’'](?!s\b)[A-Za-z][\w\-]+)*)(?:(?: |(?<=[A-Z]\.)){_CAPITALISED})*"
)
_NAME_WORD = re.compile(r"[A-ZÀ-Ž]")
_DOT_OK = re.compile(rf"(?:[A-Z]\.)+$|(?:{_HONORIFICS}|Jr|Sr|St)\.$")

_GROUP = re.compile(r"[A-Z]{2,}s|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve")
"""MPs, MEPs and the like, and what is named by a number ("the Harbour Five")."""
_MODIFIED = re.compile(r" ((?:[a-z][\w\-]* ){1,4})(?=[A-Z][a-zà-ž])")
SPELLED = {
    "gen": "General",
    "sen": "Senator",
    "gov": "Governor",
    "adm": "Admiral",
    "col": "Colonel",
    "prof": "Professor",
    "capt": "Captain",
    "lt": "Lieutenant",
    "sgt": "Sergeant",
    "maj": "Major",
    "brig": "Brigadier",
    "cmdr": "Commander",
    "cdr": "Commander",
    "cpl": "Corporal",
    "spc": "Specialist",
    "pfc": "Private",
    "pvt": "Private",
    "pte": "Private",
    "ens": "Ensign",
    "amb": "Ambassador",
    "supt": "Superintendent",
    "insp": "Inspector",
}
"""Offices that papers shorten before a name."""
_NAMED_FOR = re.compile(
    r" (?:administration|era|presidency|campaign|government|cabinet|years|doctrine|camp|transition|regime|family|foundation|library|pub|hotel|bar|café|cafe|restaurant|inn|bridge|station|stadium|theatre|theater|barracks|naval base|air base|airbase|air force base|garrison|training area|crossing|institute|think tank)\b"
)
"""What is called after a person."""
_OCCASIONS = frozenset(
    "day days night eve month festival parade prize award road avenue square gate hotel café barracks theatre tower stadium harbour harbor beach creek oblast raion region prefecture voivodeship canton reach heath moor peninsula strait straits desert mountains gulf sea bay ocean channel archipelago peninsula isthmus".split()
)
"""Last words of what is called after something or somebody ("Independence Day")."""
OFFICE_TAILS = frozenset(
    "affairs security policy planning operations procurement relations implementation development innovation cooperation co-operation reform enlargement acquisition readiness sustainment personnel preparedness resilience management training logistics integration reconstruction disarmament nonproliferation peacekeeping peacebuilding support industry budget space".split()
)
"""Last words of what somebody is in charge of, after which the name comes ("for International Security Affairs Ann Cole")."""
OFFICE_FOR = re.compile(
    r"\b(?:[Ss]ecretary|[Mm]inister|[Ee]nvoy|[Cc]ommissioner|[Rr]epresentative|[Cc]oordinator|[Cc]o-ordinator|[Cc]hief|[Dd]irector|[Dd]irector[- ][Gg]eneral|[Gg]eneral|[Hh]ead|[Cc]hair|[Aa]dvis[eo]r|[Cc]ommander|[Aa]mbassador) (?:of|for|on) (?:the )?$"
)
"""What stands before the matter of an office."""
_SITES = frozenset("station camp fort cape mount lake".split())
"""First words of what is named as a place ("Station Nord")."""
_ARTICLES = frozenset("el la le les der die das il lo".split())
"""First words of a foreign paper's name, where that stands in capitals ("EL CORREO")."""
_NAMES_TOO = frozenset(("jan", "april", "may", "june", "august"))
"""Months that are given names when another word follows."""


_ORIGIN = ("-born", "-based", "-raised", "-educated", "-trained")
"""Ends of a word before a name that says where somebody comes from ("Thai-born Ann Cole")."""


def is_place_or_group(words: Sequence[str]) -> bool:
    """Whether a run of capitalised words names a country, a place or a body rather than a person."""
    return _is_place_or_group(tuple(words))


@lru_cache(maxsize=8192)
def _is_place_or_group(words: tuple[str, ...]) -> bool:
    lowered = [w.lower().rstrip(".") for w in words]
    joined = " ".join(lowered)
    plain = "".join(ch for ch in unicodedata.normalize("NFD", joined) if not unicodedata.combining(ch))
    if plain != joined and plain in tables.places():
        return True
    if tables.countries().get(joined) or joined in tables.places():
        return True
    if any(_GROUP.fullmatch(w) for w in words):
        return True
    if _is_site_or_paper(words, lowered):
        return True
    if len(words) > 1 and lowered[-1] in _OCCASIONS and lowered[0] not in tables.first_names():
        return True
    return any(
        (w in ORG_WORDS and (at > 0 or len(lowered) == 1 or w != "bill" or words[0].isupper()))
        or (w in MONTH_DAY and (len(lowered) == 1 or w not in _NAMES_TOO))
        for at, w in enumerate(lowered)
    ) or lowered[-1].endswith("ists")


def _is_site_or_paper(words: Sequence[str], lowered: Sequence[str]) -> bool:
    """Whether words name a camp or station, a state that belongs to something, or a paper written in capitals."""
    if len(words) < 2:
        return False
    paper = lowered[0] in _ARTICLES and words[0].isupper() and words[1].isupper()
    return lowered[0] in _SITES or paper or (lowered[0] == "member" and lowered[-1] in ("state", "states"))


def parse_name(words: Sequence[str], of_office: bool = False) -> tuple[str, str | None, bool] | None:
    """Split a run of capitalised words into name, title before it, and whether it carries an honorific or title.

    `of_office` says that an office and "of" or "for" stand before it, whose matter then comes first.

    Example:
        >>> parse_name("Defence Minister Ilse Varga".split())
        ('Ilse Varga', 'Defence Minister', True)
    """
    return _parse_name(tuple(words), of_office)


@lru_cache(maxsize=8192)
def _parse_name(words: tuple[str, ...], of_office: bool) -> tuple[str, str | None, bool] | None:
    if " ".join(words).lower() in tables.places():
        return None
    if _opens_in_capitals(words):
        words = words[1:]
    if tail := _matter_ends(words, of_office):
        return " ".join(words[tail:]), " ".join(words[:tail]), True
    cut = 0
    nationality = tables.adjectives()
    for i, word in enumerate(words):
        low = word.lower().rstrip(".")
        if low in tables.first_names() and i == cut and i + 1 < len(words) and low not in TITLES:
            break
        if (
            low in TITLES
            or (i == cut and len(words) - i > 2 and ROLE_NOUN.fullmatch(low))
            or _is_rank(words, i, cut)
            or low in nationality
            or low.split("-")[0] in ("then", "ex", "vice")
            or low.endswith(_ORIGIN)
            or low.rstrip("’'s") in tables.countries()
        ) or (i == cut and low in PARTICLES and i + 1 == len(words)):
            cut = i + 1
    title = list(words[:cut])
    name = list(words[cut:])
    while name and name[-1].lower() in PARTICLES:
        name.pop()
    if not name or not all(_NAME_WORD.match(w) or w.lower() in PARTICLES for w in name):
        return None
    if " ".join(name).lower() in OFFICE_TAILS or any(
        len(w) > 1 and w.isupper() and w.lower() in NOT_NAME for w in name
    ):
        return None
    titled = any(w.lower().rstrip(".") in TITLES for w in title)
    if title and all(w.lower().rstrip(".") in HONORIFIC for w in title):
        return " ".join(name), _rank(title), True
    title = [w for w in title if w.lower().rstrip(".") not in ("mr", "mrs", "ms", "miss")]
    title = [w for w in title if not w.lower().endswith(_ORIGIN)]
    return " ".join(name), " ".join(title) or None, titled


def _opens_in_capitals(words: tuple[str, ...]) -> bool:
    """Whether a word in capitals, as of a dateline, stands before a name that has none."""
    return (
        len(words) > 1
        and len(words[0]) > 4
        and words[0].isupper()
        and not words[1].isupper()
        and words[1].isalpha()
    )


def _rank(title: Sequence[str]) -> str | None:
    """Rank or seat that abbreviations before a name stand for: the last of them ("Maj. Gen.")."""
    ranks = [SPELLED[low] for w in title if (low := w.lower().rstrip(".")) in SPELLED]
    return ranks[-1] if ranks else None


def _matter_ends(words: tuple[str, ...], of_office: bool) -> int:
    """Where a name begins after the matter of an office ("Sanctions Implementation Ann Cole"), or 0."""
    first = 0 if of_office else 1
    tail = next((i for i in range(len(words) - 1, first, -1) if words[i - 1].lower() in OFFICE_TAILS), 0)
    if not tail or tail + 1 >= len(words):
        return 0
    lowered = {w.lower().rstrip(".") for w in words[tail:]}
    may_be_name = of_office and not lowered & (ORG_WORDS | TITLES | OFFICE_TAILS)
    return tail if may_be_name or words[tail].lower() in tables.first_names() else 0


def _is_rank(words: Sequence[str], i: int, cut: int) -> bool:
    """Whether a word is part of a title only beside another of its words ("Ranking Member", "Command Sergeant")."""
    low = words[i].lower()
    after = words[i + 1].lower() if i + 1 < len(words) else ""
    if i != cut:
        return False
    if low == "member":
        return i > 0 and words[i - 1].lower() == "ranking"
    return (low == "ranking" and after == "member") or (low == "command" and after[:2] in ("sg", "se"))


def sequences(text: str, start: int, end: int) -> list[tuple[int, int, list[str]]]:
    """Runs of capitalised words, sentence-opening function words cut off."""
    found = []
    stop = start
    while (match := _SEQUENCE.search(text, stop, end)) is not None:
        words, at = _settle(match)
        stop = max(match.start() + 1, min(match.end(), at + len(" ".join(words)) + 1))
        while words and words[0].lower().rstrip(".") in NOT_NAME and words[0] not in ("May",):
            at += len(words[0]) + 1
            words = words[1:]
        if words:
            found.append((at, at + len(" ".join(words)), words))
    return found


def _settle(match: re.Match[str]) -> tuple[list[str], int]:
    """Cut a run at a full stop that ends a sentence."""
    said = match.group()
    if "." not in said:
        return said.split(" "), match.start()
    words: list[str] = []
    for word in said.split(" "):
        if word.endswith(".") and not _DOT_OK.match(word):
            words.append(word[:-1])
            break
        words.append(word)
    return words, match.start()


def modifies(text: str, end: int) -> bool:
    """Whether a run of capitalised words only says whose leader, or what kind of leader, the person after it is."""
    if not (text.startswith(" ", end) and text[end + 1 : end + 2].islower()):
        return False
    if _NAMED_FOR.match(text, end):
        return True
    found = _MODIFIED.match(text, end)
    return found is not None and ROLE_NOUN.search(found[1]) is not None
