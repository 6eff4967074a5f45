"""Leaving the alliance: any member's year of notice; statute and courts for the United States."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from foedus.errors import InputError, did_you_mean
from foedus.law import clocks, engine, parties, rules, sampling
from foedus.law.procedure import procedure
from foedus.law.timeline import Timeline, distribution, timeline

CONGRESS = ("none", "two-thirds", "act")
SUIT_FACTS = ("standing", "justiciable", "injunction", "merits", "reversed")


def leave(
    member: str = parties.UNITED_STATES,
    notice: dt.date | str = "",
    congress: str | None = None,
    ignore_statute: bool | None = None,
    suit: bool | None = None,
    *,
    notified: dt.date | str | None = None,
    overrides: Mapping[str, float] | None = None,
    **courts: bool | None,
) -> Timeline:
    """Return the timeline of a member's exit.

    Inputs:
        member: ISO code.
        notice: the day on which its government acts. On the lawful US path this is the notification to
            Congress, and the treaty notice follows when the 180 days are over, unless `notified` is earlier.
        congress: ``none``, ``two-thirds``, ``act``; None leaves it open.
        ignore_statute: notice without consent; None leaves it open.
        suit: somebody sues; None leaves it open.
        notified: the day on which Congress was notified.
        overrides: branch probabilities in place of the register's.
        courts: `standing`, `justiciable`, `injunction`, `merits` (lost by the President), `reversed`.

    Example:
        >>> leave("USA", "2025-03-01", ignore_statute=True, suit=False).effective.p50
        datetime.date(2026, 3, 1)

    Raises:
        InputError: unknown member, impossible date, unknown answer, a day before the treaty.
    """
    machine = bind(
        member, notice, congress, ignore_statute, suit, notified=notified, overrides=overrides, **courts
    )
    return timeline(machine, _warnings(machine), {"member": machine.facts["member"]})


def effect_distribution(
    member: str = parties.UNITED_STATES,
    notice: dt.date | str = "",
    congress: str | None = None,
    ignore_statute: bool | None = None,
    suit: bool | None = None,
    **more: Any,
) -> tuple[tuple[dt.date, ...], tuple[float, ...]]:
    """Return dates of effect and their probabilities by exact enumeration; what is missing to one is no effect.

    The arguments are those of `leave`.
    """
    dates = distribution(bind(member, notice, congress, ignore_statute, suit, **more))
    return tuple(dates), tuple(dates.values())


def sample_withdrawals(
    n: int,
    seed: int | np.random.Generator,
    member: str = parties.UNITED_STATES,
    notice: dt.date | str = "",
    **more: Any,
) -> npt.NDArray[np.float64]:
    """Return sampled days from notice to effect, shape (n,); infinite where the exit never takes effect.

    Inputs:
        n: how many procedures.
        seed: the root of the named streams, or a generator from which it is drawn.
        member, notice, more: as for `leave`.

    Raises:
        InputError: n is negative; or as for `leave`.
    """
    if n < 0:
        raise InputError(f"the number of procedures cannot be negative, got {n}", field="n")
    machine = bind(member, notice, **more)
    root = int(seed.integers(2**63)) if isinstance(seed, np.random.Generator) else int(seed)
    days = sampling.sample(machine, n, root).effect_days()
    waited = (days - np.int32(clocks.to_days(machine.start))).astype(np.float64)
    waited[days == sampling.NEVER] = np.inf
    return waited


def bind(
    member: str,
    notice: dt.date | str,
    congress: str | None = None,
    ignore_statute: bool | None = None,
    suit: bool | None = None,
    *,
    notified: dt.date | str | None = None,
    overrides: Mapping[str, float] | None = None,
    **courts: bool | None,
) -> engine.Machine:
    """Return the exit procedure with its facts filled in; the arguments are those of `leave`."""
    start = clocks.parse_date(notice, "notice")
    code = parties.check_member(member, start, "member")
    congress = None if congress is None else congress.replace("_", "-")
    if congress is not None and congress not in CONGRESS:
        raise InputError(
            f"{congress!r} is no answer of Congress{did_you_mean(congress, CONGRESS)}", field="congress"
        )
    for name in courts:
        if name not in SUIT_FACTS:
            raise InputError(f"unknown fact {name!r}{did_you_mean(name, SUIT_FACTS)}", field=name)
    facts = _facts(code, start, start if notified is None else clocks.parse_date(notified, "notified"))
    facts |= {"congress": congress, "ignore_statute": ignore_statute, "suit": suit}
    facts |= {name: courts.get(name) for name in SUIT_FACTS}
    return engine.bind(procedure("leave"), facts, start, overrides=overrides)


def _facts(code: str, start: dt.date, told: dt.date) -> dict[str, Any]:
    statute = code == parties.UNITED_STATES and rules.on("us.1928f.a", start).in_force
    if told > start:
        raise InputError("Congress is notified on or before the day of notice", field="notified")
    opens = clocks.add(parties.TREATY_IN_FORCE, int(rules.on("nat.13.opens", start).number), "year")
    facts: dict[str, Any] = {
        "member": code,
        "member_name": parties.name(code),
        "patron": code == parties.UNITED_STATES,
        "statute": statute,
        "notice": start,
        "notified": told,
        "article13_open": start >= opens,
        "article13_opens": opens,
    }
    if statute:
        wait = rules.on("us.1928f.c2", start)
        facts["consent_by"] = max(start, clocks.add(told, int(wait.number), wait.rule.unit))
    return facts


def _warnings(machine: engine.Machine) -> tuple[str, ...]:
    facts = machine.facts
    found = []
    if not facts["patron"]:
        found.append(
            f"The constitution of {facts['member_name']} is not covered; only the treaty's own clock is."
        )
    if not facts["article13_open"]:
        found.append(
            f"Before {facts['article13_opens']} the treaty let nobody leave by notice; the timeline waits."
        )
    if facts["patron"] and not facts["statute"]:
        found.append(
            "22 U.S.C. 1928f was not in force on that day (enacted 22 December 2023); only practice ruled."
        )
    if facts["statute"]:
        found.extend(_statute_warnings(facts))
    if (facts["notice"].month, facts["notice"].day) == (2, 29):
        found.append("A year from 29 February is counted to 28 February; the treaty has no rule of its own.")
    return tuple(found)


def _statute_warnings(facts: Mapping[str, Any]) -> list[str]:
    found = [
        "Whether 22 U.S.C. 1928f binds the President is disputed (OLC 2020 against, no court has decided)."
    ]
    if facts["ignore_statute"] is False and facts["congress"] == "none":
        found.append("No lawful way out without consent: the statute forbids the notice and its funding.")
    if facts["ignore_statute"] and facts["congress"] in ("two-thirds", "act"):
        found.append(
            "Congress's consent has no effect on a notice that sets the statute aside; both were given."
        )
    if facts["congress"] in ("two-thirds", "act"):
        found.append("Congress is taken to consent on the last day that costs no delay.")
    if facts["ignore_statute"] is not True:
        found.append(
            "The treaty notice follows 180 days after Congress was notified; one year runs from that notice."
        )
    return found
