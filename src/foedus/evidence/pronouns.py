"""Whom a pronoun stands for: how present each person still is where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from foedus.evidence.lexicon import BY_WORD, COLLECTIVE, PRONOUNS, ROLE_NOUN
from foedus.evidence.people import Cast, Mention, describe, gender_of, surname
from foedus.evidence.sentences import FILL

_OFFICES = "general|admiral|colonel|major|captain|commander|prime minister|minister|president|senator|congressman|congresswoman|ambassador|secretary|chancellor|commissioner|governor|mayor|professor|chairman"
_VOCATIVE = re.compile(
    rf"(?:(?:^|[.?!] )[“\"‘']?(?:(?:No|Yes|Well|Look|So|But|And|Thank you),? )?|, )(?:(?:Mr\.?|Madam|Mrs\.?|Ms\.?|dear) )?(?:([A-Z][a-zà-ž]+)|((?i:{_OFFICES})))(?=,(?! (?:who|the|a|an|which)\b)[^,;]|[.?!,]?[”\"’']?$|[.?!][”\"’' ])"
)
"""A name or an office put between commas, by which somebody is spoken to."""
NOBODY = frozenset(("someone", "somebody", "nobody", "one", "another", "others", "some"))
"""Speakers for whom no pronoun stands later."""
BESIDE = 40
"""Characters between a quotation and the pronoun of who says it."""
_BREAK = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bLt)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bCol)(?<!\bMaj)(?<!\bAdm)(?<!\bGov)(?<!\bSgt)(?<!\bCmdr)(?<!\bCapt)(?<!\bProf)[.!?\x01](?:\s+[A-Z]|(?<!\x01)\s+\x01)"
)
"""The end of a sentence, and no shortened title or initial."""


def vocatives(text: str, mask: str, at: int) -> set[str]:
    """Names and offices by which the quotation that ends shortly before a place calls somebody."""
    end = mask.rfind(FILL, max(0, at - BESIDE), at) + 1
    if end == 0 or "\n" in mask[end:at]:
        return set()
    start = end
    while start > 0 and mask[start - 1] == FILL:
        start -= 1
    return called_in(text[start:end])


def called_in(words: str) -> set[str]:
    """Names and offices by which somebody's words call whom they are spoken to."""
    return {(m[1] or m[2]).lower() for m in _VOCATIVE.finditer(words)}


def spoken_to(cast: Cast, name: str, called: set[str]) -> bool:
    """Whether somebody is called by one of these names or offices, and so is not who calls."""
    if not called or name not in cast.full.values():
        return False
    told = f"{name} {cast.roles.get(name, '')}".lower()
    return any(re.search(rf"\b{re.escape(word)}\b", told) for word in called)


def resolve_pronoun(
    cast: Cast, text: str, mask: str, at: int, pronoun: str, recent: Sequence[tuple[int, str]], floor: int
) -> str | None:
    """Whom a pronoun at `at` stands for: the nearest fitting person, subjects and recent speakers first.

    `recent` lists the speakers found so far (place, name); `floor` is the story's start.
    """
    want = PRONOUNS.get(pronoun.lower())
    if want not in ("m", "f"):
        return None
    best: tuple[float, str] | None = None
    called = vocatives(text, mask, at)
    apart: set[str] = set()
    stop = bisect_left(cast.mentions, at, key=lambda m: m.start)
    for place in range(stop - 1, max(0, stop - 60) - 1, -1):
        mention = cast.mentions[place]
        if mention.start < floor or at - mention.start > 1500:
            break
        gender = gender_of(cast, mention.name)
        if (gender is not None and gender != want) or spoken_to(cast, mention.name, called):
            continue
        if mask[mention.start] == FILL != mask[at] and mention.name not in cast.full.values():
            continue
        sure = 0.8 if surname(mention.name) in cast.full else 0.5
        earlier = cast.mentions[place - 1] if place > 0 else None
        score = salience(text, mask, mention, at, earlier) + (sure if gender == want else 0.0)
        if stands_apart(mask, mention, want, at):
            apart.add(mention.name)
            if gender is None:
                continue
            score -= APART
        if recent and recent[-1][1] == mention.name:
            score += 0.7
        if best is None or score > best[0]:
            best = (score, mention.name)
    heard = _by_voice(cast, text, mask, at, want, called, apart, recent)
    either = [found for found in (best, heard) if found is not None]
    return max(either, key=lambda found: found[0])[1] if either else None


