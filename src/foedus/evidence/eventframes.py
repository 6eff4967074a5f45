"""Acts told by two ideas that stand near each other, in whatever order and voice: what is done, and what it is done to.

``data/event_frames.csv`` has one row for each pairing: the words of the act, the kind of thing beside it (its words in
``data/event_kinds.csv``), how many words may stand between, in which order. "Withdrew a brigade", "the brigade was withdrawn",
"the withdrawal of a brigade" and "a brigade, flown home on Friday" thus need one row between them, not four patterns.
A star ends an open stem; an underscore joins words, before whose last one more may stand where that is a particle.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from foedus.evidence import tables
from foedus.evidence.eventclass import lower

Place = tuple[int, int, str]
Span = tuple[int, int]
_Found = dict[int, list[tuple[int, int]]]
_Entry = tuple[str, int, tuple[str, ...], str]
_PAIR = 2
REPEATED = frozenset(
    (
        "deploy",
        "withdraw_forces",
        "provide_aid",
        "pledge_aid",
        "withhold_aid",
        "approve_sale",
        "raise_defence_spending",
    )
)
"""Acts that one sentence may tell more than once."""
_OF_TWO = frozenset(("both", "mutual", "turn"))
"""Needs that a sentence with one state cannot meet."""
TOKEN = re.compile(r"[a-z0-9à-ž]+(?:[-'][a-z0-9à-ž]+)*")
_SUM = re.compile(r"\d+(?:bn|tn|-?(?:billion|million|trillion))")
"""A sum as papers write it: "€90bn", "$2.1-billion"."""
_PARTICLES = frozenset("out back home off over down up away of aside".split())
_FAR = 8
"""Words that may stand before a particle: "pulled the last of its tanks out"."""
_OWN_PARTICLE = frozenset(
    "point points pointed turn turns turned find finds found carry carries carried set sets rule rules ruled spell spelled work works worked".split()
)
"""Verbs whose particle belongs to no verb before them: "was ordered to the Gulf, officials point out"."""
_NEAR = 1
_BARRIER = re.compile(r"[;:]\s|\s[–—]\s|, (?:but|while|whereas|although|though|that|and (?:it|he|she|they)) ")
"""What parts two ideas."""
_NOMINAL = frozenset("the a an its his her their this that any no new".split())
_ASIDE = re.compile(r",[^,;]{1,140},")
_LONGEST = 240
"""Characters beyond which two ideas have nothing to do with each other."""
_BETWEEN_NOUN = frozenset(
    "further possible complete partial sudden planned full final formal gradual steep sharp big large small swift hasty early late orderly special sharp strong warm flat extraordinary urgent joint cold blunt outright angry emergency second third first threatened promised similar".split()
)
_NO_VERBS = frozenset(("department", "departments"))
"""Nouns that begin as an open stem does."""
_ENDING = 7
"""Letters that may follow an open stem."""


@dataclass(slots=True)
class Trigger:
    """Where a sentence tells an act, and which."""

    action: str
    plover: str | None
    priority: int
    start: int
    end: int
    need: str = ""
    """What must be known for it to count: ``actor``, ``goal``, ``either``, ``both``, ``mutual``, ``nato`` or nothing."""
    pred: Span = (0, 0)
    """The words of the act."""
    thing: Span = (0, 0)
    """The words of what it is done to."""
    noun: bool = False
    """Whether the act is named by a noun: "the withdrawal of"."""
    paired: bool = False
    """Whether it comes from a pairing of this list."""


@dataclass(frozen=True)
class _Frame:
    number: int
    action: str
    plover: str | None
    priority: int
    gap: int
    order: str
    need: str
    thing: str


@dataclass(frozen=True)
class _Lexicon:
    frames: tuple[_Frame, ...]
    exact: dict[str, tuple[tuple[str, int, tuple[str, ...]], ...]]
    stems: dict[str, tuple[tuple[str, str, int, tuple[str, ...]], ...]]
    kinds: tuple[str, ...]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    kinds = {row["kind"]: n for n, row in enumerate(tables.rows("event_kinds.csv"))}
    entries: list[tuple[str, str, int]] = []
    for row in tables.rows("event_kinds.csv"):
        entries += [(word, "kind", kinds[row["kind"]]) for word in row["words"].split("|") if word != "@"]
    frames: list[_Frame] = []
    for n, row in enumerate(tables.rows("event_frames.csv")):
        frames.append(
            _Frame(
                n, row["action"], row["plover"] or None, int(row["priority"]), int(row["gap"]), row["order"],
                row["need"], row["object"],
            )
        )  # fmt: skip
        entries += [(word, "act", n) for word in row["words"].split("|")]
    exact: dict[str, list[tuple[str, int, tuple[str, ...]]]] = {}
    stems: dict[str, list[tuple[str, str, int, tuple[str, ...]]]] = {}
    for phrase, side, number in entries:
        first, *rest = phrase.split("_")
        if first.endswith("*"):
            stems.setdefault(first[:2], []).append((first[:-1], side, number, tuple(rest)))
        else:
            exact.setdefault(first, []).append((side, number, tuple(rest)))
    return _Lexicon(
        tuple(frames),
        {word: tuple(found) for word, found in exact.items()},
        {head: tuple(found) for head, found in stems.items()},
        tuple(kinds),
    )


@lru_cache(maxsize=30_000)
def _entries(word: str) -> tuple[_Entry, ...]:
    """What a word may begin: side, number of the kind or row, words that must follow, the last of them where it is whole."""
    if word in _NO_VERBS:
        return ()
    lexicon = _lexicon()
    word = word[:-2] if word.endswith(("'s", "’s")) else "billion" if _SUM.fullmatch(word) else word
    found = list(lexicon.exact.get(word, ()))
    found += [
        (side, number, rest)
        for stem, side, number, rest in lexicon.stems.get(word[:2], ())
        if word.startswith(stem) and len(word) <= len(stem) + _ENDING
    ]
    return tuple(
        (side, number, rest, rest[-1] if rest and not rest[-1].endswith("*") else "")
        for side, number, rest in found
    )


def _reach(words: Sequence[str], at: int, rest: tuple[str, ...]) -> int | None:
    """Index of the last word of a phrase that goes on after `at`; None where it does not."""
    for n, part in enumerate(rest):
        far = n == 0 and part in _PARTICLES and words[at] not in _PARTICLES
        room = _FAR if far else _NEAR
        stop = next(
            (i for i in range(at + 1, min(at + 2 + room, len(words))) if _same(words[i], part)),
            None,
        )
        if stop is None:
            return None
        if stop > at + 1 and part in _PARTICLES and words[stop - 1] in _OWN_PARTICLE:
            return None
        at = stop
    return at


def _same(word: str, part: str) -> bool:
    if part == "*":
        return True
    return word.startswith(part[:-1]) if part.endswith("*") else word in {part, f"{part}'s"}


@dataclass(frozen=True)
class Words:
    """Words of a sentence in lower case, without changing where they stand."""

    lowered: str
    words: list[str]

    @cached_property
    def spans(self) -> list[Span]:
        """Where each word stands."""
        return [t.span() for t in TOKEN.finditer(self.lowered)]


def words_of(sentence: str) -> Words:
    """Words of a sentence."""
    lowered = lower(sentence).replace("’", "'")
    return Words(lowered, TOKEN.findall(lowered))


def triggers(text: Words, places: Sequence[Place], opening: int) -> list[Trigger]:
    """Acts of the pairings in a sentence, the closest pair of each row. `places` are positions in the story, `opening` the sentence's."""
    words = text.words
    acts, things = _sides(words)
    if not acts:
        return []
    spans = text.spans
    lexicon = _lexicon()
    alone = len({place[2] for place in places}) < _PAIR
    things[lexicon.kinds.index("party")] = _party_words(spans, places, opening)
    found: list[Trigger] = []
    for number, where in acts.items():
        frame = lexicon.frames[number]
        if alone and frame.need in _OF_TWO:
            continue
        other = things.get(lexicon.kinds.index(frame.thing), [])
        found += [_trigger(frame, pair, spans, words) for pair in _pairs(where, other, frame, text)]
    return found


