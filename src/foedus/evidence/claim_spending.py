"""Stated defence spending beside the record: shares of GDP, totals, the patron's part, what was added, what it buys."""

from __future__ import annotations

import re

from foedus.evidence import record, record_series
from foedus.evidence.claim_changes import by_percent
from foedus.evidence.claim_context import (
    NO_YEAR,
    Context,
    among,
    coming,
    in_unit,
    is_other,
    judge,
    make_claim,
    nearest,
    of_partner,
    plain,
    planned,
    rate_note,
    relative,
    stated_band,
    years_of,
)
from foedus.evidence.claim_else import fund_of_else, moved_of_else, share_of_else
from foedus.evidence.claim_parties import parties, subject
from foedus.evidence.record import Figure, rules
from foedus.evidence.record_series import at_year
from foedus.evidence.records import Claim

GDP = re.compile(
    r"\b(?:GDP|gross domestic product|national (?:income|wealth)|(?:economic|national|its|their|annual|total|our) output|(?:relative to|in relation to|share of|percent of|per cent of|proportion to) (?:the )?(?:output|economy)|(?:its|their|his|her|national|our)(?: (?:whole|entire|own))? (?:national )?(?:income|economy|economies)|of (?:the (?:whole |entire )?economy|output))\b",
    re.IGNORECASE,
)
_DEFENCE = re.compile(
    r"\b(?:defen[cs]e|military|armed forces|guideline|target|army|spenders?|war machine|war effort|(?:on|for|into) (?:the|its|his|this|their) war|armaments)\b",
    re.IGNORECASE,
)
_NOT_DEFENCE = re.compile(
    r"\b(?:aid|assistance|Ukraine|Kyiv|health|pensions|education|deficit|debt|infrastructure|research|climate|tax(?:es)?|growth|inflation|economy grew)\b",
    re.IGNORECASE,
)
_SPENDS = re.compile(
    r"\b(?:spen[dt]s?|spending|pays?|paid|paying|devot\w+|invest\w*|budgets?|outlays|expenditures?|allocat\w+|commits?)\b",
    re.IGNORECASE,
)
_SPENDING = re.compile(
    r"\b(?:defen[cs]e|military) (?:\w+ )?(?:spenders?|effort|funding)\b|\b(?:defen[cs]e|military) (?:spending|expenditures?|budgets?|outlays|bill)|\b(?:spen[dt]s?|spending|paid|pays?|devot\w+|invest\w*|budgets?|outlays)\b[^;]{0,60}\b(?:on|for|to|in) (?:its |their |the |our )?(?:own )?(?:defen[cs]e|military|armed forces)|\b(?:on|for) (?:its |their |our )?(?:defen[cs]e|(?:the |its )?military|armed forces)\b[^;]{0,40}\bspen[dt]",
    re.IGNORECASE,
)
_ALLIANCE_SPENDING = re.compile(
    r"\b(?:pay|pays|paying|paid|fund|funds|carry|carries|cover|covers|covering|bears?|shoulders?)\b[^;]{0,40}\b(?:of|for) (?:all (?:of )?)?(?:the )?(?:NATO|alliance)|\b(?:alliance|allied|NATO|allies)(?:[’']s?)?\b[^;]{0,60}\b(?:spend|spends|spent|spending|budget|expenditure|costs?|bill)|\b(?:spending|budget|costs?|expenditure|bill|burden)\b[^;]{0,40}\b(?:alliance|NATO)\b",
    re.IGNORECASE,
)
_COMMON = re.compile(
    r"\b(?:common|civil|headquarters?|own|direct|joint|common-funded) (?:budget|funding|costs?)\b",
    re.IGNORECASE,
)
_MORE_MONEY = re.compile(r"\b(?:added|extra|additional|increased|raised|more)\b(?! than)", re.IGNORECASE)
_EXTRA_AFTER = re.compile(r"[’']?\s*(?:more|extra|on top)\b", re.IGNORECASE)
_PUT_IN = re.compile(r"\b(?:put in|paid in|kicked in|added|invested|contributed|spent|found|come up with)\b")
_WORTH = re.compile(r"[’']?\s*worth\b")
OF_BUDGET = re.compile(
    r"\s*of (?:its |their |the |our |all |total |its annual )*(?:\w+[’']s )?(?:defen[cs]e|military) (?:spending|budget|expenditures?|outlays?|money|funds|cash|effort|bill|euros|dollars)",
    re.IGNORECASE,
)
_PATRON_WE = re.compile(r"\b(?:[Ww]e|us|[Oo]ur|America(?:n taxpayers?)?)\b")
_AIMED = re.compile(r"[- ]*(?:target|guideline|goal|threshold|mark|benchmark|pledge|floor)\b")
_AIM_OF = re.compile(
    r"\b(?:target|guideline|goal|threshold|mark|benchmark|pledge|floor|minimum)s? of (?:at least |spending )*$",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:costs?|price|worth|order(?:ed|s)?|contract|bought|buy(?:ing|s)?|purchases?|fund|loan|package|deal|tanks?|jets?|of which|of that)\b[^,;]{0,30}$",
    re.IGNORECASE,
)
_PART_OF_ALL = re.compile(r"\s*(?:of\b|share\b)|\s*$")
_SHARE_MOVED = re.compile(
    r"\bshare (?:of|in)\b[^;]{0,60}\b(?:spending|budget|outlays|burden|costs|bill)\b[^;]{0,50}$", re.IGNORECASE
)
_THE_REST = re.compile(
    r"\b(?:other|remaining|rest|share of|account(?:s|ed|ing)? for)\s+(?:\w+ ){0,2}$", re.IGNORECASE
)
_A_YEAR = re.compile(r"\b(?:over|in|within) (?:the )?(?:next|coming|past|last)? ?(?:\w+ )?(?:years|decade)\b")


