"""Stated quantities and trends beside the atlas's figures, with the arithmetic."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from foedus.evidence.actors import states
from foedus.evidence.claim_changes import uncovered
from foedus.evidence.claim_context import Context, When, make_claim, state_of, stated_band
from foedus.evidence.claim_dates import dated_by, from_a_year
from foedus.evidence.claim_else import without_date
from foedus.evidence.claim_implied import with_implied
from foedus.evidence.claim_parties import GROUPS, WE, parties, together
from foedus.evidence.claim_rules import BY_TOPIC, RULES
from foedus.evidence.claim_topics import Topics
from foedus.evidence.claim_trends import Worded, may_follow, rules_for, says_else, worded_claim
from foedus.evidence.record import rules
from foedus.evidence.records import Claim, Quantity, Quotation, Statement, changed

_PART_OF = re.compile(
    r"(?:\s+\S+){0,2}?\s+of\s+(?:the|its|their)\s+\d|\s+(?:of GDP )?(?:target|guideline|goal|benchmark|threshold)\b"
)
_RATE = re.compile(r"\s*(?:a|per|each|every) (?:day|week|month|year)\b")
_AIM_OF = re.compile(r"\b(?:target|guideline|goal|benchmark|threshold)s? of (?:at least )?$")
_THAT_TIME = re.compile(
    r"\b(?:that|the same|this same) (?:year|period|time)\b|\bthen\b(?! and)|\bin those (?:days|years|twelve months)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"\b(?:troops?|soldiers?|defen[cs]e|military|army|weapons?|missiles?|fighters?|jets?|tanks?|Ukraine|Kyiv|NATO|alliance|polls?|pollsters?|survey|barrel|apiece|costs?|prices?|frozen assets|navy|killed|wounded|deaths?|casualt\w+|Defen[cs]e|Military|Army|(?:US|U\.S\.|American) bases?)\b"
)
_BODIES = ("ally", "country", "nation", "state", "member")
_LEAST_STATED = {"person": 100.0, "count": 1e9}
"""Least figures that a paper gives which are taken for claims, by unit."""
_BASE = re.compile(
    r"\b(?:since (?:19|20)\d\d|(?:in|over) (?:the (?:past|last) )?(?:\w+ years|a decade|decade))\b"
)
LEAST_REST = 20
"""Characters from which the rest of a sentence may hold a claim of its own."""
MORE_CLAIMS = 3
"""Claims that a sentence may make behind its first."""
MAX_SENTENCE = 1500
"""Characters from which a sentence is no claim; checking takes time that grows with its square."""


def check_claims(
    text: str,
    cut: list[tuple[int, int]],
    quantities: list[Quantity],
    said: list[Quotation],
    stated: list[Statement],
    story: int,
    published: str | None,
) -> list[Claim]:
    """Claims of one story: each stated quantity that the atlas covers, and each comparison in words."""
    found: list[Claim] = []
    places_of = [q.start for q in quantities]
    spoken = Spoken(said, stated)
    topics = Topics(text, cut)
    for index, (start, end) in enumerate(cut):
        if end - start > MAX_SENTENCE:
            continue
        mine = quantities[bisect_left(places_of, start) : bisect_left(places_of, end)]
        earlier: list[Quantity] = []
        if index:
            before = cut[index - 1]
            earlier = quantities[bisect_left(places_of, before[0]) : bisect_left(places_of, before[1])]
        mine = with_implied(text, (start, end), mine, earlier) if mine or earlier else mine
        line = _Line(index, mine, earlier, spoken, topics, story, published)
        found.extend(line.claims())
    return found


class _Line:
    """One sentence of a story, with what its claims are read by."""

    def __init__(self, index: int, quantities: list[Quantity], earlier: list[Quantity], spoken: Spoken, topics: Topics, story: int, published: str | None) -> None:  # fmt: skip
        self.index = index
        self.quantities = quantities
        self.earlier = earlier
        self.spoken = spoken
        self.topics = topics
        self.story = story
        self.published = published
        self.text = topics.text
        self.span = topics.cut[index]
        self.last = topics.cut[index - 1] if index else (self.span[0], self.span[0])
        self.sentence = self.text[self.span[0] : self.span[1]]

    @property
    def wider(self) -> str:
        """The sentence with what stands around it."""
        start, end = self.span
        return self.text[max(0, start - 500) : end + 200]

    def claims(self) -> list[Claim]:
        """Claims in words, and those of figures that are in none of them."""
        found = self._worded()
        covered = [(c.start, c.end) for c in found]
        for quantity in self.quantities:
            if covered and any(a <= quantity.start < b for a, b in covered):
                continue
            if _counts(quantity, self.sentence, self.span[0]):
                found.extend(self._figure(quantity))
        return found

    def _timed(self, lead: str, after: int = 0) -> Callable[..., When]:
        start = self.span[0] + after
        mine = [q for q in self.quantities if q.start >= start] if after else self.quantities
        sentence = lead + self.text[start : self.span[1]]
        before = self._before() if from_a_year(sentence) else None
        own = partial(dated_by, sentence, mine, start - len(lead), self.published, named=before)

        def then(*asked: Quantity) -> When:
            when = own(*asked)
            if when.dated or not _THAT_TIME.search(sentence):
                return when
            before = self._before()
            return before if before.dated else when

        return then

    def _before(self) -> When:
        """Time of the sentence before."""
        return dated_by(self.text[slice(*self.last)], self.earlier, self.last[0], self.published)

    def _worded(self) -> list[Claim]:
        """Claims in words: of the sentence as it stands, of what follows in it, and of what it leaves out."""
        found: list[Claim] = []
        lowered = self.sentence.lower()
        topical = self.topics.touched(self.index)
        asked: Sequence[Worded] = ()
        if topical or (may_follow(lowered) and self.topics.followed(self.index)):
            asked = rules_for(self.sentence, lowered)
        if not asked and not says_else(lowered):
            return found
        first = self._in_words("", 0, asked if topical else ())
        if first is None and asked:
            leads = self.topics.leads(self.index, "words")
            first = next((c for _, lead in leads if (c := self._in_words(lead, 0, asked)) is not None), None)
        if first is not None:
            found.append(first)
            for _ in range(MORE_CLAIMS):
                more = next(self._going_on(found[-1].end - self.span[0]), None)
                if more is None:
                    break
                found.append(more)
        return [c for c in found if c.verdict != "not covered" or c.speaker is not None]

    def _going_on(self, after: int) -> Iterator[Claim]:
        """Another claim behind the first of a sentence, which may leave out what the first names."""
        rest = self.sentence[after:]
        asked = rules_for(rest, rest.lower()) if len(rest) >= LEAST_REST else ()
        if not asked:
            return
        base = _BASE.search(self.sentence, 0, after)
        since = f", {base.group()}: " if base else ": "
        for lead in ("", *(found[:-2] + since for _, found in self.topics.leads(self.index + 1, "words"))):
            claim = self._in_words(lead, after, asked)
            if claim is not None:
                yield claim
                return

    def _in_words(self, lead: str, after: int, asked: Sequence[Worded]) -> Claim | None:
        start, end = self.span[0] + after, self.span[1]
        sentence = lead + self.text[start:end]
        home = partial(self.spoken.home_of, start, end)
        trend = worded_claim(sentence, asked, self.wider, self._timed(lead, after), home) if asked else None
        if trend is None and not lead and says_else(sentence.lower()) and self.spoken.touches(start, end):
            trend = uncovered(sentence)
        if trend is None or trend.end <= len(lead):
            return None
        trend = replace(trend, start=max(trend.start, len(lead)))
        claim = trend.claim(sentence, start - len(lead), self.story)
        return changed(claim, speaker=self.spoken.at(claim.start))

    def _as_before(self, context: Context, claim: Claim | None, topic: str = "") -> Claim | None:
        """A verdict on a figure without a time of its own: where it fails, that of the time of the sentence before."""
        if claim is None or claim.verdict not in ("overstated", "contradicted") or context.when.dated:
            return claim
        if context.when.within or not self.earlier:
            return claim
        before = self._before()
        if not before.dated:
            return claim
        again = judged(replace(context, timed=lambda: before), topic)
        return again if again is not None and again.verdict == "supported" else claim

    def _leads(self, unit: str) -> Iterator[tuple[str, str]]:
        """Topics that a figure may be of: those of the sentences before, and for "we" that of the sentence behind."""
        if self.topics.followed(self.index):
            yield from self.topics.leads(self.index, unit)
        if WE.search(self.sentence) and not any(p.code not in GROUPS for p in parties(self.sentence)):
            yield from self.topics.ahead(self.index, unit)

    def _figure(self, quantity: Quantity) -> list[Claim]:
        """The verdict on a figure: by its own sentence, else by the topic of those before; else it is not covered."""
        start, end = self.span
        first, last, who, role = self.spoken.here(quantity.start)
        held = self.text[max(start, first) : min(end, last)] if who else self.sentence
        quantity = counted_as_people(quantity)
        context = Context(
            quantity, self.sentence, start, self.wider, partial(self._timed(""), quantity), role, held
        )
        claim = self._as_before(context, judged(context))
        unit = unit_of(quantity) if claim is None else ""
        if unit:
            for topic, lead in self._leads(unit):
                timed = partial(self._timed(lead), quantity)
                again = Context(
                    quantity, lead + self.sentence, start - len(lead), self.wider, timed, role, held, len(lead)
                )
                claim = self._as_before(again, judged(again, topic), topic)
                if claim is not None:
                    break
        if claim is None and (who is not None or is_stated(context)) and not _is_part(context):
            claim = make_claim(context, "other", "not covered", None, "the atlas has no figure for this")
        return [changed(claim, speaker=who, story=self.story)] if claim is not None else []


def _counts(quantity: Quantity, sentence: str, start: int) -> bool:
    """Whether a quantity may be a claim: money, a count, a part, or a length of time as a rate."""
    if quantity.kind == "duration":
        return _RATE.match(sentence, quantity.end - start) is not None
    return quantity.kind in ("money", "percentage", "count", "fraction")


def judged(context: Context, topic: str = "") -> Claim | None:
    """The first rule's verdict on a figure, among those for a topic where one is given."""
    kind = context.quantity.kind
    if together(context.sentence, context.quantity.start - context.offset):
        return None
    asked = BY_TOPIC[topic].get(kind, ()) if topic else RULES[kind]
    claim = next((c for c in (rule(context) for rule in asked) if c is not None), None)
    if claim is not None and claim.verdict in ("overstated", "contradicted") and without_date(context):
        reason = f"the text has no date, and the figure is of a time that it would tell: {claim.arithmetic}"
        return changed(claim, verdict="not comparable", arithmetic=reason)
    return claim


