"""Stated figures beside the atlas: one rule for each kind of figure that it holds."""

from __future__ import annotations

import re
from collections.abc import Callable

from foedus.evidence import record
from foedus.evidence.actors import states
from foedus.evidence.claim_context import (
    PARTNER,
    Context,
    aid_year,
    among,
    judge,
    make_claim,
    plain,
    relative,
    years_of,
)
from foedus.evidence.numerals import parse_fraction
from foedus.evidence.record import rules
from foedus.evidence.records import Claim

_FORCES = re.compile(
    r"\b(?:troops?|soldiers?|personnel|service members|forces|servicem[ae]n|GIs|Americans? (?:stationed|based))\b",
    re.IGNORECASE,
)
_PATRON = re.compile(
    r"\b(?:US|U\.S\.|Americans?|United States|America|Pentagon|stationed|Washington)(?!\w)|\b[Ww]e(?:[’']ve)? (?:\w+ )?(?:have|keep|got|station)\b"
)
_GDP = re.compile(
    r"\b(?:GDP|gross domestic product|national income|(?:economic|national|its|their|annual|total) output|(?:its|their|national) (?:income|economy|economies))\b",
    re.IGNORECASE,
)
_DEFENCE = re.compile(r"\b(?:defen[cs]e|military|armed forces|guideline|target)\b", re.IGNORECASE)
_SPENDING = re.compile(
    r"\b(?:defen[cs]e|military) (?:spending|expenditures?|budgets?|outlays)|\b(?:spen[dt]s?|spending|paid|pays?)\b[^.]{0,60}\b(?:on|for) (?:its |their |the )?(?:defen[cs]e|military)",
    re.IGNORECASE,
)
_ALLIANCE_SPENDING = re.compile(
    r"\b(?:pay|pays|paying|paid|fund|funds|carry|carries|cover|covers)\b[^.]{0,40}\b(?:of|for) (?:all (?:of )?)?(?:the )?(?:NATO|alliance)|\b(?:alliance|allied|NATO|allies)(?:[’']s?)?\b[^.]{0,60}\b(?:spend|spending|budget|expenditure|costs?)|\b(?:spending|budget|costs?|expenditure)\b[^.]{0,40}\b(?:alliance|NATO)\b",
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
_SAME_CLAUSE = re.compile(r"[;:]|, (?:but|while|whereas|which)\b")
_AHEAD = re.compile(r"[^.;,]{0,50}\b(?:next year|from next|by 20\d\d|within (?:a|two|three|five|ten))\b")
_MOVED = re.compile(
    r"\b(?:killed|wounded|died|casualties|withdraw|cut|remove|pull|send|add|deploy|extra|more(?! than))\b",
    re.IGNORECASE,
)
_OF_THE = re.compile(r"\bof\s+(?:the|its)\s+$|\bhas\s+$")
_WHOLE = re.compile(r"\b(?:all|its|the)\s+$")
_NATIONS = re.compile(r"-(?:nation|member|country|state)\b|\b(?:NATO|alliance)[’']s\b[^.]{0,20}$")
_PART = re.compile(
    r"\b((?:one|a|two|three)[- ](?:third|quarter|fifth|half)s?|half)\s+of\s+(?:the|its)\s+$", re.IGNORECASE
)
_WE = re.compile(r"\b[Ww]e(?:[’'](?:ve|re))?\b")
_MORE_MONEY = re.compile(r"\b(?:added|extra|additional|increased|raised|more)\b", re.IGNORECASE)
_NOT_YET = re.compile(r"\b(?:further|additional|new|another|next|blocked|needs?)\b", re.IGNORECASE)


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
    if _PLANS.search(context.sentence) and not _part_of(context) and not _OF_THE.search(context.before):
        return make_claim(
            context,
            "us_forces",
            "not comparable",
            figure,
            f"a plan is not a record; last recorded {plain(figure.value)}",
        )
    if figure.value < rules()["us_forces_rotational"] < (quantity.value or 0):
        reason = f"recorded {plain(figure.value)}, but the record leaves out rotating units, which are most of the force there"
        return make_claim(context, "us_forces", "not comparable", figure, reason)
    note = _part_of(context) + "; the count of assigned persons leaves out rotating units"
    levels = (figure, *record.us_posture(host, None if context.year == 9999 else context.date))
    return among(context, levels, "us_forces", "us_forces", note)


def _part_of(context: Context) -> str:
    """What a part of the stated number comes to ("one third of the 36,000")."""
    part = _PART.search(context.before)
    share = parse_fraction(part.group(1)) if part else None
    if part is None or share is None:
        return ""
    value = context.quantity.value or 0
    return f"; {part.group(1)} of {plain(value)} is {plain(value * share)}"


def _planned(context: Context) -> bool:
    """Whether a figure is of what is to come."""
    after = context.sentence[context.quantity.end - context.offset :]
    clause = _SAME_CLAUSE.split(context.before)[-1]
    return _PLANS.search(clause[-140:]) is not None or _AHEAD.match(after) is not None


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
    stated = quantity.value
    known = [f for year in years_of(context) for f in record.spending_pct(member, year)]
    figure = min(known, key=lambda f: abs(f.value - stated), default=None)
    if figure is None:
        return None
    if _planned(context) or (
        context.year != 9999 and not any(f" {year}," in figure.label for year in years_of(context))
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
        f"{quantity.value:g} - {figure.value:.2f} ({figure.label}) = {quantity.value - figure.value:+.2f} points; agrees within {band:g}",
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
        or ("USA" not in context.places and not re.search(r"\b(?:[Ww]e|us|[Oo]ur)\b", context.sentence))
        or _GDP.search(context.sentence)
    ):
        return None
    pairs = [record.patron_share(year) for year in years_of(context)]
    known = [(p.value / w.value, p, w) for p, w in (pair for pair in pairs if pair is not None)]
    if not known:
        return None
    actual, patron, whole = min(known, key=lambda k: abs(k[0] - share))
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
    of_body = quantity.unit == "person" and quantity.counts == "members" and (quantity.value or 99) < 40
    if (
        not (_MEMBERS.match(quantity.unit) or of_body)
        or quantity.value is None
        or not re.search(r"\b(?:alliance|NATO|allies)\b", context.wider, re.IGNORECASE)
    ):
        return None
    if _OF_THE.search(context.before) or _WHOLE.search(context.before):
        return _membership(context)
    return _meeting(context) or _membership(context)


def _meeting(context: Context) -> Claim | None:
    """Number of allies at or above the guideline in a year."""
    quantity = context.quantity
    target = re.search(r"\b(\d(?:\.\d)?|two|three)\s?(?:%|percent|per cent)", context.sentence)
    if target is None or not _MEET.search(context.sentence) or (quantity.value or 99) >= 40:
        return None
    level = {"two": 2.0, "three": 3.0}.get(target.group(1)) or float(target.group(1))
    editions = record.meeting_share(context.year, level)
    if not editions:
        return None
    counts = [f.value for f in editions]
    band = rules()["meeting_count"]
    verdict = judge(quantity.value or 0, min(counts) - band, max(counts) + band, quantity.modifier)
    listed = ", ".join(f"{f.value:g} ({f.edition})" for f in editions)
    arithmetic = f"stated {quantity.value:g}; recorded, by edition: {listed}; agrees within {band:g}"
    return make_claim(context, "meeting_guideline", verdict, editions[0], arithmetic)


def _membership(context: Context) -> Claim | None:
    """Number of members of the alliance on a date."""
    quantity = context.quantity
    near = context.sentence[max(0, quantity.start - context.offset - 30) : quantity.end - context.offset + 50]
    said = quantity.unit in ("member", "person") or _NATIONS.search(near) or _OF_THE.search(context.before)
    if not said or quantity.value is None or quantity.value <= 20:
        return None
    figure = record.members_at(context.date if context.year != 9999 else "2100-01-01")
    verdict = "supported" if figure.value == quantity.value else "contradicted"
    arithmetic = f"stated {quantity.value:g}, recorded {figure.value:g}"
    return make_claim(context, "members", verdict, figure, arithmetic)


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
    donor = donors[-1] if donors else _first_person(context)
    found = record.aid(donor, _aid_kind(context), aid_year(context.year, context.date)) if donor else None
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


def _first_person(context: Context) -> str | None:
    """State for which a speaker says "we": her own where the story says which, else the patron where she counts in dollars."""
    if not _WE.search(context.before):
        return None
    return context.home or ("USA" if context.quantity.unit == "USD" else None)


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
    return relative(context, figure, "value", "arms_sale")


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
    stated = quantity.value
    budgets = [record.spending_usd(member, year) for year in years_of(context)] if member else []
    figure = min((f for f in budgets if f is not None), key=lambda f: abs(f.value - stated), default=None)
    if figure is None:
        return None
    if _PLANS.search(before[-60:]):
        return make_claim(context, "spending", "not comparable", figure, "a plan is not a record")
    return relative(context, figure, "money", "spending")


def _added(context: Context) -> Claim | None:
    """Dollars that Europe and Canada added to their spending since a year."""
    quantity = context.quantity
    if (
        quantity.unit != "USD"
        or (quantity.value or 0) < 1e10
        or not _MORE_MONEY.search(context.sentence)
        or not _DEFENCE.search(context.sentence)
        or not ({"EU", "NATO", "CAN"} & set(context.places))
    ):
        return None
    since = re.search(r"\bsince (20\d\d)\b", context.sentence)
    until = context.year if not since or context.year != int(since[1]) else 9999
    base = int(since[1]) if since else None
    sums = [record.extra_spending(until, base, f"usd_million_{prices}") for prices in ("current", "constant")]
    figures = [extra[3] for extra in sums if extra is not None]
    return among(context, figures, "money", "extra_spending") if figures else None


RULES: tuple[Callable[[Context], Claim | None], ...] = (
    _hosted,
    _share_of_gdp,
    _of_alliance,
    _members,
    _sale,
    _aid,
    _added,
    _budget,
)