def _by_voice(
    cast: Cast, text: str, mask: str, at: int, want: str, called: set[str], apart: set[str],
    recent: Sequence[tuple[int, str]],
) -> tuple[float, str] | None:  # fmt: skip
    """How present the fittest of those is who spoke last."""
    best: tuple[float, str] | None = None
    for place, name in reversed(recent[-4:]):
        people = name in cast.full.values()
        if not people and (
            name.lower().endswith(("s", "people"))
            or describe(name) in ("document", "office")
            or _tells_of(text, mask, place, want)
        ):
            continue
        gender = gender_of(cast, name) if people else BY_WORD.get(surname(name))
        score = 0.4 - text.count("\n", place, at) * 0.6 - (0.0 if people else 0.2)
        score -= 0.5 * _breaks(mask, place, at) + (APART if name in apart else 0.0)
        if (
            place < at < place + 1200
            and gender in ((want,) if name in apart else (None, want))
            and not spoken_to(cast, name, called)
            and not COLLECTIVE.search(name)
            and name.lower() not in NOBODY
            and (best is None or score > best[0])
        ):
            best = (score, name)
    return best


_BESIDE_HIM = "colleague|friend|neighbou?r|wife|husband|sister|brother|mother|father|daughter|son|host|guest|partner|rival|assistant|aide|driver"
_OTHERS = {
    gender: (
        re.compile(
            rf"\b(?i:{pronoun}) (?:[a-z-]+ ){{0,2}}?(?:{_BESIDE_HIM}|(?i:{ROLE_NOUN.pattern})),? (?:[A-Z][a-z]+\.? ){{0,3}}$"
        ),
        re.compile(
            rf"(?:^|[.!?”\"] |\n)(?:But |And |Yet |Then )?(?:{subject}|{pronoun.title()} [^.!?;:\n{FILL}]{{3,60}}? (?:is|was|are|were|has|had|went|told|met|[a-z]{{3,}}ed))\b(?:(?!\b(?:that|when|while|because|and|but|as|where|after|before|until|said|says|name|named|called|known)\b)[^.!?;:\n{FILL}])*$"
        ),
        re.compile(rf"[^.!?;:\n{FILL}]{{0,40}},? (?:who|whose)\b[^.!?;:\n{FILL}]{{1,60}}\b{direct}"),
        re.compile(rf"(?:^|[.!?”\"] |\n)[^.!?\n{FILL}]*\b{direct}[^.!?\n{FILL}]*$"),
    )
    for gender, subject, pronoun, direct in (
        ("m", "He", "his", r"him\b"),
        (
            "f",
            "She",
            "her",
            r"her\b(?= (?:as|to|that|with|in|on|for|at|by|from|and|of|up|out|over|how|what|why|if|whether|not)\b|[,.;:—]|$)",
        ),
    )
}
"""How a clause sets a he or a she beside somebody else: by whose the other is, as its subject, in what it tells of the other, as its object."""
_SAYS_NEXT = re.compile(
    r",? (?:[a-z]+ly )?(?:said|says|told|tells|wrote|writes|adds|added|argue[sd]|recall(?:s|ed)|explain(?:s|ed))\b"
)
BACK = 400
"""Characters behind a clause within which it still tells who is another."""
APART = 2.0
"""What it takes from somebody's presence that a clause sets the he or she beside him as another."""


def stands_apart(mask: str, mention: Mention, want: str, at: int) -> bool:
    """Whether somebody is named in a clause beside a he or a she who is somebody else ("She wrote to Ann Cole")."""
    whose, subject, relative, _ = _OTHERS[want]
    ahead = mask[max(0, mention.start - 160) : mention.start]
    if relative.match(mask, mention.end) or ("\n" in mask[mention.end : at] and whose.search(ahead)):
        return True
    if at - mention.end > BACK or _SAYS_NEXT.match(mask, mention.end):
        return False
    return subject.search(ahead) is not None


def _tells_of(text: str, mask: str, place: int, want: str) -> bool:
    """Whether somebody without a name speaks of a he or a she, and so is another ("A minister describes her as ...")."""
    if text.startswith(("She ", "She’", "She'") if want == "f" else ("He ", "He’", "He'"), place):
        return True
    return _OTHERS[want][3].search(mask[max(0, place - 200) : place].rstrip(FILL + " ")) is not None


