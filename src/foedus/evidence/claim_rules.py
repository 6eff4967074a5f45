"""Stated figures beside the atlas: the rules, one for each kind of figure that it holds, in the order in which they are asked."""

from __future__ import annotations

import re
from collections.abc import Callable

from foedus.evidence import record, record_series
from foedus.evidence.actors import states
from foedus.evidence.claim_aid import aid_of_gdp, aided, of_all_aid, promised
from foedus.evidence.claim_budget import bought
from foedus.evidence.claim_context import (
    NO_YEAR,
    Context,
    is_other,
    make_claim,
    nearest,
    plain,
    planned,
    relative,
)
from foedus.evidence.claim_else import no_sale, of_people, one_service
from foedus.evidence.claim_forces import hosted, of_europe
from foedus.evidence.claim_heads import per_head
from foedus.evidence.claim_members import counted, share_meeting
from foedus.evidence.claim_parties import parties, subject
from foedus.evidence.claim_parts import kind_of_aid
from foedus.evidence.claim_spending import added, budget, grown, of_alliance, share_of_gdp
from foedus.evidence.record import Figure, rules
from foedus.evidence.records import Claim

_SALE = re.compile(
    r"\b(?:sale|sell|sold|approved?|package|worth|deal|cleared|waiver|emergency)\b", re.IGNORECASE
)
_TRADE = re.compile(
    r"\btrade (?:deficit|surplus|gap|imbalance)|\bdeficit (?:in trade )?with\b|\b(?:lose|losing|lost|loses)\b[^;]{0,60}\b(?:trade|with)\b|\btrade in goods\b",
    re.IGNORECASE,
)
_SURPLUS = re.compile(r"\bsurplus\b", re.IGNORECASE)
_OWN_FORCES = re.compile(
    r"\b(?:armed forces|Bundeswehr|active[- ]duty|under arms|in uniform|military personnel)\b", re.IGNORECASE
)
_ARMY = re.compile(
    r"\b(?:army|armies|soldiers|servicem[ae]n|service members|troops|forces|standing force|military)\b"
)
_OTHER_STRENGTH = re.compile(
    r"\b(?:war[- ]?time|reserv\w+|mobili[sz]\w+|conscripts?|paramilitar\w+|gendarmes?|Home Guard|territorial)\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:killed|wounded|lost|casualties|sent|send|deploy\w*|dispatch\w*|brigades?|battalions?|divisions?|battlegroups?|abroad|exercises?|stationed|Ukrain\w+|recruits?|shortfall|gap|missing|additional|extra|more soldiers|contribut\w+|mission|border|trained|in (?:Germany|Lithuania|Mali|Iraq|Afghanistan|Kosovo|Europe))\b",
    re.IGNORECASE,
)


def _sale(context: Context) -> Claim | None:
    quantity = context.quantity
    if (
        quantity.unit != "USD"
        or quantity.value is None
        or not _SALE.search(context.wider)
        or no_sale(context)
        or context.year == NO_YEAR
    ):
        return None
    buyers = [c for c in context.places if c not in ("USA", "NATO", "EU")] or [
        c for _, _, c in states(context.wider) if c not in ("USA", "NATO", "EU")
    ]
    options = [f for buyer in dict.fromkeys(buyers) for f in record.sales(buyer, context.date)]
    if not options:
        return None
    figure = nearest(options, quantity.value)
    if abs(figure.value - quantity.value) > 0.5 * figure.value:
        named = [f for f in options if _same_thing(f.label, context.sentence)]
        if not named or not _CLEARED.search(context.sentence):
            return None
        figure = nearest(named, quantity.value)
    return relative(context, figure, "value", "arms_sale")


_CLEARED = re.compile(r"\b(?:sale|sell|sold|cleared?|approved?|notified)\b")
_THING = re.compile(r"\b(?=[\w-]*(?:\d|[A-Z]))(?!(?:United|States|State|Department|Congress)\b)[A-Z][\w-]{2,}")


def _same_thing(label: str, sentence: str) -> bool:
    """Whether a recorded sale and a sentence name the same article ("PAC-3", "Patriot")."""
    return bool(set(_THING.findall(label)) & set(_THING.findall(sentence)))


