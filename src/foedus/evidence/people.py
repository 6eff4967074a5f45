"""Who is named in a story, and whom a surname, a pronoun or "the office" stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.actors import states
from foedus.evidence.lexicon import (
    ANONYMOUS,
    BY_WORD,
    COLLECTIVE,
    HONORIFIC,
    NOT_NAME,
    PARTICLES,
    ROLE_NOUN,
    TITLES,
)
from foedus.evidence.names import OFFICE_FOR, SPELLED, is_place_or_group, modifies, parse_name, sequences

_OFFICE = re.compile(
    r"[tA-Z](?<!\w.)(?:(?<=[tT])he|(?<=[A-Z])\w+[’']s) ((?:(?!from |to |by |the |with |at |on |and |that |in )[A-Za-z\-]+ ){1,3}?(?:office|ministry|department|agency|embassy|institute|council|committee|company|government|group|party|court)|(?:Ministry|Department|Office|Agency|Institute|Council|Committee) (?:of|for) (?:the )?[A-Z]\w+(?:,? (?:and |of )?[A-Z]\w+){0,3})\b"
)
_THE_ROLE = re.compile(
    r"[Tt](?<!\w.)he ((?:(?:[A-Z][\w.]+|former|defence|defense|prime|foreign|deputy|finance|vice) ){0,3}(?:president|minister|premier|chancellor|senator|general|governor|ambassador|commander|secretary|spokesman|spokeswoman|candidate|official|man|woman|soldier|officer|farmer|driver|mayor|diplomat|envoy|admiral|colonel|captain|nominee|lawmaker|congresswoman|congressman|professor|historian|analyst|lawyer|judge|veteran|author|teacher|nurse|student|adviser|economist|scholar|researcher|chief|engineer|priest|chairman|chairwoman|speaker|manager|director|columnist|editor|notary|elder|host|interviewer|moderator|(?:Prime |Foreign |Defence |Defense |Finance )?(?:Minister|President|Premier|Chancellor|Governor|Secretary|General|Admiral|Ambassador|Senator|Commissioner|Taoiseach|Tánaiste|Ceann Comhairle|Speaker|Pope|King|Queen)))\b(?!,? (?:[A-Z]|of\b|general\b))"
)
_KIN = "husband|wife|son|daughter|brother|sister|father|mother|friend|colleague|neighbou?r|partner|boss|cousin|uncle|aunt|nephew|niece|grandson|granddaughter|grandfather|grandmother|boyfriend|girlfriend|fianc[ée]e?|sister-in-law|brother-in-law|mate|twin|assistant|interpreter|driver|bodyguard|classmate|flatmate|comrade|godson|goddaughter|stepson|stepdaughter"
_NAMED = re.compile(
    rf"[aicnhptmwA-Z](?<!\w.)(?:(?<=i)dentified (?:only|simply|just) as|(?<=a)lias|(?<=w)e (?:are |will |shall |have )?call(?:ing|ed)?|(?<=p)seudonym|(?<=[nc])(?:(?<=n)ames|(?<=c)alls|(?<=c)alled) (?:(?:him|her) )?(?:only|simply|just)(?: as)?|(?<=n)(?:ame(?:d|,|(?: only)? as)|icknamed?|om de guerre)|(?<=c)all(?:ed|-?sign(?:ed)?| sign)|(?:(?<=[Hh])(?:is|er)|(?<=[Tt])heir|(?<=[Mm])y|(?<=[A-Z])\w+[’']s) (?:[a-z]+ ){{0,2}}(?:{_KIN}),?) [“\"‘']?([A-ZÀ-Ž][a-zà-ž]{{2,}})\b(?! [A-Z])(?=,|\.| [a-z]|[”\"’'])"
)
"""A person introduced by one name: a plumber named Karl, her husband, Ron."""
_AGED = re.compile(
    r"([A-ZÀ-Ž](?<![A-Z]\w .)(?<![A-Z]\w\w .)(?:(?<=[a-z,.] .)|(?<=\n.))[a-zà-ž]{2,}), (?:(?:an? )?\d\d-year-old\b|(?:1[6-9]|[2-8]\d),)"
)
"""A person introduced by one name and an age."""
_NO_LONE_NAME = (
    NOT_NAME
    | TITLES
    | frozenset(PARTICLES)
    | frozenset(
        "quote quotes source details background note update question answer headline caption context comment reaction translation".split()
    )
)
_AN_AGE = re.compile(r", (?:an? )?\d\d[,-]")
"""Without which nobody's age stands between commas."""
_SPEAKER_COLON = re.compile(
    r"(?:^|[.!?”\"’]\s+|\n)([A-Z][a-zà-ž]{2,}(?:-[A-Z][a-z]+)?): (?=[“\"‘])", re.MULTILINE
)
"""A surname, a colon and words in quotation marks."""
_HE = re.compile(r"\b(?:husband|son|brother|father|uncle|nephew|grandson|grandfather|boyfriend|fiancé)\b")
_SHE = re.compile(r"\b(?:wife|daughter|sister|mother|aunt|niece|grand(?:daughter|mother)|girlfriend|fiancée)\b")
_MINE = re.compile(
    r"([MmOo](?<!\w.)(?:(?<=[Mm])y|(?<=[Oo])ur) (?:[a-z]+ )?(?:neighbou?r|friend|(?:grand|god)?(?:father|mother|son|daughter)|brother|sister|wife|husband|colleague|driver|barber|host|guide|uncle|aunt|cousin|nephew|niece|boss|editor|landlord|landlady|interpreter|teacher|doctor|dentist|hairdresser|cabbie))\b"
)
_LEADS = frozenset(("president", "premier", "chancellor", "prime", "chairman", "chairwoman"))
"""Offices whose holder is "the leader"."""
_HAVE_COUNTERPARTS = _LEADS | frozenset(
    ("minister", "secretary", "commissioner", "ambassador", "general", "chief", "negotiator", "envoy")
)
_KEPT = frozenset(
    "general admiral colonel major captain commander brigadier lieutenant sergeant ambassador".split()
)
"""Ranks by which a story calls their bearers after they have left ("General Cole, who retired ... The former general")."""
_PAST = frozenset(("former", "retired"))
_FOREMOST = frozenset(("chief", "top", "lead", "senior"))
_OFFICE_OF = re.compile(
    rf"((?:(?i:{ROLE_NOUN.pattern}) and )?(?:[A-Z][\w.]*[’']?s? )*(?:Secretary|Minister|Chief|Director|Head|President|Chair(?:man|woman)?|Commissioner|Envoy|Representative|Coordinator|Advis[eo]r)(?: (?:of|for) (?:the )?[A-Z]\w+(?: (?:and )?[A-Z]\w+){{0,2}})?? (?:of|for) (?:the )?(?:Republic of |Kingdom of )?)$"
)
"""What stands before a name that a title's last words have run into: Secretary of (State Ann Cole)."""
_THING_BEFORE = re.compile(
    r"\b(?:program(?:me)?|show|podcast|magazine|website|portal|broadcaster|station|tanker|ship|frigate|destroyer|submarine|vessel|bulker|freighter|ferry|trawler|yacht|corvette|icebreaker|exercise|operation|pub|hotel|restaurant|horse|song|film|novel|album) $"
)
"""What is named after it, and is nobody."""
_A_MODEL = re.compile(r"(?:^|\W)[Aa]n? $")
_A_GROUP = re.compile(r"(?:^|\W)(?:[Aa]n?|[Tt]he) $")
"""What stands before the name of a model or a group, and before nobody's ("an RAF Rivet Joint", "the Lib Dems")."""
_SPEAKS = re.compile(
    r"([A-ZÀ-Ž](?<![\w’'\-].)[a-zà-ž]{2,}(?:-[A-Z][a-z]+)?)(?:, [^,.;“\"]{2,70},)? (?:(?:has|had|also|later|once|then|never|now|himself|herself) )*"
    r"(?:said|says|told|tells|wrote|writes|argued|argues|warned|warns|added|adds|asked|asks|replied|promised|promises|insisted|insists|claimed|claims|tweeted|put it|used to|quipped|boasted)\b"
)