def share_of_gdp(context: Context) -> Claim | None:
    """Defence spending of a party as a share of its GDP."""
    quantity = context.quantity
    if quantity.unit != "percent" or quantity.value is None or quantity.value > 50:
        return None
    if not (GDP.search(context.sentence) or _bare_share(context)) or not (
        _DEFENCE.search(context.wider) or _OF_ALLIANCE.search(context.wider)
    ):
        return None
    if not _DEFENCE.search(context.sentence) and _NOT_DEFENCE.search(context.sentence):
        return None
    if _no_share(context):
        return None
    party = party_of(context)
    known = _shares(party, context) if party else []
    if party is None or not known:
        return None
    figure = nearest(known, quantity.value)
    years = years_of(context)
    if coming(context) or (context.year != NO_YEAR and not any(f" {year}," in figure.label for year in years)):
        reason = f"a plan or a year outside the record; last recorded {plain(round(figure.value, 2))}%"
        return make_claim(context, "spending_share", "not comparable", figure, reason)
    least = rules()["pct_gdp_hedged" if quantity.approximate else "pct_gdp"]
    band = max(least, rules()["pct_gdp_part"] * figure.value)
    verdict = judge(quantity.value, figure.value - band, figure.value + band, quantity.modifier)
    if verdict == "overstated" and after_record(context, party, figure):
        reason = (
            f"the record ends before the year of the text: {plain(round(figure.value, 2))}% ({figure.label})"
        )
        return make_claim(context, "spending_share", "not comparable", figure, reason)
    return make_claim(
        context, "spending_share", verdict, figure,
        f"{quantity.value:g} - {figure.value:.2f} ({figure.label}) = {quantity.value - figure.value:+.2f} points; agrees within {band:.2g}",
    )  # fmt: skip


def _no_share(context: Context) -> bool:
    """Whether a percentage is an aim, the size of a change, or of something else."""
    if share_of_else(context) or _AIMED.match(context.after):
        return True
    if _AIM_OF.search(context.before) or _BY.search(context.before):
        return True
    large = (context.quantity.value or 0) > rules()["bare_share"]
    if context.lead and large and not (_SHARE_SAID.search(context.own) and _AT_WAR.search(context.own)):
        return True
    return bool(_OF_ELSE.match(context.after) or _ON_ELSE.match(context.after))