def _pairs(acts: list[Span], things: list[Span], frame: _Frame, text: Words) -> list[tuple[Span, Span]]:
    """The pairs of a row: the closest alone, or, of an act that a sentence may tell more than once, those apart from it too."""
    found: list[tuple[Span, Span]] = []
    while acts and things:
        pair = _closest(acts, things, frame, text)
        if pair is None:
            break
        found.append(pair)
        if frame.action not in REPEATED:
            break
        acts = [act for act in acts if _is_clear(act, pair)]
        things = [thing for thing in things if _is_clear(thing, pair)]
    return found


def _is_clear(words: Span, pair: tuple[Span, Span]) -> bool:
    """Whether words share nothing with a pair found before, nor stand between its two."""
    first, last = min(pair[0][0], pair[1][0]), max(pair[0][1], pair[1][1])
    return words[1] < first or last < words[0]


def _sides(words: list[str]) -> tuple[_Found, _Found]:
    """Where the words of acts stand, by row, and those of things, by kind."""
    acts: _Found = {}
    things: _Found = {}
    present = frozenset(words)
    for i, word in enumerate(words):
        for side, number, rest, end in _entries(word):
            if end and end not in present:
                continue
            last = _reach(words, i, rest) if rest else i
            if last is not None:
                (acts if side == "act" else things).setdefault(number, []).append((i, last))
    return acts, things