_BY_HONORIFIC = {
    "mr": "m",
    "sir": "m",
    "lord": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "lady": "f",
    "dame": "f",
}


@dataclass(slots=True)
class Mention:
    """A person named at one place of a story."""

    start: int
    end: int
    name: str
    role: str | None = None


@dataclass
class Cast:
    """The people of one story."""

    mentions: list[Mention] = field(default_factory=list)
    full: dict[str, str] = field(default_factory=dict)
    """Surname to the fullest name given."""
    gender: dict[str, str] = field(default_factory=lambda: dict(BY_WORD))
    roles: dict[str, str] = field(default_factory=dict)
    offices: list[str] = field(default_factory=list)
    pending: list[tuple[int, int, str, str | None, bool]] = field(default_factory=list)
    """What may be mentions: start, end, name, title, and whether a title or honorific stands before it."""
    lone: set[str] = field(default_factory=set)
    """People whom the story calls by one name only, as far as it goes."""
    namesakes: dict[tuple[str, str], str] = field(default_factory=dict)
    """Surname and gender to the full name of whoever bears both, by the given name."""
    home: str | None = None
    """Code of the state that the story names first."""

    def addressed(self, words: Sequence[str], name: str) -> str | None:
        """Full name of one of several who share a surname, by the honorific before it ("Mrs Cole")."""
        gender = _BY_HONORIFIC.get(words[0].lower().rstrip("."), "") if " " not in name else ""
        return self.namesakes.get((name, gender))

    def canonical(self, name: str) -> str:
        """Fullest form of a name in this story."""
        parts = name.split()
        if (
            len(parts) > 1
            and self.full.get(parts[-1], "").split()[:1] not in ([], parts[:1])
            and not _same_first(parts[0], self.full[parts[-1]])
        ):
            return name
        return self.full.get(parts[-1], name) if parts else name


