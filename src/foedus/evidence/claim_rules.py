"""Stated figures beside the atlas: one rule for each kind of figure that it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from foedus.evidence import record
from foedus.evidence.actors import states
from foedus.evidence.numerals import parse_fraction
from foedus.evidence.record import Figure, rules
from foedus.evidence.records import Claim, Quantity

PARTNER = re.compile(r"\bUkrain|\bKyiv\b|\bKiev\b|\bthe war\b", re.IGNORECASE)

_FORCES = re.compile(
    r"\b(?:troops?|soldiers?|personnel|service members|forces|servicem[ae]n|GIs|Americans? (?:stationed|based))\b",
    re.IGNORECASE,
)
_PATRON = re.compile(r"\b(?:US|U\.S\.|American|United States|America|Pentagon|stationed|Washington)(?!\w)")
_GDP = re.compile(
    r"\b(?:GDP|gross domestic product|national income|economic output|national output|its economy|their economies)\b",
    re.IGNORECASE,
)
_DEFENCE = re.compile(r"\b(?:defen[cs]e|military|armed forces|guideline|target)\b", re.IGNORECASE)
_SPENDING = re.compile(
    r"\b(?:defen[cs]e|military) (?:spending|expenditures?|budgets?|outlays)|\b(?:spen[dt]s?|spending|paid|pays?)\b[^.]{0,60}\b(?:on|for) (?:its |their |the )?(?:defen[cs]e|military)",
    re.IGNORECASE,
)
_ALLIANCE_SPENDING = re.compile(
    r"\b(?:alliance|NATO|allies)(?:[’']s?)?\b[^.]{0,60}\b(?:spend|spending|budget|expenditure|costs?)|\b(?:spending|budget|costs?|expenditure)\b[^.]{0,40}\b(?:alliance|NATO)\b",
    re.IGNORECASE,
)
_AID = re.compile(
    r"\b(?:aid|assistance|help|support|given|gave|sent|provided|committed|spent|paid)\b", re.IGNORECASE
)
_SALE = re.compile(
    r"\b(?:sale|sell|sold|approved?|package|worth|deal|cleared|waiver|emergency)\b", re.IGNORECASE
)
_MEMBERS = re.compile(r"^(?:member|ally|nation|country|state)$")
_MEET = re.compile(
    r"\b(?:meet|met|meeting|reach|reached|hit|spend|spent|spending|at or above)\b", re.IGNORECASE
)
_PLANS = re.compile(
    r"\b(?:will|would|plans? to|wants? to|should|must|aims? to|by 20\d\d|next year|pledged?|could|target of|demand(?:s|ed)?|ask(?:s|ed)?|goal|up to \d|raise|increase)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:killed|wounded|died|casualties|withdraw|cut|remove|pull|send|add|deploy|extra|more)\b", re.IGNORECASE
)
_OF_THE = re.compile(r"\bof\s+(?:the|its)\s+$|\bhas\s+$")
_PART = re.compile(
    r"\b((?:one|a|two|three)[- ](?:third|quarter|fifth|half)s?|half)\s+of\s+(?:the|its)\s+$", re.IGNORECASE
)
_NOT_YET = re.compile(r"\b(?:further|additional|new|another|next|blocked|needs?)\b", re.IGNORECASE)


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


def _relative(context: Context, figure: Figure, name: str, kind: str, extra: str = "") -> Claim:
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


def _hosted(context: Context) -> Claim | None:
    """Forces of the patron in a host or in Europe."""
    quantity = context.quantity
    if (
        quantity.unit != "person"
        or (quantity.value or 0) < 100
        or not _FORCES.search(context.sentence)
        or not _PATRON.search(context.sentence)
        or (_MOVED.search(context.before[-60:]) and not _OF_THE.search(context.before))
    ):
        return None
    after = context.sentence[quantity.end - context.offset :]
    hosts = [code for _, _, code in states(after) if code not in ("USA", "NATO")] or [
        c for c in context.places if c not in ("USA", "NATO", "RUS", "UKR")
    ]
    if not hosts:
        return None
    host = "XEU" if hosts[0] == "EU" else hosts[0]
    figure = record.us_forces(host, None if context.year == 9999 else context.date)
    if figure is None:
        return None
    note = _part_of(context) + "; rotational units are counted elsewhere"
    return _relative(context, figure, "us_forces", "us_forces", note)


def _part_of(context: Context) -> str:
    """What a part of the stated number comes to ("one third of the 36,000")."""
    part = _PART.search(context.before)
    share = parse_fraction(part.group(1)) if part else None
    if part is None or share is None:
        return ""
    value = context.quantity.value or 0
    return f"; {part.group(1)} of {plain(value)} is {plain(value * share)}"


def _share_of_gdp(context: Context) -> Claim | None:
    quantity = context.quantity
    if (
        quantity.unit != "percent"
        or not _GDP.search(context.sentence)
        or not (_DEFENCE.search(context.wider))
        or quantity.value is None
    ):
        return None
    before = context.before
    member = next(
        (c for c in reversed([code for _, _, code in states(before)]) if c not in ("NATO", "EU")), None
    ) or next((c for c in context.places if c not in ("NATO", "EU")), None)
    if member is None:
        return None
    figure = record.spending_pct(member, context.year)
    if figure is None:
        return None
    if _PLANS.search(before[-70:]) or (
        context.year != 9999 and str(min(context.year, 2100)) not in figure.label
    ):
        return make_claim(
            context,
            "spending_share",
            "not comparable",
            figure,
            f"a plan or a year outside the record; last recorded {plain(figure.value)}%",
        )
    band = rules()["pct_gdp_hedged" if quantity.approximate else "pct_gdp"]
    verdict = judge(quantity.value, figure.value - band, figure.value + band, quantity.modifier)
    return make_claim(
        context,
        "spending_share",
        verdict,
        figure,
        f"{quantity.value:g} - {figure.value:.2f} = {quantity.value - figure.value:+.2f} points; agrees within {band:g}",
    )


def _of_alliance(context: Context) -> Claim | None:
    """Share of the patron in the alliance's spending."""
    quantity = context.quantity
    share = (
        quantity.value
        if quantity.unit == "fraction"
        else (quantity.value or 0) / 100
        if quantity.unit == "percent"
        else None
    )
    if (
        share is None
        or not _ALLIANCE_SPENDING.search(context.sentence)
        or ("USA" not in context.places and not re.search(r"\b(?:we|us|our)\b", context.sentence))
        or _GDP.search(context.sentence)
    ):
        return None
    pair = record.patron_share(context.year)
    if pair is None:
        return None
    patron, whole = pair
    actual = patron.value / whole.value
    band = rules()["share"]
    verdict = judge(share, actual - band, actual + band, quantity.modifier)
    return make_claim(
        context,
        "patron_share",
        verdict,
        whole,
        f"{plain(patron.value / 1e9)} / {plain(whole.value / 1e9)} bn USD = {actual:.3f}; stated {share:.3f}; agrees within {band:g}",
    )


