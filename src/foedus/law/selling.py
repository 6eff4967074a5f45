"""Arms sales: thresholds, review, emergency, disapproval, by the law of the day of notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from foedus import atlas
from foedus.errors import InputError, did_you_mean
from foedus.law import clocks, engine, money, parties, rules
from foedus.law.procedure import procedure
from foedus.law.timeline import Timeline, timeline

KINDS = {
    "mde": "major defense equipment",
    "defense-articles": "defense articles or services",
    "construction": "design and construction services",
    "firearms": "firearms of USML category I",
}
CHANNELS = {
    "fms": ("mde", "defense-articles", "construction"),
    "dcs": ("mde", "defense-articles", "firearms"),
    "taa": ("defense-articles",),
    "lease": ("mde", "defense-articles"),
}


def sale(
    buyer: str,
    value: str | float,
    kind: str,
    notified: dt.date | str | None = None,
    *,
    channel: str = "fms",
    emergency: bool = False,
    submitted: dt.date | str | None = None,
    recess: tuple[dt.date | str, dt.date | str] | None = None,
    disapproval: bool | None = None,
    veto: bool | None = None,
    override: bool | None = None,
    hold: bool | None = None,
    overrides: Mapping[str, float] | None = None,
) -> Timeline:
    """Return the timeline of an arms sale.

    Inputs:
        buyer: ISO code or name.
        value: US dollars, as a number or as ``106.5M``.
        kind: ``mde``, ``defense-articles``, ``construction`` or ``firearms``.
        notified: the day of the formal notice. Left out, it follows from `submitted` and the informal review.
        channel: ``fms``, ``dcs``, ``taa`` or ``lease``.
        emergency: the Secretary of State determines an emergency.
        submitted: the day of submission to the committees.
        recess: first and last day of a recess within the review; the clock runs on, the days to vote are fewer.
        disapproval, veto, override, hold: answers; None leaves a branch open.

    Raises:
        InputError: unknown buyer, kind or channel, a bad sum or date, a day before the statute.
    """
    start, days = _days(notified, submitted)
    facts = _facts(
        parties.resolve(buyer, "buyer"), money.parse_usd(value), _known(kind, channel), channel, start
    )
    facts |= {
        **days,
        "notified_given": days["notified"],
        "emergency": emergency,
        "disapproval": disapproval,
        "veto": veto,
        "override": override,
        "hold": hold,
    }
    machine = engine.bind(procedure("sale"), facts, start, overrides=overrides)
    recorded = record(facts["buyer"], start) if emergency else []
    return timeline(machine, _warnings(facts, recorded, recess), _details(facts, recorded))


def _days(
    notified: dt.date | str | None, submitted: dt.date | str | None
) -> tuple[dt.date, dict[str, dt.date | None]]:
    days = {
        "notified": None if notified is None else clocks.parse_date(notified, "notified"),
        "submitted": None if submitted is None else clocks.parse_date(submitted, "submitted"),
    }
    given = [day for day in days.values() if day is not None]
    if not given:
        raise InputError("give the day of the formal notice (notified) or of submission", field="notified")
    if days["notified"] and days["submitted"] and days["submitted"] > days["notified"]:
        raise InputError("the committees see a case on or before the formal notice", field="submitted")
    return min(given), days


def _details(facts: Mapping[str, Any], recorded: list[str]) -> dict[str, Any]:
    return {
        "buyer": facts["buyer"],
        "buyer_class": facts["buyer_class"],
        "value_usd": facts["value_usd"],
        "threshold_usd": facts["threshold_usd"],
        "formal_notification": facts["formal"],
        "review_days": 0 if facts["emergency"] or not facts["formal"] else facts["review_days"],
        "determinations_recorded": recorded,
    }


def record(buyer: str, date: dt.date) -> list[str]:
    """Return the emergency determinations in the atlas for a buyer on a day."""
    found = []
    for row in atlas.table("emergency_determinations").to_dicts():
        if buyer not in row["buyers"].split(";"):
            continue
        if _same_day(row["date"], row["date_precision"], date):
            found.append(row["determination"] + (" (disputed)" if row["disputed"] else ""))
    return found


def _same_day(recorded: dt.date, precision: str, date: dt.date) -> bool:
    if precision.startswith("month"):
        return (recorded.year, recorded.month) == (date.year, date.month)
    return recorded == date


def _known(kind: str, channel: str) -> str:
    if channel not in CHANNELS:
        raise InputError(f"{channel!r} is no channel{did_you_mean(channel, list(CHANNELS))}", field="channel")
    if kind not in KINDS:
        raise InputError(f"{kind!r} is no kind of sale{did_you_mean(kind, list(KINDS))}", field="kind")
    if kind not in CHANNELS[channel]:
        raise InputError(
            f"{kind} is not sold by {channel}; known: {', '.join(CHANNELS[channel])}", field="kind"
        )
    return kind


def _facts(buyer: str, value: float, kind: str, channel: str, date: dt.date) -> dict[str, Any]:
    if buyer == parties.UNITED_STATES:
        raise InputError("the United States does not sell to itself", field="buyer")
    rules.on("aeca.review.other", date)
    group = parties.buyer_class(buyer, date)
    review_rule = f"aeca.{'lease' if channel == 'lease' else 'review'}.{group}"
    threshold_rule = _threshold_rule(kind, channel, group, date)
    threshold = rules.on(threshold_rule, date).number if threshold_rule else None
    instrument = rules.on("aeca.disapproval", date)
    return {
        "buyer": buyer,
        "buyer_name": parties.name(buyer),
        "buyer_class": group,
        "value_usd": value,
        "value_text": money.say_usd(value),
        "kind": kind,
        "kind_text": KINDS[kind],
        "channel": channel,
        "threshold_usd": threshold,
        "threshold_text": "any value" if threshold is None else money.say_usd(threshold),
        "formal": threshold is None or value >= threshold,
        "threshold_rule": threshold_rule or review_rule,
        "review_rule": review_rule,
        "review_days": int(rules.on(review_rule, date).number),
        "tiered": rules.on("aeca.tiered", date).in_force,
        "instrument": instrument.value or "none",
    }


def _threshold_rule(kind: str, channel: str, group: str, date: dt.date) -> str | None:
    if channel in ("taa", "lease"):
        return None
    rule_id = f"aeca.{channel}.{kind}.{'all' if kind == 'firearms' else group}"
    if rules.on(rule_id, date).in_force:
        return rule_id
    return f"aeca.{channel}.defense-articles.{group}"


def _warnings(
    facts: Mapping[str, Any], recorded: list[str], recess: tuple[dt.date | str, dt.date | str] | None
) -> tuple[str, ...]:
    found = []
    if not facts["formal"]:
        found.append(
            "Below the threshold: no formal notification is due; quarterly reports still list the case."
        )
        if facts["emergency"]:
            found.append("No emergency determination is needed below the threshold.")
    elif facts["emergency"]:
        found.append(
            "Congressional review is bypassed; a detailed justification of the emergency is due to Congress."
        )
        if recorded:
            found.append(f"The atlas records this determination: {', '.join(recorded)}.")
        else:
            found.append("The atlas records no emergency determination for this buyer on this day.")
    elif recess is not None:
        found.append(_recess(facts, recess))
    change = _joins_during_review(facts)
    if change:
        found.append(change)
    if facts["disapproval"] and facts["formal"] and not facts["emergency"]:
        found.append("Both chambers are taken to pass the resolution on the last day of the review.")
    if facts["formal"] and not facts["emergency"]:
        found.append("Congress can still stop a sale by law at any time up to delivery.")
    return tuple(found)


def _joins_during_review(facts: Mapping[str, Any]) -> str | None:
    start = facts["notified"] or facts["submitted"]
    joined = parties.accessions().get(facts["buyer"])
    if (
        facts["buyer_class"] == "other"
        and joined
        and start < joined <= start + dt.timedelta(facts["review_days"])
    ):
        return (
            f"{facts['buyer_name']} became a member on {joined}, during the review; "
            "the class is that of the day of notice, so the longer period stands."
        )
    return None


def _recess(facts: Mapping[str, Any], recess: tuple[dt.date | str, dt.date | str]) -> str:
    first, last = clocks.parse_date(recess[0], "recess"), clocks.parse_date(recess[1], "recess")
    if last < first:
        raise InputError(f"the recess ends ({last}) before it begins ({first})", field="recess")
    start = facts["notified"] or facts["submitted"]
    days = [start + dt.timedelta(i) for i in range(1, facts["review_days"] + 1)]
    sitting = sum(not first <= day <= last for day in days)
    return (
        f"The {facts['review_days']} calendar days run through the recess of {first} to {last}; "
        f"{sitting} of them are left for a vote."
    )
