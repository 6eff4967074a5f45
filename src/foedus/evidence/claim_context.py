"""A stated quantity in its sentence, and the verdict on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.evidence.record import Figure, rules
from foedus.evidence.records import Claim, Quantity

PARTNER = re.compile(r"\bUkrain|\bKyiv\b|\bKiev\b|\bthe war\b", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """One stated quantity in its sentence."""

    quantity: Quantity
    sentence: str
    offset: int
    wider: str
    year: int
    date: str
    places: tuple[str, ...]
    dated: bool = False
    """The sentence names the year."""
    home: str | None = None
    """State of the speaker, for whom "we" stands."""

    @property
    def before(self) -> str:
        """What stands before the quantity in its sentence."""
        return self.sentence[: self.quantity.start - self.offset]


def make_claim(context: Context, kind: str, verdict: str, figure: Figure | None, arithmetic: str) -> Claim:
    """Put a verdict beside the stated quantity and the recorded figure."""
    quantity = context.quantity
    recorded = f"{plain(figure.value)} {figure.unit} ({figure.label})" if figure else None
    value = plain(quantity.value) if quantity.value is not None else "vague"
    table, edition, as_of, source = figure.citation if figure else (None, None, None, None)
    stated = " ".join(part for part in (quantity.modifier, value, quantity.unit) if part)
    return Claim(
        quantity.start, quantity.end, quantity.text, kind, None, verdict, stated, recorded, arithmetic,
        table, edition, as_of, source, quantity.story,
    )  # fmt: skip


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
    if (
        modifier
        in (
            "more than",
            "over",
            "at least",
            "well over",
            "just over",
            "above",
            "in excess of",
            "upwards of",
            "no fewer than",
        )
        and stated < low
    ):
        return "supported"
    if (
        modifier
        in ("less than", "fewer than", "under", "below", "just under", "at most", "no more than", "up to")
        and stated > high
    ):
        return "supported"
    return "overstated" if stated > high else "contradicted"


def years_of(context: Context) -> tuple[int, ...]:
    """Years that a figure may speak of: "spends" without a year may mean the last year that is over."""
    return (context.year,) if context.dated or context.year == 9999 else (context.year, context.year - 1)


def relative(context: Context, figure: Figure, name: str, kind: str, extra: str = "") -> Claim:
    """Judge a figure by its ratio to the recorded one, within the tolerance called `name`."""
    share = (
        rules()[name + "_hedged"]
        if context.quantity.approximate and name + "_hedged" in rules()
        else rules()[name]
    )
    value = context.quantity.value or 0.0
    verdict = judge(value, figure.value * (1 - share), figure.value * (1 + share), context.quantity.modifier)
    ratio = value / figure.value if figure.value else float("inf")
    return make_claim(
        context,
        kind,
        verdict,
        figure,
        f"{plain(value)} / {plain(figure.value)} = {ratio:.2f}; agrees within {share:.0%}{extra}",
    )


def among(context: Context, figures: Sequence[Figure], name: str, kind: str, extra: str = "") -> Claim:
    """Judge a figure by recorded ones that differ in what they count: it holds near one of them and between them."""
    value = context.quantity.value or 0.0
    figure = min(figures, key=lambda f: abs(f.value - value))
    low, high = min(f.value for f in figures), max(f.value for f in figures)
    if low < value < high:
        span = f"{plain(value)} lies between the recorded {plain(low)} and {plain(high)}"
        return make_claim(context, kind, "supported", figure, span + extra)
    return relative(context, figure, name, kind, extra)


def aid_year(year: int, date: str) -> int | None:
    """Last year to count aid to: the one before, unless the figure is for the end of a year."""
    if year == 9999:
        return None
    return year if date.endswith("-12-31") or year <= 2022 else year - 1
