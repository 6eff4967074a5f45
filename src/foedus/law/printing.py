"""What the commands of the law room print: tables for people, JSON for programs."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from foedus.errors import InputError, did_you_mean
from foedus.law import cases, ledger, money, parties, picture, register, rules
from foedus.law.clocks import parse_date
from foedus.law.procedure import Procedure, procedures
from foedus.law.timeline import Timeline

DISCLAIMER = "An analysis aid and no legal advice."
TRACK_WIDTH = 40


def console() -> Console:
    """Return the console, plain where the output is no terminal."""
    return Console(highlight=False, soft_wrap=False)


def print_json(value: Any) -> None:
    """Print plain values as JSON."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str))  # noqa: T201


def print_timeline(timeline: Timeline, svg: Path | None, as_json: bool) -> None:
    """Print a timeline and its picture; write the picture as SVG where asked."""
    if svg is not None:
        picture.write_svg(timeline, svg)
    if as_json:
        print_json(timeline.to_json())
        return
    out = console()
    out.print(f"[bold]{escape(timeline.title)}[/bold]  (law of {timeline.as_of})")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Date", no_wrap=True)
    table.add_column("Actor: step", ratio=5)
    table.add_column("Rule and citation", ratio=3)
    table.add_column("Chance", justify="right", no_wrap=True)
    for number, step in enumerate(timeline.steps, start=1):
        when = str(step.date) if step.earliest == step.latest else f"{step.date}*"
        rule = f"{step.rule_id}: [dim]{escape(step.citation or '')}[/dim]" if step.rule_id else ""
        said = f"[bold]{escape(step.actor)}[/bold]: {escape(step.step)}"
        table.add_row(str(number), when, said, rule, picture.percent(step.probability))
    out.print(table)
    if any(step.earliest != step.latest for step in timeline.steps):
        out.print("* median; the bar below runs from the earliest to the latest day")
    out.print(f"    {picture.axis(timeline, TRACK_WIDTH)}")
    for number, line in enumerate(picture.track(timeline, TRACK_WIDTH), start=1):
        out.print(f"{number:>3} {line}")
    _print_effect(out, timeline)
    for warning in timeline.warnings:
        out.print(f"[yellow]•[/yellow] {escape(warning)}")
    if svg is not None:
        out.print(f"Picture written to {svg}")
    out.print(f"[dim]{DISCLAIMER}[/dim]")


def _print_effect(out: Console, timeline: Timeline) -> None:
    effect = timeline.effective
    if effect.earliest is None:
        out.print(f"[bold]{escape(timeline.effect)}: does not happen on this path.[/bold]")
    elif timeline.exact:
        days = (effect.earliest - timeline.start).days
        out.print(
            f"[bold]{escape(timeline.effect)}: {effect.earliest}[/bold] ({days} days after {timeline.start})"
        )
    else:
        marks = ", ".join(
            f"{name} {day if day else 'never'}"
            for name, day in (("5%", effect.p05), ("50%", effect.p50), ("95%", effect.p95))
        )
        horizon = ", ".join(
            f"{key} {picture.percent(value)}" for key, value in effect.probability_by_horizon.items()
        )
        out.print(
            f"[bold]{escape(timeline.effect)}: probability {picture.percent(effect.probability_ever)}, "
            f"earliest {effect.earliest}[/bold]; {marks}"
        )
        out.print(f"Probability within: {horizon}")


def print_list(as_json: bool) -> None:
    """Print the procedures and the instruments."""
    found = [
        {"procedure": p.id, "title": p.title, "question": p.question, "rules": len(p.rule_ids)}
        for p in procedures().values()
    ]
    instruments: dict[str, dict[str, Any]] = {}
    for entry in rules.rules().values():
        known = instruments.setdefault(entry.instrument, {"rules": [], "from": entry.values[0].start})
        known["rules"].append(entry.id)
        known["from"] = min(known["from"], entry.values[0].start)
    if as_json:
        print_json({"procedures": found, "instruments": instruments})
        return
    out = console()
    table = Table(
        "Procedure", "Answers", "Rules", title="Procedures (foedus law show PROCEDURE)", title_justify="left"
    )
    for row in found:
        table.add_row(str(row["procedure"]), escape(str(row["question"])), str(row["rules"]))
    out.print(table)
    table = Table(
        "Instrument", "Covered from", "Rules", title="Instruments", title_justify="left", box=SIMPLE_HEAD
    )
    for name, known in instruments.items():
        table.add_row(escape(name), str(known["from"]), ", ".join(known["rules"]))
    out.print(table)
    out.print(f"[dim]{DISCLAIMER}[/dim]")