_AT_WAR = re.compile(r"\b(?:Ukrain|Kyiv|Russia|Moscow)")
"""Whose share may be larger than any ally's."""
_SHARE_SAID = re.compile(r"\b(?:share|proportion|ratio|percentage|figure)\b")
_OF_ALLIANCE = re.compile(r"\b(?:NATO|alliance|allies|[Tt]wo percent|2 percent)\b")
_BY = re.compile(
    r"\bby\s+(?:about |some |nearly |almost |roughly |around |more than |over |another |a further |only |just )*$"
)
_OF_IT = re.compile(
    r"\s*(?:share\b|of (?:it|that|them|this|which|everything|what|all|(?:the |its |NATO[’']s |all )*(?:total|bill|whole|burden|costs?|money|sum|spending|budget|NATO|alliance))\b)|\s*[.,;”\"]|\s*$"
)
_ON_ELSE = re.compile(
    r"\s+(?:of \w+ )?(?:on|for|to) (?!(?:its |their |the |our |his )?(?:own )?(?:defen[cs]e|military|arm|forces|soldiers|security|wars?)\b|this war\b|average|NATO|the alliance)[a-z]"
)
_OF_ELSE = re.compile(
    r"\s+of (?!(?:[\w’']+ )?(?:[\w’']+ )?(?:GDP|gross|output|national|economic|its|their|his|her|the (?:economy|country)|income|our|annual|economy)\b)"
)


def _bare_share(context: Context) -> bool:
    """Whether "spends 2 percent on defence" is a share of GDP though it does not say so."""
    return (
        (context.quantity.value or 99) <= rules()["bare_share"]
        and _SPENDING.search(context.sentence) is not None
        and _SPENDS_BEFORE.search(context.before) is not None
        and _BARE_AFTER.match(context.after) is not None
    )


_SPENDS_BEFORE = re.compile(r"\b(?:spen[dt]s?|spending|pays?|paid|devot\w+)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_BARE_AFTER = re.compile(
    r"\s*(?:on|for|to) (?:its |our |their |the )?(?:own )?(?:defen[cs]e|military|armed forces)|\s*[,.”;]|\s*$"
)


def party_of(context: Context, skip: tuple[str, ...] = ()) -> str | None:
    """Who spends: as `subject` says; "the allies" are those without the patron."""
    quantity = context.quantity
    found = subject(
        context.sentence, quantity.start - context.offset, quantity.end - context.offset, context.home, skip
    )
    if found is None:
        found = _alone(context, skip)
    if found is None and _PATRON_WE.search(context.before) and context.home is None and quantity.unit == "USD":
        return "USA"
    return "XEC" if found in ("ALLIES", "EUR") else found


def _alone(context: Context, skip: tuple[str, ...]) -> str | None:
    """The only party that a passage names, where it is somebody who does something."""
    named = [p for p in parties(context.passage) if p.code not in ("SOME", *skip)]
    if len({p.code for p in named}) != 1 or named[0].code in ("UKR", "NATO", "ALLIES"):
        return None
    if _PRONOUN.search(context.before):
        return None
    return named[0].code if _DOES.match(context.passage, named[-1].end) else None


_DOES = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|will|would|can|could|must|may|might|went|goes|stands|ranks|plans|wants)\b"
)
_PRONOUN = re.compile(r"\b(?:it|they|he|she)\b", re.IGNORECASE)


def after_record(context: Context, party: str, figure: Figure) -> bool:
    """Whether a share of GDP is above the last one on record by no more than it may have risen since."""
    if context.dated or any(context.year in series for series in record_series.shares(party)):
        return False
    return abs((context.quantity.value or 0) - figure.value) <= record_series.largest_step() * (
        2 if context.year == NO_YEAR else 1
    )


def _shares(party: str, context: Context) -> list[Figure]:
    """Shares of a party in the years that a figure may mean, every edition; else the last year recorded before."""
    series = record_series.shares(party)
    exact = [f for year in years_of(context) for f in at_year(series, year, exact=True)]
    return exact or at_year(series[:1], context.year)


