"""Speakers' positions on the propositions that matter to the guarantee.

A wording of `data/stances.csv` speaks for or against a proposition; a negation before it in its clause turns it round; a
condition in its sentence makes the position conditional, unless the condition is an attack (which is when the promise is
called on) or an election (which says whose promise it is).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from foedus.evidence import tables
from foedus.evidence.eventclass import lower_pattern
from foedus.evidence.lexicon import trie
from foedus.evidence.records import Quotation, Stance, Statement
from foedus.evidence.stance_mistaken import speaks_for_nobody, uncertain
from foedus.evidence.stance_positions import StanceCue, position
from foedus.evidence.stance_subjects import Around, plain
from foedus.evidence.stance_voices import TOLD
from foedus.evidence.stance_words import (
    ANSWER,
    ASKED_ANY,
    ASKED_WHETHER,
    CONDITION,
    DENYING,
    IN_SHORT,
    SURE,
    UNSURE,
)

_LABELS = {
    ("patron_will_leave", "affirmed"): "real", ("patron_will_leave", "denied"): "bluff", ("patron_will_leave", "conditional"): "conditional",
    ("patron_would_defend", "affirmed"): "bluff", ("patron_would_defend", "denied"): "real", ("patron_would_defend", "conditional"): "conditional",
    ("threat_is_bluff", "affirmed"): "bluff", ("threat_is_bluff", "denied"): "real",
}  # fmt: skip
_TURNED = {"affirmed": "denied", "denied": "affirmed"}
READ = 2000
"""Characters of a passage in which a position is looked for."""
NEAR = 400
"""Characters around a passage in which the alliance must be spoken of for a plain verb ("they will come") to count."""
_SUBJECT = ("nato", "alliance", "article 5", "article five", "treaty", "guarantee", "allies", "defen", "pact", "article 13", "troops", "minister", "summit", "europe", "military", "moscow", "russia", "security", "leader", "parliament", "president", "diplomat", "ambassador", "senator", "general", "officer", " war", "official", "brussels", "white house", "envoy", "kremlin")  # fmt: skip


@lru_cache(maxsize=1)
def cues() -> tuple[StanceCue, ...]:
    """Wordings that take a position."""
    return tuple(
        StanceCue(
            r["proposition"],
            r["side"] == "for",
            frozenset(r["subject"].split("|")) - {""},
            frozenset(r["about"].split("|")) - {""},
            re.compile(lower_pattern(r["pattern"])),
            frozenset(r["gate"].split("|")),
        )
        for r in tables.rows("stances.csv")
    )


@lru_cache(maxsize=1)
def propositions() -> tuple[str, ...]:
    """The propositions, in the order of the table."""
    return tuple(dict.fromkeys(cue.proposition for cue in cues()))


@lru_cache(maxsize=1)
def _stems() -> tuple[re.Pattern[str], dict[str, frozenset[int]]]:
    """A pattern that finds the longest stem of a wording at each place, and the numbers of the wordings that each opens."""
    every = frozenset[str]().union(*(cue.gate for cue in cues()))
    return (
        re.compile(f"(?=({trie(every)}))"),
        {
            stem: frozenset(n for n, cue in enumerate(cues()) if any(map(stem.startswith, cue.gate)))
            for stem in every
        },
    )


def _asked(lowered: str) -> list[StanceCue]:
    """Wordings that stand in a passage in lower case, in the order of the table."""
    pattern, opened = _stems()
    numbers = frozenset[int]().union(*map(opened.__getitem__, set(pattern.findall(lowered))))
    every = cues()
    return [every[n] for n in sorted(numbers) if every[n].pattern.search(lowered)]


@dataclass(frozen=True)
class _Spoken:
    """A passage that somebody answers for."""

    item: Quotation | Statement
    words: str
    """The passage as it is read: with the question before it, where it answers one."""


def read_stances(quotations: list[Quotation], statements: list[Statement], text: str = "") -> list[Stance]:
    """Stances of the speakers of quotations and statements, one for each passage and proposition."""
    found: list[Stance] = []
    written: set[tuple[int, str]] = set()
    spoken: list[Quotation | Statement] = [*quotations, *statements]
    told = [s for s in statements if s.cue == TOLD]
    for item in spoken:
        if item.speaker is None:
            continue
        words = item.text[:READ]
        question = _question(item, text) if ANSWER.match(plain(words[:40])) else ""
        spoken_of = f"{question}? {words}" if question else _in_short(words, item.start, text)
        here = _positions(_Spoken(item, spoken_of), text, [*quotations, *told])
        if here and speaks_for_nobody(item.speaker, text[max(0, item.start - NEAR // 2) : item.start]):
            continue
        if item.speaker_kind == "writer":
            here = [s for s in here if (s.story, s.proposition) not in written]
            written |= {(s.story, s.proposition) for s in here}
        if item.cue == TOLD:
            here = [s for s in here if not any(_again(s, other) for other in found)]
        found += here
    return sorted(found, key=lambda s: (s.start, s.proposition))


def _again(stance: Stance, other: Stance) -> bool:
    """Whether a speaker of a story has taken a position already."""
    return (stance.speaker, stance.story, stance.proposition, stance.stance) == (
        other.speaker,
        other.story,
        other.proposition,
        other.stance,
    )


def _in_short(words: str, at: int, text: str) -> str:
    """A passage with what was asked before it, where it answers that without saying it again ("They would not")."""
    short = IN_SHORT.search(plain(words))
    if short is None:
        return words
    begin = max(text.rfind("\n\n", 0, at), at - NEAR, 0)
    asked = list(ASKED_ANY.finditer(plain(text[begin:at])))
    if not asked:
        return words
    start, end = (begin + spot for spot in asked[-1].span("what"))
    return f"{text[start:end]}? {words[short.start('short') :]}"


def _question(item: Quotation | Statement, text: str) -> str:
    """What somebody had been asked who then says yes or no."""
    begin = max(text.rfind("\n\n", 0, item.start), item.start - NEAR, 0)
    asked = ASKED_WHETHER.search(plain(text[begin : item.start]))
    if asked is None:
        return ""
    start, end = next(asked.span(kind) for kind in ("what", "put", "posed") if asked[kind])
    return text[begin + start : begin + end]


def _positions(spoken: _Spoken, text: str, quoted: Sequence[Quotation | Statement]) -> list[Stance]:
    """Stances that one passage takes."""
    item = spoken.item
    others = _others_words(item, quoted)
    said = spoken.words if others or isinstance(item, Quotation) else _unmarked(spoken.words)
    lowered = plain(said)
    asked = _asked(lowered)
    if any(cue.subject or cue.about for cue in asked):
        near = plain(
            text[max(0, item.start - NEAR) : item.start] + spoken.words + text[item.end : item.end + NEAR]
        )
        plainly = any(word in near for word in _SUBJECT)
        asked = [
            c for c in asked if (plainly or not c.subject) and (not c.about or any(a in near for a in c.about))
        ]
    if not asked:
        return []
    around = Around(text, item.start, item.end, item.speaker_role or "", said)
    conditions = [m.span() for m in CONDITION.finditer(lowered)]
    found = []
    for proposition in dict.fromkeys(cue.proposition for cue in asked):
        mine = [cue for cue in asked if cue.proposition == proposition]
        stance = position(around, lowered, proposition, conditions, mine, others)
        if stance is not None:
            if isinstance(item, Statement) and (
                item.cue in DENYING or uncertain(text[max(0, item.start - 60) : item.start])
            ):
                stance = _TURNED.get(stance, stance)
            found.append(_stance(item, proposition, stance, bool(conditions)))
    return found


_MARKED = re.compile(r"(?<=[\w,] )[“\"](?=\w)|(?<=[\w.,])[”\"](?=[\s.,;]|$)")
"""Marks around words of a statement that run on with it."""


def _unmarked(words: str) -> str:
    """A statement without the quotation marks within it, of the same length."""
    plainly = _MARKED.sub("", words)
    return plainly + " " * (len(words) - len(plainly))


def _others_words(
    item: Quotation | Statement, quoted: Sequence[Quotation | Statement]
) -> list[tuple[int, int]]:
    """Stretches of a statement that are somebody else's words, between quotation marks or as he told them."""
    if isinstance(item, Quotation):
        return []
    return [
        (q.start - item.start, q.end - item.start)
        for q in quoted
        if item.start <= q.start < item.end and q.speaker != item.speaker
    ]


def _stance(item: Quotation | Statement, proposition: str, stance: str, conditional: bool) -> Stance:
    return Stance(
        item.speaker or "",
        proposition,
        stance,
        item.start,
        item.end,
        item.text,
        strength(item.text),
        conditional or stance == "conditional",
        item.story,
        _LABELS.get((proposition, stance), "none"),
    )


def strength(text: str) -> float:
    """How firmly a passage is put: 1 plain or firm, 0.5 hedged."""
    return 0.5 if UNSURE.search(text) and not SURE.search(text) else 1.0