def _breaks(mask: str, start: int, end: int) -> int:
    """Number of sentence ends between two places."""
    return len(_BREAK.findall(mask, start, end))


_INTERRUPTS = re.compile(
    r"(?:[Hh]e|[Ss]he|[Tt]hey) (?:cut in|cut (?:him|her|them) (?:off|short)|interrupted|broke in|interjected|interposed|cut across|shot back|snapped|would not let)\b"
)
"""What one does while another begins to speak."""
_FRONTED = re.compile(
    r"(?:^|[.!?\x01]\s+|\n)(?:On|In|At|With|After|Before|Sitting|Standing|Asked|Beside|Unlike|Like|When|While|As|To)\b[^.!?\n]*$"
)
_HEAD = re.compile(r"(?:[.!?][”\"]?\s+|\n)(?:The |(?:But |And )the )?$")
"""The very beginning of a sentence."""
_FRONTED_SUBJECT = re.compile(r"(?:^|[.!?\x01]\s+|\n)(?:When|While|Once|After) (?:the )?(?:[A-Z]\w+\.? ){0,4}$")
"""What comes before a subordinate clause's subject ("When Minister Cole spoke, he said")."""
_ASKED_BY = re.compile(
    r"\b(?:(?:was|were|been|being) (?:asked|pressed|challenged|questioned|interrupted|told|urged|grilled|quizzed|warned|reminded)|(?<![a-z,] )(?:When |Once )?(?:[Aa]sked|[Pp]ressed|[Cc]hallenged|[Qq]uestioned|[Ii]nterrupted|[Uu]rged|[Gg]rilled|[Qq]uizzed|[Ww]arned|[Rr]eminded|[Pp]ushed)) (?:[\w ]{1,20} )?by (?:[\w.,]+ ){0,8}$"
)
"""What stands before the one who asks somebody else, whose answer is then told."""
_GOVERNED = re.compile(r"\b(?:to|of|with|for|by|about|against|under|from|on)\s+(?:\w+\.?\s+){0,2}$")
_OPENS = re.compile(
    r"(?:(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bCol)(?<!\bAdm)(?<!\bGov)[.!?]\s+|[”\"]\s+|\n)(?:[A-Z][\w.’'\-]*\s+|[a-z]+\s+){0,5}$"
)


_ACTS_ON = re.compile(
    r"(?:,[^.;:!?]{2,80},)?(?: (?:[a-z]+ly|has|had|also|then|later|once|again))* (?!of\b|and\b|or\b|the\b|for\b|in\b|as\b|to\b|from\b|with\b|at\b)[a-z]{3,}[^.;:!?,]{0,40}$"
)
"""What stands between whoever acts and whom it is done to ("Cole praised General Stein")."""


def salience(text: str, mask: str, mention: Mention, at: int, earlier: Mention | None = None) -> float:
    """How present a mention still is at a place: near, at the head of its sentence, not inside a quotation or a prepositional phrase.

    The mention before it, where its clause has it as the one who acts, is at the head and this one is not.
    """
    breaks = _breaks(mask, mention.end, at) + mask.count("\n", mention.end, at) * 0.3
    before = text[mention.start - 40 : mention.start] if mention.start > 40 else "\n" + text[: mention.start]
    acted_on = (
        earlier is not None
        and earlier.name != mention.name
        and _ACTS_ON.fullmatch(mask, earlier.end, mention.start) is not None
    )
    opens = not acted_on and bool(_OPENS.search(before))
    score = -float(breaks) + (0.6 if opens else 0.0)
    score += 0.2 if opens and _HEAD.search(before) else 0.0
    if breaks >= 1 and "\n" not in mask[mention.end : at]:
        score += 0.8
    if text[mention.end : mention.end + 2] in ("’s", "'s"):
        score -= 0.9
    if mask[mention.start] == "\x01":
        score -= 1.5
    ahead = mask[max(0, mention.start - 160) : mention.start]
    if breaks < 2 and _FRONTED_SUBJECT.search(ahead):
        score -= 0.9 if breaks else 2.3 if _INTERRUPTS.match(text, at) else 0.3
    elif not breaks and _FRONTED.search(ahead):
        score -= 2.6
    if _ASKED_BY.search(ahead):
        score -= 1.5
    if _GOVERNED.search(before):
        score -= 1.0 if mention.name[:1].islower() else 0.4
    return score