def of_alliance(context: Context) -> Claim | None:
    """Share of a party in the alliance's spending."""
    quantity = context.quantity
    share = context.share
    if (
        share is None
        or not _ALLIANCE_SPENDING.search(context.sentence)
        or GDP.search(context.sentence)
        or _COMMON.search(context.sentence)
        or re.search(r"\bby\s+(?:\w+ )?$", context.before)
        or (context.lead and not _OF_IT.match(context.after))
        or not (
            _PART_OF_ALL.match(context.after)
            or _THE_REST.search(context.before)
            or _SHARE_MOVED.search(context.before)
        )
        or (OF_BUDGET.match(context.after) and not re.search(r"NATO|allian|allied", context.after[:50]))
        or planned(context)
    ):
        return None
    party = _part_owner(context)
    if party is None:
        return None
    ways = [w for year in years_of(context) for w in _parts(party, year)]
    if not ways:
        return None
    mine, whole = min(ways, key=lambda w: abs(w[0].value / w[1].value - share))
    actual, band = mine.value / whole.value, rules()["share"]
    verdict = judge(share, actual - band, actual + band, quantity.modifier)
    return make_claim(
        context, "patron_share" if party == "USA" else "alliance_share", verdict, whole,
        f"{plain(mine.value / 1e9)} / {plain(whole.value / 1e9)} bn USD = {actual:.3f} ({mine.label}); stated {share:.3f}; agrees within {band:g}",
    )  # fmt: skip


def _part_owner(context: Context) -> str | None:
    """Whose part of the alliance's spending a figure is."""
    quantity = context.quantity
    party = subject(
        context.sentence,
        quantity.start - context.offset,
        len(context.sentence),
        context.home,
        ("NATO", "ALLIES"),
    )
    if party is None:
        at, stop = quantity.start - context.offset, quantity.end - context.offset
        party = subject(context.sentence, at, stop, context.home, ("NATO", "ALLIES"))
    if party is None and not _PATRON_WE.search(context.sentence):
        return None
    return party or context.home or "USA"


def _parts(party: str, year: int) -> list[tuple[Figure, Figure]]:
    """Spending of a party and of all allies, in each kind of dollars, in a year or the last before that has both."""
    found = []
    mine = record_series.dollars("XEC" if party == "EUR" else party)
    for ours, whole in zip(mine, record_series.dollars("NATO"), strict=False):
        last = max((y for y in ours if y <= year and y in whole), default=None)
        if last is not None:
            found.append((ours[last], whole[last]))
    return found


_TOGETHER = re.compile(r"\b(?:[Tt]ogether|combined|in all|all told|altogether|[Bb]etween them)\b")
_IN_ALL = re.compile(r"\bout of (?:an? )?(?:alliance )?(?:total|whole)?(?: of)? ?(?:about |some |nearly )?$")


def budget(context: Context) -> Claim | None:
    """Dollars or euros that a party spends on defence in a year."""
    quantity = context.quantity
    if (
        quantity.unit not in ("USD", "EUR", "GBP")
        or max(stated_band(quantity)) < 1e8
        or not _SPENDING.search(context.sentence)
        or of_partner(context.sentence)
        or fund_of_else(context)
        or _A_YEAR.search(context.sentence)
        or _EXTRA_AFTER.match(context.after)
        or _WORTH.match(context.after)
        or re.search(r"\b(?:extra|additional|another|more)\s+$", context.before)
        or _PRICE.search(context.before)
        or (quantity.value is None and not _SPENDS.search(context.before[-40:]))
    ):
        return None
    party = "NATO" if _IN_ALL.search(context.before) else party_of(context)
    if party is None or re.search(r"\bby\s+$", context.before):
        return None
    known = [f for year in years_of(context) for f in at_year(record_series.dollars(party), year)]
    if party == "XEC" and _TOGETHER.search(context.sentence):
        known += [f for year in years_of(context) for f in at_year(record_series.dollars("NATO"), year)]
    if not known or is_other(context, min(f.value for f in known)):
        return None
    value = quantity.value or 3 * (quantity.lower or 0)
    if planned(context) or _after_all(context, party):
        reason = "a plan, or a year after the last on record, is no record"
        return make_claim(context, "spending", "not comparable", nearest(known, value), reason)
    if quantity.unit != "USD" and quantity.value is not None:
        return _in_other_money(context, known)
    return relative(context, nearest(known, value), "money", "spending")