def _party_words(spans: list[Span], places: Sequence[Place], opening: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end, _ in places:
        inside = [i for i, (a, b) in enumerate(spans) if a < end - opening and start - opening < b]
        if inside:
            found.append((inside[0], inside[-1]))
    return found


def _closest(
    acts: list[tuple[int, int]], things: list[tuple[int, int]], frame: _Frame, text: Words
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The act and the thing that stand closest, within the reach and the order of a row."""
    words, spans, lowered = text.words, text.spans, text.lowered
    best: tuple[int, tuple[int, int], tuple[int, int]] | None = None
    for act in acts:
        for thing in things:
            if act[0] <= thing[1] and thing[0] <= act[1] and not (act[0] < thing[0] <= thing[1] < act[1]):
                continue
            first = act[0] < thing[0]
            if not first and act[0] and words[act[0] - 1] == "and":
                continue
            if frame.order == ("obj-first" if first else "pred-first"):
                continue
            left, right = (act, thing) if first else (thing, act)
            gap = max(right[0] - left[1], 1) - 1
            between = lowered[spans[left[1]][1] : spans[right[0]][0]] if gap else ""
            if gap > frame.gap:
                gap = _without_asides(between, left[0] == 0)
            if gap > frame.gap or (best is not None and gap >= best[0]) or _BARRIER.search(between):
                continue
            best = (gap, act, thing)
    return best[1:] if best else None


def _without_asides(between: str, fronted: bool) -> int:
    """Words between two ideas without what stands between commas, or up to the comma that ends a fronted participle."""
    if len(between) > _LONGEST:
        return _LONGEST
    if fronted and "," in between:
        between = between[between.index(",") :]
    return len(TOKEN.findall(_ASIDE.sub(" ", between)))


def _trigger(
    frame: _Frame, pair: tuple[tuple[int, int], tuple[int, int]], spans: list[Span], words: list[str]
) -> Trigger:
    act, thing = pair
    pred = (spans[act[0]][0], spans[act[1]][1])
    what = (spans[thing[0]][0], spans[thing[1]][1])
    before, after = words[act[0] - 1] if act[0] else "", words[act[1] + 1] if act[1] + 1 < len(words) else ""
    second = words[act[0] - 2] if act[0] > 1 else ""
    modified = before in _BETWEEN_NOUN or before in tables.adjectives()
    noun = (
        before in _NOMINAL
        or before.endswith(("'s", "s'"))
        or (act[0] == act[1] and after == "of")
        or (modified and (second in _NOMINAL or act[0] == 1))
    )
    start, end = (pred[0], what[1]) if frame.thing != "party" and pred[0] < what[0] else pred
    if frame.thing != "party" and what[0] < pred[0]:
        start, end = what[0], pred[1]
    return Trigger(
        frame.action, frame.plover, frame.priority, start, max(end, pred[1]), frame.need, pred, what, noun, True
    )
