"""Stated aid to the partner beside what donors allocated: amounts, gaps between donors, shares of the whole."""

from __future__ import annotations

import re

from foedus.evidence import record_series
from foedus.evidence.actors import name_of
from foedus.evidence.claim_context import (
    NO_YEAR,
    Context,
    aid_year,
    in_unit,
    is_other,
    judge,
    judge_vague,
    make_claim,
    of_partner,
    plain,
    planned,
    rate_note,
    stated_band,
    vague,
)
from foedus.evidence.claim_else import aid_passing, donor_named, many_donors
from foedus.evidence.claim_measures import aid_kind
from foedus.evidence.claim_parties import WE, parties, subject
from foedus.evidence.record import Figure, rules
from foedus.evidence.record_series import Series, at_year
from foedus.evidence.records import Claim, changed

_AID = re.compile(
    r"\b(?:aid|assistance|help|support|given|gave|giving|gives|sent|provid\w+|committed|spent|paid|allocat\w+|contribut\w+|donat\w+|poured|pledged|put|went|gone|go|flow(?:ed|n)?|cost|found|(?:com(?:e|es|ing)|came) up with|cough\w+ up|stump\w+ up|fork\w+ (?:out|over)|shell\w+ out|scrap\w+ together|chipp?\w+ in|dol\w+ out|hand(?:ed|ing)? (?:out|over)|mobili[sz]ed|made available|suppl(?:y|ies|ied)|deliver\w+|transferr\w+|channell?ed|disburs\w+|extended|furnished|managed|parted with)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:further|additional|new|another|next|blocked|needs?|frozen|loans?|package of|packages? worth|worth of (?:weapons|arms|ammunition|shells|missiles|air defen[cs]e)|drones?|minerals?|a month|each month|asked)\b",
    re.IGNORECASE,
)
_NOT_AID = re.compile(
    r"\s*(?:\w+ )?(?:loan|package|a month|a day|a year|per year|every year|worth of (?:minerals|weapons|arms|ammunition|shells|missiles|drones|damage)|in (?:minerals|damage|frozen|loans|rare)|of (?:frozen|Russian|damage|minerals)|for (?:drones|air defen[cs]e|ammunition|shells|reconstruction|rebuilding))",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"\s*(?:in (?:military |financial )?aid )?(?P<more>more|less)\b[^;,]{0,40}?\bthan\s+(?:the\s+)?",
    re.IGNORECASE,
)
_OF_AID = re.compile(
    r"\s*of (?:all |the |total |all the |the total |all of the |Western |European |Europe[’']s |foreign |international |global |every (?:dollar|euro) of )*(?:military |humanitarian |financial )?(?:aid|assistance|support|help)\b",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(
    r"\b(?:share|part|portion|slice)(?: (?:of|in) (?:all |the |total |European |Western |Europe[’']s |allied )*(?:military |humanitarian |financial )?(?:aid|assistance|support|help|effort|total)(?: to \w+)?)?(?: \w+)? (?:has|have|had|is|was|stands?|stood|comes?|came|fell|rose|sank|shrank|dropped|amounts?)\b[^;,%]{0,40}$"
)
_OF_EUROPE = re.compile(r"\bof Europe(?:[’']s|an)\b|\ball Europe(?:[’']s|an)\b")
_OUR_MONEY = re.compile(r"[^,;]{0,30}?\bof our (?:dollars|money|taxes|euros|pounds)\b", re.IGNORECASE)
_PARTNERS = ("UKR", "RUS", "NATO")


_PROMISED = re.compile(
    r"\b(?:pledg\w+|promis\w+|appropriat\w+|authori[sz]\w+|earmark\w*|approv\w+|vot(?:ed|es)|vow\w*|loans?|lend|lent|agreed|announc\w+|unveil\w*|set aside|budgeted|additional|further|new|planned|offer\w*|(?:will|would|to) (?:\w+ )?(?:give|send|provide|spend|allocate|contribute|donate|deliver|raise))\b",
    re.IGNORECASE,
)
_LOAN_AFTER = re.compile(
    r"\s*(?:\w+ )?(?:loan|(?:military |financial )?(?:aid |support )?(?:package|programme|program|facility|bill))\b"
)
_NEEDS = re.compile(
    r"\b(?:needs?|cost|costs|damage|worth|ask(?:s|ed)?|demand\w*|frozen|request\w*|price)\b", re.IGNORECASE
)
_VOTED = re.compile(r"\b(?:appropriated|authori[sz]ed|voted|approved|earmarked|set aside|budgeted)\b")


def promised(context: Context) -> Claim | None:
    """Aid to the partner that is promised, lent or voted, which is no allocation."""
    quantity = context.quantity
    stop = quantity.end - context.offset
    clause = context.before[-120:]
    if (
        quantity.kind != "money"
        or max(stated_band(quantity)) < rules()["least_amount"]
        or not of_partner(context.wider)
    ):
        return None
    said = _PROMISED.search(clause) or _LOAN_AFTER.match(context.sentence, stop)
    if (
        said is None
        or _NEEDS.search(clause[-50:])
        or not (_AID.search(context.sentence) or of_partner(context.sentence))
    ):
        return None
    donor = _donor(context)
    if donor is None:
        return None
    last = aid_year(context.year, context.date) or NO_YEAR
    known = [f for f in at_year(record_series.aid(donor, _kind(context)), last) if f.value]
    if not known:
        return None
    reason = f"promised, voted or lent; the record holds what was allocated: {plain(known[0].value / 1e9)} bn EUR ({known[0].label})"
    return make_claim(context, "aid", "not comparable", known[0], reason)


def aided(context: Context) -> Claim | None:
    """Aid to the partner allocated by a donor."""
    quantity = context.quantity
    after = context.sentence[quantity.end - context.offset :]
    if (
        quantity.kind != "money"
        or quantity.unit not in ("USD", "EUR", "GBP")
        or max(stated_band(quantity)) < 1e8
        or not of_partner(context.wider)
        or not _AID.search(context.sentence)
        or planned(context)
        or _NOT_YET.search(context.before[-40:])
        or _NOT_AID.match(after)
        or _VOTED.search(context.before[-40:])
    ):
        return None
    donor = _donor(context)
    gap = _GAP.match(after)
    if donor is None:
        return None
    if gap is not None:
        return _gap(context, donor, gap)
    if _REFUGEES.search(context.sentence):
        return _with_refugees(context, donor)
    ways = [figure for figure in _ways(donor, _kind(context), context) if figure.value]
    if not ways or is_other(context, min(figure.value for figure in ways)):
        return None
    claim = _amount(context, ways)
    promised_too = record_series.committed(donor) if _may_promise(context, claim) else None
    if promised_too is None:
        return claim
    low, high = _band(promised_too.value, quantity.unit)
    if _verdict(context, low, high) != "supported":
        return claim
    reason = f"{claim.arithmetic}; it agrees with what was committed, {plain(promised_too.value / 1e9)} bn EUR ({promised_too.label})"
    return changed(claim, verdict="not comparable", arithmetic=reason)


_REFUGEES = re.compile(
    r"\b(?:refugees?|(?:displaced|fled|fleeing) (?:people|persons|Ukrainians)|asylum|Ukrainians (?:who|living|here|in (?:its|their|our|the country))|on Ukrainians)\b"
)


def _with_refugees(context: Context, donor: str) -> Claim | None:
    """A sum that counts what refugees cost at home, which the record leaves out."""
    last = aid_year(context.year, context.date) or NO_YEAR
    known = [f for f in at_year(record_series.aid(donor), last) if f.value]
    if not known:
        return None
    reason = f"counts what refugees cost at home; the record holds what was allocated to the partner: {plain(known[0].value / 1e9)} bn EUR ({known[0].label})"
    return make_claim(context, "aid", "not comparable", known[0], reason)


def _may_promise(context: Context, claim: Claim) -> bool:
    """Whether a sum above what was allocated may be of what was committed."""
    return claim.verdict == "overstated" and not context.within and "allocat" not in context.sentence


def _donor(context: Context) -> str | None:
    """Who gave: the last party named before that is no receiver, the speaker's own state, or the patron for "we" in dollars."""
    at = context.quantity.start - context.offset
    giver = donor_named(context)
    if giver is not None or many_donors(context):
        return giver
    named = [p for p in parties(context.before) if p.code not in (*_PARTNERS, "ALLIES")]
    if not named and (WE.search(context.before) or _OUR_MONEY.match(context.sentence, at)):
        return context.home or ("USA" if context.quantity.unit == "USD" else None)
    found = subject(
        context.sentence, at, context.quantity.end - context.offset, context.home, (*_PARTNERS, "ALLIES")
    )
    return None if found == "XEC" else found


def _kind(context: Context) -> str:
    start, end = context.quantity.start - context.offset, context.quantity.end - context.offset
    near = aid_kind(context.sentence[max(0, start - 30) : end + 30])
    if near != "total" or _AND_TO.search(context.before) is None:
        return near
    return aid_kind(context.sentence[max(0, start - 90) : start])


_AND_TO = re.compile(r"\d[^;]{0,30} (?:to|and) (?:about |some |nearly |almost |over |more than )?$")
"""What stands before the second figure of a pair ("from 20.6 billion in 2024 to 34.7 billion")."""


def _ways(donor: str, kind: str, context: Context) -> list[Figure]:
    """Recorded allocations that a figure may mean: within its year, or summed to a year."""
    last = aid_year(context.year, context.date) or NO_YEAR
    if context.within:
        return at_year(record_series.aid(donor, kind, summed=False), context.year, exact=True)
    every: list[Series] = list(record_series.aid(donor, kind))
    found = at_year(every, last)
    if not context.dated and context.year != NO_YEAR:
        newest = record_series.aid_until(donor, kind, context.date)
        found += [newest] if newest is not None else []
    if donor == "EU":
        found += at_year(record_series.aid("EUU", kind), last)
    return found


def _amount(context: Context, ways: list[Figure]) -> Claim:
    quantity = context.quantity
    value = quantity.value if quantity.value is not None else stated_band(quantity)[0]
    bands = [_band(figure.value, quantity.unit) for figure in ways]
    verdicts = [_verdict(context, low, high) for low, high in bands]
    best = next((i for i, v in enumerate(verdicts) if v == "supported"), None)
    if best is None:
        best = min(range(len(ways)), key=lambda i: abs(ways[i].value - value))
        if all(low > value for low, _ in bands):
            best = min(range(len(ways)), key=lambda i: ways[i].value)
    low, high = bands[best]
    figure = ways[best]
    stated = vague(quantity) if quantity.value is None else f"{plain(value / 1e9)} bn {quantity.unit}"
    arithmetic = (
        f"{stated} against {plain(figure.value / 1e9)} bn EUR of allocations; "
        f"band {plain(low / 1e9)} to {plain(high / 1e9)}{rate_note(quantity.unit)}"
    )
    return make_claim(context, "aid", verdicts[best], figure, arithmetic)


def _verdict(context: Context, low: float, high: float) -> str:
    quantity = context.quantity
    if quantity.value is None:
        return judge_vague(quantity, low, high)
    return judge(quantity.value, low, high, quantity.modifier)


def _band(total: float, unit: str) -> tuple[float, float]:
    """Band around recorded aid (EUR) in the unit of the claim."""
    band = rules()["money"]
    return in_unit(total * (1 - band), total * (1 + band), unit)


def _gap(context: Context, donor: str, gap: re.Match[str]) -> Claim | None:
    """How much more one donor gave than another."""
    start = context.quantity.end - context.offset + gap.end()
    other = next((p for p in parties(context.sentence) if p.start == start), None)
    kind = _kind(context)
    if other is None or context.quantity.value is None:
        return None
    last = aid_year(context.year, context.date) or NO_YEAR
    summed = not context.within
    year = context.year if context.within else last
    mine = at_year(record_series.aid(donor, kind, summed), year)
    theirs = at_year(record_series.aid(other.code, kind, summed), year)
    if not mine or not theirs:
        return None
    more = gap["more"].lower() == "more"
    ours, their = mine[0].value, theirs[0].value
    difference = (ours - their) if more else (their - ours)
    band = rules()["money"] * max(ours, their) / 2
    low, high = difference - band, difference + band
    low, high = in_unit(low, high, context.quantity.unit)
    verdict = (
        judge(context.quantity.value, low, high, context.quantity.modifier)
        if difference > 0
        else "contradicted"
    )
    return make_claim(
        context, "aid_gap", verdict, mine[0],
        f"{name_of(donor)} {plain(ours / 1e9)} - {name_of(other.code)} {plain(their / 1e9)} = {plain((ours - their) / 1e9)} bn EUR; "
        f"band {plain(low / 1e9)} to {plain(high / 1e9)}{rate_note(context.quantity.unit)}",
    )  # fmt: skip


def of_all_aid(context: Context) -> Claim | None:
    """Share of a donor in all aid to the partner."""
    quantity, share = context.quantity, context.share
    after = context.sentence[quantity.end - context.offset :]
    of_aid = _OF_AID.match(after)
    if (
        of_aid is None
        and share is not None
        and any(w in context.before for w in ("share", "part", "portion", "slice"))
    ):
        of_aid = _SHARE_BEFORE.search(context.before)
    if (
        share is None
        or of_aid is None
        or aid_passing(context)
        or not of_partner(context.wider)
        or planned(context)
    ):
        return None
    at = quantity.start - context.offset
    span = (
        (at, quantity.end - context.offset + of_aid.end())
        if of_aid.re is _OF_AID
        else (of_aid.start(), of_aid.end())
    )
    donor = subject(
        context.sentence, *span,
        context.home, ("UKR", "RUS", "NATO", "ALLIES"),
    ) or ("USA" if WE.search(context.before) and context.home is None else None)  # fmt: skip
    if donor is None or donor == "XEC":
        return None
    kind = aid_kind(of_aid.group())
    whole = "EUR" if _OF_EUROPE.search(of_aid.group()) else "ALL"
    year = context.year if context.within else aid_year(context.year, context.date) or NO_YEAR
    mine = at_year(record_series.aid(donor, kind, not context.within), year)
    every = at_year(record_series.aid(whole, kind, not context.within), year)
    if not mine or not every:
        return None
    return aid_share(context, "aid_share", share, mine[0], every[0])


def aid_share(context: Context, kind: str, share: float, part: Figure, whole: Figure) -> Claim:
    """A stated share of some aid beside the recorded one."""
    actual, band = part.value / whole.value, rules()["aid_share"]
    return make_claim(
        context, kind, judge(share, actual - band, actual + band, context.quantity.modifier), part,
        f"{plain(part.value / 1e9)} / {plain(whole.value / 1e9)} bn EUR = {actual:.3f}; stated {share:.3f}; agrees within {band:g}",
    )  # fmt: skip


_OUTPUT = re.compile(r"\b(?:GDP|economy|output|national income)\b")


def aid_of_gdp(context: Context) -> Claim | None:
    """Aid of a donor as a share of its economy."""
    quantity = context.quantity
    if (
        quantity.unit != "percent"
        or quantity.value is None
        or not _OUTPUT.search(context.sentence)
        or not of_partner(context.sentence)
        or not _AID.search(context.sentence)
        or re.search(r"\b(?:defen[cs]e|military) (?:spending|budget)", context.sentence)
    ):
        return None
    at, stop = quantity.start - context.offset, quantity.end - context.offset
    donor = subject(context.sentence, at, stop, context.home, _PARTNERS)
    figure = (
        record_series.aid_of_gdp(donor, None if context.year == NO_YEAR else context.day) if donor else None
    )
    if figure is None:
        return None
    if planned(context) or re.search(r"\b(?:a|per|each|every) year\b", context.sentence):
        reason = f"the record counts all years together: {figure.value:.2f}%"
        return make_claim(context, "aid_of_gdp", "not comparable", figure, reason)
    band = rules()["money"] * figure.value
    verdict = judge(quantity.value, figure.value - band, figure.value + band, quantity.modifier)
    return make_claim(
        context, "aid_of_gdp", verdict, figure,
        f"{quantity.value:g} - {figure.value:.2f} ({figure.label}) = {quantity.value - figure.value:+.2f} points; agrees within {band:.2f}",
    )  # fmt: skip