def counted_as_people(quantity: Quantity) -> Quantity:
    """A bare number that is large enough is taken for one of people, which the rules then ask of its sentence."""
    bare = quantity.unit == "count" and quantity.kind == "count" and quantity.counts in (None, "count")
    size = quantity.value or 0
    bare = bare and not _YEAR.fullmatch(quantity.text)
    return changed(quantity, unit="person") if bare and size >= _LEAST_STATED["person"] else quantity


_YEAR = re.compile(r"(?:19|20)\d\d")


def unit_of(quantity: Quantity) -> str:
    """Unit by which the topic of a figure is looked for; none for what the atlas counts nothing of."""
    if quantity.kind == "money":
        return "money" if max(stated_band(quantity)) >= rules()["least_amount"] else ""
    if quantity.kind == "fraction":
        return "fraction"
    if quantity.kind == "percentage":
        return "percent"
    if quantity.unit == "person":
        return "person" if (quantity.value or quantity.lower or 0) >= _LEAST_STATED["person"] else ""
    return "count" if quantity.unit in _BODIES else ""


def is_stated(context: Context) -> bool:
    """Whether a figure that the paper itself gives is of what claims are about, though the atlas does not hold it."""
    quantity = context.quantity
    value = quantity.value if quantity.value is not None else quantity.lower or 0
    least = _LEAST_STATED.get(unit_of(quantity), 0)
    return value >= least and _STATED.search(context.sentence) is not None