def _same_first(first: str, full: str) -> bool:
    return full.startswith(first[:1])


def surname(name: str) -> str:
    """Last part of a name, without suffixes."""
    parts = [p for p in name.split() if p.rstrip(".") not in ("Jr", "Sr", "II", "III")]
    return parts[-1] if parts else name


def gender_of(cast: Cast, name: str) -> str | None:
    """He or she; of two with one surname ("Mrs. Cole" is Karl Cole's widow), the given name tells which."""
    known = cast.gender.get(surname(name))
    first, _, rest = name.partition(" ")
    told = tables.first_names().get(first.lower()) if rest and known is not None else None
    if told is None or told == known:
        return known
    shared = any(m.name != name and surname(m.name) == surname(name) for m in cast.mentions)
    return told if shared else known


def _is_personal(title: str | None) -> bool:
    """Whether a title is one that a person bears ("Senator"), not a part of a body's name ("House")."""
    last = title.split()[-1] if title else "Mr"
    return bool(ROLE_NOUN.fullmatch(last)) or last.lower().rstrip(".") in HONORIFIC


def gather(text: str, spans: Sequence[tuple[int, int]]) -> Cast:
    """Collect the people named in a story's paragraphs; `settle` then says whom each mention names."""
    cast = Cast()
    cast.home = next((code for _, _, code in states(text, *spans[0])), None) if spans else None
    for start, end in spans:
        for a, b, words in sequences(text, start, end):
            _note_name(cast, text, a, min(b, end), words)
    for start, end in spans:
        cast.offices.extend(
            m.group(1) for m in _OFFICE.finditer(text, start, end) if m.group(1) not in cast.offices
        )
        for pattern in (_THE_ROLE, _MINE):
            found = pattern.finditer(text, start, end)
            cast.pending.extend((*m.span(1), m.group(1), "role", False) for m in found)
        aged = _AN_AGE.search(text, start, end)
        for match in _AGED.finditer(text, start, end) if aged else ():
            if not is_place_or_group((match[1],)) and match[1].lower() not in NOT_NAME:
                cast.full.setdefault(match[1], match[1])
        for match in _NAMED.finditer(text, start, end):
            cast.full.setdefault(match[1], match[1])
            if _HE.search(match.group()) or _SHE.search(match.group()):
                cast.gender[match[1]] = "m" if _HE.search(match.group()) else "f"
            cast.pending = [p for p in cast.pending if p[3] != "role" or not 0 < match.start() - p[1] < 80]
    cast.lone = _lone_names(cast, text, spans)
    return cast


def _lone_names(cast: Cast, text: str, spans: Sequence[tuple[int, int]]) -> set[str]:
    """Single names of people: after an honorific, or before a verb of saying and nowhere a common word."""
    found = {
        name
        for _, _, name, title, titled in cast.pending
        if titled and (title is None or title in SPELLED.values()) and " " not in name
    }
    for start, end in spans:
        for match in _SPEAKER_COLON.finditer(text, start, end) if text.find(": ", start, end) > 0 else ():
            if match[1].lower() not in _NO_LONE_NAME and not is_place_or_group((match[1],)):
                found.add(match[1])
    for start, end in spans:
        for match in _SPEAKS.finditer(text, start, end):
            word = match[1]
            low = word.lower()
            before = text[max(start, match.start() - 30) : match.start()].split()
            if (
                word in found
                or (before and before[-1].lower() in ("from", "in", "at", "the", "a"))
                or (before and before[-1][0].isupper() and before[-1].lower() not in NOT_NAME)
                or low in _NO_LONE_NAME
                or is_place_or_group((word,))
                or any(p.search(word) for p in (ROLE_NOUN, ANONYMOUS, COLLECTIVE))
            ):
                continue
            whole = text[spans[0][0] : spans[-1][1]]
            told_of = re.match(r", (?:the|an?|who|whose)\b", text[match.end(1) : match.end(1) + 8])
            if not re.search(rf"\b{low}\b", whole) and (told_of or re.search(rf"[a-z,] {word}\b", whole)):
                found.add(word)
    return found


