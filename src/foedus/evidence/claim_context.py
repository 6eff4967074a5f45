"""A stated quantity in its sentence, and the verdict on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from foedus.evidence.actors import states
from foedus.evidence.record import Figure, rules
from foedus.evidence.records import Claim, Quantity

_FLOORS = frozenset(
    (
        "more than",
        "over",
        "at least",
        "well over",
        "just over",
        "above",
        "in excess of",
        "upwards of",
        "no fewer than",
        "well above",
        "not less than",
        "no less than",
    )
)
_CEILINGS = frozenset(
    (
        "less than",
        "fewer than",
        "under",
        "below",
        "just under",
        "at most",
        "no more than",
        "up to",
        "well below",
        "not more than",
        "well under",
    )
)
_PLANS = re.compile(
    r"\b(?:(?:agree|pledge|promise|vow|commit|plan|aim|intend|decide)(?:s|d|ed|ing|ted)?(?: themselves| itself)? (?:(?:last|this|earlier) [\w ]{1,12}|(?:in|on|at) [\w ]{1,30}) to|will|would|promis(?:e|es|ing)|(?:plan|want|hope|aim|intend|expect|pledge|promise|vow|agree|need|have|has|had|commit|threaten)(?:s|d|ed|ing|ted)? to|wanted|should|must|by 20\d\d|next year|(?<!the )(?<!that )(?<!its )pledged?|could|may|might|target of|demand(?:s|ed|ing)?|ask(?:s|ed|ing)?|calls? for|called for|goal|up to \d|raise|increase|if|unless|'ll|’ll|proposed?|considers?|considering|weigh(?:s|ing)?|forecast|projected|due to|set to|bound to|commitment to|going to|gonna|plans?|until 20\d\d to|wish(?:es)? to|not go beyond)\b",
    re.IGNORECASE,
)
"""What says that a figure is no record."""
_BELITTLED = re.compile(
    r"\b(?:only|just|barely|merely|mere|no more than|less than|not even|scarcely)\s+(?:about |some )?$",
    re.IGNORECASE,
)
_SAME_CLAUSE = re.compile(r"(?<=[a-z\d%])[.!?][”\"’]?\s|[;:]|, (?:but|while|whereas|which)\b")
_AHEAD = re.compile(
    r"\s+(?:\w+\s+)?(?:that|which) (?:the |its |his |her |their )?(?:\w+ ){0,3}(?:wants?|plans?|promis\w+|needs?|aims?|hopes?|intends?)\b|[^;,]{0,80}\bby 20[2-9]\d\b|[^;,]{0,50}\b(?:next year|from next|within (?:a|two|three|five|ten))\b"
)


CONTINENT = re.compile(
    r"\b(?:the|this|our|your|that) (?:old |whole |European )?[Cc]ontinent\b|\bon European soil\b|\bacross the Atlantic\b"
)
"""Europe, by other words."""
NO_YEAR = 9999
"""Year of a story without a date: the newest record stands beside its figures."""


@dataclass(slots=True)
class When:
    """Time that a figure speaks of: a date of its own sentence, else the publication, else the newest record."""

    year: int
    date: str
    dated: bool = False
    """The sentence names the year."""
    within: bool = False
    """The year dates what happened in it ("in 2024") and no level reached by then."""
    published: int = NO_YEAR
    """Year of the story."""
    known: str = ""
    """Day up to which the record can be asked: that of the figure, or of the story where the figure is of what comes after it."""


def of_partner(text: str) -> bool:
    """Whether a text speaks of the partner or of its war."""
    named = any(map(text.__contains__, ("krain", "KRAIN", "Kyiv", "Kiev", "the war", "The war", "KYIV")))
    return named or ("allocations" in text and "euro" in text and _IN_EUROS.search(text) is not None)


_IN_EUROS = re.compile(r"\b(?:American|US|U\.S\.|Washington[’']s) allocations\b(?! (?:for|of|in)\b)")
"""Only those who count the aid put the patron's allocations in euros."""