def print_show(name: str, on: str | None, as_json: bool) -> None:
    """Print a procedure or a rule as of a day."""
    day = parse_date(on, "on") if on else dt.date.max
    if name in rules.rules():
        _print_rules([name], day, on, as_json, name)
        return
    known = procedures()
    if name not in known:
        raise InputError(
            f"there is no procedure or rule {name!r}{did_you_mean(name, [*known, *rules.rules()])}",
            field="name",
        )
    entry = known[name]
    _covered(list(entry.rule_ids), day, name)
    if not as_json:
        _print_states(entry)
    _print_rules(list(entry.rule_ids), day, on, as_json, name)


def _print_states(entry: Procedure) -> None:
    out = console()
    out.print(f"[bold]{escape(entry.title)}[/bold]: {escape(entry.question)}")
    table = Table("State", "Actor", "Step", "Then", box=SIMPLE_HEAD)
    for state_id in entry.order:
        state = entry.states[state_id]
        if state.end:
            then = {"effect": "takes effect", "blocked": "stopped", "none": "ends without effect"}[state.end]
        elif state.decide:
            then = f"{state.decide.yes.go} with {state.decide.chance}, else {state.decide.no.go}"
        else:
            then = ", ".join(arc.go for arc in state.then)
        table.add_row(state_id, escape(state.actor), escape(state.step), then)
    out.print(table)
    out.print("[bold]Does not cover[/bold]")
    for line in entry.does_not_cover:
        out.print(f"• {escape(line)}")


def _print_rules(names: list[str], day: dt.date, on: str | None, as_json: bool, what: str) -> None:
    covered = _covered(names, day, what)
    rows = [_rule_row(name, day) for name in covered]
    left_out = [name for name in names if name not in covered]
    if as_json:
        print_json({"name": what, "on": on, "rules": rows, "not_covered_on_that_day": left_out})
        return
    out = console()
    title = f"Rules as of {on}" if on else "Rules, newest version"
    table = Table(
        "Rule", "Citation", "Value", "Since", "Status", title=title, title_justify="left", box=SIMPLE_HEAD
    )
    table.columns[0].overflow = "fold"
    for row in rows:
        table.add_row(row["rule_id"], escape(row["citation"]), _value(row), row["since"], row["status"])
    out.print(table)
    if left_out:
        out.print(f"Not covered on that day: {', '.join(left_out)}")
    if len(rows) == 1:
        out.print(escape(f"{rows[0]['effect']}\nReference: {rows[0]['reference']}"))
    out.print(f"[dim]{DISCLAIMER}[/dim]")


def _rule_row(name: str, day: dt.date) -> dict[str, Any]:
    known = rules.on(name, day)
    rule = known.rule
    return {
        "rule_id": name,
        "citation": known.citation,
        "label": rule.label,
        "value": list(known.value) if isinstance(known.value, tuple) else known.value,
        "unit": rule.unit,
        "in_force": known.in_force,
        "since": known.start.isoformat(),
        "until": known.until.isoformat() if known.until else None,
        "decision": rule.decision,
        "effect": rule.effect,
        "reference": known.reference,
        "reading": rule.reading,
        "status": rule.status,
        "note": known.note,
    }


def _covered(names: list[str], day: dt.date, what: str) -> list[str]:
    starts = {name: rules.rule(name).values[0].start for name in names}
    if day < min(starts.values()):
        raise InputError(
            f"no rule of {what!r} covers {day}; the first begins on {min(starts.values())}", field="on"
        )
    return [name for name, start in starts.items() if day >= start]