def _note_name(cast: Cast, text: str, start: int, end: int, words: list[str]) -> None:
    """Take in one run of capitalised words, if it names a person."""
    parsed = parse_name(words, OFFICE_FOR.search(text, max(0, start - 40), start) is not None)
    if parsed is None or modifies(text, end):
        return
    name, title, titled = parsed
    parts = name.split()
    if title is None and _THING_BEFORE.search(text, max(0, start - 24), start):
        return
    before = _A_GROUP if name.endswith("s") else _A_MODEL
    if title is None and len(name.split()) > 1 and before.search(text, max(0, start - 5), start):
        return
    if is_place_or_group(parts) and not (titled and _is_personal(title)):
        return
    office = _OFFICE_OF.search(text, max(0, start - 60), start) if title else None
    called = cast.addressed(words, name) or name
    cast.pending.append((end - len(name), end, called, f"{office[1]}{title}" if office else title, titled))
    if 2 <= len(parts) <= 5:
        key = surname(name)
        if gender := tables.first_names().get(parts[0].lower()):
            cast.namesakes.setdefault((key, gender), name)
        old = cast.full.get(key)
        if old is None or (len(name) > len(old) and name.split()[0][:1] == old.split()[0][:1]):
            cast.full[key] = " ".join(parts)
    _note_gender(cast, text, start, words, name)


def settle(cast: Cast, elsewhere: dict[str, str]) -> None:
    """Give every mention its canonical name. `elsewhere` gives full names from the file's other stories."""
    for key, name in elsewhere.items():
        cast.full.setdefault(key, name)
    for name in cast.lone:
        cast.full.setdefault(name, name)
    _first_names(cast)
    _cast_mentions(cast, cast.pending)


def _first_names(cast: Cast) -> None:
    """Let a given name alone stand for the one person who bears it ("Iris" for Iris Cole)."""
    bearers: dict[str, set[str]] = {}
    alone = {name for _, _, name, title, _ in cast.pending if " " not in name and title != "role"}
    for name in cast.full.values():
        first, _, rest = name.partition(" ")
        family_first = first in alone and surname(name) not in alone and not is_place_or_group((first,))
        if rest and (family_first or first.lower() in tables.first_names()):
            bearers.setdefault(first, set()).add(name)
    for first, names in bearers.items():
        if len(names) == 1 and cast.full.get(first, first) == first:
            cast.full[first] = next(iter(names))


def _cast_mentions(cast: Cast, pending: list[tuple[int, int, str, str | None, bool]]) -> None:
    """Turn what was found into mentions under canonical names."""
    for a, b, name, title, titled in sorted(pending, key=lambda p: p[:3]):
        if title == "role":
            cast.mentions.append(Mention(a, b, role_holder(cast, name, a) or name))
            continue
        known = surname(name) in cast.full
        if len(name.split()) == 1 and not known and not titled:
            continue
        full = cast.canonical(name)
        cast.mentions.append(Mention(a, b, full, title))
        if title:
            cast.roles.setdefault(full, title)
    cast.mentions.sort(key=lambda m: m.start)


def again(cast: Cast) -> None:
    """Name the bearers of bare offices anew, once all offices are known."""
    for i, mention in enumerate(cast.mentions):
        if mention.role is None and mention.name not in cast.full.values():
            holder = role_holder(cast, mention.name, mention.start)
            if holder is not None:
                cast.mentions[i] = replace(mention, name=holder)


_GIVEN_LAST = re.compile(r"[A-Z][a-z]+-[a-z]+")
"""A given name of two syllables, before which the family name stands ("Min-jae")."""


_ENDS_SENTENCE = re.compile(r"\n|[.!?][”\"’']?\s+(?=[A-Z“\"‘])")