def _members(context: Context) -> Claim | None:
    quantity = context.quantity
    if (
        not _MEMBERS.match(quantity.unit)
        or quantity.value is None
        or not re.search(r"\b(?:alliance|NATO|allies)\b", context.wider, re.IGNORECASE)
    ):
        return None
    target = re.search(r"\b(\d(?:\.\d)?|two|three)\s?(?:%|percent|per cent)", context.sentence)
    if target and _MEET.search(context.sentence) and quantity.value < 40:
        level = {"two": 2.0, "three": 3.0}.get(target.group(1)) or float(target.group(1))
        editions = record.meeting_share(context.year, level)
        if not editions:
            return None
        counts = [f.value for f in editions]
        verdict = judge(quantity.value, min(counts), max(counts), quantity.modifier)
        listed = ", ".join(f"{f.value:g} ({f.edition})" for f in editions)
        return make_claim(
            context,
            "meeting_guideline",
            verdict,
            editions[0],
            f"stated {quantity.value:g}; recorded, by edition: {listed}",
        )
    near = context.sentence[max(0, quantity.start - context.offset - 30) : quantity.end - context.offset + 50]
    if quantity.unit == "member" or re.search(
        r"-(?:nation|member|country|state)\b|\b(?:NATO|alliance)[’']s\b[^.]{0,20}$", near
    ):
        figure = record.members_at(context.date if context.year != 9999 else "2100-01-01")
        if quantity.value > 20:
            return make_claim(
                context,
                "members",
                "supported" if figure.value == quantity.value else "contradicted",
                figure,
                f"stated {quantity.value:g}, recorded {figure.value:g}",
            )
    return None


