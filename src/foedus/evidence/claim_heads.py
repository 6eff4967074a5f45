"""Spending and aid per inhabitant, worked out from the totals and the population on record."""

from __future__ import annotations

from dataclasses import replace

from foedus.evidence.claim_context import Context, judge, make_claim, of_partner, plain, planned, rate_note
from foedus.evidence.claim_context import in_unit as in_money
from foedus.evidence.claim_measures import PER_HEAD, measure_of
from foedus.evidence.claim_parties import subject
from foedus.evidence.record import rules
from foedus.evidence.record_series import at_year
from foedus.evidence.records import Claim


def per_head(context: Context) -> Claim | None:
    """Money that a party spends on defence, or has given to the partner, per inhabitant."""
    quantity = context.quantity
    if quantity.kind != "money" or quantity.value is None or PER_HEAD.match(context.after.lstrip()) is None:
        return None
    measure = measure_of(context.sentence, context.wider)
    if measure is None or not measure.name.endswith("_per_head") or planned(context):
        return None
    at = quantity.start - context.offset
    skip = ("UKR",) if of_partner(context.sentence) else ()
    party = subject(context.sentence, at, quantity.end - context.offset, context.home, skip)
    known = at_year(measure.series(party), context.year) if party else []
    if not known:
        return None
    figure = min(known, key=lambda f: abs(f.value - (quantity.value or 0)))
    share = rules()["money"]
    low, high = figure.value * (1 - share), figure.value * (1 + share)
    if figure.unit.startswith("EUR"):
        low, high = in_money(low, high, quantity.unit)
    elif quantity.unit != "USD":
        low, high = in_money(
            low / rules()["usd_per_eur_high"], high / rules()["usd_per_eur_low"], quantity.unit
        )
    arithmetic = (
        f"{plain(quantity.value)} {quantity.unit} against {plain(round(figure.value, 1))} {figure.unit} ({figure.label}); "
        f"band {plain(round(low))} to {plain(round(high))}{rate_note(quantity.unit)}"
    )
    verdict = judge(quantity.value, low, high, quantity.modifier)
    return make_claim(context, measure.name, verdict, replace(figure, value=round(figure.value, 1)), arithmetic)