def _note_gender(cast: Cast, text: str, at: int, words: list[str], name: str) -> None:
    head = words[0].lower().rstrip(".")
    key = surname(name)
    family_first = _GIVEN_LAST.fullmatch(key)
    first = name.split(maxsplit=1)[0].lower() if len(name.split()) > 1 and not family_first else ""
    stop = at + len(" ".join(words))
    before = _ENDS_SENTENCE.split(text[max(0, at - 30) : at])[-1]
    around = f"{before}{name}{_ENDS_SENTENCE.split(text[stop : stop + 40])[0]}".lower()
    if head == "mr" or "spokesman" in around or " chairman" in around or "congressman" in around:
        cast.gender.setdefault(key, "m")
    elif (
        head in ("mrs", "ms", "miss")
        or "spokeswoman" in around
        or "chairwoman" in around
        or "congresswoman" in around
    ):
        cast.gender[key] = "f"
    elif told := tables.first_names().get(first) or tables.first_names().get(first.split("-")[0]):
        cast.gender.setdefault(key, told)


_RANK = re.compile(
    r"(?:lieutenant|major|brigadier|colonel|vice|rear|air|sub)-(general|admiral|colonel|marshal|commodore|lieutenant)"
)
_ROLE_WORDS = re.compile(r"[\s,]+")


def role_holder(cast: Cast, phrase: str, at: int) -> str | None:
    """Named person whom a bare office stands for ("the minister"): of several, the one named last before `at`."""
    words = phrase.lower().split()
    if not words or not ROLE_NOUN.fullmatch(words[-1]) or words[-1].endswith("s") or len(words) > 4:
        return None
    adjectives = tables.adjectives()
    nations = {adjectives[w] for w in words if w in adjectives}
    extra = {w for w in words[:-1] if w not in adjectives}
    keeps = words[-1] in _KEPT and bool(extra & _PAST)
    extra -= _PAST if keeps else set()
    found, exact = set(), set()
    for name, role in cast.roles.items():
        said = _ROLE_WORDS.split(role.lower().replace("’s", "").replace("'s", ""))
        said += [rank[1] for w in said if (rank := _RANK.fullmatch(w)) is not None]
        theirs = {adjectives.get(w) or tables.countries().get(w) for w in said} - {None}
        if (
            (
                words[-1] in said
                or (words[-1] == "leader" and _LEADS & set(said))
                or (
                    words[-1] == "minister"
                    and "secretary" in said
                    and not {"press", "general", "private"} & set(said)
                )
                or ("counterpart" in said and words[-1] in _HAVE_COUNTERPARTS)
            )
            and (extra <= set(said) or ("counterpart" in said and extra <= _FOREMOST))
            and (keeps or ("former" in said) == ("former" in words))
            and (not nations or (nations & theirs if theirs else cast.home in {None, *nations}))
        ):
            found.add(name)
            if {words[-1], "counterpart"} & set(said) and (not keeps or _PAST & set(said)):
                exact.add(name)
    found = exact or found
    if len(found) < 2:
        return found.pop() if found else None
    stop = bisect_left(cast.mentions, at, key=lambda m: m.start)
    past = (m.name for m in reversed(cast.mentions[:stop]) if m.name in found)
    return next(past, next((m.name for m in cast.mentions[stop:] if m.name in found), None))


_DOCUMENT = re.compile(
    r"\b(?:treaty|cable|telegram|dispatch|despatch|article|statement|report|letter|line|passage|post|message|website|webpage|page|tweet|op-ed|essay|memoir|book|speech|release|sign|e-?mail|caption|manifesto|platform|resolution|memo|document|law|bill|act|communiqu[ée]|declaration|study|review|survey|poll|strategy|order|notice|text|charter|fact sheet|memorandum|note|draft)\b$",
    re.IGNORECASE,
)
_HEAD_END = re.compile(r" (?:of|to|from|by|for|about|on|dated|sent|seen|issued|signed|written|circulated) ")
"""What ends the head of a noun phrase."""


@lru_cache(maxsize=4096)
def describe(phrase: str) -> str:
    """Kind of a speaker that is not a named person: anonymous, collective, office or document."""
    if _DOCUMENT.search(phrase) or _DOCUMENT.search(_HEAD_END.split(phrase)[0]):
        return "document"
    if COLLECTIVE.search(phrase):
        return "collective"
    if ANONYMOUS.search(phrase) or ROLE_NOUN.search(phrase):
        return "anonymous"
    return "office"