@dataclass
class Context:
    """One stated quantity in its sentence."""

    quantity: Quantity
    sentence: str
    offset: int
    wider: str
    timed: Callable[[], When]
    role: str | None = None
    """Office of the speaker."""
    passage: str = ""
    """What its speaker says of the sentence; the whole sentence where nobody is named as its speaker."""
    lead: int = 0
    """Characters of ours in front of the sentence, which name what those before it speak of."""

    @property
    def own(self) -> str:
        """The sentence without words of ours."""
        return self.sentence[self.lead :]

    @cached_property
    def places(self) -> tuple[str, ...]:
        """States and bodies that the sentence names."""
        return tuple(code for _, _, code in states(self.sentence))

    @cached_property
    def home(self) -> str | None:
        """State of the speaker, for whom "we" stands."""
        return state_of(self.role)

    @cached_property
    def when(self) -> When:
        """Time that the figure speaks of, looked for once a rule asks."""
        return self.timed()

    @property
    def share(self) -> float | None:
        """The quantity as a part of one, where it is a fraction or a percentage."""
        if self.quantity.unit == "percent":
            return (self.quantity.value or 0) / 100
        return self.quantity.value if self.quantity.unit == "fraction" else None

    @property
    def year(self) -> int:
        """Year that the figure is of."""
        return self.when.year

    @property
    def date(self) -> str:
        """Day that the figure is of."""
        return self.when.date

    @property
    def day(self) -> str | None:
        """Day by which something recorded can be the figure; none for a story without a date."""
        return None if self.year == NO_YEAR else self.when.known or self.date

    @property
    def dated(self) -> bool:
        """Whether the sentence names the year."""
        return self.when.dated

    @property
    def within(self) -> bool:
        """Whether the year dates what happened in it, and no level reached by then."""
        return self.when.within

    @property
    def after(self) -> str:
        """What stands behind the quantity in its sentence."""
        return self.sentence[self.quantity.end - self.offset :]

    @property
    def before(self) -> str:
        """What stands before the quantity in its sentence."""
        return self.sentence[: self.quantity.start - self.offset]


@dataclass(frozen=True)
class Found:
    """A claim made in words, in its place in a sentence, with the recorded figure that answers it."""

    start: int
    end: int
    kind: str
    verdict: str
    stated: str
    figure: Figure | None
    arithmetic: str
    recorded: str | None = None
    """What the record says, where it is not the figure alone."""

    def claim(self, sentence: str, offset: int, story: int) -> Claim:
        """The claim at its place in the story."""
        figure = self.figure
        words = (self.recorded or f"{plain(figure.value)} {figure.unit}") if figure else None
        recorded = f"{words} ({figure.label})" if figure else None
        table, edition, as_of, source = figure.citation if figure else (None, None, None, None)
        return Claim(
            offset + self.start, offset + self.end, sentence[self.start : self.end], self.kind, None, self.verdict,
            self.stated, recorded, fitting(self.arithmetic, self.verdict), table, edition, as_of, source, story,
        )  # fmt: skip


def state_of(role: str | None) -> str | None:
    """State that an office is of, where its name says so."""
    named = states(role) if role else []
    return named[0][2] if named else None


def make_claim(context: Context, kind: str, verdict: str, figure: Figure | None, arithmetic: str) -> Claim:
    """Put a verdict beside the stated quantity and the recorded figure."""
    quantity = context.quantity
    recorded = f"{plain(figure.value)} {figure.unit} ({figure.label})" if figure else None
    value = plain(quantity.value) if quantity.value is not None else vague(quantity)
    table, edition, as_of, source = figure.citation if figure else (None, None, None, None)
    stated = " ".join(part for part in (quantity.modifier, value, quantity.unit) if part)
    arithmetic = fitting(arithmetic, verdict, quantity.modifier)
    return Claim(
        quantity.start, quantity.end, quantity.text, kind, None, verdict, stated, recorded, arithmetic,
        table, edition, as_of, source, quantity.story,
    )  # fmt: skip


def fitting(arithmetic: str, verdict: str, modifier: str | None = None) -> str:
    """Arithmetic that says by its words whether the figure keeps the tolerance."""
    if verdict in ("overstated", "contradicted"):
        return _AGREES.sub(r"misses the \1 allowed", arithmetic)
    if modifier in _FLOORS or modifier in _CEILINGS:
        return _AGREES.sub(rf"holds as “{modifier}”, with \1 allowed", arithmetic)
    return arithmetic


_AGREES = re.compile(r"\bagrees within (\d[\d.]*%?)")


def plain(value: float) -> str:
    """Write a number as a reader would: thousands in groups, two decimals at the most."""
    return (
        f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}" if value == round(value, 2) else f"{value:.2f}"
    )


def judge(stated: float, low: float, high: float, modifier: str | None) -> str:
    """Verdict on a figure against the band in which the record lies.

    "More than" and "at least" hold when the record is higher; "less than" and "up to" when it is lower.
    """
    if low <= stated <= high:
        return "supported"
    if (modifier in _FLOORS and stated < low) or (modifier in _CEILINGS and stated > high):
        return "supported"
    return "overstated" if stated > high else "contradicted"


def vague(quantity: Quantity) -> str:
    """How a vague order of size is written beside the record."""
    low, high = stated_band(quantity)
    return f"{plain(low)} or more, and of the order of {plain(high / 10)}"


def stated_band(quantity: Quantity) -> tuple[float, float]:
    """Least and most that a figure may mean: itself, or, for "hundreds of billions", from twice the order of size up."""
    if quantity.value is not None:
        return quantity.value, quantity.value
    order = quantity.lower or 0.0
    return 2 * order, 100 * order


def judge_vague(quantity: Quantity, low: float, high: float) -> str:
    """Verdict on a vague order of size: it needs twice its unit, and is too small where the record is far above."""
    least, most = stated_band(quantity)
    return "overstated" if high < least else "contradicted" if low > most else "supported"