def _is_part(context: Context) -> bool:
    """Whether a quantity is only a part of another's claim ("one third of the 36,000", "the 2 percent target")."""
    end = context.quantity.end - context.offset
    return _PART_OF.match(context.sentence, end) is not None or _AIM_OF.search(context.before) is not None


def comparable(
    text: str, cut: list[tuple[int, int]], quantities: list[Quantity], claims: list[Claim]
) -> list[Quantity]:
    """Quantities with the states of their sentence, nearest first, and the atlas's figure that they can be set beside."""
    recorded = {c.start: f"{c.table}: {c.recorded}" for c in claims if c.table}
    starts = [start for start, _ in cut]
    places: dict[int, list[tuple[int, int, str]]] = {}
    found = []
    for quantity in quantities:
        at = bisect_right(starts, quantity.start) - 1
        if quantity.kind.startswith("date") or at < 0:
            found.append(quantity)
            continue
        if at not in places:
            places[at] = states(text, *cut[at])
        near = sorted(places[at], key=lambda p: abs(p[0] - quantity.start))
        concerns = tuple(dict.fromkeys(code for _, _, code in near))[:3]
        compared = recorded.get(quantity.start)
        found.append(
            changed(quantity, concerns=concerns, compare_with=compared) if near or compared else quantity
        )
    return found


class Spoken:
    """Who speaks at a place of a story: the passages of quotations and statements, by place."""

    def __init__(self, said: Sequence[Quotation], stated: Sequence[Statement]) -> None:
        both: list[Quotation | Statement] = [*said, *stated]
        self._passages = sorted(
            ((p.start, p.end, p.speaker, p.speaker_role) for p in both), key=lambda p: p[:2]
        )
        self._starts = [p[0] for p in self._passages]

    def at(self, place: int) -> str | None:
        """Speaker of the innermost passage that holds a place."""
        return self.here(place)[2]

    def touches(self, start: int, end: int) -> bool:
        """Whether a passage begins in a stretch, or goes on into it."""
        stop = bisect_left(self._starts, end)
        return any(passage[1] > start for passage in self._passages[max(0, stop - 12) : stop])

    def home_of(self, start: int, end: int) -> str | None:
        """State that the speaker of the first passage in a stretch holds an office of."""
        first = bisect_left(self._starts, start)
        at = self._starts[first] if first < len(self._starts) and self._starts[first] < end else start
        return state_of(self.here(at)[3])

    def here(self, place: int) -> tuple[int, int, str | None, str | None]:
        """Innermost passage that holds a place: start, end, speaker and office; all of the text and nobody where none does."""
        stop = bisect_right(self._starts, place)
        for passage in reversed(self._passages[max(0, stop - 12) : stop]):
            if passage[0] <= place < passage[1]:
                return passage
        return _NOBODY


_NOBODY = (0, sys.maxsize, None, None)