def _after_all(context: Context, party: str) -> bool:
    """Whether a sentence names a year after the last on record."""
    newest = max((year for series in record_series.dollars(party) for year in series), default=NO_YEAR)
    return context.dated and newest < context.year < NO_YEAR


def _in_other_money(context: Context, known: list[Figure]) -> Claim:
    """A budget in euros or pounds beside recorded dollars."""
    quantity, band = context.quantity, rules()["money"]
    value = quantity.value or 0.0
    euros = (
        min(f.value for f in known) / rules()["usd_per_eur_high"] * (1 - band),
        max(f.value for f in known) / rules()["usd_per_eur_low"] * (1 + band),
    )
    low, high = in_unit(*euros, quantity.unit)
    figure = nearest(known, value)
    return make_claim(
        context, "spending", judge(value, low, high, quantity.modifier), figure,
        f"{plain(value / 1e9)} bn {quantity.unit} against {plain(figure.value / 1e9)} bn USD{rate_note('USD')}"
        f"{rate_note(quantity.unit)}: band {plain(low / 1e9)} to {plain(high / 1e9)}",
    )  # fmt: skip


def added(context: Context) -> Claim | None:
    """Dollars that Europe and Canada added to their spending since a year."""
    quantity = context.quantity
    if (
        quantity.unit != "USD"
        or max(stated_band(quantity)) < 1e10
        or not (_MORE_MONEY.search(context.sentence) or _EXTRA_AFTER.match(context.after))
        or not (_DEFENCE.search(context.sentence) or _PUT_IN.search(context.before[-60:]))
        or planned(context)
        or _WORTH.match(context.after)
        or of_partner(context.sentence)
    ):
        return None
    party = subject(context.sentence, quantity.start - context.offset, quantity.end - context.offset, None)
    if party not in ("EUR", "XEC", "ALLIES", "NATO", "CAN"):
        return None
    since = re.search(r"\bsince (?:the \w+ (?:of|in) )?(20\d\d)\b", context.sentence, re.IGNORECASE)
    span = re.search(r"\b(?:between|from) (20\d\d) (?:and|to) (20\d\d)\b", context.sentence)
    base = int((since or span or [0, 0])[1]) or None
    until = int(span[2]) if span else context.when.published if since else context.year
    sums = [record.extra_spending(until, base, f"usd_million_{prices}") for prices in ("current", "constant")]
    figures = [extra[3] for extra in sums if extra is not None]
    return among(context, figures, "money", "extra_spending") if figures else None


_OTHER_MOVES = re.compile(
    r"\b(?:economy|economies|growth|prices?|inflation|exports?|imports?|trade|wages|taxes|sales|profits?|revenues?|shares?|unemployment|debt|deficit|population|turnout|polls?|votes?|harvest|rents?)\b"
)
_OF_OTHERS = re.compile(r"\s*of (?!(?:its|their|the) (?:level|size|strength))")


def grown(context: Context) -> Claim | None:
    """How far spending, forces or aid rose or fell, in percent or as a part."""
    quantity = context.quantity
    share = context.share
    if (
        share is None
        or moved_of_else(context)
        or "point" in quantity.unit
        or GDP.match(context.after.lstrip()[3:])
    ):
        return None
    if _OF_OTHERS.match(context.after) or (context.lead and _OTHER_MOVES.search(context.own)):
        return None
    start = quantity.start - context.offset
    found = by_percent(
        context.sentence, context.wider, (start, quantity.end - context.offset), share, quantity.modifier,
        quantity.approximate, context.when.published, context.home,
        context.year if context.within and context.dated else None,
    )  # fmt: skip
    if found is None:
        return None
    return make_claim(context, found.kind, found.verdict, found.figure, found.arithmetic)