def is_other(context: Context, recorded: float) -> bool:
    """Whether a figure is so far below the record that it is of something else, a package or a purchase."""
    least = rules()["other_thing"] * recorded
    return max(stated_band(context.quantity)) < least and not _BELITTLED.search(context.before[-16:])


def planned(context: Context) -> bool:
    """Whether a figure is of what is to come, is wanted or is only thought of."""
    after = context.sentence[context.quantity.end - context.offset :]
    clause = _SAME_CLAUSE.split(context.before)[-1]
    return _PLANS.search(clause[-140:]) is not None or _AHEAD.match(after) is not None


_THIS_YEAR = re.compile(
    r"\b(?:will|is set to|are set to|is due to|expects? to|is expected to|is on course to|going to|is projected to|is forecast to|is to)\b"
)
_STILL_WANTED = re.compile(
    r"\b(?:would|should|must|could|may|might|if|unless|pledged?|promised?|target|goal|wants?|demand\w*|by 20\d\d|next year|propos\w+|plan\w*|vow\w*|aim\w*|raise|calls?)\b"
)


def coming(context: Context) -> bool:
    """Whether a figure is of what is to come: one that is expected for the year of the story is on record as an estimate."""
    if not planned(context):
        return False
    clause = _SAME_CLAUSE.split(context.before)[-1]
    after = context.sentence[context.quantity.end - context.offset :]
    expected = _THIS_YEAR.search(clause[-140:]) is not None and context.year == context.when.published
    return (
        not expected
        or _AHEAD.match(after) is not None
        or _STILL_WANTED.search(clause[-140:]) is not None
        or "this year" not in clause + after[:80]
    )


def years_of(context: Context) -> tuple[int, ...]:
    """Years that a figure may speak of: "spends" without a year may mean the last year that is over."""
    return (
        (context.year,)
        if context.dated or context.within or context.year == NO_YEAR
        else (context.year, context.year - 1)
    )


def relative(context: Context, figure: Figure, name: str, kind: str, extra: str = "") -> Claim:
    """Judge a figure by its ratio to the recorded one, within the tolerance called `name`."""
    quantity = context.quantity
    if quantity.value is None:
        verdict = judge_vague(quantity, figure.value, figure.value)
        return make_claim(
            context, kind, verdict, figure, f"{vague(quantity)}; recorded {plain(figure.value)}{extra}"
        )
    hedged = quantity.approximate and name + "_hedged" in rules()
    share = rules()[name + "_hedged" if hedged else name]
    value = quantity.value
    verdict = judge(value, figure.value * (1 - share), figure.value * (1 + share), quantity.modifier)
    ratio = value / figure.value if figure.value else float("inf")
    return make_claim(
        context,
        kind,
        verdict,
        figure,
        f"{plain(value)} / {plain(figure.value)} = {ratio:.2f}; agrees within {share:.0%}{extra}",
    )


def nearest(figures: Sequence[Figure], value: float) -> Figure:
    """The recorded figure that a stated one is nearest to."""
    return min(figures, key=lambda f: abs(f.value - value))


def among(context: Context, figures: Sequence[Figure], name: str, kind: str, extra: str = "") -> Claim:
    """Judge a figure by recorded ones that differ in what they count: it holds near one of them and between them."""
    value = context.quantity.value if context.quantity.value is not None else (context.quantity.lower or 0) * 3
    figure = nearest(figures, value)
    low, high = min(f.value for f in figures), max(f.value for f in figures)
    if low < value < high:
        span = f"{plain(value)} lies between the recorded {plain(low)} and {plain(high)}"
        return make_claim(context, kind, "supported", figure, span + extra)
    return relative(context, figure, name, kind, extra)


def in_unit(low: float, high: float, unit: str) -> tuple[float, float]:
    """A band in euros, in the currency of a claim: widened by the bounds between which a rate lay."""
    if unit == "USD":
        return low * rules()["usd_per_eur_low"], high * rules()["usd_per_eur_high"]
    if unit == "GBP":
        return low / rules()["eur_per_gbp_high"], high / rules()["eur_per_gbp_low"]
    return low, high


def rate_note(unit: str) -> str:
    """Bounds of the rate by which a claim's currency was turned."""
    if unit == "USD":
        return (
            f"; one euro taken between {rules()['usd_per_eur_low']:g} and {rules()['usd_per_eur_high']:g} USD"
        )
    if unit == "GBP":
        return (
            f"; one pound taken between {rules()['eur_per_gbp_low']:g} and {rules()['eur_per_gbp_high']:g} EUR"
        )
    return ""


def aid_year(year: int, date: str) -> int | None:
    """Last year to count aid to: the one before, unless the figure is for the end of a year."""
    if year == NO_YEAR:
        return None
    return year if date.endswith("-12-31") or year <= 2022 else year - 1