def _value(row: dict[str, Any]) -> str:
    if not row["in_force"]:
        return f"not in force{': ' + escape(str(row['note'])) if row.get('note') else ''}"
    value, unit = row["value"], row["unit"]
    if unit == "USD":
        return money.say_usd(float(value))
    if unit in ("day", "month", "year"):
        return f"{value} {unit}{'s' if value != 1 else ''}"
    if unit == "persons":
        return f"{value:,} persons"
    return escape(", ".join(value) if isinstance(value, list) else str(value))


def print_branches(as_json: bool) -> None:
    """Print the register of branches."""
    if as_json:
        print_json(
            [{**entry.__dict__, "as_of": entry.as_of.isoformat()} for entry in register.branches().values()]
        )
        return
    table = Table("Branch", "Meaning", "Low", "Central", "High", "Unit", "Status", "Source", box=SIMPLE_HEAD)
    for entry in register.branches().values():
        numbers = [f"{value:g}" for value in (entry.low, entry.central, entry.high)]
        unit = "" if entry.kind == "probability" else entry.unit
        table.add_row(entry.name, escape(entry.meaning), *numbers, unit, entry.status, escape(entry.source))
    console().print(table)


def print_cases(files: list[Path], as_json: bool) -> None:
    """Run case files and print what failed; one failure is an error.

    Raises:
        InputError: a file cannot be read, or a case failed.
    """
    results = [cases.run(case) for path in (files or cases.shipped()) for case in cases.load(path)]
    found = cases.summary(results)
    if as_json:
        print_json(found)
    else:
        out = console()
        out.print(f"{found['passed']} of {found['cases']} cases passed")
        for row in found["failed"]:
            out.print(f"[red]✗[/red] {row['file']}, line {row['line']}: {escape(row['name'])}")
            for line in row["failures"]:
                out.print(f"    {escape(line)}")
    if found["failed"]:
        first = found["failed"][0]
        count = f"{len(found['failed'])} of {found['cases']} cases failed"
        raise InputError(
            f"{count}, first {first['name']!r}: {first['failures'][0]}",
            file=first["file"],
            line=first["line"],
        )


def print_sales(buyer: str | None, year: int | None, as_of: str | None, nato: bool, as_json: bool) -> None:
    """Print the ledger of arms sales."""
    found = ledger.ledger(buyer, year, as_of=as_of, nato=nato)
    if as_json:
        print_json(found.to_json())
        return
    out = console()
    who = parties.name(found.buyer) if found.buyer else ("NATO buyers" if nato else "all buyers")
    title = f"Notified arms sales, {who}, {year or 'all years'} (USD million, notified ceilings)"
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    for name in ("Date", "Buyer", "System", "Item", "USD million", "Emergency", "Kind"):
        table.add_column(name, justify="right" if name == "USD million" else "left")
    for row in found.valued.to_dicts():
        value = "" if row["value_usd"] is None else f"{row['value_usd'] / 1e6:,.1f}"
        waiver = {"true": "yes", "false": "", None: "?"}.get(row["emergency"], row["emergency"])
        item = escape(row["item_summary"] or "")
        table.add_row(
            str(row["date_notified"] or "?"),
            row["buyer"],
            row["system"],
            item,
            value,
            waiver,
            row["record_type"],
        )
    out.print(table)
    share = "" if found.emergency_share is None else f", of which emergencies {found.emergency_share:.1%}"
    out.print(f"{found.valued.height} notices with value: {money.say_usd(found.total_usd)}{share}")
    out.print(
        f"{found.index_cases} further case numbers without value (index rows; they may repeat a news row, "
        "so the two are not added)"
    )


def print_pending(day: str, as_json: bool) -> None:
    """Print what was under review on a day."""
    frame = ledger.pending(day)
    if as_json:
        print_json(frame.to_dicts())
        return
    table = Table(
        "Notified",
        "Buyer",
        "Item",
        "USD million",
        "Review ends",
        title=f"Under review on {day}",
        title_justify="left",
    )
    for row in frame.to_dicts():
        value = "" if row["value_usd"] is None else f"{row['value_usd'] / 1e6:,.1f}"
        table.add_row(
            str(row["date_notified"]), row["buyer"], escape(row["item_summary"]), value, str(row["review_ends"])
        )
    console().print(table)
