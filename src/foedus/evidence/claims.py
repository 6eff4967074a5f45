"""Stated quantities and trends beside the atlas's figures, with the arithmetic."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foedus.evidence import record
from foedus.evidence.actors import name_of, states
from foedus.evidence.record import Figure, rules
from foedus.evidence.records import Claim, Quantity, Quotation, Statement

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
_PARTNER = re.compile(r"\bUkrain|\bKyiv\b|\bKiev\b|\bthe war\b", re.IGNORECASE)
_SALE = re.compile(
    r"\b(?:sale|sell|sold|approved?|package|worth|deal|cleared|waiver|emergency)\b", re.IGNORECASE
)
_MEMBERS = re.compile(r"^(?:member|ally|nation|country|state)$")
_MORE_THAN_ALL = re.compile(
    r"\bmore than (?:everyone|everybody|all (?:the )?(?:others?|rest|of them|other (?:countries|allies|nations|donors))|the rest|all of Europe|Europe|the whole of Europe|any(?:one|body) else)(?: else)?(?: (?:together|combined|put together|in total))?",
    re.IGNORECASE,
)
_FLOWING = re.compile(
    r"\b(?:flow(?:ed|ing|s)? in|pour(?:ed|ing|s)? in|came in|rolling in|started paying)\b", re.IGNORECASE
)
_MEET = re.compile(
    r"\b(?:meet|met|meeting|reach|reached|hit|spend|spent|spending|at or above)\b", re.IGNORECASE
)
_PLANS = re.compile(
    r"\b(?:will|would|plans? to|wants? to|should|must|aims? to|by 20\d\d|next year|pledged?|could|target of|demand(?:s|ed)?|ask(?:s|ed)?|goal|up to \d|raise|increase)\b",
    re.IGNORECASE,
)


MAX_SENTENCE = 1500
"""Characters from which a sentence is no claim; checking takes time that grows with its square."""


@dataclass(frozen=True)
class _Context:
    """One stated quantity in its sentence."""

    quantity: Quantity
    sentence: str
    offset: int
    wider: str
    year: int
    date: str
    places: tuple[str, ...]


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
    for start, end in cut:
        if end - start > MAX_SENTENCE:
            continue
        mine = quantities[bisect_left(places_of, start) : bisect_left(places_of, end)]
        sentence = text[start:end]
        wider = text[max(0, start - 500) : end + 200]
        trend = _trend(sentence, wider, start, published, story)
        if not mine and trend is None:
            continue
        who = spoken.at(start if trend is None else trend.start)
        if trend is not None:
            found.append(_with(trend, speaker=who))
        places = tuple(code for _, _, code in states(text, start, end))
        for quantity in mine:
            if quantity.kind not in ("money", "percentage", "count", "fraction") or (
                trend and trend.start <= quantity.start < trend.end
            ):
                continue
            speaker = spoken.at(quantity.start)
            year, date = _when(mine, quantity, published)
            context = _Context(quantity, sentence, start, wider, year, date, places)
            claim = next((c for c in (rule(context) for rule in _RULES) if c is not None), None)
            if claim is None and speaker is not None:
                claim = _claim(context, "other", "not covered", None, "the atlas has no figure for this")
            if claim is not None:
                found.append(_with(claim, speaker=speaker, story=story))
    return found


def _with(claim: Claim, **changes: object) -> Claim:
    from dataclasses import replace

    return replace(claim, **changes)  # type: ignore[arg-type]


class Spoken:
    """Who speaks at a place of a story: the passages of quotations and statements, by place."""

    def __init__(self, said: Sequence[Quotation], stated: Sequence[Statement]) -> None:
        both: list[Quotation | Statement] = [*said, *stated]
        self._passages = sorted(((p.start, p.end, p.speaker) for p in both), key=lambda p: p[:2])
        self._starts = [p[0] for p in self._passages]

    def at(self, place: int) -> str | None:
        """Speaker of the innermost passage that holds a place."""
        stop = bisect_right(self._starts, place)
        return next(
            (
                who
                for start, end, who in reversed(self._passages[max(0, stop - 12) : stop])
                if start <= place < end
            ),
            None,
        )


def _when(mine: list[Quantity], quantity: Quantity, published: str | None) -> tuple[int, str]:
    """Year and day that a figure speaks of: a date of its own sentence, else the publication, else the newest record."""
    years = [q for q in mine if q.kind == "date" and q.normalised and q.normalised[:4].isdigit()]
    if years:
        near = min(years, key=lambda q: abs(q.start - quantity.end))
        iso = near.normalised or ""
        return int(iso[:4]), (iso if len(iso) == 10 else f"{iso[:4]}-12-31")
    if published:
        return int(published[:4]), published
    return 9999, "9999-12-31"


def _claim(context: _Context, kind: str, verdict: str, figure: Figure | None, arithmetic: str) -> Claim:
    quantity = context.quantity
    recorded = f"{_plain(figure.value)} {figure.unit} ({figure.label})" if figure else None
    stated = f"{quantity.modifier + ' ' if quantity.modifier else ''}{_plain(quantity.value) if quantity.value is not None else 'vague'} {quantity.unit}"
    return Claim(
        quantity.start, quantity.end, quantity.text, kind, None, verdict, stated, recorded, arithmetic,
        figure.table if figure else None, figure.edition if figure else None, figure.as_of if figure else None, figure.source if figure else None, quantity.story,
    )  # fmt: skip


def _plain(value: float) -> str:
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


def _relative(context: _Context, figure: Figure, name: str, kind: str, extra: str = "") -> Claim:
    share = (
        rules()[name + "_hedged"]
        if context.quantity.approximate and name + "_hedged" in rules()
        else rules()[name]
    )
    value = context.quantity.value or 0.0
    verdict = judge(value, figure.value * (1 - share), figure.value * (1 + share), context.quantity.modifier)
    ratio = value / figure.value if figure.value else float("inf")
    return _claim(
        context,
        kind,
        verdict,
        figure,
        f"{_plain(value)} / {_plain(figure.value)} = {ratio:.2f}; agrees within {share:.0%}{extra}",
    )


def _hosted(context: _Context) -> Claim | None:
    """Forces of the patron in a host or in Europe."""
    quantity = context.quantity
    if (
        quantity.unit != "person"
        or (quantity.value or 0) < 100
        or not _FORCES.search(context.sentence)
        or not _PATRON.search(context.sentence)
    ):
        return None
    if re.search(
        r"\b(?:killed|wounded|died|casualties|withdraw|cut|remove|pull|send|add|deploy|extra|more)\b",
        context.sentence[: max(0, quantity.start - context.offset)][-60:],
        re.IGNORECASE,
    ) and not re.search(
        r"\bof\s+(?:the|its)\s+$|\bhas\s+$", context.sentence[: quantity.start - context.offset]
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
    part = re.search(
        r"\b(one[- ]third|a third|half|a quarter|two[- ]thirds)\s+of\s+(?:the|its)\s+$",
        context.sentence[: quantity.start - context.offset],
        re.IGNORECASE,
    )
    share = (
        {
            "one-third": 1 / 3,
            "one third": 1 / 3,
            "a third": 1 / 3,
            "half": 0.5,
            "a quarter": 0.25,
            "two-thirds": 2 / 3,
            "two thirds": 2 / 3,
        }.get(part.group(1).lower())
        if part
        else None
    )
    note = (
        f"; {part.group(1)} of {_plain(quantity.value or 0)} is {_plain((quantity.value or 0) * share)}"
        if part and share
        else ""
    )
    return _relative(
        context, figure, "us_forces", "us_forces", note + "; rotational units are counted elsewhere"
    )


def _share_of_gdp(context: _Context) -> Claim | None:
    quantity = context.quantity
    if (
        quantity.unit != "percent"
        or not _GDP.search(context.sentence)
        or not (_DEFENCE.search(context.wider))
        or quantity.value is None
    ):
        return None
    before = context.sentence[: quantity.start - context.offset]
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
        return _claim(
            context,
            "spending_share",
            "not comparable",
            figure,
            f"a plan or a year outside the record; last recorded {_plain(figure.value)}%",
        )
    band = rules()["pct_gdp_hedged" if quantity.approximate else "pct_gdp"]
    verdict = judge(quantity.value, figure.value - band, figure.value + band, quantity.modifier)
    return _claim(
        context,
        "spending_share",
        verdict,
        figure,
        f"{quantity.value:g} - {figure.value:.2f} = {quantity.value - figure.value:+.2f} points; agrees within {band:g}",
    )


def _of_alliance(context: _Context) -> Claim | None:
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
    return _claim(
        context,
        "patron_share",
        verdict,
        whole,
        f"{_plain(patron.value / 1e9)} / {_plain(whole.value / 1e9)} bn USD = {actual:.3f}; stated {share:.3f}; agrees within {band:g}",
    )


def _members(context: _Context) -> Claim | None:
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
        return _claim(
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
            return _claim(
                context,
                "members",
                "supported" if figure.value == quantity.value else "contradicted",
                figure,
                f"stated {quantity.value:g}, recorded {figure.value:g}",
            )
    return None


def _aid(context: _Context) -> Claim | None:
    quantity = context.quantity
    if (
        quantity.kind != "money"
        or quantity.unit not in ("USD", "EUR")
        or not _PARTNER.search(context.wider)
        or not _AID.search(context.sentence)
        or quantity.value is None
        or quantity.value < 1e8
    ):
        return None
    before = context.sentence[: quantity.start - context.offset]
    if _PLANS.search(before[-60:]) or re.search(
        r"\b(?:further|additional|new|another|next|blocked|needs?)\b", before[-40:], re.IGNORECASE
    ):
        return None
    donors = [code for _, _, code in states(before) if code not in ("UKR", "RUS", "NATO")]
    if not donors:
        return None
    nearby = context.sentence[max(0, quantity.start - context.offset - 12) : quantity.end - context.offset + 30]
    kind = next(
        (k for k in ("military", "humanitarian", "financial") if re.search(rf"\b{k}\b", nearby)), "total"
    )
    found = record.aid(donors[-1], kind, _aid_year(context.year, context.date))
    if found is None:
        return None
    total, figure = found
    band = rules()["money"]
    low, high = total * (1 - band), total * (1 + band)
    note = ""
    if quantity.unit == "USD":
        low, high = low * rules()["usd_per_eur_low"], high * rules()["usd_per_eur_high"]
        note = (
            f"; one euro taken between {rules()['usd_per_eur_low']:g} and {rules()['usd_per_eur_high']:g} USD"
        )
    verdict = judge(quantity.value, low, high, quantity.modifier)
    return _claim(
        context,
        "aid",
        verdict,
        figure,
        f"{_plain(quantity.value / 1e9)} bn {quantity.unit} against {_plain(total / 1e9)} bn EUR of allocations; band {_plain(low / 1e9)} to {_plain(high / 1e9)}{note}",
    )


def _aid_year(year: int, date: str) -> int | None:
    """Last year to count aid to: the one before, unless the figure is for the end of a year."""
    if year == 9999:
        return None
    return year if date.endswith("-12-31") or year <= 2022 else year - 1


def _sale(context: _Context) -> Claim | None:
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


def _budget(context: _Context) -> Claim | None:
    """Dollars that a state spends on defence in a year."""
    quantity = context.quantity
    if (
        quantity.unit != "USD"
        or quantity.value is None
        or quantity.value < 1e9
        or not _SPENDING.search(context.sentence)
    ):
        return None
    before = context.sentence[: quantity.start - context.offset]
    member = next(
        (c for c in reversed([code for _, _, code in states(before)]) if c not in ("NATO", "EU")), None
    )
    figure = record.spending_usd(member, context.year) if member else None
    if figure is None:
        return None
    if _PLANS.search(before[-60:]):
        return _claim(context, "spending", "not comparable", figure, "a plan is not a record")
    return _relative(context, figure, "money", "spending")


_RULES: tuple[Callable[[_Context], Claim | None], ...] = (
    _hosted,
    _share_of_gdp,
    _of_alliance,
    _members,
    _sale,
    _aid,
    _budget,
)


def _trend(sentence: str, wider: str, offset: int, published: str | None, story: int) -> Claim | None:
    year = int(published[:4]) if published else 9999
    more = _MORE_THAN_ALL.search(sentence)
    if more is not None:
        return _more_than_all(more, sentence, wider, offset, year, story)
    flowing = _FLOWING.search(sentence)
    vague = re.search(r"\b(?:hundreds of )?(?:billions|trillions)(?: of dollars)?\b", sentence, re.IGNORECASE)
    if flowing is None or vague is None:
        return None
    extra = record.extra_spending(year)
    if extra is None:
        return None
    total, base, last, figure = extra
    least = 2e11 if vague.group().lower().startswith("hundreds") else 2e9
    verdict = "supported" if total >= least else "overstated"
    arithmetic = (
        f"Europe and Canada spent {_plain(total / 1e9)} bn USD more in {base + 1}-{last} than at their level of {base}; the claim needs at least {_plain(least / 1e9)} bn. "
        "They spent it on their own forces; none of it was paid to the patron"
    )
    start, end = offset + min(vague.start(), flowing.start()), offset + max(vague.end(), flowing.end())
    return Claim(
        start,
        end,
        sentence[start - offset : end - offset],
        "extra_spending",
        None,
        verdict,
        f"at least {_plain(least)} USD",
        f"{_plain(total)} USD ({figure.label})",
        arithmetic,
        figure.table,
        figure.edition,
        figure.as_of,
        figure.source,
        story,
    )


def _more_than_all(
    more: re.Match[str], sentence: str, wider: str, offset: int, year: int, story: int
) -> Claim | None:
    """Whether one payer gave more than all the others together."""
    before = sentence[: more.start()]
    named = [code for _, _, code in states(before) if code not in ("UKR", "RUS")]
    if (named and named[-1] != "USA") or (
        not named and not re.search(r"\b(?:we|us|our|one country|America|the US)\b", before, re.IGNORECASE)
    ):
        return None
    if _PARTNER.search(wider):
        europe = "europe" in more.group().lower()
        until = _aid_year(year, "")
        mine, theirs = (
            record.aid("USA", "total", until),
            record.aid("EU" if europe else "others", "total", until),
        )
        if mine is None or theirs is None:
            return None
        a, b, figure = mine[0], theirs[0], mine[1]
        unit = "bn EUR of allocations"
    else:
        pair = record.patron_share(year)
        if pair is None:
            return None
        a, b, figure, unit = pair[0].value, pair[1].value - pair[0].value, pair[1], "bn USD of spending"
    verdict = "supported" if a > b else "contradicted"
    arithmetic = f"{name_of('USA')} {_plain(a / 1e9)} against {_plain(b / 1e9)} {unit}; {_plain(a / 1e9)} - {_plain(b / 1e9)} = {(a - b) / 1e9:+,.1f}"
    return Claim(
        offset + more.start(),
        offset + more.end(),
        more.group(),
        "more_than_all",
        None,
        verdict,
        "more than all others",
        f"{_plain(b)} ({figure.label})",
        arithmetic,
        figure.table,
        figure.edition,
        figure.as_of,
        figure.source,
        story,
    )