def _aid(context: Context) -> Claim | None:
    """Aid to the partner allocated by a donor."""
    quantity = context.quantity
    if (
        quantity.kind != "money"
        or quantity.unit not in ("USD", "EUR")
        or not PARTNER.search(context.wider)
        or not _AID.search(context.sentence)
        or quantity.value is None
        or quantity.value < 1e8
        or _PLANS.search(context.before[-60:])
        or _NOT_YET.search(context.before[-40:])
    ):
        return None
    donors = [code for _, _, code in states(context.before) if code not in ("UKR", "RUS", "NATO")]
    found = record.aid(donors[-1], _aid_kind(context), aid_year(context.year, context.date)) if donors else None
    if found is None:
        return None
    total, figure = found
    low, high, note = _aid_band(total, quantity.unit)
    verdict = judge(quantity.value, low, high, quantity.modifier)
    arithmetic = (
        f"{plain(quantity.value / 1e9)} bn {quantity.unit} against {plain(total / 1e9)} bn EUR of allocations; "
        f"band {plain(low / 1e9)} to {plain(high / 1e9)}{note}"
    )
    return make_claim(context, "aid", verdict, figure, arithmetic)


def _aid_kind(context: Context) -> str:
    start, end = context.quantity.start - context.offset, context.quantity.end - context.offset
    nearby = context.sentence[max(0, start - 12) : end + 30]
    return next(
        (k for k in ("military", "humanitarian", "financial") if re.search(rf"\b{k}\b", nearby)), "total"
    )


def _aid_band(total: float, unit: str) -> tuple[float, float, str]:
    """Band around recorded aid (EUR) in the unit of the claim, and the note on the rate."""
    band = rules()["money"]
    low, high = total * (1 - band), total * (1 + band)
    if unit != "USD":
        return low, high, ""
    cheap, dear = rules()["usd_per_eur_low"], rules()["usd_per_eur_high"]
    return low * cheap, high * dear, f"; one euro taken between {cheap:g} and {dear:g} USD"


def aid_year(year: int, date: str) -> int | None:
    """Last year to count aid to: the one before, unless the figure is for the end of a year."""
    if year == 9999:
        return None
    return year if date.endswith("-12-31") or year <= 2022 else year - 1


def _sale(context: Context) -> Claim | None:
    quantity = context.quantity
    if (
        quantity.unit != "USD"
        or quantity.value is None
        or not _SALE.search(context.wider)
        or context.year == 9999
    ):
        return None
    buyers = [c for c in context.places if c not in ("USA", "NATO", "EU")] or [
        c for _, _, c in states(context.wider) if c not in ("USA", "NATO", "EU")
    ]
    options = [f for buyer in dict.fromkeys(buyers) for f in record.sales(buyer, context.date)]
    if not options:
        return None
    figure = min(options, key=lambda f: abs(f.value - (quantity.value or 0)))
    if abs(figure.value - quantity.value) > 0.5 * figure.value:
        return None
    return _relative(context, figure, "value", "arms_sale")


def _budget(context: Context) -> Claim | None:
    """Dollars that a state spends on defence in a year."""
    quantity = context.quantity
    if (
        quantity.unit != "USD"
        or quantity.value is None
        or quantity.value < 1e9
        or not _SPENDING.search(context.sentence)
    ):
        return None
    before = context.before
    member = next(
        (c for c in reversed([code for _, _, code in states(before)]) if c not in ("NATO", "EU")), None
    )
    figure = record.spending_usd(member, context.year) if member else None
    if figure is None:
        return None
    if _PLANS.search(before[-60:]):
        return make_claim(context, "spending", "not comparable", figure, "a plan is not a record")
    return _relative(context, figure, "money", "spending")


RULES: tuple[Callable[[Context], Claim | None], ...] = (
    _hosted,
    _share_of_gdp,
    _of_alliance,
    _members,
    _sale,
    _aid,
    _budget,
)
