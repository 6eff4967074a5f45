"""Short of leaving: suspension of participation, drawdown of forces under a floor, withheld appropriations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from foedus import atlas
from foedus.errors import InputError
from foedus.law import clocks, engine, parties, rules
from foedus.law.procedure import procedure
from foedus.law.timeline import Timeline, timeline

Day = dt.date | str


def suspend(
    member: str = parties.UNITED_STATES,
    date: Day = "",
    *,
    certify: bool | None = None,
    certified: Day | None = None,
    by: Day | None = None,
    overrides: Mapping[str, float] | None = None,
) -> Timeline:
    """Return the timeline of suspending participation without leaving.

    Inputs:
        member: the member.
        date: the day of the decision.
        certify: whether the certification of the defence act is given; None leaves it open.
        certified: the day on which it is with Congress.
        by: the day by which everything is withdrawn, if the member names one.

    Raises:
        InputError: no member on that day.
    """
    start = clocks.parse_date(date)
    code = parties.check_member(member, start, "member")
    act = code == parties.UNITED_STATES and rules.on("floor.europe.saceur", start).in_force
    day = _after(certified, start, "certified")
    facts = {
        "member": code,
        "member_name": parties.name(code),
        "act": act,
        "certify": True if day else certify,
        "certified": day,
        "by": _after(by, start, "by"),
    }
    machine = engine.bind(procedure("suspend"), facts, start, overrides=overrides)
    return timeline(machine, _suspend_warnings(code, start, act), {"touched": touched(code, start)})


def touched(member: str, date: dt.date) -> list[dict[str, str]]:
    """Return each step of hollowing with the rule that touches it on the day, or none."""
    american = member == parties.UNITED_STATES
    measures = (
        ("staff and planning posts", None),
        ("force commitments and exercises", None),
        ("post of SACEUR", "floor.europe.saceur"),
        ("forces in Europe below the floor", "floor.europe"),
        ("equipment and sites in Europe", "floor.europe.equipment"),
        ("intelligence support to Ukraine", "floor.ukraine.intelligence"),
        ("suspending the treaty itself", "us.1928f.a"),
    )
    found = []
    for measure, rule_id in measures:
        known = rules.on(rule_id, date) if rule_id and american else None
        binding = known is not None and known.in_force
        found.append(
            {
                "measure": measure,
                "rule_id": rule_id if binding and rule_id else "",
                "citation": known.citation if binding and known else "no statute",
                "condition": known.rule.decision if binding and known else "executive discretion",
            }
        )
    return found


def drawdown(
    host: str,
    share: float,
    date: Day,
    *,
    certify: bool | None = None,
    certified: Day | None = None,
    present: float | None = None,
    area: float | None = None,
    overrides: Mapping[str, float] | None = None,
) -> Timeline:
    """Return the timeline of a lasting reduction of US forces in a host country.

    Inputs:
        host: ISO code of the host.
        share: share of the forces there, from 0 to 1.
        date: the day of the order.
        certify, certified: as for `suspend`.
        present: persons in the host country; from the atlas as of the day when not given.
        area: persons in the European Command area; from the atlas when not given.

    Raises:
        InputError: share outside [0, 1], unknown host, no count known by that day.
    """
    if not 0.0 <= share <= 1.0:
        raise InputError(f"share must lie in [0, 1], got {share:g}", field="share")
    start = clocks.parse_date(date)
    code = parties.check_member(host, start, "host")
    if code == parties.UNITED_STATES:
        raise InputError("the host is a country in Europe, not the United States", field="host")
    details = _counts(code, share, start, present, area)
    binding, text, warnings = _binding(
        code, start, details["left_in_host_persons"], details["left_in_area_persons"]
    )
    day = _after(certified, start, "certified")
    facts: dict[str, Any] = {
        "host_name": parties.name(code),
        "present_text": f"{details['present_persons']:,.0f}",
        "removed_text": f"{details['removed_persons']:,.0f}",
        "floor_text": text,
        "binding": binding,
        "certify": True if day else certify,
        "certified": day,
        "waiting_days": int(_number("floor.germany.days", start)),
        "allowance_days": int(_number("floor.europe.days", start)),
    }
    machine = engine.bind(procedure("drawdown"), facts, start, overrides=overrides)
    return timeline(machine, warnings, {**details, "binding_floor": binding})


def _counts(
    host: str, share: float, date: dt.date, present: float | None, area: float | None
) -> dict[str, Any]:
    here, here_note = (present, "given") if present is not None else _present(host, date)
    there, there_note = (area, "given") if area is not None else _area(date)
    removed = round(here * share)
    return {
        "host": host,
        "present_persons": here,
        "present_basis": here_note,
        "removed_persons": removed,
        "left_in_host_persons": here - removed,
        "area_persons": there,
        "area_basis": there_note,
        "left_in_area_persons": there - removed,
    }


def withhold(
    date: Day,
    *,
    expires: Day | None = None,
    out: Sequence[tuple[Day, Day]] = (),
    rescinded: bool | None = None,
    through_expiry: bool = False,
    overrides: Mapping[str, float] | None = None,
) -> Timeline:
    """Return the timeline of withheld appropriations after a special message.

    Inputs:
        date: the day on which Congress receives the message.
        expires: the last day on which the funds can be obligated.
        out: periods in which Congress is out for more than three days; they stop the clock.
        rescinded: whether Congress enacts the rescission; None leaves it open.
        through_expiry: the executive withholds past the expiry (pocket rescission).

    Raises:
        InputError: a day before the act, or an expiry before the message.
    """
    start = clocks.parse_date(date)
    days = int(rules.on("ica.rescission", start).number)
    ends = _session_end(start, days, out)
    last = None if expires is None else clocks.parse_date(expires, "expires")
    if last is not None and last < start:
        raise InputError(f"the funds expired on {last}, before the message of {start}", field="expires")
    facts = {
        "expires": last,
        "expires_first": last is not None and last < ends,
        "through_expiry": through_expiry,
        "rescinded": rescinded,
        "clock_ends": ends,
    }
    machine = engine.bind(procedure("withhold"), facts, start, overrides=overrides)
    warnings = []
    if last is not None and last < ends:
        warnings.append("GAO: funds may not be withheld through expiry (B-330330); the executive disputes it.")
    if through_expiry and (last is None or last >= ends):
        warnings.append(
            "The funds do not expire within the 45 days; withholding through expiry does not arise."
        )
    if not out:
        warnings.append("Counted as if Congress sat throughout; give the recesses to stop the clock.")
    return timeline(machine, warnings, {"clock_ends": ends.isoformat()})


def _session_end(start: dt.date, days: int, out: Sequence[tuple[Day, Day]]) -> dt.date:
    limit = int(rules.on("ica.adjournment", start).number)
    gaps = []
    for first, last in out:
        begin, end = clocks.parse_date(first, "out"), clocks.parse_date(last, "out")
        if end < begin:
            raise InputError(f"the recess ends ({end}) before it begins ({begin})", field="out")
        if (end - begin).days + 1 > limit:
            gaps.append((begin, end))
    day, counted = start, 0
    while counted < days:
        day += dt.timedelta(1)
        counted += not any(begin <= day <= end for begin, end in gaps)
    return day


def _present(host: str, date: dt.date) -> tuple[float, str]:
    frame = atlas.table("us_forces", as_of=date).filter(pl.col("host") == host).sort("observed").tail(1)
    if frame.is_empty() or frame["total_military_persons"].item() is None:
        raise InputError(f"no count of US forces in {parties.name(host)} was known on {date}", field="host")
    return float(frame["total_military_persons"].item()), f"personnel report of {frame['observed'].item()}"


def _area(date: dt.date) -> tuple[float, str]:
    levels = atlas.table("us_posture", as_of=date).filter(
        (pl.col("event_type") == "level")
        & (pl.col("area") == "Europe")
        & (pl.col("event_status") == "observed")
    )
    levels = levels.filter(pl.col("central").is_not_null() & (pl.col("date") <= date)).sort("date").tail(1)
    if not levels.is_empty():
        return float(
            levels["central"].item()
        ), f"public total of {levels['date'].item()}, rotational forces included"
    frame = atlas.table("us_forces", as_of=date).filter(pl.col("host") == "XEU").sort("observed").tail(1)
    if frame.is_empty() or frame["total_military_persons"].item() is None:
        raise InputError(f"no total of US forces in Europe was known on {date}", field="date")
    return float(frame["total_military_persons"].item()), f"personnel report of {frame['observed'].item()}"


def _binding(host: str, date: dt.date, left_host: float, left_area: float) -> tuple[str, str, list[str]]:
    europe, germany = rules.on("floor.europe", date), rules.on("floor.germany", date)
    warnings: list[str] = []
    if host == "DEU" and germany.in_force and left_host < germany.number:
        return "germany", f"{left_host:,.0f} left in Germany, floor {germany.number:,.0f}", warnings
    if europe.in_force:
        warnings.append("The text of s. 1249 was not read; floor, days and certification follow press reports.")
        warnings.append(
            "Public totals for Europe run from 80,000 to 100,000; the answer turns on which one counts."
        )
        if date >= dt.date(2026, 10, 1):
            warnings.append(
                "One report says that s. 1249 binds FY2026 funds only; it may have lapsed with them."
            )
        text = f"{left_area:,.0f} left in Europe, floor {europe.number:,.0f}"
        return ("europe" if left_area < europe.number else "none"), text, warnings
    return "none", "no floor in force", warnings


def _number(rule_id: str, date: dt.date) -> float:
    known = rules.on(rule_id, date)
    return known.number if known.in_force else 0.0


def _after(value: Day | None, start: dt.date, field: str) -> dt.date | None:
    if value is None:
        return None
    day = clocks.parse_date(value, field)
    if day < start:
        raise InputError(f"{day} is before {start}", field=field)
    return day


def _suspend_warnings(code: str, start: dt.date, act: bool) -> list[str]:
    found = ["The member stays a party: Articles 3, 4, 5 and 11 bind it, and nobody can expel it."]
    if code != parties.UNITED_STATES:
        return [*found, f"The constitution of {parties.name(code)} is not covered."]
    if rules.on("us.1928f.a", start).in_force:
        found.append(
            "22 U.S.C. 1928f covers suspending the treaty; whether hollowing can amount to it is not settled."
        )
    if act:
        found.append("The text of FY2026 NDAA s. 1249 was not read; it is stated as press reports quote it.")
    return found
