"""Parts of a defence budget: equipment, personnel, infrastructure."""

from __future__ import annotations

import re

from foedus.evidence import record_series
from foedus.evidence.claim_context import Context, judge, make_claim, nearest, planned, years_of
from foedus.evidence.claim_parties import parties
from foedus.evidence.claim_spending import GDP, OF_BUDGET, party_of
from foedus.evidence.record import rules
from foedus.evidence.record_series import at_year
from foedus.evidence.records import Claim

_BUYS = (
    ("equipment_share_pct", re.compile(r"\b(?:(?:major |new )*equipment|weapons|arms|procurement|kit|hardware|new systems)\b")),
    ("personnel_share_pct", re.compile(r"\b(?:personnel|salaries|wages|pensions|pay and pensions|staff)\b")),
    ("infrastructure_share_pct", re.compile(r"\binfrastructure\b")),
)  # fmt: skip
_SHARE_OF = re.compile(
    r"\b(?:share|part|portion|proportion) (?:of|for|spent on|that goes (?:on|to|into)|going (?:on|to|into)) (?:the |its |new |major )*(?:equipment|weapons|arms|procurement|personnel|salaries|pensions|infrastructure)\b[^;,]{0,50}$|\b(?:equipment|weapons|personnel|procurement)(?:[’']s)? (?:share|makes? up|accounts? for|takes?|gets?|swallows?)\b[^;,]{0,50}$"
)
_LED_PART = re.compile(
    r"\s*(?:[.,;:)!?”\"’—–-]|$|(?:and|but|while|against|goes|went)\b|of (?:its|their|the) (?:defen[cs]e|military|budget|spending|total)\b|(?:on|for|in|into|to) (?:equipment|weapons|arms|salaries|personnel|kit|pay|[A-Z]|20\d\d))"
)
_LED = re.compile(r"Part of the defence budget that goes to \w+")


def bought(context: Context) -> Claim | None:
    """Part of a defence budget that goes to equipment, personnel or infrastructure."""
    quantity = context.quantity
    share = context.share
    if share is None:
        return None
    named = _SHARE_OF.search(context.before) or _LED.match(context.sentence[: context.lead])
    if context.lead and (100 * share <= rules()["bare_share"] or not _LED_PART.match(context.after)):
        return None
    if not OF_BUDGET.match(context.after) and (named is None or GDP.search(context.sentence, named.start())):
        return None
    words_of = named.group() if named else context.sentence
    column = next((c for c, words in _BUYS if words.search(words_of)), None)
    if column is None or planned(context):
        return None
    party = party_of(context)
    if party is None or len(parties(context.sentence)) > 3:
        return None
    known = [f for y in years_of(context) for f in at_year(record_series.shares(party, column), y)]
    if not known:
        return None
    figure = nearest(known, 100 * share)
    band = rules()["budget_part"]
    verdict = judge(100 * share, figure.value - band, figure.value + band, quantity.modifier)
    return make_claim(
        context, "budget_part", verdict, figure,
        f"{100 * share:g} - {figure.value:.2f} ({figure.label}) = {100 * share - figure.value:+.2f} points; agrees within {band:g}",
    )  # fmt: skip