def _trade(context: Context) -> Claim | None:
    """The patron's deficit in goods with one ally in a year."""
    quantity = context.quantity
    if quantity.unit != "USD" or quantity.value is None or not _TRADE.search(context.sentence):
        return None
    named = {p.code for p in parties(context.sentence)} - {"USA", "NATO", "ALLIES"}
    if len(named) != 1 or planned(context):
        return None
    years = (context.year,) if context.dated else (context.year, context.year - 1)
    known = [f for year in years if (f := record_series.trade(next(iter(named)), year)) is not None]
    if not known:
        return None
    sign = 1 if _SURPLUS.search(context.sentence) else -1
    flipped = [_signed(f, sign) for f in known]
    figure = nearest(flipped, quantity.value)
    if figure.value <= 0:
        reason = f"the record has the opposite sign: {-figure.value / 1e9:,.1f} bn USD ({figure.label})"
        return make_claim(context, "trade", "contradicted", figure, reason)
    return relative(context, figure, "money", "trade", f" ({figure.label})")


def _signed(figure: Figure, sign: int) -> Figure:
    return Figure(
        sign * figure.value,
        figure.unit,
        figure.table,
        figure.edition,
        figure.as_of,
        figure.source,
        figure.label,
    )


def _own_forces(context: Context) -> Claim | None:
    """Military personnel of an ally."""
    quantity = context.quantity
    if quantity.unit != "person" or quantity.value is None or quantity.value < 1000:
        return None
    if of_people(context) or quantity.value > _MOST_ARMED:
        return None
    plainly = _OWN_FORCES.search(context.own) is not None
    named = _ARMY.search(context.sentence) or context.lead
    if not plainly and (not named or _NOT_ALL.search(context.own)):
        return None
    if re.match(
        r"\s*(?:of (?:them|these|those)|more|fewer|less|extra|additional)\b",
        context.sentence[quantity.end - context.offset :],
    ):
        return None
    stop = quantity.end - context.offset
    one = subject(
        context.sentence, stop - len(quantity.text), stop, context.home, ("NATO", "ALLIES", "EUR", "UKR")
    )
    ours = [one] if one in record.allies(NO_YEAR) else []
    years = (context.year,) if context.dated else (context.year, context.year - 1)
    series = record_series.personnel(ours[0]) if ours and ours[0] != "USA" else ()
    known = [f for y in years for f in record_series.at_year(series, y)]
    if not known or re.search(r"\b(?:killed|wounded|lost|casualties|in Germany)\b", context.sentence):
        return None
    figure = nearest(known, quantity.value)
    if quantity.value < figure.value and one_service(context):
        return None
    clause = context.sentence[max(0, quantity.start - context.offset - 60) : quantity.end - context.offset + 40]
    if planned(context) or _OTHER_STRENGTH.search(clause):
        reason = f"a plan, or a strength with reserves, is not the number serving: {plain(figure.value)} ({figure.label})"
        return make_claim(context, "personnel", "not comparable", figure, reason)
    most = rules()["own_forces_most"] * figure.value
    if is_other(context, figure.value) or (not plainly and quantity.value > most):
        return None
    return relative(context, figure, "us_forces", "personnel")


_MOST_ARMED = 1e7
"""No armed forces are larger."""
_Rule = Callable[[Context], Claim | None]
_PARTS: tuple[_Rule, ...] = (of_europe, bought, kind_of_aid, of_all_aid, of_alliance, share_meeting, grown)
RULES: dict[str, tuple[_Rule, ...]] = {
    "money": (per_head, _trade, _sale, aided, added, budget, promised),
    "percentage": (of_europe, bought, aid_of_gdp, share_of_gdp, kind_of_aid, of_all_aid, of_alliance, grown),
    "fraction": _PARTS,
    "count": (hosted, counted, _own_forces),
    "duration": (),
}
"""Rules by kind of quantity."""
_GROWN = (grown,)
BY_TOPIC: dict[str, dict[str, tuple[_Rule, ...]]] = {
    "share": {"percentage": (share_of_gdp, grown), "fraction": _GROWN},
    "spending": {"percentage": (share_of_gdp, bought, grown), "fraction": (bought, grown), "money": (added, budget)},
    "alliance": {"percentage": (of_alliance,), "fraction": (of_alliance,)},
    "aid_gdp": {"percentage": (aid_of_gdp,)},
    "aid": {"percentage": (kind_of_aid, of_all_aid, grown), "fraction": (kind_of_aid, of_all_aid, grown), "money": (aided, promised)},
    "forces": {"count": (hosted,), "percentage": (of_europe, grown), "fraction": (of_europe, grown)},
    "personnel": {"count": (_own_forces,), "percentage": _GROWN, "fraction": _GROWN},
    **{f"bought_{goods}": {"percentage": (bought,), "fraction": (bought,)} for goods in ("equipment", "personnel", "infrastructure")},
    "guideline": {"count": (counted,), "fraction": (share_meeting,)},
}  # fmt: skip
"""Rules that are asked again of a figure whose topic stands in the sentences before it, by topic and kind of quantity."""
